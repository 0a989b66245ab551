// A sitting's programme: its lines in their half-days, clock times, what is pasted, models. No page here.
import { fold as withoutMarks } from "../ui/fold.js";
import { NOT_VERIFIED, isDecided } from "./matters.js";

/** What a line is; the first words of a pasted line tell it, in this order. */
export const LINE_KINDS = {
  "nghi-thuc": "Nghi thức, khai mạc, bế mạc", "thu-tuc": "Biểu quyết chương trình, thủ tục", "bao-cao": "Báo cáo",
  "to-trinh": "Tờ trình, dự thảo", "tham-tra": "Báo cáo thẩm tra", "thao-luan": "Thảo luận", "chat-van": "Chất vấn",
  "bieu-quyet": "Biểu quyết nghị quyết", "nhan-su": "Bầu, miễn nhiệm", "thong-bao": "Thông báo, báo cáo gửi để đọc",
  nghi: "Nghỉ", "du-phong": "Dự phòng", khac: "Việc khác",
};
export const MOST_MINUTES = 600;
const DEFAULT_START = ["07:30", "13:30"];
const DEFAULT_END = ["11:30", "17:00"];

export const fold = (text) => withoutMarks(text || "").replace(/\s+/g, " ").trim();

/** Minutes of a line as a number; 0 where none are told. */
export const minutesOf = ({ minutes }) => (/^\d{1,3}$/.test(String(minutes)) ? Math.min(MOST_MINUTES, Number(minutes)) : 0);

function clockIn(text) {
  const found = /^(\d{1,2}):(\d\d)$/.exec(text || "");
  return found && Number(found[1]) < 24 && Number(found[2]) < 60 ? Number(found[1]) * 60 + Number(found[2]) : null;
}
const clockOf = (text, otherwise) => clockIn(text) ?? clockIn(otherwise);
/** “08 giờ 05”, as programmes write it. */
export const clockText = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")} giờ ${String(minutes % 60).padStart(2, "0")}`;

/** The half-day that a number is: {day, start, end} with what is not told filled in; `opening` is a day or "". */
export function halfOf(halves, number, opening) {
  const given = halves[number - 1] || {};
  const afternoon = (number - 1) % 2;
  return { day: given.day || (number <= 2 ? opening : ""), start: given.start || DEFAULT_START[afternoon], end: given.end || DEFAULT_END[afternoon] };
}

/**
 * The lines with their clock: [{half, day, start, end, over, lines: [{...line, from, to}]}], `from` and `to` in minutes of the
 * day, `over` the minutes beyond the half-day's end. Lines stay in their order within their half-day.
 */
export function timed({ halves, lines }, opening = "") {
  const last = Math.max(1, ...lines.map(({ half }) => half), halves.length);
  return Array.from({ length: last }, (_, index) => {
    const own = halfOf(halves, index + 1, opening);
    let at = clockOf(own.start, DEFAULT_START[index % 2]);
    const end = clockOf(own.end, DEFAULT_END[index % 2]);
    const placed = lines.filter(({ half }) => half === index + 1).map((line) => {
      const from = at;
      at += minutesOf(line);
      return { ...line, from, to: at };
    });
    return { ...own, half: index + 1, from: clockOf(own.start, DEFAULT_START[index % 2]), end, over: Math.max(0, at - end), until: at, lines: placed };
  });
}

/** Sums of a programme: all minutes, of debate, of questioning, how many drafts are voted on. */
export function sumsOf(lines) {
  const sum = (kinds) => lines.filter(({ kind }) => kinds.includes(kind)).reduce((all, line) => all + minutesOf(line), 0);
  return {
    all: lines.reduce((all, line) => all + minutesOf(line), 0), debate: sum(["thao-luan"]), questions: sum(["chat-van"]),
    drafts: new Set(lines.filter(({ kind, matter, text }) => kind === "bieu-quyet" && (matter || text)).map(({ matter, text }) => matter || fold(text))).size,
  };
}

// Pasted ---------------------------------------------------------------------------------------------

