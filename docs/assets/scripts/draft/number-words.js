// Numbers that are written out: “mười hai tỷ, năm trăm triệu đồng”, “bốn mươi ba”; which one in a row: “thứ ba”, “thứ III”.
import { evened } from "./words.js";

const DIGITS = { "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9 };
const GROUPS = { "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9 };
/** Words that stand between numbers and say nothing. */
const SILENT = new Set(["lẻ", "linh", "và"]);

/** The number that some words tell, in lower case; null where any of them tells none. “tám tỷ rưỡi” is not read. */
export function numberInWords(text) {
  const words = text.replace(/[,.]/gu, " ").trim().split(/\s+/u).filter((word) => word && !SILENT.has(word));
  if (!words.length || words.length > 40) return null;
  let [total, group, last] = [0, 0, null];
  for (const word of words) {
    if (word in DIGITS) {
      if (last !== null) group += last;
      last = DIGITS[word];
    } else if (word === "mười") {
      group += 10;
      last = null;
    } else if (word === "mươi" || word === "chục") {
      group += 10 * (last === null ? 1 : last);
      last = null;
    } else if (word === "trăm") {
      group += 100 * (last === null ? 1 : last);
      last = null;
    } else if (word in GROUPS) {
      const value = group + (last || 0);
      // “một nghìn tỷ”: a thousand of the greater group.
      if (GROUPS[word] === 1e9 && total && total % 1e9 !== 0) total = (total + value) * 1e9;
      else total += value * GROUPS[word];
      [group, last] = [0, null];
    } else return null;
  }
  return total + group + (last || 0);
}

const ORDINALS = { "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10 };
const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };
/** “thứ ba”, “thứ 3”, “thứ III” alike; the words themselves where they tell no number. */
export function ordinal(words) {
  const said = evened(words).replace(/^kỳ họp\s+(?:thứ\s+)?|^khóa\s+/u, "");
  if (/^\d+$/.test(said)) return Number(said);
  if (/^[ivxlc]+$/.test(said)) return [...said].reduce((sum, letter, at) => sum + (ROMAN[letter] < (ROMAN[said[at + 1]] || 0) ? -ROMAN[letter] : ROMAN[letter]), 0);
  const parts = said.split(" ");
  if (parts[0] === "mười" && parts.length === 2) return 10 + (ORDINALS[parts[1]] || (parts[1] === "một" ? 1 : 0));
  return ORDINALS[said] || said;
}
