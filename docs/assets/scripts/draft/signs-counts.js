// Signs of what is counted: lists and tables whose length is told, villages left, articles of an annex, names of persons written in two ways.
import { withoutMarks } from "../basics/without-marks.js";
import { isNumbering } from "./figures.js";
import { sittingsListed } from "./sums-over-lines.js";
import { decided, span, whole } from "./places.js";

const THINGS = "nghị quyết|văn bản|thôn|tổ dân phố|khu phố|dự án|công trình|chuyên đề|chỉ tiêu|đơn vị|đồng chí|ông, bà|quyết định|nhiệm vụ|kỳ họp|trường|nội dung|nhóm|người|thành viên|tuyến đường|tuyến phố|tuyến|ấp|bản|buôn|làng|hạng mục|di tích|điểm|nhà văn hóa|đề án";
const COUNTS = new RegExp(`(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\\d])(0?\\d{1,2})\\s+(${THINGS})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu");
const LEADS_LIST = /(?:sau đây|sau|như sau|dưới đây|gồm|theo danh sách|có tên)\s*:?\s*$/u;
const LONGEST_LEAD = 90;
const MARKS = [/^\s*\d{1,2}[.)]/u, /^\s*[a-zđ][.)]/u, /^\s*[-–+•*]/u];

/** How many items of one kind stand below a line; those of another kind belong to one of them. */
function itemsBelow(all, line, to) {
  const mark = line + 1 <= to ? MARKS.find((one) => one.test(all.lower[line + 1])) : null;
  return mark ? Array.from({ length: to - line }, (_, next) => line + 1 + next).filter((next) => !all.text.lines[next].cells && mark.test(all.lower[next])).length : 0;
}

/** How many numbered rows a table has that begins within three lines. */
function rowsBelow(all, line) {
  const table = all.parts.tables.find((one) => one.line > line && one.line <= line + 3);
  if (!table) return 0;
  const own = table.rows.slice(Math.max(1, table.head)).filter((cells) => !isNumbering(cells)).map((cells) => cells[0].trim());
  // Rows of one numbering; where it begins anew in each group, they go on counting.
  return own.filter((cell) => /^\d{1,3}\.?$/u.test(cell)).length;
}

/** How many rows a table without numbers has whose first column is of some things: “Ấp | Số hộ”. */
function namedRows(all, line, thing) {
  const table = all.parts.tables.find((one) => one.line > line && one.line <= line + 3);
  if (!table || !new RegExp(`^(?:tên\\s+)?(?:các\\s+)?${thing}$`, "iu").test(table.rows[0][0].trim())) return 0;
  return table.rows.slice(Math.max(1, table.head)).filter((cells) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cells[0]) && !/^\s*(?:tổng|cộng)/iu.test(cells[0])).length;
}

/** “05 nghị quyết sau đây:” above a list or a table of another length. */
function countedLists(all) {
  return all.parts.articles.flatMap(({ line, to }) => span({ line, to }).flatMap((at) => {
    if (all.text.lines[at].cells) return [];
    const words = all.lower[at];
    const found = [...words.matchAll(COUNTS)].filter((one) => words.length - one.index < LONGEST_LEAD);
    const isLead = LEADS_LIST.test(words.slice(-LONGEST_LEAD).replace(/\([^()]{0,80}\)\s*:?\s*$/u, "")) || /:\s*$/u.test(words);
    if (!found.length || !isLead) return [];
    const count = itemsBelow(all, at, to) || rowsBelow(all, at) || namedRows(all, at, found[found.length - 1][2]);
    // Items that begin with the thing’s own name are the list; what stands among them says more of it.
    const own = span({ line: at + 1, to }).filter((next) => !all.text.lines[next].cells && found.some(([, , thing]) => new RegExp(`^\\s*(?:\\d{1,2}[.)]|[a-zđ][.)]|[-–+•*])\\s*${thing}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u").test(all.lower[next]))).length;
    if (own > 1 && found.some(([, number]) => Number(number) === own)) return [];
    // People may be listed by their groups.
    if (found.every(([, , thing]) => /^(?:người|thành viên)$/u.test(thing)) && !/(?:ông|bà|đồng chí)\s/u.test(all.lower[at + 1] || "")) return [];
    // “Sắp xếp 05 thôn thành 02 thôn như sau”: one of the numbers is the list's.
    if (count < 2 || found.some(([, number]) => Number(number) === count)) return [];
    const last = found[found.length - 1];
    // “Giảm của 02 dự án, tăng cho 03 dự án, cụ thể”: both together are the list's.
    if (found.length > 1 && found.reduce((sum, [, number, thing]) => sum + (thing === last[2] ? Number(number) : 0), 0) === count) return [];
    // Behind a bare colon the number must stand near it; people may be listed by groups.
    if (!LEADS_LIST.test(words) && words.length - last.index > 50) return [];
    const from = last.index + last[0].indexOf(last[1]);
    return [{ line: at, from, to: from + last[0].trim().length, detail: `Danh sách có ${count} ${last[2]}.` }];
  }));
}

