// Reads a Word file (.docx, .docm). The text of a draft, here and from all other readers, is {lines, file, told}:
// lines: {text, cells, table, part, bold, center, number, change, mark}; a line is a paragraph or one row of a table.
//   text: letters whole (NFC), spaces folded; of a row the cells with tabs between them. cells: null, or the row's cells, the
//   paragraphs of one parted by \n. table: 0, or the table's number. part: body, head (also feet of pages), note, box.
//   number: what Word sets before a paragraph of a list; the text begins with it. change: "", new, gone (something in the line
//   was struck; it is not in the text). mark: coloured, or somebody commented on it.
// file: {name, creator, lastBy, title, created, modified, comments, changes, highlights, oldFont, decomposed, fonts, pages}.
// told: codes of TOLD in refusals.js.
import { MOST_LETTERS, MOST_LINES, fileOf, folded, isDecomposed, rowText, secretSeeker, sidesOf, tidy } from "./letters.js";
import { END, WAYS, accountOf, flowOf } from "./office-lines.js";
import { listsOf, stylesOf } from "./office-styles.js";
import { inUnicode, isOld } from "./old-fonts.js";
import { BadDraft } from "./refusals.js";
import { attribute, child, children, reading, treeOf } from "./xml.js";
import { entriesOf, opening } from "./zip.js";

/** What one step reads: a twentieth of a second on a slow phone. */
const UNPACK_AT_ONCE = 400000;
const READ_AT_ONCE = 30000;
const FINISH_IN = 16;
const MOST_PAGES = 400;
const LONG_PAGES = 100;
const MOST_SMALL_BYTES = 1000000;
const MOST_SIDE_PARTS = 120;
const MOST_ALL_BYTES = 20000000;
const OPEN = new Set(["document", "body", "tbl", "sdt", "sdtContent", "customXml", "ins", "hdr", "ftr", "footnotes", "endnotes", "styles", "numbering"]);
/** A line that marks a secret is not longer, nor does a row do so further down. */
const MOST_MARK_LINE = 160;
const MOST_HEAD_LINES = 80;
const MAIN = "word/document.xml";

// Which parts there are --------------------------------------------------------------------------------------

/** The path of a part that another one names. */
function pathOf(from, target) {
  const steps = target.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step && step !== ".") steps.push(step);
  }
  return steps.join("/").toLowerCase();
}

/** The whole of a small part as a tree; null where it is missing, damaged or too large. */
function small(bytes, entry) {
  if (!entry || entry.size > MOST_SMALL_BYTES) return null;
  try {
    const part = opening(bytes, entry);
    part.step(Infinity);
    return treeOf(part.text());
  } catch {
    return null;
  }
}

/** What a part is tied to: [[kind, path]]; what stands outside of the file is left out and never fetched. */
function tiesOf(bytes, entries, name) {
  const at = name.lastIndexOf("/") + 1;
  const root = small(bytes, entries.get(`${name.slice(0, at)}_rels/${name.slice(at)}.rels`));
  return children(root, "rel:Relationship").filter((one) => attribute(one, "TargetMode") !== "External")
    .map((one) => [(attribute(one, "Type") ?? "").split("/").pop(), pathOf(name, attribute(one, "Target") ?? "")]);
}

/** Where the text of a Word file stands in it; "" where it is none. */
export function mainPartOf(bytes, entries) {
  const [, named] = tiesOf(bytes, entries, "").find(([kind, path]) => kind === "officeDocument" && entries.has(path)) ?? [];
  const name = named ?? (entries.has(MAIN) ? MAIN : "");
  return name.endsWith(".xml") && !/^(?:xl|ppt)\//u.test(name) ? name : "";
}

function themeFontsOf(root) {
  const scheme = child(child(root, "a:themeElements"), "a:fontScheme");
  const of = (name) => attribute(child(child(scheme, name), "a:latin"), "typeface") ?? "";
  return { major: of("a:majorFont"), minor: of("a:minorFont") };
}

