// Keeps one versioned document in localStorage and two tabs in step. Storage may be blocked, full,
// damaged or written by a newer edition: then the document lives on in memory and `state()` says why.

/** The device's storage; throws where there is none. What stands in for the theme's scripts keeps nothing. */
function storage() {
  if (localStorage.lost === true) throw new Error("no storage");
  return localStorage;
}

/**
 * `read(value)` returns {document, dropped} or throws; `merge(into, from)` joins two documents.
 * Data of a newer schema are never overwritten, damaged ones are put aside under `spoiltKey`. What stands under
 * `former`, if one is named, is joined once: a page of an earlier edition that is still open may write there again.
 */
export function makeKeeper({ key, former = "", schema, empty, read, merge }) {
  const spoiltKey = `${key}.hong`;
  const listeners = new Set();
  let memory = empty();
  let lastRaw = null;
  let trouble = "";
  let unsaved = false;
  let readOnly = false;

  function putAside(raw) {
    trouble = "spoilt";
    try {
      storage().setItem(spoiltKey, raw);
      readOnly = false;
    } catch {
      // Nowhere to put it: then the original stays untouched.
      readOnly = true;
    }
  }

  function take(raw) {
    lastRaw = raw;
    readOnly = false;
    memory = empty();
    if (raw === null) return;
    try {
      const value = JSON.parse(raw);
      if (value && Number.isInteger(value.schema) && value.schema > schema) {
        readOnly = true;
        trouble = "newer";
        return;
      }
      const { document, dropped } = read(value);
      memory = document;
      if (dropped) putAside(raw);
    } catch {
      putAside(raw);
    }
  }

  function reread() {
    let raw;
    try {
      raw = storage().getItem(key);
    } catch {
      trouble = "blocked";
      return;
    }
    if (raw === lastRaw) return;
    // What could not be written yet is newer than what another tab wrote: join the two.
    const mine = unsaved ? memory : null;
    take(raw);
    if (mine) memory = merge(memory, mine);
  }

  function write() {
    if (readOnly) {
      unsaved = true;
      return;
    }
    const raw = JSON.stringify(memory);
    try {
      storage().setItem(key, raw);
      lastRaw = raw;
      unsaved = false;
      if (trouble === "full" || trouble === "blocked") trouble = "";
    } catch (error) {
      unsaved = true;
      trouble = error && error.name === "QuotaExceededError" ? "full" : "blocked";
    }
  }

  /** Join what was kept under the former key; it is removed only when it stands under the new one. */
  function takeFormer() {
    try {
      const raw = former ? storage().getItem(former) : null;
      if (raw !== null && !readOnly) joinFormer(raw);
      const spoilt = former ? storage().getItem(`${former}.hong`) : null;
      if (spoilt === null || storage().getItem(spoiltKey) !== null) return;
      storage().setItem(spoiltKey, spoilt);
      storage().removeItem(`${former}.hong`);
    } catch {
      // Blocked or full: it stays where it is.
    }
  }

  function joinFormer(raw) {
    const before = memory;
    const known = lastRaw;
    take(raw);
    const found = memory;
    lastRaw = known;
    // Of a newer schema, or damaged with no room to put it aside: it stays where it is.
    if (readOnly) {
      memory = before;
      readOnly = false;
      if (trouble === "newer") trouble = "";
      return;
    }
    memory = known === null ? found : merge(before, found);
    write();
    if (!unsaved) {
      storage().removeItem(former);
    } else if (trouble === "full") {
      // There is no room for it twice.
      storage().removeItem(former);
      write();
      if (unsaved) storage().setItem(former, raw);
    }
  }

  const tell = (why) => listeners.forEach((listener) => listener(memory, why));

  reread();
  takeFormer();
  window.addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    const before = lastRaw;
    reread();
    if (lastRaw !== before) tell("other");
  });
  // A page kept in the browser's back list missed what happened meanwhile.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    reread();
    tell("other");
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  return {
    spoiltKey,
    current: () => memory,
    state: () => ({ trouble, unsaved }),
    spoiltText: () => {
      try {
        return storage().getItem(spoiltKey) || "";
      } catch {
        return "";
      }
    },
    listen: (listener) => listeners.add(listener),
    /** Read what other tabs wrote, apply a change, write, tell. */
    update(change) {
      reread();
      const result = change(memory);
      write();
      tell("own");
      return result;
    },
    /** Put another document in place of all; returns the one that was there. */
    replaceAll(document) {
      reread();
      const before = memory;
      // Asked for by the reader, after a question: even data that could not be read give way.
      if (trouble !== "newer") readOnly = false;
      memory = document;
      if (trouble === "spoilt") trouble = "";
      write();
      tell("own");
      return before;
    },
  };
}
