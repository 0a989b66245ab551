// Signs of sums told in words: a total and its parts in one sentence or in the lines below it, what rises and falls, what is left.
import { FACTOR, amountsIn, numberOf, numberText } from "./figures.js";
import { headAndMembers, joinedByTable, periodOfTable, ratesTimes, sourcesOfRise, yearsTimes } from "./sums-over-lines.js";
import { numberInWords } from "./number-words.js";
import { decided, span } from "./places.js";
import { remembered } from "./words.js";

const NUMBER = "\\d{1,3}(?:\\.\\d{3})+(?:,\\d{1,2})?|\\d{1,5}(?:,\\d{1,2})?";
const NOUNS = "con|cây|nhà|cầu|đèn|điểm|ấp|bản|buôn|làng|khu phố|mô hình|cuộc|buổi|tiêu chí|chỉ tiêu|tuyến|bộ|máy|đồng chí|hội viên|ngày công|thửa|hợp tác xã|doanh nghiệp|cơ sở|nhóm|em|cháu|học viên|m2|căn nhà|phòng học|suất|lượt|trường|công chức|viên chức|giáo viên|hộ|nhân khẩu|người|kiến nghị|đại biểu|phiếu|ý kiến|hồ sơ|thôn|tổ dân phố|dự án|công trình|trường hợp|học sinh|lớp|ha|km|tấn|biên chế|lao động|vụ|đơn";
const COUNTED = new RegExp(`(^|[^\\d/.,])(${NUMBER})\\s+(${NOUNS})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu");
const WHOLE = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:gồm|bao gồm|cụ thể|chia ra)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|:\s/u;
/** Numbers of ballots and people often stand side by side behind a colon: only a word tells that they are parts. */
const WHOLE_IN_WORDS = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:gồm|bao gồm|cụ thể|chia ra)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
/** Between a total and its parts stands at most where the money comes from. */
const LONG_LEAD = 220;
const PART = /trong đó/u;
/** “Điều chỉnh tăng 850 triệu đồng của 02 dự án, gồm …” is a whole of its own. */
const ADJUSTED = /điều chỉnh (?:tăng|giảm)\s*$/u;
const AMONG = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:trên|\/|trong số|so với|bình quân|mỗi|từ|còn|giảm|tăng|tại|ngày)\s*$/u;
/** So small a share is missing where “trong đó” was meant to name all parts. */
const NEAR = 0.1;
const LEAST_PARTS = 3;

const differ = (one, other) => Math.abs(one - other) > 0.0005 * Math.max(Math.abs(one), Math.abs(other));
const sum = (numbers) => numbers.reduce((all, { value }) => all + value, 0);
const moneyIn = (text) => amountsIn(text).filter(({ rate }) => !rate);
const countsIn = remembered((words) => [...words.matchAll(COUNTED)].map((found) => ({ unit: found[3], value: numberOf(found[2]), from: found.index + found[1].length, to: found.index + found[0].length })));

/** Numbers of one kind in a sentence: amounts of money, or counts of one noun: [[{unit, value, from, to}]]. */
const kindsIn = remembered((sentence) => {
  const money = moneyIn(sentence).map(({ value, from, to }) => ({ unit: "đồng", value, from, to }));
  const all = [...money, ...countsIn(sentence)].sort((a, b) => a.from - b.from);
  return [...new Set(all.map(({ unit }) => unit))].map((unit) => all.filter((one) => one.unit === unit)).filter((some) => some.length > 2);
});

/** The sentences of a line: [{words, at}]; parts behind semicolons stay with their total, the next total begins anew. */
const sentencesOf = remembered((lower) => {
  const found = [];
  let at = 0;
  for (const piece of lower.split(/(\.\s(?=\D)|;\s(?=tổng\s))/u)) {
    if (!/^[.;]\s$/u.test(piece)) found.push({ words: piece, at });
    at += piece.length;
  }
  return found;
});

/** {place, near} of a total that its parts do not make; null where they do. “Trong đó” may leave parts out, but never goes beyond. */
function compared(total, parts, among, line, from = 0) {
  const counted = sum(parts);
  const place = { line, from: from + total.from, to: from + total.to, detail: `Ghi ${numberText(total.value)}, cộng các phần được ${numberText(counted)}.` };
  if (!differ(counted, total.value)) return null;
  if (!among || counted > total.value) return { place, near: false };
  return parts.length >= LEAST_PARTS && (total.value - counted) / total.value < NEAR ? { place, near: true } : null;
}

/** Words with what stands in brackets blanked: there parts tell their own parts. */
const withoutBrackets = (words) => words.replace(/\([^()]*\d[^()]*\)/gu, (inside) => " ".repeat(inside.length));
/** Faults of a line; where those in brackets explain a sum, the line without them tells. */
function inSentence(lower, line) {
  const found = sumsIn(lower, line);
  const plain = found.length && /\(/u.test(lower) ? withoutBrackets(lower) : lower;
  return plain !== lower && sentencesOf(plain).some(({ words }) => kindsIn(words).length > 0) ? sumsIn(plain, line) : found;
}
function sumsIn(lower, line) {
  return sentencesOf(lower).flatMap(({ words, at }) => kindsIn(words).map(([total, ...parts]) => {
    const between = words.slice(total.to, parts[0].from);
    const among = PART.test(between);
    // “cụm 1 gồm 4 thôn, cụm 2 gồm 5 thôn”: each has its own.
    if (parts[1] && [total, ...parts.slice(0, 2)].every(({ from }) => /(?:gồm|có)\s*$/u.test(words.slice(0, from)))) return null;
    if ((!among && !(total.unit === "đồng" ? WHOLE : WHOLE_IN_WORDS).test(between)) || (between.length > 90 && !(between.length < LONG_LEAD && WHOLE_IN_WORDS.test(between.slice(-60)))) || (AMONG.test(words.slice(0, total.from)) && !ADJUSTED.test(words.slice(0, total.from)))) return null;
    // “Đất lúa 420 ha, trong đó hai vụ 300 ha; đất màu 150 ha”: what begins as the whole does is another.
    const [name] = /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u.exec(words.slice(0, total.from)) || [""];
    const end = among && name && new RegExp(`;\\s+${name}\\s`, "u").test(words.slice(total.to)) ? total.to + words.slice(total.to).search(new RegExp(`;\\s+${name}\\s`, "u")) : words.length;
    const own = parts.filter(({ from }) => from < end).filter((_, index) => !index || !PART.test(words.slice(parts[index - 1].to, parts[index].from)));
    return own.length > 1 ? compared(total, own, among, line, at) : null;
  })).filter(Boolean);
}

/**
 * “11 điểm sạt lở: thôn 1 có 4 điểm, thôn 2 có 3 điểm, thôn 3 có 4 điểm”; “96 hộ: 58 hộ nghèo và 38 hộ cận nghèo”: each part with
 * the noun of the whole, nothing else counted between. What compares, rises or falls is no part.
 */
const WITH_COLON = new RegExp(`(?:^|[^\\d/.,%])(${NUMBER})\\s+(?!đồng|triệu|tỷ|nghìn|ngày|tháng|năm|giờ|phút|lần)([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])([^.;:()\\d]{0,80})(?::\\s*((?:[^.;:]|\\.\\d){10,400})|\\(\\s*((?:[^.:()]|\\.\\d){10,300})\\))`, "gu");
const NO_PART = /tăng|giảm|so với|trong đó|mỗi|bình quân|%|\/|trên tổng|còn lại|khác|đạt|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|từ \d|đến \d|ít nhất|tối thiểu/u;
function partsBehindColon(lower, line) {
  return [...lower.matchAll(WITH_COLON)].map((found) => {
    const [all, told_, noun, , behind, inBrackets] = found;
    const rest = behind || inBrackets;
    if (NO_PART.test(rest)) return null;
    const pieces = rest.split(/,\s|\svà\s|;\s/u);
    const own = new RegExp(`(?:^|[^\\d.,/])(${NUMBER})\\s+${noun}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u");
    const parts = pieces.map((piece) => own.exec(piece)).map((one) => (one ? numberOf(one[1]) : null));
    const isWhole = parts.length > 1 && parts.every((one) => one !== null) && pieces.every((piece) => piece.match(new RegExp(`\\d\\s+${noun}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu")).length === 1);
    const counted = isWhole ? parts.reduce((sum_, one) => sum_ + one, 0) : 0;
    if (!isWhole || counted === numberOf(told_) || Math.abs(counted - numberOf(told_)) > 0.5 * counted) return null;
    const from = found.index + all.indexOf(told_);
    return { place: { line, from, to: found.index + all.length, detail: `Ghi ${numberText(numberOf(told_))}, cộng các phần được ${numberText(counted)}.` }, near: false };
  }).filter(Boolean);
}

/** “Tổng số 45 biên chế: Văn phòng 12, Phòng Kinh tế 15, Phòng Văn hóa - Xã hội 16”: each part a name and a bare number. */
const BARE_PARTS = new RegExp(`(?:tổng(?: số| cộng)?|phân bổ|bố trí|giao|phân công|cấp|lắp|hiện có|chia)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;:\\d]{0,60}?(${NUMBER})\\s+(${NOUNS}|[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{3,})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;:\\d]{0,40}(?::|,?\\s(?:gồm|trong đó))\\s*((?:[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^.;:,\\d%]{2,60}\\s(?:${NUMBER})(?:\\s+\\2)?(?:,\\s|;\\s|\\svà\\s)){2,9}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^.;:,\\d%]{2,60}\\s(?:${NUMBER})(?:\\s+\\2)?)(?=\\s*(?:[.;]|$))`, "gu");
const bareParts = (lower, line) => [...lower.matchAll(BARE_PARTS)].map((found) => {
  const parts = found[3].match(new RegExp(NUMBER, "gu")).map((one) => numberOf(one));
  const counted = parts.reduce((sum_, one) => sum_ + one, 0);
  // “04 thôn: thôn 1, thôn 2, …” numbers them.
  const isNumbered = /(?:thôn|tổ|ấp|bản|khu|nhóm|đợt|tuyến|đoạn|số|cụm|phố|đội|quý|tháng|kỳ|lớp|khóa|năm|ngày|điều|khoản|mục|biểu|phụ lục|loại|cấp|hạng|khối|tầng|đường|quốc lộ|kênh|lô|thửa|ca)\s+\d/u.test(found[3]);
  return counted === numberOf(found[1]) || isNumbered || Math.abs(counted - numberOf(found[1])) > 0.4 * counted || NO_PART.test(found[3]) ? null : { place: { line, from: found.index, to: found.index + found[0].length, detail: `Ghi ${found[1]}, cộng các phần được ${numberText(counted)}.` }, near: false };
}).filter(Boolean);

/** “1,2 tỷ đồng (ngân sách xã 700 triệu đồng; Nhân dân đóng góp 500 triệu đồng)”: amounts in brackets right behind their whole. */
const OTHER_YEARS = /năm\s+20\d\d|trước|cùng kỳ|kế hoạch|dự toán|đã /u;
function partsInBrackets(all, line) {
  const words = all.lower[line];
  if (!words.includes("(") || words.length > 2000) return [];
  const money = moneyIn(all.text.lines[line].text);
  return money.map((total, index) => {
    const open = /^\s*\(/u.test(words.slice(total.to)) ? words.indexOf("(", total.to) : -1;
    const close = open < 0 ? -1 : words.indexOf(")", open);
    const parts = close < 0 ? [] : money.slice(index + 1).filter(({ from, to }) => from > open && to <= close);
    const inside = words.slice(open + 1, close);
    if (parts.length < 2 || NO_PART.test(inside) || OTHER_YEARS.test(inside)) return null;
    return compared(total, parts, false, line);
  }).filter(Boolean);
}

/** What all numbers before it in the sentence make: “A 12 người, B 11 người; tổng số 23 người”. */
const COMES_LAST = /(?:tổng(?: số| cộng)?|cộng|cả thảy)(?:\s+(?:là|có|số tiền|kinh phí))*\s*:?\s*$/u;
const EACH = /(?:mỗi|từng|bình quân)\s/u;
function totalLast(lower, line) {
  return sentencesOf(lower.replace(/;\s(?=tổng\s)/gu, ", ")).flatMap(({ words, at }) => kindsIn(words).map((numbers) => {
    const total = numbers[numbers.length - 1];
    const parts = numbers.slice(0, -1);
    return COMES_LAST.test(words.slice(parts[parts.length - 1].to, total.from)) && !EACH.test(words) && !/từ\s|so với|trên tổng/u.test(words) ? compared(total, parts, false, line, at) : null;
  })).filter(Boolean);
}

/** “14 thôn, mỗi thôn 03 người, tổng số 42 người”. */
const TIMES = new RegExp(`(${NUMBER})\\s+(${NOUNS})[^.;\\d]{0,40}mỗi\\s+\\2\\s+(?:[^.;\\d]{0,20})?(${NUMBER})\\s+(${NOUNS})[^.;\\d]{0,40}?(?:tổng(?: số| cộng)?|cộng|là)\\s*:?\\s*(${NUMBER})\\s+\\4`, "gu");
/** “36 người, bố trí tại 11 thôn, mỗi thôn 03 người”. */
const TIMES_AFTER = new RegExp(`(${NUMBER})\\s+(?!đợt|lần|buổi|ca(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|ngày|tháng|năm|kỳ|quý)([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;\\d]{0,50}?(${NUMBER})\\s+(${NOUNS}|ấp|bản|xóm|tổ|khu phố|trường|điểm|năm|tháng|quý|đợt)[^.;\\d]{0,20}mỗi\\s+\\4\\s+(?:[^.;\\d]{0,20})?(${NUMBER})\\s+\\2`, "gu");
/** “2.400 triệu đồng, bình quân 600 triệu đồng/năm trong 4 năm”. */
const PER_YEAR = new RegExp(`(${NUMBER}(?:,\\d+)?)\\s+(triệu|tỷ|nghìn)?\\s*đồng[^.;\\d]{0,40}bình quân\\s+(${NUMBER}(?:,\\d+)?)\\s+(triệu|tỷ|nghìn)?\\s*đồng\\s*\\/\\s*năm[^.;\\d]{0,20}?(\\d{1,2})\\s+năm`, "gu");
function productsAfter(lower, line) {
  const made = (found, told, counted, detail) => (Math.abs(told - counted) > 0.005 * told ? { place: { line, from: found.index, to: found.index + found[0].length, detail }, near: false } : null);
  return [
    ...[...lower.matchAll(TIMES_AFTER)].map((found) => {
      const [told, count, each] = [found[1], found[3], found[5]].map((one) => numberOf(one));
      return made(found, told, count * each, `${numberText(count)} × ${numberText(each)} là ${numberText(count * each)}.`);
    }),
    ...[...lower.matchAll(PER_YEAR)].map((found) => {
      const [told, each, years] = [found[1], found[3], found[5]].map((one) => numberOf(one));
      return found[2] === found[4] ? made(found, told, each * years, `${numberText(each)} × ${numberText(years)} năm là ${numberText(each * years)}.`) : null;
    }),
  ].filter(Boolean);
}

/** “91.780 triệu đồng, tăng 3.480 triệu đồng so với dự toán (88.300 triệu đồng)”. */
function differences(all, line) {
  const words = all.lower[line];
  const money = moneyIn(all.text.lines[line].text);
  return money.slice(1, -1).map((by, index) => {
    const [now, before] = [money[index], money[index + 2]];
    const verb = /(tăng|giảm)\s+(?:thêm\s+)?$/u.exec(words.slice(now.to, by.from));
    if (!verb || by.from - now.to > 30 || !/^[^.;]{0,80}so với/u.test(words.slice(by.to, before.from)) || before.from - by.to > 100) return null;
    const counted = verb[1] === "tăng" ? before.value + by.value : before.value - by.value;
    return differ(counted, now.value) ? { place: { line, from: now.from, to: by.to, detail: `Tính được ${numberText(counted)} đồng.` }, near: false } : null;
  }).filter(Boolean);
}

/** “Nguồn vốn: ngân sách xã 4.850 triệu đồng, tỉnh hỗ trợ 2.500 triệu đồng”, the whole being told above. */
function sources(all, line, begin) {
  const words = all.lower[line];
  if (!/nguồn vốn|nguồn kinh phí|cơ cấu (?:nguồn )?vốn|(?:bố trí|phân kỳ|tiến độ|kế hoạch|phân bổ)\s(?:[^.;:\d]{0,20}\s)?(?:vốn|kinh phí)?[^.;:\d]{0,20}:?\s*năm\s+20\d\d/u.test(words) || /tổng|còn lại|đã bố trí|trong đó/u.test(words)) return [];
  const own = moneyIn(all.text.lines[line].text);
  // A line that tells its own whole is its own matter.
  if (own.length < 2 || !differ(own[0].value, sum(own.slice(1)))) return [];
  const total = span({ line: begin, to: line - 1 }).flatMap((at) => (/tổng (?:mức|vốn|kinh phí|số vốn)/u.test(all.lower[at]) ? moneyIn(all.text.lines[at].text).slice(0, 1) : [])).pop();
  return total && differ(sum(own), total.value) ? [{ place: { line, from: own[0].from, to: own[own.length - 1].to, detail: `Cộng được ${numberText(sum(own))} đồng, tổng ghi ${numberText(total.value)} đồng.` }, near: false }] : [];
}

/** Petitions by their state in one line, their number being told elsewhere. */
function statesOfAll(all, line) {
  const words = all.lower[line];
  const states = [...words.matchAll(/(?:đã|đang|chưa)\s+[^.,;\d]{0,30}?(\d{1,4})(?:\s+kiến nghị)?(?=[,;.\s]|$)/gu)];
  if (states.length < 3 || /%|tổng số/u.test(words) || !/kiến nghị/u.test(words)) return [];
  const told = all.lower.map((one) => /(?:tổng(?: số)?(?: kiến nghị)?[^\d.;]{0,40}?|(?:cử tri có|tiếp nhận|nhận được)\s+)(\d{1,4})(?:\s+(?:ý kiến, )?kiến nghị|(?=[\s,.;]|$))/u.exec(/kiến nghị/u.test(one) ? one : "")).find(Boolean);
  const counted = states.reduce((all_, [, one]) => all_ + Number(one), 0);
  return told && Number(told[1]) !== counted ? [{ place: { line, from: states[0].index, to: states[states.length - 1].index + states[states.length - 1][0].length, detail: `Cộng được ${counted}, tổng ghi ${told[1]}.` }, near: false }] : [];
}

/** “Tổng số kiến nghị thuộc thẩm quyền là 46, đã giải quyết xong 31, đang giải quyết 9, chưa giải quyết 6”. */
const STATES_OF_TOTAL = /tổng số\s+(?:kiến nghị|ý kiến|đơn|vụ việc|nhiệm vụ|hồ sơ)[^.;:\d]{0,80}?(?:là|:|có)?\s*(\d{1,4})\s*(?:kiến nghị|ý kiến|đơn)?((?:[,;:]\s*(?:trong đó\s*)?(?:đã|đang|chưa|còn|không)[^.,;\d%]{0,40}\d{1,4}(?:\s+(?:kiến nghị|ý kiến|đơn))?(?=[,;.\s]|$)){2,6})/gu;
/** “52 kiến nghị; đã giải quyết 31, đang giải quyết 14, giải trình 5”: parts without their noun. */
const STATES = new RegExp(`(?:tổng(?: số| cộng)?|tiếp nhận|nhận được|có|trong)\\s+(?:[^.;\\d]{0,30}?)(${NUMBER})\\s+(?:kiến nghị|ý kiến|đơn|vụ việc|nhiệm vụ|chỉ tiêu|hồ sơ)[^.\\d]{0,60}?((?:[;,:]?\\s*(?:trong đó\\s*)?(?:đã|đang|chưa|giải trình|còn|không|tiếp tục|hoàn thành|vượt|đạt)[^.,;\\d]{0,40}\\d{1,4}(?:\\s+(?:kiến nghị|ý kiến|đơn|chỉ tiêu|nhiệm vụ))?(?=[,;.\\s]|$)){2,6})`, "gu");
function states(lower, line) {
  return [...lower.matchAll(STATES), ...lower.matchAll(STATES_OF_TOTAL)].map((found) => {
    const told = numberOf(found[1]);
    const counted = [...found[2].matchAll(/\d{1,4}/gu)].reduce((all, [one]) => all + Number(one), 0);
    return counted === told || /%/u.test(found[0]) ? null : { place: { line, from: found.index, to: found.index + found[0].length, detail: `Cộng được ${numberText(counted)}, ghi ${numberText(told)}.` }, near: false };
  }).filter(Boolean);
}

function products(lower, line) {
  return [...lower.matchAll(TIMES)].map((found) => {
    const [count, each, told] = [found[1], found[3], found[5]].map((one) => numberOf(one));
    const place = { line, from: found.index, to: found.index + found[0].length, detail: `${numberText(count)} × ${numberText(each)} là ${numberText(count * each)}.` };
    return count * each === told ? null : { place, near: false };
  }).filter(Boolean);
}

/** Villages that are joined: the houses of the new one. */
const JOINS = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:sáp nhập|nhập|hợp nhất|ghép|sắp xếp)\s/u;
function joined(lower, line) {
  if (!JOINS.test(lower) || /một phần|tách|điều chuyển|giữ nguyên/u.test(lower)) return [];
  return kindsIn(lower).filter(([{ unit }]) => ["hộ", "nhân khẩu", "người", "học sinh", "lớp"].includes(unit)).map((numbers) => {
    const total = numbers[numbers.length - 1];
    return /thành|sau khi|sau (?:sắp xếp|sáp nhập|hợp nhất|nhập)|mới/u.test(lower.slice(numbers[numbers.length - 2].to, total.from)) ? compared(total, numbers.slice(0, -1), false, line) : null;
  }).filter(Boolean);
}

/** “Thôn Mới có 305 hộ, hình thành từ thôn 5 (140 hộ) và thôn 6 (165 hộ)”. */
const MADE_FROM = /hình thành từ|trên cơ sở (?:sáp nhập|nhập|hợp nhất)|(?:sáp nhập|hợp nhất|nhập) từ|từ việc (?:sáp nhập|nhập|hợp nhất)/u;
function madeFrom(lower, line) {
  const at = lower.search(MADE_FROM);
  if (at < 0 || /một phần|tách/u.test(lower)) return [];
  return kindsIn(lower).filter(([{ unit }]) => ["hộ", "nhân khẩu", "người", "học sinh", "lớp"].includes(unit)).map((numbers) => {
    const parts = numbers.filter(({ from }) => from > at);
    return numbers.length === parts.length + 1 && parts.length > 1 ? compared(numbers[0], parts, false, line) : null;
  }).filter(Boolean);
}

/** “Tổng số 26 đại biểu.” below points that count delegates. */
const TOTAL_LINE = new RegExp(`^\\s*(?:tổng(?: số| cộng)?|cộng)\\s*:?\\s*(?:là\\s+)?(${NUMBER})\\s+(${NOUNS})\\s*[.;]?\\s*$`, "u");
function countsAbove(all, line) {
  const found = TOTAL_LINE.exec(all.lower[line]);
  const parts = [];
  for (let at = line - 1; found && at >= 0 && POINT.test(all.lower[at]); at -= 1) {
    const own = countsIn(all.lower[at]).filter(({ unit }) => unit === found[2]);
    if (own.length !== 1) return [];
    parts.push(own[0]);
  }
  return parts.length > 1 ? [compared({ value: numberOf(found[1]), from: found.index, to: found[0].length }, parts, false, line)].filter(Boolean) : [];
}

/** “Sau sáp nhập, thôn Một Hai có 250 hộ”, the houses of both standing in the lines above. */
const AFTER_JOINED = /(?:sau (?:khi )?(?:sáp nhập|sắp xếp|hợp nhất|nhập|thành lập|ghép|kiện toàn|được thành lập)[^.;]{0,80}?\s(?:có|gồm|với)(?:\s+tổng(?: số| cộng)?)?|(?:thôn|ấp|bản|tổ dân phố|khu phố|trường) mới\s+(?:có|gồm|với))\s+/u;
function joinedBefore(all, line) {
  const words = all.lower[line];
  const found = AFTER_JOINED.exec(words);
  const totals = found ? countsIn(words).filter(({ from, unit }) => from >= found.index && ["hộ", "nhân khẩu"].includes(unit)) : [];
  if (!totals.length || countsIn(words.slice(0, found.index)).length) return [];
  // One line that names both, or a list below the line that joins them.
  const above = [];
  for (let at = line - 1; at >= Math.max(0, line - 15); at -= 1) {
    above.push(...countsIn(all.lower[at]));
    if (JOINS.test(all.lower[at])) {
      return totals.map((total) => {
        const parts = above.filter(({ unit }) => unit === total.unit);
        return parts.length > 1 ? compared(total, parts, false, line) : null;
      }).filter(Boolean);
    }
    if (!POINT.test(all.lower[at])) break;
  }
  return [];
}

const CLAUSE = /^\s*\d{1,2}[.)]/u;
const ARTICLE = /^\s*điều\s/u;
const POINT = /^\s*(?:[a-zđ][.)]|[-–+•*])\s*/u;
/** “II. Tổng chi ngân sách”: another whole. */
const ROMAN_PART = /^\s*[IVX]{1,4}[.)]\s/u;
const OF_YEAR = /^\s*(?:[a-zđ][.)]|[-–+•*])?\s*(?:riêng\s+)?năm\s+20\d\d(?!\d)/u;
const OPENS_LIST = /(?:gồm|trong đó|như sau|cụ thể|chia ra)\s*:?\s*$|:\s*$/u;

/** A total at the end of a line and the lines below it: points below a clause, clauses below an article. */
function inLinesBelow(all, line, end) {
  const words = all.lower[line];
  const money = moneyIn(all.text.lines[line].text);
  // What is counted below is what is counted here: money, or one noun.
  const counted = money.length ? [] : countsIn(words);
  const total = money.length ? money : counted;
  const inLine = (at) => (money.length ? moneyIn(all.text.lines[at].text) : countsIn(all.lower[at]).filter(({ unit }) => unit === counted[0].unit));
  if (total.length !== 1 || !/tổng|trong đó|gồm/u.test(words)) return [];
  const isPart = ARTICLE.test(words) && !POINT.test(all.lower[line + 1] || "") ? CLAUSE : POINT;
  if (isPart === CLAUSE && !/:\s*$|(?:gồm|trong đó)\s*$/u.test(words)) return [];
  // “như sau:” may list something else than parts: only a small slip is told.
  const isSure = isPart === POINT || /(?:gồm|trong đó)\s*:?\s*$/u.test(words);
  const parts = [];
  for (let at = line + 1; at <= end; at += 1) {
    if ((isPart === POINT && CLAUSE.test(all.lower[at])) || ARTICLE.test(all.lower[at]) || ROMAN_PART.test(all.text.lines[at].text) || all.text.lines[at].cells) break;
    if (!isPart.test(all.lower[at])) continue;
    const own = inLine(at);
    // A list of something else, or one whose items say more than one thing.
    if (!own.length || PART.test(all.lower[at].slice(0, own[0].from))) return [];
    parts.push({ ...own[0], at });
  }
  const after = words.slice(total[0].to);
  // The years of a period leave nothing out.
  const areYears = parts.length > 2 && parts.every(({ at }) => OF_YEAR.test(all.lower[at]));
  const found = parts.length > 1 && (OPENS_LIST.test(after) || !after.replace(/[\s.;:]/gu, "")) ? compared(total[0], parts, !areYears && (PART.test(after) || !OPENS_LIST.test(after)), line) : null;
  const off = found ? Math.abs(sum(parts) - total[0].value) / total[0].value : 0;
  return found && (isSure || off < 0.1) ? [found] : [];
}

/** “14/16 chỉ tiêu, trong đó có 06 chỉ tiêu vượt, 07 chỉ tiêu đạt”. */
const OF_SOME = /(\d{1,4})\s*\/\s*\d{1,4}\s+(chỉ tiêu|nhiệm vụ|kiến nghị|nội dung|dự án|hộ)[^.;:\d]{0,30}?trong đó([^.;]{5,160})/gu;
function partsOfSome(lower, line) {
  return [...lower.matchAll(OF_SOME)].map((found) => {
    const [, told, noun, rest] = found;
    const parts = [...rest.matchAll(new RegExp(`(\\d{1,4})\\s+${noun}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu"))].map(([, one]) => Number(one));
    const counted = parts.reduce((all_, one) => all_ + one, 0);
    return parts.length > 1 && counted !== Number(told) ? { place: { line, from: found.index, to: found.index + found[0].length, detail: `Cộng được ${numberText(counted)}, ghi ${numberText(Number(told))}.` }, near: false } : null;
  }).filter(Boolean);
}

/** “58 viên chức, gồm: 03 cán bộ quản lý, 47 giáo viên, 06 nhân viên”: each part with a name of its own. */
const STAFF = /(\d{1,4})\s+(?:viên chức|công chức|cán bộ|người|thành viên|biên chế|giáo viên|lao động|đồng chí|ông,? bà|đại biểu|ủy viên|nhân sự|nhân viên|hội viên)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:[^.;:\d]{0,80}?gồm\s*(?::|có\s)?|[^.;:,\d]{0,30}?:|\s*\()\s*((?:0?\d{1,4}\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^,.;:\d()]{1,60}(?:[,;]|\svà(?=\s\d))\s*(?:và\s+)?){1,9}0?\d{1,4}\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^,.;:\d()]{1,120})(?=[.;()]|$)/gu;
function staff(lower, line) {
  return [...lower.matchAll(STAFF)].map((found) => {
    const counted = [...found[2].matchAll(/\d{1,4}/gu)].reduce((all, [one]) => all + Number(one), 0);
    return counted !== Number(found[1]) && !/trong đó|%/u.test(found[0]) ? { place: { line, from: found.index, to: found.index + found[0].length, detail: `Cộng được ${numberText(counted)}, ghi ${numberText(Number(found[1]))}.` }, near: false } : null;
  }).filter(Boolean);
}

