// Signs of a file used before: years, sittings and days that are another draft's, blanks and marks that were left.
import { vnDate } from "../basics/times.js";
import { ordinal } from "./number-words.js";
import { clauseAt, decided, firstSentence, isOtherPaper, ownDay, planYear, span, titleOf, whole } from "./places.js";
import { evened, yearsIn } from "./words.js";

/** Blanks that a draft may have before it is signed: its own number and day, those of papers still to come, votes. */
const MAY_BE_BLANK = /^số\s*:?|kỳ họp thứ|ngày\s*[.…_\s]*tháng|\/nq-hđnd|\/ttr|\/bc|\/tb|thông qua|tán thành|biểu quyết|ký\s*tên/u;
const BLANK = /\.{5,}|…{2,}|_{4,}|\[\s*(?:\.\.\.|…)*\s*\]|«[^»]{0,60}»|\bx{3,}\b|\bxyz\b|\?{2,}|\[\s*(?:ghi|điền|nhập|tên|số|ngày|họ|nơi|đơn vị)[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\s]{0,30}\]|năm 20\s?(?:\.{2,}|…)|(?:\.{3}|…)\s*(?:%|triệu|tỷ|đồng|hộ|người|ha|ngày(?!\s*(?:tháng|[.…])))(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|\(\s*(?:ghi|điền)\s[^)]{0,60}\)/gu;

const MOST_BLANKS = 3;

