// Loads what a page can use, when it can be used, and nothing else: most pages have nothing to tick or
// to fill in, most visits search nothing, and on a weak line every file delays the words.
// The head names in advance what a page loads at once (overrides/partials/page-needs.html).
const find = (selector) => document.querySelector(selector);
const has = (selector) => find(selector) !== null;

/** Asked without loading store.js. */
const anythingKept = () => window.hdnd.isKept(window.hdnd.places.ticks);

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

/** Act on the first sign that the reader turns to a form, or where a browser has filled it in. */
function onceTouched(form, act) {
  const kinds = ["focusin", "pointerover", "touchstart", "input", "change"];
  const heard = () => {
    for (const kind of kinds) form.removeEventListener(kind, heard);
    act();
  };
  for (const kind of kinds) form.addEventListener(kind, heard, { passive: true });
}

/** A part that the reader would miss did not come, or stopped: first.js says so. The fault itself stays a fault. */
function missed(fault) {
  window.dispatchEvent(new Event("hd-lost-script"));
  throw fault;
}

/** What an address names may lie in something folded away, which older browsers do not open by themselves. */
function openTarget() {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  const fold = place && place.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  place.scrollIntoView();
}
openTarget();
window.addEventListener("hashchange", openTarget);

function helpSearch() {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("../../styles/search.css", import.meta.url);
  document.head.append(style);
  // Without it the window finds all the same, only the page for wrong addresses does not.
  import("./search-help.js").catch(has("[data-hd-search]") ? missed : () => {});
}

/** Act when the theme's own script has run. */
function afterTheme(act) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act, { once: true });
  else act();
}

/**
 * Get a tool; what a weak line lost is asked for once more. The head asks for the same files in advance: where
 * that request is the one that is lost, the tool's own may have joined it.
 */
function tool(get) {
  const again = () => new Promise((resolve) => setTimeout(resolve, 300)).then(get);
  return get().catch(again).catch(missed);
}

function load() {
  if (has("[data-hd-show-until]")) tool(() => import("../pages/notices.js"));
  if (has("[data-hd-rule]")) whenKept(() => tool(() => import("../pages/local-rules.js")));
  if (has("[data-hd-stages]")) whenKept(() => tool(() => import("../pages/stages.js")));
  if (has("[data-hd-times]")) whenKept(() => tool(() => import("../pages/first-things.js")));
  if (has(".hd-round[data-hd-sheet]")) tool(() => import("../pages/ticks.js"));
  if (has("[data-hd-vote-table]")) whenKept(() => tool(() => import("../pages/votes.js")));
  if (has("[data-hd-sitting-form]")) tool(() => import("../pages/sitting.js"));
  if (has("[data-hd-board=whole]")) tool(() => import("../pages/board.js"));
  if (has("[data-hd-board=short]")) {
    // Who has kept nothing yet has nothing due; the board comes when its questions are turned to.
    whenKept(() => tool(() => import("../pages/board.js")));
    onceTouched(find("[data-hd-facts]"), () => tool(() => import("../pages/board.js")));
  }
  if (has("[data-hd-programme]")) tool(() => import("../pages/programme.js"));
  if (has("[data-hd-draft]")) tool(() => import("../pages/draft.js"));
  if (has("[data-hd-matters]")) tool(() => import("../pages/matters.js"));
  if (has("[data-hd-fill]")) whenKept(() => tool(() => import("../pages/fill.js")));
  if (has("[data-hd-my]")) {
    // Who has kept nothing yet sees how to begin; the rest waits until there is something to show.
    find("[data-hd-my]").hidden = false;
    whenKept(() => tool(() => import("../pages/sitting.js")));
  }
  if (has("[data-hd-rules-form]")) tool(() => import("../pages/rules-form.js"));
  if (has("[data-hd-study]")) tool(() => import("../pages/study.js"));
  if (has("[data-hd-lesson]")) tool(() => import("../pages/lesson.js"));
  if (has("[data-hd-exercise]")) tool(() => import("../pages/practice-exercise.js"));
  if (has("[data-hd-path]")) tool(() => import("../pages/practice-path.js"));
  if (has("[data-hd-review]")) tool(() => import("../pages/practice-review.js"));
  if (has("[data-hd-practice]")) tool(() => import("../pages/practice-lists.js"));
  if (has(".hd-terms")) tool(() => import("../pages/glossary.js"));
  if (has("[data-hd-print]")) tool(() => import("../pages/print-button.js"));
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

// What the next page will need, most likely a sheet: fetched, not run, when this one has all it needs. The largest,
// the store, is left to the page that reads it: whoever only looks at one page does not pay for it.
function fetchAhead() {
  // What these stand on came with this page (publish/packed_modules.py).
  for (const name of ["ui/ui", "pages/local-rules", "pages/print-button"]) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(`../${name}.js`, import.meta.url);
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
