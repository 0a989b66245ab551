// What filling Word and Excel files shares: unpacking within limits, XML, words that XML can hold. No page here.
import { strFromU8, strToU8, unzipSync, zipSync } from "../vendor/fflate.js";

/** A file of ours unpacks to a tenth of this; what is larger would stop the page. */
const MOST_BYTES = 6000000;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A file that is no form of this handbook, damaged, or too large. */
export class BadFile extends Error {
  name = "BadFile";
}

/** The parts of a packed file by name, those that `wanted(name)` names. Throws BadFile. */
export function unpacked(bytes, wanted = () => true) {
  let total = 0;
  try {
    return unzipSync(bytes, { filter: ({ name, originalSize }) => {
      if (!wanted(name)) return false;
      total += originalSize;
      if (total > MOST_BYTES) throw new BadFile("size");
      return true;
    } });
  } catch (fault) {
    throw fault instanceof BadFile ? fault : new BadFile("zip");
  }
}
export const packed = (files) => zipSync(files, { level: 6 });

export function parsed(files, name) {
  if (!files[name]) throw new BadFile(name);
  const text = strFromU8(files[name]);
  // No office program writes a DTD: what it declares would swell before anybody could stop it.
  if (text.includes("<!DOCTYPE")) throw new BadFile(name);
  const found = new DOMParser().parseFromString(text, "application/xml");
  if (found.querySelector("parsererror")) throw new BadFile(name);
  return found;
}
export const written = (document_) => strToU8(HEAD + new XMLSerializer().serializeToString(document_.documentElement));

/** Words without what XML cannot hold. */
// eslint-disable-next-line no-control-regex
export const clean = (words) => words.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, "").replace(/[ \t]+/g, " ");
