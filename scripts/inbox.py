"""``make inbox FILE=…``: check what somebody sent, have each name struck or confirmed, place it as a draft.

A filled trial form (Word, or its lines) becomes a draft trial of its sheet, anything else a draft source.

``FILE=-`` reads what is pasted. ``strike="Nguyễn Văn A; 0912 345 678"`` and ``keep="Bản Bo"`` answer for each suspect.
"""

from __future__ import annotations

import contextlib
import os
import sys
from datetime import date
from itertools import count
from pathlib import Path

from knowledge.checks.project import check_project
from knowledge.inbox import (
    Received,
    draft_page,
    longer_names,
    parts_met,
    read_received,
    struck,
    suspects,
    told_recurrence,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.read import MAX_BYTES
from knowledge.text import folded_space, nfc
from knowledge.trial_note import TrialNote, read_trial, trial_of, with_said
from knowledge.trials import ENOUGH, people_of_present
from knowledge.word_text import NotWord, is_office_file, text_of_word
from publish.project import ROOT, write_changed
from publish.trial_entry import with_trial

FOLDER = "docs/nguon"


def main() -> int:
    """Place one draft, or say what has to be answered first. Returns the exit code: 1 where nothing was written."""
    text, fault = _text(os.environ.get("FILE", "").strip())
    if fault:
        print(fault)
        return 1
    kb, _issues = check_project(ROOT)
    note = read_trial(kb, text, kb.edition.date)
    received = note.said if note else read_received(text, kb.edition.date)
    if received is None or not (note or received.sentences):
        print("Không đọc được câu nào. Dán lời đã gửi, hoặc dùng tệp mà trang Rút kinh nghiệm tải về.")
        return 1
    answered = _without_names(received)
    faults: list[str] = []
    if note and answered is None:
        # All that is wrong at once, not name by name.
        _sheet, _trial, faults = trial_of(kb, note, _today(kb))
        print("\n".join(faults), end="\n" if faults else "")
    if answered is None:
        return 1
    return _place_trial(kb, with_said(note, answered)) if note else _place_source(kb, answered)


def _without_names(received: Received) -> Received | None:
    """Return what was sent without its names; None, having said why, where one is left to be struck or confirmed."""
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
    return None if left or unknown else struck(received, strike, keep)


def _place_source(kb: KnowledgeBase, received: Received) -> int:
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


def _place_trial(kb: KnowledgeBase, note: TrialNote) -> int:
    sheet, trial, faults = trial_of(kb, note, _today(kb))
    if faults or sheet is None:
        print("\n".join([*faults, "Sửa trong lời gửi rồi chạy lại. Chưa ghi tệp nào."]))
        return 1
    file = kb.origins[sheet.id].file
    # As its bytes are: line ends of an editor's own stay.
    text = (ROOT / file).read_bytes().decode("utf-8")
    write_changed(ROOT / file, with_trial(text, trial).encode("utf-8"))
    print(f"Đã thêm vào {file} một lần dùng thử (bản nháp): phiên bản {trial['version']}, {trial['people']} người.")
    if trial["version"] == sheet.version:
        people = people_of_present(sheet) + trial["people"]
        enough = "chữ “Bản dùng thử” tự bỏ" if people >= ENOUGH else f"chưa đủ {ENOUGH}"
        print(f"Tính cả lần này, phiên bản {sheet.version} có {people} người dùng thử: {enough}.")
    else:
        print(f"Phiếu nay là phiên bản {sheet.version}: lần này không tính cho phiên bản đang có.")
    print("Soát xong thì ghi changed (đã sửa gì, hoặc không đổi), xóa dòng draft, rồi make check.")
    return 0


def _today(kb: KnowledgeBase) -> date:
    """Return the day after which nothing was tried yet: what was sent may be younger than the edition."""
    return max(kb.edition.date, date.today())


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
        return (text_of_word(raw) if is_office_file(raw) else raw.decode("utf-8-sig")), ""
    except NotWord as told:
        return "", f"{name}: {told}"
    except UnicodeDecodeError:
        return "", f"{name}: không phải UTF-8; mở bằng trình soạn thảo và lưu lại với mã UTF-8"


def _listed(variable: str) -> list[str]:
    return [name for part in os.environ.get(variable, "").split(";") if (name := folded_space(nfc(part)))]


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:87]}…"


if __name__ == "__main__":
    sys.exit(main())
