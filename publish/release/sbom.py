"""What the release is made of, as CycloneDX 1.6 in JSON: the locked packages with their hashes, scripts and fonts that lie in it.

Written by the specification (https://cyclonedx.org/docs/1.6/json/): few fields, none of which the standard library lacks.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from publish.project import BuildFailed

FORMAT, VERSION = "CycloneDX", "1.6"
LOCK = "requirements/site.lock"
INDEX = "https://pypi.org/simple"
NAME = "so-tay-hdnd"
VENDOR = "docs/assets/scripts/vendor"
_PACKAGE = re.compile(r"([A-Za-z0-9][\w.-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?")
_HASH = re.compile(r"\s+--hash=sha256:([0-9a-f]{64})\s*\\?")
_VENDORED = re.compile(r"/\*!\s*(?:\* )?(?P<title>[\w -]+?) (?P<version>\d+(?:\.\d+)+)\b")
"""How a script of others begins: its name and version."""
FONTS = ("docs/assets/fonts/be-vietnam-pro-*.woff2", "papers/fonts/BeVietnamPro-*.ttf")

Component = dict[str, Any]


def sbom(root: Path, name: str, day: date) -> str:
    """Return the bill of materials of an edition; the same for the same locks and files. Raises BuildFailed."""
    parts = [*locked((root / LOCK).read_text("utf-8")), *vendored(root), fonts(root)]
    parts.sort(key=lambda one: str(one["bom-ref"]))
    itself = f"pkg:generic/{NAME}@{day.isoformat()}"
    known = {one["name"]: one["bom-ref"] for one in parts}
    direct = [*asked_for(root), *(one["name"] for one in parts if not str(one["bom-ref"]).startswith("pkg:pypi/"))]
    if lost := [one for one in direct if one not in known]:
        raise BuildFailed(f"{LOCK}: thiếu {', '.join(lost)}; make lock rồi chạy lại")
    told: dict[str, Any] = {
        "metadata": {
            "timestamp": f"{day.isoformat()}T00:00:00Z",
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": NAME,
                "description": name,
                "version": day.isoformat(),
                "licenses": [{"license": {"id": "MIT"}}, {"license": {"id": "CC-BY-4.0"}}],
            },
        },
        "components": parts,
        # What these ask for in turn stands among the components; the lock does not say by whom.
        "dependencies": [{"ref": itself, "dependsOn": sorted(known[one] for one in direct)}],
    }
    mark = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))
    head = {"bomFormat": FORMAT, "specVersion": VERSION, "serialNumber": f"urn:uuid:{mark}", "version": 1}
    return json.dumps(head | told, ensure_ascii=False, indent=2) + "\n"


def locked(text: str) -> list[Component]:
    """Return the packages of a lock file, each with the hashes of all its files. Raises BuildFailed for a line not understood."""
    found: list[Component] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        package, digest = _PACKAGE.fullmatch(line), _HASH.fullmatch(line)
        if package:
            found.append(_package(package[1], package[2], package[3] or ""))
        elif digest and found:
            found[-1]["externalReferences"][0]["hashes"].append({"alg": "SHA-256", "content": digest[1]})
        else:
            raise BuildFailed(f"{LOCK}:{number}: không hiểu dòng này; make lock rồi chạy lại")
    for one in found:
        if not one["externalReferences"][0]["hashes"]:
            raise BuildFailed(f"{LOCK}: {one['name']} không có hash; make lock rồi chạy lại")
    return found


def _package(name: str, version: str, marker: str) -> Component:
    normal = re.sub(r"[-_.]+", "-", name).lower()
    url = f"pkg:pypi/{normal}@{version}"
    component: Component = {"type": "library", "bom-ref": url, "name": normal, "version": version}
    # Of one package several files may be installed; the hashes are those of the files, as the index offers them.
    where = {"type": "distribution", "url": f"{INDEX}/{normal}/", "hashes": []}
    component |= {"scope": "optional" if marker else "required", "purl": url, "externalReferences": [where]}
    return component | ({"properties": [{"name": f"{NAME}:marker", "value": marker}]} if marker else {})


def vendored(root: Path) -> list[Component]:
    """Return the scripts of others that lie in the project. Raises BuildFailed for one that does not say what it is."""
    found = []
    for path in sorted((root / VENDOR).glob("*.js")):
        head = _VENDORED.match(path.read_text("utf-8"))
        if not head:
            raise BuildFailed(f"{VENDOR}/{path.name}: dòng đầu không ghi tên và phiên bản; viết /*! tên 1.2.3")
        url = f"pkg:npm/{path.stem}@{head['version']}"
        found.append(
            {
                "type": "library",
                "bom-ref": url,
                "name": path.stem,
                "version": head["version"],
                "scope": "required",
                # Our files bear a comment more than the package's: this is the hash of what is handed on.
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
                "licenses": [{"license": {"id": "MIT"}}],
                "purl": url,
            }
        )
    return found


def fonts(root: Path) -> Component:
    """Return the one typeface, with each of its files."""
    files = [path for pattern in FONTS for path in sorted(root.glob(pattern))]
    return {
        "type": "file",
        "bom-ref": "font:be-vietnam-pro",
        "name": "be-vietnam-pro",
        "scope": "required",
        "licenses": [{"license": {"id": "OFL-1.1"}}],
        "components": [
            {
                "type": "file",
                "bom-ref": f"font:be-vietnam-pro/{path.name}",
                "name": path.relative_to(root).as_posix(),
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            }
            for path in files
        ],
    }


def asked_for(root: Path) -> list[str]:
    """Return the packages that the project itself asks for."""
    asked = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = [re.match(r"[\w.-]+", one) for one in asked]
    return [re.sub(r"[-_.]+", "-", one[0]).lower() for one in names if one]
