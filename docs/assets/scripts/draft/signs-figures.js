// Signs of figures: sums that do not come out, one figure told in two ways, tables without a unit, more spent than there is.
import { FACTOR, amountsIn, isNumbering, numberOf, numberText, sumFaults } from "./figures.js";
import { measuredTotals, ratesOfTable, targetsOfTable } from "./sums-over-lines.js";
import { cellAt, span, titleOf, whole } from "./places.js";
import { changeFaults, differenceFaults, shareFaults } from "./signs-rows.js";

/** The sentence right above a table that tells the total of its total row: who reads looks there first. */
function saidAbove(all, table, line, told) {
  if (line !== table.to && !/^\s*(?:[ivx\d]{0,4}\t)?\s*tổng|^\s*cộng/iu.test(all.text.lines[line].text)) return null;
  const shown = numberText(told);
  for (let at = table.line - 1; at >= Math.max(0, table.line - 4); at -= 1) {
    const words = all.lower[at];
    const found = all.text.lines[at].cells ? null : new RegExp(`(?:^|[^\\d.,])0?${shown.replace(/[.]/gu, "[.]")}(?![\\d]|[.,]\\d)\\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+(?:\\s+đồng)?`, "u").exec(words);
    if (found && /tổng|là|gồm|có/u.test(words.slice(0, found.index + 1))) return { line: at, from: found.index + found[0].search(/\d/u), to: found.index + found[0].length };
    if (/^\s*điều\s+\d/u.test(words)) break;
  }
  return null;
}

/** Sums that do not come out, but for those that a row’s own fault explains: that one is told. */
function wrongSums(all) {
  return all.parts.tables.flatMap((table) => sumFaults(table).filter(({ told, counted, line }) => ![
    ...[...changeFaults(table), ...differenceFaults(table)].map((one) => [one.at, one.told - one.counted]), ...shareFaults(table).map((one) => [one.at, one.off]),
  ].some(([at, off]) => table.line + at !== line && Math.abs(counted - told - off) < 0.5)).map(({ line, column, told, counted }) => ({
    ...(saidAbove(all, table, line, told) || { line, ...cellAt(all.text.lines[line], column) }), detail: `Tổng ghi ${numberText(told)}, cộng các dòng được ${numberText(counted)}, lệch ${numberText(Math.abs(told - counted))}.`,
  })));
}

const labelOf = (text) => text.toLowerCase().replace(/^\s*(?:trong đó|bao gồm|gồm)\s*:?\s*(?=[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u, "").replace(/^(?:\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[ivx]{1,5}[.)]|[a-hđ][.)]|[-–+*•])(?=\s))*\s*/u, "").replace(/\(.*?\)/gu, " ").replace(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]+/gu, " ").trim();

/** Figures with a full name, of sentences and of rows: {label, value in đồng, line, from, to}. */
function figuresOf(all) {
  const found = [];
  const inTable = new Set(all.parts.tables.flatMap(span));
  const first = all.parts.articles.length ? all.parts.articles[0].line : 0;
  all.text.lines.forEach(({ text }, line) => {
    if (line < first || inTable.has(line)) return;
    for (const { value, label, from, to } of amountsIn(text)) {
      const words = labelOf(label);
      found.push({ label: words.slice(Math.max(0, words.lastIndexOf("tổng "))), value, line, from, to });
    }
  });
  for (const { line, rows, unit } of all.parts.tables) {
    if (!FACTOR[unit]) continue;
    rows.forEach((cells, at) => {
      const name = cells.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "";
      const numbers = cells.map((cell, column) => [numberOf(cell), column]).filter(([value, column]) => value !== null && column > cells.indexOf(name));
      // Several columns of one row are several years or sources.
      if (numbers.length !== 1) return;
      const [[value, column]] = numbers;
      found.push({ label: labelOf(name), value: value * FACTOR[unit], line: line + at, ...cellAt(all.text.lines[line + at], column) });
    });
  }
  return found;
}

