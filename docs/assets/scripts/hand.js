// Loads what a page can use, when it can be used, and nothing else: most pages have nothing to tick or
// to fill in, most visits search nothing, and on a weak line every file delays the words.
// The head names in advance what a page loads at once (overrides/partials/page-needs.html).
const find = (selector) => document.querySelector(selector);
const has = (selector) => find(selector) !== null;

/** Asked without loading store.js, whose key this is. */
function anythingKept() {
  try {
    return localStorage.getItem("hdnd.v1") !== null;
  } catch {
    // Blocked: then nothing can have been kept.
    return false;
  }
}

/** Act once there is something kept on the device: now, or after another tab or page wrote it. */
function whenKept(act) {
  let done = false;
  const look = () => {
    if (done || !anythingKept()) return;
    done = true;
    act();
  };
  look();
  window.addEventListener("storage", look);
  window.addEventListener("pageshow", look);
}

/** Act on the first sign that the reader turns to the search. */
function onSearch(act) {
  const kinds = ["focusin", "pointerover", "touchstart", "change", "input"];
  const heard = ({ target }) => {
    if (!target.closest?.("#__search, [for=__search], .md-search")) return;
    for (const kind of kinds) document.removeEventListener(kind, heard, true);
    act();
  };
  for (const kind of kinds) document.addEventListener(kind, heard, { capture: true, passive: true });
}

/** A part that the reader would miss did not come, or stopped: first.js says so. The fault itself stays a fault. */
function missed(fault) {
  window.dispatchEvent(new Event("hd-lost-script"));
  throw fault;
}

function helpSearch() {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("../styles/search.css", import.meta.url);
  document.head.append(style);
  // Without it the window finds all the same, only the page for wrong addresses does not.
  import("./search-help.js").catch(has("[data-hd-search]") ? missed : () => {});
}

/** Act when the theme's own script has run. */
function afterTheme(act) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act, { once: true });
  else act();
}

function load() {
  if (has("[data-hd-rule]")) whenKept(() => import("./local-rules.js").catch(missed));
  if (has(".hd-round[data-hd-sheet]")) import("./ticks.js").catch(missed);
  if (has("[data-hd-sitting-form]")) import("./sitting.js").catch(missed);
  if (has("[data-hd-my]")) {
    // Who has kept nothing yet sees how to begin; the rest waits until there is something to show.
    find("[data-hd-my]").hidden = false;
    whenKept(() => import("./sitting.js").catch(missed));
  }
  if (has("[data-hd-rules-form]")) import("./rules-form.js").catch(missed);
  if (has("[data-hd-study]")) import("./study.js").catch(missed);
  if (has("[data-hd-lesson]")) import("./lesson.js").catch(missed);
  if (has("[data-hd-exercise]")) import("./practice-exercise.js").catch(missed);
  if (has("[data-hd-path]")) import("./practice-path.js").catch(missed);
  if (has("[data-hd-review]")) import("./practice-review.js").catch(missed);
  if (has("[data-hd-practice]")) import("./practice-lists.js").catch(missed);
  if (has(".hd-terms")) import("./glossary.js").catch(missed);
  if (has("[data-hd-print]")) import("./print-button.js").catch(missed);
  if (has("[data-hd-search]") || new URLSearchParams(location.search).has("q")) afterTheme(helpSearch);
  else onSearch(helpSearch);
  import("./share.js");
  import("./accessibility.js");
}

// This script does not wait for the theme's, which is the longest way; only for the page's words. What the
// theme writes last tells that they are all there.
let begun = false;
function begin() {
  if (begun) return;
  if (document.getElementById("__config") || document.readyState !== "loading") {
    begun = true;
    load();
  } else {
    setTimeout(begin, 30);
  }
}
begin();
// Timers of a page in the background are slow.
afterTheme(begin);

// What the next page will need, most likely a sheet: fetched, not run, when this one has all it needs.
function fetchAhead() {
  for (const name of ["ui", "store", "keeper"]) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(`./${name}.js`, import.meta.url);
    document.head.append(link);
  }
}

function afterLoad() {
  if (location.protocol.startsWith("http") && !navigator.connection?.saveData) fetchAhead();
  // Keeps the copy on the device.
  import("./offline.js");
}
if (document.readyState === "complete") afterLoad();
else window.addEventListener("load", afterLoad, { once: true });
