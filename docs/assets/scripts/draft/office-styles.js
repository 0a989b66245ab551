// What the styles and the lists of a Word file say of its paragraphs: font, capitals, numbers as Word would set them.
import { signAt } from "./letters.js";
import { attribute, child, children } from "./xml.js";

const OFF = new Set(["0", "false", "off", "none"]);
/** A switch such as w:b: true, false, or undefined where it is not set. */
const isOn = (node) => (node ? !OFF.has(attribute(node, "val") ?? "") : undefined);
const MOST_STEPS = 20;
const LIFTED = 6;

/** What a w:rPr sets: {font, bold, capitals, hidden, raised}; undefined where it is silent. */
export function runOf(node, themeFonts) {
  const fonts = child(node, "rFonts");
  const isRaised = attribute(child(node, "vertAlign"), "val");
  const theme = attribute(fonts, "hAnsiTheme") ?? attribute(fonts, "asciiTheme");
  return {
    font: fonts ? (theme ? themeFonts[theme.startsWith("major") ? "major" : "minor"] : attribute(fonts, "hAnsi") ?? attribute(fonts, "ascii")) || undefined : undefined,
    bold: isOn(child(node, "b")), capitals: isOn(child(node, "caps")), hidden: isOn(child(node, "vanish")),
    // Some programs lift letters instead, by half points.
    raised: Number(attribute(child(node, "position"), "val")) >= LIFTED || (isRaised === undefined ? undefined : isRaised === "superscript"),
  };
}

/** What a w:pPr sets: {center, list, level}. */
export function paragraphOf(node) {
  const aligned = attribute(child(node, "jc"), "val");
  const number = child(node, "numPr");
  const list = attribute(child(number, "numId"), "val");
  const level = attribute(child(number, "ilvl"), "val");
  return { center: aligned === undefined ? undefined : aligned === "center", list, level: level === undefined ? undefined : Number(level) };
}

/** The second over the first, where it says something. */
export function over(below, above) {
  const made = { ...below };
  for (const name of Object.keys(above)) if (above[name] !== undefined) made[name] = above[name];
  return made;
}

/** Styles as they come: `add(node)` for each child of w:styles, then `of(id)` \u2192 {name, font, bold, capitals, hidden, raised, center, list, level}. */
export function stylesOf(themeFonts) {
  const nodes = new Map();
  const known = new Map();
  const usual = { paragraph: "", base: {} };
  const resolved = (id, start, steps = 0) => {
    const node = nodes.get(id);
    if (!node || steps > MOST_STEPS) return start;
    const base = attribute(child(node, "basedOn"), "val");
    const own = { ...runOf(child(node, "rPr"), themeFonts), ...paragraphOf(child(node, "pPr")), name: attribute(child(node, "name"), "val") ?? "" };
    return over(base === undefined ? start : resolved(base, start, steps + 1), own);
  };
  return {
    add(node) {
      if (node.name === "docDefaults") usual.base = over(usual.base, runOf(child(child(node, "rPrDefault"), "rPr"), themeFonts));
      if (node.name !== "style") return;
      const id = attribute(node, "styleId") ?? "";
      if (!nodes.has(id)) nodes.set(id, node);
      if (attribute(node, "type") === "paragraph" && !OFF.has(attribute(node, "default") ?? "0")) usual.paragraph = id;
    },
    /** A style by its id; a paragraph without one has the usual. */
    of(id) {
      const key = id ?? usual.paragraph;
      if (!known.has(key)) known.set(key, resolved(key, usual.base));
      return known.get(key);
    },
    /** What a style of letters sets by itself: not the usual of the file, which its paragraph's style is over. */
    letters(id) {
      const key = `letters ${id}`;
      if (!known.has(key)) known.set(key, resolved(id, {}));
      return known.get(key);
    },
    /** The list that a style of lists names. */
    listOf: (id) => (nodes.has(id) ? paragraphOf(child(nodes.get(id), "pPr")).list : undefined),
  };
}

const ROMAN = [["m", 1000], ["cm", 900], ["d", 500], ["cd", 400], ["c", 100], ["xc", 90], ["l", 50], ["xl", 40], ["x", 10], ["ix", 9], ["v", 5], ["iv", 4], ["i", 1]];
function roman(number) {
  if (number < 1 || number > 3999) return String(number);
  let [rest, made] = [number, ""];
  for (const [sign, value] of ROMAN) {
    while (rest >= value) {
      made += sign;
      rest -= value;
    }
  }
  return made;
}
/** a … z, aa, bb …, as Word counts. */
const letter = (number) => (number < 1 || number > 780 ? String(number) : String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26)));
const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const FORMATS = new Map(Object.entries({
  lowerLetter: letter, upperLetter: (number) => letter(number).toUpperCase(), lowerRoman: roman, upperRoman: (number) => roman(number).toUpperCase(),
  decimalZero: (number) => String(number).padStart(2, "0"), none: () => "", bullet: () => "",
  vietnameseCounting: (number) => DIGITS[number] ?? String(number),
}));
const shown = (number, format) => (FORMATS.get(format) ?? String)(number);
const MOST_LEVEL = 8;