const MOST_PROPERTY = 200;
function propertiesOf(core, app) {
  const of = (root, name) => folded(tidy((child(root, name)?.text ?? "").slice(0, MOST_PROPERTY)));
  const pages = Number(of(app, "app:Pages"));
  return {
    creator: of(core, "dc:creator"), lastBy: of(core, "cp:lastModifiedBy"), title: of(core, "dc:title"), created: of(core, "dcterms:created"),
    modified: of(core, "dcterms:modified"), pages: Number.isSafeInteger(pages) && pages > 0 ? pages : 0,
  };
}

// One part in steps ------------------------------------------------------------------------------------------

/** Functions that unpack one part and then read it with `handlers`. */
function partStages(bytes, entry, handlers) {
  let part = null;
  let reader = null;
  const unpacks = Math.max(1, Math.ceil(entry.size / UNPACK_AT_ONCE));
  const reads = Math.max(1, Math.ceil(entry.size / READ_AT_ONCE));
  return [
    ...Array.from({ length: unpacks }, (_, at) => () => {
      part = part || opening(bytes, entry);
      part.step(at === unpacks - 1 ? Infinity : UNPACK_AT_ONCE);
    }),
    ...Array.from({ length: reads }, (_, at) => () => {
      if (!reader) {
        reader = reading(part.text(), handlers());
        part = null;
      }
      reader.step(at === reads - 1 ? Infinity : READ_AT_ONCE);
    }),
  ];
}

const openNames = (name) => OPEN.has(name);

/** What takes the elements of the text, of heads and feet. */
function textHandlers(account, part) {
  const flow = flowOf(account, part);
  return {
    isOpen: openNames, onUnit: (node) => flow.take(node),
    onOpen: (name) => name === "tbl" && flow.begin(),
    onClose: (name) => (name === "tbl" ? flow.finish() : name === "body" || name === "hdr" || name === "ftr") && flow.end(),
  };
}

function noteHandlers(account) {
  return { isOpen: openNames, onUnit(node) {
    // The lines between a text and its notes are no notes.
    if ((node.name !== "footnote" && node.name !== "endnote") || !["normal", undefined].includes(attribute(node, "type"))) return;
    const flow = flowOf(account, "note");
    node.kids.forEach((one) => flow.take(one));
    flow.end();
  } };
}

// The lines, written one way ---------------------------------------------------------------------------------

const OLD = /([\ue010-\ue013])([^\ue01f]*)\ue01f/gu;
const TOGETHER = /([\ue010-\ue013])[^\ue010-\ue01f]*\ue01f(?:\1[^\ue010-\ue01f]*\ue01f)+/gu;
/** Words in old fonts that follow each other are one: VNI writes a mark after its letter, Word may part the two. */
const mended = (words) => words.replace(TOGETHER, (all, sign) => `${sign}${all.replace(/[\ue010-\ue01f]/gu, "")}${END}`);

/** Words in old fonts, all together for each way: {TCVN3: "…", VNI: "…"}. */
function oldWordsOf(lines, gathered) {
  for (const { words, cells } of lines) {
    for (const piece of cells ?? [words]) {
      if (!piece.includes(END)) continue;
      for (const [, sign, inside] of piece.matchAll(OLD)) gathered[WAYS.get(sign).way].push(inside);
    }
  }
}

const written = (words, turned) => tidy(words.includes(END) ? mended(words).replace(OLD, (_, sign, inside) => {
  const { way, capitals } = WAYS.get(sign);
  return turned[way] ? inUnicode(inside, way, capitals) : capitals ? inside.toUpperCase() : inside;
}) : words);

