// Signs of days and hours: what no calendar has, what ends before it begins, what comes before that on which it rests or is past
// when the text is made; days by which the law wants a budget handed on and its accounts approved.
import { weekdayOf } from "../sitting/dates.js";
import { vnDate } from "../basics/times.js";
import { ordinal } from "./number-words.js";
import { clauseAt, decided, inLines, isOtherPaper, ownDay, planYear, span, titleOf, whole } from "./places.js";
import { dayOf, yearsIn } from "./words.js";

/** A day that no calendar has: “ngày 31 tháng 11”, “30/02/2027”. */
const DAYS = /ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?|\b(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)\b/gu;
/** “ngày 30 và 31 tháng 6”. */
const TWO_DAYS = /ngày\s+(\d{1,2})\s*(?:và|,|-|–|đến(?: hết)?(?: ngày)?)\s*(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)/gu;
const NO_MONTH = /tháng\s+(?:1[3-9]|[2-9]\d)\s+năm\s+20\d\d/gu;
function daysThatAreNone(all) {
  return all.lower.flatMap((words, line) => [...[...words.matchAll(TWO_DAYS)].filter((found) => [found[1], found[2]].some((day) => !dayOf(day, found[3], "2028"))), ...[...words.matchAll(DAYS)].filter((found) => !dayOf(found[1] || found[4], found[2] || found[5], found[3] || found[6] || "2028")), ...words.matchAll(NO_MONTH)]
    .map((found) => ({ line, from: found.index, to: found.index + found[0].length })));
}

