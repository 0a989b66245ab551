// Signs of whose duty something is: who submits, who signs, who convenes, by when the law wants it.
import { inLines, span, whole } from "./places.js";

const isCommittee = (part) => part && /^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)/iu.test(part.by || "");

/** A day, a month or a quarter of a year in which the estimate is handed on. */
const HANDED_ON = /giao\s+(?:chi tiết\s+)?(?:dự toán|chỉ tiêu)[^.;]{0,100}?(?:trước|chậm nhất|xong|trong)[^.;]{0,30}?(?:tháng\s+\d{1,2}|quý\s+[ivx]+)\s+năm\s+(20\d\d)(?!\d)/u;

export const TESTS = {
  "sl-giao-du-toan-muon": (all) => inLines(all, span(all.parts.implementation), HANDED_ON, /báo cáo[^.;]{0,20}việc giao/u).filter(({ line }) => {
    const [, year] = HANDED_ON.exec(all.outside(line));
    return all.answers.year && Number(year) >= all.answers.year;
  }),
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
