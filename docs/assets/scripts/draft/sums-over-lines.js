// Sums that go over more than one line: villages joined beside a table of them, a period beside its years, posts told without a number.
import { FACTOR, amountsIn, isNumbering, numberOf, numberText } from "./figures.js";
import { cellAt, decided, span, titleOf } from "./places.js";

const NUMBER = "\\d{1,3}(?:\\.\\d{3})+(?:,\\d{1,2})?|\\d{1,6}(?:,\\d{1,2})?";
const PERIOD = /giai đoạn\s+(?:năm\s+)?(20\d\d)\s*(?:-|–|đến(?: năm)?)\s*(20\d\d)/u;
const lowered = (cells) => cells.map((cell) => cell.toLowerCase().replace(/\s+/gu, " ").trim());
const headOf = ({ rows, head }) => rows.slice(0, Math.max(1, head)).map(lowered);
const namesOf = (table) => headOf(table)[0].map((_, column) => headOf(table).map((cells) => cells[column] || "").join(" "));
const bodyOf = ({ rows, head }) => rows.map((cells, at) => ({ cells, at })).filter(({ cells, at }) => at >= Math.max(1, head) && !isNumbering(cells) && !cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell)));
/** More rows than a table of villages, or of yearly targets, has. */
const MOST_ROWS = 120;

