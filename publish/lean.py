"""Style sheets as they are sent: of the theme's only what this site can show, of all only what a browser reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.spared import KEPT, Store, code_digest

THEME, OWN_STYLES = "assets/stylesheets", "assets/styles"
_FINGERPRINTED = re.compile(r"(?P<name>\w+)\.[0-9a-f]{8}\.min\.css")
_CHOSEN = re.compile(r"""(?P<name>dir|data-md-color-(?:primary|accent|scheme))=["']?(?P<value>[\w-]+)["']?""")
"""What the whole site chooses once: which way its text runs, its colours."""
_CLASSES = re.compile(r'\sclass=(?:"([^"]*)"|([^\s">]+))')
_ASLEEP = {
    "md-annotation": ("annotate", ('"content.code.annotate"',)),
    "md-code__": ("", ('"content.code.copy"', '"content.code.select"')),
    "md-source": ("md-source", ()),
    "md-version": ("", ('"version": {', '"version":{')),
    "tabbed-": ("tabbed-set", ()),
}
"""What the theme's script gives only where a page has a feature: the beginning of its classes; the class, or the words, of such a page."""
_SWITCHING = "data-md-color-switching"
"""The theme marks the page while colours change, so that nothing fades; to mark it has each page styled twice more when it comes."""
_WORDS = re.compile(r"[\w-]+")
_PROPERTIES = re.compile(r"--[\w-]+")


@dataclass(frozen=True)
class Names:
    """What a rule may ask for: words of classes in pages and of any kind in scripts; beginnings that scripts complete, and those they leave."""

    known: frozenset[str]
    beginnings: tuple[str, ...]
    asleep: tuple[str, ...]
    chosen: frozenset[tuple[str, str]] = frozenset()

    def has(self, name: str) -> bool:
        """Tell whether an element may bear a class. What a script could put together counts as there."""
        return (name in self.known or name.startswith(self.beginnings)) and not name.startswith(self.asleep)


def names_of(pages: Iterable[str], scripts: Iterable[str]) -> Names:
    """Return the names that pages bear and scripts could give."""
    known: set[str] = set()
    chosen: set[tuple[str, str]] = set()
    words: set[str] = set()
    said: set[tuple[str, str]] = set()
    for page in pages:
        words.update(word for _, signs in _ASLEEP.values() for word in signs if word in page)
        chosen.update(_CHOSEN.findall(page))
        said.update(_CLASSES.findall(page))
    for quoted, bare in said:
        known.update((quoted or bare).split())
    asleep = tuple(name for name, (own, signs) in _ASLEEP.items() if own not in known and not words & set(signs))
    for script in scripts:
        known.update(_WORDS.findall(script))
    # `md-tooltip--${side}`: any class that begins so may appear. A lone dash or two begin nothing.
    beginnings = {word for word in known if word.endswith(("-", "__")) and len(word.strip("-_")) > 2}
    return Names(frozenset(known), tuple(sorted(beginnings)), asleep, frozenset(chosen))


def _without_unmatched(sheet: str, names: Names) -> str:
    """Return a style sheet without rules for elements that no page has. Rules stay in their order and as they are."""
    import tinycss2

    rules = _kept(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), names)
    text: str = tinycss2.serialize(rules)
    return text


def _without_unread(sheet: str, others: Iterable[str]) -> str:
    """Return a style sheet without properties of its own that nobody reads, nor ``others``: texts of styles and scripts."""
    import tinycss2

    elsewhere = {name for text in others for name in _PROPERTIES.findall(text)}
    rules = tinycss2.parse_stylesheet(sheet)
    while True:
        text: str = tinycss2.serialize(rules)
        # A property that only another unused one reads goes in the next round.
        read = elsewhere | set(re.findall(r"var\(\s*(--[\w-]+)", text))
        rules = _without_properties(tinycss2.parse_stylesheet(text), read)
        if tinycss2.serialize(rules) == text:
            return text


def _kept(rules: list[Any], names: Names) -> list[Any]:
    import tinycss2

    kept = []
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rule.content = _kept(inner, names)
            if rule.content:
                kept.append(rule)
        elif rule.type == "qualified-rule":
            selectors = [one for one in _at_commas(rule.prelude) if _may_match(one, names)]
            if selectors:
                rule.prelude = _joined(selectors)
                kept.append(rule)
        else:
            kept.append(rule)
    return kept


def _at_commas(tokens: list[Any]) -> list[list[Any]]:
    groups: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _joined(groups: list[list[Any]]) -> list[Any]:
    import tinycss2

    tokens: list[Any] = tinycss2.parse_component_value_list(",".join(tinycss2.serialize(group) for group in groups))
    return tokens


