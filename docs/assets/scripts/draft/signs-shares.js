// Signs of shares: what a share is of, shares of one whole, what is reserved of all that is spent.
import { FACTOR, amountsIn, numberOf, numberText } from "./figures.js";
import { decided, span } from "./places.js";

const SHARE_OF = /(?:^|[^\d/])(\d{1,4})\s*\/\s*(\d{1,4})\s+(?:đại biểu|phiếu|hộ|cử tri|thôn|tổ|người|ý kiến|chỉ tiêu|trường|trạm|công trình|dự án|xã)[^%\d/]{0,60}?(\d{1,3}(?:[.,]\d{1,2})?)\s*%(?!\s*(?:trên\s+|so với\s+)?tổng số)/gu;
/** “5,6% (92/2.300 hộ)”. */
const SHARE_BEFORE = /(\d{1,3}(?:,\d{1,2})?)\s*%\s*\((\d{1,3}(?:\.\d{3})*|\d{1,5})\s*\/\s*(\d{1,3}(?:\.\d{3})*|\d{1,5})(?:\s|\))/gu;
const placesIn = (share) => (/[.,](\d+)/u.exec(share) || ["", ""])[1].length;
const isOff = (counted, share) => Math.abs(Number(share.replace(",", ".")) - counted) > 0.6 * 10 ** -placesIn(share);

/** “20/19 khu phố”: more of them than there are. */
const OF_SO_MANY = /(?:^|[^\d/.,])(\d{1,4})\s*\/\s*(\d{1,4})\s+(?:hộ|thôn|ấp|bản|khu phố|tổ dân phố|trường|đại biểu|phiếu|chỉ tiêu|tiêu chí|kiến nghị|nhiệm vụ|dự án|công trình)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/gu;
const moreThanThere = (all) => all.lower.flatMap((words, line) => [...words.matchAll(OF_SO_MANY)].filter(([, part, of]) => Number(of) > 0 && Number(part) > Number(of) && Number(part) < 2 * Number(of))
  .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `${Number(found[1])} nhiều hơn ${Number(found[2])}.` })));

/** “12/25 đại biểu (52%)”: a share that is not what its two numbers make. */
function wrongShares(all) {
  return all.lower.flatMap((words, line) => [...[...words.matchAll(SHARE_BEFORE)].filter(([, share, part, of]) => numberOf(of) > 0 && isOff((100 * numberOf(part)) / numberOf(of), share))
    .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `${found[2]}/${found[3]} là ${numberText(Math.round((1000 * numberOf(found[2])) / numberOf(found[3])) / 10)}%.` })), ...[...words.matchAll(SHARE_OF)].filter(([, part, of, share]) => Number(of) > 0 && isOff((100 * Number(part)) / Number(of), share))
    .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `${found[1]}/${found[2]} là ${numberText((100 * Number(found[1])) / Number(found[2]))}%.` }))]);
}

