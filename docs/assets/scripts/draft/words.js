// What the readers of a draft's parts share: days, numbers of texts, upper case, lines that belong together, what was worked out before.

const memories = [];
/** Some work on words, done once for the same words while one draft is looked at: many signs ask the same of the same line. */
export function remembered(work) {
  const known = new Map();
  memories.push(known);
  return (words) => {
    let made = known.get(words);
    if (made === undefined) {
      made = Object.freeze(work(words));
      known.set(words, made);
    }
    return made;
  };
}

/** Keep nothing of a draft beyond the look at it. */
export const forgetWords = () => memories.forEach((known) => known.clear());

/** Blanks as drafts leave them; bounded, for a line may hold thousands. */
export const DOTS = "[.…·_ ]{0,40}";
const two = (number) => String(number).padStart(2, "0");

/** A day as YYYY-MM-DD; "" where there is none such. */
export function dayOf(day, month, year) {
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return made.getUTCDate() === Number(day) && made.getUTCMonth() === Number(month) - 1 ? `${year}-${two(month)}-${two(day)}` : "";
}

/** The years that a text names, as texts: “2027”. */
export const yearsIn = (text) => [...text.matchAll(/\b(20\d\d)\b/gu)].map(([, year]) => year);

const DAY = /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})(?!\d)|(?:^|[^\d/])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/iu;
/** The first day that a text tells, as YYYY-MM-DD, or "". */
export function firstDay(text) {
  const found = DAY.exec(text);
  if (!found) return "";
  return found[1] ? dayOf(found[1], found[2], found[3]) : dayOf(found[4], found[5], found[6]);
}

/** Vietnamese letters within a pattern; “any letter of any script” is slow to make ready. */
export const LETTER = "A-Za-zÀ-ỹ";
const NAME = `[A-ZĐ][${LETTER}\\d]*`;
const MORE = `(?:\\s?[-–]\\s?(?:[A-ZĐƯ&]{2,}[${LETTER}\\d&]*|[A-ZĐ]\\d+)|\\s?\\.[A-ZĐ]{2,}[${LETTER}\\d]*)*`;
/** “12/2026/NQ-HĐND”, “45/TTr-UBND”, “72/2025/QH15”, “48-KL/TW”: number, year or "", the rest; or the whole in the fourth place. */
const NUMBER = new RegExp(`(?:^|[^\\d/])(?:(\\d{1,5}[a-z]?)\\s?/\\s?(?:((?:19|20)\\d\\d)\\s?/\\s?)?(${NAME}${MORE})|(\\d{1,5}-[A-ZĐ]{2,5}/[A-ZĐ][${LETTER}\\d]*))`, "u");

/** The first number of a text within some words: {number, at}; null where there is none. */
export function numberIn(words) {
  const found = NUMBER.exec(words);
  if (!found) return null;
  const number = found[4] || [found[1], found[2], found[3].replace(/\s+/g, "").replace(/–/g, "-")].filter(Boolean).join("/");
  return { number, at: found.index };
}

const LETTERS = /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/gu;
/** Whether a text is written in capitals: nine letters of ten. */
export function isUpper(text) {
  const letters = text.slice(0, 400).match(LETTERS) || [];
  return letters.length > 1 && letters.filter((one) => one === one.toUpperCase()).length >= 0.9 * letters.length;
}

/** Words in small letters with one space between them, “khóa” in one spelling. */
export const evened = (words) => words.toLowerCase().replace(/\s+/g, " ").replace(/khoá/gu, "khóa").trim();

/** The column of a line that holds something, by a pattern; the whole line where it has no cells. */
export const pieces = ({ text, cells }) => (cells ? cells.flatMap((cell) => cell.split("\n")) : [text]).map((one) => one.trim()).filter(Boolean);

/** The texts of some lines, one below the other. */
export const wordsOf = (lines, from, to) => lines.slice(from, to + 1).map(({ text }) => text).join("\n");
