"""``make rename from=… to=…``: give an ID or a page another name; links, files and old addresses follow."""

from __future__ import annotations

import sys
from datetime import date

from publish.moving import rename
from scripts.carried_out import carried_out
from scripts.command import run


def main() -> int:
    """Rename, or say why not. Returns the exit code."""
    given = (*sys.argv[1:], "", "", "")[:3]
    old, new, kind = (" ".join(one.split()) for one in given)
    # Blanks alone are no "nothing": somebody meant to name something.
    if not old or not new or (given[2] and not kind):
        print(
            "Ghi mã cũ, mã mới. Phần không dùng thì để trống hẳn. Ví dụ: make rename from=DM04/ten-du-y to=DM04/ten-du"
        )
        return 1
    return carried_out(lambda kb: rename(kb, old, new, date.today(), kind))


if __name__ == "__main__":
    run(main)
