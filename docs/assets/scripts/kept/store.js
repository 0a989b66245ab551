// What a reader ticks and types, kept on this device only: one versioned document and how it is read,
// checked, merged and changed. How it is kept, and what happens when storage fails, is in keeper.js.
import { inside, now as nowCalled } from "./follow.js";
import { ID } from "./ids.js";
import { makeKeeper } from "./keeper.js";
import { isDay } from "../basics/times.js";
import { MAX_HALVES } from "../sitting/names.js";

// 2: days of a sitting beside its opening, what of its deadlines is done, numbers for thematic sittings, days off.
// 3: what forms repeat beside it: place, hour, who signs, who is asked, how many delegates.
export const SCHEMA = 3;
export const FORMAT = "so-tay-hdnd";
export const MAX_FILE_BYTES = 5000000;
const MAX_SITTINGS = 30;
const MAX_SHEETS = 80;
const MAX_ITEMS = 200;
const MAX_STUDIES = 60;
const MAX_FIELDS = 60;
const MAX_TASKS = 200;
export const MAX_MATTERS = 60;
export const MAX_LINES = 150;

const SITTING = /^k[a-z0-9]{3,23}$/;
const ROUND = /^[1-9][0-9]?$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
/** How a day is written where it is a key; whether the calendar has it, is asked of its own. */
export const DAY_KEY = /^\d{4}-\d\d-\d\d$/;
/** The facts of a sitting and their longest text; those of DAYS are days. */
export const FACTS = {
  council: 120, term: 60, sitting: 60, opening: 10, role: 40, name: 80,
  kind: 40, has: 120, closing: 10, issued: 10, province: 10, allotment: 10, voters: 10, joint: 10, petitions: 10, answers: 10,
  region: 80, venue: 120, hour: 40, halves: 20, signer: 80, post: 20, chair: 80, clerk: 80, contact: 80, phone: 40, delegates: 20, place: 80,
};
/** What is known of a line of the programme, and its longest text. */
export const LINE = { kind: 40, text: 300, who: 160, chair: 120, minutes: 3 };
/** What is known of a matter of a sitting, and its longest text; `papers` names those that are there. */
export const MATTER = { title: 300, kind: 40, drafter: 120, committee: 80, papers: 60, subject: 10 };
/** What is counted when a matter is voted on, kept only where somebody wrote it. */
export const VOTES = { heard: 1, reread: 1, ideas: 3, need: 3, present: 3, yes: 3, no: 3, none: 3 };
/** Facts that the next sitting has, too. */
export const LASTING = ["council", "term", "role", "name", "region", "place", "venue", "signer", "post", "chair", "clerk", "contact", "phone", "delegates"];
const DAYS = ["opening", "closing", "issued", "province", "allotment", "voters", "joint", "petitions", "answers"];

// Objects without a prototype: no key that a file brings can reach the language's own names.
export const bare = (fields) => Object.assign(Object.create(null), fields);
export const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
export const now = () => new Date().toISOString();

export function emptyDocument() {
  const made = bare();
  return Object.assign(made, { schema: SCHEMA, current: "", sittings: bare(), rules: bare(), days: bare() });
}

/** The kind of fault that made a document unusable; `message` is for the reader. */
export class BadDocument extends Error {}

// Reads the parts of a value that are known and sound; `dropped` counts what was not.
export class Reader {
  constructor() {
    this.dropped = 0;
  }

  object(value) {
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
    if (value !== undefined) this.dropped += 1;
    return {};
  }

