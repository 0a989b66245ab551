"""How good the draft check is on drafts whose faults somebody named who had not seen its signs.

The rule of counting, fixed before the sealed set was first run: what is found is right where a named fault of a fitting group
stands in the same line (a fault of something that is missing altogether: where the whole draft is meant, or the part where
it should stand). A fault is caught where something right was found for it, at any level. After the eleventh set, and before
the twelfth was there, one thing was changed: form and content are close. Authors of the last two sets had filed numbers of articles
that jump and days that no calendar has under form, the signs stand under content. The first figures of sets one to eleven
stay as they were counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

RUN = """async ([words, answers]) => {
  const [{ checkDraft }, { textOfPlain }, { DRAFT_SIGNS }] = await Promise.all(
    ["draft/with-data", "draft/plain-text", "data/draft-signs"].map((name) => import(`/${name}.js`)));
  const text = textOfPlain(words, "");
  const { guess, found } = checkDraft(text, { today: "2026-11-28", ...answers });
  return { guess, lines: text.lines.map((line) => line.text),
    found: found.map(({ sign, level, line, quote, detail }) => ({ sign, level, line: line === undefined ? null : line, quote, detail,
      where: DRAFT_SIGNS[sign] ? DRAFT_SIGNS[sign].where : "programme" })) };
}"""

LEVELS = {"can-xem": "Cần xem lại", "nen-xem": "Nên xem lại", "goi-y": "Gợi ý"}
CLOSE = {
    "chu-the": {"chu-the", "noi-dung", "to-chuc-thuc-hien", "the-thuc", "tep-cu", "ten", "hieu-luc"},
    "ten": {"ten", "noi-dung", "chu-the", "tep-cu"},
    "can-cu": {"can-cu", "tep-cu", "chu-the"},
    "tep-cu": {"tep-cu", "can-cu", "chu-the", "ten", "the-thuc", "to-chuc-thuc-hien", "noi-dung"},
    "so-lieu": {"so-lieu", "noi-dung"},
    "noi-dung": {"noi-dung", "so-lieu", "chu-the", "ten", "to-chuc-thuc-hien", "hieu-luc", "the-thuc"},
    "to-chuc-thuc-hien": {"to-chuc-thuc-hien", "noi-dung", "chu-the", "hieu-luc", "tep-cu"},
    "hieu-luc": {"hieu-luc", "noi-dung", "the-thuc", "tep-cu"},
    "the-thuc": {"the-thuc", "tep-cu", "chu-the", "hieu-luc", "can-cu"},
    "chuong-trinh": {"chuong-trinh"},
}  # fmt: skip
"""Groups of faults that one line may be counted under by two careful readers."""


@dataclass
class Score:
    """Counts over a set: of what was found, by level; of what was to be found, by how strongly it was named."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    groups: Counter[tuple[str, bool]] = field(default_factory=Counter)
    signs: Counter[tuple[str, bool]] = field(default_factory=Counter)
    clean_drafts: int = 0
    false_in_clean: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def precision(self, level: str) -> float:
        """Return the share of what was found at a level that was right."""
        return self.right[level] / max(1, self.right[level] + self.wrong[level])

    def recall(self, sure: str) -> float:
        """Return the share of the faults named so strongly that were caught."""
        return self.caught[sure] / max(1, self.named[sure])


def lines_of(quote: str, lines: list[str]) -> set[int]:
    """Return the lines that hold a quotation, or any part of one that goes over several lines."""
    pieces = [" ".join(piece.split()) for piece in quote.replace("\t", "\n").split("\n") if piece.strip()]
    flat = [" ".join(line.split()) for line in lines]
    return {at for at, line in enumerate(flat) for piece in pieces if piece in line}


def fits(found: dict[str, Any], fault: dict[str, Any], group: str, lines: list[str]) -> bool:
    """Tell whether something that was found is a named fault."""
    if fault["group"] not in CLOSE[group] and group not in CLOSE[fault["group"]]:
        return False
    if not fault["quote"]:
        return found["line"] is None or fault["group"] == group
    places = lines_of(fault["quote"], lines)
    # A total and its parts, an article over several lines: the line before and after count for figures.
    return found["line"] is None or found["line"] in places


