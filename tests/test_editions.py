"""Editions over the base: own names, colours, limits, records; what is dropped leaves no hole; updates meet nothing of theirs."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from knowledge.checks.editions import contrast
from knowledge.checks.project import OF_THE_WHOLE, check_project, editions
from knowledge.kinds import LISTS
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.layers import NEEDED_PAGES, Dropped, without_mentions
from macros.renderer import Renderer
from papers.colours import MARK
from papers.files import papers
from papers.pdf.class_slides import slides_data
from papers.pdf.share import picture_data, picture_png
from scripts import command, new_record
from scripts import editions as editions_command
from tests.conftest import Project, copy_of_content, made_once, run_here, run_script
from tests.pdf_text import pages_of
from tests.test_offline import Host
from tests.test_planted_defects import issue_codes

DATA = Path(__file__).parent / "data" / "editions"
COMMUNE, PROVINCE = "xa-vi-du", "tinh-vi-du"
OWN = f"editions/{COMMUNE}/edition.yml"
LIMIT = "07 ngày; kỳ chuyên đề, đột xuất: 05 ngày (Quy chế làm việc, Điều 12 khoản 1)"


@pytest.fixture
def edited(project: Project) -> Project:
    """A copy with two editions: a commune's and a province's."""
    shutil.copytree(DATA, project.root / "editions")
    return project


@pytest.fixture(scope="session")
def edition_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base and both editions as ``make editions`` builds them, below one host."""

    def make(place: Path) -> None:
        project = copy_of_content(place / "project", with_assets=True)
        shutil.copytree(DATA, project.root / "editions")
        done = run_script("editions", root=project.root, SITE_URL="https://vi-du.vn/", CI="true")
        assert done.returncode == 0, done.stdout
        shutil.move(project.root / "dist" / "editions" / "goc", place / "host")
        for slug in (COMMUNE, PROVINCE):
            shutil.move(project.root / "dist" / "editions" / slug, place / "host" / slug)

    return made_once(tmp_path_factory, "editions", make) / "host"


def test_the_base_knows_nothing_of_editions(edited: Project, kb: KnowledgeBase) -> None:
    base, issues = check_project(edited.root)
    assert issues == [] and editions(edited.root) == [PROVINCE, COMMUNE]
    assert {name: list(found) for name, found in base.records.items()} == {
        name: list(found) for name, found in kb.records.items()
    }


def test_both_editions_hold(edited: Project) -> None:
    for slug in (COMMUNE, PROVINCE):
        _kb, issues = check_project(edited.root, slug)
        assert [issue for issue in issues if issue.level > Level.INFO] == [], slug


def test_own_records_stand_beside_those_of_the_base(edited: Project, kb: KnowledgeBase) -> None:
    own, _issues = check_project(edited.root, COMMUNE)
    assert set(own.checklists) == {*kb.checklists, "DM901"}
    assert set(own.templates) == {*kb.templates, "BM901"} and "BM901" in own.documents
    assert own.edition.name == "Sổ tay HĐND xã Ví Dụ" and own.edition.slug == COMMUNE
    assert own.edition.date == kb.edition.date, "a day is the base's"


def test_what_a_council_fixed_is_counted(edited: Project, kb: KnowledgeBase) -> None:
    own, _issues = check_project(edited.root, COMMUNE)
    before = next(one for one in kb.deadlines.values() if one.local == "ky-hop.thoi-han-gui-tai-lieu")
    after = own.deadlines[before.id]
    assert (after.amount, after.amount_other, after.unit) == (7, 5, "ngay")
    assert before.amount != 7, "or this proves nothing"


def test_what_is_dropped_leaves_no_hole(edited: Project) -> None:
    own, issues = check_project(edited.root, PROVINCE)
    assert "DM14" not in own.checklists and "TH05" not in own.exercises and "MC5" not in own.milestones
    assert not any(target.startswith("DM14") for placed in own.items.values() for target in placed.item.forms)
    assert not any(page.uri in own.dropped.pages for page in own.pages.values())
    told = [issue for issue in issues if issue.level == Level.INFO]
    assert {issue.code for issue in told} <= {
        "first-things",
        "path-without-sheet",
        "role-without-sheet",
        "template-not-used",
    }
    for page in own.pages.values():
        assert 'ref("DM14' not in page.body and "dm14.md" not in page.body, page.uri