const NAMED_FIGURE = /^tổng (?:thu|chi|số|mức|vốn|kinh phí|dự toán|nguồn)/u;
/** Figures that a text has one of, though its label may have words before it. */
const ONE_OF_A_TEXT = /(?:^|\s)(thu nhập bình quân đầu người(?: năm 20\d\d)?|tổng mức đầu tư|kết dư ngân sách(?: xã| phường)?)(?: năm 20\d\d)?(?: đạt| là| ước đạt)?$/u;
const keyOf = (label) => {
  const one = ONE_OF_A_TEXT.exec(label);
  return one ? one[1] : NAMED_FIGURE.test(label) && label.split(" ").length > 2 ? label : "";
};

function twoFigures(all) {
  const known = new Map();
  const faults = [];
  for (const one of figuresOf(all)) {
    const key = keyOf(one.label);
    if (!key) continue;
    const before = known.get(key);
    const years = (line) => (all.lower[line].match(/năm 20\d\d/gu) || []).join(" ");
    // This year's and the next one's are two figures.
    if (before && !NAMED_FIGURE.test(key) && (years(one.line) !== years(before.line) || /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|hiện nay|năm trước|so với|từ /u.test(all.lower[one.line] + all.lower[before.line]))) continue;
    // Each project has a whole of its own.
    const ofOneEach = /tổng mức đầu tư/u.test(key) && before && before.line !== one.line && [before, one].every(({ line }) => /^\s*(?:\d{1,2}[.)]|[a-zđ]\)|[-–+•*])\s*(?:dự án|công trình|tên dự án|xây dựng|cải tạo|nâng cấp|sửa chữa|đường|trường|chợ|nhà)/u.test(all.lower[line]));
    if (ofOneEach) continue;
    if (!before) known.set(key, one);
    else if (Math.abs(before.value - one.value) > 0.0005 * Math.max(before.value, one.value)) {
      // A sentence beside a row: who reads looks at the sentence.
      const [here, there] = all.text.lines[one.line].cells && !all.text.lines[before.line].cells ? [before, one] : [one, before];
      faults.push({ line: here.line, from: here.from, to: here.to, detail: `Chỗ khác, cùng tên chỉ tiêu, ghi ${numberText(there.value)} đồng; chỗ này ${numberText(here.value)} đồng.` });
    }
  }
  return faults;
}

/** A row's name is so long that a sentence with it means the row; a shorter one where the number is nearly the row's. */
const LEAST_NAME = 4;
const LEAST_NEAR = 2;
const OF_BUDGET = /^(?:chi thường xuyên|chi đầu tư phát triển|dự phòng ngân sách|chi chuyển nguồn|chi dự phòng)$/u;

