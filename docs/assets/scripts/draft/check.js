// Looks at a draft for signs. What a sign says is in its record (docs/tra-cuu/dau-hieu-du-thao.md, newer ones in the .yml of
// the same name → data/draft-signs.js); a sign either has a pattern there, or a test of its name in signs-….js:
// (all, sign) → [{line, from, to, detail}], {} for the whole draft. `all` is {text, parts, answers, lower, outside, linesOf,
// TEXTS, kinds}. Nothing is decided for the reader.
import { linesIn, timed } from "../sitting/programme.js";
import { signsOf } from "../sitting/programme-signs.js";
import { outsideCitations } from "./cited.js";
import { guessOf, isTimed } from "./guess.js";
import { partsOf } from "./parts.js";
import { clauseAt, isOtherPaper, span } from "./places.js";
import { TESTS as BODIES } from "./signs-bodies.js";
import { TESTS as COUNTS } from "./signs-counts.js";
import { TESTS as DAYS } from "./signs-days.js";
import { TESTS as FIGURES } from "./signs-figures.js";
import { TESTS as FORM } from "./signs-form.js";
import { TESTS as GROUNDS } from "./signs-grounds.js";
import { TESTS as IMPLEMENTATION } from "./signs-implementation.js";
import { TESTS as LEFTOVERS } from "./signs-leftovers.js";
import { TESTS as REFERENCES } from "./signs-references.js";
import { TESTS as ROWS } from "./signs-rows.js";
import { TESTS as SHARES } from "./signs-shares.js";
import { TESTS as SUMS } from "./signs-sums.js";
import { TESTS as TITLES } from "./signs-titles.js";
import { TESTS as VOTES } from "./signs-votes.js";
import { forgetWords, isUpper } from "./words.js";

export const TESTS = { ...BODIES, ...TITLES, ...GROUNDS, ...LEFTOVERS, ...DAYS, ...FIGURES, ...REFERENCES, ...ROWS, ...SUMS, ...SHARES, ...COUNTS, ...VOTES, ...IMPLEMENTATION, ...FORM };

/** So many places of one sign are shown; how many more there are is told with the last. */
const MOST_PLACES = 5;
const MOST_QUOTE = 160;
/** So many signs are looked for in one step. */
const AT_ONCE = 3;

const range = (line, to) => span({ line, to });

const NO_PLACES = { implementation: [], effect: [], file: [] };
/** The lines of each place where signs are looked for. */
function placesOf(parts) {
  const articles = parts.articles.flatMap(span);
  const annexes = parts.annexes.flatMap(span);
  const duties = [...new Set([...span(parts.implementation), ...span(parts.effect)])];
  // One file may hold a submission before the draft, and other papers behind it: they are not looked at.
  const { line: first, to: end } = parts.range;
  const head = range(first, (parts.opening ? parts.opening.line : articles.length ? articles[0] : Math.min(end + 1, first + 20)) - 1);
  const last = articles.length ? articles[articles.length - 1] : parts.resolves ? parts.resolves.line : first + head.length - 1;
  const before = annexes.length ? annexes[0] : end + 1;
  // A submission or a report has no articles: what it says stands between its title and who signs it.
  const signs = [parts.signature, parts.recipients].filter(Boolean).map(({ line }) => line);
  // A resolution in parts (“I.”, “1.”) has no articles either.
  const inParts = parts.resolves && !articles.length && !!parts.type && parts.type.value === "nghi-quyet";
  const said = inParts ? range(parts.resolves.to + 1, Math.min(end + 1, ...signs, ...(parts.adopted ? [parts.adopted.line] : [])) - 1) : isOtherPaper({ parts }) && parts.title ? range(parts.title.to + 1, Math.min(end + 1, ...signs) - 1) : [];
  if (said.length) return { ...NO_PLACES, title: span(parts.title), articles: said, content: said, tables: parts.tables.flatMap(span), body: range(first, end), head, ending: range(Math.min(end + 1, ...signs), end), opening: span(parts.opening), grounds: parts.grounds.map(({ line }) => line) };
  return {
    head, title: span(parts.title), opening: span(parts.opening), grounds: parts.grounds.map(({ line }) => line), articles: [...articles, ...annexes],
    implementation: span(parts.implementation), effect: span(parts.effect), ending: range(last + 1, before - 1), tables: parts.tables.flatMap(span),
    body: range(first, end), file: [], content: articles.filter((line) => !duties.includes(line)),
  };
}

function everything(text, parts, answers, data) {
  const guess = guessOf(text, parts, data.RESOLUTION_KINDS);
  const lower = text.lines.map((line) => line.text.toLowerCase());
  const outside = new Map();
  const told = { ...guess, ...Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)) };
  const places = placesOf(parts);
  // Of a programme each line is looked at for what may stand in any file.
  if (told.sort === "chuong-trinh") for (const name of Object.keys(places)) places[name] = text.lines.map((_, line) => line);
  return {
    text, parts, guess, lower, answers: told,
    places, TEXTS: data.TEXTS, kinds: data.RESOLUTION_KINDS,
    /** A line, lower-case, with the names of other texts blanked. */
    outside(line) {
      if (!outside.has(line)) outside.set(line, outsideCitations(lower[line]));
      return outside.get(line);
    },
    linesOf(place) {
      return this.places[place];
    },
  };
}

