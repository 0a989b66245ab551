// Signs of how a text holds together: articles and clauses out of turn, references and annexes that lead nowhere, what its
// articles must have and lack.
import { decided, firstSentence, span, titleOf, whole } from "./places.js";

const NUMBERED_ANNEX = /phụ lục\s+(?:số\s*)?([ivxlc]+|\d{1,2})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d])/giu;
/** “các Phụ lục I, II, III kèm theo”: each after the first. */
const MORE_ANNEXES = /phụ lục\s+(?:số\s*)?(?:[ivxlc]+|\d{1,2})((?:\s*(?:,|và|;)\s*(?:[ivxlc]+|\d{1,2})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]))+)/giu;
const OF_ANOTHER = /^\s*(?:ban hành )?(?:kèm theo|của|tại)\s+(?!nghị quyết này)/u;
const annexNumbers = (text) => [...[...text.matchAll(NUMBERED_ANNEX)].map(([, number]) => number), ...[...text.matchAll(MORE_ANNEXES)].flatMap(([, more]) => more.split(/[\s,;]+|và/u).filter(Boolean))].map((number) => number.toUpperCase());
const CARRIES_ANNEX = /phụ lục|kèm theo|biểu số|danh mục|đề án|quy chế|chương trình|kế hoạch/iu;

function annexesMissing(all) {
  const { annexes, articles } = all.parts;
  const there = new Set(annexes.flatMap(({ label }) => annexNumbers(label)));
  if (!annexes.length) return [];
  return articles.flatMap(span).flatMap((line) => {
    const words = all.outside(line);
    const more = [...words.matchAll(MORE_ANNEXES)].filter((one) => !OF_ANOTHER.test(words.slice(one.index + one[0].length)) && one[1].split(/[\s,;]+|và/u).filter(Boolean).some((number) => !there.has(number.toUpperCase())));
    if (more.length) return more.map((found) => ({ line, from: found.index, to: found.index + found[0].length }));
    return [...words.matchAll(NUMBERED_ANNEX)].filter((one) => !there.has(one[1].toUpperCase()) && !OF_ANOTHER.test(words.slice(one.index + one[0].length))).map((found) => ({ line, from: found.index, to: found.index + found[0].length }));
  });
}

/** An annex that is spoken of as part of this text, where the file holds none. */
function annexNotThere(all) {
  const { annexes, articles, annexesBefore, tables, range } = all.parts;
  const after = articles.length ? articles[articles.length - 1].to : 0;
  if (annexes.length || (annexesBefore || []).length || tables.some(({ line }) => line > after) || range.to - after > 60) return [];
  const line = articles.flatMap(span).find((at) => /(?:theo|tại)\s+(?:các\s+)?(?:phụ lục|biểu)(?:\s+(?:số\s*)?[ivx\d]+)?(?:\s+(?:đính\s+)?kèm(?:\s+theo)?)?/u.test(all.outside(at)));
  return line === undefined ? [] : [whole(all, line)];
}

function annexesOfNobody(all) {
  const { annexes, articles } = all.parts;
  if (!annexes.length || !articles.length) return [];
  const said = articles.map(({ text }) => text).join("\n");
  const named = annexNumbers(said);
  return annexes.filter(({ label }) => {
    const [own] = annexNumbers(label);
    return own ? named.length > 0 && !named.includes(own) : !CARRIES_ANNEX.test(said);
  }).map(({ line }) => whole(all, line));
}

/** Articles of the rules that stand below, where one is left out. */
function annexOutOfTurn(all) {
  const { articles } = all.parts;
  if (!articles.length) return [];
  const below = all.lower.map((words, line) => [line, line > articles[articles.length - 1].to ? /^\s*(điều\s+(\d{1,3}))\s*[.:]/u.exec(words) : null]).filter(([, found]) => found).map(([line, [, label, number]]) => ({ line, label, number: Number(number) }));
  return below[0] && below[0].number === 1 ? below.filter(({ number }, at) => at > 0 && number !== 1 && number !== below[at - 1].number + 1).map(({ line, label }) => ({ line, from: 0, to: label.length })) : [];
}

