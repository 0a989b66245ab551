"""The map of faults and stages: counted from the records, each dot leads to exactly its items, on screen and paper."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from knowledge.addresses import Form, record_url
from knowledge.checks.project import check_project
from knowledge.crossref import fault_map
from knowledge.index import Index
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import ALWAYS, Item
from macros.renderer import Renderer
from tests.browsing import DESKTOP, page_count, stays_too_wide
from tests.conftest import Project

PAGE, CROSS = "tra-cuu/ban-do.md", "tra-cuu/doi-chieu.md"
ADDRESSES: dict[Form, tuple[str, str]] = {
    "directory": ("tra-cuu/ban-do/index.html", "tra-cuu/doi-chieu/index.html"),
    "file": ("tra-cuu/ban-do.html", "tra-cuu/doi-chieu.html"),
}


def shown(kb: KnowledgeBase) -> str:
    return Renderer(kb, lambda: PAGE, lambda: "directory").fault_map()


def crossed(kb: KnowledgeBase) -> str:
    return Renderer(kb, lambda: CROSS, lambda: "directory").cross_reference()


def titles(kb: KnowledgeBase) -> dict[str, str]:
    """Every fault with its title, straight from the records."""
    found = {}
    for finding in kb.findings.values():
        found |= {part.id: part.title for part in finding.parts} or {finding.id: finding.title}
    return found


def counts(kb: KnowledgeBase) -> Counter[tuple[str, str]]:
    """How many items stop which fault at the stage of which title, straight from the sheets."""
    names = {stage.id: stage.title for stage in kb.stages.values()}
    found: Counter[tuple[str, str]] = Counter()
    for sheet in kb.checklists.values():
        for round_ in sheet.rounds:
            at = names[round_.stage] if round_.stage else ALWAYS
            found.update((fault, at) for item in round_.items for fault in item.prevents)
    return found


def wrong_counts(html: str, kb: KnowledgeBase) -> list[str]:
    """Compare a map with the records, cell by cell; return what differs."""
    tree = LexborHTMLParser(html)
    heads = [head.text().strip() for head in tree.css("thead th")][1:-1]
    wanted, faults = counts(kb), titles(kb)
    wrong = []
    seen = []
    for row in tree.css("tbody tr:not(.hd-map__group)"):
        fault = row.css_first("th .hd-id").text().strip()  # type: ignore[union-attr]
        seen.append(fault)
        *cells, total = row.css("td")
        for head, cell in zip(heads, cells, strict=True):
            count = wanted[fault, head]
            said = cell.text().strip()
            if said != (str(count) if count else ""):
                wrong.append(f"{fault}, {head}: {said} for {count}")
            link = cell.css_first("a")
            end = f"ở bước {head}" if head != ALWAYS else "dùng thường xuyên"
            name = f"{count} mục chặn “{faults[fault]}” {end}" if count else None
            if (link and link.attributes.get("aria-label")) != name:
                wrong.append(f"{fault}, {head}: the dot's name")
        if total.text().strip() != str(sum(n for (one, _at), n in wanted.items() if one == fault)):
            wrong.append(f"{fault}: total")
    return wrong + ([] if seen == list(faults) else [f"faults: {seen}"])


def test_every_count_is_that_of_the_records(kb: KnowledgeBase) -> None:
    html = shown(kb)
    heads = [head.text().strip() for head in LexborHTMLParser(html).css("thead th")]
    assert heads == ["Lỗi", *(stage.title for stage in kb.stages.values()), "Cộng"]
    assert len(titles(kb)) > 20
    assert wrong_counts(html, kb) == []


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (r"<span>(\d+)</span>", ": {} for {}"),
        (r'aria-label="(\d+) mục', ": the dot's name"),
        (r'data-hd-column="Cộng">(\d+)<', ": total"),
    ],
)
def test_a_wrong_count_is_caught(kb: KnowledgeBase, cell: str, told: str) -> None:
    html = shown(kb)
    found = re.search(cell, html)
    assert found
    wrong = f"{html[: found.start(1)]}{int(found[1]) + 1}{html[found.end(1) :]}"
    (said,) = wrong_counts(wrong, kb)
    assert said.startswith("HC1a") and said.endswith(told.format(int(found[1]) + 1, found[1]))


def test_a_count_of_nothing_is_caught(kb: KnowledgeBase) -> None:
    html = shown(kb).replace("<td></td>", '<td><a href="#">1</a></td>', 1)
    assert any("1 for 0" in one for one in wrong_counts(html, kb))


def test_an_item_that_stops_a_fault_no_more_changes_the_map(kb: KnowledgeBase, project: Project) -> None:
    before = counts(kb)
    project.replace("checklists/dm15.yml", "prevents: [HC", "applies: [GP5]\n        # prevents: [HC")
    changed, _issues = check_project(project.root)
    assert counts(changed) != before, "nothing was planted"
    assert wrong_counts(shown(changed), changed) == []
    assert wrong_counts(shown(kb), changed) != []


def test_sheets_of_no_stage_have_a_column_of_their_own(kb: KnowledgeBase, project: Project) -> None:
    sheet = kb.checklists["DM18"]
    assert ALWAYS not in shown(kb)
    project.write("checklists/dm18.yml", project.read("checklists/dm18.yml").replace("    stage: B8\n", ""))
    changed, _issues = check_project(project.root)
    html = shown(changed)
    assert f'<th scope="col">{ALWAYS}</th>' in html
    assert wrong_counts(html, changed) == []
    lost = [item for round_ in sheet.rounds for item in round_.items if item.prevents]
    always = [n for (_fault, at), n in counts(changed).items() if at == ALWAYS]
    assert sum(always) == sum(len(item.prevents) for item in lost) > 0


def without_parts(kb: KnowledgeBase, finding: str) -> KnowledgeBase:
    """Return the records with a finding whose parts are itself: items stop the finding."""

    def of(item: Item) -> Item:
        own = [finding if one.startswith(finding) else one for one in item.prevents]
        return item.model_copy(update={"prevents": list(dict.fromkeys(own))})

    made = replace(kb, records=dict(kb.records))
    made.records["findings"] = {
        **kb.findings,
        finding: kb.findings[finding].model_copy(update={"parts": []}),
    }
    made.records["checklists"] = {
        sheet.id: sheet.model_copy(
            update={
                "rounds": [one.model_copy(update={"items": [of(item) for item in one.items]}) for one in sheet.rounds]
            }
        )
        for sheet in kb.checklists.values()
    }
    items = {key: replace(placed, item=of(placed.item)) for key, placed in kb.items.items()}
    made.items = items
    made.parts = {key: part for key, part in kb.parts.items() if not key.startswith(finding)}
    return made


def test_a_finding_without_parts_is_a_row_of_its_own(kb: KnowledgeBase) -> None:
    changed = without_parts(kb, "HC4")
    html = shown(changed)
    assert wrong_counts(html, changed) == []
    tree = LexborHTMLParser(html)
    body = tree.css_first("tbody#hc4")
    assert body is not None and len(body.css("tr")) == 1 and not body.css(".hd-map__group")
    # Its heading and its fault are one place; no address stands twice on the page they lead to.
    ids = [node.attributes["id"] for node in LexborHTMLParser(crossed(changed)).css("[id]")]
    assert "hc4__b5" in ids and "hc4" not in ids and len(ids) == len(set(ids))


def test_the_sentences_above_the_map_say_what_it_shows(kb: KnowledgeBase) -> None:
    found, faults = counts(kb), titles(kb)
    totals = {fault: sum(n for (one, _at), n in found.items() if one == fault) for fault in faults}
    stages = {fault: {at for one, at in found if one == fault} for fault in faults}
    quoted = lambda chosen: "; ".join(f"“{faults[fault]}”" for fault in chosen)  # noqa: E731
    least, most = min(totals.values()), max(totals.values())
    lines = [line.text().strip() for line in LexborHTMLParser(shown(kb)).css(".hd-map__says li")]
    once = [fault for fault in faults if len(stages[fault]) == 1]
    assert lines == [
        f"Ít mục chặn nhất ({least} mục): {quoted(f for f in faults if totals[f] == least)}.",
        f"Nhiều mục chặn nhất ({most} mục): {quoted(f for f in faults if totals[f] == most)}.",
        f"Chỉ chặn ở một bước: {'; '.join(f'“{faults[f]}” ({stages[f].copy().pop()})' for f in once)}.",
    ]
    assert once and fault_map(Index(kb)).largest == max(found.values())


def test_the_area_of_a_dot_is_as_its_count(kb: KnowledgeBase) -> None:
    tree = LexborHTMLParser(shown(kb))
    areas = {}
    for link in tree.css("td a"):
        radius = float(link.css_first("circle").attributes["r"] or 0)  # type: ignore[union-attr]
        areas[int(link.text())] = radius**2
    assert len(areas) > 5
    assert [area / count for count, area in areas.items()] == pytest.approx(
        [max(areas.values()) / max(areas)] * len(areas), rel=0.01
    )
    assert max(areas.values()) == 18**2, "the largest fills its square"


def test_the_table_says_what_heads_what(kb: KnowledgeBase) -> None:
    tree = LexborHTMLParser(shown(kb))
    assert tree.css_first("table > caption") is not None
    assert {th.attributes.get("scope") for th in tree.css("thead th")} == {"col"}
    assert {th.attributes.get("scope") for th in tree.css("tbody th")} == {"row", "rowgroup"}
    assert not tree.css("[style]")
    wide = {len(row.css("th, td")) for row in tree.css("tr:not(.hd-map__group)")}
    assert wide == {len(kb.stages) + 2}


def misled(map_html: str, cross_html: str, form: Form, kb: KnowledgeBase) -> list[str]:
    """Follow every dot of a built map; return those that do not lead to exactly their items."""
    start, target = ADDRESSES[form]
    names = {stage.title: stage.id for stage in kb.stages.values()}
    tree = LexborHTMLParser(cross_html)
    wrong = []
    rows = LexborHTMLParser(map_html).css(".hd-map tbody tr:not(.hd-map__group)")
    for row in rows:
        fault = row.css_first("th .hd-id").text().strip()  # type: ignore[union-attr]
        for cell in row.css("td:has(a)"):
            link = cell.css_first("a")
            assert link is not None
            stage = names[cell.attributes["data-hd-column"] or ""]
            path, _, fragment = (link.attributes["href"] or "").partition("#")
            page = posixpath.normpath(posixpath.join(posixpath.dirname(start), path))
            page = f"{page}/index.html" if form == "directory" else page
            places = tree.css(f"[id='{fragment}']")
            wanted = sorted(
                record_url(kb, placed.id, form)
                for placed in kb.items.values()
                if fault in placed.item.prevents and placed.round.stage == stage
            )
            listed = [
                posixpath.normpath(posixpath.join(posixpath.dirname(target), one.attributes["href"] or ""))
                for place in places
                for one in place.css("li > a")
            ]
            plain = sorted(one.replace("/#", "#") for one in listed)
            if page != target or len(places) != 1 or plain != [one.replace("/#", "#") for one in wanted]:
                wrong.append(f"{fault}, {stage}")
    return wrong if rows else ["no map"]


@pytest.mark.parametrize("form", ["directory", "file"])
def test_every_dot_leads_to_exactly_its_items(sites: dict[str, Path], kb: KnowledgeBase, form: Form) -> None:
    here, there = ((sites[form] / name).read_text("utf-8") for name in ADDRESSES[form])
    assert misled(here, there, form, kb) == []
    place = LexborHTMLParser(there).css_first("#hc1a__b3")
    assert place is not None
    item = place.css_first("li").html or ""
    assert misled(here, there.replace('id="hc2c__b3"', 'id="hc2c__b33"'), form, kb) == ["HC2c, B3"]
    assert misled(here, there.replace(item, "", 1), form, kb) == ["HC1a, B3"], "an item that is not listed"
    assert misled(here, there.replace(item, item * 2, 1), form, kb) == ["HC1a, B3"], "an item too many"


@pytest.fixture
def open_map(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport=DESKTOP, service_workers="block")
    page.goto(f"{address}/tra-cuu/ban-do/")
    yield page
    page.close()


@pytest.mark.parametrize("width", [320, 360, 640, 760])
def test_on_a_narrow_screen_each_fault_has_its_stages_below_it(open_map: Page, width: int) -> None:
    assert not stays_too_wide(open_map, width)
    cells = open_map.eval_on_selector_all(
        ".hd-map td:has(a)",
        """all => all.map(cell => {
          const box = cell.getBoundingClientRect();
          // Wherever a thumb lands in the line, it lands on the link.
          const hits = [box.left + 4, box.right - 4].map(x => {
            cell.scrollIntoView({block: "center"});
            const now = cell.getBoundingClientRect();
            return document.elementFromPoint(x, now.top + now.height / 2)?.closest("a") === cell.querySelector("a");
          });
          return [box.height, getComputedStyle(cell, "::before").content.includes(cell.dataset.hdColumn), ...hits];
        })""",
    )
    assert len(cells) > 50
    assert [cell for cell in cells if cell[0] < 44 or cell[1:] != [True, True, True]] == []
    assert not open_map.locator(".hd-map td:empty").first.is_visible()


@pytest.mark.parametrize("width", [768, 960, 1280, 1920])
def test_the_table_fits_and_no_word_of_its_heads_is_broken(open_map: Page, width: int) -> None:
    assert not stays_too_wide(open_map, width)
    # What a word needs against what its column gives.
    broken = open_map.eval_on_selector_all(
        ".hd-map :is(th, td)",
        """all => { for (const one of all) one.style.overflowWrap = "normal";
          return all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent); }""",
    )
    assert broken == []
    assert open_map.locator(".hd-map thead").is_visible()
    sizes = open_map.eval_on_selector_all(
        ".hd-map :is(th, td a)", "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 12
    heights = open_map.eval_on_selector_all(".hd-map td a", "all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_is_one_page_in_black(browser: Browser, address: str, scheme: str) -> None:
    page = browser.new_page(viewport=DESKTOP, service_workers="block", color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{address}/tra-cuu/ban-do/")
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 710, "height": 1000})
    assert page.locator(".hd-map thead").is_visible(), "the paper has the table, however narrow"
    # Grounds are left out by printers: the dots are drawn.
    assert set(page.eval_on_selector_all(".hd-map circle", "all => all.map(one => getComputedStyle(one).fill)")) == {
        "rgb(0, 0, 0)"
    }
    page.close()
