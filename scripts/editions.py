"""``make editions``: build the base and each edition into ``dist/editions/<slug>/``, one after the other; all faults are told.

Each is built in a copy of this process, which has imported everything and read the base once: a file or text that is the same
in an edition is neither parsed nor looked at again. What editions have alike of their papers is set once
(papers/pdf/stamps.py), of their pages converted once (publish/spared.py).
"""

from __future__ import annotations

import functools
import gc
import os
from pathlib import Path

import yaml

from knowledge.checks.project import check_project, editions
from knowledge.kept import kept_between_runs
from knowledge.records.layers import folder_of
from knowledge.records.model import BASE_EDITION
from knowledge.records.yaml_lines import is_plain
from macros import collect_rarely
from publish import engine
from publish.generated import know_alike
from publish.project import CACHE, ROOT, why_not
from publish.spared import code_digest
from scripts import build
from scripts.command import run

TARGET = ROOT / "dist" / "editions"


def main() -> int:
    """Build every edition, each in a process of its own. Returns the exit code: 1 if any was not built."""
    wanted = [BASE_EDITION, *editions(ROOT)]
    failed = []
    try:
        prepare()
        TARGET.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(why_not(error))
        return 1
    for number, slug in enumerate(wanted, 1):
        print(f"[{number}/{len(wanted)}] {slug}", flush=True)
        if not built(slug):
            failed.append(slug)
    if failed:
        print(f"Chưa dựng được: {', '.join(failed)}. Sửa các dòng trên rồi chạy lại.")
    return 1 if failed else 0


def prepare() -> None:
    """Do in this process what each of its copies would do alike; nothing is set or built here, that would start threads."""
    engine.imported()
    with kept_between_runs(CACHE / "kept"):
        kb, _issues = check_project(ROOT)
    know_alike(kb)
    code_digest()
    # Not to be looked through, and so not to be copied, by each copy.
    gc.collect()
    collect_rarely()


def built(slug: str) -> bool:
    """Build one edition in a copy of this process. Returns whether it was built."""
    environment = {**os.environ, "EDITION": slug, "SITE_URL": address_of(slug)}
    work = functools.partial(build.build, "directory", TARGET / slug, run=engine.copied)
    return engine.in_a_copy(work, environment) == 0


def address_of(slug: str) -> str:
    """Return where an edition is published: its own address, else below ``SITE_URL``, which is the host's; '' if unknown."""
    host = os.environ.get("SITE_URL", "").strip()
    if slug != BASE_EDITION and (own := _own_address(ROOT / folder_of(slug) / "edition.yml")):
        return own
    if not host:
        return ""
    return host if slug == BASE_EDITION else f"{host.rstrip('/')}/{slug}/"


def _own_address(file: Path) -> str:
    """Return the address that an edition gives itself; a file that cannot be read is refused by its build."""
    try:
        text = file.read_text("utf-8")
        told = yaml.safe_load(text) if is_plain(text) else None
    except (OSError, ValueError, yaml.YAMLError):
        return ""
    return str(told.get("site_url") or "") if isinstance(told, dict) else ""


if __name__ == "__main__":
    run(main)
