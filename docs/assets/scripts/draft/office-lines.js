// The lines of a Word file, element by element: paragraphs, rows of tables, text boxes, as Word shows them with all changes
// accepted. A line's words stay as they were written until all are read; then office-text.js writes them one way.
import { signAt } from "./letters.js";
import { wayOfFont } from "./old-fonts.js";
import { over, paragraphOf, runOf } from "./office-styles.js";
import { attribute, child, children } from "./xml.js";

// Around words in an old font stand signs that no text holds; here what holds them is taken away.
const OWN_SIGNS = /[\ue000-\ue01f]/gu;
/** Which sign begins words of which way; END ends them. */
export const WAYS = new Map([["\ue010", { way: "TCVN3", capitals: false }], ["\ue011", { way: "TCVN3", capitals: true }], ["\ue012", { way: "VNI", capitals: false }], ["\ue013", { way: "VNI", capitals: true }]]);
export const END = "\ue01f";
const signOf = (wanted, capitals = wanted.capitals) => [...WAYS].find(([, one]) => one.way === wanted.way && one.capitals === capitals)[0];
const SYMBOLS = /^(?:symbol|wingdings|webdings|marlett)/iu;
const TRANSPARENT = new Set(["sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo", "fldSimple", "rubyBase", "ruby"]);
const FORMAT_CHANGES = new Set(["rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange"]);
const PLAIN_FILLS = new Set(["auto", "ffffff", "none", "clear", ""]);
const RAISED = "\u2070\u00b9²³\u2074\u2075\u2076\u2077\u2078\u2079";
const MOST_CELLS = 63;
const MOST_TABLES_DEEP = 6;
const MOST_FONTS = 200;
const MOST_COMMENTS = 1000;
const CONTENTS = /^(?:toc|table of figures|mục lục)\b/iu;

const isIn = (node, names) => names.has(node.name);

/** Whether there is anything to read in an element: a choice made for newer programs may be empty. */
const holds = (node) => node.kids.some((one) => one.name === "t" || one.name === "txbxContent" || one.name === "v:textpath" || one.name === "a:blip" || one.name === "v:imagedata" || holds(one));
function chosen(node) {
  const choices = node.kids.filter((one) => one.name === "mc:Choice" || one.name === "mc:Fallback");
  return choices.find(holds) ?? choices[0];
}

/** What reading keeps account of over all parts of a file. */
export const accountOf = (styles, lists, themeFonts) => ({
  styles, lists, themeFonts, lines: [], told: new Set(), fonts: new Map(), changes: 0, highlights: 0, breaks: 0, table: 0, comments: new Map(), fields: [], looks: new Map(),
});

const emptyParagraph = () => ({ words: "", number: "", center: false, size: 0, bold: 0, mark: false, added: false, removed: false, boxes: [], starts: [], ends: [] });

// Runs ------------------------------------------------------------------------------------------------------

function changed(account, node, before) {
  // Word splits one change into many runs: those of one hand at one time that follow each other are one.
  const key = `${node.name} ${attribute(node, "author")} ${attribute(node, "date")}`;
  if (before !== key) account.changes += 1;
  return key;
}

function put(account, out, words, look) {
  if (!words || account.fields.some(({ isCode }) => isCode)) return;
  if (look.hidden) {
    account.told.add("hidden");
    return;
  }
  // A raised number is none of the text's: “Điều 2\u00b9” is not article 21.
  const plain = words.replace(OWN_SIGNS, "");
  const own = look.raised ? plain.replace(/\d/gu, (digit) => RAISED[digit]) : plain;
  const size = own.trim().length;
  out.size += size;
  if (look.bold) out.bold += size;
  if (size && look.font && (account.fonts.has(look.font) || account.fonts.size < MOST_FONTS)) account.fonts.set(look.font, (account.fonts.get(look.font) ?? 0) + size);
  if (size) {
    if (look.marked && !out.inMark) account.highlights += 1;
    out.inMark = !!look.marked;
    out.mark = out.mark || out.inMark;
  }
  const old = look.font && wayOfFont(look.font);
  if (old && size) out.words += `${signOf(old, old.capitals || !!look.capitals)}${own.replace(/[\uf020-\uf0ff]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) & 0xff))}${END}`;
  else out.words += look.capitals ? own.toUpperCase() : own;
}

