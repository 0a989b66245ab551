// The theme loads the search index and its worker with every page. Here both wait until the reader turns to
// the search, which spares a first visit most of its bytes. Classic script: it stands before the theme's own.
(() => {
  const open = XMLHttpRequest.prototype.open;
  let want;
  const wanted = new Promise(resolve => (want = resolve));

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    open.call(this, method, url, ...(rest.length ? rest : [true]));
    if (/\/search\/search_index\.json$/.test(url)) {
      this.send = body => wanted.then(() => XMLHttpRequest.prototype.send.call(this, body));
      this.addEventListener("error", tellFailure);
      this.addEventListener("load", () => this.status >= 400 && tellFailure());
    }
  };

  // From a folder on disk workers are made otherwise, and there is nothing to spare.
  const RealWorker = window.Worker;
  if (RealWorker && location.protocol.startsWith("http")) {
    window.Worker = function (url, options) {
      return /\/workers\/search\.[^/]*\.js$/.test(url) ? laterWorker(url, options) : new RealWorker(url, options);
    };
  }

  /** Stands for a worker that is made when it is wanted; passes messages on in their order. */
  function laterWorker(url, options) {
    const standIn = new EventTarget();
    const made = wanted.then(() => {
      const worker = new RealWorker(url, options);
      worker.onmessage = ({ data }) => standIn.dispatchEvent(new MessageEvent("message", { data }));
      worker.onerror = tellFailure;
      return worker;
    });
    standIn.postMessage = data => made.then(worker => worker.postMessage(data));
    return standIn;
  }

  function tellFailure() {
    const told = document.querySelector(".md-search-result__meta");
    if (told) told.textContent = "Không tải được dữ liệu tìm kiếm. Kiểm tra mạng rồi tải lại trang.";
  }

  const search = "#__search, [for=__search], .md-search, [data-hd-search]";
  for (const kind of ["focusin", "pointerover", "touchstart", "change"])
    document.addEventListener(kind, ({ target }) => target.closest?.(search) && want(), { capture: true, passive: true });
  if (new URLSearchParams(location.search).has("q")) want();
})();
