// How many votes a resolution needs (Luật 72/2025/QH15 Điều 35 khoản 2), counted on all delegates of the council.

/** The number that a reader wrote, “25 đại biểu” too; 0 where there is none. */
export const countIn = (text) => Number((/^\s*(\d{1,3})(?!\d)/.exec(text || "") || [0, 0])[1]);

/** More than half of them; at least two thirds, which only the removal of a delegate needs. */
export const moreThanHalf = (total) => Math.floor(total / 2) + 1;
export const twoThirds = (total) => Math.ceil((2 * total) / 3);

/** The whole number that was written, null where there is none. */
export const whole = (text) => (/^\d{1,3}$/.test(text || "") ? Number(text) : null);

/**
 * What a vote came to: `needed`, whether it `passed` (null while a number is missing), and what is `wrong` with the
 * counts. `total` is the number of delegates of the council, 0 where nobody told it.
 */
export function outcome(votes, total) {
  const needed = whole(votes.need) || (total ? moreThanHalf(total) : 0);
  const [present, yes, no, none] = ["present", "yes", "no", "none"].map((name) => whole(votes[name]));
  const counted = [yes, no, none].every((one) => one !== null);
  const sum = counted ? yes + no + none : 0;
  let wrong = "";
  if (present !== null && total && present > total) wrong = `Có mặt ${present}, nhiều hơn tổng số ${total}. Xem lại.`;
  else if (counted && present !== null && sum !== present) wrong = `Ba số cộng lại ${sum}, có mặt ${present}. Đếm lại.`;
  else if (present !== null && needed && present < needed) wrong = `Có mặt ${present}, ít hơn số cần ${needed}. Chưa biểu quyết.`;
  const passed = wrong || yes === null || !needed || !counted ? null : yes >= needed;
  return { needed, passed, wrong };
}
