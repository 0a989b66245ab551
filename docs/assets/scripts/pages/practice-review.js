// A self-review: a point and its proof for each statement, kept by date, drawn beside the time before.
// No total and no rank: the points serve to choose what to take up next.
import * as practice from "../kept/practice-store.js";
import { makeBar, makeChoice, makeFolded, makeNote, makeReset, withoutPrintInside } from "../ui/practice-ui.js";
import * as store from "../kept/store.js";
import { nameOf } from "../sitting/names.js";
import { daysLeft, longDay } from "../sitting/dates.js";
import { isDay, today, vnDate } from "../basics/times.js";
import { button, closeQuestion, copyText, headingBefore, headingText, make, say } from "../ui/ui.js";

const POINTS = 5;
const LOWEST = 3;
const LAST = "Lần trước: ";
// Opened later than this, a page starts a new review instead of changing the old one.
const FRESH_DAYS = 14;
const table = document.querySelector("[data-hd-review]");
const id = table.dataset.hdReview;
const rows = [...table.querySelectorAll("[data-hd-row]")];
const statements = [...document.querySelectorAll("[data-hd-statement]")].map((section, index) => {
  const heading = headingBefore(section);
  return {
    section,
    number: index + 1,
    key: section.dataset.hdStatement,
    text: headingText(heading).replace(/^\d+\.\s*/, ""),
    heading,
    points: [...section.querySelectorAll(".hd-points > li")].map((line) => line.textContent),
    hint: section.querySelector(".hd-evidence"),
    next: section.querySelector("[data-hd-next]"),
    row: rows[index],
    inputs: [],
  };
});

let day = firstDay();

function firstDay() {
  const days = practice.daysOf(practice.current(), id);
  const latest = days[days.length - 1];
  const age = latest ? (Date.parse(today()) - Date.parse(latest)) / 86400000 : Infinity;
  return age <= FRESH_DAYS ? latest : today();
}
const shownReview = () => practice.reviewOf(practice.current(), id, day);
const dayBefore = () => practice.daysOf(practice.current(), id).filter((one) => one < day).pop() || "";
const answered = (review) => statements.filter(({ key }) => practice.answerOf(review, key).point > 0).length;
const progressText = () => `Đã ghi ${answered(shownReview())}/${statements.length} câu`;

function change(act) {
  const kept = practice.changeReview(id, day, (review) => {
    if (!review.about && !Object.keys(review.answers).length) review.about = about.value;
    act(review);
  });
  if (!kept) say(`Máy đã giữ ${practice.MAX_REVIEWS} lần rà soát. Xóa bớt lần cũ rồi ghi tiếp.`);
}

// Building -------------------------------------------------------------------------------------------

const STEMS = ["thap", "hai", "ba", "bon", "nam"];
function enhance(statement) {
  const { section, number, key, text, points, hint } = statement;
  const group = make("div", { class: "hd-scale hd-no-print", role: "radiogroup", "aria-label": text });
  points.forEach((meaning, index) => {
    const point = index + 1;
    const { input, label } = makeChoice("radio", `${key}-${STEMS[index]}`, `${point}. ${meaning}`, { name: `muc-${key}`, value: point });
    input.addEventListener("change", () => {
      change((review) => practice.setAnswer(review, key, { point, text }));
      say(`Câu ${number}: mức ${point}. ${progressText()}.`);
    });
    statement.inputs.push(input);
    group.append(make("div", { class: "hd-option" }, input, label));
  });
  hint.id = `goi-y-${key}`;
  statement.evidence = make("input", {
    type: "text", class: "hd-field", id: `bang-chung-${key}`, maxlength: practice.EVIDENCE, autocomplete: "off", "aria-describedby": hint.id,
  });
  statement.evidence.addEventListener("input", () => change((review) => practice.setAnswer(review, key, { evidence: statement.evidence.value, text })));
  statement.clear = button("Bỏ mức đã chọn", () => {
    change((review) => practice.setAnswer(review, key, { point: 0, text }));
    statement.inputs[0].focus();
    say(`Câu ${number}: chưa chọn mức. ${progressText()}.`);
  }, { "aria-label": `Bỏ mức đã chọn (câu ${number})`, hidden: true });
  section.querySelector(".hd-points").replaceWith(group);
  hint.before(make("p", { class: "hd-proof hd-no-print" }, make("label", { for: statement.evidence.id },
    "Bằng chứng", make("span", { class: "hd-hidden", text: ` (câu ${number})` })), statement.evidence));
  section.append(statement.clear);
  // What to do next is shown with the result, where it is wanted.
  section.querySelector(".hd-statement__links").hidden = true;
}
const about = make("input", { type: "text", id: "ve-ky-hop", class: "hd-field", maxlength: practice.ABOUT, autocomplete: "off" });
const date = make("input", { type: "date", id: "ngay-ra-soat", class: "hd-field", min: "2000-01-01", max: "2100-12-31" });
const weekday = make("span", { class: "hd-day" });
const which = make("select", { id: "lan-ra-soat", class: "hd-field" });
const whichLine = make("p", { class: "hd-choice" }, make("label", { for: which.id, text: "Các lần trên máy này" }), which);
const place = make("div");
const viewing = make("p", { class: "hd-total" });

