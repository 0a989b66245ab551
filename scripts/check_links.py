"""``make links``: asks every address outside the site, as its built pages link to them, whether it still answers.

Hosts are asked side by side, each with one request at a time: HEAD, then GET where that is refused, and once more
after what may pass. A host that cannot be reached is one line, and the rest of its addresses are not asked. What
is not to be asked stands in ``scripts/link_exceptions.yml``. Exit code 1 if any address is dead.
"""

from __future__ import annotations

import argparse
import datetime
import string
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.records.issues import Issue, Level, report
from publish.project import ROOT
from publish.read_back import read_site
from scripts.command import failing, in_ci, run

EXCEPTIONS = Path(__file__).with_name("link_exceptions.yml")
EXCEPTIONS_NAME = f"scripts/{EXCEPTIONS.name}"
HEADERS = {"User-Agent": "so-tay-hdnd link check (So tay HDND; once a week)", "Accept": "*/*"}
HOSTS_AT_ONCE = 8
TRIES = 2
MAY_PASS = (408, 425, 429)
"""Answers, beside all of the server's own faults (5xx), after which asking again makes sense."""


@dataclass(frozen=True)
class Patience:
    """How many seconds an answer may take, and how many pass before a second try."""

    answer: float = 20
    pause: float = 3


class LinkException(BaseModel):
    """Addresses that are not asked: how they begin, why, since when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prefix: str = Field(pattern=r"^https?://[^/]+")
    reason: str = Field(min_length=1)
    since: datetime.date


@dataclass(frozen=True)
class Fault:
    """Why an address is dead."""

    reason: str
    may_pass: bool = True
    of_host: bool = False


class _Redirects(HTTPRedirectHandler):
    """Follows redirects and remembers it: then it may be another host that cannot be reached."""

    followed = False

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        self.followed = True
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def addresses(site: Path) -> dict[str, list[str]]:
    """Return the addresses outside the site, without fragments, each with the pages that link to it."""
    found: dict[str, list[str]] = {}
    for page in read_site(site).values():
        links = [address.partition("#")[0] for tag, address in page.links if tag == "a"]
        for address in dict.fromkeys(links):
            if address.lower().startswith(("http://", "https://")):
                found.setdefault(address, []).append(page.file)
    return found


def host_of(address: str) -> str:
    """Return an address's host, with its port if it names one."""
    return address.split("/")[2].lower()


def read_exceptions(path: Path) -> list[LinkException]:
    """Return what is not to be asked. Raises ValueError with one line."""
    try:
        return TypeAdapter(list[LinkException]).validate_python(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        where, what = ".".join(map(str, error.errors()[0]["loc"])), error.errors()[0]["msg"]
    except yaml.YAMLError as error:
        where, what = "", str(error)
    raise ValueError(str(Issue(EXCEPTIONS_NAME, 0, where, "exception-form", what, "viết như mẫu ở đầu tệp")))


def check(pages_of: dict[str, list[str]], exceptions: list[LinkException], patience: Patience) -> Iterator[Issue]:
    """Ask all addresses but the exceptions; yield what is dead, what was passed over, what excuses nothing."""
    by_host: dict[str, list[str]] = {}
    for address, pages in pages_of.items():
        if excuse := next((one for one in exceptions if address.startswith(one.prefix)), None):
            message = f"không hỏi, từ {excuse.since}: {excuse.reason}"
            yield Issue(f"site/{pages[0]}", 0, address, "skipped", message, level=Level.INFO)
        else:
            by_host.setdefault(host_of(address), []).append(address)
    for one in exceptions:
        if not any(address.startswith(one.prefix) for address in pages_of):
            message = "không còn địa chỉ nào bắt đầu như vậy"
            yield Issue(EXCEPTIONS_NAME, 0, one.prefix, "unused", message, "xóa mục này", Level.WARNING)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for dead in pool.map(lambda asked: ask_host(asked, patience), by_host.values()):
            for address, fault in dead.items():
                yield _issue(address, pages_of[address], fault, len(by_host[host_of(address)]))


def _issue(address: str, pages: list[str], fault: Fault, at_host: int) -> Issue:
    file = f"site/{pages[0]}"
    if fault.of_host:
        message = f"{fault.reason}; {at_host} địa chỉ ở đó chưa hỏi xong"
        return Issue(file, 0, host_of(address), "unreachable", message, "kiểm tra mạng rồi chạy lại")
    others = f" (và {len(pages) - 1} trang khác)" if len(pages) > 1 else ""
    remedy = f"sửa địa chỉ, hoặc ghi lý do vào {EXCEPTIONS_NAME}"
    return Issue(file, 0, address, "dead-address", fault.reason + others, remedy)


def ask_host(asked: list[str], patience: Patience) -> dict[str, Fault]:
    """Ask a host's addresses one after the other; return the dead ones. One that cannot be reached ends it."""
    dead: dict[str, Fault] = {}
    for address in asked:
        if fault := ask(address, patience):
            dead[address] = fault
            if fault.of_host:
                break
    return dead


def ask(address: str, patience: Patience) -> Fault | None:
    """Return why an address is dead, or None."""
    redirects = _Redirects()
    # Some portals send whoever brings no cookie round in circles.
    opener = build_opener(HTTPCookieProcessor(), redirects)
    fault: Fault | None = None
    for attempt in range(TRIES):
        if attempt:
            time.sleep(patience.pause)
        redirects.followed = False
        fault = _request(opener, "HEAD", address, patience.answer)
        if fault and not fault.of_host:
            fault = _request(opener, "GET", address, patience.answer)
        if fault is None or not fault.may_pass:
            break
    if fault and fault.of_host and redirects.followed:
        return Fault(f"dẫn tới nơi {fault.reason}")
    return fault


def _request(opener: OpenerDirector, method: str, address: str, seconds: float) -> Fault | None:
    try:
        request = Request(quote(address, safe=string.punctuation), method=method, headers=HEADERS)
        with opener.open(request, timeout=seconds):
            return None
    except HTTPError as error:
        error.close()
        return Fault(f"{error.code} {error.reason}", may_pass=error.code >= 500 or error.code in MAY_PASS)
    except URLError as error:
        # The library's word for all that goes wrong before the question is put: name, connection, certificate.
        return Fault(f"không kết nối được: {error.reason}", of_host=True)
    except TimeoutError:
        return Fault(f"không trả lời trong {seconds:g} giây")
    except (OSError, HTTPException, ValueError) as error:
        return Fault(f"{type(error).__name__}: {error}")


def main() -> int:
    """Ask all addresses of a built site. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        print(f"{options.site.name}/: chưa có trang nào; chạy make site trước")
        return 1
    try:
        exceptions = read_exceptions(EXCEPTIONS)
    except ValueError as error:
        print(error)
        return 1
    found = addresses(options.site)
    print(f"Đang hỏi {len(found)} địa chỉ …", flush=True)
    issues = list(check(found, exceptions, Patience()))
    for line in report(issues):
        print(line)
    counts = {code: sum(one.code == code for one in issues) for code in ("dead-address", "unreachable", "skipped")}
    print(
        f"{len(found)} địa chỉ: {counts['dead-address']} không còn, {counts['skipped']} không hỏi; "
        f"{counts['unreachable']} máy chủ không kết nối được"
    )
    return int(failing(issues, strict=in_ci()))


if __name__ == "__main__":
    run(main)