/** “5.000 triệu đồng; đã phân bổ 3.200 triệu đồng, còn lại 1.800 triệu đồng”. */
function doneAndLeft(all, line) {
  const words = all.lower[line];
  const money = /còn lại/u.test(words) ? moneyIn(all.text.lines[line].text) : [];
  return money.slice(2).map((left, index) => {
    const [total, done] = [money[index], money[index + 1]];
    const leads = [words.slice(total.to, done.from), words.slice(done.to, left.from)];
    const isSplit = /^[^.\d]{0,30}(?:đã|trong đó)[^.\d]{0,40}$/u.test(leads[0]) && /^[^.\d]{0,20}còn lại[^.\d]{0,30}$/u.test(leads[1]) && !/tăng|giảm|so với|năm trước/u.test(leads.join(" "));
    return isSplit ? compared(total, [done, left], false, line) : null;
  }).filter(Boolean);
}

/** “15 thôn, mỗi thôn 02 triệu đồng, tổng kinh phí 30 triệu đồng”. */
const COUNT_EACH = new RegExp(`(${NUMBER})\\s+([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+(?:\\s[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+)?)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;\\d]{0,40}?(?:mỗi|từng)\\s+\\2\\s+(?:[^.;,\\d]{0,30}\\s)?$`, "u");
function eachThenAll(all, line) {
  const words = all.lower[line];
  if (!/(?:mỗi|từng)\s/u.test(words)) return [];
  const money = amountsIn(all.text.lines[line].text);
  return money.slice(1).map((whole_, index) => {
    const each = money[index];
    const between = words.slice(each.to, whole_.from);
    if (!/^[^.\d]{0,50}(?:tổng|cộng|thành tiền|kinh phí|số tiền)[^.\d]{0,30}$/u.test(between)) return null;
    const found = COUNT_EACH.exec(words.slice(Math.max(0, each.from - 140), each.from));
    const counted = found ? numberOf(found[1]) * each.value : 0;
    return found && differ(counted, whole_.value) ? { place: { line, from: each.from, to: whole_.to, detail: `${found[1]} × ${numberText(each.value)} là ${numberText(counted)} đồng.` }, near: false } : null;
  }).filter(Boolean);
}