const PEOPLE = /(?:gồm|có)\s+(0?\d{1,2})\s+(thành viên|đại biểu|người|ông, bà|đồng chí)(?=[^.;]{0,200}:?\s*$)(?:[^.;]{0,200}(?=:))?\s*(?:\([^()]{0,80}\)\s*)?:?\s*$/u;
const ONE_PERSON = /(?:^|[\s.,:;(–-])(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]\/c)\s+\p{Lu}/gu;
/** “gồm 10 thành viên:” above persons who are named, in groups or one by one. */
function countedPeople(all) {
  return all.parts.articles.flatMap(({ line, to }) => span({ line, to }).flatMap((at) => {
    const found = all.text.lines[at].cells ? null : PEOPLE.exec(all.lower[at]);
    if (!found) return [];
    // Up to the next number of people, or the end of the article.
    let end = to;
    for (let below = at + 1; below <= to; below += 1) if (PEOPLE.test(all.lower[below])) { end = below - 1; break; }
    const count = span({ line: at + 1, to: end }).reduce((sum, below) => sum + (all.text.lines[below].text.match(ONE_PERSON) || []).length, 0);
    // Somebody may be listed by post alone: “7. Đại diện Ủy ban Mặt trận Tổ quốc Việt Nam xã, thành viên”.
    const listed = itemsBelow(all, at, end) === Number(found[1]) && span({ line: at + 1, to: end }).some((below) => /^\s*\d{1,2}[.)]\s*(?:đại diện|mời|trưởng|chủ tịch|lãnh đạo)/u.test(all.lower[below]));
    return count > 1 && count !== Number(found[1]) && !listed ? [{ line: at, from: found.index, to: found.index + found[0].length, detail: `Bên dưới nêu tên ${count} người.` }] : [];
  }));
}

