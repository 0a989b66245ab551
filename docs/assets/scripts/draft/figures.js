// Numbers as Vietnamese tables write them, amounts in sentences, sums that do not add up.
import { remembered } from "./words.js";

/** A unit of money in đồng. */
export const FACTOR = { "đồng": 1, "nghìn đồng": 1e3, "triệu đồng": 1e6, "tỷ đồng": 1e9 };
const FIGURE = "\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?";
/** No amount is without a figure and one of these letters. */
const mayBeMoney = (text) => /\d/u.test(text) && /[đĐvV]/u.test(text);
const AMOUNT = new RegExp(`(?:(${FIGURE})\\s*(?:tỷ|tỉ)\\s+)?(${FIGURE})\\s*(tỷ|tỉ|triệu|nghìn|ngàn)?\\s*(?:đồng|đ(?=[\\s.,;:)/]|$)|vnđ)(\\s*/\\s*[a-zà-ỹ]+)?`, "gu");

/** How some texts write numbers: "vn" (1.234,5), "en" (1,234.5), "" where they do not tell. */
export function styleOf(texts) {
  let [vietnamese, english] = [0, 0];
  for (const text of texts) {
    if (/\d\.\d{3}\.\d{3}(?!\d)|\d\.\d{3},\d|(?:^|[^\d.,])\d+,\d{1,2}(?![\d.,])/u.test(text)) vietnamese += 1;
    if (/\d,\d{3},\d{3}(?!\d)|\d,\d{3}\.\d|(?:^|[^\d.,])\d+\.\d{1,2}(?![\d.,])/u.test(text)) english += 1;
  }
  if (vietnamese === english) return "";
  return vietnamese > english ? "vn" : "en";
}

/** {value, places} of figures without a sign; null where they are no number. */
function read(text, style) {
  // One group of three behind a lone mark: thousands, unless the others tell that this mark parts decimals.
  const decimal = style === "en" ? "." : style === "vn" ? "," : "";
  const one = /^(\d{1,3})([.,])(\d{3})$/u.exec(text);
  if (one && (one[2] === decimal || one[1] === "0")) return { value: Number(`${one[1]}.${one[3]}`), places: 3 };
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/u.test(text)) return { value: Number(text.replace(/\./g, "").replace(",", ".")), places: (text.split(",")[1] || "").length };
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/u.test(text)) return { value: Number(text.replace(/,/g, "")), places: (text.split(".")[1] || "").length };
  if (/^\d+([.,]\d+)?$/u.test(text)) return { value: Number(text.replace(",", ".")), places: (text.split(/[.,]/u)[1] || "").length };
  return null;
}

function parsed(cell, style) {
  if (cell.length > 60) return null;
  let text = cell.replace(/[\s\u00a0]/g, "");
  if (/^[-–—]$/u.test(text)) return { value: 0, places: 0 };
  const negative = /^\(.*\)$/u.test(text) || /^[-–−]/u.test(text);
  text = text.replace(/^[(+\-–−]+|\)$/g, "");
  const found = /^\d[\d.,]*$/u.test(text) ? read(text, style) : null;
  return found && { value: negative ? -found.value : found.value, places: found.places };
}

/** A number as people here write it: “1.234,5”. */
export const numberText = (number) => (Number.isInteger(number) ? String(number).replace(/\B(?=(\d{3})+$)/g, ".") : String(Math.round(number * 1000) / 1000).replace(".", ","));

/** A cell's number, or null; “1.234,5” and “1,234.5” alike, “(120)” is below nought, “-” is nought. `style`: see styleOf. */
export function numberOf(cell, style = "") {
  const found = parsed(cell, style);
  return found ? found.value : null;
}

/** Amounts of money in a sentence: [{value in đồng, raw, unit, from, to, label, rate}]; `label` is what stands before it, `rate` what it is for (“/người/tháng”). */
export const amountsIn = remembered((text) => {
  const found = [];
  if (!mayBeMoney(text)) return found;
  const style = styleOf([text.slice(0, 20000)]);
  const lower = text.toLowerCase();
  AMOUNT.lastIndex = 0;
  for (let match = AMOUNT.exec(lower); match; match = AMOUNT.exec(lower)) {
    const [all, billions, figures, name, rate] = match;
    const raw = text.slice(match.index, match.index + all.length);
    const unit = `${name ? name.replace("tỉ", "tỷ").replace("ngàn", "nghìn") : ""} đồng`.trim();
    // “12,345 tỷ đồng” is twelve and a part: so few thousands of billions are written with a dot.
    const own = unit === "tỷ đồng" && /^\d{1,3},\d{3}$/u.test(figures) ? "vn" : style;
    const last = numberOf(figures, own);
    const first = billions ? numberOf(billions, own) : 0;
    if (last === null || first === null) continue;
    const before = text.slice(Math.max(0, match.index - 120), match.index);
    const label = before.split(/[;.:\n]|,\s/u).pop() || before;
    found.push({
      value: last * FACTOR[unit] + first * 1e9, raw, unit, from: match.index, to: match.index + raw.length, rate: rate ? rate.replace(/\s+/g, "") : "",
      label: (label.trim() || before.replace(/[:\s]+$/u, "").split(/[;.\n]/u).pop()).trim().replace(/^(?:là|bằng)\s*|\s*(?:là|bằng)?\s*:?$/giu, ""),
    });
  }
  return found;
});

