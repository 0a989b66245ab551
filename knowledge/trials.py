"""Which sheets were tried by people, and what is said of it: “Bản dùng thử” goes by itself where the list says so."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.records.trials import Trial, TryReport, TryStep

ENOUGH = 3
"""How many people have to have tried the present version of a sheet before it is no trial version any more."""
TRIAL_VERSION = "Bản dùng thử"
UNTRIED = "chưa thử"


def counted(checklist: Checklist) -> list[Trial]:
    """Return the trials of a sheet that somebody has looked at, oldest first."""
    return [trial for trial in checklist.trialled if not trial.draft]


def people_of_present(checklist: Checklist) -> int:
    """Return how many people tried the version that stands now; what was changed since is tried anew."""
    return sum(trial.people for trial in counted(checklist) if trial.version == checklist.version)


def is_trial_version(checklist: Checklist) -> bool:
    """Tell whether a sheet still bears “Bản dùng thử”."""
    return people_of_present(checklist) < ENOUGH


def told(checklist: Checklist) -> str:
    """Return how far a sheet was tried, as the end of a sentence."""
    people = people_of_present(checklist)
    if people >= ENOUGH:
        return f"đã có {people} người dùng thử phiên bản này"
    if people:
        return f"mới có {people} người dùng thử phiên bản này"
    return "phiên bản này chưa ai dùng thử" if counted(checklist) else "chưa ai dùng ở kỳ họp thật"


def told_of_all(kb: KnowledgeBase) -> str:
    """Return how far all sheets were tried, in one sentence."""
    sheets = list(kb.checklists.values())
    done = sum(not is_trial_version(one) for one in sheets)
    if not any(counted(one) for one in sheets):
        return "Các phiếu là bản dùng thử: chưa ai dùng ở kỳ họp thật."
    if not done:
        return f"Các phiếu là bản dùng thử: chưa phiếu nào đủ {ENOUGH} người dùng."
    rest = len(sheets) - done
    others = f"; {rest} phiếu còn là bản dùng thử" if rest else ""
    return f"{done} phiếu đã có từ {ENOUGH} người dùng thử trở lên{others}."


class Tried(NamedTuple):
    """A trial with the sheet that was tried."""

    checklist: Checklist
    trial: Trial


def all_trials(kb: KnowledgeBase) -> list[Tried]:
    """Return all trials that count, the newest first."""
    found = [Tried(sheet, trial) for sheet in kb.checklists.values() for trial in counted(sheet)]
    return sorted(found, key=lambda one: one.trial.date, reverse=True)


def last_report(step: TryStep) -> TryReport | None:
    """Return what was reported last of a step, None where nobody has tried it."""
    return max(step.reports, key=lambda one: one.date, default=None)
