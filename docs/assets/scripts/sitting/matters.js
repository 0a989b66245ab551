// The matters of a sitting: read from what is pasted, and told in the forms in which papers want them. No page here.
import { withoutMarks } from "../basics/without-marks.js";

export const KINDS = {
  "nghi-quyet": "Nghị quyết cá biệt", "nghi-quyet-quy-pham": "Nghị quyết quy phạm", "bao-cao": "Báo cáo",
  "to-trinh": "Tờ trình", "de-an": "Đề án", khac: "Loại khác",
};
export const COMMITTEES = ["Ban Kinh tế - Ngân sách", "Ban Văn hóa - Xã hội", "Hai Ban", "Không thuộc diện thẩm tra"];
export const NOT_VERIFIED = COMMITTEES[3];
export const PAPERS = { "to-trinh": "Tờ trình", "du-thao": "Dự thảo", "tham-tra": "Báo cáo thẩm tra" };
const DECIDED = ["nghi-quyet", "nghi-quyet-quy-pham", "to-trinh", "de-an"];

const fold = (text) => withoutMarks(text).trim();

/** The kind that a title begins with; "" where it tells none. */
export function kindIn(text) {
  const clean = fold(text);
  if (/^(du thao )?nghi quyet quy pham/.test(clean)) return "nghi-quyet-quy-pham";
  // “Nghị quyết” alone tells not whether it is normative: the reader does.
  const begins = [["bao cao", "bao-cao"], ["to trinh", "to-trinh"], ["de an", "de-an"]];
  const found = begins.find(([words]) => clean.startsWith(words));
  return found ? found[1] : "";
}

const kindNamed = (text) => Object.keys(KINDS).find((kind) => fold(KINDS[kind]) === fold(text)) || kindIn(text);
const committeeNamed = (text) => COMMITTEES.find((name) => fold(name) === fold(text)) || "";

/** What each column of a table is, told by its heading; the order is that of BM07. */
const HEADINGS = [
  ["title", /^noi dung/], ["kind", /^loai/], ["submitter", /^co quan trinh/], ["drafter", /^co quan soan|nguoi soan|don vi soan/],
  ["committee", /^ban tham tra|^co quan tham tra/],
  ["state", /^trang thai/],
];
const BM07 = ["", "title", "kind", "", "submitter", "drafter", "", "committee", "", "", "", "", "", "state"];
/** A row that is shorter was not copied from BM07 as far as its committee. */
const BM07_LEAST = 8;
/** What is there of a matter in each state of BM07. */
const STATES = { "da gui ban": "to-trinh du-thao", "da tham tra": "to-trinh du-thao tham-tra", "da gui dai bieu": "to-trinh du-thao tham-tra" };

const cleanTitle = (text) => text.replace(/\s+/g, " ").replace(/^\s*(?:[-–•*+]\s|\(?\d{1,3}[.)](?!\d)|[a-zđ][.)](?!\d))\s*/i, "").trim();

// A cell that Excel copies with a line break stands in quotes.
function tableOf(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += sign;
  }
  // A quotation mark that is never closed was a mark of the text.
  if (quoted) return text.split("\n").map((line) => line.split("\t"));
  return [...rows, [...row, cell]];
}

/** The field of each column, told by a row of headings; null where a row is none. */
export function columnsOf(row) {
  const found = row.map((cell) => (HEADINGS.find(([, pattern]) => pattern.test(fold(cell))) || [""])[0]);
  // One word alike is a matter’s title, not a row of headings.
  return found.includes("title") && found.filter(Boolean).length > 1 ? found : null;
}

/** The matters in what was pasted: lines, or rows copied from BM07 or another table. */
export function mattersIn(text) {
  const clean = text.replace(/\r\n?/g, "\n").normalize("NFC");
  if (!clean.includes("\t") && clean.trimStart().startsWith('"')) {
    return tableOf(clean).map(([cell]) => cleanTitle(cell)).filter(Boolean).map((title) => ({ title, kind: kindIn(title) }));
  }
  if (!clean.includes("\t")) {
    return clean.split("\n").map(cleanTitle).filter(Boolean).map((title) => ({ title, kind: kindIn(title) }));
  }
  return mattersInRows(tableOf(clean));
}

/** The matters in rows of cells: below their headings, else in the order of BM07. */
export function mattersInRows(rows) {
  const found = [];
  let columns = null;
  let head = "";
  for (const row of rows) {
    // Below the headings a row that looks like some is a matter; only the same ones come again, on the next page.
    const headings = columns ? null : columnsOf(row);
    if (headings) {
      columns = headings;
      head = fold(row.join(" "));
    }
    if (headings || (columns && fold(row.join(" ")) === head)) continue;
    const names = columns || (row.length >= BM07_LEAST && /^\s*\d*\s*$/.test(row[0]) ? BM07 : /^\s*\d*\s*$/.test(row[0]) ? ["", "title", "kind", "drafter"] : ["title", "kind", "drafter"]);
    const cell = (name) => (names.includes(name) ? (row[names.indexOf(name)] || "").replace(/\s+/g, " ").trim() : "");
    const title = cleanTitle(cell("title"));
    if (!title) continue;
    found.push({ title, kind: kindNamed(cell("kind")) || kindIn(title), drafter: cell("drafter") || cell("submitter"), committee: committeeNamed(cell("committee")), ...(STATES[fold(cell("state"))] ? { papers: STATES[fold(cell("state"))] } : {}) });
  }
  return found;
}