const TOTAL = /^\s*(?:[ivx\d]{0,4}[.)]?\s*)?(?:tổng(?:\s+(?:cộng|số|thu|chi|vốn|mức|kinh phí|nguồn|dự toán|nhu cầu|ngân sách|quyết toán))?|cộng)(?=\s|:|$|\(|,)/iu;
const SUBTOTAL = /^\s*cộng(?=\s|:|$|\()/iu;
const GRAND = /^\s*tổng\s*(?:cộng|số)?\s*(?:[(:]|$)/iu;
const WITHIN = /trong đó|trđ\s*:|^\s*(?:bao )?gồm có/iu;
const NO_SUM = /%|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|so sánh|(?:^|\s)stt|^tt$|số tt|năm sinh|ghi chú|mã|đơn giá|định mức|bình quân|năm (?:hoàn thành|khởi công|thực hiện)|lũy kế tỷ|hệ số/iu;
/** Rows that each count something of their own: ballots handed out, handed in, for and against. */
const OWN_COUNT = /^\s*(?:[-–+]\s*)?(?:(?:tổng\s+)?số\s+(?:phiếu|đại biểu|lá phiếu)|(?:phiếu|đại biểu)\s)/iu;
const LEAST_COUNTS = 3;
const PER_ROW = /^\s*(?:đơn vị(?: tính)?|đvt|đv tính)\s*$/iu;
const ORDINAL = /^(?:([IVX]{1,5})|([A-HK-UY-Z])|(\d{1,3}(?:\.\d{1,3})*)|([a-zđ])|([-–•*])|(\+))(?=[.)\s]|$)/u;

const labelAt = (cells) => (cells.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "").replace(/\s+/g, " ").trim();

/** How high a row stands: 0 for A, 1 for I, 2 for 1, 3 for 1.1 …, 7 for a, 8 for a dash, 9 for a plus; -1 for none. */
function heightOf(cells) {
  const first = (cells[0] || "").trim();
  const label = labelAt(cells);
  const found = ORDINAL.exec(/^[^\s)]{1,12}\)?$/u.test(first) ? first : "") || (label && label === first ? ORDINAL.exec(/^(?:[IVX]{1,5}|[A-Z]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)]\s|^[-–•*+]\s/u.test(label) ? label : "") : /^[-–•*+]\s/u.test(label) ? ORDINAL.exec(label) : null);
  if (!found) return -1;
  if (found[2]) return 0;
  if (found[1]) return 1;
  if (found[3]) return Math.min(6, 1 + found[3].split(".").length);
  return found[4] ? 7 : found[5] ? 8 : 9;
}

/** Rows that number the columns: “1 2 3 4”, “A B (1) (2)”. */
export function isNumbering(cells) {
  const told = cells.map((cell) => cell.trim()).filter(Boolean);
  if (told.length < 3 || !told.every((cell) => /^\(?\d{1,2}\)?(?:\s*=.*)?$|^[A-H]$/u.test(cell))) return false;
  const numbers = told.map((cell) => /\d+/u.exec(cell)).filter(Boolean).map(([number]) => Number(number));
  return numbers.every((number, at) => at === 0 || number === numbers[at - 1] + 1);
}

/** The table with its numbers in columns: {rows: [{cells, label, height, isTotal, values}], columns}. */
function inColumns({ rows, head = 1, unit = "" }) {
  const width = Math.max(...rows.map((cells) => cells.length));
  const style = styleOf(rows.slice(head).flatMap((cells) => cells.slice(1)));
  const tops = rows.slice(0, Math.max(1, head));
  const full = rows.slice(head).filter((cells) => cells.length === width && !isNumbering(cells));
  const body = full.length >= 2 ? full : rows.slice(head).filter((cells) => !isNumbering(cells));
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) => {
    const told = body.map((cells) => (cells[column] || "").trim()).filter(Boolean);
    const numbers = told.map((cell) => numberOf(cell, style)).filter((value) => value !== null);
    const name = tops.map((cells) => cells[column] || "").join(" ");
    const isYear = told.length > 1 && told.every((cell) => /^(?:19|20)\d\d$/u.test(cell));
    return column > 0 && numbers.length >= 2 && numbers.length >= 0.5 * told.length && !NO_SUM.test(name) && !isYear;
  });
  const known = new Set(columns);
  const made = rows.map((cells, at) => {
    const numeric = cells.map((cell, column) => (column > 0 || cells.length < width ? column : -1)).filter((column) => column > 0 && parsed(cells[column], style));
    // Cells that were merged leave a row shorter: its numbers stand under those of the others.
    let shift = 0;
    while (shift < width - cells.length && numeric.some((column) => !known.has(column + shift))) shift += 1;
    if (numeric.some((column) => !known.has(column + shift)) && cells.length < width) shift = 0;
    const label = labelAt(cells);
    const values = new Map();
    if (at >= Math.min(head, rows.length) && !isNumbering(cells)) for (const column of numeric) if (known.has(column + shift)) values.set(column + shift, { ...parsed(cells[column], style), column });
    return { at, label, height: heightOf(cells), isTotal: TOTAL.test(label), values };
  });
  return { rows: made, columns, unit, hasShares: rows.slice(0, Math.max(head, 3)).flat().some((cell) => /%|tỷ lệ|tỉ lệ/iu.test(cell)) };
}

