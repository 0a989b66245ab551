// What a programme shows when a fault of the notice is about to happen again. The words are in the records (data/signs.js);
// here is only the looking: each test returns the lines it is about. Nothing is decided for the reader.
import { NOT_VERIFIED } from "./matters.js";
import { fold, isFormal, isMerged, keyWords, minutesOf, sameSubject, sumsOf, wordsOf } from "./programme.js";

const REGULAR = ["thuong-le-giua-nam", "thuong-le-cuoi-nam"];
const MOST_WITHOUT_BREAK = 120;
const LEAST_DEBATE = 10;
/** A half-day is no longer than this, as planned. */
const HALF_DAY = 330;
/** Kinds that bring a matter before the council. */
const BRINGS = ["to-trinh", "bao-cao"];
const NEEDS_SOMEBODY = ["to-trinh", "bao-cao", "tham-tra", "chat-van"];
const STANDING = /thuong truc (hoi dong|hdnd)|(^|\s)tt hdnd|chu tich (hdnd|hoi dong nhan dan)/;
/** “UBND trình …”, “Trưởng Ban … báo cáo”: who speaks stands in the words. */
const BEGINS_WITH_SOMEBODY = /^(?:dai dien |lanh dao )?(?:ubnd|uy ban|thuong truc|(?:pho )?chu tich|(?:pho )?truong ban|ban (?:kinh te|van hoa|cua|kt|vh)|cac ban|hai ban|mttq|mat tran|toa an|vien kiem sat|cong an|quan su|phong |ong |ba |dong chi )(?!.{0,12}tham tra cua)/;
/** What no rule that was read has a committee verify; for the rest the reader decides. */
const NO_VERIFICATION = /^thong bao|bao cao (ket qua )?giam sat|mat tran|mttq|^bau |nhan su|mien nhiem|bai nhiem|thoi lam nhiem vu|kiem phieu|ket qua bau|tin nhiem|hoi tham|toa an|vien kiem sat|cong tac cua (cac|hai) ban|dai bieu co mat|gui dai bieu|khong trinh bay|giai trinh|tiep thu|^bao cao (ket qua )?(cong tac|hoat dong)|tong hop y kien|(ket qua )?(giai quyet|tra loi).{0,20}kien nghi( cua)? cu tri|thao luan (tai )?to|loi hua|chat van|da (duoc )?(chinh ly|tiep thu|hoan thien)|sau (khi )?(chinh ly|tiep thu)/;
const SUBMISSION = /(thong qua|bieu quyet|nhat tri)\s+(thong qua\s+)?((noi dung|doi voi|cac)\s+)*(to trinh|bao cao)/;
const RIGHT_VOTES = /chuong trinh|thu ky|kiem phieu|danh sach|bien ban|tung van de|tung noi dung|con y kien khac|rieng dieu/;
const BY_WHOM = /\s[-–]\s+(?=(?:Chủ t|Phó |Trưởng |Ban |UBND|Ủy ban|Thư ký|[Đđ]ại biểu|Tổ trưởng|[Cc]ác |Thường trực|Đại diện))/u;
const POINTS_TO_LINE = /(?:đối với|về|cho)\s+(?:các\s+)?(?:nội dung|báo cáo|tờ trình|dự thảo|vấn đề)?\s*(?:nêu\s+|nói\s+)?(?:tại|ở)?\s*(?:các\s+)?(?:mục|điểm|số thứ tự|stt)\s+[\d.,\s]+(?:(?:và|,)\s*(?:mục\s+)?\d+)*.*$/iu;
const COMMITTEE = /^(ubnd|uy ban nhan dan|(pho )?chu tich (ubnd|uy ban nhan dan)|phong |(pho )?truong phong )/;
const COUNCILS = /^((pho )?chu tich hdnd|thuong truc (hdnd|hoi dong)|(pho )?truong ban (kinh te|van hoa|kt|vh)|ban (kinh te|van hoa))/;
const COMMITTEE_VERIFIES = /^(ubnd|uy ban nhan dan|chu tich (ubnd|uy ban nhan dan)|phong )[^,;]{0,40}(trinh bay|bao cao|doc) (bao cao )?(ket qua )?tham tra/;
const BETWEEN = /giua (hai|2|cac) ky|phat sinh giua|thuong truc.{0,30} da quyet dinh/;
const SUBJECTS = [/du toan|thu, chi ngan sach|thu chi ngan sach|thuc hien ngan sach/, /quyet toan/, /kinh te - xa hoi|kinh te xa hoi/, /dau tu cong/];
/** What must come at a sitting without any condition, by its deadline, and the words that tell it is there. */
export const DUTY_WORDS = { "han-bao-cao-dan-chu": /dan chu (o )?co so|thuc hien dan chu/, "han-ke-hoach-ky-hop": /(ke hoach|du kien).{0,40}ky hop/ };

