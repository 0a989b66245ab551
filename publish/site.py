"""One build of the site into an empty folder: generated files, pages, search, worker; then it is read back."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from knowledge.addresses import Form
from knowledge.downloads import FOLDER
from knowledge.records.issues import report
from knowledge.records.knowledge_base import KnowledgeBase
from macros import HANDED_RECORDS
from publish.build_lock import STAGING
from publish.engine import Engine, started
from publish.generated import generated_files
from publish.head import lighten_heads
from publish.leading import write_leading_pages
from publish.lean import lean_styles
from publish.packed_modules import pack_modules
from publish.policy import write_policies
from publish.project import CACHE, CODE, WITHOUT_PAPERS, BuildFailed, refusal, site_url
from publish.read_back import faults
from publish.search.entries import write_search_index
from publish.stage import RECORDS, write_stage
from publish.unindent import unindent
from publish.worker.write_worker import write_worker

Use = Literal["published", "edited", "offline"]
"""What a build is for: a host; the editor's own browser, where nothing may be kept; a folder."""


def mkdocs_environment(kb: KnowledgeBase, form: Form, stage: Path, offline: bool = False) -> dict[str, str]:
    """Return the environment of the mkdocs process: same input, same bytes, no banner."""
    edition = datetime.combine(kb.edition.date, datetime.min.time(), UTC)
    return {
        **os.environ,
        HANDED_RECORDS: str(stage / RECORDS),
        "DOCS_DIR": str(stage / "docs"),
        "EDITION": kb.edition.slug,
        "DIRECTORY_URLS": "true" if form == "directory" else "false",
        "NO_MKDOCS_2_WARNING": "1",
        "OFFLINE": "true" if offline else "false",
        "PYTHONPATH": str(CODE),
        "PYTHONUTF8": "1",
        "SITE_NAME": kb.edition.name,
        "SITE_URL": site_url(kb.own),
        "SOURCE_DATE_EPOCH": str(int(edition.timestamp())),
    }


def build_into(target: Path, kb: KnowledgeBase, form: Form, use: Use = "published", run: Engine = started) -> None:
    """Build the site into an empty folder and read it back. Raises BuildFailed."""
    stage = write_stage(kb, form, generated_files(kb, form))
    told = run(target, mkdocs_environment(kb, form, stage, use == "offline"))
    if told.code or not (target / "index.html").is_file():
        raise BuildFailed(_what_mkdocs_says(told.output))
    unindent(target)
    if use != "edited":
        lean_styles(target)
    # The editor's server puts a script of its own into each page; from a disk the search runs in a frame by an inline one.
    policed = use == "published" and form == "directory"
    if policed:
        pack_modules(target)
        lighten_heads(target)
    write_search_index(target, kb, form)
    _drop_empty_sitemap(target, kb)
    write_leading_pages(target, kb, form, site_url(kb.own))
    if policed:
        write_policies(target, site_url(kb.own))
    if use != "offline":
        # Last of all: it names every file with its content.
        write_worker(target, live=use == "edited")
    unmade = FOLDER if os.environ.get(WITHOUT_PAPERS) else ""
    found = faults(target, urlsplit(site_url(kb.own)).path or "/", unmade, policed)
    if found:
        raise BuildFailed("\n".join(report(found)))


def _what_mkdocs_says(output: str) -> str:
    if line := refusal(output):
        return line
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in output.splitlines()]
    told = [line for line in lines if re.match(r"\s*(WARNING|ERROR|Aborted|Error|_\w+_: |docs/)", line)]
    return "\n".join(told or lines[-5:]) or "mkdocs không dựng được trang"


def _drop_empty_sitemap(target: Path, kb: KnowledgeBase) -> None:
    """Without a public address a site map would only name placeholders."""
    if not site_url(kb.own):
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (target / name).unlink(missing_ok=True)


@contextlib.contextmanager
def staging(form: Form) -> Iterator[Path]:
    """Give an empty folder beside the site's, removed afterwards whatever happens."""
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=f"{STAGING}{form}-") as folder:
        yield Path(folder) / "site"


def size_of(folder: Path) -> tuple[int, int]:
    """Return (number of files, bytes) of a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)
