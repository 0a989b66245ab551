// Draws a draft beside what was found in it: each place is marked and leads back to its line in the list.
import { make } from "../ui/element.js";
import { slicesOf } from "../ui/in-turn.js";

/** The pieces of a text between places: [[words, numbers of the places that cover them]], places as [from, to, number]. */
export function piecesOf(text, places) {
  const cuts = [...new Set([0, text.length, ...places.flatMap(([from, to]) => [from, to])])].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index];
    return [text.slice(from, to), places.filter(([begin, end]) => begin <= from && end >= to).map(([, , number]) => number)];
  });
}

function marked(text, places, begun, back) {
  return piecesOf(text, places).map(([words, numbers]) => {
    if (!numbers.length) return words;
    const mark = make("mark", { class: "hd-found-here" });
    for (const number of numbers.filter((one) => !begun.has(one))) {
      begun.add(number);
      mark.append(make("button", { type: "button", class: "hd-found-here__number", id: `cho-${number}`, text: String(number), "aria-label": `Lời nhắc ${number}: về danh sách`, onclick: () => back(number) }));
    }
    mark.append(words);
    return mark;
  });
}

/** Places within one cell of a row, whose cells stand in the row's text with a tab between them. */
function inCell(places, begin, length) {
  return places.filter(([from, to]) => from < begin + length && to > begin)
    .map(([from, to, number]) => [Math.max(0, from - begin), Math.min(length, to - begin), number]);
}

function rowOf({ cells }, places, begun, back) {
  let begin = 0;
  return make("tr", {}, ...cells.map((cell) => {
    const flat = cell.replace(/\n/g, " ");
    const made = make("td", {}, ...marked(flat, inCell(places, begin, flat.length), begun, back));
    begin += flat.length + 1;
    return made;
  }));
}

/** The lines that are drawn first: about a screen of them. */
const FIRST_LINES = 40;

/** What puts the lines of a draft into `box`, a slice of them each; `numbered` are [found, number]; `back(number)` leads to the list. */
export function drawingOf(box, { lines }, numbered, back) {
  const placesOf = new Map();
  for (const [{ line, from, to }, number] of numbered) {
    if (line === undefined) continue;
    const length = lines[line].text.length;
    const begin = Math.min(from || 0, length);
    const end = to === undefined ? length : Math.min(to, length);
    placesOf.set(line, [...(placesOf.get(line) || []), [begin, Math.max(end, begin), number]]);
  }
  const begun = new Set();
  let table = null;
  const draw = (line, at, into) => {
    const places = placesOf.get(at) || [];
    // A place without words, in an empty line or cell, still has its number.
    const empty = places.filter(([from, to]) => from === to);
    const numbers = () => empty.flatMap(([, , number]) => marked(" ", [[0, 1, number]], begun, back));
    if (!line.cells) {
      table = null;
      const name = ["hd-draft__line", line.center && "hd-draft__line--center", line.bold && "hd-draft__line--bold", line.part !== "body" && "hd-quiet"].filter(Boolean).join(" ");
      into.append(make("p", { class: name }, ...numbers(), ...marked(line.text, places, begun, back)));
      return;
    }
    if (!table || table.number !== line.table) {
      table = { number: line.table, body: make("tbody") };
      // Rows as they stand: which of them is a head is not known, so none is told as one.
      into.append(make("div", { class: "hd-draft__table" }, make("table", { class: "hd-draft__rows", role: "presentation" }, table.body)));
    }
    table.body.append(rowOf(line, places, begun, back));
  };
  // A draft that is there stays until the new one is whole: the reader may have gone on in it.
  const isThere = !!box.firstChild;
  const drawn = isThere ? document.createDocumentFragment() : box;
  const pieces = slicesOf(lines.map((line, at) => [line, at]), FIRST_LINES).map((some) => () => {
    const slice = document.createDocumentFragment();
    for (const [line, at] of some) draw(line, at, slice);
    drawn.append(slice);
  });
  return isThere ? [...pieces, () => replaceInPlace(box, drawn)] : pieces;
}

/** Put the same lines drawn anew where the old ones stand. Each keeps its height until it is seen: nothing moves under the reader. */
function replaceInPlace(box, drawn) {
  const heights = [...box.children].map((one) => one.getBoundingClientRect().height);
  for (const [at, one] of [...drawn.children].entries()) if (at in heights) one.style.containIntrinsicBlockSize = `auto ${heights[at]}px`;
  box.replaceChildren(drawn);
}

/** Bring a place of the draft into view and give it the focus; whether it is there. */
export function shownTo(box, number) {
  const there = box.querySelector(`#cho-${number}`);
  if (!there) return false;
  box.querySelectorAll(".hd-found-here--now").forEach((one) => one.classList.remove("hd-found-here--now"));
  there.parentElement.classList.add("hd-found-here--now");
  there.scrollIntoView({ block: "center" });
  there.focus({ preventScroll: true });
  return true;
}
