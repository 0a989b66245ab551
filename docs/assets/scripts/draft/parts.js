// Takes a draft apart. What it is made of: heading.js, grounds.js, articles.js, ending.js, tables.js.
import { articlesOf, beginsArticle, dutiesOf } from "./articles.js";
import { endingOf } from "./ending.js";
import { openingOf } from "./grounds.js";
import { bodyOf, headOf } from "./heading.js";
import { tablesOf } from "./tables.js";

const WANTED = ["body", "number", "dated", "type", "title", "grounds", "resolves", "articles", "implementation", "effect", "signature", "recipients"];
const isThere = (value) => (Array.isArray(value) ? value.length > 0 : !!value);

/** The parts of a draft; places are line numbers, what is not there is null or []. The shape: see the return below. */
export function partsOf({ lines }) {
  const { end: afterHead, ...head } = headOf(lines);
  const firstArticle = lines.findIndex((line, at) => at >= Math.min(afterHead, lines.length) && beginsArticle(line));
  const { end: resolved, ...opening } = openingOf(lines, head.council ? Math.max(afterHead, head.council.to + 1) : afterHead, firstArticle);
  const begun = firstArticle >= 0 ? firstArticle : resolved;
  const { from: ended, ...ending } = endingOf(lines, begun);
  const stop = Math.max(begun, Math.min(ended, ending.adopted && !beginsArticle(lines[ending.adopted.line]) ? lines.length : ended));
  const articles = articlesOf(lines, begun, stop);
  const { implementation, effect } = dutiesOf(lines, articles, opening.resolves ? opening.resolves.line + 1 : begun, stop);
  if (opening.resolves) {
    const words = opening.resolves.text.replace(/\s*(?:quyết nghị|quyết định|nghị quyết)\s*:?\.?$/iu, "");
    opening.resolves.by = words ? bodyOf(words) : "";
  }
  const parts = { ...head, ...opening, articles, tables: tablesOf(lines), implementation, effect, ...ending };
  return { ...parts, missing: WANTED.filter((name) => !isThere(parts[name])) };
}
