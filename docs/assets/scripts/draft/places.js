// Where signs are found: whole lines, words of a line, of the title, of a ground; what a draft itself decides, its own day and years.
import { yearsIn } from "./words.js";

/** A whole line as a place. */
export const whole = (all, line) => ({ line, from: 0, to: all.text.lines[line].text.length });

/** Where a cell stands in its row's text. */
export function cellAt({ cells }, column) {
  const from = cells.slice(0, column).reduce((sum, cell) => sum + cell.replace(/\n/g, " ").length + 1, 0);
  return { from, to: from + cells[column].length };
}

/** The lines of a part; none where there is no part. */
export const span = (part) => (part ? Array.from({ length: Math.max(0, (part.to === undefined ? part.line : part.to) - part.line + 1) }, (_, at) => part.line + at) : []);

/** Words of a line between the semicolons and full stops around a place. */
export function clauseAt(words, at, to = at) {
  const from = Math.max(words.lastIndexOf("; ", at), words.lastIndexOf(". ", at)) + 1;
  const ends = [words.indexOf("; ", to), words.indexOf(". ", to)].filter((end) => end >= 0);
  return words.slice(from, ends.length ? Math.min(...ends) : words.length);
}

const NONE = { test: () => false };

/** The first place of a pattern in each of some lines; `silent`: lines that match it tell nothing. */
export function inLines(all, lines, pattern, silent = NONE) {
  return lines.flatMap((line) => {
    const found = pattern.exec(all.outside(line));
    return found && !silent.test(all.lower[line]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

/** Where words that were found in some lines put together stand; the first line whole, where a line's end parts them. */
function placed(all, line, to, words) {
  for (let at = line; at <= to; at += 1) {
    const from = all.lower[at].indexOf(words);
    if (from >= 0) return { line: at, from, to: from + words.length };
  }
  return whole(all, line);
}

/** The title in lower case, "" where there is none. */
export const titleOf = ({ parts }) => (parts.title ? parts.title.value.toLowerCase() : "");

/** What a pattern finds in the title, though it may stand on several lines. */
export function inTitle(all, pattern, silent = NONE) {
  const title = titleOf(all);
  const found = pattern.exec(title);
  return found && !silent.test(title) ? [placed(all, all.parts.title.line, all.parts.title.to, found[0].trim())] : [];
}

/** The place of a ground, to its end on its first line. */
export const ground = (all, { line, text }) => {
  const from = Math.max(0, all.lower[line].indexOf(text.slice(0, 40).toLowerCase()));
  return { line, from, to: Math.min(all.text.lines[line].text.length, from + text.length) };
};

/** The first sentence of Article 1 in lower case, "" where there is none. */
export const firstSentence = ({ parts }) => (parts.articles.length ? parts.articles[0].text.split("\n")[0].toLowerCase().replace(/^điều\s+\d+\s*[.:]?\s*/u, "") : "");

/** Lines of the articles that decide something: neither rows of tables nor who does it, since when. */
export const decided = (all) => all.places.content.filter((line) => !all.text.lines[line].cells);

/** What a pattern finds in the title, or else in what the articles decide. */
export function inDecision(all, pattern, silent = NONE) {
  const found = inTitle(all, pattern, silent);
  return found.length ? found : inLines(all, decided(all), pattern, silent);
}

/** Whether a paper asks or reports: what only a resolution must tell is not looked for in it. */
export const isOtherPaper = ({ parts }) => !!parts.type && ["to-trinh", "bao-cao"].includes(parts.type.value) && !parts.articles.length;

/** Whether this is a council's first sitting: others submit there. */
export const isFirstSitting = ({ parts }) => [parts.council, parts.adopted].some((part) => part && /thứ nhất|thứ 0?1(?!\d)|thứ i(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/iu.test(part.sitting));

/** The budget year that a draft speaks of, or else the year that it bears; null where neither is told. */
export const budgetYear = ({ answers, parts }) => answers.year || (parts.dated && Number(parts.dated.year)) || null;

/** The day of the text itself. */
export const ownDay = ({ parts }) => (parts.adopted && parts.adopted.day) || (parts.dated && parts.dated.day) || "";

/** The first year that a plan is for, by its title; 0 where that tells none. */
export const planYear = (all) => {
  const years = yearsIn(all.parts.title ? all.parts.title.value : "").map(Number).filter((year) => year > 2024);
  return years.length ? Math.min(...years) : 0;
};
