// A checklist page to tick: boxes, values, “không áp dụng”, progress, undo, copy, print, per sitting.
// The page stays as it was written; without this script it is the sheet to read and print.
import * as store from "../kept/store.js";
import { NAMELESS, councilOf, isNumbered, nameOf, numberOf, termOf } from "../sitting/names.js";
import { today, vnDate } from "../basics/times.js";
import { localValue } from "./local-rules.js";
import { addressed } from "../ui/element.js";
import { ask, button, canPrint, closeQuestion, copyText, handOver, headingBefore, headingText, inside, make, makeFiles, makeStatus, makeStorageNote, printBlank, say, standAtFoot, zaloNote } from "../ui/ui.js";

const head = document.querySelector(".hd-sheet-head");
const rounds = [...document.querySelectorAll(".hd-round[data-hd-sheet]")].map((section, index) => ({
  section,
  number: index + 1,
  title: onPaper(headOf(section)),
  items: [...section.querySelectorAll("li.hd-item")].map(readItem),
}));
const items = rounds.flatMap((round) => round.items);
const ids = items.map((item) => item.id);
const sheetId = rounds[0].section.dataset.hdSheet;
const title = headingText(document.querySelector("h1"));
const pdf = document.querySelector(".hd-lead a[href$='.pdf']");

function headOf(section) {
  return headingBefore(section, "h3");
}

/** The words of a place as they stand on paper. */
function onPaper(place) {
  return headingText(place, ".hd-no-print, .headerlink");
}