/** What a sentence says of a row of a table: a number that stands nowhere in it. */
function unlikeTable(all) {
  const inTable = new Set(all.parts.tables.flatMap(span));
  const told = all.linesOf("content").filter((line) => !inTable.has(line)).flatMap((line) => amountsIn(all.text.lines[line].text).filter(({ rate }) => !rate).map((one) => ({ ...one, line, label: labelOf(one.label) })));
  return all.parts.tables.flatMap(({ line, rows, unit, head }) => (FACTOR[unit] ? rows.slice(Math.max(1, head)).flatMap((cells, at) => {
    const name = cells.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "";
    const label = labelOf(name);
    const values = cells.slice(cells.indexOf(name) + 1).map((cell) => numberOf(cell)).filter((value) => value !== null);
    const isTop = OF_BUDGET.test(label) && /^\s*(?:[A-Z]|[IVX]+)?\s*$/u.test(cells[0] === name ? "" : cells[0]);
    const row = line + Math.max(1, head) + at;
    const isKnown = (one) => values.some((value) => Math.abs(value * FACTOR[unit] - one.value) <= 0.0005 * one.value);
    const near = label.split(" ").length >= LEAST_NEAR && !/^(?:tổng|cộng)/u.test(label)
      ? told.filter((one) => ` ${one.label} `.includes(` ${label} `) && !isKnown(one) && values.some((value) => isSlip(value, one.value / FACTOR[unit]))) : [];
    if (near.length === 1) return [{ line: near[0].line, from: near[0].from, to: near[0].to, detail: `Bảng ghi ${values.map((value) => numberText(value)).join("; ")} ${unit}.` }];
    if (!values.length || (label.split(" ").length < LEAST_NAME && !isTop)) return [];
    const own = told.filter((one) => (isTop ? one.label === label : ` ${one.label} `.includes(` ${label} `)));
    // Said twice, or of parts: nobody can tell which is meant.
    if (own.length !== 1 || values.some((value) => Math.abs(value * FACTOR[unit] - own[0].value) <= 0.0005 * own[0].value)) return [];
    return [isTop ? { ...whole(all, row), detail: `Các điều ghi ${numberText(own[0].value / FACTOR[unit])} ${unit}.` } : { line: own[0].line, from: own[0].from, to: own[0].to, detail: `Bảng ghi ${numberText(values[values.length - 1])} ${unit}.` }];
  }) : []));
}

/** Whether a number is another one mistyped: hardly more or less, or the same digits in another order. */
const isSlip = (one, other) => Math.abs(one - other) < 0.015 * one || [...String(one)].sort().join("") === [...String(other)].sort().join("") || (String(one).length === String(other).length && [...String(one)].filter((digit, at) => digit !== String(other)[at]).length === 1);
/** “Tổng số kiến nghị: 38” above a table of people, petitions, houses, whose total is another. */
const COUNTED_ALL = /tổng số[^:;.\d]{0,60}:?\s*(\d{1,4})(?![\d.,]*\d|\s*%)|(?:là|có|với)\s+(\d{1,4})\s+(?:biên chế|người|kiến nghị|hộ|đại biểu)[^\d]{0,60}:\s*$/u;
function unlikeCounts(all) {
  return all.parts.tables.flatMap((table) => {
    if (FACTOR[table.unit]) return [];
    const total = table.rows.filter((cells) => cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell)));
    const values = total.flatMap((cells) => cells.map((cell) => numberOf(cell))).filter((value) => value !== null && value > 0);
    if (!values.length) return [];
    return span({ line: Math.max(0, table.line - 3), to: table.line - 1 }).flatMap((at) => {
      const found = all.text.lines[at].cells ? null : COUNTED_ALL.exec(all.lower[at]);
      const value = found ? Number(found[1] || found[2]) : 0;
      return found && !values.includes(value) && values.some((one) => Math.abs(one - value) <= 0.15 * one) ? [{ line: at, from: found.index, to: found.index + found[0].length, detail: `Dòng tổng của bảng: ${values.slice(0, 4).join("; ")}.` }] : [];
    });
  });
}

