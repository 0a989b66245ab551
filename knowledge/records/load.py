"""Files → KnowledgeBase. Reads everything, notes every fault, raises nothing."""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.kinds import GO_ON, KIND_OF_MODEL, LISTS, InnerKind
from knowledge.records.deadlines import Deadline
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
    PlacedEvidence,
    PlacedItem,
    PlacedPart,
    natural_key,
)
from knowledge.records.large_class import LargeClass
from knowledge.records.layers import (
    FIRST_OWN,
    NEEDED_PAGES,
    folder_of,
    link_fields,
    without_at,
    without_links,
    without_mentions,
)
from knowledge.records.model import (
    BASE_EDITION,
    Checklist,
    ChecklistPage,
    Edition,
    Finding,
    Instrument,
    Limit,
    Milestone,
    OwnEdition,
    PlainPage,
    Record,
    Role,
    Rule,
    RuleWithLimit,
    Source,
)
from knowledge.records.moves import FILE as MOVED_FILE
from knowledge.records.moves import Moves
from knowledge.records.read import MAX_BYTES, read_text, split_front_matter
from knowledge.records.yaml_lines import Parsed, field_name, parse_yaml
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest

M = typing.TypeVar("M", bound=Strict)

_DECLARED_ID = re.compile(r"^[\s-]*id:\s*[\"']?([^\s\"'#]+)", re.MULTILINE)

_PICTURES = f"{DOCS}/assets/images/"
"""What an edition may have instead of the base's: its mark."""
_SAID = ("name", "compiled_by", "contact", "notices")
"""What an edition says of itself in the fields of the base."""
_TITLE = re.compile(r"^title:\s*(.*?)\s*$", re.MULTILINE)
_DRAFT = re.compile(r"^draft:\s*true\b", re.MULTILINE)

EDITION_FILE = "edition.yml"
_UNREAD = Edition(name="?", date=date(1970, 1, 1), compiled_by="?")
"""What stands for an edition whose file was refused; ``has_edition`` keeps checks from judging days by it."""


@dataclass
class Loaded:
    """What ``load`` returns: the records that could be read, and every fault."""

    kb: KnowledgeBase
    issues: list[Issue]


def load(root: Path, drafts: Collection[str] = (), slug: str = BASE_EDITION) -> Loaded:
    """Read ``edition.yml``, ``docs/**/*.md`` and ``checklists/*.yml`` below the project's root, and an edition over them.

    Files of drafts are left out, and named in the knowledge base, unless they stand in ``drafts``.
    """
    loader = _Loader(root, frozenset(drafts), slug)
    loader.run()
    return Loaded(loader.kb, loader.issues)


