// Reads a draft that was pasted, or a file of plain text.
import { MOST_LETTERS, MOST_LINES, fileOf, folded, isDecomposed, lineOf, rowText, secretSeeker, sidesOf, tidy } from "./letters.js";
import { inUnicode, wayOfWords } from "./old-fonts.js";
import { BadDraft } from "./refusals.js";

/** So many lines are read in one step. */
const AT_ONCE = 1500;
/** A line that was broken in its middle is at least so long. */
const LONG = 50;
const LONG_CELL = 200;
const MOST_CELLS = 63;

const LABEL = /^(?:[-–—+•*\u25aa]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivx]{1,5})[.)]|điều\s+\d{1,3}\.)$/iu;
const NEW = /^(?:[-–—+•*\u25aa]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivx]{1,5})[.)]\s|điều\s+\d|căn cứ|xét\s|theo\s+đề\s+nghị|chương\s+[ivx\d]|mục\s+[ivx\d]|phụ lục|nơi nhận|nghị quyết\s+này)/iu;
const CLOSED = /[.;:!?…”"]$/u;

/** Whether a line goes on in the next one: broken where a page of paper ended, in the midst of a sentence. */
function goesOn(line, next) {
  const text = line.trim();
  const after = next.trim();
  return text.length >= LONG && !CLOSED.test(text) && !text.includes("\t") && !after.includes("\t") && /^\p{Ll}/u.test(after) && !NEW.test(after);
}

/** Sentences put together that were broken at the ends of lines, as text from a PDF is; others stay as they are. */
function unwrapped(lines) {
  const long = lines.filter((line) => line.trim().length >= LONG).length;
  const broken = lines.filter((line, at) => at + 1 < lines.length && goesOn(line, lines[at + 1])).length;
  if (broken < 3 || broken * 5 < long) return { lines, wrapped: false };
  const width = lines.reduce((most, line) => Math.max(most, Math.min(line.trim().length, 130)), 0);
  const made = [];
  let last = "";
  for (const line of lines) {
    const text = line.trim();
    // The number of a page in the midst of a text.
    if (/^\d{1,3}$/u.test(text)) continue;
    // In such text, a line as wide as the page that ends with no mark goes on before a name and a number, too.
    const isName = last.length >= 0.8 * width && !CLOSED.test(last) && /^[\p{Lu}\d]/u.test(text) && !NEW.test(text) && text !== text.toUpperCase() && last !== last.toUpperCase();
    const isYear = last.length >= 0.8 * width && /(?:năm|tháng|ngày|số)$/u.test(last) && /^\d/u.test(text);
    if (made.length && (goesOn(last, line) || isName || isYear)) made[made.length - 1].push(text);
    else made.push([line]);
    last = text;
  }
  return { lines: made.map((pieces) => pieces.join(" ")), wrapped: true };
}

/** {text, cells, number} of a line; `before`: so many cells the line above has, 0 where it is no row. */
function partsOf(line, before) {
  if (!line.includes("\t")) {
    const sides = sidesOf(line);
    return sides ? { cells: sides, number: "" } : { text: folded(line), cells: null, number: "" };
  }
  const cells = line.split("\t").map((cell) => cell.replace(/ +/gu, " ").trim()).slice(0, MOST_CELLS);
  const filled = cells.filter(Boolean);
  const isRow = before > 2 && cells.length > 2;
  if (filled.length === 2 && LABEL.test(filled[0]) && !isRow) return { text: filled.join(" "), cells: null, number: filled[0] };
  // A tab before words alone is an indent, unless they stand below a row.
  if (filled.length < 2 && (!before || folded(line).length > LONG_CELL)) return { text: folded(line), cells: null, number: "" };
  return { cells, number: "" };
}

/**
 * The reading of pasted words in steps: functions to call one after the other, each with what the one before gave; the last
 * gives the text (its shape: see office-text.js). They throw BadDraft.
 */
export function stagesOfPlain(words, name) {
  if (words.length > MOST_LETTERS) throw new BadDraft("pages");
  const isSecret = secretSeeker();
  const made = [];
  let source = [];
  let [way, wrapped, decomposed, table, before] = ["", false, false, 0, 0];
  const count = Math.min(60, Math.ceil(words.length / 60 / AT_ONCE) + 1);
  const prepare = () => {
    way = wayOfWords(words);
    decomposed = isDecomposed(words);
    const plain = tidy((way ? inUnicode(words, way) : words).replace(/\r\n?|[\u0085\u2028\u2029\v\f]/gu, "\n"));
    const lines = plain.split("\n");
    if (lines.length > MOST_LINES) throw new BadDraft("pages");
    ({ lines: source, wrapped } = unwrapped(lines));
  };
  const read = (step) => () => {
    const each = Math.ceil(source.length / count);
    const lines = source.slice(step * each, (step + 1) * each).map((line) => {
      const { text, cells, number } = partsOf(line, before);
      if (cells && !before) table += 1;
      before = cells ? cells.length : 0;
      return lineOf(cells ? rowText(cells) : text, { cells, table: cells ? table : 0, number });
    });
    if (isSecret(lines)) throw new BadDraft("secret");
    made.push(...lines);
  };
  return [prepare, ...Array.from({ length: count }, (_, step) => read(step)), () => {
    if (made.every(({ text }) => !text.trim())) throw new BadDraft("empty");
    return { lines: made, file: fileOf(name, { decomposed, oldFont: way }), told: [way && "old-font", wrapped && "wrapped"].filter(Boolean) };
  }];
}

/** The text of a draft at once. Throws BadDraft. */
export const textOfPlain = (words, name) => stagesOfPlain(words, name).reduce((value, stage) => stage(value), undefined);