def _may_match(selector: list[Any], names: Names) -> bool:
    """Tell whether each class that a selector asks for outside brackets may be there, and each value of what is chosen once.

    What holds while colours change is not wanted.
    """
    for before, token in zip([None, *selector], selector, strict=False):
        if before == "." and token.type == "ident" and not names.has(token.value):
            return False
        if token.type == "[] block":
            if tuple(part.serialize() for part in token.content) == (_SWITCHING,):
                return False
            asked = _CHOSEN.fullmatch("".join(part.serialize() for part in token.content))
            if asked and (asked["name"], asked["value"]) not in names.chosen:
                return False
    return True


def _without_properties(rules: list[Any], read: set[str]) -> list[Any]:
    """Return rules without the declarations of custom properties that nobody reads; what holds nothing then goes."""
    import tinycss2

    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            stay = [
                one
                for one in found
                if not (one.type == "declaration" and one.name.startswith("--") and one.name not in read)
            ]
            if len(stay) != len(found):
                if not stay:
                    continue
                text = ";".join(tinycss2.serialize([one]) for one in stay)
                rule.content = tinycss2.parse_component_value_list(text)
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            rule.content = _without_properties(tinycss2.parse_rule_list(rule.content), read)
        kept.append(rule)
    return kept


def lean_styles(site: Path) -> None:
    """Rewrite the style sheets of a built site; the theme's get a name of their new content, in pages too."""
    pages = {file: file.read_text("utf-8") for file in site.rglob("*.html")}
    scripts = [file.read_text("utf-8") for file in (site / "assets").rglob("*.js") if "lunr" not in file.parts]
    own = {file: file.read_text("utf-8") for file in (site / OWN_STYLES).glob("*.css")}
    names = names_of(pages.values(), scripts)
    renamed: dict[str, str] = {}
    files = sorted((site / THEME).glob("*.css"))
    # One sheet of the theme sets what another reads.
    shown = {file: _unmatched_once(_without_map(file.read_text("utf-8")), names) for file in files}
    for file in files:
        others = [shown[other] for other in files if other != file]
        sheet = _unread_once(shown[file], [*others, *own.values(), *scripts])
        file.write_text(shortened(sheet), "utf-8")
        if found := _FINGERPRINTED.fullmatch(file.name):
            # Hosts and browsers keep a file of such a name for a year: other content needs another name.
            name = f"{found['name']}.{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}.min.css"
            file.rename(file.with_name(name))
            renamed[file.name] = name
    for file in (site / THEME).glob("*.css.map"):
        # They tell where rules stood in the theme's sources, and no sheet names them any more.
        file.unlink()
    for file, text in own.items():
        file.write_text(shortened(text), "utf-8")
    for file, page in pages.items():
        new = page
        for old, name in renamed.items():
            new = new.replace(f"{THEME}/{old}", f"{THEME}/{name}")
        if new != page:
            file.write_text(new, "utf-8")


def _unmatched_once(sheet: str, names: Names) -> str:
    """Return ``_without_unmatched``, kept by all that it asks: editions over the base have the same names in other pages."""
    asked = [word for word in sorted(set(_WORDS.findall(sheet))) if names.has(word)]
    # A name with other letters is written otherwise in a style sheet.
    odd = sorted(name for name in names.known if not _WORDS.fullmatch(name))
    return _once(
        lambda: _without_unmatched(sheet, names), "unmatched", sheet, asked, odd, names.beginnings, sorted(names.chosen)
    )


def _unread_once(sheet: str, others: Iterable[str]) -> str:
    """Return ``_without_unread``, kept by the sheet and those of its properties that other texts name."""
    elsewhere = {name for text in others for name in _PROPERTIES.findall(text)} & {*_PROPERTIES.findall(sheet)}
    return _once(lambda: _without_unread(sheet, [" ".join(elsewhere)]), "unread", sheet, sorted(elsewhere))


def _once(make: Callable[[], str], *of: object) -> str:
    """Return what was made of the same before, by the same code, or make it."""
    store = Store(KEPT, code_digest())
    key = store.key("style", *of)
    kept = store.get(key)
    if kept is not None:
        return kept.decode()
    made = make()
    store.put(key, made.encode())
    return made


def shortened(sheet: str) -> str:
    """Return a style sheet without what no browser needs.

    Scripts are not given to this tool: it moved a declaration below what reads it (2.24.12).
    """
    import minify

    short: str = minify.string("text/css", sheet)
    return short


def _without_map(sheet: str) -> str:
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", sheet)