const VERB = /(đạt|bằng|chiếm|tương đương|tăng|giảm)\s+(\d{1,3}(?:,\d{1,2})?)\s*%/gu;
const COMPARED = /dự toán|kế hoạch|so với|cùng kỳ|(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])ước|thực hiện|tổng|\(/u;
const WAYS = { "tăng": (one, other) => (100 * (one - other)) / other, "giảm": (one, other) => (100 * (other - one)) / other };
const partOf = (one, other) => (100 * one) / other;

/** “187.460 triệu đồng, đạt 110,3% dự toán (170.000 triệu đồng)”; “đạt 87,5% (3.500 triệu đồng/4.000 triệu đồng)”. */
function sharesOfMoney(all) {
  return all.lower.flatMap((words, line) => {
    if (!words.includes("%") || all.text.lines[line].cells || words.length > 3000) return [];
    const amounts = amountsIn(all.text.lines[line].text);
    return [...words.matchAll(VERB)].flatMap((found) => {
      const [from, to] = [found.index, found.index + found[0].length];
      const before = amounts.filter((one) => one.to <= from && from - one.to < 40).pop();
      const after = amounts.filter((one) => one.from >= to && one.from - to < 90);
      const isPair = after.length > 1 && words.slice(after[0].to, after[1].from).trim() === "/";
      const [one, other] = isPair ? after : [before, after[0]];
      if (!one || !other || !other.value) return [];
      const between = words.slice(to, (isPair ? one : other).from);
      if (/[%;]|(?:^|\D)\.\s|khoảng|gấp/u.test(between) || !COMPARED.test(between) || /khoảng|gần|hơn/u.test(words.slice(Math.max(0, from - 12), from))) return [];
      const counted = (WAYS[found[1]] || partOf)(one.value, other.value);
      return isOff(counted, found[2]) ? [{ line, from, to, detail: `Tính được ${numberText(Math.round(counted * 10) / 10)}%.` }] : [];
    });
  });
}

/** Shares of one whole that do not make a hundred. */
function moreThanAll(all) {
  return all.lower.flatMap((words, line) => {
    const begin = /kinh phí[^.;%\d]{0,40}\s(?:do|từ|gồm)\s(?=[^.;]*%[^.;]*%[^.;]*(?:nhân dân|doanh nghiệp|xã hội hóa|đóng góp|ngân sách)[^.;]*%)|cơ cấu|tỷ trọng|tỉ trọng|nguồn vốn|nguồn kinh phí|tỷ lệ (?:phân chia|đóng góp|vốn|điều tiết)/u.exec(words);
    if (!begin || all.text.lines[line].cells) return [];
    const sentence = words.slice(begin.index).split(/\.\s(?=\D)/u)[0];
    const shares = [...sentence.matchAll(/(\d{1,2}(?:,\d{1,2})?)\s*%/gu)].map(([, share]) => Number(share.replace(",", ".")));
    const sum = shares.reduce((all_, one) => all_ + one, 0);
    return shares.length > 2 && shares.length < 7 && !/tăng|giảm/u.test(sentence) && Math.abs(sum - 100) > 0.5 && Math.abs(sum - 100) < 15
      ? [{ line, from: begin.index, to: begin.index + sentence.length, detail: `Cộng được ${numberText(sum)}%.` }] : [];
  });
}

const SPLIT = /(?:để lại|trích|giữ lại|hưởng|điều tiết|hỗ trợ|nộp)[^.%]{0,60}?(\d{1,2})\s*%[^.%]{0,80}?(?:nộp|điều tiết|hưởng|trích|còn lại|đóng góp|đối ứng|để lại|giữ lại)?[^.%]{0,40}?(\d{1,2})\s*%(?![^.]*%)/gu;
/** What is kept and what is handed on of one sum. */
function splitShares(all) {
  return decided(all).flatMap((line) => [...all.lower[line].matchAll(SPLIT)].filter(([words, one, other]) => /nộp|điều tiết|(?:hỗ trợ|ngân sách)[^%]*%[^%]*(?:đóng góp|đối ứng|nộp|ngân sách)/u.test(words) && Number(one) + Number(other) !== 100 && Number(one) + Number(other) > 60)
    .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Cộng được ${Number(found[1]) + Number(found[2])}%.` })));
}

/** “Tỷ lệ che phủ rừng: 48,6.”: of what. */
function withoutUnit(all) {
  return decided(all).filter((line) => /^\s*(?:\d{1,2}[.)]|[a-zđ][.)]|[-–+•*])?\s*(?:tỷ|tỉ) lệ\s[^:%]{3,80}:\s*\d{1,3}(?:,\d{1,2})?\s*[.;]?\s*$/u.test(all.lower[line])).map((line) => ({ line, from: 0, to: all.text.lines[line].text.length }));
}

/** “4.200 triệu đồng, chiếm 3% tổng chi”; “90 kiến nghị, đạt 75%”: of what the text says elsewhere. */
const OF_TOTAL = /(?:chiếm|bằng)\s+(\d{1,2}(?:,\d{1,2})?)\s*%\s+tổng\s+(chi|vốn|số|kinh phí|mức)/u;
const OF_COUNT = /(\d{1,4})\s+(kiến nghị|hộ|chỉ tiêu|nhiệm vụ|ý kiến)\s*,?\s*(?:đạt|chiếm|bằng)\s+(?:tỷ lệ\s+)?(\d{1,3}(?:,\d{1,2})?)\s*%/gu;
/** “412 hộ nghèo trên tổng số 1.648 hộ, chiếm 25%”. */
const OF_ANOTHER = /(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^.;%\d]{0,50}?(?:trên|trong|\/)\s+(?:tổng số\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ][^.;%\d(]{0,40}?(?:chiếm|đạt|bằng)\s+(?:tỷ lệ\s+)?(\d{1,3}(?:,\d{1,2})?)\s*%/gu;
/** “2.000 hộ, trong đó 1.500 hộ có nước sạch, đạt 75%”. */
const OF_WHOLE = /(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+(hộ|người|thôn|trường|lao động|học sinh|cử tri|đại biểu|chỉ tiêu|kiến nghị)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;%\d]{0,50}trong đó[^.;%\d]{0,20}(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+\2(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;%\d]{0,60}(?:đạt|chiếm|bằng)\s+(?:tỷ lệ\s+)?(\d{1,3}(?:,\d{1,2})?)\s*%(?!\s*(?:kế hoạch|so với|chỉ tiêu|mục tiêu|dự toán))/gu;
/** “210 hộ, chiếm 7,5% tổng số 3.450 hộ”. */
const SHARE_THEN_ALL = /(?:^|[^\d/.,])(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+(hộ|người|thôn|trường|lao động|học sinh|cử tri|đại biểu|chỉ tiêu|kiến nghị|nhân khẩu)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])[^.;%\d]{0,50}(?:chiếm|đạt|bằng)\s+(?:tỷ lệ\s+)?(\d{1,3}(?:,\d{1,2})?)\s*%\s+(?:trên\s+|so với\s+|của\s+)?(?:tổng(?: số)?|trong)\s+(?:là\s+)?(\d{1,3}(?:\.\d{3})+|\d{1,5})\s+\2/gu;
const sharesThenAll = (all) => all.places.content.filter((line) => !all.text.lines[line].cells && all.lower[line].includes("%")).flatMap((line) => [...all.lower[line].matchAll(SHARE_THEN_ALL)].filter(([, part, , share, of]) => numberOf(of) > numberOf(part) && isOff((100 * numberOf(part)) / numberOf(of), share))
  .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `Tính được ${numberText(Math.round((1000 * numberOf(found[1])) / numberOf(found[4])) / 10)}%.` })));
const sharesOfWhole = (all) => all.places.content.filter((line) => !all.text.lines[line].cells).flatMap((line) => [...all.lower[line].matchAll(OF_WHOLE)].filter(([, of, , part, share]) => numberOf(of) > numberOf(part) && isOff((100 * numberOf(part)) / numberOf(of), share))
  .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `${found[3]}/${found[1]} là ${numberText(Math.round((1000 * numberOf(found[3])) / numberOf(found[1])) / 10)}%.` })));
const sharesInLine = (all) => all.places.content.filter((line) => !all.text.lines[line].cells).flatMap((line) => [...all.lower[line].matchAll(OF_ANOTHER)].filter(([, part, of, share]) => numberOf(of) > numberOf(part) && isOff((100 * numberOf(part)) / numberOf(of), share))
  .map((found) => ({ line, from: found.index, to: found.index + found[0].length, detail: `${found[1]}/${found[2]} là ${numberText(Math.round((1000 * numberOf(found[1])) / numberOf(found[2])) / 10)}%.` })));

function sharesOfAll(all) {
  const lines = all.places.content.filter((line) => !all.text.lines[line].cells);
  const money = lines.flatMap((line) => {
    const found = OF_TOTAL.exec(all.lower[line]);
    const one = found ? amountsIn(all.text.lines[line].text).filter(({ to }) => to <= found.index).pop() : null;
    if (!one) return [];
    const whole = lines.flatMap((at) => amountsIn(all.text.lines[at].text)).find(({ label }) => new RegExp(`tổng ${found[2]}(?:\\s|$)`, "u").test(label.toLowerCase()) && !/trên địa bàn/u.test(label.toLowerCase()));
    return whole && isOff((100 * one.value) / whole.value, found[1]) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Tính được ${numberText(Math.round((1000 * one.value) / whole.value) / 10)}%.` }] : [];
  });
  const counts = lines.flatMap((line) => [...all.lower[line].matchAll(OF_COUNT)].flatMap((found) => {
    const told = lines.map((at) => new RegExp(`tổng(?: số| cộng)?(?:\\s+[^\\d.;]{0,60})?\\s*:?\\s*(\\d{1,4})\\s+${found[2]}`, "u").exec(all.lower[at])).find(Boolean);
    const counted = told ? (100 * Number(found[1])) / Number(told[1]) : null;
    return counted !== null && Number(told[1]) > Number(found[1]) && isOff(counted, found[3]) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `${found[1]}/${told[1]} là ${numberText(Math.round(10 * counted) / 10)}%.` }] : [];
  }));
  return [...money, ...counts, ...sharesInLine(all), ...sharesOfWhole(all)];
}

