// What leaves the board: print, text for Zalo, a calendar file, a link with the days; and what comes by such a link.
import { between, dueText, longDay, plus, shortDay, weekdayOf } from "../sitting/dates.js";
import { fromBase64Url, toBase64Url } from "../basics/packing.js";
import * as store from "../kept/store.js";
import { councilOf, nameOf, numberOf, termOf } from "../sitting/names.js";
import { DEADLINES } from "../data/deadlines.js";
import { inReach, isDay, today, vnDate } from "../basics/times.js";
import { ask, button, canPrint, copyText, handOver, make, say, zaloNote } from "../ui/ui.js";

const VERSION = 1;
const LONGEST_LINK = 8000;
const LOCAL = new Set(DEADLINES.map(({ local }) => local).filter(Boolean));
/** Facts that a link hands on; whose device it is, is nobody's business. */
const HANDED = ["council", "term", "sitting", "opening", "kind", "has", "closing", "issued", "province", "allotment", "voters", "joint", "petitions", "answers"];

// Words ---------------------------------------------------------------------------------------------

/** The board as text. A body is never named beside what is past due: the task and its day are. */
export function boardText(found, name, now) {
  const line = ({ deadline, due }) => `- ${deadline.does}: ${dueText(deadline.bound, due)}`;
  const parts = [`Tiến độ chuẩn bị: ${name}. Tính đến ${longDay(now)}.`];
  for (const [state, title] of [
    ["late", "Đã qua hạn, chưa đánh dấu xong:"], ["week", "Trong 7 ngày tới:"], ["later", "Sau đó:"],
  ]) {
    const own = found.filter((row) => row.state === state && row.due);
    if (own.length) parts.push([title, ...own.map(line)].join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

// Paper ---------------------------------------------------------------------------------------------

const BOX = "☐";
const SHORT_WEEKDAYS = ["CN", "T2", "T3", "T4", "T5", "T6", "T7"];
const dated = (found) => found.filter(({ due, state }) => due && state !== "na");
const dayOn = ({ due }) => due.better || due.day;
const kindOfDay = ({ deadline, binds }) =>
  deadline.bound === "khong-som-hon" ? "từ" : deadline.bound === "tai-ky" ? "tại kỳ" : binds ? "hạn" : "nên";

/** The board on one page: day, task, who, a box to tick. */
function paperList(found, who) {
  const lines = dated(found).map((row) => make("tr", { class: row.state === "late" ? "hd-late" : undefined },
    make("td", { text: `${SHORT_WEEKDAYS[weekdayOf(dayOn(row))]} ${shortDay(dayOn(row))}` }),
    make("td", { text: kindOfDay(row) }),
    make("td", { text: row.deadline.does }),
    make("td", { text: who(row.deadline) }),
    make("td", { text: row.state === "done" ? "xong" : BOX })));
  return make("table", { class: "hd-paper-list" },
    make("thead", {}, make("tr", {}, ...["Ngày", "Loại", "Việc", "Ai làm", "Xong"].map((text) => make("th", { scope: "col", text })))),
    make("tbody", {}, ...lines));
}

const BEFORE = 45;
const AFTER = 10;
/** Weeks from so many days before the opening, or from today, to so many after it; a week is a row. */
function paperCalendar(found, opening, now) {
  const rows = dated(found).filter(({ state }) => state !== "done");
  const first = plus(now < opening && between(now, opening) < BEFORE ? now : plus(opening, -BEFORE), 0);
  const monday = plus(first, -((weekdayOf(first) + 6) % 7));
  const body = make("tbody");
  for (let week = monday; week <= plus(opening, AFTER); week = plus(week, 7)) {
    const line = make("tr");
    for (let number = 0; number < 7; number += 1) {
      const day = plus(week, number);
      const here = rows.filter((row) => dayOn(row) === day);
      // What must be there at the sitting all falls on one day: the list names it, a square of the calendar has no room.
      const told = here.filter(({ deadline }) => deadline.bound === "tai-ky");
      const own = here.filter((row) => !told.includes(row));
      line.append(make("td", { class: day === opening ? "hd-opening" : undefined },
        make("b", { text: `${shortDay(day)}${day === opening ? " – Khai mạc" : ""}` }),
        ...own.map((row) => make("p", { text: kindOfDay(row) === "nên" ? `(nên) ${row.deadline.does}` : row.deadline.does })),
        told.length ? make("p", { text: `${told.length} báo cáo, tờ trình phải có tại kỳ họp: xem bảng tiến độ` }) : null));
    }
    body.append(line);
  }
  return make("table", { class: "hd-paper-calendar" },
    make("thead", {}, make("tr", {}, ...["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"].map((text) => make("th", { scope: "col", text })))), body);
}

/** Keep two sheets of paper, which print alone; the second one is printed when asked for. */
function makePaper(shown, who) {
  const place = make("div", { class: "hd-paper", "data-search-exclude": true });
  const fill = () => {
    const sitting = store.sittingOf(store.current());
    if (!sitting || !sitting.facts.opening) {
      place.replaceChildren();
      return;
    }
    const now = today();
    const found = shown();
    const blank = found.filter(({ due, state }) => !due && state !== "na").length;
    const head = (title) => [make("p", { class: "hd-paper__title", text: title }), make("p", { text: `${nameOf(sitting)}. In ngày ${vnDate(now)}.` })];
    place.replaceChildren(
      make("section", { class: "hd-paper__list" }, ...head("Tiến độ chuẩn bị kỳ họp"), paperList(found, who),
        make("p", { text: `“hạn”: luật hoặc Quy chế. “nên”: gợi ý, hoặc văn bản chưa đối chiếu.${blank ? ` Còn ${blank} việc chưa tính được ngày.` : ""}` })),
      make("section", { class: "hd-paper__calendar" }, ...head("Lịch chuẩn bị kỳ họp"), paperCalendar(found, sitting.facts.opening, now)));
  };
  // Not every browser tells that it is about to print: the sheets are always as the page is.
  fill();
  store.listen(fill);
  window.addEventListener("beforeprint", fill);
  return [place, (which) => {
    if (!canPrint) {
      say("Ở đây không in được. Mở bằng trình duyệt rồi in.");
      return;
    }
    fill();
    const root = document.documentElement;
    const done = () => delete root.dataset.hdPrint;
    root.dataset.hdPrint = which;
    // Some browsers return from printing at once, and some never tell that it is over.
    window.addEventListener("afterprint", done, { once: true });
    window.addEventListener("pointerdown", done, { once: true });
    window.print();
  }];
}

// Calendar ------------------------------------------------------------------------------------------

const escaped = (text) => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, "\\n");
const digits = (day) => day.replace(/-/g, "");

/** Lines of at most 75 bytes, as RFC 5545 wants them; no letter is cut in two. */
function folded(line) {
  const lines = [];
  let now = "";
  let bytes = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (bytes + size > 75) {
      lines.push(now);
      now = " ";
      bytes = 1;
    }
    now += letter;
    bytes += size;
  }
  return [...lines, now].join("\r\n");
}

/** A calendar of whole days; the same deadline of the same sitting keeps its UID, so that a second import replaces it. */
export function calendarText(found, sittingId, name, stamp, why) {
  const time = stamp.toISOString().replace(/[-:]|\.\d+/g, "");
  const events = found.filter(({ due, state }) => due && state !== "na" && state !== "done").flatMap(({ deadline, due }) => {
    const day = due.better || due.day;
    return [
      "BEGIN:VEVENT", `UID:${deadline.id}.${sittingId}@so-tay-hdnd`, `DTSTAMP:${time}`,
      // Minutes since 2026: higher at each export.
      `SEQUENCE:${Math.max(0, Math.floor((stamp.getTime() - Date.UTC(2026, 0, 1)) / 60000))}`,
      `DTSTART;VALUE=DATE:${digits(day)}`, `DTEND;VALUE=DATE:${digits(plus(day, 1))}`,
      `SUMMARY:${escaped(deadline.does)}`, `DESCRIPTION:${escaped(`${dueText(deadline.bound, due)}. ${why(deadline)}. ${name}`)}`,
      "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(deadline.does)}`, "TRIGGER:-PT15H", "END:VALARM",
      "END:VEVENT",
    ];
  });
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//So tay HDND//Tien do//VI", "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`, ...events, "END:VCALENDAR"];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

// Link ----------------------------------------------------------------------------------------------

/** The days of a sitting and the council's own numbers, as they travel behind the “#”. */
export function packed(document_, facts) {
  const own = Object.fromEntries(HANDED.filter((name) => facts[name]).map((name) => [name, facts[name]]));
  const rules = Object.entries(document_.rules).filter(([id]) => LOCAL.has(id)).map(([id, { value, article, other }]) => [id, value, article, other]);
  const days = Object.entries(document_.days).map(([day, { worked }]) => [day, worked]);
  return toBase64Url(JSON.stringify({ v: VERSION, f: own, r: rules, d: days }));
}

/** What came by link: {facts, rules, days}, cleaned as everything that a file brings. Throws with the reason. */
export function unpacked(text) {
  if (text.length > LONGEST_LINK) throw new Error("liên kết dài quá mức");
  let value;
  try {
    value = JSON.parse(fromBase64Url(text));
  } catch {
    throw new Error("nội dung bị thiếu");
  }
  if (!value || typeof value !== "object" || !value.f || typeof value.f !== "object") throw new Error("không phải ngày của một kỳ họp");
  if (value.v !== VERSION) throw new Error("do bản mới hơn của sổ tay ghi");
  const own = Object.fromEntries(HANDED.map((name) => [name, value.f[name]]).filter(([, one]) => typeof one === "string"));
  const { facts } = new store.Reader().sitting({ facts: own });
  if (!inReach(facts.opening)) throw new Error("không có ngày khai mạc dùng được");
  const list = (one) => (Array.isArray(one) ? one.filter(Array.isArray) : []);
  const rules = Object.fromEntries(list(value.r).filter(([id]) => LOCAL.has(id))
    .map(([id, one, article, other]) => [id, { value: one, article, other }]));
  const days = Object.fromEntries(list(value.d).filter(([day]) => typeof day === "string" && inReach(day)).map(([day, worked]) => [day, { worked: worked === true }]));
  const { document: read } = store.readDocument({ schema: store.SCHEMA, rules, days });
  return { facts, rules: read.rules, days: read.days };
}

const alike = (a, b, clean) => !a || !b || clean(a) === clean(b);

/** The sitting on this device that a received one is: the same number of the same council, or the same opening day. */
function sameAs(facts, document_) {
  return Object.entries(document_.sittings).find(([, { facts: known }]) => alike(known.council, facts.council, councilOf)
    && alike(known.term, facts.term, termOf) && alike(known.sitting, facts.sitting, numberOf)
    && (known.opening === facts.opening || (known.sitting && facts.sitting && known.council && facts.council)));
}

/** Take what was received; false where the device has no room for another sitting. */
function take({ facts, rules, days }) {
  return store.update((document_) => {
    const same = sameAs(facts, document_);
    const now = store.sittingOf(document_);
    if (same) document_.current = same[0];
    // A sitting without a day waits for one, if it is of the same council.
    else if (!now || now.facts.opening || !alike(now.facts.council, facts.council, councilOf)) {
      if (!store.addSitting(document_, now ? { role: now.facts.role, name: now.facts.name } : {})) return false;
    }
    const target = store.sittingOf(document_).facts;
    for (const name of HANDED) if (facts[name]) target[name] = facts[name];
    for (const [id, { value, article, other }] of Object.entries(rules)) {
      const had = document_.rules[id] || { value: "", article: "", other: "" };
      store.setRule(document_, id, value || had.value, article || had.article, other || had.other);
    }
    for (const [day, { worked }] of Object.entries(days)) store.setDay(document_, day, worked);
    return true;
  });
}

/** Offer what an address brings; it stays in the address until the reader answered. */
export function receive(place) {
  if (!location.hash.startsWith("#k=")) return;
  const text = location.hash.slice(3);
  const forget = () => {
    if (location.hash.slice(3) === text) history.replaceState(null, "", location.pathname + location.search);
  };
  let read;
  try {
    read = unpacked(text);
  } catch (error) {
    place.append(make("p", { class: "hd-wrong-file", role: "alert", text: `Không nhận được ngày của kỳ họp: ${error.message}. Dữ liệu đang có không đổi.` }));
    // What a newer edition of the page may read stays for the reload.
    if (!error.message.includes("bản mới hơn")) forget();
    return;
  }
  const name = nameOf({ facts: read.facts });
  const zalo = zaloNote("");
  const count = Object.keys(read.rules).length;
  const box = ask(place, `Nhận ngày của kỳ họp này vào máy? ${name}.`, [
    [zalo ? "Không nhận ở đây" : "Không nhận", zalo ? null : forget],
    ["Nhận ngày kỳ họp", () => {
      const before = store.copyOf(store.current());
      if (!take(read)) {
        say("Máy đã có 30 kỳ họp. Xóa bớt ở trang Kỳ họp đang chuẩn bị rồi nhận lại.");
        return;
      }
      forget();
      const undo = button("Hoàn tác việc nhận", () => {
        store.replaceAll(before);
        undo.remove();
        say("Đã khôi phục dữ liệu như trước khi nhận.");
      });
      place.prepend(undo);
      undo.focus();
      say("Đã nhận ngày của kỳ họp.");
    }],
  ]);
  if (zalo) box.prepend(make("p", { text: "Mở bằng trình duyệt trước rồi hãy nhận. Dữ liệu nhận ở đây có thể mất." }));
  const days = Object.keys(read.days).length;
  const more = [count && `${count} thời hạn theo Quy chế (số đang ghi trên máy được thay)`, days && `${days} ngày nghỉ, ngày làm bù`].filter(Boolean);
  if (more.length) box.querySelector("p").after(make("p", { text: `Kèm ${more.join("; ")}.` }));
}

// Buttons -------------------------------------------------------------------------------------------

/** Make the row of ways out; `shown()` gives the lines that stand on the page now, `why(deadline)` its basis, `who(deadline)` who does it. */
export function makeWaysOut(shown, why, who) {
  const [paper, print] = makePaper(shown, who);
  const place = make("div", {}, paper);
  const known = () => {
    const sitting = store.sittingOf(store.current());
    if (sitting && sitting.facts.opening) return sitting;
    say("Chưa ghi ngày khai mạc.");
    return null;
  };
  const act = (what) => () => {
    const sitting = known();
    if (sitting) what(sitting);
  };
  place.append(make("div", { class: "hd-row hd-no-print" },
    button("In bảng này (A4)", act(() => print("list"))),
    button("In lịch (A4 ngang)", act(() => print("calendar"))),
    button("Sao chép để gửi Zalo", act((sitting) => copyText(boardText(shown(), nameOf(sitting), today()), place))),
    button("Sao chép liên kết có sẵn ngày", act((sitting) => copyText(`${location.href.split("#")[0]}#k=${packed(store.current(), sitting.facts)}`, place))),
    button("Đưa vào lịch điện thoại (tệp .ics)", act((sitting) => handOver(`tien-do-ky-hop-${sitting.facts.opening}.ics`,
      calendarText(shown(), store.current().current, nameOf(sitting), new Date(), why), "text/calendar", "sao chép để gửi Zalo")))),
  make("p", { class: "hd-quiet", text: "Tệp lịch mở bằng lịch của điện thoại hoặc máy tính. Ngày đổi thì tải lại, mở lại; thấy việc trùng thì xóa việc cũ." }));
  return place;
}

/** Make the fields for the reader's own days off and days worked. */
export function makeOwnDays() {
  const place = make("div");
  const day = make("input", { type: "date", class: "hd-field", id: "ngay-nghi-ngay", min: "2026-01-01", max: "2031-12-31" });
  const kind = make("select", { class: "hd-field", id: "ngay-nghi-loai" }, make("option", { value: "", text: "Ngày nghỉ" }), make("option", { value: "worked", text: "Ngày làm bù" }));
  const list = make("ul");
  const form = make("form", { class: "hd-form hd-board__ask hd-no-print", autocomplete: "off", "aria-label": "Ngày nghỉ, ngày làm bù của nơi mình" },
    make("p", {}, make("label", { for: day.id, text: "Ngày" }), day), make("p", {}, make("label", { for: kind.id, text: "Là" }), kind),
    make("p", {}, button("Thêm ngày", () => {
      if (!isDay(day.value) || !day.validity.valid) {
        say("Ghi đủ ngày, tháng, năm rồi thêm.");
        day.focus();
        return;
      }
      store.update((document_) => store.setDay(document_, day.value, kind.value === "worked"));
      say(`Đã thêm ${longDay(day.value)}.`);
    })));
  form.addEventListener("submit", (event) => event.preventDefault());
  const show = () => {
    const days = Object.entries(store.current().days).sort();
    list.replaceChildren(...days.map(([one, { worked }]) => make("li", {}, `${longDay(one)}: ${worked ? "ngày làm bù" : "ngày nghỉ"} `,
      button("Bỏ", () => {
        store.update((document_) => store.setDay(document_, one, null));
        day.focus();
        say(`Đã bỏ ${longDay(one)}.`);
      }, { class: "hd-link hd-no-print", "aria-label": `Bỏ ${longDay(one)}` }))));
  };
  place.append(form, list);
  store.listen(show);
  show();
  return place;
}
