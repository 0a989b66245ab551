// The days of each stage of a sitting, from the rows of board.js. No page is touched here.

/** {first, last, next} of the rows of a stage, null without a day; `next` is the first one from today on that is not done, or "". */
export function stageDays(found, today) {
  let days = null;
  for (const { due, state } of found) {
    if (!due || state === "na") continue;
    const day = due.better || due.day;
    if (!days) days = { first: day, last: day, next: "" };
    if ((due.start || day) < days.first) days.first = due.start || day;
    if (day > days.last) days.last = day;
    if (state !== "done" && day >= today && (!days.next || day < days.next)) days.next = day;
  }
  return days;
}

/** The same of the stage that is the sitting itself; while it lasts, what comes next is today. */
export const sittingDays = (from, to, today) => ({ first: from, last: to, next: from >= today ? from : to >= today ? today : "" });
