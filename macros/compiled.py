"""Templates compiled once: partials and the pages' own text, kept between builds as long as neither they nor the settings change."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache


class CodeOfThisProcess(BytecodeCache):
    """Compiled templates as long as the process runs: of views with the same settings, each of which would compile them anew."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was compiled from the same text."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._code[bucket.key, bucket.checksum] = bucket.code


class KeptCode(FileSystemBytecodeCache):
    """Compiled templates in a folder, one file each; one that is broken is compiled anew."""

    def __init__(self, folder: Path, pattern: str = "__jinja2_%s.cache") -> None:
        super().__init__(str(folder), pattern)
        self._compiler = version("jinja2")

    def get_source_checksum(self, source: str) -> str:
        """Return what a template's text is known by; another Jinja may compile it to something else."""
        return super().get_source_checksum(f"{self._compiler}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket from its file; Jinja itself ends where the file was cut short."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()


def compile_pages_once(environment: Any, folder: Path, page: Callable[[], str]) -> None:
    """Let an environment keep what it compiles pages to. ``page`` returns the path of the page being rendered.

    Jinja asks a cache for templates with a name only; a page is a text without one. A page has one file: what it was before is
    forgotten.
    """
    compiling = environment.compile
    cache = KeptCode(folder, "page_%s.cache")
    settings = repr(settings_of(environment))

    def compile_(source: Any, name: Any = None, filename: Any = None, *rest: Any, **named: Any) -> Any:
        if not isinstance(source, str) or name or filename or rest or named:
            return compiling(source, name, filename, *rest, **named)
        bucket = cache.get_bucket(environment, page(), None, f"{settings}\n{source}")
        if bucket.code is None:
            bucket.code = compiling(source)
            cache.set_bucket(bucket)
        return bucket.code

    environment.compile = compile_


def settings_of(environment: Any) -> tuple[object, ...]:
    """Return what of an environment shows in compiled code; its filters may be used on constants."""
    plain = (
        "block_start_string", "block_end_string", "variable_start_string", "variable_end_string", "comment_start_string",
        "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
        "newline_sequence", "keep_trailing_newline", "is_async", "sandboxed", "optimized",
    )  # fmt: skip
    called = (environment.autoescape, environment.finalize, environment.code_generator_class, type(environment))
    return (
        *(getattr(environment, name) for name in plain),
        *(getattr(one, "__qualname__", repr(one)) for one in called),
        sorted(environment.extensions),
        *(sorted((name, getattr(one, "__module__", "")) for name, one in uses.items())
          for uses in (environment.filters, environment.tests)),
    )  # fmt: skip
