// The copy on the device. publish/worker/write_worker.py writes this file into the built site with the
// list of its files; a changed list makes a changed file, which browsers notice by themselves.
//
// All pages, scripts and styles of one edition are kept together and answered from the device first:
// quick on a weak line, and never a new page with an old script. A newer edition is fetched beside it
// and waits, once it is complete to the byte, until the reader takes it or the last page is closed. Pages that are open
// then go on with the edition they came with. Papers (PDF, Word, Excel) are kept when they were opened once, or all of
// them on request.
"use strict";

const BUILD = /* BUILD */ null;

// Wherever the site lies; other sites below the same host have other names.
const ROOT = new URL("./", self.location).href;
const PREFIX = `so-tay|${ROOT}|`;
const PAGES = `${PREFIX}${BUILD.version}`;
const PAPERS = `${PREFIX}papers`;
const TABS = `${PREFIX}tabs`;
// In place of a copy's name: a page that the network gave, newer than what is kept.
const LINE = "line";
const REVISION = "X-Revision";
const AT_ONCE = 4;

const pages = new Map(Object.entries(BUILD.pages));
const papers = new Map(Object.entries(BUILD.papers));
// A site of very many pages is not kept whole: what every page needs, the lists, the reader's role, what was opened.
const core = BUILD.core ? new Set(BUILD.core) : null;
// A path of its own: the query would be taken for the first page when what is kept is counted.
const ROLE_NOTE = `${ROOT}role-note`;

function pathOf(address) {
  const { origin, pathname } = new URL(address);
  return (origin + pathname).slice(ROOT.length).replace(/(^|\/)index\.html$/, "$1");
}

async function inTurns(list, work) {
  const rest = [...list];
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function revisionOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.subarray(0, 5), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A file of this edition from the network, noted with its revision. A host in the middle of an update may still
// give an older one, and so may a cache between it and here: then it is asked by an address that no cache has
// seen. Wrong again, and nothing is kept: an older page beside newer scripts would stay so for good.
async function fetched(path, revision) {
  const plain = ROOT + path;
  let wrong = "";
  for (const [address, cache] of [[plain, "no-cache"], [`${plain}?v=${revision}`, "reload"]]) {
    const response = await fetch(address, { cache });
    const bytes = response.ok ? await response.arrayBuffer() : null;
    if (bytes && (await revisionOf(bytes)) === revision) {
      return noted(response, bytes, revision);
    }
    wrong = bytes ? "not of this edition" : response.status;
  }
  throw new Error(`${path}: ${wrong}`);
}

// Made anew because a browser refuses a kept redirect as the answer to a navigation.
function noted(response, bytes, revision) {
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(REVISION, revision);
  return new Response(bytes, { status: 200, headers });
}

async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

// One for each edition that is kept.
async function copies() {
  return (await ownCaches()).filter((name) => name !== PAPERS && name !== TABS);
}

// What is kept under a name, if anything; a device whose storage fails still has the network.
async function found(name, address) {
  if (name === LINE) return undefined;
  try {
    return await (await caches.open(name)).match(address);
  } catch {
    return undefined;
  }
}

// Open pages of another edition than this one: client → its copy, or LINE. Written down, for a worker is stopped and started.
let tabs = null;
// This copy lost a file that the host has no longer: pages that are opened now come over the line, with all that is theirs.
let broken = false;
// Noted, but not among the open pages yet.
const coming = new Set();

function openTabs() {
  tabs ??= readTabs().catch(() => new Map());
  return tabs;
}

async function readTabs() {
  const known = new Map();
  if (!(await caches.has(TABS))) return known;
  const cache = await caches.open(TABS);
  for (const request of await cache.keys()) {
    known.set(pathOf(request.url), await (await cache.match(request)).text());
  }
  return known;
}

async function noteTab(id, copy) {
  (await openTabs()).set(id, copy);
  // Where that cannot be kept, it is known as long as the worker runs.
  await caches.open(TABS).then((cache) => cache.put(ROOT + id, new Response(copy))).catch(() => {});
}

async function clientsNow() {
  return (await self.clients.matchAll({ type: "all", includeUncontrolled: true })).map(({ id }) => id);
}

// Before this edition takes over: what is open now goes on with the copy of the edition that answered it until now.
async function noteTabs() {
  const version = await versionOf(self.registration.active);
  if (!version || version === BUILD.version) return;
  tabs = null;
  const known = await openTabs();
  for (const id of await clientsNow()) {
    if (!known.has(id)) await noteTab(id, `${PREFIX}${version}`);
  }
}

function versionOf(worker) {
  return new Promise((done) => {
    if (!worker || worker.state === "redundant") return done("");
    // Workers of earlier editions know the second question only, which may take longer.
    for (const question of ["version", "status"]) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data.version);
      worker.postMessage(question, [port2]);
    }
    return setTimeout(done, 3000, "");
  });
}

