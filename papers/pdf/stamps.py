"""What an edition's papers bear: put onto pages that editions share, so that each page is set once for all of them.

A page keeps a place for every stamp: a picture of one pixel, whose colour is the stamp's number, as large as the
stamp. The stamps are set apart, each as a page; then the picture gives way to what stands on that page. Text stays
text, in the reading order, with its fonts; the same input gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

EDITION = "@edition@"
"""Stands for the edition in what a program shows of a shared page."""
TITLE = "@title@"
"""Stands for a title that names the edition."""
CODE_SIZE = 17.0
"""Millimetres: a QR code's side."""

_REFERENCE = re.compile(rb"(?<![\d.])(\d+) 0 R\b")
_PLACE = re.compile(rb"/Alt\(slot-(\d+)\)")
_MARK = re.compile(rb"/Alt\(slot-\d+\)")
_PIXEL = re.compile(rb"/Subtype/Image[^>]*/Width 1/Height 1\b[^>]*>>\nstream\n")


class Stamp(NamedTuple):
    """One piece that differs between editions: ``facts`` is what ``stamps.typ`` sets, ``told`` what is read aloud."""

    facts: dict[str, Any]
    told: str
    width: float
    picture: bool = False


class Slot(NamedTuple):
    """The place of a stamp on a shared page; points."""

    number: int
    height: float


def slots(stamps_pdf: bytes) -> list[Slot]:
    """Return the places that stamps need."""
    found = Objects(stamps_pdf)
    return [Slot(number, size[1]) for number, (_page, size) in enumerate(found.pages())]


class Objects:
    """The objects of a PDF as the typesetter writes it: none packed into streams, one table of places."""

    def __init__(self, pdf: bytes) -> None:
        at = int(pdf[pdf.rindex(b"startxref") :].split()[1])
        trailer = pdf.index(b"trailer", at)
        entries = pdf[at:trailer].split(b"\n")[2:]
        used = sorted((int(entry[:10]), number) for number, entry in enumerate(entries) if entry[17:18] == b"n")
        self.pdf, self.trailer = pdf, pdf[trailer : pdf.rindex(b"startxref")]
        self.starts = [start for start, _number in used]
        self.numbers = [number for _start, number in used]
        ends = [*self.starts[1:], at]
        self.found = {number: pdf[start:end] for (start, number), end in zip(used, ends, strict=True)}

    def holding(self, pattern: re.Pattern[bytes]) -> Iterable[tuple[int, re.Match[bytes]]]:
        """Yield (number of the object, match) wherever a pattern is found."""
        for match in pattern.finditer(self.pdf):
            yield self.numbers[bisect_right(self.starts, match.start()) - 1], match

    def pages(self) -> list[tuple[int, tuple[float, float]]]:
        """Return (number, size in points) of each page."""
        tree = next(one for one in self.found.values() if b"/Type/Pages" in one)
        kids = re.search(rb"/Kids\[([^\]]*)\]", tree)
        assert kids is not None
        found = []
        for number in map(int, _REFERENCE.findall(kids[1])):
            box = re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", self.found[number])
            assert box is not None
            found.append((number, (float(box[1]), float(box[2]))))
        return found

    def written(self, identity: str) -> bytes:
        """Return the file; ``identity`` tells this instance of it from others."""
        out, places = [self.pdf[: self.starts[0]]], {}
        at = len(out[0])
        for number, content in self.found.items():
            places[number] = at
            out.append(content)
            at += len(content)
        size = max(places) + 1
        table = b"".join(
            b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)
        )
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, self.trailer)
        trailer = re.sub(rb"(/ID\[\([^)]*\))\([^)]*\)", rb"\1(%s)" % identity.encode(), trailer)
        return b"".join([*out, b"xref\n0 %d\n" % size, table, trailer, b"startxref\n%d\n%%%%EOF" % at])


