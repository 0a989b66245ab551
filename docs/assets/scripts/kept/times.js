// Days and the times of a sitting, as far as a device knows its opening day.

const DAY = 86400000;

/** The device's day as YYYY-MM-DD. */
export function today() {
  const day = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Whole days from one day to another, both as YYYY-MM-DD; null without a day. */
export const daysUntil = (day, from) => (day ? Math.round((Date.parse(day) - Date.parse(from)) / DAY) : null);

/** The first of some times that has not ended; each `until` tells how many days before the opening it ends, null: never. */
export const timeAt = (times, days) =>
  days === null ? undefined : times.find(({ until }) => until === null || days >= until);
