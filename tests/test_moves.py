"""What was published and is called otherwise now, or is gone: addresses lead on, links and devices follow, nothing is half done."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from datetime import date
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from knowledge.checks.project import check_project
from knowledge.confirmed import read_confirmed
from knowledge.moves import ids_of, leading_pages, old_anchors, page_uri, trail_of
from knowledge.published import changed_items, excused, marks_of, read_ledger, recorded_of
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.load import load
from knowledge.records.moves import Move, Moves, Withdrawal
from publish import changing
from publish.changing import carry_out, loaded
from publish.ids_module import ids_module
from publish.leading import leading_html, old_downloads
from publish.moving import moves_text, rename, withdraw
from publish.project import ROOT
from publish.where_named import NotPossible
from publish.yaml_places import elements, places
from scripts import new_record
from scripts.ledger import missing, published
from tests.browsing import await_frames
from tests.conftest import Project, copy_of_content, made_once, run_here, run_script

DAY = date(2027, 1, 5)


def move(kind: str, old: str, new: str) -> Move:
    return Move(kind=kind, old=old, new=new, date=DAY)


def gone(kind: str, one: str, instead: str | None = None) -> Withdrawal:
    return Withdrawal(kind=kind, id=one, title="Phiếu cũ", date=DAY, reason="Đã ghép.", instead=instead)


# Following ------------------------------------------------------------------------------------------

CHAIN = Moves(
    moved=[
        move("items", "DM04/a", "DM04/b"), move("checklists", "DM04", "DM82"), move("items", "DM82/b", "DM82/c"),
        move("findings", "HC1", "HC9"), move("parts", "HC9a", "HC9z"), move("steps", "MC1/x", "MC1/y"),
        move("roles", "thu-ky", "thu-ky-ky-hop"), move("statements", "TR-HDND/a", "TR-HDND/b"),
        move("checklists", "DM30", "DM31"), move("checklists", "DM31", "DM30"),
    ],
    withdrawn=[gone("checklists", "DM82"), gone("parts", "HC2a")],
)  # fmt: skip
FOLLOWED = [
    ("items", "DM04/a", "DM82/c"), ("items", "DM04/b", "DM82/c"), ("items", "DM82/b", "DM82/c"),
    ("items", "DM04/other", "DM82/other"), ("items", "DM05/a", "DM05/a"), ("checklists", "DM04", "DM82"),
    ("parts", "HC1a", "HC9z"), ("parts", "HC1b", "HC9b"), ("parts", "HC1", "HC9"), ("steps", "MC1/x", "MC1/y"),
    ("steps", "MC2/x", "MC2/x"), ("roles", "thu-ky", "thu-ky-ky-hop"), ("statements", "TR-HDND/a", "TR-HDND/b"),
    ("exercises", "TH01", "TH01"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "now"), FOLLOWED)
def test_an_old_id_is_followed_to_what_it_is_called_now(kind: str, old: str, now: str) -> None:
    trail = trail_of(CHAIN)
    assert trail.now(kind, old) == now
    assert old == now or old in trail.former(kind, now)


def test_a_circle_leads_nowhere_and_ends() -> None:
    trail = trail_of(CHAIN)
    assert trail.now("checklists", "DM30") is None
    assert trail.former("checklists", "DM30") == ["DM31"]


def test_what_is_gone_is_known_under_each_of_its_names_and_for_what_it_held() -> None:
    trail = trail_of(CHAIN)
    for kind, one in (("checklists", "DM04"), ("checklists", "DM82"), ("items", "DM04/a"), ("items", "DM82/x")):
        assert trail.withdrawal(kind, one) == CHAIN.withdrawn[0], one
    assert trail.withdrawal("checklists", "DM05") is None
    assert trail.withdrawal("parts", "HC2a") and not trail.withdrawal("parts", "HC2b")


def test_the_browser_follows_as_the_program_does(modules: Page) -> None:
    def ids(route: Route) -> None:
        route.fulfill(body=ids_module(CHAIN), content_type="text/javascript")

    modules.route("http://scripts.test/kept/ids.js", ids)
    found = modules.evaluate(
        "async (cases) => { const { now } = await import('/kept/follow.js'); return cases.map(([kind, id]) => now(kind, id)); }",
        [[kind, old] for kind, old, _now in FOLLOWED],
    )
    assert found == [now for _kind, _old, now in FOLLOWED]
    circle = "async () => (await import('/kept/follow.js')).now('checklists', 'DM30')"
    assert modules.evaluate(circle) in ("DM30", "DM31")


def test_the_committed_files_are_as_the_commands_write_them(root: Path, kb: KnowledgeBase) -> None:
    assert (root / "docs/assets/scripts/kept/ids.js").read_text("utf-8") == ids_module()
    assert load(root).kb.moves_origin is not None
    assert moves_text(load(root).kb.moves) == (root / "moved.yml").read_text("utf-8"), "as the commands write it"


def test_pages_and_places_of_old_ids(kb: KnowledgeBase) -> None:
    assert page_uri("sources", "TB183") == "tra-cuu/tb183.md"
    assert page_uri("sources", "thap-muoi-2022") == "nguon/thap-muoi-2022.md"
    assert page_uri("pages", "tra-cuu/hoi-dap.md") == "tra-cuu/hoi-dap.md"
    moved = KnowledgeBase(kb.root, kb.edition, moves=CHAIN)
    assert old_anchors(moved, "items", "DM82/c") == ["a", "b"]
    assert {"hc1a", "hc9a"} <= set(old_anchors(moved, "parts", "HC9z"))


# The file -------------------------------------------------------------------------------------------


def test_what_is_written_is_read_again(project: Project) -> None:
    one = Withdrawal(
        kind="checklists", id="DM30", title='Phiếu "cũ": \\ một', date=DAY, reason="Ghép: “một”.", instead="DM01"
    )
    moves = Moves(
        moved=[move("checklists", "DM31", "DM01"), move("rules", "a.b", "giam-sat.pham-vi-hdnd")], withdrawn=[one]
    )
    project.write("moved.yml", moves_text(moves))
    assert load(project.root).kb.moves == moves
    assert project.check() == []


def test_a_project_without_the_file_has_no_moves(project: Project) -> None:
    (project.root / "moved.yml").unlink()
    assert project.check() == [] and load(project.root).kb.moves == Moves()


def test_places_of_values_are_exact_to_the_character() -> None:
    text = 'a: [X, "Y"] # ghi chú\nb:\n  - id: ấ\n    t: "ế"\n  - id: c\nd: {e: f}\n'
    for place in places(text):
        assert text[place.start : place.end].strip('"') == place.value
    assert [one.value for one in places(text) if one.is_key] == ["a", "b", "id", "t", "id", "d", "e"]
    assert [(path, one.first_line, one.end_line) for path, one in elements(text).items() if path[0] == "b"] == [
        (("b", 0), 2, 4), (("b", 1), 4, 5),
    ]  # fmt: skip
    assert places("a: [") == [] and places("") == []


# Renaming -------------------------------------------------------------------------------------------


def tree(root: Path) -> dict[str, str]:
    """Return every file of a project but caches, with what is in it."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def with_what_was_published(project: Project) -> Project:
    shutil.copy(ROOT / "ledger.json", project.root / "ledger.json")
    return project


