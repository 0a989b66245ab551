// What a reader ticks and types, kept on this device only: one versioned document in localStorage.
//
// Storage may be blocked, full, damaged or written by a newer edition. Then the document lives on in
// memory, so the page keeps what is on screen, and `state()` says what is the matter.

export const KEY = "hdnd.v1";
export const SPOILT_KEY = "hdnd.v1.hong";
export const SCHEMA = 1;
export const FORMAT = "so-tay-hdnd";
export const MAX_FILE_BYTES = 1000000;
const MAX_SITTINGS = 30;
const MAX_SHEETS = 80;
const MAX_ITEMS = 200;
const MAX_STUDIES = 60;
const MAX_FIELDS = 60;

const SITTING = /^k[a-z0-9]{3,23}$/;
const SHEET = /^[A-Z]{2}[0-9]{2,3}$/;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ROUND = /^[1-9][0-9]?$/;
const RULE = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const DAY = /^(\d{4}-\d\d-\d\d)?$/;
export const FACTS = { council: 120, term: 60, sitting: 60, opening: 10, role: 40, name: 80 };

// Objects without a prototype: no key that a file brings can reach the language's own names.
const bare = () => Object.create(null);
const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const now = () => new Date().toISOString();

export function emptyDocument() {
  const made = bare();
  return Object.assign(made, { schema: SCHEMA, current: "", sittings: bare(), rules: bare() });
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

  map(value, pattern, limit, read) {
    const made = bare();
    for (const [key, one] of this.entries(value, pattern, limit)) made[key] = read(one);
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

  sheet(value) {
    const from = this.object(value);
    const seen = Array.isArray(from.seen) ? from.seen : [];
    const slugs = seen.filter((one) => typeof one === "string" && one.length <= 80 && SLUG.test(one));
    this.dropped += seen.length - slugs.length;
    return Object.assign(bare(), {
      seen: slugs.slice(0, MAX_ITEMS),
      items: this.map(from.items, SLUG, MAX_ITEMS, (one) => this.item(one)),
      rounds: this.map(from.rounds, ROUND, 20, (one) => this.text(one, 120)),
    });
  }

  study(value) {
    const from = this.object(value);
    return Object.assign(bare(), {
      fields: this.map(from.fields, SLUG, MAX_FIELDS, (one) => this.text(one, 3000)),
      at: this.time(from.at),
    });
  }

  sitting(value) {
    const from = this.object(value);
    const facts = bare();
    const given = this.object(from.facts);
    for (const [name, limit] of Object.entries(FACTS)) facts[name] = this.text(given[name], limit);
    if (!DAY.test(facts.opening)) {
      facts.opening = "";
      this.dropped += 1;
    }
    return Object.assign(bare(), {
      facts,
      created: this.time(from.created),
      sheets: this.map(from.sheets, SHEET, MAX_SHEETS, (one) => this.sheet(one)),
      studies: this.map(from.studies, SITTING, MAX_STUDIES, (one) => this.study(one)),
      lesson: this.map(from.lesson, SLUG, MAX_FIELDS, (one) => this.text(one, 3000)),
    });
  }

  rule(value) {
    const from = this.object(value);
    return Object.assign(bare(), {
      value: this.text(from.value, 120),
      article: this.text(from.article, 60),
      at: this.time(from.at),
    });
  }

  document(value) {
    const made = emptyDocument();
    made.sittings = this.map(value.sittings, SITTING, MAX_SITTINGS, (one) => this.sitting(one));
    made.rules = this.map(value.rules, RULE, MAX_FIELDS, (one) => this.rule(one));
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

/** Read an exported file's text. Returns a document; throws BadDocument with the reason. */
export function readFileText(text) {
  if (new Blob([text]).size > MAX_FILE_BYTES) throw new BadDocument("tệp lớn quá 1 MB");
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadDocument("tệp không đọc được, có thể bị cắt cụt");
  }
  if (!value || typeof value !== "object" || value.format !== FORMAT) {
    throw new BadDocument("không phải tệp lưu của sổ tay");
  }
  const { document, dropped } = readDocument(value.document);
  if (dropped) throw new BadDocument(`có ${dropped} chỗ sai trong tệp; tệp có thể đã bị sửa`);
  return document;
}

/** The text of an export: the whole document, exact. */
export function fileText(document) {
  return `${JSON.stringify({ format: FORMAT, exported: now(), document }, null, 1)}\n`;
}

const later = (a, b) => (b.at > a.at ? b : a);

function mergeMaps(into, from, both) {
  for (const [key, one] of Object.entries(from)) {
    into[key] = own(into, key) ? both(into[key], one) : one;
  }
}

/** Put `from` into `into`, item by item; the later change wins, nothing is removed. */
export function merge(into, from) {
  mergeMaps(into.rules, from.rules, later);
  mergeMaps(into.sittings, from.sittings, (a, b) => {
    for (const name of Object.keys(FACTS)) a.facts[name] = a.facts[name] || b.facts[name];
    mergeMaps(a.studies, b.studies, later);
    mergeMaps(a.lesson, b.lesson, (x, y) => x || y);
    mergeMaps(a.sheets, b.sheets, (x, y) => {
      x.seen = [...new Set([...x.seen, ...y.seen])];
      mergeMaps(x.items, y.items, later);
      mergeMaps(x.rounds, y.rounds, (own_, other) => own_ || other);
      return x;
    });
    return a;
  });
  into.current = into.current || from.current;
  return into;
}

let memory = emptyDocument();
let lastRaw = null;
let trouble = "";
let unsaved = false;
let readOnly = false;
const listeners = new Set();

function keepSpoilt(raw) {
  try {
    localStorage.setItem(SPOILT_KEY, raw);
  } catch {
    // Nowhere to keep it: then the original stays untouched, see below.
    return false;
  }
  return true;
}

function take(raw) {
  lastRaw = raw;
  readOnly = false;
  if (raw === null) {
    memory = emptyDocument();
    return;
  }
  try {
    const value = JSON.parse(raw);
    if (value && Number.isInteger(value.schema) && value.schema > SCHEMA) {
      // Somebody's newer data must not be overwritten by an older page.
      readOnly = true;
      trouble = "newer";
      memory = emptyDocument();
      return;
    }
    const { document, dropped } = readDocument(value);
    memory = document;
    if (dropped) {
      trouble = "spoilt";
      readOnly = !keepSpoilt(raw);
    }
  } catch {
    trouble = "spoilt";
    readOnly = !keepSpoilt(raw);
    memory = emptyDocument();
  }
}

function reread() {
  let raw;
  try {
    raw = localStorage.getItem(KEY);
  } catch {
    trouble = "blocked";
    return;
  }
  if (raw === lastRaw) return;
  if (unsaved) {
    // What could not be written yet is newer than what another tab wrote: join the two.
    const mine = memory;
    take(raw);
    memory = merge(memory, mine);
    memory.current = own(memory.sittings, mine.current) ? mine.current : memory.current;
  } else {
    take(raw);
  }
}

function write() {
  if (readOnly) {
    unsaved = true;
    return;
  }
  const raw = JSON.stringify(memory);
  try {
    localStorage.setItem(KEY, raw);
    lastRaw = raw;
    unsaved = false;
    if (trouble === "full" || trouble === "blocked") trouble = "";
  } catch (error) {
    unsaved = true;
    trouble = error && error.name === "QuotaExceededError" ? "full" : "blocked";
  }
}

const tell = (why) => listeners.forEach((listener) => listener(memory, why));

reread();
window.addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return;
  const before = lastRaw;
  reread();
  if (lastRaw !== before) tell("other");
});
// A page kept in the browser's back list missed what happened meanwhile.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    reread();
    tell("other");
  }
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