def test_a_kind_of_resolution_stays_where_its_form_is_dropped(edited: Project) -> None:
    """Like an item whose lesson is dropped: a note, as the edition wanted it."""
    edited.replace(f"editions/{PROVINCE}/edition.yml", "drop: [", "drop: [BM04, ")
    own, issues = check_project(edited.root, PROVINCE)
    assert [str(issue) for issue in issues if issue.level > Level.INFO] == []
    assert [issue.code for issue in issues if issue.file.endswith("ln01.md")] == ["kind-form"]
    page = Renderer(own, lambda: "loai-nghi-quyet/ln01.md", lambda: "directory").kind_guide()
    assert "BM04" not in page and "None" not in page


@pytest.mark.parametrize("dropped", ["thap-muoi-2022", "HC3"])
def test_evidence_goes_with_its_source_and_with_its_part(edited: Project, dropped: str) -> None:
    page = "docs/cach-lam-hay/ct1.md"
    edited.replace(page, "## Làm gì", 'Xem {{ ref("BC-thap-muoi-2022-1", "một nơi khác") }}.\n\n## Làm gì')
    edited.replace(f"editions/{PROVINCE}/edition.yml", "drop: [", f"drop: [{dropped}, ")
    own, issues = check_project(edited.root, PROVINCE)
    assert "BC-thap-muoi-2022-1" not in own.evidence
    assert not [issue for issue in issues if "BC-" in str(issue)]
    assert "Xem một nơi khác." in own.pages[page.removeprefix("docs/")].body


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (OWN, "contact:", "contacts:", f"{OWN}:4: LỖI contacts"),
        (OWN, "name: Sổ tay HĐND xã Ví Dụ\n", "", "name"),
        (OWN, 'main: "#14532d"', 'main: "#c8e6c9"', "độ tương phản"),
        (OWN, 'on_dark: "#a7e3bd"', 'on_dark: "#333333"', "chọn màu sáng hơn"),
        (OWN, 'main: "#14532d"', "main: green", "colours.main"),
        (OWN, "gui-tai-lieu:", "gui-tai-lieuu:", "có phải “ky-hop.thoi-han-gui-tai-lieu”?"),
        (OWN, "value: 07 ngày", "value: một tuần", "không phải số ngày"),
        (OWN, "value: 07 ngày", "value: 0 ngày", "limits.ky-hop.thoi-han-gui-tai-lieu.value: “0 ngày” ngoài khoảng 1 đến 180 ngày"),
        (OWN, "value: 07 ngày", "value: 999 ngày", "“999 ngày” ngoài khoảng 1 đến 180 ngày → đọc lại Quy chế"),
        (OWN, "other: 05 ngày", "other: 181 ngày làm việc", "limits.ky-hop.thoi-han-gui-tai-lieu.other: “181 ngày làm việc” ngoài khoảng"),
        (f"editions/{PROVINCE}/edition.yml", "DM14", "DM94", "bản gốc không có “DM94”"),
        (f"editions/{COMMUNE}/checklists/dm901.yml", "forms: [BM901]", "forms: [BM902]", f"editions/{COMMUNE}/checklists/dm901.yml"),
    ],
)  # fmt: skip
def test_a_fault_in_an_edition_is_one_line_under_its_own_file(
    edited: Project, file: str, old: str, new: str, words: str
) -> None:
    edited.replace(file, old, new)
    slug = file.split("/")[1]
    told = [str(issue) for issue in check_project(edited.root, slug)[1] if issue.level == Level.ERROR]
    assert any(words in line and line.startswith("editions/") for line in told), told
    assert check_project(edited.root)[1] == [], "the base has no part in it"