const DAY_OF_WEEK = { "hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "chủ nhật": 0 };
const WEEKDAY = "(?:thứ\\s+(hai|ba|tư|năm|sáu|bảy)|(chủ nhật))";
const WHOLE_DAY = "(\\d{1,2})(?:\\s+tháng\\s+|\\/)(\\d{1,2})(?:\\s+năm\\s+|\\/)(\\d{4})(?!\\d)";
/** “thứ Tư, ngày 18 tháng 12 năm 2026”; “thứ Năm ngày 17 và thứ Sáu ngày 18 tháng 12 năm 2026”; “ngày 17/12/2026 (thứ Năm)”. */
const WEEKDAYS = [
  [new RegExp(`${WEEKDAY}\\s*[,(]?\\s*(?:ngày\\s+)?${WHOLE_DAY}`, "gu"), ([, name, sunday, day, month, year]) => [name || sunday, day, month, year]],
  [new RegExp(`${WEEKDAY}\\s*[,(]?\\s*ngày\\s+(\\d{1,2})(?!\\s*(?:tháng|\\/|\\d))[^.;\\n]{0,40}?ngày\\s+\\d{1,2}(?:\\s+tháng\\s+|\\/)(\\d{1,2})(?:\\s+năm\\s+|\\/)(\\d{4})`, "gu"), ([, name, sunday, day, month, year]) => [name || sunday, day, month, year]],
  [new RegExp(`ngày\\s+${WHOLE_DAY}\\s*\\(\\s*${WEEKDAY}`, "gu"), ([, day, month, year, name, sunday]) => [name || sunday, day, month, year]],
];
/** A day of the week that the calendar does not give to the day beside it; “kỳ họp thứ năm, ngày …” names none. */
const wrongWeekdays = (all) => all.lower.flatMap((words, line) => (words.includes("ngày") && /thứ\s|chủ nhật/u.test(words) ? WEEKDAYS.flatMap(([pattern, read]) => [...words.matchAll(pattern)].filter((found) => {
  const [name, day, month, year] = read(found);
  const on = dayOf(day, month, year);
  return on && weekdayOf(on) !== DAY_OF_WEEK[name] && !/(?:kỳ|phiên) họp\s*$|(?:lần|khóa|đợt|buổi|ngày)\s*$/u.test(words.slice(0, found.index));
}).map((found) => {
  const [, day, month, year] = read(found);
  const on = weekdayOf(dayOf(day, month, year));
  const name = Object.keys(DAY_OF_WEEK).find((one) => DAY_OF_WEEK[one] === on);
  return { line, from: found.index, to: found.index + found[0].length, detail: `Ngày ${vnDate(dayOf(day, month, year))} là ${on ? `thứ ${name}` : name}.` };
})) : []));

/** One number of a resolution with two days. */
const OWN_NUMBER = /nghị quyết\s+số\s+(\d{1,4}[a-z]?\/nq-hđnd)\s+ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})(?:\s+của\s+(?:hội đồng nhân dân|hđnd)\s+(tỉnh|thành phố|xã|phường|đặc khu))?/gu;
function twoDays(all) {
  const first = new Map();
  return all.lower.flatMap((words, line) => [...words.matchAll(OWN_NUMBER)].flatMap((found) => {
    const [, number, day, month, year, by] = found;
    const key = `${number} ${by === "tỉnh" || by === "thành phố" ? "tỉnh" : ""}`;
    const on = dayOf(day, month, year);
    const before = first.get(key);
    if (!before) first.set(key, on);
    return before && on && before !== on ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Chỗ khác ghi ngày ${vnDate(before)}.` }] : [];
  }));
}

/** “02 ngày, từ ngày 16 đến ngày 18 tháng 12”. */
const LASTS = /(0?\d{1,2}(?:,5)?)\s+ngày(?!\s+rưỡi)[\s,(:]+(?:[^.;\d]{0,20})?từ\s+(?:sáng\s+|chiều\s+)?(?:ngày\s+)?(\d{1,2})\s+đến\s+(?:hết\s+)?(?:sáng\s+|trưa\s+|chiều\s+|buổi sáng\s+)?(?:ngày\s+)?(\d{1,2})\s+tháng/gu;
const lasting = (all) => all.lower.flatMap((words, line) => [...words.matchAll(LASTS)].filter(([, days, from, to]) => Number(to) >= Number(from) && Math.ceil(Number(days.replace(",", "."))) !== Number(to) - Number(from) + 1)
  .map((found) => ({ line, from: found.index, to: found.index + found[0].length })));

const SPANS = [
  [/từ\s+(?:hết\s+)?ngày\s+(\d{1,2})\s+đến\s+(?:hết\s+)?ngày\s+(\d{1,2})\s+tháng\s+\d/gu, ([, from, to]) => [from.padStart(2, "0"), to.padStart(2, "0")]],
  [/từ\s+(?:hết\s+)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?\s+đến\s+(?:hết\s+)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/gu, ([, d, m, y, day, month, year]) => [dayOf(d, m, y || year), dayOf(day, month, year)]],
  [/từ\s+(?:đầu\s+)?quý\s+([ivx]{1,3}|[1-4])(?:\s*\/\s*|\s+năm\s+)(20\d\d)\s+đến\s+(?:hết\s+)?quý\s+([ivx]{1,3}|[1-4])(?:\s*\/\s*|\s+năm\s+)(20\d\d)/gu, ([, from, year, to, last]) => [`${year}-${ordinal(from)}`, `${last}-${ordinal(to)}`]],
  [/từ\s+(?:đầu\s+)?tháng\s+(\d{1,2})(?:\s*\/\s*|\s+năm\s+)(20\d\d)\s+đến\s+(?:hết\s+)?tháng\s+(\d{1,2})(?:\s*\/\s*|\s+năm\s+)(20\d\d)/gu, ([, from, year, to, last]) => [`${year}-${from.padStart(2, "0")}`, `${last}-${to.padStart(2, "0")}`]],
  [/(?:từ\s+|giai đoạn\s+|thời gian[^.;:]{0,40}:\s*)(?:năm\s+)?(20\d\d)\s*(?:-|–|đến(?: hết)?(?: năm)?)\s*(20\d\d)(?!\d)/gu, ([, from, to]) => [from, to]],
];
/** “từ năm 2028 đến năm 2027”: what ends before it begins. */
function backwards(all) {
  const { line: first, to: last } = all.parts.range;
  return all.lower.flatMap((words, line) => (line < first || line > last ? [] : SPANS.flatMap(([pattern, read]) => [...words.matchAll(pattern)].filter((found) => {
    const [from, to] = read(found);
    return from && to && to < from;
  }).map((found) => ({ line, from: found.index, to: found.index + found[0].length })))));
}

/** What an opening names with its day: “kết quả lấy ý kiến ngày 20 tháng 12 năm 2026”; what is still to come has a word that says so. */
const NAMED_DAY = /ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})(?!\d)/gu;
const TO_COME = /khai mạc|dự kiến|hiệu lực|kể từ|từ\s*$|đến\s*$|đến hết|áp dụng|nghỉ|thôi/u;
const namesLater = (words, on) => [...words.matchAll(NAMED_DAY)].some(({ index, 1: day, 2: month, 3: year }) => !TO_COME.test(words.slice(Math.max(0, index - 20), index)) && dayOf(day, month, year) > on);

/** “Tờ trình số 45/TTr-UBND ngày 20 tháng 12 năm 2026” in a report of an earlier day. */
const NUMBERED_PAPER = /(?:tờ trình|báo cáo|quyết định|nghị quyết)\s+số\s+[^\s,;]{2,24}\s+ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/gu;
/** Ballots are counted at the sitting itself. */
const COUNTING = /biên bản kiểm phiếu[^.;\n\d]{0,60}ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/u;
/** “ngày 10 tháng 12 năm 2026, Ban … đã họp thẩm tra” in a report of the day before. */
const MET_ON = /ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})[^.;]{0,100}?\s(?:đã\s+(?:tổ chức\s+)?(?:họp|khảo sát|làm việc|thẩm tra|giám sát)|(?:tổ chức\s+)?(?:họp|phiên họp|cuộc họp) thẩm tra|tiến hành thẩm tra)/gu;
const metLater = (words, on) => [...words.matchAll(MET_ON)].some(([, day, month, year]) => dayOf(day, month, year) > on);
function laterThanText(all) {
  const on = ownDay(all);
  const { submission, verification, grounds, opening, adopted, dated } = all.parts;
  if (!on) return [];
  const latest = [submission, verification].map((one) => (one ? one.day : "")).sort().pop();
  // The text's own day fits its papers: it is the sentence of adoption that has another one.
  if (adopted && dated && adopted.day && dated.day > adopted.day && latest > adopted.day && latest <= dated.day) return [{ ...whole(all, adopted.line), detail: `Tờ trình, báo cáo thẩm tra ghi đến ngày ${vnDate(latest)}.` }];
  // A report on its own work tells when it was charged and when the sitting will be.
  const papers = isOtherPaper(all) ? decided(all).slice(0, 8).filter((line) => metLater(all.lower[line], on) || [...all.lower[line].matchAll(NUMBERED_PAPER)].some(([, day, month, year]) => dayOf(day, month, year) > on)).map((line) => ({ line })) : [submission, verification].filter((one) => one && one.day > on);
  const cited = grounds.filter(({ text, texts }) => texts.some(({ day }) => day > on) && !TO_COME.test(text));
  const counting = COUNTING.exec(opening && !isOtherPaper(all) ? span(opening).map((line) => all.lower[line]).join("\n") : "");
  const countedOn = counting ? dayOf(counting[1], counting[2], counting[3]) : "";
  const before = countedOn && countedOn < on ? span(opening).filter((line) => COUNTING.test(all.lower[line])) : [];
  const named = before.length ? before : opening && !isOtherPaper(all) ? span(opening).filter((line) => namesLater(all.lower[line], on)) : [];
  return [...new Set([...papers, ...cited].map(({ line }) => line).concat(named))].map((line) => whole(all, line));
}

const TO_DO = /hoàn thành|phấn đấu|xong|giải quyết|báo cáo|gửi|trình|tổ chức|thực hiện|giao|công khai|nộp|rà soát|khắc phục|chậm nhất/u;
const BY_DAY = /(?:phấn đấu\s[^.;]{0,20}?đến(?:\s+hết)?|trước|chậm nhất(?: là)?|hoàn thành(?: vào)?|xong)\s+(?:trong\s+|vào\s+)?ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})(?!\d)/u;

/** “báo cáo tại kỳ họp thường lệ cuối năm 2025”. */
const PAST_SITTING = /(?:báo cáo|trình|xem xét|gửi)[^.;]{0,80}?tại\s+(?:các\s+)?kỳ họp(?: thường lệ)?\s+(giữa|cuối)\s+năm\s+(20\d\d)(?!\d)/u;

const SINCE = /(?:kể từ|từ)\s+ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})(?!\d)(?!\s*(?:đến|-|–))/u;
const TWO_MONTHS = 61;
/** Something that this text lets begin on a day long gone. */
function longGone(all) {
  const { submission } = all.parts;
  const on = ownDay(all) || (submission && submission.day) || "";
  if (!on) return [];
  const since = new Date(Date.parse(`${on}T00:00:00Z`) - TWO_MONTHS * 86400000).toISOString().slice(0, 10);
  return decided(all).flatMap((line) => {
    const found = SINCE.exec(all.outside(line));
    const day = found ? dayOf(found[1], found[2], found[3]) : "";
    const isHistory = /đã |trước đây|nghỉ hưu|nghỉ việc|số liệu|thời điểm|phạm vi|giai đoạn|giám sát|theo quyết định/u.test(all.lower[line]);
    return day && day < since && day !== "2025-07-01" && !isHistory ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Văn bản ghi ngày ${vnDate(on)}.` }] : [];
  });
}

