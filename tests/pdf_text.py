"""What a PDF says, as a program that shows it finds and copies it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from knowledge.text import folded_space


def pages_of(pdf: bytes | Path) -> list[str]:
    """Return the text of each page, each run of white space as one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        # The reader has a mark of its own for a hyphen that ends a line.
        return [folded_space(page.get_textpage().get_text_range().replace("\ufffe", "-")) for page in document]
