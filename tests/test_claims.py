"""What counts as denying a thing that the handbook has, and what does not."""

from __future__ import annotations

import dataclasses
import random
import re

import pytest

from knowledge.checks.claims import (
    Names,
    denied,
    labels_in,
    named_by_hand,
    names_of_sources,
    nothing_that_exists_is_denied,
    things_of,
)
from knowledge.records.knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    "sentence",
    [
        "Tệp Word, bảng tính chưa có trong bản này.",
        "Tệp Word sẽ có sau.",
        "Biểu mẫu mới có phần hướng dẫn.",
        "Chưa có tệp PDF.",
        "Bản này chưa có bài luyện.",
        "Các bài luyện đang được biên soạn.",
        "Phiếu DM05 đang hoàn thiện.",
        "Sổ tay không có bảng đối chiếu.",
        "Biểu mẫu chưa có tệp Word.",
        "Mỗi biểu mẫu sẽ có tệp Excel ở bản sau.",
        "Trang này chưa có bộ in.",
        "Sẽ bổ sung phần tự rà soát.",
        "BM07 chưa có tệp Excel.",
    ],
)
def test_a_sentence_that_denies_what_exists(kb: KnowledgeBase, sentence: str) -> None:
    assert denied(sentence, things_of(kb))


@pytest.mark.parametrize(
    "sentence",
    [
        # About the reader's own papers and matters
        "Hồ sơ thiếu bảng tính kinh phí.",
        "Chưa có tệp Word thì gõ lại từ bản giấy.",
        "Phòng chuyên môn đang hoàn thiện biểu mẫu của xã.",
        "Nhiều xã chưa có bảng tính theo dõi lời hứa.",
        "Nội dung chưa có người soạn thì chưa nên đưa vào kỳ họp.",
        "UBND sẽ có giải pháp trước ngày 30/9.",
        "Gửi cả cho người biên soạn sổ tay nếu lỗi chưa có trong sổ tay.",
        # True: one of many, or no thing of ours
        "Dùng cho nghị quyết cá biệt của HĐND chưa có biểu mẫu riêng.",
        "Bản này chưa có biểu mẫu cho bước này.",
        "Sổ tay chưa có toàn văn bản đã sửa; các điều về thời hạn chưa trích.",
        "Bản này chưa có địa chỉ nhận góp ý riêng.",
        "Các phiếu là bản dùng thử: chưa ai dùng ở kỳ họp thật.",
        "Luật về ngân sách nhà nước, luật về đầu tư công: sổ tay chưa đọc.",
        "Tải tệp Word ở trang của từng biểu mẫu.",
    ],
)
def test_a_sentence_that_does_not(kb: KnowledgeBase, sentence: str) -> None:
    assert denied(sentence, things_of(kb)) is None


def test_what_the_handbook_lacks_may_be_said_to_lack(kb: KnowledgeBase) -> None:
    none: dict[str, dict[str, object]] = {key: {} for key in ("exercises", "reviews", "templates", "checklists")}
    bare = dataclasses.replace(kb, documents={}, records={**kb.records, **none})
    for sentence in ("Bản này chưa có bài luyện.", "Tệp Word sẽ có sau.", "Sẽ bổ sung phần tự rà soát."):
        assert denied(sentence, things_of(kb)) and denied(sentence, things_of(bare)) is None


def test_no_page_denies_what_exists(kb: KnowledgeBase) -> None:
    assert [str(issue) for issue in nothing_that_exists_is_denied(kb)] == []


def with_labels(kb: KnowledgeBase, labels: list[str]) -> Names:
    first = next(iter(kb.sources.values()))
    copies = {f"s{number}": first.model_copy(update={"id": f"s{number}", "label": one, "number": None})
              for number, one in enumerate(labels)}  # fmt: skip
    return names_of_sources(dataclasses.replace(kb, records={**kb.records, "sources": copies}))


LABELS = [
    "Hà Giang 2026", "Hà Giang 2026 (tháng 8)", "An 2026", "2026", "Xã Hà Giang 2026", "khóa 2016–2021", "2021–2026",
    "Hà Nội 2021", "Tỉnh", "Hà Giang 2025", "2026 quý 3",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_labels_are_found_wherever_they_stand(kb: KnowledgeBase, seed: int) -> None:
    """Whatever stands around them, also in the middle of a word or of another label; in the order of sources."""
    chosen = random.Random(seed)
    names = with_labels(kb, LABELS)
    parts = [*LABELS, " ", "", "1", "20", "26", "ở ", "(", "2026", "2021", "x"]
    text = "".join(chosen.choice(parts) for _ in range(8))
    for year in ("2026", "2021", "2025"):
        wanted = {
            one: f"s{n}" for n, one in enumerate(LABELS) if one in text and re.findall(r"\d{4}", one)[-1:] == [year]
        }
        found = labels_in(text, year, names.labels.get(year, {}))
        assert [*found.items()] == [*wanted.items()], text


def test_more_labels_of_one_form_are_no_more_work(kb: KnowledgeBase) -> None:
    """The fault that was: each text that names a year was searched for every label of that year."""
    few, many = (with_labels(kb, [f"Xã {n:04}, khóa 2016–2021" for n in range(count)]) for count in (10, 1000))
    assert len(few.labels["2021"]) == len(many.labels["2021"]) == 1
    assert named_by_hand("Theo Xã 0999, khóa 2016–2021 thì", many) == {"Xã 0999, khóa 2016–2021": "s999"}
    assert named_by_hand("Theo Xã 0999, khóa 2016–2021 thì", few) == {}
