// Numbers that a council's own rules fix, as text on the device: "15 ngày", "05 ngày làm việc", "2/3 tổng số đại biểu".

export const DAYS = ["ngày", "ngày làm việc"];

/** [number, unit] of what a reader wrote, the number as text; null unless it is one number, with a known unit or none. */
export function measureIn(text, units) {
  const clean = (text || "").normalize("NFC").toLowerCase().replace(/\s+/g, " ");
  const numbers = clean.match(/\d+(?:[/,.]\d+)?/g) || [];
  const begin = /^\s*(?:chậm nhất\s+|trước\s+|ít nhất\s+|không quá\s+)?(\d+(?:[/,.]\d+)?)\s*/u.exec(clean);
  if (numbers.length !== 1 || !begin) return null;
  const rest = clean.slice(begin[0].length);
  // The longer name first: “ngày làm việc” begins with “ngày”.
  const unit = [...units].sort((a, b) => b.length - a.length).find((one) => rest.startsWith(one.toLowerCase()));
  if (!unit && rest.trim() !== "") return null;
  // “5 ngày (làm việc)”, “5 ngày, tính theo ngày làm việc”: not five days of the calendar.
  if (unit === DAYS[0] && rest.includes("làm việc")) return null;
  return [begin[1], unit || units[0]];
}

/** The text that is kept of a number and its unit; "" without a number. Days have two figures, as officials write them. */
export function measureText(number, unit) {
  const clean = number.trim();
  return clean ? `${DAYS.includes(unit) ? clean.padStart(2, "0") : clean} ${unit}` : "";
}

/** [count, unit] of a limit in days, as deadlines count; null unless it is one whole number. */
export function amountIn(text) {
  const found = measureIn(text, DAYS);
  return found && /^\d{1,3}$/.test(found[0]) ? [Number(found[0]), found[1] === DAYS[1] ? "ngay-lam-viec" : "ngay"] : null;
}