const ready = new Map();
/** The pattern of a record, made ready once for all drafts that are looked at. */
function readyPattern(words) {
  if (!ready.has(words)) ready.set(words, new RegExp(words, "u"));
  return ready.get(words);
}

function byPattern({ pattern, silent, cited, where }, all) {
  const wanted = readyPattern(pattern);
  const not = silent ? readyPattern(silent) : null;
  return all.linesOf(where).flatMap((line) => {
    const words = cited ? all.lower[line] : all.outside(line);
    const found = wanted.exec(words);
    return found && found[0] && !(not && not.test(clauseAt(all.lower[line], found.index, found.index + found[0].length))) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

const concerns = ({ kinds, but, bodies, state }, { kind, body, state: now }) =>
  (!kinds.length || kinds.includes(kind)) && !but.includes(kind) && (!bodies.length || bodies.includes(body)) && (!state || state === now);

function quoteOf({ lines }, { line, from, to }) {
  if (line === undefined) return "";
  const { text } = lines[line];
  const words = text.slice(from || 0, to === undefined ? text.length : to).replace(/\s+/g, " ").trim();
  return words.length > MOST_QUOTE ? `${words.slice(0, MOST_QUOTE - 1)}…` : words;
}

/** A heading of an article says in two words what its first sentence decides: that is marked, where it has the same words. */
function sentenceOf(place, all, byWords) {
  // What is said of an article as a whole stays at its heading.
  if (place.line === undefined || !place.to || (!byWords && !place.from && place.to === all.lower[place.line].length)) return place;
  const article = all.parts.articles.find(({ line }) => line === place.line);
  const words = all.lower[place.line];
  if (!article || article.to === place.line || words.length > 120 || /[.;:,]\s*$/u.test(words) || all.text.lines[place.line + 1].cells) return place;
  const said = words.slice(place.from, place.to).replace(/^[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]*(?:điều\s+\d+)?[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]*/u, "").split(/\s+/u).slice(0, 2).join(" ");
  const at = said.includes(" ") ? all.lower[place.line + 1].indexOf(said) : -1;
  return at >= 0 ? { ...place, line: place.line + 1, from: at, to: all.lower[place.line + 1].length } : place;
}

/** What one sign finds, as it is told. */
function foundBy(id, sign, all) {
  if (!concerns(sign, all.answers)) return [];
  const places = sign.pattern ? byPattern(sign, all) : TESTS[id] ? TESTS[id](all, sign) : [];
  const more = places.length - MOST_PLACES;
  return places.slice(0, MOST_PLACES).map((place) => sentenceOf(place, all, !!sign.pattern)).map((place, at) => ({
    sign: id, level: sign.level, where: sign.place, line: place.line, from: place.from, to: place.to, quote: quoteOf(all.text, place),
    message: sign.message, mend: sign.mend, detail: [place.detail, more > 0 && at === MOST_PLACES - 1 ? `Còn ${more} chỗ như vậy.` : ""].filter(Boolean).join(" "),
  }));
}

/** What is told of the sitting as a whole before its programme begins: “1. Thời gian: …”, “3. Nội dung: …”. */
const BEFORE_ALL = /^(?:\d{1,2}|[ivx]{1,4})[.)]\s*(?:thời gian|địa điểm|nội dung|chủ t(?:ọa|oạ)|thư ký|thành phần|mục đích|yêu cầu|khách mời|đại biểu)/iu;
const SESSION = /^(?:\d{1,2}[.)]\s*|[ivx]{1,4}[.)]\s*)?(?:buổi|phiên|ngày|sáng|chiều|tối)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/iu;
const LEAST_TIMED = 4;

/** Where something else begins below the last clock time: a heading in capitals, or a number behind the closing; -1 for nowhere. */
function endOfTimes(lines) {
  const times = lines.map((line, at) => (isTimed(line) ? at : -1)).filter((at) => at >= 0);
  if (times.length < LEAST_TIMED) return -1;
  const last = times[times.length - 1];
  const isClosed = /bế mạc/iu.test(lines[last].text);
  return lines.findIndex(({ text }, at) => at > last && !SESSION.test(text.trim()) && (isUpper(text) || (isClosed && /^(?:\d{1,2}|[ivx]{1,4})[.)]\s/iu.test(text.trim()))));
}