/** A line as it is told; heads that were set with tabs have two sides, as those set with a table. */
function finished({ words, cells, ...line }, turned, sideTable) {
  if (cells) {
    const own = cells.map((cell) => written(cell, turned).split("\n").map(folded).filter(Boolean).join("\n"));
    return { ...line, text: rowText(own), cells: own };
  }
  const plain = written(words, turned);
  const sides = line.number || line.part !== "body" ? null : sidesOf(plain);
  return sides ? { ...line, text: rowText(sides), cells: sides, table: sideTable() } : { ...line, text: folded(plain), cells: null, number: folded(written(line.number, turned)) };
}

const isPageNumber = (text) => /^(?:trang\s*)?\d*(?:\s*[/-]\s*\d+)?$/iu.test(text);

// All together -----------------------------------------------------------------------------------------------

/**
 * The reading of a Word file in steps: functions to call one after the other, each with what the one before gave; the last
 * gives the text. Both this and they throw BadDraft.
 */
export function stagesOfDocx(bytes, name, entries = entriesOf(bytes)) {
  const main = mainPartOf(bytes, entries);
  if (!main) throw new BadDraft("broken");
  const ties = tiesOf(bytes, entries, main);
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  const named = (kind) => [...new Set(ties.filter(([one]) => one === kind).map(([, path]) => path))].filter((path) => entries.has(path));
  const entryOf = (kind) => entries.get(named(kind)[0] ?? `${folder}${kind}.xml`);
  const whole = tiesOf(bytes, entries, "");
  const property = (kind, usual) => small(bytes, entries.get(whole.find(([one]) => one === kind)?.[1] ?? usual));

  const themeFonts = themeFontsOf(small(bytes, entries.get(named("theme")[0] ?? "")));
  const styles = stylesOf(themeFonts);
  const lists = listsOf(styles);
  const account = accountOf(styles, lists, themeFonts);
  const properties = propertiesOf(property("core-properties", "docprops/core.xml"), property("extended-properties", "docprops/app.xml"));
  if (properties.pages > MOST_PAGES) throw new BadDraft("pages");
  const gathered = { TCVN3: [], VNI: [] };
  const turned = { TCVN3: false, VNI: false };
  const made = [];
  let [letters, decomposed, comments, looked, sideTables, wasSide] = [0, false, 0, 0, 0, false];
  const isSecret = secretSeeker();
  let heads = [];
  /** What one part left open is no matter of the next. */
  const begun = () => {
    account.comments.clear();
    account.fields = [];
  };

  /** After each step: a secret is seen, and a text too long given up, before more of it is read. */
  const watched = (stages) => stages.map((stage) => () => {
    stage();
    const { lines } = account;
    const fresh = [];
    for (; looked < lines.length; looked += 1) {
      const line = lines[looked];
      const size = line.cells ? line.cells.reduce((sum, cell) => sum + cell.length, 0) : line.words.length;
      letters += size;
      // In whichever way it is written: which one it is will be known when all is read.
      if (line.cells ? looked < MOST_HEAD_LINES || line.part !== "body" : size <= MOST_MARK_LINE) fresh.push(finished(line, { TCVN3: true, VNI: true }, () => 0));
      else if (!line.cells) fresh.push({ ...line, text: line.words.slice(0, 20) });
    }
    if (isSecret(fresh)) throw new BadDraft("secret");
    if (letters > MOST_LETTERS || lines.length > MOST_LINES) throw new BadDraft("pages");
  });
  /** What a file may lack: where it is damaged the rest is read, and the reader told. */
  const lenient = (stages) => {
    let isBroken = false;
    return stages.map((stage) => () => {
      if (isBroken) return;
      try {
        stage();
      } catch (fault) {
        if (!(fault instanceof BadDraft) || fault.message !== "broken") throw fault;
        isBroken = true;
        account.told.add("part");
      }
    });
  };
  const stagesOf = (entry, handlers) => (entry ? lenient(partStages(bytes, entry, handlers)) : []);
  const adding = (to) => () => ({ isOpen: openNames, onUnit: (node) => to.add(node) });

  const sides = [...named("header"), ...named("footer")].slice(0, MOST_SIDE_PARTS).map((path) => entries.get(path));
  const notes = [entryOf("footnotes"), entryOf("endnotes")].filter(Boolean);
  const read = [entryOf("styles"), entryOf("numbering"), entries.get(main), ...sides, ...notes, entryOf("comments")].filter(Boolean);
  if (read.reduce((sum, { size }) => sum + size, 0) > MOST_ALL_BYTES) throw new BadDraft("part-size");
  if ([...entries.keys()].some((path) => path.endsWith("vbaproject.bin"))) account.told.add("macro");
  if ([...entries.keys()].some((path) => path.startsWith(`${folder}embeddings/`))) account.told.add("embedded");
  let hasText = false;

  return [
    ...stagesOf(entryOf("styles"), adding(styles)),
    ...stagesOf(entryOf("numbering"), adding(lists)),
    // Heads first: what marks a secret often stands there. Their lines go to the end, where they do not part the text.
    ...watched(sides.flatMap((entry) => stagesOf(entry, () => textHandlers(account, "head")))),
    () => {
      heads = account.lines.splice(0);
      looked = 0;
      begun();
    },
    ...watched(partStages(bytes, entries.get(main), () => {
      const handlers = textHandlers(account, "body");
      return { ...handlers, onOpen(opened) {
        hasText = hasText || opened === "body";
        handlers.onOpen(opened);
      } };
    })),
    () => {
      if (!hasText) throw new BadDraft("broken");
      begun();
    },
    ...watched(notes.flatMap((entry) => stagesOf(entry, () => noteHandlers(account)))),
    ...stagesOf(entryOf("comments"), () => ({ isOpen: (one) => one === "comments", onUnit: (node) => {
      if (node.name === "comment") comments += 1;
    } })),
    () => {
      account.lines.push(...heads);
      oldWordsOf(account.lines, gathered);
      for (const way of Object.keys(turned)) turned[way] = isOld(gathered[way].join(" "), way);
    },
    ...Array.from({ length: FINISH_IN }, (_, at) => () => {
      const each = Math.ceil(account.lines.length / FINISH_IN);
      for (const line of account.lines.slice(at * each, (at + 1) * each)) {
        decomposed = decomposed || isDecomposed(line.cells ? line.cells.join("") : line.words);
        let isSide = false;
        made.push(finished(line, turned, () => {
          isSide = true;
          if (!wasSide) sideTables += 1;
          return account.table + sideTables;
        }));
        wasSide = isSide;
      }
    }),
    () => {
      const seen = new Set();
      const lines = made.filter(({ part, text }) => {
        if (part !== "head") return true;
        const isNew = text.trim() && !isPageNumber(text) && !seen.has(text);
        seen.add(text);
        return isNew;
      });
      if (!lines.some(({ text, part }) => part !== "head" && text.trim())) throw new BadDraft("empty");
      const pages = properties.pages || (account.breaks ? account.breaks + 1 : 0);
      const way = Object.keys(turned).find((one) => turned[one]) ?? "";
      const left = Object.keys(gathered).some((one) => !turned[one] && isLeft(gathered[one].join(" ")));
      const { told, changes, highlights } = account;
      const codes = [changes && "changes", comments && "comments", way && "old-font", left && "old-font-left", Math.max(pages, letters / 3000) > LONG_PAGES && "long", ...told].filter(Boolean);
      const fonts = [...account.fonts].sort(([, a], [, b]) => b - a).slice(0, 12).map(([font]) => font);
      return { lines, file: fileOf(name, { ...properties, pages, comments, changes, highlights, oldFont: way, decomposed, fonts }), told: [...new Set(codes)].sort() };
    },
  ];
}

/** Whether words in an old font that are not written in its way hold what no reader understands. */
const isLeft = (words) => (words.match(/[\u00a1-\u00bf]/gu) || []).length > 3;

/** The text of a Word file at once. Throws BadDraft. */
export const textOfDocx = (bytes, name) => stagesOfDocx(bytes, name).reduce((value, stage) => stage(value), undefined);
