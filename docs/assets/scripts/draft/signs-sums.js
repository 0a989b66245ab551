// Signs of sums told in words: a total and its parts in one sentence or in the points below it, lists that are counted, shares.
import { amountsIn, numberOf, numberText } from "./figures.js";
import { span } from "./places.js";

const COUNTED = /(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+(hộ|người|đại biểu|phiếu|ý kiến|hồ sơ|thôn|tổ dân phố|dự án|công trình|trường hợp|học sinh|ha|biên chế)(?![\p{L}])/gu;
const WHOLE = /(?:^|[^\p{L}])(?:gồm|bao gồm|cụ thể|chia ra)(?![\p{L}])|:\s/u;
const PART = /trong đó/u;
const AMONG = /(?:^|[^\p{L}])(?:trên|\/|trong số|so với|bình quân|mỗi|từ|còn|giảm|tăng|tại|ngày)\s*$/u;

/** Numbers of one kind in a sentence: amounts of money, or counts of one noun: [{value, from, to}]. */
function kindsIn(sentence) {
  const money = amountsIn(sentence).filter(({ rate }) => !rate).map(({ value, from, to }) => ({ unit: "đồng", value, from, to }));
  const counts = [...sentence.matchAll(COUNTED)].map((found) => ({ unit: found[2], value: numberOf(found[1]), from: found.index, to: found.index + found[0].length }));
  const all = [...money, ...counts].sort((a, b) => a.from - b.from);
  return ["đồng", ...new Set(counts.map(({ unit }) => unit))].map((unit) => all.filter((one) => one.unit === unit)).filter((some) => some.length > 2);
}

/** A total that its parts in the same sentence do not make; “trong đó” may leave parts out, but never goes beyond. */
function inSentence(lower, line) {
  let begin = 0;
  const found = [];
  for (const sentence of lower.split(/(?:\.|;)\s(?=\D)/u)) {
    for (const [total, ...parts] of kindsIn(sentence)) {
      const between = sentence.slice(total.to, parts[0].from);
      const among = PART.test(between);
      if ((!among && !WHOLE.test(between)) || between.length > 90 || AMONG.test(sentence.slice(0, total.from))) continue;
      const own = parts.filter((one, at) => !PART.test(sentence.slice(at ? parts[at - 1].to : total.to + between.length, one.from)));
      const counted = (own.length > 1 ? own : parts).reduce((sum, { value }) => sum + value, 0);
      const wrong = among ? counted > total.value * 1.0005 : Math.abs(counted - total.value) > 0.0005 * total.value;
      if (wrong && (own.length > 1 || !among)) found.push({ line, from: begin + total.from, to: begin + total.to, detail: `Ghi ${numberText(total.value)}, cộng các phần được ${numberText(counted)}.` });
    }
    begin += sentence.length + 2;
  }
  return found;
}

const CLAUSE = /^\s*(?:\d{1,2}[.)]|điều\s)/u;
const POINT = /^\s*(?:[a-zđ][.)]|[-–+•*])\s*/u;

/** A total in a clause that the points below it do not make. */
function inPoints(all, line, end) {
  const total = amountsIn(all.text.lines[line].text).filter(({ rate }) => !rate);
  if (total.length !== 1 || !/tổng/u.test(all.lower[line])) return [];
  const parts = [];
  for (let at = line + 1; at <= end; at += 1) {
    if (CLAUSE.test(all.lower[at]) || all.text.lines[at].cells) break;
    if (!POINT.test(all.lower[at])) continue;
    if (PART.test(all.lower[at])) return [];
    const own = amountsIn(all.text.lines[at].text).filter(({ rate }) => !rate);
    if (!own.length) return [];
    parts.push(own[0].value);
  }
  const counted = parts.reduce((sum, value) => sum + value, 0);
  const among = PART.test(all.lower[line]);
  const wrong = parts.length > 1 && (among ? counted > total[0].value * 1.0005 : Math.abs(counted - total[0].value) > 0.0005 * total[0].value);
  return wrong ? [{ line, from: total[0].from, to: total[0].to, detail: `Ghi ${numberText(total[0].value)} đồng, cộng các ý bên dưới được ${numberText(counted)} đồng.` }] : [];
}

function sumsInWords(all) {
  return all.parts.articles.flatMap(({ line, to }) => span({ line, to }).flatMap((at) => {
    if (all.text.lines[at].cells) return [];
    const own = inSentence(all.outside(at), at);
    return own.length ? own : inPoints(all, at, to);
  }));
}