const LISTED = /^(?:[-–+•*]|[a-zđ\d]{1,2}[.)])\s*(?:dự thảo\s+)?(?:nghị quyết|về\s)/iu;
const NUMBERED = /^(?:[-–+•*]|[a-zđ\d]{1,2}[.)])\s*[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/iu;
const LIST_OF_DRAFTS = /^(?:\d{1,2}[.)]\s*|[ivx]{1,4}[.)]\s*)?(?:(?:các|danh mục|danh sách|những|0?\d{1,2})\s+){0,3}(?:dự thảo\s+)?(?:các\s+)?nghị quyết(?:\s+(?:trình|được|dự kiến|thông qua|xem xét|tại|kỳ họp|hội đồng nhân dân|hđnd|xã|phường|đặc khu|của|biểu quyết|này|gồm|sau|như)){0,12}\s*:?$/iu;
/** The lines of a programme without the head above them and what signs and receives below. */
function ownLines({ lines }, { signature, recipients }) {
  const first = lines.findIndex((line) => !BEFORE_ALL.test(line.text.trim()) && (isTimed(line) || /^(?:buổi|phiên)\s|^\d{1,2}[.)]\s|\(\s*\d{1,2}\s*(?:h|giờ)/iu.test(line.text.trim())));
  const from = Math.max(0, first);
  const below = [signature, recipients].filter((one) => one && one.line > from).map(({ line }) => line);
  const signed = lines.findIndex(({ text }, at) => at > from && /^(?:tm\.|t\/m|nơi nhận|ghi chú|(?:[ivx]+\.\s*|\d\.\s*)?(?:một số lưu ý|lưu ý|danh mục (?:các )?(?:dự thảo )?nghị quyết|phân công chuẩn bị|phân công|công tác chuẩn bị|tổ chức thực hiện))/iu.test(text.trim()));
  if (signed > 0) below.push(signed);
  const ended = endOfTimes(lines);
  if (ended > from) below.push(ended);
  const own = lines.slice(from, Math.min(lines.length, ...below));
  // What is voted on is listed below the vote, without a time of its own: it was brought before.
  const hasTimes = own.filter((line) => isTimed(line)).length >= LEAST_TIMED;
  let isListed = false;
  return own.filter(({ text }) => {
    const words = text.trim();
    // A heading without a time of its own, below lines that have one, begins a list of drafts.
    if (hasTimes && LIST_OF_DRAFTS.test(words) && !isTimed({ text })) {
      isListed = true;
      return false;
    }
    if (/(?:nghị quyết|biểu quyết|thông qua)[^;.]{0,80}:$/iu.test(words)) isListed = true;
    else if (isListed && (hasTimes ? NUMBERED : LISTED).test(words) && !isTimed({ text })) return false;
    else isListed = false;
    return true;
  });
}

function programmeFound({ text, parts, answers }, { SIGNS, DEADLINES }) {
  const { lines: read, halves } = linesIn(ownLines(text, parts).map((line) => line.text).join("\n"), []);
  const kind = answers.sitting;
  const numbered = read.map((line, index) => ({ ...line, index }));
  const at = (words) => text.lines.findIndex((line) => words && line.text.includes(words.slice(0, 60)));
  return signsOf({ lines: numbered }, { kind, matters: {}, halves: timed({ halves, lines: numbered }), estimateWindow: null, untimed: true, duties: DEADLINES || [] }).flatMap(({ id, lines }) => {
    const sign = SIGNS[id];
    // A programme that tells no minutes at all is told so once.
    const own = lines.filter((line) => !line.whole).slice(0, id === "dh-thieu-phut" ? 1 : MOST_PLACES);
    const missing = lines.flatMap((line) => line.missing || []);
    const made = (place) => ({ sign: id, level: sign.level, where: "Chương trình", quote: quoteOf(text, place), ...place, message: sign.message, mend: sign.mend, detail: missing.length ? `Chưa thấy: ${missing.join("; ")}.` : "" });
    return own.length ? own.map((line) => made(at(line.text) < 0 ? {} : { line: at(line.text) })) : [made({})];
  });
}

const inOrder = (found) => [...found].sort((a, b) => (a.line === undefined ? -1 : a.line) - (b.line === undefined ? -1 : b.line) || (a.from || 0) - (b.from || 0));

/**
 * The work in stages, each short, the last one’s value being {read, guess, found}; `answers` are what the reader says of the
 * draft: body, state, kind, year, sitting, today; `data` is {DRAFT_SIGNS, TEXTS, SIGNS, RESOLUTION_KINDS, DEADLINES}: see with-data.js.
 */
export function inStages(text, answers, data) {
  let parts = null;
  let all = null;
  let found = [];
  const signs = Object.entries(data.DRAFT_SIGNS);
  const groups = Array.from({ length: Math.ceil(signs.length / AT_ONCE) }, (_, index) => signs.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
  return [
    () => {
      forgetWords();
      parts = partsOf(text);
    },
    () => {
      all = everything(text, parts, answers, data);
    },
    ...groups.map((group) => () => {
      const isProgramme = all.answers.sort === "chuong-trinh";
      const looked = isProgramme ? group.filter(([, { programmes }]) => programmes) : group;
      found = found.concat(looked.flatMap(([id, sign]) => foundBy(id, sign, all)));
    }),
    () => {
      forgetWords();
      return { read: all.parts, guess: all.guess, found: inOrder(all.answers.sort === "chuong-trinh" ? [...programmeFound(all, data), ...found] : found) };
    },
  ];
}
