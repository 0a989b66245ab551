// Small pieces that the interactive pages share. Text from readers only ever becomes text nodes.
import { button as plainButton, copied, make } from "./element.js";
import {
  BadDocument, MAX_FILE_BYTES, SPOILT_KEY, copyOf, current, fileText, listen, merge, readFileText, replaceAll,
  spoiltText, state, tooMuch,
} from "../kept/store.js";
import { today } from "../basics/times.js";
import { canPrint, inside, wayOut } from "./inside.js";

const agent = navigator.userAgent;
/** iPhones and iPads may clear a site's storage after seven days without a visit. */
export const onApple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1);

export { canPrint, inside, make };
export const button = (label, onclick, attributes = {}) =>
  plainButton(label, onclick, { class: "md-button hd-button", ...attributes });

/** The words of a heading, or of another place, without the theme's sign for its address or what else `leftOut` matches. */
export const headingText = (place, leftOut = ".headerlink") => [...place.childNodes]
  .filter((node) => !(node.classList && node.matches(leftOut)))
  .map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();

/** The nearest heading before an element, beside it; null where there is none. */
export function headingBefore(element, levels = "h1, h2, h3, h4, h5, h6") {
  let before = element.previousElementSibling;
  while (before && !before.matches(levels)) before = before.previousElementSibling;
  return before;
}

let statusLine = null;
/** The one line in which a page says what it has just done; read out politely. */
export function makeStatus() {
  statusLine = make("p", { class: "hd-status hd-no-print", role: "status", "aria-live": "polite" });
  return statusLine;
}
const WRITTEN_IN = "textarea, select, input:not([type=checkbox], [type=radio])";
/**
 * A bar at the foot of the window tells the style its height, so that nothing with the focus hides behind it; and
 * whether somebody writes: then it leaves a small window to the field and the keyboard.
 */
export function standAtFoot(bar) {
  const root = document.documentElement;
  let told = 0;
  const tell = () => {
    if (bar.offsetHeight === told) return;
    told = bar.offsetHeight;
    root.style.setProperty("--hd-bar", `${told}px`);
  };
  new ResizeObserver(tell).observe(bar);
  document.addEventListener("focusin", ({ target }) => root.classList.toggle("hd-writing", target.matches(WRITTEN_IN)));
  document.addEventListener("focusout", () => root.classList.remove("hd-writing"));
  return bar;
}
let sayTimer = 0;
export function say(text) {
  if (!statusLine) return;
  // Emptied first, or the same words twice are not read out twice.
  statusLine.textContent = "";
  // It may lie in a bar that waits for the first thing to tell.
  statusLine.closest("[hidden]")?.removeAttribute("hidden");
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => {
    statusLine.textContent = text;
  }, 50);
}

/**
 * Ask in the page, below the button pressed; the first answer is the safe one and has the focus.
 * `answers` are [label, action]; Escape closes the question and does nothing.
 */
export function ask(place, question, answers) {
  closeQuestion();
  const asked = document.activeElement;
  const box = make("div", { class: "hd-ask hd-no-print", role: "group", "aria-label": question });
  const close = () => {
    box.remove();
    openQuestion = null;
    if (asked && asked.isConnected) asked.focus();
  };
  const take = (action) => () => {
    close();
    if (action) action();
  };
  box.append(make("p", { text: question }));
  const row = make("div", { class: "hd-row" });
  for (const [label, action] of answers) row.append(button(label, take(action)));
  box.append(row);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  place.append(box);
  openQuestion = box;
  row.querySelector("button").focus();
  box.scrollIntoView({ block: "nearest" });
  return box;
}
let openQuestion = null;
export function closeQuestion() {
  if (openQuestion) openQuestion.remove();
  openQuestion = null;
}

/** Copy text; where the browser refuses, show it selected, to be copied by hand. */
export async function copyText(text, place) {
  place.querySelectorAll(".hd-by-hand").forEach((old) => old.remove());
  if (await copied(text, place)) {
    say("Đã sao chép. Mở Zalo rồi dán.");
    return;
  }
  const area = make("textarea", { class: "hd-by-hand", rows: 8, readonly: true, "aria-label": "Nội dung để sao chép" });
  area.value = text;
  place.append(area);
  area.focus();
  area.select();
  say("Máy không cho sao chép tự động. Nhấn giữ vào ô chữ, chọn Sao chép.");
}

/** What was just typed is on the device, or is only on this page. */
export function sayNoted() {
  say(state().unsaved ? "Chưa lưu được vào máy: phần vừa ghi mất khi đóng trang. Xem dòng Lưu ý." : "Đã ghi vào máy này.");
}

/**
 * Hand a file to the browser. No browser tells whether it saved it, and some apps drop it without a word: so that is
 * all that is said, with what to do if it is not there.
 */
export function handOver(name, text, type, otherwise) {
  download(name, text, type);
  say(`Đã chuyển ${name} cho trình duyệt. Hãy kiểm tra mục Tải xuống; không thấy thì ${otherwise}.`);
}

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const TROUBLES = {
  blocked: "Máy này không cho lưu. Dấu tích chỉ còn tới khi đóng trang: hãy tải tệp lưu hoặc sao chép.",
  full: "Bộ nhớ của trình duyệt đã đầy. Phần mới ghi chưa được lưu: hãy tải tệp lưu hoặc sao chép.",
  newer: "Dữ liệu trên máy do bản mới hơn ghi. Trang này giữ nguyên dữ liệu đó và không lưu thêm.",
  spoilt: "Dữ liệu cũ trên máy bị hỏng một phần. Phần đọc được vẫn còn; bản gốc không bị xóa.",
};