RENAMED = [
    ("DM04/ten-du-y", "DM04/ten-du", "", "items"),
    ("DM21", "DM82", "", "checklists"),
    ("BM02", "BM80", "", "templates"),
    ("HC2", "HC6", "", "findings"),
    ("HC1a", "HC1z", "", "parts"),
    ("giam-sat.pham-vi-hdnd", "giam-sat.pham-vi", "", "rules"),
    ("thu-ky", "thu-ky-ky-hop", "roles", "roles"),
    ("thu-ky", "thu-ky-ky-hop", "terms", "terms"),
    ("luat-72-2025", "luat-to-chuc-2025", "", "instruments"),
    ("TB183", "TB184", "", "sources"),
    ("thap-muoi-2022", "thap-muoi", "", "sources"),
    ("BC-thap-muoi-2022-1", "BC-thap-muoi-1", "", "evidence"),
    ("TH01", "TH90", "", "exercises"),
    ("MC5/thu-xep-tron-ky-hop", "MC5/thu-xep", "", "steps"),
    ("TR-HDND/hc1a", "TR-HDND/ten-du-y", "", "statements"),
    ("tra-cuu/hoi-dap.md", "tra-cuu/hoi-va-dap.md", "", "pages"),
    ("tra-cuu/hoi-dap.md", "dai-bieu-moi/hoi-dap.md", "", "pages"),
    # The columns of BM07 count by it, too.
    ("han-ubnd-thong-qua", "han-ubnd-duyet", "", "deadlines"),
    # The one stands on the page, the other in the file in which the page's list goes on.
    ("sl-ky-ubnd", "sl-ky-cua-ubnd", "", "draft_signs"),
    ("sl-dem-danh-sach", "sl-dem-ten", "", "draft_signs"),
]


@pytest.mark.parametrize(("old", "new", "wanted", "kind"), RENAMED, ids=[f"{one[3]}-{one[1]}" for one in RENAMED])
def test_what_is_renamed_is_found_under_its_new_name_and_all_links_follow(
    project: Project, old: str, new: str, wanted: str, kind: str
) -> None:
    with_what_was_published(project)
    before = load(project.root).kb
    told = carry_out(before, rename(loaded(project.root), old, new, DAY, wanted))
    assert told[0] == f"{old} → {new}, ngày 05/01/2027"
    after, issues = check_project(project.root)
    assert [str(one) for one in issues if one.level > Level.INFO] == []
    assert old not in ids_of(after, kind) and new in ids_of(after, kind)
    assert len(after.pages) == len(before.pages) and len(after.items) == len(before.items)
    assert after.moves.moved == [move(kind, old, new)]
    # What rests on rules was read with them as before.
    was, now = read_confirmed(ROOT)[0], read_confirmed(project.root)[0]
    assert len(was.records) <= len(now.records) <= len(was.records) + 1 and len(was.rules) == len(now.rules)


def test_a_renamed_page_keeps_its_words_and_its_place_in_the_navigation(project: Project) -> None:
    text = project.read("docs/tra-cuu/hoi-dap.md")
    kb = loaded(project.root)
    carry_out(kb, rename(kb, "tra-cuu/hoi-dap.md", "tra-cuu/hoi-va-dap.md", DAY))
    assert project.read("docs/tra-cuu/hoi-va-dap.md") == text
    assert not (project.root / "docs/tra-cuu/hoi-dap.md").exists()
    assert "- tra-cuu/hoi-va-dap.md\n" in project.read("docs/.nav.yml")
    assert "tra-cuu/hoi-dap.md" not in project.read("docs/.nav.yml") + project.read("docs/index.md")


