"""YAML for content editors: values with the line each one stands on, faults as issues.

A small, safe part of YAML 1.2: no anchors, tags or dates (a date stays text until the model reads
it), duplicate keys refused. Every fault is an issue; nothing raises.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from knowledge.kept import kept
from knowledge.plain_yaml import LOADER
from knowledge.records.issues import Issue

Path = tuple[str | int, ...]
T = TypeVar("T")

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})$")
_FLOAT = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{1,17}$")
_CONSTANTS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_MAX_DEPTH = 20
_QUOTED_STYLES = ("'", '"', "|", ">")
_TAG_NAMES = ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
_PLAIN_TEXT = "tag:yaml.org,2002:str"
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in _TAG_NAMES)


@dataclass
class Parsed:
    """A YAML value (``None`` when unreadable), the line of each path in it, and the faults."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    unquoted: set[Path] = field(default_factory=set)
    """Texts that other YAML readers, mkdocs's among them, would take for a date, number or yes/no."""
    _known: dict[object, tuple[object, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def line_of(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing that contains it (0: unknown)."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 0)

    def once(self, name: object, of: object, compute: Callable[[], T]) -> T:
        """Return what ``compute`` gives for something made of this value; what was given is kept for that very thing.

        A project read again after a change has the same values in all files but one.
        """
        known = self._known.get(name)
        if known is None or known[0] is not of:
            known = self._known[name] = of, compute()
        found: T = known[1]
        return found

    def __getstate__(self) -> dict[str, Any]:
        # Thousands of paths that only faults ask for: unpacked with the first question.
        state = {**vars(self), "_known": {}}
        if "lines" in state:
            state["_packed"] = pickle.dumps(state.pop("lines"), protocol=pickle.HIGHEST_PROTOCOL)
        return state

    def __getattr__(self, name: str) -> Any:
        packed = vars(self).pop("_packed", None) if name == "lines" else None
        if packed is None:
            raise AttributeError(name)
        self.lines = pickle.loads(packed)
        return self.lines


def field_name(path: Path) -> str:
    """Return a path as an editor reads it: ``("items", 2, "text")`` → ``items[2].text``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return name


@kept
def parse_yaml(text: str, file: str, first_line: int = 1) -> Parsed:
    """Read YAML text; ``first_line`` is the file's line on which the text starts.

    Who reads a project again after a change gets what was parsed before: nobody changes it.
    """
    parsed = Parsed()
    _refuse_tabs(text, file, first_line, parsed)
    if parsed.issues:
        return parsed
    try:
        node = None if _may_be_deep(text) and _too_deep(text) else yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        parsed.issues.append(_syntax_issue(error, file, first_line))
        return parsed
    except yaml.YAMLError:
        parsed.issues.append(Issue(file, first_line, "", "yaml", "có ký tự lạ", "xóa ký tự đó"))
        return parsed
    if node is None and text.strip():
        problem = "quá nhiều tầng lồng nhau, hoặc chỉ có ghi chú"
        parsed.issues.append(Issue(file, first_line, "", "yaml", problem, "viết lại phần này"))
    if node is not None:
        parsed.value = _Builder(file, first_line, parsed).build(node, ())
    return parsed


_INDENT = re.compile(r"^[ \-?]*", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]{}]")


def _may_be_deep(text: str) -> bool:
    """Tell whether a text's indents and brackets could nest too deep: cheap, and hardly a file of an editor's does.

    A block begins at a column of its own, or a list at that of the key before it; a bracket opens one more.
    """
    blocks = max(map(len, _INDENT.findall(text)))
    depth = most = 0
    for bracket in _BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        most = max(most, depth)
    return blocks + 2 + most > _MAX_DEPTH


def _too_deep(text: str) -> bool:
    """Tell whether anything is nested too deep. Looked at event by event: composing would recurse."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            return True
    return False


def is_plain(text: str) -> bool:
    """Tell whether another YAML reader may be given a text: nothing too deep, no name for something that stands elsewhere.

    What refers to itself again and again is small as a file, and does not end where it is written out.
    """
    try:
        return not _too_deep(text) and not any(
            isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, Loader=LOADER)
        )
    except yaml.YAMLError:
        return False


def _refuse_tabs(text: str, file: str, first_line: int, parsed: Parsed) -> None:
    for number, line in enumerate(text.splitlines(), first_line):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            parsed.issues.append(
                Issue(
                    file,
                    number,
                    "",
                    "tab",
                    "dòng thụt đầu bằng phím Tab",
                    "thay mỗi Tab bằng hai dấu cách",
                )
            )


def _syntax_issue(error: yaml.MarkedYAMLError, file: str, first_line: int) -> Issue:
    mark = error.problem_mark or error.context_mark
    line = first_line + (mark.line if mark else 0)
    remedy = "kiểm tra thụt đầu dòng, dấu hai chấm, dấu ngoặc; đặt câu có dấu “: ” trong ngoặc kép"
    return Issue(file, line, "", "yaml", f"YAML sai cú pháp ({error.problem})", remedy)


class _Builder:
    """Turns YAML nodes into plain values and notes faults; one use per document."""

    def __init__(self, file: str, first_line: int, parsed: Parsed) -> None:
        self.file = file
        self.first_line = first_line
        self.parsed = parsed
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Any:
        line = self.first_line + node.start_mark.line
        self.parsed.lines.setdefault(path, line)
        if id(node) in self.seen:
            self._fault(line, path, "alias", "có “&” hoặc “*” (bí danh YAML)", "chép lại giá trị")
            return None
        self.seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._fault(line, path, "yaml", f"nhãn YAML “{node.tag}” không dùng ở đây", "bỏ nhãn")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i)) for i, child in enumerate(node.value)]
        value = _scalar(node)
        if isinstance(value, str) and node.tag != _PLAIN_TEXT:
            self.parsed.unquoted.add(path)
        return value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self.first_line + key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(line, path, "yaml", "tên trường không phải là chữ", "viết “tên: giá trị”")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in result:
                self._fault(line, here, "duplicate-key", "trường viết hai lần", "giữ một lần")
                continue
            self.parsed.lines[here] = line
            result[key] = self.build(value_node, here)
        return result

    def _fault(self, line: int, path: Path, code: str, message: str, remedy: str) -> None:
        self.parsed.issues.append(Issue(self.file, line, field_name(path), code, message, remedy))


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) in _QUOTED_STYLES:
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text
