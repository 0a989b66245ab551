// What is due for the sitting on this device: every deadline with its day and its state. No page is touched here.
import { anchorDays, between, due, plus, workingDay } from "./dates.js";
import { amountIn } from "./limits.js";
import { inReach } from "../basics/times.js";

/** Which fact of a sitting is which day that is counted from. */
export const ANCHOR_FACTS = {
  "khai-mac": "opening", "be-mac": "closing", "ban-hanh": "issued", "hdnd-tinh-quyet": "province",
  "tinh-giao": "allotment", "tiep-xuc": "voters", "lien-tich": "joint", "nhan-kien-nghi": "petitions", "het-han-giai-quyet": "answers",
};
export const WEEK = 7;
/** A day of the year that is further off than this belongs to another sitting. */
const FAR = 120;
const REGULAR = "thuong-le";
const YEAR_END = "thuong-le-cuoi-nam";

/** The kind of a sitting, guessed from its opening day while nobody has told it. */
export function kindOf(facts) {
  if (facts.kind) return facts.kind;
  return Number((facts.opening || "").slice(5, 7)) >= 11 ? YEAR_END : "thuong-le-giua-nam";
}

/** What a sitting of a kind has unless told otherwise line by line; the reader adds the rest. */
export const impliedBy = (kind) => [
  "y-kien-tham-tra", ...(kind.startsWith(REGULAR) ? ["chat-van"] : []), ...(kind === YEAR_END ? ["du-toan"] : []),
];
export const hasOf = (facts) => new Set([...facts.has.split(" ").filter(Boolean), ...impliedBy(kindOf(facts))]);

/** The calendar of the committed table with the reader's own days off and days worked. */
export function calendarOf(document_, table) {
  const calendar = { off: new Set(table.off), worked: new Set(table.worked) };
  for (const [day, { worked }] of Object.entries(document_.days)) {
    calendar.off.delete(day);
    calendar.worked.delete(day);
    (worked ? calendar.worked : calendar.off).add(day);
  }
  return calendar;
}

/** {kind, days, local, assumed} of a sitting's facts; `assumed` names the days that nobody told. */
export function sittingFor(document_, facts, calendar) {
  const kind = kindOf(facts);
  const days = {};
  for (const [anchor, fact] of Object.entries(ANCHOR_FACTS)) if (inReach(facts[fact])) days[anchor] = facts[fact];
  // What stands before the day that it follows was left over from another plan.
  if (days["be-mac"] < days["khai-mac"]) delete days["be-mac"];
  if (days["ban-hanh"] < (days["be-mac"] || days["khai-mac"])) delete days["ban-hanh"];
  const assumed = new Set();
  if (hasOf(facts).has("du-toan") && days["khai-mac"] && !days["hdnd-tinh-quyet"]) {
    // “Trước ngày 10 tháng 12”: until then the province decides.
    const [year, month] = days["khai-mac"].split("-").map(Number);
    days["hdnd-tinh-quyet"] = `${month < 7 ? year - 1 : year}-12-09`;
    assumed.add("hdnd-tinh-quyet");
  }
  if (!days["tinh-giao"]) assumed.add("tinh-giao");
  if (!days["ban-hanh"]) assumed.add("ban-hanh");
  if (kind === "quyet-toan" && days["khai-mac"]) {
    days["khai-mac-quyet-toan"] = days["khai-mac"];
    days["phe-chuan-quyet-toan"] = days["be-mac"] || days["khai-mac"];
  }
  const regular = kind.startsWith(REGULAR);
  const local = {};
  for (const [id, rule] of Object.entries(document_.rules)) {
    const amount = amountIn((!regular && rule.other) || rule.value);
    if (amount) local[id] = amount;
  }
  return { kind, days: anchorDays(days, calendar), local, assumed };
}

function applies(deadline, sitting, has) {
  if (deadline.when && !deadline.when.includes(sitting.kind)) return false;
  return !deadline.only_if || has.has(deadline.only_if);
}

/**
 * Whether a deadline is a limit that can be past due: a rule, or a number of working rules. Advice never is, nor what
 * rests on a day that nobody told, or is due in some cases only. The model's number does not bind urgent sittings.
 */
