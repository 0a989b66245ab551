"""What the commands share: how they end, what they print of the checks, what fails in CI."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

from knowledge.checks.project import check_project, check_with_drafts, editions
from knowledge.kept import kept_between_runs
from knowledge.records.issues import Issue, Level, report, worst
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import BASE_EDITION
from papers.pdf.questions import question_sheet_issues
from papers.pdf.sheets import sheet_issues
from publish.project import CACHE, ROOT, WITHOUT_PAPERS
from publish.search.names import load_names


def run(main: Callable[[], int]) -> NoReturn:
    """End with a command's exit code. SIGTERM ends it as Ctrl-C does, so that it can tidy up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)


def in_ci() -> bool:
    """Tell whether this is a CI run, where warnings fail too."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def failing(issues: Iterable[Issue], strict: bool) -> bool:
    """Tell whether any issue fails: errors always, warnings when strict, those of drafts never."""
    least = Level.WARNING if strict else Level.ERROR
    return any(issue.level >= least and not issue.draft for issue in issues)


def wanted_edition() -> str:
    """Return the edition that ``EDITION`` names, the base without it. Ends with one line where there is none of that name."""
    slug = os.environ.get("EDITION", "").strip() or BASE_EDITION
    known = editions(ROOT)
    if slug != BASE_EDITION and slug not in known:
        raise SystemExit(
            f"EDITION={slug}: không có editions/{slug}/edition.yml; đang có: {', '.join(known) or 'chưa có bản riêng nào'}"
        )
    return slug


def checked(
    strict: bool,
    with_info: bool = False,
    with_drafts: bool = False,
    also: Callable[[KnowledgeBase], Iterable[Issue]] = lambda _kb: (),
) -> tuple[KnowledgeBase, bool]:
    """Load and check the edition that ``EDITION`` names, print every fault. Returns the records and whether they pass.

    ``also`` finds more faults, where there is no error yet.
    """
    with kept_between_runs(CACHE / "kept"):
        kb, issues = (check_with_drafts if with_drafts else check_project)(ROOT, wanted_edition())
    issues = sorted([*issues, *load_names()[1]])
    # Where no paper is made, none is set for trial: the benchmark's codes of four digits need more room.
    if worst(issues) != Level.ERROR and not os.environ.get(WITHOUT_PAPERS):
        unfit = (*sheet_issues(kb, CACHE / "sheets-that-fit"), *question_sheet_issues(kb, CACHE / "questions-that-fit"))
        issues = sorted([*issues, *unfit])
    if worst(issues) != Level.ERROR:
        issues = sorted([*issues, *also(kb)])
    for line in report(issues, Level.INFO if with_info else Level.WARNING):
        print(line)
    counts = {level: sum(issue.level == level for issue in issues) for level in Level}
    records = sum(len(records) for records in kb.records.values())
    print(
        f"{records} bản ghi, {len(kb.items)} mục, {len(kb.pages)} trang: "
        f"{counts[Level.ERROR]} lỗi, {counts[Level.WARNING]} cảnh báo, "
        f"{counts[Level.INFO]} ghi chú" + ("" if with_info or not counts[Level.INFO] else " (xem: make check INFO=1)"),
        flush=True,
    )
    return kb, not failing(issues, strict)
