"""``make pictures``: the two small pictures at the head of the README, drawn from a site that was just built."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pypdfium2 import PdfDocument

from knowledge.checks.project import check_project
from knowledge.records.knowledge_base import KnowledgeBase
from papers.pdf.sheets import sheet_data, sheet_pdf
from publish.project import ROOT
from publish.site import build_into
from scripts.bench.host import Host, hosting
from scripts.browser_path import chromium_path

FOLDER = ROOT / ".github" / "pictures"
TODAY = "2026-11-29T08:00:00+07:00"
"""Notices on the home page go by themselves: a picture of tomorrow is the same."""


SHEET = "DM12"
HEIGHT = 620


def front_door(browser: Browser, host: Host) -> bytes:
    """Return the home page as a reader meets it first, as PNG."""
    context = browser.new_context(viewport={"width": 800, "height": HEIGHT}, locale="vi-VN", service_workers="block")
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.goto(host.address, wait_until="networkidle")
    data = page.screenshot(animations="disabled")
    context.close()
    return data


def sheet(kb: KnowledgeBase) -> bytes:
    """Return a sheet as it comes out of a printer, as PNG in shades of grey."""
    page = PdfDocument(sheet_pdf(sheet_data(kb, kb.checklists[SHEET])))[0]
    image = page.render(scale=HEIGHT / page.get_height(), grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> int:
    """Write the pictures. Returns the exit code."""
    kb, _issues = check_project(ROOT)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_into(site, kb, "directory")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        with hosting(site) as host:
            drawn = {"front-door.png": front_door(browser, host), "sheet.png": sheet(kb)}
        browser.close()
    for name, data in drawn.items():
        (FOLDER / name).write_bytes(data)
        print(f".github/pictures/{name}: {len(data) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
