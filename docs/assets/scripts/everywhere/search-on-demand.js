// The theme loads the search index and its worker with every page. Here both wait until the reader turns to
// the search, which spares a first visit most of its bytes. Classic script: it stands before the theme's own.
(() => {
  const open = XMLHttpRequest.prototype.open;
  let want;
  const wanted = new Promise(resolve => (want = resolve));

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    open.call(this, method, url, ...(rest.length ? rest : [true]));
    if (String(url).endsWith("/search/search_index.json")) {
      this.send = body => wanted.then(() => XMLHttpRequest.prototype.send.call(this, body));
      leaveReadingToWorker(this);
      this.addEventListener("error", tellFailure);
      this.addEventListener("load", () => this.status >= 400 && tellFailure());
    }
  };

  /** The theme reads the whole index here, then copies it to its worker: it is given the settings alone, the worker the
   * file as it came (`publish/search/lunr.vi.js` reads it there).
   */
  let index;
  // Of the messages between the theme and its worker; the last one is ours.
  const [SETTINGS, READY, ALONE] = [0, 1, "alone"];
  const BEFORE_DOCUMENTS = ',"docs":';
  function leaveReadingToWorker(request) {
    request.addEventListener("load", () => {
      const whole = request.response;
      if (request.status >= 400 || !(whole instanceof Blob)) return;
      const text = async () => {
        const head = await whole.slice(0, 10000).text();
        const end = head.indexOf(BEFORE_DOCUMENTS);
        if (end < 0) return whole.text();
        index = whole;
        return `${head.slice(0, end)}${BEFORE_DOCUMENTS}[]}`;
      };
      Object.defineProperty(request, "response", { value: { text } });
    });
  }
  const withIndex = message => message.type === SETTINGS && index ? { ...message, data: { ...message.data, docs: index } } : message;

  // From a folder on disk workers are made otherwise, and there is nothing to spare.
  const RealWorker = window.Worker;
  if (RealWorker) {
    window.Worker = function (url, options) {
      if (!/\/workers\/search\.[^/]*\.js$/.test(url)) return new RealWorker(url, options);
      const later = location.protocol.startsWith("http");
      return withoutByteOrderMarks(later ? laterWorker(url, options) : new RealWorker(url, options));
    };
  }

  /** The theme takes a byte order mark for a blank, although it may stand inside a word: it is sent as
   * another of the letters that nobody sees, which our index knows how to read. */
  function withoutByteOrderMarks(worker) {
    const post = worker.postMessage.bind(worker);
    worker.postMessage = message =>
      post(typeof message.data === "string" ? { ...message, data: message.data.replace(/\ufeff/g, "\u200b") } : message);
    return worker;
  }

  /** Stands for a worker that is made when it is wanted; passes messages on in their order. */
  function laterWorker(url, options) {
    const standIn = new EventTarget();
    let alone = false; // whether the next time that it is ready is for its language alone
    const made = wanted.then(() => {
      const worker = new RealWorker(url, options);
      worker.onmessage = ({ data }) => {
        if (data.type === ALONE) alone = true;
        else if (data.type === READY && alone) alone = false;
        else standIn.dispatchEvent(new MessageEvent("message", { data }));
      };
      worker.onerror = tellFailure;
      worker.postMessage(languageAlone());
      return worker;
    });
    standIn.postMessage = data => made.then(worker => worker.postMessage(withIndex(data)));
    return standIn;
  }

  /** Settings without documents: the worker loads its language while the index is on its way, not after it. It says that
   * it is ready for that, too, which is no news for the theme. */
  function languageAlone() {
    const config = { lang: [document.documentElement.lang], separator: "", pipeline: [], fields: {} };
    return { type: SETTINGS, data: { config, docs: [], options: {} } };
  }

  function tellFailure() {
    const told = document.querySelector(".md-search-result__meta");
    if (told) told.textContent = "Không tải được dữ liệu tìm kiếm. Kiểm tra mạng rồi tải lại trang.";
  }

  const search = "#__search, [for=__search], .md-search, [data-hd-search]";
  for (const kind of ["focusin", "pointerover", "touchstart", "change"])
    document.addEventListener(kind, ({ target }) => target.closest?.(search) && want(), { capture: true, passive: true });
  if (new URLSearchParams(location.search).has("q")) want();

  // The theme looks at the field when a key is let go, but words also come by paste, drop, dictation, input
  // methods and the browser's own filling in; and the button to clear leaves the focus alone on some phones.
  const QUERY = "[data-md-component='search-query']";
  const look = field => field.dispatchEvent(new KeyboardEvent("keyup"));
  function changed({ type, target }) {
    if (!target.matches?.(QUERY)) return;
    want();
    look(target);
    const toggle = document.getElementById("__search");
    // Words that were put in without the focus are searched, too. Not at a "change": leaving the field is one.
    if (type === "input" && target.value && toggle && !toggle.checked) toggle.click();
  }
  for (const kind of ["input", "change", "compositionend"]) document.addEventListener(kind, changed, true);
  document.addEventListener("reset", ({ target }) => {
    const field = target.querySelector(QUERY);
    // It is emptied after this event.
    if (field) setTimeout(look, 0, field);
  });
  // Filled before this script came, or given back by the browser on the way back to this page.
  function lookAtWhatIsThere() {
    const field = document.querySelector(QUERY);
    if (!field?.value) return;
    want();
    look(field);
  }
  document.addEventListener("DOMContentLoaded", lookAtWhatIsThere);
  window.addEventListener("pageshow", lookAtWhatIsThere);
})();
