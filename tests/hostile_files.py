"""Forty files that somebody may be sent, or send: swollen, nested, cut, mislabelled, of wrong depth and type.

Nothing here stands as a file in the project; each is made when a test asks for it.
"""

from __future__ import annotations

import gzip
import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tests.drafts_made import document, docx, locked, ole, packed, par, parts, swollen, told_smaller

LAUGH = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "https://vi-du.invalid/x">]>'
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


class HostileFile(NamedTuple):
    """A file: what it tries, its name, what is in it."""

    what: str
    name: str
    data: bytes


def spreadsheet(rows: str, before: str = "", **more: str | bytes) -> bytes:
    """Return a workbook of one sheet; ``before`` stands before the sheet's root, ``more`` are further parts by path."""
    sheet = f'{before}<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'
    return packed({
        "[Content_Types].xml": "<Types/>", "xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": sheet, **more,
    })  # fmt: skip


def row(*cells: str, number: int = 1) -> str:
    made = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{made}</row>'


HEAD = row("TT", "Nội dung", "Loại")


def kept(**document_: Any) -> bytes:
    """Return a file as a device writes of its sheets, with other things in it."""
    return json.dumps({"format": "so-tay-hdnd", "document": {"schema": 3, **document_}}).encode()


def _with_link(name: str, target: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo(name)
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, target)
        archive.writestr("word/document.xml", document(par("a")))
    return out.getvalue()


def _nested(depth: int) -> bytes:
    data = b"a" * 100_000
    for level in range(depth):
        data = packed({f"{level}.zip": data, "word/document.xml": document(par(str(level)))})
    return data


def _deep(depth: int) -> bytes:
    return b'{"format": "so-tay-hdnd", "document": ' + b'{"a": [' * depth + b"1" + b"]}" * depth + b"}"