const LISTED = /(?:^|[^\p{L}\d])(0?\d{1,2})\s+(nghị quyết|văn bản|thôn|tổ dân phố|dự án|công trình|chuyên đề|chỉ tiêu|đơn vị|đồng chí|ông, bà|quyết định|nhiệm vụ)\s+(?:sau đây|sau|như sau|dưới đây|gồm)/u;
/** “05 nghị quyết sau đây:” above a list of another length. */
function countedLists(all) {
  return all.parts.articles.flatMap(({ line, to }) => span({ line, to }).flatMap((at) => {
    const found = LISTED.exec(all.lower[at]);
    if (!found || all.text.lines[at].cells) return [];
    const mark = at + 1 <= to ? /^\s*(\d{1,2}[.)]|[a-zđ][.)]|[-–+•*])/u.exec(all.lower[at + 1]) : null;
    if (!mark) return [];
    const kind = /^\d/u.test(mark[1]) ? /^\s*\d{1,2}[.)]/u : /^[a-zđ]/u.test(mark[1]) ? /^\s*[a-zđ][.)]/u : /^\s*[-–+•*]/u;
    const count = Array.from({ length: to - at }, (_, next) => at + 1 + next).filter((next) => kind.test(all.lower[next])).length;
    return count > 1 && count !== Number(found[1]) ? [{ line: at, from: found.index, to: found.index + found[0].length, detail: `Danh sách có ${count} ${found[2]}.` }] : [];
  }));
}

const CHANGE = /(giảm|tăng)\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})(?=\s)[^.;()]{0,60}\(?\s*từ\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})[^.;]{0,60}?(?:xuống|còn|lên|đến|thành)\s+(?:còn\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})(?!\d)|từ\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})\s[^.;]{0,60}?(?:xuống|còn|lên)\s+(?:còn\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})(?=\s)[^.;]{0,50}?(giảm|tăng)\s+(\d{1,3}(?:\.\d{3})+|\d{1,5})(?!\d)(?!\s*%)(?!,\d)/gu;
function changes(all) {
  return all.lower.flatMap((words, line) => [...words.matchAll(CHANGE)].filter((found) => {
    const [by, from, to] = (found[2] ? [found[2], found[3], found[4]] : [found[8], found[5], found[6]]).map(numberOf);
    return [by, from, to].every((one) => one !== null) && Math.abs(from - to) !== by;
  }).map((found) => ({ line, from: found.index, to: found.index + found[0].length })));
}

/** Shares of one whole that make more than a hundred. */
function moreThanAll(all) {
  return all.lower.flatMap((words, line) => words.split(/[.;]\s/u).flatMap((sentence) => {
    if (!/cơ cấu|tỷ trọng|tỉ trọng/u.test(sentence)) return [];
    const shares = [...sentence.matchAll(/(\d{1,2}(?:,\d{1,2})?)\s*%/gu)].map(([, share]) => Number(share.replace(",", ".")));
    const sum = shares.reduce((all_, one) => all_ + one, 0);
    const at = words.indexOf(sentence);
    return shares.length > 2 && shares.length < 6 && Math.abs(sum - 100) > 0.5 && Math.abs(sum - 100) < 15 ? [{ line, from: at, to: at + sentence.length, detail: `Cộng được ${numberText(sum)}%.` }] : [];
  }));
}

/** Thu – chi = kết dư. */
function surplus(all) {
  const lines = all.parts.articles.flatMap(span).filter((at) => !all.text.lines[at].cells);
  const first = (pattern) => {
    for (const at of lines) {
      const found = pattern.test(all.lower[at]) ? amountsIn(all.text.lines[at].text)[0] : null;
      if (found) return { at, ...found };
    }
    return null;
  };
  // What is carried over stands between the two.
  if (lines.some((at) => /chuyển nguồn/u.test(all.lower[at]))) return [];
  const [income, spent, left] = [first(/tổng thu ngân sách (?:xã|phường|địa phương)/u), first(/tổng chi ngân sách/u), first(/kết dư/u)];
  return income && spent && left && Math.abs(income.value - spent.value - left.value) > 0.0005 * income.value
    ? [{ line: left.at, from: left.from, to: left.to, detail: `Thu trừ chi được ${numberText(income.value - spent.value)} đồng.` }] : [];
}

export const TESTS = {
  "sl-cong-trong-cau": sumsInWords,
  "sl-dem-danh-sach": countedLists,
  "sl-tang-giam-lech": changes,
  "sl-co-cau-qua-100": moreThanAll,
  "sl-ket-du-lech": surplus,
};