const KIND_OF_PLACE = /^(?:thôn|bản|ấp|xóm|làng|buôn|khóm|tổ dân phố|khu phố|tổ|trường)\s+/u;
const JOINS = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:sáp nhập|nhập|hợp nhất|ghép)\s+(?!khẩu)/u;
const HAS = /(?:^|[^\d.,])(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+(hộ|nhân khẩu|khẩu|người|học sinh|lớp)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/gu;
const sameWord = (words, name) => ` ${words.replace(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]+/gu, " ")} `.includes(` ${name.replace(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]+/gu, " ")} `);

/** “Nhập thôn A và thôn B thành thôn C … Sau khi nhập, thôn C có 537 hộ”, the houses of A and B standing in a table. */
export function joinedByTable(all) {
  const tables = all.parts.tables.filter(({ rows }) => rows.length < MOST_ROWS);
  return decided(all).flatMap((line, index, lines) => {
    const words = all.lower[line];
    if (!JOINS.test(words) || /một phần|tách/u.test(words) || !tables.length) return [];
    const old = words.slice(words.search(JOINS)).split(/\s(?:thành|để thành lập|lấy tên)\s/u)[0];
    const next = lines[index + 1];
    const after = next !== undefined && next <= line + 2 && !JOINS.test(all.lower[next].replace(/sau (?:khi )?(?:sáp )?nhập/u, " ")) ? [line, next] : [line];
    return tables.flatMap((table) => {
      const names = namesOf(table);
      const own = bodyOf(table).filter(({ cells }) => cells.some((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell) && cell.length < 40 && sameWord(old, cell.toLowerCase().trim().replace(KIND_OF_PLACE, ""))));
      if (own.length < 2 || own.length !== (old.match(/,|\s(?:và|với)\s/gu) || []).length + 1) return [];
      return after.flatMap((at) => [...all.lower[at].matchAll(HAS)].filter(({ index: from }) => /(?:thành|sau (?:khi )?(?:sáp )?nhập|mới|có|gồm|với|quy mô)[^.;]*$/u.test(all.lower[at].slice(0, from)) && !(at === line && from < words.search(/\sthành\s|lấy tên/u))).flatMap((found) => {
        const column = names.findIndex((name) => new RegExp(`(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])${found[2]}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u").test(name) && !/%|tỷ lệ|mới|đồng ý/u.test(name));
        const values = column < 0 ? [] : own.map(({ cells }) => numberOf(cells[column] || ""));
        if (!values.length || values.some((value) => value === null)) return [];
        const counted = values.reduce((sum, value) => sum + value, 0);
        const from = found.index + found[0].indexOf(found[1]);
        return counted !== numberOf(found[1]) ? [{ line: at, from, to: found.index + found[0].length, detail: `Theo bảng cộng được ${numberText(counted)}.` }] : [];
      }));
    });
  });
}

/** A row “A (48 hộ), B (39 hộ) | 87 | … | 89”: each column of houses must say what the brackets make. */
export function bracketsOfRows(all) {
  return all.parts.tables.filter(({ rows }) => rows.length < MOST_ROWS).flatMap((table) => {
    const names = namesOf(table);
    return bodyOf(table).flatMap(({ cells, at }) => cells.flatMap((cell, from) => {
      const parts = [...cell.toLowerCase().matchAll(/\(\s*(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+(hộ|nhân khẩu|khẩu|học sinh|lớp|người)\s*\)/gu)];
      if (parts.length < 2 || new Set(parts.map(([, , unit]) => unit)).size > 1) return [];
      const counted = parts.reduce((sum, [, number]) => sum + numberOf(number), 0);
      return names.flatMap((name, column) => {
        const value = column > from && new RegExp(`(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])${parts[0][2]}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "u").test(name) && !/%|tỷ lệ|đồng ý|nghèo/u.test(name) ? numberOf(cells[column] || "") : null;
        return value !== null && value !== counted ? [{ line: table.line + at, ...cellAt(all.text.lines[table.line + at], column), detail: `Cộng các số trong ngoặc được ${numberText(counted)}.` }] : [];
      });
    }));
  });
}

const FULL_PERIOD = /(?:cả|trong|toàn|tổng cả)\s+(?:giai đoạn|thời kỳ)|(?:tổng(?: số| cộng)?|cả)\s+(?:\d\s+năm|bốn năm|năm năm|ba năm)|giai đoạn\s+20\d\d\s*[-–]\s*20\d\d/u;
/** “Cả giai đoạn xây mới 48 phòng học” beside the row of a table that gives each year's number. */
export function periodOfTable(all) {
  const rows = all.parts.tables.filter((table) => table.rows.length < MOST_ROWS).flatMap((table) => {
    const years = namesOf(table).map((name, column) => (/^(?:năm\s+|kế hoạch\s+(?:năm\s+)?)?20\d\d$/u.test(name.trim()) ? column : -1)).filter((column) => column > 0);
    return years.length < 2 ? [] : bodyOf(table).map(({ cells }) => ({ words: (lowered(cells).find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || ""), values: years.map((column) => numberOf(cells[column] || "")), unit: lowered(cells).join(" ") }))
      .filter(({ words, values }) => values.every((value) => value !== null) && !/%|tỷ lệ|tỉ lệ|lũy kế|bình quân/u.test(words));
  });
  return rows.length ? decided(all).filter((line) => FULL_PERIOD.test(all.lower[line])).flatMap((line) => [...all.lower[line].matchAll(new RegExp(`(?:^|[^\\d.,/-])(${NUMBER})\\s+([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+(?:\\s[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+)?)`, "gu"))].flatMap((found) => {
    const before = all.lower[line].slice(Math.max(0, found.index - 60), found.index);
    const said = new Set(`${before.split(/[,;:]/u).pop()} ${found[2]}`.split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u));
    const own = rows.filter(({ words }) => {
      const named = words.replace(/\(.*?\)/gu, " ").split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u).filter((word) => word.length > 1 && word !== "số");
      return named.length > 1 && named.filter((word) => said.has(word)).length / named.length >= 0.75;
    });
    const value = numberOf(found[1]);
    const counted = own.length === 1 ? own[0].values.reduce((sum, one) => sum + one, 0) : 0;
    const from = found.index + found[0].indexOf(found[1]);
    // The last year's number is what is reached by then, not what was done in all.
    return counted && value !== counted && !own[0].values.includes(value) && Math.abs(counted - value) <= 0.25 * counted ? [{ line, from, to: found.index + found[0].length, detail: `Các năm trong bảng cộng được ${numberText(counted)}.` }] : [];
  })) : [];
}