/** What stands before a line of a list without numbers: a dash stays one, all other signs are dots. */
const bullet = (text) => {
  const plain = text.replace(/[\uf020-\uf0ff]/gu, (sign) => signAt(sign.charCodeAt(0)) || "•").trim();
  return plain === "" ? "" : /^[-–—+*]+$/u.test(plain) ? plain : "•";
};

function levelOf(node) {
  const number = (name, otherwise) => {
    const value = Number(attribute(child(node, name), "val") ?? otherwise);
    return Number.isSafeInteger(value) && Math.abs(value) < 100000 ? value : otherwise;
  };
  const format = attribute(child(node, "numFmt"), "val") ?? "decimal";
  return {
    start: number("start", 1), format, restart: number("lvlRestart", -1), text: attribute(child(node, "lvlText"), "val") ?? "", style: attribute(child(node, "pStyle"), "val"),
    legal: isOn(child(node, "isLgl")) ?? false, font: runOf(child(node, "rPr"), {}).font,
  };
}
const levelsOf = (nodes) => new Map(nodes.map((node) => [Number(attribute(node, "ilvl")), levelOf(node)]));

/** Lists as they come: `add(node)` for each child of w:numbering; then `next(list, level)` \u2192 {label, font} of the next paragraph, or null. */
export function listsOf(styles) {
  const abstracts = new Map();
  const numbers = new Map();
  const counts = new Map();
  const begun = new Set();
  const abstractOf = (list, steps = 0) => {
    const own = numbers.get(list);
    const found = own && abstracts.get(own.abstract);
    if (!found || !found.link || steps > 3) return found;
    return abstractOf(styles.listOf(found.link), steps + 1) ?? found;
  };
  const levelIn = (list, level) => numbers.get(list)?.levels.get(level) ?? abstractOf(list)?.levels.get(level);
  return {
    add(node) {
      if (node.name === "abstractNum") {
        const key = attribute(node, "abstractNumId");
        abstracts.set(key, { key, levels: levelsOf(children(node, "lvl")), link: attribute(child(node, "numStyleLink"), "val") });
      } else if (node.name === "num") {
        const changed = children(node, "lvlOverride");
        const starts = changed.map((one) => [Number(attribute(one, "ilvl")), Number(attribute(child(one, "startOverride"), "val") ?? NaN)]);
        numbers.set(attribute(node, "numId"), {
          abstract: attribute(child(node, "abstractNumId"), "val"),
          levels: new Map(changed.filter((one) => child(one, "lvl")).map((one) => [Number(attribute(one, "ilvl")), levelOf(child(one, "lvl"))])),
          starts: new Map(starts.filter(([, start]) => Number.isSafeInteger(start))),
        });
      }
    },
    /** The level of a list that a style is bound to. */
    levelOfStyle(list, style) {
      const found = [...(abstractOf(list)?.levels ?? [])].find(([, one]) => one.style !== undefined && one.style === style);
      return found ? found[0] : undefined;
    },
    next(list, level) {
      const abstract = abstractOf(list);
      const own = levelIn(list, level);
      if (!abstract || !own || !(level >= 0 && level <= MOST_LEVEL)) return null;
      if (!counts.has(abstract.key)) counts.set(abstract.key, new Map());
      const count = counts.get(abstract.key);
      // A list of its own number begins where it says, once for each level.
      const { starts } = numbers.get(list);
      const first = `${list} ${level}`;
      const restarts = starts.has(level) && !begun.has(first);
      begun.add(first);
      count.set(level, restarts ? starts.get(level) : count.has(level) ? count.get(level) + 1 : own.start);
      for (let below = level + 1; below <= MOST_LEVEL; below += 1) {
        const restart = levelIn(list, below)?.restart ?? -1;
        if (restart < 0 || level < restart) count.delete(below);
      }
      if (own.format === "bullet") return { label: bullet(own.text), font: undefined };
      const label = own.text.slice(0, 200).replace(/%([1-9])/gu, (_, digit) => {
        const at = Number(digit) - 1;
        const there = levelIn(list, at);
        if (!there || at > level) return "";
        return shown(count.get(at) ?? there.start, own.legal ? "decimal" : there.format);
      });
      return { label: label.trim(), font: own.font };
    },
  };
}
