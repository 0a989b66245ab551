// The head of a draft: whose it is, number, place and day, kind, title, the council's line before the grounds.
import { DOTS, dayOf, isUpper, pieces } from "./words.js";

const TYPES = [
  ["nghi-quyet", /^nghị quyết(?:\s|$|:)/u], ["quyet-dinh", /^quyết định(?:\s|$|:)/u], ["to-trinh", /^tờ trình(?:\s|$|:)/u],
  ["bao-cao", /^báo cáo(?:\s|$|:)/u], ["chuong-trinh", /^(?:dự kiến )?chương trình(?:\s|$|:)/u], ["ke-hoach", /^kế hoạch(?:\s|$|:)/u],
  ["thong-bao", /^thông báo(?:\s|$|:)/u], ["bien-ban", /^biên bản(?:\s|$|:)/u],
];
const LEVELS = [["xa", "xã"], ["phuong", "phường"], ["dac-khu", "đặc khu"], ["tinh", "tỉnh"], ["tinh", "thành phố"], ["huyen", "huyện"], ["huyen", "quận"], ["huyen", "thị xã"], ["huyen", "thị trấn"]];
const MOTTO = /^cộng h(?:òa|oà) xã hội|^độc lập\s*[-–]\s*tự do|^[-–—_=*.\s]+$/u;
const BODY = /^(?:thường trực\s+)?(?:hội đồng nhân dân|hđnd|ủy ban nhân dân|uỷ ban nhân dân|ubnd)(?:\s|$)|^ban\s+\p{L}.*|^đoàn đại biểu|^tổ đại biểu/u;
const NUMBERED = new RegExp(`^số\\s*:?\\s*(${DOTS}(\\d{0,5}[a-z]?)${DOTS}\\/\\s*(?:((?:19|20)\\d\\d|20${DOTS})\\s*\\/\\s*)?([\\p{L}\\d]+(?:\\s*-\\s*[\\p{L}\\d&.]+)*))`, "iu");
const DATED = new RegExp(`^(.{2,60}?)\\s*,?\\s*ngày\\s*(${DOTS}\\d{0,2}${DOTS})\\s*tháng\\s*(${DOTS}\\d{0,2}${DOTS})\\s*năm\\s*(\\d{4}|20${DOTS}|${DOTS})\\s*$`, "iu");
const STARTS_GROUNDS = /^(?:căn cứ|thực hiện|xét|theo đề nghị|trên cơ sở|để\s)/u;
const MOST_HEAD = 60;

/** The name that follows the kind of a body: “XÃ VÍ DỤ” → {level, name}. */
export function placeOf(text) {
  const lower = text.toLowerCase();
  for (const [level, word] of LEVELS) {
    const at = new RegExp(`(?:^|\\s)${word}(?=\\s)`, "u").exec(lower);
    if (at) return { level, name: text.slice(at.index).trim().replace(/[,.;:].*$/u, "") };
  }
  return { level: "", name: "" };
}

export function bodyOf(text) {
  const lower = text.toLowerCase();
  if (/^thường trực|thường trực (?:hội đồng|hđnd)/u.test(lower)) return "thuong-truc";
  if (/^(?:hội đồng nhân dân|hđnd)/u.test(lower)) return "hdnd";
  if (/^(?:ủy ban|uỷ ban|ubnd)/u.test(lower)) return "ubnd";
  return /^ban\s/u.test(lower) ? "ban" : "khac";
}

/** Where the head ends: the first ground, or the first article, at most so many lines down. */
function endOfHead(lines) {
  const at = lines.findIndex(({ text }, index) => index > 0 && (STARTS_GROUNDS.test(text.toLowerCase().trim()) || /^điều\s+\d/iu.test(text)));
  return at < 0 ? Math.min(lines.length, MOST_HEAD) : Math.min(at, MOST_HEAD);
}

const at = (line, value) => ({ ...value, line });

function findBody(lines, end) {
  for (let line = 0; line < Math.min(end, 14); line += 1) {
    const words = pieces(lines[line]);
    const index = words.findIndex((one) => BODY.test(one.toLowerCase()) && !MOTTO.test(one.toLowerCase()) && one.length < 90);
    if (index >= 0) {
      let text = words[index];
      // “THƯỜNG TRỰC” or “HỘI ĐỒNG NHÂN DÂN” above, the place below.
      const below = [...words.slice(index + 1), ...lines.slice(line + 1, Math.min(end, line + 5)).flatMap(pieces)].filter((one) => !MOTTO.test(one.toLowerCase()) && !NUMBERED.test(one) && !DATED.test(one));
      if (bodyOf(text) === "ban" && below.length && /^(?:ban của )?hđnd|^hội đồng/iu.test(words[index])) text = words[index];
      let place = placeOf(text);
      for (const next of below.slice(0, 2)) {
        if (place.name || !isUpper(next)) break;
        text = `${text} ${next}`;
        place = placeOf(text);
      }
      // A board stands below its council: “HỘI ĐỒNG NHÂN DÂN / XÃ … / BAN KINH TẾ - NGÂN SÁCH”.
      const board = below.slice(0, 3).find((one) => /^ban\s+(?:kinh tế|văn hóa|văn hoá|pháp chế|dân tộc|đô thị)/iu.test(one) && isUpper(one));
      // So does its Standing Committee: “HỘI ĐỒNG NHÂN DÂN / XÃ … / THƯỜNG TRỰC”.
      const standing = below.slice(0, 3).some((one) => /^thường trực(?:\s+(?:hội đồng|hđnd).*)?$/iu.test(one) && isUpper(one));
      return at(line, { value: board ? "ban" : standing ? "thuong-truc" : bodyOf(text), text, ...place });
    }
  }
  return null;
}

