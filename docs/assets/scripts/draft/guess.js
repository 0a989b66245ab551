// What a draft seems to be, for the reader to correct: whose, how far, which kind, which year.
import { kindOfTitle } from "../kept/resolution-kinds.js";

const TIMED = /^(?:từ\s*)?\d{1,2}\s*(?:h|giờ|:)\s*\d{0,2}/iu;

/** Which kind of sitting a programme is for, by what its head says; "" where it says nothing. */
function sittingOf(lines) {
  const head = lines.slice(0, 15).map(({ text }) => text.toLowerCase()).join(" ");
  if (/chuyên đề|đột xuất|bất thường/u.test(head)) return "chuyen-de";
  if (/cuối năm|ngày\s+\d{1,2}\s+tháng\s+1[12]\b|\/1[12]\/20/u.test(head)) return "thuong-le-cuoi-nam";
  return /thường lệ|giữa năm|tháng\s+0?[67]\b/u.test(head) ? "thuong-le-giua-nam" : "";
}

/** {body, state, kind, year, sort, sitting}: `sort` is nghi-quyet, chuong-trinh or khac. */
export function guessOf({ lines }, parts, kinds) {
  const title = parts.title ? parts.title.value : "";
  const timed = lines.filter(({ text }) => TIMED.test(text.trim())).length;
  const isProgramme = (parts.type && parts.type.value === "chuong-trinh" && !parts.articles.length) || (timed >= 4 && !parts.articles.length);
  const sort = isProgramme ? "chuong-trinh" : parts.articles.length || (parts.type && parts.type.value === "nghi-quyet") ? "nghi-quyet" : "khac";
  const blank = (part) => !part || !part.number;
  const signed = !blank(parts.number) && !!(parts.dated && parts.dated.day);
  const firstWords = parts.articles.length ? parts.articles[0].text.slice(0, 300) : "";
  const years = [title, firstWords].map((text) => [...text.matchAll(/năm\s+(?:ngân sách\s+)?(20\d\d)/giu)].map(([, year]) => Number(year))).find((found) => found.length) || [];
  return {
    body: parts.body && ["hdnd", "thuong-truc", "ban"].includes(parts.body.value) ? parts.body.value : "hdnd", state: signed ? "trinh-ky" : "du-thao",
    kind: sort === "nghi-quyet" ? (kindOfTitle(title, kinds) || kindOfTitle(firstWords, kinds)) : "", year: years.length ? Math.max(...years) : null, sort,
    sitting: isProgramme ? sittingOf(lines) : "",
  };
}