function readItem(li) {
  const text = li.querySelector(".hd-item__text");
  const own = [...text.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  return {
    li,
    id: li.id,
    number: li.querySelector(".hd-number").textContent.replace(".", "").trim(),
    text: own.map((node) => node.textContent).join(" ").replace(/\s+/g, " ").trim(),
    answer: li.querySelector(".hd-answer > span").textContent.replace(/:\s*$/, ""),
    critical: li.classList.contains("hd-item--critical"),
    rules: [...li.querySelectorAll("[data-hd-rule]")].map((place) => place.dataset.hdRule),
  };
}

// Changing ---------------------------------------------------------------------------------------

const undoStack = [];

function snapshot() {
  const document_ = store.current();
  const sheet = store.sheetOf(document_, sheetId);
  return { sitting: document_.current, sheet: JSON.stringify(sheet || { items: {}, rounds: {} }) };
}

/** Change the sheet of the current sitting; `touched` are the items and rounds that undo gives back. */
function change(label, touched, act, before = snapshot()) {
  store.update((document_) => {
    const sheet = store.openSheet(document_, sheetId, ids);
    act(sheet);
    for (const id of touched.items || []) if (!sheet.seen.includes(id)) sheet.seen.push(id);
  });
  if (label) undoStack.push({ label, touched, ...before, sitting: before.sitting || store.current().current });
  show();
}

function undo() {
  const last = undoStack.pop();
  if (!last) {
    say("Không còn gì để hoàn tác.");
    return;
  }
  // On some phones a field keeps the focus while a button is tapped, and would keep its text.
  if (document.activeElement && document.activeElement.matches("input, textarea")) document.activeElement.blur();
  const sitting = store.current().sittings[last.sitting];
  if (!sitting) {
    say("Kỳ họp đó đã xóa, không hoàn tác được.");
    show();
    return;
  }
  const was = JSON.parse(last.sheet);
  const elsewhere = last.sitting !== store.current().current;
  store.update((document_) => {
    document_.current = last.sitting;
    const sheet = store.openSheet(document_, sheetId, ids);
    for (const id of last.touched.items || []) {
      if (was.items[id]) sheet.items[id] = was.items[id];
      else delete sheet.items[id];
    }
    for (const number of last.touched.rounds || []) {
      if (was.rounds[number]) sheet.rounds[number] = was.rounds[number];
      else delete sheet.rounds[number];
    }
  });
  show();
  say(`Đã hoàn tác: ${last.label}${elsewhere ? `, ở ${nameOf(sitting)}` : ""}.`);
}

const stateOf = (item) => {
  const sheet = store.sheetOf(store.current(), sheetId);
  return (sheet && sheet.items[item.id]) || store.emptyItem();
};
const roundOf = (item) => rounds.find((round) => round.items.includes(item));
const doneIn = (some) => some.filter((item) => store.answered(stateOf(item))).length;
const progressText = (round) => `Lần ${round.number}: xong ${doneIn(round.items)}/${round.items.length} mục`;

// Each character is kept at once; one stay in a field is one step to undo.
function bindText(input, label, touched, act) {
  let before = null;
  input.addEventListener("focus", () => {
    before = snapshot();
  });
  input.addEventListener("input", () => {
    // Another tab may have chosen another sitting since.
    const first = before && before.sitting !== store.current().current ? snapshot() : before;
    before = null;
    change(first ? label : "", touched, (sheet) => act(sheet, input.value), first || undefined);
  });
}

// Building ---------------------------------------------------------------------------------------

const OPEN = "hd-answer--open";

/** As tall as its words, so that all of them are in sight; what stands above it is told how tall. */
function grow(field) {
  if (!field.value && !field.style.height) return;
  field.style.height = "";
  if (field.value) field.style.height = `${Math.max(field.scrollHeight + 2, 44)}px`;
  field.closest(".hd-answer")?.parentElement.style.setProperty("--hd-value", field.style.height || "44px");
}

/** A field for one line of text, which is shown on as many as it takes. */
function makeLine(attributes) {
  const field = make("textarea", { rows: 1, autocomplete: "off", ...attributes });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  field.addEventListener("input", () => {
    if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ");
    grow(field);
  });
  return field;
}

function enhance(item) {
  const { li, id, number } = item;
  const text = li.querySelector(".hd-item__text");
  const codes = text.querySelector(".hd-codes");
  // A finger may tick on the words, too. A screen reader reads them once: as the name of the box, without codes.
  const name = make("label", { class: "hd-item__name", id: `ten-muc-${id}`, for: `tich-${id}`, "aria-hidden": "true" });
  name.append(...[...text.childNodes].filter((node) => node !== codes));
  text.prepend(name);
  item.tick = make("input", { type: "checkbox", class: "hd-tick hd-no-print", id: `tich-${id}`, "aria-labelledby": name.id, autocomplete: "off" });
  item.tick.addEventListener("change", () => {
    const { checked } = item.tick;
    change(`${checked ? "tích" : "bỏ tích"} mục ${number}`, { items: [id] }, (sheet) =>
      store.setItem(sheet, id, { done: checked, na: false, text: item.text }));
    say(`${checked ? "Đã tích" : "Đã bỏ tích"} mục ${number}. ${progressText(roundOf(item))}.`);
  });
  li.prepend(item.tick);

  item.answerLine = li.querySelector(".hd-answer");
  // It stands in the field until that opens; the field bears it as its name.
  item.answerLine.firstElementChild.setAttribute("aria-hidden", "true");
  const slot = item.answerLine.querySelector(".hd-slot");
  item.filled = make("span", { class: "hd-filled" });
  slot.append(item.filled);
  item.value = makeLine({ class: "hd-value hd-no-print", maxlength: 500, "aria-label": `${item.answer} (mục ${number})` });
  bindText(item.value, `ghi mục ${number}`, { items: [id] }, (sheet, value) =>
    store.setItem(sheet, id, { value, text: item.text }));
  slot.before(item.value);
  item.value.addEventListener("focus", () => {
    item.answerLine.classList.add(OPEN);
    item.value.scrollIntoView({ block: "nearest" });
  });
  // Only keys close it: what a finger is about to press must not move away below it.
  item.value.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && !item.value.value) item.answerLine.classList.remove(OPEN);
  });

  item.reason = makeLine({ class: "hd-value", maxlength: 300, id: `ly-do-${id}` });
  bindText(item.reason, `ghi lý do mục ${number}`, { items: [id] }, (sheet, reason) =>
    store.setItem(sheet, id, { reason, text: item.text }));
  item.reasonLine = make("p", { class: "hd-reason hd-no-print", hidden: true },
    make("label", { for: item.reason.id, text: `Vì sao mục ${number} không áp dụng?` }), item.reason);
  item.na = make("button", { type: "button", class: "hd-na hd-no-print", "aria-pressed": "false" },
    "Không áp dụng", make("span", { class: "hd-hidden", text: ` (mục ${number})` }));
  const why = li.querySelector("details");
  item.na.addEventListener("click", () => {
    const na = !stateOf(item).na;
    change(`${na ? "ghi" : "bỏ"} “không áp dụng” ở mục ${number}`, { items: [id] }, (sheet) =>
      store.setItem(sheet, id, { na, done: false, text: item.text, ...(na ? {} : { reason: "" }) }));
    if (na) {
      item.reason.focus();
    } else {
      why.open = true;
      item.na.focus();
    }
    say(na ? `Mục ${number} không áp dụng. Ghi lý do vào ô bên dưới.` : `Mục ${number} lại áp dụng.`);
  });
  // Of three things to press the third unfolds what is rarely needed.
  item.more = why.firstElementChild;
  item.more.replaceChildren("Khác", make("span", { class: "hd-hidden", text: `: vì sao, không áp dụng (mục ${number})` }));
  item.more.after(item.na, make("p", { class: "hd-why__title", text: "Vì sao có mục này?" }));
  why.after(item.reasonLine);
  if (item.rules.length) {
    item.local = make("p", { class: "hd-by hd-local", hidden: true });
    why.before(item.local);
  }
  item.fresh = make("strong", { class: "hd-mark hd-new hd-no-print", text: "Mục mới" });
}

