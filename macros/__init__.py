"""The knowledge base and its macros. ``define_env`` is the only place that knows mkdocs-macros."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.addresses import Form
    from knowledge.records.knowledge_base import KnowledgeBase

HANDED_RECORDS = "HDND_RECORDS"
"""Environment variable: the file in which a command hands over the records that it has just loaded and checked."""


def define_env(env: Any) -> None:
    """Register the macros. Called by mkdocs-macros when it has read the configuration.

    Data are loaded anew for every build: Python caches modules, and `serve` builds many times.
    """
    import gc

    from macros.renderer import Renderer

    docs = Path(env.conf["docs_dir"]).resolve()
    handed = os.environ.get(HANDED_RECORDS)
    kb = _handed(Path(handed)) if handed else _checked(docs.parent)
    kb.root = docs.parent
    _leave_out(env.conf, [file for file in kb.drafts if file.removeprefix("docs/") not in kb.pages])

    def form() -> Form:
        return "directory" if env.conf["use_directory_urls"] else "file"

    cache = Path(env.conf["config_file_path"]).parent / ".cache" / "partials"
    cache.mkdir(parents=True, exist_ok=True)
    site_url = str(env.conf.get("site_url") or "")
    # A copy on disk names the public site, whose addresses are directories.
    public: Form | None = "directory" if os.environ.get("OFFLINE") == "true" else None
    renderer = Renderer(kb, lambda: page_path(env.page), form, cache, site_url, public)
    for name, macro in renderer.macros().items():
        env.macro(macro, name)
    # What was loaded stays to the end: the collector need not look through it again and again.
    gc.freeze()


def _leave_out(config: Any, files: list[str]) -> None:
    """Keep drafts out of a build that has no staged tree, where nobody else leaves them out."""
    from pathspec.gitignore import GitIgnoreSpec

    if files and config["exclude_docs"] is not None:
        lines = [f"/{file.removeprefix('docs/')}" for file in files]
        config["exclude_docs"] = config["exclude_docs"] + GitIgnoreSpec.from_lines(lines)


def _handed(file: Path) -> KnowledgeBase:
    import pickle

    kb: KnowledgeBase = pickle.loads(file.read_bytes())
    return kb


def _checked(root: Path) -> KnowledgeBase:
    from knowledge.checks.project import check_project
    from knowledge.records.issues import Level, report, worst

    kb, issues = check_project(root)
    if worst(issues) == Level.ERROR:
        raise _refusal(report(issues, Level.ERROR))
    return kb


def page_path(page: Any) -> str:
    """Return a page's path below ``docs/``; the engines name it differently."""
    return str(page.path if hasattr(page, "path") else page.file.src_uri)


def _refusal(lines: list[str]) -> Exception:
    # Of all exceptions, only PluginError stays a clean line in both build and serve.
    from mkdocs.exceptions import PluginError

    return PluginError("\n".join(["Dữ liệu có lỗi, chưa dựng trang:", *lines]))
