"""Checks of macro calls in pages: nothing but ``{{ name("…") }}``, known, in place, with known IDs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.kept import kept
from knowledge.kinds import LISTED, LISTS, NAMED
from knowledge.links import has_kind, ids_of_kinds, kind_of
from knowledge.macro_specs import MACROS
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import TO_DRAFT, KnowledgeBase, Page, is_draft, is_lost
from knowledge.text import nearest

_HOW = 'chỉ viết {{ tên("…") }}; muốn hiện dấu ngoặc thì bọc {% raw %}…{% endraw %}'


_PLAIN_CALL = re.compile(r'\{\{ (\w+)\(((?:"[^"\\{}]*"(?:, "[^"\\{}]*")*)?)\) \}\}')
"""A call as authors are shown it: ``{{ ref("HC1", "chữ") }}``."""


@dataclass(frozen=True)
class Call:
    """One call: the macro's name, its line in the file, its arguments (None for what is no constant)."""

    name: str
    line: int
    values: Sequence[object]
    positional: bool = True
    """Whether no argument is named or spread."""


@dataclass(frozen=True)
class Bare:
    """A name in braces that is not called."""

    name: str
    line: int


@dataclass(frozen=True)
class Wrong:
    """What is no call, and why."""

    line: int
    message: str


def macro_calls(kb: KnowledgeBase) -> Iterator[Issue]:
    """Pages hold text and macro calls, no other template code."""
    for page in kb.pages.values():
        if page.macros:
            plain = _plain_calls(page.body, page.body_line)
            for one in _parsed(page.body, page.body_line) if plain is None else plain:
                yield from _page_call(kb, page, one)


def _page_call(kb: KnowledgeBase, page: Page, one: Call | Bare | Wrong) -> Iterator[Issue]:
    if isinstance(one, Call):
        yield from _call(kb, page, one)
    elif isinstance(one, Bare):
        yield _bare_name(page, one)
    else:
        yield page.issue("macro-syntax", one.message, _HOW, line=one.line)


@kept
def _plain_calls(body: str, first: int) -> tuple[Call, ...] | None:
    """Return the calls of a page on which each has its plain form, which needs no parser of templates; else None."""
    rest = _PLAIN_CALL.sub("", body)
    if "{{" in rest or "{%" in rest or "{#" in rest:
        return None
    calls, line, end = [], first, 0
    for found in _PLAIN_CALL.finditer(body):
        line += body.count("\n", end, found.start())
        end = found.start()
        calls.append(Call(found[1], line, re.findall('"([^"]*)"', found[2])))
    return tuple(calls)


@kept
def _parsed(body: str, first: int) -> tuple[Call | Bare | Wrong, ...]:
    """Return what stands in braces on a page that has more than plain calls."""
    # Few pages do, and what was found of them is kept: most runs do without the parser.
    import jinja2

    environment = jinja2.Environment(autoescape=False)
    try:
        tree = environment.parse(body)
    except jinja2.TemplateSyntaxError as error:
        return (Wrong(first + error.lineno - 1, f"lời gọi macro sai cú pháp ({error.message})"),)
    except (RecursionError, ValueError):
        return (Wrong(first, "lời gọi macro quá rối, không đọc được"),)
    found: list[Call | Bare | Wrong] = []
    # Comments are no part of the tree: what they hold would vanish from the page.
    if "{#" in body:
        comments = [line for line, token, _text in environment.lex(body) if token == "comment_begin"]
        found += [Wrong(first + line - 1, "có ghi chú {# … #}, sẽ mất khỏi trang") for line in comments]
    nodes = jinja2.nodes
    for part in tree.body:
        if not isinstance(part, nodes.Output):
            found.append(Wrong(first + part.lineno - 1, "có lệnh {% … %}"))
            continue
        for node in part.nodes:
            line = first + node.lineno - 1
            if isinstance(node, nodes.TemplateData):
                continue
            if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
                values = [arg.value if isinstance(arg, nodes.Const) else None for arg in node.args]
                found.append(Call(node.node.name, line, values, not (node.kwargs or node.dyn_args or node.dyn_kwargs)))
            elif isinstance(node, nodes.Name):
                found.append(Bare(node.name, line))
            else:
                found.append(Wrong(line, "trong {{ … }} có thứ khác ngoài một lời gọi macro"))
    return tuple(found)


def _bare_name(page: Page, bare: Bare) -> Issue:
    if bare.name in MACROS:
        message, remedy = f"“{bare.name}” thiếu dấu ngoặc gọi", f"viết {{{{ {bare.name}(…) }}}}"
        return page.issue("macro-not-called", message, remedy, line=bare.line)
    return _unknown_macro(page, bare.line, bare.name)


