// “Phiếu rút kinh nghiệm”: three answers become a text to send and a page that the handbook accepts.
import * as store from "../kept/store.js";
import { NAMELESS, councilOf, isNumbered, nameOf, numberOf } from "../sitting/names.js";
import { isDay, today, vnDate } from "../basics/times.js";
import { ask, button, closeQuestion, copyText, handOver, make, makeStatus, makeStorageNote, say, zaloNote } from "../ui/ui.js";

const form = document.querySelector("[data-hd-lesson]");
const fields = [...form.querySelectorAll("[name]")];
// The sitting whose sheet stands in the form: another tab may choose a different one at any time.
let shown = store.current().current;
let cleared = null;

const answer = (name) => form.elements.namedItem(name).value.normalize("NFC").trim();
const sitting = () => store.current().sittings[shown] || null;
const facts = () => (sitting() ? sitting().facts : {});

function keep() {
  store.update((document_) => {
    if (!document_.sittings[shown]) {
      if (!store.sittingOf(document_)) store.addSitting(document_, {});
      shown = document_.current;
    }
    store.setLesson(document_.sittings[shown], Object.fromEntries(fields.map((field) => [field.name, field.value])));
  });
}

const sittingName = () => {
  const { sitting: number } = facts();
  return number ? `kỳ họp ${isNumbered(number) ? "thứ " : ""}${numberOf(number)}` : "kỳ họp";
};
const council = () => `HĐND ${councilOf(facts().council || "") || "xã, phường"}`;
// The checks take no other year; one typed as “26” is the year 26.
const isDayOfRecord = (text) => isDay(text) && text >= "1900-01-01" && text <= "2100-12-31";
const openingIsWrong = () => !!facts().opening && !isDayOfRecord(facts().opening);
const day = () => (facts().opening && !openingIsWrong() ? facts().opening : today());
const chosen = () => {
  const select = form.elements.namedItem("lap-lai");
  return select.value ? select.selectedOptions[0].textContent.trim() : "";
};

function plainText() {
  return [
    `Rút kinh nghiệm sau ${sittingName()}, ${council()}, ngày ${vnDate(day())}`,
    `Việc đã xảy ra: ${answer("viec")}`,
    `Lặp lại lỗi: ${chosen() || "chưa có trong sổ tay"}`,
    `Đề nghị đổi: ${answer("doi")}`,
  ].join("\n");
}

