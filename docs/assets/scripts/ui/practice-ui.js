// Pieces that the pages of practice share.
import { current, kept, listen, replaceAll } from "../kept/practice-store.js";
import { ask, button, inside, make, makeFiles, makeStatus, makeStorageNote, say, standAtFoot, zaloNote } from "./ui.js";

/** A box to tick beside its words; nothing is nested in the label. */
export function makeChoice(type, id, label, attributes = {}) {
  const input = make("input", { type, id, autocomplete: "off", class: `hd-choose hd-choose--${type}`, ...attributes });
  return { input, label: make("label", { for: id }, label) };
}

/** A button that removes what is kept, after a question, and one that gives it back. */
export function makeReset(label, place, question, yes, act, done) {
  let before = null;
  const undo = button("Hoàn tác xóa", () => {
    replaceAll(before);
    undo.hidden = true;
    reset.focus();
    say("Đã trả lại như trước khi xóa.");
  }, { hidden: true });
  const reset = button(label, () => ask(place, question(), [
    ["Giữ lại", null],
    [yes, () => {
      before = kept.copyOf(current());
      act();
      undo.hidden = false;
      undo.focus();
      say(done);
    }],
  ]));
  listen((_, why) => {
    if (why === "other") undo.hidden = true;
  });
  return [reset, undo];
}

/** A quiet line: where the data live, or what is wrong with keeping them. */
export const makeNote = () => makeStorageNote(kept);

/** How to move the data; folded, for most readers never need it. */
export const makeFolded = () => make("details", { class: "hd-lessons" },
  make("summary", { text: "Giữ lại hoặc chuyển sang máy khác" }), makeFiles(kept));

/** The line at the foot of the window that says how far one is and what was just done. */
export function makeBar(words, ...more) {
  return standAtFoot(make("div", { class: "hd-bar hd-no-print" },
    make("div", { class: "hd-bar__words" }, words, makeStatus()), ...more));
}

/** Inside another app nothing prints: the button goes, and the reader is told what to do. */
export function withoutPrintInside(before) {
  if (!inside) return;
  document.querySelectorAll("[data-hd-print]").forEach((place) => place.remove());
  before.before(zaloNote(""));
}

export const roleNames = (element) => JSON.parse(element.dataset.hdNames);

/** A list of roles to choose from; '' is every role. */
export function makeRoles(id, names, roles, every) {
  const select = make("select", { id, class: "hd-field" }, make("option", { value: "", text: every }));
  for (const role of roles) if (names[role]) select.append(make("option", { value: role, text: names[role] }));
  return select;
}
