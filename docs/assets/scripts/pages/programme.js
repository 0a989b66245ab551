// “Lập chương trình”: the lines of the sitting's programme on this device, their clock, what they show, and the papers made of them.
import { DAYS_OFF } from "../data/days-off.js";
import { DEADLINES } from "../data/deadlines.js";
import { SIGNS } from "../data/signs.js";
import { estimateWindow, kindOf } from "../sitting/board.js";
import { LINE_KINDS, MODELS, clockText, kindOfLine, linesIn, matterIn, programmeFrom, programmeText, sumsOf, timed } from "../sitting/programme.js";
import { signsOf } from "../sitting/programme-signs.js";
import * as store from "../kept/store.js";
import { mattersOf } from "../sitting/matters.js";
import { MAX_HALVES, NAMELESS, nameOf } from "../sitting/names.js";
import { isDay, vnDate } from "../basics/times.js";
import { ask, button, canPrint, copyText, make, makeStatus, makeStorageNote, say, sayNoted, zaloNote } from "../ui/ui.js";

const place = document.querySelector("[data-hd-programme]");
const forms = JSON.parse(place.dataset.hdForms);
const root = new URL(place.dataset.hdRoot, location.href);
const MOST_UNDO = 20;
const undone = [];

const sitting = () => store.sittingOf(store.current());
const programme = () => (sitting() ? sitting().programme : { halves: [], lines: [] });
const matters = () => (sitting() ? mattersOf(sitting()).filter(([, { title }]) => title.trim()) : []);
const opening = () => (sitting() ? sitting().facts.opening : "");
const copyOf = ({ halves, lines }) => ({ halves: halves.map((one) => ({ ...one })), lines: lines.map((one) => ({ ...one })) });

/** Change the programme by a function of a copy; what was there can be taken back. `keep`: it is the version before. */
function change(act, keep = false) {
  store.update((document_) => {
    if (!store.sittingOf(document_)) store.addSitting(document_, {});
    const own = store.sittingOf(document_);
    // What another tab has written just now is what is changed.
    undone.push({ id: document_.current, programme: copyOf(own.programme), before: copyOf(own.before) });
    if (undone.length > MOST_UNDO) undone.shift();
    const next = copyOf(own.programme);
    act(next);
    next.lines.length = Math.min(next.lines.length, store.MAX_LINES);
    store.setProgramme(own, next, keep);
  });
}

// What is typed changes clocks and signs, not the fields: the one that comes next must still be there to get the focus.
let typing = false;
function inPlace(act) {
  typing = true;
  try {
    act();
  } finally {
    typing = false;
  }
}

// The half-days and their lines ------------------------------------------------------------------------

const halvesBox = make("div", { class: "hd-halves" });
const found = make("section", { class: "hd-found", "aria-label": "Lời nhắc về chương trình" });
const total = make("p", { class: "hd-total" });

const inOrder = (lines) => lines.map((line, index) => ({ ...line, index })).sort((a, b) => a.half - b.half || a.index - b.index);
const focusOn = (index, selector) => halvesBox.querySelector(`[data-line="${index}"] ${selector}`)?.focus();

/** Move a line one place; over the edge of its half-day it goes into the next one. */
function move(index, step) {
  const order = inOrder(programme().lines);
  const at = order.findIndex((one) => one.index === index);
  const other = order[at + step];
  const { half } = order[at];
  const stays = other && other.half === half;
  if (!stays && (half + step < 1 || half + step > MAX_HALVES)) {
    say(step < 0 ? "Dòng này đã đứng đầu." : "Dòng này đã ở buổi cuối.");
    return;
  }
  let now = index;
  change((next) => {
    const line = next.lines[index];
    if (stays) {
      [next.lines[index], next.lines[other.index]] = [next.lines[other.index], next.lines[index]];
      now = other.index;
      return;
    }
    next.lines.splice(index, 1);
    line.half = half + step;
    // Into the next half-day as its first line, into the one before as its last.
    now = step > 0 ? 0 : next.lines.length;
    next.lines.splice(now, 0, line);
  });
  focusOn(now, `[data-step="${step}"]`);
  const line = programme().lines[now];
  say(line.half === half ? `Đã chuyển: ${line.text}.` : `Đã chuyển sang buổi ${line.half}: ${line.text}.`);
}

