"""What opens and closes the page of a record, and the lists of what it is linked to."""

from __future__ import annotations

from knowledge.kinds import KIND_OF_MODEL, KINDS
from knowledge.links import is_stated
from knowledge.next_steps import next_steps
from knowledge.records.knowledge_base import (
    PlacedItem,
)
from knowledge.records.model import (
    Exercise,
    Milestone,
    Record,
    Role,
    SelfReview,
    Stage,
)
from knowledge.text import escape_markdown
from macros.inline import Inline

MOST_CARDS = 80
"""Cards of a list that stand open; a kind with more folds the rest."""
FIRST_CARDS = 5
"""Cards of a list that stands on another page: the front page stays as long as it is."""
FOLDED_FROM = 12
"""More items than this are folded away, sheet by sheet."""


class RecordPages(Inline):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def record_header(self) -> str:
        """Open a record page: title, what matters, the main action, the basis folded away."""
        record = self._record()
        record_id: str = record.id
        tag = self._tag(record_id)
        code = f'<span class="hd-id"> {tag}</span>' if tag else ""
        heading = f"# {escape_markdown(record.title)}{code}\n"
        if self.kb.origins[record_id].file in self.kb.drafts:
            heading += '\n<p class="hd-draft"><strong>Bản nháp.</strong> Trang này chưa công bố.</p>\n\n'
        return heading + self._html(
            f"header_{KIND_OF_MODEL[type(record)].header}.html",
            record=record,
            sheets=self._sheets_of(record),
            editors=self._paired_by_editors(record),
            stated=getattr(record, "stated", []),
        )

    def _sheets_of(self, record: Record) -> list[str]:
        """Return IDs of the sheets to open from a record's header."""
        record_id: str = record.id
        if isinstance(record, Role):
            return self.index.sheets_of_role(record_id)
        if isinstance(record, Stage):
            own = self.index.sheets_of.get(record_id, [])
            return sorted(own, key=lambda sheet: not self.kb.checklists[sheet].minimum)
        if isinstance(record, Exercise | Milestone | SelfReview):
            return []
        return self.index.sheets_against(record_id)

    def _paired_by_editors(self, record: Record) -> list[str]:
        """Return the lessons that the editors, not the source, paired with this record."""
        linked = [*getattr(record, "causes", []), *getattr(record, "solutions", [])]
        return [target for target in linked if not is_stated(record, target)]

    def linked(self, field: str) -> str:
        """List the records that a field of this record links to, marking the editors' pairings."""
        record = self._record()
        lines = []
        for target in getattr(record, field):
            summary = getattr(self.kb.get(target), "summary", "")
            mark = "" if is_stated(record, target) or field in ("stages", "roles") else " *(người biên soạn liên hệ)*"
            lines.append(f"- {self.ref(target)}{mark}" + (f"<br>{escape_markdown(summary)}" if summary else ""))
        return "\n" + "\n".join(lines) + "\n"

    def sheet_items(self) -> str:
        """List the items that act on this lesson, sheet by sheet, and the forms they use."""
        items = self.index.items_against(self._record().id)
        folded = len(items) > FOLDED_FROM
        return self._html("sheet_items.html", groups=_by_sheet(items), forms=_forms(items), folded=folded)

    def action_list(self) -> str:
        """List a solution's actions: who, what, when, evidence."""
        return self._html("actions.html", actions=self._record().actions)

    def next_steps(self, first: str = "", second: str = "", third: str = "") -> str:
        """Close a page: where to go next, computed or as given, and who links to this page."""
        record = self._record()
        record_id = record.id if record else ""
        given = [("", one) for one in (first, second, third) if one]
        steps = given or next_steps(self.index, record_id)
        links = self.index.back_links.get(record_id, {})
        placed = [self.kb.items[one] for one in links.get("items", [])]
        count = sum(map(len, links.values()))
        heading = "## Bước tiếp theo { #buoc-tiep-theo }\n"
        return heading + self._html("next_steps.html", steps=steps, links=links, count=count, placed=placed)

    def record_list(self, kind: str, form: str = "") -> str:
        """List all records of a kind as cards, with ``brief`` as titles only, with ``first`` the first few and where the rest is."""
        template = "record_titles.html" if form == "brief" else "record_list.html"
        records = list(self.kb.of(kind).values())
        shown = records[:FIRST_CARDS] if form == "first" else records
        more = len(records) - len(shown)
        # What the device knows of exercises and paths is shown in one list.
        most = len(shown) if kind in ("exercises", "milestones", "reviews") else MOST_CARDS
        return self._html(
            template, kind=kind, sentence=KINDS[kind].sentence, records=shown, more=more, most=most,
            folder=KINDS[kind].folder,
        )  # fmt: skip


def _by_sheet(items: list[PlacedItem]) -> list[tuple[str, list[PlacedItem]]]:
    groups: dict[str, list[PlacedItem]] = {}
    for placed in items:
        groups.setdefault(placed.checklist.id, []).append(placed)
    return list(groups.items())


def _forms(items: list[PlacedItem]) -> list[str]:
    return list(dict.fromkeys(form for placed in items for form in placed.item.forms))