function enhanceRound(round) {
  round.progress = make("p", { class: "hd-progress hd-no-print" });
  round.bar = make("progress", { max: round.items.length, value: 0, "aria-label": `Lần ${round.number}` });
  round.words = make("span");
  round.progress.append(round.bar, " ", round.words);
  round.section.querySelector("ol").before(round.progress);
  const slot = document.querySelector(`.hd-completion .hd-slot[data-hd-round="${round.number}"]`);
  round.filled = make("span", { class: "hd-filled" });
  slot.append(round.filled);
  round.reviewer = make("input", { type: "text", class: "hd-value", maxlength: 120, autocomplete: "off", id: `nguoi-ra-soat-${round.number}` });
  bindText(round.reviewer, `ghi người rà soát lần ${round.number}`, { rounds: [round.number] }, (sheet, text) =>
    store.setRound(sheet, round.number, text));
  round.me = button("Ghi tên tôi, hôm nay", () => {
    const name = store.sittingOf(store.current()).facts.name;
    change(`ghi người rà soát lần ${round.number}`, { rounds: [round.number] }, (sheet) =>
      store.setRound(sheet, round.number, `${name}, ${vnDate(today())}`));
    say(`Đã ghi người rà soát lần ${round.number}.`);
    round.reviewer.focus();
  }, { hidden: true, "aria-label": `Ghi tên tôi, hôm nay (lần ${round.number})` });
  round.section.append(make("p", { class: "hd-reviewer hd-no-print" },
    make("label", { for: round.reviewer.id, text: `Người rà soát, ngày (lần ${round.number})` }), round.reviewer, round.me));
}

const facts = {};
for (const slot of document.querySelectorAll("[data-hd-fact]")) {
  facts[slot.dataset.hdFact] = make("span", { class: "hd-filled" });
  slot.append(facts[slot.dataset.hdFact]);
}

const sittingName = make("strong");
const sittingSelect = make("select", { id: "chon-ky-hop", class: "hd-field" });
sittingSelect.addEventListener("change", () => {
  store.update((document_) => {
    document_.current = sittingSelect.value;
  });
  show();
  say(`Đang xem phiếu của: ${nameOf(store.sittingOf(store.current()))}.`);
});
const sittingChoice = make("p", { class: "hd-choice", hidden: true },
  make("label", { for: "chon-ky-hop", text: "Kỳ họp khác trên máy này" }), sittingSelect);
const total = make("p", { class: "hd-total" });
const left = make("ul");
const leftSummary = make("summary");
const leftList = make("details", { class: "hd-lessons hd-left" }, leftSummary, left);
const newNote = make("p", { class: "hd-news", hidden: true });
const removed = make("details", { class: "hd-lessons", hidden: true }, make("summary"), make("ul"));
const undoButton = button("Hoàn tác", undo, { class: "md-button hd-button hd-undo" });

