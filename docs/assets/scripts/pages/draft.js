// “Soát lỗi dự thảo”: a draft is dropped, chosen or pasted; what its words show stands beside it. It is read here, on
// this device, and forgotten when the page is left, unless the reader asks to keep it.
import { SHEETS } from "../data/draft-signs.js";
import { RESOLUTION_KINDS } from "../data/resolution-kinds.js";
import { MOST_BYTES, stagesOfFile } from "../draft/read-file.js";
import { stagesOfPlain } from "../draft/plain-text.js";
import { BadDraft, REFUSALS, TOLD } from "../draft/refusals.js";
import { forgetWords } from "../draft/words.js";
import { FOOT, recordOf, stagesOfCheck } from "../draft/with-data.js";
import * as kept from "../kept/draft-store.js";
import * as store from "../kept/store.js";
import { today, vnDate } from "../basics/times.js";
import { makeTurns, slicesOf } from "../ui/in-turn.js";
import { ask, button, canPrint, copyText, make, makeStatus, say, zaloNote } from "../ui/ui.js";
import { BODIES, LEVELS, STATES, factsOf, reportText } from "./draft-words.js";
import { drawingOf, shownTo } from "./draft-text.js";

const place = document.querySelector("[data-hd-draft]");
const root = new URL(place.dataset.hdRoot, location.href);
const sittings = JSON.parse(place.dataset.hdKinds);

/** What is on the table: the draft, what the reader answered, what was found, what the reader set aside. */
let text = null;
let drawnText = null;
let answers = {};
let result = null;
let aside = new Set();
let turn = 0;

const example = () => document.getElementById("du-thao-vi-du").content.textContent;
const keyOf = ({ sign, line, quote }) => `${sign} ${line === undefined ? "" : quote}`;
/** What is shown: what asks for most first, then in the order of the draft. */
const shown = () => result.found.filter((one) => !aside.has(keyOf(one))).map((one, at) => [LEVELS.indexOf(one.level), at, one]).sort(([a, i], [b, j]) => a - b || i - j).map(([, , one]) => one);

// Work in stages: between two of them the browser draws and hears “Dừng” --------------------------------

const bar = make("progress", { max: 1, value: 0, "aria-label": "Đang soát" });
const stop = button("Dừng", () => {
  turn += 1;
  forgetWords();
  working.hidden = true;
  (result ? heading : drop.querySelector("button")).focus();
  say("Đã dừng. Chỗ đã thấy trước khi dừng không giữ lại.");
});
const working = make("div", { class: "hd-row hd-draft-work hd-no-print", hidden: true }, bar, stop);

/** Milliseconds of work between two moments in which the page is heard; and in which it shows how far it is, which has it
 * drawn: on a weak phone that takes as long as the work between two looks at it. */
const HEARD_EVERY = 40;
const SHOWN_EVERY = 200;
const breath = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(0);
});

/** Run the stages one after the other; the last one's value, or undefined where somebody stopped it or began anew. */
async function through(stages) {
  turn += 1;
  const mine = turn;
  let value;
  let at = 0;
  let since = performance.now();
  let shownAt = since;
  for (const stage of stages) {
    value = stage(value);
    at += 1;
    const now = performance.now();
    if (now - since < HEARD_EVERY && at < stages.length) continue;
    if (now - shownAt >= SHOWN_EVERY) {
      working.hidden = false;
      bar.value = at / stages.length;
      shownAt = now;
    }
    await breath();
    if (mine !== turn) return undefined;
    since = performance.now();
  }
  working.hidden = true;
  return value;
}

/** Whenever the browser has nothing else to do. */
const idle = () => new Promise((resolve) => (window.requestIdleCallback ? requestIdleCallback(resolve) : setTimeout(resolve, 50)));

/**
 * Look at the example, unseen, while the reader chooses a file: the patterns of a first look take longer to make ready than
 * to run. It gives way at once to what the reader puts in.
 */
async function prepare() {
  let value;
  for (const stages of [() => stagesOfPlain(example(), ""), () => stagesOfCheck(value, { today: today() })]) {
    for (const stage of stages()) {
      await idle();
      if (turn) return;
      value = stage(value);
    }
  }
}

