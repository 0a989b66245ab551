// The theme loads the search index with every page. Here it waits until the reader turns to the search,
// which spares a first visit most of its bytes. Classic script: it stands before the theme's own.
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

  function tellFailure() {
    const told = document.querySelector(".md-search-result__meta");
    if (told) told.textContent = "Không tải được dữ liệu tìm kiếm. Kiểm tra mạng rồi tải lại trang.";
  }

  const search = "#__search, [for=__search], .md-search, [data-hd-search]";
  for (const kind of ["focusin", "pointerover", "touchstart", "change"])
    document.addEventListener(kind, ({ target }) => target.closest?.(search) && want(), { capture: true, passive: true });
  if (new URLSearchParams(location.search).has("q")) want();
})();
