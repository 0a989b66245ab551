"""``make check``: every fault of the content on one line each; exit code 1 if any fails."""

from __future__ import annotations

import gc
import os
import sys

from scripts.command import checked, in_ci

if __name__ == "__main__":
    # A short run, and all that is loaded stays: there is nothing to collect.
    gc.disable()
    _kb, passed = checked(strict=in_ci(), with_info=bool(os.environ.get("INFO")))
    sys.exit(0 if passed else 1)
