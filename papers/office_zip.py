"""Office files are zips: the same bytes for the same content, without the preview of the library's own template."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape

AUTHOR = "Sổ tay HĐND"
"""Who office files say wrote them, and their comments; the same in every edition, whatever it is called: most bear no name."""


def settled(raw: bytes) -> bytes:
    """Return an office file with fixed dates inside and without its preview picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            # A preview picture of the library's own template says nothing about this file.
            if name.startswith("docProps/thumbnail"):
                continue
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = source.read(name)
            if name == "_rels/.rels":
                data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
            target.writestr(entry, data)
    return out.getvalue()


def with_texts(file: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a settled office file with words in the places that were kept for them; other parts stay as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            for place, text in texts.items():
                data = data.replace(place.encode(), escape(text, quote=False).encode())
            target.writestr(entry, data)
    return out.getvalue()
