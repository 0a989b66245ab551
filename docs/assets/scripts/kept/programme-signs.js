// What a programme shows when a fault of the notice is about to happen again. The words are in the records (data/signs.js);
// here is only the looking: each test returns the lines it is about. Nothing is decided for the reader.
import { NOT_VERIFIED } from "./matters.js";
import { fold, minutesOf, sumsOf } from "./programme.js";

const REGULAR = ["thuong-le-giua-nam", "thuong-le-cuoi-nam"];
const MOST_WITHOUT_BREAK = 120;
const LEAST_DEBATE = 10;
/** Kinds that bring a matter before the council. */
const BRINGS = ["to-trinh", "bao-cao"];
const NEEDS_SOMEBODY = ["to-trinh", "bao-cao", "tham-tra", "chat-van"];
const STANDING = /thuong truc (hoi dong|hdnd)/;
/** Right things to vote on besides a resolution. */
const RIGHT_VOTES = /chuong trinh (ky hop|lam viec)|thong qua chuong trinh$|thu ky|ban kiem phieu|to kiem phieu|danh sach|bien ban|tung van de|tung noi dung|con y kien khac|rieng dieu/;
const NO_VERIFICATION = /^thong bao|bao cao (ket qua )?giam sat|mat tran|mttq|bau |nhan su|mien nhiem|gui dai bieu|khong trinh bay|tiep thu, giai trinh|loi hua|chat van/;

const topic = (line) => line.matter || fold(line.text).replace(/^(to trinh, du thao|to trinh|bao cao tham tra|thao luan|bieu quyet thong qua( nghi quyet)?|du thao nghi quyet|nghi quyet|trinh bay|trinh)\s*:?\s*(ve\s+)?/, "");
const sharesTopic = (a, b) => {
  if (a.matter && b.matter) return a.matter === b.matter;
  const one = topic(a);
  const other = topic(b);
  return one !== "" && other !== "" && (one.includes(other) || other.includes(one));
};
/** A line without a matter and without words of its own stands for all that came before: “Thảo luận”, “Báo cáo thẩm tra của các Ban”. */
const isGeneral = (line) => !line.matter && /^(bao cao )?(tham tra|thao luan)( chung| cac (bao cao|noi dung|du thao|nghi quyet|to trinh).*| cua (hai|cac) ban.*| tai (to|hoi truong))?$/.test(fold(line.text));

/** The lines with their place; what the tests below share. */
function placed(programme) {
  const lines = [...programme.lines].map((line, index) => ({ line, index })).sort((a, b) => a.line.half - b.line.half || a.index - b.index).map(({ line }) => line);
  const at = (wanted, from, kinds) => lines.findIndex((line, index) => index > from && kinds.includes(line.kind) && (isGeneral(line) || sharesTopic(line, wanted)));
  return { lines, at };
}

function needsVerification(line, matters) {
  if (!BRINGS.includes(line.kind) || NO_VERIFICATION.test(fold(line.text))) return false;
  return !(line.matter && matters[line.matter] && matters[line.matter].committee === NOT_VERIFIED);
}
const isStandings = (line, matters) => STANDING.test(fold(line.who)) || STANDING.test(fold(line.text)) || !!(line.matter && matters[line.matter] && STANDING.test(fold(matters[line.matter].drafter)));