  text(value, limit) {
    if (value === undefined) return "";
    if (typeof value !== "string") {
      this.dropped += 1;
      return "";
    }
    // eslint-disable-next-line no-control-regex
    const clean = value.normalize("NFC").replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "");
    if (clean.length > limit) this.dropped += 1;
    return clean.slice(0, limit);
  }

  time(value) {
    if (typeof value === "string" && TIME.test(value)) return value;
    this.dropped += value === undefined || value === "" ? 0 : 1;
    return "";
  }

  entries(value, pattern, limit) {
    const all = Object.entries(this.object(value));
    const good = all.filter(([key]) => key.length <= 80 && pattern.test(key));
    this.dropped += all.length - Math.min(good.length, limit);
    return good.slice(0, limit);
  }

  /**
   * The entries of a value by key. `named` says what a key is called now: what was renamed since comes under its new
   * name, and where something stands there already, `both` decides.
   */
  map(value, pattern, limit, read, named = (key) => key, both = later) {
    const made = bare();
    for (const [key, one] of this.entries(value, pattern, limit)) {
      const name = named(key);
      const found = read(one, key);
      made[name] = own(made, name) ? both(made[name], found) : found;
    }
    return made;
  }

  item(value) {
    const from = this.object(value);
    return Object.assign(bare(), {
      done: from.done === true,
      value: this.text(from.value, 500),
      na: from.na === true,
      reason: this.text(from.reason, 300),
      text: this.text(from.text, 300),
      at: this.time(from.at),
    });
  }

  sheet(value, id = "") {
    const from = this.object(value);
    const seen = Array.isArray(from.seen) ? from.seen : [];
    const slugs = seen.filter((one) => typeof one === "string" && one.length <= 80 && ID.slug.test(one));
    this.dropped += seen.length - slugs.length;
    return Object.assign(bare(), {
      seen: [...new Set(slugs.slice(0, MAX_ITEMS).map((slug) => inside("items", id, slug)))],
      items: this.map(from.items, ID.slug, MAX_ITEMS, (one) => this.item(one), (slug) => inside("items", id, slug)),
      rounds: this.map(from.rounds, ROUND, 20, (one) => this.text(one, 120)),
    });
  }

  study(value) {
    const from = this.object(value);
    return Object.assign(bare(), {
      fields: this.map(from.fields, ID.slug, MAX_FIELDS, (one) => this.text(one, 3000)),
      at: this.time(from.at),
    });
  }

  sitting(value) {
    const from = this.object(value);
    const facts = bare();
    const given = this.object(from.facts);
    for (const [name, limit] of Object.entries(FACTS)) facts[name] = this.text(given[name], limit);
    for (const name of DAYS) {
      if (!facts[name] || isDay(facts[name])) continue;
      facts[name] = "";
      this.dropped += 1;
    }
    facts.role = nowCalled("roles", facts.role);
    return Object.assign(bare(), {
      facts,
      created: this.time(from.created),
      sheets: this.map(from.sheets, ID.checklists, MAX_SHEETS, (one, id) => this.sheet(one, id), (id) => nowCalled("checklists", id), mergeSheets),
      studies: this.map(from.studies, SITTING, MAX_STUDIES, (one) => this.study(one)),
      // The fault that was met is kept by its ID.
      lesson: this.map(from.lesson, ID.slug, MAX_FIELDS, (one, name) =>
        (name === "lap-lai" ? nowCalled("parts", this.text(one, 80)) : this.text(one, 3000))),
      tasks: this.map(from.tasks, ID.deadlines, MAX_TASKS, (one) => this.task(one), (id) => nowCalled("deadlines", id)),
      matters: this.map(from.matters, SITTING, MAX_MATTERS, (one) => this.matter(one)),
      programme: this.programme(from.programme),
      before: this.programme(from.before),
    });
  }

  task(value) {
    const from = this.object(value);
    const state = from.state === "done" || from.state === "na" ? from.state : "";
    return Object.assign(bare(), { state, at: this.time(from.at) });
  }

  list(value, limit, read) {
    const all = Array.isArray(value) ? value : [];
    this.dropped += (value === undefined || Array.isArray(value) ? 0 : 1) + Math.max(0, all.length - limit);
    return all.slice(0, limit).map(read);
  }

  /** A programme: its half-days and lines, in their order. */
  programme(value) {
    const from = this.object(value);
    const clock = (text) => (/^\d\d:\d\d$/.test(text) ? text : "");
    return Object.assign(bare(), {
      at: this.time(from.at),
      halves: this.list(from.halves, MAX_HALVES, (one) => {
        const half = this.object(one);
        const day = this.text(half.day, 10);
        return Object.assign(bare(), { day: isDay(day) ? day : "", start: clock(this.text(half.start, 5)), end: clock(this.text(half.end, 5)) });
      }),
      lines: this.list(from.lines, MAX_LINES, (one) => {
        const line = this.object(one);
        const half = Number.isInteger(line.half) && line.half >= 1 ? Math.min(line.half, MAX_HALVES) : 1;
        const made = Object.assign(bare(), { half, matter: SITTING.test(line.matter || "") ? line.matter : "" });
        for (const [name, limit] of Object.entries(LINE)) made[name] = this.text(line[name], limit);
        if (!/^[a-z-]+$/.test(made.kind)) made.kind = "khac";
        return made;
      }),
    });
  }

  matter(value) {
    const from = this.object(value);
    const made = Object.assign(bare(), { at: this.time(from.at), order: Number.isFinite(from.order) ? from.order : 0 });
    for (const [name, limit] of Object.entries(MATTER)) made[name] = this.text(from[name], limit);
    made.subject = nowCalled("resolution_kinds", made.subject);
    for (const [name, limit] of Object.entries(VOTES)) {
      if (from[name]) made[name] = this.text(from[name], limit);
    }
    return made;
  }

  day(value) {
    const from = this.object(value);
    return Object.assign(bare(), { worked: from.worked === true, at: this.time(from.at) });
  }

  rule(value) {
    const from = this.object(value);
    return Object.assign(bare(), {
      value: this.text(from.value, 120),
      article: this.text(from.article, 60),
      other: this.text(from.other, 120),
      at: this.time(from.at),
    });
  }

  document(value) {
    const made = emptyDocument();
    made.sittings = this.map(value.sittings, SITTING, MAX_SITTINGS, (one) => this.sitting(one));
    made.rules = this.map(value.rules, ID.rules, MAX_FIELDS, (one) => this.rule(one), (id) => nowCalled("rules", id));
    made.days = this.map(value.days, DAY_KEY, MAX_TASKS, (one) => this.day(one));
    for (const day of Object.keys(made.days).filter((one) => !isDay(one))) {
      delete made.days[day];
      this.dropped += 1;
    }
    const current = value.current;
    made.current = typeof current === "string" && own(made.sittings, current) ? current : "";
    if (!made.current) made.current = Object.keys(made.sittings)[0] || "";
    return made;
  }
}

