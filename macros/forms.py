"""Templates and what is filled in on the page: previews, downloads, the sitting, the study sheet."""

from __future__ import annotations

from knowledge import downloads
from knowledge.document_text import ground_text, numbered_blocks, unfilled_rows
from knowledge.form_fields import EACH_FIELDS, EACH_PREFIX, FIELDS, unfilled
from knowledge.records.deadlines import SITTINGS
from knowledge.records.documents import FORM_NAMES
from knowledge.text import slugify
from macros.view import View

STUDY_TEMPLATE = "BM19"
"""The template whose fields the study sheet for a draft has."""


class Forms(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def document_preview(self) -> str:
        """Show the document behind this template as it will be written, its notes beside it."""
        template = self.kb.documents.get(self._record().id)
        if template is None:
            return ""
        texts = {
            id(ground): ground_text(self.kb, ground) for document in template.documents for ground in document.grounds
        }
        return self._html(
            "document.html",
            file=template,
            form_names=FORM_NAMES,
            ground_text=lambda ground: texts[id(ground)],
            numbered=numbered_blocks,
            shown=unfilled,
            rows=unfilled_rows,
        )

    def form_fields(self) -> str:
        """List the fields that fill themselves in forms, those of one matter last."""
        of_matters = {f"{EACH_PREFIX}{name}": field for name, field in EACH_FIELDS.items()}
        return self._html("form_fields.html", fields=FIELDS | of_matters)

    def downloads(self) -> str:
        """List every file to download or print, with kind and size."""
        blocks = []
        for title, files in downloads.groups(self.index).items():
            blocks.append(f"## {title} {{ #{slugify(title)} }}\n")
            blocks.append(self._html("downloads.html", files=files))
        return "\n".join(blocks)

    def sitting_form(self) -> str:
        """Ask for the facts of the sitting that the reader prepares; kept on the device."""
        return self._html("sitting_form.html", sittings=SITTINGS)

    def matters_form(self) -> str:
        """Keep a place for the list of the sitting's matters; scripts fill it."""
        return self._html("matters_form.html", forms=self._filled_forms())

    def _filled_forms(self) -> list[dict[str, str]]:
        """Return the forms that are filled with the list: ID, title, address of the file."""
        return [
            {"id": one, "title": self._title(one), "file": self._download(downloads.template_name(self.kb, one))}
            for one in self.kb.documents
            if self._filled_by_itself(one)[1]
        ]

    def study_sheet(self) -> str:
        """Show the study sheet for a draft as a form; its fields are those of the template."""
        template = self.kb.documents.get(STUDY_TEMPLATE)
        return self._html("study_sheet.html", document=template.documents[0]) if template else ""