def test_links_with_places_follow_within_prose(project: Project) -> None:
    project.append(
        "docs/ky-hop/b4.md",
        "\n[a](../danh-muc/dm04.md#ten-du-y) [b](../han-che/hc2.md#hc2a) [c](../tra-cuu/ban-do.md#hc2)\n",
    )
    for old, new in (("DM04/ten-du-y", "DM04/ten-du"), ("HC2", "HC6"), ("DM04", "DM30")):
        kb = loaded(project.root)
        carry_out(kb, rename(kb, old, new, DAY))
    line = "[a](../danh-muc/dm30.md#ten-du) [b](../han-che/hc6.md#hc6a) [c](../tra-cuu/ban-do.md#hc6)"
    assert line in project.read("docs/ky-hop/b4.md")
    kb = load(project.root).kb
    assert old_anchors(kb, "items", "DM30/ten-du") == ["ten-du-y"]
    assert [(page.uri, page.to) for page in leading_pages(kb)] == [
        ("danh-muc/dm04.md", ("danh-muc/dm30.md", "")), ("han-che/hc2.md", ("han-che/hc6.md", "")),
    ]  # fmt: skip


REFUSED = [
    ("DM99", "DM98", "không có mã hay trang “DM99”"),
    ("DM04", "DM04", "mã mới trùng mã cũ"),
    ("DM04", "DM05", "DM05 đang là mã của phiếu rà soát"),
    ("DM04/ten-du-y", "DM04/ten-khop", "đang là mã của mục"),
    ("DM04", "DM9", "không phải mã của phiếu rà soát"),
    ("DM04", "HC9", "không phải mã của phiếu rà soát"),
    ("DM04/ten-du-y", "DM05/ten-du", "phải ở lại DM04"),
    ("DM04/ten-du-y", "DM04/Tên", "không phải mã của mục"),
    ("HC1a", "HC2z", "phải ở lại HC1"),
    ("thu-ky", "thu-ky-moi", "ghi thêm kind=roles hoặc kind=terms"),
    ("danh-muc/dm04.md", "danh-muc/dm30.md", "là trang của bản ghi → ghi mã DM04"),
    ("tra-cuu/thuat-ngu.md", "tra-cuu/tu.md", "trang riêng của chương trình"),
    ("tra-cuu/hoi-dap.md", "tra-cuu/Hỏi đáp.md", "không phải mã của trang"),
    ("tra-cuu/hoi-dap.md", "khac/hoi-dap.md", "không phải mã của trang"),
    ("tra-cuu/hoi-dap.md", "tra-cuu/tien-do.md", "đang là mã của trang khác"),
    ("DM04", "DM30", "DM30 đã dùng trước đây"),
    ("DM04/ten-du-y", "DM04/cu", "DM04/cu đã dùng trước đây"),
    ("DM04", "DM31", "DM31 đã dùng trước đây"),
]


@pytest.mark.parametrize(("old", "new", "told"), REFUSED, ids=[f"{one[0]}-{one[1]}" for one in REFUSED])
def test_what_cannot_be_renamed_is_told_and_nothing_is_touched(project: Project, old: str, new: str, told: str) -> None:
    ledger = json.loads((ROOT / "ledger.json").read_text("utf-8"))
    ledger["ids"]["checklists"].append("DM31")
    project.write("ledger.json", json.dumps(ledger))
    moves = Moves(moved=[move("items", "DM04/cu", "DM04/ten-khop")], withdrawn=[gone("checklists", "DM30")])
    project.write("moved.yml", moves_text(moves))
    before = tree(project.root)
    with pytest.raises(NotPossible, match=re.escape(told)):
        rename(loaded(project.root), old, new, DAY)
    assert tree(project.root) == before


def test_what_is_refused_is_one_line_and_exit_code_1(project: Project) -> None:
    before = tree(project.root)
    result = run_script("rename", "DM99", "DM98", root=project.root)
    assert result.returncode == 1 and result.stdout.startswith("không có mã hay trang “DM99” → có phải DM")
    assert run_here("rename", "DM04", "", root=project.root).stdout.startswith("Ghi mã cũ, mã mới.")
    # Blanks alone, of any kind, name nothing: they are not taken for "nothing was given".
    for command, given in (
        ("rename", ("HC1", "HC99", "\u00a0")), ("withdraw", ("HC1", "Đã ghép.", " \u3000", "")), ("withdraw", ("HC1", "Đã ghép.", "HC2", "\t")),
    ):  # fmt: skip
        result = run_here(command, *given, root=project.root)
        assert result.returncode == 1 and result.stdout.startswith("Ghi mã"), (command, given)
    assert tree(project.root) == before


def test_a_page_that_the_program_names_is_not_renamed(buildable: Project) -> None:
    kb = loaded(buildable.root)
    with pytest.raises(NotPossible, match=r"macros/view\.py:\d+: chương trình gọi trang tra-cuu/tien-do\.md"):
        rename(kb, "tra-cuu/tien-do.md", "tra-cuu/viec-toi-han.md", DAY)


def test_renaming_twice_is_followed_and_back_is_refused(project: Project) -> None:
    for old, new in (("DM21", "DM82"), ("DM82", "DM83")):
        kb = loaded(project.root)
        carry_out(kb, rename(kb, old, new, DAY))
    assert [page.to for page in leading_pages(load(project.root).kb)] == [("danh-muc/dm83.md", "")] * 2
    with pytest.raises(NotPossible, match="đã dùng trước đây"):
        rename(loaded(project.root), "DM83", "DM21", DAY)
    assert project.check() == []


def test_a_fault_elsewhere_is_told_before_anything_is_done(project: Project) -> None:
    project.replace("docs/han-che/hc1.md", "severity: cao", "severity: rất cao")
    before = tree(project.root)
    result = run_here("rename", "DM21", "DM82", root=project.root)
    assert (
        result.returncode == 1 and "Sửa các lỗi này trước" in result.stdout and "docs/han-che/hc1.md" in result.stdout
    )
    assert tree(project.root) == before


