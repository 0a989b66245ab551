// What all readers of drafts do with words: one way of writing letters and spaces, the two sides of a head, the mark of a secret.

/** No longer draft is read: 400 pages of 3,000 letters. */
export const MOST_LETTERS = 1200000;
/** Nor one of more lines: so many are on 400 pages of the smallest print. */
export const MOST_LINES = 50000;

/** Whether letters are written with their marks apart. */
export const isDecomposed = (words) => /[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]/u.test(words);

// Letters that only look like đ: old keyboards wrote those of Iceland and Africa.
const LIKE = { "\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ" };

/** What stands in fonts of signs, by its place there; the same in the fonts that Word uses for lists. */
const SIGNS = { b7: "•", a7: "•", 76: "•", d8: "•", "6e": "•", fc: "\u2713", fb: "\u2717", fe: "\u2611", fd: "\u2612", a8: "\u25a1", "6f": "\u25a1", 71: "\u25a1", 72: "\u25a1", "2d": "-", e0: "\u2192", ae: "\u2192", b3: "≥", a3: "≤", b1: "±", b4: "×" };
/** A sign of such a font: its place is told below F000 or beyond. "" for one that is not known. */
export const signAt = (place) => SIGNS[(place & 0xff).toString(16)] ?? "";

/** One way of writing: letters whole, no marks that nobody sees, spaces of one kind (several stay several). */
export const tidy = (words) => words.normalize("NFC").replace(/[\u00d0\u00f0\u0189\u0256]/gu, (letter) => LIKE[letter]).replace(/[\uf020-\uf0ff]/gu, (sign) => signAt(sign.charCodeAt(0)))
  .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu, " ").replace(/[\u2010\u2011]/gu, "-")
  // eslint-disable-next-line no-control-regex
  .replace(/[\ufe00-\ufe0f\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufff9-\uffff]/gu, "");
/** Spaces and tabs folded, as a line's text is told. */
export const folded = (words) => words.replace(/[ \t\n]{2,}|[\t\n]/gu, " ").trim();

const MOST_HEAD = 400;
const isUpper = (words) => words === words.toUpperCase() && /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/u.test(words);
const MOTTO = /^(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–—]\s*Tự do)/u;
const PLACE_AND_DAY = /^\p{Lu}[^,]{1,40},\s*ngày/u;
const NUMBERED = /^số\s*:/iu;
const RECIPIENTS = /^nơi nhận\s*:/iu;
const OFFICE = /^(?:(?:TM|KT|TL|TUQ|Q)\s*\.|T\/M|(?:PHÓ )?CHỦ TỊCH|CHỦ TỌA|(?:PHÓ )?TRƯỞNG BAN)/u;
const ITEM = /^[-–+•]\s*\S/u;
const PERSON = /^\p{Lu}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+(?:\s\p{Lu}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+){1,4}$/u;
const BETWEEN = [
  /^(\S.*?)\s+(CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM)$/u,
  /^(\S.*?)\s+(Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc)[-–—_\s]*$/u,
  /^(số\s*:?[^/]{0,20}\/.{0,24}?)\s+(\p{Lu}[^,]{1,40},\s*ngày.{0,20}tháng.{0,20}năm.{0,12})$/iu,
  /^(nơi nhận\s*:)\s+(\S.*)$/iu,
];

const MAY_HAVE_SIDES = /CỘNG H|Độc lập|^số|^nơi nhận/iu;

/** Whether two pieces of a line are the sides of a head or an ending. */
const areSides = (left, right) => MOTTO.test(right) || PLACE_AND_DAY.test(right) || OFFICE.test(right) || NUMBERED.test(left) || RECIPIENTS.test(left)
  || (ITEM.test(left) && PERSON.test(right));

/** The two sides of a line of a head or an ending that was set with tabs or spaces instead of a table; null for other lines. */
export function sidesOf(words) {
  if (words.length > MOST_HEAD) return null;
  const line = words.trim();
  if (line.includes("\t")) {
    const cells = line.split(/\t+/u).map(folded).filter(Boolean);
    return cells.length === 2 && areSides(cells[0], cells[1]) && cells[0].length > 3 ? cells : null;
  }
  if (!MAY_HAVE_SIDES.test(line)) return null;
  const single = folded(line);
  for (const pattern of BETWEEN) {
    const found = pattern.exec(single);
    if (found && (RECIPIENTS.test(line) ? OFFICE.test(found[2]) : NUMBERED.test(line) || isUpper(found[1]))) return [folded(found[1]), folded(found[2])];
  }
  return null;
}

// The mark of a secret stands alone: “bí mật”, “mặt”, “bảo mật” are words like others.
const LEVEL = "(tuyệt\\s*mật|tối\\s*mật|mật|m\\s+ậ\\s+t|t\\s*ố\\s*i\\s+m\\s*ậ\\s*t|t\\s*u\\s*y\\s*ệ\\s*t\\s+m\\s*ậ\\s*t)";
const EDGE = "[\\s()\\[\\]{}*_.,;:|“”\"–—-]*";
const ALONE = new RegExp(`^${EDGE}${LEVEL}${EDGE}(?:(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn)${EDGE}|(?:bản số|số bản)${EDGE}[\\d./….\\s]*)?$`, "iu");
const NAMED = new RegExp(`^${EDGE}(?:(?:mức\\s+)?độ\\s+(?:bảo\\s+)?mật|tài liệu|văn bản|hồ sơ)${EDGE}${LEVEL}${EDGE}$`, "iu");
const MOST_MARK = 60;

/** Whether words that stand alone mark a text as secret; in small letters only where a mark is to be expected. */
const isMark = (words, isHead) => words.length <= MOST_MARK && ((ALONE.test(words) && (isHead || isUpper(words))) || (NAMED.test(words) && (/^\P{L}*(?:mức\s+)?độ/iu.test(words) || isUpper(words))));

/** How far down the head of a text may go. */
const MOST_HEAD_LINES = 40;
const ENDS_HEAD = /^(?:căn cứ|xét|điều\s+\d)/iu;

/** Looks through lines as they come for the mark of a secret: `seen(lines)` tells whether there is one. */
export function secretSeeker() {
  let line = 0;
  let isHead = true;
  return (lines) => lines.some(({ text, cells, part }) => {
    if (part === "body") {
      line += 1;
      if (line > MOST_HEAD_LINES || ENDS_HEAD.test(text.trim())) isHead = false;
    }
    const inHead = isHead || part === "head" || part === "box";
    if (!cells) return isMark(text.trim(), inHead);
    if (!inHead) return false;
    const marks = cells.flatMap((cell) => cell.split("\n")).map((one) => one.trim()).filter((one) => isMark(one, inHead));
    // A list of what is how secret names several.
    return marks.length > 0 && new Set(marks.map((one) => one.toLowerCase())).size === 1;
  });
}

/** A line of a draft, with what most lines do not have. */
export const lineOf = (text, more) => ({ text, cells: null, table: 0, part: "body", bold: false, center: false, number: "", change: "", mark: false, ...more });
/** The text of a row. */
export const rowText = (cells) => cells.map((cell) => cell.replace(/\n/gu, " ")).join("\t");

/** What is told of a file where nothing is known of it. */
export const fileOf = (name, more) => ({
  name, creator: "", lastBy: "", title: "", created: "", modified: "", comments: 0, changes: 0, highlights: 0, oldFont: "", decomposed: false, fonts: [], pages: 0, ...more,
});