/** Of some rows those that stand highest; those without a number only where none has one. */
function highest(rows, above = -1) {
  const heights = rows.map(({ height }) => height).filter((height) => height > above && height >= 0);
  if (!heights.length) return above < 0 ? rows : [];
  const least = Math.min(...heights);
  return rows.filter(({ height }) => height === least);
}

/** Rows that `row` sums: its parts below it, or those above a total; [] where that is not certain. */
function partsOf(rows, row) {
  const below = [];
  for (let next = row.at + 1; next < rows.length; next += 1) {
    const one = rows[next];
    if (one.isTotal && (row.isTotal || one.height < 0)) break;
    if (row.height >= 0 && one.height >= 0 && one.height <= row.height) break;
    if (!row.isTotal && one.height < 0) break;
    below.push(one);
  }
  if (row.height >= 0) return highest(below, row.height);
  if (!row.isTotal) return [];
  const above = [];
  for (let before = row.at - 1; before >= 0 && !rows[before].isTotal; before -= 1) above.push(rows[before]);
  above.reverse();
  const [parts, sums] = [highest(below.filter(({ values }) => values.size)), highest(above.filter(({ values }) => values.size))];
  if (!parts.length && !sums.length && GRAND.test(row.label)) {
    // A sum of sums: those since the last one of its height.
    const subtotals = [];
    for (let before = row.at - 1; before >= 0 && !(GRAND.test(rows[before].label) && rows[before].values.size); before -= 1) {
      if (SUBTOTAL.test(rows[before].label) && rows[before].values.size) subtotals.push(rows[before]);
    }
    return subtotals.reverse();
  }
  // Rows on both sides: a “cộng” closes what is above; elsewhere nobody can tell.
  if (parts.length >= 2 && sums.length >= 2) return SUBTOTAL.test(row.label) ? sums : GRAND.test(row.label) ? [] : parts;
  return parts.length >= 2 ? parts : sums;
}

/** How far a sum may be off by rounding: nothing in whole đồng, or where all parts are rounder than that. */
function slackOf(unit, told, parts) {
  const places = Math.max(told.places, ...parts.map((one) => one.places));
  if (places) return (parts.length + 1) * 0.5 * 10 ** -places + 1e-9;
  // What bears no unit and is not large counts people, houses, villages.
  const counts = !unit && parts.every(({ value }) => Math.abs(value) < 1000);
  if (unit === "đồng" || counts || parts.every(({ value }) => value % 10 === 0)) return 0.5;
  return parts.length < 12 ? 1 : 2;
}

/** Totals that differ from their parts by more than rounding: [{line, column, told, counted, parts}]. */
export function sumFaults(table) {
  const faults = [];
  // Each row of another unit: nothing there adds up.
  if (table.rows.slice(0, 3).flat().some((cell) => PER_ROW.test(cell))) return faults;
  const { rows, columns, unit, hasShares } = inColumns(table);
  if (rows.filter(({ label }) => OWN_COUNT.test(label)).length >= LEAST_COUNTS) return faults;
  for (const row of rows) {
    if ((!row.isTotal && row.height < 0) || !row.values.size) continue;
    const next = rows[row.at + 1];
    // “Trong đó” names some of the parts, not all.
    if (WITHIN.test(row.label) || (next && WITHIN.test(next.label))) continue;
    const parts = partsOf(rows, row);
    if (parts.length < 2 || parts.some(({ label }) => WITHIN.test(label))) continue;
    for (const column of columns) {
      const told = row.values.get(column);
      const known = parts.map(({ values }) => values.get(column)).filter(Boolean);
      if (!told || known.length < 2) continue;
      const counted = known.reduce((sum, { value }) => sum + value, 0);
      const slack = slackOf(unit, told, known);
      if (Math.abs(told.value - counted) <= slack) continue;
      // Dashes often name only some; a share is between its parts, a sum is not below the largest.
      if (parts[0].height >= 8 && told.value > counted) continue;
      const largest = Math.max(...known.map(({ value }) => value));
      if (hasShares && known.every(({ value }) => value >= 0 && value <= 1000) && told.value <= largest) continue;
      faults.push({ line: table.line + row.at, column: told.column, told: told.value, counted: Math.round(counted * 1e6) / 1e6, parts: parts.map(({ at }) => table.line + at) });
    }
  }
  return faults;
}