function articlesOutOfTurn(all) {
  const { articles } = all.parts;
  return annexOutOfTurn(all).concat(articles.filter(({ number }, at) => at > 0 && number !== articles[at - 1].number + 1)
    .map(({ line, label }) => ({ line, from: 0, to: label.length })));
}

const OWN_REFERENCE = /(?:khoản\s+(\d{1,2})\s+)?điều\s+(\d{1,2})\s+(?:của\s+)?nghị quyết này/gu;
/** “nêu tại khoản 4 Điều 1”, where the line speaks of no other text. */
const BARE_REFERENCE = /(?:nêu|nói|ghi|quy định)\s+(?:tại|ở)\s+(?:khoản\s+(\d{1,2})\s+)?điều\s+(\d{1,2})(?=\s*(?:[.,;)]|$|được|thì|và khoản))/gu;
function brokenReferences(all) {
  const { articles } = all.parts;
  if (!articles.length) return [];
  const inArticles = new Set(articles.flatMap(span));
  // An article beyond the last is another text's.
  const bare = (line) => [...all.outside(line).matchAll(BARE_REFERENCE)].filter(([words_, , article]) => articles.some(({ number }) => number === Number(article)) || (words_.startsWith("nêu") && Number(article) < articles.length + 6));
  const found = (words, line) => [...words.matchAll(OWN_REFERENCE), ...(inArticles.has(line) && !/luật|nghị định|thông tư|quy chế|nghị quyết số/u.test(words) ? bare(line) : [])];
  return all.lower.flatMap((words, line) => found(words, line).filter(([, clause, article]) => {
    const own = articles.find(({ number }) => number === Number(article));
    return !own || (clause && own.clauses.length > 0 && !own.clauses.some(({ number }) => number === clause));
  }).map((found) => ({ line, from: found.index, to: found.index + found[0].length })));
}

const LETTERS = "abcdđeghiklmnopqrstuvxy";
/** Points of a clause that leave a letter out: “a) b) d)”. */
const pointsOutOfTurn = (clauses) => clauses.flatMap(({ points }) => points.filter(({ letter }, at) => at > 0 && letter !== "a" && LETTERS.indexOf(letter) !== LETTERS.indexOf(points[at - 1].letter) + 1)
  .map(({ line }) => ({ line, from: 0, to: 2 })));

const ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
/** Parts in Roman numbers (“II.”, then “IV.”) of a text or an annex; each table or new “I.” begins anew. */
function partsOutOfTurn(all) {
  const { line: first, to } = all.parts.range;
  let last = -1;
  return span({ line: first, to }).flatMap((line) => {
    const found = all.text.lines[line].cells ? null : /^\s*([IVX]{1,4})\s*[.)]\s+(?=[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u.exec(all.text.lines[line].text);
    const now = found ? ROMANS.indexOf(found[1].toLowerCase()) : -1;
    if (now < 0) return [];
    const before = last;
    last = now;
    return before >= 0 && now > 0 && now !== before + 1 ? [whole(all, line)] : [];
  });
}
/** Clauses of a text without articles, counted anew below each heading in Roman numbers. */
function loosePartsOutOfTurn(all) {
  if (all.parts.articles.length || !all.places.content.length) return [];
  let last = 0;
  return decided(all).flatMap((line) => {
    if (/^\s*[IVX]{1,4}\s*[.)]\s/u.test(all.text.lines[line].text)) last = 0;
    const found = /^\s*(\d{1,2})\.\s+(?=\p{Lu})/u.exec(all.text.lines[line].text);
    if (!found) return [];
    const before = last;
    last = Number(found[1]);
    return before && last !== 1 && last !== before + 1 ? [whole(all, line)] : [];
  });
}

function clausesOutOfTurn(all) {
  return [...partsOutOfTurn(all), ...loosePartsOutOfTurn(all)].concat(all.parts.articles.flatMap(({ clauses }) => pointsOutOfTurn(clauses).slice(0, 1))).concat(all.parts.articles.flatMap(({ clauses }) => {
    const whole_ = clauses.filter(({ number }) => /^\d+$/.test(number));
    if (whole_.length < 2 || whole_[0].number !== "1") return [];
    return whole_.filter(({ number }, at) => at > 0 && Number(number) !== Number(whole_[at - 1].number) + 1 && number !== "1")
      .map(({ line, number }) => ({ line, from: 0, to: number.length + 1 }));
  }));
}

