// What a sitting is called, and how many half-days it may have: what is kept of it and what is computed agree on both.
import { vnDate } from "../basics/times.js";

export const MAX_HALVES = 12;

/** A council's name without what every council is called: “xã A”. */
export const councilOf = (text) => text.replace(/^\s*(hđnd|hội\s+đồng\s+nhân\s+dân)\s+/i, "").trim();
/** “khóa XXI”, also when the reader wrote the word, in either spelling. */
export const termOf = (text) => text && `khóa ${text.replace(/^\s*kho[áa]\s+|^\s*khóa\s+/i, "").trim()}`;
/** “5” of “kỳ họp thứ 5”, “5”, “thứ 5”; whatever else a sitting is called stays: “chuyên đề”. */
export const numberOf = (text) => text.replace(/^\s*kỳ\s+họp\s+/i, "").replace(/^\s*thứ\s+/i, "").trim();
export const isNumbered = (text) => /^(\d+|[ivxlc]+|nhất)(?![\p{L}\p{N}])/iu.test(numberOf(text));

/** What a sitting without facts is called. */
export const NAMELESS = "Kỳ họp chưa ghi tên";
/** “HĐND xã A, kỳ họp thứ 5, khai mạc 10/12/2026”. */
export function nameOf(sitting) {
  const { council, term, sitting: number, opening } = sitting.facts;
  const parts = [
    council && `HĐND ${councilOf(council)}`,
    termOf(term),
    number && `kỳ họp ${isNumbered(number) ? "thứ " : ""}${numberOf(number)}`,
    opening && `khai mạc ${vnDate(opening)}`,
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : NAMELESS;
}
