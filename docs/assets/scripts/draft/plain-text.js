// Reads a draft that was pasted, or a file of plain text.
import { BadDraft } from "./refusals.js";

const MOST_LETTERS = 1500000;

/** The text of a draft (its shape: see office-text.js). Throws BadDraft. */
export function textOfPlain(words, name) {
  if (words.length > MOST_LETTERS) throw new BadDraft("pages");
  let table = 0;
  let inTable = false;
  // eslint-disable-next-line no-control-regex
  const lines = words.normalize("NFC").replace(/\r\n?|\u2028|\u2029|\u000b/g, "\n").split("\n").map((line) => {
    const flat = line.replace(/[\u00a0\u2000-\u200a\u202f]/g, " ").replace(/[\u00ad\u200b-\u200f\ufeff]/g, "");
    const cells = flat.includes("\t") ? flat.split("\t").map((cell) => cell.trim()) : null;
    if (cells && !inTable) table += 1;
    inTable = !!cells;
    return { text: cells ? cells.join("\t") : flat.replace(/ +/g, " ").trim(), cells, table: cells ? table : 0, part: "body", bold: false, center: false, number: "", change: "", mark: false };
  });
  if (lines.every(({ text }) => !text.trim())) throw new BadDraft("empty");
  return { lines, file: { name, creator: "", lastBy: "", title: "", created: "", modified: "", comments: 0, changes: 0, highlights: 0, oldFont: "", decomposed: false, fonts: [], pages: 0 }, told: [] };
}
