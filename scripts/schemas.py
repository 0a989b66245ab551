"""``make schemas``: renew the JSON Schemas for editors after a change of the record types."""

from __future__ import annotations

import sys

from publish.build_lock import only_build
from publish.generated import generate_downloads, generate_schemas
from publish.project import BuildFailed, why_not
from scripts.command import checked

if __name__ == "__main__":
    try:
        with only_build("make schemas"):
            records, passed = checked(strict=False)
            if not passed:
                sys.exit(1)
            generate_schemas()
            generate_downloads(records, "directory")
    except (BuildFailed, OSError) as fault:
        print(why_not(fault))
        sys.exit(1)