/** What the tests share: the lines in their order, and what covers what. */
function shared({ lines: given }, matters) {
  const lines = [...given].map((line, index) => [line, index]).sort(([a, i], [b, j]) => a.half - b.half || i - j).map(([line]) => line);
  // “Thảo luận; UBND giải trình thêm”: what is debated stands first.
  const subjectText = ({ kind, text }) => {
    const verifies = kind === "tham-tra" ? text.toLowerCase().search(/thẩm tra/u) : -1;
    // “Thảo luận - Chủ tọa điều hành”: who it is that does it is no subject.
    // “về nội dung tại mục 8” points to a line, it tells no subject.
    const own = text.split(BY_WHOM)[0].replace(POINTS_TO_LINE, " ");
    return kind === "thao-luan" ? own.split(";")[0] : verifies > 0 ? own.slice(verifies) : own;
  };
  const subjects = lines.map((line) => keyWords(`${subjectText(line)} ${line.matter && matters[line.matter] ? matters[line.matter].title : ""}`));
  // A line without a matter and without words of its own stands for what came before it: “Thảo luận”, “Báo cáo thẩm tra của hai Ban”.
  const isGeneral = (at) => !lines[at].matter && !subjects[at].size;
  const isWide = (at) => /(^|\s)(cac|chung|hai|tat ca)(\s|$)/.test(wordsOf(lines[at].text));
  /** “Thảo luận về hai nội dung trình kỳ họp”: for all that was brought. */
  const isDebateOfAll = (at) => lines[at].kind === "thao-luan" && /(^|\s)(cac|hai|ba|bon|tat ca|\d{1,2}) (noi dung|du thao|to trinh|nghi quyet|van de|bao cao)(\s|$)/.test(wordsOf(lines[at].text));
  const shares = (one, other) => (lines[one].matter && lines[other].matter ? lines[one].matter === lines[other].matter : sameSubject(subjects[one], subjects[other]));
  const voted = (from, to) => lines.some(({ kind }, at) => at > from && at < to && kind === "bieu-quyet");
  const lastBrought = (before) => lines.reduce((found, { kind }, at) => (at < before && BRINGS.includes(kind) ? at : found), -1);
  const verifiedBetween = (from, to) => lines.some(({ kind }, at) => at > from && at < to && kind === "tham-tra" && lines.slice(at + 1, to).some((one) => BRINGS.includes(one.kind)));
  /** Whether the line at one place, of debate or verification, is for what was brought at another. */
  const covers = (at, brought) => (isGeneral(at) || isDebateOfAll(at)
    // What is verified in general is all that was brought before it; “các dự thảo” is all, though it stands too early.
    ? (at > brought && !voted(brought, at) && (lines[at].kind !== "tham-tra" || lastBrought(at) === brought || isWide(at) || !verifiedBetween(brought, at))) || (lines[at].kind === "tham-tra" && isWide(at) && at < brought)
    : shares(at, brought));
  /** A report, not a submission, that stands behind what the boards have verified in general. */
  const isReported = (brought) => lines[brought].kind === "bao-cao" && lines.some(({ kind }, at) => kind === "tham-tra" && at < brought && isGeneral(at) && !voted(at, brought));
  const places = (kind) => lines.map((line, at) => [line, at]).filter(([line]) => line.kind === kind).map(([, at]) => at);
  /** Whether two lines have two words of their own in common, or the later one is for “các nội dung”: enough to say that something was verified, not that it was not. */
  const touches = (one, other) => [...subjects[one]].filter((word) => subjects[other].has(word)).length > 1 || (one > other && isWide(one) && !voted(other, one));
  return { lines, places, covers, shares, touches, isGeneral, isReported };
}

