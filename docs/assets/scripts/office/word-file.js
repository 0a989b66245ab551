// Fills in a Word form on the device: the file's own data, the words in each control, what stands once for each matter.
// How forms are marked is told in papers/word/controls.py. No page is touched here.
import { BadFile, clean, packed, parsed, unpacked, written } from "./office-file.js";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DOCUMENT = "word/document.xml";
const DATA = "customXml/item1.xml";
const EACH = "noi-dung|nghi-quyet|tai-lieu";
const TAG = new RegExp(`^(${EACH})(-xem)?\\.(\\d+)\\.([a-z]+)$`);
const STRETCH = /^moi_(noi_dung|nghi_quyet|tai_lieu)(_trang)?_\d+$/;
/** “KT. CHỦ TỊCH”, “PHÓ CHỦ TỊCH”: the only field of two lines, alone in its paragraph. */
const OFFICE = "chuc-vu-ky";
/** The limit of dossiers to a committee: what no committee verifies has none. */
const DOSSIER = "han-ho-so";

const all = (root, name) => [...root.getElementsByTagNameNS(W, name)];
const children = (root, name) => [...root.children].filter((one) => one.namespaceURI === W && one.localName === name);
const make = (near, name) => near.ownerDocument.createElementNS(W, `w:${name}`);
const tagOf = (control) => {
  const [tag] = all(control, "tag");
  return tag ? tag.getAttributeNS(W, "val") : "";
};
const controlsIn = (root) => (root.localName === "sdt" ? [root, ...all(root, "sdt")] : all(root, "sdt"));
const partsOf = (control) => TAG.exec(tagOf(control));

/** The lines of a value; a break anywhere but between the two offices of a signature is a slip. */
const linesOf = (name, words) => (name === OFFICE ? clean(words).split("\n") : [clean(words).replace(/\s*\n\s*/g, " ")]);

/** Write words into a control, in the look of its first run. */
function write(control, words) {
  const [content] = children(control, "sdtContent");
  const runs = all(content, "r");
  const [run] = runs;
  runs.slice(1).forEach((one) => one.remove());
  [...run.childNodes].filter(({ localName }) => localName !== "rPr").forEach((one) => one.remove());
  const [line, ...more] = linesOf(tagOf(control), words);
  const element = make(run, "t");
  element.textContent = line;
  element.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
  run.append(element);
  if (more.length) lineBelow(control, more.join(" "));
}

/** Put plain words in a control’s place, in its look. */
function instead(control, words) {
  const [run] = all(control, "r");
  all(run, "t")[0].textContent = words;
  control.replaceWith(run);
}

// A control of several lines is shown by some programs on one: the second line is a paragraph of its own.
function lineBelow(control, words) {
  const paragraph = control.closest("p");
  const copy = paragraph.cloneNode(true);
  instead(all(copy, "sdt")[0], words);
  paragraph.after(copy);
}

/** Make a control that of another matter: its tag, its place in the data, its words. */
function aim(control, number, item) {
  const [, each, , , field] = partsOf(control);
  const [tag] = all(control, "tag");
  tag.setAttributeNS(W, "w:val", `${each}.${number}.${field}`);
  for (const binding of all(control, "dataBinding")) {
    const path = binding.getAttributeNS(W, "xpath");
    binding.setAttributeNS(W, "w:xpath", path.replace(/(h:[a-z-]+)\[\d+\](\/h:[a-z]+\[1\])$/, `$1[${number}]$2`));
  }
  const words = field === "so" ? String(number) : item[field];
  write(control, words || control.textContent.trim().replace(/ \d+»$/, ` ${number}»`));
}

const hasField = (element, field) => controlsIn(element).some((one) => {
  const parts = partsOf(one);
  return parts && parts[4] === field;
});

/** Elements made once for an item; what tells of a verification is left out where there is none. */
function copies(model, number, item) {
  return model
    .filter((element) => model.length === 1 || item.verified || !hasField(element, "ban"))
    .map((element) => {
      const copy = element.cloneNode(true);
      for (const control of controlsIn(copy)) {
        if (partsOf(control)) aim(control, number, item);
        else if (tagOf(control) === DOSSIER && !item.verified) instead(control, "–");
      }
      return copy;
    });
}

// Stretches of the text that stand once for each: between a pair of bookmarks.
function repeatStretches(document_, lists) {
  const done = new Set();
  for (const start of all(document_, "bookmarkStart")) {
    const named = STRETCH.exec(start.getAttributeNS(W, "name"));
    if (!named) continue;
    const items = lists[named[1].replace("_", "-")] || [];
    const told = lists["noi-dung"].length > 0;
    const id = start.getAttributeNS(W, "id");
    const model = [];
    let end = start.nextElementSibling;
    while (end && !(end.localName === "bookmarkEnd" && end.getAttributeNS(W, "id") === id)) {
      model.push(end);
      end = end.nextElementSibling;
    }
    // Where the matters are told and none is of this kind, there is nothing to fill in by hand either.
    if (!end || (!items.length && !told)) continue;
    items.forEach((item, index) => {
      const made = copies(model, index + 1, item);
      if (index && named[2]) breakBefore(made[0]);
      end.before(...made);
      made.forEach((element) => done.add(element));
    });
    model.forEach((element) => element.remove());
    start.remove();
    end.remove();
  }
  return done;
}

