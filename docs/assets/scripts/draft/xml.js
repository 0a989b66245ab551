// Reads XML in steps, as a small tree of only what is needed. The browser's own reader takes a quarter of a second for
// ten pages on a slow phone and cannot pause; this one reads no DTD, so that no entity of a file's own can swell.
import { BadDraft } from "./refusals.js";

const KNOWN = new Map(Object.entries({
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "", "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
  "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:", "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
  "http://schemas.openxmlformats.org/drawingml/2006/main": "a:", "http://purl.oclc.org/ooxml/drawingml/main": "a:",
  "http://schemas.openxmlformats.org/drawingml/2006/chart": "c:", "http://purl.oclc.org/ooxml/drawingml/chart": "c:",
  "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm:", "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm:",
  "urn:schemas-microsoft-com:vml": "v:", "urn:schemas-microsoft-com:office:office": "o:",
  "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
  "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp:", "http://purl.org/dc/elements/1.1/": "dc:", "http://purl.org/dc/terms/": "dcterms:",
  "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "app:", "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": "app:",
}));
const OTHER = "?:";
/** Deeper than any text that somebody wrote; what goes through the tree calls itself as often. */
const MOST_DEEP = 250;
const MOST_PREFIXES = 200;

const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const NAME = /<([^\s/>=<"'&!?]+)/y;
const REFERENCE = /&(#x[\da-f]{1,6}|#\d{1,7}|\w{1,8});|&/giu;
const NAMED = new Map([["lt", "<"], ["gt", ">"], ["amp", "&"], ["quot", '"'], ["apos", "'"]]);
/** The children of an element that has none. */
const NONE = Object.freeze([]);
const bad = () => new BadDraft("broken");

function plain(words) {
  if (!words.includes("&")) return words;
  return words.replace(REFERENCE, (_, code) => {
    if (!code) throw bad();
    if (code[0] !== "#") {
      if (!NAMED.has(code)) throw bad();
      return NAMED.get(code);
    }
    const number = code[1] === "x" || code[1] === "X" ? parseInt(code.slice(2), 16) : parseInt(code.slice(1), 10);
    if (!number || number > 0x10ffff) throw bad();
    return String.fromCodePoint(number);
  });
}

/** An attribute's value by its name without prefix; undefined where there is none. */
export function attribute(node, name) {
  if (!node || !node.raw) return undefined;
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(node.raw); found; found = ATTRIBUTE.exec(node.raw)) {
    const [, full] = found;
    if (full === name || (full.length > name.length && full.endsWith(`:${name}`))) return plain(found[2] ?? found[3]);
  }
  return undefined;
}

/** The first child of a name; undefined where there is none. */
export const child = (node, name) => (node ? node.kids.find((one) => one.name === name) : undefined);
/** The children of a name. */
export const children = (node, name) => (node ? node.kids.filter((one) => one.name === name) : []);

/** The names that attributes give to namespaces, over those that held until here. */
function scopeOf(raw, before) {
  const scope = new Map(before);
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(raw); found; found = ATTRIBUTE.exec(raw)) {
    const [, full] = found;
    const short = KNOWN.get(plain(found[2] ?? found[3])) ?? OTHER;
    if (full === "xmlns") scope.set("", short);
    else if (full.startsWith("xmlns:")) scope.set(full.slice(6), short);
    // Each element that names more copies these.
    if (scope.size > MOST_PREFIXES) throw bad();
  }
  return scope;
}

/**
 * Goes through XML. Elements are {name, raw, kids, text}; a name is “p” in Word's namespace, “m:t” and the like in others.
 * `isOpen(name)`: an element whose children are not kept but told one by one, if all around it are such; then `onOpen(name)`
 * and `onClose(name)` are called, and `onUnit(node, name of what it stands in)` for each child that was read whole.
 * `step(most)` reads so many letters and tells whether all is read. Throws BadDraft.
 */
export function reading(source, { isOpen = () => false, onOpen = () => {}, onClose = () => {}, onUnit }) {
  // Of each element that is open: itself, its name as written, what prefixes mean in it, whether its children are told.
  const [stack, fulls, spaces, opens] = [[], [], [{ scope: new Map([["xml", OTHER]]), names: new Map() }], [true]];
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let ended = false;

  const nameOf = (full, { scope, names }) => {
    let name = names.get(full);
    if (name === undefined) {
      const colon = full.indexOf(":");
      const prefix = colon < 0 ? "" : full.slice(0, colon);
      if (colon >= 0 && !scope.has(prefix)) throw bad();
      name = `${scope.get(prefix) ?? OTHER}${full.slice(colon + 1)}`;
      names.set(full, name);
    }
    return name;
  };

  const close = () => {
    const node = stack.pop();
    fulls.pop();
    spaces.pop();
    const above = stack[stack.length - 1];
    if (opens.pop()) onClose(node.name);
    else if (opens[opens.length - 1]) onUnit(node, above ? above.name : "");
    else if (above.kids === NONE) above.kids = [node];
    else above.kids.push(node);
    ended = !above;
  };

  const open = () => {
    NAME.lastIndex = at;
    const start = NAME.exec(source);
    if (!start || ended || stack.length >= MOST_DEEP) throw bad();
    const from = NAME.lastIndex;
    let to = from;
    ATTRIBUTE.lastIndex = to;
    while (ATTRIBUTE.test(source)) to = ATTRIBUTE.lastIndex;
    const raw = source.slice(from, to);
    while (source.charCodeAt(to) <= 32) to += 1;
    const isEmpty = source[to] === "/";
    if (source[isEmpty ? to + 1 : to] !== ">") throw bad();
    at = to + (isEmpty ? 2 : 1);
    const around = spaces[spaces.length - 1];
    const space = raw.includes("xmlns") ? { scope: scopeOf(raw, around.scope), names: new Map() } : around;
    const name = nameOf(start[1], space);
    stack.push({ name, raw, kids: NONE, text: "" });
    fulls.push(start[1]);
    spaces.push(space);
    opens.push(opens[opens.length - 1] && isOpen(name));
    if (opens[opens.length - 1]) onOpen(name);
    if (isEmpty) close();
  };

  const words = (text) => {
    if (stack.length) stack[stack.length - 1].text += text;
    else if (text.trim()) throw bad();
  };

  const after = (mark, from) => {
    const found = source.indexOf(mark, from);
    if (found < 0) throw bad();
    return found;
  };

  const special = () => {
    if (source.startsWith("<!--", at)) at = after("-->", at + 4) + 3;
    else if (source.startsWith("<![CDATA[", at)) {
      const to = after("]]>", at);
      if (!stack.length) throw bad();
      words(source.slice(at + 9, to));
      at = to + 3;
    } else if (source[at + 1] === "?") at = after("?>", at) + 2;
    else throw bad();
  };

  return {
    step(most) {
      const until = at + most;
      while (at < source.length && at < until) {
        const next = source.indexOf("<", at);
        const to = next < 0 ? source.length : next;
        if (to > at) words(plain(source.slice(at, to)));
        at = to;
        if (next < 0) break;
        const mark = source[at + 1];
        if (mark === "/") {
          const end = after(">", at);
          if (!stack.length || source.slice(at + 2, end).trimEnd() !== fulls[fulls.length - 1]) throw bad();
          at = end + 1;
          close();
        } else if (mark === "!" || mark === "?") special();
        else open();
      }
      if (at < source.length) return false;
      if (!ended) throw bad();
      return true;
    },
  };
}

/** The whole tree of a small part. Throws BadDraft. */
export function treeOf(source) {
  let root = null;
  reading(source, { onUnit: (node) => {
    root = node;
  } }).step(Infinity);
  return root;
}