function removeLine(index) {
  change((next) => next.lines.splice(index, 1));
  say("Đã bỏ một dòng. Bấm “Hoàn tác” nếu bỏ nhầm.");
  undo.focus();
}

function setLine(index, fields) {
  change((next) => Object.assign(next.lines[index], fields));
}

function field(id, label, attributes, index, name, tag = "input") {
  const made = make(tag, { class: "hd-field", id, maxlength: store.LINE[name], ...attributes });
  const line = programme().lines[index];
  made.value = line[name];
  made.addEventListener("change", () => {
    if (name === "minutes") made.value = made.value.replace(/\D/g, "").slice(0, 3);
    const { kind, matter, text } = programme().lines[index];
    // Whose kind nobody has told yet is told by its words.
    const untold = name === "text" && kind === "khac" && !matter && made.value !== text;
    if (untold) setLine(index, { text: made.value, kind: kindOfLine(made.value), matter: matterIn(made.value, matters()) });
    else inPlace(() => setLine(index, { [name]: made.value }));
    if (untold && document.activeElement === document.body) focusOn(index, "input");
    sayNoted();
  });
  // Many lines have the same fields: a screen reader hears of which line each is.
  made.setAttribute("aria-label", `${label}, dòng ${index + 1}`);
  return make("p", { class: `hd-line__${name}` }, make("label", { for: id, text: label }), made);
}

function choice(id, label, options, now, set) {
  const made = make("select", { class: "hd-field", id }, ...options.map(([value, text]) => make("option", { value, text })));
  made.value = now;
  made.addEventListener("change", () => {
    set(made.value);
    document.getElementById(id)?.focus();
    sayNoted();
  });
  return make("p", {}, make("label", { for: id, text: label }), made);
}

const open = new Set();
function lineOf({ index, from, ...line }) {
  const id = `dong-${index}`;
  const named = line.text || "dòng chưa ghi";
  const more = make("details", { class: "hd-lessons" }, make("summary", { text: LINE_KINDS[line.kind] || LINE_KINDS.khac, "aria-label": `Loại, nội dung, buổi của: ${named}` }),
    choice(`${id}-kind`, "Loại dòng", Object.entries(LINE_KINDS), LINE_KINDS[line.kind] ? line.kind : "khac", (kind) => setLine(index, { kind })),
    choice(`${id}-matter`, "Thuộc nội dung", [["", "Không thuộc nội dung nào"], ...matters().map(([key, { title }]) => [key, title])], line.matter, (matter) => setLine(index, { matter })),
    field(`${id}-chair`, "Người điều hành", {}, index, "chair"),
    choice(`${id}-half`, "Buổi", Array.from({ length: Math.min(MAX_HALVES, halfCount() + 1) }, (_, at) => [String(at + 1), `Buổi ${at + 1}`]), String(line.half), (half) => setLine(index, { half: Number(half) })));
  more.open = open.has(index);
  more.addEventListener("toggle", () => (more.open ? open.add(index) : open.delete(index)));
  const item = make("li", { "data-line": index, class: `hd-line hd-line--${line.kind}` },
    make("p", { class: "hd-line__clock", text: clockText(from) }),
    field(`${id}-text`, "Nội dung", { rows: 2 }, index, "text", "textarea"),
    field(`${id}-who`, "Người trình bày", {}, index, "who"),
    field(`${id}-minutes`, "Phút", { inputmode: "numeric" }, index, "minutes"),
    more,
    make("div", { class: "hd-row hd-no-print" },
      button("Lên", () => move(index, -1), { "data-step": -1, "aria-label": `Đưa lên: ${named}` }),
      button("Xuống", () => move(index, 1), { "data-step": 1, "aria-label": `Đưa xuống: ${named}` }),
      button("Bỏ", () => removeLine(index), { "aria-label": `Bỏ dòng: ${named}` })));
  // As in a word processor: Alt and an arrow move the line in hand.
  item.addEventListener("keydown", (event) => {
    // On a list of choices the same keys open it.
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key) || event.target.matches("select")) return;
    event.preventDefault();
    // What is being typed comes along.
    event.target.dispatchEvent(new Event("change"));
    move(index, event.key === "ArrowUp" ? -1 : 1);
  });
  return item;
}

