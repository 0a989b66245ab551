// Numbers as Vietnamese tables write them, amounts in sentences, sums that do not add up.
const FACTOR = { "đồng": 1, "nghìn đồng": 1e3, "triệu đồng": 1e6, "tỷ đồng": 1e9 };
const AMOUNT = /(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s*(tỷ|tỉ|triệu|nghìn|ngàn)?\s*đồng/giu;
const TOTAL = /^\s*(?:[ivx\d]{0,4}[.)]?\s*)?(?:tổng(?:\s+(?:cộng|số))?|cộng)(?:\s|:|$|\()/iu;
const WITHIN = /trong đó|gồm có|bao gồm/iu;

/** A cell's number, or null; “1.234,5” and “1,234.5” alike, “(120)” is below nought, “-” is nought. */
export function numberOf(cell) {
  let text = cell.replace(/[\s\u00a0]/g, "");
  if (/^[-–—]$/.test(text)) return 0;
  const negative = /^\(.*\)$/.test(text) || /^[-–−]/.test(text);
  text = text.replace(/^[(\-–−]+|\)$/g, "");
  if (!/^\d[\d.,]*$/.test(text)) return null;
  let value;
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) value = Number(text.replace(/\./g, "").replace(",", "."));
  else if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) value = Number(text.replace(/,/g, ""));
  else if (/^\d+([.,]\d+)?$/.test(text)) value = Number(text.replace(",", "."));
  else return null;
  return negative ? -value : value;
}

/** Amounts of money in a sentence: [{value in đồng, raw, unit, from, to, label}]; `label` is what stands before it. */
export function amountsIn(text) {
  const found = [];
  AMOUNT.lastIndex = 0;
  for (let match = AMOUNT.exec(text); match; match = AMOUNT.exec(text)) {
    const unit = `${match[2] ? match[2].toLowerCase().replace("tỉ", "tỷ").replace("ngàn", "nghìn") : ""} đồng`.trim();
    const value = numberOf(match[1]);
    if (value === null) continue;
    const before = text.slice(Math.max(0, match.index - 120), match.index);
    const label = before.split(/[;.:\n]|,\s/u).pop() || before;
    found.push({ value: value * FACTOR[unit], raw: match[0], unit, from: match.index, to: match.index + match[0].length, label: (label.trim() || before.replace(/[:\s]+$/u, "").split(/[;.\n]/u).pop()).trim().replace(/^(?:là|bằng)\s*|\s*(?:là|bằng)?\s*:?$/giu, "") });
  }
  return found;
}

const labelAt = (cells) => (cells.find((cell) => /\p{L}{2}/u.test(cell)) || "").trim();
const order = (cells) => {
  const first = (cells[0] || "").trim().replace(/[.)]$/u, "");
  if (/^[IVX]{1,5}$/u.test(first)) return 1;
  if (/^[A-HK-UY-Z]$/u.test(first)) return 0;
  if (/^\d{1,3}$/u.test(first)) return 2;
  if (/^\d{1,3}\.\d{1,3}$/u.test(first)) return 3;
  if (/^[a-zđ]$/u.test(first)) return 4;
  if (/^[-–+•*]$/u.test(first) || /^[-–+•*]\s/u.test(labelAt(cells))) return 5;
  return -1;
};

const decimals = (cell) => (/[,.](\d{1,2})$/.exec(cell.trim()) || ["", ""])[1].length;
const isYearOrShare = (head) => /%|tỷ lệ|tỉ lệ|so sánh|stt|^tt$|số tt|năm sinh|ghi chú|mã/iu.test(head);

/** Columns that hold amounts: most of their cells are numbers and their head names no share. */
function amountColumns(rows) {
  const width = Math.max(...rows.map((cells) => cells.length));
  return Array.from({ length: width }, (_, column) => column).filter((column) => {
    const cells = rows.map((row) => row[column] || "").filter((cell) => cell.trim());
    const numbers = cells.filter((cell) => numberOf(cell) !== null);
    const heads = rows.slice(0, 3).map((row) => row[column] || "").filter((cell) => numberOf(cell) === null).join(" ");
    return column > 0 && numbers.length >= 3 && numbers.length >= 0.5 * cells.length && !isYearOrShare(heads);
  });
}

const isNumbering = (cells) => cells.filter((cell) => cell.trim()).length > 2 && cells.filter((cell) => cell.trim()).every((cell, at, all) => /^\(?\d{1,2}\)?$|^[A-H]$/u.test(cell.trim()) && (at === 0 || all.length > 2));

/** Rows that a total at `at` sums: those below it until the next of its height, one step finer, or all above it. */
function partsOfTotal(rows, at) {
  const own = order(rows[at]);
  const isTotal = TOTAL.test(labelAt(rows[at]));
  const below = [];
  for (let next = at + 1; next < rows.length; next += 1) {
    const height = order(rows[next]);
    if (!isTotal && own >= 0 && height >= 0 && height <= own) break;
    if (TOTAL.test(labelAt(rows[next]))) break;
    if (height < 0 && !isTotal) break;
    below.push([next, height]);
  }
  const heights = below.map(([, height]) => height).filter((height) => height > own || isTotal);
  if (heights.length) {
    const least = Math.min(...heights);
    return below.filter(([, height]) => height === least).map(([row]) => row);
  }
  if (!isTotal) return [];
  const above = [];
  for (let before = at - 1; before >= 0 && !TOTAL.test(labelAt(rows[before])); before -= 1) above.push([before, order(rows[before])]);
  const least = Math.min(...above.map(([, height]) => height));
  return above.filter(([, height]) => height === least).map(([row]) => row).reverse();
}

/** Totals that differ from their parts by more than rounding: [{line, column, told, counted, parts}]. */
export function sumFaults({ rows, line }) {
  const faults = [];
  const columns = amountColumns(rows);
  rows.forEach((cells, at) => {
    const label = labelAt(cells);
    const isTotal = TOTAL.test(label);
    if ((!isTotal && order(cells) < 0) || isNumbering(cells)) return;
    // “Trong đó” names some of the parts, not all.
    if (WITHIN.test(label) || (rows[at + 1] && WITHIN.test(labelAt(rows[at + 1])))) return;
    const parts = partsOfTotal(rows, at).filter((row) => !isNumbering(rows[row]));
    if (parts.length < 2 || parts.some((row) => WITHIN.test(labelAt(rows[row])))) return;
    for (const column of columns) {
      const told = numberOf(cells[column] || "");
      const values = parts.map((row) => numberOf(rows[row][column] || ""));
      const known = values.filter((value) => value !== null);
      if (told === null || known.length < 2) continue;
      const counted = known.reduce((sum, value) => sum + value, 0);
      const places = Math.max(decimals(cells[column] || ""), ...parts.map((row) => decimals(rows[row][column] || "")));
      const slack = places ? known.length * 0.5 * 10 ** -places + 1e-9 : 1;
      if (Math.abs(told - counted) > slack) faults.push({ line: line + at, column, told, counted: Math.round(counted * 1e6) / 1e6, parts: parts.map((row) => line + row) });
    }
  });
  return faults;
}
