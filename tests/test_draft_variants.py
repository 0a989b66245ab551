"""Faults in many words and layouts are told by their sign, and sentences that only look like them are left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from knowledge.records.knowledge_base import KnowledgeBase
from publish.generated import script_files
from scripts.script_page import script_page

VARIANTS = yaml.safe_load((Path(__file__).parent / "data/draft_variants.yml").read_text("utf-8"))
TITLE = "Về kế hoạch phát triển kinh tế - xã hội năm 2027 của xã Lâm An"
FIRST = "Thông qua kế hoạch phát triển kinh tế - xã hội năm 2027 của xã Lâm An với các nội dung sau:"
DRAFT = """HỘI ĐỒNG NHÂN DÂN
XÃ LÂM AN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 31/NQ-HĐND
Lâm An, ngày 18 tháng 12 năm 2026
NGHỊ QUYẾT
{title}
HỘI ĐỒNG NHÂN DÂN XÃ LÂM AN
KHÓA II, KỲ HỌP THỨ TƯ
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;
Xét Tờ trình số 120/TTr-UBND ngày 01 tháng 12 năm 2026 của Ủy ban nhân dân xã về nội dung này; Báo cáo thẩm tra số \
30/BC-BKTNS ngày 08 tháng 12 năm 2026 của Ban Kinh tế - Ngân sách Hội đồng nhân dân xã; ý kiến thảo luận của đại biểu.
QUYẾT NGHỊ:
Điều 1. {first}
{says}
Điều 2. Tổ chức thực hiện
1. Ủy ban nhân dân xã tổ chức thực hiện Nghị quyết, báo cáo kết quả tại kỳ họp thường lệ giữa năm 2027.
2. Thường trực, các Ban, Tổ đại biểu và đại biểu Hội đồng nhân dân xã giám sát việc thực hiện Nghị quyết.
Nghị quyết này được Hội đồng nhân dân xã Lâm An khóa II, kỳ họp thứ tư thông qua ngày 18 tháng 12 năm 2026 và có hiệu \
lực kể từ ngày thông qua./.
Nơi nhận:
- Đại biểu HĐND xã;
- Lưu: VT.
CHỦ TỊCH

Trần Văn Dụ"""
LOOK = """async (drafts) => {
  const [{ checkDraft }, { textOfPlain }] = await Promise.all(["draft/with-data", "draft/plain-text"].map((name) => import(`/${name}.js`)));
  return drafts.map((draft) => checkDraft(textOfPlain(draft, ""), { today: "2026-11-28" }).found
    .filter(({ level }) => level === "Cần xem lại" || level === "Nên xem lại").map(({ sign }) => sign));
}"""


def _draft(variant: str | list[str]) -> str:
    says, title, first = (variant, TITLE, FIRST) if isinstance(variant, str) else variant
    return DRAFT.format(says=says, title=title, first=first)


def test_each_fault_is_told_and_what_only_looks_like_one_is_not(kb: KnowledgeBase) -> None:
    faults = [(sign, one) for sign, variants in VARIANTS["faults"].items() for one in variants]
    drafts = [_draft(one) for one in [*(one for _, one in faults), *VARIANTS["clean"]]]
    with script_page(script_files(kb, "directory")) as page:
        found: list[Any] = page.evaluate(LOOK, drafts)
    told = found[: len(faults)]
    assert [(sign, one) for (sign, one), signs in zip(faults, told, strict=True) if sign not in signs] == []
    clean = zip(VARIANTS["clean"], found[len(faults) :], strict=True)
    assert [(one, signs) for one, signs in clean if signs] == []


PROGRAMME = """HỘI ĐỒNG NHÂN DÂN
XÃ LÂM AN
CHƯƠNG TRÌNH
Kỳ họp chuyên đề, ngày 18 tháng 12 năm 2026
8h00 - 8h10: Chào cờ, khai mạc - Chủ tọa
8h10 - 8h30: Tờ trình quy định hỗ trợ đội dân phòng - Ủy ban nhân dân xã
{verifies}
8h45 - 9h45: Thảo luận tại hội trường - Chủ tọa
9h45 - 10h00: Biểu quyết thông qua nghị quyết - Thư ký
10h00 - 10h10: Bế mạc kỳ họp - {closes}
{after}"""
VERIFIES = "8h30 - 8h45: Báo cáo thẩm tra về nội dung tại mục 2 - Trưởng Ban Văn hóa - Xã hội"
CHAIR = "Chủ tịch Hội đồng nhân dân xã"
PROGRAMMES = {
    "list of drafts": (
        (VERIFIES, CHAIR, "Các dự thảo nghị quyết trình kỳ họp:\n1. Quy định hỗ trợ đội dân phòng;\n2. Đầu tư công năm 2027."),
        "dh-thieu-tham-tra", False,
    ),
    "another heading": (
        (VERIFIES, CHAIR, "Dự thảo nghị quyết trình thông qua:\n1. Nghị quyết về hỗ trợ đội dân phòng."), "dh-thieu-tham-tra", False,
    ),
    "nobody verifies": (("8h30 - 8h45: Giải lao", CHAIR, ""), "dh-thieu-tham-tra", True),
    "another matter is verified": (
        ("8h30 - 8h45: Báo cáo thẩm tra về đổi tên chợ trung tâm - Trưởng Ban Văn hóa - Xã hội", CHAIR, ""), "dh-thieu-tham-tra", True,
    ),
    "minutes behind the closing": ((VERIFIES, CHAIR, "10h10 - 10h20: Thông qua biên bản kỳ họp - Thư ký"), "dh-sau-be-mac", False),
    "opening behind the closing": ((VERIFIES, CHAIR, "10h10 - 10h20: Thông qua chương trình kỳ họp - Chủ tọa"), "dh-sau-be-mac", True),
    "a vote behind the closing": ((VERIFIES, CHAIR, "10h10 - 10h30: Biểu quyết thông qua nghị quyết thứ hai - Thư ký"), "dh-sau-be-mac", True),
    "the committee closes": ((VERIFIES, "Chủ tịch Ủy ban nhân dân xã", ""), "sl-ubnd-dieu-hanh", True),
    "the council closes": ((VERIFIES, CHAIR, ""), "sl-ubnd-dieu-hanh", False),
}  # fmt: skip
"""What a programme says in three places, the sign it is about, and whether that sign is told."""


def test_programmes_are_read_with_their_lists_and_their_closing(kb: KnowledgeBase) -> None:
    drafts = [
        PROGRAMME.format(verifies=one, closes=two, after=three) for (one, two, three), _, _ in PROGRAMMES.values()
    ]
    with script_page(script_files(kb, "directory")) as page:
        found: list[Any] = page.evaluate(LOOK, drafts)
    told = zip(PROGRAMMES.items(), found, strict=True)
    assert [(name, signs) for (name, (_, sign, is_told)), signs in told if (sign in signs) != is_told] == []


def test_there_are_many_of_both() -> None:
    assert sum(map(len, VARIANTS["faults"].values())) > 260
    assert len(VARIANTS["clean"]) > 210