about.addEventListener("input", () => change((review) => {
  review.about = practice.cleanAbout(about.value);
}));
which.addEventListener("change", () => open(which.value));
date.addEventListener("change", () => {
  const wanted = date.value;
  const days = practice.daysOf(practice.current(), id);
  if (!isDay(wanted)) {
    date.value = day;
    say("Ngày chưa đủ. Chọn lại ngày rà soát.");
    return;
  }
  if (wanted !== day && days.includes(wanted)) {
    date.value = day;
    say(`Ngày ${vnDate(wanted)} đã có một lần rà soát. Chọn lần đó ở danh sách, hoặc ghi ngày khác.`);
    return;
  }
  const before = day;
  day = wanted;
  if (days.includes(before)) {
    practice.update((document_) => {
      document_.reviews[id][wanted] = document_.reviews[id][before];
      delete document_.reviews[id][before];
    });
  }
  show();
  say(`Lần rà soát này ghi ngày ${vnDate(wanted)}.`);
});

function open(wanted) {
  day = wanted;
  show();
  say(shownReview() ? `Đang xem lần ngày ${vnDate(day)}.` : `Lần mới, ngày ${vnDate(day)}. Chọn mức ở từng câu.`);
}
const fresh = button("Bắt đầu lần mới, hôm nay", () => {
  open(today());
  statements[0].inputs[0].focus();
});
const [reset, undo] = makeReset("Xóa lần này…", place, () => `Xóa lần rà soát ngày ${vnDate(day)} trên máy này?`, "Xóa lần này", () => {
  practice.update((document_) => {
    if (document_.reviews[id]) delete document_.reviews[id][day];
  });
}, "Đã xóa lần rà soát. Bấm “Hoàn tác xóa” nếu xóa nhầm.");

/** The review as plain text, for Zalo. */
function plainText() {
  const review = shownReview();
  const before = practice.reviewOf(practice.current(), id, dayBefore());
  const lines = [headingText(document.querySelector("h1")), [about.value, `ngày ${vnDate(day)}`].filter(Boolean).join(", "), `${progressText()}. Không cộng điểm, không xếp loại.`, ""];
  for (const { number, key, text } of statements) {
    const { point, evidence } = practice.answerOf(review, key);
    const last = practice.answerOf(before, key).point;
    lines.push(`${number}. ${text} → ${point ? `mức ${point}` : "chưa ghi"}${last ? ` (lần trước: ${last})` : ""}${evidence ? `; ${evidence}` : ""}`);
  }
  return lines.join("\n");
}

const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Lần rà soát này" },
  viewing,
  make("div", { class: "hd-form" },
    make("p", {}, make("label", { for: about.id, text: "Kỳ họp" }), about),
    make("p", {}, make("label", { for: date.id, text: "Ngày rà soát" }), date, weekday)),
  whichLine,
  make("div", { class: "hd-row" }, fresh), makeNote());
const more = make("section", { class: "hd-tools hd-no-print", "aria-label": "Sao chép, xóa, giữ lại" },
  make("div", { class: "hd-row" }, button("Sao chép kết quả", () => copyText(plainText(), place)), reset, undo),
  place, makeFolded());
const barWords = make("strong");
const bar = makeBar(barWords, make("a", { href: "#ket-qua", class: "hd-bar__link", text: "Xem kết quả" }));

// Drawing ---------------------------------------------------------------------------------------------

const svgNode = (tag, attributes, text) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
};
const LEFT = 34;
const CELL = 46;
const LINE = 30;
const TOP = 26;

