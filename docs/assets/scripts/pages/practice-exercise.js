// An exercise to answer: choose, order or mark; then the reasons, another try, and what to remember.
// Without this script the page is the situation, the choices and the answers folded below them.
import { RESULT_WORDS, current, setExercise } from "../kept/practice-store.js";
import { makeChoice } from "../ui/practice-ui.js";
import { button, canPrint, headingText, make, makeStatus, say } from "../ui/ui.js";

const section = document.querySelector("[data-hd-exercise]");
const id = section.dataset.hdExercise;
const kind = section.dataset.hdKind;
const question = section.querySelector(".hd-question");
const list = section.querySelector(".hd-choices");
const answers = section.querySelector(".hd-answers");
const after = document.querySelector("[data-hd-after]");
const takeaway = after.querySelector("[data-hd-takeaway]");
const reasons = [...answers.querySelectorAll("li")].map((line) => line.querySelector(".hd-reason-text").textContent);

let tries = 0;
let finished = false;

const SIGNS = { yes: "✓ ", no: "✗ ", plain: "– " };

/** What is said about one choice: a sign, words and the reason. */
function makeVerdict(name) {
  const verdict = make("p", { class: "hd-verdict", id: name, hidden: true });
  return (good, words, reason) => {
    verdict.hidden = false;
    verdict.dataset.hdGood = good;
    verdict.replaceChildren(make("strong", {},
      make("span", { class: "hd-sign", "aria-hidden": "true", text: SIGNS[good] }), words), ` ${reason}`);
    return verdict;
  };
}

// Choosing and marking -------------------------------------------------------------------------------

const WORDS = kind === "mark" ? ["Có lỗi", "Không có lỗi"] : ["Nên chọn", "Không nên chọn"];
const MISSED = kind === "mark" ? ", chưa đánh dấu" : ", chưa chọn";

function makeOptions() {
  const type = kind === "one" ? "radio" : "checkbox";
  const options = [...list.querySelectorAll("li")].map((line, index) => {
    const name = `cau-${index + 1}`;
    const { input, label } = makeChoice(type, name, line.textContent, { name: "lua-chon" });
    const verdict = make("div", { class: "hd-verdicts" });
    const tell = makeVerdict(`${name}-vi-sao`);
    const right = line.hasAttribute("data-hd-right");
    const box = make("div", { class: "hd-option" }, input, label, verdict);
    return {
      input, box, right,
      tell() {
        const left = right && !input.checked;
        // A piece without error that nobody marked is neither a hit nor a miss.
        const good = right ? "yes" : kind === "mark" && !input.checked ? "plain" : "no";
        verdict.replaceChildren(tell(good, `${WORDS[right ? 0 : 1]}${left ? MISSED : ""}.`, reasons[index]));
        input.setAttribute("aria-describedby", `${name}-vi-sao`);
      },
      forget() {
        verdict.replaceChildren();
        input.removeAttribute("aria-describedby");
      },
    };
  });
  options.forEach(({ input }) => input.addEventListener("change", reopen));
  const chosen = () => options.filter(({ input }) => input.checked);
  return {
    place: make("div", { class: `hd-options${kind === "mark" ? " hd-draft" : ""}` }, ...options.map(({ box }) => box)),
    missing: () => (chosen().length ? "" : kind === "one" ? "Chọn một câu rồi bấm Trả lời." : "Chọn ít nhất một câu rồi bấm Trả lời."),
    check() {
      const good = chosen().filter(({ right }) => right).length;
      const bad = chosen().length - good;
      const left = options.filter(({ right }) => right).length - good;
      chosen().forEach(({ tell }) => tell());
      if (!bad && !left) return "";
      if (kind === "one") return "Chưa phải câu nên chọn. Đọc lý do ở dưới câu đó rồi thử lại.";
      const mark = kind === "mark";
      return [
        good && (mark ? `Đã thấy ${good} đoạn có lỗi.` : `Đã đúng ${good} câu.`),
        bad && (mark ? `${bad} đoạn đã đánh dấu không có lỗi.` : `${bad} câu không nên chọn.`),
        left && (mark ? `Còn ${left} đoạn có lỗi chưa đánh dấu.` : `Còn ${left} câu nên chọn.`),
      ].filter(Boolean).join(" ");
    },
    // What was right stays chosen; what was not is free again, its reason still there to read.
    retry() {
      options.forEach(({ input, right }) => {
        if (!right) input.checked = false;
      });
      (options.find(({ input }) => !input.checked) || options[0]).input.focus();
    },
    reveal: () => options.forEach(({ tell }) => tell()),
    begin() {
      options.forEach(({ input, forget }) => {
        input.checked = false;
        forget();
      });
      options[0].input.focus();
    },
  };
}

