// The path from a milestone: steps to tick, the ten-minute way, and which sheets are one's own.
import {
  RESULT_WORDS, current, isDone, listen, pathOf, setQuick, setStep, stepsDone, update,
} from "../kept/practice-store.js";
import { makeBar, makeChoice, makeFolded, makeNote, makeReset, makeRoles, roleNames, withoutPrintInside } from "../ui/practice-ui.js";
import * as store from "../kept/store.js";
import { addressed } from "../ui/element.js";
import { button, closeQuestion, copyText, headingBefore, headingText, make, say } from "../ui/ui.js";

const steps = [...document.querySelectorAll("[data-hd-path]")].map((section, index) => {
  const heading = headingBefore(section);
  return { section, heading, number: index + 1, key: section.dataset.hdStep, title: headingText(heading), quick: section.hasAttribute("data-hd-quick") };
});
const path = steps[0].section.dataset.hdPath;
const keys = steps.map(({ key }) => key);
const short = steps.filter(({ quick }) => quick);
const sheets = document.querySelector("[data-hd-role-sheets]");
const sheetLines = [...sheets.children];
const names = roleNames(sheets);
const rolesOf = (element) => element.dataset.hdRoles.split(" ");
const marks = [...document.querySelectorAll("[data-hd-path] [data-hd-roles]")];
const checks = [...document.querySelectorAll("[data-hd-done-exercise]")];

// Building -------------------------------------------------------------------------------------------

for (const step of steps) {
  const { input, label } = makeChoice("checkbox", `xong-${step.number}`, `Đã làm xong bài ${step.number}`);
  step.input = input;
  input.addEventListener("change", () => {
    setStep(path, step.key, input.checked);
    say(`${input.checked ? "Đã ghi xong" : "Đã bỏ dấu"} bài ${step.number}. ${progressText()}.`);
  });
  step.section.append(make("div", { class: "hd-option hd-option--done hd-no-print" }, input, label));
}

const quick = makeChoice("checkbox", "chi-10-phut", `Chỉ có 10 phút: chỉ hiện ${short.length} bài ngắn`);
quick.input.addEventListener("change", () => {
  setQuick(path, quick.input.checked);
  say(quick.input.checked ? `Chỉ hiện ${short.length} bài ngắn.` : `Hiện cả ${steps.length} bài.`);
});
const shown = [...new Set(sheetLines.flatMap(rolesOf))];
const role = makeRoles("vai-tro-cua-toi", names, Object.keys(names).filter((one) => shown.includes(one)), "Chưa chọn, hiện mọi phiếu rà soát");
role.addEventListener("change", () => {
  update((document_) => {
    document_.role = role.value;
  });
  say(role.value ? `Đã đánh dấu phiếu rà soát của ${names[role.value]}.` : "Hiện phiếu rà soát của mọi vai trò.");
});
const bar = make("progress", { max: keys.length, value: 0, "aria-label": "Các bài đã xong" });
const words = make("span");
const place = make("div");
const [reset, undo] = makeReset("Bỏ mọi dấu đã xong…", place, () => `Bỏ dấu đã xong ở cả ${keys.length} bài của lộ trình này?`, "Bỏ hết dấu", () => {
  keys.forEach((key) => setStep(path, key, false));
}, "Đã bỏ các dấu. Bấm “Hoàn tác xóa” nếu bấm nhầm.");

function plainText() {
  const lines = [headingText(document.querySelector("h1")), progressText(), ""];
  for (const { key, title } of steps) lines.push(`${isDone(current(), path, key) ? "[x]" : "[ ]"} ${title}`);
  if (location.protocol.startsWith("http")) lines.push("", location.href.split("#")[0]);
  return lines.join("\n");
}

const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Tiến độ của tôi" },
  make("p", { class: "hd-progress" }, bar, " ", words),
  short.length ? make("div", { class: "hd-option" }, quick.input, quick.label) : null,
  make("p", { class: "hd-choice" }, make("label", { for: role.id, text: "Vai trò của tôi" }), role),
  makeNote());
const barWords = make("strong");
const more = make("section", { class: "hd-tools hd-no-print", "aria-label": "Sao chép, bỏ dấu, giữ lại" },
  make("div", { class: "hd-row" }, button("Sao chép để gửi Zalo", () => copyText(plainText(), place)), reset, undo),
  place, makeFolded());
const first = document.querySelector("#loi-di");
first.after(tools);
steps[steps.length - 1].section.after(makeBar(barWords), more);
withoutPrintInside(tools);
document.documentElement.classList.add("hd-practising");

// Showing --------------------------------------------------------------------------------------------

const progressText = () => `Xong ${stepsDone(current(), path, keys)}/${keys.length} bài`;

/** The role chosen here, else the one of the sitting being prepared. */
function myRole(document_) {
  const sitting = store.sittingOf(store.current());
  return document_.role || (sitting && sitting.facts.role) || "";
}

function show() {
  const document_ = current();
  const { quick: only } = pathOf(document_, path);
  const mine = myRole(document_);
  bar.value = stepsDone(document_, path, keys);
  words.textContent = progressText();
  barWords.textContent = progressText();
  quick.input.checked = only;
  role.value = shown.includes(mine) ? mine : "";
  for (const step of steps) {
    step.input.checked = isDone(document_, path, step.key);
    step.section.dataset.hdState = step.input.checked ? "done" : "open";
    step.section.hidden = only && !step.quick;
    step.heading.hidden = step.section.hidden;
  }
  for (const mark of marks) {
    const own = rolesOf(mark).includes(role.value);
    mark.textContent = !role.value ? "" : own ? " (phiếu của vai trò này)"
      : ` (phiếu do ${rolesOf(mark).map((one) => names[one]).join(", ")} dùng)`;
  }
  for (const line of sheetLines) line.hidden = role.value !== "" && !rolesOf(line).includes(role.value);
  for (const check of checks) {
    const id = check.dataset.hdDoneExercise;
    const { result } = document_.exercises[id] || { result: "" };
    check.textContent = result ? ` (${RESULT_WORDS[result]})` : "";
  }
}

// An address that names a step hidden by the short way shows the whole path.
function reachTarget() {
  const target = addressed();
  if (!target) return;
  if (target.hidden) setQuick(path, false);
  target.scrollIntoView();
}

listen((_, why) => {
  if (why === "other") {
    closeQuestion();
    say("Đã cập nhật theo cửa sổ khác.");
  }
  show();
});
store.listen(show);
show();
window.addEventListener("hashchange", reachTarget);
reachTarget();