/** “16/18 chỉ tiêu đạt và vượt, 01 chỉ tiêu chưa đạt”: who met it and who did not make all. */
const MET_AND_NOT = /(?:^|[^\d/.,])(\d{1,4})\s*\/\s*(\d{1,4})\s+(chỉ tiêu|nhiệm vụ|tiêu chí|kiến nghị|dự án|công trình|thôn|hộ)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;\d]{0,60}?[,;(]?\s*(?:và\s+)?(?:còn\s+|có\s+)?(?:lại\s+)?(\d{1,4})(?:\s*\/\s*\2)?\s+\3\s+(?:chưa|không|còn chậm)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?![^.;]{0,80}\d\s+\3)/gu;
/** “có 18 chỉ tiêu: 16 đạt …”, the noun once; “12 đạt, 3 vượt, 2 chưa đạt trên 18 chỉ tiêu”. */
const MET_OF = /(?:^|[^\d/.,])(\d{1,4})\s+(chỉ tiêu|nhiệm vụ|tiêu chí|kiến nghị|nội dung)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?!\s+(?:đã|đang|chưa|không|vượt|đạt|hoàn thành|còn))[^.;:\d]{0,60}?[:,;(]\s*(?:trong đó\s*,?\s*(?:có\s+)?|gồm\s+|có\s+)?((?:0?\d{1,4}\s+(?:\2\s+)?(?:hoàn thành|đạt|vượt|chưa|không|đã|đang|còn)[^,;.\d%]{0,40}(?:[,;]\s*(?:và\s+)?|\svà\s)(?:còn\s+)?(?:lại\s+)?){1,4}0?\d{1,4}\s+(?:\2\s+)?(?:hoàn thành|đạt|vượt|chưa|không|đã|đang|còn)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]))/gu;
function metAndNot(lower, line) {
  if (!/chưa|không|đạt/u.test(lower)) return [];
  const off = (found, counted, said) => ({ place: { line, from: found.index, to: found.index + found[0].length, detail: `Cộng được ${numberText(counted)}, ghi ${numberText(said)}.` }, near: false });
  return [
    ...[...lower.matchAll(MET_AND_NOT)].filter(([, met, all_, , not]) => Number(met) + Number(not) !== Number(all_)).map((found) => off(found, Number(found[1]) + Number(found[4]), Number(found[2]))),
    ...[...lower.matchAll(MET_OF)].flatMap((found) => {
      const counted = [...found[3].matchAll(/\d{1,4}/gu)].reduce((sum_, [one]) => sum_ + Number(one), 0);
      return /%|\/|trong đó/u.test(found[3]) || counted === Number(found[1]) || counted < 0.5 * Number(found[1]) ? [] : [off(found, counted, Number(found[1]))];
    }),
  ];
}

