"""``make release``: all that is handed on of this edition, into ``dist/release-<date>/``, whole or not at all.

The zip for a folder, the site for a host, what both are made of, notes computed from the records, checksums. It is made of what
is committed alone; the same commit gives the same bytes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from knowledge.addresses import Form
from knowledge.changed_since import files_of, state_of
from knowledge.records.knowledge_base import KnowledgeBase
from publish.build_lock import STAGING, only_build
from publish.offline.folder import FOLDER, finish_copy, write_zip
from publish.project import CACHE, ROOT, BuildFailed, why_not
from publish.put_in_place import place_of, put_in_place
from publish.release.archive import SUMS, must_be_whole, verify, write_sums, write_tar
from publish.release.earlier import earlier_commit, files_at, must_be_committed, must_be_told, must_fit
from publish.release.notes import notes
from publish.release.sbom import sbom
from publish.site import Use, build_into, staging
from scripts.command import checked, run

NOTES, SBOM = "GHI-CHU.md", "sbom.cdx.json"
Build = Callable[[Path, KnowledgeBase, Form, Use], None]


def main() -> int:
    """Make the release, or verify one. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--since", default="", help="tag or commit to compare with; else the last edition before")
    parser.add_argument("--tag", default="", help="tag that is being published; it must name the edition's day")
    parser.add_argument("--verify", type=Path, help="only tell whether this release is whole")
    options = parser.parse_args()
    if options.verify:
        wrong = verify(options.verify)
        print("\n".join(wrong) or f"{options.verify}: đủ tệp, đúng mã")
        return 1 if wrong else 0
    return release(options.output, options.since, options.tag)


def release(output: Path, since: str = "", tag: str = "", build: Build = build_into) -> int:
    """Make the release of the base's edition. Returns the exit code; without success the folder is as it was."""
    try:
        must_be_committed(ROOT)
        with only_build("make release", "release"):
            print("[1/4] checking content …", flush=True)
            kb, passed = checked(strict=True)
            if not passed:
                return 1
            if kb.own is not None:
                raise BuildFailed(f"EDITION={kb.edition.slug}: make release làm bản gốc; bản riêng thì make editions")
            if tag:
                must_fit(tag, kb.edition.date)
            must_be_told(ROOT, kb.edition.date)
            target = output / f"release-{kb.edition.date.isoformat()}"
            place_of(target, SUMS)
            with tempfile.TemporaryDirectory(dir=CACHE, prefix=f"{STAGING}release-") as folder:
                made = Path(folder) / target.name
                made.mkdir()
                write_words(made, kb, since)
                write_archives(made, kb, build)
                print("[4/4] checksums, and all of it read again …", flush=True)
                write_sums(made)
                must_be_whole(made)
                put_in_place(made, target, SUMS)
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        return 1
    for path in sorted(target.iterdir()):
        print(f"{target / path.name}: {path.stat().st_size / 1e6:.2f} MB")
    return 0


def write_words(made: Path, kb: KnowledgeBase, since: str) -> None:
    """Write what says what is new and what it is made of: quick, so that a wrong ``since`` is told before the builds."""
    commit = earlier_commit(ROOT, kb.edition.date, since)
    before = state_of(files_at(ROOT, commit)) if commit else None
    (made / NOTES).write_text(notes(kb, before, state_of(files_of(ROOT))), encoding="utf-8")
    (made / SBOM).write_text(sbom(ROOT, kb.edition.name, kb.edition.date), encoding="utf-8")


def write_archives(made: Path, kb: KnowledgeBase, build: Build) -> None:
    """Build both forms and pack them."""
    day = kb.edition.date
    print("[2/4] building pages for a folder …", flush=True)
    with only_build("make release", "file"), staging("file") as built:
        build(built, kb, "file", "offline")
        finish_copy(built, kb)
        write_zip(built, made / f"{FOLDER}-{day.isoformat()}.zip", day)
    print("[3/4] building pages for a host …", flush=True)
    with only_build("make release", "directory"), staging("directory") as built:
        build(built, kb, "directory", "published")
        write_tar(built, made / f"{FOLDER}-site-{day.isoformat()}.tar.gz", day)


if __name__ == "__main__":
    run(main)
