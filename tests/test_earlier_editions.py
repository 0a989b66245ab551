"""What readers kept with an earlier edition is read whole by this one: storage and exported files.

The files were written by the scripts of the edition in their folder's name; they are never renewed. Each number that a
kind of data ever had is in one of them: a new number needs a folder of its own.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browsing import lost
from tests.conftest import ROOT

DATA = Path(__file__).parent / "data"
EDITIONS = sorted(folder for folder in DATA.glob("edition-*") if folder.is_dir())
KEPT = ROOT / "docs/assets/scripts/kept"
STORES = {"v1": "store.js", "tap.v1": "practice-store.js", "du-thao": "draft-store.js"}
"""End of a key → the script that numbers what stands under it."""
EXPORTS = {"ticks-export.json": "v1", "practice-export.json": "tap.v1"}
READ = """async () => {
  const ticks = await import("/assets/scripts/kept/store.js");
  const practice = await import("/assets/scripts/kept/practice-store.js");
  const draft = await import("/assets/scripts/kept/draft-store.js");
  return {
    "hdnd.goc.v1": ticks.current(), "hdnd.goc.tap.v1": practice.current(), "hdnd.goc.du-thao": draft.read(),
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


def base_key(key: str) -> str:
    """Return a key as it is called today; before editions had names, the base edition's had none."""
    return key if key.startswith("hdnd.goc.") else key.replace("hdnd.", "hdnd.goc.", 1)


def numbers_of(store: str, folders: list[Path]) -> set[int]:
    """Return the schema numbers of a kind of data in the storage and the exported files of some editions."""
    found: set[int] = set()
    for folder in folders:
        kept: dict[str, str] = json.loads((folder / "storage.json").read_text("utf-8"))
        found |= {json.loads(text)["schema"] for key, text in kept.items() if base_key(key) == f"hdnd.goc.{store}"}
        for name, kind in EXPORTS.items():
            if kind == store:
                found.add(json.loads((folder / name).read_text("utf-8"))["document"]["schema"])
    return found


def missing_numbers(store: str, script: str, folders: list[Path]) -> set[int]:
    """Return the numbers that a kind of data has or had and no edition's files show."""
    (present,) = re.findall(r"^(?:export )?const SCHEMA = (\d+);", script, re.MULTILINE)
    return set(range(1, int(present) + 1)) - numbers_of(store, folders)


@pytest.mark.parametrize(("store", "script"), STORES.items(), ids=list(STORES))
def test_every_published_schema_is_in_a_fixture(store: str, script: str) -> None:
    text = (KEPT / script).read_text("utf-8")
    assert missing_numbers(store, text, EDITIONS) == set()
    # A number that nobody wrote a file for, and a file taken away, are noticed.
    newer = re.sub(r"const SCHEMA = (\d+);", lambda m: f"const SCHEMA = {int(m[1]) + 1};", text)
    assert len(missing_numbers(store, newer, EDITIONS)) == 1
    assert missing_numbers(store, text, []) >= {1}


def test_every_kind_of_data_on_the_device_is_among_them() -> None:
    """A script that numbers what it keeps is in the table above; so is each place of first.js but the room, a size."""
    numbered = {path.name for path in KEPT.glob("*.js") if re.search(r"\bSCHEMA = \d", path.read_text("utf-8"))}
    assert numbered == set(STORES.values())
    first = (KEPT.parent / "everywhere/first.js").read_text("utf-8")
    assert set(re.findall(r'place\("([^"]+)"\)', first)) - {"cho"} == set(STORES)


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_what_a_device_kept_is_read_whole(context: BrowserContext, address: str, folder: Path) -> None:
    kept: dict[str, str] = json.loads((folder / "storage.json").read_text("utf-8"))
    page = context.new_page()
    page.goto(f"{address}/404.html")
    page.evaluate("kept => Object.entries(kept).forEach(([key, text]) => localStorage.setItem(key, text))", kept)
    page.goto(f"{address}/danh-muc/dm07/")
    read: dict[str, Any] = page.evaluate(READ)
    assert read.pop("trouble") == ["", ""] and read.pop("aside") == []
    assert read.pop("keys") == sorted(map(base_key, kept)), "moved once, to the name of the base edition"
    documents = {base_key(key): json.loads(text) for key, text in kept.items()}
    # What is read of a draft has no number.
    documents.get("hdnd.goc.du-thao", {}).pop("schema", None)
    assert lost(documents, read) == []
    assert read["hdnd.goc.v1"]["sittings"] and read["hdnd.goc.tap.v1"]["reviews"]


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_files_that_were_exported_are_opened_whole(context: BrowserContext, address: str, folder: Path) -> None:
    texts = [(folder / name).read_text("utf-8") for name in ("ticks-export.json", "practice-export.json")]
    page = context.new_page()
    page.goto(f"{address}/danh-muc/dm07/")
    opened = page.evaluate(OPEN, texts)
    assert [lost(json.loads(text)["document"], one) for text, one in zip(texts, opened, strict=True)] == [[], []]
