// “Phiếu rút kinh nghiệm”: three answers become a text to send and a page that the handbook accepts.
import * as store from "./store.js";
import { ask, button, copyText, download, make, makeStatus, makeStorageNote, say, zaloNote } from "./ui.js";

const form = document.querySelector("[data-hd-lesson]");
const fields = [...form.querySelectorAll("[name]")];
let cleared = null;

const answer = (name) => form.elements.namedItem(name).value.normalize("NFC").trim();
const sitting = () => store.sittingOf(store.current());
const facts = () => (sitting() ? sitting().facts : {});

function keep() {
  store.update((document_) => {
    if (!store.sittingOf(document_)) store.addSitting(document_, {});
    store.setLesson(store.sittingOf(document_), Object.fromEntries(fields.map((field) => [field.name, field.value])));
  });
}

const sittingName = () => {
  const { sitting: number } = facts();
  if (!number) return "kỳ họp";
  return /^(kỳ|thứ)/i.test(number) ? number.replace(/^thứ/i, "kỳ họp thứ") : `kỳ họp thứ ${number}`;
};
const council = () => {
  const name = facts().council || "";
  return !name || /^HĐND/i.test(name) ? name || "HĐND xã, phường" : `HĐND ${name}`;
};
const day = () => facts().opening || store.today();
const chosen = () => {
  const select = form.elements.namedItem("lap-lai");
  return select.value ? select.selectedOptions[0].textContent.trim() : "";
};

function plainText() {
  return [
    `Rút kinh nghiệm sau ${sittingName()}, ${council()}, ngày ${store.vnDate(day())}`,
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
const sentences = (text) => text.split(/\n+/).map(plain).filter(Boolean);

/** The page of a new source: what was said is kept word for word, to be quoted by lessons later. */
export function recordText(code) {
  const lines = ["---", `id: ${code}`];
  const stamp = code.slice(2);
  lines.push(
    `title: ${title(`Rút kinh nghiệm sau ${sittingName()}, ${council()} (${stamp})`)}`,
    `number: ${quoted(`Phiếu rút kinh nghiệm ${stamp}`)}`,
    `date: ${day()}`,
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

function newCode() {
  const time = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `TB${store.today().replace(/-/g, "")}${two(time.getHours())}${two(time.getMinutes())}`;
}

function missing() {
  const empty = ["viec", "doi"].find((name) => !answer(name));
  if (!empty) return false;
  const field = form.elements.namedItem(empty);
  field.setAttribute("aria-invalid", "true");
  field.focus();
  say(empty === "viec" ? "Ghi việc đã xảy ra trước." : "Ghi điều cần đổi trước.");
  return true;
}

function show() {
  const own = sitting() ? sitting().lesson : {};
  for (const field of fields) {
    const value = own[field.name] || "";
    if (field !== document.activeElement && field.value !== value) field.value = value;
  }
  undo.hidden = !cleared;
  about.textContent = sitting() ? store.nameOf(sitting()) : "Kỳ họp chưa ghi tên";
}

const about = make("strong");
const undo = button("Hoàn tác xóa", () => {
  store.update((document_) => {
    store.sittingOf(document_).lesson = cleared;
  });
  cleared = null;
  show();
  say("Đã trả lại phiếu.");
}, { hidden: true });
const tools = make("div", { class: "hd-tools hd-no-print" },
  make("div", { class: "hd-row" },
    button("Sao chép để gửi Zalo", () => missing() || copyText(plainText(), tools)),
    button("Tải tệp bản ghi", () => {
      if (missing()) return;
      const code = newCode();
      download(`${code.toLowerCase()}.md`, recordText(code), "text/markdown");
      say(`Đã tải ${code.toLowerCase()}.md. Gửi tệp này cho người biên soạn.`);
    }),
    button("Xóa phiếu này…", () => ask(tools, "Xóa chữ đã ghi trên phiếu này?", [
      ["Giữ lại", null],
      ["Xóa phiếu", () => {
        cleared = sitting() ? sitting().lesson : null;
        form.reset();
        keep();
        say("Đã xóa. Bấm “Hoàn tác xóa” nếu xóa nhầm.");
      }],
    ])), undo),
  makeStatus(), makeStorageNote());
document.querySelectorAll("[data-hd-no-script]").forEach((place) => place.remove());
form.hidden = false;
form.prepend(make("p", {}, "Kỳ họp: ", about));
const zalo = zaloNote("");
if (zalo) form.before(zalo);
form.after(tools);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", (event) => {
  event.target.removeAttribute("aria-invalid");
  keep();
});
store.listen(show);
show();
