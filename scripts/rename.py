"""``make rename from=… to=…``: give an ID or a page another name; links, files and old addresses follow."""

from __future__ import annotations

import sys
from datetime import date

from publish.moving import NotPossible, carry_out, loaded, rename
from publish.project import ROOT, refusal
from scripts.command import run


def main() -> int:
    """Rename, or say why not. Returns the exit code."""
    old, new, kind = (*(one.strip() for one in sys.argv[1:]), "", "", "")[:3]
    if not old or not new:
        print("Ghi mã cũ, mã mới. Ví dụ: make rename from=DM04/ten-du-y to=DM04/ten-du")
        return 1
    try:
        kb = loaded(ROOT)
        print("\n".join(carry_out(kb, rename(kb, old, new, date.today(), kind))))
    except NotPossible as reason:
        print(reason)
        return 1
    except OSError as error:
        print(refusal(error) or str(error))
        return 1
    return 0


if __name__ == "__main__":
    run(main)
