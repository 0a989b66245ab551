// “Danh mục nội dung”: the matters of the sitting on this device, typed or pasted once, told as the papers want them.
import { DEADLINES } from "../data/deadlines.js";
import { RESOLUTION_KINDS } from "../data/resolution-kinds.js";
import { kindOf } from "../sitting/board.js";
import { COMMITTEES, KINDS, asText, isDecided, mattersIn, mattersInSheets, mattersOf, missingOf, paperName, papersOf, tables, withoutKind } from "../sitting/matters.js";
import { kindOfMatter } from "../sitting/resolution-kinds.js";
import * as store from "../kept/store.js";
import { copied } from "../ui/element.js";
import { ask, button, make, makeStatus, makeStorageNote, say, sayNoted, zaloNote } from "../ui/ui.js";

const place = document.querySelector("[data-hd-matters]");
const list = make("ol", { class: "hd-matters" });
const summary = make("p", { class: "hd-total" });
const duty = make("div");
const outputs = make("div");
let removed = null;

const matters = () => {
  const sitting = store.sittingOf(store.current());
  return sitting ? mattersOf(sitting) : [];
};

function change(act) {
  return store.update((document_) => {
    if (!store.sittingOf(document_)) store.addSitting(document_, {});
    return act(store.sittingOf(document_));
  });
}

/** Add matters to the list; returns what to tell. */
function add(found) {
  const before = matters().length;
  change((sitting) => found.forEach((one) => store.setMatter(sitting, "", one)));
  const count = matters().length - before;
  return count < found.length ? `Đã thêm ${count} nội dung. Máy giữ tối đa ${store.MAX_MATTERS} nội dung một kỳ.` : `Đã thêm ${count} nội dung.`;
}

function move(id, step) {
  const order = matters().map(([key]) => key);
  const at = order.indexOf(id);
  const to = at + step;
  if (to < 0 || to >= order.length) return;
  [order[at], order[to]] = [order[to], order[at]];
  change((sitting) => order.forEach((key, index) => {
    sitting.matters[key].order = index + 1;
  }));
  list.querySelector(`[data-id="${id}"] [data-step="${step}"]`).focus();
  say(`Nội dung này đã chuyển đến vị trí ${to + 1}.`);
}

function remove(id, matter) {
  removed = [id, matter, store.current().current];
  change((sitting) => {
    delete sitting.matters[id];
  });
  say("Đã bỏ một nội dung. Bấm “Hoàn tác” nếu bỏ nhầm.");
  undo.focus();
}

const undo = button("Hoàn tác", () => {
  const [id, matter, where] = removed;
  removed = null;
  store.update((document_) => {
    const sitting = document_.sittings[where];
    if (sitting && Object.keys(sitting.matters).length < store.MAX_MATTERS) sitting.matters[id] = matter;
  });
  say("Đã khôi phục nội dung.");
  list.querySelector(`[data-id="${id}"] textarea`)?.focus();
});

// Lines ---------------------------------------------------------------------------------------------

function select(id, name, label, options, matter) {
  const field = make("select", { class: "hd-field", id: `${id}-${name}` }, make("option", { value: "", text: "Chưa chọn" }),
    ...options.map(([value, text]) => make("option", { value, text })));
  field.value = matter[name];
  field.addEventListener("change", () => {
    change((sitting) => store.setMatter(sitting, id, { [name]: field.value }));
    // The list was made anew; an arrow key on it goes on from here.
    document.getElementById(field.id)?.focus();
    sayNoted();
  });
  return make("p", {}, make("label", { for: field.id, text: label }), field);
}

function text(id, name, label, matter, tag) {
  const field = make(tag, { class: "hd-field", id: `${id}-${name}`, maxlength: store.MATTER[name], ...(tag === "textarea" ? { rows: 2 } : {}) });
  field.value = matter[name];
  field.addEventListener("input", () => change((sitting) => store.setMatter(sitting, id, { [name]: field.value })));
  field.addEventListener("change", sayNoted);
  return make("p", { class: tag === "textarea" ? "hd-matter__title" : undefined }, make("label", { for: field.id, text: label }), field);
}

const root = new URL(place.dataset.hdRoot, location.href);

// What the resolution is about: guessed from the title until somebody chooses; then its page and its sheet of questions.
function subject(id, matter) {
  const found = kindOfMatter(matter, RESOLUTION_KINDS);
  const choice = select(id, "subject", "Nghị quyết về việc gì?", Object.entries(RESOLUTION_KINDS).map(([code, one]) => [code, one.title]), { subject: found });
  if (!found) return [choice];
  const { page, sheet, title } = RESOLUTION_KINDS[found];
  return [choice, make("p", { class: "hd-due__see hd-no-print" },
    make("a", { href: new URL(page, root), text: "Tên, hồ sơ, thời hạn", "aria-label": `Tên, hồ sơ, thời hạn: ${title}` }),
    make("a", { href: new URL(sheet, root), text: "Phiếu câu hỏi (PDF)", "aria-label": `Phiếu câu hỏi: ${title} (PDF)` }))];
}

