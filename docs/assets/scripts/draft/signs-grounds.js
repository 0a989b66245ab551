// Signs of what a draft rests on: texts that ended, numbers and days that belong to different texts, what is missing.
import { budgetYear, ground, isOtherPaper, titleOf, whole } from "./places.js";
import { vnDate } from "../basics/times.js";

const has = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
const yearOf = (number) => (/\/((?:19|20)\d\d)\//u.exec(number) || [])[1] || "";
const bare = (name) => name.toLowerCase().replace(/\(sửa đổi\)/u, "").replace(/[\s(]+(?:năm\s+)?(?:19|20)\d\d\)?.*$/u, "").replace(/\s+/gu, " ").trim();

/** A ground in lower case, spaces folded; one ground may name thousands of texts. */
const folded = new WeakMap();
function inLower(one) {
  if (!folded.has(one)) folded.set(one, one.text.toLowerCase().replace(/\s+/gu, " "));
  return folded.get(one);
}

/** Each text that the grounds name, with its ground; “753/2005/NQ-UBTVQH11” is written without NQ, too. */
const named = (all) => all.parts.grounds.flatMap((one) => one.texts.map((text) => ({ ground: one, text: { ...text, number: text.number.replace(/\/NQ-(?=UBTVQH)/u, "/") } })));

/** The known text that some words mean: by number; a law also by its name and its day or year. */
function knownOf({ TEXTS }, { kind, number, day, name }, said = "") {
  if (number) return has(TEXTS, number) ? [number, TEXTS[number]] : null;
  const year = (/((?:19|20)\d\d)\)?$/u.exec(name.trim()) || /năm\s+((?:19|20)\d\d)/u.exec(said) || [])[1];
  if (kind !== "luat" || (!day && !year)) return null;
  return Object.entries(TEXTS).find(([known, text]) => text.law && `${text.law} `.startsWith(`${bare(name)} `) && (day && text.day ? text.day === day : yearOf(known) === (day ? day.slice(0, 4) : year))) || null;
}

/** Whether a ground calls a law by its own name, whole or from the beginning. */
const isCalled = (one, { name }, { law }) => inLower(one).includes(law) || law.startsWith(bare(name)) || bare(name).split(" ").length < 2;

const replaced = ({ by }) => (by ? `Nay là ${by}.` : "");

/** Texts in the grounds that have ended, by whether it depends on the budget year. */
function endedTexts(all, byYear) {
  return named(all).flatMap(({ ground: one, text }) => {
    // “Luật Hoạt động giám sát … năm 2015” tells its year behind the name.
    const known = knownOf(all, text, one.texts.length === 1 ? one.text : "");
    if (!known || !known[1].by || known[1].budget !== byYear) return [];
    const year = budgetYear(all);
    // What was adopted while the old law held was right on its day.
    const on = [all.parts.adopted, all.parts.dated].map((part) => (part && part.day) || "").sort().pop();
    if (on && known[1].ended && on < known[1].ended) return [];
    if (byYear && year && year < Number(known[1].ended.slice(0, 4))) return [];
    return [{ ...ground(all, one), detail: replaced(known[1]) }];
  });
}

/** What the Standing Committee or a board submits itself: not all councils have it verified. */
const isOwn = ({ parts: { submission } }) => !!submission && (/^(?:thường trực|ban\s|trưởng ban)/iu.test(submission.by || "") || /thường trực (?:hội đồng nhân dân|hđnd)/iu.test(submission.text));
const withoutVerification = (all) => (all.parts.opening && !isOtherPaper(all) && !all.parts.verification && !PERSONS.test(titleOf(all)) && !isOwn(all) ? [whole(all, all.parts.opening.to)] : []);

/** Whether a ground names a text: by its number, a law by its name. */
function isNamed(all, number) {
  const known = all.TEXTS[number] || {};
  return all.parts.grounds.some((one) => one.texts.some((text) => text.number === number) || one.text.includes(number) || (known.law && inLower(one).includes(known.law)));
}

/** A sign's own texts that no ground names; said once, for all grounds. */
function missing(all, { texts }) {
  const { grounds } = all.parts;
  const absent = texts.filter((number) => !isNamed(all, number));
  // A report that is made on somebody's behalf tells no grounds.
  return grounds.length && !(isOtherPaper(all) && !grounds.some(({ text }) => /^căn cứ/iu.test(text))) && absent.length ? [{ ...ground(all, grounds[0]), detail: `Chưa thấy: ${absent.map((number) => (all.TEXTS[number] || { short: number }).short).join(", ")}.` }] : [];
}

