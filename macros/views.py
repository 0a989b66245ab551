"""The macros that authors call: each returns Markdown (or an HTML block) for one page.

Knows no mkdocs: it is given the knowledge base, the page it stands on and the build's address form.
Text from records is escaped, so nothing typed there becomes markup.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from . import downloads, law
from .addresses import Form, href, markdown_target, page_url, record_url
from .coverage import paragraph_at
from .document_text import ground_text, numbered_blocks
from .documents import FORM_NAMES
from .drawing import cycle, layered_map
from .graph import is_stated
from .guide import Index, Step, deadlines_of
from .kinds import KIND_OF_MODEL, KINDS, LABELS
from .knowledge import KnowledgeBase, PlacedItem, anchor_of, place_of, rule_anchor
from .law_usage import law_usage
from .load import GLOSSARY_PAGE
from .macro_specs import MACROS
from .model import (
    ALWAYS,
    Exercise,
    Finding,
    Milestone,
    OrderedStep,
    Record,
    Role,
    SelfReview,
    Stage,
)
from .next_steps import next_steps
from .qr import qr_svg
from .sheet_text import basis_line, codes, stamp
from .text import escape_markdown, slugify, vn_date

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
LAW_GROUPS = {
    "plain": ("Đã thấy trong văn bản, đang áp dụng", "da-thay"),
    "reported": ("Theo trang tin, chưa đối chiếu văn bản gốc", "theo-trang-tin"),
    "historical": ("Quy định cũ, chỉ để hiểu bài học", "quy-dinh-cu"),
    "local": ("Chỗ trống, điền theo Quy chế làm việc", "quy-che"),
}
SITTING_PAGE = "tra-cuu/ky-hop-dang-chuan-bi.md"
STUDY_TEMPLATE = "BM19"
"""The template whose fields the study sheet for a draft has."""

FOLDED_FROM = 12
"""More items than this are folded away, sheet by sheet."""

CHECKLIST_KINDS = {
    "DO-CONFIRM": "Làm xong thì dừng lại, đọc to và xác nhận từng mục.",
    "READ-DO": "Đọc đến mục nào, làm mục đó.",
}


class Renderer:
    """Makes the macros for one build.

    ``page`` returns the path of the page being rendered, ``form`` the build's form of addresses;
    ``cache`` is an existing folder for compiled partials; ``site_url`` is the public address
    or '', ``public_form`` its form of addresses where that is not the build's.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        page: Callable[[], str],
        form: Callable[[], Form],
        cache: Path | None = None,
        site_url: str = "",
        public_form: Form | None = None,
    ) -> None:
        self.kb = kb
        self.index = Index(kb)
        self._page = page
        self._form = form
        self._site_url = site_url
        self._public_form = public_form
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Compiling the partials takes longer than rendering this site with them.
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(cache)) if cache else None,
        )
        self._templates.filters["date"] = vn_date
        self._templates.globals.update(
            kb=kb,
            link=self._href,
            title_of=self._title,
            short_of=self._short,
            tag=self._tag,
            show_rule=self._show_rule,
            as_quoted=self._as_quoted,
            source_place=self._source_place,
            kind_labels=LABELS,
            template_kinds=TEMPLATE_KINDS,
            states=law.STATES,
            how_sure=law.HOW_SURE,
            state_line=law.state_line,
            codes=codes,
            checklist_kinds=CHECKLIST_KINDS,
            exercise_kinds=EXERCISE_KINDS,
            local_blank=law.LOCAL_BLANK,
            download=self._download,
            page_link=self._page_link,
            sitting_page=SITTING_PAGE,
            role_names=json.dumps(
                {role.id: role.short for role in kb.roles.values()}, ensure_ascii=False
            ),
            pack_of=self._pack_of,
            template_file=lambda template_id: downloads.template_name(kb, template_id),
            sheet_pdf=downloads.sheet_pdf_name,
            sheet_docx=downloads.sheet_docx_name,
        )

    def macros(self) -> dict[str, Callable[..., str]]:
        """Return the macros by name, as listed in ``macro_specs.MACROS``."""
        return {name: getattr(self, name) for name in MACROS}

    # Helpers ---------------------------------------------------------------------------------

    def _html(self, template: str, **context: Any) -> str:
        """Render a partial as one HTML block: no blank line inside, so Markdown leaves it alone."""
        text = self._templates.get_template(template).render(context)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return "\n" + "\n".join(lines) + "\n"

    def _href(self, record_id: str) -> str:
        return href(self._page(), record_url(self.kb, record_id, self._form()), self._form())

    def _download(self, name: str) -> str:
        """Return the address of a file below ``tai-ve/`` from this page."""
        return href(self._page(), f"{downloads.FOLDER}/{name}", self._form())

    def _page_link(self, uri: str) -> str:
        """Return the address of a page that is no record, from this page."""
        return href(self._page(), page_url(uri, self._form()), self._form())

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
        return str(getattr(record, "title", record_id))

    def _short(self, record_id: str) -> str:
        role = self.kb.roles.get(record_id)
        instrument = self.kb.instruments.get(record_id)
        return role.short if role else instrument.short if instrument else self._title(record_id)

    def _tag(self, record_id: str) -> str:
        """Return the code shown for an ID; roles and instruments have none."""
        if record_id in self.kb.items:
            placed = self.kb.items[record_id]
            return f"{placed.checklist.id} · {placed.number}"
        return "" if record_id in self.kb.roles or record_id in self.kb.instruments else record_id

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

    def _source_place(self, source_id: str, locator: str) -> str:
        url = record_url(self.kb, source_id, self._form())
        return href(self._page(), f"{url}#{anchor_of(locator)}", self._form())

    def _record(self) -> Any:
        page = self.kb.pages.get(self._page())
        return self.kb.get((page and page.record) or "")

    # Inline macros -----------------------------------------------------------------------------

    def ref(self, record_id: str, text: str = "") -> str:
        """Link to a record, part or item: its code and title, or the given text."""
        tag = self._tag(record_id)
        label = escape_markdown(text or self._short(record_id))
        code = f'<span class="hd-id">{tag}</span> ' if tag and not text else ""
        return self._markdown_link(code + label, record_id)

    def term(self, term_id: str, text: str = "") -> str:
        """Link to a glossary entry, with its meaning as tooltip."""
        term = self.kb.terms[term_id]
        label = escape_markdown(text or term.abbreviation or term.title)
        meaning = html.escape(term.definition, quote=True).replace('"', "&quot;")
        target = markdown_target(self._page(), GLOSSARY_PAGE, term_id)
        return f'[{label}]({target} "{meaning}")'

    def rule(self, rule_id: str) -> str:
        """State a rule: its sentence, where it stands, and its label if one is due."""
        shown = self._show_rule(rule_id)
        place = self._markdown_link(escape_markdown(shown.reference), rule_id)
        label = f"; {escape_markdown(shown.label)}" if shown.label else ""
        if shown.manner == "local":
            # A reader's own deadline takes the place of the blank.
            label = f'; <span data-hd-rule="{rule_id}">{escape_markdown(shown.label)}</span>'
        return f"{escape_markdown(shown.text.rstrip('.'))} ({place}{label})."

    def quote(self, source_id: str, locator: str) -> str:
        """Show a paragraph of a source, verbatim, with its place."""
        paragraph = paragraph_at(self.kb.sources[source_id], locator)
        return self._html("quote.html", source=source_id, paragraph=paragraph)

    def edition(self, field: str) -> str:
        """Show a fact about the edition."""
        value = getattr(self.kb.edition, field)
        if field == "date":
            return vn_date(value)
        return escape_markdown(str(value or ""))

    # Blocks on record pages ----------------------------------------------------------------------

    def record_header(self) -> str:
        """Open a record page: title, what matters, the main action, the basis folded away."""
        record = self._record()
        record_id: str = record.id
        tag = self._tag(record_id)
        code = f'<span class="hd-id">{tag}</span> ' if tag else ""
        heading = f"# {code}{escape_markdown(record.title)}\n"
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
        if isinstance(record, Role | Stage):
            own = self.index.sheets_of.get(record_id, [])
            role = isinstance(record, Role)
            # Those that the role holds itself first, and of these the minimum set.
            return sorted(
                own,
                key=lambda sheet: (
                    role and not self.index.holds(sheet, record_id),
                    not self.kb.checklists[sheet].minimum,
                ),
            )
        if isinstance(record, Exercise | Milestone | SelfReview):
            return []
        counts = Counter(placed.checklist.id for placed in self.index.items_against(record_id))
        return sorted(counts, key=lambda sheet: (-counts[sheet], sheet))

    def _paired_by_editors(self, record: Record) -> list[str]:
        """Return the lessons that the editors, not the source, paired with this record."""
        linked = [*getattr(record, "causes", []), *getattr(record, "solutions", [])]
        return [target for target in linked if not is_stated(record, target)]

    def part(self, part_id: str) -> str:
        """Show one part of a finding: heading with its address, quotation, items that prevent it."""
        placed = self.kb.parts[part_id]
        heading = (
            f'### <span class="hd-id">{part_id}</span> {escape_markdown(placed.part.title)}'
            f" {{ #{part_id.lower()} }}\n"
        )
        items = self.index.items_against(part_id)
        return heading + self._html("part.html", part=placed.part, items=items)

    def linked(self, field: str) -> str:
        """List the records that a field of this record links to, marking the editors' pairings."""
        record = self._record()
        lines = []
        for target in getattr(record, field):
            summary = getattr(self.kb.get(target), "summary", "")
            mark = (
                ""
                if is_stated(record, target) or field in ("stages", "roles")
                else " *(biên soạn ghép)*"
            )
            lines.append(
                f"- {self.ref(target)}{mark}"
                + (f"<br>{escape_markdown(summary)}" if summary else "")
            )
        return "\n" + "\n".join(lines) + "\n"

    def sheet_items(self) -> str:
        """List the items that act on this lesson, sheet by sheet, and the forms they use."""
        items = self.index.items_against(self._record().id)
        folded = len(items) > FOLDED_FROM
        return self._html(
            "sheet_items.html", groups=_by_sheet(items), forms=_forms(items), folded=folded
        )

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
        return heading + self._html(
            "next_steps.html", steps=steps, links=links, count=count, placed=placed
        )

    def checklist(self) -> str:
        """Show the sheet of this page, round by round."""
        checklist = self._record()
        blocks = []
        for task_number, round_ in enumerate(checklist.rounds, 1):
            title = escape_markdown(round_.title)
            blocks.append(f"### Lần rà soát {task_number}: {title} {{ #lan-{task_number} }}\n")
            items = [self.kb.items[f"{checklist.id}/{item.id}"] for item in round_.items]
            blocks.append(self._html("round.html", round=round_, items=items, kind=checklist.kind))
        address = ""
        if self._site_url:
            address = self._site_url + record_url(
                self.kb, checklist.id, self._public_form or self._form()
            )
        end = self._html(
            "checklist_end.html",
            checklist=checklist,
            basis=basis_line(self.kb, checklist),
            stamp=stamp(self.kb, checklist),
            address=address.partition("://")[2],
            qr=Markup(qr_svg(address)) if address else "",
        )
        return "\n".join([self._html("sheet_head.html", checklist=checklist), *blocks, end])

    def role_guide(self) -> str:
        """Show what this role does: three things first, then stage by stage."""
        guide = self.index.role_guide(self._record().id)
        blocks = [
            "## Việc làm trước { #viec-lam-truoc }\n",
            self._html("first_items.html", items=guide.first, actions=guide.first_actions),
        ]
        for step in guide.steps:
            blocks += self._step(step)
        return "\n".join(blocks)

    def stage_guide(self) -> str:
        """Show what happens at this stage: sheets, faults to avoid, forms."""
        stage = self._record()
        step = self.index.stage_step(stage.id)
        findings = self.index.findings_at.get(stage.id, [])
        forms = self.index.forms_at.get(stage.id, [])
        deadlines = deadlines_of(self.kb, step.items)
        blocks = [
            "## Ai làm gì { #ai-lam-gi }\n",
            self._html("stage_tasks.html", step=step),
            "## Lỗi dễ mắc ở bước này { #loi-de-mac }\n",
            self._html("stage_faults.html", findings=findings),
            "## Biểu mẫu { #bieu-mau }\n",
            self._html("stage_forms.html", forms=forms),
        ]
        if deadlines:
            blocks += [
                "## Thời hạn, con số cần biết { #thoi-han }\n",
                self._html("stage_deadlines.html", deadlines=deadlines),
            ]
        return "\n".join(blocks)

    def _step(self, step: Step) -> list[str]:
        if step.stage:
            heading = f"## {step.stage.id}. {escape_markdown(step.stage.title)} {{ #{step.stage.id.lower()} }}\n"
        else:
            heading = "## Thường xuyên { #thuong-xuyen }\n"
        block = self._html("step.html", step=step, deadlines=deadlines_of(self.kb, step.items))
        return [heading, block]

    # Lists -----------------------------------------------------------------------------------------

    def stage_list(self) -> str:
        """List the stages of a sitting in order, with their sheets."""
        sheets = {s: self.index.sheets_of.get(s, []) for s in self.kb.stages}
        return self._html("stage_list.html", sheets=sheets)

    def cycle_drawing(self) -> str:
        """Draw the cycle of a sitting; ``stage_list`` says the same in words."""
        stages = [
            (stage.id, stage.title, stage.parallel or "", stage.opening)
            for stage in self.kb.stages.values()
        ]
        return self._html("cycle.html", drawing=cycle(stages))

    def lesson_map(self, finding_id: str) -> str:
        """Draw a finding with its causes, solutions and sheets, and say the same in words."""
        finding = self.kb.findings[finding_id]
        items = self.index.items_against(finding_id)
        sheets = list(dict.fromkeys(placed.checklist.id for placed in items))
        applied = {
            solution: [s for s in sheets if solution in self.index.applied_by(s)]
            for solution in finding.solutions
        }
        reached = {sheet for ids in applied.values() for sheet in ids}
        direct = [sheet for sheet in sheets if sheet not in reached]
        columns = [
            ("Hạn chế", [finding_id]),
            ("Nguyên nhân", finding.causes),
            ("Giải pháp", finding.solutions),
            ("Danh mục", sheets),
        ]
        answered = {
            cause: [s for s in self.kb.causes[cause].solutions if s in applied]
            for cause in finding.causes
        }
        links = [(finding_id, cause) for cause in finding.causes]
        links += [(cause, one) for cause, ids in answered.items() for one in ids]
        links += [(solution, sheet) for solution, ids in applied.items() for sheet in ids]
        reached_by_cause = {one for ids in answered.values() for one in ids}
        besides = [one for one in finding.solutions if one not in reached_by_cause]
        links += [(finding_id, one) for one in (*besides, *direct)]
        return self._html(
            "map.html",
            finding=finding,
            drawing=layered_map(columns, links),
            causes=[(c, [(one, applied[one]) for one in ids]) for c, ids in answered.items()],
            besides=[(one, applied[one]) for one in besides],
            direct=direct,
        )

    def sheet_list(self, choice: str = "all") -> str:
        """List the sheets: the minimum set, or all of them grouped by the stage of their first round."""
        sheets = list(self.kb.checklists.values())
        if choice == "minimum":
            own = [sheet for sheet in sheets if sheet.minimum]
            return self._html("sheet_list.html", sheets=own, marked=False)
        blocks = []
        for stage_id in (*self.kb.stages, None):
            own = [sheet for sheet in sheets if sheet.rounds[0].stage == stage_id]
            if own:
                title = self._title(stage_id) if stage_id else ALWAYS
                code = f"{stage_id}. " if stage_id else ""
                anchor = stage_id.lower() if stage_id else "thuong-xuyen"
                blocks.append(f"### {code}{escape_markdown(title)} {{ #{anchor} }}\n")
                blocks.append(self._html("sheet_list.html", sheets=own, marked=True))
        return "\n".join(blocks)

    def cross_reference(self) -> str:
        """Show which item stops which fault, finding by finding; then where each solution is applied."""
        blocks = []
        for finding in self.kb.findings.values():
            blocks.append(
                f'## <span class="hd-id">{finding.id}</span> {escape_markdown(finding.title)}'
                f" {{ #{finding.id.lower()} }}\n"
            )
            parts = self._parts_of(finding)
            blocks.append(self._html("cross_reference.html", parts=parts))
        lessons = [
            (lesson_id, self.index.by_lesson.get(lesson_id, []))
            for lesson_id in self.kb.acted_on
        ]
        blocks.append("## Giải pháp, cách làm hay được áp dụng ở đâu { #giai-phap }\n")
        blocks.append(self._html("solution_cross.html", lessons=lessons))
        return "\n".join(blocks)

    def exercise(self) -> str:
        """Show the exercise of this page; without script its answers are folded below it."""
        exercise = self._record()
        ids = list(self.kb.exercises)
        following = ids[(ids.index(exercise.id) + 1) % len(ids)]
        return "\n".join(
            [
                "## Tình huống { #tinh-huong }\n",
                self._html("situation.html", exercise=exercise),
                f"## {EXERCISE_KINDS[exercise.kind]} {{ #tra-loi }}\n",
                self._html(
                    "exercise.html",
                    exercise=exercise,
                    shuffled=shuffled(exercise),
                    following=following if following != exercise.id else "",
                ),
            ]
        )

    def milestone_path(self) -> str:
        """Show the path from this milestone, the ten-minute way marked, then the sheets by role."""
        milestone = self._record()
        blocks = ["## Lối đi { #loi-di }\n"]
        for number, step in enumerate(milestone.steps, 1):
            title = escape_markdown(step.title)
            blocks.append(f"### Bước {number}. {title} {{ #buoc-{number} }}\n")
            blocks.append(self._html("milestone.html", milestone=milestone, step=step))
        near = [sheet for s in milestone.stages for sheet in self.index.sheets_of.get(s, [])]
        sheets = [
            (sheet, [role for role in self.kb.checklists[sheet].roles if self.index.holds(sheet, role)])
            for sheet in sorted(set(near))
        ]
        blocks.append("## Phiếu theo vai trò { #phieu-theo-vai-tro }\n")
        blocks.append(self._html("milestone_sheets.html", sheets=sheets))
        return "\n".join(blocks)

    def self_review(self) -> str:
        """Show the statements of this self-review with the meaning of each point, then the table."""
        review = self._record()
        blocks = []
        for number, statement in enumerate(review.statements, 1):
            text = escape_markdown(statement.text)
            blocks.append(f"### {number}. {text} {{ #{statement.id} }}\n")
            blocks.append(self._html("statement.html", statement=statement))
        blocks.append("## Bảng kết quả { #ket-qua }\n")
        blocks.append(self._html("review.html", review=review))
        blocks.append("## Nên làm tiếp { #lam-tiep }\n")
        blocks.append(self._html("review_next.html"))
        return "\n".join(blocks)

    def document_preview(self) -> str:
        """Show the document behind this template as it will be written, its notes beside it."""
        template = self.kb.documents.get(self._record().id)
        if template is None:
            return ""
        texts = {
            id(ground): ground_text(self.kb, ground)
            for document in template.documents
            for ground in document.grounds
        }
        return self._html(
            "document.html",
            file=template,
            form_names=FORM_NAMES,
            ground_text=lambda ground: texts[id(ground)],
            numbered=numbered_blocks,
        )

    def downloads(self) -> str:
        """List every file to download or print, with kind and size."""
        blocks = []
        for title, files in downloads.groups(self.index).items():
            blocks.append(f"## {title} {{ #{slugify(title)} }}\n")
            blocks.append(self._html("downloads.html", files=files))
        return "\n".join(blocks)

    def law_index(self) -> str:
        """List every sentence of law on the site by how well it is known, with where it is used."""
        groups: dict[str, list[Any]] = {manner: [] for manner in LAW_GROUPS}
        for usage in law_usage(self.kb):
            groups[usage.shown.manner].append(usage)
        blocks = []
        for manner, usages in groups.items():
            title, anchor = LAW_GROUPS[manner]
            blocks.append(f"## {title} ({len(usages)} câu) {{ #{anchor} }}\n")
            blocks.append(self._html("law_index.html", usages=usages))
        return "\n".join(blocks)

    def record_list(self, kind: str, form: str = "") -> str:
        """List all records of a kind as cards, or with ``brief`` as titles only."""
        template = "record_titles.html" if form == "brief" else "record_list.html"
        return self._html(template, kind=kind, sentence=KINDS[kind].sentence, records=list(self.kb.of(kind).values()))

    def my_sheets(self) -> str:
        """Keep a place for the reader's own sheets and progress; scripts fill it, else it is hidden."""
        return self._html("my_sheets.html")

    def sitting_form(self) -> str:
        """Ask for the facts of the sitting that the reader prepares; kept on the device."""
        return self._html("sitting_form.html")

    def local_rules(self) -> str:
        """List the deadlines that each council's own rules fix, each a blank to fill in."""
        usages = [usage for usage in law_usage(self.kb) if usage.shown.manner == "local"]
        return self._html("local_rules.html", usages=usages)

    def study_sheet(self) -> str:
        """Show the study sheet for a draft as a form; its fields are those of the template."""
        template = self.kb.documents.get(STUDY_TEMPLATE)
        return self._html("study_sheet.html", document=template.documents[0]) if template else ""

    def lesson_form(self) -> str:
        """Ask three questions after a sitting; the faults to choose from are those of the handbook."""
        groups = [
            (finding, [part_id for part_id, _items in self._parts_of(finding)])
            for finding in self.kb.findings.values()
        ]
        return self._html("lesson_form.html", groups=groups)

    def part_list(self) -> str:
        """List the faults to avoid, part by part, each with the sheet that stops it."""
        groups = [(finding, self._parts_of(finding)) for finding in self.kb.findings.values()]
        return self._html("part_list.html", groups=groups)

    def _parts_of(self, finding: Finding) -> list[tuple[str, list[PlacedItem]]]:
        ids = [part.id for part in finding.parts] or [finding.id]
        return [(part_id, self.index.items_against(part_id)) for part_id in ids]

    def source_text(self) -> str:
        """Show the source of this page paragraph by paragraph, each with its address and users."""
        source = self._record()
        quoted_by: dict[str, list[str]] = {}
        for group in (self.kb.strengths, self.kb.findings, self.kb.causes, self.kb.solutions):
            for record_id, record in group.items():
                self._note_quotes(source.id, record_id, record.quotes, quoted_by)
        for part_id, placed in self.kb.parts.items():
            self._note_quotes(source.id, part_id, placed.part.quotes, quoted_by)
        blocks = []
        for paragraph in source.paragraphs:
            for heading in source.headings:
                if heading.before == paragraph.locator:
                    blocks.append(f"### {escape_markdown(heading.text)}\n")
            users = quoted_by.get(paragraph.locator, [])
            blocks.append(
                self._html(
                    "paragraph.html",
                    source=source,
                    paragraph=paragraph,
                    anchor=anchor_of(paragraph.locator),
                    users=users,
                )
            )
        return "\n".join(blocks)

    @staticmethod
    def _note_quotes(
        source_id: str, owner: str, quotes: list[Any], found: dict[str, list[str]]
    ) -> None:
        for quote in quotes:
            users = found.setdefault(quote.locator, [])
            if quote.source == source_id and owner not in users:
                users.append(owner)

    def addressee_table(self) -> str:
        """Show whom the source addressed, and who does that work today."""
        return self._html("addressees.html", source=self._record())

    def rule_list(self) -> str:
        """List the rules of this page's instrument, each with its label."""
        rules = [
            (rule, rule_anchor(rule.id), self._show_rule(rule.id)) for rule in self._record().rules
        ]
        return self._html("rules.html", rules=rules)

    def glossary(self) -> str:
        """List all terms in alphabetical order."""
        terms = list(self.kb.terms.values())
        see = {t.id: [(other, self._see_also(other)) for other in t.see_also] for t in terms}
        return self._html("glossary.html", terms=terms, see=see, title_of_any=self._any_title)

    def _see_also(self, target: str) -> str:
        if target in self.kb.terms:
            return f"#{target}"
        return self._href(target)

    def _any_title(self, target: str) -> str:
        term = self.kb.terms.get(target)
        return term.title if term else self._short(target)


def shuffled(exercise: Exercise) -> list[tuple[int, OrderedStep]]:
    """Return the steps of an exercise with their right places, in a fixed order that is not right."""
    numbered = list(enumerate(exercise.steps, 1))

    def by_text(pair: tuple[int, OrderedStep]) -> bytes:
        return hashlib.sha256(f"{exercise.id} {pair[1].text}".encode()).digest()

    mixed = sorted(numbered, key=by_text)
    return mixed if mixed != numbered else [*mixed[1:], *mixed[:1]]


def _by_sheet(items: list[PlacedItem]) -> list[tuple[str, list[PlacedItem]]]:
    groups: dict[str, list[PlacedItem]] = {}
    for placed in items:
        groups.setdefault(placed.checklist.id, []).append(placed)
    return list(groups.items())


def _forms(items: list[PlacedItem]) -> list[str]:
    return list(dict.fromkeys(form for placed in items for form in placed.item.forms))
