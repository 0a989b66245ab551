"""Files → KnowledgeBase. Reads everything, notes every fault, raises nothing."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.kinds import KIND_OF_MODEL, LISTS, InnerKind
from knowledge.records.docs_files import CHECKLISTS, DOCS, find_files, may_stand
from knowledge.records.documents import TemplateDocument
from knowledge.records.explain import explain, path_in_file
from knowledge.records.fields import Strict
from knowledge.records.ids import next_free_id, record_of_page
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import (
    KnowledgeBase,
    Origin,
    Page,
    PlacedItem,
    PlacedPart,
    natural_key,
)
from knowledge.records.large_class import LargeClass
from knowledge.records.model import (
    Checklist,
    ChecklistPage,
    Edition,
    Finding,
    Instrument,
    Milestone,
    PlainPage,
    Record,
    Role,
)
from knowledge.records.moves import FILE as MOVED_FILE
from knowledge.records.moves import Moves
from knowledge.records.read import MAX_BYTES, file_issue, read_text, split_front_matter
from knowledge.records.yaml_lines import Parsed, field_name, parse_yaml
from knowledge.records.yaml_lines import Path as FieldPath

M = typing.TypeVar("M", bound=Strict)

_DECLARED_ID = re.compile(r"^[\s-]*id:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)

EDITION_FILE = "edition.yml"


@dataclass
class Loaded:
    """What ``load`` returns: the records that could be read, and every fault."""

    kb: KnowledgeBase
    issues: list[Issue]


def load(root: Path) -> Loaded:
    """Read ``edition.yml``, ``docs/**/*.md`` and ``checklists/*.yml`` below the project's root."""
    loader = _Loader(root)
    loader.run()
    return Loaded(loader.kb, loader.issues)


class _Loader:
    """One run over the files; collects records and issues."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.issues: list[Issue] = []
        self.kb = KnowledgeBase(root, _placeholder_edition(), has_edition=False)
        self.files_of: dict[str, str] = {}

    def run(self) -> None:
        self._edition()
        self._moves()
        if not (self.root / DOCS).is_dir():
            self.issues.append(
                file_issue(
                    "docs",
                    "missing-folder",
                    "không có thư mục docs",
                    "chạy lệnh ở thư mục gốc của dự án",
                )
            )
            return
        found = find_files(self.root)
        self.issues += found.issues
        for file in found.files:
            if file.endswith(".md"):
                self._page(file.removeprefix(f"{DOCS}/"))
            elif Path(file).suffix in (".yml", ".yaml"):
                (self._checklist if file.startswith(f"{CHECKLISTS}/") else self._document)(file)
        for file in found.strays:
            self._lost_astray(file)
        self._pair_checklists_and_pages()
        self._sort()

    # Reading -------------------------------------------------------------------------------

    def _edition(self) -> None:
        parsed, ok = self._yaml_file(EDITION_FILE)
        if ok:
            edition = self._validate(Edition, parsed, EDITION_FILE)
            if edition:
                self.kb.edition, self.kb.has_edition = edition, True

    def _moves(self) -> None:
        if not (self.root / MOVED_FILE).exists():
            return
        parsed, ok = self._yaml_file(MOVED_FILE)
        moves = self._validate(Moves, parsed, MOVED_FILE) if ok else None
        if moves:
            self.kb.moves, self.kb.moves_origin = moves, Origin(MOVED_FILE, parsed)

    def _yaml_file(self, file: str) -> tuple[Parsed, bool]:
        text, issues = read_text(self.root, file)
        self.issues += issues
        if text is None:
            return Parsed(), False
        parsed = parse_yaml(text, file)
        self.issues += parsed.issues
        return parsed, not parsed.issues

    def _page(self, uri: str) -> None:
        file = f"docs/{uri}"
        expected, expected_id = record_of_page(uri)
        text, issues = read_text(self.root, file)
        self.issues += issues
        if text is None:
            self._lost(file)
            return
        split = split_front_matter(text)
        if split is None:
            self.issues.append(
                Issue(
                    file,
                    1,
                    "",
                    "missing-front-matter",
                    "thiếu phần dữ liệu đầu trang",
                    "mở đầu tệp bằng dòng “---”, các trường, rồi dòng “---”",
                )
            )
            self._lost(file)
            return
        front, body, body_line = split
        parsed = parse_yaml(front, file, 2)
        self.issues += parsed.issues
        self.issues += _to_quote(parsed, file)
        model = expected or PlainPage
        record = None if parsed.issues else self._validate(model, parsed, file)
        if record is None:
            self._lost(file)
            self.kb.pages[uri] = Page(uri, body, body_line, expected_id)
            return
        record_id = self._add(record, Origin(file, parsed), uri, expected_id)
        title = getattr(record, "title", None)
        macros = record.render_macros if isinstance(record, PlainPage) else True
        self.kb.pages[uri] = Page(uri, body, body_line, record_id, title, macros)

    def _checklist(self, file: str) -> None:
        expected_id = Path(file).stem.upper()
        parsed, ok = self._yaml_file(file)
        record = self._validate(Checklist, parsed, file) if ok else None
        if record is None:
            self._lost(file)
            return
        self._add(record, Origin(file, parsed), None, expected_id)

    def _document(self, file: str) -> None:
        expected_id = Path(file).stem.upper()
        parsed, ok = self._yaml_file(file)
        record = self._validate(TemplateDocument, parsed, file) if ok else None
        if record is None:
            self._lost(file)
            return
        origin = Origin(file, parsed)
        if record.id != expected_id:
            self.issues.append(
                origin.issue(
                    ("id",),
                    "id-file-mismatch",
                    f"mã {record.id} khác tên tệp",
                    f"ghi id: {expected_id} hoặc đổi tên tệp",
                )
            )
        self.kb.documents[record.id] = record
        self.kb.document_origins[record.id] = origin

    def _lost(self, file: str) -> None:
        """Remember what a refused file would have held: links to that stay quiet."""
        lost = _lost_with(self.root, file)
        self.kb.broken |= lost.ids
        self.kb.unread |= lost.pages
        self.kb.lost_kinds |= lost.kinds

    def _lost_astray(self, file: str) -> None:
        """The same for a file that stands where it may not, unless it is only a copy."""
        lost = _lost_with(self.root, file)
        self.kb.broken |= {one for one in lost.ids if self.kb.get(one) is None}
        missed = lost.pages - set(self.kb.pages)
        self.kb.unread |= missed
        self.kb.lost_kinds |= lost.kinds if missed else set()

    # Validating ----------------------------------------------------------------------------

    def _validate(self, model: type[M], parsed: Parsed, file: str) -> M | None:
        if not isinstance(parsed.value, dict):
            self.issues.append(
                Issue(
                    file,
                    1,
                    "",
                    "wrong-type",
                    "dữ liệu không phải các dòng “tên: giá trị”",
                    f"bắt đầu bằng “{next(iter(model.model_fields))}: …”",
                )
            )
            return None
        try:
            return model.model_validate(parsed.value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = path_in_file(tuple(detail["loc"]), parsed.value)
                message, remedy, code = explain(model, dict(detail))
                line = parsed.line_of(path)
                self.issues.append(Issue(file, line, field_name(path), code, message, remedy))
            return None

    # Collecting ----------------------------------------------------------------------------

    def _add(self, record: Strict, origin: Origin, uri: str | None, expected_id: str | None) -> str | None:
        """File a valid record under its ID; returns the ID of the record that the page shows."""
        kb = self.kb
        if isinstance(record, PlainPage):
            return None
        if uri in LISTS:
            self._add_list(LISTS[uri], record, origin)
            return None
        assert isinstance(record, Record | ChecklistPage)
        record_id = record.id
        if expected_id and record_id != expected_id:
            name = f"{record_id.lower()}{Path(origin.file).suffix}"
            self.issues.append(
                origin.issue(
                    ("id",),
                    "id-file-mismatch",
                    f"mã {record_id} khác tên tệp",
                    f"ghi id: {expected_id} hoặc đổi tên tệp thành {name}",
                )
            )
            kb.broken.add(expected_id)
        if isinstance(record, ChecklistPage):
            kb.page_of.setdefault(record_id, uri or "")
            return record_id
        if record_id in self.files_of:
            self._duplicate(origin, ("id",), record_id, set(self.files_of), self.files_of[record_id])
            return record_id
        self.files_of[record_id] = origin.file
        kb.origins[record_id] = origin
        if uri:
            kb.page_of[record_id] = uri
        kb.records[KIND_OF_MODEL[type(record)].name][record_id] = record
        if isinstance(record, Finding):
            self._add_parts(record, origin)
        if isinstance(record, Checklist):
            self._add_items(record, origin)
        if isinstance(record, Instrument):
            self._add_rules(record, origin)
        return record_id

    def _add_list(self, kind: InnerKind, page: Strict, origin: Origin) -> None:
        known = self.kb.of(kind.name)
        self.kb.list_origins[kind.name] = origin
        if isinstance(page, LargeClass):
            self.kb.large_class = page
        for index, one in enumerate(getattr(page, kind.name)):
            if one.id in known:
                self._duplicate(origin, (kind.name, index, "id"), one.id, set(known))
            else:
                known[one.id] = one

    def _duplicate(self, origin: Origin, path: FieldPath, record_id: str, taken: set[str], other: str = "") -> None:
        where = f" (đã có ở {other})" if other else ""
        self.issues.append(
            origin.issue(
                path,
                "duplicate-id",
                f"mã {record_id} bị trùng{where}",
                f"dùng mã còn trống: {next_free_id(record_id, taken)}",
            )
        )

    def _add_parts(self, finding: Finding, origin: Origin) -> None:
        for index, part in enumerate(finding.parts):
            path: FieldPath = ("parts", index)
            if not part.id.startswith(finding.id):
                self.issues.append(
                    origin.issue(
                        (*path, "id"),
                        "part-id",
                        f"mã ý {part.id} không thuộc {finding.id}",
                        f"bắt đầu bằng {finding.id}, ví dụ {finding.id}a",
                    )
                )
            elif part.id in self.kb.parts:
                self._duplicate(origin, (*path, "id"), part.id, {p.id for p in finding.parts})
            else:
                self.kb.parts[part.id] = PlacedPart(finding, part, path)

    def _add_items(self, checklist: Checklist, origin: Origin) -> None:
        number = 0
        for r, round_ in enumerate(checklist.rounds):
            for i, item in enumerate(round_.items):
                number += 1
                path: FieldPath = ("rounds", r, "items", i)
                placed = PlacedItem(checklist, round_, item, number, path)
                if placed.id in self.kb.items:
                    taken = {i.id for r in checklist.rounds for i in r.items}
                    self._duplicate(origin, (*path, "id"), item.id, taken)
                else:
                    self.kb.items[placed.id] = placed

    def _add_rules(self, instrument: Instrument, origin: Origin) -> None:
        for index, rule in enumerate(instrument.rules):
            path: FieldPath = ("rules", index)
            if rule.id in self.kb.rules:
                self._duplicate(origin, (*path, "id"), rule.id, set(self.kb.rules))
            else:
                self.kb.rules[rule.id] = (instrument, rule, path)

    def _pair_checklists_and_pages(self) -> None:
        kb = self.kb
        for page in list(kb.pages.values()):
            if not page.uri.startswith("danh-muc/") or not page.record or page.record in kb.broken:
                continue
            if page.record not in kb.checklists:
                kb.broken.add(page.record)
                self.issues.append(
                    Issue(
                        page.file,
                        0,
                        "id",
                        "page-without-data",
                        f"trang không có dữ liệu checklists/{page.record.lower()}.yml",
                        "tạo tệp đó hoặc xóa trang",
                    )
                )
        for checklist_id in kb.checklists:
            uri = f"danh-muc/{checklist_id.lower()}.md"
            if checklist_id not in kb.page_of and checklist_id not in kb.broken and uri not in kb.unread:
                self.issues.append(
                    Issue(
                        kb.origins[checklist_id].file,
                        0,
                        "",
                        "data-without-page",
                        f"phiếu rà soát không có trang docs/{uri}",
                        "tạo trang đó hoặc xóa tệp này",
                    )
                )

    def _sort(self) -> None:
        kb = self.kb
        for name, records in kb.records.items():
            ordered = sorted(records.items(), key=lambda pair: _order(pair[1], pair[0]))
            kb.records[name] = dict(ordered)
        # A removed checklist must not leave a page mapping that links would follow.
        for record_id in list(kb.page_of):
            if record_id not in self.files_of:
                del kb.page_of[record_id]


def _placeholder_edition() -> Edition:
    return Edition(name="?", date="1970-01-01", compiled_by="?")  # type: ignore[arg-type]


_INNER_IDS: dict[type[Strict], str] = {
    Instrument: "rules", **{kind.holder: kind.name for kind in LISTS.values() if kind.holder},
}  # fmt: skip
"""Records whose own ID does not tell the IDs inside them → kind of what is inside."""


@dataclass(frozen=True)
class _Lost:
    """What is missed while a file is refused: IDs, pages, kinds whose IDs cannot be told."""

    ids: set[str]
    pages: set[str]
    kinds: set[str]


def _lost_with(root: Path, file: str) -> _Lost:
    place = _place_of(file)
    if not may_stand(place):
        return _Lost(set(), set(), set())
    stem = Path(place).stem
    if not place.endswith(".md") and place.startswith(DOCS):
        return _Lost({f"{stem.upper()}.yml"}, set(), set())
    declared = set(_DECLARED_ID.findall(_legible(root / file)))
    uri = place.removeprefix(f"{DOCS}/")
    model, record_id = record_of_page(uri) if uri != place else (Checklist, stem.upper())
    ids = declared | {f"{record_id}/{one}" for one in declared} | ({record_id} if record_id else set())
    kinds = {_INNER_IDS[model]} if model in _INNER_IDS and not declared else set()
    return _Lost(ids, {uri} if uri != place else set(), kinds)


def _place_of(file: str) -> str:
    """Return where a file belongs that stands a folder too deep or is spelt in capitals."""
    parts = file.split("/")
    folder = parts[:2] if parts[0] == DOCS and len(parts) > 2 else parts[:1]
    return "/".join((*folder, parts[-1].lower()))


def _legible(path: Path) -> str:
    """Return what can be made out of a file that was refused: IDs are ASCII in any encoding."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES).replace(b"\0", b"").decode("ascii", "ignore")
    except OSError:
        return ""


def _to_quote(parsed: Parsed, file: str) -> Iterator[Issue]:
    """Yield texts that mkdocs's YAML reader takes for something else; a true date may stand."""
    for path in sorted(parsed.unquoted, key=str):
        value: Any = parsed.value
        for part in path:
            value = value[part]
        if path != ("title",) and _is_day(value):
            continue
        message = f"“{value}” sẽ bị hiểu là ngày, số hoặc có/không"
        remedy = f'đặt trong dấu ngoặc kép: "{value}"'
        yield Issue(file, parsed.line_of(path), field_name(path), "quote-it", message, remedy)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _order(record: Record, record_id: str) -> tuple[int, tuple[str, int, str]]:
    order = record.order if isinstance(record, Role | Milestone) else 0
    return order, natural_key(record_id)
