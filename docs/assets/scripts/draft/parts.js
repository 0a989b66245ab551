// Takes a draft apart. What it is made of: heading.js, grounds.js, articles.js, ending.js, tables.js.
import { articlesOf, beginsArticle, dutiesOf } from "./articles.js";
import { annexesIn, endingOf } from "./ending.js";
import { openingOf } from "./grounds.js";
import { headOf } from "./heading.js";
import { tablesOf } from "./tables.js";
import { isUpper, pieces } from "./words.js";

const WANTED = ["body", "number", "dated", "type", "title", "grounds", "resolves", "articles", "implementation", "effect", "signature", "recipients"];
const isThere = (value) => (Array.isArray(value) ? value.length > 0 : !!value);

const isNational = (line) => pieces(line).some((one) => /^c(?:ộng|ỘNG) h(?:òa|oà|ÒA|OÀ) x(?:ã|Ã) h(?:ội|ỘI)/iu.test(one));
/** Papers that are no part of a resolution, though one file may hold them. */
const OWN_PAPERS = ["nghi-quyet", "to-trinh", "bao-cao", "quyet-dinh", "thong-bao", "bien-ban"];
const ABOVE_HEAD = 8;

/** Where a head begins whose national motto stands at `line`: the council's lines may stand above it. */
function startOfHead(lines, line, from) {
  let first = line;
  for (let above = line - 1; above >= Math.max(from, line - ABOVE_HEAD); above -= 1) {
    const text = lines[above].text.trim();
    if (text && !(isUpper(text) || /^[-_*=.]+$/u.test(text) || /^số\s*:/iu.test(text))) break;
    if (/^(?:thường trực|hội đồng nhân dân|hđnd|(?:ủy|uỷ) ban nhân dân|ubnd)/iu.test(text)) first = above;
  }
  return first;
}

/** A draft's own lines: annexes may stand before them, other papers before and after. */
function rangeOf(lines) {
  const heads = [];
  for (let line = 0; line < lines.length && heads.length < 30; line += 1) if (isNational(lines[line])) heads.push(startOfHead(lines, line, heads.length ? heads[heads.length - 1] + 1 : 0));
  if (!heads.length) return { from: 0, to: lines.length };
  // Annexes alone before the only head; elsewhere what stands first belongs to it.
  const isAnnex = lines.slice(0, heads[0]).some(({ text }, at) => at < 12 && /^phụ lục|^biểu số/iu.test(text.trim()));
  if (!isAnnex) heads[0] = 0;
  if (heads.length === 1) return { from: heads[0], to: lines.length };
  const kinds = heads.map((from, at) => {
    const { type } = headOf(lines, from, at + 1 < heads.length ? heads[at + 1] : lines.length);
    const isWith = lines.slice(from, from + 25).some(({ text }) => /^[([]?\s*(?:ban hành\s+)?kèm\s+theo\s/iu.test(text.trim()));
    return isWith || !type ? "" : type.value;
  });
  const main = Math.max(0, kinds.indexOf("nghi-quyet"));
  const next = kinds.findIndex((kind, at) => at > main && OWN_PAPERS.includes(kind));
  return { from: heads[main], to: next < 0 ? lines.length : heads[next] };
}

/** The parts of a draft; places are line numbers, what is not there is null or []. The shape: see the return below. */
export function partsOf({ lines: read }) {
  // Heads and feet of pages and notes stand behind the body.
  const behind = read.findIndex(({ part }) => part === "head" || part === "note");
  const lines = behind < 0 ? read : read.slice(0, behind);
  const { from, to } = rangeOf(lines);
  const { end: afterHead, ...head } = headOf(lines, from, to);
  let firstArticle = -1;
  for (let line = Math.min(afterHead, to); line < to && firstArticle < 0; line += 1) if (beginsArticle(lines[line])) firstArticle = line;
  const { end: resolved, ...opening } = openingOf(lines, head.council ? Math.max(afterHead, head.council.to + 1) : afterHead, firstArticle, to);
  const begun = firstArticle >= 0 ? firstArticle : resolved;
  const { from: ended, ...ending } = endingOf(lines, begun, to);
  const { adopted } = ending;
  // The sentence of adoption belongs to no article, unless it is one.
  const isApart = adopted && adopted.line > begun && !beginsArticle(lines[adopted.line]) && adopted.line < ended;
  const { articles } = articlesOf(lines, begun, isApart ? adopted.line : Math.max(begun, ended));
  const { implementation, effect } = dutiesOf(lines, articles, opening.resolves ? opening.resolves.to + 1 : begun, Math.max(begun, ended), adopted);
  const parts = { ...head, ...opening, articles, tables: tablesOf(lines, { from, afterHead, ended, annexes: ending.annexes }), implementation, effect, ...ending, annexesBefore: annexesIn(lines, 0, from), range: { line: from, to: to - 1 } };
  return { ...parts, missing: WANTED.filter((name) => !isThere(parts[name])) };
}
