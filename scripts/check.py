"""``make check``: every fault of the content on one line each; exit code 1 if any fails."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable

from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from scripts.command import checked, in_ci
from scripts.prove_signs import NoBrowser, sign_issues


def proven(kb: KnowledgeBase) -> Iterable[Issue]:
    """Prove the samples of draft signs; where there is no browser, say so and go on."""
    try:
        return sign_issues(kb)
    except NoBrowser as missing:
        print(f"ví dụ của dấu hiệu dự thảo chưa được thử: {missing}")
        return []


def main() -> int:
    """Check the edition that is asked for. Returns the exit code."""
    _kb, passed = checked(strict=in_ci(), with_info=bool(os.environ.get("INFO")), also=proven)
    return 0 if passed else 1


if __name__ == "__main__":
    # A short run, and all that is loaded stays: there is nothing to collect.
    gc.disable()
    sys.exit(main())