// What is put in ------------------------------------------------------------------------------------------

const wrong = make("p", { class: "hd-wrong-file", role: "alert" });

function refuse(fault) {
  working.hidden = true;
  forgetWords();
  if (!(fault instanceof BadDraft)) {
    wrong.textContent = "Máy không đọc được tệp này. Thử sao chép chữ trong Word rồi dán vào ô bên dưới.";
    return;
  }
  if (fault.message === "secret") forget();
  wrong.textContent = REFUSALS[fault.message] || REFUSALS.broken;
}

async function take(stages) {
  wrong.textContent = "";
  try {
    const read = await through(stages);
    if (read && await look(read, { today: today() }, new Set())) heading.focus();
  } catch (fault) {
    refuse(fault);
  }
}

async function takeFile(file) {
  if (!file) return;
  // More is never unpacked; it need not even be read.
  if (file.size > MOST_BYTES) {
    refuse(new BadDraft("size"));
    return;
  }
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    refuse(new BadDraft("broken"));
    return;
  }
  try {
    await take(stagesOfFile(bytes, file.name));
  } catch (fault) {
    refuse(fault);
  }
}

/**
 * Look at a draft, or once more at the one on the table, and show what was found; whether somebody let it come to its end.
 * Until then what is on the table stays as it is: its list can be used meanwhile.
 */
async function look(draft = text, told = answers, ignored = aside) {
  const found = await through(stagesOfCheck(draft, told));
  if (!found) return false;
  text = draft;
  aside = ignored;
  result = found;
  answers = { ...found.guess, ...told };
  show();
  keep();
  return true;
}

const chooser = make("input", { type: "file", class: "hd-unseen", id: "tep-du-thao", tabindex: "-1", accept: ".docx,.docm,.txt,application/vnd.openxmlformats-officedocument.wordprocessingml.document,text/plain" });
chooser.addEventListener("change", () => {
  takeFile(chooser.files[0]);
  chooser.value = "";
});
const pasted = make("textarea", { class: "hd-field", id: "dan-du-thao", rows: 6, placeholder: "Trong Word: bấm Ctrl + A, Ctrl + C. Ở đây: bấm Ctrl + V" });
const drop = make("div", { class: "hd-drop hd-no-print" },
  make("p", {}, make("strong", { text: "Thả tệp Word (.docx) hoặc tệp .txt vào đây" })),
  make("div", { class: "hd-row" }, button("Chọn tệp", () => chooser.click(), { class: "md-button md-button--primary hd-button" })),
  make("label", { for: chooser.id, class: "hd-unseen", text: "Tệp dự thảo" }), chooser,
  make("p", {}, make("label", { for: pasted.id, text: "Hoặc dán chữ của dự thảo" }), pasted),
  make("div", { class: "hd-row" },
    button("Soát phần đã dán", () => {
      if (!pasted.value.trim()) {
        say("Ô dán đang trống.");
        pasted.focus();
        return;
      }
      const words = pasted.value;
      take(stagesOfPlain(words, ""));
    }),
    button("Thử với dự thảo ví dụ", () => take(stagesOfPlain(example(), "Ví dụ minh họa")))));

const over = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
// A file dropped beside the box would otherwise take the place of the page.
window.addEventListener("dragover", (event) => {
  if (!over(event)) return;
  event.preventDefault();
  drop.classList.add("hd-drop--over");
});
window.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("hd-drop--over");
});
window.addEventListener("drop", (event) => {
  if (!over(event)) return;
  event.preventDefault();
  drop.classList.remove("hd-drop--over");
  takeFile(event.dataTransfer.files[0]);
});

// What is asked, guessed and can be changed ---------------------------------------------------------------

