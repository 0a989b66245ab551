// Reads a file by what it holds, not by what it is called.
import { textOfPlain } from "./plain-text.js";
import { BadDraft } from "./refusals.js";

const MOST_BYTES = 20000000;
const starts = (bytes, ...codes) => codes.every((code, at) => bytes[at] === code);

function decoded(bytes) {
  if (starts(bytes, 0xff, 0xfe)) return new TextDecoder("utf-16le").decode(bytes);
  if (starts(bytes, 0xfe, 0xff)) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BadDraft("other");
  }
}

/** The text of a file. Throws BadDraft. */
export function textOfFile(bytes, name) {
  if (bytes.length > MOST_BYTES) throw new BadDraft("size");
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) throw new BadDraft("pdf");
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new BadDraft("doc");
  if (starts(bytes, 0x50, 0x4b)) throw new BadDraft("broken");
  return textOfPlain(decoded(bytes), name);
}

/** The same as a list of short tasks, each given what the one before returned. */
export const stagesOfFile = (bytes, name) => [() => textOfFile(bytes, name)];
