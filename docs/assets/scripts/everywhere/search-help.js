// The search window: its count is announced, and when nothing is found it says what to try.
// On the page for wrong addresses the words of the address are searched.
const field = document.querySelector("[data-md-component='search-query']");
const result = document.querySelector("[data-md-component='search-result']");
const told = result?.firstElementChild;
const list = result?.lastElementChild;
const template = document.getElementById("hd-search-help");

/** What to try, and where else to look: the words are here once, the page knows its addresses. */
const TRY = ["Gõ ít từ hơn; không dấu cũng được, ví dụ: tham tra.", "Gõ mã trên phiếu, ví dụ: HC3, DM07, BM14.", "Gõ chữ viết tắt hoặc tên đầy đủ, ví dụ: TXCT."];
function helpOf(links) {
  const make = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };
  const help = make("div", make("p", "Thử:"), make("ul", ...TRY.map(words => make("li", words))), make("p", "Hoặc mở: ", ...[...links.children].flatMap(link => [link.cloneNode(true), " "])));
  help.className = "hd-search-help";
  return help;
}

if (told && list && template) {
  told.setAttribute("role", "status");
  const help = helpOf(template.content);
  const decide = () => {
    help.hidden = !(field.value.trim() && told.textContent.startsWith("Không "));
  };
  // On a weak line the answer may be there first.
  decide();
  result.after(help);
  new MutationObserver(decide).observe(told, { childList: true, characterData: true, subtree: true });
  // The theme puts the kind of a result into a nav of its own; a screen reader would list them all.
  new MutationObserver(() => {
    for (const kind of list.querySelectorAll("nav.md-tags:not([role])")) kind.setAttribute("role", "none");
  }).observe(list, { childList: true });
  // The theme closes the window on Tab and knows arrows for results only: these links come first.
  const links = [field, ...help.querySelectorAll("a")];
  field.closest(".md-search").addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
    const next = links.indexOf(document.activeElement) + step;
    if (help.hidden || !links[next] || links[next - step] !== document.activeElement) return;
    event.preventDefault();
    event.stopPropagation();
    links[next].focus();
  });
}

/** The words of a wrong address: "/danh-muc/dm7.html" → "danh muc dm7". */
function wordsOf(path, base) {
  let text = path.startsWith(base) ? path.slice(base.length) : path;
  try {
    text = decodeURIComponent(text);
  } catch {
    // Badly coded: what can be read of it.
    text = text.replace(/%[0-9a-f]{2}/gi, " ");
  }
  return text.replace(/\.\w{1,5}$/, "").replace(/index$/, "").normalize("NFC").replace(/[^\p{L}\p{N}\p{Cf}]+/gu, " ").trim().slice(0, 80);
}

const lost = document.querySelector("[data-hd-search]");
if (lost && field && list) {
  const form = lost.querySelector("form");
  const input = form.elements.q;
  const suggestions = lost.querySelector("[data-hd-suggestions]");
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location).pathname;
  form.hidden = false;
  const ask = text => {
    field.value = text;
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: false }));
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    field.focus();
    ask(input.value);
  });
  const words = wordsOf(location.pathname, base.endsWith("/") ? base : `${base}/`);
  if (words) {
    input.value = words;
    // The page's own question opens the index, as a focus would.
    lost.dispatchEvent(new Event("change", { bubbles: true }));
    ask(words);
    new MutationObserver((_, observer) => {
      const found = [...list.querySelectorAll(":scope > li")].slice(0, 5);
      if (!found.length) return;
      observer.disconnect();
      for (const item of found) {
        const best = item.querySelector("a");
        const link = document.createElement("a");
        link.href = best.href;
        link.textContent = best.querySelector("h1, h2").textContent;
        const line = document.createElement("li");
        line.append(link);
        const kind = best.querySelector(".md-tag");
        if (kind) line.append(` (${kind.textContent})`);
        suggestions.querySelector("ul").append(line);
      }
      suggestions.hidden = false;
    }).observe(list, { childList: true });
  }
}