const WORDS = [
  ["nghi", /^(nghi giai lao|nghi giua|giai lao|nghi trua|nghi)\b/], ["du-phong", /^(thoi gian )?du phong/],
  ["tham-tra", /tham tra/], ["chat-van", /chat van/],
  ["thu-tuc", /(bieu quyet|thong qua|bau).{0,25}(chuong trinh( ky hop)?$|chuong trinh ky hop|thu ky|ban kiem phieu|to kiem phieu|danh sach|bien ban|so luong|the le)/],
  ["bieu-quyet", /bieu quyet|thong qua (du thao |cac )?(nghi quyet|to trinh|bao cao)/],
  ["thao-luan", /thao luan|giai trinh, tiep thu|y kien dai bieu/],
  ["nhan-su", /^(bau|mien nhiem|bai nhiem|xac nhan ket qua bau|lay phieu tin nhiem|bo phieu)/],
  ["nghi-thuc", /^(chao co|khai mac|be mac|on dinh|don tiep|gioi thieu|tuyen bo|phat bieu|bao cao (so|tinh hinh) dai bieu)/],
  ["thong-bao", /^thong bao|gui dai bieu|khong trinh bay/],
  ["to-trinh", /^(trinh bay )?(to trinh|du thao|de an|nghi quyet)/], ["bao-cao", /^(trinh bay )?(cac )?bao cao/],
];

/** The kind that the words of a line tell; “khac” where they tell none. */
export function kindOfLine(text) {
  // A number or a clock time before the words is no word.
  const clean = fold(text).replace(/^[-–•*]?\s*(\d{1,2}\s*(h|gio|:)\s*\d{0,2}\s*[-–:,.]*\s*)*(\d{1,3}[.)]\s*|[a-z][.)]\s*)?/, "");
  const found = WORDS.find(([, pattern]) => pattern.test(clean));
  return found ? found[0] : "khac";
}

const SIGNIFICANT = /nghi quyet|to trinh|bao cao|tham tra|thao luan|bieu quyet|thong qua|trinh bay|du thao|de an|cua ban|ban kinh te|ngan sach xa|van hoa|xa hoi|ve viec|ve|cua|va|cac|hdnd|ubnd|hoi dong nhan dan|uy ban nhan dan|quyet dinh|ket qua|giai trinh|tiep thu|co quan trinh|dai bieu/g;
const keyWords = (text) => fold(text).replace(/\(.*?\)/g, " ").replace(SIGNIFICANT, " ").match(/[\p{L}\d]{2,}/gu) || [];

/** The matter of a list that a line is about: the one whose title’s words it has, most of them; "" where none fits. */
export function matterIn(text, matters) {
  const words = new Set(fold(text).match(/[\p{L}\d]{2,}/gu) || []);
  let best = ["", 0];
  for (const [id, { title }] of matters) {
    const own = keyWords(title);
    const share = own.length ? own.filter((word) => words.has(word)).length / own.length : 0;
    if (share > best[1] && share >= 0.6) best = [id, share];
  }
  return best[0];
}

/** Lines in what was pasted: words, minutes at the end (“20 phút”, “(20')”, a last cell), half-days where a line names one. */
export function linesIn(text, matters) {
  const found = [];
  let half = 1;
  for (const row of text.normalize("NFC").replace(/\r\n?/g, "\n").split("\n")) {
    const cells = row.split("\t").map((cell) => cell.trim()).filter(Boolean);
    const words = cells.join(" ").trim();
    if (!words) continue;
    const begins = /^(?:[ivx\d]+[.)]\s*)?(?:phien|buoi)\s+(thu\s+)?(sang|chieu|toi|nhat|hai|ba|tu|\d)/.exec(fold(words));
    if (begins && words.length < 60 && !/phut/.test(fold(words))) {
      if (found.length) half += 1;
      continue;
    }
    const told = /\(?\b(\d{1,3})\s*(?:phút|phut|')\)?\s*$/iu.exec(words) || (cells.length > 1 && /^(\d{1,3})$/.test(cells.at(-1)) && [cells.at(-1), cells.at(-1)]);
    const rest = (told ? words.slice(0, words.length - told[0].length) : words).replace(/[\s:,;–-]+$/, "").trim();
    if (!rest) continue;
    const kind = kindOfLine(rest);
    found.push({ kind, text: rest, matter: matterIn(rest, matters), who: "", chair: "", minutes: told ? String(Number(told[1])) : "", half });
  }
  return found;
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
    ["Báo cáo kinh tế - xã hội, thu, chi ngân sách cả năm", "bao-cao", "UBND", KTNS], ...EVERY_TIME, ["Nghị quyết nhiệm vụ phát triển kinh tế - xã hội năm sau", "nghi-quyet", "UBND", KTNS],
    ["Nghị quyết dự toán, phân bổ ngân sách năm sau", "nghi-quyet", "UBND", KTNS], ["Nghị quyết chương trình giám sát năm sau", "nghi-quyet", "Thường trực HĐND", VHXH], ["Nghị quyết kế hoạch các kỳ họp thường lệ năm sau", "nghi-quyet", "Thường trực HĐND", VHXH],
  ]) },
  "chuyen-de": { name: "Chuyên đề", matters: model([["Nghị quyết về nội dung chuyên đề", "nghi-quyet", "UBND", KTNS]]) },
};

