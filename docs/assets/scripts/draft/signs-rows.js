// Signs of tables read across: what is changed and what comes of it, shares of a total, what is allotted beyond the whole.
import { FACTOR, amountsIn, isNumbering, numberOf, numberText, styleOf } from "./figures.js";
import { bracketsOfRows } from "./sums-over-lines.js";
import { cellAt, span } from "./places.js";

/** What the head of a column says that it holds; the first that fits. */
const COLUMNS = [
  ["share", /%|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|cơ cấu/u],
  ["after", /sau\s+(?:khi\s+)?(?:điều chỉnh|bổ sung|sắp xếp|thay đổi)|(?:mức|số|kế hoạch|dự toán) mới|đã điều chỉnh/u],
  ["both", /tăng[^,;]{0,12}giảm|chênh lệch|điều chỉnh\s*\(\s*[+±]|^\s*(?:số |mức )?điều chỉnh\s*(?:\(.*)?$|\+\s*[/,]\s*[-–]/u],
  ["up", /(?:^|\s)(?:tăng|bổ sung thêm|điều chỉnh tăng)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u],
  ["down", /(?:^|\s)(?:giảm|cắt giảm|điều chỉnh giảm)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u],
  ["whole", /tổng mức(?: đầu tư)?|tmđt/u],
  ["spent", /(?:đã|lũy kế|luỹ kế)[^,;]{0,20}(?:bố trí|giải ngân)|bố trí đến/u],
  ["before", /đã (?:giao|quyết định|được (?:giao|quyết định|duyệt))|trước (?:khi )?(?:điều chỉnh|sắp xếp)|(?:kế hoạch|dự toán|số)\s+(?:vốn\s+)?(?:đầu năm|ban đầu|giao|cũ)|(?:dự toán|kế hoạch)(?:\s+vốn)?(?:\s+năm\s+20\d\d)?\s*(?:\(|$)/u],
];
const YEAR = /(?:kế hoạch|vốn|bố trí|nhu cầu)[^,;]{0,30}năm\s+20\d\d|kế hoạch(?: vốn)?\s+20\d\d/u;
const roleOf = (name) => (COLUMNS.find(([, pattern]) => pattern.test(name)) || [YEAR.test(name) ? "year" : ""])[0];

/** A table whose rows are as wide as its head: {roles: role → columns, rows: [{at, cells, values}]}. */
function read({ rows, head }) {
  const width = Math.max(...rows.map((cells) => cells.length));
  const tops = rows.slice(0, Math.max(1, head)).filter((cells) => cells.length === width);
  const names = Array.from({ length: width }, (_, column) => tops.map((cells) => cells[column]).filter((one, at, all) => one.trim() && all.indexOf(one) === at).join(" ").toLowerCase().replace(/\s+/gu, " "));
  const roles = {};
  names.forEach((name, column) => {
    const role = column > 0 ? roleOf(name) : "";
    // “Kế hoạch năm 2027” is what was planned before in one table, what is given now in another.
    for (const one of role === "before" && YEAR.test(name) ? [role, "year"] : role ? [role] : []) roles[one] = [...(roles[one] || []), column];
  });
  const style = styleOf(rows.slice(head).flatMap((cells) => cells.slice(1)));
  const own = rows.map((cells, at) => ({ at, cells })).filter(({ at, cells }) => at >= Math.max(1, head) && cells.length === width && !isNumbering(cells));
  return { roles, rows: own.map(({ at, cells }) => ({ at, cells, values: cells.map((cell) => numberOf(cell, style)) })) };
}

const only = (roles, role) => (roles[role] && roles[role].length === 1 ? roles[role][0] : -1);
const told = (values, column) => (column < 0 || values[column] === null ? 0 : values[column]);
/** Numbers in a cell are rounded to their last place. */
const roundedTo = (cell) => 10 ** -((/,(\d+)\s*$/u.exec(cell.trim()) || ["", ""])[1].length);

/** Rows whose last figure is not what the change makes: [{at, column, told, counted}]. */
export function changeFaults(table) {
  const { roles, rows } = read(table);
  const [before, up, down, both, after] = ["before", "up", "down", "both", "after"].map((role) => only(roles, role));
  if (before < 0 || after < 0 || (up < 0 && down < 0 && both < 0)) return [];
  return rows.flatMap(({ at, cells, values }) => {
    if (values[before] === null || values[after] === null) return [];
    // A fall may be written below nought or as it is.
    const counted = values[before] + told(values, both) + told(values, up) - Math.abs(told(values, down));
    const slack = 1.5 * Math.max(roundedTo(cells[before]), roundedTo(cells[after]));
    const off = Math.abs(counted - values[after]);
    return off > (roundedTo(cells[after]) < 1 ? slack : 0.5) ? [{ at, column: after, told: values[after], counted }] : [];
  });
}

const placeOf = (all, table, { at, column, detail }) => ({ line: table.line + at, ...cellAt(all.text.lines[table.line + at], column), detail });

function changes(all) {
  return all.parts.tables.flatMap((table) => changeFaults(table).map((one) => placeOf(all, table, { ...one, detail: `Theo các cột trước được ${numberText(one.counted)}, ghi ${numberText(one.told)}.` })));
}

const TOTAL = /^\s*(?:tổng|cộng)/iu;
const UNCHANGED = /(?:tổng[^.;]{0,80}|dự toán[^.;]{0,60}|kế hoạch[^.;]{0,60})(?:không (?:thay đổi|đổi|tăng|làm (?:tăng|thay đổi))|giữ nguyên)|không làm (?:thay đổi|tăng)[^.;]{0,40}tổng/u;

/** What the text says of the rise and the fall of a table that stands below it in the same article. */
function unlikeChanges(all) {
  return all.parts.articles.flatMap(({ line, to }) => {
    const table = all.parts.tables.find((one) => one.line > line && one.line <= to);
    if (!table || !FACTOR[table.unit]) return [];
    const { roles, rows } = read(table);
    const [up, down, both] = ["up", "down", "both"].map((role) => only(roles, role));
    const own = rows.filter(({ cells }) => !cells.some((cell) => TOTAL.test(cell)));
    const sums = { "tăng": 0, "giảm": 0 };
    const [before, after] = ["before", "after"].map((role) => only(roles, role));
    if (up < 0 && down < 0 && both < 0 && before > 0 && after > 0) {
      for (const { values } of own) {
        const by = values[before] === null || values[after] === null ? 0 : values[after] - values[before];
        sums[by > 0 ? "tăng" : "giảm"] += Math.abs(by);
      }
    }
    for (const { values } of own) {
      sums["tăng"] += told(values, up) + Math.max(0, told(values, both));
      sums["giảm"] += Math.abs(told(values, down)) + Math.max(0, -told(values, both));
    }
    return span({ line, to: table.line - 1 }).flatMap((at) => amountsIn(all.text.lines[at].text).filter(({ rate }) => !rate).flatMap(({ value, from, to: end }) => {
      const verb = /(tăng|giảm)\s*(?:là\s*|:\s*)?$/u.exec(all.lower[at].slice(0, from).replace(/\s+(?:vốn|số vốn|tổng số)\s*$/u, " "));
      const sum = verb ? sums[verb[1]] * FACTOR[table.unit] : 0;
      // What the whole rises by is what is left of both.
      return sum && value !== sum && value !== Math.abs(sums["tăng"] - sums["giảm"]) * FACTOR[table.unit] && Math.abs(value - sum) < 0.15 * sum ? [{ line: at, from, to: end, detail: `Bảng có tổng ${verb[1]} ${numberText(sums[verb[1]])} ${table.unit}.` }] : [];
    }));
  });
}

/** “dự án Đường A …, giảm 1.700 triệu đồng” beside the row of Đường A, which says another amount. */
function unlikeRow(all) {
  return all.parts.tables.flatMap((table) => {
    if (!FACTOR[table.unit]) return [];
    const { roles, rows } = read(table);
    const [up, down, both, before, after] = ["up", "down", "both", "before", "after"].map((role) => only(roles, role));
    if (up < 0 && down < 0 && both < 0 && (before < 0 || after < 0)) return [];
    const named = rows.filter(({ cells }) => !cells.some((cell) => TOTAL.test(cell))).map(({ cells, values }) => {
      const by = up >= 0 || down >= 0 ? told(values, up) - Math.abs(told(values, down)) : both >= 0 ? told(values, both) : told(values, after) - told(values, before);
      return { name: (cells.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "").toLowerCase().trim(), by };
    }).filter(({ name, by }) => name.split(/\s+/u).length > 1 && by);
    const article = all.parts.articles.find(({ line, to }) => line <= table.line && table.line <= to);
    return span(article || { line: Math.max(0, table.line - 6), to: Math.min(all.lower.length - 1, table.to + 6) }).filter((at) => !all.text.lines[at].cells).flatMap((at) => amountsIn(all.text.lines[at].text).filter(({ rate }) => !rate).flatMap(({ value, from, to: end }) => {
      const lead = all.lower[at].slice(0, from);
      const clause = lead.slice(Math.max(lead.lastIndexOf(";"), lead.lastIndexOf(". ")) + 1);
      const verb = /(tăng|giảm)\s*(?:thêm\s*|là\s*|:\s*)?$/u.exec(clause);
      const own = verb ? named.filter(({ name }) => clause.includes(name)) : [];
      if (own.length !== 1 || own[0].by > 0 !== (verb[1] === "tăng") || Math.abs(value - Math.abs(own[0].by) * FACTOR[table.unit]) < 0.5) return [];
      return [{ line: at, from, to: end, detail: `Dòng của bảng ghi ${verb[1]} ${numberText(Math.abs(own[0].by))} ${table.unit}.` }];
    }));
  });
}

/** Where more rises than falls, or less, and the text says so. */
const MORE = /tổng[^.;]{0,80}\s(?:tăng|giảm)\s|bổ sung (?:thêm )?(?:từ|nguồn)|nguồn (?:tăng|bổ sung|dự phòng)|từ (?:các )?(?:nguồn|dự phòng|kinh phí|số)\s|dự phòng|tăng thu|kết dư/u;

/** The total of what rises and of what falls, where the text says that the whole stays, or nothing of where the rest comes from. */
function unbalanced(all) {
  const lines = [...all.linesOf("content"), ...(all.parts.title ? [all.parts.title.line] : [])].filter((line) => !all.text.lines[line].cells);
  const stays = lines.some((line) => UNCHANGED.test(all.lower[line]));
  if (!stays && (!["LN04", "LN10"].includes(all.answers.kind) || lines.some((line) => MORE.test(all.lower[line])))) return [];
  return all.parts.tables.flatMap((table) => {
    const { roles, rows } = read(table);
    const [up, down] = ["up", "down"].map((role) => only(roles, role));
    if (up < 0 || down < 0) return [];
    return rows.filter(({ cells, values }) => cells.some((cell) => TOTAL.test(cell)) && values[up] !== null && values[down] !== null && Math.abs(values[up] - Math.abs(values[down])) > 0.5)
      .map(({ at, values }) => placeOf(all, table, { at, column: up, detail: `Tăng ${numberText(values[up])}, giảm ${numberText(Math.abs(values[down]))}.` }));
  });
}

/** Rows whose share is not what their number is of the total: [{at, column, told, counted}]. */
export function shareFaults(table) {
  const { roles, rows } = read(table);
  const share = only(roles, "share");
  const sum = rows.find(({ cells, values }) => share > 0 && cells.some((cell) => TOTAL.test(cell)) && values[share] === 100);
  if (!sum) return [];
  const columns = sum.values.map((value, column) => (column > 0 && column !== share && value !== null && value > 0 ? column : -1)).filter((column) => column > 0);
  if (columns.length !== 1) return [];
  const [column] = columns;
  return rows.flatMap(({ at, cells, values }) => {
    if (values[share] === null || values[column] === null) return [];
    const counted = (100 * values[column]) / sum.values[column];
    return Math.abs(counted - values[share]) > 0.6 * roundedTo(cells[share]) ? [{ at, column, told: values[share], counted, off: values[column] - (values[share] * sum.values[column]) / 100 }] : [];
  });
}

/** “Hộ nghèo | Tỷ lệ (%)” of the houses in another column: rows that break what most rows keep. */
function ratioFaults(table) {
  const { roles, rows } = read(table);
  const share = only(roles, "share");
  if (share < 0 || rows.length < LEAST_ROWS) return [];
  const columns = [...new Set(rows.flatMap(({ values }) => values.map((value, column) => (value !== null && column > 0 && column !== share ? column : -1))))].filter((column) => column > 0);
  for (const part of columns) {
    for (const of of columns.filter((column) => column !== part)) {
      const own = rows.filter(({ values }) => [part, of, share].every((column) => values[column] !== null) && values[of] > 0);
      const off = own.filter(({ cells, values }) => Math.abs((100 * values[part]) / values[of] - values[share]) > 0.6 * roundedTo(cells[share]));
      if (own.length >= LEAST_ROWS && off.length && off.length <= (1 - RULE) * own.length) return off.map(({ at, values }) => ({ at, column: share, told: values[share], counted: (100 * values[part]) / values[of] }));
      if (own.length >= LEAST_ROWS && !off.length) return [];
    }
  }
  return [];
}
function shares(all) {
  const faultsOf = (table, own) => (own.length ? own : ratioFaults(table));
  return all.parts.tables.flatMap((table) => faultsOf(table, shareFaults(table)).map((one) => placeOf(all, table, { ...one, detail: `Là ${numberText(Math.round(one.counted * 10) / 10)}% của tổng, ghi ${numberText(one.told)}%.` })));
}

/** Projects that are given more, with what they have had, than their whole costs. */
function beyondWhole(all) {
  return all.parts.tables.flatMap((table) => {
    const { roles, rows } = read(table);
    const [whole, spent, year] = ["whole", "spent", "year"].map((role) => only(roles, role));
    if (whole < 0 || year < 0) return [];
    return rows.flatMap(({ at, values }) => {
      const given = told(values, spent) + told(values, year);
      return values[whole] !== null && values[year] !== null && given > values[whole] + 0.5
        ? [placeOf(all, table, { at, column: year, detail: `Đã bố trí cộng kế hoạch được ${numberText(given)}, tổng mức ${numberText(values[whole])}.` })] : [];
    });
  });
}

/** So large a share of a table's rows must show a rule before the others are held to it. */
const RULE = 0.6;
const LEAST_ROWS = 3;

/** Numbers of a table's rows with the names of its columns. */
function columnsOf({ rows, head }) {
  const width = Math.max(...rows.map((cells) => cells.length));
  const tops = rows.slice(0, Math.max(1, head)).filter((cells) => cells.length === width);
  const names = Array.from({ length: width }, (_, column) => tops.map((cells) => cells[column]).filter((one, at, all) => one.trim() && all.indexOf(one) === at).join(" ").toLowerCase());
  return { names, rows: read({ rows, head }).rows };
}

/** Rows that break a rule that most others keep: [{at, column, counted}]; `counts` returns null where a row tells nothing. */
function breaking(rows, column, counts) {
  const told = rows.map(({ at, cells, values }) => ({ at, cells, value: values[column], counted: values[column] === null ? null : counts(values) })).filter(({ counted }) => counted !== null);
  const off = told.filter(({ value, counted, cells }) => Math.abs(value - counted) > (roundedTo(cells[column]) < 1 ? 1.5 * roundedTo(cells[column]) : 0.5));
  return told.length >= LEAST_ROWS && off.length <= (1 - RULE) * told.length ? off.map(({ at, value, counted }) => ({ at, column, told: value, counted })) : [];
}

/** A column of totals that is not what the columns beside it make; a product that is not one. */
function acrossFaults(table) {
  const { names, rows } = columnsOf(table);
  const numeric = names.map((name, column) => (column > 0 && !/%|tỷ lệ|tỉ lệ|ghi chú|năm sinh|stt|^tt$/u.test(name) && rows.filter(({ values }) => values[column] !== null).length >= 0.6 * rows.length ? column : -1)).filter((column) => column > 0);
  const total = numeric.filter((column) => /^\s*tổng(?:\s+(?:số|cộng|vốn|kinh phí|dự toán))?\s*(?:\(.*)?$/u.test(names[column]));
  const parts = numeric.filter((column) => !total.includes(column));
  const sums = total.length === 1 && parts.length > 1 ? breaking(rows, total[0], (values) => parts.reduce((sum, column) => sum + told(values, column), 0)) : [];
  const [amount, count, each] = [/thành tiền|số tiền|kinh phí|tổng mức/u, /số lượng|số (?:người|thôn|hộ|suất|tháng|cuộc|buổi)/u, /đơn giá|mức (?:chi|hỗ trợ|hưởng)|định mức|mức\s*[/(]/u].map((pattern) => numeric.filter((column) => pattern.test(names[column])));
  const products = amount.length === 1 && count.length === 1 && each.length === 1 && new Set([amount[0], count[0], each[0]]).size === 3
    ? breaking(rows.filter(({ cells }) => !cells.some((cell) => TOTAL.test(cell))), amount[0], (values) => (values[count[0]] === null || values[each[0]] === null ? null : values[count[0]] * values[each[0]])) : [];
  return [...sums, ...products];
}
/** “UBND trình | Ý kiến của Ban | Chênh lệch”: rows that break what most keep, the difference being one way or the other. */
const DIFFERENCE = /chênh lệch|tăng\s*(?:\(\+\))?\s*[,/]?\s*giảm|so sánh/u;
export function differenceFaults(table) {
  const { names, rows } = columnsOf(table);
  const { roles } = read(table);
  const told_ = names.map((name, column) => (column > 0 && DIFFERENCE.test(name) && !/%|tỷ lệ|lý do/u.test(name) ? column : -1)).filter((column) => column > 0);
  const others = names.map((name, column) => (column > 0 && !told_.includes(column) && !/%|tỷ lệ|^(?:stt|tt)|ghi chú/u.test(name) && rows.filter(({ values }) => values[column] !== null).length >= 0.6 * rows.length ? column : -1)).filter((column) => column > 0);
  if (told_.length !== 1 || others.length !== 2 || (only(roles, "before") > 0 && only(roles, "after") > 0)) return [];
  const [one, other] = others;
  const ways = [(values) => values[other] - values[one], (values) => values[one] - values[other], (values) => Math.abs(values[one] - values[other])];
  const found = ways.map((way) => breaking(rows, told_[0], (values) => (values[one] === null || values[other] === null ? null : way(values))));
  const kept = ways.map((way, at) => ({ at, right: rows.filter(({ values }) => values[told_[0]] !== null && values[one] !== null && values[other] !== null && Math.abs(way(values) - values[told_[0]]) <= 0.5).length })).sort((a, b) => b.right - a.right)[0];
  return kept.right ? found[kept.at] : [];
}
const across = (all) => all.parts.tables.flatMap((table) => [...acrossFaults(table), ...differenceFaults(table)].map((one) => placeOf(all, table, { ...one, detail: `Theo các cột được ${numberText(one.counted)}, ghi ${numberText(one.told)}.` })));

export const TESTS = {
  "sl-dong-lech": (all) => [...across(all), ...bracketsOfRows(all)],
  "sl-cot-lech": changes,
  "sl-tang-giam-khac-bang": (all) => { const found = unlikeChanges(all); return [...found, ...unlikeRow(all).filter(({ line }) => !found.some((one) => one.line === line))]; },
  "sl-tang-giam-khong-can": unbalanced,
  "sl-ti-le-cot-lech": shares,
  "sl-vuot-tong-muc": beyondWhole,
};