/** Clock ranges of a programme that run into each other. */
const RANGE = /(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})?\s*(?:phút)?\s*[-–—]\s*(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})?/iu;
/** A heading that tells from when to when a day or half of it lasts. */
const SPAN_OF_MANY = /^\s*(?:[ivx\d]{1,4}[.)]\s*)?(?:buổi|sáng|chiều|ngày|phiên (?:sáng|chiều)|thời gian)(?=[\s:(,])/u;
function clashes(all) {
  if (all.answers.sort !== "chuong-trinh") return [];
  const timed = all.lower.map((words, line) => [line, SPAN_OF_MANY.test(words) ? null : RANGE.exec(words.slice(0, 60))]).filter(([, found]) => found).map(([line, found]) => ({ line, at: found.index, to: found.index + found[0].length, begin: Number(found[1]) * 60 + Number(found[2] || 0), end: Number(found[3]) * 60 + Number(found[4] || 0) }));
  return timed.filter((one, index) => {
    const before = timed[index - 1];
    // An earlier hour begins another day; groups sit side by side at the same hours.
    const isBeside = before && one.begin === before.begin && one.end === before.end && /(?:tổ|nhóm|bàn)\s/u.test(all.lower[one.line]);
    // What ends before it begins.
    if (one.end < one.begin) return true;
    return before && !isBeside && one.begin < before.end && one.begin >= before.begin && one.line - before.line < 4;
  }).map(({ line, at: from, to }) => ({ line, from, to }));
}

const ASKED_BY = /(?:đơn vị|đối tượng|cơ quan|phòng|ubnd|(?:ủy|uỷ) ban nhân dân|giám sát)[^.;]{0,80}?gửi báo cáo(?! kết quả giám sát)[^.;]{0,80}?trước\s+ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/u;
const WORKS = /làm việc[^.;]{0,60}?từ\s+ngày\s+(\d{1,2})(?:\s+tháng\s+(\d{1,2}))?(?:\s+năm\s+(\d{4}))?\s+đến\s+(?:hết\s+)?ngày\s+\d{1,2}\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/u;
const THEIR_REPORT = /(?:đoàn(?: giám sát)?|tổ giám sát|thường trực|ban)\s[^.;]{0,60}?(?:hoàn thành|gửi|thông qua|trình)\s+(?:dự thảo\s+)?báo cáo\s+(?:kết quả\s+)?(?:giám sát|kết quả)[^.;]{0,60}?trước\s+ngày\s+(\d{1,2})(?:\s+tháng\s+|\/)(\d{1,2})(?:\s+năm\s+|\/)(\d{4})/u;
/** Reports that are asked for when those who read them have begun their work on the spot. */
function askedTooLate(all) {
  const lines = [...decided(all), ...span(all.parts.implementation)];
  const begins = lines.map((line) => WORKS.exec(all.lower[line])).filter(Boolean).map(([, day, month, year, lastMonth, lastYear]) => dayOf(day, month || lastMonth, year || lastYear)).filter(Boolean).sort()[0];
  // Their own report before they have begun.
  const early = begins ? lines.flatMap((line) => {
    const found = THEIR_REPORT.exec(all.lower[line]);
    const day = found ? dayOf(found[1], found[2], found[3]) : "";
    return day && day < begins ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Làm việc từ ngày ${vnDate(begins)}.` }] : [];
  }) : [];
  if (early.length) return early.slice(0, 1);
  return begins ? lines.flatMap((line) => {
    const found = ASKED_BY.exec(all.lower[line]);
    const day = found ? dayOf(found[1], found[2], found[3]) : "";
    return day && day > begins ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Làm việc từ ngày ${vnDate(begins)}.` }] : [];
  }).slice(0, 1) : [];
}