const OF_ALL = /(?:^|\s)tổng (?:vốn|số vốn|kinh phí|mức vốn|số tiền|số|chi|thu|dự toán|kế hoạch)(?:\s|$)/u;
/** What stands below a table but leads to another, or tells income beside a table of what is spent. */
const LEADS_ON = /:\s*$|tổng (?:thu|chi)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
/** A total in the sentence above or right below a table that is none of the table's totals, nor of its cells; near enough to be meant. */
function unlikeTotals(all) {
  return all.parts.articles.flatMap(({ line, to }) => {
    const table = all.parts.tables.find((one) => one.line > line && one.line <= to);
    if (!table || !FACTOR[table.unit]) return [];
    const totals = table.rows.filter((cells) => cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell))).flatMap((cells) => cells.map((cell) => numberOf(cell)).filter((value) => value !== null && value > 0)).map((value) => value * FACTOR[table.unit]);
    const known = new Set(table.rows.flatMap((cells) => cells.map((cell) => numberOf(cell))).filter((value) => value !== null).map((value) => value * FACTOR[table.unit]));
    if (!totals.length) return [];
    return [...span({ line, to: table.line - 1 }), ...span({ line: table.to + 1, to: Math.min(to, table.to + 3) }).filter((at) => !LEADS_ON.test(all.lower[at]))].filter((at) => !all.text.lines[at].cells).flatMap((at) => amountsIn(all.text.lines[at].text).filter(({ label, value, rate }) => !rate && !known.has(value)
      && !(/tổng thu/u.test(label.toLowerCase()) && !/thu/u.test(table.caption.toLowerCase() + table.rows.slice(0, 2).flat().join(" ").toLowerCase()))
      && (OF_ALL.test(labelOf(label)) || /sau điều chỉnh/u.test(label.toLowerCase()))
      && totals.some((total) => isSlip(total, value)) && !totals.some((total) => Math.abs(total - value) <= 0.0005 * total))
      .map(({ from, to: end }) => ({ line: at, from, to: end, detail: `Dòng tổng của bảng: ${totals.slice(0, 4).map((total) => numberText(total / FACTOR[table.unit])).join("; ")} ${table.unit}.` })));
  });
}

/** Whether some words, as a title or a heading, are of one side of a budget alone. */
const ofSide = (words, side) => words.includes(side) && !words.includes(side === "chi" ? "thu ngân sách" : "chi ngân sách");
/** “Tổng chi ngân sách xã: 61.830 triệu đồng” in one article, the table of another ending in 61.380. */
function unlikeOtherArticles(all) {
  const { articles, tables } = all.parts;
  const told = articles.flatMap(span).filter((line) => !all.text.lines[line].cells).flatMap((line) => amountsIn(all.text.lines[line].text).map((one) => ({ ...one, line, side: (/^tổng (thu|chi) (?:cân đối )?ngân sách (?:xã|phường|địa phương)/u.exec(labelOf(one.label)) || ["", ""])[1] })).filter(({ rate, side }) => side && !rate));
  return tables.flatMap((table) => {
    const article = articles.find(({ line, to }) => table.line > line && table.line <= to);
    const last = table.rows[table.rows.length - 1];
    if (!article || !FACTOR[table.unit] || !last.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell))) return [];
    const totals = last.map((cell) => numberOf(cell)).filter((value) => value !== null && value > 0);
    const words = `${article.title} ${table.caption} ${table.rows.slice(0, 2).flat().join(" ")}`.toLowerCase();
    return told.filter(({ line, side, value }) => totals.length === 1 && (line < article.line || line > article.to) && ofSide(words, side) && isSlip(totals[0], value / FACTOR[table.unit]) && totals[0] * FACTOR[table.unit] !== value)
      .map(({ line, from, to }) => ({ line, from, to, detail: `Bảng ở ${article.label} ghi tổng ${numberText(totals[0])} ${table.unit}.` }));
  });
}