const halfCount = () => Math.max(1, programme().halves.length, ...programme().lines.map(({ half }) => half));

function setHalf(number, fields) {
  change((next) => {
    while (next.halves.length < number) next.halves.push({ day: "", start: "", end: "" });
    Object.assign(next.halves[number - 1], fields);
  });
}

const titleOf = ({ half, day }) => `Buổi ${half}${day ? `, ${vnDate(day)}` : ""}`;
const endOf = ({ over, until, lines }) => (lines.length ? `Hết lúc ${clockText(until)}${over ? `: quá giờ ${over} phút` : ""}.` : "Buổi chưa có dòng nào.");

function halfBox(own) {
  const { half, day, start, end, lines } = own;
  const id = `buoi-${half}`;
  const input = (name, label, type, value) => {
    const made = make("input", { class: "hd-field", id: `${id}-${name}`, type, ...(type === "date" ? { min: "2000-01-01", max: "2100-12-31" } : {}) });
    made.value = value;
    made.addEventListener("change", () => {
      if (!made.validity.valid || (made.value && type === "date" && !isDay(made.value))) return;
      inPlace(() => setHalf(half, { [name]: made.value }));
    });
    return make("p", {}, make("label", { for: made.id, text: label }), made);
  };
  return make("section", { class: "hd-half", "aria-label": `Buổi ${half}` },
    make("h3", { text: titleOf(own) }),
    make("div", { class: "hd-half__times hd-no-print" }, input("day", "Ngày", "date", day), input("start", "Bắt đầu", "time", start), input("end", "Kết thúc trước", "time", end)),
    make("ol", { class: "hd-lines" }, ...lines.map(lineOf)),
    make("p", { class: "hd-half__sum", text: endOf(own) }),
    make("div", { class: "hd-row hd-no-print" }, button("Thêm dòng", () => {
      change((next) => next.lines.push({ kind: "khac", text: "", who: "", chair: "", minutes: "", matter: "", half }));
      focusOn(programme().lines.length - 1, "textarea");
    }, { "aria-label": `Thêm dòng vào buổi ${half}` })));
}

// What it shows ----------------------------------------------------------------------------------------

function showSigns(halves) {
  const facts = sitting() ? sitting().facts : { opening: "", kind: "", has: "" };
  const list = inOrder(programme().lines);
  const context = {
    kind: kindOf(facts), matters: Object.fromEntries(matters()), halves, duties: DEADLINES,
    estimateWindow: sitting() ? estimateWindow(store.current(), facts, DAYS_OFF) : null,
  };
  const signs = signsOf({ lines: list }, context);
  const lineLink = (line) => make("button", { type: "button", class: "hd-link", text: line.text || "dòng chưa ghi", onclick: () => focusOn(line.index, "textarea") });
  found.replaceChildren(make("h2", { text: signs.length ? `Có ${signs.length} lời nhắc` : "Không có lời nhắc nào", id: "can-xem" }),
    ...(signs.length ? [] : [make("p", { class: "hd-quiet", text: list.length ? "Máy chỉ đọc chữ. Vẫn làm phiếu rà soát trước khi chốt." : "Thêm dòng, hoặc lập từ danh mục nội dung." })]),
    !signs.length ? "" : make("ul", { class: "hd-signs" }, ...signs.map(({ id, lines }) => {
      const { level, title, message, mend, unless, see } = SIGNS[id];
      const about = lines.filter((line) => !line.whole);
      const missing = lines.flatMap((line) => line.missing || []);
      return make("li", { "data-sign": id },
        make("p", {}, make("strong", { text: title }), " ", make("span", { class: "hd-mark", text: level })),
        make("p", { text: `${message} ${mend}` }),
        missing.length ? make("p", { text: `Chưa thấy: ${missing.join("; ")}.` }) : null,
        about.length ? make("p", {}, "Dòng: ", ...about.slice(0, 5).flatMap((line, at) => [at ? "; " : "", lineLink(line)]), about.length > 5 ? ` và ${about.length - 5} dòng khác` : "", ".") : null,
        unless ? make("p", { class: "hd-quiet", text: `Có thể bỏ qua nếu: ${unless}` }) : null,
        make("p", { class: "hd-due__see" }, ...see.map(([text, address]) => make("a", { href: new URL(address, root), text }))));
    })));
}