function lineOf([id, matter]) {
  const papers = make("fieldset", { class: "hd-has" }, make("legend", { text: "Đã có" }), ...papersOf(matter).map((paper) => {
    const box = make("input", { type: "checkbox", value: paper });
    box.checked = matter.papers.split(" ").includes(paper);
    box.addEventListener("change", () => {
      const now = new Set(store.sittingOf(store.current()).matters[id].papers.split(" ").filter(Boolean));
      if (box.checked) now.add(paper);
      else now.delete(paper);
      change((sitting) => store.setMatter(sitting, id, { papers: [...now].join(" ") }));
      list.querySelector(`[data-id="${id}"] [value="${paper}"]`)?.focus();
      sayNoted();
    });
    return make("label", {}, box, ` ${paperName(matter, paper)}`);
  }));
  const named = matter.title || "nội dung chưa ghi tên";
  return make("li", { "data-id": id },
    text(id, "title", "Nội dung", matter, "textarea"),
    make("div", { class: "hd-matter__rest" }, select(id, "kind", "Loại", Object.entries(KINDS), matter),
      text(id, "drafter", "Đơn vị soạn thảo, người trình bày", matter, "input"),
      select(id, "committee", "Ban thẩm tra", COMMITTEES.map((name) => [name, name]), matter),
      ...(isDecided(matter) ? subject(id, matter) : [])),
    papers,
    make("div", { class: "hd-row hd-no-print" },
      button("Lên", () => move(id, -1), { "data-step": -1, "aria-label": `Đưa lên: ${named}` }),
      button("Xuống", () => move(id, 1), { "data-step": 1, "aria-label": `Đưa xuống: ${named}` }),
      button("Bỏ", () => remove(id, store.sittingOf(store.current()).matters[id]), { "aria-label": `Bỏ: ${named}` })));
}

// Ways out ------------------------------------------------------------------------------------------