/** “Sáp nhập 04 thôn thành 02 thôn” in one place, “giảm từ 19 thôn xuống còn 16 thôn” in another. */
const SOME_UNITS = "(?:thôn|bản|ấp|xóm|làng|buôn|khóm|tổ dân phố|khu phố|tổ)";
const MADE_OF = new RegExp(`(?:sáp nhập|sắp xếp|hợp nhất|nhập|ghép|tổ chức lại)\\s+(?:nguyên trạng\\s+|toàn bộ\\s+)?(\\d{1,3})\\s+${SOME_UNITS}[^.;\\d]{0,80}?(?:thành|để thành lập|thành lập|còn)\\s+(?:lập\\s+)?(\\d{1,3})\\s+${SOME_UNITS}`, "u");
const WHOLE_FALLS = new RegExp(`từ\\s+(\\d{1,3})\\s+${SOME_UNITS}[^.;\\d]{0,40}?(?:xuống(?: còn)?|còn)\\s+(\\d{1,3})\\s+${SOME_UNITS}`, "u");
function unlikeMerger(all) {
  const lines = decided(all);
  const made = lines.map((line) => MADE_OF.exec(all.lower[line])).filter(Boolean);
  if (made.length !== 1 || Number(made[0][1]) <= Number(made[0][2])) return [];
  const by = made[0][1] - made[0][2];
  return lines.flatMap((line) => {
    const found = WHOLE_FALLS.exec(all.lower[line]);
    return found && found[1] - found[2] !== by && made[0].input !== all.lower[line] && !(found[1] === made[0][1] && found[2] === made[0][2])
      ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Chỗ khác: ${Number(made[0][1])} thành ${Number(made[0][2])} là giảm ${by}.` }] : [];
  });
}

/** “180 triệu đồng cho 12 ấp, mỗi ấp 12 triệu đồng”. */
const FOR_EACH = new RegExp(`(${NUMBER})\\s+(ấp|thôn|bản|xóm|hộ|người|tổ|khu phố|tổ dân phố|suất|trường|tháng|cuộc|lượt)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;\\d]{0,30}mỗi\\s+\\2\\s+(?:[^.;,\\d]{0,30}\\s)?$`, "u");
function forEach(all, line) {
  const words = all.lower[line];
  const money = amountsIn(all.text.lines[line].text);
  return money.slice(1).map((each, index) => {
    const whole = money[index];
    const between = words.slice(whole.to, each.from);
    const found = FOR_EACH.exec(between);
    if (!found || between.length > 160 || each.value >= whole.value || /dự phòng|còn lại|đối ứng|trong đó/u.test(between)) return null;
    const counted = numberOf(found[1]) * each.value;
    return differ(counted, whole.value) ? { place: { line, from: whole.from, to: each.to, detail: `${found[1]} × ${numberText(each.value)} là ${numberText(counted)} đồng.` }, near: false } : null;
  }).filter(Boolean);
}

/** “Tổng mức đầu tư hai dự án là …” below clauses that tell each. */
const OF_ALL_ABOVE = /^\s*(?:tổng (?:mức đầu tư|kinh phí|số vốn|vốn|mức vốn|số tiền))\s+(?:của\s+)?(?:các|cả|hai|ba|bốn|năm|0?\d)\s/u;
function totalBelow(all, line, begin) {
  const words = all.lower[line];
  const [total, more] = moneyIn(all.text.lines[line].text);
  const name = total && !more ? OF_ALL_ABOVE.exec(words) : null;
  if (!name) return [];
  const label = name[0].trim().replace(/^tổng\s+/u, "").split(/\s+(?:của|các|cả|hai|ba|bốn|năm|0?\d)$/u)[0].trim();
  const parts = span({ line: begin, to: line - 1 }).filter((at) => CLAUSE.test(all.lower[at]) || POINT.test(all.lower[at])).map((at) => moneyIn(all.text.lines[at].text).find(({ label: own }) => own.toLowerCase().includes(label)));
  return parts.length > 1 && parts.every(Boolean) ? [compared(total, parts, false, line)].filter(Boolean) : [];
}

/** “Trước sắp xếp có 14 thôn; sau sắp xếp có 12 thôn, giảm 03 thôn”, in either order. */
const UNITS = "thôn|bản|ấp|xóm|tổ dân phố|khu phố";
const HAD_HAS = new RegExp(`trước (?:khi )?(?:sắp xếp|sáp nhập)[^;\\d]{0,60}?(\\d{1,3})\\s+(${UNITS})[^\\d]{0,80}?sau (?:khi )?(?:sắp xếp|sáp nhập)[^;\\d]{0,60}?(\\d{1,3})\\s+\\2[^;\\d]{0,30}?giảm\\s+(\\d{1,3})\\s+\\2`, "gu");
const HAS_HAD = new RegExp(`sau (?:khi )?(?:sắp xếp|sáp nhập)[^;\\d]{0,60}?(\\d{1,3})\\s+(${UNITS})[^\\d]{0,40}?trước (?:khi )?(?:sắp xếp|sáp nhập)[^;\\d]{0,60}?(\\d{1,3})\\s+\\2[^;\\d]{0,30}?giảm\\s+(\\d{1,3})\\s+\\2`, "gu");
function hadAndHas(lower, line) {
  const told = [...[...lower.matchAll(HAD_HAS)].map((found) => [found, Number(found[1]), Number(found[3])]), ...[...lower.matchAll(HAS_HAD)].map((found) => [found, Number(found[3]), Number(found[1])])];
  return told.filter(([found, had, has]) => had - has !== Number(found[4])).map(([found, had, has]) => ({ place: { line, from: found.index, to: found.index + found[0].length, detail: `${had} còn ${has} là giảm ${had - has}.` }, near: false }));
}

const PLACE_EACH = /(\d{1,3})\s+(?:tổ dân phố|thôn|ấp|bản|khu phố|xóm)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;]{0,40}?mỗi\s+(?:tổ(?: dân phố)?|thôn|ấp|bản|khu phố|xóm)\s+(\d{1,3})\s+người[^.;\d]{0,30}tổng(?: số| cộng)?\s*:?\s*(\d{1,4})\s+người/gu;
const FEWER = new RegExp(`(?:có|còn)\\s+(\\d{1,3})\\s+(${UNITS})\\s*,?\\s*giảm\\s+(\\d{1,3})\\s+\\2\\s+so với\\s+(\\d{1,3})\\s+\\2`, "gu");
const MORE_MET = /đạt\s+(\d{1,3})\/(\d{1,3})\s+(tiêu chí|chỉ tiêu)\s*,?\s*tăng\s+(\d{1,3})\s+\3[^.;(]{0,40}\((\d{1,3})\/\2(?!\d)/gu;
const BOTH_SEXES = /(\d{1,4})\s+(?:lao động|người|đại biểu|học sinh|cử tri)\s*,\s*trong đó\s+[^.;\d]{0,20}(?:nữ|nam)\s+(\d{1,4})[^.;\d]{1,30}(?:nam|nữ)\s+(\d{1,4})(?!\d)/gu;
/** “còn 26 đại biểu (27 đại biểu được bầu, giảm 01 đại biểu)”. */
const REMAINING = /còn\s+(\d{1,4})\s+(đại biểu|thôn|hộ|người|biên chế|kiến nghị|tổ dân phố)\s*\(\s*(?:từ\s+|trước đó\s+)?(\d{1,4})\s+\2[^();\d]{0,40}giảm\s+(\d{1,4})\s+\2/gu;
/** “còn 110 hộ, giảm 40 hộ so với năm 2026 (150 hộ)”. */
const LEFT_OF = new RegExp(`còn\\s+(${NUMBER})\\s+(${NOUNS})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;\\d]{0,20}giảm\\s+(?:được\\s+)?(${NUMBER})\\s+\\2[^.;(]{0,50}so với[^.;(]{0,40}\\(\\s*(?:là\\s+)?(${NUMBER})\\s+\\2`, "gu");
/** Small sums of three numbers, each told in one way: [pattern, what it makes, what it says]. */
const THREES = [
  [PLACE_EACH, ([, count, each]) => count * each, ([, , , told_]) => told_],
  [FEWER, ([, , , by, had]) => had - by, ([, has]) => has],
  [MORE_MET, ([, now, , , , had]) => now - had, ([, , , , by]) => by],
  [LEFT_OF, ([, , , by, had]) => numberOf(had) - numberOf(by), ([, has]) => numberOf(has)],
  [REMAINING, ([, , , had, by]) => had - by, ([, has]) => has],
  [BOTH_SEXES, ([, , one, other]) => Number(one) + Number(other), ([, all_]) => all_],
];
const threes = (lower, line) => THREES.flatMap(([pattern, makes, says]) => [...lower.matchAll(pattern)].filter((found) => makes(found) !== Number(says(found)))
  .map((found) => ({ place: { line, from: found.index, to: found.index + found[0].length, detail: `Tính được ${makes(found)}, ghi ${Number(says(found))}.` }, near: false })));

/** “2. Phân theo bậc học: mầm non 39 người; …” below the line that tells how many there are. */
function splitBelow(all, line) {
  const words = all.lower[line];
  if (!/^\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-–+•*])?\s*(?:phân|chia) theo\s[^:]{2,40}:/u.test(words)) return [];
  const parts = countsIn(words);
  const above = span({ line: Math.max(0, line - 2), to: line - 1 }).filter((at) => /tổng/u.test(all.lower[at])).map((at) => countsIn(all.lower[at])).find((some) => some.length === 1);
  return parts.length > 1 && above && parts.every(({ unit }) => unit === above[0].unit) && differ(sum(parts), above[0].value) ? [{ place: { line, from: parts[0].from, to: parts[parts.length - 1].to, detail: `Cộng được ${numberText(sum(parts))}, tổng ghi ${numberText(above[0].value)}.` }, near: false }] : [];
}

/** “Đã giải quyết: 41 kiến nghị / Đang …: 32 / Chưa …: 9” on lines of their own below their number. */
const STATE = /^\s*(?:[a-zđ][.)]|[-–+•*])\s*(?:đã|đang|chưa)\s[^.;\d]{0,40}?:?\s*(\d{1,4})\s+(kiến nghị|ý kiến|nhiệm vụ|đơn|hồ sơ)\s*[.;]?\s*$/u;
function statesBelow(all, line) {
  if (!STATE.test(all.lower[line]) || STATE.test(all.lower[line - 1] || "")) return [];
  const found = [];
  for (let at = line; STATE.test(all.lower[at] || ""); at += 1) found.push([at, STATE.exec(all.lower[at])]);
  if (found.length < 3) return [];
  const noun = found[0][1][2];
  const total = span({ line: Math.max(0, line - 3), to: line - 1 }).map((at) => ({ at, words: new RegExp(`(?:tổng|tiếp nhận|có)[^\\d.;]{0,120}?(\\d{1,4})\\s+${noun}`, "u").exec(all.lower[at]) })).find(({ words }) => words);
  const counted = found.reduce((all_, [, [, one]]) => all_ + Number(one), 0);
  return total && Number(total.words[1]) !== counted ? [{ place: { line: total.at, from: total.words.index, to: total.words.index + total.words[0].length, detail: `Các dòng dưới cộng được ${counted}.` }, near: false }] : [];
}

/** Articles, or all that a submission or a report says. */
const stretches = (all) => (all.parts.articles.length ? all.parts.articles : all.places.content.length ? [{ line: all.places.content[0], to: all.places.content[all.places.content.length - 1] }] : []);

const LOOKED_AT = new WeakMap();
/** [{place, near}] of a draft, worked out once for the signs that tell them. */
function inWords(all) {
  if (!LOOKED_AT.has(all)) LOOKED_AT.set(all, everySum(all));
  return LOOKED_AT.get(all);
}
function everySum(all) {
  return stretches(all).flatMap(({ line, to }) => span({ line, to }).flatMap((at) => {
    if (all.text.lines[at].cells) return [];
    const words = all.outside(at);
    // Two numbers at least make a sum; of one it is asked what stands in the lines around it.
    const own = (all.lower[at].match(/\d+/gu) || []).length < 2 ? [...countsAbove(all, at), ...totalBelow(all, at, line), ...statesBelow(all, at), ...joinedBefore(all, at)] : [...headAndMembers(words, at), ...ratesTimes(all, at), ...metAndNot(words, at), ...doneAndLeft(all, at), ...madeFrom(words, at), ...countsAbove(all, at), ...eachThenAll(all, at), ...partsOfSome(words, at), ...staff(words, at), ...forEach(all, at), ...totalBelow(all, at, line), ...hadAndHas(words, at), ...threes(words, at), ...splitBelow(all, at), ...statesBelow(all, at), ...inSentence(words, at), ...totalLast(words, at), ...products(words, at), ...productsAfter(words, at), ...states(words, at), ...joined(words, at), ...joinedBefore(all, at), ...differences(all, at), ...sources(all, at, line), ...statesOfAll(all, at), ...partsBehindColon(words, at), ...partsInBrackets(all, at), ...bareParts(words, at)];
    return own.length ? own.slice(0, 1) : inLinesBelow(all, at, to);
  }));
}
const told = (near) => (all) => inWords(all).filter((one) => one.near === near).map(({ place }) => place).concat(near ? [] : [...unlikeMerger(all), ...joinedByTable(all), ...periodOfTable(all), ...yearsTimes(all), ...sourcesOfRise(all)]);

const CHANGE = /(giảm|tăng)\s+(?:thu\s+|chi\s+|thêm\s+|vốn\s+|được\s+|số vốn\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})(?=\s)[^.;()]{0,60}\(?\s*từ\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})[^.;]{0,60}?(?:xuống|còn|lên|đến|thành)\s+(?:còn\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})(?!\d)|từ\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})\s[^.;]{0,60}?(?:xuống|còn|lên)\s+(?:còn\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})(?=\s)[^.;]{0,50}?(giảm|tăng)\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})(?!\d)(?!\s*%)(?!,\d)/gu;
function changesFromTo(words, line) {
  return [...words.matchAll(CHANGE)].filter((found) => {
    const [by, from, to] = (found[2] ? [found[2], found[3], found[4]] : [found[8], found[5], found[6]]).map((one) => numberOf(one));
    return [by, from, to].every((one) => one !== null) && Math.abs(from - to) !== by;
  }).map((found) => ({ line, from: found.index, to: found.index + found[0].length }));
}

/** “đầu năm 312 hộ; cuối năm 214 hộ, giảm 98 hộ”. */
const BY = /^[\s,;:()–-]*(?:tức (?:là )?|như vậy )?(?:đã )?(?:giảm|tăng)\s+(?:được\s+|thêm\s+)?$/u;
function changesBefore(words, line) {
  return sentencesOf(words).flatMap(({ words: sentence, at }) => kindsIn(sentence).flatMap((numbers) => numbers.map((by, index) => {
    if (index < 2 || !BY.test(sentence.slice(numbers[index - 1].to, by.from))) return null;
    // What was told to have changed is no number to compare with.
    if (/(?:giảm|tăng)(?: được| thêm)?\s*$/u.test(sentence.slice(0, numbers[index - 2].from))) return null;
    const counted = Math.abs(numbers[index - 1].value - numbers[index - 2].value);
    return differ(counted, by.value) ? { line, from: at + by.from, to: at + by.to, detail: `Chênh lệch là ${numberText(counted)}.` } : null;
  }))).filter(Boolean);
}
/** “có 320 hộ nghèo; năm 2027 giảm 60 hộ, còn 250 hộ”. */
const FELL_BY = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(giảm|tăng)\s+(?:được\s+|thêm\s+)?$/u;
const IS_LEFT = /^(?![^]*(?:so với|trong đó|tăng|giảm))[^.;\d]{0,40}(?:còn|lên|xuống còn|thành|nâng)\s+(?:lại\s+|tổng số\s+|lên\s+)?$/u;
function changesThen(words, line) {
  return /còn|lên|thành/u.test(words) ? kindsIn(words).flatMap((numbers) => numbers.slice(2).map((left, index) => {
    const [had, by] = [numbers[index], numbers[index + 1]];
    const verb = FELL_BY.exec(words.slice(had.to, by.from));
    if (!verb || by.from - had.to > 80 || /(?:giảm|tăng|còn|lên|thành)(?: được| thêm| lại)?\s*$/u.test(words.slice(0, had.from)) || /[.]\s|so với|trong đó|từ\s/u.test(words.slice(had.to, by.from)) || !IS_LEFT.test(words.slice(by.to, left.from))) return null;
    const counted = verb[1] === "giảm" ? had.value - by.value : had.value + by.value;
    return counted > 0 && differ(counted, left.value) ? { line, from: by.from, to: left.to, detail: `Tính được ${numberText(counted)}.` } : null;
  })).filter(Boolean) : [];
}

/** “từ 7,2% xuống 5,6%, giảm 1,6%”. */
const POINTS = /từ\s+(\d{1,2}(?:,\d{1,2})?)\s*%[^.;%]{0,40}?(?:xuống|còn|lên|đến)\s+(?:còn\s+)?(\d{1,2}(?:,\d{1,2})?)\s*%[^.;%]{0,40}?(?:giảm|tăng)\s+(\d{1,2}(?:,\d{1,2})?)\s*(?:%|điểm)/gu;
/** “85%, tăng 10 điểm phần trăm so với 70% năm 2026”. */
const POINTS_MORE = /(\d{1,2}(?:,\d{1,2})?)\s*%\s*[,;(]?\s*(?:tăng|giảm)\s+(\d{1,2}(?:,\d{1,2})?)\s*(?:%|điểm(?: phần trăm| %)?)\s*,?\s*so với\s+(?:mức\s+|tỷ lệ\s+)?(?:năm 20\d\d\s*(?:là|\()\s*)?(\d{1,2}(?:,\d{1,2})?)\s*%/gu;
/** “giảm 1,5%, từ 6,0% xuống 4,0%”. */
const POINTS_FIRST = /(?:giảm|tăng)\s+(?:thêm\s+)?(\d{1,2}(?:,\d{1,2})?)\s*(?:%|điểm(?: phần trăm| %)?)\s*[,;(]?\s*từ\s+(\d{1,2}(?:,\d{1,2})?)\s*%[^.;%\d]{0,40}?(?:xuống|còn|lên|đến)\s+(?:còn\s+)?(\d{1,2}(?:,\d{1,2})?)\s*%/gu;
const changesOfShares = (words, line) => [...[...words.matchAll(POINTS_FIRST)].map((found) => [found, [2, 3, 1]]), ...[...words.matchAll(POINTS)].map((found) => [found, [1, 2, 3]]), ...[...words.matchAll(POINTS_MORE)].map((found) => [found, [1, 3, 2]])].filter(([found, order]) => {
  const [from, to, by] = order.map((at) => Number(found[at].replace(",", ".")));
  return Math.abs(Math.abs(from - to) - by) > 0.011;
}).map(([found]) => found).map((found) => ({ line, from: found.index, to: found.index + found[0].length }));
const changes = (all) => all.lower.flatMap((words, line) => (all.text.lines[line].cells ? [] : [...changesFromTo(words, line), ...changesOfShares(words, line), ...changesBefore(words, line), ...changesThen(words, line)]));

/** A number and what it is in words: “12.500 triệu đồng (Mười hai tỷ năm trăm triệu đồng)”, “42 (bốn mươi hai)”. */
const IN_WORDS = /\((?:bằng chữ\s*:?\s*|viết bằng chữ\s*:?\s*)?([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\s,]{1,240}?)(đồng|phần trăm|biên chế|người|hộ|đại biểu|phiếu|thành viên|kiến nghị|thôn)?(?:\s+chẵn)?(?:\s*\.?\/?)\)/gu;
/** “Bằng chữ: Bốn tỷ, tám trăm triệu đồng.” on a line of its own, below an amount or the last row of a table. */
const WORDS_ALONE = /^\s*\(?\s*(?:viết |số tiền )?bằng chữ\s*:?\s*([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\s,]{6,240}?)\s+đồng(?:\s+chẵn)?[\s./)]*$/u;
function amountBefore(all, line) {
  const above = all.text.lines[line - 1];
  if (!above) return null;
  if (!above.cells) {
    const own = moneyIn(above.text);
    return own.length === 1 ? own[0].value : null;
  }
  const table = all.parts.tables.find((one) => one.to === line - 1);
  const numbers = above.cells.map((cell) => numberOf(cell)).filter((value) => value !== null && value > 0);
  return table && FACTOR[table.unit] && numbers.length === 1 && above.cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell)) ? numbers[0] * FACTOR[table.unit] : null;
}
const wordsAlone = (all) => all.lower.flatMap((words, line) => {
  const found = words.length < 300 && /bằng chữ/u.test(words) && !/\)/u.test(words) ? WORDS_ALONE.exec(words) : null;
  const said = found ? numberInWords(found[1]) : null;
  const told_ = said === null ? null : amountBefore(all, line);
  return told_ !== null && told_ !== said ? [{ line, from: 0, to: words.length, detail: `Bằng chữ là ${numberText(said)}, số ở trên là ${numberText(told_)}.` }] : [];
});

function unlikeWords(all) {
  return wordsAlone(all).concat(all.lower.flatMap((words, line) => (all.text.lines[line].cells || !words.includes(")") ? [] : [...words.matchAll(IN_WORDS)].flatMap((found) => {
    const said = numberInWords(found[1]);
    if (said === null) return [];
    const before = words.slice(0, found.index);
    // “(Bằng chữ: …)” on a line of its own is the one amount above it.
    const above = line > 0 && !before.trim() && found[2] === "đồng" && !all.text.lines[line - 1].cells ? moneyIn(all.text.lines[line - 1].text) : [];
    if (above.length === 1 && above[0].value !== said && !all.text.lines[line - 1].text.slice(above[0].to).replace(/[\s.;:,]/gu, "")) return [{ line: line - 1, from: above[0].from, to: above[0].to, detail: `Bằng chữ là ${numberText(said)}.` }];
    const share = found[2] === "phần trăm" ? /(\d{1,3}(?:,\d{1,2})?)\s*%\s*$/u.exec(before) : null;
    if (share) return Number(share[1].replace(",", ".")) === said ? [] : [{ line, from: share.index, to: found.index + found[0].length, detail: `Bằng chữ là ${numberText(said)}%.` }];
    // “1.000.000 đồng/người (bằng chữ: …)”: what it is for stands between.
    const amount = found[2] === "đồng" ? amountsIn(all.text.lines[line].text).filter(({ to }) => to <= found.index).pop() : null;
    const plain = found[2] === "đồng" ? null : /(\d{1,3}(?:\.\d{3})+|\d{1,6})\s*(?:biên chế|người|hộ|đại biểu|phiếu|thành viên|kiến nghị|thôn)?\s*$/u.exec(before);
    const told = amount && (found.index - amount.to < 4 || /^\s*\/\s*[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\s/]{1,30}$/u.test(words.slice(amount.to, found.index))) ? amount.value : plain ? numberOf(plain[1]) : null;
    const from = amount ? amount.from : plain ? plain.index : 0;
    return told !== null && told !== said ? [{ line, from, to: found.index + found[0].length, detail: `Bằng chữ là ${numberText(said)}.` }] : [];
  }))));
}

/** Clauses that raise and lower, where the text says that the whole stays as it is. */
const RAISES = /^\s*(?:\d{1,2}[.)]|[a-zđ][.)]|[-–+•*])\s*(?:điều chỉnh\s+)?(tăng|giảm)\s/u;
const UNCHANGED = /(?:tổng[^.;]{0,90}?(?:không (?:thay đổi|đổi|tăng)|giữ nguyên))|không làm (?:thay đổi|tăng)[^.;]{0,40}tổng/u;
function unbalanced(all) {
  const lines = decided(all);
  if (!lines.some((line) => UNCHANGED.test(all.lower[line]))) return [];
  const moved = lines.flatMap((line) => {
    const found = RAISES.exec(all.lower[line]);
    const [amount] = found ? moneyIn(all.text.lines[line].text) : [];
    return amount ? [{ line, up: found[1] === "tăng", ...amount }] : [];
  });
  const [up, down] = [sum(moved.filter((one) => one.up)), sum(moved.filter((one) => !one.up))];
  if (!up || !down || !differ(up, down)) return [];
  const last = moved[moved.length - 1];
  return [{ line: last.line, from: last.from, to: last.to, detail: `Các khoản tăng cộng ${numberText(up)} đồng, các khoản giảm cộng ${numberText(down)} đồng.` }];
}

/** The last number of the only row of a name, in đồng. */
function inRow(all, name) {
  const found = all.parts.tables.flatMap(({ rows, unit }) => (FACTOR[unit] ? rows.filter((cells) => cells.some((cell) => name.test(cell))).map((cells) => cells.map((cell) => numberOf(cell)).filter((value) => value !== null).map((value) => ({ value: value * FACTOR[unit] }))) : []));
  return found.length === 1 && found[0].length ? found[0][found[0].length - 1] : null;
}

/** Thu – chi = kết dư; what is carried over may be counted with what is spent or beside it. */
function surplus(all) {
  const lines = all.parts.articles.flatMap(span).filter((at) => !all.text.lines[at].cells);
  const first = (pattern) => {
    for (const at of lines) {
      const found = pattern.exec(all.lower[at]);
      const own = found ? moneyIn(all.text.lines[at].text).find(({ from }) => from > found.index) : null;
      if (own) return { at, ...own };
    }
    return null;
  };
  const [income, spent, left, carried] = [/(?:tổng|quyết toán) (?:số )?thu ngân sách (?:xã|phường|đặc khu|địa phương)|^\s*(?:\d{1,2}[.)]|[ivx]{1,4}[.)]|[a-zđ][.)]|[-–+•*])?\s*tổng (?:số )?thu(?: ngân sách)?(?:\s+năm 20\d\d)?\s*:/u, /(?:tổng|quyết toán) (?:số )?chi(?: ngân sách|\s*:)/u, /^\s*(?:\d{1,2}[.)]|[ivx]{1,4}[.)]|[a-zđ][.)]|[-–+•*])?\s*kết dư/u, /chi chuyển nguồn|chuyển nguồn sang/u].map(first);
  const [allIncome, allSpent] = [income || inRow(all, /^\s*tổng(?: số| cộng)? thu/iu), spent || inRow(all, /^\s*tổng(?: số| cộng)? chi/iu)];
  const inOne = lines.flatMap((at) => {
    const money = /kết dư/u.test(all.lower[at]) && /thu/u.test(all.lower[at]) ? moneyIn(all.text.lines[at].text) : [];
    const leads = money.map(({ from }, index) => all.lower[at].slice(index ? money[index - 1].to : 0, from));
    return money.length === 3 && /thu[^;]{0,60}$/u.test(leads[0]) && /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])chi[^;]{0,60}$/u.test(leads[1]) && /kết dư[^;]{0,30}$/u.test(leads[2]) && differ(money[0].value - money[1].value, money[2].value)
      ? [{ line: at, from: money[2].from, to: money[2].to, detail: `Thu trừ chi được ${numberText(money[0].value - money[1].value)} đồng.` }] : [];
  });
  if (inOne.length) return inOne;
  if (!allIncome || !allSpent || !left) return [];
  const counted = allIncome.value - allSpent.value;
  const ways = [counted, counted - (carried ? carried.value : 0)];
  return ways.every((one) => Math.abs(one - left.value) > 0.0005 * Math.max(1, left.value))
    ? [{ line: left.at, from: left.from, to: left.to, detail: `Thu trừ chi được ${numberText(counted)} đồng.` }] : [];
}

/** One amount of a list in another unit than all others. */
function mixedUnits(all) {
  return all.parts.articles.flatMap(({ line, to }) => {
    const items = span({ line, to }).filter((at) => POINT.test(all.lower[at]) || CLAUSE.test(all.lower[at])).map((at) => [at, moneyIn(all.text.lines[at].text)[0]]).filter(([, one]) => one);
    const units = items.map(([, { unit }]) => unit);
    const other = units.findIndex((unit) => unit !== "đồng" && units.filter((one) => one === unit).length === 1);
    return units.length > 4 && other >= 0 && units.filter((unit) => unit === "đồng").length === units.length - 1 ? [{ line: items[other][0], from: items[other][1].from, to: items[other][1].to }] : [];
  });
}

export const TESTS = {
  "sl-cong-trong-cau": told(false),
  "sl-cong-gan-khop": told(true),
  "sl-so-khac-chu": unlikeWords,
  "sl-tang-giam-lech": changes,
  "sl-tang-giam-trong-cau": unbalanced,
  "sl-ket-du-lech": surplus,
  "sl-lan-don-vi": mixedUnits,
};