// Long words on paper --------------------------------------------------------------------------------

// The printed sheet in millimetres (print.css). A filled one leaves out what it rests on, so its foot is lower.
const PAPER = {
  page: 283, spare: 1.5, above: 24.6, below: 20, band: 1.3, bandLine: 6, between: 1.6,
  line: 5.17, textLine: 6.03, air: 1.7, hand: 2.8, row: 9.4, head: 10,
  text: 120.8, answer: 51.4, council: 104, user: 187, across: 186,
};
const ELSEWHERE = "xem trang sau";
const notes = make("ol", { class: "hd-notes__list" });
const notesPage = make("section", { class: "hd-notes", hidden: true },
  make("p", { class: "hd-notes__title" }, make("strong", { text: `Phần ghi dài của phiếu ${sheetId}` })), notes);
const twoPages = make("p", { class: "hd-quiet", text: "Chữ ghi dài: phiếu đã ghi in hai trang, phần dài ở trang sau.", hidden: true });

const pen = document.createElement("canvas").getContext("2d");

const widthOf = (text, bold, size) => {
  pen.font = `${bold ? 700 : 400} ${size * (96 / 72)}px "Be Vietnam Pro", sans-serif`;
  return pen.measureText(text).width * (25.4 / 96);
};

/** How many lines of `width` mm words take; each part is its text, whether it is bold, its size in points. */
function linesOf(parts, width) {
  let lines = 1;
  let used = 0;
  for (const [text, bold, size = 12] of parts) {
    const gap = widthOf(" ", bold, size);
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const long = widthOf(word, bold, size);
      if (used && used + long > width) {
        lines += 1;
        used = 0;
      }
      // A word longer than a line is broken.
      lines += Math.floor(long / width);
      used += (long % width) + gap;
    }
  }
  return lines;
}

function wordsHeight(item) {
  const [by, branch] = [".hd-by:not(.hd-local)", ".hd-branch"].map((name) => item.li.querySelector(name));
  return PAPER.textLine * linesOf([[item.text, false, 14], [by ? by.textContent : "", false]], PAPER.text) + PAPER.air +
    (branch ? PAPER.line * linesOf([[branch.textContent, true]], PAPER.text) + 0.7 : 0);
}

/** The height of an item's row with `text`, or left for a hand. */
function rowOf(item, text) {
  const label = text === ELSEWHERE ? "" : item.answer;
  const answer = PAPER.line * linesOf([[label, false], [text, true]], PAPER.answer) + PAPER.air;
  return Math.max(wordsHeight(item), answer + (text ? 0 : PAPER.hand), PAPER.row);
}

/** The height of a round's grey band: its name, and when beside it or below. */
function bandOf(round) {
  const name = onPaper(headOf(round.section));
  const words = [...round.section.querySelectorAll(".hd-when, .hd-who:not(.hd-who--usual)")].map(onPaper).join(" ");
  const beside = widthOf(name, true, 14) + widthOf(words, false, 12) <= PAPER.across - 9;
  return PAPER.band + PAPER.bandLine *
    (beside ? 1 : linesOf([[name, true, 14]], PAPER.across - 6) + linesOf([[words, false]], PAPER.across - 3));
}

/** How much taller a framed cell is than when left for a hand. */
const cellGrowth = (label, text, width) =>
  Math.max(0, PAPER.line * linesOf([[label, false], [text, true]], width) + PAPER.air - PAPER.head);

const nameLabel = (round) => `Lần ${round.number}: người rà soát, ngày`;

