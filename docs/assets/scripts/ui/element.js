// Makes elements and copies text, and touches nothing else: every page loads it.

/** Make an element: attributes by name, `text` as text, `on…` as listeners. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Make a button. */
export const button = (label, onclick, attributes = {}) =>
  make("button", { type: "button", class: "md-button", text: label, onclick, ...attributes });

/** The element that the address names behind its “#”; null where it names none. Anybody may have written the address. */
export function addressed() {
  let place = location.hash.slice(1);
  try {
    place = decodeURIComponent(place);
  } catch {
    // A broken escape, cut on its way, names no place.
  }
  return place ? document.getElementById(place) : null;
}

/**
 * Copy text; true when it was. Over plain http and from disk there is no clipboard object; the old command still
 * copies there. Its field stands in `place` for that moment: outside, a panel would take the focus for gone.
 */
export async function copied(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, no https, or an in-app browser.
  }
  const field = make("textarea", { readonly: true, class: "hd-unseen", "aria-hidden": "true", tabindex: "-1" });
  field.value = text;
  place.append(field);
  const before = document.activeElement;
  field.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Some in-app browsers throw where others return false.
  }
  before?.focus();
  field.remove();
  return done;
}