function symbol(account, out, node, look) {
  const place = parseInt(attribute(node, "char") ?? "", 16);
  const font = attribute(node, "font") ?? "";
  if (Number.isNaN(place)) return;
  const sign = SYMBOLS.test(font) || (place >= 0xf000 && place <= 0xf0ff) ? signAt(place) : place > 0x10ffff ? "" : String.fromCodePoint(place);
  if (!sign) account.told.add("symbol");
  put(account, out, sign, { ...look, font: undefined });
}

function field(account, node) {
  const { fields } = account;
  const kind = attribute(node, "fldCharType");
  if (kind === "begin" && fields.length < 50) fields.push({ isCode: true });
  else if (kind === "separate" && fields.length) fields[fields.length - 1].isCode = false;
  else if (kind === "end") fields.pop();
}

/** What a drawing or an old picture holds: boxes of words, words drawn as a picture, pictures. */
function graphic(account, out, node) {
  for (const one of node.kids) {
    if (one.name === "txbxContent") out.boxes.push(one);
    else if (one.name === "mc:AlternateContent") {
      const choice = chosen(one);
      if (choice) graphic(account, out, choice);
    } else {
      if (one.name === "v:textpath") out.boxes.push({ name: "textpath", words: attribute(one, "string") ?? "" });
      if (one.name === "a:blip" || one.name === "v:imagedata" || one.name === "c:chart" || one.name === "dgm:relIds") account.told.add("picture");
      if (one.name === "o:OLEObject") account.told.add("embedded");
      graphic(account, out, one);
    }
  }
}

/** How a run looks; most runs of a text look like one before. */
function lookOf(account, run, paragraphLook) {
  const own = child(run, "rPr");
  if (!own) return paragraphLook;
  if (own.kids.some((one) => isIn(one, FORMAT_CHANGES))) account.changes += 1;
  const known = account.looks.get(paragraphLook) ?? new Map();
  account.looks.set(paragraphLook, known);
  const key = own.kids.map(({ name, raw }) => name + raw).join(" ");
  if (!known.has(key)) {
    const style = attribute(child(own, "rStyle"), "val");
    const look = over(style === undefined ? paragraphLook : over(paragraphLook, account.styles.letters(style)), runOf(own, account.themeFonts));
    const highlight = attribute(child(own, "highlight"), "val");
    const fill = attribute(child(own, "shd"), "fill");
    look.marked = (highlight !== undefined && highlight !== "none" && highlight !== "white") || (fill !== undefined && !PLAIN_FILLS.has(fill.toLowerCase()));
    known.set(key, look);
  }
  return known.get(key);
}

function insideRun(account, out, kids, look) {
  for (const node of kids) {
    switch (node.name) {
      case "t": put(account, out, node.text.replace(/[\t\r\n]/gu, " "), look); break;
      case "tab": case "ptab": put(account, out, "\t", look); break;
      case "br": case "cr": put(account, out, "\n", look); break;
      case "noBreakHyphen": put(account, out, "-", look); break;
      case "sym": symbol(account, out, node, look); break;
      case "fldChar": field(account, node); break;
      case "lastRenderedPageBreak": account.breaks += 1; break;
      case "drawing": case "pict": graphic(account, out, node); break;
      case "object":
        account.told.add("embedded");
        graphic(account, out, node);
        break;
      case "mc:AlternateContent": {
        const choice = chosen(node);
        if (choice) insideRun(account, out, choice.kids, look);
        break;
      }
      case "ruby": inline(account, out, children(node, "rubyBase"), look); break;
      default:
    }
  }
}

