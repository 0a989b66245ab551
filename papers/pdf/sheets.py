"""Checklists as PDF: one page each, set by Typst from the same records as the web page."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from knowledge.addresses import record_url
from knowledge.index import Index
from knowledge.qr import qr_svg
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase, PlacedItem
from knowledge.records.model import Checklist
from knowledge.sheet_text import (
    EACH_VOTE,
    LEGEND,
    back_of,
    basis_line,
    law_line,
    lessons_line,
    names,
    stamp,
    usual_who,
    who_does,
)
from knowledge.text import vn_date
from papers.cache import Keep, anew
from papers.ingredients import setting_digest
from papers.pdf.stamps import CODE_SIZE, EDITION, Slot, Stamp, slots, stamped
from papers.sheet_geometry import GAP, PAGE, geometry

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
DataAt = Callable[[str], dict[str, Any]]
"""Gives what a sheet shows at a public address, or without one: ''."""
StampsOf = Callable[[dict[str, Any]], list[Stamp]]


class SheetOverflow(Exception):
    """A sheet that does not fit its page; ``item`` is the longest one, ``millimetres`` what is over."""

    def __init__(self, checklist: str, item: str, millimetres: int) -> None:
        super().__init__(f"{checklist}: phiếu dài hơn một trang A4 {millimetres} mm; dài nhất: {item}")
        self.checklist, self.item, self.millimetres = checklist, item, millimetres


def sheet_data(kb: KnowledgeBase, checklist: Checklist, site_url: str = "") -> dict[str, Any]:
    """Return what a sheet shows, as text; ``site_url`` is the public address or ''."""
    address = site_url + record_url(kb, checklist.id, "directory") if site_url else ""
    rounds = []
    # Who reminds and who confirms is told once at the head; a round tells it where others do.
    usual = usual_who(kb, checklist)
    for number, round_ in enumerate(checklist.rounds, 1):
        items = [kb.items[f"{checklist.id}/{item.id}"] for item in round_.items]
        rounds.append(
            {
                "number": number,
                "title": round_.title,
                "when": f"{round_.when}. {EACH_VOTE}" if round_.each_vote else round_.when,
                "who": who if (who := who_does(kb, round_)) != usual else [],
                "items": [_item_data(kb, placed) for placed in items],
            }
        )
    return {
        "id": checklist.id,
        "title": checklist.title,
        "who": usual,
        "legend": LEGEND,
        "lessons": lessons_line(kb, checklist),
        "back": back_of(kb, checklist),
        "geometry": geometry(),
        "stamp": [fact._asdict() for fact in stamp(kb, checklist)],
        "edition": f"{kb.edition.name}, bản {vn_date(kb.edition.date)}",
        "basis": basis_line(kb, checklist),
        "law": law_line(kb, checklist),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": qr_svg(address) if address else "",
        "rounds": rounds,
    }


def _item_data(kb: KnowledgeBase, placed: PlacedItem) -> dict[str, Any]:
    item = placed.item
    return {
        "id": item.id,
        "number": placed.number,
        "text": item.text,
        "answer": f"Cột {placed.number}, mặt sau" if item.column else item.answer,
        "critical": item.critical,
        "branches": [
            {"unless": branch.unless, "front": branch.front}
            for branch in placed.checklist.branches
            if branch.item == item.id and branch.front
        ],
        "by": names(kb, item.by),
    }


def sheet_pdf(data: dict[str, Any], keep: Keep = anew) -> bytes:
    """Set one sheet: one A4 page, tagged PDF/UA-1, bundled font only, the same bytes every time.

    What editions share is kept. Raises SheetOverflow.
    """
    return stamped_page("single_sheet.typ", data, sheet_stamps(data), keep)


def stamped_page(template: str, data: dict[str, Any], stamps: list[Stamp], keep: Keep) -> bytes:
    """Set a page by one of the templates and put its stamps onto it; the page is kept. Raises SheetOverflow."""
    stamps_pdf = set_stamps(stamps)
    page = keep(compiled, template, shared(data, slots(stamps_pdf)))
    return stamped(page, stamps_pdf, stamps, data["edition"])


def set_page(page: dict[str, Any]) -> bytes:
    """Set what of a sheet all editions have alike. Raises SheetOverflow."""
    return compiled("single_sheet.typ", page)


USUAL_NAME = "Sổ tay HĐND phường Một Hai Ba"
USUAL_ADDRESS = "sotayhdnd.tinh-mot-hai.gov.vn/phuong-mot-hai"
"""Names and addresses of editions are rarely longer: room for these is kept, so that their pages are shared."""
STAMPED = ("edition", "stamp", "basis", "law", "lessons", "address", "qr")
"""What of a sheet's data is set apart: it differs between editions, or stands on one line with what does."""


