// Which kind of resolution a title speaks of. No page here; the kinds are given (data/resolution-kinds.js).
import { fold } from "../ui/fold.js";

const plain = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;

/** The ID of the kind whose longest words stand in the title; "" where none do. Of equals the first. */
export function kindOfTitle(title, kinds) {
  const text = plain(title);
  let best = "";
  let length = 0;
  for (const [id, { words }] of Object.entries(kinds)) {
    for (const word of words) {
      const wanted = plain(word);
      if (wanted.length > length && text.includes(wanted)) {
        best = id;
        length = wanted.length;
      }
    }
  }
  return best;
}

/** The kind that somebody chose, or else the one that the title tells; "" where that is no known kind. */
export function kindOfMatter({ subject, title }, kinds) {
  return Object.prototype.hasOwnProperty.call(kinds, subject || "") ? subject : kindOfTitle(title, kinds);
}
