// What stands before all other scripts, the theme's too. Classic script.

// Where cookies are blocked a browser refuses even to be asked for its storage, and some apps have none. The theme's
// scripts stop at that: no search, no colours. Here something stands in that lasts as long as the page; keeper.js
// knows it by `lost` and tells the reader that nothing is kept.
(() => {
  const works = name => {
    try {
      window[name].getItem("");
      return true;
    } catch {
      return false;
    }
  };

  const standIn = () => {
    const kept = new Map();
    return {
      lost: true,
      getItem: key => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: key => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: index => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    };
  };

  for (const name of ["localStorage", "sessionStorage"]) {
    if (works(name)) continue;
    try {
      Object.defineProperty(window, name, { value: standIn(), configurable: true });
    } catch {
      // A browser that does not let it be replaced either: all but the theme's scripts works.
    }
  }
})();

// What the theme's own scripts take for granted; it would write this into every page (partials/javascripts/base.html),
// where a strict policy would have to know it by a hash for each depth of folder. Keys are the theme's, so that a colour
// chosen before stays.
(() => {
  const root = new URL("../../../", document.currentScript.src);
  const key = (scope, name) => `${scope.pathname}.${name}`;
  Object.assign(window, {
    __md_scope: root,
    __md_hash: text => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0),
    __md_get: (name, storage = localStorage, scope = root) => JSON.parse(storage.getItem(key(scope, name))),
    __md_set: (name, value, storage = localStorage, scope = root) => {
      try {
        storage.setItem(key(scope, name), JSON.stringify(value));
      } catch {
        // Full or blocked: the choice lasts as long as the page.
      }
    },
  });
})();

// What the theme's script marks on the whole page when it comes, at the end: a page that stands is then styled anew from
// top to bottom, up to four times, which on a weak phone takes longer than to draw it. Marked here, nothing stands yet.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  root.classList.add("js-focus-visible");
  root.setAttribute("data-js-focus-visible", "");
  // Without its script the page is one without script.
  addEventListener("error", ({ target }) => {
    if (target instanceof HTMLScriptElement && target.src.includes("/javascripts/bundle.")) root.classList.replace("js", "no-js");
  }, true);

  // The theme would put such an element in, too: whenever one comes or says the same again, all is styled anew. What it
  // makes stays outside the page; the one below follows the same colours.
  const { head } = document;
  head.appendChild = node =>
    node instanceof HTMLMetaElement && node.name === "color-scheme" ? node : Node.prototype.appendChild.call(head, node);
  const colours = document.createElement("meta");
  colours.name = "color-scheme";
  const follow = scheme => {
    const wanted = scheme === "slate" ? "dark" : "light";
    if (colours.content !== wanted) colours.content = wanted;
  };
  let chosen = null;
  try {
    chosen = __md_get("__palette");
  } catch {
    // Not readable: as the device has it, as for the theme.
  }
  follow(chosen?.color?.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default"));
  head.append(colours);
  document.addEventListener("DOMContentLoaded", () => {
    const { body } = document;
    const look = () => follow(body.getAttribute("data-md-color-scheme"));
    new MutationObserver(look).observe(body, { attributeFilter: ["data-md-color-scheme"] });
    look();
  });
  // Only who changes the colours has the page marked, so that they change at once.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-md-component=palette] input")) return;
    root.setAttribute("data-hd-switching", "");
    setTimeout(() => root.removeAttribute("data-hd-switching"), 50);
  }, true);
})();

// Where a device keeps what its reader ticks and does: by edition, for several may share a host. The base edition
// takes over what was kept before editions had names (keeper.js). All scripts take the names from here.
(() => {
  const { edition, base } = document.currentScript.dataset;
  const place = (name) => ({ key: `hdnd.${edition}.${name}`, former: base === undefined ? "" : `hdnd.${name}` });
  const places = { ticks: place("v1"), practice: place("tap.v1"), room: place("cho"), draft: place("du-thao") };
  /** Whether something is kept at a place; where storage is blocked nothing can be. */
  const isKept = ({ key, former }) => {
    try {
      return [key, former].some((one) => one && localStorage.getItem(one) !== null);
    } catch {
      return false;
    }
  };
  window.hdnd = Object.freeze({ places, isKept });
  // The room that the first lines of the board took last time is kept for them, so that nothing below jumps.
  try {
    const room = Number(localStorage.getItem(places.room.key));
    if (room > 0 && room < 5000) document.documentElement.style.setProperty("--hd-room", `${room}px`);
  } catch {
    // Nothing was kept.
  }
})();

// On a weak line a script may be lost: the page then looks whole, and what should be ticked or typed is not there.
// The script that loads all others is asked for once more; what is lost for good is told, once.
(() => {
  let told = false;

  function tell() {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", tell, { once: true });
      return;
    }
    const article = document.querySelector("article");
    if (told || !article) return;
    told = true;
    const line = document.createElement("p");
    line.className = "hd-missing hd-no-print";
    line.setAttribute("role", "alert");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "md-button";
    again.textContent = "Tải lại trang";
    again.addEventListener("click", () => location.reload());
    line.append("Trang chưa tải đủ, có chỗ chưa tích, chưa ghi hoặc chưa tìm được. Kiểm tra mạng rồi tải lại. ", again);
    const title = article.querySelector("h1");
    if (title) title.after(line);
    else article.prepend(line);
  }

  // Only those that are asked for by an element; load-on-need.js tells of those that it loads.
  addEventListener("error", ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || !target.src) return;
    const again = "again" in target.dataset;
    if (target.type !== "module" || again) {
      tell();
      return;
    }
    const second = document.createElement("script");
    second.type = "module";
    second.dataset.again = "";
    // Under the same address some browsers remember that it failed.
    second.src = `${target.src}?again`;
    target.after(second);
  }, true);
  addEventListener("hd-lost-script", tell);
})();
