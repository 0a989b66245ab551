// Old IDs followed to what they are called now, as knowledge/moves.py follows them, on the same cases.
import { MOVED } from "./ids.js";

const HOLDERS = { items: "checklists", parts: "findings", steps: "milestones", statements: "reviews" };
/** More steps than any ID will ever have taken: a circle ends here. */
const MOST = 50;

const renamed = (kind, id) => {
  const known = MOVED[kind];
  return known && Object.prototype.hasOwnProperty.call(known, id) ? known[id] : "";
};

function next(kind, id) {
  const exact = renamed(kind, id);
  if (exact || !HOLDERS[kind]) return exact;
  const [, holder, rest] = (kind === "parts" ? /^(.*?)([a-z]*)$/ : /^([^/]*)(.*)$/).exec(id);
  const above = renamed(HOLDERS[kind], holder);
  return above && above + rest;
}

/** What an ID of a kind is called now: itself, unless it was renamed. */
export function now(kind, id) {
  let found = id;
  for (let count = 0; count < MOST; count += 1) {
    const following = next(kind, found);
    if (!following) break;
    found = following;
  }
  return found;
}

/** The same for what is kept by its own name inside something: an item of a sheet, a step of a path. */
export const inside = (kind, holder, id) => now(kind, `${holder}/${id}`).split("/")[1];
