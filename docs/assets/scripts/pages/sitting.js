// “Kỳ họp đang chuẩn bị”: facts of the sitting on this device, several sittings side by side, and
// the reader's own sheets with their progress, on the home page too.
import { GONE } from "../kept/ids.js";
import * as store from "../kept/store.js";
import { nameOf } from "../sitting/names.js";
import { daysUntil, timeAt, today } from "../basics/times.js";
import { countIn, moreThanHalf, twoThirds } from "../sitting/votes.js";
import { bindFacts } from "../ui/facts.js";
import { ask, button, handOver, make, makeFiles, makeStatus, makeStorageNote, say, sayNoted, zaloNote } from "../ui/ui.js";

const form = document.querySelector("[data-hd-sitting-form]");
const FEW = 5;
let removedSitting = null;

// The reader's sheets -----------------------------------------------------------------------------

function showMine(section) {
  const document_ = store.current();
  const sitting = store.sittingOf(document_);
  section.hidden = false;
  section.querySelector("[data-hd-my-none]").hidden = !!sitting;
  section.querySelector("[data-hd-my-some]").hidden = !sitting;
  const list = section.querySelector("ul");
  list.hidden = !sitting;
  if (!sitting) return;
  section.querySelector("[data-hd-my-name]").textContent = nameOf(sitting);
  const { role } = sitting.facts;
  const lines = inOrder(list, sitting.facts);
  let shown = 0;
  for (const line of lines) {
    const sheet = store.sheetOf(document_, line.dataset.hdSheet);
    const own = role && line.dataset.hdNewcomers === undefined;
    const mine = role ? own && line.dataset.hdRoles.split(" ").includes(role) : line.dataset.hdMinimum !== undefined;
    const begun = sheet && (Object.keys(sheet.items).length > 0 || Object.keys(sheet.rounds).length > 0);
    line.hidden = !(mine || begun);
    if (line.hidden) continue;
    shown += 1;
    const ids = line.dataset.hdItems.split(" ");
    const done = sheet ? ids.filter((id) => store.answered(sheet.items[id])).length : 0;
    const progress = line.querySelector("[data-hd-progress]");
    const next = begun ? store.firstOpen(sheet, ids) : "";
    const goOn = line.querySelector(".hd-mylist__next") || progress.parentElement.appendChild(make("a", { class: "hd-mylist__next" }));
    goOn.hidden = !next;
    goOn.textContent = `Làm tiếp mục ${ids.indexOf(next) + 1}`;
    goOn.setAttribute("href", `${line.querySelector("a").getAttribute("href")}#${next}`);
    progress.textContent = done === ids.length ? `Xong cả ${done} mục` : begun ? `Xong ${done}/${ids.length} mục` : "Chưa bắt đầu";
    line.dataset.hdBegun = begun ? "1" : "";
  }
  section.querySelectorAll("[data-hd-newcomer]").forEach((note) => {
    note.hidden = !note.dataset.hdNewcomer.split(" ").includes(role);
  });
  if (!form) shorten(list, lines.filter((line) => !line.hidden), section);
  section.querySelector("[data-hd-my-count]").textContent = sitting.facts.role
    ? `${shown} phiếu của vai trò này và phiếu đang ghi dở.`
    : `${shown} phiếu: bộ tối thiểu và phiếu đang ghi dở. Chọn vai trò để thấy phiếu của mình.`;
}

// What an editor put first for the role at this time of the sitting, then the other sheets in their own order.
function inOrder(list, { role, opening }) {
  const lines = [...list.children].filter((line) => line.dataset.hdSheet);
  const times = JSON.parse(list.dataset.hdFirst)[role] || [];
  const now = timeAt(times, daysUntil(opening, today())) || times.find((time) => time.usual);
  const place = ({ dataset }) => {
    const at = now ? now.sheets.indexOf(dataset.hdSheet) : -1;
    return at < 0 ? lines.length : at;
  };
  const sorted = lines.sort((a, b) => place(a) - place(b) || a.dataset.hdSheet.localeCompare(b.dataset.hdSheet));
  list.prepend(...sorted);
  return sorted;
}

// The home page has room for a few: those begun first; the rest are on the page of the sitting.
function shorten(list, open, section) {
  const kept = [...open].sort((a, b) => (b.dataset.hdBegun || "").localeCompare(a.dataset.hdBegun || "")).slice(0, FEW);
  open.forEach((line) => {
    line.hidden = !kept.includes(line);
  });
  list.querySelectorAll(".hd-mylist__rest").forEach((old) => old.remove());
  if (open.length > FEW) {
    const page = section.querySelector("[data-hd-my-some] a").getAttribute("href");
    list.append(make("li", { class: "hd-mylist__rest" },
      make("a", { href: `${page}#phieu-cua-toi`, text: `Xem thêm ${open.length - FEW} phiếu` })));
  }
}