function formula(account, out, node, look) {
  account.told.add("formula");
  const go = (one) => {
    if (one.name === "m:t" || one.name === "t") put(account, out, one.text.replace(/[\t\r\n]/gu, " "), look);
    else one.kids.forEach(go);
  };
  go(node);
}

function inline(account, out, kids, look) {
  let before = "";
  for (const node of kids) {
    const { name } = node;
    const isChange = name === "ins" || name === "del" || name === "moveTo" || name === "moveFrom";
    // What was moved is told where it came from and where it went, and counted once.
    if (isChange && name !== "moveTo") before = changed(account, node, before);
    else if (name !== "moveTo" && name !== "bookmarkStart" && name !== "bookmarkEnd" && name !== "proofErr") before = "";
    if (name === "r") insideRun(account, out, node.kids, lookOf(account, node, look));
    else if (name === "ins" || name === "moveTo") {
      out.added = true;
      inline(account, out, node.kids, look);
    } else if (name === "del" || name === "moveFrom") out.removed = true;
    else if (TRANSPARENT.has(name)) inline(account, out, node.kids, look);
    else if (name === "m:oMath" || name === "m:oMathPara") formula(account, out, node, look);
    else if (name === "mc:AlternateContent") {
      const choice = chosen(node);
      if (choice) inline(account, out, choice.kids, look);
    } else if (name === "commentRangeStart") out.starts.push(attribute(node, "id"));
    else if (name === "commentRangeEnd") out.ends.push(attribute(node, "id"));
    else if (name === "subDoc") account.told.add("imported");
  }
}

// Paragraphs ------------------------------------------------------------------------------------------------

/** What is set before a paragraph of a list: {label, font} or null; the list counts on. */
function listing(account, own, style, styleId) {
  const list = own.list ?? style.list;
  if (list === undefined || list === "0") return null;
  const level = own.level ?? (own.list === undefined ? account.lists.levelOfStyle(list, styleId) ?? style.level : undefined) ?? 0;
  return account.lists.next(list, level);
}

/** {…, joins}: `joins` where the end of a paragraph was struck, so that the next one belongs to it. */
function paragraph(account, node) {
  const out = emptyParagraph();
  const properties = child(node, "pPr");
  const styleId = attribute(child(properties, "pStyle"), "val");
  const style = account.styles.of(styleId);
  const own = properties ? paragraphOf(properties) : {};
  const mark = child(properties, "rPr");
  if (CONTENTS.test(style.name ?? "")) {
    account.told.add("contents");
    return null;
  }
  if (properties && properties.kids.some((one) => isIn(one, FORMAT_CHANGES))) account.changes += 1;
  out.center = own.center ?? style.center ?? false;
  inline(account, out, node.kids, style);
  // A field that never says where its code ends would swallow all that follows.
  account.fields.forEach((one) => {
    one.isCode = false;
  });
  const joins = !!mark && mark.kids.some((one) => one.name === "del" || one.name === "moveFrom");
  const isGone = joins && !out.words.trim();
  const before = isGone ? null : listing(account, own, style, styleId);
  if (before && before.label) {
    const old = wayOfFont(before.font ?? style.font ?? "");
    out.number = old && before.label !== "-" && before.label !== "•" ? `${signOf(old)}${before.label}${END}` : before.label;
  }
  return { ...out, joins };
}

const joined = (first, second) => (first.words.trim() || first.number ? {
  ...second, words: first.words + second.words, number: first.number, center: first.center, size: first.size + second.size, bold: first.bold + second.bold,
  mark: first.mark || second.mark, added: first.added || second.added, removed: true, boxes: [...first.boxes, ...second.boxes], starts: [...first.starts, ...second.starts], ends: [...first.ends, ...second.ends],
} : { ...second, removed: true, starts: [...first.starts, ...second.starts], ends: [...first.ends, ...second.ends], boxes: [...first.boxes, ...second.boxes] });