function breakBefore(paragraph) {
  let [form] = children(paragraph, "pPr");
  if (!form) {
    form = make(paragraph, "pPr");
    paragraph.prepend(form);
  }
  const mark = make(form, "pageBreakBefore");
  // The schema wants it after these.
  const before = [...form.children].filter(({ localName }) => ["pStyle", "keepNext", "keepLines"].includes(localName)).pop();
  if (before) before.after(mark);
  else form.prepend(mark);
}

/** Rows of a table that stand once for each: [{each, reported, number, rows}], in their order. */
function groupsOf(table) {
  const found = [];
  const rows = children(table, "tr");
  rows.forEach((row, index) => {
    for (const parts of controlsIn(row).map(partsOf)) {
      if (!parts) continue;
      const [, each, only, number] = parts;
      const known = found.find((one) => one.each === each && one.number === Number(number));
      if (known) known.last = index;
      else found.push({ each, reported: !!only, number: Number(number), first: index, last: index });
    }
  });
  return found.map((one) => ({ ...one, rows: rows.slice(one.first, one.last + 1) }));
}

// The matters are told and none is of this kind: one row says so.
function noneOf(groups) {
  const [first, ...others] = groups.flatMap(({ rows }) => rows);
  others.forEach((row) => row.remove());
  for (const control of controlsIn(first)) if (partsOf(control)) instead(control, partsOf(control)[4] === "ten" ? "không có" : "–");
}

function repeatRows(document_, lists, done) {
  for (const table of all(document_, "tbl").filter((one) => !done.has(one))) {
    const groups = groupsOf(table);
    for (const each of new Set(groups.map((one) => one.each))) {
      const items = lists[each] || [];
      const own = groups.filter((one) => one.each === each);
      if (!items.length) {
        if (lists["noi-dung"].length) noneOf(own);
        continue;
      }
      // A table that goes on with later numbers is there for those who fill in by hand.
      if (own[0].number === 1) {
        const [{ rows: [place] }] = own;
        const anchor = place.ownerDocument.createComment("");
        place.before(anchor);
        const model = (item) => (own.find(({ reported }) => reported === !item.decided) || own.find(({ reported }) => !reported) || own[0]).rows;
        items.forEach((item, index) => anchor.before(...copies(model(item), index + 1, item)));
        anchor.remove();
      }
      own.forEach(({ rows }) => rows.forEach((row) => row.remove()));
      keepEnds(table);
    }
  }
}

// As papers/word/official.py has it: the head goes with the first row, the last row with the one before it, all others part freely.
function keepEnds(table) {
  const rows = children(table, "tr");
  rows.forEach((row, index) => {
    const kept = index < Math.min(2, rows.length - 1) || (index > 0 && index === rows.length - 2);
    for (const mark of all(row, "keepNext")) mark.setAttributeNS(W, "w:val", kept ? "1" : "0");
  });
}