// The form ----------------------------------------------------------------------------------------

function showSittings(place) {
  const document_ = store.current();
  const list = make("ul", { class: "hd-sittings" });
  for (const [id, sitting] of Object.entries(document_.sittings)) {
    const now = id === document_.current;
    const name = nameOf(sitting);
    const row = make("div", { class: "hd-row" });
    const line = make("li", {}, make("strong", { text: name }), " ", now ? make("span", { class: "hd-mark", text: "Đang dùng" }) : null, row);
    if (!now) {
      row.append(button("Dùng kỳ họp này", () => {
        store.update((changed) => {
          changed.current = id;
        });
        say(`Đang dùng: ${name}.`);
      }, { "aria-label": `Dùng kỳ họp này: ${name}` }));
    }
    row.append(button("Xóa kỳ họp…", () => ask(line, `Xóa ${name} và mọi dấu tích của kỳ họp này trên máy?`, [
      ["Giữ lại", null],
      ["Xóa kỳ họp", () => {
        removedSitting = { id, sitting, current: store.current().current };
        store.update((changed) => {
          delete changed.sittings[id];
          if (changed.current === id) changed.current = Object.keys(changed.sittings)[0] || "";
        });
        say("Đã xóa kỳ họp. Bấm “Hoàn tác xóa” nếu xóa nhầm.");
        place.querySelector("[data-undo]").focus();
      }],
    ]), { "aria-label": `Xóa kỳ họp: ${name}` }));
    list.append(line);
  }
  const row = make("div", { class: "hd-row" }, button("Thêm kỳ họp khác", () => {
    const now = store.sittingOf(store.current());
    if (now && !now.facts.sitting && !now.facts.opening && Object.keys(now.sheets).length === 0) {
      say("Kỳ họp vừa thêm chưa ghi số. Ghi kỳ này trước.");
      form.elements.namedItem("sitting").focus();
      return;
    }
    const id = store.update((changed) => {
      const before = (store.sittingOf(changed) || { facts: {} }).facts;
      return store.addSitting(changed, Object.fromEntries(store.LASTING.map((fact) => [fact, before[fact]])));
    });
    say(id ? "Đã thêm kỳ họp. Ghi số kỳ họp, ngày khai mạc." : "Máy đã có 30 kỳ họp. Xóa bớt rồi thêm.");
    form.elements.namedItem("sitting").focus();
  }));
  if (removedSitting) {
    row.append(button("Hoàn tác xóa", () => {
      store.update((changed) => {
        changed.sittings[removedSitting.id] = removedSitting.sitting;
        changed.current = removedSitting.current;
      });
      removedSitting = null;
      showSittings(place);
      say("Đã trả lại kỳ họp.");
      place.querySelector("button").focus();
    }, { "data-undo": true }));
  }
  place.replaceChildren(list, row);
}

// Sheets that were withdrawn ------------------------------------------------------------------------

const isGone = (id) => Object.prototype.hasOwnProperty.call(GONE, id);
const titleOf = (id) => (isGone(id) ? `${id}. ${GONE[id].title}` : id);
const wordsOf = (one) =>
  [one.text || "Mục cũ", one.value, one.na && `không áp dụng: ${one.reason}`].filter(Boolean).join("; ");

/** What is kept of sheets that the handbook has no more: [sitting's ID, sheet's ID, sheet], all sittings. */
function keptOfGone() {
  const known = new Set([...document.querySelectorAll("[data-hd-my] [data-hd-sheet]")].map((line) => line.dataset.hdSheet));
  return Object.entries(store.current().sittings).flatMap(([id, { sheets }]) =>
    Object.entries(sheets).filter(([sheet, { items, rounds }]) =>
      !known.has(sheet) && (Object.keys(items).length > 0 || Object.keys(rounds).length > 0)).map(([sheet, kept]) => [id, sheet, kept]));
}

const linesOf = (kept) => [
  ...Object.values(kept.items).map((one) => `${one.done ? "Đã xong: " : ""}${wordsOf(one)}`),
  ...Object.entries(kept.rounds).map(([number, name]) => `Người rà soát lần ${number}: ${name}`),
];