/** What a whole year's programme came to, reported in the midst of that year. */
const RESULT_OF_YEAR = /kết quả (?:thực hiện )?chương trình giám sát[^.;]{0,80}?kỳ họp[^.;]{0,20}?giữa năm\s+(20\d\d)(?!\d)/u;
function reportedBeforeItsEnd(all) {
  const title = titleOf(all);
  const year = /chương trình giám sát/u.test(title) ? planYear(all) : 0;
  return year ? [...all.places.content, ...span(all.parts.implementation)].filter((line, at, lines) => lines.indexOf(line) === at).flatMap((line) => {
    const found = RESULT_OF_YEAR.exec(all.lower[line]);
    return found && Number(found[1]) === year && !/6 tháng|sáu tháng|năm trước/u.test(found[0]) && !found[0].includes(`giám sát năm ${year - 1}`) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Chương trình của năm ${year}.` }] : [];
  }) : [];
}

/** A day, a month or a quarter of a year in which the estimate is handed on. */
const HANDED_ON = /giao\s+(?:chi tiết\s+)?(?:dự toán|chỉ tiêu)[^.;]{0,100}?(?:trước|chậm nhất|xong|trong)[^.;]{0,30}?(?:tháng\s+\d{1,2}|quý\s+[ivx]+)\s+năm\s+(20\d\d)(?!\d)/u;

/** The province's estimate among the grounds, and this one adopted more than ten days after it. */
function estimateTooLate(all) {
  const on = ownDay(all);
  const paper = all.parts.grounds.find(({ text, texts }) => /nghị quyết[^;]*(?:hội đồng nhân dân|hđnd)\s+(?:tỉnh|thành phố)[^;]*(?:dự toán|ngân sách)/iu.test(text) && texts.some(({ day }) => day));
  const day = paper ? paper.texts.find((one) => one.day).day : "";
  const late = on && day && Date.parse(on) - Date.parse(day) > 10 * 86400000 && on.slice(0, 4) === day.slice(0, 4);
  return late ? [whole(all, all.parts.adopted && all.parts.adopted.day === on ? all.parts.adopted.line : all.parts.dated.line)] : [];
}

export const TESTS = {
  "sl-chong-gio": clashes,
  "sl-bao-cao-sau-lam-viec": askedTooLate,
  "sl-ket-qua-truoc-het-nam": reportedBeforeItsEnd,
  "sl-han-da-qua": (all) => {
    const on = ownDay(all) || (all.parts.submission || {}).day || "";
    return on ? [...decided(all), ...span(all.parts.implementation)].flatMap((line) => {
      const found = BY_DAY.exec(all.outside(line));
      const day = found ? dayOf(found[1], found[2], found[3]) : "";
      const sitting = PAST_SITTING.exec(all.outside(line));
      const isPast = sitting && (Number(sitting[2]) < Number(on.slice(0, 4)) || (sitting[2] === on.slice(0, 4) && sitting[1] === "giữa" && on.slice(5, 7) > "08"));
      if (isPast && !/đã |kết quả (?:thực hiện|giám sát) (?:năm|sau)|nghị quyết số/u.test(all.lower[line])) return [{ line, from: sitting.index, to: sitting.index + sitting[0].length, detail: `Văn bản ghi ngày ${vnDate(on)}.` }];
      return day && day < on && day !== "2025-07-01" && TO_DO.test(all.lower[line]) && !/đã |trước đây|theo quyết định|số liệu|thời điểm|phạm vi|giai đoạn|ban hành|sinh/u.test(clauseAt(all.lower[line], found.index)) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Văn bản ghi ngày ${vnDate(on)}.` }] : [];
    }) : [];
  },
  "sl-khoang-nguoc": backwards,
  "sl-mot-so-hai-ngay": twoDays,
  "sl-so-ngay-lech": lasting,
  "sl-ngay-da-qua": longGone,
  "sl-quyet-toan-nam-sau": (all) => {
    const { title } = all.parts;
    const on = ownDay(all) || (all.parts.submission || {}).day || "";
    const [year] = title ? yearsIn(title.value).map(Number).slice(-1) : [];
    return on && year && year >= Number(on.slice(0, 4)) ? [{ ...whole(all, title.line), detail: `Văn bản ghi ngày ${vnDate(on)}.` }] : [];
  },
  "sl-ngay-khong-co": daysThatAreNone,
  "sl-thu-sai-ngay": wrongWeekdays,
  "sl-ngay-ban-hanh-truoc": (all) => {
    const { adopted, dated } = all.parts;
    return adopted && dated && adopted.day && dated.day && dated.day < adopted.day ? [whole(all, adopted.line), whole(all, dated.line)] : [];
  },
  "sl-ngay-sau-van-ban": laterThanText,
  "sl-tham-tra-truoc-to-trinh": (all) => {
    const { submission, verification } = all.parts;
    return submission && verification && submission.day && verification.day && verification.day < submission.day ? [whole(all, verification.line)] : [];
  },
  "sl-du-toan-qua-10-ngay": estimateTooLate,
  "sl-giao-du-toan-muon": (all) => inLines(all, span(all.parts.implementation), HANDED_ON, /báo cáo[^.;]{0,20}việc giao/u).filter(({ line }) => {
    const [, year] = HANDED_ON.exec(all.outside(line));
    return all.answers.year && Number(year) >= all.answers.year;
  }).concat(inLines(all, span(all.parts.implementation), /giao\s+(?:chi tiết\s+)?(?:dự toán|chỉ tiêu)[^.;]{0,100}?trong\s+(?:thời hạn\s+)?(?:0?[6-9]|[1-9]\d)\s+ngày/u)),
  "sl-quyet-toan-muon": (all) => {
    const { adopted, dated, title, council } = all.parts;
    const { year } = all.answers;
    const on = ownDay(all);
    const midYear = council && /giữa năm\s+(20\d\d)/iu.exec(council.value);
    // The accounts of 2025 and before go by the law of their day.
    const late = year >= 2026 && ((on && on > `${year + 1}-03-30`) || (midYear && Number(midYear[1]) > year));
    const told = on && adopted && adopted.day === on ? adopted.line : on && dated ? dated.line : -1;
    const said = midYear ? all.lower.findIndex((words) => /giữa năm\s+20\d\d/u.test(words)) : -1;
    return title && late ? [whole(all, said >= 0 ? said : told >= 0 ? told : title.line)] : [];
  },
};
