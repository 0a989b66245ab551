// What stands between the title and “QUYẾT NGHỊ”: grounds with the texts they name, submission, verification.
import { NUMBER, dayOf } from "./words.js";

const KINDS = [
  ["luat", /^(?:bộ )?luật/u], ["phap-lenh", /^pháp lệnh/u], ["nghi-dinh", /^nghị định/u], ["thong-tu", /^thông tư/u], ["nghi-quyet", /^nghị quyết/u],
  ["quyet-dinh", /^quyết định/u], ["ket-luan", /^kết luận/u], ["ke-hoach", /^kế hoạch/u], ["chi-thi", /^chỉ thị/u],
];
const TEXT = /(?:bộ luật|luật|pháp lệnh|nghị định|thông tư(?: liên tịch)?|nghị quyết|quyết định|kết luận|kế hoạch|chỉ thị)(?=\s)/giu;
const DAY = /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})|ngày\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})/iu;
const OPENS = /^(?:căn cứ|thực hiện|xét|theo|trên cơ sở|sau khi|nghe|tiếp theo|để)(?:\s|$)/iu;
/** Where what was weighed ends and the resolution begins. */
export const RESOLVES = /^(?:(?:thường trực\s+)?(?:hội đồng nhân dân|hđnd)[^:]{0,80}\s)?(?:quyết nghị|quyết định|nghị quyết)\s*:?\s*\.?$/iu;
const PAPER = { submission: /tờ trình|theo đề nghị của|xét đề nghị của/iu, verification: /thẩm tra/iu };

/** The texts that a ground names, in their order: [{kind, number, day, name, amends}]. */
export function textsIn(text) {
  const starts = [];
  TEXT.lastIndex = 0;
  for (let found = TEXT.exec(text); found; found = TEXT.exec(text)) {
    const before = text.slice(0, found.index).toLowerCase();
    // “luật” inside a name (“… của Luật …” begins anew), “quy định của pháp luật”, “kế hoạch đầu tư công” begin none.
    if (/pháp\s$/u.test(before)) continue;
    starts.push(found.index);
  }
  const made = starts.map((start, index) => {
    const piece = text.slice(start, starts[index + 1] ?? text.length);
    const lower = piece.toLowerCase();
    const [kind] = KINDS.find(([, pattern]) => pattern.test(lower)) || ["khac"];
    const number = NUMBER.exec(piece.slice(0, 220));
    const day = DAY.exec(piece.slice(0, 260));
    const told = day ? dayOf(day[1] || day[4], day[2] || day[5], day[3] || day[6]) : "";
    const before = text.slice(Math.max(0, start - 60), start).toLowerCase();
    return {
      kind, number: number ? [number[1], number[2], number[3].replace(/\s+/g, "")].filter(Boolean).join("/") : "", day: told, at: start,
      name: piece.replace(/\s*(?:số\s+|ngày\s+\d).*$/isu, "").replace(/[;,.:]+\s*$/u, "").trim(), amends: /sửa đổi|bổ sung một số điều|thay thế/u.test(before) || lower.startsWith("luật sửa đổi"),
    };
  });
  // Without number, day or a law's own name it is a word, not a text: “ban hành Nghị quyết”, “quyết định dự toán”.
  return made.filter(({ kind, number, day, name }) => number || day || (kind === "luat" && name.split(" ").length > 1) || kind === "phap-lenh");
}

function paperIn(opening, pattern, not) {
  const found = opening.find(({ text }) => pattern.test(text) && !(not && not.test(text) && !/tờ trình\s+số/iu.test(text)));
  if (!found) return null;
  const at = pattern.exec(found.text).index;
  const piece = found.text.slice(at);
  const number = NUMBER.exec(piece.slice(0, 160));
  const day = DAY.exec(piece.slice(0, 220));
  const by = /\bcủa\s+((?:ủy ban|uỷ ban|ubnd|thường trực|ban|chủ tịch|trưởng ban|phòng|hội đồng|hđnd)[^,;.]*)/iu.exec(piece);
  return {
    line: found.line, text: found.text, number: number ? [number[1], number[2], number[3].replace(/\s+/g, "")].filter(Boolean).join("/") : "",
    day: day ? dayOf(day[1] || day[4], day[2] || day[5], day[3] || day[6]) : "", by: by ? by[1].trim() : "",
  };
}

/** {grounds, opening, submission, verification, resolves, end}: `end` is the first line of what is resolved. */
export function openingOf(lines, from, firstArticle) {
  const limit = firstArticle < 0 ? lines.length : firstArticle;
  let resolves = -1;
  for (let line = from; line < limit; line += 1) {
    if (RESOLVES.test(lines[line].text.trim())) resolves = line;
  }
  const to = resolves >= 0 ? resolves : firstArticle >= 0 ? firstArticle : -1;
  if (to < 0) return { grounds: [], opening: null, submission: null, verification: null, resolves: null, end: from };
  const parts = [];
  for (let line = from; line < to; line += 1) {
    // Several grounds in one paragraph are told apart by semicolons.
    for (const piece of lines[line].text.split(/;\s+(?=căn cứ|xét|thực hiện|theo)/iu)) {
      const text = piece.trim();
      if (!text) continue;
      if (OPENS.test(text) || !parts.length) parts.push({ text, line });
      else parts[parts.length - 1].text += ` ${text}`;
    }
  }
  const grounds = parts.filter(({ text }) => /^(?:căn cứ|thực hiện|trên cơ sở)/iu.test(text)).map((one) => ({ ...one, texts: textsIn(one.text) }));
  return {
    grounds, opening: parts.length ? { line: from, to: to - 1 } : null,
    submission: paperIn(parts, PAPER.submission, PAPER.verification), verification: paperIn(parts, PAPER.verification),
    resolves: resolves >= 0 ? { line: resolves, text: lines[resolves].text.trim() } : null, end: to,
  };
}