const NOUNS = "lớp|học sinh|hộ|nhân khẩu|người|đại biểu|thôn|trường|kiến nghị|biên chế|dự án|phiếu|cử tri|km|ha|m";
const SUMS_UP = /^\s*(?:\d{1,2}[.)]\s*|[a-zđ]\)\s*|[-–+•*]\s*)?(?:tổng|cộng|quy mô|sau (?:khi )?(?:nhập|sáp nhập|sắp xếp|hợp nhất|thành lập))/u;
const OF_COLUMN = new RegExp(`(\\d{1,3}(?:\\.\\d{3})+|\\d{1,6})\\s+(${NOUNS})(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu");
/** The sum of a column whose rows count one thing each; null where rows have parts of their own. */
function sumOfColumn({ rows, head }, column) {
  const width = Math.max(...rows.map((cells) => cells.length));
  const own = rows.slice(Math.max(1, head)).filter((cells) => cells.length === width && !isNumbering(cells) && !cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell)));
  if (own.length < 2 || own.some((cells) => /^\s*(?:\d+\.\d|[a-zđivx]+\s*$|[-+•])/iu.test(cells[0]) || /trong đó/iu.test(cells.join(" ")))) return null;
  const values = own.map((cells) => numberOf(cells[column]));
  return values.every((value) => value !== null) ? values.reduce((sum, value) => sum + value, 0) : null;
}
/** A total of all, not of some of the rows: “tổng vốn sau điều chỉnh giữ nguyên”. */
const OF_WHOLE_TABLE = /^tổng (?:vốn|số vốn|kinh phí|số|cộng|số tiền|mức|mức vốn|kế hoạch vốn|dự toán)(?: (?:đầu tư|công|thực hiện|hỗ trợ|sau|khi|điều chỉnh|năm|20\d\d|là|giữ nguyên|vẫn|của|các|hai|ba|dự án|công trình|nguồn vốn|kế hoạch|không đổi))*$/u;
/** “Tổng số: 43 lớp, 1.294 học sinh” below a table without a total of its own, whose columns make something near it. */
function unlikeColumns(all) {
  return all.parts.tables.flatMap((table) => {
    const totals = table.rows.filter((cells) => cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell)));
    // A total whose cell has words beside its number is read here, like a sentence.
    if (totals.some((cells) => cells.some((cell) => (numberOf(cell) || 0) > 0))) return [];
    const names = table.rows[0].map((cell) => cell.toLowerCase());
    const below = [...span({ line: table.to + 1, to: Math.min(all.lower.length - 1, table.to + 2) }).filter((at) => !all.text.lines[at].cells), ...span(table).filter((at) => totals.includes(table.rows[at - table.line]))];
    return below.filter((at) => SUMS_UP.test(all.lower[at])).flatMap((at) => {
      const faults = [...all.lower[at].matchAll(OF_COLUMN)].map((found) => {
        const value = numberOf(found[1]);
        const sums = names.map((name, column) => (column > 0 && new RegExp(`(?:^|\\s)${found[2]}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u").test(name.replace(/%|tỷ lệ.*/u, "")) ? sumOfColumn(table, column) : null)).filter((sum) => sum !== null);
        return sums.length && !sums.includes(value) && sums.some((sum) => Math.abs(sum - value) <= 0.15 * sum || isSlip(sum, value)) ? { line: at, from: found.index, to: found.index + found[0].length, detail: `Cộng cột của bảng được ${sums.map((sum) => numberText(sum)).join("; ")}.` } : null;
      }).filter(Boolean);
      const money = FACTOR[table.unit] ? amountsIn(all.text.lines[at].text).filter(({ label }) => OF_WHOLE_TABLE.test(labelOf(label))).map(({ value, label, from, to }) => {
        const after = /sau điều chỉnh/u.test(label.toLowerCase());
        const columns = names.map((name, column) => (column > 0 && !/%|tỷ lệ|tt/u.test(name) && (!after || /sau (?:khi )?điều chỉnh/u.test(name)) ? sumOfColumn(table, column) : null)).filter((sum) => sum !== null && sum > 0).map((sum) => sum * FACTOR[table.unit]);
        return columns.length && !columns.some((sum) => Math.abs(sum - value) <= 0.0005 * sum) && columns.some((sum) => Math.abs(sum - value) <= 0.1 * sum || isSlip(sum / FACTOR[table.unit], value / FACTOR[table.unit])) ? { line: at, from, to, detail: `Cộng cột của bảng được ${columns.map((sum) => numberText(sum / FACTOR[table.unit])).join("; ")} ${table.unit}.` } : null;
      }).filter(Boolean) : [];
      return [...faults, ...money].slice(0, 1);
    });
  });
}