function findNumber(lines, end) {
  for (let line = 0; line < Math.min(end, 16); line += 1) {
    for (const words of pieces(lines[line])) {
      const found = NUMBERED.exec(words);
      if (found) return at(line, { value: found[1].replace(/\s+/g, ""), number: found[2] || "", year: /^\d{4}$/.test(found[3] || "") ? found[3] : "", hasYear: !!found[3], symbol: found[4].replace(/\s+/g, "") });
    }
  }
  return null;
}

function findDated(lines, end) {
  for (let line = 0; line < Math.min(end, 16); line += 1) {
    for (const words of pieces(lines[line])) {
      const found = DATED.exec(words);
      const [day, month] = found ? [found[2], found[3]].map((one) => one.replace(/\D/g, "")) : [];
      const year = found && /^\d{4}$/.test(found[4]) ? found[4] : "";
      if (found) return at(line, { place: found[1].trim(), day: day && month && year ? dayOf(day, month, year) : "", year });
    }
  }
  return null;
}

function findType(lines, end) {
  for (let line = 0; line < end; line += 1) {
    for (const words of pieces(lines[line])) {
      const lower = words.toLowerCase();
      // “DỰ THẢO NGHỊ QUYẾT” in one line happens, too.
      const found = TYPES.find(([, pattern]) => pattern.test(lower.replace(/^\(?dự thảo\)?\s*:?\s*/u, "")));
      if (found && isUpper(words.slice(0, 12)) && words.length < 200) return at(line, { value: found[0], text: words });
    }
  }
  return null;
}

function findTitle(lines, type, end) {
  if (!type) return null;
  const own = type.text.replace(/^\(?dự thảo\)?\s*:?\s*/iu, "").replace(/^(?:nghị quyết|quyết định|tờ trình|báo cáo|chương trình|kế hoạch|thông báo|biên bản)\s*:?\s*/iu, "").trim();
  const words = own ? [own] : [];
  let to = type.line;
  for (let line = type.line + 1; line < end; line += 1) {
    const { text } = lines[line];
    const lower = text.toLowerCase().trim();
    if (!lower || MOTTO.test(lower)) {
      if (words.length) break;
      continue;
    }
    // The council's own line, in capitals, is no part of the title.
    if (/^(?:thường trực )?(?:hội đồng nhân dân|hđnd)\s/u.test(lower) && isUpper(text)) break;
    if (/^(?:thường trực )?(?:hội đồng nhân dân|hđnd)\s.*khóa/u.test(lower)) break;
    words.push(text.trim());
    to = line;
    if (words.join(" ").length > 500) break;
  }
  return words.length ? { value: words.join(" ").replace(/\s+/g, " "), line: own ? type.line : lines.findIndex((_, index) => index > type.line && lines[index].text.trim() === words[0]), to } : null;
}

function findCouncil(lines, from, end) {
  for (let line = from; line < end; line += 1) {
    const { text } = lines[line];
    if (!/^(?:thường trực )?(?:hội đồng nhân dân|hđnd)(?:\s|$)/iu.test(text.trim())) continue;
    // Often in two lines: the council, then term and sitting.
    const next = lines.slice(line + 1, Math.min(end, line + 3)).map((one) => one.text).filter((one) => /^(?:khóa|khoá|nhiệm kỳ|kỳ họp)/iu.test(one.trim()));
    const whole = [text, ...next].join(" ");
    return at(line, { value: whole, to: line + next.length, ...termAndSitting(whole) });
  }
  return null;
}

/** Term and sitting that some words tell: {term, sitting}, "" where they tell none. */
export function termAndSitting(words) {
  const term = /(?:kh(?:óa|oá)\s+[ivxlc\d]+)|(?:nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4})/iu.exec(words);
  const sitting = /kỳ họp\s+(?:thứ\s+[\p{L}\d]+(?:\s+(?:mốt|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))*|thường lệ[^,;.]*|chuyên đề[^,;.]*|bất thường[^,;.]*)/iu.exec(words);
  return { term: term ? term[0] : "", sitting: sitting ? sitting[0] : "" };
}

/** {body, number, dated, type, title, council, end}: `end` is the first line after the head. */
export function headOf(lines) {
  const end = endOfHead(lines);
  const type = findType(lines, end);
  const title = findTitle(lines, type, end);
  return {
    body: findBody(lines, end), number: findNumber(lines, end), dated: findDated(lines, end), type: type && { value: type.value, line: type.line }, title,
    council: findCouncil(lines, title ? title.to + 1 : type ? type.line + 1 : 0, end), end,
  };
}
