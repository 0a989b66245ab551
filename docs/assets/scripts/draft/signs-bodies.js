// Signs of whose matter it is: council or Standing Committee, council or People's Committee, who may be charged, who submits.
import { withoutMarks } from "../basics/without-marks.js";
import { placeOf } from "./heading.js";
import { budgetYear, decided, firstSentence, inDecision, inLines, inTitle, isFirstSitting, span, titleOf, whole } from "./places.js";
import { postsIn } from "./signs-titles.js";

const officeOf = ({ parts }) => (parts.signature ? parts.signature.office.join(" / ").toLowerCase() : "");
const COUNCIL = "(?:hội đồng nhân dân|hđnd)";
const COMMITTEE = "(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)";
const BY_COMMITTEE = new RegExp(`^${COMMITTEE}`, "iu");

/** The line before what is resolved, where it names the other of the two bodies. */
function openingOfOther(all, other) {
  const { council, resolves } = all.parts;
  const named = council && (/^thường trực/iu.test(council.value) ? "thuong-truc" : "hdnd");
  if (named === other) return [whole(all, council.line)];
  return resolves && resolves.by === other ? [whole(all, resolves.line)] : [];
}

const signedBy = (all, pattern) => (pattern.test(officeOf(all)) ? [whole(all, all.parts.signature.line)] : []);