const NOT_MONEY = "tấn|tạ|ha|km|hộ|người|con|trường|thôn|bản|ấp|cây|m3|m2|lượt|căn|nhà";
/** “tổng sản lượng lương thực năm 2027 đạt 7.500 tấn” beside a row of that name with another number of tons. */
function unlikeTargets(all) {
  const lines = all.linesOf("content").filter((line) => !all.text.lines[line].cells);
  return all.parts.tables.flatMap(({ rows, head }) => rows.slice(Math.max(1, head)).flatMap((cells) => {
    const name = cells.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "";
    const label = labelOf(name);
    const unit = cells.map((cell) => cell.trim().toLowerCase()).find((cell) => new RegExp(`^(?:${NOT_MONEY})$`, "u").test(cell));
    const values = cells.slice(cells.indexOf(name) + 1).map((cell) => numberOf(cell)).filter((value) => value !== null);
    if (!unit || values.length !== 1 || label.split(" ").length < LEAST_NAME || cells[0].trim() === "") return [];
    const told = lines.flatMap((line) => [...all.lower[line].matchAll(new RegExp(`${label}(?:\\s+(?:năm\\s+20\\d\\d|đạt|là|từ|trên))*\\s*:?\\s*(\\d{1,3}(?:\\.\\d{3})*(?:,\\d+)?)\\s*${unit}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu"))].map((found) => ({ line, found })));
    const year = planned(all);
    return told.filter(({ line, found }) => numberOf(found[1]) !== values[0] && (!year || found[0].includes(`năm ${year}`)) && !/(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|đã |so với|thực hiện năm/u.test(all.lower[line].slice(0, found.index)))
      .map(({ line, found }) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Bảng ghi ${numberText(values[0])} ${unit}.` }));
  }));
}
/** The one year of the title; "" where there is none or several. */
const planned = (all) => {
  const years = [...new Set(titleOf(all).match(/20\d\d/gu) || [])];
  return years.length === 1 ? years[0] : "";
};

function moreSpentThanThere(all) {
  const totals = figuresOf(all);
  const first = (pattern) => totals.find(({ label }) => pattern.test(label));
  const spent = first(/^tổng chi(?: ngân sách| cân đối| trong| năm| xã| phường|$)/u);
  const there = first(/^tổng (?:thu(?: ngân sách (?:xã|phường|địa phương)| cân đối| và nguồn)|nguồn)/u);
  return spent && there && spent.value > there.value * 1.0005
    ? [{ line: spent.line, from: spent.from, to: spent.to, detail: `Tổng chi ${numberText(spent.value)} đồng, tổng nguồn ${numberText(there.value)} đồng.` }] : [];
}

function withoutUnit(all) {
  return all.parts.tables.filter(({ rows, unit }) => {
    if (unit) return false;
    const words = rows.slice(0, 3).flat().join(" ").toLowerCase();
    const money = /kinh phí|dự toán|vốn|(?:^|\s)(?:thu|chi)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])|số tiền|quyết toán|ngân sách/u.test(words);
    const large = rows.flat().filter((cell) => (numberOf(cell) || 0) >= 100).length;
    return money && large >= 3 && !/đồng|triệu|tỷ|%/u.test(rows.flat().join(" ").toLowerCase());
  }).map(({ line }) => whole(all, line));
}

export const TESTS = {
  "sl-tong-lech": wrongSums,
  "sl-hai-so-lieu": (all) => { const found = [...twoFigures(all), ...unlikeTable(all), ...unlikeTargets(all)]; return [...found, ...[...targetsOfTable(all), ...ratesOfTable(all)].filter(({ line }) => !found.some((one) => one.line === line))]; },
  "sl-chi-vuot-nguon": moreSpentThanThere,
  "sl-thieu-don-vi-tinh": withoutUnit,
  "sl-tong-khac-bang": (all) => [...unlikeTotals(all), ...unlikeCounts(all), ...unlikeOtherArticles(all), ...unlikeColumns(all), ...measuredTotals(all)],
};