function choice(name, label, options) {
  const id = `soat-${name}`;
  const made = make("select", { class: "hd-field", id }, ...options.map(([value, words]) => make("option", { value, text: words })));
  made.addEventListener("change", () => {
    answers[name] = made.value;
    look().then(() => document.getElementById(id)?.focus());
  });
  return [make("p", { "data-question": name }, make("label", { for: id, text: label }), made), made];
}
const [bodyBox, bodyField] = choice("body", "Văn bản của ai?", Object.entries(BODIES));
const [stateBox, stateField] = choice("state", "Đến bước nào?", Object.entries(STATES));
const [kindBox, kindField] = choice("kind", "Nghị quyết về việc gì?", [["", "Chưa rõ, hoặc loại khác"], ...Object.entries(RESOLUTION_KINDS).map(([id, { title }]) => [id, title])]);
const [sittingBox, sittingField] = choice("sitting", "Loại kỳ họp", [["", "Chưa rõ"], ...Object.entries(sittings)]);
const yearField = make("input", { class: "hd-field", id: "soat-year", inputmode: "numeric", maxlength: 4, size: 6 });
yearField.addEventListener("change", () => {
  const year = Number(yearField.value);
  answers.year = year >= 2000 && year <= 2100 ? year : null;
  look().then(() => yearField.focus());
});
const yearBox = make("p", {}, make("label", { for: yearField.id, text: "Năm ngân sách, năm kế hoạch" }), yearField);
const questions = make("div", { class: "hd-half__times" }, bodyBox, stateBox, kindBox, sittingBox, yearBox);

function showQuestions() {
  const isProgramme = result.guess.sort === "chuong-trinh";
  bodyField.value = answers.body || "hdnd";
  stateField.value = answers.state || "du-thao";
  kindField.value = answers.kind || "";
  sittingField.value = answers.sitting || "";
  if (document.activeElement !== yearField) yearField.value = answers.year ? String(answers.year) : "";
  for (const box of [bodyBox, stateBox, kindBox, yearBox]) box.hidden = isProgramme;
  sittingBox.hidden = !isProgramme;
}

// What was found ------------------------------------------------------------------------------------------

const heading = make("h2", { id: "ket-qua", tabindex: "-1" });
const summary = make("p", {});
const readBox = make("details", { class: "hd-lessons hd-no-print" });
const list = make("div", { class: "hd-draft__list" });
const paperFoot = make("p", { class: "hd-quiet", text: FOOT });
const draftBox = make("section", { class: "hd-draft__text", "aria-label": "Dự thảo đã đọc", tabindex: "0" });
const asideBox = make("div", { class: "hd-row hd-no-print" });

/** What is drawn later: the list from its sixth item on, then the draft in slices, but at once where somebody goes to a place or prints. */
const turns = makeTurns();
const FIRST_ITEMS = 5;
const drawAll = () => turns.until(() => false);
window.addEventListener("beforeprint", drawAll);
/** A line of the list by its number, drawn now where it was not yet. */
function itemAt(number) {
  if (number < 1) return null;
  const there = () => document.getElementById(`nhac-${number}`);
  turns.until(there);
  return there();
}

function numberLink(number, item) {
  if (item.line === undefined) return make("span", { class: "hd-quiet", text: "Cả văn bản" });
  const label = item.quote ? `“${item.quote}”` : "Chỗ trong dự thảo";
  return make("button", { type: "button", class: "hd-link hd-draft__quote", text: label, "aria-label": `Tới chỗ ${number} trong dự thảo: ${item.quote || ""}`, onclick: () => {
    // What stands there may still be the draft as it was marked before.
    drawAll();
    if (shownTo(draftBox, number)) say(`Đã tới chỗ ${number} trong dự thảo.`);
  } });
}

function itemOf(item, number) {
  const { title, unless, see } = recordOf(item.sign);
  return make("li", { "data-sign": item.sign, id: `nhac-${number}`, tabindex: "-1" },
    make("p", {}, make("strong", { text: `${number}. ${title}` }), " ", make("span", { class: "hd-mark", text: item.level })),
    make("p", {}, numberLink(number, item)),
    make("p", { text: item.detail ? `${item.message} ${item.detail} ${item.mend}` : `${item.message} ${item.mend}` }),
    unless ? make("p", { class: "hd-quiet", text: `Có thể bỏ qua nếu: ${unless}` }) : null,
    make("p", { class: "hd-due__see hd-no-print" }, ...see.map(([words, address]) => make("a", { href: new URL(address, root), text: words }))),
    make("div", { class: "hd-row hd-no-print" }, button("Không phải lỗi", () => {
      aside.add(keyOf(item));
      showAgain();
      (document.getElementById(`nhac-${Math.min(number, shown().length)}`) || heading).focus();
      say("Đã bỏ qua lời nhắc này cho dự thảo đang soát.");
    }, { "aria-label": `Không phải lỗi: ${title}` })));
}

