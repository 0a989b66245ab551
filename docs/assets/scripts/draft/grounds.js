// What stands between the title and “QUYẾT NGHỊ”: grounds with the texts they name, submission, verification.
import { bodyOf } from "./heading.js";
import { LETTER, dayOf, numberIn } from "./words.js";

const KINDS = [
  ["luat", "bộ luật|luật"], ["phap-lenh", "pháp lệnh"], ["nghi-dinh", "nghị định"], ["thong-tu", "thông tư(?: liên tịch)?"], ["nghi-quyet", "nghị quyết(?: liên tịch)?"],
  ["quyet-dinh", "quyết định"], ["ket-luan", "kết luận"], ["ke-hoach", "kế hoạch"], ["chi-thi", "chỉ thị"],
  // Of these only what bears a number is a text.
  ["khac", "(?:công văn|thông báo|hướng dẫn|văn bản|báo cáo|tờ trình|biên bản|chương trình)(?=\\s+số\\s*:?\\s*\\d)"],
];
const KIND_OF = KINDS.map(([name, words]) => [name, new RegExp(`^(?:${words})(?![${LETTER}])`, "u")]);
/** Kinds by the letters of a number: a list may name the kind once, “các Nghị định: số 78/…; số 187/…”. */
const BY_SYMBOL = [["nghi-dinh", /\/NĐ-CP$/u], ["thong-tu", /\/TT(?:LT)?-/u], ["quyet-dinh", /\/QĐ-/u], ["nghi-quyet", /NQ-|\/NQ|UBTVQH/u], ["chi-thi", /\/CT-/u], ["ke-hoach", /\/KH-/u], ["ket-luan", /-KL\//u]];
const MENTION = new RegExp(`(^|[^${LETTER}])(${KINDS.map(([, words]) => words).join("|")})(?=\\s)`, "gu");
const ANOTHER = /(?:^|[;:,.]|\svà)\s*số\s+(?=\d{1,5}[a-z]?\s?\/|\d{1,4}-[A-ZĐ])/giu;
const DAY = /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})(?!\d)|ngày\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/iu;
const OPENS = /^(?:căn cứ|thực hiện|xét|theo|trên cơ sở|trên tinh thần|sau khi|qua|nghe|tiếp theo|để|tại)(?:\s|$)/iu;
const IS_GROUND = /^(?:căn cứ|thực hiện|trên cơ sở(?!\s+(?:xem xét|xét|nghe)))(?:\s|$)/iu;
/** What amends: “được sửa đổi, bổ sung bởi Luật …”, “sửa đổi, bổ sung một số điều theo Nghị quyết …”. */
const AMENDED_BY = /(?:sửa đổi|bổ sung|thay thế|đính chính|bãi bỏ)[^;]{0,80}\s(?:bởi|theo|tại|bằng)\s*(?:các\s*)?$/u;
const AMENDS = /^(?:bộ luật|luật|nghị quyết|nghị định|thông tư)\s+(?:sửa đổi|bổ sung|thay thế)/u;
const AND_MORE = /(?:,|;|\svà|\scùng)\s*(?:các\s*)?$/u;
const MOST_OF_GROUND = 12000;

/** Where what was weighed ends and the resolution begins. */
export const RESOLVES = /^(?:(?:thường trực\s+)?(?:hội đồng nhân dân|hđnd|(?:ủy|uỷ) ban nhân dân|ubnd|chủ tịch)[^:]{0,120}\s)?(?:quyết nghị|quyết định|nghị quyết)\s*[:.]{0,2}$/iu;
/** A normative resolution says it in a sentence: “Hội đồng nhân dân xã … ban hành Nghị quyết …”. */
const ISSUES = /^(?:thường trực\s+)?(?:hội đồng nhân dân|hđnd)(?:\s[^.;:]{0,100})?\s(?:ban hành|thông qua)\s+nghị quyết(?:\s|$)/iu;
const ISSUES_BROKEN = /^(?:thường trực\s+)?(?:hội đồng nhân dân|hđnd)(?:\s[^.;:]{0,100})?\s(?:ban hành|thông qua)$/iu;
const SPACED = /^(?:[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]\s){5,}[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]\s*[:.]?$/u;

const dayIn = (words) => {
  const found = DAY.exec(words);
  return found ? dayOf(found[1] || found[4], found[2] || found[5], found[3] || found[6]) : "";
};
const kindOf = (words) => (KIND_OF.find(([, pattern]) => pattern.test(words)) || ["khac"])[0];
const kindOfNumber = (number, kind) => (BY_SYMBOL.find(([, pattern]) => pattern.test(number)) || [kind])[0];

/** Where texts are named: [{at, kind, bare: whether only a number stands there}]. */
function mentionsIn(text) {
  const lower = text.toLowerCase();
  const found = [];
  MENTION.lastIndex = 0;
  for (let match = MENTION.exec(lower); match; match = MENTION.exec(lower)) {
    const start = match.index + match[1].length;
    // “quy định của pháp luật” names none.
    if (!/pháp\s*$/u.test(lower.slice(Math.max(0, start - 6), start))) found.push({ at: start, kind: kindOf(match[2]), bare: false });
  }
  ANOTHER.lastIndex = 0;
  for (let match = ANOTHER.exec(text); match; match = ANOTHER.exec(text)) found.push({ at: match.index + match[0].toLowerCase().lastIndexOf("số"), kind: "", bare: true });
  return found.sort((one, two) => one.at - two.at);
}

