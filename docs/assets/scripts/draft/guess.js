// What a draft seems to be, for the reader to correct: whose, how far, which kind, which year.
import { kindOfTitle } from "../sitting/resolution-kinds.js";

const TIMED = /^(?:[-–+•*]\s*)?(?:từ\s*)?\d{1,2}\s*(?:h|giờ|g(?=\s*\d)|:)\s*\d{0,2}/iu;
/** Years that something is done in, not those of days. */
const YEAR = /(tháng\s+[\d.…]{1,4}\s+)?năm\s+(?:ngân sách\s+|tài chính\s+)?(20\d\d)(?!\d)/giu;

/** Which kind of sitting a programme is for, by what its head says; "" where it says nothing. */
function sittingOf(lines) {
  const head = lines.slice(0, 15).map(({ text }) => text.slice(0, 400).toLowerCase()).join(" ");
  if (/chuyên đề|đột xuất|bất thường/u.test(head)) return "chuyen-de";
  if (/cuối năm|ngày\s+\d{1,2}\s+tháng\s+1[12](?!\d)|\/1[12]\/20/u.test(head)) return "thuong-le-cuoi-nam";
  return /thường lệ|giữa năm|tháng\s+0?[67](?!\d)/u.test(head) ? "thuong-le-giua-nam" : "";
}

/** Whether a line begins with a clock time. */
export const isTimed = ({ text, cells }) => (cells ? cells.slice(0, 3) : [text.slice(0, 60)]).some((one) => TIMED.test(one.trim()));

/** A sitting's programme has clock times, or says whose sitting it orders; a programme of supervision is none. */
function isProgramme(lines, { type, title, articles }) {
  if (articles.length) return false;
  if (lines.filter(isTimed).length >= 4) return true;
  return !!type && type.value === "chuong-trinh" && /kỳ họp|phiên họp/iu.test([title ? title.value : "", ...lines.slice(type.line, type.line + 3).map(({ text }) => text.slice(0, 300))].join(" "));
}

/** Whose draft: by its head, or by the line before what is resolved, or by who signs. */
function bodyOfDraft({ body, council, resolves, signature }) {
  // A Standing Committee's own resolution may bear its council's name above: opening and signature tell together.
  const signs = signature ? signature.office.join(" ").toLowerCase() : "";
  if (body && body.value === "hdnd" && council && /^thường trực/iu.test(council.value.trim()) && /thường trực/u.test(signs)) return "thuong-truc";
  // What the People's Committee or a party committee issues has other rules: few signs are for it.
  if (body) return ["hdnd", "thuong-truc", "ban"].includes(body.value) ? body.value : "khac";
  const words = [council ? council.value : "", resolves && resolves.by === "thuong-truc" ? "thường trực" : "", signature ? signature.office.join(" ") : ""].join(" ").toLowerCase();
  return /thường trực/u.test(words) ? "thuong-truc" : "hdnd";
}

const yearsOf = (words) => [...words.matchAll(YEAR)].filter(([, month]) => !month).map(([, , year]) => Number(year));

/** {body, state, kind, year, sort, sitting, sure}: `sort` is nghi-quyet, chuong-trinh or khac; `sure`: which of them the text tells itself. */
export function guessOf({ lines }, parts, kinds) {
  const title = parts.title ? parts.title.value : "";
  const isOrder = isProgramme(lines, parts);
  const sort = isOrder ? "chuong-trinh" : parts.articles.length || (parts.type && parts.type.value === "nghi-quyet") ? "nghi-quyet" : "khac";
  const signed = !parts.isDraft && !!parts.number && !!parts.number.number && !!parts.dated && !!parts.dated.day;
  // Money “that stands in the estimate” makes no estimate.
  const firstWords = (parts.articles.length ? parts.articles[0].text.slice(0, 300) : "").replace(/(?:trong|từ|theo)\s+dự toán[^.;\n]*/giu, " ");
  const named = yearsOf(title);
  const years = named.length ? named : yearsOf(firstWords);
  const byTitle = sort === "nghi-quyet" ? kindOfTitle(title, kinds) : "";
  return {
    body: bodyOfDraft(parts), state: signed ? "trinh-ky" : "du-thao",
    kind: sort === "nghi-quyet" ? byTitle || kindOfTitle(firstWords, kinds) : "", year: years.length ? Math.max(...years) : null, sort,
    sitting: isOrder ? sittingOf(lines) : "",
    sure: { body: !!parts.body, state: !!parts.number || !!parts.dated, kind: !!byTitle, year: named.length > 0, sort: !!parts.type },
  };
}
