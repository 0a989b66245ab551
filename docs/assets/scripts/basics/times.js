// Days and the times of a sitting, as far as a device knows its opening day.

const DAY = 86400000;

/** The device's day as YYYY-MM-DD. */
export function today() {
  const day = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Whether a text is a day that the calendar has, as YYYY-MM-DD. */
export function isDay(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether a day is one that a sitting of this handbook can fall on; beyond, nobody counts. */
export const inReach = (day) => isDay(day) && day >= "2000-01-01" && day <= "2100-12-31";

/** Whole days from one day to another, both as YYYY-MM-DD; null without a day. */
export const daysUntil = (day, from) => (day ? Math.round((Date.parse(day) - Date.parse(from)) / DAY) : null);

/** The first of some times that has not ended; each `until` tells how many days before the opening it ends, null: never. */
export const timeAt = (times, days) =>
  days === null ? undefined : times.find(({ until }) => until === null || days >= until);

/** A day as Nghị định 30/2020/NĐ-CP wants it, like vn_date in knowledge/text.py: “05/3/2027”, “09/02/2027”. */
export function vnDate(iso) {
  if (!iso) return "";
  const [year, month, day] = iso.split("-");
  return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`;
}