/** The name of a text as it is called: to its number, its day, or what amended it. */
const nameOf = (words) => words.split(/\s+(?:số\s+\d|\d{1,5}[a-z]?\s?\/|ngày\s+\d|(?:đã\s+)?được\s+(?:sửa|bổ sung)|(?:đã\s+)?sửa đổi, bổ sung (?:một số điều )?(?:theo|bởi)|của (?:quốc hội|chính phủ))|[;:]|\.\s*$/iu)[0].replace(/[,.\s]+$/u, "").trim();

/**
 * The texts that a ground names, in their order: [{kind, number, day, name, amends, inner, at}]; `amends`: it is there as what
 * changed another; `inner`: it stands within another's title (“… quy định chi tiết Luật …”).
 */
export function textsIn(whole) {
  const text = whole.slice(0, MOST_OF_GROUND);
  const mentions = mentionsIn(text);
  const made = [];
  for (let index = 0; index < mentions.length; index += 1) {
    const { at, bare } = mentions[index];
    let { kind } = mentions[index];
    let next = index + 1 < mentions.length ? mentions[index + 1].at : text.length;
    const last = made[made.length - 1];
    const between = last ? text.slice(last.at, at).toLowerCase() : text.slice(0, at).toLowerCase();
    const tail = between.slice(-120);
    const told = last && (last.number || last.day);
    // “Luật sửa đổi, bổ sung một số điều của Luật A và Luật B ngày …”: number and day are those of the law that changes.
    const changes = AMENDS.test(text.slice(at, at + 60).toLowerCase());
    if (changes && !numberIn(text.slice(at, next)) && !dayIn(text.slice(at, next))) {
      const end = text.indexOf(";", at);
      const limit = end < 0 ? text.length : end;
      while (index + 1 < mentions.length && mentions[index + 1].at < limit && !(numberIn(text.slice(at, next)) || dayIn(text.slice(at, next)))) {
        index += 1;
        next = index + 1 < mentions.length ? Math.min(limit, mentions[index + 1].at) : limit;
      }
    }
    const words = text.slice(at, next);
    const number = numberIn(words.slice(0, 600));
    const day = dayIn(words.slice(0, 700));
    if (bare || kind === "khac") kind = number ? kindOfNumber(number.number, last && bare ? last.kind : kind) : kind;
    const amends = changes || AMENDED_BY.test(tail) || (AND_MORE.test(tail) && !!last && last.amends && !last.inner && !between.includes(";"));
    const isList = AND_MORE.test(tail) && told && !last.inner;
    const inner = !!last && !amends && !between.includes(";") && !isList && !(bare && !told);
    const name = nameOf(words);
    // Without number, day or a law's own name it is a word, not a text: “ban hành Nghị quyết”, “quyết định dự toán”.
    const isNamed = number || (day && kind !== "khac") || (!inner && ((kind === "luat" && name.split(" ").length > 1) || kind === "phap-lenh"));
    // “Nghị định của Chính phủ: số …; số …” tells the kind for those that follow.
    if (!isNamed && index + 1 < mentions.length && mentions[index + 1].bare) mentions[index + 1].kind = kind;
    if (isNamed) made.push({ kind: bare && !number ? "khac" : bare ? kindOfNumber(number.number, mentions[index].kind || (last ? last.kind : "khac")) : kind, number: number ? number.number : "", day, name, amends, inner, at });
  }
  return made;
}

const BY = /(?:^|\s)của\s+((?:(?:ủy|uỷ) ban|ubnd|thường trực|ban|các ban|chủ tịch|trưởng ban|phòng|hội đồng|hđnd|giám đốc|văn phòng)[^,;.]{0,120}?)(?=\s+(?:về|tại|trình|và|số|tỉnh về)(?:\s|$)|[,;.]|$)/iu;

const ASKED_BY = /(?:đề nghị|đề xuất)\s+của\s+([^;,.]{3,120}?)\s+tại\s*$/iu;

/** A paper that was before the body: {line, text, number, day, by, kind}; `from`: where in the part it begins. */
function paperOf({ line, text }, from, to, kind) {
  const words = text.slice(from, to).trim();
  const number = numberIn(words.slice(0, 260));
  // “Xét đề nghị của … tại Tờ trình số …” names who submits before the paper.
  const by = BY.exec(words.slice(0, 400)) || ASKED_BY.exec(text.slice(Math.max(0, from - 200), from));
  return { line, text: words, number: number ? number.number : "", day: dayIn(words.slice(0, 320)), by: by ? by[1].trim() : "", kind };
}