def test_a_disk_that_is_full_half_way_leaves_all_as_it_was(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    kb, before = loaded(project.root), tree(project.root)
    change = rename(kb, "DM21", "DM82", DAY)
    monkeypatch.setattr(changing, "tried", lambda *_: [])
    written = []

    def full(path: Path, text: str) -> bool:
        written.append(path)
        if len(written) > 3:
            raise OSError(28, "No space left on device")
        path.write_text(text, "utf-8")
        return True

    monkeypatch.setattr(changing, "write_changed", full)
    with pytest.raises(OSError, match="No space"):
        carry_out(kb, change)
    assert len(written) == 4 and tree(project.root) == before


# Withdrawing ----------------------------------------------------------------------------------------


def test_what_is_still_linked_to_is_told_place_by_place(project: Project) -> None:
    before = tree(project.root)
    result = run_here("withdraw", "DM20", "Đã ghép.", "", root=project.root)
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert len(lines) > 3
    for line in lines:
        file, number, _rest = line.split(":", 2)
        assert "DM20" in line and "→ sửa trước, hoặc ghi instead=…" in line
        assert "DM20" in project.read(file).splitlines()[int(number) - 1]
    assert tree(project.root) == before


def test_a_sheet_is_withdrawn_and_links_lead_to_what_stands_instead(project: Project) -> None:
    with_what_was_published(project)
    result = run_here("withdraw", "DM20", "Đã ghép vào phiếu khác.", "DM12", root=project.root)
    assert result.returncode == 0, result.stdout
    assert "Rút DM20" in result.stdout and "nay dẫn tới DM12 → đọc lại câu" in result.stdout
    assert project.check() == []
    kb = load(project.root).kb
    assert "DM20" not in kb.checklists and not [one for one in kb.items if one.startswith("DM20/")]
    assert "dm20" not in project.read("docs/.nav.yml")
    assert not [one for one in read_confirmed(project.root)[0].records if one.startswith("DM20")]
    [page] = leading_pages(kb)
    assert (page.uri, page.to) == ("danh-muc/dm20.md", ("danh-muc/dm12.md", ""))


def test_what_would_leave_a_fault_is_not_withdrawn(project: Project) -> None:
    before = tree(project.root)
    kb = loaded(project.root)
    with pytest.raises(NotPossible, match=r"Không đổi gì[\s\S]*\[template-not-used\]"):
        carry_out(kb, withdraw(kb, "DM21", "Đã ghép.", DAY, "DM01"))
    assert tree(project.root) == before


@pytest.mark.parametrize(
    ("record_id", "why", "instead", "told"),
    [
        ("DM20", "", "", "chưa ghi lý do"),
        ("DM20", "Cũ.", "DM20", "cũng là cái đang rút"),
        ("DM20", "Cũ.", "DM20/thu-xep", "cũng là cái đang rút"),
        ("DM20", "Cũ.", "DM99", "không có mã hay trang “DM99”"),
        ("tra-cuu/thuat-ngu.md", "Cũ.", "", "trang riêng của chương trình"),
        ("", "Cũ.", "", "Ghi mã"),
    ],
)
def test_what_cannot_be_withdrawn_is_told(project: Project, record_id: str, why: str, instead: str, told: str) -> None:
    before = tree(project.root)
    if record_id:
        with pytest.raises(NotPossible, match=re.escape(told)):
            withdraw(loaded(project.root), record_id, why, DAY, instead)
    else:
        assert told in run_script("withdraw", "", why, root=project.root).stdout
    assert tree(project.root) == before


def test_an_item_is_taken_out_of_its_sheet_whose_version_must_rise(project: Project) -> None:
    with_what_was_published(project)
    kb = loaded(project.root)
    told = carry_out(kb, withdraw(kb, "DM04/ten-co-quan", "Đã gộp.", DAY))
    now = kb.checklists["DM04"].version
    assert [line for line in told if f"nâng version lên {now + 1}, ghi revised [version-not-raised]" in line]
    assert "ten-co-quan" not in project.read("checklists/dm04.yml")
    assert [one.code for one in project.check()] == ["version-not-raised"]
    project.replace("checklists/dm04.yml", f"version: {now}", f"version: {now + 1}")
    assert project.check() == []


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        ("sources", "bu-dang-2016-2021"),
        pytest.param("evidence", "BC-bu-dang-2016-2021-1", marks=pytest.mark.full),
    ],
)
def test_evidence_is_withdrawn_alone_or_with_its_source(project: Project, kind: str, one: str) -> None:
    with_what_was_published(project)
    project.replace(
        "docs/cach-lam-hay/ct1.md", "## Làm gì", 'Xem {{ ref("BC-bu-dang-2016-2021-1", "nơi khác") }}.\n\n## Làm gì'
    )
    kb = loaded(project.root)
    with pytest.raises(NotPossible, match=r"ct1.md:\d+: còn liên kết tới BC-bu-dang-2016-2021-1"):
        withdraw(kb, one, "Nguồn đã gỡ.", DAY)
    carry_out(kb, withdraw(kb, one, "Nguồn đã gỡ.", DAY, "na-ri-2023", kind))
    after, issues = check_project(project.root)
    assert [str(one) for one in issues if one.level > Level.INFO] == []
    assert "BC-bu-dang-2016-2021-1" not in after.evidence and ("bu-dang-2016-2021" in after.sources) == (
        kind == "evidence"
    )
    assert 'ref("na-ri-2023", "nơi khác")' in project.read("docs/cach-lam-hay/ct1.md")