GOOD = "Căn cứ Luật Tổ chức chính quyền địa phương"
SITTINGS = {"k1": {"facts": {"council": "xã A", "opening": "2027-02-05"}, "matters": {}}}
MADE: list[tuple[str, str, Callable[[], bytes]]] = [
    # Word
    ("zip bomb that tells its size", "a.docx", lambda: packed(parts("", "a" * 40_000_000))),
    ("zip bomb that lies about its size", "b.docx", lambda: swollen(60, 1000)),
    ("sizes told too small", "c.docx", lambda: told_smaller(parts(par(GOOD) * 200), 10)),
    ("zips in zips", "d.docx", lambda: _nested(30)),
    ("names that lead out", "e.docx", lambda: packed({"../../../../tmp/hdnd-ran": "x", "..\\..\\hdnd-ran": "x", **parts(par(GOOD))})),
    ("names from the root", "f.docx", lambda: packed({"/tmp/hdnd-ran": "x", "C:/hdnd-ran": "x", **parts(par(GOOD))})),
    ("names of prototypes", "g.docx", lambda: packed({"__proto__": "x", "constructor": "x", "toString/a": "x", **parts(par(GOOD))})),
    ("a link instead of a part", "h.docx", lambda: _with_link("word/styles.xml", "/etc/passwd")),
    ("entities that swell", "i.docx", lambda: docx("", f'{LAUGH}{document(par("&a9;"))}')),
    ("entities from outside", "j.docx", lambda: docx("", f'{OUTSIDE}{document(par("&x;&y;"))}')),
    ("relations to elsewhere", "k.docx", lambda: packed({**parts(par(GOOD)), "word/_rels/document.xml.rels": RELATIONS.replace("worksheets/sheet1.xml", "https://vi-du.invalid/x").replace("/worksheet", "/attachedTemplate")})),
    ("a main part outside", "l.docx", lambda: packed({**parts(par(GOOD)), "_rels/.rels": RELATIONS.replace("worksheets/sheet1.xml", "../../../etc/passwd").replace("/worksheet", "/officeDocument")})),
    ("elements ten thousand deep", "m.docx", lambda: docx("", document("<w:p>" * 10_000 + "</w:p>" * 10_000))),
    ("one element with ten thousand attributes", "n.docx", lambda: docx("", document("<w:p " + " ".join(f'a{n}="1"' for n in range(10_000)) + ">a</w:p>"))),
    ("a table in a table, two hundred deep", "o.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 70 + par("a") + "</w:tc></w:tr></w:tbl>" * 70)),
    ("macros", "p.docm", lambda: packed({**parts(par(GOOD)), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)})),
    ("cut in the middle", "q.docx", lambda: (whole := docx(par(GOOD) * 500))[: len(whole) // 2]),
    ("cut at its end", "r.docx", lambda: docx(par(GOOD) * 500)[:-30]),
    ("locked", "s.docx", lambda: locked(docx(par(GOOD)))),
    ("an old file under a new name", "t.docx", lambda: ole("WordDocument")),
    ("hostile words", "u.docx", lambda: docx(par("&lt;img src=x onerror=window.ran=1&gt; =1+1 {{ 7*7 }} &#x202e;"))),
    ("many small parts", "v.docx", lambda: packed({**{f"a/{n}": "" for n in range(12_000)}, **parts(par(GOOD))})),
    # text
    ("a page instead of a text", "a.txt", lambda: b"<!doctype html><script>window.ran=1</script>"),
    ("a picture that is a script", "b.txt", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"/>'),
    ("half a letter", "c.txt", lambda: GOOD.encode()[:-1] * 300),
    ("UTF-16 with half a pair", "d.txt", lambda: b"\xff\xfe" + GOOD.encode("utf-16le") * 200 + b"\x00\xd8"),
    ("zeros", "e.txt", lambda: bytes(3_000_000)),
    ("one line of four megabytes", "f.txt", lambda: ("Nghị quyết số 01/NQ-HĐND " * 120_000).encode()),
    ("packed text", "g.txt", lambda: gzip.compress(b"a" * 50_000_000)),
    ("a calendar", "h.ics", lambda: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH:file:///etc/passwd\r\nEND:VEVENT\r\n"),
    # spreadsheets
    ("zip bomb", "a.xlsx", lambda: spreadsheet(HEAD + row("1", "a" * 40_000_000, "b", number=2))),
    ("entities that swell in a sheet", "b.xlsx", lambda: spreadsheet(HEAD + row("1", "&a9;", "Tờ trình", number=2), LAUGH)),
    ("sizes of a sheet told too small", "c.xlsx", lambda: told_smaller({"xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": RELATIONS, "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData>{HEAD}</sheetData></worksheet>'}, 5)),
    ("formulas and hostile words", "d.xlsx", lambda: spreadsheet(HEAD + row("1", "=cmd|'/c calc'!A1", "Tờ trình", number=2) + row("2", "&lt;img src=x onerror=window.ran=1&gt;", "Tờ trình", number=3))),
    ("a cell far away and a hundred thousand rows", "e.xlsx", lambda: spreadsheet(HEAD + '<row r="2"><c r="XFDZZZ99999999" t="s"><v>99999999999</v></c></row>' + "<row/>" * 100_000)),
    # what a device kept
    ("a hundred thousand levels", "a.json", lambda: _deep(100_000)),
    ("prototypes", "b.json", lambda: b'{"format": "so-tay-hdnd", "__proto__": {"ran": 1}, "document": {"schema": 3, "__proto__": {"ran": 1}, "sittings": {"__proto__": {"facts": {"council": "a"}}, "constructor": {"prototype": {"ran": 1}}}, "current": "__proto__"}}'),
    ("wrong types everywhere", "c.json", lambda: kept(sittings=[1, None, "a", {}], current={}, rules="a", days=[[]], sheets=7, matters=True)),
    ("numbers without bounds", "d.json", lambda: kept(sittings={"k1": {"facts": {"opening": 1e308, "council": "9" * 100_000}, "matters": {"k1": {"order": -1e308, "title": 10**400}}}}, days={"9999-99-99": {"worked": 1}})),
    ("a schema of the future", "e.json", lambda: kept(schema=10**9, sittings=SITTINGS)),
]  # fmt: skip


def hostile_files(names: Iterable[str] | None = None) -> list[HostileFile]:
    """Return all of them, or those of some names, made anew."""
    wanted = None if names is None else {*names}
    return [HostileFile(what, name, make()) for what, name, make in MADE if wanted is None or name in wanted]
