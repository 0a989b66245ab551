// The head of a draft: whose it is, number, place and day, kind, title, the council's line before the grounds.
import { DOTS, LETTER, dayOf, isUpper, pieces } from "./words.js";

const TYPES = [
  ["nghi-quyet", "nghị quyết"], ["quyet-dinh", "quyết định"], ["to-trinh", "tờ trình"], ["bao-cao", "báo cáo"], ["chuong-trinh", "(?:dự kiến )?chương trình"],
  ["ke-hoach", "kế hoạch"], ["thong-bao", "thông báo"], ["bien-ban", "biên bản"], ["khac", "quy chế|nội quy|đề án|phương án|(?:quy định|hướng dẫn|kết luận|thông cáo|giấy mời|danh sách)$"],
].map(([name, words]) => [name, new RegExp(`^(?:${words})(?=\\s|$|:|\\()`, "u")]);
const LEVELS = [["xa", "xã(?!\\s+hội)"], ["phuong", "phường"], ["dac-khu", "đặc khu"], ["tinh", "tỉnh"], ["tinh", "thành phố"], ["huyen", "huyện"], ["huyen", "quận"], ["huyen", "thị xã"], ["huyen", "thị trấn"]]
  .map(([level, word]) => [level, new RegExp(`(?:^|\\s)${word}(?=\\s)`, "u")]);
