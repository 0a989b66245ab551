"""What macros authors may call: names, arguments, where. Read by the checks and by the build."""

from __future__ import annotations

from dataclasses import dataclass

ANY_RECORD = (
    "sources", "strengths", "findings", "parts", "causes", "solutions", "roles", "stages",
    "checklists", "items", "templates", "instruments",
)  # fmt: skip
LISTED_KINDS = (
    "strengths", "findings", "causes", "solutions", "roles", "stages", "checklists", "templates",
    "instruments",
)  # fmt: skip


@dataclass(frozen=True)
class MacroSpec:
    """One macro. ``arguments``: for each, the kinds of ID it may name (see ``graph.KIND_NAMES``),
    or the words it may be, or () for free text. ``folders``: where it may stand (() anywhere).
    """

    arguments: tuple[tuple[str, ...], ...] = ()
    required: int = 0
    folders: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


LESSON_FOLDERS = ("cach-lam-hay", "han-che", "nguyen-nhan", "giai-phap")

MACROS: dict[str, MacroSpec] = {
    "ref": MacroSpec((ANY_RECORD, ()), 1),
    "term": MacroSpec((("terms",), ()), 1),
    "rule": MacroSpec((("rules",),), 1),
    "quote": MacroSpec((("sources",), ()), 2),
    "record_header": MacroSpec(
        folders=(*LESSON_FOLDERS, "vai-tro", "ky-hop", "danh-muc", "bieu-mau", "can-cu", "tra-cuu")
    ),
    "part": MacroSpec((("parts",),), 1, ("han-che",)),
    "linked": MacroSpec(((),), 1, LESSON_FOLDERS, ("causes", "solutions", "stages", "roles")),
    "sheet_items": MacroSpec(folders=LESSON_FOLDERS),
    "action_list": MacroSpec(folders=("giai-phap",)),
    "backlinks": MacroSpec(),
    "checklist": MacroSpec(folders=("danh-muc",)),
    "role_guide": MacroSpec(folders=("vai-tro",)),
    "stage_guide": MacroSpec(folders=("ky-hop",)),
    "stage_list": MacroSpec(),
    "record_list": MacroSpec(((),), 1, (), LISTED_KINDS),
    "part_list": MacroSpec(),
    "source_text": MacroSpec(folders=("tra-cuu",)),
    "addressee_table": MacroSpec(folders=("tra-cuu",)),
    "rule_list": MacroSpec(folders=("can-cu",)),
    "glossary": MacroSpec(folders=("tra-cuu",)),
    "edition": MacroSpec(((),), 1, (), ("name", "date", "compiled_by", "contact")),
}
