// Signs of who does it, until when, since when it holds, what it takes out of force.
import { vnDate } from "../basics/times.js";
import { span, titleOf, whole } from "./places.js";
import { dayOf } from "./words.js";

const DOER = /ủy ban nhân dân|uỷ ban nhân dân|ubnd|thường trực|(?:các )?ban (?:của|kinh tế|văn hóa|văn hoá|hđnd)|văn phòng|đoàn giám sát|chủ tịch|trưởng (?:ban|thôn)|phòng\s|tổ đại biểu|các ban/u;
const BY_WHEN = /ngày\s+\d|quý\s+[ivx\d]|tháng\s+\d|năm\s+20\d\d|kỳ họp|hằng năm|hàng năm|định kỳ|hằng quý|hàng quý|\d+\s*(?:ngày|tháng)/u;

/** By its kind, or where the kind leaves it open by the year in its number. */
const isNormative = ({ kinds, answers, parts }) => {
  const { normative } = kinds[answers.kind] || { normative: "tuy" };
  return normative === "quy-pham" || (normative === "tuy" && !!parts.number && parts.number.hasYear);
};
const duties = (all) => (all.parts.implementation ? all.parts.implementation.text.toLowerCase() : "");

/** The one sentence below a heading; the first line where there are several, or none. */
const sentenceOf = (all, { line, to }) => (to === line + 1 && !/[.;:]\s*$/u.test(all.lower[line]) ? to : line);

const addDays = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
function effectDay(all) {
  const { effect } = all.parts;
  const found = effect && /(?:có hiệu lực|hiệu lực thi hành|áp dụng)[^.;\d]{0,60}?ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/iu.exec(effect.text);
  const pad = (one) => one.padStart(2, "0");
  return found ? `${found[3]}-${pad(found[2])}-${pad(found[1])}` : "";
}
const adoptedOn = ({ parts }) => (parts.adopted && parts.adopted.day) || (parts.dated && parts.dated.day) || "";

/** The line that tells the effect, not its heading. */
const saysEffect = (all, { line, to }) => {
  const said = span({ line, to }).find((at) => /hiệu lực (?:thi hành )?(?:kể )?(?:từ|sau)|có hiệu lực/u.test(all.lower[at]));
  return said === undefined ? line : said;
};

