"""Forms that fill themselves: fields bound to the file's own data, rows once for each matter, filled on the device."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from docx import Document as read_document
from docx.document import Document as Word
from docx.oxml.ns import qn
from playwright.sync_api import Error, Page

from knowledge.document_text import each_of, fields_of
from knowledge.form_fields import EACH_FIELDS, FIELDS, pieces, stray_marks, unfilled
from knowledge.records.knowledge_base import KnowledgeBase
from papers.excel.forms import COUNCIL_ROW, DAYS, FIRST_ROW, OPENING_ROW, template_xlsx
from papers.word.controls import NAMESPACE, STORE
from papers.word.nd30 import official_faults, paragraphs_of, words_of
from papers.word.templates import template_docx
from publish.deadlines_module import _row
from tests.browsing import HOSTILE
from tests.conftest import Made
from tests.filling import FACTS, MATTERS, filled, known, matter
from tests.test_paper_word import WORD

H = f"{{{NAMESPACE}}}"
MANY = ["BM08", "BM10", "BM11", "BM16", "BM18"]


@pytest.fixture(scope="module")
def files(kb: KnowledgeBase) -> dict[str, bytes]:
    return Made(lambda form: template_docx(kb, kb.documents[form]))


def opened(data: bytes) -> Word:
    return read_document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def text_of(data: bytes) -> str:
    return "\n".join(words_of(paragraph) for paragraph in paragraphs_of(opened(data)))


def controls(data: bytes) -> list[tuple[str, str, str]]:
    """Return (tag, place in the data or '', words) of every control that holds text."""
    found = []
    for control in opened(data).element.body.iter(qn("w:sdt")):
        tag = control.find(f".//{qn('w:tag')}")
        if tag is None:
            continue
        binding = control.find(f".//{qn('w:dataBinding')}")
        words = "".join(one.text or "" for one in control.iter(qn("w:t")))
        found.append((tag.get(qn("w:val")), "" if binding is None else binding.get(qn("w:xpath")), words))
    return found


def at_place(data: bytes, place: str) -> str | None:
    """Return what the file's data hold at a control's place."""
    root = ET.fromstring(part(data, "customXml/item1.xml"))
    steps = re.findall(r"/h:([a-z-]+)\[(\d+)\]", place)
    assert steps[0] == ("ky-hop", "1")
    here = root
    for name, number in steps[1:]:
        here = here.findall(f"{H}{name}")[int(number) - 1]
    return here.text


# What forms hold -----------------------------------------------------------------------------------


def test_a_text_is_taken_apart() -> None:
    found = pieces("Kỳ họp {ky}, số «số tờ trình»/TTr")
    assert [tuple(one) for one in found] == [
        ("text", "Kỳ họp "), ("field", "ky"), ("text", ", số "), ("blank", "số tờ trình"), ("text", "/TTr"),
    ]  # fmt: skip
    assert unfilled("{don-vi}, {nd.ten}") == "xã (phường) «tên xã, phường», «tên nội dung»"
    assert stray_marks(f"Kỳ họp {{ky}} «số» «{'a' * 60}»") == []
    for wrong in ("[…]", "«»", "« số»", "số»", "{ky", "……", "....", "___", f"«{'a' * 61}»"):
        assert stray_marks(f"Số {wrong} đây"), wrong


def test_every_field_has_a_value_or_stays_a_named_blank(modules: Page) -> None:
    values = known(modules)["values"]
    # Two of them are limits: the deadlines are not at hand here.
    assert set(FIELDS) - set(values) == {"han-ho-so", "han-tai-lieu"}
    assert known(modules, {}, [])["values"] == {}
    assert all("«" in field.blank or name == "chuc-vu-ky" for name, field in FIELDS.items())
    assert all("«" in field.blank for field in EACH_FIELDS.values())


BLANKS_BEFORE = {"BM08": 153, "BM10": 182, "BM11": 139}


def blanks(data: bytes) -> int:
    """Count what is left to write: named blanks outside of controls, and empty cells."""
    document = opened(data)
    count = 0
    for paragraph in paragraphs_of(document):
        own = [run for run in paragraph._p.iter(qn("w:r")) if run.getparent().tag != qn("w:sdtContent")]
        count += sum((one.text or "").count("«") for run in own for one in run.iter(qn("w:t")))
    for table in document.tables:
        if table.style and table.style.name == "Table Grid":
            cells = [cell for row in table.rows[1:] for cell in row.cells]
            count += sum(not "".join(words_of(one) for one in cell.paragraphs).strip() for cell in cells)
    return count


@pytest.mark.parametrize("form", list(BLANKS_BEFORE))
@pytest.mark.full
def test_three_forms_ask_for_a_third_of_what_they_did(files: dict[str, bytes], form: str) -> None:
    assert blanks(files[form]) <= BLANKS_BEFORE[form] / 3


# The blank file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", WORD)
def test_every_field_is_a_control_bound_to_the_files_data(
    files: dict[str, bytes], kb: KnowledgeBase, form: str
) -> None:
    found = controls(files[form])
    template = kb.documents[form]
    assert {tag for tag, _place, _words in found if "." not in tag} == set(fields_of(template))
    assert bool(each_of(template)) == any("." in tag for tag, _place, _words in found)
    for tag, place, words in found:
        name = tag.rsplit(".", 1)[-1]
        if name == "so":
            assert not place and words.isdigit()
            continue
        assert place.rsplit("/h:", 1)[1] == f"{name}[1]"
        assert at_place(files[form], place) == words, tag
    ids = [
        one.get(qn("w:val"))
        for one in opened(files[form]).element.body.iter(qn("w:sdtPr"))
        for one in one.iter(qn("w:id"))
    ]
    assert len(ids) == len(set(ids))
    if found:
        names = part(files[form], "customXml/itemProps1.xml")
        assert STORE in names and NAMESPACE in names
        assert part(files[form], "word/document.xml").count(f'storeItemID="{STORE}"') == sum(
            bool(p) for _t, p, _w in found
        )


# Filled in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", WORD)
def test_a_filled_form_says_the_sitting_in_its_data_and_in_its_words(
    files: dict[str, bytes], kb: KnowledgeBase, modules: Page, form: str
) -> None:
    told = known(modules)
    data = filled(modules, files[form], told)
    for tag, place, words in controls(data):
        if "." not in tag and tag in told["values"]:
            assert words == told["values"][tag].split("\n")[0]
        if place:
            assert at_place(data, place) == words, tag
    text = text_of(data)
    assert "xã (phường) «" not in text and "khóa «" not in text
    if kb.documents[form].documents[0].form != "internal":
        assert official_faults(data) == []
        assert "Mường Than" in text and "HĐND xã HĐND" not in text


def test_what_forms_are_told_of_a_sitting(modules: Page) -> None:
    values = known(modules)["values"]
    assert values["don-vi"] == "xã Mường Than" and values["dia-danh"] == "Mường Than"
    assert values["khai-mac"] == "ngày 05 tháng 02 năm 2027", "days and the first two months have two figures"
    assert (values["ky"], values["khoa"], values["nhiem-ky"]) == ("thứ 5", "khóa XXI", "nhiệm kỳ 2026 - 2031")
    assert (values["tong-dai-bieu"], values["qua-nua"]) == ("25", "13")
    assert values["chuc-vu-ky"] == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    assert values["ds-bao-cao"] == "Báo cáo kinh tế - xã hội"
    assert values["ds-nghi-quyet"].count(";") == 2
    other = known(
        modules,
        {
            **FACTS,
            "council": "Phường 15",
            "sitting": "chuyên đề",
            "kind": "chuyen-de",
            "delegates": "30",
            "closing": "2027-01-01",
        },
    )
    assert (other["values"]["don-vi"], other["values"]["dia-danh"]) == ("phường 15", "Phường 15")
    assert other["values"]["ky"] == "chuyên đề" and other["values"]["qua-nua"] == "16"
    assert not {"loai-ky", "be-mac"} & set(other["values"]), "its name tells its kind; a day before the opening"


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"sitting": "thứ hai"}, {"ky": "thứ hai"}),
        ({"sitting": "Kỳ họp thứ Ba"}, {"ky": "thứ Ba"}),
        ({"sitting": "chuyên đề", "kind": "quyet-toan"}, {"ky": "chuyên đề", "loai-ky": None}),
        ({"sitting": "6", "kind": "quyet-toan"}, {"ky": "thứ 6", "loai-ky": "chuyên đề"}),
        ({"council": "HĐND xã Mường Than, tỉnh Lai Châu"}, {"don-vi": "xã Mường Than", "dia-danh": "Mường Than"}),
        ({"council": "XÃ MƯỜNG THAN"}, {"don-vi": "xã Mường Than", "dia-danh": "Mường Than"}),
        ({"council": "UBND phường Trần Hưng Đạo", "place": "Phường Trần Hưng Đạo"}, {"don-vi": "phường Trần Hưng Đạo", "dia-danh": "Phường Trần Hưng Đạo"}),
        ({"term": "Khóa XXI, nhiệm kỳ 2026-2031"}, {"khoa": "khóa XXI"}),
        ({"region": "Tỉnh Lai Châu"}, {"tinh": "tỉnh Lai Châu"}),
        ({"delegates": "25 đại biểu"}, {"tong-dai-bieu": "25", "qua-nua": "13", "hai-phan-ba": "17"}),
        ({"delegates": "24"}, {"qua-nua": "13", "hai-phan-ba": "16"}),
        ({"delegates": "hai mươi"}, {"tong-dai-bieu": None, "qua-nua": None}),
        ({"opening": "2026-02-01"}, {"nhiem-ky": None}),
    ],
)  # fmt: skip
@pytest.mark.full
def test_what_was_typed_reads_well_in_a_document(
    modules: Page, facts: dict[str, str], wanted: dict[str, str | None]
) -> None:
    values = known(modules, {**FACTS, **facts})["values"]
    assert {name: values.get(name) for name in wanted} == wanted


def test_a_matter_of_no_kind_is_a_draft_and_no_report(files: dict[str, bytes], modules: Page) -> None:
    told = known(modules, matters=[matter("Dự toán ngân sách", ""), matter("Báo cáo thu, chi.;", "bao-cao")])
    assert told["values"]["ds-bao-cao"] == "Báo cáo thu, chi" and "ds-nghi-quyet" not in told["values"]
    assert "Biểu quyết thông qua: Dự toán ngân sách" in text_of(filled(modules, files["BM10"], told))


def test_where_nothing_is_decided_nothing_is_voted_on(files: dict[str, bytes], modules: Page) -> None:
    told = known(modules, matters=[matter("Báo cáo năm", "bao-cao")])
    assert "Nội dung biểu quyết số" not in text_of(filled(modules, files["BM16"], told))
    votes = [row[0] for row in rows(filled(modules, files["BM18"], told), 2)]
    assert votes[1:] == ["–. không có"]


def test_limits_come_from_the_board(modules: Page, kb: KnowledgeBase) -> None:
    names = ("han-ho-so-tham-tra", "han-gui-tai-lieu")
    deadlines = [_row(kb, kb.deadlines[name]) for name in names]
    deadlines[1] |= {"amount": 5}
    values = known(modules, deadlines=deadlines)["values"]
    assert values["han-ho-so"] == "21/01/2027", "fifteen days before 05/02/2027"
    assert values["han-tai-lieu"].startswith("ngày ") and values["han-tai-lieu"].endswith("năm 2027")


def rows(data: bytes, table: int) -> list[list[str]]:
    grids = [one for one in opened(data).tables if one.style and one.style.name == "Table Grid"]
    return [["".join(words_of(p) for p in cell.paragraphs) for cell in row.cells] for row in grids[table].rows]


def test_the_programme_has_the_rows_of_each_matter(files: dict[str, bytes], modules: Page) -> None:
    data = filled(modules, files["BM10"], known(modules))
    found = [row[1:3] for row in rows(data, 0)]
    assert found[4:7] == [
        ["1. Báo cáo kinh tế - xã hội (trình bày tóm tắt)", "UBND xã"],
        ["Báo cáo thẩm tra: Báo cáo kinh tế - xã hội", "Ban Kinh tế - Ngân sách"],
        ["Thảo luận: Báo cáo kinh tế - xã hội", "Đại biểu HĐND"],
    ]
    assert found[7:11] == [
        ["2. Tờ trình, dự thảo: Nghị quyết dự toán ngân sách", "Phòng Kinh tế"],
        ["Báo cáo thẩm tra: Nghị quyết dự toán ngân sách", "Ban Kinh tế - Ngân sách"],
        ["Thảo luận; cơ quan trình giải trình, tiếp thu", "Đại biểu HĐND; cơ quan trình"],
        ["Biểu quyết thông qua: Nghị quyết dự toán ngân sách", "Đại biểu HĐND"],
    ]
    third = [row for row in found if "chương trình giám sát" in row[0]]
    assert [row[0][:12] for row in third] == ["3. Tờ trình,", "Biểu quyết t"], "no verification, no row for one"
    assert ["4. Tờ trình, dự thảo: Đề án đặt tên đường", "«đơn vị soạn thảo 4»"] in found, (
        "what is not told stays named"
    )
    assert found[-1] == ["Nghỉ giữa buổi", "–"]
    second = [row[1] for row in rows(data, 1)]
    assert second[1].startswith("Chất vấn nhóm"), "what is there for filling in by hand is gone"


def test_papers_matters_and_votes_have_their_rows(files: dict[str, bytes], modules: Page) -> None:
    told = known(modules)
    papers = rows(filled(modules, files["BM11"], told), 0)
    assert [row[0] for row in papers[1:]] == [str(n) for n in range(1, len(papers))]
    assert papers[1][1:3] == ["Văn bản: Báo cáo kinh tế - xã hội", "UBND xã"]
    assert papers[2][1:3] == ["Báo cáo thẩm tra: Báo cáo kinh tế - xã hội", "Ban Kinh tế - Ngân sách"]
    assert len(papers) == 1 + 2 + 3 + 2 + 3
    minutes = filled(modules, files["BM18"], told)
    text = text_of(minutes)
    for number, one in enumerate(MATTERS, 1):
        assert f"{number}. Nội dung: {one['title']}" in text
    assert text.count("trình bày Báo cáo thẩm tra") == 3
    votes = [row[0] for row in rows(minutes, 5)]
    assert votes[1:] == [
        "1. Nghị quyết dự toán ngân sách",
        "2. Nghị quyết chương trình giám sát",
        "3. Đề án đặt tên đường",
    ]
    script = filled(modules, files["BM16"], told)
    assert text_of(script).count("Nội dung biểu quyết số") == 3
    breaks = list(opened(script).element.body.iter(qn("w:pageBreakBefore")))
    assert len(breaks) == 2, "each begins a page; the first stands below the heading"
    assert "moi_" not in part(script, "word/document.xml"), "no mark is left"


LINES = [
    {"kind": "to-trinh", "at": 3, "who": "Ông Tao Văn Mẫu, Trưởng phòng Văn hóa - Xã hội"},
    {"kind": "tham-tra", "at": 3, "who": "Ban Văn hóa - Xã hội"},
    {"kind": "to-trinh", "at": 1, "who": "Phòng Kinh tế"},
    {"kind": "tham-tra", "at": 1, "who": "bà Lý Thị Mẫu"},
]
COUNTS = [
    ({"present": "24", "yes": "20", "no": "3", "none": "1"}, ["24", "20; 80%", "3", "1", "Thông qua"]),
    ({"present": "24", "yes": "12", "no": "11", "none": "1"}, ["24", "12; 48%", "11", "1", "Chưa thông qua"]),
    ({"present": "24", "yes": "17", "no": "0", "none": "7", "need": "17"}, ["24", "17; 68%", "0", "7", "Thông qua"]),
    # Counts that do not add up decide nothing.
    ({"present": "24", "yes": "20", "no": "0", "none": "0"}, ["24", "20; 80%", "0", "0", "«kết quả 1»"]),
    ({}, ["«số 1»", "«số; tỷ lệ 1»", "«số 1»", "«số 1»", "«kết quả 1»"]),
]


def test_script_and_minutes_go_by_the_programme(files: dict[str, bytes], modules: Page) -> None:
    """In its order, with the persons it names; a body is no person, what it leaves out comes last."""
    told = known(modules, lines=LINES)
    assert [one["ten"][:9] for one in told["lists"]["noi-dung"]] == ["Đề án đặt", "Nghị quyế", "Báo cáo k", "Nghị quyế"]
    for form in ("BM16", "BM18"):
        text = text_of(filled(modules, files[form], told))
        assert text.index("Đề án đặt tên đường") < text.index("Nghị quyết dự toán ngân sách")
        assert "ông (bà) tao văn mẫu, trưởng phòng văn hóa - xã hội (" in text.lower(), form
        assert "ông (bà) lý thị mẫu, đại diện ban kinh tế - ngân sách" in text.lower(), form
        assert "ông (bà) «người trình bày thẩm tra 1», đại diện Ban Văn hóa - Xã hội" in text.replace(
            "Ông (", "ông ("
        ), form
        assert "«người trình bày 2» (Phòng Kinh tế)" in text, form
    assert [row[0][:12] for row in rows(filled(modules, files["BM18"], told), 5)][1:] == [
        "1. Đề án đặt", "2. Nghị quyế", "3. Nghị quyế",
    ]  # fmt: skip


@pytest.mark.parametrize(("votes", "row"), COUNTS)
def test_the_minutes_have_the_counts_of_the_vote_table(
    files: dict[str, bytes], modules: Page, votes: dict[str, str], row: list[str]
) -> None:
    told = known(modules, matters=[{**MATTERS[1], **votes}])
    assert rows(filled(modules, files["BM18"], told), -1)[1][1:] == row


@pytest.mark.parametrize("form", MANY)
def test_without_matters_the_form_stays_as_it_was(files: dict[str, bytes], modules: Page, form: str) -> None:
    data = filled(modules, files[form], known(modules, {"council": "xã A"}, []))
    before = [tag for tag, _place, _words in controls(files[form])]
    assert [tag for tag, _place, _words in controls(data)] == before
    assert "xã A" in text_of(data)


@pytest.mark.parametrize("form", WORD)
@pytest.mark.full
def test_a_filled_file_has_no_comments_and_says_so_nowhere(files: dict[str, bytes], modules: Page, form: str) -> None:
    data = filled(modules, files[form], known(modules))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        everything = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert not any("comment" in name for name in everything)
    for name in ("word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
        assert "omment" not in everything[name], name


LONG = "Nghị quyết " + "về việc sắp xếp, đặt tên, đổi tên thôn, tổ dân phố trên địa bàn " * 4


@pytest.mark.corner
def test_hostile_and_long_names_stay_text(files: dict[str, bytes], modules: Page) -> None:
    names = ['{don-vi} «x» ]]> & "', HOSTILE, "‮abc\u0007\ud800", LONG, "=1+1", "%PDF"]
    facts = {**FACTS, "council": f"xã {HOSTILE}", "venue": "a\nb", "signer": "A" * 80}
    told = known(modules, facts, [matter(one, "nghi-quyet", HOSTILE) for one in names])
    for form in MANY:
        data = filled(modules, files[form], told)
        text = text_of(data)
        assert HOSTILE in text, form
        assert "\u0007" not in text and "\u202e" not in text
        for tag, place, words in controls(data):
            if place:
                assert at_place(data, place) == words, tag
    assert modules.evaluate("window.ran") is None
    programme = rows(filled(modules, files["BM10"], told), 0)
    assert any(LONG.strip() in row[1] for row in programme)
    assert any('{don-vi} «x» ]]> & "' in row[1] for row in programme), "typed braces are words, not a field"


def test_a_file_whose_controls_were_stripped_stays_usable(files: dict[str, bytes], modules: Page) -> None:
    document = opened(files["BM10"])
    for control in list(document.element.body.iter(qn("w:sdt"))):
        (content,) = control.iter(qn("w:sdtContent"))
        for run in list(content):
            control.addprevious(run)
        control.getparent().remove(control)
    out = io.BytesIO()
    document.save(out)
    stripped = out.getvalue()
    assert text_of(stripped) == text_of(files["BM10"])
    again = filled(modules, stripped, known(modules))
    assert text_of(again) == text_of(files["BM10"]), "nothing to fill, nothing lost"


def test_a_file_that_is_none_is_refused(modules: Page) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "a")
    for data in (b"", b"not a file", empty.getvalue()):
        with pytest.raises(Error, match="BadFile"):
            filled(modules, data, known(modules))


# The assignment table ------------------------------------------------------------------------------

_TABLE = """async ({file, whose, opening, items}) => {
  const x = await import('/office/excel-file.js');
  const found = x.filledTable(Uint8Array.from(atob(file), c => c.charCodeAt(0)), whose, opening, items);
  return [btoa(String.fromCharCode(...found.bytes)), found.left];
}"""
_READ = """async file => {
  const x = await import('/office/excel-file.js');
  const m = await import('/sitting/matters.js');
  return m.mattersInSheets(x.sheetRows(Uint8Array.from(atob(file), c => c.charCodeAt(0))));
}"""


def table_with(modules: Page, kb: KnowledgeBase, items: list[dict[str, Any]]) -> tuple[bytes, int]:
    data = template_xlsx(kb, kb.documents["BM07"])
    given = {
        "file": base64.b64encode(data).decode(),
        "whose": "HĐND xã Mường Than",
        "opening": "2026-12-17",
        "items": items,
    }
    found, left = modules.evaluate(_TABLE, given)
    return base64.b64decode(found), left


def test_the_assignment_table_is_filled(modules: Page, kb: KnowledgeBase) -> None:
    made, left = table_with(modules, kb, known(modules)["lists"]["noi-dung"])
    assert left == 0
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book.worksheets[0]
    assert sheet.cell(COUNCIL_ROW + 1, 1).value == "HĐND xã Mường Than"
    heads = {sheet.cell(FIRST_ROW + 1, column).value: column for column in range(1, 16)}
    first = {head: sheet.cell(FIRST_ROW + 2, column).value for head, column in heads.items()}
    assert first["TT"] == 1 and first["Nội dung; điều HĐND cần quyết định"] == "Báo cáo kinh tế - xã hội"
    assert first["Loại văn bản"] == "Báo cáo" and first["Ban thẩm tra"] == "Ban Kinh tế - Ngân sách"
    assert first["Cơ quan soạn thảo; người soạn; người rà soát"] == "UBND xã"
    assert str(first["Hạn gửi hồ sơ đến Ban"]).startswith("=IF("), "the limits go on counting"
    assert str(book[DAYS].cell(OPENING_ROW + 1, 2).value)[:10] == "2026-12-17"
    assert sheet.row_dimensions[FIRST_ROW + 2].height >= 30, "as high as its words"


def test_what_the_table_has_no_room_for_is_told(modules: Page, kb: KnowledgeBase) -> None:
    item = {"ten": HOSTILE, "loai": "", "soan": "=1+1", "ban": ""}
    made, left = table_with(modules, kb, [item] * 34)
    assert left == 4
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert sheet.cell(FIRST_ROW + 2, 2).value == HOSTILE and sheet.cell(FIRST_ROW + 2, 6).data_type == "s"


def test_a_table_that_was_filled_is_read_back(modules: Page, kb: KnowledgeBase) -> None:
    made, _left = table_with(modules, kb, known(modules)["lists"]["noi-dung"])
    found = modules.evaluate(_READ, base64.b64encode(made).decode())
    assert [(one["title"], one["kind"], one["drafter"], one["committee"]) for one in found] == [
        (one["title"], one["kind"], one["drafter"], one["committee"]) for one in MATTERS
    ]


@pytest.mark.corner
def test_a_table_saved_by_another_program_is_read(modules: Page, kb: KnowledgeBase) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(kb, kb.documents["BM07"])))
    sheet = book.worksheets[0]
    # Decomposed letters, as some systems save them; a state tells which papers are there.
    row = {1: 1, 2: "Đề án đặt tên đường", 3: "Đề án", 5: "UBND xã", 8: "Hai Ban", 14: "Đã thẩm tra"}
    for column, words in row.items():
        sheet.cell(FIRST_ROW + 2, column).value = words
    book.create_sheet("Trang khác", 0)
    out = io.BytesIO()
    book.save(out)
    (found,) = modules.evaluate(_READ, base64.b64encode(out.getvalue()).decode())
    assert found == {
        "title": "Đề án đặt tên đường", "kind": "de-an", "drafter": "UBND xã", "committee": "Hai Ban",
        "papers": "to-trinh du-thao tham-tra",
    }  # fmt: skip
    empty = openpyxl.Workbook()
    out = io.BytesIO()
    empty.save(out)
    assert modules.evaluate(_READ, base64.b64encode(out.getvalue()).decode()) is None
    with pytest.raises(Error, match="BadFile"):
        modules.evaluate(_READ, base64.b64encode(b"no file").decode())


def packed(parts: dict[str, str]) -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return base64.b64encode(out.getvalue()).decode()


def workbook(kb: KnowledgeBase, *names: str) -> openpyxl.Workbook:
    """Return a workbook whose first sheets are filled tables, each with one matter of that name."""
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(kb, kb.documents["BM07"])))
    first = book.worksheets[0]
    for number, name in enumerate(names):
        sheet = first if number == 0 else book.copy_worksheet(first)
        sheet.cell(FIRST_ROW + 2, 2).value = name
    return book


def encoded(book: openpyxl.Workbook) -> str:
    out = io.BytesIO()
    book.save(out)
    return base64.b64encode(out.getvalue()).decode()


def test_a_hidden_sheet_is_not_read(modules: Page, kb: KnowledgeBase) -> None:
    book = workbook(kb, "Kỳ trước", "Kỳ này")
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    assert [one["title"] for one in modules.evaluate(_READ, encoded(book))] == ["Kỳ này"]
    book = workbook(kb, "Đứng sau", "Đứng trước")
    book.move_sheet(book.worksheets[-1], 1 - len(book.worksheets))
    assert [one["title"] for one in modules.evaluate(_READ, encoded(book))] == ["Đứng trước"]


def test_a_file_that_unpacks_to_too_much_is_refused_at_once(modules: Page) -> None:
    row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    parts = {f"xl/worksheets/sheet{n}.xml": f"<worksheet>{row * 40_000}</worksheet>" for n in range(4)}
    with pytest.raises(Error, match="BadFile"):
        modules.evaluate(_READ, packed(parts))


def test_a_matter_that_looks_like_headings_is_a_matter(modules: Page, kb: KnowledgeBase) -> None:
    book = workbook(kb, "Nội dung chất vấn tại kỳ họp")
    sheet: Any = book.worksheets[0]
    sheet.cell(FIRST_ROW + 2, 3).value = "Loại khác"
    sheet.cell(FIRST_ROW + 3, 2).value = "Báo cáo năm"
    sheet.cell(FIRST_ROW + 3, 6).value = "Văn phòng"
    found = modules.evaluate(_READ, encoded(book))
    assert [(one["title"], one["drafter"]) for one in found] == [
        ("Nội dung chất vấn tại kỳ họp", ""),
        ("Báo cáo năm", "Văn phòng"),
    ]


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing kern sz szCs highlight u vertAlign lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "sdtPr": "rPr alias tag id dataBinding text checkbox",
}
"""Elements in the order of the file format, as far as our files have them."""
SEVERAL = ("headerReference", "footerReference")


def out_of_order(data: bytes) -> list[str]:
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [
            archive.read(name)
            for name in archive.namelist()
            if re.fullmatch(r"word/(document|styles|header\d*)\.xml", name)
        ]
    for part_ in parts:
        for element in ET.fromstring(part_).iter():
            wanted = ORDER.get(element.tag.rpartition("}")[2], "").split()
            if not wanted:
                continue
            names = [child.tag.rpartition("}")[2] for child in element]
            known_ = [name for name in names if name in wanted]
            twice = {name for name in names if names.count(name) > 1} - set(SEVERAL)
            if known_ != sorted(known_, key=wanted.index) or twice:
                found.append(f"{element.tag.rpartition('}')[2]}: {names}")
    return found


@pytest.mark.parametrize("form", WORD)
@pytest.mark.full
def test_the_file_keeps_the_order_of_the_format(files: dict[str, bytes], modules: Page, form: str) -> None:
    assert out_of_order(files[form]) == []
    assert out_of_order(filled(modules, files[form], known(modules))) == []


def test_what_is_out_of_order_is_seen(files: dict[str, bytes]) -> None:
    document = opened(files["BM10"])
    properties = document.paragraphs[3]._p.get_or_add_pPr()
    properties.append(properties[0])
    out = io.BytesIO()
    document.save(out)
    assert out_of_order(out.getvalue())
