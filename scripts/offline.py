"""``make offline``: pack the site for a folder or stick into ``dist/``."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.build_lock import only_build
from publish.offline.folder import FOLDER, finish_copy, write_zip
from publish.project import ROOT, BuildFailed, why_not
from publish.site import build_into, size_of, staging
from scripts.command import checked, in_ci, run


def main() -> int:
    """Make the zip. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    try:
        with only_build("make offline", "file"):
            print("[1/3] checking content …", flush=True)
            kb, passed = checked(strict=in_ci())
            if not passed:
                return 1
            target: Path = options.output / f"{FOLDER}-{kb.edition.date.isoformat()}.zip"
            print("[2/3] building pages for a folder …", flush=True)
            with staging("file") as built:
                build_into(built, kb, "file", "offline")
                finish_copy(built, kb)
                files, size = size_of(built)
                write_zip(built, target, kb.edition.date)
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        return 1
    packed = target.stat().st_size
    print(f"[3/3] {target}: {packed / 1e6:.1f} MB; {files} files, {size / 1e6:.1f} MB unpacked")
    return 0


if __name__ == "__main__":
    run(main)