function drawChart(now, before) {
  const height = TOP + LINE * statements.length;
  const svg = svgNode("svg", { viewBox: `0 0 340 ${height}`, role: "img", "aria-label": "Biểu đồ mức của từng câu; số liệu ở bảng bên dưới" });
  for (let point = 1; point <= POINTS; point += 1) {
    svg.append(svgNode("text", { x: LEFT + CELL * (point - 0.5), y: 16, class: "hd-chart__middle" }, point));
  }
  for (const { number, key } of statements) {
    const { point } = practice.answerOf(now, key);
    const last = practice.answerOf(before, key).point;
    const y = TOP + LINE * (number - 1);
    svg.append(svgNode("text", { x: LEFT - 6, y: y + 18, class: "hd-chart__number" }, number));
    for (let one = 1; one <= POINTS; one += 1) {
      svg.append(svgNode("rect", { x: LEFT + CELL * (one - 1), y: y + 3, width: CELL - 3, height: LINE - 10, class: one <= point ? "hd-chart__full" : "hd-chart__empty" }));
    }
    if (last) {
      const x = LEFT + CELL * (last - 0.5) - 1.5;
      const middle = y + 3 + (LINE - 10) / 2;
      svg.append(svgNode("path", { d: `M${x} ${middle - 9}l9 9l-9 9l-9 -9z`, class: "hd-chart__last" }));
    }
    svg.append(svgNode("text", { x: LEFT + CELL * POINTS + 6, y: y + 18 }, `${point || "–"}${last ? ` (${last})` : ""}`));
  }
  return svg;
}
const figure = make("figure", { class: "hd-chart hd-no-print" });
const legend = make("figcaption");

// Showing ---------------------------------------------------------------------------------------------

const put = (input, text) => {
  if (input !== document.activeElement && input.value !== text) input.value = text;
};

// A cell of the table: the number and as many squares; a blank one has the numbers to ring on paper.
function fillCell(cell, point, none) {
  cell.replaceChildren();
  if (point) {
    cell.append(make("strong", { text: String(point) }), make("span", { class: "hd-squares", "aria-hidden": "true", text: ` ${"■".repeat(point)}${"□".repeat(POINTS - point)}` }));
  } else {
    cell.append(make("span", { class: "hd-screen", text: none }), make("span", { class: "hd-paper", text: "1 2 3 4 5" }));
  }
}

// On one page whatever was typed: the more there is, the smaller the letters, down from 12 points;
// before they get too small, the proofs of the time before stay off the paper. All in px of paper.
const SIZES = [12, 11, 10, 9];
const PAPER = { room: 975, column: 514, row: 3.5, line: 1.2, head: 2, wide: 700, facts: 20 };
const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();
function widthOf(word) {
  if (!widths.has(word)) widths.set(word, pen.measureText(word).width);
  return widths.get(word);
}
function linesOf(text, column) {
  const space = widthOf(" ");
  let lines = 1;
  let used = -space;
  for (const word of text.split(" ")) {
    used += space + widthOf(word);
    if (used > column) {
      lines += 1;
      used = widthOf(word);
    }
  }
  return lines;
}
function fitPaper(texts, facts) {
  const room = PAPER.room - PAPER.facts * (linesOf(facts, PAPER.wide) - 1);
  const own = texts.map((parts) => parts.filter((part) => !part.startsWith(LAST)));
  // Words are measured once, at 12 points; smaller letters are a wider column.
  const fits = (some) => (size) => {
    const line = size * (4 / 3) * PAPER.line;
    const column = PAPER.column * (12 / size);
    return some.reduce((sum, parts) => sum + PAPER.row
      + line * parts.reduce((all, part) => all + linesOf(part, column), 0), PAPER.head * line) <= room;
  };
  const whole = SIZES.slice(0, -1).find(fits(texts));
  table.dataset.hdSize = whole || SIZES.find(fits(own)) || SIZES[SIZES.length - 1];
  table.toggleAttribute("data-hd-short", !whole);
}

function showStatement(statement, now, before) {
  const { point, evidence } = practice.answerOf(now, statement.key);
  const last = practice.answerOf(before, statement.key);
  statement.inputs.forEach((input, index) => {
    input.checked = index + 1 === point;
  });
  statement.clear.hidden = !point;
  put(statement.evidence, evidence);
  const [nowCell, lastCell] = statement.row.querySelectorAll("td");
  fillCell(nowCell, point, "chưa ghi");
  fillCell(lastCell, last.point, before ? "chưa ghi" : "–");
  const proofs = [evidence && `Bằng chứng: ${evidence}`, last.evidence && `${LAST}${last.evidence}`].filter(Boolean);
  // Nothing typed: paper keeps a line to write on.
  const line = evidence ? [] : [make("span", { class: "hd-paper-line", text: "Bằng chứng:" })];
  statement.row.querySelector(".hd-row-evidence").replaceChildren(...line, ...proofs.map((text) => make("span", { text, class: text.startsWith(LAST) ? "hd-row-last" : null })));
  return [`${statement.number}. ${statement.text}`, ...line.map(() => "Bằng chứng:"), ...proofs];
}

