"""The knowledge base and its macros. ``define_env`` is the only place that knows mkdocs-macros.

Zensical calls it too, with a configuration and a page of another shape (``make canary``); what differs stands here.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.addresses import Form
    from knowledge.records.knowledge_base import KnowledgeBase

HANDED_RECORDS = "HDND_RECORDS"
"""Environment variable: the file in which a command hands over the records that it has just loaded and checked."""

COLLECT_AFTER = 20_000
"""New objects after which Python looks for circles; its own 700 would be several times for each page."""


def define_env(env: Any) -> None:
    """Register the macros. Called by mkdocs-macros when it has read the configuration.

    Data are loaded anew for every build: Python caches modules, and `serve` builds many times.
    """
    with _kept_to_the_end():
        _define(env)


@contextlib.contextmanager
def _kept_to_the_end() -> Iterator[None]:
    """Spare the collector of circles what is loaded meanwhile: nothing of it is given up, and pages' trees die by themselves."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        collect_rarely()
        if collecting:
            gc.enable()


def collect_rarely() -> None:
    """Leave alone what this process has loaded, and look for circles of new objects now and then."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 100)


def _define(env: Any) -> None:
    from macros.renderer import Renderer

    root = project_root(env.conf)
    docs = (root / env.conf["docs_dir"]).resolve()
    handed = os.environ.get(HANDED_RECORDS)
    kb = _handed(Path(handed)) if handed else _checked(docs.parent)
    kb.root = docs.parent
    drafts = [file.removeprefix("docs/") for file in kb.drafts]
    _leave_out(env.conf, [file for file in drafts if file not in kb.pages and (docs / file).is_file()])

    def form() -> Form:
        return "directory" if env.conf["use_directory_urls"] else "file"

    cache = cache_of(root)
    cache.mkdir(parents=True, exist_ok=True)
    _read_front_matter_once(env, cache / "front-matter")
    site_url = str(env.conf.get("site_url") or "")
    # A copy on disk names the public site, whose addresses are directories.
    public: Form | None = "directory" if os.environ.get("OFFLINE") == "true" else None
    # Zensical takes an address in raw HTML for one from the source file and turns it; what leaves its folder it leaves.
    turns_addresses = "root_dir" in env.conf
    renderer = Renderer(kb, lambda: page_path(env.page), form, cache, site_url, public, turns_addresses)
    for name, macro in renderer.macros().items():
        env.macro(macro, name)


def _read_front_matter_once(env: Any, file: Path) -> None:
    try:
        from mkdocs.utils import meta
    except ModuleNotFoundError:
        return
    from macros.front_matter import read_once

    env.front_matter = read_once(meta, file)


def on_pre_page_macros(env: Any) -> None:
    """Let pages be compiled once, as partials are. Called by mkdocs-macros before each page: only then its Jinja is there."""
    if "compile" not in vars(env.env):
        from macros.compiled import compile_pages_once

        compile_pages_once(env.env, cache_of(project_root(env.conf)), lambda: page_path(env.page))


def on_post_build(env: Any) -> None:
    """Keep for later builds what was read. Called by mkdocs-macros at the end."""
    matter = getattr(env, "front_matter", None)
    if matter is not None:
        matter.write()


def cache_of(root: Path) -> Path:
    """Return the folder of what builds of a project keep: compiled templates, front matter."""
    return root / ".cache" / "partials"


def _leave_out(config: Any, files: list[str]) -> None:
    """Keep drafts out of a build that has no staged tree, where nobody else leaves them out."""
    patterns = config["exclude_docs"] if files else None
    if patterns is None:
        return
    if isinstance(patterns, str):
        # Zensical has read its patterns before; better no site than one with drafts.
        raise _refusal([f"docs/{file}: là bản nháp, công cụ này không để ra được" for file in files])
    from pathspec.gitignore import GitIgnoreSpec

    config["exclude_docs"] = patterns + GitIgnoreSpec.from_lines([f"/{file}" for file in files])


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


def project_root(config: Any) -> Path:
    """Return the folder of ``mkdocs.yml``; the engines name it differently."""
    return Path(config["root_dir"] if "root_dir" in config else Path(config["config_file_path"]).parent)


def page_path(page: Any) -> str:
    """Return a page's path below ``docs/``; the engines name it differently."""
    return str(page.path if hasattr(page, "path") else page.file.src_uri)


def _refusal(lines: list[str]) -> Exception:
    told = "\n".join(["Dữ liệu có lỗi, chưa dựng trang:", *lines])
    try:
        # Of all exceptions, only PluginError stays a clean line in both build and serve.
        from mkdocs.exceptions import PluginError
    except ModuleNotFoundError:
        return RuntimeError(told)
    return PluginError(told)
