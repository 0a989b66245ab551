// Loads what a page can use, and nothing else: most pages have nothing to tick or to fill in.
const has = (selector) => document.querySelector(selector) !== null;

if (has("[data-hd-rule]")) import("./local-rules.js");
if (has(".hd-round[data-hd-sheet]")) import("./ticks.js");
if (has("[data-hd-my], [data-hd-sitting-form]")) import("./sitting.js");
if (has("[data-hd-rules-form]")) import("./rules-form.js");
if (has("[data-hd-study]")) import("./study.js");
if (has("[data-hd-lesson]")) import("./lesson.js");
if (has("[data-hd-exercise]")) import("./practice-exercise.js");
if (has("[data-hd-path]")) import("./practice-path.js");
if (has("[data-hd-review]")) import("./practice-review.js");
if (has("[data-hd-practice]")) import("./practice-lists.js");
if (has(".hd-terms")) import("./glossary.js");
