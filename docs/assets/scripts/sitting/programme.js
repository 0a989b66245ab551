// A sitting's programme: its lines in their half-days, clock times, what is pasted, models. No page here.
import { withoutMarks } from "../basics/without-marks.js";
import { NOT_VERIFIED, isDecided, mattersOf } from "./matters.js";
import { MAX_HALVES } from "./names.js";
import { vnDate } from "../basics/times.js";

/** What a line is. */
export const LINE_KINDS = {
  "nghi-thuc": "Nghi thức, khai mạc, bế mạc", "thu-tuc": "Biểu quyết chương trình, thủ tục", "bao-cao": "Báo cáo",
  "to-trinh": "Tờ trình, dự thảo", "tham-tra": "Báo cáo thẩm tra", "thao-luan": "Thảo luận", "chat-van": "Chất vấn",
  "bieu-quyet": "Biểu quyết nghị quyết", "nhan-su": "Bầu, miễn nhiệm", "thong-bao": "Thông báo, báo cáo gửi để đọc",
  nghi: "Nghỉ", "du-phong": "Dự phòng", khac: "Việc khác",
};
const MOST_MINUTES = 600;
const DEFAULT_START = ["07:30", "13:30"];
const NOON = "12:00";
const endAfter = (start) => (start >= NOON ? "17:00" : "11:30");

export const fold = (text) => withoutMarks(text || "").replace(/\s+/g, " ").trim();

/** Minutes of a line as a number; 0 where none are told. */
export const minutesOf = ({ minutes }) => (/^\d{1,3}$/.test(String(minutes)) ? Math.min(MOST_MINUTES, Number(minutes)) : 0);

function clockIn(text) {
  const found = /^(\d{1,2}):(\d\d)$/.exec(text || "");
  return found && Number(found[1]) < 24 && Number(found[2]) < 60 ? Number(found[1]) * 60 + Number(found[2]) : null;
}
/** “08 giờ 05”, as programmes write it. */
export const clockText = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")} giờ ${String(minutes % 60).padStart(2, "0")}`;

/** The half-day that a number is: {day, start, end} with what is not told filled in; `opening` is a day or "". */
function halfOf(halves, number, opening) {
  const given = halves[number - 1] || {};
  const start = clockIn(given.start) === null ? DEFAULT_START[(number - 1) % 2] : given.start;
  return { day: given.day || (number <= 2 ? opening : ""), start, end: clockIn(given.end) === null ? endAfter(start) : given.end };
}

/**
 * The lines with their clock: [{half, day, start, end, over, lines: [{...line, from, to}]}], `from` and `to` in minutes of the
 * day, `over` the minutes beyond the half-day's end. Lines stay in their order within their half-day.
 */
export function timed({ halves, lines }, opening = "") {
  const last = Math.max(1, ...lines.map(({ half }) => half), halves.length);
  return Array.from({ length: last }, (_, index) => {
    const own = halfOf(halves, index + 1, opening);
    let at = clockIn(own.start);
    const end = clockIn(own.end);
    const placed = lines.filter(({ half }) => half === index + 1).map((line) => {
      const from = at;
      at += minutesOf(line);
      return { ...line, from, to: at };
    });
    const over = placed.length ? Math.max(0, at - end) : 0;
    return { ...own, half: index + 1, from: clockIn(own.start), end, over, until: at, lines: placed };
  });
}

/** Sums of a programme: all minutes, of debate, of questioning, how many drafts are voted on. */
export function sumsOf(lines) {
  const sum = (kinds) => lines.filter(({ kind }) => kinds.includes(kind)).reduce((all, line) => all + minutesOf(line), 0);
  const votes = lines.filter((line) => line.kind === "bieu-quyet" && !isFormal(line));
  // One vote for all of them stands for as many drafts as were brought.
  const drafts = votes.some(isMerged) ? lines.filter(({ kind }) => kind === "to-trinh").length : new Set(votes.map(({ matter, text }) => matter || wordsOf(text))).size;
  return { all: lines.reduce((all, line) => all + minutesOf(line), 0), debate: sum(["thao-luan"]), questions: sum(["chat-van"]), drafts };
}

