"""Record types of the documents behind the templates: ``docs/bieu-mau/bmNN.yml``.

A document is structured blocks, never a drawing: the page shows them as a preview, ``papers/`` writes
them as Word or spreadsheet files. What a council fills in is a field that fills itself, ``{don-vi}``, or a named
blank, ``«số tờ trình»`` (``knowledge/form_fields.py``).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from knowledge.form_fields import EACH_FIELDS, EACH_PREFIX, FIELDS, Each, field_named, pieces, stray_marks
from knowledge.records.fields import Links, LinksTo, Strict, Text, fault
from knowledge.text import nearest

_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")


def _known_blanks(text: str) -> str:
    for mark in stray_marks(text):
        raise fault(
            "slot-form",
            f"chỗ điền “{mark[:40]}” sai dạng",
            "đặt tên chỗ điền, ví dụ «số tờ trình» (tối đa 60 chữ cái), hoặc dùng một trường, ví dụ {don-vi}",
        )
    for piece in pieces(text) if "{" in text else ():
        if piece.kind == "field" and field_named(piece.text) is None:
            known = [*FIELDS, *(EACH_PREFIX + name for name in EACH_FIELDS)]
            guess = nearest(piece.text, known) or "don-vi"
            raise fault(
                "unknown-field", f"không có trường {{{piece.text}}}", f"có phải {{{guess}}}? Hoặc viết «tên chỗ điền»"
            )
    return text


def _no_year(text: str) -> str:
    year = _YEAR.search(text)
    if year:
        raise fault(
            "stale-year",
            f"biểu mẫu ghi sẵn năm {year.group()}",
            "thay bằng «năm»; năm ghi sẵn sẽ còn sót ở kỳ sau",
        )
    return text


Wording = Annotated[Text, AfterValidator(_known_blanks), AfterValidator(_no_year)]
"""Text that stands in the document: no fixed year, every blank named."""
Cell = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_known_blanks), AfterValidator(_no_year)]
"""Text in a table; an empty cell is a blank that its column names."""


class Noted(Strict):
    """What every piece of a document may carry besides its words."""

    note: Text | None = Field(None, description="Lời hướng dẫn: thành chú thích của Word, không nằm trong văn bản")
    custom: bool = Field(False, description="true nếu là thông lệ, Nghị định 30/2020/NĐ-CP không quy định")


class Ground(Noted):
    """One ground. ``instrument`` stands as text only when its state is verified."""

    instrument: Annotated[str | None, LinksTo("instruments")] = Field(
        None, description="Mã văn bản trong can-cu, ví dụ luat-72-2025"
    )
    text: Wording | None = Field(None, description="Câu căn cứ có chỗ điền, nếu không phải văn bản")


class Heading(Noted):
    """A heading inside the document, numbered as typed: “I. TÌNH HÌNH”, “1. Kết quả”."""

    kind: Literal["heading"]
    level: Literal[1, 2] = Field(1, description="1: phần (I, II); 2: mục (1, 2)")
    text: Wording = Field(description="Nội dung tiêu đề, gồm cả số")


class Article(Noted):
    """An article; numbered by itself: “Điều 1. Tên điều”."""

    kind: Literal["article"]
    title: Wording = Field(description="Tên điều")


class Clause(Noted):
    """A clause, numbered by itself within its article or heading: “1. …”."""

    kind: Literal["clause"]
    text: Wording = Field(description="Nội dung khoản")


class Point(Noted):
    """A point, lettered by itself within its clause: “a) …”."""

    kind: Literal["point"]
    text: Wording = Field(description="Nội dung điểm")


class Paragraph(Noted):
    """A plain paragraph."""

    kind: Literal["paragraph"]
    text: Wording = Field(description="Nội dung đoạn")


class Bullets(Noted):
    """Lines that begin with a hyphen."""

    kind: Literal["bullets"]
    items: list[Wording] = Field(min_length=1, description="Các dòng gạch đầu dòng")


class RowGroup(Strict):
    """Rows that stand once for each matter of the sitting; the unfilled file shows ``copies`` of them."""

    each: Each = Field(description="noi-dung, nghi-quyet hoặc tai-lieu: lặp các dòng cho từng cái")
    rows: list[list[Cell]] = Field(min_length=1, description="Các dòng của một nội dung, dùng {nd.ten}, {nd.soan}…")
    reported: list[list[Cell]] = Field(
        default_factory=list, description="Các dòng của nội dung chỉ báo cáo, không biểu quyết; bỏ trống: như rows"
    )
    copies: int = Field(1, ge=1, le=10, description="Tệp trống có mấy lần")
    start: int = Field(1, ge=1, le=20, description="Số của nội dung đầu; lớn hơn 1 thì phần này chỉ có trong tệp trống")


class Table(Noted):
    """A table; ``rows`` are filled in already, ``blank_rows`` are for writing."""

    kind: Literal["table"]
    columns: list[Wording] = Field(min_length=2, description="Tên các cột")
    widths: list[int] = Field(default_factory=list, description="Độ rộng tương đối của từng cột")
    rows: list[list[Cell] | RowGroup] = Field(default_factory=list, description="Các dòng có sẵn, nhóm dòng lặp")
    blank_rows: int = Field(0, ge=0, le=30, description="Số dòng trống để điền")


class Checks(Noted):
    """Lines with a box to tick; for internal sheets."""

    kind: Literal["checks"]
    items: list[Wording] = Field(min_length=1, description="Các dòng có ô đánh dấu")


class WriteIn(Noted):
    """A label and empty lines to write on; for internal sheets."""

    kind: Literal["write-in"]
    label: Wording = Field(description="Nhãn của chỗ viết")
    lines: int = Field(2, ge=1, le=20, description="Số dòng trống")


class Appendix(Noted):
    """Begins an appendix on a new page; numbered by itself when there are several."""

    kind: Literal["appendix"]
    title: Wording = Field(description="Tên phụ lục")


_Plain = Heading | Article | Clause | Point | Paragraph | Bullets | Table | Checks | WriteIn | Appendix
Plain = Annotated[_Plain, Field(discriminator="kind")]


class Repeat(Strict):
    """Blocks that stand once for each matter of the sitting; the unfilled file has them once."""

    kind: Literal["each"]
    each: Each = Field(description="noi-dung, nghi-quyet hoặc tai-lieu: lặp cho từng cái")
    page: bool = Field(False, description="true nếu mỗi lần bắt đầu trên một trang mới")
    blocks: list[Plain] = Field(min_length=1, description="Các khối được lặp, dùng {nd.ten}, {nd.soan}…")


Block = Annotated[_Plain | Repeat, Field(discriminator="kind")]


class Signature(Noted):
    """Who signs. ``authority`` is the line above the office, such as “TM. BAN”."""

    authority: Wording | None = Field(None, description="Quyền hạn, ví dụ TM. BAN; bỏ trống nếu không có")
    office: Wording = Field(description="Chức vụ, ví dụ TRƯỞNG BAN")
    name: Wording = Field("«họ và tên»", description="Chỗ ghi họ tên, ví dụ {nguoi-ky}")


class Document(Noted):
    """One document. ``form`` names the model of Nghị định 30/2020/NĐ-CP, annex III.

    ``internal`` papers carry no national title, number or recipients.
    """

    form: Literal["resolution", "decision", "named", "invitation", "minutes", "internal"] = Field(
        description="resolution: Mẫu 1.1; decision: Mẫu 1.2; named: Mẫu 1.4; invitation: Mẫu 1.7; "
        "minutes: Mẫu 1.9; internal: phiếu nội bộ"
    )
    superior: list[Wording] = Field(default_factory=list, description="Cơ quan chủ quản, từng dòng")
    issuer: list[Wording] = Field(default_factory=list, description="Cơ quan ban hành, từng dòng")
    symbol: Wording | None = Field(None, description="Ký hiệu sau số, ví dụ NQ-HĐND")
    name: Wording = Field(description="Tên loại in hoa, ví dụ NGHỊ QUYẾT")
    subject: Wording | None = Field(None, description="Trích yếu")
    authority: list[Wording] = Field(
        default_factory=list, description="Dòng thẩm quyền ban hành trước các căn cứ, từng dòng"
    )
    addressed_to: list[Wording] = Field(default_factory=list, description="Kính gửi")
    grounds: list[Ground] = Field(default_factory=list, description="Các căn cứ")
    blocks: list[Block] = Field(min_length=1, description="Nội dung")
    signatures: list[Signature] = Field(default_factory=list, description="Người ký, trái sang phải")
    recipients: list[Wording] = Field(default_factory=list, description="Nơi nhận, trừ dòng Lưu")


class Column(Strict):
    """A column of a spreadsheet."""

    title: Wording = Field(description="Tên cột")
    width: int = Field(ge=4, le=60, description="Độ rộng, tính bằng chữ")
    content: Literal["text", "date", "number", "choice"] = Field("text", description="Loại dữ liệu")
    choices: list[Wording] = Field(default_factory=list, description="Các giá trị được chọn")
    note: Text | None = Field(None, description="Lời hướng dẫn hiện khi chọn ô")
    limit: Annotated[str | None, LinksTo("deadlines")] = Field(
        None, description="Hạn mà cột tự tính, ví dụ han-ho-so-tham-tra; cột là ngày"
    )


class SpreadsheetPage(Strict):
    """One sheet of a spreadsheet template."""

    name: Text = Field(description="Tên trang tính, tối đa 31 chữ cái", max_length=31)
    title: Wording = Field(description="Tiêu đề in trên bảng")
    columns: list[Column] = Field(min_length=2, description="Các cột")
    rows: list[list[Cell]] = Field(default_factory=list, description="Các dòng có sẵn")
    blank_rows: int = Field(30, ge=1, le=200, description="Số dòng trống để điền")


class TemplateDocument(Strict):
    """``docs/bieu-mau/bmNN.yml``: the documents, or the spreadsheet, of one template."""

    id: str = Field(pattern=r"^BM([0-9]{2}|[1-9][0-9]{2})$", description="Mã biểu mẫu, ví dụ BM01")
    normative: Text | None = Field(
        None, description="Khi nào phải dùng thể thức văn bản quy phạm, mẫu này không phục vụ"
    )
    documents: list[Document] = Field(default_factory=list, description="Các văn bản trong tệp")
    sheets: list[SpreadsheetPage] = Field(default_factory=list, description="Các trang bảng tính")


FORM_NAMES = {
    "resolution": "Nghị quyết cá biệt, Mẫu 1.1",
    "decision": "Quyết định cá biệt, Mẫu 1.2",
    "named": "Văn bản có tên loại, Mẫu 1.4",
    "invitation": "Giấy mời, Mẫu 1.7",
    "minutes": "Biên bản, Mẫu 1.9",
    "internal": "Phiếu nội bộ",
}


def instruments_of(document: TemplateDocument) -> Links:
    """Return the instruments that a template names as grounds."""
    return [g.instrument for d in document.documents for g in d.grounds if g.instrument]