def test_a_page_is_withdrawn(project: Project) -> None:
    page = "tra-cuu/giup-qua-dien-thoai.md"
    kb = loaded(project.root)
    with pytest.raises(NotPossible, match=r"cach-dung\.md:\d+: còn liên kết tới"):
        withdraw(kb, page, "Đã gộp.", DAY)
    carry_out(kb, withdraw(kb, page, "Đã gộp.", DAY, "tra-cuu/hoi-dap.md"))
    assert not (project.root / "docs" / page).exists() and project.check() == []


def test_a_place_that_the_build_makes_no_more_is_accounted_for(project: Project) -> None:
    with_what_was_published(project)
    kb = loaded(project.root)
    with pytest.raises(NotPossible, match="chưa công bố chỗ này"):
        withdraw(kb, "vai-tro/to-dai-bieu.md#b99", "Cũ.", DAY)
    carry_out(kb, withdraw(kb, "vai-tro/to-dai-bieu.md#b7", "Bước này không còn phiếu.", DAY))
    assert project.check() == []
    kb = load(project.root).kb
    assert "docs/vai-tro/to-dai-bieu.md#b7" in excused(read_ledger(project.root), trail_of(kb.moves))


def test_a_list_that_loses_several_stays_a_list(project: Project) -> None:
    kb = loaded(project.root)
    change = withdraw(kb, "DM13", "Đã ghép.", DAY, "DM12")
    told = [one.code for one in changing.tried(kb, change)]
    assert told and "yaml" not in told, "roles lack tasks then, but every list can be read"


def test_a_list_over_several_lines_loses_a_line(project: Project) -> None:
    text = project.read("docs/moc/mc1.md")
    found = re.search(r"\[([^\]]*DM20[^\]]*)\]", text)
    assert found
    listed = "".join(f"\n      - {one.strip()}" for one in [*found[1].split(","), "DM12"])
    project.write("docs/moc/mc1.md", text.replace(found[0], listed, 1))
    kb = loaded(project.root)
    change = withdraw(kb, "DM20", "Đã ghép.", DAY, "DM12")
    lines = change.read("docs/moc/mc1.md").split("\n")
    assert lines.count("      - DM12") == 1 and not [line for line in lines if "DM20" in line]


def test_no_new_record_takes_an_id_that_was_given_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_record, "ROOT", project.root)
    project.write("moved.yml", moves_text(Moves(withdrawn=[gone("checklists", "DM25"), gone("sources", "tin-cu")])))
    kb = load(project.root).kb
    assert new_record.free_id(kb, "danh-muc", "x") == "DM26"
    assert new_record.free_id(kb, "nguon", "Tin cũ") == "tin-cu-2"


# Versions of sheets ---------------------------------------------------------------------------------


def test_what_counts_as_a_change_of_a_sheet() -> None:
    assert changed_items(["a 1", "b 2"], ["a 1", "b 3", "c 4"]) == ["b", "c"]
    assert changed_items(["a 1", "b 2"], ["b 2", "a 1"]) == ["b", "a"]
    assert changed_items(["a 1"], []) == ["a"]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("answer: Ý còn thiếu", "answer: Ý thiếu", True),
        ("        critical: true\n        prevents: [HC2b]", "        prevents: [HC2b]", True),
        ("title: Tên và thẩm quyền", "title: Tên, thẩm quyền", False),
        ("        prevents: [HC2b]", "        prevents: [HC2a, HC2b]", False),
    ],
)
def test_only_what_paper_says_of_an_item_asks_for_a_version(
    project: Project, old: str, new: str, changed: bool
) -> None:
    with_what_was_published(project)
    project.replace("checklists/dm04.yml", old, new)
    codes = [one.code for one in project.check() if one.code == "version-not-raised"]
    assert codes == (["version-not-raised"] if changed else [])


def test_items_in_another_order_ask_for_a_version(project: Project, kb: KnowledgeBase) -> None:
    sheet = kb.checklists["DM04"]
    first, *rest = sheet.rounds
    turned = first.model_copy(update={"items": [*reversed(first.items)]})
    other = sheet.model_copy(update={"rounds": [turned, *rest]})
    assert changed_items(marks_of(sheet), marks_of(other)) != []


def test_the_ledger_holds_each_sheet_as_it_is(root: Path, kb: KnowledgeBase) -> None:
    ledger = read_ledger(root)
    trail = trail_of(kb.moves)
    for sheet in kb.checklists.values():
        assert recorded_of(ledger, trail, sheet.id)[sheet.version] == marks_of(sheet), "make ledger"


def test_a_renamed_sheet_or_item_is_no_change_of_it(kb: KnowledgeBase) -> None:
    ledger = {"sheets": {"DM04": {"3": ["a 1", "b 2"]}}}
    trail = trail_of(Moves(moved=[move("items", "DM04/a", "DM04/c"), move("checklists", "DM04", "DM82")]))
    assert recorded_of(ledger, trail, "DM82") == {3: ["c 1", "b 2"]}
    assert recorded_of(ledger, trail, "DM04") == {}


# Pages and files at old addresses -------------------------------------------------------------------


