// The end of a draft: what tells its adoption, signature, recipients, annexes.
import { firstDay, isUpper, pieces } from "./words.js";
import { termAndSitting } from "./heading.js";

// “kể từ ngày Nghị quyết được thông qua” tells when something is due, not that it was adopted.
const ADOPTED = /(?:nghị quyết|quy chế|nội quy)\s+(?:này\s+)?(?:đã\s+)?được\s+(?:hội đồng|hđnd|thường trực)[^;]{0,200}?thông qua|(?:nghị quyết|quy chế|nội quy)\s+này\s+(?:đã\s+)?được\s+thông qua/iu;
const ADOPTED_BEGINS = /(?:^|[.;:]\s*)nghị quyết\s+(?:này\s+)?(?:đã\s+)?được(?:\s|$)/iu;
const RECIPIENTS = /^nơi\s+nhận\s*:?/iu;
const ITEM = /^(?:[-–—+•*]|lưu\s*:?\s)/iu;
const POSTS = "(?:chủ tịch|phó chủ tịch|chủ tọa|chủ toạ|trưởng ban|phó trưởng ban|trưởng đoàn|phó trưởng đoàn|tổ trưởng|trưởng phòng|phó trưởng phòng|chánh văn phòng|thư ký|người chủ trì|chủ trì|người ghi biên bản)";
const OFFICE = new RegExp(`^(?:tm|t/m|kt|k/t|tl|tuq|q)(?:\\s?\\.|\\s(?=hội|hđnd|thường|(?:ủy|uỷ)|ubnd|ban|chủ|trưởng))|^(?:quyền\\s+)?${POSTS}(?=\\s|$|[,(:-])`, "iu");
/** Office and name on one line, as where a table was pasted flat. */
const WITH_NAME = new RegExp(`^(${POSTS.toUpperCase()}(?:\\s+\\p{Lu}{2,})*)\\s+(\\p{Lu}\\p{Ll}+(?:\\s+\\p{Lu}\\p{Ll}*\\.?){1,4})$`, "u");
const NAME = /^(?:\p{Lu}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ'’]*\.?\s+){1,5}\p{Lu}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ'’]*\.?$/u;
const NO_NAME = /^(?:ngày|nơi|số|như|lưu|phụ lục|biểu|danh mục|đã ký|ký tên|độc lập|cộng h|hội đồng|(?:ủy|uỷ) ban|ban |phòng |văn phòng|kèm|đơn vị|họ tên|căn cứ|điều|nghị quyết|ghi chú|tổng|thường trực|bảng|kế hoạch|chương trình|quy chế|dự toán|quyết toán|stt)/iu;
const SIGNED = /^[([]?\s*(?:đã\s+ký|ký|ký tên|chữ ký|đóng dấu)/iu;
const ANNEX = /^[([]?\s*(phụ\s+lục(?:\s+(?:số\s*:?\s*)?(?:[ivxlc]{1,6}|\d{1,2}[a-z]?))?|(?:mẫu\s+)?biểu\s+(?:mẫu\s+)?(?:số\s*:?\s*)?\d{1,2}[a-z]?|bảng\s+(?:số\s+)?\d{1,2})(?![a-zà-ỹ\d])\s*[)\]]?\s*([.:–-]?)\s*(.*)$/u;
/** Rules, programmes, lists that are issued with a resolution bear their own kind as name. */
const ISSUED = /^(?:quy chế|nội quy|quy định|đề án|phương án|chương trình|kế hoạch|danh mục|danh sách|bảng|biểu|phân bổ|chi tiết|tổng hợp)(?:\s|$)/iu;
const WITH = /^[([]?\s*(?:ban hành\s+)?kèm\s+theo\s/iu;
const MOST_ANNEX = 200;
/** So far below an office its name may stand. */
const NAME_BELOW = 14;

/** Whether within the next lines it is said that this is issued with another text. */
const isIssued = (lines, line, to) => {
  let seen = 0;
  for (let next = line + 1; next < to && seen < 6; next += 1) {
    const text = lines[next].text.trim();
    if (WITH.test(text)) return true;
    if (text) seen += 1;
  }
  return false;
};

/** “QUY CHẾ” in capitals below the signature, its chapters or Article 1 right below it; grounds would be a resolution's. */
const RULES = /^(?:quy chế|nội quy|quy định|điều lệ)(?:\s|$)/iu;
function opensRules(lines, line, to) {
  // “Chương I / QUY ĐỊNH CHUNG” is a heading within them.
  if (!RULES.test(lines[line].text.trim()) || /^quy định (?:chung|cụ thể)/iu.test(lines[line].text.trim()) || (line && /^chương\s/iu.test(lines[line - 1].text.trim()))) return false;
  for (let next = line + 1; next < Math.min(to, line + 8); next += 1) {
    const text = lines[next].text.trim();
    if (/^(?:căn cứ|xét|quyết nghị|hội đồng nhân dân)/iu.test(text)) return false;
    if (/^(?:chương\s+(?:i|1)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d])|điều\s+1\s*[.:])/iu.test(text)) return true;
  }
  return false;
}

/** The annexes between two lines: [{label, line, to, title}]. */
export function annexesIn(lines, from, to) {
  const found = [];
  for (let line = from; line < to; line += 1) {
    const own = pieces(lines[line]);
    if (own.length !== 1 || own[0].length > MOST_ANNEX) continue;
    const [text] = own;
    const match = ANNEX.exec(text.toLowerCase());
    let label = "";
    let title = "";
    if (match) {
      const [all, lowerName, mark, tail] = match;
      const name = text.slice(all.indexOf(lowerName), all.indexOf(lowerName) + lowerName.length);
      const rest = text.slice(text.length - tail.length);
      // “Phụ lục I kèm theo Nghị quyết này” in a sentence begins none.
      const alone = !rest || isUpper(rest) || WITH.test(rest) || (mark && !/[.;]$/u.test(rest)) || (isUpper(name) && rest.length < 120);
      if (!alone || (!rest && !isUpper(name) && /[;,]$/u.test(text))) continue;
      label = name.replace(/\s+/g, " ");
      title = rest && !WITH.test(rest) ? rest : "";
    } else if (ISSUED.test(text) && isUpper(text) && (isIssued(lines, line, to) || (!found.length && opensRules(lines, line, to)))) {
      title = text;
    } else continue;
    // Its title may stand below its label.
    for (let next = line + 1; next < Math.min(to, line + 5) && !title; next += 1) if (lines[next].text.trim() && !WITH.test(lines[next].text.trim())) title = lines[next].text.trim();
    // The same label again is the head of another page, or a label whose title below was taken for one more.
    const last = found[found.length - 1];
    if (last && !label && line - last.line <= 3) continue;
    if (last) last.to = line - 1;
    found.push({ label: label || text.split(/\s+/u).slice(0, 2).join(" "), line, to: to - 1, title });
  }
  return found;
}

function findRecipients(lines, from, end) {
  for (let line = from; line < end; line += 1) {
    const own = pieces(lines[line]);
    const at = own.findIndex((one) => RECIPIENTS.test(one));
    if (at < 0 || own[at].length > 400) continue;
    const items = [];
    let to = line;
    let open = false;
    const take = (words, isFirst) => {
      if (ITEM.test(words)) {
        items.push(words);
        open = true;
      } else if (open && /^[-–+•*]$/u.test(items[items.length - 1])) items[items.length - 1] += ` ${words}`;
      else if (open && !isFirst && /^\p{Ll}/u.test(words)) items[items.length - 1] += ` ${words}`;
      else return false;
      return true;
    };
    // All in one cell, or one after the other on their lines; what signs stands beside or below.
    const first = own[at].replace(RECIPIENTS, "").trim();
    if (first) for (const one of first.split(/;\s+(?=[-–+•*])/u)) take(one, true);
    for (const one of own.slice(at + 1)) if (!OFFICE.test(one)) take(one, false);
    for (let next = line + 1; next < Math.min(end, line + 80); next += 1) {
      const words = pieces(lines[next]);
      if (!words.length) continue;
      const isOffice = words.some((one) => OFFICE.test(one));
      const taken = words.filter((one) => !OFFICE.test(one) && take(one, words.length > 1)).length;
      if (taken) to = next;
      else if (!isOffice && items.length && !NAME.test(words[0]) && !SIGNED.test(words[0])) break;
      else if (!isOffice && !items.length && words[0].length > 120) break;
    }
    return { line, to, items };
  }
  return null;
}

function findSignature(lines, from, end) {
  const office = [];
  let place = -1;
  let last = -1;
  let name = "";
  for (let line = from; line < end && !name; line += 1) {
    if (place >= 0 && line - last > NAME_BELOW) break;
    for (const words of pieces(lines[line])) {
      if (words.length > 120) continue;
      const both = WITH_NAME.exec(words);
      // In capitals, or as the only words of a line once somebody signs for others.
      const isOffice = OFFICE.test(words) && (isUpper(words.slice(0, 40)) || (words.length < 40 && /^(?:tm|t\/m|kt|tl|tuq|q)\s?\./iu.test(words)) || (place >= 0 && words.length < 40));
      if (both) {
        if (place < 0) place = line;
        office.push(both[1]);
        [, , name] = both;
      } else if (isOffice && !name) {
        if (place < 0) place = line;
        last = line;
        office.push(words);
      } else if (place >= 0 && !name && NAME.test(words) && !SIGNED.test(words) && !NO_NAME.test(words) && !ITEM.test(words)) {
        // A line in capitals right below an office goes on with it: “TM. THƯỜNG TRỰC / HỘI ĐỒNG NHÂN DÂN XÃ”.
        if (isUpper(words) && words.split(" ").length > 5) office.push(words);
        else name = words;
      }
    }
  }
  return place < 0 ? null : { line: place, office, name, onBehalf: office.some((one) => /^(?:tm|t\/m)(?:\s|\.)/iu.test(one)) };
}

/** The sentence that tells adoption, though it may be broken between lines. */
function findAdopted(lines, from, end) {
  for (let line = from; line < end; line += 1) {
    const { text } = lines[line];
    // “1. Giao … kể từ ngày Nghị quyết được … thông qua” charges somebody.
    if (/^\s*(?:(?:điều\s+)?\d{1,2}\s*[.)]|[a-zđ]\)|[-–+•*])\s*(?!nghị quyết|quy chế|nội quy|hiệu lực)/iu.test(text) && /kể từ(?: ngày)? (?:ngày )?nghị quyết|từ khi nghị quyết/iu.test(text)) continue;
    if (text.length > 20000 || (!ADOPTED.test(text) && !ADOPTED_BEGINS.test(text))) continue;
    let to = line;
    let words = text.trim();
    while (to + 1 < end && to - line < 4 && !/[.;]$|\.\/\.$/u.test(words) && lines[to + 1].text.trim() && !/^(?:điều|nơi nhận|\d+[.)])/iu.test(lines[to + 1].text.trim())) {
      to += 1;
      words = `${words} ${lines[to].text.trim()}`;
    }
    const found = ADOPTED.exec(words);
    if (!found) continue;
    const told = words.slice(found.index);
    const on = /thông qua[^;]{0,40}?(?=ngày)/iu.exec(told);
    // A day of effect behind it is not the day of adoption.
    return { line, to, text: words, day: firstDay((on ? told.slice(on.index) : told).split(/hiệu lực/iu)[0]), ...termAndSitting(told) };
  }
  return null;
}

/** {adopted, signature, recipients, annexes, from}: `from` is the line where the ending begins. */
export function endingOf(lines, from, to) {
  const annexes = annexesIn(lines, from, to);
  // An annex may stand before the signature only by mistake of the copy: what signs is looked for before the first annex, then after.
  const end = annexes.length ? annexes[0].line : to;
  const recipients = findRecipients(lines, from, end) || findRecipients(lines, from, to);
  const signature = findSignature(lines, from, end) || findSignature(lines, from, to);
  const begins = [recipients, signature].filter(Boolean).map(({ line }) => line);
  return { adopted: findAdopted(lines, from, end), signature, recipients, annexes, from: Math.min(end, ...begins) };
}
