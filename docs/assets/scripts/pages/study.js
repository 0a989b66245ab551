// “Phiếu nghiên cứu dự thảo”: one sheet for each draft of the sitting, kept on this device.
import { RESOLUTION_KINDS } from "../data/resolution-kinds.js";
import { kindOfTitle } from "../sitting/resolution-kinds.js";
import * as store from "../kept/store.js";
import { NAMELESS, nameOf } from "../sitting/names.js";
import { ask, button, canPrint, closeQuestion, copyText, make, makeStatus, makeStorageNote, printBlank, say, zaloNote } from "../ui/ui.js";

const form = document.querySelector("[data-hd-study]");
const fields = [...form.querySelectorAll("[name]")];
const roles = JSON.parse(form.dataset.hdRoles);
// The sitting whose sheets stand in the form: another tab may choose a different one at any time.
let shown = store.current().current;
let id = "";
let removed = null;

const sitting = () => store.current().sittings[shown] || null;
const studies = () => (sitting() ? sitting().studies : {});
const last = () => Object.keys(studies()).pop() || "";
const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]).filter(([, value]) => value));
const headingOf = (study, number) => (study.fields[fields[0].name] || "").split("\n")[0] || `Dự thảo ${number}`;

function keep() {
  store.update((document_) => {
    // What is typed belongs to the sitting on the screen, while that exists.
    if (!document_.sittings[shown]) {
      if (!store.sittingOf(document_)) store.addSitting(document_, {});
      shown = document_.current;
    }
    if (!id) id = store.newId();
    store.setStudy(document_.sittings[shown], id, read());
  });
}

const select = make("select", { id: "chon-du-thao", class: "hd-field" });
select.addEventListener("change", () => {
  id = select.value;
  fill();
  say("Đã mở phiếu của dự thảo đã chọn.");
});
const choice = make("p", { class: "hd-choice" }, make("label", { for: select.id, text: "Phiếu của dự thảo" }), select);
const undo = button("Hoàn tác xóa", () => {
  store.update((document_) => {
    const its = document_.sittings[removed.sitting];
    if (its) its.studies[removed.id] = removed.study;
  });
  id = removed.id;
  removed = null;
  fill();
  say("Đã trả lại phiếu.");
  fields[0].focus();
}, { hidden: true });

const rowText = (row) => [...row.cells]
  .map((cell) => [cell.dataset.hdColumn, cell.querySelector("input").value.trim()])
  .filter(([, value]) => value).map((pair) => pair.join(": ")).join("; ");

/** What a field says to a reader: of a choice its words, not its code. */
function wordsOf(field) {
  return field.matches("select") ? (field.value && field.selectedOptions[0] ? field.selectedOptions[0].textContent : "") : field.value;
}

// The questions of the kind that was chosen, or that the draft's title tells.
const questions = form.querySelector("[data-hd-kind-questions]");
const root = new URL(form.dataset.hdRoot, location.href);
let asked = "";
function showQuestions() {
  if (!questions) return;
  const chosen = form.elements.loai.value;
  const kind = Object.prototype.hasOwnProperty.call(RESOLUTION_KINDS, chosen) ? chosen : kindOfTitle(fields[0].value, RESOLUTION_KINDS);
  if (kind === asked) return;
  asked = kind;
  if (!kind) {
    questions.replaceChildren();
    return;
  }
  const { title, page, sheet, questions: own } = RESOLUTION_KINDS[kind];
  questions.replaceChildren(make("details", { class: "hd-lessons" }, make("summary", { text: `${own.length} câu hỏi của loại: ${title}` }),
    make("ol", {}, ...own.map(([text, where]) => make("li", { text: `${text} (${where})` }))),
    make("p", { class: "hd-row" }, make("a", { href: new URL(page, root), text: "Mở trang của loại này" }), make("a", { href: new URL(sheet, root), text: "Phiếu câu hỏi (PDF)" }))));
}

/** The sheet as plain text: each question with its answer, a table row by row under its question. */
function plainText() {
  const lines = [document.querySelector("h1").firstChild.textContent.trim()];
  if (sittingName()) lines.push(sittingName());
  let question = "";
  for (const block of form.children) {
    if (block.matches(".hd-study__text")) question = block.textContent.trim();
    else if (block.matches("table")) {
      const rows = [...block.tBodies[0].rows].map(rowText).filter(Boolean);
      if (rows.length) lines.push("", ...[question].filter(Boolean), ...rows);
      question = "";
    } else if (block.matches(".hd-study__field")) {
      const value = wordsOf(block.querySelector("[name]")).trim();
      if (value) lines.push("", block.querySelector("label").textContent, value);
      question = "";
    }
  }
  return lines.join("\n");
}