/** Read a document from anywhere. Returns {document, dropped}; throws BadDocument. */
export function readDocument(value) {
  if (!value || typeof value !== "object" || Array.isArray(value) || !Number.isInteger(value.schema)) {
    throw new BadDocument("không phải dữ liệu của sổ tay");
  }
  if (value.schema > SCHEMA) throw new BadDocument("do bản mới hơn của sổ tay ghi; mở bản mới rồi dùng");
  if (value.schema < 1) throw new BadDocument("không phải dữ liệu của sổ tay");
  const reader = new Reader();
  const document = reader.document(value);
  return { document, dropped: reader.dropped };
}

/**
 * Read an exported file's text with `read`, which returns {document, dropped}. `refuse(format)` gives the
 * reason for a file of another kind, "" for the right one. Returns a document; throws BadDocument.
 */
export function readExport(text, read, refuse) {
  if (new Blob([text]).size > MAX_FILE_BYTES) throw new BadDocument("tệp lớn quá 5 MB");
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadDocument("tệp không đọc được, có thể bị cắt cụt");
  }
  const reason = refuse(value && typeof value === "object" ? value.format : undefined);
  if (reason) throw new BadDocument(reason);
  const { document, dropped } = read(value.document);
  if (dropped) throw new BadDocument(`có ${dropped} chỗ sai trong tệp; tệp có thể đã bị sửa`);
  return document;
}