const PER_YEAR = /(?:mỗi|hằng|hàng)\s+năm\s+(?:[^.;,\d]{0,40}\s)?$|bình quân\s+(?:mỗi\s+)?năm\s+(?:[^.;,\d]{0,20}\s)?$/u;
const OF_PERIOD = /tổng|cả giai đoạn|toàn giai đoạn|giai đoạn|trong\s+0?\d\s+năm|kinh phí|ngân sách/u;
const NOT_EXACT = /khoảng|ít nhất|tối thiểu|trở lên|không quá|tối đa|không dưới|gần|tăng|giảm|so với|đối ứng|còn lại|trong đó/u;
const WORDS = { "hai": 2, "ba": 3, "bốn": 4, "năm": 5 };
/** “1.600 triệu đồng cho cả giai đoạn, mỗi năm bố trí 500 triệu đồng”: by the years of the sentence, or of the title. */
export function yearsTimes(all) {
  return decided(all).flatMap((line) => {
    const words = all.lower[line];
    if (!/(?:mỗi|hằng|hàng|bình quân(?: mỗi)?) năm/u.test(words) || words.length > 1500) return [];
    const money = amountsIn(all.text.lines[line].text);
    return money.flatMap((each, index) => {
      const isEach = PER_YEAR.test(words.slice(Math.max(0, each.from - 60), each.from));
      const whole = isEach ? money[index - 1] || money[index + 1] : null;
      if (!whole || whole.rate || whole.value <= each.value || PER_YEAR.test(words.slice(Math.max(0, whole.from - 60), whole.from))) return [];
      const [first, last] = whole.from < each.from ? [whole, each] : [each, whole];
      const between = words.slice(first.to, last.from);
      const lead = words.slice(Math.max(0, whole.from - 70), whole.from).split(/[.;]\s/u).pop();
      if (/[.;]\s/u.test(between) || NOT_EXACT.test(between) || NOT_EXACT.test(lead) || NOT_EXACT.test(words.slice(each.from - 15, each.from)) || !(OF_PERIOD.test(between) || OF_PERIOD.test(lead))) return [];
      const told = /(?:trong|cho|thực hiện)\s+(?:thời gian\s+)?(0?\d|hai|ba|bốn|năm)\s+năm(?!\s+20)/u.exec(words);
      const period = PERIOD.exec(words) || (/giai đoạn/u.test(between + lead) || told ? PERIOD.exec(titleOf(all)) || PERIOD.exec(all.parts.articles.length ? all.parts.articles[0].text.toLowerCase() : "") : null);
      const years = told ? WORDS[told[1]] || Number(told[1]) : period ? period[2] - period[1] + 1 : 0;
      return years > 1 && Math.abs(years * each.value - whole.value) > 0.005 * whole.value ? [{ line, from: first.from, to: last.to, detail: `${years} năm × ${numberText(each.value)} là ${numberText(years * each.value)} đồng.` }] : [];
    }).slice(0, 1);
  });
}

const ONE_HEAD = "(?:01\\s+|một\\s+)?(?:trưởng|chủ tịch|tổ trưởng|đội trưởng|đoàn trưởng|trưởng ban|trưởng đoàn|trưởng thôn|chủ nhiệm|hiệu trưởng|bí thư)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^,;.\\d:()]{0,40}";
const HEAD_FIRST = new RegExp(`(\\d{1,3})\\s+(?:thành viên|người|đồng chí|ủy viên|cán bộ|ông, bà)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;:\\d]{0,40}?(?:gồm|bao gồm|trong đó(?: có)?|có|:)\\s*(?:có\\s+|:\\s*)?(${ONE_HEAD}(?:[,;]|\\s+và)\\s*(?:(?:và\\s+)?0?\\d{1,3}\\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^,;.:\\d()]{1,60}(?:[,;]\\s*|\\s+và\\s+|(?=[.]|$))){1,6})`, "gu");
/** “06 thành viên, gồm Trưởng Ban, 01 Phó Trưởng Ban và 03 Ủy viên”: who leads is one. */
export const headAndMembers = (lower, line) => [...lower.matchAll(HEAD_FIRST)].flatMap((found) => {
  const counted = 1 + [...found[2].replace(/^(?:01|một)\s/u, " ").matchAll(/\d{1,3}/gu)].reduce((sum, [one]) => sum + Number(one), 0);
  return counted !== Number(found[1]) && Math.abs(counted - Number(found[1])) < 0.5 * counted && !/%/u.test(found[0]) ? [{ place: { line, from: found.index, to: found.index + found[0].length, detail: `Cộng được ${counted}, ghi ${Number(found[1])}.` }, near: false }] : [];
});

