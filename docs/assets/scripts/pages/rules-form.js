// “Mốc Quy chế”: the office enters each local deadline once and hands it on by link, code or file.
// The link carries the values behind its “#”, which browsers never send to a server.
import { localValue } from "./local-rules.js";
import { measureIn, measureText } from "../sitting/limits.js";
import { fromBase64Url, toBase64Url } from "../basics/packing.js";
import * as store from "../kept/store.js";
import { councilOf } from "../sitting/names.js";
import { today } from "../basics/times.js";
import { ask, button, copyText, handOver, make, makeStatus, makeStorageNote, say, sayNoted, zaloNote } from "../ui/ui.js";
import { generate } from "../vendor/lean-qr.js";

const FORMAT = "so-tay-hdnd-moc";
const LONGEST_LINK = 6000;
// Beyond this a phone's camera hardly reads the code off a screen.
const LONGEST_CODE = 1500;
const list = document.querySelector("[data-hd-rules-form]");
const lines = [...list.querySelectorAll("[data-hd-local]")];
const known = lines.map((line) => line.dataset.hdLocal);
const fields = new Map();
// What comes by link is shown above the form, where the reader is.
const head = make("div", { class: "hd-no-print" });
const zalo = zaloNote("");

// Packing ------------------------------------------------------------------------------------------

function entered() {
  const { rules } = store.current();
  // An edition that knows one number only takes three things; the second number goes along where there is one.
  return known.filter((id) => rules[id]).map((id) => [id, rules[id].value, rules[id].article, ...(rules[id].other ? [rules[id].other] : [])]);
}

function council() {
  const sitting = store.sittingOf(store.current());
  return sitting ? sitting.facts.council : "";
}

const packed = () => ({ format: FORMAT, version: 1, council: council(), rules: entered() });

function link() {
  const page = location.href.split("#")[0];
  const { council: who, rules } = packed();
  return `${page}#m=${toBase64Url(JSON.stringify({ v: 1, c: who, r: rules }))}`;
}

/** Nothing wrong with what came, but this edition of the page cannot use it: the next one may. */
class NotNow extends Error {}

/** One deadline as it would be kept, or null. */
function usable(one) {
  if (!Array.isArray(one) || one.length < 3 || one.length > 4 || one.some((part) => typeof part !== "string")) return null;
  const [id, value, article, other = ""] = one;
  if (!known.includes(id) || value.length > 120 || article.length > 60 || other.length > 120) return null;
  const rule = new store.Reader().rule({ value, article, other });
  return rule.value.trim() || rule.article.trim() || rule.other.trim() ? rule : null;
}

/** Check what came by link or file. Returns {council, rules: id → rule, left}; throws with the reason. */
function unpack(value) {
  if (!value || typeof value !== "object" || !Array.isArray(value.rules)) throw new Error("không phải dữ liệu thời hạn của sổ tay");
  if (value.version !== 1) throw new NotNow("do bản mới hơn của sổ tay ghi");
  const rules = new Map();
  let left = 0;
  for (const one of value.rules) {
    const rule = usable(one);
    if (rule) rules.set(one[0], rule);
    else left += 1;
  }
  if (!rules.size) throw new NotNow("không có thời hạn nào dùng được; ghi sai hoặc không còn dùng");
  const who = typeof value.council === "string" ? councilOf(value.council.slice(0, 120)) : "";
  return { council: who, rules, left };
}

const textOf = (id, rule) => localValue({ rules: { [id]: rule } }, id);
// A label of two sentences is known by its first.
const nameOf = (id) => list.querySelector(`[data-hd-local="${id}"] dt`).textContent.split(/\.(?:\s|$)/)[0];

/** Show what would change and ask; `answered(taken)` is called with the reader's answer. */
function offer(read, place, answered) {
  const { council: who, rules, left } = unpack(read);
  result.hidden = true;
  const had = store.current().rules;
  const changes = [];
  for (const [id, rule] of rules) {
    const before = had[id] ? textOf(id, had[id]) : "";
    const after = textOf(id, rule);
    if (before !== after) changes.push(`${nameOf(id)}: ${before ? `${before} → ` : ""}${after}`);
  }
  const same = rules.size - changes.length;
  const box = ask(place, `Nhận ${rules.size} thời hạn${who ? ` của HĐND ${who}` : ""} vào máy này?`, changes.length ? [
    [zalo ? "Không nhận ở đây" : "Không nhận", () => answered(false)],
    ["Nhận các thời hạn này", () => {
      take(rules, place);
      answered(true);
    }],
  ] : [["Đóng", () => answered(false)]]);
  box.querySelector("p").after(...[
    zalo && make("p", { text: "Mở bằng trình duyệt trước rồi hãy nhận. Thời hạn nhận ở đây có thể mất." }),
    changes.length ? make("ul", {}, ...changes.map((text) => make("li", { text }))) : null,
    same ? make("p", { text: `Máy này đã có sẵn ${same} thời hạn giống như vậy.` }) : null,
    left ? make("p", { text: `Bỏ qua ${left} thời hạn: ghi sai hoặc sổ tay không còn dùng.` }) : null,
  ].filter(Boolean));
  box.scrollIntoView({ block: "nearest" });
}

