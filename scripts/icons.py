"""Draws the icons of the installed site from ``docs/assets/images/favicon.svg``; the results are committed.

Run after a change of the mark: ``.venv/bin/python -m scripts.icons``. A test compares the files.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import typst

from publish.project import ROOT, write_changed

IMAGES = ROOT / "docs" / "assets" / "images"


@dataclass(frozen=True)
class Icon:
    """One file: its side in pixels, how much of it the mark fills, and what lies behind."""

    name: str
    side: int
    fill: float
    background: str = ""


ICONS = (
    Icon("icon-192.png", 192, 0.94),
    Icon("icon-512.png", 512, 0.94),
    # Cut to any shape by the device: the mark stays within the middle 80 %.
    Icon("icon-maskable-512.png", 512, 0.62, "#e8eef4"),
    # iOS paints what is transparent black.
    Icon("apple-touch-icon.png", 180, 0.72, "#ffffff"),
)


def icon_png(icon: Icon, mark: str) -> bytes:
    """Return an icon as PNG: the same bytes every time."""
    ground = f'rgb("{icon.background}")' if icon.background else "none"
    source = (
        f"#set page(width: {icon.side}pt, height: {icon.side}pt, margin: 0pt, fill: {ground})\n"
        f'#place(center + horizon, image("mark.svg", height: {icon.side * icon.fill}pt))\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mark.svg").write_text(mark, encoding="utf-8")
        template = Path(folder) / "icon.typ"
        template.write_text(source, encoding="utf-8")
        result = typst.compile(str(template), format="png", ppi=72, ignore_system_fonts=True)
    assert isinstance(result, bytes)
    return result


def icons() -> dict[str, bytes]:
    """Return all icons by file name."""
    mark = (IMAGES / "favicon.svg").read_text("utf-8")
    return {icon.name: icon_png(icon, mark) for icon in ICONS}


if __name__ == "__main__":
    for name, content in icons().items():
        if write_changed(IMAGES / name, content):
            print(f"docs/assets/images/{name}: {len(content)} bytes")