export function binds(deadline, sitting) {
  if (["khong-som-hon", "tai-ky"].includes(deadline.bound) || sitting.assumed.has(deadline.anchor)) return false;
  if (deadline.only_if === "khac" || (deadline.condition && !deadline.only_if)) return false;
  if (deadline.binding) return true;
  if (deadline.local === undefined) return false;
  const own = !!sitting.local[deadline.local];
  return own || (deadline.basis === "local" && deadline.amount !== undefined && sitting.kind !== "chuyen-de");
}

function stateOf(deadline, when, sitting, kept, today) {
  if (kept) return kept;
  if (!when) return "unknown";
  const left = between(today, when.better || when.day);
  if (deadline.bound === "khong-som-hon" && between(today, when.day) <= 0) return "open";
  // A sitting of several days is not over on its second one.
  const last = deadline.bound === "tai-ky" ? sitting.days["be-mac"] || when.day : when.day;
  if (between(today, last) < 0) return binds(deadline, sitting) ? "late" : "past";
  return left <= WEEK ? "week" : "later";
}

/** Whether a task of a day of the calendar is done in another sitting's list: the day is the council's, not the sitting's. */
const isDoneElsewhere = (deadline, when, document_, calendar) => Object.values(document_.sittings).some(({ facts, tasks }) => {
  if (!tasks[deadline.id] || tasks[deadline.id].state !== "done") return false;
  const there = due(deadline, sittingFor(document_, facts, calendar), calendar);
  return !!there && there.day === when.day;
});

/**
 * Every deadline that applies to a sitting: {deadline, due, state, binds}, by day. `state` is late, week, later, past
 * (advice whose day has gone by), open (may be done from now on), unknown, done or na; `table` is {off, worked}, `today` a day.
 */
export function rows(deadlines, document_, facts, tasks, table, today) {
  const calendar = calendarOf(document_, table);
  const sitting = sittingFor(document_, facts, calendar);
  const has = hasOf(facts);
  const found = [];
  for (const deadline of deadlines) {
    if (!applies(deadline, sitting, has)) continue;
    const when = due(deadline, sitting, calendar);
    const named = deadline.days !== undefined;
    // A day of the calendar far from this sitting is another one's.
    if (named && when && facts.opening && Math.abs(between(facts.opening, when.day)) > FAR) continue;
    // Without a day and without a blank to fill there is nothing to put on a board.
    if (!when && ["nam", "thang"].includes(deadline.anchor)) continue;
    const own = tasks[deadline.id] ? tasks[deadline.id].state : "";
    const kept = own || (named && when && isDoneElsewhere(deadline, when, document_, calendar) ? "done" : "");
    found.push({ deadline, due: when, state: stateOf(deadline, when, sitting, kept, today), binds: binds(deadline, sitting) });
  }
  const place = ({ due: when }) => (when ? when.day : "9");
  return found.map((row, index) => [row, index])
    .sort(([a, i], [b, j]) => place(a).localeCompare(place(b)) || i - j)
    .map(([row]) => row);
}

/** Whether a row is a role's own: what it does or reminds of. */
export const isMine = ({ deadline }, role) =>
  (deadline.roles || []).includes(role) || (deadline.reminds || []).includes(role);

/**
 * What a sitting that decides the estimate must know of its estimate: {state, allotment, last, better}. `state` is early (the province's
 * allotment may not be there by the close), late (the limit will have passed at the opening) or fits.
 */
export function estimateWindow(document_, facts, table) {
  const calendar = calendarOf(document_, table);
  const { days, assumed } = sittingFor(document_, facts, calendar);
  if (!hasOf(facts).has("du-toan") || !days["khai-mac"]) return null;
  const last = plus(days["hdnd-tinh-quyet"], 10);
  const better = workingDay(last, calendar);
  const allotment = days["tinh-giao"];
  const state = days["be-mac"] < allotment ? "early" : days["khai-mac"] > last ? "late" : "fits";
  return { state, allotment, last, better, assumed: assumed.has("tinh-giao"), province: days["hdnd-tinh-quyet"], provinceAssumed: assumed.has("hdnd-tinh-quyet") };
}
