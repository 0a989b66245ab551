// Tables of a draft: rows of cells that stand together, their unit of money.
import { isNumbering, numberOf } from "./figures.js";

const MONEY = "(?:nghìn|ngàn|triệu|tỷ|tỉ)?\\s*đồng|%|(?:nghìn|ngàn)\\s+đ(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|tr\\.?\\s*đ(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|1\\.000\\s*đ(?:ồng)?(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|1000\\s*đ(?:ồng)?(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|vnđ|vnd";
const UNIT = new RegExp(`(?:đơn vị(?:\\s+tính)?|đvt)\\s*[:.]?\\s*\\(?\\s*(${MONEY})`, "iu");
/** In the head of a column the unit stands alone or in brackets: “Dự toán (triệu đồng)”. */
const IN_HEAD = new RegExp(`\\(\\s*(?:đơn vị\\s*:?\\s*|đvt\\s*:?\\s*)?(${MONEY})\\s*\\)|^\\s*(${MONEY})\\s*$`, "iu");
const NAMES = [[/tỷ|tỉ/iu, "tỷ đồng"], [/triệu|tr\.?\s*đ/iu, "triệu đồng"], [/nghìn|ngàn|1\.?000/iu, "nghìn đồng"], [/%/u, "%"], [/đồng|đ|vn[đd]/iu, "đồng"]];

const IN_CAPTION = new RegExp(`\\(\\s*(?:đơn vị(?: tính)?\\s*:?\\s*|đvt\\s*:?\\s*)?(${MONEY})\\s*\\)\\s*[:.]?\\s*$`, "iu");
const named = (words) => {
  const found = words && NAMES.find(([pattern]) => pattern.test(words));
  return found ? found[1] : "";
};
export function unitIn(text) {
  const found = UNIT.exec(text.slice(0, 4000));
  return named(found && found[1]);
}

/** The unit that the heads of a table's columns tell, where it is one for all that tell any; shares are none. */
function unitOfHeads(rows) {
  const told = new Set(rows.flat().map((cell) => IN_HEAD.exec(cell.slice(0, 200))).map((found) => named(found && (found[1] || found[2]))).filter((unit) => unit && unit !== "%"));
  return told.size === 1 ? [...told][0] : "";
}

const LAYOUT = /cộng h(?:òa|oà) xã hội|nơi nhận\s*:|độc lập\s*[-–]\s*tự do|^(?:tm|kt)\s?\.\s/iu;
const isLayout = (rows) => rows.some((cells) => cells.some((cell) => LAYOUT.test(cell)));
const MOST_HEAD = 5;

/** So many rows at the top name the columns: those before the first that has figures, its numbering aside. */
function headOf(rows) {
  const isFigure = (cell, column) => {
    const value = column > 0 ? numberOf(cell) : null;
    return value !== null && !/^(?:19|20)\d\d$|^-$/u.test(cell.trim());
  };
  const first = rows.findIndex((cells) => !isNumbering(cells) && cells.some(isFigure) && cells.some((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/u.test(cell)));
  return first < 0 ? Math.min(1, rows.length) : Math.min(first, MOST_HEAD);
}

/**
 * [{line, to, rows, head, unit, caption}]: the tables that hold content; those that only lay out head and end are left out.
 * `head` is the number of rows that name columns.
 */
export function tablesOf(lines, { from = 0, afterHead = 0, ended = lines.length, annexes = [] } = {}) {
  const found = [];
  const annexed = annexes.length ? annexes[0].line : lines.length;
  let line = 0;
  while (line < lines.length) {
    if (!lines[line].cells) {
      line += 1;
      continue;
    }
    let to = line;
    // A head of its own begins another table, though no line stands between.
    while (to + 1 < lines.length && lines[to + 1].cells && lines[to + 1].table === lines[line].table && !(to > line && /^(?:stt|tt|số tt)$/iu.test(lines[to + 1].cells[0].trim()))) to += 1;
    const rows = lines.slice(line, to + 1).map(({ cells }) => cells);
    // What stands before the grounds or where it is signed only lays out.
    const lays = (line >= from && to < afterHead) || (line >= ended && to < annexed && Math.max(...rows.map((cells) => cells.length)) < 4);
    if (rows.length > 1 && !lays && !isLayout(rows)) {
      const before = lines.slice(Math.max(0, line - 5), line).map(({ text }) => text).reverse();
      const after = lines.slice(to + 1, to + 2).map(({ text }) => text);
      const head = headOf(rows);
      const tops = rows.slice(0, Math.max(head, 1));
      const unit = [...before, ...rows.slice(0, 4).map((cells) => cells.join(" ")), ...after].map(unitIn).find(Boolean) || unitOfHeads(tops) || named((IN_CAPTION.exec(before[0] || "") || [])[1]);
      found.push({ line, to, rows, head, unit, caption: before.find((text) => text.trim() && !unitIn(text)) || "" });
    }
    line = to + 1;
  }
  return found;
}