/** [[id, matter], …] of a sitting in the order in which its programme takes them up; what it leaves out comes last, as listed. */
export function inProgrammeOrder(sitting) {
  const order = [...sitting.programme.lines].sort((a, b) => a.half - b.half).map(({ matter }) => matter);
  const placeOf = (id) => (order.includes(id) ? order.indexOf(id) : order.length);
  return mattersOf(sitting).sort(([a], [b]) => placeOf(a) - placeOf(b));
}

const ONE_BY_ONE = /tung nghi quyet|lan luot/;
const MERGED = /(?:^|\s)(?:thong qua|bieu quyet)\s+(?:thong qua\s+)?(?:cac|tat ca|toan bo|nhung|0?[2-9]|[1-9]\d|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+(?:cac\s+)?(?:du thao\s+)?nghi quyet(?![a-z])/;
/** Whether one vote is for several resolutions. */
export const isMerged = ({ text }) => MERGED.test(wordsOf(text)) && !ONE_BY_ONE.test(wordsOf(text));
/** Whether a vote is one that needs no debate of its own: single points, lists, minutes of a count, the closing resolution. */
export const isFormal = ({ text }) => /tung van de|tung noi dung|con y kien khac|rieng dieu|danh sach bau|bien ban|ket qua bau|nghi quyet (chung )?(cua )?ky hop(?![a-z])|so luong thu ky|ban kiem phieu/.test(wordsOf(text));

// Pasted ---------------------------------------------------------------------------------------------

// A number, a clock time or a range of them before the words is no word.
const leadOf = (from, hours, to) => new RegExp(
  "^(?:[-–—•*+]\\s*|\\(?\\d{1,2}(?:\\.\\d{1,2})*[.)]\\s*|\\(?(?:[ivx]{1,4}|[a-z])[.)]\\s*"
  + `|(?:${from}\\s+)?\\d{1,2}\\s*(?:h|g|${hours}|:)\\s*(?:\\d{2})?(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])\\s*['’]?\\s*(?:[-–—]|${to})?\\s*[:.,]?\\s*)+`, "iu",
);
const LEAD = leadOf("tu", "gio", "den");
const LEAD_AS_TYPED = leadOf("từ", "giờ", "đến");
/** A line's words, without marks and without what stands before them. */
export const wordsOf = (text) => fold(text).replace(LEAD, "");

const VOTES = /bieu quyet|thong qua (?:(?:cac|tat ca|nhung|tung|lan luot|\d{1,2}|hai|ba|bon|nam|sau|bay|tam|du thao) ){0,3}(?:nghi quyet|to trinh|bao cao)/;
const PROCEDURE = /(bieu quyet|thong qua|bau).{0,25}(chuong trinh( ky hop)?$|chuong trinh ky hop|thu ky|ban kiem phieu|to kiem phieu|danh sach|bien ban|so luong|the le)/;
/** Each kind with its test of a line's words; the first that fits tells. */
const TELLS = [
  ["nghi", (words) => /^(nghi (giai lao|giua|trua|tai cho|\d)|giai lao|nghi$)/.test(words)],
  ["du-phong", (words) => /^(thoi gian )?du phong/.test(words)],
  ["thu-tuc", (words) => PROCEDURE.test(words) && !/nghi quyet/.test(words)],
  ["bieu-quyet", (words) => VOTES.test(words)],
  ["thao-luan", (words) => /^((cac )?(vi )?dai bieu |hdnd |to )?thao luan|^(cac )?(vi )?(dai bieu|hdnd|hoi dong nhan dan)( hdnd)? (cho y kien|tham gia y kien|phat bieu y kien|gop y)/.test(words)],
  // “Cơ sở vật chất văn hóa” has the letters of “chất vấn”.
  ["chat-van", (words) => (/chat van/.test(words) && !/vat chat van|nghi quyet|^bao cao/.test(words)) || /[;,] (phien |tien hanh |hoat dong )?chat van va tra loi chat van/.test(words)],
  ["khac", (words) => /giai trinh.{0,12}tiep thu|tiep thu.{0,12}giai trinh|^bao cao.{0,30}(loi hua|tra loi chat van)/.test(words)],
  ["tham-tra", (words) => /tham tra/.test(words)],
  ["nhan-su", (words) => /^(bau|mien nhiem|bai nhiem|xac nhan ket qua bau|lay phieu tin nhiem|bo phieu)(?![a-z])|ket qua (bau|kiem phieu)|thoi lam nhiem vu|bai nhiem|mien nhiem/.test(words)],
  ["nghi-thuc", (words) => /^(chao co|khai mac|be mac|on dinh|don tiep|gioi thieu|tuyen bo|phat bieu|trao quyet dinh|nghi thuc|bao cao (so|so luong|tinh hinh) dai bieu)/.test(words)],
  ["thong-bao", (words) => /^thong bao|gui dai bieu|khong trinh bay/.test(words)],
  ["to-trinh", (words) => /(?:^|\s)(to trinh|du thao|de an|nghi quyet)(?![a-z])|(?:^|\s)trinh (ke hoach|chuong trinh|hdnd)/.test(words)],
  ["bao-cao", (words) => /(?:^|\s)bao cao(?![a-z])/.test(words)],
];

/** The kind that the words of a line tell; “khac” where they tell none. */
export function kindOfLine(text) {
  const words = wordsOf(text);
  const found = TELLS.find(([, tells]) => tells(words));
  return found ? found[0] : "khac";
}

const COMMITTEE = /ban (kinh te\W{1,3}ngan sach|van hoa\W{1,3}xa hoi|kt\W?ns|vh\W?xh)/g;
const STOP = new Set((
  "nghi quyet to trinh bao cao tham tra thao luan bieu thong qua bay du de an cua ban ve va cac viec hdnd ubnd xa phuong hoi dong nhan dan uy nam "
  + "ket giai tiep thu co quan dai vi chung tai truong noi dung hai y kien tat ca phien buoi dong chi ong ba truong pho tich chu chuc "
  + "don doi voi theo tung so tom thuc tinh hinh"
).split(" "));
/** The words of a text that tell its subject; “dự toán”, “quyết toán” are one word each, a year is none. */
export const keyWords = (text) => new Set((wordsOf(text).replace(/\(.*?\)/g, " ").replace(COMMITTEE, " ").replace(/(^|\s)(du|quyet) toan(?![a-z])/g, "$1$2toan").replace(/(^|\s)20\d\d(?!\d)/g, " ").match(/[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ\d]{2,}/gu) || []).filter((word) => !STOP.has(word) && !/^\d+$/.test(word)));

/** Whether two sets of words tell one subject: most of the shorter one's are in the other. */
export function sameSubject(one, other) {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (!small.size) return false;
  const shared = [...small].filter((word) => large.has(word)).length;
  // One word of its own (“dutoan”) tells more than one of many meanings.
  return small.size === 1 ? shared === 1 && (large.size <= 3 || [...small][0].length >= 6) : shared >= 2 && shared / small.size >= 0.6;
}

/** The matter of a list that a line is about: the one with most of its words; "" where none fits. */
export function matterIn(text, matters) {
  const words = keyWords(text);
  let best = ["", 0];
  for (const [id, { title }] of matters) {
    const own = keyWords(title);
    const share = own.size ? [...own].filter((word) => words.has(word)).length / own.size : 0;
    if (share > best[1] && share >= 0.6 && sameSubject(own, words)) best = [id, share];
  }
  return best[0];
}

const CLOCK = /(\d{1,2})\s*(?:h|g|giờ|:)\s*(\d{2})?(?![A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ])/giu;
/** “(8h00 - 8h10)” behind the words. */
const CLOCKS_AT_END = /[\s(]*(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})?\s*[-–—]\s*(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})?\s*\)[\s.;,]*$/iu;
const MINUTES_AT_END = /[\s(:,–-]*(?:(\d{1,2})\s*(?:giờ|h)\s*)?(\d{1,3})\s*(?:phút|phut|ph|p|['’′])\s*\)?[\s.;,]*$/iu;
const HALF = /^(?:[ivx\d]+[.)]\s*)?(?:phien |buoi |ngay thu |)(thu )?(sang|chieu|toi|nhat|hai|ba|tu|nam|\d)(?![a-z])/;
const DATE_LIKE = /^[\s,:–(-]*((ngay|thu)?[\s\d/.,()–-]|buoi|sang|chieu|ngay|thang|nam|thu|hai|ba|tu|sau|bay|chu nhat|gio|h|tu|den|\d)*$/;

// “Buổi chiều, ngày 17/12” begins a half-day; what else stands behind its colon is a line of its own.
function beginsHalf(words) {
  const clean = fold(words);
  const found = HALF.exec(clean);
  if (!found || !/^(?:[ivx\d]+[.)]\s*)?(phien|buoi|ngay thu|sang|chieu)/.test(clean)) return null;
  const rest = clean.slice(found[0].length);
  if (DATE_LIKE.test(rest)) return { afternoon: /chieu|toi/.test(found[2]) || /(^|\s)chieu(\s|$)/.test(rest), rest: "" };
  const colon = words.indexOf(":");
  return colon > 0 && colon < 40 ? { afternoon: /chieu|toi/.test(found[2]), rest: words.slice(colon + 1).trim() } : null;
}

const timeText = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
/** Clock times before the words of a line, in minutes of the day; two where it tells a range. */
function clocksBefore(text) {
  const [lead] = LEAD_AS_TYPED.exec(text) || [""];
  return [...lead.matchAll(CLOCK)].map(([, hours, minutes]) => Number(hours) * 60 + Number(minutes || 0)).filter((at) => at < 1440).slice(0, 2);
}

/**
 * What was pasted: {lines, halves}. A line's minutes stand at its end (“20 phút”, “(20’)”, a last cell) or follow from its clock
 * times or the next one's; a line that names a half-day begins one.
 */
export function linesIn(text, matters) {
  const lines = [];
  const halves = [];
  let half = 1;
  const begin = (afternoon) => {
    if (lines.some((one) => one.half === half)) half = Math.min(MAX_HALVES, half + 1);
    while (halves.length < half) halves.push({ day: "", start: "", end: "" });
    halves[half - 1].start = DEFAULT_START[afternoon ? 1 : 0];
  };
  for (const row of text.normalize("NFC").replace(/\r\n?/g, "\n").split("\n")) {
    const cells = row.split("\t").map((cell) => cell.trim()).filter(Boolean);
    if (cells.length > 1 && cells.some((cell) => /^(noi dung|viec)/.test(fold(cell))) && cells.some((cell) => /^(tt|stt|gio|thoi gian|so phut|phut|nguoi trinh bay)$/.test(fold(cell)))) continue;
    let [words, who] = [cells.join(" "), ""];
    let told = "";
    if (cells.length > 2) {
      const [first, ...rest] = cells;
      const numbered = /^\d{1,3}\.?$/.test(first);
      const own = numbered ? rest : cells;
      const clock = /^\d{1,2}\s*(h|g|:|giờ)/i.test(own[0]) ? own.shift() : "";
      if (/^\d{1,3}$/.test(own[own.length - 1])) told = own.pop();
      [words, who] = [[clock, own[0]].filter(Boolean).join(" "), own.slice(1).join("; ")];
    } else if (cells.length === 2 && /^\d{1,3}$/.test(cells[1])) [words, told] = cells;
    const starts = beginsHalf(words);
    if (starts) {
      begin(starts.afternoon);
      if (!starts.rest) continue;
      words = starts.rest;
    }
    const behind = told ? null : CLOCKS_AT_END.exec(words);
    const clocks = behind ? [1, 3].map((at) => Number(behind[at]) * 60 + Number(behind[at + 1] || 0)) : clocksBefore(words);
    if (behind) words = words.slice(0, behind.index);
    const end = told || behind ? null : MINUTES_AT_END.exec(words);
    const rest = (end ? words.slice(0, end.index) : words).replace(LEAD_AS_TYPED, "").replace(/[\s:,;–-]+$/, "").trim();
    if (!rest) continue;
    const minutes = end ? Number(end[1] || 0) * 60 + Number(end[2]) : clocks.length === 2 ? clocks[1] - clocks[0] : Number(told);
    lines.push({ kind: kindOfLine(rest), text: rest, matter: matterIn(rest, matters), who, chair: "", minutes: minutes > 0 ? String(Math.min(MOST_MINUTES, minutes)) : "", half, clock: clocks[0] ?? null });
  }
  lines.forEach((one, index) => {
    const next = lines[index + 1];
    if (one.clock !== null && !lines.slice(0, index).some(({ half: before }) => before === one.half)) {
      while (halves.length < one.half) halves.push({ day: "", start: "", end: "" });
      halves[one.half - 1].start = timeText(one.clock);
    }
    const length = one.clock !== null && next && next.half === one.half && next.clock !== null ? next.clock - one.clock : 0;
    if (!one.minutes && length > 0 && length <= 240) one.minutes = String(length);
  });
  return { lines: lines.map(({ clock: _clock, ...one }) => one), halves };
}

// Models ---------------------------------------------------------------------------------------------

const MINUTES = { "bao-cao": 15, "to-trinh": 10, "tham-tra": 10, "thao-luan": 20, "bieu-quyet": 5 };
const line = (kind, text, minutes, rest = {}) => ({ kind, text, matter: "", who: "", chair: "", minutes: String(minutes), half: 1, ...rest });

const KTNS = "Ban Kinh tế - Ngân sách";
const VHXH = "Ban Văn hóa - Xã hội";
const model = (rows) => rows.map(([title, kind, drafter, committee]) => ["", { title, kind, drafter, committee }]);
const EVERY_TIME = [["Báo cáo giám sát việc giải quyết kiến nghị của cử tri", "bao-cao", "Thường trực HĐND", NOT_VERIFIED], ["Báo cáo thực hiện dân chủ ở cơ sở", "bao-cao", "UBND", VHXH]];
/** What usually comes at each kind of sitting, for who has no list yet: advice of the editors, to be changed. */
export const MODELS = {
  "thuong-le-giua-nam": { name: "Thường lệ giữa năm", matters: model([
    ["Báo cáo kinh tế - xã hội, thu, chi ngân sách sáu tháng", "bao-cao", "UBND", KTNS], ...EVERY_TIME, ["Nghị quyết về nội dung thứ nhất", "nghi-quyet", "", KTNS], ["Nghị quyết về nội dung thứ hai", "nghi-quyet", "", VHXH],
  ]) },
  "thuong-le-cuoi-nam": { name: "Thường lệ cuối năm, có dự toán", matters: model([
    ["Báo cáo kinh tế - xã hội, thu, chi ngân sách cả năm", "bao-cao", "UBND", KTNS], ...EVERY_TIME, ["Nghị quyết kế hoạch phát triển kinh tế - xã hội năm sau", "nghi-quyet", "UBND", KTNS],
    ["Nghị quyết dự toán, phân bổ ngân sách năm sau", "nghi-quyet", "UBND", KTNS], ["Nghị quyết kế hoạch đầu tư công năm sau", "nghi-quyet", "UBND", KTNS],
    ["Nghị quyết chương trình giám sát năm sau (nếu Quy chế ghi trình kỳ này)", "nghi-quyet", "Thường trực HĐND", ""], ["Nghị quyết kế hoạch các kỳ họp thường lệ năm sau", "nghi-quyet", "Thường trực HĐND", ""],
  ]) },
  "chuyen-de": { name: "Chuyên đề", matters: model([["Nghị quyết về nội dung chuyên đề", "nghi-quyet", "UBND", KTNS]]) },
};

/** The lines of one matter in their order. */
function linesOfMatter([id, matter]) {
  const { drafter, committee } = matter;
  const title = matter.title.replace(/^\s*(tờ trình|dự thảo)\s+(về\s+(việc\s+)?)?/iu, "").replace(/^[A-Za-zÀ-\u00d6\u00d8-\u00f6\u00f8-ỹ]/u, (letter) => letter.toUpperCase());
  const verified = committee === NOT_VERIFIED ? [] : [line("tham-tra", `Báo cáo thẩm tra: ${title}`, MINUTES["tham-tra"], { matter: id, who: committee })];
  const decided = isDecided(matter);
  return [
    line(decided ? "to-trinh" : "bao-cao", decided ? `Tờ trình, dự thảo: ${title}` : title, decided ? MINUTES["to-trinh"] : MINUTES["bao-cao"], { matter: id, who: drafter }),
    ...verified,
    line("thao-luan", `Thảo luận: ${title}`, MINUTES["thao-luan"], { matter: id, who: "Đại biểu HĐND" }),
    ...(decided ? [line("bieu-quyet", `Biểu quyết thông qua ${/^nghị quyết/iu.test(title) ? title : `Nghị quyết về: ${title}`}`, MINUTES["bieu-quyet"], { matter: id, who: "Đại biểu HĐND" })] : []),
  ];
}

const isRegular = (kind) => (kind || "").startsWith("thuong-le");

/**
 * A first programme from the list of matters: reports first, a break within two hours, questioning at regular sittings, half-days
 * filled up to their end, a matter never parted. The minutes are advice of the editors, to be changed.
 */
export function programmeFrom(matters, kind, halves, opening) {
  const reports = matters.filter(([, one]) => !isDecided(one));
  const blocks = [
    [line("nghi-thuc", "Chào cờ; giới thiệu đại biểu; báo cáo số đại biểu có mặt", 10, { who: "Văn phòng" }),
      line("nghi-thuc", "Khai mạc kỳ họp; giới thiệu thư ký", 10, { who: "Chủ tọa" }), line("thu-tuc", "Biểu quyết thông qua chương trình kỳ họp", 5, { who: "Chủ tọa" })],
    // Asked of every regular sitting; who had nothing to decide between two takes the line out.
    ...(isRegular(kind) ? [[line("thong-bao", "Báo cáo việc Thường trực HĐND đã quyết định giữa hai kỳ họp, nếu có", 5, { who: "Thường trực HĐND" })]] : []),
    ...[...reports, ...matters.filter(([, one]) => isDecided(one))].map(linesOfMatter),
    ...(isRegular(kind)
      ? [[line("chat-van", "Chất vấn nhóm vấn đề thứ nhất", 45), line("chat-van", "Chất vấn nhóm vấn đề thứ hai", 45), line("khac", "Kết luận phiên chất vấn", 10, { who: "Chủ tọa" })]] : []),
    [line("du-phong", "Thời gian dự phòng", 15), line("nghi-thuc", "Bế mạc kỳ họp", 10, { who: "Chủ tọa" })],
  ];
  const found = [];
  let half = 1;
  let used = 0;
  let sinceBreak = 0;
  const room = () => {
    const own = halfOf(halves, half, opening);
    return Math.max(60, clockIn(own.end) - clockIn(own.start));
  };
  for (const block of blocks) {
    const length = block.reduce((sum, one) => sum + minutesOf(one), 0);
    const pause = sinceBreak + length > 120 && sinceBreak > 0 ? 15 : 0;
    if (used > 0 && half < MAX_HALVES && used + pause + length > room()) {
      half += 1;
      used = 0;
      sinceBreak = 0;
    } else if (pause) {
      found.push(line("nghi", "Nghỉ giữa buổi", pause, { half }));
      used += pause;
      sinceBreak = 0;
    }
    for (const one of block) found.push({ ...one, half });
    used += length;
    sinceBreak += length;
  }
  return found;
}

/** The programme as text for Zalo. */
export function programmeText(halves, name) {
  const parts = halves.filter(({ lines }) => lines.length).map(({ half, day, lines }) => [`Buổi ${half}${day ? `, ngày ${vnDate(day)}` : ""}:`,
    ...lines.map((one) => `${clockText(one.from)}: ${one.text}${one.who ? ` (${one.who})` : ""}${minutesOf(one) ? `, ${minutesOf(one)} phút` : ""}`)].join("\n"));
  return [`Dự kiến chương trình: ${name}.`, ...parts].join("\n\n");
}