const isBold = ({ size, bold }) => size > 0 && bold >= 0.9 * size;
const changeOf = ({ added, removed }) => (added ? "new" : removed ? "gone" : "");
const wordsOf = ({ number, words }) => `${number}${number ? " " : ""}${words}`;

/** Marks the lines that a comment is about; the paragraph's own stand between `from` and `to`. */
function commented(account, { starts, ends }, from, to) {
  const { comments, lines } = account;
  const mark = (first) => {
    for (let line = first; line < to; line += 1) lines[line].mark = true;
  };
  // One that has no end is about its own line alone.
  for (const id of starts) if (comments.size < MOST_COMMENTS) comments.set(id, from);
  if (starts.length) mark(from);
  for (const id of ends) {
    if (comments.has(id)) mark(comments.get(id));
    comments.delete(id);
  }
}

function lineOf(account, out, part, words, number) {
  account.lines.push({ words, cells: null, table: 0, part, bold: isBold(out), center: out.center, number, change: changeOf(out), mark: out.mark });
}

function putParagraph(account, out, part) {
  const from = account.lines.length;
  // A paragraph that was struck whole leaves nothing but the account of it.
  if (!out.removed || out.words.trim() || out.number) {
    // A break within a paragraph begins a line, as it does for who reads.
    wordsOf(out).split("\n").forEach((words, at) => lineOf(account, out, part, words, at ? "" : out.number));
  }
  commented(account, out, from, account.lines.length);
  putBoxes(account, out.boxes, part);
}

function putBoxes(account, boxes, part) {
  for (const box of boxes) {
    const fields = account.fields;
    account.fields = [];
    if (box.name === "textpath") {
      if (box.words.trim()) lineOf(account, emptyParagraph(), part === "head" ? part : "box", box.words.replace(OWN_SIGNS, ""), "");
    } else {
      account.told.add("text-box");
      const flow = flowOf(account, part === "body" ? "box" : part);
      box.kids.forEach((one) => flow.take(one));
      flow.end();
    }
    account.fields = fields;
  }
}

// Tables ----------------------------------------------------------------------------------------------------

const cellsIn = (row) => row.kids.flatMap((one) => (one.name === "tc" ? [one] : TRANSPARENT.has(one.name) || one.name === "ins" ? cellsIn(one) : []));
const count = (node, most) => Math.min(most, Math.max(0, Math.floor(Number(attribute(node, "val"))) || 0));

/** The words of a cell; what does not fit into a cell is told apart: {out, texts, later}. */
function cellOf(account, cell, deep) {
  const sums = emptyParagraph();
  const texts = [];
  const later = [];
  const flow = flowOf(account, "", {
    paragraph(out) {
      for (const words of wordsOf(out).split("\n")) texts.push(words.replace(/\t/gu, " "));
      for (const name of ["mark", "added", "removed"]) sums[name] = sums[name] || out[name];
      sums.size += out.size;
      sums.bold += out.bold;
      for (const name of ["boxes", "starts", "ends"]) sums[name].push(...out[name]);
    },
    table: (node) => later.push(node),
  }, deep);
  cell.kids.forEach((one) => flow.take(one));
  flow.end();
  return { sums, texts: texts.filter((words) => words.trim()), later };
}

