"""All macros together, by the names under which authors call them."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.macro_specs import MACROS
from macros.deadlines import Deadlines
from macros.draft_check import DraftCheck
from macros.forms import Forms
from macros.guides import Guides
from macros.large_class import LargeClassPage
from macros.law_pages import LawPages
from macros.lessons import Lessons
from macros.practice import Practice
from macros.programme import Programme
from macros.record_pages import RecordPages
from macros.resolution_kinds import ResolutionKinds
from macros.sheets import Sheets
from macros.sources import Sources
from macros.trials import TrialPages


class Renderer(
    RecordPages,
    Lessons,
    Sheets,
    Guides,
    Practice,
    Forms,
    LawPages,
    Deadlines,
    Programme,
    DraftCheck,
    LargeClassPage,
    Sources,
    ResolutionKinds,
    TrialPages,
):
    """Makes the macros for one build: each returns Markdown (or an HTML block) for one page."""

    def macros(self) -> dict[str, Callable[..., str]]:
        """Return the macros by name, as listed in ``macro_specs.MACROS``."""
        return {name: getattr(self, name) for name in MACROS}