const ADOPTED_BY_STANDING = new RegExp(`nghị quyết(?: này)?\\s+(?:đã\\s+)?được\\s+thường trực ${COUNCIL}[^.;]{0,160}?thông qua`, "u");
const STANDING_DECIDES = new RegExp(`^thường trực ${COUNCIL}[^.;]{0,60}?\\s(?:quyết nghị|quyết định|thống nhất|thông qua|phê chuẩn|phê duyệt)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");
/** A clause by which the Standing Committee does what only a council does: “1. Thường trực … quyết định miễn nhiệm …”. */
const STANDING_ELECTS = new RegExp(`^\\s*(?:điều\\s+\\d+\\s*[.:]\\s*|\\d{1,2}[.)]\\s*|[a-zđ]\\)\\s*)?thường trực ${COUNCIL}(?:\\s+(?:xã|phường|đặc khu))?\\s+(?:quyết định\\s+|thống nhất\\s+|quyết nghị\\s+)?(?:bầu|miễn nhiệm|bãi nhiệm|phê chuẩn (?:quyết toán|dự toán)|thông qua (?:dự toán|quyết toán|kế hoạch (?:phát triển|đầu tư công)))(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");
const DECIDES = "[^.;]{0,60}?\\s(?:quyết nghị|quyết định|thống nhất|thông qua|phê chuẩn|phê duyệt|chấp thuận|ban hành|bầu)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])";
const COUNCIL_DECIDES = new RegExp(`^${COUNCIL}${DECIDES}`, "u");
const COMMITTEE_DECIDES = new RegExp(`^${COMMITTEE}${DECIDES}`, "u");
const COUNCILS_MATTER = new RegExp(
  `(?:^|\\s)(?:về|về việc|quyết định|phê chuẩn|thông qua|phê duyệt|ban hành|điều chỉnh)\\s+(?:việc\\s+)?(?:bổ sung\\s+(?:vào\\s+)?(?:danh mục\\s+)?)?(?:báo cáo\\s+|phương án\\s+)?(?:phân bổ\\s+)?(?:dự toán|quyết toán|kế hoạch (?:phát triển|đầu tư công)|biên chế|quy chế làm việc của ${COUNCIL}|chủ trương đầu tư)|^(?:điều\\s+\\d+\\s*[.:]\\s*|\\d{1,2}[.)]\\s*)(?:bầu|bãi nhiệm)\\s+(?:bổ sung\\s+)?(?:ông|bà)\\s|(?:^|\\s)(?:bầu|bãi nhiệm)\\s+(?:bổ sung\\s+)?(?:chủ tịch|phó chủ tịch|trưởng ban|ủy viên|uỷ viên|đại biểu)|(?:^|\\s)(?:đổi tên|đặt tên|sáp nhập|nhập|thành lập|giải thể)\\s+(?:các\\s+|0?\\d+\\s+)?(?:thôn|tổ dân phố|khu phố)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");
const NOT_DECIDED = /cho ý kiến|ý kiến về|trình hội đồng|đề nghị hội đồng|giám sát|khẩn cấp|thiên tai|dịch bệnh|đột xuất/u;

const BOARD = `(?:kinh tế|văn hóa|văn hoá|pháp chế|của\\s+${COUNCIL}|${COUNCIL})`;
const APPROVES = "(?:bầu|phê chuẩn|miễn nhiệm|bãi nhiệm)";
const DEPUTY = new RegExp(`${APPROVES}\\s[^.;,]{0,80}?phó trưởng ban\\s+(?:ban\\s+)?${BOARD}`, "u");
const MEMBER = new RegExp(`${APPROVES}\\s[^.;,]{0,80}?(?:ủy viên|uỷ viên|thành viên)\\s+(?:của\\s+)?(?:các\\s+)?ban\\s+${BOARD}`, "u");
const BY_STANDING = new RegExp(`thường trực ${COUNCIL}[^.;]{0,60}phê chuẩn|đã phê chuẩn|đã được`, "u");

const ADJUSTS = /điều chỉnh(?:\s*(?:,|và|-)?\s*(?:bổ sung|tăng|giảm|cắt giảm))*\s+(?:(?:phương án\s+)?phân bổ\s+)?(?:dự toán|ngân sách)/u;
const NO_BUDGET = /kế hoạch đầu tư|kế hoạch vốn|vốn đầu tư|quyết toán/u;
const MAY_ADJUST = new RegExp(`điều chỉnh tổng thể|quốc hội[^.;]{0,60}điều chỉnh|${COMMITTEE}\\s+(?:cấp\\s+)?tỉnh[^.;]{0,80}(?:yêu cầu|đề nghị)|(?:yêu cầu|đề nghị)\\s+của\\s+${COMMITTEE}\\s+(?:cấp\\s+)?tỉnh|điểm [a-zđ] khoản [15] điều 54|khoản [15] điều 54`, "u");
const LEADS = "^(?:điều\\s+\\d+\\s*[.:]\\s*|\\d+(?:\\.\\d+)*[.)]\\s*|[a-zđ]\\)\\s*|-\\s*)?(?:hội đồng nhân dân[^.;]{0,30}\\s)?(?:quyết định\\s+|thống nhất\\s+|nhất trí\\s+|thông qua\\s+|phê chuẩn\\s+)?(?:việc\\s+)?";
const ADJUSTS_FIRST = new RegExp(LEADS + ADJUSTS.source, "u");

const ALLOTS = /(?:phân bổ|phân khai|giao)\s+(?:[^.;]{0,60}?\s)?(?:bổ sung có mục tiêu|(?:ngân sách )?(?:cấp trên|cấp tỉnh|tỉnh) bổ sung|dự toán bổ sung|bổ sung từ ngân sách (?:cấp trên|cấp tỉnh|tỉnh))/u;
const ALLOTS_FIRST = new RegExp(LEADS + ALLOTS.source, "u");
const NOT_ALLOTTED = new RegExp(`vốn đầu tư|đầu tư công|chương trình mục tiêu quốc gia|giao\\s+${COMMITTEE}`, "u");

const BY_PROVINCE = new RegExp(`${COUNCIL}\\s+(?:cấp\\s+)?(?:tỉnh|thành phố)`, "u");
const START = "(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])";
const FEES = new RegExp(`^\\s*(?:\\d{1,2}[.)]|[a-zđ]\\)|[-–+•*])?\\s*(?:miễn|giảm)(?:,\\s*giảm)?\\s+(?:các\\s+(?:khoản|loại)\\s+)?(?:thuế|phí|lệ phí)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|${START}(?:mức|biểu mức|quy định(?:\\s+về)?|ban hành|đặt|thu)\\s+(?:mức\\s+)?(?:thu\\s+)?(?:các\\s+(?:khoản|loại)\\s+)?(?:phí|lệ phí)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");
/** The article that sets what its title names: “Điều 2. Mức thu”. */
const SETS_FEE = /^\s*điều\s+\d+\s*[.:]\s*(?:quy định\s+)?(?:về\s+)?(?:mức thu|biểu mức thu|biểu phí|mức phí|các mức|thu phí|phí|lệ phí)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|^\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-–+•*])\s*(?:mức\s+)?(?:phí|lệ phí)\s[^;]{0,80}?\d[\d.]*\s*đồng/u;
const NO_FEES = new RegExp(`dự toán|tổng thu|số thu|thu ngân sách|nguồn thu|${COUNCIL}\\s+(?:cấp\\s+)?tỉnh|giá dịch vụ|chống thất thu|tổ chức thu|đôn đốc|tăng cường|theo quy định|không thu|bãi bỏ`, "u");
const LEVIES = new RegExp(`${START}(?:đóng góp|nộp|thu)\\s[^.;]{0,60}?\\d[\\d.]*\\s*(?:nghìn\\s+|ngàn\\s+|triệu\\s+)?đồng\\s*\\/\\s*(?:hộ|khẩu|người|lao động|nhân khẩu)|đóng góp(?: là)? bắt buộc|bắt buộc (?:phải )?(?:đóng|nộp|góp)|(?:mỗi|từng) (?:hộ|khẩu|nhân khẩu|người|gia đình|lao động)[^.;]{0,60}?\\s(?:phải )?(?:đóng góp|nộp|đóng)\\s[^.;]{0,30}?(?:\\d|đồng)|không (?:đóng góp|nộp|đóng)[^.;]{0,40}\\s(?:chưa|không) (?:giải quyết|xác nhận|chứng thực|cấp|được (?:giải quyết|xác nhận|xét|cấp))|đóng góp[^.]{0,60}?mỗi\\s+(?:hộ|khẩu|người|lao động)\\s+\\d|(?:quy định|ban hành|ấn định|quyết định)\\s+(?:về\\s+)?mức\\s+(?:đóng góp|huy động)`, "u");
const NO_LEVIES = new RegExp(`tự nguyện|hoàn trả|đã đóng góp|thu nhập|thu hồi|hỗ trợ|bồi thường|bình quân|giá dịch vụ|${COUNCIL}\\s+(?:cấp\\s+)?tỉnh`, "u");
const SPENDS = /(?:quy định|ban hành|quyết định|ấn định)\s+(?:[^.;]{0,40}?\s)?(?:mức chi|chế độ chi|định mức chi|mức hỗ trợ|mức bồi dưỡng|chế độ bồi dưỡng|mức phụ cấp|chế độ hỗ trợ)|(?:mức chi|mức hỗ trợ|hỗ trợ|bồi dưỡng|phụ cấp)\s[^.;]{0,80}?\d[\d.]*\s*(?:nghìn\s+|ngàn\s+|triệu\s+)?đồng\s*\/\s*(?:người|tháng|buổi|ngày|hộ|lần|cuộc|suất|lượt|năm|vụ)/u;
const NO_SPENDING = new RegExp(`khen thưởng|một lần|${COUNCIL}\\s+(?:cấp\\s+)?(?:tỉnh|thành phố)|nghị định|thông tư`, "u");