def test_own_records_keep_to_their_own_numbers(edited: Project) -> None:
    folder = edited.root / "editions" / COMMUNE
    for name in ("checklists/dm901.yml", "docs/danh-muc/dm901.md"):
        text = (folder / name).read_text("utf-8").replace("DM901", "DM82")
        (folder / name.replace("901", "82")).write_text(text, "utf-8")
        (folder / name).unlink()
    codes = [issue.code for issue in check_project(edited.root, COMMUNE)[1] if issue.level == Level.ERROR]
    assert "id-space" in codes


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("danh-muc", ["checklists/dm900.yml", "docs/danh-muc/dm900.md"]), ("han-che", ["docs/han-che/hc900.md"]),
        ("ky-hop", ["docs/ky-hop/b90.md"]), ("nguon", [f"docs/nguon/{COMMUNE}-tin-moi.md"]),
    ],
)  # fmt: skip
def test_a_new_record_of_an_edition_is_its_own(
    edited: Project,
    kind: str,
    names: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(new_record, "ROOT", edited.root)
    monkeypatch.setattr(command, "ROOT", edited.root)
    monkeypatch.setenv("EDITION", COMMUNE)
    monkeypatch.setattr(sys, "argv", ["new_record", kind, "Tin mới"])
    before = {path for path in edited.root.rglob("*") if path.is_file()}
    assert new_record.main() == 0 and f"make check EDITION={COMMUNE}" in capsys.readouterr().out
    made = {path for path in edited.root.rglob("*") if path.is_file() and ".cache" not in path.parts} - before
    assert {path.relative_to(edited.root).as_posix() for path in made} == {f"editions/{COMMUNE}/{one}" for one in names}
    told = {issue.code for issue in check_project(edited.root, COMMUNE)[1]}
    assert not told & {"id-space", "own-file-taken", "duplicate-id", "id-file-mismatch"}
    written = {path: path.read_bytes() for path in made}
    new_record.main()
    assert {path: path.read_bytes() for path in made} == written, "none is written over"


def test_a_new_record_of_an_unknown_edition_is_refused(edited: Project) -> None:
    assert run_here("new_record", "han-che", "Tin mới", root=edited.root, EDITION="xa-khac").returncode == 1


def test_a_file_of_the_base_is_not_replaced_in_silence(edited: Project) -> None:
    edited.write(f"editions/{COMMUNE}/docs/han-che/hc1.md", edited.read("docs/han-che/hc1.md"))
    told = [issue for issue in check_project(edited.root, COMMUNE)[1] if issue.code == "own-file-taken"]
    assert [issue.file for issue in told] == [f"editions/{COMMUNE}/docs/han-che/hc1.md"]


def test_an_unknown_edition_is_one_line(edited: Project) -> None:
    done = run_here("check", root=edited.root, EDITION="xa-khac")
    assert done.returncode == 1 and done.stdout.count("\n") == 1
    assert "đang có: tinh-vi-du, xa-vi-du" in done.stdout


def test_an_edition_is_begun_by_a_command(edited: Project) -> None:
    done = run_script("new_edition", "--", "xa-moi", "Sổ tay HĐND xã Mới", root=edited.root)
    assert done.returncode == 0, done.stdout
    assert [issue for issue in check_project(edited.root, "xa-moi")[1] if issue.level > Level.INFO] == []
    for slug, name in (("Xã Mới", "Sổ tay"), ("goc", "Sổ tay"), ("xa-moi", "Sổ tay"), ("xa-nua", "")):
        refused = run_here("new_edition", "--", slug, name, root=edited.root)
        assert refused.returncode == 1 and refused.stdout.count("\n") == 1, refused.stdout


def test_pages_that_programs_lead_to_are_not_dropped(edited: Project, root: Path) -> None:
    named: set[str] = set()
    for folder, pattern in (
        ("macros", "*.py"),
        ("papers", "*.py"),
        ("macros/templates", "*.html"),
        ("overrides", "*.html"),
    ):
        for path in (root / folder).rglob(pattern):
            text = path.read_text("utf-8")
            named |= set(re.findall(r'"((?:tra-cuu|dai-bieu-moi)/[a-z0-9-]+\.md)"', text))
            named |= {f"{one}.md" for one in re.findall(r"'((?:tra-cuu|dai-bieu-moi)/[a-z0-9-]+)'", text)}
    assert named and named - set(LISTS) <= NEEDED_PAGES
    wanted = [*sorted(NEEDED_PAGES), "index.md", "tra-cuu/thoi-han.md"]
    edited.replace(f"editions/{PROVINCE}/edition.yml", "drop: [", f"drop: [{', '.join(wanted)}, ")
    told = [issue for issue in check_project(edited.root, PROVINCE)[1] if issue.level == Level.ERROR]
    assert {(issue.code, issue.line) for issue in told} == {("not-droppable", 4)}
    assert sorted(issue.message.split()[0] for issue in told) == sorted(wanted)


@pytest.mark.parametrize(
    ("dropped", "code"),
    [("nd-30-2020", "not-droppable"), ("na-ri-2023", "unknown-id"), ("mttq", "?"), ("DM05", "?")],
)
def test_what_goes_wrong_by_dropping_is_told_of_the_editions_own_file(edited: Project, dropped: str, code: str) -> None:
    edited.replace(f"editions/{PROVINCE}/edition.yml", "drop: [", f"drop: [{dropped}, ")
    own, issues = check_project(edited.root, PROVINCE)
    told = [issue for issue in issues if issue.level == Level.ERROR]
    assert {issue.file for issue in told} <= {f"editions/{PROVINCE}/edition.yml"}
    for issue in told:
        by_dropping = issue.message.startswith("bỏ các bản ghi này thì ")
        assert by_dropping == issue.remedy.startswith("giữ lại bản ghi liên quan"), issue
    assert code == "?" or code in {issue.code for issue in told}
    # A term may bear the name of an item: its words stay.
    assert 'term("can-cu"' in own.pages["vai-tro/van-phong.md"].body


def test_an_own_record_is_not_shortened_in_silence(edited: Project) -> None:
    """Only the base's records give way to what is dropped; an edition's own link to it is a fault."""
    edited.replace(OWN, "welcome:", "drop: [BM26]\nwelcome:")
    edited.replace(f"editions/{COMMUNE}/checklists/dm901.yml", "forms: [BM901]", "forms: [BM26]")
    told = [str(issue) for issue in check_project(edited.root, COMMUNE)[1] if issue.level == Level.ERROR]
    assert any(line.startswith(f"editions/{COMMUNE}/checklists/dm901.yml") and "BM26" in line for line in told), told


def test_a_label_that_looks_like_a_dropped_code_is_a_label() -> None:
    dropped = Dropped({"DM14": "Tiếp xúc cử tri"}, set(), {"x"})
    assert without_mentions('{{ ref("HC1", "DM14") }}', "a.md", dropped) == ('{{ ref("HC1", "DM14") }}', [])
    assert (
        without_mentions('{{ ref("DM14") }}, {{ ref("DM14", "phiếu") }}', "a.md", dropped)[0]
        == "Tiếp xúc cử tri, phiếu"
    )
    assert without_mentions('{{ rule("DM14") }}', "a.md", dropped)[1] == [("rule", "DM14")]


def test_a_notice_of_the_edition_is_told_of_its_file(edited: Project) -> None:
    old = "notices: []"
    new = "notices: [{id: x, text: Một việc., page: khong-co.md, link: Xem, show_until: 2027-01-01}]"
    edited.replace(f"editions/{PROVINCE}/edition.yml", old, new)
    told = [issue for issue in check_project(edited.root, PROVINCE)[1] if issue.level == Level.ERROR]
    file = f"editions/{PROVINCE}/edition.yml"
    line = edited.read(file).splitlines().index(new) + 1
    assert [(issue.file, issue.line, issue.code) for issue in told] == [(file, line, "unknown-page")]


def test_a_notice_of_the_base_is_told_with_its_line_whatever_is_dropped(edited: Project) -> None:
    """What is dropped takes the notice before it along; the one that stays is told where it stands."""
    file = f"editions/{PROVINCE}/edition.yml"
    edited.replace(file, "notices: []\n", "")
    edited.replace(file, "drop: [", "drop: [tra-cuu/ra-soat-van-ban.md, ")
    edited.replace("edition.yml", "show_until: 2026-12-31", "show_until: 2026-01-05")
    # An editor's blank at the end is none of the page's.
    edited.replace("edition.yml", "page: tra-cuu/ra-soat-van-ban.md", 'page: "tra-cuu/ra-soat-van-ban.md "')
    over = [issue for issue in check_project(edited.root, PROVINCE)[1] if issue.code == "notice-over"]
    line = edited.read("edition.yml").splitlines().index("    show_until: 2026-01-05") + 1
    assert [(one.file, one.line, one.field) for one in over] == [("edition.yml", line, "notices[1].show_until")]


def test_gaps_have_codes_that_exist(root: Path) -> None:
    # One of them is a single word, which the reader of the sources passes over.
    assert issue_codes(root) >= OF_THE_WHOLE - {"orphan"}


def test_slides_and_pictures_have_the_editions_colour(edited: Project, kb: KnowledgeBase) -> None:
    (edited.root / MARK).parent.mkdir(parents=True)
    shutil.copy(kb.root / MARK, edited.root / MARK)
    own, _issues = check_project(edited.root, COMMUNE)
    data = picture_data(own, own.pages["danh-muc/dm04.md"])
    assert data["page"]["accent"] == data["site"]["accent"] == "#14532d" and "#14532d" in data["site"]["mark"]
    drawn = Image.open(io.BytesIO(picture_png(data))).convert("RGB")
    assert drawn.getpixel((600, 4)) == (0x14, 0x53, 0x2D)
    colours = set()
    for base in (own, kb):
        plan = base.large_class
        assert plan
        colours.add(slides_data(base, plan, [])["ink"])
        (deck,) = [one for one in papers(base, "") if one.name == "lop-hoc.pptx"]
        with zipfile.ZipFile(io.BytesIO(deck.writer(*deck.arguments))) as file:
            theme = file.read("ppt/theme/theme1.xml").decode()
        colours |= set(re.findall(r'<a:dk2><a:srgbClr val="(\w+)"', theme))
    assert colours == {"#14532d", "14532D", "#14406B", "14406B"}


def test_an_edition_is_published_at_its_own_address(edited: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions_command, "ROOT", edited.root)
    monkeypatch.setenv("SITE_URL", "https://vi-du.vn/so-tay/")
    assert editions_command.address_of(COMMUNE) == "https://vi-du.vn/so-tay/xa-vi-du/"
    edited.replace(OWN, "welcome:", "site_url: https://xa.vi-du.vn/\nwelcome:")
    assert editions_command.address_of(COMMUNE) == "https://xa.vi-du.vn/"
    assert editions_command.address_of("goc") == "https://vi-du.vn/so-tay/"


def test_contrast_is_the_guidelines() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21 and contrast("#777777", "#777777") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.full
def test_name_colours_and_contact_stand_everywhere(edition_sites: Path) -> None:
    site = edition_sites / COMMUNE
    home = LexborHTMLParser((site / "index.html").read_text("utf-8"))
    assert home.css_first("title").text() == "Bắt đầu - Sổ tay HĐND xã Ví Dụ"
    assert "Bản của xã Ví Dụ" in home.css_first("article").text()
    told = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    assert told["name"] == "Sổ tay HĐND xã Ví Dụ" and told["theme_color"] == "#14532d"
    assert "#14532d" in (site / "assets/images/favicon.svg").read_text("utf-8")
    assert "Gửi tới: Văn phòng HĐND và UBND xã Ví Dụ" in (site / "tra-cuu/gop-y/index.html").read_text("utf-8")
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "https://vi-du.vn/xa-vi-du/" in text or page.name == "404.html", page
        assert "Sổ tay HĐND xã Ví Dụ" in text, page


@pytest.mark.full
def test_a_local_limit_stands_in_pages_data_and_papers(edition_sites: Path) -> None:
    base, site = edition_sites, edition_sites / COMMUNE
    page = "danh-muc/dm11/index.html"
    assert LIMIT in (site / page).read_text("utf-8") and LIMIT not in (base / page).read_text("utf-8")
    own = json.loads((site / "tai-ve/kb.json").read_text("utf-8"))
    (deadline,) = [one for one in own["deadlines"] if one["local"] == "ky-hop.thoi-han-gui-tai-lieu"]
    assert deadline["amount"] == 7
    assert '"amount":7' in (site / "assets/scripts/data/deadlines.js").read_text("utf-8")
    assert "07 ngày" in pdf_text(site / "tai-ve/dm11.pdf") and "07 ngày" not in pdf_text(base / "tai-ve/dm11.pdf")


@pytest.mark.full
def test_an_edition_built_among_others_is_the_same_as_one_built_alone(edition_sites: Path) -> None:
    alone = edition_sites.parent / "alone"
    root = edition_sites.parent / "project"
    done = run_script(
        "build", "--output", str(alone), root=root, EDITION=COMMUNE, SITE_URL=f"https://vi-du.vn/{COMMUNE}/", CI="true"
    )
    assert done.returncode == 0, done.stdout
    files = {path.relative_to(alone) for path in alone.rglob("*") if path.is_file()}
    assert len(files) > 300
    among = edition_sites / COMMUNE
    assert not [file for file in files if (among / file).read_bytes() != (alone / file).read_bytes()]


@pytest.mark.full
def test_codes_on_paper_lead_to_their_own_edition(edition_sites: Path) -> None:
    for folder, address in (("", ""), (f"{COMMUNE}/", f"{COMMUNE}/")):
        page = pypdfium2.PdfDocument(edition_sites / f"{folder}tai-ve/dm11.pdf")[0]
        (code,) = zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
        assert code.text == f"https://vi-du.vn/{address}danh-muc/dm11/"


@pytest.mark.full
def test_dropped_pages_are_gone_and_nothing_leads_there(edition_sites: Path) -> None:
    site = edition_sites / PROVINCE
    assert not (site / "danh-muc/dm14").exists() and not (site / "tai-ve/dm14.pdf").exists()
    for page in site.rglob("*.html"):
        assert "dm14" not in page.read_text("utf-8"), page


@pytest.fixture
def editions_host(edition_sites: Path) -> Iterator[Host]:
    host = Host(edition_sites)
    yield host
    host.stop()


@pytest.mark.full
def test_two_editions_on_one_host_see_nothing_of_each_other(browser: Browser, editions_host: Host) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{editions_host.address}xa-vi-du/danh-muc/dm04/")
    page.locator(".hd-tick").first.check()
    page.goto(f"{editions_host.address}danh-muc/dm04/")
    assert page.locator(".hd-tick:checked").count() == 0
    page.goto(f"{editions_host.address}xa-vi-du/danh-muc/dm04/")
    assert page.locator(".hd-tick:checked").count() == 1
    context.close()


def test_an_update_of_the_base_meets_nothing_of_an_edition(edited: Project, tmp_path: Path) -> None:
    """A plausible release is merged under an edition by git, without a conflict, and both still hold."""
    root = edited.root

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@vi-du.vn", "-c", "commit.gpgsign=false", *arguments],
            cwd=root, text=True, capture_output=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    shutil.rmtree(root / "editions")
    edited.write(".gitignore", ".cache/\n")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "province")
    shutil.copytree(DATA, root / "editions")
    git("add", "-A")
    git("commit", "-qm", "editions")
    git("checkout", "-q", "main")
    edited.write("edition.yml", re.sub(r"(?m)^date: \S+", "date: 2026-12-15", edited.read("edition.yml")))
    edited.replace("mkdocs.yml", "Bài học và phiếu rà soát", "Phiếu rà soát và bài học")
    for name in ("checklists/dm20.yml", "docs/danh-muc/dm20.md"):
        text = (
            edited.read(name)
            .replace("id: DM20", "id: DM82")
            .replace('title: "Đại biểu mới', 'title: "Cũng đại biểu mới')
        )
        edited.write(name.replace("20", "82"), text)
    edited.replace("docs/can-cu/nq-1670-2025.md", "checked_on:", "checked_on: ")
    edited.replace("docs/tra-cuu/gop-y.md", "Ghi năm dòng", "Ghi đủ năm dòng")
    git("add", "-A")
    git("commit", "-qm", "release")
    git("checkout", "-q", "province")
    git("merge", "-q", "--no-edit", "main")
    for slug in (COMMUNE, PROVINCE):
        own, issues = check_project(root, slug)
        assert [issue for issue in issues if issue.level == Level.ERROR] == [], slug
        assert "DM82" in own.checklists


