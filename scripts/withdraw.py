"""``make withdraw id=… why="…"``: take something out that was published; its address says so, links lead to ``instead``."""

from __future__ import annotations

import sys
from datetime import date

from publish.moving import withdraw
from scripts.carried_out import carried_out
from scripts.command import run


def main() -> int:
    """Withdraw, or say why not. Returns the exit code."""
    given = (*sys.argv[1:], "", "", "", "")[:4]
    record_id, why, instead, kind = (" ".join(one.split()) for one in given)
    # Blanks alone are no "nothing": somebody meant to name something.
    if not record_id or any(one and not one.strip() for one in given):
        print(
            'Ghi mã; phần không dùng thì để trống hẳn. Ví dụ: make withdraw id=DM21 instead=DM01 why="Đã ghép vào phiếu khác."'
        )
        return 1
    return carried_out(lambda kb: withdraw(kb, record_id, why, date.today(), instead, kind))


if __name__ == "__main__":
    run(main)
