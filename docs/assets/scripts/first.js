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
