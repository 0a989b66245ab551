"""The built site: no leak, no dead link in both forms, unique titles, Vietnamese, nothing fetched."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from publish.read_back import faults, read_site
from tests.conftest import LEFT_BEHIND, PUBLIC, Project, run_here, run_script

FORMS = ["directory", "file"]
read_pages = functools.cache(read_site)
"""A site that was built changes no more."""


@pytest.mark.parametrize("form", FORMS)
def test_built_pages_have_no_fault(sites: dict[str, Path], form: str) -> None:
    pages = read_pages(sites[form])
    assert len(pages) > 45
    assert sum(len(page.links) for page in pages.values()) > 2000, "links are read wrongly"
    assert [str(fault) for fault in faults(sites[form])] == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("leak", "Biểu hiện", "{{ typo }}"),
        ("leak", "Biểu hiện", "Macro Rendering Error"),
        ("dead-link", 'href="#hc1e"', 'href="#hc1-e"'),
        ("dead-link", 'href="../../danh-muc/dm05/#chu-the"', 'href="../../danh-muc/dm05/#chuthe"'),
        ("dead-link", 'href="../../danh-muc/dm05/', 'href="../../danh-muc/dm99/'),
        ("foreign-request", "</body>", '<script src="https://vi-du.vn/x.js"></script></body>'),
        ("foreign-request", "</body>", '<img src="//vi-du.vn/x.png"></body>'),
        ("no-title", "<title>", "<title></title><title>"),
        (
            "same-title",
            "<title>Nghị quyết chưa bám sát luật, sai chủ thể, thiếu nội dung",
            "<title>Giải pháp",
        ),
    ],
)
@pytest.mark.full
def test_planted_faults_of_a_page_are_caught(site: Path, tmp_path: Path, code: str, old: str, new: str) -> None:
    copy = tmp_path / "site"
    for file in site.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(file)
    page = copy / "han-che/hc1/index.html"
    text = page.read_text("utf-8")
    assert old in text
    page.unlink()
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert code in {fault.code for fault in faults(copy)}


@pytest.mark.full
def test_same_content_same_bytes(site: Path, tmp_path: Path) -> None:
    """Both builds take the papers from one cache: that they are the same when made anew is tested in test_paper_cache."""
    result = run_script("build", "--output", str(tmp_path / "again"), PYTHONHASHSEED="1")
    assert result.returncode == 0, result.stdout
    first = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    again = {p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*") if p.is_file()}
    assert first == again


def test_nothing_of_the_theme_is_in_english(site: Path) -> None:
    words = re.compile(
        r"\b(Skip to content|Search|Initializing|Table of contents|Back to top|Previous|Next|"
        r"Navigation|Tabs|Header|Footer|Not found|Made with|Copy to clipboard|Share|Clear|"
        r"matching documents|Permanent link)\b"
    )
    for page in read_pages(site):
        tree = LexborHTMLParser((site / page).read_text("utf-8"))
        assert (tree.css_first("html") or tree).attributes["lang"] == "vi"  # type: ignore[union-attr]
        attributes = [
            node.attributes.get(name) or ""
            for node in tree.css("[title], [aria-label], [placeholder], [alt]")
            for name in ("title", "aria-label", "placeholder", "alt")
        ]
        # The search box takes its texts from this block.
        settings = tree.css_first("script#__config")
        said = [
            tree.body.text() if tree.body else "",
            *attributes,
            settings.text() if settings else "",
        ]
        found = [hit for text in said for hit in words.findall(re.sub(r'"[a-z.]+":', "", text))]
        assert found == [], page


def test_every_page_has_a_description(site: Path) -> None:
    for page in read_pages(site):
        tree = LexborHTMLParser((site / page).read_text("utf-8"))
        description = tree.css_first('meta[name="description"]')
        assert description and len(description.attributes["content"] or "") > 20, page


def test_headings_with_d_have_an_address_with_d(site: Path) -> None:
    pages = read_pages(site)
    assert "doc-nhan-the-nao" in pages["can-cu/index.html"].ids
    assert "dung-nhap-tai-lieu-mat" in pages["tra-cuu/gioi-thieu/index.html"].ids


def test_without_a_public_address_none_is_invented(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    assert 'rel="canonical"' not in text and "og:url" not in text
    assert not (site / "sitemap.xml").exists()


def test_with_a_public_address_it_is_used(public: Path) -> None:
    page = (public / "han-che/hc1/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{PUBLIC}han-che/hc1/">' in page
    assert f"{PUBLIC}han-che/hc1/" in (public / "sitemap.xml").read_text("utf-8")


def test_what_editors_leave_behind_reaches_neither_the_host_nor_the_devices(public: Path) -> None:
    assert [path for path in public.rglob("*") if path.name in LEFT_BEHIND] == []
    worker = (public / "sw.js").read_text("utf-8")
    assert "han-che/hc1/" in worker and [name for name in LEFT_BEHIND if name in worker] == []


def test_a_public_address_that_is_none_is_one_line(project: Project) -> None:
    wrong = run_here("build", root=project.root, SITE_URL="vi-du.vn")
    assert wrong.returncode == 1 and "https://" in wrong.stdout and "Traceback" not in wrong.stdout


def test_the_banner_of_the_theme_reaches_nobody(site: Path) -> None:
    said = (site.parent / "said").read_text("utf-8")
    assert "is ready" in said
    for word in ("Zensical", "end of life", "MkDocs 2.0"):
        assert word not in said


def test_the_side_bar_of_a_long_section_stays_short(public: Path) -> None:
    """Listing every page of a long section on each of them would grow with the square."""
    tree = LexborHTMLParser((public / "dai-bieu-moi/thu-30/index.html").read_text("utf-8"))
    links = [a.text(strip=True) for a in tree.css("nav[data-md-level='1'] a.md-nav__link")]
    assert "Trang thử 20" in links and "Trang thử 40" in links
    assert "Trang thử 19" not in links and len(links) < 30
    assert tree.css_first(".md-nav__link--active") is not None


def test_hostile_text_in_data_stays_text(public: Path) -> None:
    for page in ("ky-hop/b4/index.html", "ky-hop/index.html"):
        tree = LexborHTMLParser((public / page).read_text("utf-8"))
        assert [s for s in tree.css("script") if "alert(1)" in s.text()] == []
    head = LexborHTMLParser((public / "ky-hop/b4/index.html").read_text("utf-8"))
    description = head.css_first('meta[name="description"]')
    assert description and 'Nói "rõ"' in (description.attributes["content"] or "")


def test_no_list_of_the_navigation_is_longer_than_twelve(site: Path) -> None:
    """What a reader has to read to choose; longer lists are cut in groups in docs/.nav.yml."""
    lengths: dict[int, str] = {}
    for file in (site / "index.html", *sorted(site.glob("*/*/index.html"))):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        for found in tree.css(".md-nav--primary .md-nav__list, .md-tabs__list"):
            # The page's own headings are another list.
            above, own = found.parent, True
            while above:
                own = own and "md-nav--secondary" not in (above.attributes.get("class") or "")
                above = above.parent
            if own:
                lengths[sum(child.tag == "li" for child in found.iter())] = str(file)
    assert max(lengths) <= 12, lengths[max(lengths)]
    assert 8 in lengths


def groups_within_their_like(entries: object, above: tuple[str, ...] = ()) -> list[str]:
    """Return the groups of a navigation that stand, at any depth, in a group of the same name."""
    found: list[str] = []
    for entry in entries if isinstance(entries, list) else []:
        for name, inside in entry.items() if isinstance(entry, dict) else []:
            here = (*above, name)
            found += [" → ".join(here)] if name in above else []
            found += groups_within_their_like(inside, here)
    return found


def test_no_group_of_the_navigation_stands_within_one_of_its_name(root: Path) -> None:
    """Both are open on their pages, each a landmark: who listens could not tell them apart."""
    assert groups_within_their_like([{"Luật": [{"Căn cứ": [{"Luật": ["a.md"]}, {"Nghị quyết": ["b.md"]}]}]}]) == [
        "Luật → Căn cứ → Luật"
    ]
    told = yaml.safe_load((root / "docs/.nav.yml").read_text("utf-8"))
    assert told["nav"] and groups_within_their_like(told["nav"]) == []
