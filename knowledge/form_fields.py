"""What forms hold besides words: fields that fill themselves, ``{don-vi}``, and named blanks, ``«số tờ trình»``.

A field is what all papers of one sitting repeat. In Word it is a control bound to one place in the file, so that it
is typed once; on the page “Tải tệp Word đã điền” it comes from what the reader told of the sitting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple


@dataclass(frozen=True)
class Field:
    """A field: ``label`` is its name in Word, ``blank`` stands in the text until it is filled in."""

    label: str
    blank: str


FIELDS = {
    "don-vi": Field("Xã, phường", "xã (phường) «tên xã, phường»"),
    "dia-danh": Field("Địa danh", "«địa danh»"),
    "tinh": Field("Tỉnh, thành phố", "tỉnh (thành phố) «tên tỉnh»"),
    "khoa": Field("Khóa", "khóa «số khóa»"),
    "nhiem-ky": Field("Nhiệm kỳ", "nhiệm kỳ «năm đầu - năm cuối»"),
    "ky": Field("Kỳ họp thứ mấy", "thứ «số kỳ họp»"),
    "loai-ky": Field("Loại kỳ họp", "«loại kỳ họp»"),
    "nam": Field("Năm của kỳ họp", "«năm»"),
    "khai-mac": Field("Ngày khai mạc", "ngày «ngày khai mạc»"),
    "be-mac": Field("Ngày bế mạc", "ngày «ngày bế mạc»"),
    "gio-khai-mac": Field("Giờ khai mạc", "«giờ khai mạc»"),
    "so-buoi": Field("Số buổi", "«số buổi»"),
    "noi-hop": Field("Nơi họp", "«nơi họp»"),
    "nguoi-ky": Field("Người ký thay mặt Thường trực HĐND", "«họ và tên người ký»"),
    "chuc-vu-ky": Field("Chức vụ người ký; Phó Chủ tịch ký thì ghi KT. CHỦ TỊCH, dòng dưới PHÓ CHỦ TỊCH", "CHỦ TỊCH"),
    "chu-toa": Field("Chủ tọa kỳ họp", "«họ và tên Chủ tọa»"),
    "thu-ky": Field("Thư ký kỳ họp", "«họ và tên thư ký»"),
    "lien-he": Field("Người giải đáp về tài liệu", "«người giải đáp»"),
    "dien-thoai": Field("Điện thoại của người giải đáp", "«số điện thoại»"),
    "tong-dai-bieu": Field("Tổng số đại biểu HĐND", "«tổng số đại biểu»"),
    "qua-nua": Field("Số phiếu quá nửa tổng số đại biểu", "«quá nửa tổng số đại biểu»"),
    "hai-phan-ba": Field("Hai phần ba tổng số đại biểu", "«hai phần ba tổng số đại biểu»"),
    "so-noi-dung": Field("Số nội dung", "«số nội dung»"),
    "ds-nghi-quyet": Field("Tên từng dự thảo nghị quyết", "«tên từng dự thảo, đúng tên trong tờ trình»"),
    "ds-bao-cao": Field("Tên từng báo cáo", "«tên từng báo cáo»"),
    "han-ho-so": Field("Hạn gửi hồ sơ thẩm tra", "«hạn gửi hồ sơ»"),
    "han-tai-lieu": Field("Hạn gửi tài liệu đến đại biểu", "ngày «hạn gửi tài liệu»"),
}
"""ID → field of the whole sitting; the ID is the control's tag in Word and its place in the file's data."""

Each = Literal["noi-dung", "nghi-quyet", "tai-lieu"]
"""What rows or paragraphs stand for: each matter, each that is decided, each paper."""

EACH_FIELDS = {
    "so": Field("Số thứ tự", "«số»"),
    "ten": Field("Tên nội dung", "«tên nội dung»"),
    "soan": Field("Đơn vị soạn thảo", "«đơn vị soạn thảo»"),
    "ban": Field("Ban thẩm tra", "«tên Ban thẩm tra»"),
    "gio": Field("Giờ bắt đầu", "«giờ»"),
    "phut": Field("Số phút thảo luận", "«số phút»"),
    "trinh": Field("Người trình bày", "«người trình bày»"),
    "thamtra": Field("Người trình bày báo cáo thẩm tra", "«người trình bày thẩm tra»"),
    "comat": Field("Số đại biểu có mặt lúc biểu quyết", "«số»"),
    "tanthanh": Field("Số tán thành; tỷ lệ trên tổng số", "«số; tỷ lệ»"),
    "khongtan": Field("Số không tán thành", "«số»"),
    "khongbq": Field("Số không biểu quyết", "«số»"),
    "ketqua": Field("Kết quả biểu quyết", "«kết quả»"),
}
"""ID → field of one matter or paper, written ``{nd.ten}`` inside what is repeated for each."""
EACH_PREFIX = "nd."
_PAPER = Field("Tên tài liệu", "«tên tài liệu»")


def field_of_each(each: str, name: str) -> Field:
    """Return the field of one matter, or of one paper, which has a name of its own."""
    return _PAPER if (each, name) == ("tai-lieu", "ten") else EACH_FIELDS[name]


_PARTS = re.compile(r"\{([^{}]*)\}|«([^«»]*)»")
_SUSPECT = re.compile(r"[\[\]{}«»…_]|\.{3}")
_NAME = re.compile(r"[^\s«»{}…][^«»{}…]{0,59}")


class Piece(NamedTuple):
    """A part of a text: ``kind`` is ``text``, ``field`` (``text`` is its ID) or ``blank`` (its name)."""

    kind: Literal["text", "field", "blank"]
    text: str


def pieces(text: str) -> list[Piece]:
    """Return a text's parts in order; what is neither field nor blank stands as it is."""
    found: list[Piece] = []
    at = 0
    for match in _PARTS.finditer(text):
        if match.start() > at:
            found.append(Piece("text", text[at : match.start()]))
        field, blank = match.groups()
        found.append(Piece("blank", blank) if field is None else Piece("field", field))
        at = match.end()
    if at < len(text):
        found.append(Piece("text", text[at:]))
    return found


def field_named(name: str) -> Field | None:
    """Return the field of an ID, of the sitting or of one matter; None where there is none."""
    if name.startswith(EACH_PREFIX):
        return EACH_FIELDS.get(name.removeprefix(EACH_PREFIX))
    return FIELDS.get(name)


def unfilled(text: str) -> str:
    """Return a text as a form shows it before anything is filled in."""
    shown = {"text": lambda t: t, "blank": lambda t: f"«{t}»", "field": _blank_of}
    return "".join(shown[piece.kind](piece.text) for piece in pieces(text))


def _blank_of(name: str) -> str:
    field = field_named(name)
    assert field, "checked: every field of a form is known"
    return field.blank


def stray_marks(text: str) -> list[str]:
    """Return what looks like a blank and is none: unnamed, unclosed, dots, names that are too long."""
    if not _SUSPECT.search(text):
        return []
    wrong = [f"«{piece.text}»" for piece in pieces(text) if piece.kind == "blank" and not _NAME.fullmatch(piece.text)]
    words = " ".join(piece.text for piece in pieces(text) if piece.kind == "text")
    return [*wrong, *re.findall(r"\[[^\]]*\]|…|\.{3,}|_{2,}|[«»{}]", words)]
