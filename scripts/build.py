"""``make site``: check, generate, build, read back, and only then put the new site in place.

An interrupted or failed build leaves the last good ``site/`` as it was.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from build_lock import STAGING, only_build
from generate import generate_downloads
from project import CACHE, ROOT, BuildFailed, checked, in_ci, refusal, run, site_url, why_not
from put_in_place import place_of, put_in_place
from search_index import write_search_index
from service_worker import write_worker

from macros import ALREADY_CHECKED
from macros.addresses import Form
from macros.built_site import faults
from macros.issues import report
from macros.knowledge import KnowledgeBase

Use = Literal["published", "edited", "offline"]
"""What a build is for: a host; the editor's own browser, where nothing may be kept; a folder."""


def mkdocs_environment(kb: KnowledgeBase, form: Form, offline: bool = False) -> dict[str, str]:
    """Return the environment of the mkdocs process: same input, same bytes, no banner."""
    edition = datetime.combine(kb.edition.date, datetime.min.time(), UTC)
    return {
        **os.environ,
        ALREADY_CHECKED: "1",
        "DIRECTORY_URLS": "true" if form == "directory" else "false",
        "NO_MKDOCS_2_WARNING": "1",
        "OFFLINE": "true" if offline else "false",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "PYTHONUTF8": "1",
        "SITE_URL": site_url(),
        "SOURCE_DATE_EPOCH": str(int(edition.timestamp())),
    }


def build_into(target: Path, kb: KnowledgeBase, form: Form, use: Use = "published") -> None:
    """Build the site into an empty folder and read it back. Raises BuildFailed."""
    generate_downloads(kb, form)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    result = subprocess.run(
        command, cwd=ROOT, env=mkdocs_environment(kb, form, use == "offline"), text=True, capture_output=True
    )
    if result.returncode or not (target / "index.html").is_file():
        raise BuildFailed(_what_mkdocs_says(result.stderr + result.stdout))
    write_search_index(target, kb, form)
    _drop_empty_sitemap(target)
    if use != "offline":
        # Last of all: it names every file with its content.
        write_worker(target, live=use == "edited")
    found = faults(target, urlsplit(site_url()).path or "/")
    if found:
        raise BuildFailed("\n".join(report(found)))


def _what_mkdocs_says(output: str) -> str:
    if line := refusal(output):
        return line
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in output.splitlines()]
    told = [
        line for line in lines if re.match(r"\s*(WARNING|ERROR|Aborted|Error|_\w+_: |docs/)", line)
    ]
    return "\n".join(told or lines[-5:]) or "mkdocs không dựng được trang"


def _drop_empty_sitemap(target: Path) -> None:
    """Without a public address a site map would only name placeholders."""
    if not site_url():
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (target / name).unlink(missing_ok=True)


@contextlib.contextmanager
def staging() -> Iterator[Path]:
    """Give an empty folder beside the site's, removed afterwards whatever happens."""
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=STAGING) as folder:
        yield Path(folder) / "site"


def size_of(folder: Path) -> tuple[int, int]:
    """Return (number of files, bytes) of a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def main() -> int:
    """Build ``site/``. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", choices=("directory", "file"), default="directory")
    parser.add_argument("--output", type=Path, default=ROOT / "site")
    parser.add_argument("--live", action="store_true", help="nothing is kept in the browser")
    options = parser.parse_args()
    name = f"{options.output.name}/"
    try:
        place_of(options.output)
        with only_build("make serve" if options.live else "make site"):
            print("[1/3] checking content …", flush=True)
            kb, passed = checked(strict=in_ci())
            if not passed:
                print(f"{name} was left as it was.")
                return 1
            print("[2/3] building pages …", flush=True)
            with staging() as built:
                build_into(built, kb, options.form, "edited" if options.live else "published")
                put_in_place(built, options.output)
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        print(f"{name} was left as it was.")
        return 1
    files, size = size_of(options.output)
    print(f"[3/3] {name} is ready: {files} files, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    run(main)