// What was received last, to be taken back until something else changes.
let taken = null;
const words = make("p", { tabindex: -1 });
const undo = button("Hoàn tác", () => {
  const { before } = taken;
  taken = null;
  store.update((document_) => before.forEach((rule, id) => {
    if (rule) document_.rules[id] = rule;
    else delete document_.rules[id];
  }));
  words.textContent = "Đã trả lại các thời hạn như trước khi nhận.";
  result.hidden = false;
  words.focus();
  say(words.textContent);
});
const result = make("div", { class: "hd-no-print", hidden: true }, words, make("div", { class: "hd-row" }, undo));

function take(rules, place) {
  const before = new Map();
  store.update((document_) => rules.forEach(({ value, article, other }, id) => {
    before.set(id, document_.rules[id]);
    store.setRule(document_, id, value, article, other);
  }));
  taken = { before, rules: JSON.stringify(store.current().rules) };
  words.textContent = `Đã nhận ${rules.size} thời hạn. Chỗ “điền” trên các trang nay hiện số của HĐND mình.`;
  place.append(result);
  result.hidden = false;
  undo.hidden = false;
  undo.focus();
  say(words.textContent);
}

// Building -----------------------------------------------------------------------------------------

const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Gửi và nhận thời hạn theo Quy chế" });
const wrong = make("p", { class: "hd-wrong-file", role: "alert", tabindex: -1 });
const code = make("div", { class: "hd-code" });

function receive(read, place, answered) {
  wrong.textContent = "";
  try {
    offer(read(), place, answered);
  } catch (error) {
    const reason = error instanceof SyntaxError || error instanceof DOMException || error instanceof TypeError
      ? "nội dung bị cắt cụt" : error.message;
    place.append(wrong);
    wrong.textContent = `Không nhận được thời hạn: ${reason}. Thời hạn đang có không đổi.`;
    wrong.scrollIntoView({ block: "center" });
    wrong.focus({ preventScroll: true });
    // A link that a newer edition of the page may read stays for the reload.
    if (!(error instanceof NotNow)) answered(true);
  }
}

function drawCode(text) {
  const picture = generate(text);
  let path = "";
  for (let y = 0; y < picture.size; y += 1) {
    for (let x = 0; x < picture.size; x += 1) if (picture.get(x, y)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  }
  const size = picture.size + 8;
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Mã QR chứa các thời hạn đã ghi");
  svg.setAttribute("shape-rendering", "crispEdges");
  const ground = document.createElementNS(ns, "path");
  ground.setAttribute("d", `M0 0h${size}v${size}h-${size}z`);
  ground.setAttribute("fill", "#fff");
  const dark = document.createElementNS(ns, "path");
  dark.setAttribute("d", path);
  dark.setAttribute("fill", "#000");
  svg.append(ground, dark);
  return svg;
}

function showCode() {
  code.replaceChildren();
  if (!entered().length) {
    say("Chưa ghi thời hạn nào. Ghi ít nhất một thời hạn rồi tạo mã.");
    return;
  }
  if (!location.protocol.startsWith("http")) {
    say("Bản mở từ thư mục không có địa chỉ chung. Hãy gửi tệp thời hạn.");
    return;
  }
  if (link().length > LONGEST_CODE) {
    say("Chữ ghi dài quá, điện thoại khó quét mã. Hãy gửi liên kết hoặc tệp thời hạn.");
    return;
  }
  code.append(drawCode(link()), make("p", { text: "Đưa máy ảnh điện thoại vào mã để nhận thời hạn." }));
  say("Đã tạo mã QR ở bên dưới.");
}

/** A number and its unit; `text()` is what is kept of them, `show(text)` puts it in. Returns null of what is no number. */
function makeMeasure(at, label, units, name) {
  const number = make("input", { id: at, class: "hd-field hd-field--number", inputmode: "numeric", maxlength: 7, autocomplete: "off", "aria-describedby": name });
  const unit = make("select", { class: "hd-field", "aria-label": `Đơn vị, ${label.toLowerCase()}`, "aria-describedby": name },
    ...units.map((one) => make("option", { value: one, text: one })));
  return {
    parts: [make("label", { for: at, text: label }), make("span", { class: "hd-measure" }, number, unit)],
    fields: [number, unit],
    text: () => {
      const good = /^\s*(\d+([/,.]\d+)?)?\s*$/.test(number.value);
      number.setAttribute("aria-invalid", String(!good));
      return good ? measureText(number.value, unit.value) : null;
    },
    show: (text) => {
      if (number === document.activeElement || unit === document.activeElement) return true;
      const [count, of] = measureIn(text, units) || ["", unit.value];
      number.value = count;
      unit.value = of;
      return count !== "" || text === "";
    },
  };
}

for (const line of lines) {
  const { hdLocal: id, hdUnits, hdTwice, hdGiven = "" } = line.dataset;
  const name = line.querySelector("dt").id;
  const at = `moc-${id.replace(/\./g, "-")}`;
  const units = hdUnits.split("|");
  const twice = hdTwice !== undefined;
  const value = makeMeasure(`${at}-gia-tri`, twice ? "Kỳ thường lệ" : "Quy chế ghi", units, name);
  const other = twice ? makeMeasure(`${at}-khac`, "Kỳ chuyên đề, đột xuất", units, name) : null;
  const article = make("input", { id: `${at}-dieu`, class: "hd-field hd-field--short", maxlength: 60, autocomplete: "off", "aria-describedby": name });
  const settle = make("p", { class: "hd-settle", hidden: true });
  const keep = () => store.update((document_) => {
    // What is no number is not kept, and takes nothing away.
    if (value.text() === null || (other && other.text() === null)) return;
    const had = document_.rules[id] || { value: "", other: "" };
    // Words that are no number stay until a number stands in their place.
    const kept = (measure, text) => measure.text() || (measureIn(text, units) ? "" : text);
    store.setRule(document_, id, kept(value, had.value), article.value, other ? kept(other, had.other) : "");
  });
  for (const field of [...value.fields, ...(other ? other.fields : []), article]) {
    field.addEventListener("input", keep);
    field.addEventListener("change", () => {
      if (list.querySelector('[aria-invalid="true"]')) say("Chưa ghi được: ô này cần một số, ví dụ 15.");
      else sayNoted();
    });
  }
  fields.set(id, { value, other, article, settle, given: hdGiven });
  line.querySelector("dd").prepend(make("div", { class: "hd-pair hd-pair--limits hd-no-print" }, ...value.parts, ...(other ? other.parts : []),
    make("label", { for: article.id, text: "Ở Điều mấy" }), article), settle);
}

const chooser = make("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": "Chọn tệp thời hạn" });
chooser.addEventListener("change", async () => {
  const file = chooser.files[0];
  if (!file) return;
  const text = file.size > 20000 ? "" : await file.text();
  receive(() => {
    if (!text) throw new Error("tệp lớn quá 20 kB hoặc trống");
    const value = JSON.parse(text);
    if (!value || value.format !== FORMAT) throw new Error("không phải tệp thời hạn của sổ tay");
    return value;
  }, tools, () => {});
  chooser.value = "";
});

