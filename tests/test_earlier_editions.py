"""What readers kept with an earlier edition is read whole by this one: storage and exported files.

The files were written by the scripts of the edition in their folder's name; they are never renewed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browsing import lost

DATA = Path(__file__).parent / "data"
EDITIONS = sorted(folder for folder in DATA.glob("edition-*") if folder.is_dir())
READ = """async () => {
  const ticks = await import("/assets/scripts/kept/store.js");
  const practice = await import("/assets/scripts/kept/practice-store.js");
  return {
    "hdnd.v1": ticks.current(), "hdnd.tap.v1": practice.current(),
    trouble: [ticks.state().trouble, practice.kept.state().trouble],
    aside: Object.keys(localStorage).filter(key => key.endsWith(".hong")),
    keys: Object.keys(localStorage).filter(key => key.startsWith("hdnd.")).sort(),
  };
}"""
OPEN = """async ([ticksText, practiceText]) => {
  const ticks = await import("/assets/scripts/kept/store.js");
  const practice = await import("/assets/scripts/kept/practice-store.js");
  return [ticks.readFileText(ticksText), practice.kept.readFileText(practiceText)];
}"""


def test_what_is_lost_is_noticed() -> None:
    assert lost({"a": {"b": 1}, "schema": 1}, {"a": {"b": 1, "c": 2}, "schema": 2}) == []
    assert lost({"a": {"b": [1]}, "x": ""}, {"a": {"b": [1, 2]}}) == ["/a/b", "/x"]


def test_there_is_an_earlier_edition() -> None:
    assert "edition-2026-11-24" in {folder.name for folder in EDITIONS}


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_what_a_device_kept_is_read_whole(context: BrowserContext, address: str, folder: Path) -> None:
    kept: dict[str, str] = json.loads((folder / "storage.json").read_text("utf-8"))
    page = context.new_page()
    page.goto(f"{address}/404.html")
    page.evaluate("kept => Object.entries(kept).forEach(([key, text]) => localStorage.setItem(key, text))", kept)
    page.goto(f"{address}/danh-muc/dm07/")
    read: dict[str, Any] = page.evaluate(READ)
    assert read.pop("trouble") == ["", ""] and read.pop("aside") == []
    assert read.pop("keys") == ["hdnd.goc.tap.v1", "hdnd.goc.v1"], "moved once, to the name of the base edition"
    assert lost({key: json.loads(text) for key, text in kept.items()}, read) == []
    assert read["hdnd.v1"]["sittings"] and read["hdnd.tap.v1"]["reviews"]


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_files_that_were_exported_are_opened_whole(context: BrowserContext, address: str, folder: Path) -> None:
    texts = [(folder / name).read_text("utf-8") for name in ("ticks-export.json", "practice-export.json")]
    page = context.new_page()
    page.goto(f"{address}/danh-muc/dm07/")
    opened = page.evaluate(OPEN, texts)
    assert [lost(json.loads(text)["document"], one) for text, one in zip(texts, opened, strict=True)] == [[], []]
