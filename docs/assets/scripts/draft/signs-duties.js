// Signs of whose duty something is: who submits, who signs, who convenes, by when the law wants it.
import { inLines, span, whole } from "./places.js";

const isCommittee = (part) => part && /^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)/iu.test(part.by || "");

/** A day, a month or a quarter of a year in which the estimate is handed on. */
const HANDED_ON = /giao\s+(?:chi tiết\s+)?(?:dự toán|chỉ tiêu)[^.;]{0,100}?(?:trước|chậm nhất|xong|trong)[^.;]{0,30}?(?:tháng\s+\d{1,2}|quý\s+[ivx]+)\s+năm\s+(20\d\d)(?!\d)/u;

/** The province's estimate among the grounds, and this one adopted more than ten days after it. */
function estimateTooLate(all) {
  const on = (all.parts.adopted && all.parts.adopted.day) || (all.parts.dated && all.parts.dated.day) || "";
  const paper = all.parts.grounds.find(({ text, texts }) => /nghị quyết[^;]*(?:hội đồng nhân dân|hđnd)\s+(?:tỉnh|thành phố)[^;]*(?:dự toán|ngân sách)/iu.test(text) && texts.some(({ day }) => day));
  const day = paper ? paper.texts.find((one) => one.day).day : "";
  const late = on && day && Date.parse(on) - Date.parse(day) > 10 * 86400000 && on.slice(0, 4) === day.slice(0, 4);
  return late ? [whole(all, all.parts.adopted && all.parts.adopted.day === on ? all.parts.adopted.line : all.parts.dated.line)] : [];
}

export const TESTS = {
  "sl-du-toan-qua-10-ngay": estimateTooLate,
  "sl-giao-du-toan-muon": (all) => inLines(all, span(all.parts.implementation), HANDED_ON, /báo cáo[^.;]{0,20}việc giao/u).filter(({ line }) => {
    const [, year] = HANDED_ON.exec(all.outside(line));
    return all.answers.year && Number(year) >= all.answers.year;
  }).concat(inLines(all, span(all.parts.implementation), /giao\s+(?:chi tiết\s+)?(?:dự toán|chỉ tiêu)[^.;]{0,100}?trong\s+(?:thời hạn\s+)?(?:0?[6-9]|[1-9]\d)\s+ngày/u)),
  "sl-ubnd-trinh-viec-hdnd": (all) => (isCommittee(all.parts.submission) ? [whole(all, all.parts.submission.line)] : []),
  "sl-quyet-toan-muon": (all) => {
    const { adopted, dated, title, council } = all.parts;
    const { year } = all.answers;
    const on = (adopted && adopted.day) || (dated && dated.day) || "";
    const midYear = council && /giữa năm\s+(20\d\d)/iu.exec(council.value);
    // The accounts of 2025 and before go by the law of their day.
    const late = year >= 2026 && ((on && on > `${year + 1}-03-30`) || (midYear && Number(midYear[1]) > year));
    const told = on && adopted && adopted.day === on ? adopted.line : on && dated ? dated.line : -1;
    const said = midYear ? all.lower.findIndex((words) => /giữa năm\s+20\d\d/u.test(words)) : -1;
    return title && late ? [whole(all, said >= 0 ? said : told >= 0 ? told : title.line)] : [];
  },
};