// A record may hold any sentence, but on one line and without the site's own marks for commands.
// eslint-disable-next-line no-control-regex
const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g, " ").replace(/\{(?=[{%#])/g, "{ ").replace(/\s+/g, " ").trim();
// JSON's strings are YAML's double-quoted ones.
const quoted = (text) => JSON.stringify(plain(text));
const title = (text) => quoted(text.replace(/</g, "‹").replace(/>/g, "›"));
// A line of nothing but marks says nothing that a lesson could quote.
const sentences = (text) => text.split(/\n+/).map(plain).filter((line) => /[\p{L}\p{N}]/u.test(line));

/** The page of a new source: what was said is kept word for word, to be quoted by lessons later. */
export function recordText(code) {
  const lines = ["---", `id: ${code}`];
  const stamp = code.slice(2);
  lines.push(
    `title: ${title(`Rút kinh nghiệm sau ${sittingName()}, ${council()} (${stamp})`)}`,
    `number: ${quoted(`Phiếu rút kinh nghiệm ${stamp}`)}`,
    `date: ${day()}`,
    "kind: bao-cao",
    `label: ${quoted(`Phiếu ${stamp}`)}`,
    "level: xã",
    "coverage: full",
    `issuer: ${quoted(council())}`,
    `theme: ${quoted(`Rút kinh nghiệm sau ${sittingName()}`)}`,
    "lessons_in: ['1', '2']",
    "headings:",
    "  - before: '1.1'",
    "    text: Việc đã xảy ra",
    "  - before: '2.1'",
    "    text: Đề nghị đổi",
    "paragraphs:",
  );
  const put = (section, text) => sentences(text).forEach((sentence, index) => {
    lines.push(`  - locator: '${section}.${index + 1}'`, `    text: ${quoted(sentence)}`, "    deferred: true");
  });
  put(1, answer("viec"));
  put(2, answer("doi"));
  const part = form.elements.namedItem("lap-lai").value;
  lines.push("---", "", "{{ record_header() }}", "", "## Lặp lại lỗi nào", "",
    part ? `- {{ ref("${part}") }}` : "- Chưa có trong sổ tay.", "",
    "## Nguyên văn { #nguyen-van }", "", "{{ source_text() }}", "", "{{ next_steps() }}", "");
  return lines.join("\n");
}

/** Minutes are shared by the delegates of one meeting, so four digits drawn by lot follow. */
function newCode() {
  const lot = crypto.getRandomValues(new Uint32Array(1))[0] % 10000;
  const time = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `TB${today().replace(/-/g, "")}${two(time.getHours())}${two(time.getMinutes())}${String(lot).padStart(4, "0")}`;
}

function missing() {
  const empty = ["viec", "doi"].find((name) => !sentences(answer(name)).length);
  if (!empty) return false;
  const field = form.elements.namedItem(empty);
  field.setAttribute("aria-invalid", "true");
  field.focus();
  say(empty === "viec" ? "Ghi việc đã xảy ra trước." : "Ghi điều cần đổi trước.");
  return true;
}

const written = (lesson) => Object.values(lesson).some((value) => value.trim() !== "");
// Only into an empty sheet: the old words never replace newer ones.
function canUndo() {
  const its = cleared && store.current().sittings[cleared.sitting];
  return !!its && !written(its.lesson);
}

function show() {
  const moved = store.current().current !== shown;
  if (moved) {
    shown = store.current().current;
    closeQuestion();
  }
  const own = sitting() ? sitting().lesson : {};
  for (const field of fields) {
    const value = own[field.name] || "";
    if ((moved || field !== document.activeElement) && field.value !== value) field.value = value;
  }
  if (!canUndo()) cleared = null;
  undo.hidden = !cleared || cleared.sitting !== shown;
  about.textContent = sitting() ? nameOf(sitting()) : NAMELESS;
  if (moved) say(`Đang mở phiếu của: ${about.textContent}.`);
}

const about = make("strong");
const undo = button("Hoàn tác xóa", () => {
  const { sitting: its, lesson } = cleared;
  store.update((document_) => {
    if (canUndo()) document_.sittings[its].lesson = lesson;
  });
  cleared = null;
  show();
  say("Đã trả lại phiếu.");
}, { hidden: true });
const tools = make("div", { class: "hd-tools hd-no-print" },
  make("div", { class: "hd-row" },
    button("Sao chép để gửi Zalo", () => missing() || copyText(plainText(), tools)),
    button("Xóa phiếu này…", () => {
      if (!sitting() || !written(sitting().lesson)) {
        say("Phiếu này chưa ghi gì.");
        return;
      }
      ask(tools, "Xóa chữ đã ghi trên phiếu này?", [
        ["Giữ lại", null],
        ["Xóa phiếu", () => {
          cleared = { sitting: shown, lesson: sitting().lesson };
          form.reset();
          keep();
          say("Đã xóa. Bấm “Hoàn tác xóa” nếu xóa nhầm.");
        }],
      ]);
    }), undo),
  makeStatus(), makeStorageNote(),
  make("details", { class: "hd-lessons" },
    make("summary", { text: "Dành cho người biên soạn sổ tay" }),
    make("p", {}, "Tệp giữ nguyên lời đã ghi. Gửi tệp cho người biên soạn; người đó chạy ", make("code", { text: "make inbox FILE=…" }),
      ", bỏ tên người, rồi đặt vào sổ tay."),
    make("div", { class: "hd-row" }, button("Tải tệp bản ghi", () => {
      if (missing()) return;
      const code = newCode();
      handOver(`${code.toLowerCase()}.md`, recordText(code), "text/markdown",
        `sao chép để gửi${openingIsWrong() ? ". Ngày khai mạc ghi sai nên tệp lấy ngày hôm nay" : ""}`);
    }))));
document.querySelectorAll("[data-hd-no-script]").forEach((place) => place.remove());
form.hidden = false;
form.prepend(make("p", {}, "Kỳ họp: ", about));
const zalo = zaloNote("");
if (zalo) form.before(zalo);
form.after(tools);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", (event) => {
  event.target.removeAttribute("aria-invalid");
  cleared = null;
  keep();
});
store.listen(show);
show();
