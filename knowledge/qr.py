"""QR codes as SVG: from paper back to the page."""

from __future__ import annotations

import functools


@functools.cache
def qr_svg(address: str) -> str:
    """Return a QR code of an address as SVG, black on white, with its quiet zone, scalable."""
    # Imported late: only a site with a public address has codes.
    import segno

    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(scale=4, border=4, omitsize=True))