// The page ---------------------------------------------------------------------------------------------

const undo = button("Hoàn tác", () => {
  const step = undone.pop();
  if (step) {
    store.update((document_) => {
      const own = document_.sittings[step.id];
      if (!own) return;
      store.setProgramme(own, step.programme);
      own.before = step.before;
    });
  }
  say(step ? "Đã trở lại bước trước." : "Không còn bước nào để trở lại.");
});
const earlier = button("Trở lại bản trước", () => {
  store.update((document_) => {
    const own = store.sittingOf(document_);
    undone.push({ id: document_.current, programme: copyOf(own.programme), before: copyOf(own.before) });
    const { programme: now, before } = own;
    store.setProgramme(own, before);
    own.before = now;
  });
  say("Đã đổi sang bản trước. Bấm lần nữa để trở lại bản vừa rồi.");
});

function replaceBy(lines, told, { halves = [], kind = "", done = "Số phút là gợi ý: sửa theo nội dung." } = {}) {
  if (!lines.length) {
    say(told);
    return;
  }
  const act = () => {
    change((next) => {
      next.lines = lines;
      halves.forEach((own, at) => {
        next.halves[at] = { ...own, ...next.halves[at], start: own.start || (next.halves[at] ? next.halves[at].start : "") };
      });
    }, true);
    if (kind && !sitting().facts.kind) {
      store.update((document_) => {
        store.sittingOf(document_).facts.kind = kind;
      });
    }
    say(lines.length > store.MAX_LINES ? `Chương trình giữ tối đa ${store.MAX_LINES} dòng: ${lines.length - store.MAX_LINES} dòng cuối chưa ghi.`
      : `Đã ghi ${lines.length} dòng. ${done}`);
  };
  if (!programme().lines.length) act();
  else ask(tools, `Thay ${programme().lines.length} dòng đang có? Bản đang có được giữ làm bản trước.`, [["Giữ lại", null], ["Thay", act]]);
}

const paste = make("textarea", { class: "hd-field", id: "dan-chuong-trinh", rows: 3, maxlength: 20000, placeholder: "Mỗi dòng một việc, cuối dòng ghi số phút; dòng “Buổi chiều” bắt đầu một buổi" });
const tools = make("form", { class: "hd-form hd-no-print", autocomplete: "off", "aria-label": "Lập chương trình" },
  make("div", { class: "hd-row" },
    button("Lập từ danh mục nội dung", () => replaceBy(programmeFrom(matters(), kindOf(sitting() ? sitting().facts : { opening: "", kind: "" }), programme().halves, opening()),
      "Danh mục nội dung đang trống.")),
    make("a", { class: "md-button hd-button", href: place.dataset.hdList, text: "Mở danh mục nội dung" })),
  make("details", { class: "hd-lessons" }, make("summary", { text: "Lập từ mẫu gợi ý, khi chưa có danh mục" }),
    make("div", { class: "hd-row" }, ...Object.entries(MODELS).map(([kind, { name, matters: usual }]) =>
      button(name, () => replaceBy(programmeFrom(usual, kind, programme().halves, opening()), "", { kind }))))),
  make("details", { class: "hd-lessons" }, make("summary", { text: "Dán chương trình có sẵn để rà soát" }),
    make("p", {}, make("label", { for: paste.id, text: "Dán các dòng của chương trình" }), paste),
    make("div", { class: "hd-row" }, button("Đọc các dòng này", () => {
      const { lines, halves } = linesIn(paste.value, matters());
      replaceBy(lines, "Chưa có dòng nào để đọc.", { halves, done: "Xem lại loại dòng, số phút." });
    }))),
  make("div", { class: "hd-row" }, undo, earlier));
tools.addEventListener("submit", (event) => event.preventDefault());