/** “hoạt động theo tên mới từ ngày 01 tháng 01 năm 2027” of what is decided four weeks later. */
const BEGINS = /(?:(?:chính thức\s+)?(?:đi vào\s+)?hoạt động|mang tên(?: gọi)? mới|mang tên|sử dụng con dấu(?: mới)?|tên gọi mới|được hưởng)[^.;\d]{0,40}?(?:kể\s+)?từ\s+ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})(?!\d)/u;
function beginsEarly(all) {
  const [since, from] = [effectDay(all), adoptedOn(all)];
  const least = [since, from].filter(Boolean).sort()[0];
  return least ? [...new Set(all.parts.articles.flatMap(span))].flatMap((line) => {
    const found = all.text.lines[line].cells ? null : BEGINS.exec(all.lower[line]);
    const day = found ? dayOf(found[1], found[2], found[3]) : "";
    return day && day < least && !/đã |trước đây|theo quyết định|nghỉ hưu/u.test(all.lower[line].slice(0, found.index)) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Văn bản ghi ngày ${vnDate(least)}.` }] : [];
  }).slice(0, 1) : [];
}

const TEN_DAYS = /sau\s+(?:mười|10|bảy|0?7|45)(?:\s*\([^)]{0,20}\))?\s+ngày\s*,?\s+(?:kể\s+)?từ\s+ngày/u;

/** “Nghị quyết này có hiệu lực từ …”: of this text itself. */
const OWN_EFFECT = /nghị quyết(?: này)?(?:\s[^.;]{0,160}?)??\scó hiệu lực(?: thi hành)?\s*,?\s*(?:(?:kể\s+)?từ\s+(?:khi\s+|ngày\s+)?|sau\s+)([^.;]{1,120})/u;
/** Since when, as one word to compare by: a day, so many days after adoption, or adoption itself; "" where it is not told apart. */
function sinceWhen(words, adopted) {
  const day = /^(?:ngày\s+)?(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/u.exec(words);
  if (day) return dayOf(day[1], day[2], day[3]);
  const later = /^(\d{1,2})(?:\s*\([^)]{0,20}\))?\s+ngày/u.exec(words);
  if (later) return adopted ? addDays(adopted, Number(later[1])) : `+${Number(later[1])}`;
  if (/^(?:khi\s+)?(?:được\s)?[^.;]{0,60}phê chuẩn/u.test(words)) return "phê chuẩn";
  return /thông qua|^ký/u.test(words) ? adopted || "thông qua" : "";
}
/** “Nghị quyết này hết hiệu lực từ ngày …”. */
const OWN_END = /nghị quyết này\s+hết hiệu lực\s+(?:thi hành\s+)?(?:kể\s+)?(?:từ\s+)?(?:ngày\s+)?(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/u;
const isAdoption = (all, line) => /thông qua\s+(?:tại|ngày)|kỳ họp\s+(?:thứ|chuyên đề)/u.test(all.lower[line]);
/** Two articles that tell two beginnings; the later one is told. */
function twoEffects(all) {
  const lines = [...all.parts.articles.flatMap(span), ...span(all.parts.adopted)];
  const told = [...new Set(lines)].map((line) => [line, OWN_EFFECT.exec(all.lower[line])]).filter(([, found]) => found)
    .map(([line, found]) => ({ line, from: found.index, to: found.index + found[0].length, text: found[0], since: sinceWhen(found[1].trim(), adoptedOn(all)), words: found[1].trim().split(/\s+/u).slice(0, 8).join(" ") })).filter(({ since }) => since);
  // “… có hiệu lực sau khi được phê chuẩn và có hiệu lực từ ngày thông qua” in one sentence; a text that ends on the day it begins.
  const again = told.map((one) => ({ one, found: /\scó hiệu lực(?: thi hành)?\s*,?\s*(?:kể\s+)?từ\s+(?:ngày\s+)?([^.;]{1,120})/u.exec(all.lower[one.line].slice(one.from + one.text.search(/có hiệu lực/u) + 12)) })).find(({ one, found }) => found && sinceWhen(found[1].trim(), adoptedOn(all)) && sinceWhen(found[1].trim(), adoptedOn(all)) !== one.since);
  if (again) return [whole(all, again.one.line)];
  const ends = told.length ? [...new Set(lines)].map((line) => [line, OWN_END.exec(all.lower[line])]).find(([, found]) => found && dayOf(found[1], found[2], found[3]) && dayOf(found[1], found[2], found[3]) <= told[0].since) : null;
  if (ends) return [{ line: ends[0], from: ends[1].index, to: ends[1].index + ends[1][0].length, detail: `Chỗ khác ghi có hiệu lực từ ${told[0].words}.` }];
  const other = told.find(({ since }) => since !== told[0].since);
  // The sentence of adoption says what such sentences say; a day of its own in the article is what was left there.
  if (other && told.length === 2 && isAdoption(all, other.line) && !isAdoption(all, told[0].line)) return [{ line: told[0].line, from: told[0].from, to: told[0].to, detail: `Chỗ khác ghi: từ ${other.words}.` }];
  return other ? [{ line: other.line, from: other.from, to: other.to, detail: `Chỗ khác ghi: từ ${told[0].words}.` }] : [];
}

/** Sentences of those who only watch, or who are asked to persuade; what the text says of itself. */
const ONLY_WATCHES = /giám sát\s+(?:việc\s+|quá trình\s+)?(?:tổ chức\s+|triển khai\s+)?(?:thực hiện|thi hành)[^.;\n]{0,60}|^\s*điều\s+\d+\s*[.:]\s*(?:tổ chức|điều khoản|trách nhiệm)[^.;:\n]{0,40}(?:thực hiện|thi hành)|nghị quyết này[^\n]{0,300}?(?:hiệu lực|thông qua)[^\n]*/gmu;
const DOES_SOMETHING = /tổ chức|triển khai|chịu trách nhiệm|có trách nhiệm|thi hành|thực hiện|giao(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|yêu cầu|hướng dẫn|báo cáo|bố trí|ban hành|chỉ đạo/u;
const CHARGED = /(?:giao|yêu cầu)\s+(?:cho\s+)?(?:(?:ủy|uỷ) ban|ubnd|thường trực|văn phòng|các ban|ban\s|chủ tịch|đoàn|phòng)|(?:(?:ủy|uỷ) ban nhân dân|ubnd|thường trực (?:hội đồng nhân dân|hđnd))[^.;\n]{0,80}?(?:chịu trách nhiệm|có trách nhiệm|tổ chức (?:triển khai )?thực hiện|triển khai)/u;
/** A clause that begins with who does something: the People's Committee whatever it is, others where a word says so. */
const BEGINS_WITH_DOER = /^\s*(?:điều\s+\d+\s*[.:]\s*|\d{1,2}[.)]\s*|[a-zđ]\)\s*|[-–+•*]\s*)?(?:giao\s+)?(?:(?:chủ tịch\s+)?(?:(?:ủy|uỷ) ban nhân dân|ubnd)|(?:thường trực|các ban|ban\s|văn phòng|đoàn|chủ tịch|phòng|tổ đại biểu|trưởng)[^.;\n]{0,160}?(?:chủ trì|phối hợp|chuẩn bị|quản lý|giải quyết|xây dựng|thông báo|ban hành|báo cáo|bố trí|phân công))/mu;
/** Whether an article charges watchers alone: nobody is to do it. */
function onlyWatched({ parts: { implementation, articles } }) {
  const said = articles.map(({ text }) => text.toLowerCase()).join("\n").replace(ONLY_WATCHES, " ");
  return !DOES_SOMETHING.test(implementation.text.toLowerCase().replace(ONLY_WATCHES, " ")) && !CHARGED.test(said) && !BEGINS_WITH_DOER.test(said);
}
const PERSONS = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:bầu|miễn nhiệm|bãi nhiệm|cho thôi|xác nhận kết quả|thôi làm nhiệm vụ|phê chuẩn kết quả)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;

export const TESTS = {
  "sl-hai-hieu-luc": twoEffects,
  // What asks somebody to do it, or who carries it out among others, is enough.
  "sl-khong-to-chuc-thuc-hien": (all) => {
    const { articles, implementation } = all.parts;
    if (!articles.length || PERSONS.test(titleOf(all))) return [];
    if (implementation) return onlyWatched(all) ? [{}] : [];
    const isAsked = articles.some(({ text }) => /yêu cầu\s+(?:ủy ban|uỷ ban|ubnd)|(?:thực hiện|thi hành) nghị quyết/iu.test(text.replace(/giám sát[^.;]{0,40}?(?:thực hiện|thi hành)/giu, " ")));
    return isAsked ? [] : [{}];
  },
  "sl-giao-chung-chung": (all) => {
    const { implementation } = all.parts;
    // Who watches does not do it.
    const doing = span(implementation || { line: 0, to: -1 }).map((at) => all.lower[at]).filter((words) => !/giám sát/u.test(words) || /tổ chức thực hiện|triển khai|chịu trách nhiệm|thi hành/u.test(words)).join("\n");
    // A heading of a submission or a report charges nobody.
    if (!implementation || !all.parts.articles.length || DOER.test(doing)) return [];
    // Only watchers are named: who does it is told by another article.
    if (!doing.trim() || (DOER.test(duties(all)) && !/liên quan|các cấp|các ngành|các cơ quan(?:, đơn vị|\s+(?:tự|theo|căn cứ|chủ động))/u.test(doing))) return [];
    // The heading says nothing: what is marked is the sentence.
    const line = span(implementation).find((at) => /liên quan|các cấp|các ngành|đơn vị|các cơ quan[\s,]/u.test(all.lower[at]));
    return [whole(all, line === undefined ? sentenceOf(all, implementation) : line)];
  },
  "sl-khong-giam-sat": (all) => {
    const { implementation } = all.parts;
    if (!implementation || !all.parts.articles.length) return [];
    const said = all.parts.articles.map(({ text }) => text.toLowerCase()).join("\n");
    // Where the Standing Committee, boards and delegates are charged, each does what is its own.
    const theirs = /thường trực/u.test(duties(all)) && /các ban|đại biểu/u.test(duties(all));
    return theirs || /giám sát/u.test(said.replace(/chương trình giám sát|hoạt động giám sát|ban giám sát đầu tư[^.;]*|giám sát (?:thi công|cộng đồng|đầu tư)/gu, "")) ? [] : [whole(all, sentenceOf(all, implementation))];
  },
  "sl-khong-han-xong": (all) => {
    const { implementation } = all.parts;
    const said = all.parts.articles.map(({ text }) => text.toLowerCase()).join("\n").replace(/(?:nghị quyết|quyết định|tờ trình|luật|nghị định)[^;.\n]{0,80}ngày[^;.\n]{0,40}/gu, " ");
    return implementation && !BY_WHEN.test(duties(all)) && !/trước ngày|chậm nhất|trong (?:tháng|quý)|hoàn thành|kỳ họp thường lệ/u.test(said) ? [whole(all, implementation.line)] : [];
  },
  "sl-khong-hieu-luc": ({ parts }) => (parts.articles.length && !parts.effect ? [{}] : []),
  "sl-hieu-luc-quy-pham": (all) => {
    const { effect } = all.parts;
    if (!isNormative(all) || !effect) return [];
    const day = effectDay(all);
    const from = adoptedOn(all);
    if (day && from) return day < addDays(from, 10) ? [{ ...whole(all, saysEffect(all, effect)), detail: `Thông qua ngày ${vnDate(from)}.` }] : [];
    return !day && !TEN_DAYS.test(effect.text.toLowerCase()) ? [whole(all, saysEffect(all, effect))] : [];
  },
  "sl-hieu-luc-10-ngay": (all) => {
    const { effect } = all.parts;
    if (!effect || isNormative(all)) return [];
    const at = effect.text.toLowerCase().search(TEN_DAYS);
    return at >= 0 ? [whole(all, effect.line)] : [];
  },
  "sl-hieu-luc-lui": (all) => {
    const early = beginsEarly(all);
    if (early.length) return early;
    const day = effectDay(all);
    const papers = [all.parts.submission, all.parts.verification].map((one) => (one ? one.day : "")).sort();
    // Of a draft without its own day: never before what brings it.
    const from = adoptedOn(all) || papers[papers.length - 1];
    return day && from && day < from ? [{ ...whole(all, saysEffect(all, all.parts.effect)), detail: `Văn bản ghi ngày ${vnDate(from)}.` }] : [];
  },
};
