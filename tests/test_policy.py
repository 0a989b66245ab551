"""Pages run their own scripts and no other: said by each page, by the headers of hosts, by nginx, and kept to by the browser."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import material
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.records.knowledge_base import KnowledgeBase
from publish.policy import HEADERS, NGINX, hash_of, inline_scripts, policy, write_policies
from publish.read_back import faults
from scripts.lint_pages import one_of_each_kind
from tests.browsing import DESKTOP, wait_until
from tests.conftest import PUBLIC, ROOT
from tests.sample import some_of

HEARD = """window.refused = [];
addEventListener("securitypolicyviolation", event =>
  refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
META = 'meta[http-equiv="Content-Security-Policy"]'


def own_policy(page: str) -> str:
    (said,) = LexborHTMLParser(page).css(META)
    return said.attributes["content"] or ""


# What is written -----------------------------------------------------------------------------------


def test_each_page_says_its_policy_before_all_it_holds_for(site: Path) -> None:
    told: set[str] = set()
    for file in sorted(site.rglob("*.html")):
        page = file.read_text("utf-8")
        own = own_policy(page)
        before = page[: page.index("Content-Security-Policy")]
        assert not re.search(r"<(script|link|style|img)\b", before), file
        assert "unsafe" not in own and "*" not in own and "http" not in own and "frame-ancestors" not in own, file
        assert own == policy(map(hash_of, inline_scripts(page))), file
        told.update(re.findall(r"'sha256-[^']+'", own))
    for name in (HEADERS, NGINX):
        (line,) = [line for line in (site / name).read_text("utf-8").splitlines() if "Content-Security-Policy" in line]
        assert set(re.findall(r"'sha256-[^']+'", line)) == told and "frame-ancestors 'self'" in line
    assert len(told) == 1, "what a strict policy must except is little: the colours chosen before"


def test_every_page_keeps_to_its_own_policy(site: Path) -> None:
    assert [str(fault) for fault in faults(site, policed=True)] == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("script-without-hash", "</body>", "<script>planted()</script></body>"),
        ("script-without-hash", "</body>", '<script type="module">planted()</script></body>'),
        ("script-without-hash", "var palette=", "var  palette="),
        ("style-refused", "</body>", '<p style="color:red">a</p></body>'),
        ("style-refused", "</head>", "<style>p {color: red}</style></head>"),
        ("no-policy", 'http-equiv="Content-Security-Policy"', 'name="x"'),
    ],
)
def test_what_a_browser_would_refuse_is_named_by_the_build(
    site: Path, tmp_path: Path, code: str, old: str, new: str
) -> None:
    page = (site / "han-che/hc1/index.html").read_text("utf-8")
    assert page.count(old) == 1
    (tmp_path / "a.html").write_text(page.replace(old, new), "utf-8")
    found = [fault for fault in faults(tmp_path, policed=True) if fault.code in (code, "no-policy")]
    assert [(fault.code, fault.file) for fault in found] == [(code, "site/a.html")]
    assert code not in {fault.code for fault in faults(tmp_path)}, "a folder, an editor's page says none"


def test_data_are_no_scripts_and_each_other_is_one() -> None:
    page = (
        '<script type="application/json">{}</script><script src="a.js"></script><script>a()</script>'
        '<script type=module>b()</script><SCRIPT type="text/javascript">\nc()</SCRIPT><script type="text/template">d</script>'
    )
    assert [*inline_scripts(page)] == ["a()", "b()", "\nc()"]


def test_what_hosts_send_fits_the_path_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "assets/main.57a0d79d.min.css", "assets/site.css", "sw.js"):
        (tmp_path / name).write_text('<meta charset="utf-8">', "utf-8")
    write_policies(tmp_path, PUBLIC)
    rules = (tmp_path / HEADERS).read_text("utf-8").splitlines()
    below = urlsplit(PUBLIC).path
    paths = [line for line in rules if not line.startswith(" ")]
    assert paths == [f"{below}*", f"{below}sw.js", f"{below}assets/main.57a0d79d.min.css"]
    assert rules[rules.index(f"{below}sw.js") + 1] == "  Cache-Control: no-store"
    assert f"error_page 404 {below}404.html;" in (tmp_path / NGINX).read_text("utf-8")