// Putting in order -----------------------------------------------------------------------------------

function makeOrder() {
  const place = make("ol", { class: "hd-order" });
  const steps = [...list.querySelectorAll("li")].map((line, index) => {
    const text = line.textContent;
    const right = Number(line.dataset.hdStep);
    const name = `buoc-xep-${index + 1}`;
    const verdict = make("div", { class: "hd-verdicts" });
    const step = { right, text, locked: false, box: make("li", { class: "hd-option" }) };
    const tell = makeVerdict(`${name}-vi-sao`);
    const mover = (label, by) => make("button", {
      type: "button", class: "md-button hd-button", onclick: (event) => move(step, by, event.currentTarget),
    }, label, make("span", { class: "hd-hidden", text: ` (${text})` }));
    step.up = mover("Lên", -1);
    step.down = mover("Xuống", 1);
    step.row = make("div", { class: "hd-row" }, step.up, step.down);
    step.box.append(make("p", { class: "hd-order__text", text }), step.row, verdict);
    step.tell = (good, words, reason) => verdict.replaceChildren(tell(good, words, reason));
    step.forget = () => verdict.replaceChildren();
    return step;
  });
  const start = [...steps];
  let order = [...steps];

  function show() {
    // Only what moved is put in anew, so the button pressed keeps its place.
    order.forEach((step, index) => {
      if (place.children[index] !== step.box) place.insertBefore(step.box, place.children[index] || null);
    });
    const free = order.filter((step) => !step.locked);
    for (const step of order) {
      step.row.hidden = step.locked || finished;
      step.up.setAttribute("aria-disabled", String(step === free[0]));
      step.down.setAttribute("aria-disabled", String(step === free[free.length - 1]));
    }
  }

  function move(step, by, pressed) {
    const free = order.filter((one) => !one.locked);
    const other = free[free.indexOf(step) + by];
    if (!other) {
      say(by < 0 ? "Bước này đã ở trên cùng." : "Bước này đã ở dưới cùng.");
      return;
    }
    const from = order.indexOf(step);
    const to = order.indexOf(other);
    [order[from], order[to]] = [other, step];
    order.forEach((one) => !one.locked && one.forget());
    reopen();
    show();
    pressed.focus();
    say(`“${step.text}” nay ở vị trí ${to + 1} trên ${order.length}.`);
  }

  const good = () => order.filter((step, index) => step.right === index + 1);
  show();
  return {
    place,
    missing: () => "",
    check() {
      const placed = good();
      order.forEach((step) => (placed.includes(step)
        ? step.tell("yes", "Đúng chỗ.", reasons[step.right - 1])
        : step.tell("no", "Chưa đúng chỗ.", "")));
      if (placed.length === order.length) return "";
      return placed.length
        ? `${placed.length} trên ${order.length} bước đã đúng chỗ và được giữ nguyên. Xếp tiếp các bước còn lại.`
        : "Chưa bước nào đúng chỗ. Nghĩ xem việc nào phải xong trước, rồi xếp lại.";
    },
    retry() {
      const placed = good();
      order.forEach((step) => {
        step.locked = placed.includes(step);
        if (!step.locked) step.forget();
      });
      show();
      order.find((step) => !step.locked).down.focus();
    },
    reveal() {
      order = [...steps].sort((a, b) => a.right - b.right);
      order.forEach((step) => step.tell("yes", `Bước ${step.right}.`, reasons[step.right - 1]));
      show();
    },
    begin() {
      order = [...start];
      order.forEach((step) => {
        step.locked = false;
        step.forget();
      });
      show();
      order[0].down.focus();
    },
  };
}

// The course of one run --------------------------------------------------------------------------------