const sittingName = () => {
  const name = sitting() ? nameOf(sitting()) : NAMELESS;
  return name === NAMELESS ? "" : name;
};
function about() {
  const own = sitting() ? sitting().facts : { name: "", role: "" };
  const role = Object.prototype.hasOwnProperty.call(roles, own.role) ? roles[own.role] : "";
  const person = [own.name, role].filter(Boolean).join(", ");
  return [sittingName(), person && `Người ghi: ${person}`].filter(Boolean).join(". ");
}
// Within the form, so that it is printed too; a blank print leaves it out like all that was filled in.
const who = make("p", { class: "hd-study__who" }, make("span", { class: "hd-filled" }));
const elsewhere = make("p", { class: "hd-quiet" });

function showPlace() {
  who.firstChild.textContent = about();
  who.hidden = !about();
  const count = Object.entries(store.current().sittings)
    .reduce((sum, [key, its]) => sum + (key === shown ? 0 : Object.keys(its.studies).length), 0);
  elsewhere.textContent = `Kỳ họp khác trên máy này có ${count} phiếu, vẫn giữ ở kỳ họp đó.`;
  elsewhere.hidden = !count;
}

function fill() {
  const moved = store.current().current !== shown;
  const before = sitting();
  if (moved) {
    shown = store.current().current;
    id = last();
    closeQuestion();
  }
  const all = studies();
  if (id && !all[id]) id = "";
  const study = all[id];
  for (const field of fields) {
    const value = (study && study.fields[field.name]) || "";
    if ((moved || field !== document.activeElement) && field.value !== value) field.value = value;
    field.parentElement.querySelector(":scope > .hd-filled").textContent = wordsOf(field);
  }
  showQuestions();
  const entries = Object.entries(all);
  choice.hidden = entries.length === 0;
  select.replaceChildren(...entries.map(([one, its], index) =>
    make("option", { value: one, text: headingOf(its, index + 1), selected: one === id })));
  if (!id) select.prepend(make("option", { value: "", text: "Phiếu mới", selected: true }));
  undo.hidden = !removed || removed.sitting !== shown;
  showPlace();
  if (moved) {
    say(`Đang mở phiếu của: ${sittingName() || NAMELESS}.${before && Object.keys(before.studies).length
      ? ` Phiếu đã ghi vẫn giữ ở: ${nameOf(before)}.` : ""}`);
  }
}

for (const field of fields) field.after(make("span", { class: "hd-filled hd-answer-print" }));
form.prepend(who);
form.addEventListener("input", () => {
  keep();
  showQuestions();
});
form.addEventListener("submit", (event) => event.preventDefault());
const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Phiếu nghiên cứu của tôi" }, zaloNote(""), choice, elsewhere,
  make("div", { class: "hd-row" },
    button("Sao chép để gửi Zalo", () => copyText(plainText(), tools)),
    canPrint ? button("In phiếu này", () => window.print()) : null,
    canPrint ? button("In phiếu trắng", printBlank) : null,
    button("Phiếu mới", () => {
      id = "";
      fill();
      say(`Phiếu mới. Phiếu cũ vẫn giữ ${store.state().unsaved ? "tới khi đóng trang" : "trên máy"}.`);
      fields[0].focus();
    }),
    button("Xóa phiếu này…", () => {
      if (!id) {
        say("Phiếu này chưa ghi gì.");
        return;
      }
      ask(tools, "Xóa phiếu của dự thảo này trên máy?", [
        ["Giữ lại", null],
        ["Xóa phiếu", () => {
          removed = { sitting: shown, id, study: studies()[id] };
          store.update((document_) => {
            const its = document_.sittings[removed.sitting];
            if (its) delete its.studies[removed.id];
          });
          say("Đã xóa phiếu. Bấm “Hoàn tác xóa” nếu xóa nhầm.");
          undo.focus();
        }],
      ]);
    }), undo),
  makeStatus(), makeStorageNote());
document.querySelectorAll("[data-hd-no-script]").forEach((place) => place.remove());
form.before(tools);
id = last();
store.listen(fill);
fill();
