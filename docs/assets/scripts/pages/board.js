// What is due for the sitting on this device: on its own page whole, on the home page its first lines.
import { DAYS_OFF } from "../data/days-off.js";
import { DEADLINES, PAGES, SEE } from "../data/deadlines.js";
import { ANCHOR_FACTS, WEEK, estimateWindow, impliedBy, isMine, kindOf, rows } from "../sitting/board.js";
import { between, daysLeft, longDay, shortDay } from "../sitting/dates.js";
import { amountIn } from "../sitting/limits.js";
import * as store from "../kept/store.js";
import { inReach, today } from "../basics/times.js";
import { bindFacts } from "../ui/facts.js";
import { button, make, makeStatus, makeStorageNote, say, sayNoted, zaloNote } from "../ui/ui.js";

const board = document.querySelector("[data-hd-board]");
const short = board.dataset.hdBoard === "short";
const form = board.querySelector("[data-hd-facts]");
const body = board.querySelector("[data-hd-board-body]");
const FEW = 6;

const GROUPS = [
  ["late", "Đã qua hạn, chưa đánh dấu xong"],
  ["week", `Trong ${WEEK} ngày tới`],
  ["open", "Làm được từ nay"],
  ["past", "Đã qua ngày nên xong, chưa đánh dấu xong"],
  ["later", "Sau đó"],
  ["unknown", "Chưa tính được ngày"],
  ["done", "Đã xong"],
  ["na", "Không áp dụng cho kỳ này"],
];
/** Groups that a reader opens; the others stand open. */
const FOLDED = ["unknown", "done", "na"];
/** What comes later is folded where a list of all of it is many screens long. */
const folds = () => window.matchMedia("(max-width: 44.9em)").matches;

let everybody = false;
/** How many votes are needed, in words; the home page does without. */
let votesNote = () => null;
/** ID → [limit, basis, note]: the home page does without. */
let words = {};
const [LIMIT, WHY, NOTE] = [0, 1, 2];
const told = ({ id }, which) => (words[id] ? words[id][which] : "");

const place = (address) => new URL(address, new URL(board.dataset.hdRoot, location.href)).href;
const pageOf = (id) => PAGES[id.slice(0, 2)].replace("*", id.toLowerCase());
/** Role → what it is called in the list that the reader chooses from. */
const roles = Object.fromEntries([...form.elements.role.options].map(({ value, text }) => [value, text]));
const names = (ids = []) => ids.map((id) => roles[id]).join(", ");

function whoDoes({ outside, roles: doers, reminds }) {
  const doing = outside || names(doers);
  return reminds && reminds.length ? `${doing}. Nhắc: ${names(reminds)}` : doing;
}

function dayOf({ deadline, due, state, binds }, now) {
  if (!due) return make("div", { class: "hd-due__day" }, make("span", { text: told(deadline, LIMIT) }));
  const day = due.better || due.day;
  const from = deadline.bound === "khong-som-hon" ? "từ " : deadline.bound === "tai-ky" || binds ? "" : "nên xong ";
  const left = state === "done" || state === "na" ? "" : ` · ${daysLeft(day, now)}`;
  const notes = [
    due.start && `từ ${shortDay(due.start)} đến ${shortDay(due.day)}`,
    due.better && `hạn ${longDay(due.day)}`,
    due.counted && `tính ra ${longDay(due.counted)} là ngày nghỉ`,
  ].filter(Boolean);
  return make("div", { class: "hd-due__day" },
    make("b", {}, from && make("small", { text: from }), shortDay(day)),
    make("span", { text: `${longDay(day).replace(/ \d.*/, "")}${left}` }),
    ...notes.map((text) => make("span", { text })));
}

/** The way to the field of the day that a line is counted from; none where the board asks for no such day. */
function toTheDay({ anchor }) {
  const field = form.elements[ANCHOR_FACTS[anchor]];
  if (!field || field.value) return [];
  const [label] = field.labels;
  return [button(`Ghi ${label.textContent.replace(/^./, (letter) => letter.toLowerCase())}`, () => {
    field.closest("details").open = true;
    field.focus();
  }, { class: "hd-link hd-no-print" })];
}

