"""The site as it would be published, built for one command alone and thrown away."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from knowledge.records.knowledge_base import KnowledgeBase
from publish.build_lock import only_build
from publish.site import build_into


@contextlib.contextmanager
def fresh_site(kb: KnowledgeBase) -> Iterator[Path]:
    """Give the site as it would be published, built for this run alone. Raises BuildFailed."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        with only_build("make lint, make ledger"):
            build_into(site, kb, "directory")
        yield site
