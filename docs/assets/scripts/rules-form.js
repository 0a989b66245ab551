// “Mốc Quy chế”: the office enters each local deadline once and hands it on by link, code or file.
// The link carries the values behind its “#”, which browsers never send to a server.
import { localValue } from "./local-rules.js";
import * as store from "./store.js";
import { ask, button, copyText, download, make, makeStatus, makeStorageNote, say } from "./ui.js";
import { generate } from "./vendor/lean-qr.js";

const FORMAT = "so-tay-hdnd-moc";
const LONGEST_LINK = 6000;
// Beyond this a phone's camera hardly reads the code off a screen.
const LONGEST_CODE = 1500;
const list = document.querySelector("[data-hd-rules-form]");
const lines = [...list.querySelectorAll("[data-hd-local]")];
const known = lines.map((line) => line.dataset.hdLocal);
const fields = new Map();

// Packing ------------------------------------------------------------------------------------------

function toBase64Url(text) {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64Url(text) {
  const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
}

function entered() {
  const { rules } = store.current();
  return known.filter((id) => rules[id]).map((id) => [id, rules[id].value, rules[id].article]);
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

/** Check what came by link or file. Returns {council, rules}; throws with the reason. */
function unpack(value) {
  if (!value || typeof value !== "object" || !Array.isArray(value.rules)) throw new Error("không phải mốc của sổ tay");
  if (value.version !== 1) throw new Error("do bản mới hơn của sổ tay ghi");
  const rules = value.rules.filter((one) => Array.isArray(one) && one.length === 3
    && one.every((part) => typeof part === "string") && known.includes(one[0])
    && one[1].length <= 120 && one[2].length <= 60);
  if (!rules.length || rules.length !== value.rules.length) throw new Error("có mốc sai hoặc không còn dùng");
  const who = typeof value.council === "string" ? value.council.slice(0, 120) : "";
  return { council: who, rules };
}

function offer(read, place) {
  const had = entered();
  const { council: who, rules } = unpack(read);
  const box = ask(place, `Nhận ${rules.length} mốc${who ? ` của ${/^HĐND/i.test(who) ? who : `HĐND ${who}`}` : ""} vào máy này?`, [
    ["Không nhận", null],
    ["Nhận các mốc này", () => {
      store.update((document_) => rules.forEach(([id, value, article]) => store.setRule(document_, id, value, article)));
      say("Đã nhận mốc. Chỗ “điền” trên các trang nay hiện số của HĐND mình.");
    }],
  ]);
  const shown = { rules: {} };
  rules.forEach(([id, value, article]) => {
    shown.rules[id] = { value, article };
  });
  box.querySelector("p").after(make("ul", {}, ...rules.map(([id]) =>
    make("li", { text: `${list.querySelector(`[data-hd-local="${id}"] dt`).textContent} → ${localValue(shown, id)}` }))));
  if (had.length) box.querySelector("ul").after(make("p", { text: "Mốc đang có ở cùng dòng sẽ được thay." }));
}

// Building -----------------------------------------------------------------------------------------

const tools = make("section", { class: "hd-tools hd-no-print", "aria-label": "Gửi và nhận mốc" });
const wrong = make("p", { class: "hd-wrong-file", role: "alert" });
const code = make("div", { class: "hd-code" });

function receive(read) {
  wrong.textContent = "";
  try {
    offer(read(), tools);
  } catch (error) {
    const reason = error instanceof SyntaxError || error instanceof DOMException || error instanceof TypeError
      ? "nội dung bị cắt cụt" : error.message;
    wrong.textContent = `Không nhận được mốc: ${reason}. Mốc đang có không đổi.`;
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
  svg.setAttribute("aria-label", "Mã QR chứa các mốc đã ghi");
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
    say("Chưa có mốc nào. Ghi ít nhất một mốc rồi tạo mã.");
    return;
  }
  if (!location.protocol.startsWith("http")) {
    say("Bản mở từ thư mục không có địa chỉ chung. Hãy gửi tệp mốc.");
    return;
  }
  if (link().length > LONGEST_CODE) {
    say("Chữ ghi dài quá, điện thoại khó quét mã. Hãy gửi liên kết hoặc tệp mốc.");
    return;
  }
  code.append(drawCode(link()), make("p", { text: "Đưa máy ảnh điện thoại vào mã để nhận mốc." }));
  say("Đã tạo mã QR ở bên dưới.");
}

for (const line of lines) {
  const id = line.dataset.hdLocal;
  const name = line.querySelector("dt");
  const at = `moc-${id.replace(/\./g, "-")}`;
  const value = make("input", { id: `${at}-gia-tri`, class: "hd-field", maxlength: 120, autocomplete: "off", "aria-describedby": name.id });
  const article = make("input", { id: `${at}-dieu`, class: "hd-field hd-field--short", maxlength: 60, autocomplete: "off", "aria-describedby": name.id });
  const keep = () => store.update((document_) => store.setRule(document_, id, value.value, article.value));
  for (const field of [value, article]) {
    field.addEventListener("input", keep);
    field.addEventListener("change", () => say("Đã ghi vào máy này."));
  }
  fields.set(id, { value, article });
  line.querySelector("dd").prepend(make("div", { class: "hd-pair hd-no-print" },
    make("label", { for: value.id, text: "Quy chế ghi" }), value,
    make("label", { for: article.id, text: "Điều" }), article));
}

const chooser = make("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": "Chọn tệp mốc" });
chooser.addEventListener("change", async () => {
  const file = chooser.files[0];
  if (!file) return;
  const text = file.size > 20000 ? "" : await file.text();
  receive(() => {
    if (!text) throw new Error("tệp lớn quá 20 kB hoặc trống");
    const value = JSON.parse(text);
    if (!value || value.format !== FORMAT) throw new Error("không phải tệp mốc của sổ tay");
    return value;
  });
  chooser.value = "";
});

tools.append(
  make("div", { class: "hd-row" },
    button("Tạo mã QR", showCode),
    button("Sao chép liên kết có mốc", () => {
      if (!entered().length) say("Chưa có mốc nào để gửi.");
      else copyText(link(), tools);
    }),
    button("Tải tệp mốc", () => download(`moc-quy-che-${store.today()}.json`, `${JSON.stringify(packed(), null, 1)}\n`, "application/json")),
    button("Mở tệp mốc", () => chooser.click()), chooser),
  wrong, makeStatus(), makeStorageNote());
document.querySelectorAll("[data-hd-no-script]").forEach((place) => place.remove());
list.after(tools, code);

function show() {
  const { rules } = store.current();
  for (const [id, { value, article }] of fields) {
    const rule = rules[id] || { value: "", article: "" };
    if (value !== document.activeElement && value.value !== rule.value) value.value = rule.value;
    if (article !== document.activeElement && article.value !== rule.article) article.value = rule.article;
  }
  code.replaceChildren();
}
store.listen(show);
show();

function fromAddress() {
  if (!location.hash.startsWith("#m=")) return;
  const text = location.hash.slice(3);
  // The address bar and the history keep no values once they were read.
  history.replaceState(null, "", location.pathname + location.search);
  receive(() => {
    if (text.length > LONGEST_LINK) throw new Error("liên kết dài quá mức");
    const value = JSON.parse(fromBase64Url(text));
    return { version: value.v, council: value.c, rules: value.r };
  });
}
window.addEventListener("hashchange", fromAddress);
fromAddress();