def test_the_page_of_what_moved_and_of_what_is_gone(project: Project) -> None:
    moves = Moves(
        moved=[move("checklists", "DM30", "DM04"), move("pages", "tra-cuu/cu.md", "tra-cuu/hoi-dap.md")],
        withdrawn=[
            Withdrawal(kind="checklists", id="DM31", title="Phiếu <b>cũ</b>".replace("<b>", "“").replace("</b>", "”"),
                       date=DAY, reason="Ghép & bỏ <x>.", instead="DM04/ten-du-y"),
            gone("pages", "tra-cuu/bo.md"),
        ],
    )  # fmt: skip
    project.write("moved.yml", moves_text(moves))
    kb = load(project.root).kb
    page = {one.uri: one for one in leading_pages(kb)}
    moved = leading_html(kb, page["danh-muc/dm30.md"], "directory", "https://vi-du.vn/so-tay/")
    assert '<link rel="canonical" href="https://vi-du.vn/so-tay/danh-muc/dm04/">' in moved
    assert '<meta http-equiv="refresh" content="0; url=../dm04/">' in moved and '<a href="../dm04/">DM04. ' in moved
    assert '<meta name="robots" content="noindex">' in moved and "<style" not in moved and " style=" not in moved
    assert "05/01/2027" in moved and "Trang này đã chuyển" in moved
    filed = leading_html(kb, page["tra-cuu/cu.md"], "file", "")
    assert "url=hoi-dap.html" in filed and "canonical" not in filed
    withdrawn = leading_html(kb, page["danh-muc/dm31.md"], "file", "")
    assert "Phiếu rà soát này đã rút" in withdrawn and "Ghép &amp; bỏ &lt;x&gt;." in withdrawn
    assert 'href="dm04.html#ten-du-y"' in withdrawn and "refresh" not in withdrawn and "<script" not in withdrawn
    assert "Trang này đã rút" in leading_html(kb, page["tra-cuu/bo.md"], "file", "")


def test_old_names_of_papers_give_the_papers_of_today(project: Project) -> None:
    moves = Moves(
        moved=[move("checklists", "DM30", "DM31"), move("checklists", "DM31", "DM04"), move("roles", "cu", "dai-bieu")],
        withdrawn=[gone("checklists", "DM33")],
    )
    project.write("moved.yml", moves_text(moves))
    kb = load(project.root).kb
    files = {"dm04.pdf": b"a", "dm04.docx": b"b", "bo-in-dai-bieu.pdf": b"c", "dm05.pdf": b"d", "so-tay.pdf": b"e"}
    assert old_downloads(kb, files) == {
        "dm30.pdf": b"a", "dm31.pdf": b"a", "dm30.docx": b"b", "dm31.docx": b"b", "bo-in-cu.pdf": b"c",
    }  # fmt: skip
    assert old_downloads(kb, files | {"dm30.pdf": b"new"}).get("dm30.pdf") is None


# On the device --------------------------------------------------------------------------------------

AT, LATER = "2026-12-01T08:00:00.000Z", "2026-12-02T08:00:00.000Z"
KEPT: Any = {
    "schema": 3, "current": "kabc", "days": {},
    "rules": {"a.cu": {"value": "10", "at": AT}},
    "sittings": {"kabc": {
        "facts": {"council": "xã A", "role": "cu"}, "created": AT, "tasks": {"han-cu": {"state": "done", "at": AT}},
        "lesson": {"lap-lai": "HC1a", "viec": "x"},
        "sheets": {
            "DM21": {"seen": ["a", "b"], "rounds": {"1": "Bình"}, "items": {
                "a": {"done": True, "text": "Cũ", "at": AT}, "b": {"value": "12", "text": "Hai", "at": LATER}}},
            "DM82": {"seen": ["b"], "rounds": {}, "items": {"b": {"value": "11", "text": "Hai", "at": AT}}},
            "DM20": {"seen": ["x"], "rounds": {}, "items": {"x": {"value": "giữ", "text": "Mục rút", "at": AT}}},
        },
    }},
}  # fmt: skip
DEVICE = Moves(
    moved=[
        move("checklists", "DM21", "DM82"), move("items", "DM82/a", "DM82/c"), move("roles", "cu", "moi"),
        move("deadlines", "han-cu", "han-moi"), move("rules", "a.cu", "a.moi"), move("parts", "HC1a", "HC1z"),
        move("steps", "MC1/x", "MC1/y"), move("milestones", "MC1", "MC8"), move("exercises", "TH01", "TH90"),
        move("statements", "TR-HDND/a", "TR-HDND/b"),
    ],
    withdrawn=[gone("checklists", "DM20", "DM12")],
)  # fmt: skip


