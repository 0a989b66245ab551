// Opens the parts of a packed file one by one, each within a bound, in steps. What a file says of its parts' sizes holds:
// a part is unpacked little by little and given up as soon as it is longer, damaged or meant to deceive.
import { Inflate } from "../vendor/fflate.js";
import { BadDraft } from "./refusals.js";

/** No part is unpacked beyond this. */
export const MOST_PART_BYTES = 5000000;
const MOST_ENTRIES = 10000;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL = 0xffffffff;
/** So much packed data at once becomes at most a thousand times as much. */
const PUSH = 4096;

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const bad = () => new BadDraft("broken");

/** {from, count} of the list of entries, which stands at the end. */
function listOf(view) {
  const { byteLength: length } = view;
  const lowest = Math.max(0, length - 65557);
  for (let at = length - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    const [count, from] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    if (from !== FULL && count !== 0xffff) return { from, count };
    const far = at >= 20 ? view.getUint32(at - 12, true) : length;
    if (far + 56 > length || view.getUint32(far, true) !== END_64) throw bad();
    return { from: Number(view.getBigUint64(far + 48, true)), count: Number(view.getBigUint64(far + 32, true)) };
  }
  throw bad();
}

/** Sizes and place of an entry that is told in the long form. */
function longOf(view, entry, from, to) {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const long = (value) => {
      if (value !== FULL) return value;
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    };
    const size = long(entry.size);
    const packed = long(entry.packed);
    return { ...entry, size, packed, at: long(entry.at) };
  }
  return entry;
}

/** The entries of a packed file, by name in small letters: {size, packed, at, method, locked}. Throws BadDraft. */
export function entriesOf(bytes) {
  const view = viewOf(bytes);
  const found = new Map();
  try {
    const { from, count } = listOf(view);
    if (count > MOST_ENTRIES) throw bad();
    let at = from;
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== ENTRY) throw bad();
      const [name, extra, comment] = [28, 30, 32].map((one) => view.getUint16(at + one, true));
      const entry = {
        size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), at: view.getUint32(at + 42, true),
        method: view.getUint16(at + 10, true), locked: (view.getUint16(at + 8, true) & 1) === 1,
      };
      const key = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)).replace(/\\/g, "/").replace(/^\/+/, "").toLowerCase();
      // Names are told apart in small letters; of two alike the first is the one.
      if (!found.has(key)) found.set(key, longOf(view, entry, at + 46 + name, at + 46 + name + extra));
      at += 46 + name + extra + comment;
    }
  } catch {
    // What stands beyond the end of the file is a RangeError.
    throw bad();
  }
  return found;
}

function dataOf(bytes, { at, packed }) {
  const view = viewOf(bytes);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) throw bad();
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packed > bytes.length) throw bad();
  return bytes.subarray(from, from + packed);
}

/** How the words of a part are written; one that begins with no mark is UTF-8. */
const writingOf = (bytes) => (bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8");

/**
 * The words of one entry, unpacked in steps: `step(most)` unpacks at least so many bytes and tells whether all is there,
 * then `text()` is all of it. Throws BadDraft.
 */
export function opening(bytes, entry) {
  if (entry.locked) throw new BadDraft("locked");
  if (entry.size > MOST_PART_BYTES) throw new BadDraft("part-size");
  if (entry.method !== 0 && entry.method !== 8) throw bad();
  const data = dataOf(bytes, entry);
  let [at, length, text, decoder] = [0, 0, "", null];
  const take = (piece) => {
    length += piece.length;
    if (length > entry.size) throw bad();
    if (!piece.length) return;
    decoder = decoder || new TextDecoder(writingOf(piece));
    text += decoder.decode(piece, { stream: true });
  };
  const stream = new Inflate(take);
  const push = entry.method === 0 ? take : (piece, last) => {
    try {
      stream.push(piece, last);
    } catch (fault) {
      throw fault instanceof BadDraft ? fault : bad();
    }
  };
  return {
    step(most) {
      const until = length + most;
      while (at < data.length && length < until) {
        const to = Math.min(at + PUSH, data.length);
        push(data.subarray(at, to), to === data.length);
        at = to;
      }
      if (at < data.length) return false;
      if (length < entry.size) throw bad();
      return true;
    },
    text: () => text + (decoder ? decoder.decode() : ""),
  };
}
