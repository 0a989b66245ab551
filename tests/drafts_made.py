"""Drafts made for tests: Word files of a few words, of every feature, and of everything that may be wrong with a file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
SIDE = {"styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer", "theme"}


def related(*ties: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(ties, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def document(body: str, declared: str = DECLARED) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {declared}><w:body>{body}</w:body></w:document>'


def root(name: str, inside: str) -> str:
    return f"<w:{name} {DECLARED}>{inside}</w:{name}>"


def run(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def par(inside: str, properties: str = "") -> str:
    """Return a paragraph; words without an element are one run."""
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{look}{inside if '<' in inside else run(inside)}</w:p>"


def cell(inside: str, properties: str = "") -> str:
    look = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{look}{inside if inside.startswith('<') else par(inside)}</w:tc>"


def table(*rows: list[str], columns: int = 2) -> str:
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1000"/>' * columns + "</w:tblGrid>"
    made = "".join(
        f"<w:tr>{''.join(one if one.startswith('<w:t') else cell(one) for one in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/>{grid}{made}</w:tbl>"


def of_list(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def packed(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def parts(body: str, whole: str | bytes | None = None, **more: str | bytes) -> dict[str, str | bytes]:
    """Return a Word file's parts by their path; ``more``: styles, numbering, header1, …, core, app, or any path."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related(("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml")),
        "word/document.xml": document(body) if whole is None else whole,
    }
    ties = []
    for name, data in more.items():
        kind = name.rstrip("0123456789")
        if kind in SIDE:
            path = "theme/theme1.xml" if kind == "theme" else f"{name}.xml"
            ties.append((kind, path))
            files[f"word/{path}"] = data
        elif name in {"core", "app"}:
            files[f"docProps/{name}.xml"] = data
        else:
            files[name] = data
    files["word/_rels/document.xml.rels"] = related(*ties)
    return files


def docx(body: str, whole: str | bytes | None = None, **more: str | bytes) -> bytes:
    return packed(parts(body, whole, **more))


def core(**told: str) -> str:
    names = {"creator": "dc", "title": "dc", "created": "dcterms", "modified": "dcterms", "lastModifiedBy": "cp"}
    inside = "".join(f"<{names[name]}:{name}>{value}</{names[name]}:{name}>" for name, value in told.items())
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{inside}</cp:coreProperties>"
    )


def app(pages: int) -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{space}"><Pages>{pages}</Pages></Properties>'


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def style(name: str, inside: str, kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}><w:name w:val="{name}"/>{inside}</w:style>'


def box(text: str) -> str:
    """Return a run with a text box as Word writes it: once for new programs, once for old ones."""
    words = f"<w:txbxContent>{par(text)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inside = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark.format("begin") + inside + mark.format("separate") + run(shown) + mark.format("end")


def ole(*streams: str) -> bytes:
    """Return the beginning of an old Office file whose directory names streams."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 0x1E, 9)
    struct.pack_into("<I", head, 0x30, 0)
    names = b"".join(name.encode("utf-16le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return bytes(head) + names.ljust(1024, b"\0")


def told_smaller(files: Mapping[str, str | bytes], size: int) -> bytes:
    """Return a packed file that says of each part that it is so small."""
    made = bytearray(packed(files))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", made, at + 24, size)
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def swollen(megabytes: int, said: int) -> bytes:
    """Return a Word file whose text unpacks to very much and says that it does not."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = b"a" * 1_000_000
    data = b"".join([deflate.compress(piece) for _ in range(megabytes)]) + deflate.flush()
    made = bytearray(packed(parts("") | {"word/document.xml": data}, zipfile.ZIP_STORED))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        name = made[at + 46 : at + 46 + struct.unpack_from("<H", made, at + 28)[0]]
        if name == b"word/document.xml":
            struct.pack_into("<H", made, at + 10, 8)
            struct.pack_into("<I", made, at + 24, said)
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


def locked(file: bytes) -> bytes:
    """Return a packed file whose parts say that they are locked with a password."""
    made = bytearray(file)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = made.find(sign)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(sign, at + 4)
    return bytes(made)


def pages(count: int) -> bytes:
    """Return a draft of about so many pages: paragraphs of several runs, some tables."""
    words = "Giao Ủy ban nhân dân xã tổ chức thực hiện, báo cáo Hội đồng nhân dân tại kỳ họp cuối năm 2027; "
    look = f"{font('Times New Roman')}<w:sz w:val='28'/>"
    one = par("".join(run(words, look + ("<w:b/>" if at == 0 else "")) for at in range(5)))
    rows = table(*[[words] * 4 for _ in range(8)], columns=4)
    return docx("".join(one * 10 + (rows if at % 4 == 0 else "") for at in range(count)), styles=root("styles", ""))