export const readFileText = (text) =>
  readExport(text, readDocument, (format) => (format === FORMAT ? "" : "không phải tệp lưu của sổ tay"));

/** The text of an export: the whole document, exact. */
export function fileText(document) {
  return `${JSON.stringify({ format: FORMAT, exported: now(), document })}\n`;
}

export const later = (a, b) => (b.at > a.at ? b : a);

/** Put the entries of `from` into `into`; `both(a, b)` decides where a key stands in both. */
export function mergeMaps(into, from, both) {
  for (const [key, one] of Object.entries(from)) {
    into[key] = own(into, key) ? both(into[key], one) : one;
  }
  return into;
}

function mergeSheets(into, from) {
  into.seen = [...new Set([...into.seen, ...from.seen])];
  mergeMaps(into.items, from.items, later);
  mergeMaps(into.rounds, from.rounds, (own_, other) => own_ || other);
  return into;
}

/** Put `from` into `into`, item by item; the later change wins, nothing is removed. */
export function merge(into, from) {
  mergeMaps(into.rules, from.rules, later);
  mergeMaps(into.days, from.days, later);
  mergeMaps(into.sittings, from.sittings, (a, b) => {
    for (const name of Object.keys(FACTS)) a.facts[name] = a.facts[name] || b.facts[name];
    mergeMaps(a.studies, b.studies, later);
    mergeMaps(a.lesson, b.lesson, (x, y) => x || y);
    mergeMaps(a.tasks, b.tasks, later);
    mergeMaps(a.matters, b.matters, later);
    // An order is one thing: the programme that was changed last stands whole, the other one before it.
    const newer = later(a.programme, b.programme);
    const other = newer === a.programme ? b.programme : a.programme;
    if (newer.lines.length || !other.lines.length) {
      if (other.lines.length && JSON.stringify(other.lines) !== JSON.stringify(newer.lines)) a.before = other;
      a.programme = newer;
    }
    mergeMaps(a.sheets, b.sheets, mergeSheets);
    return a;
  });
  into.current = into.current || from.current;
  return into;
}

/** Why a document could not be kept whole, or "". */
export function tooMuch(document) {
  const count = Object.keys(document.sittings).length;
  if (Object.values(document.sittings).some(({ matters }) => Object.keys(matters).length > MAX_MATTERS)) {
    return `gộp lại thành quá ${MAX_MATTERS} nội dung trong một kỳ họp; xóa bớt rồi mở lại`;
  }
  return count > MAX_SITTINGS ? `gộp lại thành ${count} kỳ họp, máy giữ tối đa ${MAX_SITTINGS}; xóa bớt rồi mở lại` : "";
}

// What could not be written yet stands above what another tab wrote, the chosen sitting too.
function join(saved, mine) {
  const both = merge(saved, mine);
  both.current = own(both.sittings, mine.current) ? mine.current : both.current;
  return both;
}

const keeper = makeKeeper({ ...window.hdnd.places.ticks, schema: SCHEMA, empty: emptyDocument, read: readDocument, merge: join });
export const SPOILT_KEY = keeper.spoiltKey;
export const current = keeper.current;
export const state = keeper.state;
export const spoiltText = keeper.spoiltText;
/** Change the document: read what other tabs wrote, apply, write, tell. */
export const update = keeper.update;
/** Be told of every change: (document, "own" or "other"). */
export const listen = keeper.listen;
/** Put another document in place of all; returns the one that was there. */
export const replaceAll = keeper.replaceAll;

export const copyOf = (value) => readDocument(JSON.parse(JSON.stringify(value))).document;

export function newId() {
  const random = new Uint32Array(1);
  crypto.getRandomValues(random);
  return `k${Date.now().toString(36)}${random[0].toString(36)}`.slice(0, 22);
}

