// The articles of a draft with their clauses and points, and which of them charge somebody and tell the effect.
import { pieces, wordsOf } from "./words.js";

const ARTICLE = /^(điều\s+(\d{1,3})\s?[a-z]?)\s*([.:)/–-]?)\s*(.*)$/iu;
/** What follows the number where a sentence only speaks of an article: “Điều 5 của Luật …”, “Điều 13; khoản 2 …”. */
const SPOKEN_OF = /^(?:[;,]|(?:và|của|luật|bộ luật|nghị|thông tư|pháp lệnh|quy chế|quy định|quyết định|hiến pháp|được|này|nêu|trên|tại|khoản|điểm|điều|chương|đến|là|theo|kèm|ban hành)(?:\s|$))/iu;
const CLAUSE = /^(\d{1,2}(?:\.\d{1,2}){0,4})\s*(?:[.)](?!\d)|\/(?!\d))\s*(?=\S)|^(\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
const POINT = /^([a-zđ])\s?[).](?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]\.)\s*(?=\S)/u;
const BULLET = /^[-–+•*]\s*(?=\S)/u;
const OPENS_QUOTE = /^[“"‘']/u;
const CLOSES_QUOTE = /[”"’'][\s;.,]*$/u;
const MOST_QUOTED = 80;

/** {label, number, rest} of a line that begins an article; null where it begins none. */
function articleAt({ text, cells }) {
  const own = cells ? pieces({ text, cells }) : [text.trim()];
  if (own.length !== 1) return null;
  const found = ARTICLE.exec(own[0].slice(0, 2000));
  if (!found) return null;
  const [, label, number, mark, rest] = found;
  if (!mark && (SPOKEN_OF.test(rest) || /^\p{Ll}/u.test(rest))) return null;
  if (mark && mark !== "." && mark !== ":" && SPOKEN_OF.test(rest)) return null;
  return { label: label.replace(/\s+/g, " "), number: Number(number), rest: own[0].slice(found[0].length - rest.length).trim() };
}

/** Whether a line begins an article of this text: in a quotation (“Điều 3 được sửa thành: “Điều 3. …”) it begins none. */
export const beginsArticle = (line) => !!articleAt(line);

/** Lines within a quotation that began at the start of an earlier line, as where a text is amended: line → {end, isArticle}. */
function quoted(lines, from, to) {
  const found = new Map();
  for (let line = from; line < to; line += 1) {
    const text = lines[line].text.trim();
    if (!OPENS_QUOTE.test(text)) continue;
    let end = line;
    while (end < Math.min(to - 1, line + MOST_QUOTED) && !CLOSES_QUOTE.test(lines[end].text.trim())) end += 1;
    if (!CLOSES_QUOTE.test(lines[end].text.trim())) continue;
    const own = { end, isArticle: /^.\s*điều\s/iu.test(text) };
    for (let inside = line; inside <= end; inside += 1) found.set(inside, own);
    line = end;
  }
  return found;
}

function clausesOf(lines, from, to, rest, within) {
  const clauses = [];
  for (let line = from; line <= to; line += 1) {
    if (!lines[line].cells && !within.has(line)) {
      const text = line === from ? rest : lines[line].text.trim();
      const clause = CLAUSE.exec(text);
      const point = clause ? null : POINT.exec(text);
      if (clause) clauses.push({ number: clause[1] || clause[2], line, to: line, text, points: [] });
      else if (point && clauses.length) clauses[clauses.length - 1].points.push({ letter: point[1], line, to: line, text });
    }
    const last = clauses[clauses.length - 1];
    if (last) {
      last.to = line;
      if (last.points.length) last.points[last.points.length - 1].to = line;
    }
  }
  return clauses;
}

/** The points or dashes that stand right below an article without clauses. */
const looseOf = (lines, from, to, within) => {
  let count = 0;
  for (let line = from + 1; line <= to; line += 1) if (!lines[line].cells && !within.has(line) && (POINT.test(lines[line].text.trim()) || BULLET.test(lines[line].text.trim()))) count += 1;
  return count;
};

/**
 * The articles between two lines: {articles: [{number, label, title, line, to, text, clauses, loose}], end}; `end` is where a
 * text issued with this one begins its own Article 1, or the end itself. `loose`: how many points stand without a clause.
 */
export function articlesOf(lines, from, end) {
  const within = quoted(lines, from, end);
  const starts = [];
  let stop = end;
  for (let line = from; line < end; line += 1) {
    const found = articleAt(lines[line]);
    if (!found) continue;
    const last = starts[starts.length - 1];
    const quote = within.get(line);
    if (quote) {
      // A quotation that holds the next article of this text was never closed where it should be.
      if (quote.isArticle || !last || found.number !== last.number + 1) continue;
      for (let inside = line; inside <= quote.end; inside += 1) within.delete(inside);
    }
    // A line that is no more than “Điều 13.” is the end of a broken sentence where it is far out of turn.
    if (last && !found.rest && found.number > last.number + 3) continue;
    // Article 1 after others begins the rules that are issued with the resolution.
    if (found.number === 1 && starts.length > 1) {
      stop = line;
      break;
    }
    starts.push({ ...found, line });
  }
  const articles = starts.map(({ line, label, number, rest }, index) => {
    let to = (index + 1 < starts.length ? starts[index + 1].line : stop) - 1;
    while (to > line && !lines[to].text.trim()) to -= 1;
    return { number, label, title: rest, line, to, text: wordsOf(lines, line, to), clauses: clausesOf(lines, line, to, rest, within), loose: looseOf(lines, line, to, within) };
  });
  return { articles, end: stop };
}

const BODY = "(?:(?:ủy|uỷ) ban nhân dân|ubnd|thường trực|các ban|chủ tịch|hội đồng nhân dân|hđnd|văn phòng|trưởng|đại biểu|các (?:ông|bà|cơ quan|đơn vị)|phòng|cơ quan|sở|công an|ban\\s)";
const NAMED = /^(?:tổ chức|triển khai|điều khoản|trách nhiệm)\s+(?:và\s+)?(?:tổ chức\s+|triển khai\s+)?(?:thực hiện|thi hành)/iu;
/** How surely some words charge somebody: 3 by the article's name, 2 who carries out, 1 who watches. */
const CHARGES = [
  [2, /(?:tổ chức|triển khai)[^.;]{0,40}?\s(?:thực hiện|thi hành)|chịu trách nhiệm[^.;]{0,60}?(?:thi hành|thực hiện)|căn cứ nghị quyết(?: này)?[^.;]{0,40}?(?:thi hành|thực hiện)/iu],
  [2, new RegExp(`(?:^|[\\s.:])giao(?:\\s+cho)?\\s*(?::|\\s${BODY})|${BODY}[^.;]{0,200}?\\s(?:có trách nhiệm|chịu trách nhiệm)(?:\\s|$)`, "iu")],
  [1, /giám sát (?:quá trình |việc )?(?:tổ chức |triển khai )?(?:thực hiện|thi hành)/iu],
];
/** Words that tell since when this text holds; “hết hiệu lực”, “còn hiệu lực” speak of others. */
const EFFECT = /(?:^|[^a-zà-ỹ])(?:có hiệu lực|hiệu lực)(?:\s+thi hành)?\s*(?:,\s*)?(?:kể\s+)?(?:từ|sau|ngay|vào|đến hết)(?:\s|$)|(?:nghị quyết|quyết định)(?: này)?\s[^.;]{0,160}?(?:^|\s)có hiệu lực/u;
const OTHERS = /(?:hết|còn|đang có|trước (?:ngày|khi)[^.;]{0,60}?có|chưa có|sẽ có)\s+hiệu lực|trước (?:ngày|khi)\s[^.;]{0,60}?hiệu lực/giu;
const EFFECT_NAMED = /^(?:hiệu lực|điều khoản thi hành|điều khoản hiệu lực)/iu;

const tellsEffect = (text) => EFFECT.test(text.slice(0, 4000).toLowerCase().replace(OTHERS, " "));
const charge = (text) => Math.max(0, ...CHARGES.filter(([, pattern]) => pattern.test(text.slice(0, 4000))).map(([height]) => height));

/** How an article's words begin behind its label, though they may be broken between lines. */
const nameOf = ({ label, text }) => text.trim().slice(label.length, label.length + 120).replace(/\s+/g, " ").replace(/^[\s.:)/–-]+/u, "");

/** The clause of an article that some words stand in, where it has several; the article itself elsewhere. */
function narrowed(lines, article, tells) {
  const clause = article.clauses.length > 1 ? article.clauses.find(({ line, to }) => tells(wordsOf(lines, line, to))) : null;
  const { line, to } = clause || article;
  return { line, to, article: article.number, text: wordsOf(lines, line, to) };
}

/**
 * {implementation, effect}: the articles, or the lines behind them, that charge somebody and tell the effect; null where none
 * does. Articles that charge one after the other are one place; `articles` names them.
 */
export function dutiesOf(lines, articles, from, end, adopted) {
  const only = articles.length === 1;
  const charging = articles.map((article) => {
    const { text, number } = article;
    const name = nameOf(article);
    if (number === 1 && !only) return 0;
    if (NAMED.test(name) && !EFFECT_NAMED.test(name)) return 3;
    // An article that tells the effect, and no more, charges nobody.
    return EFFECT_NAMED.test(name) && !/tổ chức thực hiện/iu.test(name) ? Math.min(1, charge(text)) : charge(text);
  });
  const best = Math.max(0, ...charging);
  let implementation = null;
  if (best) {
    // In a text of several duties the last ones are those that carry it out.
    let first = charging.lastIndexOf(best);
    while (best < 3 && first > 0 && charging[first - 1] >= 2) first -= 1;
    let last = first;
    while (last + 1 < articles.length && charging[last + 1] > 0) last += 1;
    const named = articles.slice(first, last + 1);
    const { line } = named[0];
    const { to } = named[named.length - 1];
    implementation = only ? { ...narrowed(lines, named[0], (text) => charge(text) > 0), articles: [named[0].number] } : { line, to, article: named[0].number, text: wordsOf(lines, line, to), articles: named.map(({ number }) => number) };
  }
  const loose = (tells) => {
    for (let line = from; line < end; line += 1) if (lines[line].text.length < 4000 && tells(lines[line].text)) return { line, to: line, article: null, text: lines[line].text };
    return null;
  };
  const behind = articles.length ? null : loose((text) => charge(text) > 1);
  const holding = [...articles].reverse();
  const effective = holding.find((article) => EFFECT_NAMED.test(nameOf(article)) && tellsEffect(article.text)) || holding.find(({ text, number }) => (number > 1 || only) && tellsEffect(text));
  const adoption = adopted && tellsEffect(adopted.text) ? { line: adopted.line, to: adopted.to, article: null, text: adopted.text } : null;
  const effect = effective && !(adoption && !EFFECT_NAMED.test(nameOf(effective)) && !/nghị quyết này|quyết định này/iu.test(effective.text)) ? narrowed(lines, effective, tellsEffect) : adoption || (articles.length ? null : loose(tellsEffect));
  return { implementation: implementation || behind, effect };
}
