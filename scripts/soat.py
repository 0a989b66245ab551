"""``make soat FILE="a.docx b.txt"``: what the draft check shows of files, by the browser's own modules.

Exit code 0: nothing to see; 1: something; 2: a file that cannot be read, or no browser.
"""

from __future__ import annotations

import base64
import json
import os
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from publish.generated import script_files
from scripts.command import checked, run
from scripts.script_page import NoBrowser, script_page

USAGE = 'viết: make soat FILE="a.docx b.txt" FORMAT=json (FORMAT bỏ trống thì in chữ)'
MOST_BYTES = 20_000_000
"""As the page: what is larger is not read."""

CHECK = """async ([name, encoded]) => {
  const [{ checkDraft, recordOf }, { textOfFile }, { REFUSALS }] = await Promise.all(["with-data", "read-file", "refusals"].map((one) => import(`/draft/${one}.js`)));
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  try {
    const { read, guess, found } = checkDraft(textOfFile(bytes, name), {});
    return { kind: guess.kind || guess.sort, body: guess.body, read, titles: Object.fromEntries(found.map(({ sign }) => [sign, recordOf(sign).title])),
      found: found.map(({ sign, level, where, quote, message, detail, mend, line }) => ({ sign, level, where, quote: quote || "",
        message: [message, detail, mend].filter(Boolean).join(" "), line: line === undefined ? null : line + 1 })) };
  } catch (fault) {
    if (!(fault.message in REFUSALS)) throw fault;
    return { unread: REFUSALS[fault.message] };
  }
}"""
READ_FOOT = 'async () => (await import("/draft/with-data.js")).FOOT'


def wanted_files(asked: str) -> tuple[list[Path], list[str]]:
    """Return the files that a command names, and a line for each that is none or too large."""
    try:
        names = shlex.split(asked)
    except ValueError:
        return [], [f"FILE: thiếu dấu nháy đóng → {USAGE}"]
    if not names:
        return [], [f"FILE: chưa nêu tệp nào → {USAGE}"]
    files, faults = [], []
    for name in names:
        path = Path(name)
        if not path.is_file():
            faults.append(f"{name}: không có tệp này → kiểm tra đường dẫn")
        elif path.stat().st_size > MOST_BYTES:
            faults.append(f"{name}: tệp lớn quá 20 MB → bỏ bớt ảnh, hoặc dán chữ vào tệp .txt")
        else:
            files.append(path)
    return files, faults


def as_text(results: list[dict[str, Any]], foot: str) -> str:
    """Return results as lines to read, what they are not below."""
    lines: list[str] = []
    for one in results:
        lines.append(f"{one['file']}:")
        if "unread" in one:
            lines.append(f"  không đọc: {one['unread']}")
            continue
        if not one["found"]:
            lines.append("  không thấy chỗ nào cần nhắc")
        for found in one["found"]:
            place = f"dòng {found['line']}" if found["line"] else "cả văn bản"
            quote = f" “{found['quote']}”" if found["quote"] else ""
            lines.append(
                f"  {place}: [{found['level']}] {one['titles'][found['sign']]}{quote}. {found['message']} [{found['sign']}]"
            )
    return "\n".join([*lines, foot])


def as_json(results: list[dict[str, Any]]) -> str:
    """Return results as one JSON array: ``[{file, kind, body, read, found: [{sign, level, where, quote, message}]}]``.

    A file that could not be read has ``unread`` instead, with the reason.
    """
    rows = [{key: value for key, value in one.items() if key != "titles"} for one in results]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def soat(files: list[Path], generated: dict[str, str | bytes]) -> tuple[list[dict[str, Any]], str]:
    """Check files in a headless browser, each alone; return results and what stands below them. Raises NoBrowser."""
    with script_page(generated) as page:
        return [
            {"file": str(path), **page.evaluate(CHECK, [path.name, base64.b64encode(path.read_bytes()).decode()])}
            for path in files
        ], page.evaluate(READ_FOOT)


def main() -> int:
    """Check the files that ``FILE`` names; faults of the command stand on standard error, all at once."""
    files, faults = wanted_files(os.environ.get("FILE", ""))
    form = os.environ.get("FORMAT", "").strip() or "text"
    if form not in ("text", "json"):
        faults.append(f"FORMAT={form[:40]}: chỉ có text, json → {USAGE}")
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    # Standard output is the result's alone: other programs read it.
    with redirect_stdout(sys.stderr):
        kb, good = checked(strict=False)
    if not good:
        return 2
    try:
        results, foot = soat(files, script_files(kb, "directory"))
    except NoBrowser as fault:
        print(f"soát lỗi dự thảo: {fault}", file=sys.stderr)
        return 2
    print(as_json(results) if form == "json" else as_text(results, foot))
    if any("unread" in one for one in results):
        return 2
    return 1 if any(one["found"] for one in results) else 0


if __name__ == "__main__":
    run(main)