/** Where the name of a place is over. */
const PAST_PLACE = /[,;:]|\.(?=\s|$)|\s(?=(?:ban|thường trực|hội đồng|hđnd|(?:ủy|uỷ) ban|ubnd|khóa|khoá|kỳ họp|nhiệm kỳ|năm)(?:\s|$))|\s[-–](?=\s|$)|\s*[-_*=.]{3,}/iu;
const MOTTO = /^(?:cộng|h(?:òa|oà) xã hội|cộng h(?:òa|oà)|chủ nghĩa việt nam|việt nam$|độc lập\s*[-–]|tự do\s*[-–]|[-–]?\s*hạnh phúc$)|^[-–—_=*.\s]+$/u;
const BETWEEN = /(?=c(?:ộng|ỘNG)\s+h(?:òa|oà|ÒA|OÀ)\s+x(?:ã|Ã)\s+h(?:ội|ỘI)\s+ch(?:ủ|Ủ))|(?=độc lập\s*[-–]\s*tự do)|\s[-_*=]{3,}(?=\s|$)/giu;
const COUNCIL = "(?:hội đồng nhân dân|hđnd)";
const COMMITTEE = "(?:(?:ủy|uỷ) ban nhân dân|ubnd)";
const BODY = new RegExp(`^(?:(?:thường trực|đoàn giám sát|tổ đại biểu)(?:\\s|$)|(?:thường trực\\s+)?${COUNCIL}(?:\\s|$)|${COMMITTEE}(?:\\s|$)|(?:chủ tịch\\s+)${COMMITTEE}|đảng (?:ủy|uỷ|bộ)|ban\\s+(?:kinh tế|văn h(?:óa|oá)|pháp chế|dân tộc|đô thị))`, "u");
/** What a model leaves to be filled in: “«số»”, “[...]”. */
const OPEN = "(?:«[^»]{0,80}»|\\[[^\\]]{0,60}\\])";
// Here and below letters of either case are named: “any letter, whatever its case” is slow to make ready.
const NUMBERED = new RegExp(`^(?:(?:[Nn]ghị quyết|NGHỊ QUYẾT|[Qq]uyết định|QUYẾT ĐỊNH|[Tt]ờ trình|TỜ TRÌNH)\\s+)?(?:[Ss]ố|SỐ)\\s*:?\\s*((?:${OPEN}\\s*)?${DOTS}(\\d{0,5}[A-Za-z]?)${DOTS}/\\s*(?:((?:19|20)\\d\\d|20${DOTS}|${OPEN}(?=\\s*/))\\s*/\\s*)?([${LETTER}][${LETTER}\\d]*(?:\\s?[-–.]\\s?[${LETTER}\\d&]+)*(?:-${OPEN})?))`, "u");
const DAY_OF = `(?:[Nn]gày|NGÀY)\\s*(?:${OPEN}(?=\\s*$)()()()|(${DOTS}\\d{0,2}${DOTS}|${OPEN})\\s*(?:[Tt]háng|THÁNG|/)\\s*(${DOTS}\\d{0,2}${DOTS}|${OPEN})\\s*(?:[Nn]ăm|NĂM|/)\\s*(\\d{4}|20${DOTS}|${DOTS}|${OPEN}))`;
const DATED = new RegExp(`^([${LETTER}«][^;]{1,60}?)\\s*,?\\s*${DAY_OF}\\s*$`, "u");
const DAY_ALONE = new RegExp(`^${DAY_OF}\\s*$`, "u");
const STARTS_GROUNDS = /^(?:[-–+*•]\s*)?(?:căn cứ|thực hiện|xét|theo đề nghị|trên cơ sở|qua xem xét|sau khi|để\s)/u;
const STARTS_TEXT = /^(?:điều\s+\d|kính gửi|i\.\s|phần\s+(?:i|thứ)|(?:thường trực\s+)?(?:hội đồng nhân dân|hđnd)[^:]{0,80}quyết nghị|quyết nghị\s*:)/u;
const COUNCIL_LINE = new RegExp(`^(?:thường trực\\s+)?${COUNCIL}(?:\\s|$)`, "u");
const TERM = /^\(?(?:khóa|khoá|nhiệm kỳ|kỳ họp|lần thứ)/u;
const ISSUER = new RegExp(`^(?:chủ tịch\\s+)?(?:${COMMITTEE}|(?:ủy|uỷ) ban thường vụ|ban\\s+(?:kinh tế|văn h(?:óa|oá)|pháp chế|dân tộc|đô thị))`, "u");
/** A line of a title that cannot be its last. */
const GOES_ON = /(?:^|\s)(?:của|về|việc|và|thuộc|tại|cho|đến|trong|các|theo|số|ngày|quyết)$|[,-]$/u;
const ASIDE = /^[([]\s*(?:dự thảo|trình|kèm|ban hành|lần|từ ngày|tại|do|đ(?:ã|ược))/u;
const IS_DRAFT = /^[([]?\s*dự thảo(?:\s+lần\s+\S+)?\s*[)\]]?\s*:?\s*/u;
const OWNER = /^của\s+(?:thường trực|hội đồng|hđnd|(?:ủy|uỷ) ban|ubnd)(?=\s|$)/u;
const MOST_HEAD = 60;

/** The name that follows the kind of a body: “XÃ VÍ DỤ” \u2192 {level, name}. */
export function placeOf(text) {
  const lower = text.toLowerCase();
  let best = null;
  for (const [level, word] of LEVELS) {
    const at = word.exec(lower);
    if (at && (!best || at.index < best.at)) best = { level, at: at.index };
  }
  return best ? { level: best.level, name: text.slice(best.at).trim().split(PAST_PLACE)[0].trim() } : { level: "", name: "" };
}

export function bodyOf(text) {
  const lower = text.toLowerCase();
  if (/^thường trực|thường trực (?:hội đồng|hđnd)/u.test(lower)) return "thuong-truc";
  if (/^(?:hội đồng nhân dân|hđnd)/u.test(lower)) return "hdnd";
  if (/^(?:ủy ban|uỷ ban|ubnd)/u.test(lower)) return "ubnd";
  return /^ban\s/u.test(lower) ? "ban" : "khac";
}

const at = (line, value) => ({ ...value, line });

/** What stands in the head, told apart by columns and by what each column begins with: [{text, lower, line}]. */
function headPieces(lines, from, end) {
  const found = [];
  for (let line = from; line < end; line += 1) {
    for (const words of pieces(lines[line])) {
      if (words.length > 1500) {
        found.push({ text: words, lower: words.toLowerCase(), line });
        continue;
      }
      for (const part of words.split(BETWEEN)) {
        const numbered = NUMBERED.exec(part.trim());
        const rest = numbered ? part.trim().slice(numbered[0].length).trim() : "";
        const cut = rest && DATED.test(rest) ? [part.trim().slice(0, numbered[0].length), rest] : [part];
        for (const one of cut) {
          const text = one.trim();
          if (text) found.push({ text, lower: text.toLowerCase(), line });
        }
      }
    }
  }
  return found;
}

/** Where the head ends: the first ground, or the first article, at most so many lines down. */
function endOfHead(lines, from, to) {
  let before = "";
  for (let line = from; line < to; line += 1) {
    const { text } = lines[line];
    const lower = text.trim().slice(0, 200).toLowerCase();
    if (!lower) continue;
    // A title may begin like a ground: right below the kind it is none.
    const isTitle = TYPES.some(([, pattern]) => pattern.test(before) && before.length < 30) && !lower.startsWith("căn cứ");
    if ((STARTS_GROUNDS.test(lower) && !isTitle && !(isUpper(text) && line > from)) || (line > from && STARTS_TEXT.test(lower))) return line;
    before = lower;
    if (line - from >= MOST_HEAD) break;
  }
  return Math.min(to, from + MOST_HEAD);
}

const isAlone = (found, index) => [found[index - 1], found[index + 1]].every((one) => !one || one.line !== found[index].line);

function findType(found) {
  for (let index = 0; index < found.length; index += 1) {
    const { text, lower, line } = found[index];
    const own = lower.replace(IS_DRAFT, "");
    const type = TYPES.find(([, pattern]) => pattern.test(own));
    if (!type || text.length > 200 || NUMBERED.test(text)) continue;
    if (isUpper(text.slice(lower.length - own.length, lower.length - own.length + 12)) || (own.split(" ").length === 2 && isAlone(found, index))) return { value: type[0], line, index, text };
  }
  return null;
}

/** Whose draft it is, by the words above its kind. */
function findBody(found) {
  const own = found.filter(({ text, lower }) => !MOTTO.test(lower) && !IS_DRAFT.test(lower) && !NUMBERED.test(text) && !DATED.test(text) && text.length < 120 && (isUpper(text) || BODY.test(lower) || placeOf(text).name === text));
  const joined = own.map(({ lower }) => lower).join(" ");
  const first = own.find(({ lower }, index) => BODY.test(lower) || BODY.test(own.slice(index, index + 3).map((one) => one.lower).join(" ")));
  if (!first) return null;
  const has = (pattern) => new RegExp(`(?:^|\\s)${pattern}(?=\\s|$)`, "u").test(joined);
  const isBoard = has("ban\\s+(?:kinh tế|văn h(?:óa|oá)|pháp chế|dân tộc|đô thị|«)[^:]*");
  const other = has("(?:đoàn giám sát|tổ đại biểu|văn phòng|đảng (?:ủy|uỷ|bộ)|trung tâm)");
  const value = isBoard ? "ban" : other ? "khac" : has("thường trực") ? "thuong-truc" : has(COUNCIL) ? "hdnd" : has(COMMITTEE) ? "ubnd" : "khac";
  const named = own.slice(own.indexOf(first)).map(({ text }) => placeOf(text)).find(({ name }) => name);
  return at(first.line, { value, text: own.map(({ text }) => text).join(" "), ...(named || { level: "", name: "" }) });
}

function findNumber(found) {
  for (let index = 0; index < found.length; index += 1) {
    // “Số:” may stand alone, its number below.
    const { text, line } = found[index];
    const words = /^số\s*:?$/iu.test(text) && found[index + 1] ? `${text} ${found[index + 1].text}` : text;
    const match = words.length < 200 && NUMBERED.exec(words);
    if (match && !/^\s*(?:ngày|của)(?:\s|$)/iu.test(words.slice(match[0].length))) {
      return at(line, { value: match[1].replace(/\s+/g, ""), number: match[2] || "", year: /^\d{4}$/.test(match[3] || "") ? match[3] : "", hasYear: !!match[3], symbol: match[4].replace(/\s+/g, "") });
    }
  }
  return null;
}

function findDated(found) {
  for (let index = 0; index < found.length; index += 1) {
    const { text, line } = found[index];
    if (text.length > 160) continue;
    const before = index ? found[index - 1] : null;
    let match = DATED.exec(text);
    let place = match ? match[1] : "";
    if (!match && before && /(?:,|ngày)$/u.test(before.lower) && before.text.length < 60) {
      match = DATED.exec(`${before.text} ${text}`);
      place = match ? match[1] : "";
    } else if (match && before && !place.includes(" ") && /^\p{Lu}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ.]*(?:\s\p{Lu}\p{Ll}+){0,3}$/u.test(before.text) && !isUpper(before.text)) {
      // A name that was broken between two lines.
      place = `${before.text} ${place}`;
    }
    if (!match || /kỳ họp|khai mạc|phiên họp/iu.test(place)) continue;
    const [day, month] = [match[5], match[6]].map((one) => (one || "").replace(/\D/g, ""));
    const year = /^\d{4}$/.test(match[7] || "") ? match[7] : "";
    return at(line, { place: place.trim(), day: day && month && year ? dayOf(day, month, year) : "", year });
  }
  return null;
}

const WITHOUT_KIND = /^(?:nghị quyết|quyết định|tờ trình|báo cáo|dự kiến chương trình|chương trình|kế hoạch|thông báo|biên bản|quy chế|nội quy|đề án|phương án|(?:quy định|hướng dẫn|kết luận|thông cáo|giấy mời|danh sách)$)\s*:?\s*/iu;
const isCouncil = (text, lower) => COUNCIL_LINE.test(lower) && (isUpper(text) || /kh(?:óa|oá)|kỳ họp|nhiệm kỳ/u.test(lower)) && text.length < 200;

function findTitle(lines, type, end) {
  let own = type.text.slice(type.text.toLowerCase().length - type.text.toLowerCase().replace(IS_DRAFT, "").length).replace(WITHOUT_KIND, "").trim();
  // “NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN …” says whose it is, not what it is about.
  if (OWNER.test(own.toLowerCase()) || ASIDE.test(own.toLowerCase()) || /^số\s*:/iu.test(own)) own = "";
  const words = own ? [own] : [];
  let [first, to] = [own ? type.line : -1, type.line];
  for (let line = type.line + 1; line < end; line += 1) {
    const text = lines[line].text.trim();
    const lower = text.toLowerCase();
    if (!lower || MOTTO.test(lower)) {
      if (words.length) break;
      continue;
    }
    if (/^số\s*:/u.test(lower)) continue;
    const before = words.length ? words[words.length - 1].toLowerCase() : "";
    // The council's own line, in capitals, is no part of the title.
    const goesOn = GOES_ON.test(before) || (words.length > 0 && !isUpper(text) && lines[line - 1].text.trim() !== "" && lines.slice(line + 1, line + 5).some((one) => COUNCIL_LINE.test(one.text.trim().toLowerCase()) && isUpper(one.text.trim())));
    if ((isCouncil(text, lower) || (ISSUER.test(lower) && isUpper(text))) && !goesOn) break;
    if (ASIDE.test(lower) || lower.startsWith("kính gửi") || (words.length && TERM.test(lower))) break;
    // Below the kind, too, it may be said whose it is, before “về việc”.
    const owner = words.length ? null : OWNER.exec(lower);
    const about = owner ? /\s(?:v\/v|về(?: việc)?)\s+/u.exec(lower) : null;
    if (owner && !about) continue;
    words.push(about ? text.slice(about.index).trim().replace(/^v\/v\s+/iu, "") : text);
    if (first < 0) first = line;
    to = line;
    if (words.join(" ").length > 700) break;
  }
  return words.length ? { value: words.join(" ").replace(/\s+/g, " "), line: first, to } : null;
}

/** A title whose kind was lost: capitals between number and grounds; of a letter what follows “V/v”. */
function titleAlone(found) {
  const about = found.find(({ lower }) => /^v\/v\s/u.test(lower));
  if (about) return { value: about.text, line: about.line, to: about.line };
  let from = -1;
  found.forEach(({ text, lower }, index) => {
    if (NUMBERED.test(text) || DATED.test(text) || DAY_ALONE.test(text) || MOTTO.test(lower)) from = index;
  });
  const own = [];
  for (const one of found.slice(from + 1)) {
    if (!isUpper(one.text) || isCouncil(one.text, one.lower) || BODY.test(one.lower) || TERM.test(one.lower)) break;
    own.push(one);
  }
  return from >= 0 && own.length ? { value: own.map(({ text }) => text).join(" ").replace(/\s+/g, " "), line: own[0].line, to: own[own.length - 1].line } : null;
}

function findCouncil(lines, from, end) {
  for (let line = from; line < end; line += 1) {
    const text = lines[line].text.trim();
    if (lines[line].cells || text.length > 300 || !COUNCIL_LINE.test(text.toLowerCase()) || MOTTO.test(text.toLowerCase())) continue;
    // Often in two lines or three: the council, then term and sitting.
    const next = [];
    for (let below = line + 1; below < Math.min(end, line + 5) && next.length < 2; below += 1) {
      const words = lines[below].text.trim();
      if (words && !TERM.test(words.toLowerCase())) break;
      if (words) next.push([words, below]);
    }
    const whole = [text, ...next.map(([words]) => words)].join(" ");
    return at(line, { value: whole, to: next.length ? next[next.length - 1][1] : line, ...termAndSitting(whole) });
  }
  return null;
}

const ORDINAL = `[${LETTER}\\d]+(?:\\s+(?:mốt|một|hai|ba|tư|bốn|năm(?!\\s*\\d)|sáu|bảy|tám|chín|mười|lăm|mươi)(?![${LETTER}]))*`;
const SITTING = new RegExp(`kỳ họp\\s+(?:(?:thường lệ|chuyên đề|bất thường|đột xuất|không thường lệ)(?:\\s+(?:giữa năm|cuối năm|(?:lần )?thứ\\s+${ORDINAL}|lần\\s+\\d+|năm\\s+\\d{4}))*|(?:lần\\s+)?thứ\\s+${ORDINAL})`, "u");
const TERM_NAMED = /kh(?:óa|oá)\s+(?:[ivxlc]+|\d+)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d])|nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4}/u;
/** Term and sitting that some words mean, as they write them: {term, sitting}, "" where they tell none. */
export function termAndSitting(words) {
  const lower = words.toLowerCase();
  const own = (pattern) => {
    const found = pattern.exec(lower);
    return found ? words.slice(found.index, found.index + found[0].length) : "";
  };
  return { term: own(TERM_NAMED), sitting: own(SITTING) };
}

/** {body, number, dated, type, title, council, isDraft, end}: of the lines from `from`; `end` is the first line after the head. */
export function headOf(lines, from, to) {
  const end = endOfHead(lines, from, to);
  const found = headPieces(lines, from, end);
  const type = findType(found);
  const above = type ? found.slice(0, type.index) : found;
  const title = type ? findTitle(lines, type, end) : titleAlone(found);
  const number = findNumber(above) || findNumber(found.filter(({ text }) => /^số\s*:/iu.test(text)));
  const dated = findDated(above);
  const last = Math.max(from - 1, ...[title && title.to, type && type.line, number && number.line, dated && dated.line].filter((line) => typeof line === "number"));
  const council = findCouncil(lines, type || title || number || dated ? last + 1 : from, end);
  const below = found.filter(({ line }) => line > last);
  let body = findBody(above.filter(({ line }) => !(council && line >= council.line) && !(title && line >= title.line))) || findBody(below);
  if (body && !body.name && council) body = { ...body, ...placeOf(council.value) };
  return { body, number, dated, type: type && { value: type.value, line: type.line }, title, council, isDraft: above.some(({ lower }) => /^[([]?\s*dự thảo/u.test(lower)), end };
}