def stamped(page: bytes, stamps_pdf: bytes, stamps: list[Stamp], edition: str, title: str = "") -> bytes:
    """Return a shared page with its stamps; ``edition`` and ``title`` take their places in what a program shows."""
    target, source = Objects(page), Objects(stamps_pdf)
    forms = _forms(target, source)
    for number, match in target.holding(_PIXEL):
        pixel = zlib.decompress(page[match.end() : page.index(b"\nendstream", match.end())])
        target.found[number] = b"%d 0 obj\n%s" % (number, forms[pixel[0] << 8 | pixel[1]])
    for number, match in target.holding(_PLACE):
        target.found[number] = _named(target.found[number], stamps[int(match[1])], match[0])
    for number in _drawn(target):
        target.found[number] = _unmarked(target.found[number])
    identity = base64.b64encode(hashlib.sha256(stamps_pdf + edition.encode()).digest()[:16]).decode()
    _show(target, {EDITION: edition, TITLE: title}, identity)
    return target.written(identity)


def _forms(target: Objects, source: Objects) -> list[bytes]:
    """Copy what the pages of stamps use into a file. Return each page as what a picture's place can hold."""
    copied: dict[int, int] = {}
    next_number = itertools.count(max(target.found) + 1)

    def copy(number: int) -> int:
        if number not in copied:
            copied[number] = new = next(next_number)
            target.found[new] = b""
            head, *rest = source.found[number].split(b"\nstream\n", 1)
            head = head.replace(b"%d 0 obj" % number, b"%d 0 obj" % new, 1)
            head = _REFERENCE.sub(lambda found: b"%d 0 R" % copy(int(found[1])), head)
            target.found[new] = b"\nstream\n".join([head, *rest])
        return copied[number]

    forms = []
    for number, (width, height) in source.pages():
        page = source.found[number]
        resources = re.search(rb"/Resources (\d+) 0 R", page)
        contents = re.search(rb"/Contents (\d+) 0 R", page)
        assert resources is not None and contents is not None
        head, stream = source.found[int(contents[1])].split(b"\nstream\n", 1)
        told = head[head.index(b"<<") + 2 : head.rindex(b">>")]
        # A picture fills a square of one by one: what is drawn in points is made as small.
        forms.append(
            b"<<%s/Type/XObject/Subtype/Form/BBox[0 0 %.4f %.4f]/Matrix[%.8f 0 0 %.8f 0 0]/Resources %d 0 R>>\nstream\n%s"
            % (told, width, height, 1 / width, 1 / height, copy(int(resources[1])), stream)
        )
    return forms


def _named(element: bytes, stamp: Stamp, place: bytes) -> bytes:
    """Say in the structure what a stamp is: a picture with its description, else a paragraph with its text."""
    told = _text(stamp.told)
    if stamp.picture:
        return element.replace(place, b"/Alt" + told)
    element = re.sub(rb"/A\[<<.*?>>\]", b"", element.replace(place, b"/ActualText" + told))
    return element.replace(b"/S/Figure", b"/S/P")


def _drawn(target: Objects) -> Iterable[int]:
    """Yield the numbers of what pages draw."""
    for number, _size in target.pages():
        drawn = re.search(rb"/Contents (\d+) 0 R", target.found[number])
        assert drawn is not None
        yield int(drawn[1])


def _unmarked(drawn: bytes) -> bytes:
    """Take the names of places out of what a page draws: a program would read them aloud instead of the stamps."""
    head, stream = drawn.split(b"\nstream\n", 1)
    packed, tail = stream.rsplit(b"\nendstream", 1)
    assert b"/Filter/FlateDecode" in head
    told = zlib.decompress(packed)
    without = _MARK.sub(b"", told)
    if told == without:
        return drawn
    packed = zlib.compress(without, 9)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head)
    return b"%s\nstream\n%s\nendstream%s" % (head, packed, tail)


def _text(text: str) -> bytes:
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def _show(target: Objects, told: dict[str, str], identity: str) -> None:
    """Write what programs show of a file in both places where they look for it."""
    for number, content in list(target.found.items()):
        if EDITION.encode() not in content:
            continue
        if b"/Type/Metadata" in content:
            head, stream = content.split(b"\nstream\n", 1)
            stream, tail = stream.rsplit(b"\nendstream", 1)
            for place, text in told.items():
                stream = stream.replace(place.encode(), escape(text, quote=False).encode())
            stream = re.sub(rb"(<xmpMM:InstanceID>)[^<]*", lambda found: found[1] + identity.encode(), stream)
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(stream), head)
            target.found[number] = b"%s\nstream\n%s\nendstream%s" % (head, stream, tail)
        else:
            for place, text in told.items():
                content = content.replace(b"(%s)" % place.encode(), _text(text))
            target.found[number] = content
