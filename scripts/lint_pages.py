"""The built pages themselves: nothing inline that a strict policy would refuse, and HTML as its standard wants it.

``make lint`` builds the site and looks at every page for styles and handlers, at one page of each kind for its HTML;
with ``--all`` at every page for both.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from knowledge.addresses import page_url
from knowledge.records.issues import Issue, report
from knowledge.records.knowledge_base import KnowledgeBase
from publish.project import BuildFailed, why_not
from scripts.command import checked, run
from scripts.fresh_site import fresh_site

_REMEDY = "viết vào docs/assets/styles hoặc docs/assets/scripts"


def inline_faults(name: str, html: str) -> Iterator[Issue]:
    """Yield what a policy without inline styles and handlers would refuse."""
    tree = LexborHTMLParser(html)
    for node in tree.css("style, [style]"):
        told = "thẻ <style>" if node.tag == "style" else f"style trong <{node.tag}>"
        yield Issue.of_file(f"site/{name}", "inline-style", told, _REMEDY)
    for node in tree.css("*"):
        for attribute, value in node.attributes.items():
            if attribute.lower().startswith("on"):
                yield Issue.of_file(f"site/{name}", "inline-handler", f"{attribute} trong <{node.tag}>", _REMEDY)
            elif attribute in ("href", "src") and re.match(r"\s*javascript:", value or "", re.IGNORECASE):
                yield Issue.of_file(f"site/{name}", "inline-handler", f"javascript: trong <{node.tag}>", _REMEDY)


def html_faults(name: str, html: str) -> Iterator[Issue]:
    """Yield what the standard's own way of reading HTML calls an error."""
    from justhtml import JustHTML

    lines = html.split("\n")
    for error in JustHTML(html, collect_errors=True).errors:
        line, column = error.line or 0, error.column or 0
        near = lines[line - 1][max(0, column - 60) : column + 10].strip() if line else ""
        yield Issue(
            f"site/{name}", line, "", "html", f"{error.code} ở “{near}”", "sửa thẻ trong tệp gốc hoặc mẫu hiển thị"
        )


def one_of_each_kind(kb: KnowledgeBase) -> list[str]:
    """Return pages of the built site: the last of each kind of record, the lists, the tools, the page for errors."""
    records = [list(found)[-1] for found in kb.records.values() if found]
    uris = [kb.page_of[one] for one in records] + [uri for uri in kb.pages if uri not in kb.page_of.values()]
    return ["404.html", *(f"{page_url(uri, 'directory')}index.html" for uri in uris)]


def page_faults(site: Path, strictly: Iterable[str]) -> list[Issue]:
    """Return the faults of a built site; the HTML of the pages named is read strictly."""
    wanted = set(strictly)
    found: list[Issue] = []
    for path in sorted(site.rglob("*.html")):
        name, html = path.relative_to(site).as_posix(), path.read_text("utf-8")
        found += inline_faults(name, html)
        found += html_faults(name, html) if name in wanted else ()
    return sorted(set(found))


def main() -> int:
    """Build, read, print. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page's HTML, not one of each kind")
    options = parser.parse_args()
    try:
        kb, passed = checked(strict=False)
        if not passed:
            return 1
        with fresh_site(kb) as site:
            pages = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
            found = page_faults(site, pages if options.all else one_of_each_kind(kb))
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        return 1
    print("\n".join([*report(found), f"{len(pages)} trang đã dựng: {len(found)} lỗi"]))
    return 1 if found else 0


if __name__ == "__main__":
    run(main)