const RISES = /(tăng|giảm)\s+(?:khoảng\s+)?(\d{1,3}(?:,\d{1,2})?)\s*%(?!\s*\()/gu;
const PERCENT = /%|tỷ lệ|tỉ lệ|số tt|^tt$|stt/u;
/** “tăng 15% so với năm 2026”, where a table tells both years of the same name, or of the same amount. */
function growthOfTable(all) {
  const rows = all.parts.tables.flatMap(({ rows: own, head, unit }) => own.slice(Math.max(1, head)).map((cells) => {
    const name = cells.find((cell) => /[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]{2}/u.test(cell)) || "";
    const tops = own.slice(0, Math.max(1, head)).filter((one) => one.length === cells.length);
    const numbers = cells.map((cell, column) => ({ value: numberOf(cell), column })).filter(({ value, column }) => value !== null && value > 0 && column > cells.indexOf(name) && !tops.some((one) => PERCENT.test(one[column].toLowerCase())));
    return { name: name.toLowerCase().replace(/\(.*?\)/gu, " ").replace(/\s+/gu, " ").trim(), numbers, unit, isShare: cells.some((cell) => /^\s*%\s*$/u.test(cell)), years: tops.filter((one) => numbers.length === 2 && numbers.every(({ column }) => /20\d\d/u.test(one[column]))).length > 0 };
  })).filter(({ numbers, isShare, years }) => numbers.length === 2 && years && !isShare);
  if (!rows.length) return [];
  return all.places.content.filter((line) => !all.text.lines[line].cells).flatMap((line) => {
    const words = all.lower[line];
    const amounts = amountsIn(all.text.lines[line].text);
    return [...words.matchAll(RISES)].flatMap((found) => {
      const before = words.slice(Math.max(0, found.index - 80), found.index);
      if (/khoảng|bình quân|trên|ít nhất|tối thiểu/u.test(before.slice(-25)) || !/so với/u.test(words.slice(found.index, found.index + 80))) return [];
      const amount = amounts.filter(({ to }) => to <= found.index && found.index - to < 10).pop();
      const row = rows.find(({ name, numbers, unit }) => (amount ? Math.abs(numbers[1].value * (FACTOR[unit] || FACTOR[amount.unit]) - amount.value) < 1 : name.split(" ").length > 2 && before.trim().endsWith(name)));
      if (!row) return [];
      const [old, now] = row.numbers.map(({ value }) => value);
      const counted = WAYS[found[1]](now, old);
      return isOff(counted, found[2]) ? [{ line, from: found.index, to: found.index + found[0].length, detail: `Theo bảng: ${numberText(old)} và ${numberText(now)}, ${found[1]} ${numberText(Math.round(10 * counted) / 10)}%.` }] : [];
    });
  });
}

/** The reserve as a share of all that is spent, in words or in one column of a table: outside what the law wants. */
function reserve(all) {
  const figures = [];
  const add = (words, value, place) => {
    if (/^[\s\d.)a-zđ-]*(?:chi\s+)?dự phòng(?: ngân sách| chi)?(?:\s+(?:xã|phường))?\s*$/u.test(words)) figures.push({ what: "reserve", value, ...place });
    if (/tổng chi(?: ngân sách| cân đối)?[^,;]{0,40}$/u.test(words) && !/trên địa bàn/u.test(words)) figures.push({ what: "all", value, ...place });
  };
  const inTable = new Set(all.parts.tables.flatMap(span));
  all.places.content.filter((line) => !inTable.has(line)).forEach((line) => amountsIn(all.text.lines[line].text).forEach(({ label, value, from, to }) => add(label.toLowerCase(), value, { line, from, to })));
  const [kept, whole] = ["reserve", "all"].map((what) => figures.find((one) => one.what === what));
  const share = kept && whole && whole.value ? (100 * kept.value) / whole.value : null;
  return share !== null && (share < 1.95 || share > 5.05) ? [{ line: kept.line, from: kept.from, to: kept.to, detail: `Bằng ${numberText(Math.round(share * 10) / 10)}% tổng chi.` }] : [];
}

export const TESTS = {
  "sl-ti-le-lech": (all) => [...wrongShares(all), ...moreThanThere(all), ...sharesThenAll(all)],
  "sl-phan-tram-lech": (all) => [...sharesOfMoney(all), ...sharesOfAll(all), ...growthOfTable(all)],
  "sl-co-cau-qua-100": moreThanAll,
  "sl-chia-khong-het": splitShares,
  "sl-thieu-phan-tram": withoutUnit,
  "sl-du-phong-ngoai-muc": reserve,
};