const asTable = ({ head, rows }) => make("table", { class: "hd-table" },
  make("thead", {}, make("tr", {}, ...head.map((cell) => make("th", { scope: "col", text: cell })))),
  make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", { text: cell }))))));

/** Copy a table so that Word takes it as one; where a browser cannot, as text that Excel takes apart. */
async function copyTable(table, where) {
  const html = asTable(table);
  html.setAttribute("border", "1");
  try {
    const data = { "text/html": new Blob([html.outerHTML], { type: "text/html" }), "text/plain": new Blob([asText(table)], { type: "text/plain" }) };
    await navigator.clipboard.write([new ClipboardItem(data)]);
    say("Đã sao chép bảng. Mở Word hoặc Excel rồi dán.");
  } catch {
    say(await copied(asText(table), where) ? "Đã sao chép dạng chữ. Dán vào Excel thì thành bảng." : "Máy không cho sao chép. Bôi đen bảng rồi sao chép bằng tay.");
  }
}

// Whole forms with the list in them, where a page may read the file beside it.
const forms = location.protocol.startsWith("http") ? JSON.parse(place.dataset.hdForms) : [];
const filled = make("ul", { class: "hd-filled" }, ...forms.map(({ id, title, file }) => make("li", {},
  button(`Tải ${id} đã điền`, async () => {
    if (!matters().length) {
      say("Danh mục đang trống: thêm nội dung rồi tải.");
      return;
    }
    try {
      const { handOverFilled } = await import("../ui/filled.js");
      await handOverFilled(file);
    } catch {
      say("Chưa tải được phần điền tệp. Tải lại trang khi có mạng rồi thử lần nữa.");
    }
  }, { "aria-label": `Tải ${id} đã điền: ${title}` }), ` ${title}`)));

function showOutputs(found) {
  const open = [...outputs.querySelectorAll("details[open]")].map((one) => one.dataset.table);
  outputs.replaceChildren(...tables(found.map(([, matter]) => matter)).map((table) => {
    const box = make("details", { class: "hd-lessons", "data-table": table.id },
      make("summary", { text: `${table.title} (${table.rows.length} dòng; dùng cho ${table.form})` }),
      make("div", { class: "hd-row hd-no-print" }, button("Sao chép bảng để dán vào Word", () => copyTable(table, outputs), { "aria-label": `Sao chép bảng: ${table.title}` })),
      make("div", { class: "hd-scroll", tabindex: 0, role: "region", "aria-label": table.title }, asTable(table)));
    if (open.includes(table.id)) box.open = true;
    return box;
  }));
}

// What must be told at the sitting, whoever forgets it; with its condition where there is one.
function showDuties(found, facts) {
  const kind = kindOf(facts);
  const titles = found.map(([, { title }]) => title.toLowerCase());
  const own = DEADLINES.filter((one) => one.bound === "tai-ky" && (!one.when || one.when.includes(kind)));
  duty.replaceChildren(make("ul", { class: "hd-duties" }, ...own.map((one) => {
    const there = titles.includes(one.does.toLowerCase());
    return make("li", {}, `${one.does}${one.condition ? ` (${one.condition})` : ""}. `,
      there ? make("span", { class: "hd-mark", text: "Đã có trong danh mục" })
        : button("Thêm vào danh mục", () => {
          say(add([{ title: one.does, kind: kindIn(one.does) }]));
          duty.querySelector("button")?.focus();
        }, { class: "hd-link", "aria-label": `Thêm vào danh mục: ${one.does}` }));
  })));
}
const kindIn = (title) => (title.startsWith("Trình HĐND") ? "to-trinh" : "bao-cao");

// The page ------------------------------------------------------------------------------------------

const MAX_BYTES = 5000000;
const chooser = make("input", { type: "file", accept: ".xlsx,.xlsm,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", hidden: true, "aria-label": "Chọn tệp BM07" });
chooser.addEventListener("change", async () => {
  const [file] = chooser.files;
  if (!file) return;
  say("Đang đọc tệp…");
  try {
    say(await taken(file));
  } catch {
    say("Chưa tải được phần đọc tệp. Tải lại trang khi có mạng rồi thử lần nữa.");
  } finally {
    // The same file may be chosen again.
    chooser.value = "";
  }
});

/** Take the matters of a spreadsheet file; returns what to tell of it. */
async function taken(file) {
  if (file.size > MAX_BYTES) return "Không mở được: tệp lớn quá 5 MB. Danh mục không đổi.";
  const { sheetRows } = await import("../office/excel-file.js");
  let found;
  try {
    found = mattersInSheets(sheetRows(new Uint8Array(await file.arrayBuffer())));
  } catch {
    return "Không mở được: không phải tệp .xlsx, hoặc tệp có mật khẩu. Danh mục không đổi.";
  }
  if (!found) return "Không thấy bảng có cột “Nội dung” và “Loại”. Danh mục không đổi.";
  // What stands in the list already is not put there twice.
  const plain = ({ title }) => title.replace(/\s+/g, " ").trim().slice(0, store.MATTER.title).toLowerCase();
  const titles = new Set(matters().map(([, one]) => plain(one)));
  const fresh = found.filter((one) => !titles.has(plain(one)));
  if (!fresh.length) return found.length ? "Mọi nội dung trong tệp đã có trong danh mục." : "Bảng trong tệp chưa có nội dung nào.";
  return add(fresh);
}

const paste = make("textarea", { class: "hd-field", id: "dan-noi-dung", rows: 4, maxlength: 20000, placeholder: "Mỗi dòng một nội dung; hoặc dán các dòng chép từ bảng BM07" });
const form = make("form", { class: "hd-form hd-no-print", autocomplete: "off", "aria-label": "Thêm nội dung" },
  make("p", {}, make("label", { for: paste.id, text: "Gõ hoặc dán các nội dung" }), paste),
  make("div", { class: "hd-row" }, button("Thêm vào danh mục", () => {
    const found = mattersIn(paste.value);
    if (!found.length) {
      say("Chưa có dòng nào. Gõ mỗi dòng một nội dung.");
      paste.focus();
      return;
    }
    paste.value = "";
    say(add(found));
  }), button("Mở tệp BM07 (Excel)", () => chooser.click()), button("Xóa cả danh mục…", () => {
    if (!matters().length) {
      say("Danh mục đang trống.");
      return;
    }
    ask(form, `Xóa cả ${matters().length} nội dung của kỳ họp này trên máy?`, [["Giữ lại", null], ["Xóa cả danh mục", () => {
      change((sitting) => Object.keys(sitting.matters).forEach((id) => delete sitting.matters[id]));
      say("Đã xóa danh mục.");
    }]]);
  }), undo, chooser));
form.addEventListener("submit", (event) => event.preventDefault());

function show(_, why) {
  const sitting = store.sittingOf(store.current());
  const found = matters();
  const missing = found.filter(([, matter]) => missingOf(matter).length);
  const unclear = withoutKind(found.map(([, matter]) => matter)).length;
  summary.textContent = found.length
    ? `${found.length} nội dung; ${missing.length ? `${missing.length} nội dung còn thiếu tài liệu` : "đủ tài liệu"}.${unclear ? ` ${unclear} nội dung chưa chọn loại: chọn trước khi tải, có biểu mẫu sẽ bỏ sót.` : ""}`
    : "Chưa có nội dung nào.";
  undo.hidden = !removed;
  showOutputs(found);
  showDuties(found, sitting ? sitting.facts : { opening: "", kind: "", has: "" });
  // What is being typed stays; everything else follows.
  const typed = list.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type=checkbox])");
  if (typed && why === "own") return;
  list.replaceChildren(...found.map(lineOf));
}

const zalo = zaloNote("");
place.replaceChildren(...[zalo, form, makeStatus(), makeStorageNote(), summary, list].filter(Boolean));
document.querySelector("[data-hd-filled]").append(forms.length ? filled : make("p", { text: "Sổ tay mở từ thư mục trên máy không tự điền tệp được: sao chép các bảng bên dưới rồi dán vào tệp." }));
document.querySelector("[data-hd-matters-out]").append(outputs);
document.querySelector("[data-hd-duties]").append(duty);
document.querySelectorAll("[data-hd-no-script]").forEach((one) => one.remove());
store.listen(show);
show();
