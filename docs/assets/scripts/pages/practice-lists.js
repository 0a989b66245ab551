// Lists of exercises, milestones and self-reviews: what was done, and what to practise again.
import { RESULT_WORDS, again, current, daysOf, listen, stepsDone, update } from "../kept/practice-store.js";
import { makeFolded, makeNote, makeReset, makeRoles, roleNames } from "../ui/practice-ui.js";
import * as store from "../kept/store.js";
import { vnDate } from "../basics/times.js";
import { closeQuestion, make, makeStatus, say } from "../ui/ui.js";

const cards = [...document.querySelectorAll("[data-hd-practice] > li")].map((line) => ({
  line, id: line.dataset.hdRecord, kind: line.parentElement.dataset.hdPractice, state: make("span", { class: "hd-done" }),
}));
cards.forEach(({ line, state }) => line.append(state));

function stateOf(document_, { kind, id, line }) {
  if (kind === "exercises") {
    const done = document_.exercises[id];
    return done ? `Đã làm: ${RESULT_WORDS[done.result]}` : "";
  }
  if (kind === "milestones") {
    const keys = line.dataset.hdSteps.split(" ");
    const count = stepsDone(document_, id, keys);
    return count ? `Xong ${count}/${keys.length} bài` : "";
  }
  const days = daysOf(document_, id);
  return days.length ? `Lần gần nhất: ${vnDate(days[days.length - 1])}` : "";
}

const exercises = cards.filter(({ kind }) => kind === "exercises");
const list = exercises.length ? exercises[0].line.parentElement : null;
const count = make("p", { class: "hd-total" });
const missed = make("ul", { class: "hd-again" });
const missedTitle = make("h3", { id: "lam-lai" });
const none = make("p", { class: "hd-quiet", hidden: true, text: "Vai trò này chưa có bài. Chọn vai trò khác." });
let role = null;
if (list) {
  const names = roleNames(list);
  role = makeRoles("loc-vai-tro", names, Object.keys(names), "Mọi vai trò");
  role.addEventListener("change", () => {
    update((document_) => {
      document_.role = role.value;
    });
    say(`Có ${exercises.filter(({ line }) => !line.hidden).length} bài.`);
  });
  const place = make("div");
  const [reset, undo] = makeReset("Xóa kết quả luyện tập…", place, () => "Xóa kết quả mọi bài luyện trên máy này?", "Xóa kết quả", () => {
    update((document_) => {
      for (const id of Object.keys(document_.exercises)) delete document_.exercises[id];
    });
  }, "Đã xóa kết quả. Bấm “Hoàn tác xóa” nếu bấm nhầm.");
  list.before(make("section", { class: "hd-tools hd-no-print", "aria-label": "Bài luyện của tôi" },
    count, missedTitle, missed,
    make("p", { class: "hd-choice" }, make("label", { for: role.id, text: "Chỉ hiện bài cho vai trò" }), role),
    makeNote()), none);
  list.after(make("section", { class: "hd-tools hd-no-print", "aria-label": "Xóa, giữ lại kết quả" },
    make("div", { class: "hd-row" }, reset, undo), place, makeStatus(), makeFolded()));
}

function show() {
  const document_ = current();
  for (const card of cards) card.state.textContent = stateOf(document_, card);
  if (!list) return;
  const sitting = store.sittingOf(store.current());
  const mine = document_.role || (sitting && sitting.facts.role) || "";
  role.value = mine;
  if (role.selectedIndex < 0) role.value = "";
  for (const { line } of exercises) line.hidden = role.value !== "" && !line.dataset.hdRoles.split(" ").includes(role.value);
  none.hidden = exercises.some(({ line }) => !line.hidden);
  const done = exercises.filter(({ id }) => document_.exercises[id]).length;
  count.textContent = done ? `Đã làm ${done}/${exercises.length} bài luyện.` : `Có ${exercises.length} bài luyện. Chưa làm bài nào.`;
  const open = exercises.filter(({ id }) => again(document_, id));
  missedTitle.hidden = open.length === 0;
  missedTitle.textContent = `Làm lại các bài chưa đúng (${open.length})`;
  missed.replaceChildren(...open.map(({ line, id }) => {
    const link = line.querySelector("a").cloneNode(true);
    return make("li", {}, link, make("span", { class: "hd-quiet", text: ` ${RESULT_WORDS[document_.exercises[id].result]}` }));
  }));
}
listen((_, why) => {
  if (why === "other") closeQuestion();
  show();
});
show();