/** Where a word that begins a paper ends: the next semicolon, or the next paper of the same sentence. */
function endOfPaper(text, from, others) {
  const semicolon = text.indexOf(";", from);
  const ends = [semicolon < 0 ? text.length : semicolon];
  const next = others.exec(text.slice(from + 8));
  if (next) ends.push(from + 8 + next.index);
  return Math.min(...ends);
}

const VERIFIED = /(?:báo cáo\s+(?:kết quả\s+)?|ý kiến\s+|kết quả\s+)?thẩm\s+tra/iu;
const SUBMITTED = [["to-trinh", /tờ\s+trình/iu], ["de-nghi", /(?:theo|xét)\s+(?:đề nghị|đề xuất)\s+của/iu]];
const REPORTED = /báo\s+cáo(?!\s+(?:kết quả\s+)?(?:thẩm\s+tra|giải trình|tiếp thu))/iu;
const WEIGHS = /^(?:xét|theo|trên cơ sở|sau khi|qua|nghe)/iu;

function papersOf(parts) {
  const weighed = [...parts.filter(({ text }) => WEIGHS.test(text)), ...parts.filter(({ text }) => !WEIGHS.test(text))];
  let submission = null;
  let verification = null;
  for (const [kind, pattern] of SUBMITTED) {
    for (const part of weighed) {
      const found = submission ? null : pattern.exec(part.text);
      // “báo cáo thẩm tra Tờ trình số …” speaks of the report; “Căn cứ Thông báo … về Tờ trình” of a notice.
      if (!found || /thẩm\s+tra[^;]{0,40}$/iu.test(part.text.slice(Math.max(0, found.index - 60), found.index))) continue;
      submission = paperOf(part, found.index, endOfPaper(part.text, found.index, VERIFIED), kind);
    }
  }
  for (const part of weighed) {
    const found = verification ? null : VERIFIED.exec(part.text);
    if (found) verification = paperOf(part, found.index, endOfPaper(part.text, found.index, /(?!)/u), "tham-tra");
  }
  for (const part of submission ? [] : weighed.filter(({ text }) => WEIGHS.test(text))) {
    const found = submission ? null : REPORTED.exec(part.text);
    if (found) submission = paperOf(part, found.index, endOfPaper(part.text, found.index, VERIFIED), "bao-cao");
  }
  return { submission, verification };
}

/** The line where it is resolved: {line, to, text, by}; null where no line says so. */
function resolvesIn(lines, from, limit, hasArticles) {
  let found = null;
  for (let line = from; line < limit; line += 1) {
    const text = lines[line].text.trim();
    if (text.length > 600) continue;
    const compact = SPACED.test(text) ? text.replace(/\s+/g, "").replace(/^(quyết|nghị)(.)/iu, "$1 $2") : text;
    const next = line + 1 < limit ? lines[line + 1].text.trim() : "";
    if (RESOLVES.test(compact)) {
      const words = compact.replace(/\s*(?:quyết nghị|quyết định|nghị quyết)\s*[:.]{0,2}$/iu, "");
      found = { line, to: line, text, by: words ? bodyOf(words) : "" };
    } else if (ISSUES.test(text) || (ISSUES_BROKEN.test(text) && /^nghị quyết/iu.test(next))) {
      found = { line, to: line, text, by: bodyOf(text) };
    }
    if (found && !hasArticles) break;
  }
  return found;
}

/** {grounds, opening, submission, verification, resolves, end}: `end` is the first line of what is resolved. */
export function openingOf(lines, from, firstArticle, last) {
  const limit = firstArticle < 0 ? last : firstArticle;
  const resolves = resolvesIn(lines, from, limit, firstArticle >= 0);
  const to = resolves ? resolves.line : limit;
  const isOpen = !resolves && firstArticle < 0;
  const parts = [];
  for (let line = from; line < to; line += 1) {
    // Of a text without articles only its first lines open it.
    if (isOpen && (parts.length > 60 || /^(?:[IVX]+|\d{1,2})\s*[.)]\s/u.test(lines[line].text.trim()) || (parts.length && /^nơi nhận/iu.test(lines[line].text.trim())))) break;
    // Several grounds in one paragraph are told apart by semicolons.
    for (const piece of lines[line].text.split(/;\s+(?=căn cứ|xét\s|thực hiện\s|theo đề nghị)/iu)) {
      const text = piece.trim().replace(/^(?:[-–+•*]|\d{1,2}[.)])\s*(?=[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u, "");
      if (!text) continue;
      if (OPENS.test(text) || !parts.length) parts.push({ text, line, to: line });
      else {
        const own = parts[parts.length - 1];
        if (own.text.length < MOST_OF_GROUND) own.text += ` ${text}`;
        own.to = line;
      }
    }
  }
  const known = isOpen ? parts.filter(({ text }) => OPENS.test(text)) : parts;
  const grounds = known.filter(({ text }) => IS_GROUND.test(text)).map(({ text, line }) => ({ text, line, texts: textsIn(text) }));
  return {
    grounds, opening: known.length ? { line: from, to: known[known.length - 1].to } : null, ...papersOf(known), resolves, end: resolves || firstArticle >= 0 ? to : from,
  };
}
