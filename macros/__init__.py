"""The knowledge base and its macros. ``define_env`` is the only place that knows mkdocs-macros."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.addresses import Form

ALREADY_CHECKED = "HDND_ALREADY_CHECKED"
"""Environment variable by which a command says that it has just run the checks itself."""


def define_env(env: Any) -> None:
    """Register the macros. Called by mkdocs-macros when it has read the configuration.

    Data are loaded anew for every build: Python caches modules, and `serve` builds many times.
    """
    from knowledge.checks.project import check_project
    from knowledge.records.issues import Level, report, worst
    from knowledge.records.load import load
    from macros.renderer import Renderer

    root = Path(env.conf["docs_dir"]).resolve().parent
    if os.environ.get(ALREADY_CHECKED):
        loaded = load(root)
        kb, issues = loaded.kb, loaded.issues
    else:
        kb, issues = check_project(root)
    if worst(issues) == Level.ERROR:
        raise _refusal(report(issues, Level.ERROR))

    def form() -> Form:
        return "directory" if env.conf["use_directory_urls"] else "file"

    cache = root / ".cache" / "partials"
    cache.mkdir(parents=True, exist_ok=True)
    site_url = str(env.conf.get("site_url") or "")
    # A copy on disk names the public site, whose addresses are directories.
    public: Form | None = "directory" if os.environ.get("OFFLINE") == "true" else None
    renderer = Renderer(kb, lambda: page_path(env.page), form, cache, site_url, public)
    for name, macro in renderer.macros().items():
        env.macro(macro, name)


def page_path(page: Any) -> str:
    """Return a page's path below ``docs/``; the engines name it differently."""
    return str(page.path if hasattr(page, "path") else page.file.src_uri)


def _refusal(lines: list[str]) -> Exception:
    # Of all exceptions, only PluginError stays a clean line in both build and serve.
    from mkdocs.exceptions import PluginError

    return PluginError("\n".join(["Dữ liệu có lỗi, chưa dựng trang:", *lines]))
