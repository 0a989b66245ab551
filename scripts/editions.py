"""``make editions``: build the base and each edition into ``dist/editions/<slug>/``, one after the other; all faults are told."""

from __future__ import annotations

import os
import subprocess
import sys

from knowledge.checks.project import editions
from knowledge.records.load import load
from knowledge.records.model import BASE_EDITION
from publish.project import CODE, ROOT
from scripts.command import run

TARGET = ROOT / "dist" / "editions"


def main() -> int:
    """Build every edition, each in a process of its own. Returns the exit code: 1 if any was not built."""
    wanted = [BASE_EDITION, *editions(ROOT)]
    failed = []
    for number, slug in enumerate(wanted, 1):
        print(f"[{number}/{len(wanted)}] {slug}", flush=True)
        TARGET.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "scripts.build", "--output", str(TARGET / slug)]
        environment = {**os.environ, "EDITION": slug, "PYTHONPATH": str(CODE), "SITE_URL": address_of(slug)}
        if subprocess.run(command, cwd=ROOT, env=environment).returncode:
            failed.append(slug)
    if failed:
        print(f"Chưa dựng được: {', '.join(failed)}. Sửa các dòng trên rồi chạy lại.")
    return 1 if failed else 0


def address_of(slug: str) -> str:
    """Return where an edition is published: its own address, else below ``SITE_URL``, which is the host's; '' if unknown."""
    host = os.environ.get("SITE_URL", "").strip()
    own = load(ROOT, slug=slug).kb.own
    if own and own.site_url:
        return own.site_url
    if not host:
        return ""
    return host if slug == BASE_EDITION else f"{host.rstrip('/')}/{slug}/"


if __name__ == "__main__":
    run(main)