async function roleOf(cacheNames) {
  for (const name of cacheNames) {
    const note = await (await caches.open(name)).match(ROLE_NOTE);
    if (note) return note.text();
  }
  return "";
}

// Addresses that this device keeps, with their revisions.
async function wanted() {
  if (!core) return [...pages];
  const names = await copies();
  const chosen = new Set((BUILD.roles || {})[await roleOf(names)] || []);
  for (const name of names) {
    for (const request of await (await caches.open(name)).keys()) chosen.add(pathOf(request.url));
  }
  // A first visit begins before there is a worker: the page of a link that somebody sent counts as opened.
  for (const { url } of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) chosen.add(pathOf(url));
  return [...pages].filter(([path]) => core.has(path) || chosen.has(path));
}

// What an earlier, interrupted attempt has brought stays; what did not change since the last edition
// is taken from there.
async function fill() {
  const cache = await caches.open(PAGES);
  const have = new Set((await cache.keys()).map((request) => pathOf(request.url)));
  const older = (await copies()).filter((name) => name !== PAGES);
  const role = core && (await roleOf(older));
  if (role) await cache.put(ROLE_NOTE, new Response(role));
  const missing = (await wanted()).filter(([path]) => !have.has(path));
  await inTurns(missing, async ([path, revision]) => {
    for (const name of older) {
      const kept = await (await caches.open(name)).match(ROOT + path);
      if (kept && kept.headers.get(REVISION) === revision) {
        await cache.put(ROOT + path, kept);
        return;
      }
    }
    await cache.put(ROOT + path, await fetched(path, revision));
  });
}

// Browsers may clear what is kept; what the host still has of this edition is fetched anew.
async function whole() {
  const cache = await caches.open(PAGES);
  const have = new Set((await cache.keys()).map((request) => pathOf(request.url)));
  if ((await wanted()).every(([path]) => have.has(path))) {
    return true;
  }
  return fill().then(() => true, () => false);
}

const paperKey = (path) => `${ROOT}${path}?v=${papers.get(path)}`;

// Older copies go when no open page needs them.
async function tidyTabs() {
  const known = await openTabs();
  if (!known.size) return;
  const open = new Set(await clientsNow());
  const before = new Set(known.values());
  for (const id of known.keys()) {
    if (open.has(id)) {
      coming.delete(id);
    } else if (!coming.delete(id)) {
      known.delete(id);
      await (await caches.open(TABS)).delete(ROOT + id);
    }
  }
  const needed = new Set([PAGES, ...known.values()]);
  for (const name of before) {
    if (!needed.has(name)) await caches.delete(name);
  }
  if (!known.size) await caches.delete(TABS);
}

async function tidy() {
  await tidyTabs();
  const needed = new Set([PAGES, ...(await openTabs()).values()]);
  for (const name of await copies()) {
    if (!needed.has(name)) await caches.delete(name);
  }
  const cache = await caches.open(PAPERS);
  const current = new Set([...papers.keys()].map(paperKey));
  for (const request of await cache.keys()) {
    if (!current.has(request.url)) {
      await cache.delete(request);
    }
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().catch(() => {}).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT)) {
    return;
  }
  const path = pathOf(request.url);
  if (request.mode === "navigate") event.waitUntil(tidyTabs().catch(() => {}));
  if (pages.has(path)) {
    event.respondWith(page(path, event));
  } else if (papers.has(path)) {
    event.respondWith(paper(path, event));
  } else if (request.mode === "navigate") {
    event.respondWith(elsewhere(path, request));
  } else {
    event.respondWith(copyFor(event).then((copy) => found(copy, ROOT + path)).then((kept) => kept ?? fetch(request)));
  }
});

// The copy that answers: a page that is opened now is of this edition, what it asks for later is of the page's.
async function copyFor({ request, clientId }) {
  const known = request.mode === "navigate" || !clientId ? null : await openTabs();
  return known?.get(clientId) ?? PAGES;
}

async function page(path, event) {
  const { request } = event;
  const opens = request.mode === "navigate";
  const copy = await copyFor(event);
  const kept = await found(copy, ROOT + path);
  if (kept && !(opens && broken)) return kept;
  try {
    // Cleared by the browser, or not kept yet: then there is still the network. What it kept itself may be of another edition.
    const response = await fetch(request, { cache: "no-cache" });
    if (response.status !== 200 || copy === LINE) return response;
    return await ofThisEdition(path, event, response, copy, opens);
  } catch (error) {
    if (!opens) throw error;
    return kept ?? notHere();
  }
}