/** Bodies that a council's resolution asks rather than charges. */
const FRONT = /^(?:ban thường trực\s+)?(?:(?:ủy ban|uỷ ban)\s+(?:mặt trận|mttq)|mặt trận|mttq)|^(?:ban (?:thường vụ|chấp hành)\s+|thường trực\s+)?(?:đảng ủy|đảng uỷ|đảng bộ)|^(?:các\s+)?(?:tổ chức chính trị|đoàn thể|hội\s+(?:nông dân|liên hiệp phụ nữ|phụ nữ|cựu chiến binh|chữ thập)|đoàn thanh niên|đoàn tncs|công đoàn)/u;
const ABOVE = new RegExp(`^(?:các\\s+)?sở(?:\\s|$)|^(?:thường trực\\s+)?(?:${COMMITTEE}|${COUNCIL})\\s+(?:cấp\\s+)?tỉnh|^công an tỉnh|^(?:tòa án|toà án|viện kiểm sát|cơ quan thi hành án|thi hành án|kho bạc|thuế (?:cơ sở|tỉnh)|chi cục|bảo hiểm xã hội|ngân hàng chính sách)`, "u");
const CHARGES = /(?:^|[.;:,–-]\s*|\d[.)]\s*|\s[a-zđ]\)\s*)(?:giao|yêu cầu)\s+(?:cho\s+)?/gu;
/** A list of bodies is not longer. */
const MOST_CHARGED = 400;
const DOES = /\s(?:phối hợp|đề nghị|chủ trì|tổ chức|triển khai|thực hiện|báo cáo|xây dựng|rà soát|căn cứ|có trách nhiệm|tham mưu|giám sát|đôn đốc|trình|xem xét|theo|để|chỉ đạo|hướng dẫn|tuyên truyền|vận động|kiểm tra|lập|với|hoàn thành|tiếp thu|gửi|làm việc|kiến nghị|xin|thông báo|bố trí|phân bổ|bàn giao|nộp|công khai|quản lý|hoàn thiện)(?=\s|$)/u;

