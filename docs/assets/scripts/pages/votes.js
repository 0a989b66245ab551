// “Bảng biểu quyết”, the back of the chair's sheet: a row for each resolution, as the programme has them, kept with its matter.
import { isDecided } from "../sitting/matters.js";
import { inProgrammeOrder } from "../sitting/programme.js";
import * as store from "../kept/store.js";
import { countIn, moreThanHalf, outcome, twoThirds } from "../sitting/votes.js";
import { make } from "../ui/element.js";

const section = document.querySelector("[data-hd-vote-table]");
const body = section.querySelector("tbody");
const heads = [...section.querySelectorAll("thead th")].map((th) => th.textContent.trim());
const blank = [...body.rows].map((row) => row.cloneNode(true));
const places = [...section.querySelectorAll("[data-hd-vote-fact]")].map((place) => {
  const filled = make("strong", { class: "hd-filled hd-vote-fact" });
  place.querySelector("br").before(" ", filled);
  return filled;
});
const status = make("p", { class: "hd-quiet hd-no-print", role: "status" });
section.append(status);

// The columns behind the name, as the sheet has them: two boxes, then numbers, then the result.
const FIELDS = ["heard", "reread", "ideas", "need", "present", "yes", "no", "none"];
const TICKS = ["heard", "reread"];

const sitting = () => store.sittingOf(store.current());
const totalOf = (its) => (its ? countIn(its.facts.delegates) : 0);
const decided = (its) => (its ? inProgrammeOrder(its).filter(([, matter]) => isDecided(matter) && matter.title) : []);

function keep(id, fields) {
  store.update((document_) => {
    const its = store.sittingOf(document_);
    if (its) store.setMatter(its, id, fields);
  });
}

function row([id, matter], number) {
  const name = make("th", { scope: "row", class: "hd-vote-name", text: matter.title });
  const made = { id, inputs: {}, papers: {}, result: make("td", { "data-hd-column": heads[heads.length - 1] }) };
  const cells = FIELDS.map((field, index) => {
    const head = heads[index + 2];
    const ticked = TICKS.includes(field);
    const input = make("input", {
      type: ticked ? "checkbox" : "text", class: `${ticked ? "hd-tick" : "hd-value"} hd-no-print`, autocomplete: "off",
      "aria-label": `${head}: ${matter.title}`, ...(ticked ? {} : { inputmode: "numeric", maxlength: 3 }),
    });
    input.addEventListener(ticked ? "change" : "input", () => {
      keep(id, { [field]: ticked ? (input.checked ? "x" : "") : input.value.trim() });
      showResults();
      const { wrong } = outcomeOf(made);
      if (wrong) status.textContent = `${matter.title}: ${wrong}`;
    });
    made.inputs[field] = input;
    made.papers[field] = make("span", { class: ticked ? "hd-box hd-vote-box" : "hd-filled hd-paper-only", "aria-hidden": "true" });
    return make("td", { "data-hd-column": head }, input, made.papers[field]);
  });
  made.row = make("tr", { class: "hd-vote-row" }, make("td", { text: String(number) }), name, ...cells, made.result);
  return made;
}

let rows = [];
const matterOf = ({ id }) => (sitting() ? sitting().matters[id] : null) || {};
const outcomeOf = (made) => outcome(matterOf(made), totalOf(sitting()));

function showResults() {
  const total = totalOf(sitting());
  [total, total && moreThanHalf(total), total && twoThirds(total)].forEach((number, index) => {
    if (places[index]) places[index].textContent = number ? String(number) : "";
  });
  for (const made of rows) {
    const matter = matterOf(made);
    const { needed, passed, wrong } = outcomeOf(made);
    made.inputs.need.placeholder = needed ? String(needed) : "";
    for (const field of FIELDS) {
      const value = field === "need" ? matter.need || (needed ? String(needed) : "") : matter[field] || "";
      if (TICKS.includes(field)) made.papers[field].toggleAttribute("data-hd-done", !!value);
      else made.papers[field].textContent = value;
    }
    const words = wrong ? "Xem lại" : passed === null ? "" : passed ? "Thông qua" : "Chưa thông qua";
    // Nothing counted yet: the boxes of the blank sheet stay, to be ticked by hand.
    const choices = [...blank[0].cells[blank[0].cells.length - 1].childNodes].map((node) => node.cloneNode(true));
    made.result.replaceChildren(...(words ? [make("strong", { class: wrong ? "hd-vote-wrong" : "" }, words, make("span", { class: "hd-vote-why", text: wrong && `. ${wrong}` }))] : choices));
  }
}

function show() {
  const its = sitting();
  const matters = decided(its);
  section.classList.toggle("hd-votes--filled", matters.length > 0);
  const same = rows.length === matters.length && rows.every(({ id, title }, index) => id === matters[index][0] && title === matters[index][1].title);
  if (!same) {
    rows = matters.map((one, index) => Object.assign(row(one, index + 1), { title: one[1].title }));
    // Six rows at least; what is left of the back is for the branches.
    const more = blank.slice(rows.length, rows.length ? 6 : 0);
    body.replaceChildren(...(rows.length ? [...rows.map((made) => made.row), ...more] : blank));
    more.forEach((empty, index) => {
      empty.cells[0].textContent = String(rows.length + index + 1);
    });
  }
  for (const made of rows) {
    const matter = matterOf(made);
    for (const field of FIELDS) {
      const input = made.inputs[field];
      if (TICKS.includes(field)) input.checked = !!matter[field];
      else if (document.activeElement !== input) input.value = matter[field] || "";
    }
  }
  showResults();
}

store.listen(show);
show();
