"""What ``make rename`` and ``make withdraw`` share: carry a change out, or say in lines why not."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.records.knowledge_base import KnowledgeBase
from publish.changing import Change, carry_out, loaded
from publish.project import ROOT, refusal
from publish.where_named import NotPossible


def carried_out(change: Callable[[KnowledgeBase], Change]) -> int:
    """Carry out what ``change`` makes of the project's records. Returns the exit code."""
    try:
        kb = loaded(ROOT)
        print("\n".join(carry_out(kb, change(kb))))
    except NotPossible as reason:
        print(reason)
        return 1
    except OSError as error:
        print(refusal(error) or str(error))
        return 1
    return 0
