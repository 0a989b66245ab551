// The articles of a draft with their clauses and points, and which of them charge somebody and tell the effect.

const ARTICLE = /^(điều\s+(\d{1,3})\s*[a-z]?)\s*[.:)]?\s*(.*)$/iu;
const CLAUSE = /^(\d{1,2}(?:\.\d{1,2})*)\s*[.)/]\s*(?=\S)/u;
const POINT = /^([a-zđ])\s*[).]\s*(?=\S)/iu;
const IMPLEMENTS = /(?:tổ chức|triển khai) (?:thực hiện|thi hành)|chịu trách nhiệm (?:thi hành|thực hiện)|giám sát việc (?:thực hiện|thi hành)/iu;
const EFFECT = /(?:có hiệu lực|hiệu lực thi hành|hiệu lực kể từ)/iu;

/** Whether a line begins an article of this text: in a quotation (“Điều 3 được sửa thành: “Điều 3. …”) it begins none. */
export const beginsArticle = ({ text, cells }) => !cells && ARTICLE.test(text.trim());

function clausesOf(lines, from, to) {
  const clauses = [];
  for (let line = from; line <= to; line += 1) {
    if (lines[line].cells) continue;
    let text = lines[line].text.trim();
    if (line === from) text = text.replace(ARTICLE, "$3");
    const clause = CLAUSE.exec(text);
    const point = POINT.exec(text);
    if (clause) clauses.push({ number: clause[1], line, to: line, text, points: [] });
    else if (point && clauses.length) clauses[clauses.length - 1].points.push({ letter: point[1].toLowerCase(), line, to: line, text });
    const last = clauses[clauses.length - 1];
    if (last) {
      last.to = line;
      if (last.points.length) last.points[last.points.length - 1].to = line;
    }
  }
  return clauses;
}

/** The articles between two lines: [{number, label, title, line, to, text, clauses}]. */
export function articlesOf(lines, from, end) {
  const starts = [];
  for (let line = from; line < end; line += 1) if (beginsArticle(lines[line])) starts.push(line);
  return starts.map((line, index) => {
    let to = (starts[index + 1] ?? end) - 1;
    while (to > line && !lines[to].text.trim()) to -= 1;
    const [, label, number, rest] = ARTICLE.exec(lines[line].text.trim());
    return {
      number: Number(number), label: label.replace(/\s+/g, " "), title: rest.trim(), line, to,
      text: lines.slice(line, to + 1).map((one) => one.text).join("\n"), clauses: clausesOf(lines, line, to),
    };
  });
}

const first = (articles, pattern, from = 0) => articles.slice(from).find(({ text }) => pattern.test(text));

/** {implementation, effect}: the articles, or the lines behind them, that charge somebody and tell the effect; null where none does. */
export function dutiesOf(lines, articles, from, end) {
  const within = (pattern) => {
    const last = [...articles].reverse().find(({ text, number }) => pattern.test(text) && (number > 1 || articles.length === 1));
    const found = last || first(articles, pattern);
    if (!found) return null;
    const clause = found.clauses.find(({ line, to }) => pattern.test(lines.slice(line, to + 1).map((one) => one.text).join(" ")));
    const place = clause && found.clauses.length > 1 ? clause : found;
    return { line: place.line, to: place.to, article: found.number, text: lines.slice(place.line, place.to + 1).map((one) => one.text).join("\n") };
  };
  const loose = (pattern) => {
    for (let line = from; line < end; line += 1) {
      if (pattern.test(lines[line].text) && !/đã được .{0,80}thông qua/iu.test(lines[line].text)) return { line, to: line, article: null, text: lines[line].text };
    }
    return null;
  };
  const named = articles.find(({ title }) => IMPLEMENTS.test(title.slice(0, 60)));
  const implementation = named ? { line: named.line, to: named.to, article: named.number, text: named.text } : within(IMPLEMENTS) || loose(IMPLEMENTS);
  return { implementation, effect: within(EFFECT) || loose(EFFECT) };
}