function lineOf(row, now) {
  const { deadline, state } = row;
  const see = (deadline.see || []).map((id) => make("a", { href: place(pageOf(id)), text: SEE[id] }));
  const task = make("div", { class: "hd-due__task" });
  const name = `${deadline.does}${deadline.condition ? ` (${deadline.condition})` : ""}`;
  if (short) {
    task.append(make("strong", { text: name }));
  } else {
    const box = make("input", { type: "checkbox", class: "hd-tick", "aria-label": `Đã xong: ${deadline.does}` });
    box.checked = state === "done";
    box.addEventListener("change", () => mark(deadline.id, box.checked ? "done" : ""));
    task.append(make("label", { class: "hd-due__name" }, box, " ", make("strong", { text: name })));
  }
  if (see.length) {
    task.append(make("p", { class: "hd-due__see" }, ...see));
  }
  const who = make("div", { class: "hd-due__who" }, make("span", { text: whoDoes(deadline) }));
  if (!short) {
    if (state === "unknown" && deadline.local) who.append(make("a", { href: board.dataset.hdRulesPage, text: "Ghi số ngày theo Quy chế" }));
    else if (state === "unknown") who.append(...toTheDay(deadline));
    const [answer, next] = state === "na" ? ["Áp dụng lại", ""] : ["Không áp dụng", "na"];
    task.append(make("details", { class: "hd-due__more hd-no-print", "data-hd-group": deadline.id },
      make("summary", { text: "Căn cứ" }),
      make("p", { text: `${whyOf(row)}.` }),
      told(deadline, NOTE) ? make("p", { text: told(deadline, NOTE) }) : null,
      button(answer, () => mark(deadline.id, next), { class: "hd-link", "aria-label": `${answer}: ${deadline.does}` })));
  }
  return make("li", { class: `hd-due hd-due--${state}`, "data-hd-due": deadline.id }, dayOf(row, now), task, who);
}

/** On which ground: the council's own number with its article, else what the records say. */
function whyOf({ deadline }) {
  const rule = deadline.local && store.current().rules[deadline.local];
  const { facts } = store.sittingOf(store.current());
  const text = rule && ((!kindOf(facts).startsWith("thuong-le") && rule.other) || rule.value);
  if (!text || !amountIn(text)) return told(deadline, WHY);
  const article = /^\s*\d/.test(rule.article) ? `Điều ${rule.article.trim()}` : rule.article;
  return ["Quy chế làm việc", article, text].filter(Boolean).join(", ");
}

function mark(id, state) {
  const line = body.querySelector(`[data-hd-due="${id}"]`);
  const near = line.nextElementSibling || line.previousElementSibling;
  store.update((document_) => {
    if (!store.sittingOf(document_)) store.addSitting(document_, {});
    store.setTask(store.sittingOf(document_), id, state);
    // What another sitting's list says is done is taken back there, too.
    const deadline = DEADLINES.find((one) => one.id === id);
    if (state === "" && deadline.days) Object.values(document_.sittings).forEach((sitting) => store.setTask(sitting, id, ""));
  });
  // The line has moved to another group; who works by keyboard goes on beside where it stood.
  const next = near && body.querySelector(`[data-hd-due="${near.dataset.hdDue}"] input`);
  (next || body.querySelector("h2")).focus({ preventScroll: true });
  sayNoted();
}

const count = (number, words) => (number ? `${number} việc ${words}` : "");

/** “Hôm nay Thứ Sáu 27/11/2026 – còn 13 ngày. 1 việc đã qua hạn, 2 việc trong 7 ngày tới.” */
function headline(found, opening, now) {
  const of = (state) => found.filter((row) => row.state === state).length;
  const left = between(now, opening);
  const when = left > 0 ? `còn ${left} ngày đến ngày khai mạc` : left === 0 ? "hôm nay khai mạc" : `đã khai mạc ${-left} ngày trước`;
  const counts = [count(of("late"), "đã qua hạn, chưa đánh dấu xong"), count(of("week"), `tới hạn trong ${WEEK} ngày`)].filter(Boolean);
  return [`Hôm nay ${longDay(now)} – ${when}.`, counts.length ? `${counts.join("; ")}.` : "Không có việc nào qua hạn hoặc tới hạn trong 7 ngày."];
}