/** Mark which texts are too long for their place, and tell whether the names are. */
function moveTooLong(texts, writtenIn) {
  const nameSize = (text) => Math.max(...rounds.map((round) =>
    cellGrowth(nameLabel(round), text(round), PAPER.across / rounds.length - 3.2)));
  let namesMoved = false;
  // Who uses the sheet stands on a line with what the sheet says of boxes: that line may become two.
  const beside = head.firstElementChild.lastChild.textContent;
  let height = PAPER.above + PAPER.below + rounds.reduce((sum, round) => sum + bandOf(round) + PAPER.between, 0) +
    cellGrowth("HĐND", facts.council.textContent, PAPER.council) +
    PAPER.line * (linesOf([[facts.user.textContent, true], [beside, false]], PAPER.user) - 1) +
    nameSize(writtenIn) + texts.reduce((sum, { item, text }) => sum + rowOf(item, text), 0);
  // What gains most goes first.
  const moves = texts.map((one) => [rowOf(one.item, one.text) - rowOf(one.item, ELSEWHERE), () => {
    one.moved = true;
  }]);
  moves.push([nameSize(writtenIn) - nameSize(() => ELSEWHERE), () => {
    namesMoved = true;
  }]);
  moves.sort(([one], [two]) => two - one);
  for (const [gain, move] of moves) {
    if (height <= PAPER.page - PAPER.spare || gain <= 0) break;
    move();
    height -= gain;
  }
  return namesMoved;
}

/** Keep a filled sheet to its page: what is too long for its place stands on a second page. */
function fitPaper() {
  const sheet = store.sheetOf(store.current(), sheetId);
  const writtenIn = (round) => (sheet && sheet.rounds[round.number]) || "";
  const texts = items.map((item) => ({ item, text: wordsOf(item), moved: false }));
  // A blank sheet fits its page as it is, and measuring takes a slow phone a while.
  const written = texts.some(({ text }) => text) || rounds.some(writtenIn);
  const namesMoved = written && moveTooLong(texts, writtenIn);
  document.documentElement.toggleAttribute("data-hd-full", isFilled(sheet));
  for (const { item, text, moved } of texts) {
    item.filled.textContent = moved ? ELSEWHERE : text;
    // Its label stands with the words, so that the row stays as low as a blank one.
    item.answerLine.toggleAttribute("data-hd-moved", moved);
  }
  for (const round of rounds) round.filled.textContent = namesMoved && writtenIn(round) ? ELSEWHERE : writtenIn(round);
  const long = texts.filter(({ moved }) => moved);
  const names = rounds.filter((round) => namesMoved && writtenIn(round));
  notes.replaceChildren(
    ...long.map(({ item, text }) => make("li", { value: item.number }, `${item.answer}: `, make("strong", { text }))),
    ...names.map((round) => make("li", { class: "hd-notes__name" }, `${nameLabel(round)}: `, make("strong", { text: writtenIn(round) }))));
  notesPage.hidden = long.length + names.length === 0;
  twoPages.hidden = notesPage.hidden;
}

const wordsOf = (item) => {
  const { value, na, reason } = stateOf(item);
  return [value, na && `không áp dụng: ${reason || "chưa ghi lý do"}`].filter(Boolean).join("; ");
};

const isFilled = (sheet) => !!sheet && (Object.keys(sheet.items).length > 0 || Object.keys(sheet.rounds).length > 0);

function unfinished() {
  return items.filter((item) => !store.answered(stateOf(item)));
}

function printFilled() {
  const open = unfinished().length;
  if (!open) {
    window.print();
    return;
  }
  ask(tools, `Còn ${open} mục chưa xong. Vẫn in phiếu đã ghi?`, [
    ["Chưa in, xem mục chưa xong", () => {
      leftList.open = true;
      leftSummary.focus();
    }],
    ["Vẫn in", () => window.print()],
  ]);
}

function reset() {
  const name = store.sittingOf(store.current());
  ask(tools, `Xóa mọi dấu tích và chữ đã ghi trên phiếu này (${sheetId}) của ${name ? nameOf(name) : "kỳ họp này"}?`, [
    ["Giữ lại", null],
    ["Xóa hết trên phiếu này", () => {
      const sheet = store.sheetOf(store.current(), sheetId);
      const every = sheet ? Object.keys(sheet.items) : [];
      change("xóa phiếu", { items: every, rounds: rounds.map((round) => round.number) }, (own) => {
        for (const id of Object.keys(own.items)) delete own.items[id];
        for (const number of Object.keys(own.rounds)) delete own.rounds[number];
      });
      say("Đã xóa phiếu. Bấm Hoàn tác nếu xóa nhầm.");
    }],
  ]);
}

