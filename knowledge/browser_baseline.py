"""What Chrome 109 and iOS 15.0 do not know yet: offices and phones still run them, so no script and no pattern uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.kept import kept

BASELINE = "Chrome 109, iOS 15.0"


class Newer(NamedTuple):
    """Something newer than the baseline: how it is found, what it is called, what to write instead."""

    pattern: re.Pattern[str]
    name: str
    instead: str


IN_PATTERNS: tuple[Newer, ...] = tuple(
    Newer(re.compile(pattern), name, instead)
    for pattern, name, instead in (
        (r"\(\?<[=!]", "(?<=…), (?<!…)", "đưa chữ đứng trước vào mẫu: (?:^|[^…])"),
        (r"\(\?[a-z]*(?:-[a-z]+)?:(?<!\(\?:)", "(?i:…)", "viết đủ các cách"),
        (r"--|&&|\\q\{", "phép trừ, giao của cờ v", "viết một lớp chữ"),
    )
)
"""Parts of regular expressions."""

IN_SCRIPTS: tuple[Newer, ...] = tuple(
    Newer(re.compile(pattern, re.MULTILINE), name, instead)
    for pattern, name, instead in (
        (r"\.at\(", ".at(…)", "list[list.length - 1]"),
        (r"\bstructuredClone\b", "structuredClone", "JSON.parse(JSON.stringify(…))"),
        (r"\bObject\.hasOwn\b", "Object.hasOwn", "Object.prototype.hasOwnProperty.call(…)"),
        (r"\bObject\.groupBy\b|\bMap\.groupBy\b", "groupBy", "reduce"),
        (r"\.findLast(?:Index)?\(", ".findLast(…)", "[...list].reverse().find(…)"),
        (r"\.to(?:Sorted|Reversed|Spliced)\(", ".toSorted(…), .toReversed(…), .toSpliced(…)", "chép rồi sắp: [...list].sort(…)"),
        (r"\bArray\.fromAsync\b|\bPromise\.withResolvers\b", "Array.fromAsync, Promise.withResolvers", "for await, new Promise(…)"),
        (r"\bcrypto\.randomUUID\b", "crypto.randomUUID", "crypto.getRandomValues(…)"),
        (r"\bAbortSignal\.(?:timeout|any)\b", "AbortSignal.timeout", "AbortController với setTimeout"),
        (r"\bBroadcastChannel\b|\bnavigator\.locks\b|\bCompressionStream\b", "BroadcastChannel, navigator.locks, CompressionStream", "sự kiện storage, fflate"),
        (r"\.showModal\(|\.showPopover\(", ".showModal(…), .showPopover(…)", "phần tử của mình, ui/"),
        (r"^\s*static\s*\{", "static {…}", "gán sau lớp"),
        (r"^(?:export\s+)?(?:(?:const|let|var)\s[^\n]*=\s*)?await\s", "await ở ngoài hàm", "đặt trong hàm async"),
        (r"\(\?<[=!]", "(?<=…), (?<!…)", "đưa chữ đứng trước vào mẫu: (?:^|[^…])"),
        (r"(?:[(=,:\[!&|?{;]|\breturn)\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[gimsuy]*[dv][dgimsuvy]*(?![\w$])", "cờ d, v của mẫu", "dùng cờ u"),
        (r"RegExp\([^;\n]*,\s*[\"'`][gimsuy]*[dv][dgimsuvy]*[\"'`]\s*\)", "cờ d, v của mẫu", "dùng cờ u"),
    )
)  # fmt: skip
"""Calls and writing of scripts."""

_NESTED = re.compile(
    r"\((?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\\\[])*[+*](?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\\\[])*\)(?:[+*]|\{\d+,\})"
)
_ESCAPES = re.compile(r"\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.")


def newer_in_script(text: str) -> Iterator[tuple[int, Newer]]:
    """Yield each line of a script, from 1, that the baseline would not run, and why."""
    for one in IN_SCRIPTS:
        for found in one.pattern.finditer(text):
            yield text.count("\n", 0, found.start()) + 1, one


@kept
def faults_of_pattern(pattern: str) -> tuple[tuple[str, str], ...]:
    """Return what a pattern of the draft check must not hold, and what to write instead.

    It runs in browsers of the baseline, with the flag u, on lower-case text, and must not take longer than the text is long.
    """
    return tuple(_faults_of_pattern(pattern))


def _faults_of_pattern(pattern: str) -> Iterator[tuple[str, str]]:
    for one in IN_PATTERNS:
        if one.pattern.search(pattern):
            yield f"{BASELINE} không đọc được {one.name}", one.instead
    if any(letter.isupper() for letter in _ESCAPES.sub("", pattern)):
        yield "có chữ hoa, mà mẫu tìm trên chữ thường", "viết chữ thường"
    if _NESTED.search(pattern):
        yield "có phép lặp trong phép lặp, máy có thể chạy rất lâu", "giới hạn số lần: {0,3}"
    try:
        re.compile(
            _ESCAPES.sub(
                lambda found: "[a-z]" if found[0][1] in "pP" else found[0],
                pattern.replace(r"[^\p{L}", "[^a-z").replace(r"[\p{L}", "[a-z"),
            )
        )
    except re.error as fault:
        yield f"không phải mẫu tìm đúng: {fault.msg}", "kiểm tra ngoặc, dấu gạch chéo ngược"