/** Who is charged, one after the other, until the sentence says what with: “giao A, B và C tổ chức …”. */
function charged(all, pattern) {
  const lines = all.places.articles.filter((line) => !all.text.lines[line].cells);
  return lines.flatMap((line) => {
    const words = all.outside(line);
    for (const verb of words.matchAll(CHARGES)) {
      let from = verb.index + verb[0].length;
      for (const piece of words.slice(from, from + MOST_CHARGED).split(/([.;:]|,\s*|\s+và\s+|\s+cùng\s+)/u)) {
        if (/^[.;:]$/.test(piece)) break;
        if (pattern.test(piece)) return [{ line, from: verb.index, to: Math.min(words.length, from + piece.length) }];
        if (DOES.test(piece)) break;
        from += piece.length;
      }
    }
    return [];
  });
}

/** An article where a reason stands beside “miễn nhiệm”. */
function dismissed(all, office, reason) {
  return all.parts.articles.flatMap(({ line, to, text }) => {
    const words = text.toLowerCase();
    const from = words.search(office);
    if (from < 0 || !reason.test(words.slice(from))) return [];
    const at = span({ line, to }).find((one) => /miễn nhiệm/u.test(all.lower[one]));
    return at === undefined ? [] : [whole(all, at)];
  });
}

/** Who submits, or at whose proposal: “Theo đề nghị của A tại Tờ trình số …”. */
const proposer = (all, { by, line }) => by || (/(?:đề nghị|giới thiệu)\s+của\s+([^,;]{1,120})/iu.exec(all.text.lines[line].text) || ["", ""])[1];

/** Where the opening says who proposed somebody for election. */
function proposed(all, elects, by) {
  const { submission } = all.parts;
  // Where title and Article 1 name two posts, Article 1 decides.
  const [title, first] = [titleOf(all), firstSentence(all)];
  const own = postsIn(first);
  const isOther = own.length > 0 && !postsIn(title).some((post) => own.includes(post));
  if (isFirstSitting(all) || !(elects.test(first) || (elects.test(title) && !isOther))) return [];
  return submission && by.test(proposer(all, submission)) && !/tự ứng cử|giới thiệu thêm/u.test(all.lower[submission.line]) ? [whole(all, submission.line)] : [];
}

