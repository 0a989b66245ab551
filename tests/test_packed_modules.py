"""Modules sent as one: the same names, the same objects, and what cannot be packed stops the build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from publish.packed_modules import PACK, PACKED, exports_of, from_the_pack, pack
from publish.project import BuildFailed
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs/assets/scripts"
ONE, TWO = "ui/element.js", "basics/times.js"
FIRST = "export const a = 1;\nexport async function b() {}\n"
ASKED = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}/[^"']+\.js)["']""")
KEYS = "async path => Object.keys(await import(path)).sort()"


def packed(**sources: str) -> str:
    named = {name.replace("_", "/") + ".js": text for name, text in sources.items()}
    return pack(named, {name: exports_of(text) for name, text in named.items()})


def test_each_module_keeps_a_scope_and_its_exports_bear_its_name() -> None:
    text = packed(
        ui_element=FIRST, basics_times='import { a as own, b } from "../ui/element.js";\nexport const c = own;\n'
    )
    assert "const { a: own, b } = $ui_element;" in text
    assert "export const { a: element_a, b: element_b } = $ui_element;" in text
    assert text.index("$ui_element = ") < text.index("$basics_times = ")
    assert len(re.findall(r"^export ", text, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    "line",
    [
        'import { a } from "../pages/ticks.js";',
        'import * as all from "../ui/element.js";',
        'import "../ui/element.js";',
        'const later = () => import("../ui/element.js");',
        "export default 1;",
        "export { a };",
        "export let d = 1;",
        "await 1;",
        "const here = import.meta.url;",
    ],
)
def test_what_cannot_stand_in_a_function_stops_the_build(line: str) -> None:
    with pytest.raises(BuildFailed, match=r"basics/times\.js"):
        packed(ui_element=FIRST, basics_times=f"{line}\nexport const c = 2;\n")


def test_a_module_may_not_import_one_that_runs_after_it() -> None:
    with pytest.raises(BuildFailed, match=r"ui/element\.js"):
        packed(ui_element=f'import {{ c }} from "../basics/times.js";\n{FIRST}', basics_times="export const c = 2;\n")


def test_other_scripts_import_from_the_pack_and_keep_their_names() -> None:
    source = 'import {\n make, button as plain,\n} from "../ui/element.js";\nimport { x } from "../kept/store.js";\nmake(plain);\n'
    assert from_the_pack("pages/ticks.js", source) == (
        'import { element_make as make, element_button as plain } from "../everywhere/together.js";\n'
        'import { x } from "../kept/store.js";\nmake(plain);\n'
    )
    assert '"./together.js"' in from_the_pack("everywhere/share.js", source)
    with pytest.raises(BuildFailed, match=r"pages/ticks\.js"):
        from_the_pack("pages/ticks.js", 'import * as all from "../ui/element.js";\n')


def test_nothing_else_of_the_site_asks_for_a_packed_module(site: Path) -> None:
    folder = site / "assets/scripts"
    asked = set()
    for file in folder.rglob("*.js"):
        for place in ASKED.findall(file.read_text("utf-8")):
            asked.add((file.parent / place).resolve().relative_to(folder).as_posix())
    assert PACK in asked
    assert len(asked) > 40
    assert asked & set(PACKED) == set()
    for file in site.rglob("*.html"):
        assert not any(f'assets/scripts/{name}"' in file.read_text("utf-8") for name in PACKED), file


def test_a_packed_modules_own_file_gives_the_same_objects(context: BrowserContext, address: str, modules: Page) -> None:
    """A page of an earlier build, or one's own, may name it: two copies of what is kept would overwrite each other."""
    page = context.new_page()
    page.goto(f"{address}/")
    for name in PACKED:
        place, own = f"/assets/scripts/{name}", name.rpartition("/")[2].removesuffix(".js").replace("-", "_")
        names = page.evaluate(KEYS, place)
        assert names == modules.evaluate(KEYS, f"/{name}")
        assert names == sorted(exports_of((SCRIPTS / name).read_text("utf-8")))
        same = "async ([own, pack, name]) => { const [a, b] = [await import(own), await import(pack)]; return Object.keys(a).every(k => a[k] === b[`${name}_${k}`]); }"
        assert page.evaluate(same, [place, f"/assets/scripts/{PACK}", own])
