"""``make withdraw id=… why="…"``: take something out that was published; its address says so, links lead to ``instead``."""

from __future__ import annotations

import sys
from datetime import date

from publish.moving import NotPossible, carry_out, loaded, withdraw
from publish.project import ROOT, refusal
from scripts.command import run


def main() -> int:
    """Withdraw, or say why not. Returns the exit code."""
    record_id, why, instead, kind = (*(" ".join(one.split()) for one in sys.argv[1:]), "", "", "", "")[:4]
    if not record_id:
        print('Ghi mã. Ví dụ: make withdraw id=DM21 instead=DM01 why="Đã ghép vào phiếu khác."')
        return 1
    try:
        kb = loaded(ROOT)
        print("\n".join(carry_out(kb, withdraw(kb, record_id, why, date.today(), instead, kind))))
    except NotPossible as reason:
        print(reason)
        return 1
    except OSError as error:
        print(refusal(error) or str(error))
        return 1
    return 0


if __name__ == "__main__":
    run(main)