/** The withdrawn sheets with what was noted on them: to read, to take along, to remove. */
function showWithdrawn(place) {
  const found = keptOfGone();
  place.hidden = found.length === 0;
  if (!found.length) {
    place.replaceChildren();
    return;
  }
  place.replaceChildren(make("h2", { text: "Phiếu đã rút" }),
    make("p", { text: "Sổ tay không còn các phiếu này. Những gì đã ghi vẫn ở trên máy; tải về rồi hãy xóa." }),
    ...found.map(([id, sheet, kept]) => withdrawnSheet(place, id, sheet, kept)));
}

function withdrawnSheet(place, id, sheet, kept) {
  const sitting = nameOf(store.current().sittings[id]);
  const lines = linesOf(kept);
  const reason = isGone(sheet) ? `Rút ngày ${GONE[sheet].day}. Lý do: ${GONE[sheet].reason}` : "";
  const box = make("div", { "data-hd-gone": sheet });
  const text = () => [titleOf(sheet), sitting, ...(reason ? [reason] : []), "", ...lines, ""].join("\n");
  box.append(
    make("h3", { text: titleOf(sheet) }),
    make("p", { class: "hd-quiet", text: [`${sitting}.`, reason].filter(Boolean).join(" ") }),
    make("ul", {}, ...lines.map((line) => make("li", { text: line }))),
    make("div", { class: "hd-row" },
      button("Tải về", () => handOver(`so-tay-hdnd-${sheet.toLowerCase()}-${today()}.txt`, text(), "text/plain", "bấm “Tải tệp lưu” ở cuối trang"),
        { "aria-label": `Tải về: ${titleOf(sheet)}` }),
      button("Xóa khỏi máy…", () => ask(box, `Xóa những gì đã ghi ở ${titleOf(sheet)} của ${sitting}?`, [
        ["Giữ lại", null],
        ["Xóa", () => {
          store.update((changed) => {
            if (changed.sittings[id]) delete changed.sittings[id].sheets[sheet];
          });
          say("Đã xóa phần ghi ở phiếu đã rút.");
          (place.querySelector("button") || sittings.querySelector("button")).focus();
        }],
      ]), { "aria-label": `Xóa khỏi máy: ${titleOf(sheet)}` })));
  return box;
}

const mine = [...document.querySelectorAll("[data-hd-my]")];
let sittings = null;
const withdrawn = document.querySelector("[data-hd-withdrawn]");
let showForm = () => {};
// How many votes are needed is told where the number is typed; the same goes into the script and the minutes.
function showVotes() {
  const { value } = form.elements.namedItem("delegates");
  const total = countIn(value);
  form.querySelector("[data-hd-votes]").textContent = total
    ? `Thông qua nghị quyết: từ ${moreThanHalf(total)} phiếu tán thành trở lên, quá nửa tổng số đại biểu. Bãi nhiệm đại biểu: từ ${twoThirds(total)} phiếu trở lên, ít nhất hai phần ba. Thư ký xác nhận tổng số trước kỳ họp.`
    : value ? "Ghi bằng số, ví dụ 25." : "";
}
function show() {
  mine.forEach(showMine);
  if (!form) return;
  showForm();
  showVotes();
  // A question that stands open in the list must not vanish under the reader's hand.
  if (!sittings.querySelector(".hd-ask") || removedSitting) showSittings(sittings);
  if (!withdrawn.querySelector(".hd-ask")) showWithdrawn(withdrawn);
}

if (form) {
  document.querySelectorAll("[data-hd-no-script]").forEach((place) => place.remove());
  form.hidden = false;
  // The page of a form leads here; not every browser opens what an address points to.
  const more = form.querySelector("[data-hd-more]");
  if (location.hash === `#${more.id}`) {
    more.open = true;
    more.scrollIntoView();
  }
  showForm = bindFacts(form, sayNoted, () => say("Chưa ghi được ngày: ghi đủ bốn số của năm, ví dụ 10/12/2026."));
  // These links lead to where the reader is already.
  for (const section of mine) {
    section.querySelector("[data-hd-my-none]").textContent = "Ghi kỳ họp vào các ô trên, phiếu của anh/chị sẽ hiện ở đây.";
    section.querySelector("[data-hd-my-some] a").remove();
  }
  sittings = make("div");
  const zalo = zaloNote("");
  if (zalo) form.before(zalo);
  form.after(makeStatus(), makeStorageNote());
  document.querySelector("[data-hd-sittings]").append(sittings);
  document.querySelector("[data-hd-files]").append(makeFiles());
}
store.listen(show);
show();
