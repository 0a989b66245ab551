"""What a browser may run and load on the site's pages: each page says it, and hosts that can send headers say all of it.

A page names the hashes of its own inline scripts, the headers those of all pages. No inline style and no handler is
allowed anywhere. What no page can say of itself, who may frame it, stands in the headers alone.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from knowledge.records.issues import Issue

HEADERS = "_headers"
"""For hosts that read such a file from the folder (Netlify, Cloudflare Pages and alike)."""
NGINX = "_nginx.conf"
"""What deploy/nginx.conf includes."""
META = "Content-Security-Policy"
OTHER_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
            "midi", "payment", "usb",
        )
    ),
}  # fmt: skip
YEAR = "public, max-age=31536000, immutable"
_FINGERPRINTED = re.compile(r".*\.[0-9a-f]{8}\.min\.(js|css)")
_INLINE = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_RUNS = re.compile(r"(text|application)/(java|ecma)script|module|", re.IGNORECASE)
_CHARSET = '<meta charset="utf-8">'


def hash_of(script: str) -> str:
    """Return an inline script as a policy names it."""
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(hashes: Iterable[str]) -> str:
    """Return the policy of a page with these inline scripts. The theme's icons are pictures written into its style sheets."""
    scripts = " ".join(["script-src 'self'", *sorted(set(hashes))])
    return f"default-src 'self';{scripts};img-src 'self' data:;base-uri 'self';form-action 'self'"


def inline_scripts(page: str) -> Iterator[str]:
    """Yield the text of each inline script of a page that a browser would run; data are none."""
    for found in _INLINE.finditer(page):
        attributes = found["attributes"]
        kind = re.search(r"""\btype=["']?([^"'\s>]*)""", attributes)
        if not re.search(r"\bsrc\s*=", attributes) and _RUNS.fullmatch(kind[1] if kind else ""):
            yield found["text"]


def with_policy(page: str) -> str:
    """Return a page that says its policy before anything it holds for."""
    said = policy(map(hash_of, inline_scripts(page)))
    return page.replace(_CHARSET, f'{_CHARSET}\n<meta http-equiv="{META}" content="{said}">', 1)


def write_policies(site: Path, site_url: str) -> None:
    """Write each page's policy into it, and what hosts send with all of them."""
    hashes: set[str] = set()
    for file in site.rglob("*.html"):
        page = file.read_bytes().decode()
        hashes.update(map(hash_of, inline_scripts(page)))
        file.write_bytes(with_policy(page).encode())
    sent = {META: f"{policy(hashes)};frame-ancestors 'self'", **OTHER_HEADERS}
    below = urlsplit(site_url).path or "/"
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    (site / HEADERS).write_text(_headers(sent, below, filter(_FINGERPRINTED.fullmatch, names)), encoding="utf-8")
    (site / NGINX).write_text(_nginx(sent, below), encoding="utf-8")


def _headers(sent: dict[str, str], below: str, fingerprinted: Iterable[str]) -> str:
    """Pages are asked for anew each time by default on the hosts that read this file."""
    rules = {
        f"{below}*": sent,
        f"{below}sw.js": {"Cache-Control": "no-store"},
        **{f"{below}{name}": {"Cache-Control": YEAR} for name in fingerprinted},
    }
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in said.items()) for path, said in rules.items()
    )


def _nginx(sent: dict[str, str], below: str) -> str:
    """A folder without a page of its own is not there: nothing is listed, nothing is told."""
    return (
        "".join(f'add_header {name} "{value}" always;\n' for name, value in sent.items())
        + f"error_page 404 {below}404.html;\nerror_page 403 =404 {below}404.html;\n"
    )


def policy_faults(name: str, tree: LexborHTMLParser) -> Iterator[Issue]:
    """Yield what a browser would refuse on a built page by its own policy, or that it has none."""
    said = tree.css_first(f'meta[http-equiv="{META}"]')
    if said is None:
        yield _fault(name, "no-policy", f"trang không có {META}", f"giữ {_CHARSET} ở đầu trang")
        return
    allowed = (said.attributes.get("content") or "").replace(";", " ").split()
    for script in tree.css("script:not([src])"):
        text = script.text()
        if _RUNS.fullmatch(script.attributes.get("type") or "") and hash_of(text) not in allowed:
            start = " ".join(text.split())[:60]
            yield _fault(
                name, "script-without-hash", f"chính sách chặn script “{start}”", "đưa vào tệp trong assets/scripts"
            )
    for node in tree.css("style, [style]"):
        yield _fault(name, "style-refused", f"chính sách chặn kiểu viết trong <{node.tag}>", "đưa vào assets/styles")


def _fault(name: str, code: str, message: str, remedy: str) -> Issue:
    return Issue.of_file(f"site/{name}", code, message, remedy)