function putRow(account, row, { part, table, deep }) {
  const properties = child(row, "trPr");
  if (child(properties, "del")) {
    account.changes += 1;
    return;
  }
  const isNew = !!child(properties, "ins");
  if (isNew) account.changes += 1;
  const cells = Array.from({ length: count(child(properties, "gridBefore"), MOST_CELLS) }, () => "");
  const whole = { ...emptyParagraph(), added: isNew };
  const later = [];
  for (const cell of cellsIn(row)) {
    const own = child(cell, "tcPr");
    if (child(own, "cellDel")) {
      account.changes += 1;
      continue;
    }
    const read = cellOf(account, cell, deep);
    later.push(...read.later);
    for (const name of ["mark", "added", "removed"]) whole[name] = whole[name] || read.sums[name];
    whole.size += read.sums.size;
    whole.bold += read.sums.bold;
    for (const name of ["boxes", "starts", "ends"]) whole[name].push(...read.sums[name]);
    const merge = child(own, "vMerge");
    const side = child(own, "hMerge");
    const goesOn = [merge, side].some((one) => one && (attribute(one, "val") ?? "continue") === "continue");
    // Cells stand below each other: one that goes on, or reaches over several columns, leaves empty ones.
    cells.push(goesOn ? "" : read.texts.join("\n"));
    for (let more = count(child(own, "gridSpan"), MOST_CELLS); more > 1; more -= 1) cells.push("");
  }
  const from = account.lines.length;
  if (cells.length) account.lines.push({ words: "", cells: cells.slice(0, MOST_CELLS), table, part, bold: isBold(whole), center: false, number: "", change: changeOf(whole), mark: whole.mark });
  commented(account, whole, from, account.lines.length);
  putBoxes(account, whole.boxes, part);
  for (const node of later) {
    const flow = flowOf(account, part, null, deep + 1);
    flow.take(node);
    flow.end();
  }
}

/** One frame around words is no table: its rows are paragraphs. */
const isFrame = (grid) => !!grid && children(grid, "gridCol").length === 1;

// What follows each other -----------------------------------------------------------------------------------

/**
 * Takes paragraphs and tables one after the other: `take(node)`, at last `end()`. Rows of a table that is read bit by bit
 * come between `begin()` and `finish()`. `sink` {paragraph, table} takes them instead of the lines, for cells.
 */
export function flowOf(account, part, sink = null, deep = 0) {
  let pending = null;
  let open = null;
  const putOne = (out) => (sink ? sink.paragraph(out) : putParagraph(account, out, part));
  const takeParagraph = (node) => {
    const read = paragraph(account, node);
    if (!read) return;
    const out = pending ? joined(pending, read) : read;
    pending = read.joins ? out : null;
    if (!pending) putOne(out);
  };
  const end = () => {
    if (pending) putOne(pending);
    pending = null;
  };
  const row = (node) => {
    if (open.isFrame) cellsIn(node).forEach((cell) => cell.kids.forEach(take));
    else putRow(account, node, { part, table: open.table, deep });
  };
  const rowsOf = (node) => node.kids.forEach((one) => {
    if (one.name === "tblGrid") open.isFrame = isFrame(one);
    else if (one.name === "tr") {
      if (!open.table && !open.isFrame) {
        account.table += 1;
        open.table = account.table;
      }
      row(one);
    } else if (TRANSPARENT.has(one.name) || one.name === "ins") rowsOf(one);
  });
  function take(node) {
    const { name } = node;
    if (name === "p") takeParagraph(node);
    else if (name === "tbl") {
      const frame = isFrame(child(node, "tblGrid"));
      end();
      if (deep > MOST_TABLES_DEEP) account.told.add("deep");
      else if (sink && !frame) sink.table(node);
      else {
        const around = open;
        open = { isFrame: frame, table: 0 };
        rowsOf(node);
        end();
        open = around;
      }
    } else if (name === "tr" && open) rowsOf({ kids: [node] });
    else if (name === "tblGrid" && open) rowsOf({ kids: [node] });
    else if (TRANSPARENT.has(name) || name === "ins" || name === "moveTo") node.kids.forEach(take);
    else if (name === "mc:AlternateContent") (chosen(node)?.kids ?? []).forEach(take);
    else if (name === "altChunk" || name === "subDoc") account.told.add("imported");
    else if (name === "del" || name === "moveFrom") account.changes += 1;
    else if (name === "m:oMathPara" || name === "m:oMath") {
      const out = emptyParagraph();
      formula(account, out, node, {});
      putOne(out);
    }
  }
  return {
    take, end,
    begin() {
      end();
      open = { isFrame: false, table: 0 };
    },
    finish() {
      end();
      open = null;
    },
  };
}
