"""``make links`` tells dead addresses outside the site from living ones; proved on a server of its own."""

from __future__ import annotations

import http.server
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.records.issues import Level, report
from scripts.check_links import EXCEPTIONS, LinkException, Patience, addresses, ask, check, read_exceptions

HASTE = Patience(answer=0.2, pause=0)
SINCE = date(2026, 12, 1)


class Portal:
    """A server that answers each path in its own way and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.at_once, self.most = 0, 0
        self.closing = threading.Event()
        self.counting = threading.Lock()
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                portal.answer(self)

            do_HEAD = do_GET

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, question: http.server.BaseHTTPRequestHandler) -> None:
        path, head = question.path, question.command == "HEAD"
        with self.counting:
            self.asked[f"{question.command} {path}"] += 1
            self.agents.add(question.headers["User-Agent"])
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        if path == "/slow":
            self.closing.wait(5)
        code, extra = 200, {}
        if path.startswith("/moved"):
            code, extra = 301, {"Location": {"/moved": "/alive", "/moved-away": nowhere()}.get(path, "/gone")}
        elif path == "/cookie" and "Cookie" not in question.headers:
            code, extra = 302, {"Location": "/cookie", "Set-Cookie": "seen=1"}
        elif path == "/gone" or (path == "/no-head" and head):
            code = 405 if head else 404
        elif path == "/busy-once" and self.asked["GET /busy-once"] < 2:
            code = 503
        with self.counting:
            self.at_once -= 1
        question.send_response(code)
        for name, value in extra.items():
            question.send_header(name, value)
        question.end_headers()


def nowhere() -> str:
    """Return an address where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def portal() -> Iterator[Portal]:
    it = Portal()
    yield it
    it.closing.set()
    it.server.shutdown()
    it.server.server_close()


ALIVE = ("/alive", "/moved", "/no-head", "/cookie", "/busy-once", "/văn bản?số=1%2F2")
DEAD = {
    "/gone": "404 Not Found",
    "/moved-to-nothing": "404 Not Found",
    "/slow": "không trả lời trong 0.2 giây",
    "/moved-away": "dẫn tới nơi không kết nối được",
}


def test_each_answer_is_understood(portal: Portal) -> None:
    for path in ALIVE:
        assert ask(portal.address + path, HASTE) is None, path
    for path, reason in DEAD.items():
        fault = ask(portal.address + path, HASTE)
        assert fault and fault.reason.startswith(reason) and not fault.of_host, (path, fault)
    assert (portal.asked["HEAD /slow"], portal.asked["GET /slow"]) == (2, 2)
    assert all(agent.startswith("so-tay-hdnd ") for agent in portal.agents)


def test_what_is_gone_is_not_asked_for_again(portal: Portal) -> None:
    assert ask(f"{portal.address}/gone", HASTE)
    assert portal.asked == {"HEAD /gone": 1, "GET /gone": 1}


def test_each_dead_address_is_one_line_and_a_host_gets_one_request_at_a_time(portal: Portal) -> None:
    paths = ("/alive", "/gone", "/no-head", "/moved-to-nothing", *(f"/alive?{n}" for n in range(20)))
    pages = {portal.address + path: ["a/index.html", "b/index.html"] for path in paths}
    closed = nowhere()
    pages |= {f"{closed}/{n}": ["c/index.html"] for n in range(9)}
    lines = report(check(pages, [], HASTE))
    assert len(lines) == 3 and portal.most == 1
    assert lines[0].startswith(f"site/a/index.html: LỖI {portal.address}/gone: 404 Not Found (và 1 trang khác) → ")
    start = f"site/c/index.html: LỖI {closed.removeprefix('http://')}: không kết nối được: "
    assert lines[2].startswith(start) and "; 9 địa chỉ ở đó " in lines[2]


def test_exceptions_are_told_and_so_are_those_that_excuse_nothing(portal: Portal) -> None:
    excuses = [
        LinkException(prefix=f"{portal.address}/gone", reason="chỉ mở cho trình duyệt", since=SINCE),
        LinkException(prefix="https://khong-con.vn/", reason="như trên", since=SINCE),
    ]
    found = {issue.code: issue for issue in check({f"{portal.address}/gone/1": ["a.html"]}, excuses, HASTE)}
    assert found.keys() == {"skipped", "unused"} and not portal.asked
    assert found["skipped"].level == Level.INFO and "2026-12-01: chỉ mở" in str(found["skipped"])
    assert str(found["unused"]).startswith("scripts/link_exceptions.yml: CẢNH BÁO https://khong-con.vn/:")


def test_exceptions_are_read_and_a_wrong_one_is_one_line(tmp_path: Path) -> None:
    read_exceptions(EXCEPTIONS)
    path = tmp_path / "x.yml"
    good = "- prefix: https://vi-du.vn/\n  reason: chỉ mở cho trình duyệt\n  since: 2026-12-01\n"
    path.write_text(good, "utf-8")
    assert [one.since for one in read_exceptions(path)] == [SINCE]
    for wrong in (good.replace("reason", "why"), good.replace("https:", ""), "- [", "", good.replace("2026-12", "x")):
        path.write_text(wrong, "utf-8")
        with pytest.raises(ValueError, match=r"^scripts/link_exceptions.yml: LỖI [^\n]+\[exception-form\]$"):
            read_exceptions(path)


def test_addresses_are_those_that_pages_link_to(tmp_path: Path) -> None:
    link = '<a href="https://vi-du.vn/luat#dieu-1">x</a><a href="https://vi-du.vn/luat">x</a><a href="b/">x</a>'
    (tmp_path / "b").mkdir()
    (tmp_path / "index.html").write_text(f'<link rel="canonical" href="https://chinh-no.vn/">{link}', "utf-8")
    (tmp_path / "b" / "index.html").write_text(f'{link}<a href="http://[">x</a><a href="mailto:a@b.vn">x</a>', "utf-8")
    both = ["b/index.html", "index.html"]
    assert addresses(tmp_path) == {"https://vi-du.vn/luat": both, "http://[": both[:1]}
    assert [issue.code for issue in check({"http://[": both}, [], HASTE)] == ["dead-address"]
