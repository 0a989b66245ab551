"""``make inbox FILE=…``: check what somebody sent, have each name struck or confirmed, place it as a draft source.

``FILE=-`` reads what is pasted. ``strike="Nguyễn Văn A; 0912 345 678"`` and ``keep="Bản Bo"`` answer for each suspect.
"""

from __future__ import annotations

import contextlib
import os
import sys
from itertools import count
from pathlib import Path

from knowledge.checks.project import check_project
from knowledge.inbox import draft_page, longer_names, parts_met, read_received, struck, suspects, told_recurrence
from knowledge.records.read import MAX_BYTES
from knowledge.text import folded_space, nfc
from publish.project import ROOT, write_changed

FOLDER = "docs/nguon"


def main() -> int:
    """Place one draft, or say what has to be answered first. Returns the exit code: 1 where nothing was written."""
    text, fault = _text(os.environ.get("FILE", "").strip())
    if fault:
        print(fault)
        return 1
    kb, _issues = check_project(ROOT)
    received = read_received(text, kb.edition.date)
    if received is None or not received.sentences:
        print("Không đọc được câu nào. Dán lời đã gửi, hoặc dùng tệp mà trang Rút kinh nghiệm tải về.")
        return 1
    strike, keep = _listed("strike"), _listed("keep")
    whole = " ".join(received.sentences)
    unknown = [name for name in (*strike, *keep) if name not in whole]
    for name in unknown:
        print(f"strike, keep: không có “{name}” trong lời gửi; chép đúng từng chữ")
    left = suspects(struck(received, strike, keep), keep)
    asked = {one.text for one in left}
    left += [one for one in longer_names(received, strike, keep) if one.text not in asked]
    for one in left:
        print(f"Có thể là tên người hoặc số máy: “{one.text}” trong câu “{_short(one.sentence)}”")
    if left:
        print('Bỏ đi: thêm strike="…; …". Không phải tên người: thêm keep="…; …". Chưa ghi tệp nào.')
    if left or unknown:
        return 1
    received = struck(received, strike, keep)
    named, likely = parts_met(kb, received)
    for part in named:
        print(f"Lặp lại: {told_recurrence(kb, part)}")
    for part in likely:
        print(f"Có thể là: {told_recurrence(kb, part)}; đúng thì thêm vào evidence")
    if not named and not likely:
        print("Chưa khớp lỗi nào trong sổ tay.")
    taken = {path.stem for path in (ROOT / FOLDER).glob("*.md")}
    source_id = next(free for number in count(1) if (free := f"nhan-{received.day}-{number}") not in taken)
    file = f"{FOLDER}/{source_id}.md"
    write_changed(ROOT / file, draft_page(kb, received, source_id))
    print(f"Đã tạo {file} (bản nháp). Xem: make serve. Soát xong thì xóa dòng draft, rồi make check.")
    return 0


def _text(name: str) -> tuple[str, str]:
    """Return (text, fault or '')."""
    if not name:
        return "", "Thiếu tệp. Ví dụ: make inbox FILE=gop-y.txt, hoặc FILE=- rồi dán lời vào"
    try:
        # A device, or what another program writes without end, is no file that somebody sent.
        if name != "-" and Path(name).exists() and not Path(name).is_file():
            return "", f"{name}: không phải tệp; ghi đường dẫn của một tệp"
        with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        return "", f"{name[:200]}: không đọc được ({getattr(error, 'strerror', None) or 'liên kết vòng'})"
    if len(raw) > MAX_BYTES:
        return "", f"{name}: dài quá {MAX_BYTES:,} byte; tách nhỏ"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", f"{name}: không phải UTF-8; mở bằng trình soạn thảo và lưu lại với mã UTF-8"


def _listed(variable: str) -> list[str]:
    return [name for part in os.environ.get(variable, "").split(";") if (name := folded_space(nfc(part)))]


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:87]}…"


if __name__ == "__main__":
    sys.exit(main())