/** The matters in the sheets of a spreadsheet file; null where none has a row of headings. */
export function mattersInSheets(sheets) {
  for (const rows of sheets) {
    const clean = rows.map((row) => row.map((cell) => cell.normalize("NFC")));
    const head = clean.findIndex((row) => columnsOf(row));
    if (head >= 0) return mattersInRows(clean.slice(head));
  }
  return null;
}

/** A sitting's matters in their order: [[id, matter], …]. */
export const mattersOf = (sitting) => Object.entries(sitting.matters).sort(([, a], [, b]) => a.order - b.order);

const has = (matter, paper) => matter.papers.split(" ").includes(paper);
// A submission usually asks for a decision. Whose kind nobody told is taken for a draft, unless its words say otherwise: a row
// too many is seen, a vote that is missing is not.
export const isDecided = ({ kind, title }) => DECIDED.includes(kind) || (kind === "" && !/^(bao cao|thong bao)/.test(fold(title)));
/** Matters whose kind nobody told and whose words tell none. */
export const withoutKind = (matters) => matters.filter(({ kind, title }) => kind === "" && !/^(du thao |cac )?(nghi quyet|bao cao|thong bao)/.test(fold(title)));
/** Papers that a matter must have: what is only reported needs no draft, what no committee verifies no report of one. */
export function papersOf(matter) {
  const wanted = isDecided(matter) ? ["to-trinh", "du-thao"] : ["du-thao"];
  return matter.committee === NOT_VERIFIED ? wanted : [...wanted, "tham-tra"];
}
export const missingOf = (matter) => papersOf(matter).filter((paper) => !has(matter, paper));
/** What a paper is called for a matter: what is only reported is no draft. */
export const paperName = (matter, paper) => (paper === "du-thao" && !isDecided(matter) ? "Văn bản" : PAPERS[paper]);

/** The tables that papers want, each {id, title, form, head, rows}. */
export function tables(matters) {
  const decided = matters.filter(isDecided);
  const number = (_, index) => String(index + 1);
  const states = (matter) => papersOf(matter).map((paper) => `${paperName(matter, paper)}: ${has(matter, paper) ? "có" : "chưa có"}`).join("; ");
  const lines = (rows, list = matters) => list.map((matter, index) => [number(null, index), ...rows(matter, index)]);
  return [
    { id: "danh-muc", title: "Danh mục nội dung", form: "BM07, BM08", head: ["TT", "Nội dung", "Loại", "Đơn vị soạn thảo", "Ban thẩm tra", "Đã có"],
      rows: lines((one) => [one.title, KINDS[one.kind] || "", one.drafter, one.committee, states(one)]) },
    { id: "chuong-trinh", title: "Phần nội dung của chương trình kỳ họp", form: "mẫu riêng", head: ["TT", "Nội dung", "Đơn vị soạn thảo (ghi người trình bày)", "Thẩm tra", "Việc của HĐND", "Số phút"],
      rows: lines((one) => [one.title, one.drafter, one.committee === NOT_VERIFIED ? "" : one.committee, isDecided(one) ? "Thảo luận, biểu quyết" : "Xem xét, thảo luận", ""]) },
    { id: "bieu-quyet", title: "Bảng biểu quyết", form: "mẫu riêng", head: ["TT", "Nội dung biểu quyết", "Có mặt", "Tán thành", "Không tán thành", "Không biểu quyết", "Kết quả"],
      rows: lines((one) => [one.title, "", "", "", "", ""], decided) },
    { id: "muc-luc", title: "Mục lục tài liệu gửi đại biểu", form: "mẫu riêng", head: ["TT", "Tài liệu", "Thuộc nội dung", "Tình trạng"],
      rows: matters.flatMap((one) => papersOf(one).map((paper) => [paperName(one, paper), one.title, has(one, paper) ? "có" : "chưa có"])).map((row, index) => [number(null, index), ...row]) },
    { id: "luu", title: "Mục lục hồ sơ kỳ họp", form: "mẫu riêng", head: ["TT", "Hồ sơ", "Văn bản trong hồ sơ", "Số tờ"],
      rows: lines((one) => [one.title, [...papersOf(one).map((paper) => paperName(one, paper)), ...(isDecided(one) ? ["Nghị quyết đã ký chứng thực"] : [])].join("; "), ""]) },
  ];
}

/** A table as text that spreadsheets take apart again. */
export const asText = ({ head, rows }) => [head, ...rows].map((row) => row.map((cell) => cell.replace(/[\t\n]+/g, " ")).join("\t")).join("\n");