/** The sheet as plain text, for Zalo. */
function plainText() {
  const sitting = store.sittingOf(store.current());
  const sheet = store.sheetOf(store.current(), sheetId);
  const lines = [title];
  if (sitting && nameOf(sitting) !== NAMELESS) lines.push(nameOf(sitting));
  lines.push(`Xong ${doneIn(items)}/${items.length} mục`);
  for (const round of rounds) {
    lines.push("", `${round.title} (${doneIn(round.items)}/${round.items.length})`);
    for (const item of round.items) {
      const { done, na, value, reason } = stateOf(item);
      const mark = done ? "[x]" : na ? "[–]" : "[ ]";
      const words = [
        value && `${item.answer}: ${value}`,
        na && `không áp dụng: ${reason || "chưa ghi lý do"}`,
      ].filter(Boolean).join("; ");
      lines.push(`${mark} ${item.number}. ${item.critical ? "(Trọng yếu) " : ""}${item.text}${words ? ` → ${words}` : ""}`);
    }
    const who = sheet && sheet.rounds[round.number];
    if (who) lines.push(`Người rà soát: ${who}`);
  }
  const gone = removedItems();
  if (gone.length) {
    lines.push("", "Mục đã ghi, nay không còn trên phiếu:");
    for (const [, one] of gone) lines.push(`${one.done ? "[x]" : "[ ]"} ${describe(one)}`);
  }
  if (location.protocol.startsWith("http")) lines.push("", location.href.split("#")[0]);
  return lines.join("\n");
}

const describe = (one) => [one.text || "Mục cũ", one.value, one.na && `không áp dụng: ${one.reason}`].filter(Boolean).join("; ");

function removedItems() {
  const sheet = store.sheetOf(store.current(), sheetId);
  return sheet ? Object.entries(sheet.items).filter(([id]) => !ids.includes(id)) : [];
}

const zalo = zaloNote(pdf && pdf.getAttribute("href"));
const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Phiếu của kỳ họp đang chuẩn bị" },
  zalo,
  make("p", { class: "hd-sitting" }, "Phiếu của: ", sittingName, " ",
    make("a", { href: head.dataset.hdSittingPage, text: "Ghi hoặc đổi kỳ họp" })),
  sittingChoice, total, newNote, leftList, removed,
  make("div", { class: "hd-row" },
    canPrint ? button("In phiếu đã ghi", printFilled) : null,
    canPrint ? button("In phiếu trắng", printBlank) : null,
    button("Sao chép để gửi Zalo", () => copyText(plainText(), tools)),
    button("Xóa phiếu này…", reset)),
  make("details", { class: "hd-lessons" },
    make("summary", { text: "Giữ lại hoặc chuyển sang máy khác" }), makeFiles()),
  twoPages, makeStorageNote());
const bar = standAtFoot(make("div", { class: "hd-bar hd-no-print", hidden: true }));
const barProgress = make("strong");
bar.append(make("div", { class: "hd-bar__words" }, barProgress, makeStatus()), undoButton);

// Showing ----------------------------------------------------------------------------------------

let shown = "";
let switched = false;
const put = (input, text) => {
  // What somebody is typing stays as it is, whatever another tab says; but it never goes on in the
  // sheet of another sitting.
  if ((switched || input !== document.activeElement) && input.value !== text) {
    input.value = text;
    if (input.matches("textarea")) grow(input);
  }
};

/** What takes “không áp dụng” back stands where the reason is asked, in sight; else it waits among the rest. */
function showNotApplicable(item, na) {
  item.na.setAttribute("aria-pressed", String(na));
  item.reasonLine.hidden = !na;
  if (na === item.reasonLine.contains(item.na)) return;
  if (na) item.reasonLine.append(item.na);
  else item.more.after(item.na);
}

