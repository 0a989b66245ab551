"""``make schemas``: renew what is generated from the record types and committed: editors' schemas, IDs for scripts."""

from __future__ import annotations

import sys

from publish.generated import generate_committed
from publish.project import why_not

if __name__ == "__main__":
    try:
        generate_committed()
    except OSError as fault:
        print(why_not(fault))
        sys.exit(1)
