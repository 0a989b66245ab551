"""``make site``: check, generate, build, read back, and only then put the new site in place.

An interrupted or failed build leaves the last good ``site/`` as it was.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from knowledge.addresses import Form
from publish.build_lock import only_build
from publish.engine import Engine, started
from publish.project import ROOT, BuildFailed, why_not
from publish.put_in_place import place_of, put_in_place
from publish.site import build_into, size_of, staging
from scripts.command import checked, in_ci, run


def main() -> int:
    """Build ``site/``. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", choices=("directory", "file"), default="directory")
    parser.add_argument("--output", type=Path, default=ROOT / "site")
    parser.add_argument("--live", action="store_true", help="nothing is kept in the browser")
    options = parser.parse_args()
    return build(options.form, options.output, options.live)


def build(form: Form, output: Path, live: bool = False, run: Engine = started) -> int:
    """Build the edition that ``EDITION`` names into a folder. Returns the exit code."""
    name = f"{output.name}/"
    try:
        place_of(output)
        with only_build("make serve" if live else "make site", form):
            print("[1/3] checking content …", flush=True)
            kb, passed = checked(strict=in_ci(), with_drafts=live)
            if not passed:
                print(f"{name} was left as it was.")
                return 1
            print("[2/3] building pages …", flush=True)
            with staging(form) as built:
                build_into(built, kb, form, "edited" if live else "published", run)
                # Counted before: once the new site stands, nothing may say that the old one does.
                files, size = size_of(built)
                put_in_place(built, output)
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        print(f"{name} was left as it was.")
        return 1
    print(f"[3/3] {name} is ready: {files} files, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    run(main)
