"""Names that must not collide: a front-matter field shadows a macro of its name or breaks the theme."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.kinds import KINDS, LISTS
from knowledge.macro_specs import MACROS
from knowledge.records.model import ChecklistPage, PlainPage
from macros import define_env

# Keys of a page that mkdocs-material 9.8 reads.
THEME_KEYS = {
    "comments", "hide", "icon", "og_image", "revision_date_localized", "search", "social", "status",
    "subtitle", "tags", "template",
}  # fmt: skip
RECORD_PAGES = [
    *(kind.model for kind in KINDS.values()),
    *(one.holder for one in LISTS.values() if one.holder),
    ChecklistPage,
]


class FakeEnvironment:
    """Records what ``define_env`` registers."""

    def __init__(self, root: Path) -> None:
        self.conf = {
            "docs_dir": str(root / "docs"),
            "config_file_path": str(root / "mkdocs.yml"),
            "use_directory_urls": True,
        }
        self.registered: dict[str, object] = {}

    def macro(self, function: object, name: str) -> None:
        self.registered[name] = function


def test_the_listed_macros_are_registered(root: Path) -> None:
    env = FakeEnvironment(root)
    define_env(env)
    assert set(env.registered) == set(MACROS)


def test_each_list_on_a_page_is_looked_at() -> None:
    assert len(LISTS) > 5 and {one.holder for one in LISTS.values()} <= set(RECORD_PAGES)


def test_no_field_bears_the_name_of_a_macro() -> None:
    fields = {name for model in (*RECORD_PAGES, PlainPage) for name in model.model_fields}
    assert fields & set(MACROS) == set()


def test_no_setting_bears_the_name_of_a_macro(root: Path) -> None:
    """The fault that was: `extra: edition` hid the macro of that name on every page."""
    text = (root / "mkdocs.yml").read_text("utf-8")
    extra = re.search(r"^extra:\n((?:  .*\n|\n)+)", text, re.MULTILINE)
    assert extra
    names = set(re.findall(r"^  (\w+):", extra[1], re.MULTILINE))
    assert len(names) >= 4 and names & set(MACROS) == set()


def test_no_field_of_a_record_bears_a_theme_key() -> None:
    fields = {name for model in RECORD_PAGES for name in model.model_fields}
    assert fields & THEME_KEYS == set()
    assert set(PlainPage.model_fields) & THEME_KEYS == {"hide"}, "plain pages may hide the side bars"


def test_every_macro_is_documented_for_authors(root: Path) -> None:
    page = (root / "docs/tra-cuu/viet-bai.md").read_text("utf-8")
    shown = set(re.findall(r"(?:\{\{ |`)([a-z_]+)\(", page))
    assert set(MACROS) - shown == set()
