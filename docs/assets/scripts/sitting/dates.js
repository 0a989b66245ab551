// Days that deadlines fall on, as knowledge/dates.py computes them, on the same cases; how is counted is told there.
// A day is text, YYYY-MM-DD; a calendar is {off, worked}, two sets of days.
import { daysUntil, vnDate } from "../basics/times.js";

const DAY = 86400000;
const LOOKING_BACK = 30;
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const NAMED = ["ngay-trong-nam", "ngay"];

const at = (day) => Date.parse(`${day}T00:00:00Z`);
/** 0 for Sunday. */
export const weekdayOf = (day) => new Date(at(day)).getUTCDay();
/** The day so many days after another, before it if negative. */
export const plus = (day, count) => new Date(at(day) + count * DAY).toISOString().slice(0, 10);
/** Whole days from one day to another. */
export const between = (from, to) => daysUntil(to, from);

export const works = (day, { off, worked }) =>
  worked.has(day) || (weekdayOf(day) > 0 && weekdayOf(day) < 6 && !off.has(day));

/** The day itself if it is worked, else the last worked day before it. */
export function workingDay(day, calendar) {
  let found = day;
  while (!works(found, calendar)) found = plus(found, -1);
  return found;
}

/** The working day that is so many working days after a day, before it if negative. */
export function shift(day, count, calendar) {
  const step = count > 0 ? 1 : -1;
  let found = day;
  for (let number = 0; number < Math.abs(count); number += 1) {
    do found = plus(found, step); while (!works(found, calendar));
  }
  return found;
}

/** The days that are counted from, with those that follow from others. */
export function anchorDays(known, calendar) {
  const days = { ...known };
  for (const [name, other] of [
    ["be-mac", "khai-mac"], ["thong-qua", "be-mac"], ["bau", "be-mac"], ["ban-hanh", "thong-qua"],
  ]) {
    if (!days[name] && days[other]) days[name] = days[other];
  }
  if (!days["tinh-giao"] && days["hdnd-tinh-quyet"]) days["tinh-giao"] = shift(days["hdnd-tinh-quyet"], 5, calendar);
  return days;
}

function inYear(day, year) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return `${year}-${day === "02-29" && !leap ? "02-28" : day}`;
}

/** The first of some days of the calendar, MM-DD or YYYY-MM-DD, that is not before a day. */
export function namedDay(days, from) {
  if (days.some((day) => day.length === 10)) return [...days].sort()[0];
  const year = Number(from.slice(0, 4));
  const found = days.flatMap((day) => [inYear(day, year), inYear(day, year + 1)]);
  return found.filter((day) => day >= from).sort()[0];
}

/** [count, unit] of a deadline for a sitting, the council's own number before all; null while nobody has told one. */
export function amountOf(deadline, sitting) {
  const local = deadline.local && sitting.local[deadline.local];
  if (local) return local;
  const regular = sitting.kind.startsWith("thuong-le");
  const own = regular || deadline.amount_other === undefined ? deadline.amount : deadline.amount_other;
  return own === undefined ? null : [own, deadline.unit || "ngay"];
}

function anchorOf(deadline, sitting, calendar) {
  if (!NAMED.includes(deadline.anchor)) return anchorDays(sitting.days, calendar)[deadline.anchor];
  const opening = sitting.days["khai-mac"];
  if (deadline.anchor === "ngay") return namedDay(deadline.days, "");
  return opening && namedDay(deadline.days, plus(opening, -LOOKING_BACK));
}

const counted = (anchor, count, unit, calendar) =>
  unit === "ngay-lam-viec" ? shift(anchor, count, calendar) : plus(anchor, count);

// The end of a limit, moved or with the better day where it falls on a day off; `begun`: counted from.
function ended(day, backwards, begun, calendar, start) {
  const worked = workingDay(day, calendar);
  const found = start ? { day, start } : { day };
  if (worked === day) return found;
  if (backwards) return { ...found, day: worked, counted: day };
  return !begun || worked >= begun ? { ...found, better: worked } : found;
}

/**
 * When something is due: {day, start, better, counted}, or null while a day or a number is missing.
 * A sitting is {kind, days: anchor → day, local: rule → [count, unit]}.
 */
export function due(deadline, sitting, calendar) {
  const { bound, side } = deadline;
  const anchor = anchorOf(deadline, sitting, calendar);
  const amount = amountOf(deadline, sitting);
  if (!anchor) return null;
  if (bound === "tai-ky") return { day: anchor };
  if (!amount && (side || bound === "trong-nam")) return null;
  const [count, unit] = amount || [0, "ngay"];
  if (bound === "khong-som-hon") return { day: counted(anchor, count, unit, calendar) };
  const backwards = side === "truoc" || (!side && !NAMED.includes(deadline.anchor));
  let day = counted(anchor, backwards ? -count : count, unit, calendar);
  if (bound === "truoc") day = plus(day, -1);
  if (deadline.until !== undefined) {
    const last = counted(anchor, backwards ? -deadline.until : deadline.until, unit, calendar);
    return ended(last, backwards, "", calendar, day);
  }
  return ended(day, backwards, side === "sau" ? anchor : "", calendar);
}

/** The day and month of a day: 25/11. */
export const shortDay = (day) => vnDate(day).slice(0, -5);

/** A day with its weekday: Thứ Tư 25/11/2026. */
export const longDay = (day) => `${WEEKDAYS[weekdayOf(day)]} ${vnDate(day)}`;

/** How far off a day is: còn 13 ngày, hôm nay, đã qua 2 ngày. */
export function daysLeft(day, today) {
  const count = between(today, day);
  if (count === 0) return "hôm nay";
  return count > 0 ? `còn ${count} ngày` : `đã qua ${-count} ngày`;
}

/** When something is due, in words. */
export function dueText(bound, when) {
  const day = longDay(when.day);
  if (bound === "khong-som-hon") return `không sớm hơn ${day}`;
  if (bound === "tai-ky") return `tại kỳ họp, ${day}`;
  const text = when.start ? `từ ${longDay(when.start)} đến ${day}` : `chậm nhất ${day}`;
  if (when.counted) return `${text} (tính ra ${longDay(when.counted)} là ngày nghỉ)`;
  return when.better ? `${text}, nên xong ${longDay(when.better)}` : text;
}
