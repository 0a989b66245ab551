// Signs of the title: what it names, whether all is in it, whether Article 1 and its verb are the same.
import { firstSentence, inLines, inTitle, isOtherPaper, span, titleOf, whole } from "./places.js";

/** Verbs that decide; of one family where either may stand for the other. */
const VERBS = [
  ["phê chuẩn"], ["thông qua"], ["ban hành"], ["bầu"], ["miễn nhiệm"], ["bãi nhiệm"], ["bãi bỏ", "hủy bỏ"], ["thành lập", "lập"], ["giải thể"], ["đổi tên"],
  ["sáp nhập", "sắp xếp", "nhập", "tổ chức lại"], ["điều chỉnh"], ["chấp thuận", "cho thôi"], ["xác nhận"], ["đặt tên"], ["phân bổ"],
];
const word = (words) => new RegExp(`(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:${words.join("|")})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");
const FAMILIES = VERBS.map((words) => [words[0], word(words)]);
const firstVerb = (text) => FAMILIES.map(([name, pattern]) => [name, text.search(pattern)]).filter(([, at]) => at >= 0).sort((a, b) => a[1] - b[1])[0];

/** Words that say nothing of the matter: they stand in any title. */
const EMPTY = new Set(("về việc của và các cho tại trên địa bàn theo với trong năm giai đoạn xã phường đặc khu hội đồng nhân dân hđnd ủy ban ubnd nghị quyết quyết định khóa kỳ họp thứ nhiệm một số nội dung đối "
  + "phê chuẩn thông qua ban hành thực hiện được là có này").split(" "));
function matterOf(all) {
  const own = all.parts.body ? all.parts.body.name.toLowerCase().split(/\s+/u) : [];
  const words = titleOf(all).split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u).filter((one) => one.length > 1 && !EMPTY.has(one) && !own.includes(one));
  return [...new Set(words)];
}
/** So small a share of the title's words in Article 1 is another matter. */
const SAME_MATTER = 0.4;
const ELSEWHERE = /kèm theo|phụ lục|phạm vi điều chỉnh|nghị quyết này quy định|sửa đổi|biểu số/u;

const decides = (all) => (all.parts.articles.length ? [all.parts.articles[0].line] : []);
/** What a pattern finds in the title and in the first sentence of Article 1; once is enough. */
function inTitleOrFirst(all, pattern, silent) {
  const found = inTitle(all, pattern, silent);
  return found.length ? found : inLines(all, decides(all), pattern, silent);
}
const APPROVED_ELSEWHERE = /trình[^.;]{0,60}phê duyệt|được[^.;]{0,80}phê duyệt|đã phê duyệt|phê duyệt của|(?:ủy ban nhân dân|ubnd|thủ tướng|bộ trưởng)[^.;]{0,40}phê duyệt/u;

/** Words of which a title and its Article 1 say one or the other. */
const OPPOSITES = [["ban văn hóa - xã hội", "ban kinh tế - ngân sách"], ["dự toán", "quyết toán"], ["thường lệ", "chuyên đề"], ["giữa năm", "cuối năm"], ["thành lập", "giải thể"], ["tăng", "giảm"]];
/** Posts that some words name. */
const POSTS = ["phó chủ tịch hội đồng nhân dân", "chủ tịch hội đồng nhân dân", "phó chủ tịch ủy ban nhân dân", "chủ tịch ủy ban nhân dân", "ủy viên ủy ban nhân dân", "phó trưởng ban", "trưởng ban"];
export function postsIn(text) {
  let rest = text.replace(/hđnd/gu, "hội đồng nhân dân").replace(/uỷ ban nhân dân|ubnd/gu, "ủy ban nhân dân").replace(/uỷ viên/gu, "ủy viên");
  if (!/bầu|miễn nhiệm|bãi nhiệm|phê chuẩn|cho thôi/u.test(rest)) return [];
  // Who proposes has a post, too; what somebody was before is none of this text.
  rest = rest.replace(/đề nghị của[^,;.]*/gu, " ");
  rest = rest.split(/(?:,|\s)(?:nguyên|hiện là|sinh ngày)\s/u)[0];
  return POSTS.filter((post) => {
    const found = rest.includes(post);
    rest = rest.split(post).join(" ");
    return found;
  });
}

const PERIOD = /giai đoạn\s+(?:năm\s+)?(20\d\d)\s*(?:-|–|đến(?: năm)?)\s*(20\d\d)/gu;
const SCOPE_DAYS = /phạm vi[^.;]{0,120}?từ\s+ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(20\d\d)\s+đến\s+(?:hết\s+)?ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(20\d\d)/u;
/** A period that stands in the title and nowhere else, another one being told by the submission, the grounds or the articles. */
function otherPeriod(all) {
  const { title, submission, grounds, articles } = all.parts;
  const named = [...titleOf(all).matchAll(PERIOD)].map(([, from, to]) => `${from} - ${to}`);
  if (named.length !== 1 || !articles.length) return [];
  const lines = [...(submission ? [submission.line] : []), ...grounds.map(({ line }) => line), ...articles.flatMap(span)];
  const told = lines.flatMap((line) => [...all.lower[line].matchAll(PERIOD)].map(([, from, to]) => `${from} - ${to}`));
  const scope = articles.flatMap(span).map((line) => SCOPE_DAYS.exec(all.lower[line])).find(Boolean);
  const other = told.length > 1 && !told.includes(named[0]) && new Set(told).size === 1 ? told[0] : scope && `${scope[1]} - ${scope[2]}` !== named[0] ? `${scope[1]} - ${scope[2]}` : "";
  return other ? [{ ...whole(all, title.line), detail: `Tên ghi ${named[0]}; chỗ khác ghi ${other}.` }] : [];
}

/** What is supervised, by some words: “giám sát chuyên đề về quản lý trật tự xây dựng trên địa bàn …”. */
const SUPERVISED = /giám sát\s+(?:chuyên đề\s+)?(?:của\s+[^.;,“"]{3,80}?\s+)?(?:về\s+|việc\s+|công tác\s+|tình hình\s+){1,2}[“"]?(?:việc\s+|công tác\s+|tình hình\s+)?(?:thực hiện\s+)?(?!giám sát|gồm)([^.;,:”"]{8,120}?)(?=\s+(?:trên địa bàn|tại|của|giai đoạn|năm|từ ngày|gồm)|[.;,:”"]|$)/u;
const matterWords = (words) => new Set(words.split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u).filter((one) => one.length > 1 && !EMPTY.has(one) && !["công", "tác", "việc", "quản", "lý", "tình", "hình", "chuyên", "đề", "chính", "sách", "pháp", "luật"].includes(one)));
function otherTopic(all) {
  const [title, first] = [titleOf(all), firstSentence(all)].map((words) => SUPERVISED.exec(words));
  if (!title || !first || !/thành lập|đoàn giám sát|giám sát chuyên đề/u.test(titleOf(all))) return [];
  const [one, other] = [title[1], first[1]].map(matterWords);
  return one.size > 0 && other.size > 0 && ![...one].some((word_) => other.has(word_)) ? [{ ...whole(all, all.parts.articles[0].line), detail: `Tên ghi “${title[1].trim()}”.` }] : [];
}
/** “hỗ trợ người cao tuổi và học sinh”: each of them must come in the articles. */
const TWO_SUBJECTS = /(?:hỗ trợ|mức thu|mức chi|chính sách(?: đối với| cho)?|quản lý|bảo vệ|phí|đặt tên|sáp nhập|quy định (?:về\s+)?(?:mức\s+)?)\s+([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\s,-]{4,120}?)(?=\s+(?:trên địa bàn|của|tại|năm|giai đoạn|thuộc|ở|từ|cho)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|$)/u;
function subjectLeftOut(all) {
  const { title, articles, annexes, tables } = all.parts;
  const found = title && articles.length > 1 && !annexes.length ? TWO_SUBJECTS.exec(titleOf(all)) : null;
  const named = found ? found[1].split(/,\s+|\s+và\s+/u).map((one) => one.trim().replace(/^(?:các|thu|chi|mức|một số)\s+/u, "")) : [];
  if (named.length < 2 || named.some((one) => one.split(/\s+/u).length < 2 || one.split(/\s+/u).length > 5)) return [];
  const said = [...articles.map(({ text }) => text.toLowerCase().replace(/^điều\s+1\s*[.:][^\n]*(?:kèm theo|nghị quyết này quy định (?=[^\n]{0,200}\svà\s))/u, " ")), ...tables.flatMap(span).map((line) => all.lower[line])].join("\n");
  if (/kèm theo/u.test(said)) return [];
  // The end of its name is enough: “em học sinh”, “phí vệ sinh”.
  const missing = named.filter((one) => !said.includes(one.split(/\s+/u).slice(-2).join(" ")) && !said.includes(one.split(/\s+/u).slice(0, 2).join(" ")));
  return missing.length && missing.length < named.length ? [{ ...whole(all, title.line), detail: `Không điều nào nhắc “${missing[0]}”.` }] : [];
}

/** What is done to persons: an article that does another thing to one than its title says. */
const ACTS = [["miễn nhiệm", /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])miễn nhiệm(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u], ["bãi nhiệm", /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])bãi nhiệm(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u], ["bầu", /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])bầu(?: cử)?(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u], ["phê chuẩn", /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])phê chuẩn(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u], ["cho thôi", /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:cho )?thôi(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u]];
const DOES_ACT = /^\s*(?:điều\s+\d+\s*[.:]\s*|\d{1,2}[.)]\s*)?(?:quyết định\s+|thống nhất\s+|hội đồng nhân dân[^.;,]{0,30}\s)?(xác nhận kết quả (?:việc )?bầu|kết quả bầu|bầu|miễn nhiệm|bãi nhiệm|phê chuẩn|cho thôi)\s+(?:bổ sung\s+|chức\s|kết quả\s|ông\s|bà\s|các ông|việc\s|chủ tịch|phó |trưởng |ủy viên|uỷ viên|thành viên|nhân sự)/u;
function actLeftOut(all) {
  const { title, articles } = all.parts;
  const named = ACTS.filter(([, pattern]) => pattern.test(titleOf(all))).map(([act]) => act);
  if (!title || !named.length || /quyết toán|nhân sự|kiện toàn|chức danh|chức vụ|danh sách/u.test(titleOf(all))) return [];
  const done = articles.flatMap(({ line, to }) => span({ line, to: Math.min(to, line + 12) })).filter((line) => !all.text.lines[line].cells).map((line) => DOES_ACT.exec(all.outside(line).split(/[.;:]\s*$/u)[0])).filter((found) => found && !/phê chuẩn kết quả/u.test(found[0]) && !/đã |trình|đề nghị/u.test(found.input.slice(0, found.index + found[0].length))).map(([, act]) => (/bầu/u.test(act) ? "bầu" : act));
  // What the Standing Committee cannot do is the article's own fault.
  const other = done.find((act) => !named.includes(act) && !(act === "bầu" && all.answers.body === "thuong-truc" && named.includes("phê chuẩn")));
  // “Bầu Phó Trưởng Ban” whose article approves, too.
  return other && (done.some((act) => named.includes(act)) || other === "bầu" || named.includes("bầu")) && !(other === "phê chuẩn" && named.includes("miễn nhiệm")) ? [{ ...whole(all, title.line), detail: `Các điều có “${other}”, tên không có.` }] : [];
}

/** “Tên dự án: …” of a resolution whose title names another. */
function otherProject(all) {
  const named = /dự án\s+([^.;]{6,160})/u.exec(titleOf(all));
  if (!named || /các dự án|danh mục|\d+ dự án/u.test(titleOf(all))) return [];
  const own = matterWords(named[1]);
  return all.linesOf("content").flatMap((line) => {
    const found = /tên (?:dự án|công trình)\s*:?\s+(?:là\s+)?([^.;]{6,160})/u.exec(all.lower[line]);
    const said = found ? matterWords(found[1]) : new Set();
    const shared = [...said].filter((one) => own.has(one)).length;
    return found && said.size > 1 && shared / Math.min(said.size, own.size) < 0.4 ? [{ ...whole(all, line), detail: `Tên ghi “${named[1].slice(0, 80).trim()}”.` }] : [];
  }).slice(0, 1);
}

/** Rules of the People's Committee, too, among what a council issues: “… đại biểu Hội đồng nhân dân và Ủy ban nhân dân xã”. */
const RULES_WITH_COMMITTEE = /quy chế (?:làm việc|hoạt động)\s+của\s+[^.;:]{0,160}?(?:hội đồng nhân dân|hđnd)[^.;:]{0,60}?(?:,|\svà)\s+(?:(?:ủy|uỷ) ban nhân dân|ubnd)/u;
const RULES_OF = /quy chế (?:làm việc|hoạt động)\s+của\s+(thường trực (?:hội đồng nhân dân|hđnd)|hội đồng nhân dân|hđnd|ủy ban nhân dân|uỷ ban nhân dân|ubnd|ban\s)/u;

export const TESTS = {
  "sl-ten-trai-dieu-1": (all) => {
    const [title, first] = [titleOf(all), firstSentence(all)];
    // A report or a submission on the estimate that asks for something of the accounts, and the other way round.
    if (isOtherPaper(all) && /dự toán/u.test(title) !== /quyết toán/u.test(title)) {
      const asks = /dự toán/u.test(title) ? /(?:phê chuẩn|thông qua)\s+(?:báo cáo\s+)?quyết toán/u : /(?:quyết định|thông qua|phê duyệt)\s+dự toán(?! đã)/u;
      return inLines(all, all.places.content, asks, /năm trước|kỳ họp trước|đã (?:được )?(?:phê chuẩn|thông qua|quyết định)/u).slice(0, 1).map((place) => ({ ...place, detail: `Tên ghi “${/dự toán/u.test(title) ? "dự toán" : "quyết toán"}”.` }));
    }
    // What was spent and how many may work are decided, not settled.
    const settles = /quyết toán/u.test(title) && all.parts.title && all.parts.articles.length > 0 && !all.linesOf("content").some((line) => /quyết toán/u.test(all.lower[line])) && !/quyết toán/u.test(first) ? [{ ...whole(all, all.parts.title.line), detail: "Các điều không nhắc quyết toán." }] : [];
    const approves = all.answers.body === "thuong-truc" && /bầu\s+(?:bổ sung\s+)?(?:phó trưởng ban|ủy viên|uỷ viên)/u.test(title) && first.startsWith("phê chuẩn") ? [{ ...whole(all, all.parts.title.line), detail: "Tên ghi “bầu”, Điều 1 ghi “phê chuẩn”." }] : [];
    const left = [...settles, ...approves, ...otherTopic(all), ...subjectLeftOut(all), ...actLeftOut(all), ...otherProject(all)];
    if (left.length) return left.slice(0, 1);
    if (!title || !first || /điều chỉnh|bãi bỏ|thay thế/u.test(title)) return [];
    if (/kế hoạch|dự toán/u.test(title) && /^(?:quyết định\s+|phê duyệt\s+|thông qua\s+)?(?:việc\s+)?điều chỉnh/u.test(first)) return [{ ...whole(all, all.parts.title.line), detail: "Điều 1 ghi điều chỉnh, tên thì không." }];
    const isAsked = /cho ý kiến/u.test(title) && !/ý kiến/u.test(first) && /^(?:quyết định|phê duyệt|phê chuẩn|bổ sung|phân bổ|điều chỉnh)/u.test(first);
    const [posts, own] = [postsIn(title), postsIn(first)];
    const other = !/danh sách/u.test(title) && posts.length && own.length && !posts.some((one) => own.includes(one)) ? [posts[0], own[0]] : isAsked ? ["cho ý kiến", first.split(" ").slice(0, 2).join(" ")] : null;
    if (other) return [{ ...whole(all, all.parts.title.line), detail: `Tên ghi “${other[0]}”, Điều 1 ghi “${other[1]}”.` }];
    const pair = OPPOSITES.find(([one, other]) => [[one, other], [other, one]].some(([a, b]) => title.includes(a) && !title.includes(b) && first.includes(b) && !first.includes(a)));
    return pair ? [{ ...whole(all, all.parts.title.line), detail: `Tên và Điều 1 khác nhau ở chữ “${pair[0]}”, “${pair[1]}”.` }] : [];
  },
  "sl-giai-doan-ten": otherPeriod,
  "sl-quy-che-cua-ai": (all) => {
    const [title, first] = [RULES_OF.exec(titleOf(all)), RULES_OF.exec(firstSentence(all))];
    const plain = (words) => words.replace("hđnd", "hội đồng nhân dân").replace(/uỷ ban|ubnd/u, "ủy ban");
    const both = all.answers.body === "hdnd" && !/phối hợp/u.test(titleOf(all)) ? [RULES_WITH_COMMITTEE.test(titleOf(all)) && all.parts.title.line, all.parts.articles.length > 0 && RULES_WITH_COMMITTEE.test(firstSentence(all)) && all.parts.articles[0].line].filter((line) => Number.isInteger(line)) : [];
    if (both.length) return both.map((line) => whole(all, line));
    return (title && first && plain(title[1]) !== plain(first[1])) || (title && /^(?:ủy|uỷ|ubnd)/u.test(title[1]) && all.answers.body === "hdnd") ? [whole(all, all.parts.title.line)] : [];
  },
  "sl-khong-ten": ({ parts }) => (parts.type && parts.type.value === "nghi-quyet" && parts.articles.length && !parts.title ? [{}] : []),
  "sl-ten-to-trinh": (all) => inTitle(all, /(?:thông qua|nhất trí|đồng ý|tán thành|phê duyệt|phê chuẩn|chấp thuận)\s+(?:với\s+)?(?:nội dung\s+)?(?:các\s+)?tờ trình|^(?:về\s+)?(?:việc\s+)?tờ trình/u),
  "sl-ten-bao-cao": (all) => inTitle(all, /(?:thông qua|nhất trí|đồng ý|tán thành|phê duyệt)\s+(?:với\s+)?(?:nội dung\s+)?(?:các\s+)?báo cáo/u, /quyết toán/u),
  "sl-ten-de-nghi": (all) => inTitle(all, /đề nghị\s+(?:hội đồng nhân dân\s+|hđnd\s+)?(?:ban hành|thông qua|phê chuẩn|phê duyệt|xem xét|quyết định)|xin ý kiến|xin chủ trương/u),
  "sl-ten-giao": (all) => inTitle(all, /phê duyệt giao|phê duyệt và giao|(?:về|việc)\s+giao\s+(?:chỉ tiêu|dự toán|quyết toán|kế hoạch|nhiệm vụ)/u),
  "sl-ten-thieu-nam": (all) => (titleOf(all) && !/(?:19|20)\d\d|kỳ họp|nhiệm kỳ|khóa/u.test(titleOf(all)) ? [whole(all, all.parts.title.line)] : []),
  "sl-ten-thieu-noi": (all) => (titleOf(all) && !/(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:xã(?!\s+hội)|phường|đặc khu|tỉnh|thành phố|địa phương|địa bàn|thôn|tổ dân phố|bản)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|hội đồng nhân dân|hđnd/u.test(titleOf(all)) ? [whole(all, all.parts.title.line)] : []),
  "sl-ten-giam-sat-cua-ai": (all) => (titleOf(all) && !/hội đồng nhân dân|hđnd|thường trực|ban kinh tế|ban văn/u.test(titleOf(all)) ? [whole(all, all.parts.title.line)] : []),
  "sl-ten-khac-dieu-1": (all) => {
    const matter = matterOf(all);
    const { articles } = all.parts;
    if (matter.length < 3 || !articles.length || (all.kinds[all.answers.kind] || {}).normative === "quy-pham") return [];
    const first = articles[0].text.toLowerCase();
    if (ELSEWHERE.test(first)) return [];
    const said = all.linesOf("content").slice(0, 60).map((line) => all.lower[line]).join(" ");
    const words = new Set(`${first} ${said}`.split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u));
    const same = matter.filter((one) => words.has(one)).length / matter.length;
    return same < SAME_MATTER ? [{ ...whole(all, all.parts.title.line), detail: `Tên ghi: “${all.parts.title.value.slice(0, 120)}”.` }] : [];
  },
  "sl-dong-tu-khac-ten": (all) => {
    const named = firstVerb(titleOf(all));
    const said = firstVerb(firstSentence(all).replace(/^phạm vi điều chỉnh/u, "").slice(0, 80));
    if (!named || !said || named[0] === said[0]) return [];
    const both = FAMILIES.filter(([name]) => name === named[0] || name === said[0]).every(([, pattern]) => pattern.test(titleOf(all)) || pattern.test(firstSentence(all)));
    const apart = !FAMILIES.find(([name]) => name === named[0])[1].test(firstSentence(all)) && !FAMILIES.find(([name]) => name === said[0])[1].test(titleOf(all));
    return both && apart ? [{ ...whole(all, all.parts.title.line), detail: `Tên ghi “${named[0]}”, Điều 1 ghi “${said[0]}”.` }] : [];
  },
  "sl-phe-chuan-du-toan": (all) => inTitleOrFirst(all, /phê chuẩn\s+(?:phương án\s+)?(?:phân bổ\s+)?dự toán/u, /quyết toán/u),
  "sl-phe-chuan-ke-hoach": (all) => inTitleOrFirst(all, /phê chuẩn\s+(?:việc\s+)?(?:giao\s+)?(?:kế hoạch|danh mục dự án|biên chế|tổng biên chế|chương trình)/u),
  "sl-quyet-toan-dong-tu": (all) => inTitleOrFirst(all, /(?:quyết định|thông qua|phê duyệt|ban hành)\s+(?:báo cáo\s+|tổng\s+)*quyết toán\s+(?:thu|chi|ngân sách|năm)/u),
  "sl-phe-duyet": (all) => inTitleOrFirst(all, /phê duyệt/u, APPROVED_ELSEWHERE),
  "sl-su-dung-dat-dong-tu": (all) => inTitleOrFirst(all, /(?:quyết định|phê chuẩn|ban hành)\s+(?:quy hoạch|kế hoạch)(?:,\s*kế hoạch)?\s+sử dụng đất/u),
  "sl-quy-che-dong-tu": (all) => inTitleOrFirst(all, /(?:thông qua|phê chuẩn|quyết định)\s+(?:nội dung\s+|dự thảo\s+)?quy chế\s+(?:làm việc|hoạt động)/u),
  "sl-bau-dai-bieu": (all) => inTitleOrFirst(all, /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])bầu\s+(?:bổ sung\s+|thêm\s+)?(?:\d+\s+)?(?:ông|bà)?[^.;,]{0,40}?(?:làm\s+)?đại biểu\s+(?:hội đồng nhân dân|hđnd)/u, /đơn vị bầu cử|bầu cử|kết quả bầu/u),
  "sl-cong-nhan-ket-qua-bau": (all) => inTitleOrFirst(all, /công nhận\s+kết quả\s+(?:bầu|trúng cử)|công nhận\s+[^.;]{0,40}trúng cử/u),
};