export function addSitting(document, facts) {
  if (Object.keys(document.sittings).length >= MAX_SITTINGS) return "";
  const id = newId();
  const sitting = new Reader().sitting({ facts, created: now() });
  document.sittings[id] = sitting;
  document.current = id;
  return id;
}

export const sittingOf = (document) => (document.current && document.sittings[document.current]) || null;

/** The state of a sheet in the current sitting, or null. */
export function sheetOf(document, sheet) {
  const sitting = sittingOf(document);
  return sitting && own(sitting.sheets, sheet) ? sitting.sheets[sheet] : null;
}

/** The same, made if it is missing; `ids` are the sheet's items today. */
export function openSheet(document, sheet, ids) {
  if (!sittingOf(document)) addSitting(document, {});
  const sitting = sittingOf(document);
  if (!own(sitting.sheets, sheet)) {
    sitting.sheets[sheet] = new Reader().sheet({ seen: ids }, sheet);
  }
  return sitting.sheets[sheet];
}

export const emptyItem = () => new Reader().item({});
export const answered = (item) => !!item && (item.done || (item.na && item.reason.trim() !== ""));
/** Where to go on with a sheet: its first item neither done nor set aside; else the first that lacks its reason; else "". */
export function firstOpen(sheet, ids) {
  const open = ids.filter((id) => !answered(sheet.items[id]));
  return open.find((id) => !sheet.items[id]?.na) || open[0] || "";
}
export const touched = (item) => !!item && (item.done || item.na || item.value !== "");
/** Set one item; what holds nothing is not kept. */
export function setItem(sheet, id, fields) {
  const before = own(sheet.items, id) ? sheet.items[id] : emptyItem();
  const item = new Reader().item({ ...before, ...fields, at: now() });
  if (touched(item) || item.reason) sheet.items[id] = item;
  else delete sheet.items[id];
}
export const setRound = (sheet, number, text) => {
  const clean = new Reader().text(text, 120);
  if (clean) sheet.rounds[number] = clean;
  else delete sheet.rounds[number];
};
export const setRule = (document, id, value, article, other = "") => {
  const rule = new Reader().rule({ value, article, other, at: now() });
  if (rule.value || rule.article || rule.other) document.rules[id] = rule;
  else delete document.rules[id];
};
/** Say of a deadline that it is done, that it does not apply ("na"), or nothing (""). */
export const setTask = (sitting, id, state) => {
  if (state) sitting.tasks[id] = new Reader().task({ state, at: now() });
  else delete sitting.tasks[id];
};
/** Set fields of a matter; a new one stands last. Returns its ID, "" where there is no room for another. */
export const setMatter = (sitting, id, fields) => {
  const known = own(sitting.matters, id) ? sitting.matters[id] : null;
  // A line that another tab has removed is not made again by what is typed into it here.
  if (id && !known) return "";
  if (!known && Object.keys(sitting.matters).length >= MAX_MATTERS) return "";
  const last = Math.max(0, ...Object.values(sitting.matters).map(({ order }) => order));
  const key = known ? id : newId();
  sitting.matters[key] = new Reader().matter({ order: last + 1, ...known, ...fields, at: now() });
  return key;
};
/** Put another programme in place; `keep` keeps the one that was there as the one before. */
export const setProgramme = (sitting, programme, keep = false) => {
  if (keep && sitting.programme.lines.length) sitting.before = sitting.programme;
  sitting.programme = new Reader().programme({ ...programme, at: now() });
};
/** Add a day off, or a day that is worked in its place; null removes it. */
export const setDay = (document, day, worked) => {
  if (worked === null) delete document.days[day];
  else if (isDay(day) && (own(document.days, day) || Object.keys(document.days).length < MAX_TASKS)) document.days[day] = new Reader().day({ worked, at: now() });
};
export const setStudy = (sitting, id, fields) => {
  sitting.studies[id] = new Reader().study({ fields, at: now() });
};
export const setLesson = (sitting, fields) => {
  sitting.lesson = new Reader().sitting({ lesson: fields }).lesson;
};