// Guidance is for whoever fills in by hand.
function dropComments(files, document_) {
  for (const name of ["commentRangeStart", "commentRangeEnd"]) all(document_, name).forEach((one) => one.remove());
  for (const reference of all(document_, "commentReference")) {
    const run = reference.parentNode;
    (children(run, "t").length ? reference : run).remove();
  }
  const isComments = (name) => /^word\/comments\w*\.xml$/.test(name);
  const dropped = Object.keys(files).filter(isComments);
  dropped.forEach((name) => delete files[name]);
  for (const [name, attribute, path] of [
    ["[Content_Types].xml", "PartName", (text_) => text_.replace(/^\//, "")], ["word/_rels/document.xml.rels", "Target", (text_) => `word/${text_}`],
  ]) {
    const list = parsed(files, name);
    [...list.documentElement.children].filter((one) => isComments(path(one.getAttribute(attribute) || ""))).forEach((one) => one.remove());
    files[name] = written(list);
  }
}

function fillData(files, values, lists) {
  const data = parsed(files, DATA);
  const root = data.documentElement;
  const kinds = new Map();
  Array.from(root.children).forEach((one) => {
    if (lists[one.localName]) {
      if (!kinds.has(one.localName)) kinds.set(one.localName, one);
      if (lists[one.localName].length) one.remove();
    } else if (values[one.localName]) [one.textContent] = linesOf(one.localName, values[one.localName]);
  });
  for (const [each, model] of kinds) {
    lists[each].forEach((item, index) => {
      const copy = model.cloneNode(true);
      for (const field of copy.children) field.textContent = linesOf("", item[field.localName] || field.textContent.replace(/ \d+»$/, ` ${index + 1}»`)).join("");
      root.append(copy);
    });
  }
  files[DATA] = written(data);
}

const rowText = (row) => children(row, "tc").map((cell) => all(cell, "t").map((one) => one.textContent).join(""));

/** Put plain words into a cell, in the look of its first paragraph. */
function writeCell(cell, words) {
  const [paragraph, ...others] = children(cell, "p");
  others.forEach((one) => one.remove());
  const [run] = all(paragraph, "r");
  [...paragraph.children].filter(({ localName }) => localName !== "pPr").forEach((one) => one.remove());
  const made = make(paragraph, "r");
  const look = run && children(run, "rPr")[0];
  if (look) made.append(look.cloneNode(true));
  const text = make(made, "t");
  text.textContent = clean(words);
  text.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
  made.append(text);
  paragraph.append(made);
}

/** Make a table have these rows below its head, each like its first row. */
function fillTable(table, rows) {
  const [, model, ...others] = children(table, "tr");
  for (const cells of rows) {
    const row = model.cloneNode(true);
    // A copy of a cell that was empty has no look of its own: it takes that of a cell with words.
    const pattern = all(model, "r")[0];
    children(row, "tc").forEach((cell, at) => {
      if (!all(cell, "r").length && pattern) children(cell, "p")[0].append(pattern.cloneNode(true));
      writeCell(cell, cells[at] || "");
    });
    model.before(row);
  }
  [model, ...others].forEach((row) => row.remove());
  keepEnds(table);
}

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"];
const NTH = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"];

function writeParagraph(paragraph, words) {
  const cell = make(paragraph, "tc");
  const place = paragraph.ownerDocument.createComment("");
  paragraph.before(place);
  cell.append(paragraph);
  writeCell(cell, words);
  place.replaceWith(paragraph);
}

/** Lay the half-days of a programme into BM10: a heading and a table for each, then the table of lengths. */
function layProgramme(document_, halves) {
  const tables = all(document_, "tbl");
  const parts = tables.filter((table) => rowText(children(table, "tr")[0])[0] === "Giờ");
  const lengths = tables.find((table) => rowText(children(table, "tr")[0])[0] === "Buổi");
  if (!parts.length || !lengths) throw new BadFile("programme");
  const headingOf = (table) => {
    let one = table.previousElementSibling;
    while (one && !all(one, "t").length) one = one.previousElementSibling;
    return one;
  };
  // The low paragraph that stands between a table and what follows.
  const spacerOf = ({ nextElementSibling: next }) => (next && next.localName === "p" && !all(next, "t").length ? next : null);
  while (parts.length > Math.max(1, halves.length)) {
    const table = parts.pop();
    headingOf(table).remove();
    spacerOf(table)?.remove();
    table.remove();
  }
  while (parts.length < halves.length) {
    const last = parts[parts.length - 1];
    const heading = headingOf(last).cloneNode(true);
    const table = last.cloneNode(true);
    const spacer = spacerOf(last);
    if (spacer) spacer.after(heading, table, spacer.cloneNode(true));
    else last.after(heading, table);
    parts.push(table);
  }
  const lastHeading = headingOf(lengths);
  writeParagraph(lastHeading, `${ROMAN[halves.length]}. Thời lượng`);
  parts.forEach((table, index) => {
    const { half, day, rows } = halves[index];
    writeParagraph(headingOf(table), `${ROMAN[index]}. Buổi thứ ${NTH[half - 1]}${day ? `, ${day}` : ""}`);
    fillTable(table, rows);
  });
  const sum = (name) => String(halves.reduce((total, half) => total + (Number(half[name]) || 0), 0) || "–");
  fillTable(lengths, [
    ...halves.map(({ half, end, all: minutes, debate, questions }) => [`Thứ ${NTH[half - 1]}`, end, minutes, debate, questions]),
    ["Cộng", "–", sum("all"), sum("debate"), sum("questions")],
  ]);
}

/**
 * Return a form's bytes filled in: `values` by field, `lists` by what stands once for each (form-values.js). What is
 * not known stays a named blank, what a file does not have is passed over. `halves` are those of a programme (programmeRows), for the
 * form that has one. Throws BadFile.
 */
export function filledWord(bytes, values, lists, halves = []) {
  const files = unpacked(bytes);
  const document_ = parsed(files, DOCUMENT);
  if (halves.length) layProgramme(document_, halves);
  // A table that was made with its stretch is its matter's own.
  repeatRows(document_, lists, repeatStretches(document_, lists));
  for (const control of all(document_, "sdt")) {
    const words = values[tagOf(control)];
    if (words) write(control, words);
  }
  all(document_, "sdtPr").forEach((properties, index) => children(properties, "id").forEach((id) => id.setAttributeNS(W, "w:val", String(index + 1))));
  dropComments(files, document_);
  files[DOCUMENT] = written(document_);
  if (files[DATA]) fillData(files, values, lists);
  return packed(files);
}
