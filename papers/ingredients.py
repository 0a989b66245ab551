"""What a paper is made of besides its records: our modules, the files that these read from beside themselves, libraries,
fonts, templates. All found, nothing listed by hand."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata as metadata
import platform
import re
import site
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("knowledge", "papers")
_QUOTED = re.compile(rb"""["']([\w./-]+\.\w+)["']""")


def digest(module: str, root: Path = ROOT) -> str:
    """Return a digest of all that a writing module can use: its own imports and theirs, and what those stand on."""
    modules = own_modules(module, root)
    found = hashlib.sha256()
    for name, path in sorted(modules.items()):
        found.update(f"{name}\n".encode() + path.read_bytes())
    for path in files_beside(module, root):
        found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for library, version in sorted(libraries(frozenset(modules.values())).items()):
        found.update(f"{library} {version}\n".encode())
    return found.hexdigest()


def files_beside(module: str, root: Path = ROOT) -> list[Path]:
    """Return the files beside a writing module and its imports that are no modules: data, templates, fonts."""
    return sorted({*_look(root), *(one for path in own_modules(module, root).values() for one in files_named(path))})


def setting_digest(root: Path = ROOT) -> str:
    """Return a digest of what sets pages, their data apart.

    Within milliseconds, and coarser than ``digest``: no import is followed, every installed library counts.
    """
    found = hashlib.sha256("\n".join([platform.python_version(), *installed()]).encode())
    for path in setting_files(root):
        found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def setting_files(root: Path = ROOT) -> list[Path]:
    """Return the modules, templates and fonts that set pages, and what draws the code that a page set for trial bears."""
    papers = root / "papers"
    code = root / "knowledge" / "qr.py"
    return sorted([*papers.glob("*.py"), *(papers / "pdf").glob("*.py"), code, *_look(root)])


def installed() -> list[str]:
    """Return the installed libraries as their folders tell them: ``typst-0.15.2.dist-info``."""
    return sorted({path.name for folder in site.getsitepackages() for path in Path(folder).glob("*.dist-info")})


def _look(root: Path) -> list[Path]:
    """Return the fonts and the templates of the typesetter."""
    papers = root / "papers"
    return [*(papers / "pdf").glob("*.typ"), *(papers / "fonts").glob("*.ttf")]


def files_named(module: Path) -> set[Path]:
    """Return the files in a module's folder, or below it, that its text names: it may read them."""
    named = {module.parent / one.decode() for one in _quoted(module.read_bytes())}
    return {path for path in named if path.suffix != ".py" and path.is_file()}


@functools.cache
def _quoted(source: bytes) -> list[bytes]:
    return _QUOTED.findall(source)


def own_modules(module: str, root: Path = ROOT) -> dict[str, Path]:
    """Return our modules that importing one brings in, itself too, by name; imports inside functions count."""
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = _file_of(name, root)
        if name not in found and path:
            found[name] = path
            package = name.rpartition(".")[0]
            waiting += [package] if package else []
            waiting += [one for one in _imported(path, package or name) if one.split(".")[0] in PACKAGES]
    return found


def _file_of(name: str, root: Path) -> Path | None:
    base = root.joinpath(*name.split("."))
    return next((p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()), None)


def _imported(path: Path, package: str) -> Iterator[str]:
    """Yield the full names that a file imports; a name taken from a package may be a module or not."""
    yield from _names(path.read_bytes(), path.name == "__init__.py", package)


@functools.cache
def _names(source: bytes, is_package: bool, package: str) -> list[str]:
    return [*_all_names(source, is_package, package)]


def _all_names(source: bytes, is_package: bool, package: str) -> Iterator[str]:
    for node in _import_nodes(source, is_package):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            parent = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parent, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


@functools.cache
def _import_nodes(source: bytes, package: bool) -> list[ast.Import | ast.ImportFrom]:
    tree = ast.parse(source)
    # To import a package runs its first level alone; what its functions import is for who calls them.
    nodes = tree.body if package else ast.walk(tree)
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


@functools.cache
def libraries(files: frozenset[Path]) -> dict[str, str]:
    """Return the libraries that files import, and those that these need, by name with their versions."""
    imported = {name.split(".")[0] for path in files for name in _imported(path, "papers")}
    theirs = imported - set(PACKAGES) - set(sys.stdlib_module_names) - {""}
    found = {"python": platform.python_version()}
    waiting = [name for name, tops in _provided().items() if tops & theirs]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        if told := facts_of(name):
            found[name], needs = told
            waiting += needs
    return found


@functools.cache
def facts_of(library: str) -> tuple[str, list[str]] | None:
    """Return a library's version and what it needs; None for what another system or an extra would need."""
    try:
        return metadata.version(library), [_plain(one) for one in metadata.requires(library) or []]
    except metadata.PackageNotFoundError:
        return None


@functools.cache
def _provided() -> dict[str, frozenset[str]]:
    """Return what can be imported from each installed library; the standard way to ask takes ten times as long."""
    found = {}
    for one in metadata.distributions():
        record = one.read_text("RECORD") or ""
        tops = re.findall(r"^(\w+)(?:/__init__\.py|\.(?:py|[^/,]*so|[^/,]*pyd)),", record, re.MULTILINE)
        found[_plain(one.name)] = frozenset(tops)
    return found


def _plain(requirement: str) -> str:
    """Return the name in a requirement, as names are compared: ``Python_Docx>=1`` → ``python-docx``."""
    name = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", name.group()).lower() if name else ""