function showItem(item, sheet) {
  const one = stateOf(item);
  item.tick.checked = one.done;
  if (one.value || switched) {
    item.answerLine.classList.toggle(OPEN, one.value !== "" || item.value === document.activeElement);
  }
  showNotApplicable(item, one.na);
  put(item.value, one.value);
  put(item.reason, one.reason);
  item.li.dataset.hdState = one.done ? "done" : one.na ? "na" : "open";
  // It is not only hidden: what is hidden in a name that is hidden itself would be read.
  if (sheet && !sheet.seen.includes(item.id)) item.li.querySelector(".hd-number").after(item.fresh);
  else item.fresh.remove();
  if (item.local) {
    const values = item.rules.map((rule) => localValue(store.current(), rule)).filter(Boolean);
    item.local.hidden = values.length === 0;
    item.local.textContent = `Quy chế: ${values.join("; ")}`;
  }
}

function show() {
  const document_ = store.current();
  const sitting = store.sittingOf(document_);
  const sheet = store.sheetOf(document_, sheetId);
  switched = shown !== "" && shown !== document_.current;
  shown = document_.current;
  items.forEach((item) => showItem(item, sheet));
  for (const round of rounds) {
    const count = doneIn(round.items);
    round.bar.value = count;
    round.words.textContent = `Xong ${count}/${round.items.length} mục`;
    const who = (sheet && sheet.rounds[round.number]) || "";
    put(round.reviewer, who);
    round.me.hidden = !(sitting && sitting.facts.name) || who !== "";
  }
  sittingName.textContent = sitting ? nameOf(sitting) : "kỳ họp chưa ghi tên";
  const all = Object.entries(document_.sittings);
  sittingChoice.hidden = all.length < 2;
  sittingSelect.replaceChildren(...all.map(([id, one]) =>
    make("option", { value: id, text: nameOf(one), selected: id === document_.current })));
  showFacts(sitting);

  const open = unfinished();
  const na = items.filter((item) => stateOf(item).na && store.answered(stateOf(item))).length;
  const progress = `Xong ${items.length - open.length}/${items.length} mục`;
  total.textContent = `${progress}${na ? `, trong đó ${na} mục không áp dụng` : ""}. ${open.length ? "" : "Đã rà soát hết."}`;
  barProgress.textContent = progress;
  showWayIn(sheet);
  leftSummary.textContent = `Còn ${open.length} mục chưa xong`;
  leftList.hidden = open.length === 0;
  left.replaceChildren(...open.map((item) => make("li", {},
    make("a", { href: `#${item.id}`, text: `Mục ${item.number}. ${item.text}` }),
    item.critical ? make("strong", { text: " Trọng yếu" }) : null,
    stateOf(item).na ? " – chưa ghi lý do" : null)));
  showNews(sheet);
  showRemoved();
  fitPaper();
  undoButton.setAttribute("aria-disabled", String(undoStack.length === 0));
  // Once shown it stays: whoever has just pressed “Hoàn tác” keeps the place.
  if (undoStack.length || isFilled(sheet)) bar.hidden = false;
}

/** The way to the items: to the first of them, or to where the reader left off. */
function showWayIn(sheet) {
  if (!toItems) return;
  const next = isFilled(sheet) ? items.find((item) => item.id === store.firstOpen(sheet, ids)) : null;
  toItems.textContent = next ? `Làm tiếp mục ${next.number}` : "Tích từng mục";
  toItems.setAttribute("href", `#${next ? next.id : "lan-1"}`);
}

function showFacts(sitting) {
  const own = sitting ? sitting.facts : {};
  const roles = JSON.parse(head.dataset.hdRoles);
  const role = Object.prototype.hasOwnProperty.call(roles, own.role) ? roles[own.role] : "";
  const words = {
    council: [councilOf(own.council || ""), termOf(own.term)].filter(Boolean).join(", "),
    sitting: numberOf(own.sitting || ""),
    opening: vnDate(own.opening),
    user: [own.name, role].filter(Boolean).join(", "),
  };
  for (const [name, place] of Object.entries(facts)) place.textContent = words[name] || "";
  // “Kỳ họp thứ 5”, but “Kỳ họp chuyên đề”.
  const label = facts.sitting.parentElement.previousElementSibling;
  label.textContent = own.sitting && !isNumbered(own.sitting) ? "Kỳ họp" : "Kỳ họp thứ";
}

