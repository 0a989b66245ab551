// The end of a draft: what tells its adoption, signature, recipients, annexes.
import { firstDay, isUpper, pieces } from "./words.js";
import { termAndSitting } from "./heading.js";

const ADOPTED = /(?:nghị quyết|quy chế)\s+(?:này\s+)?(?:đã\s+)?được\s+.{0,160}thông qua/iu;
const RECIPIENTS = /^nơi nhận\s*:?/iu;
const OFFICE = /^(?:tm\.|t\/m|kt\.|tl\.|tuq\.|q\.)|^(?:phó\s+)?chủ tịch(?:\s|$)|^chủ tọa|^trưởng ban|^phó trưởng ban/iu;
const ANNEX = /^(phụ lục(?:\s+(?:số\s*)?[ivxlc\d]+)?|biểu\s+(?:số|mẫu)\s*\d+)\s*[.:]?\s*(.*)$/iu;
const SIGNED = /^\(?\s*(?:đã ký|ký tên)/iu;

function findAnnexes(lines, from) {
  const found = [];
  for (let line = from; line < lines.length; line += 1) {
    const { text, cells } = lines[line];
    const match = ANNEX.exec(text.trim());
    if (!match || cells || text.length > 160 || !isUpper(match[1])) continue;
    found.push({ label: match[1].replace(/\s+/g, " "), line, to: lines.length - 1, title: match[2] || (lines[line + 1] ? lines[line + 1].text : "") });
    if (found.length > 1) found[found.length - 2].to = line - 1;
  }
  return found;
}

function findRecipients(lines, from, end) {
  for (let line = from; line < end; line += 1) {
    const at = pieces(lines[line]).findIndex((one) => RECIPIENTS.test(one));
    if (at < 0) continue;
    const items = pieces(lines[line]).slice(at + 1).filter((one) => /^[-–+]/.test(one));
    let to = line;
    for (let next = line + 1; next < end; next += 1) {
      const own = pieces(lines[next]).filter((one) => /^[-–+•]/.test(one));
      if (!own.length && lines[next].text.trim() && !/^lưu/iu.test(lines[next].text.trim()) && !OFFICE.test(lines[next].text.trim())) break;
      items.push(...own);
      if (own.length) to = next;
    }
    return { line, to, items };
  }
  return null;
}

function findSignature(lines, from, end) {
  const office = [];
  let place = -1;
  let name = "";
  for (let line = from; line < end; line += 1) {
    for (const words of pieces(lines[line])) {
      if (OFFICE.test(words) && isUpper(words.slice(0, 40)) && words.length < 90) {
        if (place < 0) place = line;
        office.push(words);
      } else if (place >= 0 && line > place && line - place < 10 && !name && /^(?:\p{Lu}\p{L}+\s+){1,4}\p{Lu}\p{L}+$/u.test(words) && !SIGNED.test(words) && !/^[-–+•]/.test(words)) {
        name = words;
      }
    }
  }
  return place < 0 ? null : { line: place, office, name, onBehalf: office.some((one) => /^(?:tm\.|t\/m)/iu.test(one)) };
}

/** {adopted, signature, recipients, annexes, from}: `from` is the line where the ending begins. */
export function endingOf(lines, from) {
  const annexes = findAnnexes(lines, from);
  // An annex may stand before the signature only by mistake of the copy: what signs is looked for before the first annex, then after.
  const end = annexes.length ? annexes[0].line : lines.length;
  const recipients = findRecipients(lines, from, end) || findRecipients(lines, from, lines.length);
  const signature = findSignature(lines, from, end) || findSignature(lines, from, lines.length);
  let adopted = null;
  for (let line = from; line < end && !adopted; line += 1) {
    const { text } = lines[line];
    if (ADOPTED.test(text)) adopted = { line, text: text.trim(), day: firstDay(text), ...termAndSitting(text) };
  }
  const begins = [recipients, signature].filter(Boolean).map(({ line }) => line);
  return { adopted, signature, recipients, annexes, from: Math.min(end, ...begins) };
}