// What the network gave, if it goes with what is kept. A newer page comes with all that is its own; a newer script
// for an older page is refused, and the page says that it is not whole (first.js).
async function ofThisEdition(path, event, response, copy, opens) {
  if (response.type !== "basic") return response;
  const bytes = await response.clone().arrayBuffer();
  const revision = await revisionOf(bytes);
  if (copy === PAGES && revision === pages.get(path) && !(opens && broken)) {
    if (core) event.waitUntil(caches.open(PAGES).then((cache) => cache.put(ROOT + path, noted(response, bytes, revision))).catch(() => {}));
    return response;
  }
  if (opens) {
    coming.add(event.resultingClientId);
    await noteTab(event.resultingClientId, LINE);
    return response;
  }
  if (copy === PAGES) broken = true;
  return Response.error();
}

// The reader's role, told by a page: what its guide leads to is kept, too.
async function keepRole(role) {
  if (!core || !(BUILD.roles || {})[role]) return;
  const cache = await caches.open(PAGES);
  if ((await roleOf([PAGES])) === role) return;
  await cache.put(ROLE_NOTE, new Response(role));
  await fill();
}

async function paper(path, event) {
  const kept = await found(PAPERS, paperKey(path));
  if (kept) return kept;
  try {
    const response = await fetch(event.request, { cache: "no-cache" });
    if (response.status === 200) {
      const copy = response.clone();
      // A full device must not spoil the download itself.
      event.waitUntil(copy.arrayBuffer().then((bytes) => keepPaper(path, copy, bytes)).catch(() => {}));
    }
    return response;
  } catch (error) {
    if (event.request.mode !== "navigate") {
      throw error;
    }
    return notHere();
  }
}

async function keepPaper(path, response, bytes) {
  if ((await revisionOf(bytes)) === papers.get(path)) {
    await (await caches.open(PAPERS)).put(paperKey(path), noted(response, bytes, papers.get(path)));
  }
}

async function elsewhere(path, request) {
  if (pages.has(`${path}/`)) {
    return Response.redirect(`${ROOT}${path}/${new URL(request.url).search}`, 302);
  }
  try {
    // The browser's own cache would still show what was withdrawn.
    return await fetch(request, { cache: "no-cache" });
  } catch {
    const kept = await found(PAGES, `${ROOT}404.html`);
    return kept ? new Response(kept.body, { status: 404, headers: kept.headers }) : notHere();
  }
}

function notHere() {
  const text = [
    '<!doctype html><html lang="vi"><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    "<title>Chưa có trên máy</title>",
    '<body style="max-width:35rem;margin:2rem auto;padding:0 1rem;font:1.1rem/1.7 sans-serif">',
    '<h1 style="font-size:1.5rem">Tệp này chưa có trên máy</h1>',
    "<p>Đang không có mạng. Khi có mạng, mở lại tệp này một lần; máy sẽ lưu để lần sau xem được.</p>",
    `<p><a href="${ROOT}">Về trang đầu</a></p>`,
  ].join("\n");
  return new Response(text, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function savedPapers() {
  return (await (await caches.open(PAPERS)).keys()).length;
}

async function status() {
  const facts = { version: BUILD.version, papers: papers.size, paperBytes: BUILD.paperBytes, part: core !== null };
  try {
    return { ...facts, whole: await whole(), saved: await savedPapers() };
  } catch {
    return { ...facts, whole: false, saved: 0 };
  }
}

async function savePapers(tell) {
  const cache = await caches.open(PAPERS);
  let saved = 0;
  let failed = 0;
  await inTurns(papers.keys(), async (path) => {
    try {
      if (!(await cache.match(paperKey(path)))) {
        await cache.put(paperKey(path), await fetched(path, papers.get(path)));
      }
      saved += 1;
    } catch {
      failed += 1;
    }
    tell({ saved, papers: papers.size });
  });
  tell({ saved: await savedPapers(), papers: papers.size, failed, done: true });
}

self.addEventListener("message", (event) => {
  const tell = (answer) => event.ports[0]?.postMessage(answer);
  if (event.data === "take-over") {
    event.waitUntil(noteTabs().catch(() => {}).then(() => self.skipWaiting()));
  } else if (event.data === "version") {
    tell({ version: BUILD.version });
  } else if (event.data === "status") {
    event.waitUntil(status().then(tell));
  } else if (event.data === "save-papers") {
    event.waitUntil(savePapers(tell));
  } else if (event.data && event.data.role) {
    event.waitUntil(keepRole(event.data.role).catch(() => {}));
  }
});