function showNews(sheet) {
  const fresh = sheet ? items.filter((item) => !sheet.seen.includes(item.id)) : [];
  newNote.hidden = fresh.length === 0;
  newNote.replaceChildren();
  if (!fresh.length) return;
  newNote.append(`Phiếu có ${fresh.length} mục mới từ lần dùng trước: mục ${fresh.map((item) => item.number).join(", ")}. `,
    button("Đã xem mục mới", () => {
      store.update((document_) => {
        store.openSheet(document_, sheetId, ids).seen = [...new Set([...sheet.seen, ...ids])];
      });
      show();
      say("Đã bỏ dấu “Mục mới”.");
      leftSummary.focus();
    }));
}

function showRemoved() {
  const gone = removedItems();
  removed.hidden = gone.length === 0;
  removed.firstChild.textContent = `Đã ghi ở mục nay không còn trên phiếu (${gone.length})`;
  removed.lastChild.replaceChildren(...gone.map(([, one]) => make("li", { text: `${one.done ? "Đã xong: " : ""}${describe(one)}` })));
}

items.forEach(enhance);
rounds.forEach(enhanceRound);
document.documentElement.classList.add("hd-ticking");
head.before(tools);
document.querySelector(".hd-end").after(notesPage, bar);
// Another width, or the site's own letters, which may come after the page, break lines elsewhere.
const growAll = () => items.forEach((item) => [item.value, item.reason].forEach(grow));
addEventListener("resize", growAll);
// Only with this script can the items be ticked; on a phone that is what most people come for.
const toItems = document.querySelector(".hd-buttons a[href='#lan-1']");
if (toItems) {
  if (isFilled(store.sheetOf(store.current(), sheetId)) || matchMedia("(max-width: 44.98em)").matches) {
    toItems.parentElement.prepend(toItems);
  }
  toItems.addEventListener("click", (event) => {
    const next = items.find(({ id }) => toItems.hash === `#${id}`);
    if (!next) return;
    event.preventDefault();
    next.li.scrollIntoView();
    next.tick.focus({ preventScroll: true });
  });
}

// The button at the head of the page: print as it is, or ask which when something is on the sheet.
const mainPrint = document.querySelector("[data-hd-print]");
if (mainPrint && inside) {
  mainPrint.remove();
  if (pdf) pdf.classList.add("md-button--primary");
} else if (mainPrint) {
  mainPrint.addEventListener("click", (event) => {
    if (!isFilled(store.sheetOf(store.current(), sheetId))) return;
    event.stopImmediatePropagation();
    ask(mainPrint.closest(".hd-lead"), "In phiếu trắng hay phiếu đã ghi?", [
      ["Phiếu trắng", printBlank],
      ["Phiếu đã ghi", () => (unfinished().length ? printFilled() : window.print())],
      ["Chưa in", null],
    ]);
  }, true);
}

// Lost with the in-app browser: say so at the first tick, while it can still be saved.
if (inside) {
  let warned = false;
  store.listen((_, why) => {
    if (warned || why !== "own") return;
    warned = true;
    bar.append(make("p", { class: "hd-bar__warning" }, "Dấu tích ở đây có thể mất khi đóng. ",
      button("Sao chép ngay", () => copyText(plainText(), tools)),
      button("Tải tệp lưu", () => handOver(`so-tay-hdnd-${today()}.json`, store.fileText(store.current()),
        "application/json", "bấm “Sao chép ngay”"))));
  });
}

store.listen((_, why) => {
  if (why === "other") {
    closeQuestion();
  }
  const before = shown;
  show();
  if (why !== "other") return;
  const sitting = store.sittingOf(store.current());
  say(sitting && before !== shown ? `Cửa sổ khác đã chọn kỳ họp. Phiếu này nay là của: ${nameOf(sitting)}.` : "Đã cập nhật theo cửa sổ khác.");
});
show();
// Words are measured in the sheet's own letters once they are there. To ask whether they are would have the whole page
// laid out on the spot; that they came is told.
if (document.fonts) {
  document.fonts.addEventListener("loadingdone", () => {
    growAll();
    fitPaper();
  });
}
// The sheet grew above the item that the address names.
addressed()?.scrollIntoView();
