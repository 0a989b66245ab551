// Draws what is long piece by piece, each in a frame of its own, so that a weak phone shows and hears something in between.

/** A page that is not seen draws no frames: after so many milliseconds its next piece is drawn all the same. */
const UNSEEN = 500;

/** {start(pieces), until(isThere)}: `start` forgets what was not drawn yet; `until` draws on at once until something is there. */
export function makeTurns() {
  let left = [];
  let turn = 0;
  const next = (mine) => {
    let isDone = false;
    const draw = () => {
      if (isDone || mine !== turn) return;
      isDone = true;
      try {
        left.shift()?.();
      } finally {
        if (left.length) next(mine);
      }
    };
    requestAnimationFrame(() => setTimeout(draw));
    setTimeout(draw, UNSEEN);
  };
  return {
    start(pieces) {
      left = [...pieces];
      turn += 1;
      if (left.length) next(turn);
    },
    until(isThere) {
      while (left.length && !isThere()) left.shift()();
    },
  };
}

/** A list in slices, each as long as all before it together: what each slice has laid out anew stays in proportion. */
export function slicesOf(all, first) {
  const slices = [];
  for (let from = 0, size = first; from < all.length; from += size, size = from) slices.push(all.slice(from, from + size));
  return slices;
}
