// The stages of a sitting: days in the place of words, as far as this device knows the opening day.
import { DAYS_OFF } from "../data/days-off.js";
import { DEADLINES } from "../data/deadlines.js";
import { calendarOf, rows, sittingFor } from "../sitting/board.js";
import { daysLeft, longDay, shortDay } from "../sitting/dates.js";
import { sittingDays, stageDays } from "../sitting/stage-days.js";
import * as store from "../kept/store.js";
import { inReach, today, vnDate } from "../basics/times.js";
import { make } from "../ui/element.js";

const none = document.querySelector("[data-hd-stages-none]");
const says = document.querySelector("[data-hd-stages-says]");
const places = [...document.querySelectorAll("[data-hd-stages] > [data-hd-stage]")].map((line) => {
  const days = line.querySelector("[data-hd-stage-days]");
  return { line, days, words: days.textContent, stage: line.dataset.hdStage, opens: "hdOpening" in line.dataset, limits: (line.dataset.hdLimits || "").split(" ") };
});
const nameOf = ({ line }) => line.querySelector("a").firstChild.textContent;
/** Thứ Tư 25/11 */
const dayAndMonth = (day) => longDay(day).slice(0, -5);

function spanOf({ first, last }, opens) {
  if (opens) return first === last ? longDay(first) : `${longDay(first)} đến ${longDay(last)}`;
  if (first === last) return longDay(first);
  return `${first.slice(0, 4) === last.slice(0, 4) ? shortDay(first) : vnDate(first)} – ${vnDate(last)}`;
}

function stateOf({ first, last, next }, nearest, now) {
  if (!next) return last < now ? "Đã qua" : "Các việc đã đánh dấu xong";
  const left = daysLeft(next, now);
  if (next === nearest) return `Việc gần nhất: ${dayAndMonth(next)}, ${left}`;
  return next === first ? left.replace(/^./, (letter) => letter.toUpperCase()) : `Việc kế tiếp: ${dayAndMonth(next)}, ${left}`;
}

function headline(opening, nearest, stages, now) {
  const at = places.filter(({ stage }) => stages[stage]?.next === nearest).map((place) => `“${nameOf(place)}”`);
  const next = nearest ? ` Việc gần nhất: ${dayAndMonth(nearest)}, ở bước ${at.join(", ")}.` : "";
  return `Khai mạc ${longDay(opening)}, ${daysLeft(opening, now)}.${next}`;
}

/** Stage → its days; none while the opening day is not known. */
function daysOf(kept, sitting, now) {
  const { days } = sittingFor(kept, sitting.facts, calendarOf(kept, DAYS_OFF));
  const all = rows(DEADLINES, kept, sitting.facts, sitting.tasks, DAYS_OFF, now);
  const stages = {};
  for (const { stage, opens, limits } of places) {
    const own = opens ? sittingDays(days["khai-mac"], days["be-mac"], now) : stageDays(all.filter(({ deadline }) => limits.includes(deadline.id)), now);
    if (own) stages[stage] = own;
  }
  return stages;
}

function show() {
  const kept = store.current();
  const sitting = store.sittingOf(kept);
  const opening = sitting ? sitting.facts.opening : "";
  const known = inReach(opening);
  const now = today();
  const stages = known ? daysOf(kept, sitting, now) : {};
  const nearest = Object.values(stages).map(({ next }) => next).filter(Boolean).sort()[0] || "";
  none.hidden = known;
  says.hidden = !known;
  says.querySelector("strong").textContent = known ? headline(opening, nearest, stages, now) : "";
  for (const { line, days, words, stage, opens } of places) {
    const own = stages[stage];
    if (own) {
      days.replaceChildren(make("strong", { text: spanOf(own, opens) }), " ", make("span", { text: stateOf(own, nearest, now) }));
    } else {
      days.textContent = words;
    }
    const is = !!own && own.next !== "" && own.next === nearest;
    line.classList.toggle("hd-cycle__now", is);
    if (is) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  }
}
store.listen(show);
show();