def score(page: Page, folder: Path, groups: dict[str, str], told: bool = True, names: Iterable[str] = ()) -> Score:
    """Run a set: ``expected.json`` and its drafts. ``groups``: sign → group; ``told``: the reader's answers are given."""
    result = Score()
    wanted = set(names)
    for one in json.loads((folder / "expected.json").read_text("utf-8")):
        if wanted and one["file"] not in wanted:
            continue
        answers = {"body": one["body"], "state": "trinh-ky" if one["signed"] else "du-thao"}
        answers |= {"kind": one["kind"]} if one["kind"] else {}
        answers |= {"year": one["budget_year"]} if one["budget_year"] else {}
        programme = (
            any(fault["group"] == "chuong-trinh" for fault in one["faults"])
            or "chuong" in one["file"]
            or "-ct-" in one["file"]
        )
        read = page.evaluate(
            RUN, [(folder / one["file"]).read_text("utf-8"), answers if told and not programme else {}]
        )
        caught: set[int] = set()
        for found in read["found"]:
            group = "chuong-trinh" if found["where"] == "programme" else groups[found["sign"]]
            hits = [at for at, fault in enumerate(one["faults"]) if fits(found, fault, group, read["lines"])]
            caught |= set(hits)
            (result.right if hits else result.wrong)[found["level"]] += 1
            result.signs[(found["sign"], bool(hits))] += 1
            if not hits:
                result.told.append(
                    f"{one['file']}: FALSE {found['level']} {found['sign']} {found['line']} “{found['quote'][:90]}” {found['detail'][:80]}"
                )
            if not one["faults"]:
                result.false_in_clean[found["level"]] += 1
        result.clean_drafts += not one["faults"]
        for at, fault in enumerate(one["faults"]):
            result.named[fault["sure"]] += 1
            result.caught[fault["sure"]] += at in caught
            result.groups[(fault["group"], at in caught)] += 1
            if at not in caught:
                result.told.append(
                    f"{one['file']}: MISSED {fault['sure']} {fault['group']} “{fault['quote']}” {fault['what']}"
                )
    return result