// What the two panels below keep, unless a page gives its own: the ticks.
const ticks = {
  current, state, listen, merge, copyOf, replaceAll, fileText, readFileText, spoiltText,
  spoiltKey: SPOILT_KEY,
  tooMuch,
  fileName: () => `so-tay-hdnd-${today()}.json`,
  count: (document) => `${Object.keys(document.sittings).length} kỳ họp`,
};

/** A quiet line that says what is wrong with storing, or where the data live. */
export function makeStorageNote(kept = ticks) {
  const note = make("p", { class: "hd-quiet hd-storage" });
  const show = () => {
    const { trouble } = kept.state();
    note.replaceChildren();
    note.classList.toggle("hd-storage--trouble", trouble !== "");
    if (trouble) {
      note.append(make("strong", { text: "Lưu ý: " }), TROUBLES[trouble]);
      if (trouble === "spoilt" && kept.spoiltText()) {
        note.append(" ", make("button", {
          type: "button", class: "hd-link", text: "Tải bản gốc bị hỏng",
          onclick: () => handOver(`${kept.spoiltKey}.txt`, kept.spoiltText(), "text/plain", "mở bằng trình duyệt khác"),
        }));
      }
      return;
    }
    note.append("Chỉ lưu trên máy này, không gửi đi đâu. Đừng ghi nội dung mật hoặc chuyện nhân sự.");
    if (onApple) note.append(" iPhone, iPad có thể xóa nếu 7 ngày không mở trang: nhớ tải tệp lưu.");
  };
  show();
  kept.listen(show);
  return note;
}

/** What to do inside Zalo or another app, or null elsewhere. `pdf` is the address of a file to open instead of printing. */
export function zaloNote(pdf) {
  if (!inside) return null;
  const note = make("div", { class: "hd-zalo hd-no-print", role: "note" });
  note.append(
    make("p", { text: `Anh/chị đang mở trong ${inside}. Ở đây không in được; những gì ghi có thể mất khi đóng.` }),
    make("p", { text: wayOut }),
  );
  const row = make("div", { class: "hd-row" });
  if (pdf) row.append(make("a", { class: "md-button hd-button", href: pdf, text: "Mở phiếu PDF" }));
  row.append(button("Sao chép địa chỉ trang", () => copyText(location.href, note)));
  note.append(row);
  return note;
}

/** Export and import of all that is kept on this device. */
export function makeFiles(kept = ticks) {
  const box = make("div", { class: "hd-files" });
  let before = null;
  const undo = button("Hoàn tác việc mở tệp", () => {
    kept.replaceAll(before);
    undo.hidden = true;
    say("Đã trả lại dữ liệu như trước khi mở tệp.");
  }, { hidden: true });
  // What was done since would be lost with it.
  kept.listen((_, why) => {
    if (why === "own") undo.hidden = true;
  });
  const wrong = make("p", { class: "hd-wrong-file", role: "alert" });
  const refuse = (reason) => {
    wrong.textContent = `Không mở được: ${reason}. Dữ liệu đang có không đổi.`;
  };
  const put = (document, replacing) => {
    const joined = replacing ? document : kept.merge(kept.copyOf(kept.current()), document);
    const reason = kept.tooMuch ? kept.tooMuch(joined) : "";
    if (reason) {
      refuse(reason);
      return;
    }
    before = kept.copyOf(kept.replaceAll(joined));
    undo.hidden = false;
    say(replacing ? "Đã thay bằng dữ liệu trong tệp." : "Đã gộp dữ liệu trong tệp.");
  };
  const offer = (text) => {
    wrong.textContent = "";
    let read;
    try {
      read = kept.readFileText(text);
    } catch (error) {
      if (!(error instanceof BadDocument)) throw error;
      refuse(error.message);
      return;
    }
    ask(box, `Tệp có ${kept.count(read)}. Gộp vào dữ liệu đang có, hay thay tất cả?`, [
      ["Thôi, không mở", null],
      ["Gộp vào", () => put(read, false)],
      ["Thay tất cả", () => put(read, true)],
    ]);
  };
  const chooser = make("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": "Chọn tệp lưu" });
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) refuse("tệp lớn quá 5 MB");
    else {
      try {
        offer(await file.text());
      } catch {
        refuse("máy không đọc được tệp");
      }
    }
    chooser.value = "";
  });
  const pasted = make("textarea", { rows: 4, class: "hd-field", "aria-label": "Dán nội dung tệp lưu" });
  box.append(
    make("div", { class: "hd-row" },
      button("Tải tệp lưu", () => {
        handOver(kept.fileName(), kept.fileText(kept.current()), "application/json", "sao chép dữ liệu");
      }),
      button("Mở tệp lưu", () => chooser.click()),
      undo, chooser),
    make("details", { class: "hd-lessons" },
      make("summary", { text: "Máy không tải, không mở được tệp" }),
      make("p", { text: "Sao chép dữ liệu, gửi cho chính mình, rồi dán vào ô dưới ở máy khác." }),
      make("div", { class: "hd-row" }, button("Sao chép dữ liệu", () => copyText(kept.fileText(kept.current()), box))),
      pasted,
      make("div", { class: "hd-row" }, button("Mở dữ liệu đã dán", () => offer(pasted.value)))),
    wrong,
  );
  return box;
}

/** Print the page blank: what was ticked and typed stays on screen only. */
export function printBlank() {
  const root = document.documentElement;
  root.dataset.hdBlank = "";
  const done = () => {
    delete root.dataset.hdBlank;
    window.removeEventListener("afterprint", done);
    window.removeEventListener("pointerdown", done);
  };
  window.addEventListener("afterprint", done);
  // Some phones report no end of printing.
  setTimeout(() => window.addEventListener("pointerdown", done), 1000);
  window.print();
}
