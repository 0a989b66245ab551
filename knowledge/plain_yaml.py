"""Small YAML files of our own, read the fast way. What editors write is read by ``records/yaml_lines.py``."""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it was compiled in: the same values, ten times faster."""


class RepeatedKey(yaml.YAMLError):
    """A key stands twice in one map: YAML takes the last one without a word."""


class _Once(LOADER):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) < len(keys):
            raise RepeatedKey
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


def read_yaml_once(text: str) -> Any:
    """The same where a merge may have left a key twice. Raises RepeatedKey, too."""
    return yaml.load(text, _Once)


def read_yaml(text: str) -> Any:
    """Return what a text says. Raises what PyYAML raises."""
    return yaml.load(text, LOADER)