def _unknown_macro(page: Page, line: int, name: str) -> Issue:
    guess = nearest(name, MACROS)
    remedy = f"có phải “{guess}”?" if guess else "xem trang Viết bài cho sổ tay"
    return page.issue("unknown-macro", f"không có macro “{name}”", remedy, line=line)


def _call(kb: KnowledgeBase, page: Page, call: Call) -> Iterator[Issue]:
    name, line, values = call.name, call.line, call.values
    spec = MACROS.get(name)
    if spec is None:
        yield _unknown_macro(page, line, name)
        return

    def fault(code: str, message: str, remedy: str) -> Issue:
        return page.issue(code, message, remedy, line=line, field=name)

    if spec.on and page.record not in kb.broken and _page_kind(kb, page) not in spec.on:
        wanted = ", ".join(NAMED[kind] for kind in spec.on)
        yield fault("macro-place", f"macro “{name}” không dùng ở trang này", f"chỉ dùng ở trang: {wanted}")
    count = len(values)
    if not call.positional or not spec.required <= count <= len(spec.arguments):
        bounds = f"cần {spec.required} đến {len(spec.arguments)} tham số, không đặt tên"
        yield fault("macro-arguments", f"macro “{name}” có {count} tham số", bounds)
        return
    for value, kinds in zip(values, spec.arguments, strict=False):
        if not isinstance(value, str):
            message = f"tham số của “{name}” không phải chữ trong ngoặc kép"
            yield fault("macro-arguments", message, f'viết {{{{ {name}("…") }}}}')
        elif spec.words and value not in spec.words:
            yield fault("macro-arguments", f"“{value}” không dùng được", f"chọn: {', '.join(spec.words)}")
        elif kinds and not has_kind(kb, value, kinds):
            yield from _unknown_id(kb, page, line, name, value, kinds)
    yield from _values(kb, page, line, name, [str(value) for value in values])


def _values(kb: KnowledgeBase, page: Page, line: int, name: str, values: list[str]) -> Iterator[Issue]:
    """Check what depends on the record: a field that it has, a locator that its source has."""
    if name == "linked" and page.record and page.record not in kb.broken:
        record = kb.get(page.record)
        if record and not hasattr(record, values[0]):
            message = f"bản ghi {page.record} không có trường “{values[0]}”"
            yield page.issue("macro-arguments", message, "chọn trường khác", line=line, field=name)
    if name == "record_list" and values[0] not in LISTED:
        message, remedy = f"“{values[0]}” không phải loại bản ghi", f"chọn: {', '.join(LISTED)}"
        yield page.issue("macro-arguments", message, remedy, line=line, field=name)
    if name == "next_steps" and not page.record and not values:
        message = "trang này không phải bản ghi nên chưa biết bước tiếp theo"
        remedy = 'ghi một đến ba mã: {{ next_steps("DM12", "B7") }}'
        yield page.issue("macro-arguments", message, remedy, line=line, field=name)
    if name == "notice" and kb.has_edition and kb.own is None:
        notices = [one.id for one in kb.edition.notices]
        if values[0] not in notices:
            message = f"edition.yml không có thông tin “{values[0]}”"
            remedy = f"chọn: {', '.join(notices) or '(chưa có)'}"
            yield page.issue("macro-arguments", message, remedy, line=line, field=name)
    if name == "quote" and values[0] in kb.sources:
        known = [p.locator for p in kb.sources[values[0]].paragraphs]
        if values[1] not in known:
            message = f"{values[0]} không có vị trí “{values[1]}”"
            remedy = f"chọn trong: {', '.join(known)}"
            yield page.issue("wrong-locator", message, remedy, line=line, field=name)


def _page_kind(kb: KnowledgeBase, page: Page) -> str | None:
    if page.uri in LISTS:
        return LISTS[page.uri].name
    return kind_of(kb, page.record) if page.record else None


def _unknown_id(
    kb: KnowledgeBase, page: Page, line: int, name: str, value: str, kinds: tuple[str, ...]
) -> Iterator[Issue]:
    if is_lost(kb, value, kinds):
        return
    if is_draft(kb, value):
        yield page.issue("link-to-draft", f"{value} là bản nháp", TO_DRAFT, line=line, field=name)
        return
    wanted = " hoặc ".join(NAMED[kind] for kind in kinds)
    kind = kind_of(kb, value)
    guess = nearest(value, ids_of_kinds(kb, kinds))
    message = f"{value} là {NAMED[kind]}" if kind else f"không có bản ghi “{value}”"
    remedy = f"có phải “{guess}”?" if guess and not kind else f"ghi mã {wanted}"
    yield page.issue("unknown-id", message, remedy, line=line, field=name)


MACRO_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [macro_calls]