const SITTINGS = /(?:tổ chức|họp|có)\s+(0?[1-9]|hai|ba|bốn)\s+kỳ(?: họp)? thường lệ/u;
const SITTING_ITEM = /^\s*(?:\d{1,2}(?:\.\d)?[.)]?\s*|[a-zđ][.)]\s*|[-–+•*]\s*)?kỳ họp\s+(?:thường lệ\s+)?(?:giữa|cuối|thứ|lần|đầu|tháng)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?!.{0,40}chuyên đề)/u;
/** “tổ chức 03 kỳ họp thường lệ” above two of them. */
export function sittingsListed(all) {
  const lines = all.places.content;
  const items = lines.filter((line) => SITTING_ITEM.test(all.lower[line].replace(/\t/gu, " ")));
  const places = items.map((line) => (/(giữa năm|cuối năm)/u.exec(all.lower[line]) || [all.lower[line].slice(0, 30)])[0]);
  if (items.length < 2 || new Set(places).size !== items.length) return [];
  return lines.flatMap((line) => {
    const found = all.text.lines[line].cells || items.includes(line) ? null : SITTINGS.exec(all.lower[line]);
    return found && (WORDS[found[1]] || Number(found[1])) !== items.length && line < items[0] && /kế hoạch tổ chức|kỳ họp/u.test(titleOf(all)) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Bên dưới nêu ${items.length} kỳ.` }] : [];
  });
}

const ASKED = new Set("riêng mức hỗ trợ tối đa cho được là không quá chi trả một mỗi hộ người thì với từ".split(" "));
/** “hỗ trợ làm chuồng tối đa 8.000.000 đồng/hộ” beside the one row of that name, which has another amount. */
export function ratesOfTable(all) {
  const factorOf = (table) => FACTOR[table.unit] || FACTOR[(/((?:nghìn |triệu )?đồng)\s*\//u.exec(namesOf(table).join(" ")) || ["", ""])[1]] || 0;
  const tables = all.parts.tables.filter((table) => factorOf(table) && table.rows.length < MOST_ROWS);
  return tables.length ? decided(all).flatMap((line) => amountsIn(all.text.lines[line].text).filter(({ rate }) => rate).flatMap(({ value, label, from, to }) => {
    const said = label.toLowerCase().split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u).filter((word) => word && !ASKED.has(word));
    if (said.length < 2 || said.length > 7) return [];
    const rows = tables.flatMap((table) => bodyOf(table).map(({ cells }) => ({ words: new Set(cells.filter((cell) => numberOf(cell) === null).join(" ").toLowerCase().split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u)), values: cells.map((cell) => numberOf(cell)).filter((one) => one !== null).map((one) => one * factorOf(table)) })));
    const own = rows.filter(({ words }) => said.every((word) => words.has(word)));
    return own.length === 1 && own[0].values.length && !own[0].values.includes(value) && own[0].values.some((one) => Math.abs(one - value) <= 0.3 * one) ? [{ line, from, to, detail: `Bảng ghi ${own[0].values.map((one) => numberText(one)).join("; ")} đồng.` }] : [];
  })) : [];
}

const FILLS = "(?:\\s+(?:cuối|đến|hết|năm|20\\d\\d|xuống|còn|đạt|là|lên|ở mức|của|xã|phường|toàn|tính|vào|giảm|phấn đấu|khoảng đạt))*";
const UNITS = "%|tấn|tạ|ha|km|hộ|người|con|trường|thôn|bản|ấp|cây|m3|m2|m|lượt|căn|nhà|triệu đồng";
/** “đưa tỷ lệ hộ nghèo cuối năm 2027 xuống 12,5%” beside the row of that name, whose column of the year says 11,5. */
export function targetsOfTable(all) {
  const years = [...new Set(titleOf(all).match(/20\d\d/gu) || [])];
  if (years.length !== 1) return [];
  // What a text says of another year, or of what was reached, is no target of this one's.
  const looksBack = new Set(all.parts.articles.filter(({ title }) => /kết quả|đánh giá|tình hình|thực trạng/iu.test(title)).flatMap(span));
  const lines = decided(all).filter((line) => !looksBack.has(line) && (!/20\d\d/u.test(all.lower[line].replace(new RegExp(years[0], "gu"), " ")) || all.lower[line].includes(years[0])));
  return all.parts.tables.filter(({ rows }) => rows.length < MOST_ROWS).flatMap((table) => {
    const names = namesOf(table);
    const columns = names.map((name, column) => (column > 0 && name.includes(years[0]) && !/so|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|thực hiện \d|%/u.test(name.replace(years[0], "")) ? column : -1)).filter((column) => column > 0);
    if (columns.length !== 1) return [];
    return bodyOf(table).flatMap(({ cells }) => {
      const own = lowered(cells);
      const label = (own.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "").replace(/\(.*?\)/gu, " ").replace(/\s+/gu, " ").trim();
      const unit = own.find((cell) => new RegExp(`^(?:${UNITS})$`, "u").test(cell)) || (/\(%\)|\(\s*%/u.test(own.join(" ")) ? "%" : "");
      const values = cells.map((cell) => numberOf(cell)).filter((value) => value !== null);
      const value = numberOf(cells[columns[0]] || "");
      if (!unit || value === null || label.split(" ").length < 3 || label.length > 80) return [];
      const said = new RegExp(`${label.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")}${FILLS}\\s*:?\\s*(${NUMBER})\\s*${unit}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu");
      return lines.flatMap((line) => [...all.lower[line].matchAll(said)].filter((found) => !values.includes(numberOf(found[1])) && !/giảm\s*$|tăng\s*$/u.test(found[0].slice(0, found[0].lastIndexOf(found[1]))) && !(found[0].match(/20\d\d/gu) || []).some((year) => year !== years[0]) && !/(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|năm 20\d\d[^.;]{0,60}$|đã |so với|hiện (?:nay|còn)/u.test(all.lower[line].slice(0, found.index).replace(new RegExp(`năm ${years[0]}`, "gu"), " ")))
        .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Bảng ghi ${numberText(value)} ${unit}.` })));
    });
  });
}

const MEASURED = /tổng\s+(?:chiều dài|diện tích|khối lượng|số\s+[^:;.,\d]{1,30}|chiều rộng|sản lượng)(?:\s+(?:là|của các tuyến|các tuyến|khoảng|đạt))*\s*:?\s*(\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?|\d{1,6}(?:,\d{1,3})?)\s*(m2|m3|km|ha|m|hộ|người|tấn|cây|nhân khẩu|học sinh)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d])/u;
/** “tổng chiều dài 6.350 m” beside a table whose total, below a head of that unit, is near it but not the same. */
export function measuredTotals(all) {
  return all.parts.tables.filter(({ rows }) => rows.length < MOST_ROWS).flatMap((table) => {
    const total = table.rows.find((cells, at) => at >= Math.max(1, table.head) && cells.some((cell) => /^\s*(?:tổng|cộng)/iu.test(cell)));
    const names = total ? namesOf(table) : [];
    if (!total || total.length !== names.length) return [];
    return [...span({ line: Math.max(0, table.line - 3), to: table.line - 1 }), ...span({ line: table.to + 1, to: Math.min(all.lower.length - 1, table.to + 2) })].flatMap((line) => {
      const found = all.text.lines[line].cells ? null : MEASURED.exec(all.lower[line]);
      const values = found ? names.map((name, column) => (new RegExp(`(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\\d])${found[2]}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\\d])`, "u").test(name) ? numberOf(total[column] || "") : null)).filter((value) => value !== null && value > 0) : [];
      const value = found ? numberOf(found[1]) : 0;
      return values.length && !values.includes(value) && values.some((one) => Math.abs(one - value) <= 0.15 * one) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Dòng tổng của bảng ghi ${values.map((one) => numberText(one)).join("; ")} ${found[2]}.` }] : [];
    });
  });
}