def shared(data: dict[str, Any], places: list[Slot]) -> dict[str, Any]:
    """Return what of a sheet all editions set alike, with the places of its stamps."""
    own = {name: value for name, value in data.items() if name not in STAMPED}
    return {**own, "made-by": EDITION, "code-size": CODE_SIZE, "slots": [place._asdict() for place in places]}


def sheet_stamps(data: dict[str, Any]) -> list[Stamp]:
    """Return what stands at a sheet's foot."""
    usual = {"basis": data["law"], "stamp": [*data["stamp"][:-1], {"text": USUAL_NAME, "strong": False}]}
    return foot_stamps(data, usual)


def foot_stamps(data: dict[str, Any], usual: dict[str, Any], apart: bool = True) -> list[Stamp]:
    """Return a foot's lines, and its address as a code where it has one; lessons have a line ``apart``."""
    width = PAGE["width"] - 2 * PAGE["side"] - (CODE_SIZE + GAP if data["qr"] else 0)
    lessons = f"Bài học: {data['lessons']}. " if data["lessons"] else ""
    address = [data["address"]] if data["address"] else []
    told = f"{lessons}Căn cứ: {data['basis']}. {' · '.join([*(fact['text'] for fact in data['stamp']), *address])}"
    facts = {name: data[name] for name in ("stamp", "basis", "lessons", "address")}
    if data["address"]:
        usual = {**usual, "address": f"{USUAL_ADDRESS}/{'/'.join(data['address'].split('/')[-3:])}"}
    stamps = [Stamp({"kind": "foot", **facts, "apart": apart, "usual": usual}, told, width)]
    if data["qr"]:
        code = {"kind": "qr", "qr": data["qr"], "address": data["address"]}
        stamps.append(Stamp(code, f"Mã QR: {data['address']}", CODE_SIZE, picture=True))
    return stamps


def set_stamps(stamps: list[Stamp]) -> bytes:
    """Set stamps, a page each, as large as it is."""
    told = [{**one.facts, "width": one.width} for one in stamps]
    return compiled("stamps.typ", {"geometry": geometry(), "stamps": told}, tagged=False)


class MissingLetter(Exception):
    """Text with a letter that the bundled font lacks; the typesetter would leave it out."""

    def __init__(self, letter: str, text: str) -> None:
        super().__init__(f"chữ “{letter}” (U+{ord(letter):04X}) không có trong phông in: “{text[:60]}”")
        self.letter, self.text = letter, text


@functools.cache
def font_letters() -> frozenset[int]:
    """Return the code points that both weights of the bundled font have."""
    # Imported late: whoever finds every sheet set before needs no fonts.
    from fontTools.ttLib import TTFont

    covered = []
    for weight in ("Regular", "Bold"):
        with TTFont(FONTS / f"BeVietnamPro-{weight}.ttf") as font:
            covered.append(set(font.getBestCmap()))
    return frozenset(covered[0] & covered[1])


def missing_letter(data: Any) -> MissingLetter | None:
    """Return the first letter in a paper's data that could not be printed."""
    if isinstance(data, str):
        if data.startswith("<svg"):
            return None
        lacking = next((char for char in data if ord(char) not in font_letters()), None)
        return MissingLetter(lacking, data) if lacking else None
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return next(filter(None, map(missing_letter, parts)), None)


def compiled(template: str, data: Any, tagged: bool = True) -> bytes:
    """Compile one of the Typst templates beside this module with its data; what is put into a tagged page has no tags.

    Raises SheetOverflow, MissingLetter.
    """
    import typst

    if missing := missing_letter(data):
        raise missing
    try:
        result = typst.compile(
            str(HERE / template),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="ua-1" if tagged else None,
            pdf_tags=tagged,
        )
    except typst.TypstError as error:
        raise _overflow(str(error)) or error from None
    assert isinstance(result, bytes)
    return result


def _overflow(message: str) -> SheetOverflow | None:
    _head, found, rest = message.partition("overflow|")
    if not found:
        return None
    checklist, item, over = rest.split("|")[:3]
    digits = "".join(char for char in over if char.isdigit())
    return SheetOverflow(checklist, item, int(digits))


def sheet_issues(kb: KnowledgeBase, fitting: Path | None = None) -> Iterator[Issue]:
    """Set every sheet and return a fault for each that cannot be printed on its one page.

    ``fitting`` is a file that remembers sheets found to fit, by all that goes into them: those are not set again.
    """

    def overflow(sheet: str, over: SheetOverflow) -> Issue:
        return kb.origins[sheet].issue(
            (*kb.items[f"{sheet}/{over.item}"].path, "text"),
            "sheet-overflow",
            f"phiếu dài hơn một trang A4 {over.millimetres} mm; mục này dài nhất",
            "rút ngắn mục này trước; hoặc bỏ bớt một mục",
        )

    data_of = {checklist.id: partial(sheet_data, kb, checklist) for checklist in kb.checklists.values()}
    return trial_issues(kb, data_of, sheet_stamps, set_page, overflow, fitting)


