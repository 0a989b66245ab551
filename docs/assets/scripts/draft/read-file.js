// Tells by a file's content, not by its name, what it is, and has it read or says in one word why not.
import { stagesOfDocx, mainPartOf } from "./office-text.js";
import { stagesOfPlain } from "./plain-text.js";
import { vietnamese, wayOfWords } from "./old-fonts.js";
import { BadDraft } from "./refusals.js";
import { entriesOf } from "./zip.js";

/** No larger file is read. */
export const MOST_BYTES = 20000000;
/** More bytes than the longest text that is read can have. */
const MOST_TEXT_BYTES = 5000000;
const MOST_LOCK_BYTES = 1000;
const OLE_SECTORS = 16;

const latin = (bytes, from, to) => String.fromCharCode(...bytes.subarray(from, to));

/** How files begin that are told from each other, and what is said of them. */
const BEGINNINGS = [
  [/^\s*\{\\rtf/u, "rtf"], [/^(?:\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif))/su, "image"],
  [/^(?:Rar!|7z\xbc\xaf)/u, "archive"],
];

/** The names of streams in an old Office file, from the first of its directory. */
function streamsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 512) return "";
  const sector = 2 ** Math.min(12, Math.max(9, view.getUint16(0x1e, true)));
  const from = (view.getUint32(0x30, true) + 1) * sector;
  if (from >= bytes.length) return "";
  return new TextDecoder("utf-16le").decode(bytes.subarray(from, Math.min(bytes.length, from + OLE_SECTORS * sector)));
}

function refusalOfOle(bytes) {
  const streams = streamsOf(bytes);
  if (streams.includes("EncryptedPackage")) return "locked";
  if (streams.includes("WordDocument")) return "doc";
  if (/Workbook|Book\0/u.test(streams)) return "excel";
  return streams.includes("PowerPoint") ? "slides" : "doc";
}

function refusalOfZip(bytes, entries) {
  const has = (name) => entries.has(name);
  const under = (folder) => [...entries.keys()].some((name) => name.startsWith(folder));
  if (has("mimetype") && has("content.xml")) {
    const { at, size } = entries.get("mimetype");
    const kind = latin(bytes, at + 38, at + 38 + Math.min(size, 80));
    return kind.includes("spreadsheet") ? "excel" : kind.includes("presentation") ? "slides" : "odt";
  }
  if (has("xl/workbook.xml") || has("xl/workbook.bin")) return "excel";
  if (has("ppt/presentation.xml")) return "slides";
  if (has("[content_types].xml") || under("word/") || !entries.size) return "broken";
  // Apple's programs pack their files, too.
  return has("index/document.iwa") || has("index.zip") || has("meta-inf/container.xml") ? "other" : "archive";
}

/** Words as they stand in a file, by the mark at its beginning or by what makes sense. */
function decoded(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const some = bytes.subarray(0, 2000);
  const zeros = [0, 1].map((rest) => some.filter((byte, at) => at % 2 === rest && byte === 0).length);
  // UTF-16 without its mark: half of the letters are of ASCII.
  if (zeros[1] > some.length / 8 && zeros[0] * 10 < zeros[1]) return new TextDecoder("utf-16le").decode(bytes);
  if (zeros[0] > some.length / 8 && zeros[1] * 10 < zeros[0]) return new TextDecoder("utf-16be").decode(bytes);
  if (zeros[0] + zeros[1]) throw new BadDraft("other");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Before Unicode: TCVN3 and VNI stand in western letters, Windows had a way of its own.
    const western = new TextDecoder("windows-1252").decode(bytes);
    if (wayOfWords(western)) return western;
    const own = new TextDecoder("windows-1258").decode(bytes).normalize("NFC");
    if (vietnamese(own.slice(0, 20000)).share > 0.7) return own;
    // A UTF-8 text with some damaged bytes is read; what is no text at all is not.
    const damaged = new TextDecoder().decode(bytes);
    if ((damaged.match(/\ufffd/gu) || []).length * 20 > damaged.length) throw new BadDraft("other");
    return damaged;
  }
}

function stagesOfWords(bytes, name) {
  if (bytes.length > MOST_TEXT_BYTES) throw new BadDraft("pages");
  const words = decoded(bytes);
  const start = words.slice(0, 400).replace(/^\ufeff/u, "").trimStart();
  if (/^(?:<!doctype html|<html|<head|<body|<meta|mime-version:|from: |received: )/iu.test(start)) throw new BadDraft("html");
  if (/^<\?xml|^%!ps/iu.test(start)) throw new BadDraft("other");
  // eslint-disable-next-line no-control-regex
  if ((words.slice(0, 4000).match(/[\u0000-\u0008\u000e-\u001f]/gu) || []).length > 20) throw new BadDraft("other");
  return stagesOfPlain(words, name);
}

/**
 * The reading of a file in steps: functions to call one after the other, each with what the one before gave; the last gives
 * the text (its shape: see office-text.js). Both this and they throw BadDraft.
 */
export function stagesOfFile(bytes, name) {
  if (bytes.length > MOST_BYTES) throw new BadDraft("size");
  if (!bytes.length) throw new BadDraft("empty");
  if (name.startsWith("~$") && bytes.length < MOST_LOCK_BYTES) throw new BadDraft("temporary");
  const start = latin(bytes, 0, 1024);
  if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
    const entries = entriesOf(bytes);
    if (!mainPartOf(bytes, entries)) throw new BadDraft(refusalOfZip(bytes, entries));
    return stagesOfDocx(bytes, name, entries);
  }
  if (start.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) throw new BadDraft(refusalOfOle(bytes));
  if (start.includes("%PDF-")) throw new BadDraft("pdf");
  if (start.startsWith("\u001f\u008b")) throw new BadDraft("archive");
  const known = BEGINNINGS.find(([pattern]) => pattern.test(start));
  if (known) throw new BadDraft(known[1]);
  return stagesOfWords(bytes, name);
}

/** The text of a file at once. Throws BadDraft. */
export const textOfFile = (bytes, name) => stagesOfFile(bytes, name).reduce((value, stage) => stage(value), undefined);