function estimateNote(facts) {
  const found = estimateWindow(store.current(), facts, DAYS_OFF);
  if (!found) return null;
  const { state, allotment, last, better } = found;
  const limit = better === last ? longDay(last) : `${longDay(last)}, nên xong ${longDay(better)}`;
  const province = found.assumed ? (day) => `đến ${day} UBND tỉnh có thể mới giao dự toán` : (day) => `UBND tỉnh giao dự toán ${day}`;
  const text = {
    early: [`Dự toán có thể chưa đủ căn cứ: ${province(longDay(allotment))}, sau ngày kỳ họp này bế mạc.`,
      `HĐND xã, phường quyết định dự toán từ khi có quyết định giao, chậm nhất ${limit}. Xếp phần dự toán vào ngày họp sau khi tỉnh giao, hoặc họp chuyên đề.`],
    late: [`Khai mạc sau ngày cuối để quyết định dự toán: ${longDay(last)}. Đưa dự toán vào kỳ chuyên đề họp sớm hơn.`],
    fits: [`Dự toán: ${province(longDay(allotment))}; HĐND xã, phường quyết định chậm nhất ${limit}. Kỳ họp nằm trong khoảng này.`],
  }[state];
  const dossier = "Hồ sơ gửi trước 15 ngày ghi số dự kiến. Có quyết định giao thì gửi bổ sung, Ban thẩm tra phần chênh lệch.";
  const said = short ? text : [...text, dossier];
  return make("div", { class: `hd-board__estimate hd-board__estimate--${state}` },
    make("p", {}, make("strong", { text: said[0] }), " ", said.slice(1).join(" ")),
    found.provinceAssumed ? make("p", { class: "hd-quiet", text: `Chưa ghi ngày HĐND tỉnh quyết định: tính theo ngày cuối ${longDay(found.province)}.` }) : null);
}

/** What is shown: everybody's lines, or the reader's own. */
function shownRows(now = today()) {
  const sitting = store.sittingOf(store.current());
  if (!sitting || !inReach(sitting.facts.opening)) return [];
  const all = rows(DEADLINES, store.current(), sitting.facts, sitting.tasks, DAYS_OFF, now);
  const { role } = sitting.facts;
  const mine = role && !everybody ? all.filter((row) => isMine(row, role)) : all;
  // A role without a line of its own sees what the others do.
  return mine.length ? mine : all;
}

const hint = [...body.childNodes];
function forgetRoom() {
  document.documentElement.style.removeProperty("--hd-room");
  try {
    localStorage.removeItem(window.hdnd.places.room.key);
  } catch {
    // Nothing was kept.
  }
}

function keepRoom() {
  document.documentElement.style.removeProperty("--hd-room");
  try {
    localStorage.setItem(window.hdnd.places.room.key, String(body.offsetHeight));
  } catch {
    // Full or blocked: the page jumps once, as on a first visit.
  }
}

function listOf(group, label, found, now, level) {
  const own = found.filter(({ state }) => state === group);
  if (!own.length) return null;
  const lines = make("ul", { class: "hd-dues" }, ...own.map((row) => lineOf(row, now)));
  if (!FOLDED.includes(group) && !(group === "later" && folds())) return make("section", { class: `hd-dues-of hd-dues-of--${group}` }, make(level, { tabindex: -1, text: `${label} (${own.length})` }), lines);
  return make("details", { class: "hd-lessons", "data-hd-group": group }, make("summary", { text: `${label} (${own.length})` }), lines);
}

function choice(facts) {
  if (!facts.role) return null;
  const group = make("div", { class: "hd-row hd-no-print", role: "group", "aria-label": "Xem việc của ai" });
  for (const [label, all] of [[`Việc của ${roles[facts.role]}`, false], ["Việc của mọi người", true]]) {
    group.append(button(label, () => {
      everybody = all;
      show();
      body.querySelector(`[aria-pressed="true"]`).focus();
    }, { "aria-pressed": String(everybody === all) }));
  }
  return group;
}

