// Signs of a count of votes: ballots handed out, handed in, for and against; the share of all delegates.
import { numberText } from "./figures.js";
import { span } from "./places.js";

const N = "\\s*(?:là|:|có)?\\s*(\\d{1,3})(?:\\s|\\/|,|;|\\.|$)";
/** What is counted, by the words before its number. */
const COUNTED = [
  ["all", new RegExp(`tổng số đại biểu(?:\\s+(?:hội đồng nhân dân|hđnd))?(?:\\s+(?:xã|phường|đặc khu))?[^\\d;,.]{0,40}?${N}`, "u")],
  ["present", new RegExp(`(?:(?:số )?đại biểu (?:có mặt|tham gia bỏ phiếu|dự)|(?:^|[;,.-]\\s*)có mặt)[^\\d;.]{0,60}?${N}`, "u")],
  ["out", new RegExp(`phiếu phát ra${N}`, "u")],
  ["back", new RegExp(`phiếu thu (?:về|vào)${N}`, "u")],
  ["valid", new RegExp(`(?:phiếu|và|,) hợp lệ${N}`, "u")],
  ["invalid", new RegExp(`phiếu không hợp lệ${N}`, "u")],
  ["for", new RegExp(`(?:phiếu |(?:^|[-;,.]\\s*)(?:số )?)(?:đồng ý|tán thành|bầu)${N}`, "u")],
  ["against", new RegExp(`(?:phiếu |(?:^|[-;,.]\\s*)(?:số )?)(?:không đồng ý|không tán thành)${N}`, "u")],
];

/** “18 phiếu đồng ý, 03 phiếu không đồng ý”: the number stands before. */
const BEFORE = [
  ["for", /(?:^|[^\d/])(\d{1,3})\s+(?:phiếu|đại biểu)\s+(?:đồng ý|tán thành)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u],
  ["against", /(?:^|[^\d/])(\d{1,3})\s+(?:phiếu|đại biểu)\s+(?:không đồng ý|không tán thành)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u],
  ["valid", /(?:^|[^\d/])(\d{1,3})\s+phiếu hợp lệ/u],
];

/** The first number of each: name → {value, line, from, to}. */
function countsOf(all) {
  const found = {};
  for (const line of all.parts.articles.flatMap(span)) {
    for (const [name, pattern] of [...COUNTED, ...BEFORE]) {
      const one = found[name] ? null : pattern.exec(all.lower[line]);
      if (one) found[name] = { value: Number(one[1]), line, from: one.index, to: one.index + one[0].trimEnd().length };
    }
  }
  for (const line of all.parts.articles.flatMap(span)) {
    const both = found.all ? null : PRESENT_OF.exec(all.lower[line]);
    if (both) found.all = { value: Number(both[2]), line, from: both.index, to: both.index + both[0].length };
  }
  return found;
}

/** “có mặt 20/20”: present, and all. */
const PRESENT_OF = /(?:có mặt|tham dự|dự họp)\s*:?\s*(\d{1,3})\s*\/\s*(\d{1,3})(?!\d)/u;
const SHARE = /(\d{1,3}(?:,\d{1,2})?)\s*%\s*(?:trên\s+|so với\s+)?tổng số đại biểu/u;

function unlikeEachOther(all) {
  const count = countsOf(all);
  const value = (name) => (count[name] ? count[name].value : null);
  const beyond = (one, other) => value(one) !== null && value(other) !== null && value(one) > value(other);
  const at = (name, detail) => ({ line: count[name].line, from: count[name].from, to: count[name].to, detail });
  const places = [];
  if (beyond("present", "all")) places.push(at("present", `Tổng số đại biểu ${value("all")}.`));
  if (beyond("out", "present")) places.push(at("out", `Có mặt ${value("present")} đại biểu.`));
  if (beyond("back", "out")) places.push(at("back", `Phát ra ${value("out")} phiếu.`));
  if (value("valid") !== null && value("invalid") !== null && value("back") !== null && value("valid") + value("invalid") !== value("back")) places.push(at("invalid", `Hợp lệ cộng không hợp lệ được ${value("valid") + value("invalid")}, thu về ${value("back")}.`));
  // Hands that are raised have no ballots: nobody votes who is not there.
  const ballots = value("valid") === null ? value("back") : value("valid");
  const most = ballots === null ? value("present") : ballots;
  const given = value("for") === null ? null : value("for") + (value("against") || 0);
  if (given !== null && most !== null && given > most) places.push(at(count.against ? "against" : "for", `Đồng ý cộng không đồng ý được ${given}, ${ballots === null ? "có mặt" : "phiếu hợp lệ"} ${most}.`));
  // All that came back is either for or against where no other kind is told.
  if (value("for") !== null && value("against") !== null && ballots !== null && value("invalid") === null && given < ballots && !places.length && !all.lower.some((words) => /không hợp lệ|phiếu trắng|ý kiến khác|không biểu quyết/u.test(words))) places.push(at("against", `Đồng ý cộng không đồng ý được ${given}, thu về ${ballots}.`));
  if (count.for && count.all) {
    const share = SHARE.exec(all.lower[count.for.line]);
    const counted = (100 * value("for")) / value("all");
    const places_ = share ? (share[1].split(",")[1] || "").length : 0;
    if (share && Math.abs(Number(share[1].replace(",", ".")) - counted) > 0.6 * 10 ** -places_) places.push({ line: count.for.line, from: share.index, to: share.index + share[0].length, detail: `${value("for")}/${value("all")} là ${numberText(Math.round(counted * 10) / 10)}%.` });
  }
  return places;
}

export const TESTS = {
  "sl-phieu-khong-khop": unlikeEachOther,
};
