"""The words that editors own are data: a fault in them is one line, and what programs share of them agrees."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from knowledge.kinds import read_words
from knowledge.records.model import BASE_EDITION
from publish.generated import committed_files
from publish.project import BuildFailed
from publish.search import language_file as language
from publish.search.names import FILE, load_names, read_names, spoken_names
from scripts import command

Change = Callable[[str], str]


def swapped(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (swapped("perhaps_worth: 0.65", "perhaps_worth: 2"), "perhaps_worth"),
        (swapped("short_for:", "shortfor:"), "có phải “short_for”?"),
        (swapped("đại biểu: [đb]", "đại biểu: []"), "short_for.đại biểu"),
        (swapped("đại biểu: [đb]", "đại biểu: [đb, đb]"), "“đb” ghi hai lần"),
        (swapped("đại biểu: [đb]", "đại biểu: đb"), "short_for.đại biểu"),
        (swapped('"Phiếu rà soát": 1.25', '"Danh mục": 1.25'), "không có loại kết quả “Danh mục”"),
        (swapped(r"'\btoi\b'", r"'\btoi(\b'"), "biểu thức sai"),
        (swapped("answers:", "answers: ["), "names.yml:"),
        (swapped("  - thế nào\n", "  - thế nào\n  - Thế nào\n"), "asking[2]: “Thế nào” ghi hai lần"),
        (swapped("  - vì sao\n", "  - vì sao?\n"), "“vì sao?” không bao giờ khớp"),
        (swapped("  - vì sao\n", "  - vì  sao\n"), "không bao giờ khớp"),
        (swapped("  - vì sao\n", "  - []\n"), "asking"),
        (swapped("asking_only_with_marks: [tôi]", "asking_only_with_marks: [tơi]"), "có phải “tôi”?"),
        (
            swapped("asking_only_with_marks: [tôi]", "asking_only_with_marks: [tôi muốn]"),
            "“tôi muốn” không bao giờ khớp",
        ),
        (swapped("asking_only_with_marks: [tôi]", "asking_only_with_marks: [tôi, ai]"), "“ai” không có dấu"),
        (swapped("asking_only_with_marks: [tôi]", "asking_only_with_marks: [tôi, tôi]"), "“tôi” ghi hai lần"),
        (swapped("counted: [ngày,", "counted: [ngày, ngay,"), "“ngay” ghi hai lần"),
        (swapped("counted: [ngày,", "counted: [ngày họp,"), "“ngày họp” không bao giờ khớp"),
        (swapped("counted: [ngày,", "counted: []\nkhac: [ngày,"), "counted"),
    ],
)
def test_a_fault_in_what_officials_say_is_one_line(tmp_path: Path, change: Change, told: str) -> None:
    file = tmp_path / "names.yml"
    file.write_text(change(FILE.read_text("utf-8")), "utf-8")
    _names, issues = load_names(file)
    lines = [str(issue) for issue in issues]
    assert any(told in line for line in lines), lines
    assert all(re.match(r"publish/search/names\.yml:\d+: LỖI", line) for line in lines)
    with pytest.raises(BuildFailed, match=r"names\.yml"):
        read_names(file)


def test_what_officials_say_has_no_fault() -> None:
    names, issues = load_names()
    assert names and issues == []
    spoken = spoken_names(names)
    assert ["đb hội đồng nhân dân", "đại biểu HĐND"] in spoken and len(spoken) > 200
    assert ["ct", "chủ tịch", names.perhaps_worth] in spoken


def test_a_page_that_is_no_record_is_found_as_what_the_data_say() -> None:
    names = read_names()
    assert names.page("tra-cuu/hoi-dap.md").label == "Hỏi – đáp"
    assert names.page("tra-cuu/gioi-thieu.md").label == "Tra cứu"
    assert names.page("han-che/index.md").label == "Mục lục"
    assert names.page("khac.md").label == "Trang"


def test_pages_that_are_named_exist(root: Path) -> None:
    names = read_names()
    assert [page for page in names.pages if not (root / "docs" / page).is_file()] == []
    assert [folder for folder in names.folders if not (root / "docs" / folder).is_dir()] == []


def test_the_language_file_has_what_it_shares_put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = language.language_file()
    assert "const withoutMarks = (text)" in text and "export" not in text
    assert '"Phiếu rà soát": 1.25' in text and '["như", "thế", "nào"]' in text and '"ngay", "lan"' in text
    assert not [slot for slot in language._SLOTS.values() if slot in text]
    broken = tmp_path / "lunr.vi.js"
    broken.write_text(language.SOURCE.read_text("utf-8").replace("/* WITHOUT MARKS */", ""), "utf-8")
    monkeypatch.setattr(language, "SOURCE", broken)
    with pytest.raises(BuildFailed, match="WITHOUT MARKS"):
        language.language_file()


def test_generated_files_that_are_committed_are_those_of_the_types() -> None:
    stale = [path.name for path, text in committed_files().items() if path.read_text("utf-8") != text]
    assert stale == [], "run: make schemas"


def test_no_script_tells_the_form_of_an_id_by_itself(root: Path) -> None:
    scripts = [p for p in (root / "docs/assets/scripts").rglob("*.js") if p.parent.name != "vendor"]
    own = re.compile(r"/\^[^/]*(?:DM|TH|MC|TR-|\[A-Z\]\{2\})[^/]*\$/")
    telling = [path.name for path in scripts if own.search(path.read_text("utf-8"))]
    assert telling == ["ids.js"]


def test_the_base_edition_is_called_the_same_everywhere(root: Path) -> None:
    config = (root / "mkdocs.yml").read_text("utf-8")
    assert f"edition_slug: !ENV [EDITION, {BASE_EDITION}]" in config
    assert f'slug == "{BASE_EDITION}"' in (root / "overrides/main.html").read_text("utf-8")


def test_every_kind_has_its_words(root: Path) -> None:
    words = yaml.safe_load((root / "knowledge/labels.yml").read_text("utf-8"))
    assert all({"label", "named", "shared", "found"} == set(one) for one in words["kinds"].values())


def test_no_script_loads_the_whole_knowledge_base(root: Path) -> None:
    """It is for other programs; a tool in the browser gets a small file of its own."""
    scripts = [*(root / "docs/assets/scripts").rglob("*.js"), *(root / "overrides").rglob("*.html")]
    assert len(scripts) > 25
    assert [path.name for path in scripts if "kb.json" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    "text", ["kinds: [", "kinds:\n  findings: {lable: Hạn chế}", "kinds: chữ", "kinds:\n  findings: chữ", ""]
)
def test_labels_that_cannot_be_read_are_one_line(text: str) -> None:
    with pytest.raises(SystemExit, match=r"knowledge/labels\.yml: LỖI") as ended:
        read_words(text)
    assert "\n" not in str(ended.value)


def test_make_check_tells_faults_in_what_officials_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "names.yml"
    file.write_text(FILE.read_text("utf-8").replace("perhaps_worth: 0.65", "perhaps_worth: 2"), "utf-8")
    monkeypatch.setattr(command, "load_names", lambda: load_names(file))
    _kb, passed = command.checked(strict=False)
    assert not passed and "publish/search/names.yml:" in capsys.readouterr().out
