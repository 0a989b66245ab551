// The glossary in the hand: a filter that needs no accents, and cards to print and cut out.
import { addressed } from "../ui/element.js";
import { button, canPrint, make, makeStatus, say } from "../ui/ui.js";
import { withoutMarks } from "../basics/without-marks.js";

const list = document.querySelector(".hd-terms");
const entries = [...list.querySelectorAll(":scope > div")];
// Letters that nobody sees come with what is pasted, inside a word or between two.
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+/gu;
const plain = (text) => withoutMarks(text.replace(UNSEEN, "")).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const joined = (text) => text.replace(/ /g, "");
const words = new Map(entries.map((entry) => [entry, plain(entry.textContent)]));
const names = new Map(entries.map((entry) => [entry, plain(entry.querySelector("dt").textContent)]));

const field = make("input", {
  id: "loc-thuat-ngu", class: "hd-field", type: "search", autocomplete: "off", maxlength: "100",
  oninput: () => filter(), onchange: () => filter(),
});
const none = make("p", { hidden: true, text: "Không có từ nào khớp. Thử ít chữ hơn, hoặc dùng ô tìm kiếm ở đầu trang." });

function filter() {
  const unseen = field.value.search(UNSEEN) >= 0;
  const wanted = plain(field.value);
  // Few letters fit nearly every explanation, so they look in the names alone.
  const where = wanted.length < 3 ? names : words;
  let shown = 0;
  for (const entry of entries) {
    const text = where.get(entry);
    // Between two words such a letter may have been the only blank.
    const fits = text.includes(wanted) || (unseen && joined(text).includes(joined(wanted)));
    entry.hidden = wanted !== "" && !fits;
    if (!entry.hidden) shown += 1;
  }
  none.hidden = shown > 0;
  say(wanted === "" ? "" : `Còn ${shown} từ.`);
}

function printCards() {
  document.body.classList.add("hd-cards-on-paper");
  window.addEventListener("afterprint", () => document.body.classList.remove("hd-cards-on-paper"), { once: true });
  window.print();
}

list.before(
  make("div", { class: "hd-tools hd-no-print" },
    make("label", { for: field.id, text: "Lọc từ (gõ không dấu cũng được)" }), field,
    canPrint ? button("In thẻ từ đang hiện", printCards) : null,
    none, makeStatus()),
);

// A link to a term that the filter hides would lead nowhere.
window.addEventListener("hashchange", () => {
  const target = addressed();
  if (target && target.hidden) {
    field.value = "";
    filter();
    target.scrollIntoView();
  }
});