const COPIES = /^(?:nhất trí|đồng ý|thông qua|tán thành|thống nhất|phê duyệt)(?:\s+(?:thông qua|với|toàn bộ|nội dung))*\s+(?:các\s+)?(?:nội dung\s+)?(?:(?:tại|theo|của|trong)\s+)?(?:tờ trình|đề nghị)/iu;
function onlyCopies(all) {
  const { articles, annexes, tables } = all.parts;
  if (!articles.length || annexes.length || tables.length) return [];
  const [{ title, text, line, clauses }] = articles;
  return !clauses.length && COPIES.test(title.trim()) && text.length < 400 ? [whole(all, line)] : [];
}

/** What is decided, annexes with it; who does it and since when is left out. */
const content = (all) => [...all.linesOf("content"), ...all.parts.annexes.flatMap(span)].map((line) => all.lower[line]).join("\n");
const lacks = (pattern) => (all) => (all.parts.articles.length && !pattern.test(content(all)) ? [whole(all, all.parts.articles[0].line)] : []);

const TOPIC = /giám sát chuyên đề|chuyên đề(?: giám sát)?\s*(?::|về|việc|thứ)/u;
const SCOPE = /đối tượng|phạm vi|đơn vị (?:được|chịu) giám sát|cơ quan (?:được|chịu) (?:sự )?giám sát/u;
/** A topic whose own clause tells neither whom nor how far; or a whole text that tells neither. */
function topicsWithoutScope(all) {
  const { articles, annexes } = all.parts;
  if (!articles.length || !/giám sát/u.test(titleOf(all)) || /kết quả/u.test(titleOf(all)) || SCOPE.test(content(all).replace(/phạm vi (?:nhiệm vụ|quyền hạn|trách nhiệm|dự toán|điều chỉnh)/gu, " "))) return [];
  const decides = all.linesOf("content");
  const line = decides.find((at) => TOPIC.test(all.lower[at]));
  // The annex that holds it may be another file.
  if (!annexes.length && articles.some(({ text }) => /phụ lục|kèm theo/iu.test(text))) return [];
  // A heading of its own says nothing yet.
  const named = line !== undefined && all.lower[line].trim().length < 40 && decides.includes(line + 1) ? line + 1 : line;
  return [whole(all, named === undefined ? articles[0].line : named)];
}

export const TESTS = {
  "sl-phu-luc-khong-co": annexesMissing,
  "sl-phu-luc-khong-dan": annexesOfNobody,
  "sl-phu-luc-khong-kem": annexNotThere,
  "sl-thu-tu-dieu": articlesOutOfTurn,
  "sl-thu-tu-khoan": clausesOutOfTurn,
  "sl-dan-chieu-gay": brokenReferences,
  "sl-nhu-dieu": (all) => {
    const { recipients, articles } = all.parts;
    return recipients && articles.length ? span({ line: recipients.line, to: recipients.to + 1 }).filter((line) => {
      const found = line < all.lower.length && /như điều\s+(\d{1,2})(?!\d)/u.exec(all.lower[line]);
      return found && Number(found[1]) > Math.max(...articles.map(({ number }) => number));
    }).map((line) => whole(all, line)) : [];
  },
  "sl-chi-chep-to-trinh": onlyCopies,
  "sl-du-toan-khong-du-phong": (all) => (/quyết toán/u.test(firstSentence(all)) ? [] : lacks(/dự phòng/u)(all)),
  "sl-giam-sat-thuong-xuyen": lacks(/thường xuyên|giám sát việc (?:thực hiện|thi hành|giải quyết)|xem xét báo cáo/u),
  "sl-giam-sat-khong-pham-vi": topicsWithoutScope,
  "sl-giam-sat-khong-thoi-gian": lacks(/quý|tháng\s+\d|thời gian|kỳ họp/u),
};