class _Loader:
    """One run over the files; collects records and issues."""

    def __init__(self, root: Path, drafts: frozenset[str], slug: str = BASE_EDITION) -> None:
        self.root = root
        self.drafts = drafts
        self.folder = folder_of(slug)
        self.issues: list[Issue] = []
        self.kb = KnowledgeBase(root, _UNREAD, has_edition=False)
        self.files_of: dict[str, str] = {}
        self.own_origin = Origin(f"{self.folder}/{EDITION_FILE}", Parsed())

    def run(self) -> None:
        self._edition()
        self._moves()
        if not (self.root / DOCS).is_dir():
            self.issues.append(
                Issue.of_file(
                    "docs",
                    "missing-folder",
                    "không có thư mục docs",
                    "chạy lệnh ở thư mục gốc của dự án",
                )
            )
            return
        found = find_files(self.root)
        self.issues += found.issues
        files = self._layered(found.files) if self.folder else found.files
        for file in files:
            if file.endswith(".md"):
                self._page(file.removeprefix(f"{DOCS}/"))
            elif file.removeprefix(f"{DOCS}/") in GO_ON:
                self._more(file, GO_ON[file.removeprefix(f"{DOCS}/")])
            elif Path(file).suffix in (".yml", ".yaml"):
                (self._checklist if file.startswith(f"{CHECKLISTS}/") else self._document)(file)
        for file in found.strays:
            self._lost_astray(file)
        self._pair_checklists_and_pages()
        if self.kb.own:
            self._apply_limits(self.kb.own)
        self._sort()

    # An edition over the base -----------------------------------------------------------------

    def _layered(self, base: list[str]) -> list[str]:
        """Return the files of the base less those dropped, with the edition's own; pictures may stand before the base's."""
        own = find_files(self.root / self.folder)
        self.issues += [replace(issue, file=f"{self.folder}/{issue.file}") for issue in own.issues]
        for file in own.files:
            if file in base and not file.startswith(_PICTURES):
                self.issues.append(
                    Issue.of_file(
                        f"{self.folder}/{file}", "own-file-taken", "bản gốc đã có tệp này",
                        f"đặt mã riêng từ {FIRST_OWN} hoặc bắt đầu bằng tên bản; không dùng bản gốc thì ghi mã vào drop",
                    )
                )  # fmt: skip
        self.kb.own_files = {file for file in own.files if file not in base or file.startswith(_PICTURES)}
        self._drop(base)
        left = [file for file in base if file not in self.kb.dropped.files and file not in self.kb.own_files]
        return sorted([*left, *self.kb.own_files], key=lambda file: file.split("/"))

    def _drop(self, base: list[str]) -> None:
        dropped, own = self.kb.dropped, self.kb.own
        for index, wanted in enumerate(own.drop if own else []):
            files = [file for file in base if wanted in (_id_of(file), file.removeprefix(f"{DOCS}/"))]
            if not files:
                known = [one for one in map(_id_of, base) if one]
                guess = nearest(wanted, known)
                self.issues.append(
                    self.own_origin.issue(
                        ("drop", index), "unknown-id", f"bản gốc không có “{wanted}”",
                        f"có phải “{guess}”?" if guess else "ghi mã bản ghi hoặc đường dẫn trang",
                    )
                )  # fmt: skip
            for file in files:
                uri = file.removeprefix(f"{DOCS}/")
                if uri in LISTS or uri in GO_ON or uri in NEEDED_PAGES or Path(file).name == "index.md":
                    remedy = "giữ lại, xóa khỏi drop"
                    message = f"{wanted} là trang mà các trang khác và chương trình cần tới"
                    self.issues.append(self.own_origin.issue(("drop", index), "not-droppable", message, remedy))
                    continue
                lost = _lost_with(self.root, file)
                dropped.files.add(file)
                dropped.pages |= lost.pages
                title = _TITLE.search(_legible_text(self.root / file))
                for one in lost.ids:
                    # A sheet's item, a part, a rule, evidence: bare IDs inside a record may be those of other things.
                    if one == _id_of(file) or "/" in one or "." in one or re.fullmatch(r"HC\d+[a-z]+|BC-.+", one):
                        dropped.ids.setdefault(one, title[1].strip("\"' ") if title else one)
        if any(re.fullmatch(r"HC\d+[a-z]+", one) for one in dropped.ids):
            dropped.ids.update(self._evidence_of_dropped(base))
        if own and own.notices is None and dropped.pages:
            notices = [one for one in self.kb.edition.notices if one.page not in dropped.pages]
            self.kb.edition = self.kb.edition.model_copy(update={"notices": notices})

    def _evidence_of_dropped(self, base: list[str]) -> dict[str, str]:
        """Return what sources that stay hold of dropped parts, ID → the source's label: it goes with the parts."""
        found = {}
        for file in base:
            if file in self.kb.dropped.files or record_of_page(file.removeprefix(f"{DOCS}/"))[0] is not Source:
                continue
            split = split_front_matter(_legible_text(self.root / file))
            value = parse_yaml(split[0], file).value if split else None
            data = value if isinstance(value, dict) else {}
            held = data.get("evidence")
            for one in held if isinstance(held, list) else []:
                if isinstance(one, dict) and one.get("part") in self.kb.dropped.ids:
                    found[str(one.get("id"))] = str(data.get("label"))
        return found

    def _not_droppable(self, record_id: str, message: str) -> None:
        drop = self.kb.own.drop if self.kb.own else []
        holder = next(
            (index for index, one in enumerate(drop) if record_id == one or record_id.startswith(f"{one}/")), None
        )
        path: FieldPath = ("drop",) if holder is None else ("drop", holder)
        self.issues.append(self.own_origin.issue(path, "not-droppable", message, "giữ lại, xóa khỏi drop"))

    def _apply_limits(self, own: OwnEdition) -> None:
        """Give rules and deadlines what the edition's council fixed."""
        for rule_id, limit in own.limits.items():
            placed = self.kb.rules.get(rule_id)
            counted = [one for one in self.kb.deadlines.values() if one.local == rule_id]
            if placed is None or not (placed[1].validity == "local" or counted):
                known = {one.local for one in self.kb.deadlines.values() if one.local}
                known |= {one for one, (_law, rule, _path) in self.kb.rules.items() if rule.validity == "local"}
                guess = nearest(rule_id, known)
                self.issues.append(
                    self.own_origin.issue(
                        ("limits", rule_id), "unknown-id", f"“{rule_id}” không phải thời hạn tự ghi",
                        f"có phải “{guess}”?" if guess else "xem các mã ở trang Thời hạn theo Quy chế",
                    )
                )  # fmt: skip
                continue
            instrument, rule, path = placed
            given = RuleWithLimit(**{name: getattr(rule, name) for name in Rule.model_fields}, given=limit)
            self.kb.rules[rule_id] = (instrument, given, path)
            rules = [given if one.id == rule_id else one for one in instrument.rules]
            self._replace_instrument(instrument.model_copy(update={"rules": rules}))
            for one in counted:
                self._count_anew(one, limit, ("limits", rule_id))

    def _replace_instrument(self, instrument: Instrument) -> None:
        self.kb.records["instruments"][instrument.id] = instrument
        for rule_id, (one, rule, path) in self.kb.rules.items():
            if one.id == instrument.id:
                self.kb.rules[rule_id] = (instrument, rule, path)

    def _count_anew(self, deadline: Deadline, limit: Limit, path: FieldPath) -> None:
        if limit.days is None or (limit.other is not None and limit.other_days is None):
            self.issues.append(
                self.own_origin.issue(
                    path, "limit", f"“{limit.value}” không phải số ngày", "ghi như 07 ngày hoặc 05 ngày làm việc"
                )
            )
            return
        amount, unit = limit.days
        other = limit.other_days[0] if limit.other_days else None
        update = {"amount": amount, "unit": unit, "amount_other": other}
        self.kb.deadlines[deadline.id] = deadline.model_copy(update=update)

    # Reading -------------------------------------------------------------------------------

    def _edition(self) -> None:
        parsed, ok = self._yaml_file(EDITION_FILE)
        if ok:
            edition = self._validate(Edition, parsed, EDITION_FILE)
            if edition:
                self.kb.edition, self.kb.has_edition = edition, True
                self.kb.notices_origin = Origin(EDITION_FILE, parsed)
        if not self.folder:
            return
        file = f"{self.folder}/{EDITION_FILE}"
        parsed, ok = self._yaml_file(file)
        self.own_origin = Origin(file, parsed)
        own = self._validate(OwnEdition, parsed, file) if ok else None
        if own:
            self.kb.own = own
            self.kb.own_origin = self.own_origin
            if own.notices is not None:
                self.kb.notices_origin = self.own_origin
            said = {name: value for name in _SAID if (value := getattr(own, name)) is not None}
            slug = Path(self.folder).name
            self.kb.edition = self.kb.edition.model_copy(update={**said, "slug": slug})

    def _read(self, file: str) -> tuple[str | None, list[Issue]]:
        return read_text(self.root / self.folder if file in self.kb.own_files else self.root, file)

    def _moves(self) -> None:
        if not (self.root / MOVED_FILE).exists():
            return
        parsed, ok = self._yaml_file(MOVED_FILE)
        moves = self._validate(Moves, parsed, MOVED_FILE) if ok else None
        if moves:
            self.kb.moves, self.kb.moves_origin = moves, Origin(MOVED_FILE, parsed)

    def _yaml_file(self, file: str) -> tuple[Parsed, bool]:
        text, issues = self._read(file)
        self.issues += issues
        if text is None:
            return Parsed(), False
        parsed = parse_yaml(text, file)
        self.issues += parsed.issues
        return parsed, not parsed.issues

    def _page(self, uri: str) -> None:
        file = f"docs/{uri}"
        expected, expected_id = record_of_page(uri)
        text, issues = self._read(file)
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
        if self.kb.dropped:
            kept, stuck = without_mentions(body, uri, self.kb.dropped)
            for name, gone in stuck:
                self._not_droppable(gone, f"docs/{uri} còn dùng {{{{ {name}(…) }}}} của {gone}")
            if kept != body:
                self.kb.rewritten[uri] = f"---\n{front}\n---\n{kept}"
                body = kept
        parsed = parse_yaml(front, file, 2)
        if self._left_out(file, expected_id, parsed, front):
            return
        self.issues += parsed.issues
        model = expected or PlainPage
        if model is ChecklistPage and isinstance(parsed.value, dict) and "draft" in parsed.value and expected_id:
            remedy = f"ghi draft: true trong {CHECKLISTS}/{expected_id.lower()}.yml, xóa dòng này"
            line = parsed.line_of(("draft",))
            self.issues.append(Issue(file, line, "draft", "draft-on-page", "trang của phiếu không ghi draft", remedy))
            kept_data = {name: one for name, one in parsed.value.items() if name != "draft"}
            parsed = replace(parsed, value=kept_data, unquoted=parsed.unquoted - {("draft",)})
        told = len(self.issues)
        record = None if parsed.issues else self._validate(model, parsed, file)
        # What the type refuses is told once, with what to write.
        refused = {issue.field for issue in self.issues[told:]}
        self.issues += [issue for issue in _to_quote(parsed, file) if issue.field not in refused]
        if record is None:
            self._lost(file)
            self.kb.pages[uri] = Page(uri, body, body_line, expected_id)
            return
        record_id = self._add(record, Origin(file, parsed), uri, expected_id)
        title = getattr(record, "title", None)
        macros = record.render_macros if isinstance(record, PlainPage) else True
        description = getattr(record, "description", None)
        self.kb.pages[uri] = Page(uri, body, body_line, record_id, title, macros, description)

    def _checklist(self, file: str) -> None:
        expected_id = Path(file).stem.upper()
        text, issues = self._read(file)
        parsed = parse_yaml(text, file) if text is not None else Parsed()
        if text is not None and self._left_out(file, expected_id, parsed, text):
            return
        self.issues += [*issues, *parsed.issues]
        ok = text is not None and not parsed.issues
        record = self._validate(Checklist, parsed, file) if ok else None
        if record is None:
            self._lost(file)
            return
        self._add(record, Origin(file, parsed), None, expected_id)

    def _document(self, file: str) -> None:
        expected_id = Path(file).stem.upper()
        if f"{file.removesuffix(Path(file).suffix)}.md" in self.kb.drafts:
            self.kb.drafts[file] = expected_id
            return
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

    def _more(self, file: str, kind: InnerKind) -> None:
        """Read the file in which a page's list goes on."""
        parsed, ok = self._yaml_file(file)
        record = self._validate(kind.more_holder, parsed, file) if ok and kind.more_holder else None
        if record is None:
            self._lost(file)
            return
        self._add_listed(kind, record, Origin(file, parsed))

    def _left_out(self, file: str, record_id: str | None, parsed: Parsed, text: str) -> bool:
        """Tell whether a file is of a draft that is not read; a sheet's page goes with its data."""
        told = isinstance(parsed.value, dict) and parsed.value.get("draft") is True
        # Of what cannot be parsed, the line itself still tells.
        draft = told or bool(parsed.issues and _DRAFT.search(text))
        # A sheet's own data say it, not its page.
        draft = draft and not file.startswith(f"{DOCS}/danh-muc/")
        sheet = record_id is not None and f"{CHECKLISTS}/{record_id.lower()}.yml" in self.kb.drafts
        if record_id is None or not (draft or sheet):
            return False
        self.kb.drafts[file] = record_id
        return file not in self.drafts

    def _lost(self, file: str) -> None:
        """Remember what a refused file would have held: links to that stay quiet."""
        lost = _lost_with(self.root / self.folder if file in self.kb.own_files else self.root, file)
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
        value = parsed.value
        # An edition's own records do not link to what it drops: that is told.
        if self.kb.dropped and file not in self.kb.own_files:
            kept = without_links(value, self.kb.dropped.ids, _link_fields())
            value = _fitting(model, kept) if kept != value else value
        try:
            return parsed.once(model, value, lambda: model.model_validate(value))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = path_in_file(tuple(detail["loc"]), value)
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
        if isinstance(record, Source):
            for index, one in enumerate(record.evidence):
                self.kb.evidence.setdefault(one.id, PlacedEvidence(record, one, ("evidence", index)))
        return record_id

    def _add_list(self, kind: InnerKind, page: Strict, origin: Origin) -> None:
        self.kb.list_origins[kind.name] = origin
        if isinstance(page, LargeClass):
            self.kb.large_class = page
        self._add_listed(kind, page, origin)

    def _add_listed(self, kind: InnerKind, holder: Strict, origin: Origin) -> None:
        known, places = self.kb.of(kind.name), self.kb.listed_at.setdefault(kind.name, {})
        for index, one in enumerate(getattr(holder, kind.name)):
            if one.id in known:
                self._duplicate(origin, (kind.name, index, "id"), one.id, set(known))
            else:
                known[one.id] = one
                places[one.id] = origin, (kind.name, index)

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
                    page.issue(
                        "page-without-data",
                        f"trang không có dữ liệu checklists/{page.record.lower()}.yml",
                        "tạo tệp đó hoặc xóa trang",
                        field="id",
                    )
                )
        for checklist_id in kb.checklists:
            uri = f"danh-muc/{checklist_id.lower()}.md"
            if checklist_id not in kb.page_of and checklist_id not in kb.broken and uri not in kb.unread:
                self.issues.append(
                    Issue.of_file(
                        kb.origins[checklist_id].file,
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


_INNER_IDS: dict[type[Strict], str] = {
    Instrument: "rules", Source: "evidence", **{kind.holder: kind.name for kind in LISTS.values() if kind.holder},
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
    more = GO_ON.get(place.removeprefix(f"{DOCS}/"))
    if more:
        told = set(_DECLARED_ID.findall(_legible(root / file)))
        return _Lost(told, set(), set() if told else {more.name})
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


def _fitting(model: type[Strict], value: Any) -> Any:
    """Return a record's data without the structures that what an edition drops has left too short."""
    for _round in range(20):
        try:
            model.model_validate(value)
        except ValidationError as error:
            short = [detail["loc"] for detail in error.errors(include_url=False) if detail["type"] == "too_short"]
            inside = [
                loc[: max(i for i, one in enumerate(loc) if isinstance(one, int)) + 1]
                for loc in short
                if any(isinstance(one, int) for one in loc)
            ]
            if not inside:
                return value
            value = without_at(value, inside[0])
        else:
            return value
    return value


@functools.cache
def _link_fields() -> frozenset[str]:
    return link_fields([*KIND_OF_MODEL, *(kind.holder for kind in LISTS.values() if kind.holder), TemplateDocument])


def _id_of(file: str) -> str | None:
    """Return the ID that a file's name stands for, or None for a page that is no record."""
    if file.startswith(f"{CHECKLISTS}/") or file.endswith((".yml", ".yaml")):
        return Path(file).stem.upper()
    return record_of_page(file.removeprefix(f"{DOCS}/"))[1] if file.endswith(".md") else None


def _legible_text(path: Path) -> str:
    try:
        return path.read_bytes()[:MAX_BYTES].decode("utf-8", "replace")
    except OSError:
        return ""


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


def _order(record: Record, record_id: str) -> tuple[int, tuple[str, int, int, str]]:
    order = record.order if isinstance(record, Role | Milestone) else 0
    return order, natural_key(record_id)