const needsVerification = (line, matters) => BRINGS.includes(line.kind) && !NO_VERIFICATION.test(wordsOf(line.text))
  && !(line.matter && matters[line.matter] && matters[line.matter].committee === NOT_VERIFIED);
const isStandings = (line, matters) => [line.who, line.text, line.matter && matters[line.matter] ? matters[line.matter].drafter : ""].some((text) => STANDING.test(fold(text)));

const verified = ({ places, covers, touches, isReported }, brought) => isReported(brought) || places("tham-tra").some((at) => covers(at, brought) || touches(at, brought));
const unverified = (all, { matters }, standing) => all.lines.filter((line, at) =>
  (standing ? line.kind === "to-trinh" && !NO_VERIFICATION.test(wordsOf(line.text)) : needsVerification(line, matters)) && isStandings(line, matters) === standing && !verified(all, at));

/** Places at which a vote on a draft is preceded by what brings it. */
const broughtFor = ({ lines, shares, isGeneral }, vote) => lines.findIndex((line, at) => line.kind === "to-trinh" && (shares(at, vote) || isGeneral(vote)));

const TESTS = {
  "dh-thieu-tham-tra": (all, context) => unverified(all, context, false),
  "dh-tham-tra-sau": ({ lines, places, covers }) => {
    const late = places("tham-tra").filter((report) => lines.some((line, brought) => BRINGS.includes(line.kind) && brought < report && covers(report, brought)
      && lines.some(({ kind }, at) => at > brought && at < report && ["thao-luan", "bieu-quyet"].includes(kind) && covers(at, brought))
      && !places("tham-tra").some((other) => other < report && covers(other, brought))));
    return late.map((at) => lines[at]);
  },
  "dh-tham-tra-truoc": ({ lines, places, shares, isGeneral }) => places("tham-tra").filter((at) => (isGeneral(at)
    ? lines.some((line) => line.kind === "to-trinh") && !lines.slice(0, at).some((line) => BRINGS.includes(line.kind))
    : lines.some((line, brought) => BRINGS.includes(line.kind) && brought > at && shares(brought, at))
    && !lines.some((line, brought) => BRINGS.includes(line.kind) && brought < at && (shares(brought, at) || isGeneral(brought))))).map((at) => lines[at]),
  "dh-nguoi-tham-tra": ({ lines }) => lines.filter((line) => line.kind === "tham-tra" && (COMMITTEE.test(fold(line.who)) || COMMITTEE_VERIFIES.test(wordsOf(line.text)))),
  "dh-nguoi-khac": ({ lines }) => lines.filter(({ kind, text, who }) => {
    const [words, by] = [wordsOf(text), fold(who)];
    if (!by || !["bao-cao", "thong-bao", "to-trinh"].includes(kind) || /;/.test(text)) return false;
    if (/^(bao cao|to trinh).{0,30}(cua )?thuong truc (hdnd|hoi dong)/.test(words)) return COMMITTEE.test(by);
    if (/^thong bao.{0,50}(mat tran|mttq)/.test(words)) return COMMITTEE.test(by) || COUNCILS.test(by);
    return /^(bao cao|to trinh).{0,30}(cua )?(ubnd|uy ban nhan dan)|^bao cao (tinh hinh )?(phat trien )?kinh te - xa hoi|^bao cao (thuc hien )?(thu, chi )?ngan sach/.test(words) && COUNCILS.test(by);
  }),
  // What is decided after it shows that the closing stands too early; a formality after it stands too late itself.
  "dh-sau-be-mac": ({ lines }) => lines.filter((line, at) => {
    const closes = /^(phat bieu )?be mac/.test(wordsOf(line.text));
    return closes ? lines.some((one, later) => later > at && ["bieu-quyet", "thao-luan", "chat-van"].includes(one.kind))
      : line.kind === "thu-tuc" && !/bien ban/.test(wordsOf(line.text)) && lines.some((one, before) => before < at && /^(phat bieu )?be mac/.test(wordsOf(one.text)));
  }),
  "dh-ban-khac-linh-vuc": ({ lines }) => lines.filter(({ kind, text, who }) => {
    const words = `${wordsOf(text)} ${fold(who)}`;
    return kind === "tham-tra" && /ban (van hoa|vh)/.test(words) && !/ban (kinh te|kt)|hai ban|cac ban/.test(words) && /du toan|quyet toan|thu, chi ngan sach|dau tu cong/.test(words);
  }),
  "dh-xac-nhan-truoc-bau": ({ lines }) => lines.filter((line, at) => /xac nhan (ket qua )?bau/.test(wordsOf(line.text))
    && lines.some((one, later) => later > at && /bo phieu|gioi thieu (nguoi|nhan su)|kiem phieu|danh sach (nguoi )?(ung cu|bau)/.test(wordsOf(one.text)))
    && !lines.some((one, before) => before < at && /bo phieu|kiem phieu/.test(wordsOf(one.text)))),
  "dh-thuong-truc-khong-tham-tra": (all, context) => unverified(all, context, true),
  "dh-bieu-quyet-som": (all) => all.lines.filter((line, at) => line.kind === "bieu-quyet" && !all.isGeneral(at) && !isFormal(line) && broughtFor(all, at) > at),
  "dh-khong-thao-luan": (all, context) => {
    const { lines, places, covers } = all;
    return lines.filter((line, at) => {
      if (line.kind !== "bieu-quyet" || isFormal(line)) return false;
      // “Thảo luận, biểu quyết …” with its minutes is a debate of its own.
      if (/thao luan/.test(wordsOf(line.text)) && minutesOf(line) > 0) return false;
      const debates = places("thao-luan").filter((one) => one < at && hasTime(lines[one], context));
      // A vote on all that was brought, one after the other, too.
      if (isMerged(line) || all.isGeneral(at)) return !debates.length;
      const brought = broughtFor(all, at);
      return !debates.some((one) => one > brought && (brought < 0 || brought > at ? all.shares(one, at) || all.isGeneral(one) : covers(one, brought) || all.shares(one, at)));
    });
  },
  "dh-bieu-quyet-to-trinh": ({ lines }) => lines.filter((line) => ["bieu-quyet", "thu-tuc"].includes(line.kind) && SUBMISSION.test(wordsOf(line.text)) && !RIGHT_VOTES.test(wordsOf(line.text))),
  "dh-bieu-quyet-gop": ({ lines }) => lines.filter((line) => line.kind === "bieu-quyet" && isMerged(line)),
  "dh-it-thao-luan": ({ lines }) => {
    const { debate, drafts } = sumsOf(lines);
    return drafts > 0 && debate > 0 && debate / drafts < LEAST_DEBATE ? lines.filter(({ kind }) => kind === "thao-luan") : [];
  },
  "dh-khong-chat-van": ({ lines }, context) => (REGULAR.includes(context.kind) && !lines.some((line) => line.kind === "chat-van" && hasTime(line, context)) ? whole(lines.filter((line) => line.kind === "chat-van")) : []),
  "dh-nua-ngay": (_, { kind, halves }) => {
    const used = halves.filter(({ lines }) => lines.length);
    return REGULAR.includes(kind) && used.length === 1 && used[0].end - used[0].from <= HALF_DAY ? whole([]) : [];
  },
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
  "dh-qua-gio": (_, { halves }) => halves.filter(({ over, lines }) => over > 0 && lines.length).map(({ lines }) => lines[lines.length - 1]),
  "dh-so-lieu-sau": ({ lines }) => {
    const about = lines.map((line) => SUBJECTS.filter((pattern) => pattern.test(wordsOf(line.text))));
    return lines.filter((line, at) => line.kind === "bao-cao" && lines.some((one, before) => before < at && one.kind === "to-trinh" && about[before].some((pattern) => about[at].includes(pattern)) && !(one.matter && one.matter === line.matter)));
  },
  "dh-thieu-nguoi": ({ lines }) => lines.filter((line) => NEEDS_SOMEBODY.includes(line.kind) && !line.who.trim() && !BEGINS_WITH_SOMEBODY.test(wordsOf(line.text))),
  // Questioning without minutes has a sign of its own.
  "dh-thieu-phut": ({ lines }) => lines.filter((line) => minutesOf(line) === 0 && line.kind !== "chat-van"),
  "dh-thieu-cu-tri": ({ lines }, { kind }) => (REGULAR.includes(kind) && !lines.some((line) => /cu tri/.test(fold(line.text))) ? whole([]) : []),
  "dh-thieu-bao-cao": ({ lines }, { kind, duties }) => {
    const words = lines.map((line) => fold(line.text)).join(" | ");
    const missing = duties.filter(({ id, when }) => DUTY_WORDS[id] && (!when || when.includes(kind)) && !DUTY_WORDS[id].test(words)).map(({ does }) => does);
    return missing.length ? [{ whole: true, missing }] : [];
  },
  "dh-giua-hai-ky": ({ lines }, { kind }) => (REGULAR.includes(kind) && !lines.some(({ text }) => BETWEEN.test(wordsOf(text))) ? whole([]) : []),
  "dh-du-toan-som": ({ lines }, context) => estimate(lines, context, "early"),
  "dh-du-toan-muon": ({ lines }, context) => estimate(lines, context, "late"),
  "dh-du-toan-hoi": ({ lines }, context) => estimate(lines, context, "unknown"),
};