function show() {
  showFacts();
  const sitting = store.sittingOf(store.current());
  const facts = sitting ? sitting.facts : null;
  if (!facts || !inReach(facts.opening)) {
    if (short) forgetRoom();
    if (short) body.replaceChildren(...hint);
    else body.replaceChildren(make("p", { class: "hd-quiet", text: "Ghi ngày khai mạc, các việc sẽ hiện ở đây." }));
    return;
  }
  const now = today();
  const found = shownRows(now);
  const [first, second] = headline(found, facts.opening, now);
  const open = [...body.querySelectorAll("details[open]")].map((one) => one.dataset.hdGroup);
  const head = make(short ? "p" : "h2", { class: "hd-board__says", id: short ? undefined : "hom-nay", tabindex: short ? undefined : -1 }, first, " ", make("strong", { text: second }));
  if (short) {
    const near = found.filter(({ state }) => state === "late" || state === "week").slice(0, FEW);
    const next = near.length < 3 ? found.filter(({ state }) => state === "later").slice(0, 3 - near.length) : [];
    body.replaceChildren(head, ...[estimateNote(facts)].filter(Boolean),
      make("ul", { class: "hd-dues" }, ...[...near, ...next].map((row) => lineOf(row, now))),
      make("p", {}, make("a", { class: "md-button md-button--primary", href: board.dataset.hdPage, text: `Xem đủ ${found.length} việc` })));
    keepRoom();
    // The reader's own sheets, which wait until something is kept.
    if (document.querySelector("[data-hd-my]")) import("./sitting.js");
    return;
  }
  const expected = facts.opening >= DAYS_OFF.expected
    ? make("p", { class: "hd-quiet", text: "Bảng ngày nghỉ của kỳ này có ngày dự kiến. Nơi mình nghỉ khác thì ghi ở cuối trang." }) : null;
  body.replaceChildren(...[head, estimateNote(facts), votesNote(facts), expected, choice(facts),
    ...GROUPS.map(([group, label]) => listOf(group, label, found, now, "h3"))].filter(Boolean));
  // What every sitting of this kind has needs no tick.
  const implied = impliedBy(kindOf(facts));
  for (const box of form.querySelectorAll("[name=has]")) box.parentElement.hidden = implied.includes(box.value);
  for (const group of open) body.querySelector(`[data-hd-group="${group}"]`)?.setAttribute("open", "");
  board.querySelector("#bang-loai").options[0].textContent = `Tự chọn theo ngày khai mạc${facts.kind ? "" : `: ${nameOfKind(kindOf(facts))}`}`;
}

const nameOfKind = (kind) => [...board.querySelector("#bang-loai").options].find(({ value }) => value === kind).textContent;

document.querySelectorAll("[data-hd-no-script]").forEach((one) => one.remove());
if (!short) {
  const zalo = zaloNote("");
  if (zalo) form.before(zalo);
  form.after(makeStatus(), makeStorageNote());
}
const showFacts = bindFacts(form, short ? () => {} : sayNoted,
  () => say("Chưa ghi được ngày: ghi đủ bốn số của năm, ví dụ 10/12/2026."));
store.listen(show);
show();
// The home page has no use for it.
if (!short) {
  import("../data/deadline-words.js").then(({ WORDS }) => {
    words = WORDS;
    show();
  });
  import("../sitting/votes.js").then(({ countIn, moreThanHalf }) => {
    votesNote = ({ delegates }) => {
      const total = countIn(delegates);
      return total
        ? make("p", { class: "hd-board__votes" }, "Thông qua mỗi nghị quyết: ", make("strong", { text: `từ ${moreThanHalf(total)} phiếu tán thành` }),
          `, quá nửa của ${total} đại biểu, kể cả người vắng. Thư ký xác nhận tổng số trước kỳ họp.`)
        : make("p", { class: "hd-board__votes hd-quiet hd-no-print" }, make("a", { href: board.dataset.hdDelegates, text: "Ghi tổng số đại biểu" }), " để tính số phiếu cần.");
    };
    show();
  });
  import("./board-out.js").then(({ makeOwnDays, makeWaysOut, receive }) => {
    document.querySelector("[data-hd-board-out]").append(makeWaysOut(shownRows, (deadline) => told(deadline, WHY), ({ outside, roles: doers }) => outside || names(doers)));
    document.querySelector("[data-hd-own-days]").append(makeOwnDays());
    receive(board);
    window.addEventListener("hashchange", () => receive(board));
  });
}