const status = makeStatus();
status.classList.add("hd-result");
const form = kind === "order" ? makeOrder() : makeOptions();
const fields = make("fieldset", { class: "hd-fieldset" }, make("legend", { class: "hd-question", text: question.textContent }), form.place);
const answer = button("Trả lời", check, { class: "md-button md-button--primary hd-button" });
const retry = button("Thử lại", () => {
  reopen();
  form.retry();
  say("Phần đúng được giữ lại. Chọn tiếp rồi bấm Trả lời.");
}, { class: "md-button md-button--primary hd-button", hidden: true });
const reveal = button("Xem trả lời và lý do", () => {
  setExercise(id, "shown");
  finish("Đọc lý do ở từng câu. Lần sau làm lại bài này cho nhớ.");
}, { hidden: true });
const begin = button("Làm lại từ đầu", () => {
  tries = 0;
  finished = false;
  fields.disabled = false;
  begin.hidden = true;
  after.hidden = true;
  paper.show();
  reopen();
  reveal.hidden = true;
  form.begin();
  say("Bắt đầu lại từ đầu.");
}, { hidden: true });
const last = make("p", { class: "hd-quiet hd-last" });

function showLast() {
  const { exercises } = current();
  const before = Object.prototype.hasOwnProperty.call(exercises, id) ? exercises[id].result : "";
  last.hidden = !before;
  last.textContent = before ? `Lần làm trước: ${RESULT_WORDS[before]}.` : "";
}

// After an answer a change opens the question again, as “Thử lại” does.
function reopen() {
  if (finished) return;
  answer.hidden = false;
  retry.hidden = true;
}

function finish(words) {
  finished = true;
  form.reveal();
  fields.disabled = true;
  answer.hidden = true;
  retry.hidden = true;
  reveal.hidden = true;
  begin.hidden = false;
  after.hidden = false;
  takeaway.hidden = false;
  paper.show();
  say(words);
  begin.focus({ preventScroll: true });
}

function check() {
  const missing = form.missing();
  if (missing) {
    say(missing);
    return;
  }
  tries += 1;
  const wrong = form.check();
  if (!wrong) {
    setExercise(id, tries === 1 ? "right" : "later");
    finish(tries === 1 ? "Đúng. Đọc lý do ở từng câu." : "Đúng. Lần sau làm lại bài này cho nhớ.");
    return;
  }
  setExercise(id, "wrong");
  answer.hidden = true;
  retry.hidden = false;
  reveal.hidden = false;
  after.hidden = false;
  takeaway.hidden = true;
  retry.focus({ preventScroll: true });
  say(wrong);
}

// On paper -------------------------------------------------------------------------------------------

/** The key on a sheet of its own, printed only where it was asked for; a finished exercise shows its reasons itself. */
function makePaperKey() {
  const texts = [...list.querySelectorAll("li")].map((line) => line.textContent);
  const told = [...answers.querySelectorAll("li")].map((line, index) => make("li", {},
    kind === "order" ? null : `${texts[index]} `,
    ...[...line.childNodes].map((node) => node.cloneNode(true))));
  const key = make("section", { class: "hd-paper-key", hidden: true },
    make("h2", { text: `Đáp án: ${headingText(document.querySelector("h1"))}` }), make("ol", {}, ...told),
    make("p", {}, ...takeaway.cloneNode(true).childNodes));
  const { input, label } = makeChoice("checkbox", "in-kem-dap-an", "In kèm đáp án, ở trang riêng");
  const choice = make("div", { class: "hd-option hd-option--done" }, input, label);
  const show = () => {
    choice.hidden = finished;
    key.hidden = finished || !input.checked;
  };
  input.addEventListener("change", show);
  return { key, show, row: make("div", { class: "hd-row hd-no-print" }, button("In bài này", () => window.print()), choice) };
}

const paper = makePaperKey();

answers.remove();
question.remove();
list.remove();
after.hidden = true;
section.append(last, fields, make("div", { class: "hd-row hd-no-print" }, answer, retry, reveal, begin), status);
if (canPrint) {
  section.append(paper.row);
  section.parentNode.append(paper.key);
}
document.querySelectorAll("[data-hd-following]").forEach((link) => link.classList.add("hd-following"));
showLast();