function blanks(all) {
  const { annexes, signature, recipients } = all.parts;
  const free = [signature, recipients].filter(Boolean).map(({ line }) => line);
  const end = annexes.length ? annexes[0].line : all.text.lines.length;
  const places = all.lower.slice(0, end).flatMap((words, line) => {
    // A line that has no letter is drawn, not left blank.
    if (free.includes(line) || !/[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/u.test(words) || (all.answers.state !== "trinh-ky" && MAY_BE_BLANK.test(words))) return [];
    return [...words.matchAll(BLANK)].map((found) => ({ line, from: found.index, to: found.index + found[0].length }));
  });
  // A form that is still to be filled has many: they are told once.
  return places.length > MOST_BLANKS ? [{ ...places[0], detail: `Cả thảy ${places.length} chỗ trống.` }] : places;
}

const OLD_TERM = /nhiệm kỳ\s+(?:2021\s*[-–]\s*2026|2020\s*[-–]\s*2025)/u;
/** The new term's councils sat from April 2026 on. */
const NEW_TERM = "2026-05-01";
const OF_ITS_DAY = /tổng kết|kế thừa|bãi bỏ|thay thế|(?:xã|phường)[^.;]{0,30}cũ|trước đây|đã ban hành|nghị quyết số|quyết định số|khóa trước|nhiệm kỳ trước/u;
const oldTerm = (all) => {
  const on = ownDay(all) || ((all.parts.submission || {}).day || "");
  // A text that speaks of the new term itself is of it, whatever its day.
  const isEarly = on && on < NEW_TERM;
  if (isEarly && !all.lower.some((words) => /2026\s*[-–]\s*2031/u.test(words))) return [];
  const own = isEarly ? [...all.places.content, ...span(all.parts.implementation)] : null;
  return all.lower.flatMap((words, line) => {
    const found = OLD_TERM.exec(words);
    // “Quy chế … nhiệm kỳ 2021 - 2026 (ban hành kèm theo Nghị quyết số …)”: what issued it stands behind.
    const before = found ? words.slice(0, found.index).replace(/^\s*căn cứ\s/u, " ") : "";
    return found && (!own || own.includes(line)) && !OF_ITS_DAY.test(/\(\s*ban hành/u.test(words.slice(found.index, found.index + 60)) ? before : words) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
};

const SETTLES = ["LN09", "LN08"];
const PLANS = ["LN01", "LN02", "LN03", "LN05", "LN06", "LN07"];

/** What is still to be done, by a year. */
const AIMS = /(?:từ đầu|hoàn thành|phấn đấu|đến (?:hết |cuối )?năm|đến (?:hết|cuối)|đạt(?! (?:được )?năm)|xong trước)[^.;,]{0,50}?năm\s+(20\d\d)(?!\d)/u;
const COMPARES = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:tăng|giảm|cao hơn|thấp hơn)?\s*so với (?:cuối |cùng kỳ |(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước |kết quả |đầu )?năm|giữ vững|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|kết quả|thực hiện năm|năm trước|chuyển tiếp|chuyển sang|bố trí đến|quyết toán|đã (?!đề ra|giao)|giai đoạn|từ năm|từ ngày|phạm vi|báo cáo/u;
/** “giải ngân trong năm 2026” in what a plan for 2027 has done: within, or in. */
const WITHIN_YEAR = /(?:hoàn thành|giải ngân|thực hiện|triển khai|khởi công|thanh toán|bố trí|xong|đưa vào sử dụng|khánh thành)\s(?:[^.;,]{0,30}?\s)?(?:trong|vào)\s+năm\s+(20\d\d)(?!\d)/u;
const NO_PLAN = /quyết toán|kết quả|điều chỉnh|đánh giá|tình hình|bãi bỏ/u;
/** “Giai đoạn 2021 - 2025 phấn đấu …” in a plan for later. */
const OVER = /giai đoạn\s+20\d\d\s*[-–]\s*(20\d\d)\s+phấn đấu|phấn đấu\s(?:trong\s+)?[^.;]{0,40}?giai đoạn\s+20\d\d\s*[-–]\s*(20\d\d)(?!\d)/u;
function pastAims(all) {
  const year = NO_PLAN.test(titleOf(all)) ? 0 : planYear(all);
  return [...decided(all), ...span(all.parts.implementation)].filter((line, at, lines) => lines.indexOf(line) === at).flatMap((line) => {
    const words = all.outside(line);
    const period = OVER.exec(words);
    if (period && Number(period[1] || period[2]) < year) return [{ line, from: period.index, to: period.index + period[0].length }];
    const found = [AIMS, WITHIN_YEAR].map((pattern) => pattern.exec(words)).find((one) => one && Number(one[1]) < year && !COMPARES.test(clauseAt(all.lower[line], one.index)));
    return found ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

/** What last year's file says of its own year. */
const OF_LAST_YEAR = /(?:dự toán|kế hoạch|nhiệm vụ|mục tiêu|chỉ tiêu|biên chế|số lượng người làm việc|hưởng lương)(?:\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+){0,6}?\s+năm\s+(20\d\d)(?!\d)/u;
const OF_RESULT = /so với|chưa hoàn thành|hết hiệu lực|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước |kết quả (?:thực hiện )?(?:năm|nhiệm vụ|kế hoạch)|thực hiện năm|năm trước|chuyển (?:tiếp|sang|nguồn)|quyết toán|đã |giai đoạn|đánh giá|tăng|giảm|điều chỉnh|kéo dài|còn lại|bằng\s+\d/u;
/** “trình Hội đồng nhân dân xã dự toán năm 2026 như sau” in a submission for 2027. */
const PRESENTS = /(?:^|\s)trình\s[^.;]{0,80}?(?:dự toán|kế hoạch|chương trình|biên chế)[^.;\d]{0,40}?năm\s+(20\d\d)(?!\d)/u;
function presentedYears(all, year) {
  return isOtherPaper(all) && all.parts.type.value === "to-trinh" ? decided(all).flatMap((line) => {
    const found = PRESENTS.exec(all.outside(line));
    return found && Number(found[1]) < year && !OF_RESULT.test(clauseAt(all.lower[line], found.index)) && !/điều chỉnh|tình hình|quyết toán/u.test(all.lower[line]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  }).slice(0, 1) : [];
}
/** “công khai quyết toán năm 2025” where the accounts of 2026 are approved. */
const SETTLED = /(?:công khai|nộp|gửi|lập|lưu trữ|báo cáo|phê chuẩn|thuyết minh)\s[^.;]{0,60}?quyết toán(?:\s+(?:thu|chi|ngân sách|nhà nước|xã|phường|đặc khu|địa phương|,))*\s+năm\s+(20\d\d)(?!\d)/u;
const settledYears = (all, year) => (year ? [...decided(all), ...span(all.parts.implementation)].filter((line, at, lines) => lines.indexOf(line) === at).flatMap((line) => {
  const found = SETTLED.exec(all.outside(line));
  return found && Number(found[1]) === year - 1 && !/so với|năm trước|đã /u.test(all.lower[line]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
}) : []);
/** The year that Article 1 begins with, where the title tells none. */
const firstYear = (all) => {
  const years = yearsIn(firstSentence(all)).map(Number);
  return !yearsIn(all.parts.title ? all.parts.title.value : "").length && new Set(years).size === 1 && /^(?:quyết định|thông qua|giao|phân bổ)/u.test(firstSentence(all)) ? years[0] : 0;
};
function lastYearsWords(all) {
  if (all.answers.kind === "LN09" || /^phê chuẩn[^.;]{0,40}quyết toán/u.test(firstSentence(all))) return settledYears(all, Number(yearsIn(firstSentence(all))[0]) || all.answers.year);
  const year = (NO_PLAN.test(titleOf(all)) && !firstYear(all) ? 0 : planYear(all)) || firstYear(all);
  const lines = [...decided(all), ...span(all.parts.implementation)].filter((line) => !all.text.lines[line].cells);
  const presented = presentedYears(all, year);
  if (presented.length) return presented;
  return lines.flatMap((line) => {
    const found = OF_LAST_YEAR.exec(all.outside(line));
    // A report looks back at the year before the plan's; two years back is another file's.
    const isLeft = found && Number(found[1]) < (isOtherPaper(all) ? year - 1 : year);
    return isLeft && !OF_RESULT.test(isOtherPaper(all) ? clauseAt(all.lower[line], found.index).replace(/bằng mức/u, " ") : all.lower[line]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

/** The name of an annex that bears another year than the plan. */
function yearOfAnnex(all) {
  const { annexes, title } = all.parts;
  const named = title ? yearsIn(title.value) : [];
  if (named.length !== 1) return [];
  return annexes.flatMap(({ line }) => span({ line, to: line + 3 }).filter((at) => at < all.text.lines.length && !all.text.lines[at].cells && !/kèm theo|nghị quyết|tháng/u.test(all.lower[at])).slice(0, 3)).filter((at) => {
    const years = yearsIn(all.text.lines[at].text);
    return years.length === 1 && Number(years[0]) === Number(named[0]) - 1 && /kế hoạch|dự toán|danh mục|phân bổ|chỉ tiêu|chương trình|biên chế/u.test(all.lower[at]);
  }).map((at) => whole(all, at));
}

/** A plan of sittings speaks of its own year, but for what is reported of the one before. */
function sittingsOfOtherYears(all) {
  const year = planYear(all);
  return decided(all).flatMap((line) => {
    const found = /(?:tháng\s+\d{1,2}\s+|đầu\s+|cuối\s+|giữa\s+)năm\s+(20\d\d)(?!\d)/u.exec(all.outside(line));
    return found && Number(found[1]) < year && !/quyết toán|phạm vi/u.test(all.lower[line]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

/** A sitting of December decides the next year's plan: “cuối năm 2027 … dự toán ngân sách năm 2027”. */
const SAME_YEAR = /(?:quyết định\s+|thông qua\s+|^|[:;,]\s|\t|[-+•]\s*)(?:kế hoạch (?:phát triển\s+)?kinh tế|dự toán|kế hoạch đầu tư công|phân bổ (?:dự toán|ngân sách)|chương trình giám sát|biên chế)[^.;]{0,80}?năm\s+(20\d\d)(?!\d)/u;
function planOfSameYear(all) {
  const year = planYear(all);
  let isEnd = false;
  return year ? all.places.content.flatMap((line) => {
    const words = all.lower[line];
    if (/kỳ họp/u.test(words) || all.text.lines[line].cells) isEnd = /cuối năm|tháng\s+1[12](?!\d)/u.test(words) && !/giữa năm/u.test(words);
    const found = isEnd ? SAME_YEAR.exec(words) : null;
    return found && Number(found[1]) === year && !/tình hình|thực hiện|kết quả|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|báo cáo|điều chỉnh|đánh giá/u.test(clauseAt(words, found.index)) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  }).slice(0, 1) : [];
}

const LAST_YEARS = /kỳ họp(?: thường lệ)?\s+(?:giữa|cuối)\s+năm\s+(20\d\d)(?!\d)|năm\s+(20\d\d)\s*(?::|là\s)\s*\d/u;
function lastYears(all) {
  const year = planYear(all);
  return decided(all).flatMap((line) => {
    const found = LAST_YEARS.exec(all.outside(line));
    return found && Number(found[1] || found[2]) < year && !/so với|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|kết quả|thực hiện năm|đã |tăng|giảm|tỷ lệ|%/u.test(all.lower[line]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

/** “Hội đồng nhân dân xã Kế hoạch …”: a paper’s name behind the body’s, no place. */
const NAMED_PLACE = /(?:(?:thôn|xóm|bản|tổ dân phố)\s[^,;.]{1,30},|(?:[Ủủ]y|[Uu]ỷ) ban nhân dân|UBND|[Hh]ội đồng nhân dân|HĐND|địa bàn|[Nn]hân dân|thuộc|thông tin điện tử(?: của)?|[Nn]hà văn hóa|[Cc]ông an|[Tt]rạm [Yy] tế) +(xã|phường|đặc khu) +(?!Thành phố|Tỉnh|Ngân sách|Kế hoạch|Chương trình|Báo cáo|Tờ trình|Đề án|Nghị quyết|Quyết (?:định|toán)|Quy (?:chế|định|hoạch)|Dự (?:toán|án|thảo)|Danh (?:mục|sách)|Phương án|Nội (?:quy|dung)|Biên (?:bản|chế)|Thông báo|Phụ lục|Chủ (?:tịch|trương)|Phó |Khóa|Khoá|Kỳ họp|Nhiệm kỳ)(\p{Lu}\p{Ll}*(?:\s+\p{Lu}\p{Ll}*){0,3})/gu;
/** “Sau sắp xếp, xã Thanh Lãng có 14 thôn”. */
const PLACE_HAS = /(?:^|[.;,]\s|,\s)(xã|phường|đặc khu)\s+(\p{Lu}\p{Ll}*(?:\s+\p{Lu}\p{Ll}*){0,3})(?=\s+(?:có|còn)\s+\d)/gu;
const OF_OTHERS = /\scũ|trước (?:sắp xếp|đây|khi)|sáp nhập|sắp xếp|giáp|liên xã|phối hợp|các (?:xã|phường)|bàn giao|bãi bỏ|thay thế|nghị quyết số|quyết định số/u;
/** Another commune's name where this one's body or ground is meant. */
function otherPlaces(all) {
  const own = all.parts.body ? all.parts.body.name.toLowerCase().replace(/^(?:xã|phường|đặc khu)\s+/u, "").trim() : "";
  if (!own) return [];
  const ending = all.parts.recipients ? span(all.parts.recipients) : [];
  return [...all.places.content, ...span(all.parts.implementation), ...ending].filter((line, at, lines) => lines.indexOf(line) === at).flatMap((line) => [...all.text.lines[line].text.matchAll(NAMED_PLACE), ...all.text.lines[line].text.matchAll(PLACE_HAS)].filter((found) => {
    const name = found[2].toLowerCase();
    const isCited = !all.outside(line).slice(found.index, found.index + found[0].length).trim();
    return !isCited && !name.startsWith(own) && !own.startsWith(name) && !own.endsWith(name) && !OF_OTHERS.test(all.lower[line]);
  }).map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Đầu văn bản ghi: ${all.parts.body.name}.` })));
}

const VILLAGE = /(?:^|[\s(,.;:“"])([Tt]hôn|[Bb]ản|[Ấấ]p|[Tt]ổ dân phố|[Kk]hu phố)\s+(\p{Lu}\p{Ll}*(?:\s+\p{Lu}\p{Ll}*){1,3})/gu;
/** A village in a later article that Article 1, which joins or names villages, does not have: “Đồng Tâm”, then “Đồng Tiến”. */
function otherVillages(all) {
  const { articles, title } = all.parts;
  if (articles.length < 2 || !/(?:nhập|sáp nhập|sắp xếp|thành lập|đổi tên|đặt tên|chia tách)\s[^.;]{0,60}?(?:thôn|bản|ấp|tổ dân phố|khu phố)/u.test(titleOf(all))) return [];
  const known = [title.value, ...span(articles[0]).map((line) => all.text.lines[line].text), ...all.parts.tables.flatMap(span).map((line) => all.text.lines[line].text), ...all.parts.annexes.flatMap(span).map((line) => all.text.lines[line].text)].join("\n").toLowerCase();
  return articles.slice(1).flatMap(span).filter((line) => !all.text.lines[line].cells).flatMap((line) => [...all.text.lines[line].text.matchAll(VILLAGE)].filter(([, , name]) => {
    const own = name.toLowerCase();
    if (!/kế thừa|thôn mới|sau (?:khi )?(?:sáp )?(?:nhập|sắp xếp)|nguyên trạng|tiếp nhận|kiện toàn|trụ sở/u.test(all.lower[line])) return false;
    // A name that is near one of the new ones is that one, written as another.
    return !known.includes(own) && known.includes(`${own.split(" ")[0]} `) && !/phối hợp|giáp|bàn giao từ/u.test(all.lower[line]);
  }).map((found) => ({ line, from: found.index + found[0].search(/[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/u), to: found.index + found[0].length, detail: "Điều 1 không có tên này." }))).slice(0, 2);
}

const PROVINCE = /(?:[Ủủ]y ban nhân dân|[Uu]ỷ ban nhân dân|UBND|[Hh]ội đồng nhân dân|HĐND|[Ss]ở \p{Lu}[^,.;]{0,30}?) +tỉnh +(\p{Lu}\p{Ll}*(?: +\p{Lu}\p{Ll}*){0,2})/gu;
/** Another province's body than the one that the title, the head or the recipients name. */
function otherProvinces(all) {
  const { title, recipients, body } = all.parts;
  const head = [title ? title.value : "", body ? body.name : "", ...(recipients ? span(recipients).map((line) => all.text.lines[line].text) : [])].join("\n");
  const own = new Set([...head.matchAll(/[Tt]ỉnh +(\p{Lu}\p{Ll}*(?: +\p{Lu}\p{Ll}*){0,2})/gu)].map(([, name]) => name.toLowerCase()));
  if (own.size !== 1) return [];
  const [name] = own;
  return [...all.places.content, ...span(all.parts.implementation)].filter((line, at, lines) => lines.indexOf(line) === at).flatMap((line) => [...all.text.lines[line].text.matchAll(PROVINCE)].filter((found) => {
    const other = found[1].toLowerCase();
    return !other.startsWith(name) && !name.startsWith(other) && !OF_OTHERS.test(all.lower[line]) && !/kết nghĩa|phối hợp|bạn|giáp/u.test(all.lower[line]);
  }).map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Tên, nơi nhận ghi tỉnh ${name.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase())}.` })));
}

/** “trên địa bàn xã” in a ward's text, and the other way round. */
function otherLevel(all) {
  const { body } = all.parts;
  const level = body ? (/^(xã|phường|đặc khu)(?:\s|$)/u.exec(body.name.toLowerCase()) || ["", ""])[1] || { xa: "xã", phuong: "phường" }[body.level] || "" : "";
  if (level !== "xã" && level !== "phường") return [];
  // A ward has no villages of this name, but street groups.
  const title = titleOf(all);
  const ofVillages = level === "phường" && /(?:^|\s)thôn(?:\s|$)/u.test(title) && !/tổ dân phố|khu phố/u.test(title) ? [{ ...whole(all, all.parts.title.line), detail: "Đầu văn bản là của phường: phường có tổ dân phố." }] : [];
  const other = level === "xã" ? "phường" : "xã";
  // A name of its own begins with a capital: “Ủy ban nhân dân phường Hòa Phú” is another sign’s matter.
  const pattern = new RegExp(`(?:[Ủủ]y ban nhân dân|[Uu]ỷ ban nhân dân|UBND|[Hh]ội đồng nhân dân|HĐND|địa bàn|của|[Nn]gân sách)\\s+${other}(?=\\s*(?:[.,;:)]|$)|\\s+\\p{Ll})`, "u");
  return ofVillages.concat([...span(all.parts.opening).slice(-1), ...(all.parts.verification ? [all.parts.verification.line] : []), ...all.places.content, ...span(all.parts.implementation)].filter((line, at, lines) => lines.indexOf(line) === at).flatMap((line) => {
    const found = pattern.exec(all.text.lines[line].text);
    return found && all.outside(line).slice(found.index, found.index + found[0].length).trim() && !/xã hội|phường bạn|xã bạn|xã, phường|phường, xã|cấp xã|sáp nhập|sắp xếp|\scũ/u.test(all.lower[line].slice(found.index, found.index + found[0].length + 12)) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Đầu văn bản là của ${level}.` }] : [];
  }));
}

const CHARGED_PERSON = /(?:^|[\s.:,])(?:[Ôô]ng|[Bb]à)\s+((?:\p{Lu}\p{Ll}*\s+){1,4}\p{Lu}\p{Ll}*)(?=[^.;]{0,40}\s(?:có trách nhiệm|chịu trách nhiệm|bàn giao|thi hành|thực hiện nhiệm vụ))/gu;
const OF_PERSONS = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:bầu|miễn nhiệm|bãi nhiệm|cho thôi|thôi làm|xác nhận kết quả|phê chuẩn\s[^.;]{0,60}?(?:ủy viên|uỷ viên|phó trưởng ban|kết quả))/u;
/** Somebody who is charged and whom nothing else names. */
function strangers(all) {
  const { articles, range } = all.parts;
  if (articles.length < 2 || !OF_PERSONS.test(titleOf(all))) return [];
  const own = articles.slice(1).flatMap(span);
  const rest = all.text.lines.slice(range.line, range.to + 1).filter((_, at) => !own.includes(range.line + at)).map(({ text }) => text.toLowerCase()).join("\n");
  return own.flatMap((line) => [...all.text.lines[line].text.matchAll(CHARGED_PERSON)].filter(([, name]) => !rest.includes(name.trim().toLowerCase()))
    .map((found) => ({ line, from: found.index + found[0].indexOf(found[1]), to: found.index + found[0].length })));
}

/** A day of adoption that is last year's, against the day or the papers of this text. */
function adoptedLongAgo(all) {
  const { adopted, dated, submission } = all.parts;
  if (!adopted) return [];
  const words = adopted.text.split(/hiệu lực/iu)[0];
  const on = /thông qua[^.]*?năm\s+(20\d\d)/iu.exec(words);
  const own = Number((dated && dated.year) || (submission && submission.day ? submission.day.slice(0, 4) : 0));
  return on && own && Number(on[1]) < own ? [{ ...whole(all, adopted.line), detail: `Văn bản, tờ trình ghi năm ${own}.` }] : [];
}

const SITTING = /kỳ họp\s+(thứ\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]+(?:\s+(?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]))?)/u;
/** A programme's line that opens or closes, or begins with, another sitting than the one it is for. */
function otherSittings(all) {
  const { title, type } = all.parts;
  const from = type ? type.line : title ? title.line : -1;
  const head = from < 0 ? [] : all.lower.slice(from, from + 3).map((words) => SITTING.exec(words)).filter(Boolean);
  const own = head.length ? ordinal(head[0][1].replace(/^thứ\s+/u, "")) : "";
  if (typeof own !== "number") return [];
  return all.lower.flatMap((words, line) => {
    const found = line > from + 2 && /^\s*kỳ họp thứ\s[^.;]{0,40}?(?:hội đồng|hđnd|diễn ra)|(?:khai mạc|bế mạc|diễn biến|chương trình|nghị quyết(?: chung)? của)\s+kỳ họp thứ\s/u.test(words) ? SITTING.exec(words) : null;
    const other = found ? ordinal(found[1].replace(/^thứ\s+/u, "")) : "";
    return typeof other === "number" && other !== own && !/trước|sau kỳ|từ kỳ|gửi tới|giữa hai/u.test(words) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Đầu chương trình ghi: ${head[0][0]}.` }] : [];
  });
}

/** A programme whose vote names the estimate of another year than the rest of it. */
const OF_SITTING = /kỳ họp[^.;\n]{0,60}?(giữa|cuối)\s+năm\s+(20\d\d)(?!\d)/u;
/** “Kỳ họp thứ tư, thường lệ cuối năm 2025” above a programme of December 2026. */
function sittingOfOtherYear(all) {
  const on = ownDay(all);
  const from = all.parts.type ? all.parts.type.line : 0;
  if (all.answers.sort !== "chuong-trinh" || !on) return [];
  return span({ line: from, to: Math.min(all.lower.length - 1, from + 4) }).flatMap((line) => {
    const found = OF_SITTING.exec(all.lower[line]);
    // A sitting at the end of a year may be held in the first weeks of the next.
    // “giữa năm” is no name for a sitting of December, nor “cuối năm” for one of June.
    const isOffSeason = found && (found[1] === "giữa" ? ["10", "11", "12", "01", "02"] : ["04", "05", "06", "07", "08"]).includes(on.slice(5, 7));
    const isLate = found && found[1] === "cuối" && Number(found[2]) === Number(on.slice(0, 4)) - 1 && on.slice(5) < "02-15";
    const isOther = isOffSeason || (found && found[2] !== on.slice(0, 4) && !isLate);
    return isOther ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Chương trình ghi ngày ${vnDate(on)}.` }] : [];
  }).slice(0, 1);
}
const ESTIMATE = /(?:dự toán|kế hoạch)[^.;\d]{0,60}?năm\s+(20\d\d)(?!\d)/gu;
function votesOnOtherYear(all) {
  if (all.answers.sort !== "chuong-trinh") return [];
  const told = all.lower.flatMap((words, line) => [...words.matchAll(ESTIMATE)].filter(() => !/quyết toán|điều chỉnh|thực hiện dự toán/u.test(words)).map((found) => ({ line, found, year: Number(found[1]) })));
  const most = Math.max(0, ...told.map(({ year }) => year));
  return told.filter(({ line, year, found }) => year === most - 1 && /nghị quyết/u.test(all.lower[line].slice(0, found.index)) && !/báo cáo|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|tình hình/u.test(all.lower[line].slice(0, found.index)) && !all.lower[line].includes(String(most)))
    .map(({ line, found }) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Chỗ khác ghi năm ${most}.` }));
}

/** What is left of a year goes into the next one's income. */
const CARRIED_TO = /kết dư[^.;]{0,160}?thu ngân sách[^.;]{0,30}?năm\s+(20\d\d)(?!\d)/u;

export const TESTS = {
  "sl-nam-chuong-trinh": (all) => [...sittingOfOtherYear(all), ...votesOnOtherYear(all)],
  "sl-ket-du-nam-cu": (all) => decided(all).flatMap((line) => {
    const found = CARRIED_TO.exec(all.outside(line));
    const own = /kết dư(?:\s+ngân sách)?(?:\s+(?:xã|phường))?\s+năm\s+(20\d\d)(?!\d)/u.exec(all.outside(line));
    if (own && all.answers.year && Number(own[1]) !== all.answers.year && !/thu kết dư|từ kết dư|chuyển sang|kết dư[^.;]{0,60}(?:được sử dụng|đã)/u.test(all.lower[line])) return [{ line, from: own.index, to: own.index + own[0].length, detail: `Văn bản quyết toán năm ${all.answers.year}.` }];
    return found && all.answers.year && Number(found[1]) <= all.answers.year ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  }),
  "sl-thong-qua-nam-cu": adoptedLongAgo,
  "sl-nam-phu-luc": yearOfAnnex,
  "sl-nam-muc-tieu-cu": pastAims,
  "sl-nam-don-vi-cu": lastYears,
  "sl-nam-cua-tep-cu": lastYearsWords,
  "sl-ky-hop-nam-khac": (all) => [...sittingsOfOtherYears(all), ...planOfSameYear(all)],
  "sl-thay-the-cho-trong": (all) => all.parts.articles.flatMap(span).flatMap((line) => {
    const found = /(?:thay thế|bãi bỏ|sửa đổi)[^.;]{0,60}(?:số|ngày)\s*(?:…|\.{3}|\s{3})/u.exec(all.lower[line]);
    return found ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  }),
  "sl-xa-khac-trong-dieu": (all) => [...otherPlaces(all), ...otherProvinces(all), ...otherVillages(all)],
  "sl-xa-phuong-lan": otherLevel,
  "sl-nguoi-la": strangers,
  "sl-cho-trong": blanks,
  "sl-ky-hop-hai-ten": (all) => {
    const { council, adopted } = all.parts;
    if (all.answers.sort === "chuong-trinh") return otherSittings(all);
    if (!council || !adopted) return [];
    // “nhiệm kỳ 2026 - 2031” and “khóa II” are two ways to say one thing.
    const isSpan = (words) => /nhiệm kỳ/iu.test(words);
    // What a sitting is for and which it is, too: “kỳ họp chuyên đề (kỳ họp thứ sáu)”.
    const told = (words) => [...evened(words).matchAll(/thứ\s+([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]+(?:\s+(?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]))?)/gu)].map(([, one]) => ordinal(one)).filter((one) => typeof one === "number");
    const [above, below] = [council.value, adopted.text].map((words) => told((/kỳ họp.*/iu.exec(words) || [""])[0]));
    const isNumber = (name, part) => typeof ordinal(part[name]) === "number";
    const isOtherWay = (name) => name === "sitting" && (isNumber(name, council) !== isNumber(name, adopted) || above.some((one) => below.includes(one)));
    const differ = (name) => council[name] && adopted[name] && isSpan(council[name]) === isSpan(adopted[name]) && ordinal(council[name]) !== ordinal(adopted[name]) && !isOtherWay(name);
    return differ("sitting") || differ("term")
      ? [{ ...whole(all, adopted.line), detail: `Phần đầu ghi: ${[council.term, council.sitting].filter(Boolean).join(", ").toLowerCase()}.` }] : [];
  },
  "sl-nam-ten-dieu-1": (all) => {
    const { title, articles } = all.parts;
    if (!title || !articles.length) return [];
    const named = yearsIn(title.value);
    const first = yearsIn(all.outside(articles[0].line));
    const said = all.linesOf("content").map((line) => all.text.lines[line].text).join("\n");
    // A plan is for the year that its first sentence says.
    const begins = yearsIn(all.parts.articles[0].text.split("\n")[0]);
    if ((PLANS.includes(all.answers.kind) || all.answers.kind === "LN09") && !/đánh giá|kết quả|tình hình|so với/u.test(firstSentence(all)) && named.length === 1 && begins.length === 1 && begins[0] !== named[0]) return [{ ...whole(all, begins[0] < named[0] ? articles[0].line : title.line), detail: `Tên ghi năm ${named[0]}; Điều 1 ghi năm ${begins[0]}.` }];
    if (!named.length || !first.length || named.some((year) => yearsIn(said).includes(year))) return [];
    return [{ ...whole(all, title.line), detail: `Tên ghi năm ${named.join(", ")}; Điều 1 ghi năm ${first.join(", ")}.` }];
  },
  "sl-nam-cu": (all) => {
    const { title, dated } = all.parts;
    const now = Number((dated && dated.year) || (all.answers.today || "").slice(0, 4));
    const named = title ? yearsIn(title.value).map(Number) : [];
    if (!now || !named.length || SETTLES.includes(all.answers.kind) || !PLANS.includes(all.answers.kind)) return [];
    const on = (dated && dated.day) || ((all.parts.submission || {}).day || "");
    const month = on ? Number(on.slice(5, 7)) : 0;
    // What is adopted when the year ends is for the next one.
    const isEnding = month > 10 && Math.max(...named) === now && !/điều chỉnh|bổ sung|kết quả/u.test(title.value.toLowerCase());
    return Math.max(...named) < now || isEnding ? [{ ...whole(all, title.line), detail: `Văn bản ghi năm ${now}.` }] : [];
  },
  "sl-nhiem-ky-cu": oldTerm,
  "sl-vet-sua": ({ text }) => {
    const { comments, changes, highlights } = text.file;
    const told = [comments && `${comments} chú thích`, changes && `${changes} vết sửa`, highlights && `${highlights} chỗ tô nền`].filter(Boolean);
    return told.length ? [{ detail: `Tệp còn ${told.join(", ")}.` }] : [];
  },
  "sl-thuoc-tinh-cu": ({ text, answers }) => {
    const { created, title } = text.file;
    const now = Number((answers.today || "").slice(0, 4));
    const old = now && created && Number(created.slice(0, 4)) < now - 1;
    return old ? [{ detail: `Tệp tạo năm ${created.slice(0, 4)}${title ? `, tên trong tệp “${title.slice(0, 80)}”` : ""}.` }] : [];
  },
};