const TESTS = {
  "dh-thieu-tham-tra": ({ lines, at }, { matters }) => lines.filter((line, index) =>
    needsVerification(line, matters) && !isStandings(line, matters) && at(line, -1, ["tham-tra"]) < 0 && !later(lines, index)),
  "dh-tham-tra-sau": ({ lines, at }) => lines.filter((line, index) => {
    if (line.kind !== "tham-tra" || isGeneral(line)) return false;
    return lines.some((one, place) => place < index && ["thao-luan", "bieu-quyet"].includes(one.kind) && !isGeneral(one) && sharesTopic(one, line)) && at(line, index, ["tham-tra"]) < 0;
  }),
  "dh-thuong-truc-khong-tham-tra": ({ lines, at }, { matters }) => lines.filter((line) =>
    line.kind === "to-trinh" && isStandings(line, matters) && !NO_VERIFICATION.test(fold(line.text)) && at(line, -1, ["tham-tra"]) < 0),
  "dh-bieu-quyet-som": ({ lines, at }) => lines.filter((line, index) => line.kind === "bieu-quyet" && at(line, index, ["to-trinh"]) > index && !lines.slice(0, index).some((one) => one.kind === "to-trinh" && sharesTopic(one, line))),
  "dh-khong-thao-luan": ({ lines }) => lines.filter((line, index) => {
    if (line.kind !== "bieu-quyet" || isMerged(line)) return false;
    const brought = lines.findIndex((one) => one.kind === "to-trinh" && sharesTopic(one, line));
    // A general debate counts for what was brought before it.
    return !lines.some((one, place) => place < index && place > brought && one.kind === "thao-luan" && minutesOf(one) > 0 && (isGeneral(one) || sharesTopic(one, line)));
  }),
  "dh-bieu-quyet-to-trinh": ({ lines }) => lines.filter((line) => {
    const words = fold(line.text);
    return ["bieu-quyet", "thu-tuc"].includes(line.kind) && /(thong qua|bieu quyet|nhat tri)\s+(thong qua\s+)?(cac\s+)?(to trinh|bao cao)/.test(words) && !RIGHT_VOTES.test(words);
  }),
  "dh-bieu-quyet-gop": ({ lines }) => lines.filter((line) => line.kind === "bieu-quyet" && isMerged(line)),
  "dh-it-thao-luan": ({ lines }) => {
    const { debate, drafts } = sumsOf(lines);
    const merged = lines.some((line) => line.kind === "bieu-quyet" && isMerged(line));
    const count = merged ? lines.filter(({ kind }) => kind === "to-trinh").length : drafts;
    return count > 0 && debate > 0 && debate / count < LEAST_DEBATE ? lines.filter(({ kind }) => kind === "thao-luan") : [];
  },
  "dh-khong-chat-van": ({ lines }, { kind }) => REGULAR.includes(kind) && !lines.some((line) => line.kind === "chat-van" && minutesOf(line) > 0) ? whole(lines.filter((line) => line.kind === "chat-van")) : [],
  "dh-nua-ngay": ({ lines }, { kind }) => REGULAR.includes(kind) && new Set(lines.map(({ half }) => half)).size === 1 ? whole([]) : [],
  "dh-khong-nghi": ({ lines }) => {
    const found = [];
    let since = 0;
    let half = 0;
    for (const line of lines) {
      if (line.half !== half || line.kind === "nghi") since = 0;
      half = line.half;
      if (line.kind === "nghi") continue;
      const before = since;
      since += minutesOf(line);
      if (before <= MOST_WITHOUT_BREAK && since > MOST_WITHOUT_BREAK) found.push(line);
    }
    return found;
  },
  "dh-qua-gio": (_, { halves }) => halves.filter(({ over }) => over > 0).map(({ lines }) => lines.at(-1)),
  "dh-so-lieu-sau": ({ lines }) => lines.filter((line, index) => line.kind === "bao-cao" && subject(line) && lines.some((one, place) => place < index && one.kind === "to-trinh" && subject(one) === subject(line) && !sharesTopic(one, line))),
  "dh-thieu-nguoi": ({ lines }) => lines.filter((line) => NEEDS_SOMEBODY.includes(line.kind) && !line.who.trim()),
  "dh-thieu-phut": ({ lines }) => lines.filter((line) => minutesOf(line) === 0 && !["chat-van"].includes(line.kind)),
  "dh-thieu-cu-tri": ({ lines }, { kind }) => REGULAR.includes(kind) && !lines.some((line) => /cu tri|mat tran|mttq/.test(fold(line.text))) ? whole([]) : [],
  "dh-thieu-bao-cao": ({ lines }, { kind, duties }) => {
    const words = lines.map((line) => fold(line.text)).join(" | ");
    const missing = duties.filter(({ id, when }) => DUTY_WORDS[id] && (!when || when.includes(kind)) && !DUTY_WORDS[id].test(words)).map(({ does }) => does);
    return missing.length ? [{ whole: true, missing }] : [];
  },
  "dh-du-toan-som": ({ lines }, context) => estimate(lines, context, "early"),
  "dh-du-toan-muon": ({ lines }, context) => estimate(lines, context, "late"),
  "dh-du-toan-hoi": ({ lines }, context) => estimate(lines, context, "unknown"),
};

const isMerged = (line) => /(cac|tat ca|nhung|toan bo|\d+|hai|ba|bon|nam|sau|bay|tam|chin|muoi) (du thao )?nghi quyet/.test(fold(line.text));
// A general report of verification that stands later covers what was brought before it.
const later = (lines, index) => lines.some((line, place) => place > index && line.kind === "tham-tra" && isGeneral(line));
const whole = (lines) => (lines.length ? lines : [{ whole: true }]);
const SUBJECTS = [["du-toan", /du toan|thu, chi ngan sach|thu chi ngan sach|thuc hien ngan sach/], ["quyet-toan", /quyet toan/], ["kinh-te", /kinh te - xa hoi|kinh te xa hoi/], ["dau-tu", /dau tu cong/], ["giam-sat", /giam sat/]];
const subject = (line) => (SUBJECTS.find(([, pattern]) => pattern.test(fold(line.text))) || [""])[0];

function estimate(lines, { window, halves }, state) {
  const votes = lines.filter((line) => line.kind === "bieu-quyet" && /du toan/.test(fold(line.text)) && !/dieu chinh/.test(fold(line.text)));
  if (!window || !votes.length) return [];
  return votes.filter((line) => {
    const { day } = halves[line.half - 1] || {};
    if (!day) return false;
    const late = day > window.last;
    const early = !!window.allotment && day < window.allotment;
    // A day that nobody told is asked for, never judged by.
    const sure = { late: late && !window.provinceAssumed, early: early && !window.assumed };
    return state === "unknown" ? (late || early) && !sure.late && !sure.early : sure[state];
  });
}

/** What must come at a sitting without any condition, by its deadline, and the words that tell it is there. */
export const DUTY_WORDS = { "han-bao-cao-dan-chu": /dan chu/, "han-ke-hoach-ky-hop": /ke hoach.{0,40}ky hop/ };

/**
 * What a programme shows: [{id, lines: [line, …], asks}], in the order of the records. `context` is {kind, matters, halves, window, duties}:
 * the kind of sitting, its matters by ID, the half-days with their clock (programme.js), what is known of the estimate's days,
 * and `duties`, the deadlines (board.js). A line is one of the programme’s, or {whole: true} where the whole is meant.
 */
export function signsOf(programme, context) {
  const shared = placed(programme);
  if (!shared.lines.length) return [];
  const full = { duties: [], matters: {}, halves: [], window: null, ...context };
  return Object.entries(TESTS).map(([id, test]) => ({ id, lines: test(shared, full) })).filter(({ lines }) => lines.length);
}
export const SIGN_IDS = Object.keys(TESTS);
