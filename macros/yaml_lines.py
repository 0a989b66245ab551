"""YAML for content editors: values with the line each one stands on, faults as issues.

A small, safe part of YAML 1.2: no anchors, tags or dates (a date stays text until the model reads
it), duplicate keys refused. Every fault is an issue; nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .issues import Issue

Path = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+$")
_CONSTANTS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_MAX_DEPTH = 20


@dataclass
class Parsed:
    """A YAML value (``None`` when unreadable), the line of each path in it, and the faults."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing that contains it (0: unknown)."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 0)


def field_name(path: Path) -> str:
    """Return a path as an editor reads it: ``("items", 2, "text")`` → ``items[2].text``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return name


def parse_yaml(text: str, file: str, first_line: int = 1) -> Parsed:
    """Read YAML text; ``first_line`` is the file's line on which the text starts."""
    parsed = Parsed()
    _refuse_tabs(text, file, first_line, parsed)
    if parsed.issues:
        return parsed
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        parsed.issues.append(_syntax_issue(error, file, first_line))
        return parsed
    except (yaml.YAMLError, RecursionError) as error:
        problem = "quá nhiều tầng lồng nhau" if isinstance(error, RecursionError) else "ký tự lạ"
        parsed.issues.append(
            Issue(file, first_line, "", "yaml", f"không đọc được: {problem}", "viết lại phần này")
        )
        return parsed
    if node is not None:
        parsed.value = _Builder(file, first_line, parsed).build(node, ())
    return parsed


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
        if len(path) > _MAX_DEPTH:
            self._fault(line, path, "yaml", "quá nhiều tầng lồng nhau", "viết lại phần này")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i)) for i, child in enumerate(node.value)]
        return self._scalar(node, line, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self.first_line + key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(
                    line, path, "yaml", "tên trường không phải là chữ", "viết “tên: giá trị”"
                )
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in result:
                self._fault(line, here, "duplicate-key", "trường viết hai lần", "giữ một lần")
                continue
            self.parsed.lines[here] = line
            result[key] = self.build(value_node, here)
        return result

    def _scalar(self, node: yaml.ScalarNode, line: int, path: Path) -> Any:
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            self._fault(line, path, "yaml", f"nhãn YAML “{node.tag}” không dùng ở đây", "bỏ nhãn")
            return None
        text = str(node.value)
        if node.style is not None:
            return text
        if text.lower() in _CONSTANTS:
            return _CONSTANTS[text.lower()]
        if _INT.match(text):
            return int(text)
        return float(text) if _FLOAT.match(text) else text

    def _fault(self, line: int, path: Path, code: str, message: str, remedy: str) -> None:
        self.parsed.issues.append(Issue(self.file, line, field_name(path), code, message, remedy))