const ITS_SOURCES = /^\s*(?:các\s+)?nguồn\s+(?:bù đắp|kinh phí|vốn|thực hiện|điều chỉnh|bổ sung|bảo đảm|cân đối|để)/iu;
const TOTAL_RISES = /tổng\s[^;]{0,140}?(?:tăng|bổ sung)\s+(?:thêm\s+)?$/u;
/** An article of the sources of what the whole rises by, which make another sum than that. */
export function sourcesOfRise(all) {
  const { articles } = all.parts;
  const rises = articles.flatMap(span).filter((line) => !all.text.lines[line].cells).flatMap((line) => amountsIn(all.text.lines[line].text).filter(({ from, rate }) => !rate && TOTAL_RISES.test(all.lower[line].slice(0, from))).map(({ value }) => value));
  if (!rises.length || new Set(rises).size !== 1) return [];
  return articles.filter(({ title }) => ITS_SOURCES.test(title)).flatMap(({ line, to }) => {
    const lines = span({ line, to }).filter((at) => !all.text.lines[at].cells);
    const money = lines.flatMap((at) => amountsIn(all.text.lines[at].text).map((one) => ({ ...one, at })));
    const words = lines.map((at) => all.lower[at]).join("\n");
    const sum = money.reduce((all_, { value }) => all_ + value, 0);
    if (money.length < 2 || money.some(({ rate, value }) => rate || rises.includes(value)) || /tổng|trong đó|còn lại|giảm|đã /u.test(words)) return [];
    const last = money[money.length - 1];
    return sum !== rises[0] && Math.abs(sum - rises[0]) <= 0.15 * rises[0] ? [{ line: last.at, from: last.at === money[0].at ? money[0].from : last.from, to: last.to, detail: `Các nguồn cộng được ${numberText(sum)} đồng, tổng tăng ${numberText(rises[0])} đồng.` }] : [];
  });
}