/** Draw some items, a heading before the first of each level: `items` are [item, number], `counts` how many each level has. */
function drawItems(items, counts) {
  for (const [item, number] of items) {
    let group = list.querySelector(`[data-level="${item.level}"]`);
    if (!group) {
      group = make("ul", { class: "hd-signs", "data-level": item.level });
      list.append(make("h3", { text: `${item.level} (${counts.get(item.level)})` }), group);
    }
    group.append(itemOf(item, number));
  }
}

/** Show how much was found and the first items; what is left to draw, in pieces. */
function showList(numbered) {
  const counts = new Map();
  for (const [{ level }] of numbered) counts.set(level, (counts.get(level) || 0) + 1);
  heading.textContent = numbered.length ? `Có ${numbered.length} chỗ nên đọc lại` : "Không thấy chỗ nào cần nhắc";
  summary.textContent = numbered.length
    ? `${[...counts].map((one) => one.join(": ")).join(" · ")}. Máy chỉ đọc chữ; người soạn quyết định.`
    : "Máy chỉ thấy những dấu hiệu đã biết. Vẫn làm phiếu rà soát, vẫn thẩm định, thẩm tra.";
  list.replaceChildren();
  const [now = [], ...later] = slicesOf(numbered, FIRST_ITEMS);
  drawItems(now, counts);
  asideBox.replaceChildren(...(aside.size ? [make("span", { text: `Đã bỏ qua ${aside.size} lời nhắc.` }), button("Hiện lại", () => {
    aside = new Set();
    showAgain();
    heading.focus();
  })] : []));
  return later.map((items) => () => drawItems(items, counts));
}

