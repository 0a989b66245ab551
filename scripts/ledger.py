"""``make ledger``: write down what a built site has published: addresses, anchors, downloads, IDs, items by version.

The ledger only grows. Printed sheets, messages and bookmarks lead to what stands in it, so its test fails when one is
gone. What must go all the same is renamed or withdrawn by the commands of that name, which ``moved.yml`` remembers.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from knowledge.addresses import Form, page_url
from knowledge.kinds import INNER_KINDS
from knowledge.moves import trail
from knowledge.published import FILE, Ledger, excused, marks_of, read_ledger
from knowledge.records.knowledge_base import KnowledgeBase
from publish.project import CODE, BuildFailed, why_not, write_changed
from scripts.command import checked, run
from scripts.fresh_site import fresh_site

LEDGER = CODE / FILE


def published(site: Path, kb: KnowledgeBase, form: Form) -> Ledger:
    """Return what a built site holds, in the ledger's shape."""
    pages = {}
    for uri in kb.pages:
        url = page_url(uri, form)
        file = site / (f"{url}index.html" if form == "directory" else url)
        if file.is_file():
            pages[uri] = anchors(file.read_text("utf-8"))
    downloads = [path.relative_to(site / "tai-ve").as_posix() for path in sorted((site / "tai-ve").rglob("*"))]
    ids = {kind: sorted(records) for kind, records in kb.records.items()}
    ids |= {kind: sorted(kb.of(kind)) for kind in INNER_KINDS}
    sheets = {one.id: {str(one.version): marks_of(one)} for one in kb.checklists.values()}
    return {
        "pages": pages,
        "downloads": [name for name in downloads if (site / "tai-ve" / name).is_file()],
        "ids": ids,
        "sheets": sheets,
    }


def anchors(html: str) -> list[str]:
    """Return the places of a page that others may link to: IDs in its article.

    The title's and the theme's are left out, and those with ``__``, which go with what they name (``knowledge/crossref.py``).
    """
    tree = LexborHTMLParser(html)
    return sorted(
        node.attributes["id"] or ""
        for node in tree.css("article [id]")
        if node.tag != "h1" and "__" not in (node.attributes["id"] or "") and node.tag not in ("input", "textarea")
    )


def missing(ledger: Ledger, now: Ledger, known: Container[str] = ()) -> list[str]:
    """Return what stands in the ledger and is gone, one line each; ``known`` are lines that ``moved.yml`` accounts for."""
    gone = [f"docs/{uri}" for uri in ledger["pages"] if uri not in now["pages"]]
    for uri, places in ledger["pages"].items():
        gone += [f"docs/{uri}#{place}" for place in places if uri in now["pages"] and place not in now["pages"][uri]]
    gone += [f"tai-ve/{name}" for name in ledger["downloads"] if name not in now["downloads"]]
    for kind, ids in ledger["ids"].items():
        gone += [f"{kind} {one}" for one in ids if one not in now["ids"].get(kind, [])]
    return [line for line in gone if line not in known]


def joined(ledger: Ledger, now: Ledger) -> Ledger:
    """Return the ledger with what is new; nothing is taken out."""

    def both(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> dict[str, list[str]]:
        return {key: sorted({*old.get(key, []), *new.get(key, [])}) for key in sorted({*old, *new})}

    return {
        "pages": both(ledger.get("pages", {}), now["pages"]),
        "downloads": sorted({*ledger.get("downloads", []), *now["downloads"]}),
        "ids": both(ledger.get("ids", {}), now["ids"]),
        # A version stays as it was recorded first: paper bears it.
        "sheets": {
            sheet: {**now.get("sheets", {}).get(sheet, {}), **ledger.get("sheets", {}).get(sheet, {})}
            for sheet in sorted({*ledger.get("sheets", {}), *now.get("sheets", {})})
        },
    }


def main() -> int:
    """Build, compare, add. Returns the exit code."""
    try:
        kb, passed = checked(strict=True)
        if not passed:
            return 1
        with fresh_site(kb) as site:
            now = published(site, kb, "directory")
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        return 1
    ledger = read_ledger(CODE)
    if gone := missing(ledger, now, excused(ledger, trail(kb))):
        print(
            "\n".join(
                f"{line}: đã công bố mà nay không còn → giữ lại, hoặc make rename, make withdraw (chỗ của trang: id=trang.md#chỗ)"
                for line in gone
            )
        )
        return 1
    write_changed(LEDGER, json.dumps(joined(ledger, now), ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    run(main)