def test_the_theme_still_asks_for_what_is_written_once(site: Path) -> None:
    """What the theme writes into each page stands in first.js: another theme may ask for more."""
    partials = Path(material.__file__).parent / "templates" / "partials" / "javascripts"
    names = set(re.findall(r"(__md_\w+)=", (partials / "base.html").read_text("utf-8")))
    first = (ROOT / "docs/assets/scripts/everywhere/first.js").read_text("utf-8")
    assert names == set(re.findall(r"^\s+(__md_\w+):", first, re.MULTILINE))
    line = re.search(r"<script>var target.*</script>", (partials / "content.html").read_text("utf-8"))
    assert line and line[0] in (ROOT / "overrides/partials/javascripts/content.html").read_text("utf-8")
    bundle = next((site / "assets/javascripts").glob("bundle.*.js")).read_text("utf-8")
    assert set(re.findall(r"__md_(?:scope|hash|get|set)\b", bundle)) <= names


@pytest.mark.full
def test_the_folder_says_none(packed: Path, tmp_path: Path) -> None:
    """From a disk the search runs in a frame whose script is written into it (vendor/iframe-worker.js): no policy lets it."""
    shutil.unpack_archive(packed, tmp_path)
    assert not [file for file in tmp_path.rglob("*.html") if "Content-Security-Policy" in file.read_text("utf-8")]
    assert not [*tmp_path.rglob("_*")]


# What a browser does ---------------------------------------------------------------------------------


class Walk(NamedTuple):
    """A desk on which all that a policy refuses is heard."""

    page: Page
    said: list[str]

    def refused(self) -> list[str]:
        return [*self.page.evaluate("window.refused"), *self.said]


def walker(context: BrowserContext) -> Walk:
    context.set_default_timeout(15_000)
    context.add_init_script(HEARD)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return Walk(page, said)


@pytest.fixture
def walk(browser: Browser) -> Iterator[Walk]:
    context = browser.new_context(viewport=DESKTOP, service_workers="block", accept_downloads=True)
    yield walker(context)
    context.close()


def open_each(walk: Walk, address: str, names: list[str]) -> None:
    for name in names:
        walk.page.goto(f"{address}/{name.removesuffix('index.html')}")
        expect(walk.page.locator("h1").first).to_be_visible()
        # What scripts draw only when it is asked for.
        walk.page.evaluate(UNFOLD)
        walk.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        walk.page.wait_for_load_state("networkidle")
        assert walk.refused() == [], name


def test_some_pages_break_nothing(walk: Walk, address: str, kb: KnowledgeBase) -> None:
    open_each(walk, address, some_of(one_of_each_kind(kb), 10))


@pytest.mark.full
def test_a_page_of_each_kind_breaks_nothing(walk: Walk, address: str, kb: KnowledgeBase) -> None:
    open_each(walk, address, one_of_each_kind(kb))


