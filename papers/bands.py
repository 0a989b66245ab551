"""Pictures from bands: what lies above is compressed once for all editions, what lies below once for each.

A PNG is one compressed stream of rows. Streams that were flushed can stand one behind the other, and the checksum of
the whole follows from those of its parts: two bands are joined without looking at a single pixel.
"""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BASE = 65521
_HEAD = struct.Struct(">4sIIII")
"""What a kept band begins with: its name, width, height, number of bytes in its rows, checksum of these."""


def band(png: bytes, last: bool) -> bytes:
    """Return a picture as a band: a part of a PNG's stream with what joining it takes."""
    chunks = _chunks(png)
    header = chunks[0][1]
    width, height, form = struct.unpack(">II5s", header)
    if form != b"\x08\x06\x00\x00\x00":
        raise ValueError("a band is a picture of eight bits with transparency, not interlaced")
    rows = bytearray(zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT")))
    _stand_alone(rows, 1 + 4 * width)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(rows)) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
    return _HEAD.pack(b"band", width, height, len(rows), zlib.adler32(bytes(rows))) + packed


def joined(upper: bytes, lower: bytes) -> bytes:
    """Return the PNG of two bands, one above the other."""
    _name, width, above, _size, first = _HEAD.unpack_from(upper)
    _name, same, below, size, second = _HEAD.unpack_from(lower)
    if width != same:
        raise ValueError(f"bands of different widths: {width}, {same}")
    low = ((first & 0xFFFF) + (second & 0xFFFF) - 1) % _BASE
    high = ((first >> 16) + (second >> 16) + size * ((first & 0xFFFF) - 1)) % _BASE
    header = struct.pack(">II5s", width, above + below, b"\x08\x06\x00\x00\x00")
    return b"".join([
        _SIGNATURE,
        _chunk(b"IHDR", header),
        _chunk(b"IDAT", b"\x78\x9c" + upper[_HEAD.size :]),
        _chunk(b"IDAT", lower[_HEAD.size :] + struct.pack(">I", high << 16 | low)),
        _chunk(b"IEND", b""),
    ])  # fmt: skip


def _stand_alone(rows: bytearray, length: int) -> None:
    """Write the first row so that it does not count on an empty row above it; that is what its filter may do."""
    if rows[0] == 2:
        rows[0] = 0
    elif rows[0] == 4:
        rows[0] = 1
    elif rows[0] == 3:
        rows[0] = 0
        for place in range(5, length):
            rows[place] = (rows[place] + (rows[place - 4] >> 1)) & 0xFF


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(_SIGNATURE)
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        found.append((name, png[at + 8 : at + 8 + size]))
        at += size + 12
    return found


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
