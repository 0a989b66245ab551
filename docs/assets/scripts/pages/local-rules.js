// Shows the reader's own deadlines, entered once, wherever a page leaves the blank “điền: ……”.
import { current, listen } from "../kept/store.js";

/** “10 ngày (kỳ chuyên đề, đột xuất: 05 ngày), Điều 12”, or '' when nothing was entered for this rule. */
export function localValue(document_, id) {
  const rule = document_.rules[id];
  if (!rule) return "";
  // Only a bare number lacks its word: “K2 Đ12” and “khoản 2” are whole already.
  const article = /^\s*\d/.test(rule.article) ? `Điều ${rule.article.trim()}` : rule.article;
  const other = rule.other ? `kỳ chuyên đề, đột xuất: ${rule.other}` : "";
  const value = rule.value && other ? `${rule.value} (${other})` : rule.value || other;
  return [value, article].filter(Boolean).join(", ");
}

// What stood there is put back as it was, links too.
const blanks = [...document.querySelectorAll("[data-hd-rule]")].map((place) => [place, [...place.childNodes]]);

function show(document_) {
  for (const [place, blank] of blanks) {
    const value = localValue(document_, place.dataset.hdRule);
    place.replaceChildren(...(value ? [`Quy chế làm việc của HĐND mình: ${value}`] : blank));
    place.classList.toggle("hd-local-value", value !== "");
  }
}
show(current());
listen(show);