async function save(id) {
  if (!programme().lines.length) {
    say("Chương trình đang trống.");
    return;
  }
  try {
    const { handOverFilled } = await import("../ui/filled.js");
    await handOverFilled(forms[id]);
  } catch {
    say("Chưa tải được phần điền tệp. Tải lại trang khi có mạng rồi thử lần nữa.");
  }
}
const paper = make("div", { class: "hd-programme-paper" });
/** What is printed: a table for each half-day, without fields. */
function showPaper(halves) {
  const cell = (tag) => (text) => make(tag, { text, ...(tag === "th" ? { scope: "col" } : {}) });
  const name = sitting() ? nameOf(sitting()) : NAMELESS;
  paper.replaceChildren(make("p", {}, make("strong", { text: `Dự kiến chương trình: ${name}` })), ...halves.filter(({ lines }) => lines.length).flatMap((own) => [
    make("p", {}, make("strong", { text: titleOf(own) })),
    make("table", { class: "hd-paper-list" }, make("thead", {}, make("tr", {}, ...["Giờ", "Nội dung", "Người trình bày", "Phút"].map(cell("th")))),
      make("tbody", {}, ...own.lines.map((line) => make("tr", {}, ...[clockText(line.from), line.text, line.who, line.minutes].map(cell("td")))))),
    make("p", { text: endOf(own) }),
  ]));
}

const FORM_NAMES = { BM10: "Tải chương trình (BM10)", BM16: "Tải kịch bản điều hành (BM16)", BM18: "Tải biên bản (BM18)" };
const out = make("div", { class: "hd-row hd-no-print" },
  ...(location.protocol.startsWith("http") ? Object.entries(FORM_NAMES).map(([id, text]) => button(text, () => save(id))) : []),
  canPrint ? button("In chương trình", () => window.print()) : null,
  button("Sao chép để gửi Zalo", () => copyText(programmeText(timed(programme(), opening()), nameOf(sitting() || { facts: {} })), out)));

function show() {
  const now = programme();
  const halves = timed({ halves: now.halves, lines: inOrder(now.lines) }, opening());
  const { all, debate, questions, drafts } = sumsOf(now.lines);
  document.getElementById("chuong-trinh-loai").value = sitting() ? sitting().facts.kind : "";
  total.textContent = now.lines.length
    ? `Cộng ${all} phút. Thảo luận ${debate} phút (${Math.round((100 * debate) / (all || 1))}%)${drafts ? `, trung bình ${Math.round(debate / drafts)} phút mỗi dự thảo` : ""}. Chất vấn ${questions} phút.`
    : "Chưa có dòng nào.";
  earlier.hidden = !sitting() || !sitting().before.lines.length;
  undo.setAttribute("aria-disabled", String(!undone.length));
  const shown = [...halvesBox.querySelectorAll("[data-line]")].map((one) => one.dataset.line).join();
  // Redrawn where the lines are others than those that stand there; what is typed leaves its field where it is.
  if (!typing || shown !== halves.flatMap(({ lines }) => lines.map(({ index }) => index)).join() || halvesBox.children.length !== halves.length) {
    halvesBox.replaceChildren(...halves.map(halfBox));
  }
  showSigns(halves);
  showPaper(halves);
  halves.forEach((own, at) => {
    const box = halvesBox.children[at];
    box.querySelector("h3").textContent = titleOf(own);
    box.querySelector(".hd-half__sum").textContent = endOf(own);
    own.lines.forEach(({ index, from }) => {
      box.querySelector(`[data-line="${index}"] .hd-line__clock`).textContent = clockText(from);
    });
  });
}

const zalo = zaloNote("");
// Which kind of sitting is judged: what is due at a regular one is not at a thematic one.
const kindBox = choice("chuong-trinh-loai", "Loại kỳ họp", [["", "Để máy xác định theo ngày khai mạc"], ...Object.entries(JSON.parse(place.dataset.hdKinds))], "", (kind) => store.update((document_) => {
  if (!store.sittingOf(document_)) store.addSitting(document_, {});
  store.sittingOf(document_).facts.kind = kind;
}));
tools.prepend(kindBox);
const fromDisk = location.protocol.startsWith("http") ? null : make("p", { class: "hd-quiet", text: "Sổ tay mở từ thư mục trên máy không tự điền tệp Word được: in, hoặc sao chép." });
place.replaceChildren(...[zalo, tools, makeStatus(), makeStorageNote(), total, found, make("h2", { text: "Các buổi" }), halvesBox, paper, out, fromDisk].filter(Boolean));
document.querySelectorAll("[data-hd-no-script]").forEach((one) => one.remove());
store.listen(show);
show();