const paper = (all, part) => (part ? [whole(all, part.line)] : []);
const ONE_BOARD = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:các\s+)?ban(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
const withoutCommittees = (words) => words.replace(/(?:ủy|uỷ) ban/gu, "ubnd");
const COMMITTEE_VERIFIES = /^\s*(?:\d{1,2}[.)]\s*)?(?:(?:ủy|uỷ) ban nhân dân|ubnd)(?:\s+(?:xã|phường|đặc khu))?\s+(?:đã\s+)?(?:tổ chức\s+|tiến hành\s+)?thẩm tra(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;
const NOT_A_BOARD = /thẩm tra\s+(?:số[^;]{0,40}?\s)?(?:ngày[^;]{0,40}?\s)?của\s+(?:ủy ban|uỷ ban|ubnd|phòng|sở|đảng|văn phòng)/iu;
const PERSONS = /(?:^|[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])(?:bầu|miễn nhiệm|bãi nhiệm|cho thôi|xác nhận kết quả|thôi làm nhiệm vụ)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/u;

/** A known law with a number, or without one with a day, that is not its own. */
function strangeLaws(all) {
  return named(all).flatMap(({ ground: one, text }) => {
    if (text.kind !== "luat" || text.amends || text.inner || !(text.number || text.day) || has(all.TEXTS, text.number)) return [];
    const own = Object.entries(all.TEXTS).filter(([, known]) => known.law && known.law === bare(text.name));
    const now = own.find(([, known]) => !known.by);
    if (!now || (!text.number && own.some(([, { day }]) => !day || day === text.day))) return [];
    return [{ ...ground(all, one), detail: `Luật mang tên này mà sổ tay biết: số ${now[0]}${now[1].day ? `, ngày ${vnDate(now[1].day)}` : ""}.` }];
  });
}

/** Where the submission should stand: with the report on it, or with what delegates said, the last line of an opening. */
const beforeDebate = ({ parts: { verification, opening }, lower }) => {
  const said = Array.from({ length: opening.to - opening.line + 1 }, (_, at) => opening.line + at).find((line) => /ý kiến thảo luận|thảo luận của/u.test(lower[line]));
  return verification ? verification.line : said === undefined ? opening.line : said;
};

const BUDGET = /ngân sách|dự toán|quyết toán|đầu tư công/u;
/** Papers of a level that is no more; those of its own day may still hold. */
const ofDistrict = ({ text, texts }) => /của\s+(?:phòng|ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd|chủ tịch)[^;]{0,60}?\s(?:huyện|thị xã|quận)(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/iu.test(text) && !(texts.some(({ day }) => day && day < "2025-07-01"));
const OWN_RESOLUTION = /nghị quyết\s+(?:số\s*)?[\d.…\s]*(?:\/20\d\d)?\/?nq-(?:tt)?hđnd|nghị quyết[^;.]{0,40}của\s+(?:hội đồng nhân dân|hđnd)\s+(?:xã|phường|đặc khu)/u;

/** What a submission says that it is about, in words of its own; few of the title's among them: another matter's paper. */
const LITTLE = new Set("về việc của và các cho tại theo với trong năm xã phường đặc khu hội đồng nhân dân hđnd ủy ban ubnd nghị quyết quyết định khóa kỳ họp thứ nhiệm một số đối phê chuẩn thông qua ban hành thực hiện được là có này tờ trình dự thảo ngày tháng đề nghị giới thiệu người trình".split(" "));
const wordsOf = (text) => new Set(text.toLowerCase().split(/[^A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]+/u).filter((word) => word.length > 1 && !LITTLE.has(word)));
function otherMatter(all) {
  const { submission } = all.parts;
  const about = submission ? /tờ trình[^;]{0,160}?\s(?:về(?: việc)?|đề nghị)\s+([^;.]{10,200})/iu.exec(submission.text.split(/báo cáo (?:thẩm tra|kết quả)/iu)[0]) : null;
  const [own, title] = [wordsOf(about ? about[1] : ""), wordsOf(titleOf(all))];
  if (own.size < 3 || title.size < 3) return [];
  const article = wordsOf(all.parts.articles.length ? all.parts.articles[0].text.slice(0, 300) : "");
  const shared = [...own].filter((word) => title.has(word) || article.has(word)).length;
  return shared / own.size < 0.25 ? [whole(all, submission.line)] : [];
}

/** What tells where a board stands: that it agrees or does not, what is to be changed, that the council may decide. */
const STANDPOINT = /nhất trí|tán thành|thống nhất|đồng ý|không đồng tình|đồng tình|đề nghị[^.;]{0,120}?(?:thông qua|xem xét|quyết định|ban hành|phê chuẩn|biểu quyết|giảm|tăng|bổ sung|sửa|chỉnh|làm rõ|cân nhắc|rà soát|chưa)|đủ điều kiện|đảm bảo điều kiện|bảo đảm điều kiện|kiến nghị[^.;]{0,120}?(?:xem xét|thông qua|sửa|chưa)|chưa (?:trình|thông qua)|quan điểm|quyết nghị/u;
function withoutStandpoint(all) {
  if (!isOtherPaper(all) || !/thẩm tra/u.test(titleOf(all)) || !all.places.content.length) return [];
  const lines = all.places.content.filter((line) => !all.text.lines[line].cells);
  const end = lines.findIndex((line) => /^\s*(?:[ivx]{1,4}|\d)[.)]\s*(?:kết luận|đề nghị|kiến nghị|ý kiến)(?![^\n]{0,60}thảo luận)/u.test(all.lower[line]));
  const said = end < 0 ? lines : lines.slice(end + 1);
  // Where nothing marks the end, the whole report is asked.
  if (!said.length || said.some((line) => STANDPOINT.test(all.lower[line]))) return [];
  return [whole(all, end < 0 ? lines[lines.length - 1] : said[0])];
}

export const TESTS = {
  "sl-tham-tra-khong-quan-diem": withoutStandpoint,
  "sl-to-trinh-viec-khac": otherMatter,
  "sl-tham-tra-khac-linh-vuc": (all) => {
    const { verification } = all.parts;
    const words = verification ? withoutCommittees(all.lower[verification.line]) : "";
    return BUDGET.test(titleOf(all)) && !/biên chế|người làm việc|phụ cấp/u.test(titleOf(all)) && /ban văn (?:hóa|hoá)/u.test(words) && !/ban kinh tế/u.test(words) ? paper(all, verification) : [];
  },
  "sl-can-cu-co-quan-huyen": (all) => all.parts.grounds.filter(ofDistrict).map((one) => ground(all, one)),
  "sl-can-cu-nghi-quyet-goc": (all) => {
    const { grounds, title } = all.parts;
    const said = all.lower.slice(all.parts.range.line, all.parts.range.to + 1).filter((_, at) => !title || at + all.parts.range.line > title.to).join("\n");
    return title && grounds.length && /điều chỉnh/u.test(titleOf(all)) && !OWN_RESOLUTION.test(said.replace(/số\s*:.*\n/u, "")) ? [ground(all, grounds[0])] : [];
  },
  "sl-can-cu-giao-du-toan": (all) => {
    const { grounds } = all.parts;
    return grounds.length && !grounds.some(({ text }) => /(?:quyết định|nghị quyết)[^;]{0,160}(?:tỉnh|thành phố)[^;]{0,120}(?:giao|dự toán|ngân sách)|giao[^;]{0,40}dự toán/iu.test(text)) ? [ground(all, grounds[0])] : [];
  },
  "sl-khong-can-cu": ({ parts }) => (parts.articles.length && !parts.grounds.length ? [{}] : []),
  "sl-can-cu-het-hieu-luc": (all) => endedTexts(all, false),
  "sl-can-cu-ngan-sach-cu": (all) => endedTexts(all, true),
  "sl-dieu-dan-luat-het": (all) => {
    const year = budgetYear(all);
    const ended = Object.entries(all.TEXTS).filter(([, { by, budget, ended: since }]) => by && (!budget || (year && since && year >= Number(since.slice(0, 4)))));
    const numbers = ended.map(([number]) => number);
    // “Luật Ngân sách nhà nước năm 2015” tells its year alone.
    const byYear = ended.filter(([number, { law }]) => law && yearOf(number)).map(([number, { law }]) => [number, `${law} năm ${yearOf(number)}`]);
    const lines = all.places.content.concat(all.places.implementation).filter((line) => !/bãi bỏ|thay thế|thay bằng|bỏ căn cứ|hết hiệu lực|trước đây|trước ngày|giai đoạn|tổng kết/u.test(all.lower[line]));
    return lines.flatMap((line) => {
      const { text } = all.text.lines[line];
      const number = numbers.find((one) => text.includes(one));
      const from = number ? text.indexOf(number) : -1;
      if (from >= 0) return [{ line, from, to: from + number.length, detail: replaced(all.TEXTS[number]) }];
      const called = byYear.find(([, name]) => all.lower[line].includes(name));
      const at = called ? all.lower[line].indexOf(called[1]) : -1;
      return at >= 0 ? [{ line, from: at, to: at + called[1].length, detail: replaced(all.TEXTS[called[0]]) }] : [];
    });
  },
  "sl-can-cu-sai-ngay": (all) => named(all).flatMap(({ ground: one, text }) => {
    const known = has(all.TEXTS, text.number) ? all.TEXTS[text.number] : null;
    if (!known || !known.day || !text.day || text.amends || known.day === text.day) return [];
    return [{ ...ground(all, one), detail: `${known.short}: ngày ${vnDate(known.day)}.` }];
  }),
  "sl-can-cu-sai-ten": (all) => named(all).flatMap(({ ground: one, text }) => {
    const known = has(all.TEXTS, text.number) ? all.TEXTS[text.number] : null;
    if (!known || !known.law || text.amends || text.kind !== "luat" || isCalled(one, text, known)) return [];
    return [{ ...ground(all, one), detail: `Số ${text.number} là của ${known.name}.` }];
  }),
  "sl-can-cu-so-la": strangeLaws,
  "sl-can-cu-nam-so-ngay": (all) => named(all).flatMap(({ ground: one, text }) => {
    const year = yearOf(text.number);
    return year && text.day && !has(all.TEXTS, text.number) && year !== text.day.slice(0, 4) ? [ground(all, one)] : [];
  }),
  "sl-khong-to-trinh": (all) => (all.parts.opening && !isOtherPaper(all) && !all.parts.submission && !PERSONS.test(titleOf(all)) ? [whole(all, beforeDebate(all))] : []),
  "sl-to-trinh-khong-so": (all) => (all.parts.submission && /tờ trình/u.test(all.lower[all.parts.submission.line]) && !all.parts.submission.number ? paper(all, all.parts.submission) : []),
  "sl-khong-tham-tra": withoutVerification,
  // The same of a draft that is still on its way: asked, for the report may be to come.
  "sl-chua-tham-tra": withoutVerification,
  "sl-tham-tra-khong-so": (all) => (all.parts.verification && /báo cáo/u.test(all.lower[all.parts.verification.line]) && !/các báo cáo/u.test(all.lower[all.parts.verification.line]) && !all.parts.verification.number ? paper(all, all.parts.verification) : []),
  "sl-tham-tra-khong-phai-ban": (all) => (isOtherPaper(all) && /thẩm tra/u.test(titleOf(all)) ? all.places.content.filter((line) => COMMITTEE_VERIFIES.test(all.lower[line])).slice(0, 1).map((line) => whole(all, line)) : all.parts.verification && NOT_A_BOARD.test(all.lower[all.parts.verification.line]) ? paper(all, all.parts.verification) : []),
  "sl-tham-tra-khong-ten-ban": (all) => {
    const { verification } = all.parts;
    return verification && !ONE_BOARD.test(withoutCommittees(all.lower[verification.line])) && !NOT_A_BOARD.test(all.lower[verification.line]) ? paper(all, verification) : [];
  },
  "sl-thieu-luat-to-chuc": missing,
  "sl-thieu-luat-ngan-sach": missing,
  "sl-thieu-luat-dau-tu-cong": missing,
  "sl-thieu-luat-giam-sat": missing,
  "sl-thieu-nghi-dinh-thon": missing,
  "sl-thieu-luat-dan-chu": missing,
  "sl-can-cu-vbqppl": (all) => {
    const { normative } = all.kinds[all.answers.kind] || {};
    if (normative !== "ca-biet" || (all.parts.number && all.parts.number.hasYear)) return [];
    return all.parts.grounds.filter(({ text }) => /luật ban hành văn bản quy phạm/iu.test(text)).map((one) => ground(all, one));
  },
  "sl-can-cu-cong-van": (all) => all.parts.grounds.filter(({ text }) => /^căn cứ\s+(?:công văn|kết luận|thông báo)\s/iu.test(text)).map((one) => ground(all, one)),
  "sl-can-cu-khong-so": (all) => all.parts.grounds.filter(({ text, texts }) => /^căn cứ\s+(?:nghị định|thông tư|nghị quyết|quyết định)\s+(?!số|liên tịch|\d|này)/iu.test(text) && !/\d+\s*\//u.test(text) && !texts.some(({ day }) => day)).map((one) => ground(all, one)),
  "sl-can-cu-trung": (all) => {
    const first = all.parts.grounds.map(({ texts }) => (texts.length && !texts[0].amends ? texts[0].number : ""));
    return all.parts.grounds.filter((_, at) => first[at] && first.indexOf(first[at]) < at).map((one) => ground(all, one));
  },
  "sl-can-cu-den-2027": (all) => {
    const { year } = all.answers;
    if (year && year < 2027) return [];
    return all.parts.grounds.filter(({ text }) => /nghị định[^;]{0,40}\d+\/2025\/nđ-cp/iu.test(text) && /phân cấp|phân quyền|phân định thẩm quyền/iu.test(text)).map((one) => ground(all, one));
  },
};
