// A single letter, digit or sign is for writing: outside a field it does nothing on this site (WCAG 2.1.4).
// The theme leaves the page at n, p, comma and dot and opens the search at f, s and slash, also under the
// fingers of somebody who dictates or types beside a field. Browsers' own keys stay: blank on a button, all
// with Ctrl, Alt or ⌘. Classic script: it stands before the theme's own.
(() => {
  const FIELD =
    "textarea, select, input:not([type=button], [type=checkbox], [type=color], [type=file], [type=image], " +
    "[type=radio], [type=range], [type=reset], [type=submit])";

  function stop(event) {
    const { key, target, ctrlKey, metaKey } = event;
    // The theme itself leaves Ctrl and ⌘ alone, but takes Alt with f for f.
    if (ctrlKey || metaKey || typeof key !== "string" || [...key].length !== 1) return;
    if (target.isContentEditable || target.matches?.(FIELD)) return;
    event.stopImmediatePropagation();
  }
  // First of all that listens, and only heard, never refused: what the browser does with a key goes on.
  for (const kind of ["keydown", "keypress", "keyup"]) window.addEventListener(kind, stop, true);
})();