/** The lines of one matter in their order. */
export function linesOfMatter([id, matter]) {
  const { title, drafter, committee } = matter;
  const verified = committee === NOT_VERIFIED ? [] : [line("tham-tra", `Báo cáo thẩm tra: ${title}`, MINUTES["tham-tra"], { matter: id, who: committee })];
  const decided = isDecided(matter);
  return [
    line(decided ? "to-trinh" : "bao-cao", decided ? `Tờ trình, dự thảo: ${title}` : title, decided ? MINUTES["to-trinh"] : MINUTES["bao-cao"], { matter: id, who: drafter }),
    ...verified,
    line("thao-luan", `Thảo luận: ${title}`, MINUTES["thao-luan"], { matter: id, who: "Đại biểu HĐND" }),
    ...(decided ? [line("bieu-quyet", `Biểu quyết thông qua ${/^nghị quyết/iu.test(title) ? title : `Nghị quyết về: ${title}`}`, MINUTES["bieu-quyet"], { matter: id, who: "Đại biểu HĐND" })] : []),
  ];
}

/**
 * A first programme from the list of matters: reports first, a break within two hours, questioning at regular sittings, half-days
 * filled up to their end, a matter never parted. The minutes are advice of the editors, to be changed.
 */
export function programmeFrom(matters, kind, halves, opening) {
  const reports = matters.filter(([, one]) => !isDecided(one));
  const blocks = [
    [line("nghi-thuc", "Chào cờ; giới thiệu đại biểu; báo cáo số đại biểu có mặt", 10, { who: "Văn phòng" }),
      line("nghi-thuc", "Khai mạc kỳ họp; giới thiệu thư ký", 10, { who: "Chủ tọa" }), line("thu-tuc", "Biểu quyết thông qua chương trình kỳ họp", 5, { who: "Chủ tọa" })],
    ...[...reports, ...matters.filter(([, one]) => isDecided(one))].map(linesOfMatter),
    ...(kind === "thuong-le-giua-nam" || kind === "thuong-le-cuoi-nam"
      ? [[line("chat-van", "Chất vấn nhóm vấn đề thứ nhất", 45), line("chat-van", "Chất vấn nhóm vấn đề thứ hai", 45), line("khac", "Kết luận phiên chất vấn", 10, { who: "Chủ tọa" })]] : []),
    [line("du-phong", "Thời gian dự phòng", 15), line("nghi-thuc", "Bế mạc kỳ họp", 10, { who: "Chủ tọa" })],
  ];
  const found = [];
  let half = 1;
  let used = 0;
  let sinceBreak = 0;
  const room = () => {
    const own = halfOf(halves, half, opening);
    return clockOf(own.end, DEFAULT_END[(half - 1) % 2]) - clockOf(own.start, DEFAULT_START[(half - 1) % 2]);
  };
  for (const block of blocks) {
    const length = block.reduce((sum, one) => sum + minutesOf(one), 0);
    const pause = sinceBreak + length > 120 && sinceBreak > 0 ? 15 : 0;
    if (used > 0 && used + pause + length > room()) {
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
  const parts = halves.filter(({ lines }) => lines.length).map(({ half, day, lines }) => [`Buổi ${half}${day ? `, ngày ${day}` : ""}:`,
    ...lines.map((one) => `${clockText(one.from)}: ${one.text}${one.who ? ` (${one.who})` : ""}${minutesOf(one) ? `, ${minutesOf(one)} phút` : ""}`)].join("\n"));
  return [`Dự kiến chương trình: ${name}.`, ...parts].join("\n\n");
}
