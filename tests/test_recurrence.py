"""Where else a fault was met: places and years from the sources, in groups, on pages, in kb.json and in the handbook."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from knowledge import recurrence
from knowledge.links import back_links
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.recurrence import GROUPS, group_of, places_of_seen, seen_of, told_group, told_places
from knowledge.text import loose_date
from macros.renderer import Renderer
from publish.contract import contract
from tests.browsing import PHONE, accessibility_faults, stays_too_wide


def test_every_part_says_where_it_was_met(kb: KnowledgeBase) -> None:
    for part in kb.parts:
        seen = seen_of(kb, part)
        assert seen, part
        assert group_of(seen) in GROUPS and told_group(seen), part
        assert bool(told_places(seen)) == (group_of(seen) != GROUPS[-1]), part
        known = [one.source.date for one in seen if one.source.date]
        assert known == sorted(known), f"{part}: oldest first"


def test_the_list_of_sources_asks_once_for_each_part(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(recurrence, "seen_of", lambda kb, part: asked.append(part) or seen_of(kb, part))
    fresh = replace(kb)
    met = {source: recurrence.met_by(fresh, source) for source in kb.sources}
    assert asked == list(kb.parts), "each part once, however many sources there are"
    assert any(met.values())
    for source, parts in met.items():
        assert parts == [part for part in kb.parts if source in {one.source.id for one in seen_of(kb, part)}]


def test_a_place_counts_once_however_many_sources_it_has(kb: KnowledgeBase) -> None:
    seen = seen_of(kb, "HC1a")
    again = [*seen, seen[0]]
    assert group_of(again) == group_of(seen)
    assert len(places_of_seen(again)) == len(places_of_seen(seen))


def test_a_source_without_a_place_is_shown_and_not_counted(kb: KnowledgeBase) -> None:
    nowhere = [one for part in kb.parts for one in seen_of(kb, part) if one.source.province is None]
    assert nowhere, "one is in the book, so that this can fail"
    assert places_of_seen(nowhere) == [] and told_places(nowhere) == ""


@pytest.mark.parametrize(("places", "group"), [(1, GROUPS[2]), (2, GROUPS[1]), (3, GROUPS[0]), (5, GROUPS[0])])
def test_groups_have_no_ranks(kb: KnowledgeBase, places: int, group: str) -> None:
    one = next(seen for part in kb.parts for seen in seen_of(kb, part))
    made = [type(one)(one.source.model_copy(update={"province": f"Nơi {number}"}), None) for number in range(places)]
    assert group_of(made) == group


@pytest.mark.parametrize(
    ("day", "told"),
    [("2024-10-31", "31/10/2024"), ("2025-08-22", "22/8/2025"), ("2024-10", "tháng 10/2024"), ("2014-Q2", "quý 2/2014"), ("2019", "năm 2019")],
)  # fmt: skip
def test_a_day_is_told_as_exact_as_it_is_known(day: str, told: str) -> None:
    assert loose_date(day) == told


def test_the_press_is_told_in_our_words_and_every_address_is_whole(kb: KnowledgeBase) -> None:
    for source in kb.sources.values():
        assert source.kind != "bao-chi" or not source.paragraphs, source.id
        assert source.url is None or len(urlsplit(source.url).path + urlsplit(source.url).query) > 12, (
            f"{source.id}: the page, not the site"
        )
        sent = source.kind in ("bao-cao", "cau-hoi")
        assert source.url or source.addressees or sent, f"{source.id}: read where?"


def test_the_contract_has_evidence_and_who_met_each_part(kb: KnowledgeBase) -> None:
    data = contract(kb, "directory").model_dump(mode="json")
    evidence = {one["id"]: one for one in data["evidence"]}
    assert len(evidence) == sum(len(source.evidence) for source in kb.sources.values())
    for source in data["sources"]:
        assert source["evidence"] == [one for one in data["evidence"] if one["source"] == source["id"]]
    for finding in data["findings"]:
        for part in finding["parts"]:
            assert [one["source"] for one in part["seen"]] == [one.source.id for one in seen_of(kb, part["id"])]
            named = {one["evidence"] for one in part["seen"]} - {None}
            assert named == {one["id"] for one in data["evidence"] if one["part"] == part["id"]}
            assert all(set(one) == {"source", "year", "province", "evidence"} for one in part["seen"])
    one = evidence["BC-thap-muoi-2022-1"]
    assert (one["source"], one["part"], one["url"]) == (
        "thap-muoi-2022", "HC3a", "nguon/thap-muoi-2022/#bc-thap-muoi-2022-1",
    )  # fmt: skip


def test_evidence_is_a_kind_that_links_lead_to(kb: KnowledgeBase) -> None:
    shown = Renderer(kb, lambda: "han-che/hc1.md", lambda: "directory")
    part = kb.parts["HC3a"].part.title
    place = "../nguon/thap-muoi-2022.md#bc-thap-muoi-2022-1"
    assert shown.ref("BC-thap-muoi-2022-1") == f"[Đồng Tháp 2022: {part}]({place})"
    assert shown.ref("BC-thap-muoi-2022-1", "một nơi khác") == f"[một nơi khác]({place})"


def test_the_way_back_leads_from_part_finding_and_source_to_the_evidence(kb: KnowledgeBase) -> None:
    met: dict[str, set[str]] = {}
    for one, placed in kb.evidence.items():
        finding = kb.parts[placed.evidence.part].finding.id
        for target in (placed.evidence.part, finding):
            met.setdefault(target, set()).add(one)
    assert {target: set(kinds["evidence"]) for target, kinds in back_links(kb).items() if "evidence" in kinds} == met
    for finding in kb.findings:
        page = Renderer(kb, partial(str, f"han-che/{finding.lower()}.md"), lambda: "directory")
        end = page.next_steps()
        assert all(f"#{one.lower()}" in end for one in met.get(finding, ())), finding
        assert ("Bằng chứng:" in end) == (finding in met)
    source = Renderer(kb, lambda: "nguon/thap-muoi-2022.md", lambda: "directory")
    assert 'id="bc-thap-muoi-2022-1"' in source.record_header()
    assert 'href="#bc-thap-muoi-2022-1"' in source.source_text(), "from the paragraph that it quotes"


def test_a_finding_tells_its_provinces_and_years(browser: Browser, address: str, kb: KnowledgeBase) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/han-che/hc3/")
    told = page.locator(".hd-seen", has_text="Đồng Tháp (2022)")
    told.locator("summary").click()
    told.get_by_role("link", name="Đồng Tháp 2022").click()
    page.wait_for_url(f"{address}/nguon/thap-muoi-2022/#bc-thap-muoi-2022-1")
    assert page.get_by_text("[nguyên văn]").count() >= 1, "misprints of the source are shown as such"
    for place in ("nguon/", "nguon/thap-muoi-2022/", "han-che/"):
        page.goto(f"{address}/{place}")
        assert not stays_too_wide(page, 360), place
        assert accessibility_faults(page) == [], place
    page.goto(f"{address}/nguon/")
    assert page.locator(".hd-sources > li").count() == len(kb.sources)
    context.close()


def test_prose_names_sources_by_what_the_records_say(root: Path, site: Path, kb: KnowledgeBase) -> None:
    """A further source changes the sentence by itself; no page counts them by hand."""
    others = sum(source.coverage != "full" for source in kb.sources.values())
    for page in ("index.html", "tra-cuu/gioi-thieu/index.html"):
        text = " ".join(re.sub(r"<[^>]+>", "", (site / page).read_text("utf-8")).split())
        assert f"đối chiếu với {others} nguồn khác" in text, page
        assert all(source.title in text for source in kb.sources.values() if source.coverage == "full"), page
    for page in ("index.md", "tra-cuu/gioi-thieu.md", "tra-cuu/index.md"):
        assert "183" not in re.sub(r"\{\{.*?\}\}", "", (root / "docs" / page).read_text("utf-8")), page
