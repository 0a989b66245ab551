// Which kind of resolution a title speaks of. No page here; the kinds are given (data/resolution-kinds.js).
import { withoutMarks } from "../basics/without-marks.js";

const plain = (text) => ` ${withoutMarks(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;

/** How many letters of a title some words account for; “…” between them stands for any others. 0 where they are not all there. */
function matched(text, words) {
  let at = 0;
  let length = 0;
  for (const part of words.split("…").map(plain)) {
    const found = text.indexOf(part, at);
    if (found < 0) return 0;
    at = found + part.length - 1;
    length += part.length;
  }
  return length;
}

/** The ID of the kind whose longest words stand in the title; "" where none do. Of equals the first. */
export function kindOfTitle(title, kinds) {
  const text = plain(title);
  let best = "";
  let length = 0;
  for (const [id, { words }] of Object.entries(kinds)) {
    for (const word of words) {
      const letters = matched(text, word);
      if (letters > length) {
        best = id;
        length = letters;
      }
    }
  }
  return best;
}

/** The kind that somebody chose, or else the one that the title tells; "" where that is no known kind. */
export function kindOfMatter({ subject, title }, kinds) {
  return Object.prototype.hasOwnProperty.call(kinds, subject || "") ? subject : kindOfTitle(title, kinds);
}