const takeUp = document.querySelector("[data-hd-take-up]");
const adviceBefore = takeUp.querySelector("p");
function showNext(now) {
  const lowest = statements
    .map((statement) => ({ statement, point: practice.answerOf(now, statement.key).point }))
    .filter(({ point }) => point > 0 && point < POINTS)
    .sort((a, b) => a.point - b.point || a.statement.number - b.statement.number)
    .slice(0, LOWEST);
  takeUp.replaceChildren(adviceBefore);
  if (!lowest.length) {
    adviceBefore.textContent = answered(now) ? "Mọi câu đã ghi đều ở mức 5. Giữ cách làm này ở kỳ sau."
      : "Chọn mức ở vài câu; ba câu thấp nhất sẽ hiện ở đây kèm giải pháp, phiếu rà soát.";
    return;
  }
  adviceBefore.textContent = "Ba câu thấp nhất trong các câu đã ghi. Chọn việc làm được ở kỳ sau, ghi người làm, ngày xong.";
  const list = make("ol");
  for (const { statement, point } of lowest) {
    const item = make("li", {}, make("strong", { text: statement.text }), make("br"), `Đang ở mức ${point}. Mức ${point + 1}: ${statement.points[point]}`);
    if (statement.next) {
      const links = statement.next.cloneNode(true);
      links.className = "hd-take-up__links";
      item.append(make("br"), links);
    }
    list.append(item);
  }
  takeUp.append(list);
}

function show() {
  const document_ = practice.current();
  const now = shownReview();
  const earlier = dayBefore();
  const before = practice.reviewOf(document_, id, earlier);
  const sitting = store.sittingOf(store.current());
  put(about, now ? now.about : sitting ? nameOf(sitting).slice(0, practice.ABOUT) : "");
  put(date, day);
  weekday.textContent = day ? `${longDay(day)}, ${daysLeft(day, today())}` : "";
  const days = practice.daysOf(document_, id);
  const all = days.includes(day) ? days : [...days, day];
  whichLine.hidden = all.length < 2;
  which.replaceChildren(...all.map((one) => make("option", { value: one, text: `Ngày ${vnDate(one)}${days.includes(one) ? "" : " (chưa ghi)"}` })));
  which.value = day;
  viewing.textContent = `${progressText()}, ngày ${vnDate(day)}.${earlier ? ` So với lần ngày ${vnDate(earlier)}.` : ""}`;
  barWords.textContent = progressText();
  fresh.hidden = day === today();
  reset.hidden = !now;

  table.querySelector("[data-hd-about]").textContent = about.value;
  table.querySelector("[data-hd-day]").textContent = now ? vnDate(day) : "";
  table.querySelector("[data-hd-now]").textContent = now ? `Lần này ${vnDate(day)}` : "Lần này";
  table.querySelector("[data-hd-before]").textContent = earlier ? `Lần trước ${vnDate(earlier)}` : "Lần trước";
  const facts = table.querySelector(".hd-review__facts");
  facts.toggleAttribute("data-hd-filled", about.value !== "" && now !== null);
  fitPaper(statements.map((statement) => showStatement(statement, now, before)), facts.textContent);
  legend.textContent = `Ô tô kín: mức lần này.${before ? " Hình thoi và số trong ngoặc: mức lần trước." : ""} Số thứ tự câu như ở bảng.`;
  figure.replaceChildren(drawChart(now, before), legend);
  showNext(now);
}

statements.forEach(enhance);
statements[0].heading.before(tools);
withoutPrintInside(tools);
document.querySelector("#ket-qua").after(figure);
takeUp.after(bar, more);
document.documentElement.classList.add("hd-practising");
function measureAnew() {
  // Paper's letters, which a phone's screen does not have.
  pen.font = '16px "Be Vietnam Pro", sans-serif';
  widths.clear();
}
measureAnew();
// The letters of the page arrive later than the script.
if (document.fonts) {
  document.fonts.addEventListener("loadingdone", () => {
    measureAnew();
    show();
  });
}
practice.listen((_, why) => {
  if (why === "other") {
    closeQuestion();
    say("Đã cập nhật theo cửa sổ khác.");
  }
  show();
});
show();
