// “Phiếu nghiên cứu dự thảo”: one sheet for each draft of the sitting, kept on this device.
import * as store from "./store.js";
import { ask, button, canPrint, copyText, make, makeStatus, makeStorageNote, printBlank, say, zaloNote } from "./ui.js";

const form = document.querySelector("[data-hd-study]");
const fields = [...form.querySelectorAll("[name]")];
let id = "";
let removed = null;

const studies = () => {
  const sitting = store.sittingOf(store.current());
  return sitting ? sitting.studies : {};
};
const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]).filter(([, value]) => value));
const nameOf = (study, number) => (study.fields[fields[0].name] || "").split("\n")[0] || `Dự thảo ${number}`;

function keep() {
  store.update((document_) => {
    if (!store.sittingOf(document_)) store.addSitting(document_, {});
    const sitting = store.sittingOf(document_);
    if (!id) id = store.newId();
    store.setStudy(sitting, id, read());
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
    store.sittingOf(document_).studies[removed.id] = removed.study;
  });
  id = removed.id;
  removed = null;
  fill();
  say("Đã trả lại phiếu.");
  fields[0].focus();
}, { hidden: true });

/** The sheet as plain text: each question with its answer, the table row by row. */
function plainText() {
  const lines = [document.querySelector("h1").firstChild.textContent.trim()];
  const sitting = store.sittingOf(store.current());
  if (sitting) lines.push(store.nameOf(sitting));
  for (const field of fields) {
    const label = field.getAttribute("aria-label") || form.querySelector(`label[for="${field.id}"]`).textContent;
    if (field.value.trim()) lines.push("", label, field.value.trim());
  }
  return lines.join("\n");
}

function fill() {
  const all = studies();
  if (id && !all[id]) id = "";
  const study = all[id];
  for (const field of fields) {
    const value = (study && study.fields[field.name]) || "";
    if (field !== document.activeElement && field.value !== value) field.value = value;
    field.parentElement.querySelector(":scope > .hd-filled").textContent = field.value;
  }
  const entries = Object.entries(all);
  choice.hidden = entries.length === 0;
  select.replaceChildren(...entries.map(([one, its], index) =>
    make("option", { value: one, text: nameOf(its, index + 1), selected: one === id })));
  if (!id) select.prepend(make("option", { value: "", text: "Phiếu mới", selected: true }));
  undo.hidden = !removed;
}

for (const field of fields) field.after(make("span", { class: "hd-filled hd-answer-print" }));
form.addEventListener("input", keep);
form.addEventListener("submit", (event) => event.preventDefault());
const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Phiếu nghiên cứu của tôi" }, zaloNote(""), choice,
  make("div", { class: "hd-row" },
    button("Sao chép", () => copyText(plainText(), tools)),
    canPrint ? button("In phiếu này", () => window.print()) : null,
    canPrint ? button("In phiếu trắng", printBlank) : null,
    button("Phiếu mới", () => {
      id = "";
      fill();
      say("Phiếu mới. Phiếu cũ vẫn giữ trên máy.");
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
          removed = { id, study: studies()[id] };
          store.update((document_) => {
            delete store.sittingOf(document_).studies[id];
          });
          say("Đã xóa phiếu. Bấm “Hoàn tác xóa” nếu xóa nhầm.");
          undo.focus();
        }],
      ]);
    }), undo),
  makeStatus(), makeStorageNote());
form.before(tools);
const keys = Object.keys(studies());
id = keys[keys.length - 1] || "";
store.listen(fill);
fill();
