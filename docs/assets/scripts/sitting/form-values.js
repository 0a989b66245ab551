// What a sitting on this device puts into forms: fields by their names, and what stands once for each matter or paper.
// The names are those of knowledge/form_fields.py.
import { calendarOf, sittingFor } from "./board.js";
import { due } from "./dates.js";
import { NOT_VERIFIED, KINDS, isDecided, paperName, papersOf, withoutKind } from "./matters.js";
import { councilOf, isNumbered, numberOf, termOf } from "./names.js";
import { clockText, inProgrammeOrder, minutesOf, sumsOf, timed } from "./programme.js";
import { inReach, vnDate } from "../basics/times.js";
import { countIn, moreThanHalf, outcome, twoThirds, whole } from "./votes.js";

const KIND_NAMES = {
  "thuong-le-giua-nam": "thường lệ giữa năm", "thuong-le-cuoi-nam": "thường lệ cuối năm",
  "chuyen-de": "", "quyet-toan": "chuyên đề",
};
const POSTS = { "chu-tich": "CHỦ TỊCH", "pho-chu-tich": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" };
const UNIT = /^(xã|phường|đặc khu|thị trấn)\s+/iu;

const named = (text) => (text === text.toUpperCase() ? text.toLowerCase().replace(/(^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase()) : text);
const BODY = /^(h[đd]nd|ubnd|hội đồng nhân dân|ủy ban nhân dân|uỷ ban nhân dân)\s+/iu;

/** “xã Mường Than”: the kind in small letters, the name as it was typed; what stands after a comma is the province. */
const unitOf = (council) => named(councilOf(council).replace(BODY, "").split(",")[0].trim()).replace(UNIT, (kind) => kind.toLowerCase());

/** The place in a document's head is the unit's name; a name that is a number keeps its kind: “Phường 15”. */
function placeOf(council) {
  const unit = unitOf(council);
  const name = unit.replace(UNIT, "");
  return name === unit || !/^[\dIVXLC]+$/.test(name) ? name : unit.charAt(0).toUpperCase() + unit.slice(1);
}

/** “ngày 05 tháng 3 năm 2027”, as Nghị định 30/2020/NĐ-CP writes it. */
function dayInFull(iso) {
  const [day, month, year] = vnDate(iso).split("/");
  return iso ? `ngày ${day} tháng ${month} năm ${year}` : "";
}

const mattersIn = (sitting) => inProgrammeOrder(sitting).filter(([, { title }]) => title.trim());

// The term of the councils elected in March 2026.
const termAt = (opening) => (opening >= "2026-03-15" && opening < "2031-03-01" ? "nhiệm kỳ 2026 - 2031" : "");

function lastDay(deadlines, id, document_, facts, table) {
  const deadline = deadlines.find((one) => one.id === id);
  const calendar = calendarOf(document_, table);
  const when = deadline && due(deadline, sittingFor(document_, facts, calendar), calendar);
  return when ? when.day : "";
}

/** Fields of a sitting: name → text; what is not known is left out. `deadlines` and `table` are the data of the board. */
export function valuesOf(document_, sitting, deadlines, table) {
  const { facts } = sitting;
  const opening = inReach(facts.opening) ? facts.opening : "";
  const matters = mattersIn(sitting).map(([, matter]) => matter);
  const unclear = withoutKind(matters);
  const decided = matters.filter((one) => isDecided(one) && !unclear.includes(one));
  const reported = matters.filter((one) => !isDecided(one));
  const total = countIn(facts.delegates);
  const number = numberOf(facts.sitting);
  // Who wrote “thứ hai” wants it so; “chuyên đề” is no number.
  const which = number && (/^\s*(kỳ\s+họp\s+)?thứ\s/i.test(facts.sitting) || isNumbered(number) ? `thứ ${number}` : number);
  const papersDay = opening ? lastDay(deadlines, "han-gui-tai-lieu", document_, facts, table) : "";
  const dossierDay = opening ? lastDay(deadlines, "han-ho-so-tham-tra", document_, facts, table) : "";
  const list = (some) => some.map(({ title }) => title.replace(/[\s.;]+$/, "")).join("; ");
  const found = {
    "don-vi": unitOf(facts.council), "dia-danh": facts.place.trim() || placeOf(facts.council), tinh: facts.region.trim().replace(/^(tỉnh|thành phố)\s/iu, (kind) => kind.toLowerCase()),
    khoa: termOf(facts.term.split(",")[0]), "nhiem-ky": termAt(opening), ky: which,
    // What is called “chuyên đề” already has its kind in its name.
    "loai-ky": (which.startsWith("thứ ") && KIND_NAMES[facts.kind]) || "", nam: opening.slice(0, 4),
    "khai-mac": dayInFull(opening), "be-mac": inReach(facts.closing) && facts.closing >= opening ? dayInFull(facts.closing) : "",
    "gio-khai-mac": facts.hour, "so-buoi": facts.halves, "noi-hop": facts.venue,
    "nguoi-ky": facts.signer, "chuc-vu-ky": POSTS[facts.post] || "", "chu-toa": facts.chair, "thu-ky": facts.clerk,
    "lien-he": facts.contact, "dien-thoai": facts.phone,
    "tong-dai-bieu": total ? String(total) : "", "qua-nua": total ? String(moreThanHalf(total)) : "", "hai-phan-ba": total ? String(twoThirds(total)) : "",
    "so-noi-dung": matters.length ? String(matters.length) : "", "ds-nghi-quyet": list(decided), "ds-bao-cao": list(reported),
    "han-ho-so": dossierDay && vnDate(dossierDay), "han-tai-lieu": papersDay && dayInFull(papersDay),
  };
  return Object.fromEntries(Object.entries(found).map(([name, text]) => [name, (text || "").trim()]).filter(([, text]) => text));
}

/** When each matter begins and how long it is debated, by its ID; from the programme (programme.js), where there is one. */
function timesOf({ programme, facts }) {
  const found = {};
  for (const { lines } of timed(programme, facts.opening)) {
    for (const line of lines) {
      if (!line.matter) continue;
      const own = found[line.matter] || { gio: clockText(line.from), minutes: 0 };
      found[line.matter] = { ...own, minutes: own.minutes + (line.kind === "thao-luan" ? minutesOf(line) : 0) };
    }
  }
  return found;
}

/** The programme as BM10 wants it: [{day, rows: [[clock, words, who, minutes], …], end, all, debate, questions}, …]. */
export function programmeRows({ programme, facts }) {
  const text = (minutes) => (minutes ? String(minutes) : "–");
  return timed(programme, facts.opening).filter(({ lines }) => lines.length).map(({ half, day, until, lines }) => {
    const { all, debate, questions } = sumsOf(lines);
    return {
      half, day: dayInFull(day), end: clockText(until), all: text(all), debate: text(debate), questions: text(questions),
      rows: lines.map((line) => [clockText(line.from), line.text, line.who || "–", String(minutesOf(line) || "")]),
    };
  });
}

// “Ông (bà) …” wants a person: what names a body or everybody stays a blank.
const BODY_NAME = /^(ubnd|ủy ban|uỷ ban|h[đd]nd|hội|thường trực|các|ban(?!\p{L})|phòng|văn phòng|trung tâm|công an|đại biểu|chủ tọa|mttq|mặt trận|tổ(?!\p{L})|sở|chi cục|tòa|toà|viện)/iu;

/** The person who presents, as the programme's line of one of these kinds has it. */
function personFor({ programme }, id, kinds) {
  const line = programme.lines.find(({ matter, kind, who }) => matter === id && kinds.includes(kind) && who.trim());
  const who = line ? line.who.trim().replace(/^(ông \(bà\)|ông|bà|đ\/c|đồng chí)\s+/iu, "") : "";
  return BODY_NAME.test(who) ? "" : who;
}

/** The counts of a vote as minutes write them; the share is of all delegates. */
function votesIn(matter, total) {
  const { passed } = outcome(matter, total);
  const yes = whole(matter.yes);
  const share = yes !== null && total ? `; ${String(Math.round((1000 * yes) / total) / 10).replace(".", ",")}%` : "";
  return {
    comat: matter.present || "", tanthanh: yes === null ? "" : `${yes}${share}`, khongtan: matter.no || "", khongbq: matter.none || "",
    ketqua: passed === null ? "" : passed ? "Thông qua" : "Chưa thông qua",
  };
}

/**
 * What stands once for each, in the programme's order: {each: [{ten, loai, soan, ban, gio, phut, trinh, thamtra, the counts of its
 * vote, decided, verified}, …]}; empty lists where there are no matters.
 */
export function listsOf(sitting) {
  const times = timesOf(sitting);
  const total = countIn(sitting.facts.delegates);
  const ids = new Map(mattersIn(sitting).map(([id, matter]) => [matter, id]));
  const timeOf = (matter) => times[ids.get(matter)];
  const matters = [...ids.keys()];
  const one = (matter) => ({
    gio: timeOf(matter) ? timeOf(matter).gio : "", phut: timeOf(matter) && timeOf(matter).minutes ? String(timeOf(matter).minutes) : "",
    ten: matter.title.trim(), loai: KINDS[matter.kind] || "", soan: matter.drafter.trim(), ban: matter.committee,
    trinh: personFor(sitting, ids.get(matter), ["to-trinh", "bao-cao"]), thamtra: personFor(sitting, ids.get(matter), ["tham-tra"]),
    ...votesIn(matter, total), decided: isDecided(matter), verified: matter.committee !== NOT_VERIFIED,
  });
  return {
    "noi-dung": matters.map(one),
    "nghi-quyet": matters.filter(isDecided).map(one),
    "tai-lieu": matters.flatMap((matter) => papersOf(matter).map((paper) => ({
      ...one(matter), ten: `${paperName(matter, paper)}: ${matter.title.trim()}`,
      soan: paper === "tham-tra" ? matter.committee : matter.drafter.trim(),
    }))),
  };
}