const PLACES = "thôn|bản|ấp|xóm|khu phố|tổ dân phố";
/** “ở 05 thôn, gồm các thôn: A, B, C”: names in the sentence itself. */
const NAMED_HERE = new RegExp(`(0?\\d{1,2})\\s+(${PLACES}|làng|buôn|tuyến đường|tuyến|trường|chợ|điểm trường|di tích|đơn vị|xã|phường)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:[^.;:\\d]{0,60}?(?:gồm|là)(?:\\s+các)?(?:\\s+\\2)?\\s*:|[^.;:,\\d()]{0,40}(?::|,?\\s+(?:gồm|là)(?=\\s)|\\s*\\((?:gồm\\s*:?\\s*)?))\\s*([^.;:\\d()]{5,300})(?=[.;)]|$)`, "gu");
/** Whether all of some words are written as names where they stand. */
const areProper = (all, line, found, names) => {
  const { text } = all.text.lines[line];
  const from = found.index + found[0].lastIndexOf(found[3]);
  const own = text.slice(from, from + found[3].length);
  return names.every((one) => new RegExp(`(?:^|[\\s,])(?:(?:các\\s+)?(?:${PLACES}|làng|buôn|tuyến|đường|trường|chợ|và|tổ)\\s+)?\\p{Lu}`, "u").test(own.slice(own.toLowerCase().indexOf(one.trim()), own.toLowerCase().indexOf(one.trim()) + one.trim().length)));
};
function namesHere(all) {
  return decided(all).flatMap((line) => [...all.lower[line].matchAll(NAMED_HERE)].flatMap((found) => {
    const names = found[3].split(/,|\svà\s/u).filter((one) => one.trim());
    return names.length > 1 && names.every((one) => one.trim().split(/\s+/u).length < 6) && areProper(all, line, found, names) && names.length !== Number(found[1]) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Câu nêu tên ${names.length} ${found[2]}.` }] : [];
  }));
}

/** “bố trí cho 05 dự án” above the table of the same article that lists them. */
const FOR_SOME = /(?:bố trí|phân bổ|giao)\s[^.;]{0,40}?(0?\d{1,2})\s+(dự án|công trình)\s*[.;:]?\s*$/u;
function projectsOfTable(all) {
  return all.parts.articles.flatMap(({ line, to }) => {
    const table = all.parts.tables.find((one) => one.line > line && one.line <= to);
    if (!table || !table.rows.slice(0, Math.max(1, table.head)).some((cells) => cells.some((cell) => /dự án|công trình/iu.test(cell)))) return [];
    return span({ line, to: table.line - 1 }).flatMap((at) => {
      const found = all.text.lines[at].cells ? null : FOR_SOME.exec(all.lower[at]);
      const count = found ? rowsBelow(all, table.line - 1) : 0;
      return count > 1 && count !== Number(found[1]) ? [{ line: at, from: found.index, to: found.index + found[0].length, detail: `Bảng có ${count} dòng.` }] : [];
    });
  });
}

const IN_TITLE = /(?:^|\s)(0?\d{1,2})\s+(tuyến đường|tuyến phố|đường|thôn|bản|ấp|tổ dân phố|khu phố|dự án|công trình|nghị quyết|văn bản)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
/** What the title counts, and the rows of the table that Article 1 has for them. */
function titleAndTable(all) {
  const { title, articles, tables } = all.parts;
  const found = title ? IN_TITLE.exec(title.value.toLowerCase()) : null;
  const table = found && articles.length ? tables.find(({ line }) => line > articles[0].line && line <= articles[0].to) : null;
  if (!table || !/danh mục|danh sách|như sau|đặt tên|đổi tên|bãi bỏ|phê duyệt|thông qua/u.test(all.lower[articles[0].line])) return [];
  const count = rowsBelow(all, table.line - 1);
  return count > 1 && count !== Number(found[1]) && !/(?:\d\s+(?:thôn|tổ|bản|ấp|khu)[^,;]*){2}/u.test(title.value.toLowerCase()) ? [{ ...whole(all, title.line), detail: `Bảng ở Điều 1 có ${count} dòng.` }] : [];
}

/** “Tổng số (06 dự án)” in the row of totals. */
const IN_TOTAL = /^\s*(?:tổng|cộng)[^\d]{0,30}(0?\d{1,3})\s+(dự án|công trình|thôn|ấp|bản|tổ dân phố|khu phố|tuyến|trường|đơn vị|hộ|chợ|di tích|nhà văn hóa|hạng mục|danh mục|nhiệm vụ)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/iu;
const totalsThatCount = (all) => all.parts.tables.flatMap((table) => table.rows.flatMap((cells, at) => {
  const found = at < table.rows.length - 2 ? null : IN_TOTAL.exec(cells.filter((cell) => cell.trim()).slice(0, 3).join(" "));
  if (!found) return [];
  const [, number, thing] = found;
  const count = rowsBelow(all, table.line - 1);
  return count > 1 && count !== Number(number) ? [{ ...whole(all, table.line + at), detail: `Bảng có ${count} dòng ${thing.toLowerCase()}.` }] : [];
}));

const LEFT = /sau (?:khi )?sắp xếp[^.;]{0,60}?\s(?:có|còn)\s+(0?\d{1,2})\s+(thôn|tổ dân phố|khu phố)/u;
/** What is left after villages were joined, where the list names those that stay, too. */
function villagesLeft(all) {
  const lines = decided(all);
  const made = lines.filter((line) => /^\s*(?:\d{1,2}|[a-zđ])[.)]/u.test(all.lower[line]) && /\sthành\s(?:lập\s)?|giữ nguyên/u.test(all.lower[line]));
  if (!made.some((line) => /giữ nguyên/u.test(all.lower[line])) || made.some((line) => /(?:giữ nguyên|thành)\s+0?\d/u.test(all.lower[line]))) return [];
  return lines.flatMap((line) => {
    const found = LEFT.exec(all.lower[line]);
    return found && made.length > 1 && Number(found[1]) !== made.length ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Danh sách nêu ${made.length} ${found[2]}.` }] : [];
  });
}