function showRead() {
  const { facts, missing } = factsOf(result.read, text);
  readBox.replaceChildren(make("summary", { text: `Máy đọc ra ${facts.length} phần${missing.length ? `, không thấy ${missing.length} phần` : ""}` }),
    make("dl", { class: "hd-facts" }, ...facts.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", { text: value })])),
    missing.length ? make("p", { text: `Không thấy: ${missing.join(", ")}.` }) : "",
    ...text.told.map((code) => make("p", { class: "hd-quiet", text: TOLD[code] || "" })));
}

/** Write what was found into the items of the sheet of this kind that the same faults stand behind; what is there stays. */
function noteOn(sheet, address, ids) {
  const notes = {};
  for (const item of shown()) {
    for (const full of (recordOf(item.sign).items || [])) {
      const [own, id] = full.split("/");
      if (own !== sheet) continue;
      notes[id] = [...(notes[id] || []), item.quote ? `${recordOf(item.sign).title}: “${item.quote}”` : recordOf(item.sign).title];
    }
  }
  if (!Object.keys(notes).length) {
    location.href = address;
    return;
  }
  store.update((document_) => {
    const own = store.openSheet(document_, sheet, ids);
    for (const [id, lines] of Object.entries(notes)) {
      if (own.items[id] && own.items[id].value) continue;
      store.setItem(own, id, { value: `Soát dự thảo ${vnDate(today())}: ${lines.join("; ")}`.slice(0, 500) });
    }
  });
  location.href = address;
}

/** The sheets that have items for what was found, those of the kind before others: at most two. */
function sheetsToNote(kind) {
  const own = kind ? kind.sheets.map(([sheet]) => sheet) : [];
  const noted = [...new Set(shown().flatMap(({ sign }) => (recordOf(sign).items || []).map((item) => item.split("/")[0])))];
  const usual = [...own, "DM04"].filter((sheet, at, all) => noted.includes(sheet) && all.indexOf(sheet) === at);
  return usual.slice(0, 2).map((sheet) => [sheet, ...SHEETS[sheet]]);
}

const out = make("div", { class: "hd-row hd-no-print" });
function showOut() {
  const kind = RESOLUTION_KINDS[answers.kind];
  out.replaceChildren(...[
    canPrint ? button("In kết quả", () => window.print()) : null,
    button("Sao chép kết quả", () => copyText(reportText(shown(), text.file.name, recordOf), out)),
    ...sheetsToNote(kind).map(([sheet, title, address, ids]) => button(`Mở phiếu, ghi sẵn chỗ đã thấy: ${title}`, () => noteOn(sheet, new URL(address, root), ids))),
    kind ? make("a", { class: "md-button hd-button", href: new URL(kind.page, root), text: `Xem loại: ${kind.title}` }) : null,
    button("Soát dự thảo khác", () => ask(out, "Bỏ dự thảo đang soát khỏi trang?", [["Giữ lại", null], ["Bỏ", () => {
      forget();
      drop.querySelector("button").focus();
    }]])),
  ].filter(Boolean));
}

// What is kept, only when asked ----------------------------------------------------------------------------

const keepBox = make("input", { type: "checkbox", id: "giu-du-thao" });
const keepRow = make("p", { class: "hd-no-print" }, make("label", { class: "hd-choice", for: keepBox.id }, keepBox, " Giữ dự thảo này trên máy để soát tiếp lần sau"));
keepBox.addEventListener("change", () => {
  if (!keepBox.checked) {
    kept.forget();
    say("Đã xóa dự thảo khỏi máy. Đóng trang là quên.");
    return;
  }
  const reason = keep();
  say(reason || "Dự thảo được giữ trên máy này tới khi bỏ dấu chọn.");
});
function keep() {
  if (!keepBox.checked || !text) return "";
  const reason = kept.keep({ text, answers, aside: [...aside] });
  if (reason) keepBox.checked = false;
  return reason;
}
function forget() {
  // What is still being looked at comes to nothing.
  turn += 1;
  working.hidden = true;
  forgetWords();
  text = null;
  result = null;
  aside = new Set();
  keepBox.checked = false;
  pasted.value = "";
  kept.forget();
  show();
}

// The page -------------------------------------------------------------------------------------------------

const results = make("div", { class: "hd-draft", hidden: true });
const side = make("div", { class: "hd-draft__side" }, heading, summary, out, questions, readBox, list, asideBox, keepRow, paperFoot);
results.append(side, draftBox);
const quiet = make("p", { class: "hd-quiet hd-no-print", text: "Tệp chỉ được đọc trên máy này, không gửi đi đâu. Đóng trang là quên. Không mở tài liệu mật." });

function show() {
  results.hidden = !result;
  // Another draft may still be dropped anywhere; the way back is a button.
  drop.hidden = !!result;
  document.documentElement.classList.toggle("hd-draft-open", !!result);
  if (!result) {
    turns.start([]);
    drawnText = null;
    for (const one of [draftBox, list, readBox, heading, summary, asideBox]) one.replaceChildren();
    return;
  }
  showQuestions();
  showRead();
  const numbered = shown().map((item, index) => [item, index + 1]);
  const items = showList(numbered);
  showOut();
  // Another draft's text goes at once: its marks would lead to items of this one.
  if (drawnText !== text) draftBox.replaceChildren();
  drawnText = text;
  // Marks that stand until the draft is drawn anew know their items, not what number these have by now.
  const back = (number) => (itemAt(shown().indexOf(numbered[number - 1][0]) + 1) || heading).focus();
  turns.start([...items, ...drawingOf(draftBox, text, numbered, back)]);
}

/** The list as it stands now, whole at once: the reader is within it. */
function showAgain() {
  show();
  itemAt(shown().length);
  keep();
}

place.replaceChildren(...[zaloNote(""), drop, quiet, working, makeStatus(), wrong, results].filter(Boolean));
document.querySelectorAll("[data-hd-no-script]").forEach((one) => one.remove());
const before = kept.read();
if (before) {
  text = before.text;
  answers = { ...before.answers, today: today() };
  aside = new Set(before.aside);
  keepBox.checked = true;
  look().catch(refuse);
} else {
  prepare();
}