GROUP_OF_MODULE = {
    "bodies": "chu-the", "titles": "ten", "grounds": "can-cu", "leftovers": "tep-cu", "days": "tep-cu", "figures": "so-lieu",
    "sums": "so-lieu", "rows": "so-lieu", "shares": "so-lieu", "counts": "so-lieu", "votes": "so-lieu", "references": "noi-dung",
    "implementation": "to-chuc-thuc-hien", "form": "the-thuc",
}  # fmt: skip
"""``draft/signs-….js`` → the group of faults that its signs are of, where GROUP_OF_PREFIX says nothing else."""
GROUP_OF_PREFIX = (
    ("sl-bai-bo", "hieu-luc"), ("sl-hieu-luc", "hieu-luc"), ("sl-khong-hieu-luc", "hieu-luc"), ("sl-phu-luc", "noi-dung"),
    ("sl-thu-tu", "noi-dung"), ("sl-dan-chieu", "noi-dung"), ("sl-chi-chep", "noi-dung"), ("sl-du-toan-khong", "noi-dung"),
    ("sl-giam-sat", "noi-dung"), ("sl-quyet-toan-muon", "noi-dung"), ("sl-qua-nua", "noi-dung"), ("sl-che-tai", "noi-dung"),
    ("sl-quyet-toan-nam", "ten"), ("sl-chuong-trinh-thuong-truc", "ten"), ("sl-chuong-trinh-cua", "chu-the"),
    ("sl-bo-nhiem", "chu-the"), ("sl-nhiem-vu", "chu-the"), ("sl-to-chuc-don-vi", "chu-the"), ("sl-quyet-du-an", "chu-the"),
    ("sl-thu-sai", "chuong-trinh"), ("sl-thu-hoi", "chu-the"), ("sl-muc-phu-cap", "chu-the"), ("sl-huy-bo", "noi-dung"), ("sl-truong-ban", "chu-the"),
    ("sl-ubnd-lap", "chu-the"), ("sl-giao-thuong-truc", "chu-the"), ("sl-kiem-nhiem", "chu-the"), ("sl-giao-du-toan", "to-chuc-thuc-hien"),
    ("sl-thu-thap", "noi-dung"), ("sl-ket-du-nop", "noi-dung"), ("sl-quyet-toan-giua", "noi-dung"), ("sl-lam-thoi", "noi-dung"),
    ("sl-khoang-nguoc", "noi-dung"), ("sl-han-da-qua", "noi-dung"), ("sl-truong-doan", "chu-the"), ("sl-ubnd-giam", "chu-the"),
    ("sl-trinh-hdnd", "chu-the"), ("sl-tong-khac", "so-lieu"), ("sl-thuong-truc-ubnd", "chu-the"), ("sl-ban-thuc-hien", "chu-the"), ("sl-hdnd-tu-lam", "chu-the"),
    ("sl-mot-ky", "noi-dung"), ("sl-nhu-dieu", "noi-dung"), ("sl-quyet-dinh-trong", "the-thuc"), ("sl-bao-cao-truoc", "noi-dung"), ("sl-gui-sau", "noi-dung"), ("sl-so-ngay", "noi-dung"), ("sl-chong-gio", "chuong-trinh"), ("sl-ket-du-nam", "noi-dung"), ("sl-giao-sua", "chu-the"), ("sl-thang-ky", "noi-dung"), ("sl-du-toan-qua", "noi-dung"), ("sl-ky-thua-lenh", "the-thuc"),
    ("sl-vuot-chi-tieu", "noi-dung"), ("sl-ten-thon", "noi-dung"), ("sl-han-chung", "to-chuc-thuc-hien"),
    ("sl-van-ban-thieu", "can-cu"), ("sl-tieu-ngu", "the-thuc"), ("sl-hoc-vi", "the-thuc"), ("sl-pho-ky", "the-thuc"), ("sl-dieu-khong-ten", "the-thuc"),
    ("sl-ngay-ban-hanh", "the-thuc"), ("sl-ten-nguoi", "so-lieu"), ("sl-ten-", "ten"), ("sl-mien-nhiem-dai-bieu", "ten"), ("sl-ky-chung-thuc", "chu-the"), ("sl-ubnd-trieu-tap", "chu-the"), ("sl-ngay-khong-co", "noi-dung"),
    ("sl-so-mo-ho", "noi-dung"), ("sl-ubnd-quyet-nghi", "chu-the"), ("sl-ban-quyet-dinh", "chu-the"), ("sl-ubnd-dieu-hanh", "chu-the"),
    ("sl-cong-nhan-danh-hieu", "chu-the"), ("sl-dat-ten-duong", "chu-the"), ("sl-luat-to-chuc-cu", "can-cu"), ("sl-hai-hieu-luc", "hieu-luc"), ("sl-ky-hieu-loai", "the-thuc"),
    ("sl-dau-trang-ubnd", "the-thuc"), ("sl-giai-doan-ten", "ten"), ("sl-bao-cao-sau-lam-viec", "noi-dung"), ("sl-nam-chuong-trinh", "tep-cu"),
    ("sl-tham-tra-khong-quan-diem", "noi-dung"), ("sl-van-ban-cap-da-het", "tep-cu"), ("sl-ket-qua-truoc-het-nam", "noi-dung"),
)  # fmt: skip


def groups_of(signs: Iterable[str], scripts: Path) -> dict[str, str]:
    """Return each sign's group: by its name, or by the module that tests it; what has a pattern is a leftover."""
    module = {
        found: file.stem.removeprefix("signs-")
        for file in scripts.glob("signs-*.js")
        for found in re.findall(r'^\s+"(sl-[a-z0-9-]+)":', file.read_text("utf-8"), re.MULTILINE)
    }
    return {
        sign: next(
            (group for prefix, group in GROUP_OF_PREFIX if sign.startswith(prefix)),
            GROUP_OF_MODULE[module.get(sign, "leftovers")],
        )
        for sign in signs
    }