def pdf_text(file: Path) -> str:
    """Return what a sheet says on paper."""
    return " ".join(pages_of(file))


def test_a_rename_names_the_editions_that_still_say_the_old_code(edited: Project) -> None:
    done = run_here("rename", "TH05", "TH87", "", root=edited.root)
    assert done.returncode == 0, done.stdout
    assert f"editions/{PROVINCE}/edition.yml:4: còn nhắc TH05" in done.stdout


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("where", ["prepare", "mkdir"])
def test_what_the_machine_refuses_before_the_first_edition_is_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, where: str, code: int
) -> None:
    def refused(*_a: object, **_b: object) -> None:
        raise OSError(code, os.strerror(code), "/dia/tep")

    monkeypatch.setattr(editions_command, "prepare", refused if where == "prepare" else lambda: None)
    if where == "mkdir":
        monkeypatch.setattr(Path, "mkdir", refused)
    done = run_here("editions", root=project.root)
    assert done.returncode == 1 and done.stdout.startswith("/dia/tep: ") and done.stdout.count("\n") == 1


def test_an_edition_that_swells_names_no_address(tmp_path: Path) -> None:
    file = tmp_path / "edition.yml"
    laugh = "a: &a [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1 if n else ''}, *a{n - 1 if n else ''}]\n" for n in range(40)
    )
    for text in (f"{laugh}site_url: *a39\n", "site_url: " + "[" * 50_000, "site_url: [", "- a"):
        file.write_text(text, "utf-8")
        assert editions_command._own_address(file) == ""
    file.write_text("site_url: https://vi-du.vn/\n", "utf-8")
    assert editions_command._own_address(file) == "https://vi-du.vn/"