const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
const CHAPTERS = /(?:gồm|có)\s+(?:(\d{1,2})\s+chương\s*(?:,|và)\s*)?(\d{1,3})\s+điều(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
/** “gồm 3 chương, 16 điều” of rules that stand below. */
function chaptersOfAnnex(all) {
  const { articles, annexes } = all.parts;
  if (!articles.length) return [];
  const from = annexes.length ? annexes[0].line : articles[articles.length - 1].to + 1;
  const below = all.lower.slice(from);
  const count = below.filter((words) => /^\s*điều\s+\d{1,3}\s*[.:]/u.test(words)).length;
  const chapters = below.filter((words) => /^\s*chương\s+[ivx\d]{1,5}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u.test(words)).length;
  return articles.flatMap(span).flatMap((line) => {
    const found = count > 1 ? CHAPTERS.exec(all.lower[line]) : null;
    const isOther = found && (Number(found[2]) !== count || (found[1] && chapters > 0 && Number(found[1]) !== chapters));
    return isOther ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Bên dưới có ${chapters ? `${chapters} chương, ` : ""}${count} điều.` }] : [];
  });
}

/** “Điều 15 Quy chế này” where the rules below have fewer articles. */
function beyondAnnex(all) {
  const { articles } = all.parts;
  const from = articles.length ? articles[articles.length - 1].to + 1 : all.lower.length;
  const numbers = all.lower.slice(from).map((words) => /^\s*điều\s+(\d{1,3})\s*[.:]/u.exec(words)).filter(Boolean).map(([, number]) => Number(number));
  if (numbers.length < 2) return [];
  const most = Math.max(...numbers);
  const chapters = all.lower.slice(from).map((words) => /^\s*chương\s+([ivx]{1,5})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u.exec(words)).filter(Boolean).map(([, number]) => ROMAN.indexOf(number) + 1);
  const last = Math.max(0, ...chapters);
  const missing = !last ? [] : all.lower.flatMap((words, line) => [...words.matchAll(/chương\s+([ivx]{1,5})\s+(?:của\s+)?(?:quy chế|quy định|nội quy)(?:\s+này)?(?=[\s.;,]|$)/gu)].filter(([, number]) => ROMAN.indexOf(number) + 1 > last)
    .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Quy chế, quy định kèm theo có ${last} chương.` })));
  return missing.concat(all.lower.flatMap((words, line) => [...words.matchAll(/điều\s+(\d{1,3})\s+(?:của\s+)?(?:quy chế|quy định|nội quy)\s+này/gu)].filter(([, number]) => line >= from && Number(number) > most)
    .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Quy chế, quy định kèm theo có ${most} điều.` }))));
}

const PERSON = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(ông|bà|đồng chí)\s+((?:\p{Lu}\p{Ll}+\s+){1,4}\p{Lu}\p{Ll}+)/giu;
const NAME = /^(?:\p{Lu}\p{Ll}*\s+){1,4}\p{Lu}\p{Ll}*/u;
/** More names than a draft has. */
const MOST_NAMES = 200;
/** So many letters of a name were mistyped. */
function isNearly(one, other) {
  const [a, b] = [one.split(" "), other.split(" ")];
  if (a.length !== b.length || a.length < 3) return false;
  const differing = a.map((word, at) => [word, b[at]]).filter(([word, too]) => word !== too);
  if (differing.length !== 1) return false;
  const [[word, too]] = differing;
  if (withoutMarks(word) === withoutMarks(too)) return true;
  if (word.length !== too.length) return false;
  return [...word].filter((letter, at) => letter !== too[at]).length === 1;
}

/** A person who is charged or elected in one place and is called almost, but not quite, the same in another. */
function namesInTwoWays(all) {
  const names = [];
  all.text.lines.forEach(({ text }, line) => {
    if (line < all.parts.range.line || line > all.parts.range.to) return;
    for (const found of text.matchAll(PERSON)) {
      const own = NAME.exec(found[2]);
      if (own) names.push({ name: own[0].trim(), line, from: found.index + found[0].indexOf(found[2]) });
    }
  });
  // Each name once, where it is first written; two persons of a list may have such names: each is named again.
  const first = names.filter(({ name }, at) => names.findIndex((one) => one.name === name) === at).slice(0, MOST_NAMES);
  return first.flatMap((one, at) => {
    const before = first.slice(0, at).find(({ name }) => isNearly(name, one.name));
    return before && before.line !== one.line ? [{ line: one.line, from: one.from, to: one.from + one.name.length, detail: `Chỗ khác ghi “${before.name}”.` }] : [];
  });
}

const NEW_NAME = /\sthành\s(?:lập\s)?((?:thôn|tổ dân phố|khu phố)\s[^.;,(]{1,40}?)(?=\s*(?:[.;,(]|$))/iu;
/** Two villages that get one name. */
function namedAlike(all) {
  const names = decided(all).map((line) => [line, NEW_NAME.exec(all.text.lines[line].text)]).filter(([, found]) => found).map(([line, found]) => ({ line, name: found[1].toLowerCase(), from: found.index + found[0].indexOf(found[1]), to: found.index + found[0].length }));
  return names.filter(({ name }, at) => names.slice(0, at).some((one) => one.name === name) && !/^(?:thôn|tổ dân phố|khu phố) (?:mới|cũ)/u.test(name));
}

const ALLOTTED = /(\d{1,4})\s+(?:biên chế|chỉ tiêu|người)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.\d]{0,60}?(?:tỉnh|cấp trên|cấp có thẩm quyền)\s+giao(?:\s+là)?\s*:?\s*(\d{1,4})(?!\d)/u;
function beyondAllotted(all) {
  return decided(all).flatMap((line) => {
    const found = ALLOTTED.exec(all.lower[line]);
    return found && Number(found[1]) > Number(found[2]) ? [{ line, from: found.index, to: found.index + found[0].length }] : [];
  });
}

export const TESTS = {
  "sl-ten-thon-trung": namedAlike,
  "sl-vuot-chi-tieu": beyondAllotted,
  "sl-dem-danh-sach": (all) => { const people = countedPeople(all); return [...people, ...sittingsListed(all), ...countedLists(all).filter(({ line }) => !people.some((one) => one.line === line)), ...namesHere(all), ...titleAndTable(all), ...totalsThatCount(all), ...projectsOfTable(all).filter(({ line }) => !people.some((one) => one.line === line))]; },
  "sl-so-thon-con-lai": villagesLeft,
  "sl-dem-chuong-dieu": chaptersOfAnnex,
  "sl-dan-chieu-quy-che": beyondAnnex,
  "sl-ten-nguoi-hai-cach": namesInTwoWays,
};