@pytest.fixture
def later(modules: Page) -> Page:
    """An empty page of an edition in which things were renamed."""
    body = ids_module(DEVICE)
    modules.route(
        "http://scripts.test/kept/ids.js", lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    return modules


def test_what_a_device_kept_follows_to_the_new_names(later: Page) -> None:
    later.evaluate("text => localStorage.setItem('hdnd.goc.v1', text)", json.dumps(KEPT))
    read = later.evaluate("async () => (await import('/kept/store.js')).current()")
    sitting = read["sittings"]["kabc"]
    assert (
        sitting["facts"]["role"] == "moi" and list(sitting["tasks"]) == ["han-moi"] and list(read["rules"]) == ["a.moi"]
    )
    assert sitting["lesson"] == {"lap-lai": "HC1z", "viec": "x"}
    sheet = sitting["sheets"]["DM82"]
    assert set(sitting["sheets"]) == {"DM82", "DM20"} and sheet["rounds"] == {"1": "Bình"}
    assert sheet["items"]["c"]["done"] and sheet["items"]["b"]["value"] == "12", "the later of two stays"
    assert sorted(sheet["seen"]) == ["b", "c"]
    assert sitting["sheets"]["DM20"]["items"]["x"]["value"] == "giữ", "what was withdrawn is kept"
    assert later.evaluate("async () => (await import('/kept/store.js')).state().trouble") == ""


def test_something_newer_under_the_new_name_is_not_overwritten(later: Page) -> None:
    kept = json.loads(json.dumps(KEPT))
    kept["sittings"]["kabc"]["sheets"]["DM82"]["items"]["b"] = {
        "value": "mới",
        "text": "Hai",
        "at": "2026-12-03T08:00:00.000Z",
    }
    later.evaluate("text => localStorage.setItem('hdnd.goc.v1', text)", json.dumps(kept))
    read = later.evaluate("async () => (await import('/kept/store.js')).current()")
    assert read["sittings"]["kabc"]["sheets"]["DM82"]["items"]["b"]["value"] == "mới"


def test_a_file_of_an_old_edition_opened_later_follows_too(later: Page) -> None:
    text = json.dumps({"format": "so-tay-hdnd", "exported": AT, "document": KEPT})
    read = later.evaluate("async text => (await import('/kept/store.js')).readFileText(text)", text)
    assert set(read["sittings"]["kabc"]["sheets"]) == {"DM82", "DM20"}
    # Twice the same is once.
    again = later.evaluate(
        "async text => { const s = await import('/kept/store.js'); return s.merge(s.readFileText(text), s.readFileText(text)); }",
        text,
    )
    assert again == read


def test_practice_follows_steps_exercises_and_statements(later: Page) -> None:
    kept = {
        "schema": 1, "role": "cu", "exercises": {"TH01": {"result": "right", "at": AT}},
        "paths": {"MC1": {"quick": True, "steps": {"x": {"done": True, "at": AT}}}},
        "reviews": {"TR-HDND": {"2026-12-01": {"about": "kỳ 5", "answers": {"a": {"point": 3, "evidence": "x", "at": AT}}}}},
    }  # fmt: skip
    later.evaluate("text => localStorage.setItem('hdnd.goc.tap.v1', text)", json.dumps(kept))
    read = later.evaluate("async () => (await import('/kept/practice-store.js')).current()")
    assert read["role"] == "moi" and list(read["exercises"]) == ["TH90"]
    assert read["paths"] == {"MC8": {"quick": True, "steps": {"y": {"done": True, "at": AT}}}}
    assert read["reviews"]["TR-HDND"]["2026-12-01"]["answers"]["b"]["point"] == 3


# Built ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the content in which a sheet, an item, a page were renamed and a sheet was withdrawn; built in both forms."""

    def make(place: Path) -> None:
        project = with_what_was_published(copy_of_content(place / "project", with_assets=True))
        for old, new in (("DM21", "DM82"), ("DM04/ten-du-y", "DM04/ten-du"), ("HC1a", "HC1z"),
                         ("tra-cuu/hoi-dap.md", "tra-cuu/hoi-va-dap.md")):  # fmt: skip
            result = run_script("rename", old, new, root=project.root)
            assert result.returncode == 0, result.stdout
        result = run_script("withdraw", "DM20", "Đã ghép vào phiếu của đại biểu.", "DM12", root=project.root)
        assert result.returncode == 0, result.stdout
        # What the sheet alone brought to a role's page.
        gone_with_it = ("vai-tro/to-dai-bieu.md#b7", "Bước này không còn phiếu.")
        assert run_script("withdraw", *gone_with_it, root=project.root).returncode == 0
        for form in ("directory", "file"):
            result = run_script("build", "--form", form, "--output", str(place / form), root=project.root)
            assert result.returncode == 0, result.stdout

    return made_once(tmp_path_factory, "moved", make)


@pytest.fixture
def moved_address(moved_project: Path) -> Any:
    from tests.test_offline import Host

    host = Host(moved_project / "directory")
    yield host.address.rstrip("/")
    host.stop()


@pytest.mark.full
@pytest.mark.parametrize("form", ["directory", "file"])
def test_every_address_that_was_published_still_leads_somewhere(moved_project: Path, form: Any) -> None:
    root, site = moved_project / "project", moved_project / form
    kb, ledger = load(root).kb, read_ledger(root)
    known = excused(ledger, trail_of(kb.moves))
    assert missing(ledger, published(site, kb, form), known) == []
    for uri in ("danh-muc/dm21", "danh-muc/dm20", "tra-cuu/hoi-dap"):
        file = site / (f"{uri}/index.html" if form == "directory" else f"{uri}.html")
        text = file.read_text("utf-8")
        assert ("đã rút" if "dm20" in uri else "đã chuyển") in text and 'content="noindex"' in text
    assert 'id="ten-du-y"' in (
        site / ("danh-muc/dm04/index.html" if form == "directory" else "danh-muc/dm04.html")
    ).read_text("utf-8")
    assert (site / "tai-ve/dm21.pdf").read_bytes() == (site / "tai-ve/dm82.pdf").read_bytes()
    assert not (site / "tai-ve/dm20.pdf").exists()
    worker = (site / "sw.js").read_text("utf-8")
    assert "dm20.pdf" not in worker and "tai-ve/dm82.pdf" in worker


@pytest.mark.full
def test_an_old_address_brings_to_the_new_one_and_to_the_place(context: BrowserContext, moved_address: str) -> None:
    page = context.new_page()
    page.goto(f"{moved_address}/tra-cuu/hoi-dap/#muoi-phut")
    page.wait_for_url(f"{moved_address}/tra-cuu/hoi-va-dap/#muoi-phut")
    page.goto(f"{moved_address}/danh-muc/dm21/")
    page.wait_for_url(f"{moved_address}/danh-muc/dm82/")
    page.goto(f"{moved_address}/danh-muc/dm20/")
    expect(page.locator("h1")).to_have_text("Phiếu rà soát này đã rút")
    page.locator("a", has_text="DM12").click()
    page.wait_for_url(f"{moved_address}/danh-muc/dm12/")
    page.goto(f"{moved_address}/danh-muc/dm04/#ten-du-y")
    page.locator(".hd-tick").first.wait_for()
    await_frames(page)
    place = page.locator("#ten-du").evaluate("one => one.getBoundingClientRect().top")
    assert 0 <= place < 640, "the item is in sight"


@pytest.mark.full
def test_without_scripts_an_old_address_leads_on_too(browser: Any, moved_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{moved_address}/danh-muc/dm21/")
    page.wait_for_url(f"{moved_address}/danh-muc/dm82/")
    context.close()


@pytest.mark.full
def test_ticks_follow_and_a_withdrawn_sheet_can_be_taken_along_and_removed(
    context: BrowserContext, moved_address: str
) -> None:
    page = context.new_page()
    page.goto(f"{moved_address}/404.html")
    item = {"done": True, "value": "thiếu nơi", "text": "Kiểm tra tên", "at": AT}
    sheets = {
        "DM04": {"seen": ["ten-du-y"], "items": {"ten-du-y": item}, "rounds": {}},
        "DM20": {"seen": ["thu-xep"], "items": {"thu-xep": item | {"value": "đã hẹn"}}, "rounds": {"1": "Lò Thị Bình"}},
    }
    kept = {
        "schema": 3,
        "current": "kabc",
        "rules": {},
        "days": {},
        "sittings": {"kabc": {"facts": {"council": "xã A"}, "sheets": sheets}},
    }
    page.evaluate("text => localStorage.setItem('hdnd.goc.v1', text)", json.dumps(kept))
    page.goto(f"{moved_address}/danh-muc/dm04/")
    expect(page.locator("#ten-du .hd-tick")).to_be_checked()
    expect(page.locator("#ten-du textarea").first).to_have_value("thiếu nơi")
    expect(page.locator(".hd-tools")).not_to_contain_text("nay không còn trên phiếu (1)")
    page.goto(f"{moved_address}/tra-cuu/ky-hop-dang-chuan-bi/#phieu-da-rut")
    place = page.locator("#phieu-da-rut")
    expect(place).to_contain_text("Đã xong: Kiểm tra tên; đã hẹn")
    expect(place).to_contain_text("Lý do: Đã ghép vào phiếu của đại biểu.")
    with page.expect_download() as download:
        place.get_by_role("button", name="Tải về").click()
    assert "đã hẹn" in Path(download.value.path()).read_text("utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp lưu").click()
    assert (
        "DM20" in json.loads(Path(download.value.path()).read_text("utf-8"))["document"]["sittings"]["kabc"]["sheets"]
    )
    place.get_by_role("button", name="Xóa khỏi máy").click()
    place.get_by_role("button", name="Xóa", exact=True).click()
    expect(place).to_be_hidden()
    left = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))["sittings"]["kabc"]["sheets"]
    assert list(left) == ["DM04"] and list(left["DM04"]["items"]) == ["ten-du"]


