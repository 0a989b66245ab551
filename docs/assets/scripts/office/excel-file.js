// Spreadsheets on the device: the assignment table (BM07) filled with the sitting's matters, and rows read from such a file.
import { columnsOf } from "../sitting/matters.js";
import { BadFile, clean, packed, parsed, unpacked, written } from "./office-file.js";

const S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SHARED = "xl/sharedStrings.xml";
const BOOK = "xl/workbook.xml";
const RELATIONS = "xl/_rels/workbook.xml.rels";
const isSheet = (name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name);
const MOST_ROWS = 400;
const DAY = 86400000;

const all = (root, name) => [...root.getElementsByTagNameNS(S, name)];
const make = (near, name) => near.ownerDocument.createElementNS(S, name);
/** The number of a column by its letters: “A” is 0, “AA” is 26. */
const columnOf = (reference) => [...reference.replace(/\d/g, "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const words = (element) => all(element, "t").filter((one) => one.parentNode.localName !== "rPh").map((one) => one.textContent).join("");

function cellText(cell, shared) {
  const kind = cell.getAttribute("t");
  if (kind === "inlineStr") return words(cell);
  const [kept] = all(cell, "v");
  if (!kept) return "";
  return kind === "s" ? shared[Number(kept.textContent)] || "" : kept.textContent;
}

function rowsIn(sheet, shared) {
  const found = [];
  for (let row = all(sheet, "sheetData")[0]?.firstElementChild; row && found.length < MOST_ROWS; row = row.nextElementSibling) {
    const cells = [];
    let next = 0;
    for (const cell of all(row, "c")) {
      const reference = cell.getAttribute("r");
      const at = reference ? columnOf(reference) : next;
      next = at + 1;
      // What Excel writes for a line break that it does not want in a cell.
      if (at >= 0 && at < 100) cells[at] = cellText(cell, shared).replace(/_x000D_/g, " ");
    }
    found.push(Array.from(cells, (one) => one || ""));
  }
  return found;
}
const sharedIn = (files) => (files[SHARED] ? all(parsed(files, SHARED), "si").map(words) : []);

/** Names of the sheets in the order of their tabs, hidden ones left out. */
function sheetsIn(files) {
  const targets = {};
  for (const one of parsed(files, RELATIONS).documentElement.children) targets[one.getAttribute("Id")] = one.getAttribute("Target").replace(/^\/?(xl\/)?/, "xl/");
  return all(parsed(files, BOOK), "sheet").filter((one) => !/hidden/i.test(one.getAttribute("state") || ""))
    .map((one) => targets[one.getAttributeNS("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id")]).filter((name) => files[name]);
}

/** Yield the sheets of a spreadsheet one by one, each as rows of texts, [[cell, …], …]. Throws BadFile. */
export function* sheetRows(bytes) {
  const files = unpacked(bytes, (name) => isSheet(name) || [SHARED, BOOK, RELATIONS].includes(name));
  const shared = sharedIn(files);
  for (const name of sheetsIn(files)) yield rowsIn(parsed(files, name), shared);
}

function put(sheet, reference, content, isNumber) {
  const cell = all(sheet, "c").find((one) => one.getAttribute("r") === reference);
  if (!cell) return;
  cell.replaceChildren();
  if (isNumber) {
    cell.removeAttribute("t");
    const value = make(cell, "v");
    value.textContent = String(content);
    cell.append(value);
    return;
  }
  cell.setAttribute("t", "inlineStr");
  const holder = make(cell, "is");
  const text = make(cell, "t");
  text.textContent = clean(content);
  holder.append(text);
  cell.append(holder);
}

/** A day as spreadsheets count it. */
const serial = (day) => (Date.parse(`${day}T00:00:00Z`) - Date.parse("1899-12-30T00:00:00Z")) / DAY;

/** Where the table's parts are, told by what stands in its cells; null where it is none. */
function placesIn(sheet, shared) {
  const byRow = all(sheet, "row").map((row) => [Number(row.getAttribute("r")), all(row, "c").map((cell) => [cell.getAttribute("r"), cellText(cell, shared)])]);
  const [number, head] = byRow.find(([, cells]) => columnsOf(cells.map(([, text]) => text))) || [];
  if (!head) return null;
  const fields = columnsOf(head.map(([, text]) => text));
  const letters = Object.fromEntries(head.map(([reference], at) => [fields[at] || `_${at}`, reference.replace(/\d/g, "")]));
  const whose = byRow.flatMap(([row, cells]) => (row < number ? cells : [])).find(([, text]) => text.startsWith("HĐND "));
  return { first: number + 1, letters, count: head[0][0].replace(/\d/g, ""), whose: whose && whose[0] };
}

function besideOpening(sheet, shared) {
  for (const row of all(sheet, "row")) {
    const cells = all(row, "c");
    const at = cells.findIndex((cell) => cellText(cell, shared).trim() === "Ngày khai mạc");
    if (at >= 0 && cells[at + 1]) return cells[at + 1].getAttribute("r");
  }
  return "";
}

const LINE = 15;
const LEAST_WIDTH = 4;
/** Make a row as high as its words need: not every program fits rows to what a file brings. */
function fitRow(sheet, number, texts) {
  const row = all(sheet, "row").find((one) => Number(one.getAttribute("r")) === number);
  const widths = {};
  for (const one of all(sheet, "col")) {
    for (let at = Number(one.getAttribute("min")); at <= Number(one.getAttribute("max")) && at < 100; at += 1) widths[at - 1] = Number(one.getAttribute("width"));
  }
  const linesOf = ([letters, text]) => {
    const room = Math.max(LEAST_WIDTH, (widths[columnOf(letters)] || 9) - 1);
    let lines = 1;
    let used = 0;
    for (const { length } of text.split(/\s+/)) {
      if (used && used + 1 + length > room) {
        lines += 1;
        used = 0;
      }
      lines += Math.ceil(length / room) - 1;
      used += length + (used ? 1 : 0);
    }
    return lines;
  };
  row.setAttribute("ht", String(LINE * Math.max(...texts.map(linesOf))));
  row.setAttribute("customHeight", "1");
}

const FIELDS = { title: "ten", kind: "loai", drafter: "soan", committee: "ban" };

/**
 * Return BM07 filled in: {bytes, left}, `left` being how many matters its rows have no room for. `whose` stands above the
 * table, `opening` is a day or "", `items` are those of form-values.js. Throws BadFile.
 */
export function filledTable(bytes, whose, opening, items) {
  const files = unpacked(bytes);
  const shared = sharedIn(files);
  const [first, ...others] = sheetsIn(files);
  const sheet = first && parsed(files, first);
  const places = sheet && placesIn(sheet, shared);
  if (!places) throw new BadFile("sheet");
  const rows = new Set(all(sheet, "row").map((row) => Number(row.getAttribute("r"))));
  const room = items.filter((_, index) => rows.has(places.first + index));
  if (whose && places.whose) put(sheet, places.whose, whose);
  room.forEach((item, index) => {
    const row = places.first + index;
    put(sheet, `${places.count}${row}`, index + 1, true);
    const texts = Object.entries(FIELDS).filter(([column, field]) => item[field] && places.letters[column])
      .map(([column, field]) => [places.letters[column], item[field]]);
    for (const [letters, text_] of texts) put(sheet, `${letters}${row}`, text_);
    fitRow(sheet, row, texts);
  });
  files[first] = written(sheet);
  for (const name of opening ? others : []) {
    const other = parsed(files, name);
    const reference = besideOpening(other, shared);
    if (!reference) continue;
    put(other, reference, serial(opening), true);
    files[name] = written(other);
  }
  return { bytes: packed(files), left: items.length - room.length };
}