/** Whether a line has any time; in somebody else's programme (`untimed`) one that tells no minutes may have some. */
const hasTime = (line, { untimed }) => minutesOf(line) > 0 || (!!untimed && String(line.minutes).trim() === "");
const whole = (lines) => (lines.length ? lines : [{ whole: true }]);

function estimate(lines, { estimateWindow, halves, matters }, state) {
  if (!estimateWindow) return [];
  return lines.filter((line) => {
    const words = `${fold(line.text)} ${line.matter && matters[line.matter] ? fold(matters[line.matter].title) : ""}`;
    if (line.kind !== "bieu-quyet" || !/du toan|phan bo ngan sach/.test(words) || /dieu chinh|bo sung|dinh muc/.test(words)) return false;
    const { day } = halves[line.half - 1] || {};
    if (!day) return state === "unknown";
    // A day that nobody told is asked for, never judged by.
    const late = day > estimateWindow.last && !estimateWindow.provinceAssumed;
    const early = !!estimateWindow.allotment && day < estimateWindow.allotment && !estimateWindow.assumed;
    if (state === "unknown") return !late && !early && !!(estimateWindow.assumed || estimateWindow.provinceAssumed);
    return state === "late" ? late : early;
  });
}

/**
 * What a programme shows: [{id, lines: [line, …]}], in the order of the records. `context` is {kind, matters, halves, estimateWindow, duties}:
 * the kind of sitting, its matters by ID, the half-days with their clock (programme.js), what is known of the estimate's days,
 * `duties`, the deadlines (board.js), and `untimed`: minutes that are not told are not known rather than none. A line is one of the programme’s, or {whole: true} where the whole is meant.
 */
export function signsOf(programme, context) {
  const full = { duties: [], matters: {}, halves: [], estimateWindow: null, ...context };
  const all = shared(programme, full.matters);
  if (!all.lines.length) return [];
  return Object.entries(TESTS).map(([id, test]) => ({ id, lines: test(all, full) })).filter(({ lines }) => lines.length);
}
export const SIGN_IDS = Object.keys(TESTS);
