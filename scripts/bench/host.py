"""A host to measure against: serves folders compressed, counts what it sends, can be as slow as a phone's line.

The slowness is in the host and not in the browser, because a browser slows the requests of its pages only,
not those of its workers.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".webmanifest", ".xml", ".txt", ".csv"}
LEVEL = 6
"""Of gzip, as hosts usually have it."""
PIECE = 2048
"""Bytes sent at a time over a slow line."""


@dataclass(frozen=True)
class Line:
    """A line: bytes per second and seconds until an answer begins; None for no limit."""

    rate: float | None = None
    wait: float = 0.0


@dataclass(frozen=True)
class Sent:
    """One answer: the path asked for, bytes with headers, and whether a kept copy asked."""

    path: str
    size: int
    status: int
    background: bool


@dataclass
class Host:
    """What is served, how, and what was sent since `sent` was last cleared."""

    site: Path
    address: str = ""
    line: Line = field(default_factory=Line)
    max_age: int = 600
    """Seconds that a browser may use an answer without asking again, as static hosts commonly set."""
    sent: list[Sent] = field(default_factory=list)
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _bodies: dict[str, tuple[bytes, dict[str, str]] | None] = field(default_factory=dict)

    def body(self, path: str) -> tuple[bytes, dict[str, str]] | None:
        """Return a path's bytes as sent and its headers, or None when there is no such file."""
        if path not in self._bodies:
            self._bodies[path] = self._read(path)
        return self._bodies[path]

    def _read(self, path: str) -> tuple[bytes, dict[str, str]] | None:
        file = self.site / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            return None
        data = file.read_bytes()
        headers = {
            "Content-Type": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            "ETag": f'"{hashlib.sha256(data).hexdigest()[:16]}"',
        }
        if file.suffix in COMPRESSED:
            data = gzip.compress(data, LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return data, headers

    def pace(self, size: int) -> None:
        """Wait until the line, which all answers share, has carried so many bytes more."""
        if self.line.rate is None:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / self.line.rate
            free_at = self._free_at
        time.sleep(max(0.0, free_at - time.monotonic()))


@contextmanager
def hosting(site: Path) -> Iterator[Host]:
    """Serve a folder on this computer while the block runs."""
    host = Host(site)

    class Handler(_Handler):
        served = host

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Host

    def do_GET(self) -> None:
        host = self.served
        path = unquote(urlsplit(self.path).path)
        time.sleep(host.line.wait)
        found = host.body(path)
        status = 200 if found else 404
        data, headers = found or (b"not found", {"Content-Type": "text/plain"})
        if found and self.headers.get("If-None-Match") == headers["ETag"]:
            status, data = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", f"max-age={host.max_age}")
        self.send_header("Content-Length", str(len(data)))
        buffered: list[bytes] = getattr(self, "_headers_buffer", [])
        head = sum(map(len, buffered))
        # The worker that keeps the site asks for itself and says so in the Referer.
        worker = urlsplit(self.headers.get("Referer", "")).path.endswith("/sw.js")
        host.sent.append(Sent(path, head + len(data), status, worker or path.endswith("/sw.js")))
        host.pace(head)
        self.end_headers()
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            host.pace(len(piece))
            self.wfile.write(piece)

    def handle(self) -> None:
        # A browser that closes hangs up in the middle of answers.
        with suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the report is printed meanwhile."""
