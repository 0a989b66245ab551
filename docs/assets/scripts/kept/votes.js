// How many votes a resolution needs (Luật 72/2025/QH15 Điều 35 khoản 2), counted on all delegates of the council.

/** The number that a reader wrote, “25 đại biểu” too; 0 where there is none. */
export const countIn = (text) => Number((/^\s*(\d{1,3})(?!\d)/.exec(text || "") || [0, 0])[1]);

/** More than half of them; at least two thirds, which only the removal of a delegate needs. */
export const moreThanHalf = (total) => Math.floor(total / 2) + 1;
export const twoThirds = (total) => Math.ceil((2 * total) / 3);