def use_the_tools(walk: Walk, address: str) -> None:
    """Board, calendar, papers, programme, draft check, sheet, filled form, search, sharing, colours."""
    page = walk.page

    def go(path: str) -> None:
        if page.url != "about:blank":
            assert walk.refused() == [], page.url
        page.goto(f"{address}/{path}")

    go("tra-cuu/ky-hop-dang-chuan-bi/")
    page.locator("#ky-hop-ngay").fill("2027-02-05")
    go("tra-cuu/tien-do/")
    page.locator("#bang-vai-tro").select_option("van-phong")
    page.locator("#bang-khai-mac").fill("2027-02-05")
    expect(page.locator("[data-hd-board-body] .hd-dues").first).to_be_visible()
    with page.expect_download() as calendar:
        page.get_by_role("button", name="Đưa vào lịch điện thoại").click()
    assert calendar.value.suggested_filename.endswith(".ics")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="In lịch (A4 ngang)").click()
    wait_until(page, "window.printed")

    go("tra-cuu/chuong-trinh/")
    # The fold is drawn by the page's script, which may still be on its way.
    expect(page.get_by_label("Dán các dòng")).to_be_attached()
    page.evaluate(UNFOLD)
    page.get_by_label("Dán các dòng").fill("Tờ trình về chợ mới (10 phút)\nThảo luận (20 phút)")
    page.get_by_role("button", name="Đọc các dòng này").click()
    expect(page.locator(".hd-line").first).to_be_visible()
    with page.expect_download() as programme:
        page.get_by_role("button", name="(BM10)").click()
    assert Path(programme.value.path()).read_bytes()[:2] == b"PK"

    go("tra-cuu/soat-loi-du-thao/")
    page.locator("#dan-du-thao").fill((ROOT / "knowledge/draft_example.txt").read_text("utf-8"))
    page.get_by_role("button", name="Soát phần đã dán").click()
    expect(page.locator("[data-sign]").first).to_be_visible()

    go("danh-muc/dm07/")
    page.locator(".hd-tick").first.check()
    expect(page.locator(".hd-total")).to_contain_text("Xong 1/")
    go("bieu-mau/bm10/")
    page.locator("[data-hd-fill] summary").first.click()
    with page.expect_download() as form:
        page.get_by_role("button", name="đã điền").first.click()
    assert Path(form.value.path()).read_bytes()[:2] == b"PK"

    go("han-che/hc1/")
    page.locator(".md-search__input").fill("tham tra hinh thuc")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Chia sẻ trang này").click()
    expect(page.locator("#hd-share")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("label[for=__palette_1]").click()
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert walk.refused() == []


def test_no_tool_breaks_it(walk: Walk, address: str) -> None:
    use_the_tools(walk, address)


PLANTED = {
    "script": "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=\"window.ran = 1\">')",
    "address": "Object.assign(document.createElement('a'), {href: 'javascript:void(window.ran = 1)'}).click()",
    "style": "document.body.insertAdjacentHTML('beforeend', '<p id=planted style=\"color:red\">a</p>')",
    "foreign": "void fetch('https://vi-du.vn/x').catch(() => 0)",
    "frame": "document.body.insertAdjacentHTML('beforeend', '<iframe src=\"https://vi-du.vn/\"></iframe>')",
    "base": "document.head.append(Object.assign(document.createElement('base'), {href: 'https://vi-du.vn/'}))",
    "form": "document.body.insertAdjacentHTML('beforeend', '<form id=out action=\"https://vi-du.vn/\"></form>'), out.submit()",
}


def test_what_is_planted_is_refused_and_heard(walk: Walk, address: str) -> None:
    """Each beside a page that is whole: else silence would prove nothing."""
    for kind, done in PLANTED.items():
        walk.page.goto(f"{address}/nguon/")
        assert walk.page.evaluate("window.refused") == []
        # The page's own task, not the tools of the test, which may do what pages may not.
        walk.page.evaluate("done => void setTimeout(new Function(done))", done)
        for _ in range(50):
            if walk.page.evaluate("window.refused.length"):
                break
            walk.page.wait_for_timeout(20)
        assert len(walk.page.evaluate("window.refused")) == 1, kind
        assert walk.page.evaluate("window.ran") is None, kind


def test_an_inline_script_planted_in_the_file_does_not_run(walk: Walk, address: str, site: Path) -> None:
    page = (site / "nguon/index.html").read_text("utf-8")
    assert "</body>" in page
    planted = page.replace("</body>", "<script>window.ran = 1</script></body>")
    walk.page.route("**/nguon/", lambda route: route.fulfill(body=planted, content_type="text/html; charset=utf-8"))
    walk.page.goto(f"{address}/nguon/")
    (refused,) = walk.page.evaluate("window.refused")
    assert refused.startswith("script-src-elem inline") and walk.page.evaluate("window.ran") is None
    # Without the policy it would have run: the test itself sees the difference.
    walk.page.unroute("**/nguon/")
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", planted)
    walk.page.route("**/nguon/", lambda route: route.fulfill(body=free, content_type="text/html; charset=utf-8"))
    walk.page.goto(f"{address}/nguon/")
    assert walk.page.evaluate("window.ran") == 1


# nginx -----------------------------------------------------------------------------------------------

AS_WRITTEN = "/srv/so-tay"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, **headers: str) -> Answer:
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    opener = urllib.request.build_opener(_Stays)
    try:
        with opener.open(request, timeout=10) as got:
            return Answer(got.status, dict(got.headers.items()), got.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, dict(error.headers.items()), error.read())


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # type: ignore[override]
        return None


def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not found:
        pytest.skip("nginx is missing: apt-get install nginx-light")
    return found


