"""What every macro works with: the page it stands on, links from there, partials, names of records.

Knows no mkdocs: it is given the knowledge base, the page and the build's address form. Text from records is
escaped, so nothing typed there becomes markup.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from knowledge import downloads, law
from knowledge.addresses import Form, href, markdown_target, page_url, record_url
from knowledge.dates import long_day
from knowledge.document_text import WHOSE, each_of, fields_of, takes_matters
from knowledge.form_fields import FIELDS
from knowledge.index import Index
from knowledge.kinds import LABELS
from knowledge.moves import old_anchors
from knowledge.question_sheet import question_document
from knowledge.records.knowledge_base import (
    KnowledgeBase,
    anchor_of,
    place_of,
)
from knowledge.records.model import SOURCE_KINDS, Lesson
from knowledge.records.resolution_kinds import NORMATIVE, OWNERS
from knowledge.sheet_text import codes, who_does
from knowledge.text import loose_date, vn_date
from knowledge.trials import is_trial_version, told
from macros.compiled import CodeOfThisProcess, KeptCode

TEMPLATE_KINDS = {
    "official": "Văn bản hành chính",
    "internal": "Phiếu nội bộ",
    "spreadsheet": "Bảng tính",
}
EXERCISE_KINDS = {
    "one": "Chọn một câu",
    "several": "Chọn mọi câu đúng",
    "order": "Xếp theo thứ tự",
    "mark": "Đánh dấu chỗ sai",
}
SITTING_PAGE = "tra-cuu/ky-hop-dang-chuan-bi.md"
BOARD_PAGE = "tra-cuu/tien-do.md"
MATTERS_PAGE = "tra-cuu/danh-muc-noi-dung.md"
TRIED_PAGE = "tra-cuu/da-thu-o-dau.md"
CHECKLIST_KINDS = {
    "DO-CONFIRM": "Làm xong thì dừng lại, một người nhắc, người làm xác nhận từng mục.",
    "READ-DO": "Đọc đến mục nào, làm mục đó.",
}

_COMPILED = CodeOfThisProcess()
"""Of views that are given no folder to keep compiled partials in."""


class View:
    """One build as its macros see it.

    ``page`` returns the path of the page being rendered, ``form`` the build's form of addresses;
    ``cache`` is an existing folder for compiled partials; ``site_url`` is the public address
    or '', ``public_form`` its form of addresses where that is not the build's; ``through_root``: links go
    up to the root first.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        page: Callable[[], str],
        form: Callable[[], Form],
        cache: Path | None = None,
        site_url: str = "",
        public_form: Form | None = None,
        through_root: bool = False,
    ) -> None:
        self.kb = kb
        self.index = Index(kb)
        self._page = page
        self._form = form
        self._site_url = site_url
        self._public_form = public_form
        self._through_root = through_root
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # A build is short: no partial changes under it.
            auto_reload=False,
            # Compiling the partials takes longer than rendering this site with them.
            bytecode_cache=KeptCode(cache) if cache else _COMPILED,
        )
        self._templates.filters["date"] = vn_date
        self._templates.filters["long_day"] = long_day
        self._templates.filters["loose_date"] = loose_date
        self._templates.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
        self._templates.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
        self._templates.globals.update(
            kb=kb,
            link=self._href,
            record_link=self._record_link,
            title_of=self._title,
            short_of=self._short,
            tag=self._tag,
            show_rule=self._show_rule,
            as_quoted=self._as_quoted,
            source_place=self._source_place,
            settings_of=self._settings,
            addressed_by=self._addressed_by(),
            kind_labels=LABELS,
            source_kinds=SOURCE_KINDS,
            template_kinds=TEMPLATE_KINDS,
            states=law.STATES,
            how_sure=law.HOW_SURE,
            codes=codes,
            is_trial_version=is_trial_version,
            told_trials=told,
            who_does=who_does,
            checklist_kinds=CHECKLIST_KINDS,
            exercise_kinds=EXERCISE_KINDS,
            was_at=self._was_at,
            download=self._download,
            page_link=self._page_link,
            sitting_page=SITTING_PAGE,
            board_page=BOARD_PAGE,
            matters_page=MATTERS_PAGE,
            tried_page=TRIED_PAGE,
            filled_by_itself=self._filled_by_itself,
            role_names=json.dumps({role.id: role.short for role in kb.roles.values()}, ensure_ascii=False),
            pack_of=self._pack_of,
            template_file=lambda template_id: downloads.template_name(kb, template_id),
            question_fields=self._question_fields,
            owners=OWNERS,
            normative=NORMATIVE,
            pdf_name=downloads.pdf_name,
            docx_name=downloads.docx_name,
        )

    def _html(self, template: str, **context: Any) -> str:
        """Render a partial as one HTML block: no blank line inside, so Markdown leaves it alone."""
        text = self._templates.get_template(template).render(context)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return "\n" + "\n".join(lines) + "\n"

    def _href(self, record_id: str) -> str:
        return self._way_to(record_url(self.kb, record_id, self._form()))

    def _record_link(self, record_id: str, text: str = "") -> Markup:
        """Return a link by a record's name and code, or by a text; partials ask for thousands, a macro of theirs takes thrice as long."""
        name, tag = (text, "") if text else (self._short(record_id), self._tag(record_id))
        code = f'<span class="hd-id"> {escape(tag)}</span>' if tag else ""
        return Markup(f'<a href="{escape(self._href(record_id))}">{escape(name)}{code}</a>')

    def _way_to(self, url: str) -> str:
        """Return a link from this page to an address relative to the site root."""
        return href(self._page(), url, self._form(), self._through_root)

    def _download(self, name: str) -> str:
        """Return the address of a file below ``tai-ve/`` from this page."""
        return self._way_to(f"{downloads.FOLDER}/{name}")

    def _filled_by_itself(self, template_id: str) -> tuple[dict[str, str], list[str]]:
        """Return what a form takes from the sitting on the device: fields with their names, what it repeats for each."""
        template = self.kb.documents[template_id]
        # A table is filled with the matters; its heading says whose it is.
        each = each_of(template) or ["noi-dung"] * takes_matters(template)
        names = fields_of(template) if template.documents else WHOSE if each else []
        return {name: FIELDS[name].label for name in names}, each

    def _question_fields(self, kind_id: str) -> dict[str, str]:
        """Return what a kind's sheet of questions takes from the sitting on the device: fields with their names."""
        document = question_document(self.kb, self.kb.resolution_kinds[kind_id])
        return {name: FIELDS[name].label for name in fields_of(document)}

    def _was_at(self, kind: str, record_id: str) -> Markup:
        """Return empty places by the names under which an ID was reached before, for old links and printed addresses."""
        places = old_anchors(self.kb, kind, record_id)
        return Markup("").join(Markup('<span class="hd-moved" id="{}"></span>').format(place) for place in places)

    def _page_link(self, uri: str) -> str:
        """Return the address of a page that is no record, from this page."""
        return self._way_to(page_url(uri, self._form()))

    def _pack_of(self, role_or_stage: str) -> str:
        """Return the name of the print pack of a role or stage, or '' when it has none."""
        known = downloads.has_pack(self.index, role_or_stage)
        return downloads.pack_name(role_or_stage) if known else ""

    def _markdown_link(self, label: str, record_id: str) -> str:
        place = place_of(self.kb, record_id)
        if place is None:
            return label
        return f"[{label}]({markdown_target(self._page(), *place)})"

    def _title(self, record_id: str) -> str:
        record = self.kb.get(record_id)
        if record_id in self.kb.items:
            return self.kb.items[record_id].item.text
        if record_id in self.kb.evidence:
            placed = self.kb.evidence[record_id]
            return f"{placed.source.label}: {self._title(placed.evidence.part)}"
        return str(getattr(record, "title", record_id))

    def _short(self, record_id: str) -> str:
        role = self.kb.roles.get(record_id)
        instrument = self.kb.instruments.get(record_id)
        return role.short if role else instrument.short if instrument else self._title(record_id)

    def _tag(self, record_id: str) -> str:
        """Return the code shown for an ID; roles, instruments, evidence, deadlines and steps of the class have none."""
        if record_id in self.kb.items:
            placed = self.kb.items[record_id]
            return f"{placed.checklist.id} · {placed.number}"
        if record_id in self.kb.sources and record_id.islower():
            return ""
        plain = (
            self.kb.roles, self.kb.instruments, self.kb.evidence, self.kb.deadlines, self.kb.path_steps, self.kb.class_steps,
            self.kb.try_steps,
        )  # fmt: skip
        return "" if any(record_id in records for records in plain) else record_id

    def _show_rule(self, rule_id: str) -> law.Shown:
        instrument, rule, _path = self.kb.rules[rule_id]
        return law.show(instrument, rule)

    def _as_quoted(self, source_id: str, text: str) -> Markup:
        """Escape quoted text and mark the source's misprints."""
        shown = html.escape(text, quote=False)
        for misprint in self.kb.sources[source_id].misprints:
            wrong = html.escape(misprint, quote=False)
            note = f'{wrong} <span class="hd-sic">[nguyên văn]</span>'
            shown = shown.replace(wrong, note)
        return Markup(shown)

    def _settings(self, record: Lesson) -> str:
        """Say of what day and what tier the lessons are that a record quotes, each once."""
        sources = (self.kb.sources[quote.source] for quote in record.quotes)
        return " ".join(
            dict.fromkeys(one.setting or (f"Bài học năm {one.year}." if one.year else "") for one in sources)
        )

    def _addressed_by(self) -> str:
        """Return the name of the source whose addressees roles name."""
        return next((one.named for one in self.kb.sources.values() if one.addressees), "")

    def _source_place(self, source_id: str, locator: str) -> str:
        url = record_url(self.kb, source_id, self._form())
        return self._way_to(f"{url}#{anchor_of(locator)}")

    def _record(self) -> Any:
        page = self.kb.pages.get(self._page())
        return self.kb.get((page and page.record) or "")
