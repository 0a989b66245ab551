// The copy on the device: keeps the site for reading without network, says so in one quiet line at the
// foot, and announces a newer edition. From a folder on disk everything is there anyway: does nothing.
import { button, make } from "../ui/element.js";

const root = new URL("../../../", import.meta.url);
const line = navigator.connection;
// Some browsers have the object and yet refuse to be asked for it (storage blocked).
const workers = location.protocol.startsWith("http") ? navigator.serviceWorker : undefined;

// What the copy costs on the line; publish/worker/write_worker.py writes it into the built site.
const COPY_BYTES = null;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;

// One question to the worker; `heard` gets every answer until the last.
function query(worker, question, heard) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => heard(data);
  worker.postMessage(question, [port2]);
}

// The quiet line ------------------------------------------------------------------------------------

const foot = document.querySelector(".md-footer-meta__inner");
const box = make("div", { class: "hd-offline hd-no-print" });
const said = make("p");
box.append(said);

function say(text) {
  said.textContent = text;
  if (!box.isConnected) {
    foot?.prepend(box);
    // What changes later is read out; what stood there from the start is not.
    requestAnimationFrame(() => said.setAttribute("role", "status"));
  }
}

const unmetered = () => !line?.saveData && (line?.type === "wifi" || line?.type === "ethernet");
let saver = null;
let pagesKept = false;
// A newer edition that could not be fetched: what is kept is whole and old.
let behind = false;
const NOT_KEPT = "Chưa lưu được để xem khi không có mạng. Lần mở sau sẽ thử lại.";

function sayKept({ whole = true, part = false, saved, papers, paperBytes }) {
  pagesKept = whole;
  if (!whole) {
    say("Bản lưu trên máy bị thiếu. Mở lại sổ tay khi có mạng để lưu bù.");
    return;
  }
  const all = saved >= papers;
  const kept = part ? "Đã lưu trang của vai trò và trang đã mở để xem khi không có mạng." : "Đã lưu để xem khi không có mạng.";
  const head = navigator.onLine ? kept : "Đang không có mạng: xem bản đã lưu trên máy.";
  const some = `Tệp PDF, Word, Excel: đã lưu ${saved} trong ${papers} tệp.`;
  const newer = behind ? " Có bản mới nhưng chưa tải được. Lần mở sau sẽ thử lại." : "";
  say(`${head} ${all ? `Có cả ${papers} tệp PDF, Word, Excel.` : some}${newer}`);
  saver?.remove();
  saver = null;
  if (!all && navigator.onLine) {
    saver = button(`Lưu cả tệp PDF, Word, Excel (${megabytes(paperBytes)})`, savePapers);
    box.append(saver);
  }
}

async function refresh() {
  const registration = await workers.getRegistration(root);
  if (registration?.active) {
    query(registration.active, "status", (answer) => {
      sayKept(answer);
      if (answer.part) tellRole(registration.active);
    });
  }
}

// A site that is not kept whole keeps what its reader's role needs.
async function tellRole(worker) {
  const { current } = await import("../kept/store.js");
  const { sittings, current: open } = current();
  const role = sittings[open]?.facts.role;
  if (role) worker.postMessage({ role });
}

async function savePapers() {
  const registration = await workers.getRegistration(root);
  if (!registration?.active) {
    return;
  }
  if (saver) {
    saver.disabled = true;
    // Asked for by the reader, so worth keeping when the device runs short of room.
    navigator.storage?.persist?.().catch(() => {});
  }
  query(registration.active, "save-papers", ({ saved, papers, failed, done }) => {
    if (!done) {
      // Every tenth, or a screen reader would speak without end.
      if (saved % 10 === 0) {
        say(`Đang lưu tệp: ${saved} trong ${papers}.`);
      }
    } else if (failed) {
      say(`Chưa lưu được ${failed} tệp: mạng yếu, máy hết chỗ hoặc máy chủ đang cập nhật bản mới. Đã lưu ${saved} trong ${papers} tệp.`);
      if (saver) {
        saver.disabled = false;
      }
    } else {
      refresh();
    }
  });
}

// A newer edition -----------------------------------------------------------------------------------

const LATER = "so-tay.later";
let asked = false;

