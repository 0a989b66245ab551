"""``make serve``: build, serve on this computer, rebuild and reload the browser on every change.

Each build runs in a process of its own, so edited macros take effect too. A build that fails prints
its lines and leaves the last good pages where they are.
"""

from __future__ import annotations

import contextlib
import html
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from knowledge.downloads import FOLDER
from knowledge.records.docs_files import is_left_behind
from publish.build_lock import WAITING
from publish.project import CODE, ROOT

SITE = ROOT / ".cache" / "serve" / "site"
HOST = "127.0.0.1"
WATCHED = (
    "docs", "checklists", "editions", "knowledge", "macros", "overrides", "papers", "publish",
    "edition.yml", "moved.yml", "confirmed.yml", "ledger.json", "mkdocs.yml",
)  # fmt: skip
WRITTEN = str(ROOT / "docs" / FOLDER)
"""What an earlier version of this program made there."""


def build_once() -> bool:
    """Run one build in a child process; prints what it prints. Returns whether it succeeded."""
    command = [sys.executable, "-m", "scripts.build", "--output", str(SITE), "--live"]
    # Compiled files below a watched folder would start the next build.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(CODE), "SITE_URL": ""}
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as build:
        try:
            for line in build.stdout or ():
                if line.startswith(WAITING):
                    print(line, end="", flush=True)
                elif not line.startswith("["):
                    lines.append(line.rstrip("\n"))
        except BaseException:
            build.terminate()
            raise
    if build.returncode:
        print("\n".join(lines), flush=True)
        print("Giữ bản trang tốt gần nhất. Sửa các dòng trên, trang sẽ tự dựng lại.", flush=True)
        if not (SITE / "index.html").is_file():
            with contextlib.suppress(OSError):  # a full disk: the lines are on the terminal
                _show_faults(lines)
        return False
    print(f"Đã dựng xong. {lines[-1] if lines else ''}", flush=True)
    return True


def _show_faults(lines: list[str]) -> None:
    """With no good build to keep, the page shows the faults, as text."""
    SITE.mkdir(parents=True, exist_ok=True)
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    page = (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Dữ liệu có lỗi</title>'
        f"<body><h1>Dữ liệu có lỗi, chưa dựng được trang</h1><ul>{items}</ul></body></html>"
    )
    (SITE / "faults.html").write_text(page, encoding="utf-8")


def error_page(site: Path) -> Callable[[int], bytes | None]:
    """Return the server's answer to a wrong address: the site's own page, or the faults."""

    def answer(code: int) -> bytes | None:
        for name in ("404.html", "faults.html"):
            if code == 404 and (site / name).is_file():
                return (site / name).read_bytes()
        return None

    return answer


def sources_in(folder: str | None) -> Iterator[os.DirEntry[str]]:
    """List a folder without compiled Python, what earlier versions made (``docs/tai-ve``), what editors leave behind."""
    with os.scandir(folder) as entries:
        for entry in entries:
            written = entry.name == "__pycache__" or entry.path == WRITTEN
            elsewhere = entry.is_symlink() and entry.is_dir()  # might lead round in a circle
            if not (written or elsewhere or is_left_behind(entry.name)):
                yield entry


def watch_sources(server: LiveReloadServer) -> None:
    """Watch what a build reads; folders made later are found by looking again."""
    server.observer = PollingObserverVFS(os.stat, sources_in, polling_interval=0.5)  # type: ignore[assignment]
    for name in WATCHED:
        # A copy of the content alone has no papers/.
        if (ROOT / name).exists():
            server.watch(str(ROOT / name))


def main() -> int:
    """Serve until stopped. Returns the exit code."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 1 <= int(wanted) <= 65535:
        print(f"PORT={wanted}: cần một số từ 1 đến 65535, ví dụ PORT=8001")
        return 1
    port = int(wanted)
    print("Đang kiểm tra và dựng trang …", flush=True)
    try:
        build_once()
    except KeyboardInterrupt:
        return 130

    def rebuild() -> None:
        build_once()

    server = LiveReloadServer(builder=rebuild, host=HOST, port=port, root=str(SITE))
    server.error_handler = error_page(SITE)
    watch_sources(server)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        print(f"Mở http://{HOST}:{port}/ trong trình duyệt. Dừng bằng Ctrl-C.", flush=True)
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        print(f"Không mở được cổng {port} ({error.strerror}). Thử: make serve PORT={port + 1}")
        return 1
    except (KeyboardInterrupt, SystemExit):
        print("\nĐã dừng.")
    finally:
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