def trial_issues(
    kb: KnowledgeBase,
    data_of: Mapping[str, DataAt],
    stamps_of: StampsOf,
    set_one: Callable[[dict[str, Any]], object],
    overflow: Callable[[str, SheetOverflow], Issue],
    fitting: Path | None,
) -> Iterator[Issue]:
    """Set sheets for trial, by ID, and yield a fault for each that cannot be printed; ``overflow`` tells one too long."""
    fits = Fitting(fitting)
    places = fits.places(data_of, stamps_of)
    for record_id, data_at in data_of.items():
        try:
            fits.tries(data_at, stamps_of, set_one, places.get(record_id))
        except MissingLetter as missing:
            yield letter_issue(kb, record_id, missing)
        except SheetOverflow as over:
            yield overflow(record_id, over)
    fits.save()


def letter_issue(kb: KnowledgeBase, record_id: str, missing: MissingLetter) -> Issue:
    """Return the fault of a record with a letter that cannot be printed."""
    return kb.origins[record_id].issue((), "missing-letter", str(missing), "thay bằng chữ thường dùng")


class Fitting:
    """Remembers in a file what was found to fit its page, by all that goes into it; without a file, nothing."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.before = set(file.read_text("ascii").split()) if file and file.is_file() else set()
        self.found: set[str] = set()

    def known(self, data: dict[str, Any]) -> bool:
        """Tell whether this was found to fit in an earlier run."""
        return bool(self.before) and _key(data) in self.before

    def add(self, *found: dict[str, Any]) -> None:
        """Remember what fits."""
        if self.file:
            self.found |= set(map(_key, found))

    def places(self, data_of: Mapping[str, DataAt], stamps_of: StampsOf) -> dict[str, list[Slot]]:
        """Return the places that the stamps of sheets need, by ID: of those that are to be tried.

        All stamps are set at once, which takes a quarter of the time; none where a letter is missing, which is told of its sheet.
        """
        stamps = {
            name: stamps_of(data_at(LONG_ADDRESS)) for name, data_at in data_of.items() if not self.known(data_at(""))
        }
        every = [one for of_sheet in stamps.values() for one in of_sheet]
        if not every or missing_letter([one.facts for one in every]):
            return {}
        heights = iter(slots(set_stamps(every)))
        return {
            name: [Slot(number, next(heights).height) for number, _stamp in enumerate(of_sheet)]
            for name, of_sheet in stamps.items()
        }

    def tries(
        self,
        data_at: DataAt,
        stamps_of: StampsOf,
        set_one: Callable[[dict[str, Any]], object],
        places: list[Slot] | None = None,
    ) -> None:
        """Set a sheet for trial, unless it was found to fit; ``data_at`` gives its data for a public address or ''.

        ``places`` of its stamps, if they were set before. Raises MissingLetter, SheetOverflow.
        """
        data = data_at("")
        if self.known(data):
            return
        tried = data_at(LONG_ADDRESS)
        # Of editions that differ in what is set apart one is tried for all.
        page = shared(tried, places or slots(set_stamps(stamps_of(tried))))
        if not self.known(page):
            set_one(page)
        self.add(data, page)

    def save(self) -> None:
        """Write what was found; a file that has grown too long begins anew."""
        if self.file and self.found:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            part = self.file.with_suffix(f".{os.getpid()}.part")
            kept = self.found if len(self.before) > MOST_KNOWN else self.found | self.before
            part.write_text("\n".join(sorted(kept)), "ascii")
            part.replace(self.file)


MOST_KNOWN = 5_000
"""Sheets that are remembered to fit; then the file begins anew."""
LONG_ADDRESS = "https://vi-du.vn/so-tay-hdnd/"
"""Sheets are set for trial with a code and an address of usual length."""


def _key(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{_look()}\n{LONG_ADDRESS}\n{text}".encode()).hexdigest()[:32]


_look = functools.cache(setting_digest)
"""Of the code that this process has loaded."""


def sheets_in_stage_order(index: Index, checklist_ids: list[str]) -> list[str]:
    """Return sheets in the order in which their first round comes."""
    stages = list(index.kb.stages)

    def key(checklist_id: str) -> tuple[int, str]:
        stage = index.kb.checklists[checklist_id].rounds[0].stage
        return (stages.index(stage) if stage in stages else len(stages), checklist_id)

    return sorted(checklist_ids, key=key)
