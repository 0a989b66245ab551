// A page as plain text, for a chat: headings, lists and boxes as signs, without what is folded away.

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 " +
    "HEADER LI OL P PRE SECTION TABLE TBODY THEAD TR UL").split(" "),
);
const LEFT_OUT =
  "script, style, svg, details, dialog, form, button, input, textarea, select, output, label:not(.hd-item__name), nav, " +
  "figure, [hidden], [role=status], .headerlink, .hd-no-print, .hd-next, .hd-sheet-head, .hd-qr, #buoc-tiep-theo, " +
  "[data-hd-sittings], [data-hd-files]";
// About what one chat message holds; a sheet is always copied whole.
const LONGEST = 3000;

function signOf(node) {
  if (node.matches(".hd-item")) {
    return node.querySelector("input[type=checkbox]:checked") ? "☑ " : "☐ ";
  }
  if (node.tagName === "LI") {
    const list = node.parentElement;
    const numbered = list?.tagName === "OL" && !list.matches(".hd-cycle, .hd-items");
    return numbered ? `${[...list.children].indexOf(node) + 1}. ` : "- ";
  }
  return "";
}

function linesOf(root) {
  const lines = [];
  let line = "";
  let sign = "";
  const end = () => {
    const text = line.replace(/\s+/g, " ").trim();
    if (text) {
      lines.push(sign + text);
      sign = "";
    }
    line = "";
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      line += node.data;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) {
      return;
    }
    const block = BLOCKS.has(node.tagName);
    if (block || node.tagName === "BR") {
      end();
    }
    if (/^H[2-6]$/.test(node.tagName)) {
      lines.push("");
    }
    if (block && signOf(node)) {
      sign = signOf(node);
    }
    for (const child of node.childNodes) {
      walk(child);
    }
    if (block) {
      end();
    } else if (/^T[DH]$/.test(node.tagName) && node.nextElementSibling) {
      line += " | ";
    }
  };
  walk(root);
  end();
  // A heading whose section was left out says nothing.
  while (lines.at?.(-1) === "") {
    lines.pop();
  }
  return lines;
}

// Returns the text, ending with the address, and whether the page went in whole.
export function pageText(article, address) {
  const lines = linesOf(article);
  const sheet = article.querySelector(".hd-items") !== null;
  const taken = [];
  let length = address.length;
  for (const line of lines) {
    length += line.length + 1;
    if (!sheet && length > LONGEST && taken.length > 0) {
      break;
    }
    taken.push(line);
  }
  const whole = taken.length === lines.length;
  const foot = address ? [whole ? address : `… Xem tiếp: ${address}`] : whole ? [] : ["…"];
  return { text: [...taken, "", ...foot].join("\n").trim().normalize("NFC"), whole };
}