export const current = () => memory;
export const state = () => ({ trouble, unsaved });
export const spoiltText = () => {
  try {
    return localStorage.getItem(SPOILT_KEY) || "";
  } catch {
    return "";
  }
};

/** Change the document: read what other tabs wrote, apply, write, tell. */
export function update(change) {
  reread();
  const result = change(memory);
  write();
  tell("own");
  return result;
}

/** Be told of every change: (document, "own" or "other"). */
export function listen(listener) {
  listeners.add(listener);
}

/** Put another document in place of all; returns the one that was there. */
export function replaceAll(document) {
  reread();
  const before = memory;
  // Asked for by the reader, after a question: even data that could not be read give way.
  if (trouble !== "newer") readOnly = false;
  memory = document;
  if (trouble === "spoilt") trouble = "";
  write();
  tell("own");
  return before;
}

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
    sitting.sheets[sheet] = new Reader().sheet({ seen: ids });
  }
  return sitting.sheets[sheet];
}

export const emptyItem = () => new Reader().item({});
export const answered = (item) => !!item && (item.done || (item.na && item.reason.trim() !== ""));
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
export const setRule = (document, id, value, article) => {
  const rule = new Reader().rule({ value, article, at: now() });
  if (rule.value || rule.article) document.rules[id] = rule;
  else delete document.rules[id];
};
export const setStudy = (sitting, id, fields) => {
  sitting.studies[id] = new Reader().study({ fields, at: now() });
};
export const setLesson = (sitting, fields) => {
  sitting.lesson = new Reader().sitting({ lesson: fields }).lesson;
};

export const vnDate = (iso) => (iso ? iso.split("-").reverse().join("/") : "");
export function today() {
  const day = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** “HĐND xã A, kỳ họp thứ 5, khai mạc 10/12/2026”; a sitting without facts has a name as well. */
export function nameOf(sitting) {
  const { council, term, sitting: number, opening } = sitting.facts;
  const parts = [
    council && (/^HĐND/i.test(council) ? council : `HĐND ${council}`),
    term && (/^khóa/i.test(term) ? term : `khóa ${term}`),
    number && (/^(kỳ|thứ)/i.test(number) ? number.replace(/^thứ/i, "kỳ họp thứ") : `kỳ họp thứ ${number}`),
    opening && `khai mạc ${vnDate(opening)}`,
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : "Kỳ họp chưa ghi tên";
}