/** The name that a line gives to the body's place, without what follows it; "" where it gives none. */
function nameIn(text) {
  const { name } = placeOf(text);
  return name.toLowerCase().replace(/\s+(?:khóa|khoá|nhiệm kỳ|kỳ họp|thông qua|quyết nghị|quyết định|đã|tại|ngày|tỉnh|thành phố)(?=\s|$).*$/u, "").replace(/^(?:xã|phường|đặc khu|tỉnh|huyện|quận|thị xã|thị trấn)\s*(?:khóa|khoá|nhiệm kỳ|kỳ họp|thông qua|quyết nghị)?$/u, "").trim();
}

const BOARD_TOPIC = /chuyên đề\s+(?:giám sát\s+)?của\s+(?:các\s+)?ban(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|ban\s+(?:kinh tế|văn hóa|văn hoá)[^.;]{0,60}?\sgiám sát\s+(?:(?:các|0?\d+|một|hai|ba)\s+)?chuyên đề/u;
/** In a council's own programme a board that supervises something has a programme of its own for it. */
const BOARD_SUPERVISES = new RegExp(`${BOARD_TOPIC.source}|ban\\s+(?:kinh tế|văn hóa|văn hoá|pháp chế)[^.;]{0,60}?\\sgiám sát\\s+(?:việc|tình hình|công tác|chuyên đề)`, "u");
const NOT_ITS_TOPIC = /để biết|tổ chức giám sát|chủ trì|tham mưu|giúp|không bao gồm/u;

/** An article that repeals texts, in its first line or in a list below it. */
const REPEALS = /(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)\s+(?:toàn bộ\s+|một phần\s+)?(?:các\s+|0?\d+\s+)?(?:nghị quyết|quyết định|văn bản)/u;
const REPEALED_BY = /(?:theo|căn cứ)\s[^;]*$/u;
const OF_OTHERS = new RegExp(`(?:nghị quyết|quyết định|văn bản)[^.;]{0,160}của\\s+(?:${COUNCIL}|${COMMITTEE}|chủ tịch ${COMMITTEE})\\s+(?:cấp\\s+)?(?:huyện|thị xã|quận|tỉnh|thành phố)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");

export const TESTS = {
  "sl-mo-dau-thuong-truc": (all) => openingOfOther(all, "thuong-truc"),
  // Who signs, or who is said to have adopted it.
  "sl-ky-thuong-truc": (all) => {
    const { adopted } = all.parts;
    const signed = signedBy(all, /thường trực/u);
    return signed.length || !adopted || !ADOPTED_BY_STANDING.test(adopted.text.toLowerCase()) ? signed : [whole(all, adopted.line)];
  },
  "sl-dieu-1-thuong-truc": (all) => (STANDING_DECIDES.test(firstSentence(all)) ? [whole(all, all.parts.articles[0].line)] : decided(all).filter((line) => STANDING_ELECTS.test(all.lower[line])).slice(0, 1).map((line) => whole(all, line))),
  "sl-mo-dau-hdnd": (all) => openingOfOther(all, "hdnd"),
  "sl-ky-hdnd": (all) => signedBy(all, /(?:tm\.|t\/m)\s*(?:hội đồng nhân dân|hđnd)/u),
  "sl-thuong-truc-quyet": (all) => {
    const found = inTitle(all, COUNCILS_MATTER, NOT_DECIDED);
    const said = inLines(all, all.parts.articles.map(({ line }) => line).filter((line) => all.places.content.includes(line)), COUNCILS_MATTER, NOT_DECIDED);
    return said.length ? said : found;
  },
  "sl-dieu-1-hdnd": (all) => (all.parts.articles.length ? all.places.articles : []).filter((line) => !all.text.lines[line].cells).filter((line) => COUNCIL_DECIDES.test(all.lower[line].replace(/^\s*(?:điều\s+\d+\s*[.:]?|\d{1,2}[.)]|[a-zđ]\)|[-–+•*])\s*/u, ""))).slice(0, 1).map((line) => whole(all, line)),
  "sl-dau-trang-hdnd": ({ parts, lower }) => (parts.body && parts.body.value === "hdnd" && !lower.slice(parts.body.line, parts.body.line + 3).some((words) => /thường trực/u.test(words)) ? [{ line: parts.body.line, from: 0, to: lower[parts.body.line].length }] : []),
  "sl-dieu-1-ubnd": (all) => (COMMITTEE_DECIDES.test(firstSentence(all)) ? [whole(all, all.parts.articles[0].line)] : []),
  "sl-ai-phe-chuan": (all) => {
    // Who approves the result: the province's Standing Committee for the council's posts, the chair of its People's Committee for the others.
    const about = `${titleOf(all)} ${firstSentence(all)}`;
    const ofCouncil = new RegExp(`chủ tịch\\s+${COUNCIL}`, "u").test(about);
    const ofCommittee = new RegExp(`chủ tịch\\s+${COMMITTEE}`, "u").test(about);
    // A department approves nobody: “có hiệu lực kể từ ngày được Sở Nội vụ công nhận”.
    const byDepartment = /bầu|miễn nhiệm|bãi nhiệm|phê chuẩn/u.test(about) ? inLines(all, [...new Set([...all.places.articles, ...span(all.parts.adopted)])], /(?:được|trình|đề nghị)\s+(?:giám đốc\s+)?(?:sở nội vụ|ban tổ chức)[^.;,]{0,40}?\s(?:công nhận|phê chuẩn|phê duyệt|chuẩn y)/u) : [];
    if (ofCouncil === ofCommittee || !/bầu|miễn nhiệm|bãi nhiệm/u.test(about)) return byDepartment;
    const wrong = ofCommittee ? new RegExp(`${COUNCIL}\\s+(?:cấp\\s+)?(?:tỉnh|thành phố)[^.;]{0,80}?phê chuẩn`, "u") : new RegExp(`chủ tịch\\s+${COMMITTEE}\\s+(?:cấp\\s+)?(?:tỉnh|thành phố)[^.;]{0,80}?phê chuẩn`, "u");
    return inLines(all, all.places.articles, wrong).concat(byDepartment);
  },
  "sl-dau-trang-huyen": (all) => (all.parts.body && all.parts.body.level === "huyen" ? [whole(all, all.parts.body.line)] : inTitle(all, /của\s+(?:hội đồng nhân dân|hđnd|ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+(?:cấp\s+)?(?:huyện|thị xã|thị trấn|quận)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u, /bãi bỏ|thay thế|\scũ|trước/u)),
  "sl-ten-xa-khac": (all) => {
    const { body, council, adopted, resolves } = all.parts;
    const own = body ? nameIn(body.name) : "";
    if (!own) return [];
    const signs = all.parts.signature && { line: all.parts.signature.line, value: all.parts.signature.office.find((one) => /(?:hội đồng nhân dân|hđnd)\s+(?:xã|phường|đặc khu)\s/iu.test(one)) || "" };
    const { dated } = all.parts;
    // The place before the day is the commune’s own name.
    const bare = (name) => withoutMarks(name).toLowerCase().replace(/^(?:xa|phuong|dac khu)\s+/u, "").trim();
    const place = dated && dated.place && !/[.…_[]/u.test(dated.place) ? bare(dated.place) : "";
    const inside = (one, other) => ` ${one} `.includes(` ${other} `);
    // “Đặc khu Đảo A” is called A where it is dated.
    const isElsewhere = place && all.answers.body !== "khac" && !place.startsWith(bare(own)) && !bare(own).startsWith(place) && !inside(bare(own), place) && !inside(place, bare(own));
    const elsewhere = isElsewhere ? [{ ...whole(all, dated.line), detail: `Đầu văn bản ghi: ${body.name}.` }] : [];
    return [[council, council && council.value], [signs, signs && signs.value], [resolves, resolves && resolves.text.length < 120 ? resolves.text : ""], [adopted, adopted && adopted.text]].flatMap(([part, text]) => {
      const other = part ? nameIn(text) : "";
      return other && !other.startsWith(own) && !own.startsWith(other) ? [{ ...whole(all, part.line), detail: `Đầu văn bản ghi: ${body.name}.` }] : [];
    }).concat(elsewhere);
  },
  "sl-bau-pho-truong-ban": (all) => inDecision(all, DEPUTY, BY_STANDING),
  "sl-bau-uy-vien-ban": (all) => inDecision(all, MEMBER, BY_STANDING),
  "sl-dieu-chinh-du-toan": (all) => {
    const year = budgetYear(all);
    if ((year && year < 2026) || NO_BUDGET.test(titleOf(all)) || all.lower.some((words) => MAY_ADJUST.test(words))) return [];
    const found = inTitle(all, ADJUSTS);
    return found.length ? found : inLines(all, decided(all), ADJUSTS_FIRST, NO_BUDGET);
  },
  "sl-bo-sung-co-muc-tieu": (all) => {
    const { dated } = all.parts;
    // Money that is known before the year begins stands in the budget that the council decides.
    if (all.answers.year && dated && dated.year && all.answers.year > Number(dated.year)) return [];
    const found = inTitle(all, ALLOTS, NOT_ALLOTTED);
    return found.length ? found : inLines(all, decided(all), ALLOTS_FIRST, NOT_ALLOTTED);
  },
  "sl-phi-le-phi": (all) => {
    // What the text is about says less than what it sets.
    const found = inDecision(all, FEES, NO_FEES);
    const sets = found.filter(({ line }) => !/nghị quyết này quy định/u.test(all.lower[line]));
    const isTitle = sets.length > 0 && all.parts.title && sets.every(({ line }) => line >= all.parts.title.line && line <= all.parts.title.to);
    // A title that begins with the fee is the place itself.
    const own = isTitle && titleOf(all).search(FEES) > 20 ? decided(all).filter((line) => SETS_FEE.test(all.outside(line)) && !NO_FEES.test(all.lower[line])).slice(0, 1).map((line) => whole(all, line)) : [];
    return own.length ? own : sets.length ? sets : found;
  },
  "sl-dong-gop-bat-buoc": (all) => {
    const found = inLines(all, decided(all), LEVIES, NO_LEVIES);
    return [...inTitle(all, LEVIES, NO_LEVIES), ...found];
  },
  "sl-muc-chi-moi": (all) => {
    const { opening } = all.parts;
    const told = opening && all.lower.slice(opening.line, opening.to + 1).some((words) => BY_PROVINCE.test(words));
    // Several amounts are one matter: it is told where it begins.
    return told ? [] : inDecision(all, SPENDS, NO_SPENDING).slice(0, 1);
  },
  "sl-chu-truong-du-an": (all) => inDecision(all, /chủ trương đầu tư\s+(?:xây dựng\s+)?(?:các\s+)?(?:dự án|công trình)/u, /chương trình|phân cấp|cho ý kiến|đã được/u),
  "sl-bai-bo-cap-khac": (all) => all.parts.articles.flatMap(({ line, to }) => {
    const isRepeal = REPEALS.test(all.lower[line]) && !/kiến nghị|đề nghị/u.test(all.lower[line]);
    const lines = isRepeal ? span({ line, to }) : span({ line: line + 1, to }).filter((at) => /^\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-–+•*])\s*(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)\s/u.test(all.lower[at]));
    return lines.flatMap((at) => {
      const words = all.lower[at].replace(REPEALED_BY, " ");
      const found = (at === line || /^\s*(?:\d{1,2}|[a-zđ])[.)]|^\s*[-+•]/u.test(words)) && OF_OTHERS.exec(words);
      return found ? [whole(all, at)] : [];
    });
  }),
  "sl-giao-mat-tran": (all) => [...charged(all, FRONT), ...inLines(all, all.places.articles.filter((line) => !all.text.lines[line].cells), /^\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-–+•*])\s*(?:(?:phó\s+)?bí thư\s+|ban thường vụ\s+|thường trực\s+)?(?:đảng ủy|đảng uỷ)(?:\s+(?:xã|phường|đặc khu))?\s+(?:chịu trách nhiệm|có trách nhiệm|tổ chức (?:triển khai )?thực hiện|chỉ đạo)/u, /đề nghị/u)],
  "sl-giao-cap-tren": (all) => charged(all, ABOVE),
  "sl-chuyen-de-thuong-truc": (all) => inLines(all, all.places.content, new RegExp(`chuyên đề\\s+(?:giám sát\\s+)?của\\s+thường trực|thường trực ${COUNCIL}(?:\\s+(?:xã|phường|đặc khu))?\\s*:?\\s*(?:thực hiện\\s+)?giám sát\\s+(?:(?:các|0?\\d+|một|hai|ba)\\s+)?chuyên đề`, "u"), /để biết|tổ chức giám sát|không bao gồm/u),
  "sl-chuyen-de-ban": (all) => inLines(all, all.places.content, all.answers.kind === "LN07" ? BOARD_SUPERVISES : BOARD_TOPIC, NOT_ITS_TOPIC),
  "sl-mien-nhiem-nghi-huu": (all) => dismissed(all, /miễn nhiệm/u, /nghỉ hưu|nghỉ chế độ|từ trần|hưởng chế độ hưu|nghỉ công tác hưởng/u),
  "sl-mien-nhiem-dieu-dong": (all) => dismissed(all, /miễn nhiệm[^.;]{0,60}?chủ tịch\s+(?:ủy ban|uỷ ban|ubnd)/u, /điều động|luân chuyển|cách chức/u),
  "sl-gioi-thieu-ubnd": (all) => proposed(all, new RegExp(`(?:bầu|miễn nhiệm|bãi nhiệm)\\s[^.;]{0,120}?(?:phó chủ tịch|ủy viên|uỷ viên)\\s+${COMMITTEE}`, "u"), /^(?:ủy ban|uỷ ban|ubnd|thường trực|chủ tịch\s+(?:hội đồng|hđnd))/iu),
  "sl-gioi-thieu-chu-tich-ubnd": (all) => proposed(all, new RegExp(`bầu\\s+(?:bổ sung\\s+)?(?:chức (?:danh|vụ)\\s+)?chủ tịch\\s+${COMMITTEE}`, "u"), /^(?:thường trực|ủy ban|uỷ ban|ubnd)/iu),
  "sl-gioi-thieu-hdnd": (all) => proposed(all, new RegExp(`(?:bầu|miễn nhiệm|bãi nhiệm)\\s[^.;]{0,60}?(?:chủ tịch\\s+${COUNCIL}|trưởng ban\\s+${BOARD})`, "u"), /^(?:ủy ban|uỷ ban|ubnd|chủ tịch\s+(?:ủy ban|uỷ ban|ubnd))/iu),
  "sl-de-nghi-uy-vien-ban": (all) => {
    const { submission } = all.parts;
    const said = [titleOf(all), firstSentence(all), all.lower[submission ? submission.line : 0]].join("\n");
    const decides = /phê chuẩn/u.test(said) && /phó trưởng ban|(?:ủy viên|uỷ viên|thành viên)\s[^.;,]{0,20}ban(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u.test(said.replace(/(?:ủy viên|uỷ viên) (?:ủy ban|uỷ ban|ubnd)/gu, " "));
    return submission && decides && /^(?:chủ tịch\s+)?(?:ủy ban|uỷ ban|ubnd)/iu.test(proposer(all, submission)) ? [whole(all, submission.line)] : [];
  },
  "sl-to-trinh-phong": (all) => {
    const { submission } = all.parts;
    return submission && /^phòng\s/iu.test(proposer(all, submission)) && /tờ trình/iu.test(submission.text) ? [whole(all, submission.line)] : [];
  },
  "sl-ubnd-trinh-viec-hdnd": (all) => (all.parts.submission && BY_COMMITTEE.test(all.parts.submission.by || "") ? [whole(all, all.parts.submission.line)] : []),
};