const ALL_OF_THEM = /(?:tổng|cộng|thành tiền)[^.;\d]{0,40}$/u;
/** “4 nhà văn hóa, kinh phí 80 triệu đồng/nhà, tổng kinh phí 360 triệu đồng”: so many, each, and all. */
export function ratesTimes(all, line) {
  const words = all.lower[line];
  if (!words.includes("/") || words.length > 1500) return [];
  const money = amountsIn(all.text.lines[line].text);
  return money.slice(0, -1).flatMap((each, index) => {
    const whole = money[index + 1];
    const noun = /^\/([A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+)/u.exec(each.rate || "");
    const between = words.slice(each.to, whole.from);
    if (!noun || whole.rate || /^(?:năm|tháng|quý|ngày|buổi|lần|giờ)$/u.test(noun[1]) || (each.rate.match(/\//gu) || []).length > 1 || !ALL_OF_THEM.test(between) || /\d|^\s*\/|(?:^|\s)(?:năm|quý|tháng)(?:\s|$)/u.test(between) || /[.;]\s/u.test(between) || NOT_EXACT.test(between)) return [];
    const lead = words.slice(Math.max(0, each.from - 140), each.from).split(/[.;]\s/u).pop();
    const counts = [...lead.matchAll(new RegExp(`(?:^|[^\\d.,])(${NUMBER})\\s+${noun[1]}(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])`, "gu"))];
    if (counts.length !== 1 || /(?:^|\s)\d+\s*(?:tháng|năm|lần|buổi|ngày|quý)/u.test(lead) || /tối đa|không quá|khoảng/u.test(lead)) return [];
    const counted = numberOf(counts[0][1]) * each.value;
    return Math.abs(counted - whole.value) > 0.005 * whole.value ? [{ place: { line, from: each.from, to: whole.to, detail: `${counts[0][1]} × ${numberText(each.value)} là ${numberText(counted)} đồng.` }, near: false }] : [];
  });
}