function announce(registration) {
  const waiting = registration.waiting;
  if (!waiting || !workers.controller || document.querySelector(".hd-update")) {
    return;
  }
  query(waiting, "status", async ({ version }) => {
    // The same edition, its list written another way on the line: nothing new for the reader.
    if (version === (await versionOf(workers.controller))) {
      waiting.postMessage("take-over");
      return;
    }
    let put = "";
    try {
      put = sessionStorage.getItem(LATER) ?? "";
    } catch {
      // Storage may be blocked: then the bar comes again on the next page.
    }
    if (put === version || document.querySelector(".hd-update")) {
      return;
    }
    const bar = make("aside", { class: "hd-update hd-no-print md-typeset", "aria-label": "Bản mới của sổ tay" });
    const text = make("p", { role: "status" });
    const remove = () => {
      bar.remove();
      document.documentElement.classList.remove("hd-has-update");
    };
    bar.append(
      text,
      button("Dùng bản mới", () => {
        asked = true;
        // Another tab may have taken it meanwhile.
        if (registration.waiting) registration.waiting.postMessage("take-over");
        else location.reload();
      }),
      button("Để sau", () => {
        remove();
        try {
          sessionStorage.setItem(LATER, version);
        } catch {
          // As above.
        }
      }),
    );
    document.body.append(bar);
    const { classList, style } = document.documentElement;
    classList.add("hd-has-update");
    // What else stands at the foot of the window stands above it.
    const measure = () => style.setProperty("--hd-update", `${bar.offsetHeight}px`);
    measure();
    window.addEventListener("resize", measure);
    requestAnimationFrame(() => {
      text.textContent = "Sổ tay có bản mới.";
    });
  });
}

function versionOf(worker) {
  return new Promise((done) => {
    query(worker, "version", ({ version }) => done(version));
    // Workers of earlier editions do not know the question.
    setTimeout(done, 1000, "");
  });
}

function watch(registration) {
  announce(registration);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    const first = !registration.active;
    if (first) {
      say("Đang lưu để xem khi không có mạng…");
    }
    let fetched = false;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed") fetched = true;
      if (coming.state === "installed" && !first) {
        behind = false;
        announce(registration);
      } else if (coming.state === "activated") {
        refresh();
        if (first && unmetered()) {
          savePapers();
        }
      } else if (coming.state === "redundant" && first && !pagesKept) {
        say(NOT_KEPT);
      } else if (coming.state === "redundant" && !first && !fetched) {
        behind = true;
        refresh();
      }
    });
  });
}

// Start ---------------------------------------------------------------------------------------------

async function register() {
  let registration;
  try {
    registration = await workers.register(new URL("sw.js", root));
  } catch {
    // Not allowed here (private window, plain http, in-app browser), or something else came in place of the list.
    if (!(await workers.getRegistration(root).catch(() => undefined))) say(NOT_KEPT);
    return;
  }
  try {
    watch(registration);
    // A worker found before anybody watched it.
    if (registration.installing && !registration.active) {
      registration.dispatchEvent(new Event("updatefound"));
    }
    // A page left open for days asks again when it is looked at, at most once an hour.
    let last = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && Date.now() - last > 3_600_000) {
        last = Date.now();
        registration.update().catch(() => {});
      }
    });
  } catch {
    // An app that has workers in name only: the site works as before.
  }
}

async function start() {
  workers.addEventListener("controllerchange", () => {
    if (asked) {
      location.reload();
    }
  });
  for (const change of ["online", "offline"]) {
    window.addEventListener(change, refresh);
  }
  const known = await workers.getRegistration(root).catch(() => undefined);
  if (known?.active) {
    refresh();
  }
  if (line?.saveData && !known) {
    // Somebody who saves data is asked before the whole copy goes over the line.
    say("Có thể lưu sổ tay để xem khi không có mạng.");
    const keep = button(`Lưu cả sổ tay${COPY_BYTES ? ` (khoảng ${megabytes(COPY_BYTES)})` : ""}`, () => {
      keep.remove();
      register();
    });
    box.append(keep);
    return;
  }
  register();
}

// The first page comes first: keeping the others begins when it is ready and the device is idle.
if (workers) {
  const idle = window.requestIdleCallback ?? ((act) => setTimeout(act));
  const later = () => setTimeout(() => idle(start, { timeout: 2000 }), 1000);
  if (document.readyState === "complete") {
    later();
  } else {
    window.addEventListener("load", later, { once: true });
  }
}