@pytest.mark.full
def test_once_withdrawn_a_page_is_served_from_no_cache(
    browser: Any, moved_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device with the worker of the edition before: after the change it shows what stands there now, and no paper of it."""
    from tests.test_offline import KEPT, Host, copy_of, renew_worker, visit

    # A host that lets the browser keep everything for an hour on its own.
    plain = SimpleHTTPRequestHandler.end_headers

    def end_headers(handler: SimpleHTTPRequestHandler) -> None:
        handler.send_header("Cache-Control", "max-age=3600")
        plain(handler)

    monkeypatch.setattr(SimpleHTTPRequestHandler, "end_headers", end_headers)
    before = copy_of(moved_project / "directory", tmp_path / "before")
    page_of_old = before / "danh-muc/dm20/index.html"
    text = page_of_old.read_text("utf-8").replace("đã rút", "còn dùng")
    page_of_old.unlink()
    page_of_old.write_text(text, "utf-8")
    (before / "han-che/cu").mkdir()
    (before / "han-che/cu/index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>Trang cũ</title><p>còn đây</p>', "utf-8"
    )
    (before / "tai-ve/dm20.pdf").write_bytes(b"%PDF-old")
    renew_worker(before)
    host = Host(before)
    context = browser.new_context()
    page = visit(context, host.address)
    page.goto(f"{host.address}han-che/cu/")
    expect(page.locator("p")).to_have_text("còn đây")
    page.evaluate(
        "async () => { await (await fetch('/tai-ve/dm20.pdf')).arrayBuffer(); await (await fetch('/han-che/cu/')).text(); }"
    )
    assert page.evaluate(CACHED) == ["dm20.pdf", "han-che/cu"], "kept while it was there"
    after = copy_of(moved_project / "directory", tmp_path / "after")
    renew_worker(after)
    # Hosts tell a file's age in whole seconds.
    for changed in ("sw.js", "danh-muc/dm20/index.html"):
        os.utime(after / changed, (time.time() + 60,) * 2)
    host.folder = after
    page.goto(host.address)
    with page.expect_navigation():
        page.get_by_role("button", name="Dùng bản mới").click()
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT)
    # The page that took the new edition leans on its own until it is left (service_worker.js, tidyTabs).
    page.goto(f"{host.address}danh-muc/dm20/")
    for _ in range(40):
        if page.evaluate(CACHED) == []:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(CACHED) == []
    expect(page.locator("h1")).to_have_text("Phiếu rà soát này đã rút")
    answer = page.goto(f"{host.address}han-che/cu/")
    assert answer is not None and answer.status == 404
    assert page.evaluate("async () => (await fetch('/tai-ve/dm20.pdf', { cache: 'no-cache' })).status") == 404
    context.close()
    host.stop()


CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      for (const one of ["dm20.pdf", "han-che/cu"]) if (request.url.includes(one)) found.push(one);
  return [...new Set(found)].sort();
}"""