tools.append(
  make("div", { class: "hd-row" },
    button("Tạo mã QR", showCode),
    button("Sao chép liên kết kèm các thời hạn", () => {
      if (!entered().length) say("Chưa ghi thời hạn nào để gửi.");
      else copyText(link(), tools);
    }),
    button("Tải tệp thời hạn", () => {
      if (!entered().length) {
        say("Chưa ghi thời hạn nào. Ghi ít nhất một thời hạn rồi tải tệp.");
        return;
      }
      const name = `moc-quy-che-${today()}.json`;
      handOver(name, `${JSON.stringify(packed(), null, 1)}\n`, "application/json", "sao chép liên kết kèm các thời hạn");
    }),
    button("Mở tệp thời hạn", () => chooser.click()), chooser),
  makeStatus(), makeStorageNote());
document.querySelectorAll("[data-hd-no-script]").forEach((place) => place.remove());
if (zalo) head.append(zalo);
list.classList.add("hd-rules--live");
list.before(head);
list.after(tools, code);

function show() {
  const { rules } = store.current();
  for (const [id, { value, other, article, settle, given }] of fields) {
    const rule = rules[id] || { value: "", article: "", other: "" };
    const odd = [[value, rules[id] ? rule.value : given], [other, rule.other]].filter(([measure, text]) => measure && !measure.show(text)).map(([, text]) => text);
    settle.hidden = odd.length === 0;
    settle.textContent = odd.length ? `Đã ghi trước đây: “${odd.join("”, “")}”. Ghi lại thành số để tính được ngày.` : "";
    if (article !== document.activeElement && article.value !== rule.article) article.value = rule.article;
    // The blank to write in by hand is no use below a filled field; paper shows the value in it.
    article.closest("dd").querySelector("[data-hd-rule]").classList.toggle("hd-answer-print", !!(rule.value || rule.article || rule.other));
  }
  if (taken && JSON.stringify(rules) !== taken.rules) {
    taken = null;
    result.hidden = true;
  }
  undo.hidden = !taken;
  code.replaceChildren();
}
store.listen(show);
show();

// The address keeps the values until the reader answered: a reload, or “Mở bằng trình duyệt” in Zalo,
// must find them again. After that neither the address bar nor the history shows them.
function fromAddress() {
  if (!location.hash.startsWith("#m=")) return;
  const text = location.hash.slice(3);
  receive(() => {
    if (text.length > LONGEST_LINK) throw new Error("liên kết dài quá mức");
    const value = JSON.parse(fromBase64Url(text));
    return { version: value.v, council: value.c, rules: value.r };
  }, head, (done) => {
    if (zalo && !done) return;
    if (location.hash.slice(3) === text) history.replaceState(null, "", location.pathname + location.search);
  });
}
window.addEventListener("hashchange", fromAddress);
fromAddress();