@pytest.fixture(params=["/", "/so-tay/"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The site under Debian's nginx by deploy/nginx.conf, at the root of a host and below a path: (host, path)."""
    program, below = nginx(), request.param
    site = request.getfixturevalue("site" if below == "/" else "public")
    root = tmp_path / "srv"
    folder = root / below.strip("/")
    shutil.copytree(site, folder, copy_function=shutil.copyfile)
    for name in (".git/config", ".well-known/acme-challenge/x"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("x", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    for old, new in (
        (f"include {AS_WRITTEN}/_nginx.conf;", f"include {folder}/_nginx.conf;"),
        (f"root {AS_WRITTEN};", f"root {root};"),
        ("location / {", f"location {below} {{"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("    listen [::]:80;\n", ""),
    ):
        assert own.count(old) == 1, old
        own = own.replace(old, new)
    (tmp_path / "site.conf").write_text(own, "utf-8")
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}include {tmp_path}/site.conf;\n}}\n",
        "utf-8",
    )
    process = subprocess.Popen(
        [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], stderr=subprocess.PIPE
    )
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", below
    process.terminate()
    process.communicate()


@pytest.mark.full
def test_nginx_sends_what_deploy_says(served: tuple[str, str], site: Path) -> None:
    host, below = served
    at = f"{host}{below}"
    css = next((site / "assets/stylesheets").glob("main.*.css")).name
    script = "assets/scripts/everywhere/first.js"
    caching = {
        "": "no-cache", "danh-muc/dm07/": "no-cache", script: "no-cache", "tai-ve/dm07.pdf": "no-cache",
        f"assets/stylesheets/{css}": "public, max-age=31536000, immutable", "sw.js": "no-store",
        "khong-co/": "no-cache", "assets/stylesheets/main.00000000.min.css": "no-cache",
    }  # fmt: skip
    for path, wanted in caching.items():
        answer = ask(f"{at}{path}")
        assert answer.headers["Cache-Control"] == wanted, path
        assert answer.status == (404 if "khong" in path or "0000" in path else 200), path
        own = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in own and "unsafe" not in own and "sha256-" in own
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert (
            answer.headers["Referrer-Policy"] == "same-origin" and "camera=()" in answer.headers["Permissions-Policy"]
        )
        assert answer.headers["Server"] == "nginx"

    for path, kind in {
        "": "text/html; charset=utf-8",
        script: "application/javascript; charset=utf-8",
        f"assets/stylesheets/{css}": "text/css; charset=utf-8",
        "tai-ve/kb.json": "application/json; charset=utf-8",
        "manifest.webmanifest": "application/manifest+json",
        "search/search_index.json": "application/json; charset=utf-8",
    }.items():
        plain, packed = ask(f"{at}{path}"), ask(f"{at}{path}", Accept_Encoding="gzip")
        assert plain.headers["Content-Type"] == packed.headers["Content-Type"] == kind, path
        assert packed.headers.get("Content-Encoding") == "gzip" and packed.headers["Vary"] == "Accept-Encoding", path
        assert gzip.decompress(packed.body) == plain.body and len(packed.body) < 0.7 * len(plain.body), path
        again = ask(f"{at}{path}", Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
        assert (again.status, again.body) == (304, b""), path

    whole = ask(f"{at}tai-ve/dm07.pdf", Accept_Encoding="gzip")
    assert "Content-Encoding" not in whole.headers and whole.body[:4] == b"%PDF"
    part = ask(f"{at}tai-ve/dm07.pdf", Range="bytes=100-199")
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.body)}"


@pytest.mark.full
def test_nginx_shows_nothing_that_is_no_page(served: tuple[str, str]) -> None:
    host, below = served
    at = f"{host}{below}"
    paths = (
        "khong-co.html",
        "khong-co/",
        "assets/",
        "assets/scripts/",
        "tai-ve/",
        "_nginx.conf",
        "_headers",
        ".git/config",
    )
    for path in (*paths, "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd"):
        answer = ask(f"{at}{path}")
        assert answer.status in (400, 404) and b"Index of" not in answer.body and b"root:" not in answer.body, path
        if answer.status == 404 and path in paths:
            assert b'<html lang="vi"' in answer.body and b"md-header" in answer.body, path
    assert ask(f"{at}.well-known/acme-challenge/x").body == b"x"
    moved = ask(f"{at}danh-muc")
    assert (moved.status, moved.headers["Location"]) == (301, f"{below}danh-muc/"), "of no host, no port"
    if below != "/":
        assert ask(f"{host}{below.rstrip('/')}").headers["Location"] == below
        outside = ask(f"{host}/")
        assert outside.status in (403, 404) and "Content-Security-Policy" not in outside.headers, "others keep theirs"


@pytest.mark.full
def test_under_nginx_every_tool_works_and_nothing_is_refused(served: tuple[str, str], walk: Walk) -> None:
    host, below = served
    use_the_tools(walk, f"{host}{below}".rstrip("/"))
    walk.page.goto(f"{host}{below}khong-co/")
    expect(walk.page.locator(".md-header")).to_be_visible()
    assert walk.page.evaluate("window.refused") == []


@pytest.mark.full
def test_under_nginx_the_site_is_kept_on_the_device(served: tuple[str, str], browser: Browser) -> None:
    host, below = served
    context = browser.new_context(viewport=DESKTOP)
    kept = walker(context)
    # Of a large book the device keeps what was opened.
    for path in ("danh-muc/dm07/", ""):
        kept.page.goto(f"{host}{below}{path}")
        told = re.compile("^Đã lưu .*xem khi không có mạng")
        expect(kept.page.locator(".hd-offline p")).to_have_text(told, timeout=60_000)
    context.set_offline(True)
    kept.page.goto(f"{host}{below}danh-muc/dm07/")
    kept.page.locator(".hd-tick").first.check()
    expect(kept.page.locator(".hd-total")).to_contain_text("Xong 1/")
    assert kept.page.evaluate("window.refused") == []
    context.close()
