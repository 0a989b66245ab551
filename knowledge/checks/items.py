"""Rules for checklists that a machine can check in their data. What concerns the printed page, whether it is one, is
looked at where it is set (``papers/pdf/sheets.py``); whether an item is the right one only people can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import ALWAYS, Checklist, Round
from knowledge.text import vn_date, words

MAX_ITEMS_A_SHEET = 16
MAX_CRITICAL_A_ROUND = 3
MAX_SYLLABLES_A_ROUND = 250
MAX_BRANCHES_IN_FRONT = 2

FIRST_VERBS = frozenset(
    "bố bổ bỏ báo ban chạy chấm chỉ chia chọn chốt chuẩn chuyển công cử đánh đặt đếm đề đọc đóng "
    "đối đưa gạch gắn ghép ghi giao giữ giới gọi gửi hẹn hỏi in kẻ khảo khoanh kiểm ký lập lấy liệt "
    "lưu loại mang mời nêu ngừng nhắc nhận nhập nộp phân phát rà sao sắp soát so sửa tách tải tập "
    "thảo thẩm thay theo thêm thống thông thu thực tiếp tính tìm tóm tra trả trao trích trình tuyên "
    "trừ viết xác xem xếp xin xóa yêu đăng điền điểm đôn giám kết khẳng mở nghe nghiên cập dành "
    "dừng đề hoàn hủy phối tham tổng triệu ước".split()
)
"""First syllables of verbs that items begin with; a new verb is added here on purpose."""


def rounds_say_who_and_when(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each round lies at a stage of its sheet and is read and answered by its roles."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        for index, round_ in enumerate(checklist.rounds):
            for role_id in dict.fromkeys([round_.reads, *round_.answers]):
                if role_id in kb.roles and role_id not in checklist.roles:
                    yield issue(
                        ("roles",),
                        "round-role",
                        f"lần {index + 1} cần vai trò {role_id}",
                        f"thêm {role_id} vào roles của phiếu",
                    )
            if round_.stage and round_.stage not in checklist.stages:
                yield issue(
                    ("rounds", index, "stage"),
                    "round-stage",
                    f"bước {round_.stage} không có trong stages",
                    f"thêm {round_.stage} vào stages của phiếu",
                )
            if round_.stage is None and ALWAYS not in checklist.stages:
                yield issue(
                    ("rounds", index),
                    "round-stage",
                    f"lần {index + 1} chưa ghi bước",
                    "thêm stage: B…",
                )
        for role_id in checklist.roles:
            doers = {r for d in checklist.rounds for i in d.items for r in (i.by or d.answers)}
            named = doers | {r.reads for r in checklist.rounds}
            # A misspelt role in a round is reported once, as an unknown ID.
            if role_id in kb.roles and role_id not in named and named <= set(kb.roles):
                yield issue(
                    ("roles",),
                    "role-without-round",
                    f"vai trò {role_id} không đọc, không trả lời lần nào",
                    "bỏ khỏi roles hoặc giao một lần rà soát",
                )
        used = {round_.stage for round_ in checklist.rounds}
        for stage_id in checklist.stages:
            if stage_id in kb.stages and stage_id not in used:
                yield issue(
                    ("stages",),
                    "stage-without-round",
                    f"bước {stage_id} không có lần rà soát nào",
                    "bỏ khỏi stages hoặc ghi vào một lần rà soát",
                )


def sheet_is_short(kb: KnowledgeBase) -> Iterator[Issue]:
    """Not more items than a sheet may have; a round is read aloud in ninety seconds."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        count = sum(len(round_.items) for round_ in checklist.rounds)
        if count > MAX_ITEMS_A_SHEET:
            yield issue(
                ("rounds",),
                "too-many-items",
                f"có {count} mục, quá một trang A4",
                f"còn tối đa {MAX_ITEMS_A_SHEET} mục, hoặc tách phiếu",
            )
        for index, round_ in enumerate(checklist.rounds):
            syllables = syllables_of(round_)
            if syllables > MAX_SYLLABLES_A_ROUND:
                yield issue(
                    ("rounds", index),
                    "too-long-aloud",
                    f"đọc to lần {index + 1} mất quá 90 giây ({syllables} tiếng)",
                    f"rút còn tối đa {MAX_SYLLABLES_A_ROUND} tiếng",
                )


def syllables_of(round_: Round) -> int:
    """Return how many syllables are read aloud in a round: its title, items and answers."""
    texts = [round_.title, *(t for item in round_.items for t in (item.text, item.answer))]
    return sum(len(words(text)) for text in texts)


def items_start_with_a_verb(kb: KnowledgeBase) -> Iterator[Issue]:
    """One action an item, verb first; no "và/hoặc"."""
    for placed in kb.items.values():
        issue = kb.origins[placed.checklist.id].issue
        path = (*placed.path, "text")
        first = words(placed.item.text)[0].lower() if words(placed.item.text) else ""
        if first not in FIRST_VERBS:
            yield issue(
                path,
                "verb-first",
                f"mục bắt đầu bằng “{first}”, không phải động từ quen dùng",
                "bắt đầu bằng động từ: Ghi rõ, Đối chiếu, Kiểm tra, Nêu…",
            )
        if "và/hoặc" in placed.item.text:
            yield issue(path, "two-checks", "có “và/hoặc”", "tách thành hai mục")


def critical_items_lead(kb: KnowledgeBase) -> Iterator[Issue]:
    """At most three critical items a round; in DO-CONFIRM lists they come first."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        for r, round_ in enumerate(checklist.rounds):
            flags = [item.critical for item in round_.items]
            if sum(flags) > MAX_CRITICAL_A_ROUND:
                yield issue(
                    ("rounds", r),
                    "too-many-critical",
                    f"{sum(flags)} mục trọng yếu trong một lần",
                    f"giữ tối đa {MAX_CRITICAL_A_ROUND}",
                )
            if checklist.kind == "DO-CONFIRM" and flags != sorted(flags, reverse=True):
                index = next(i for i in range(1, len(flags)) if flags[i] and not flags[i - 1])
                yield issue(
                    ("rounds", r, "items", index),
                    "critical-order",
                    "mục trọng yếu đứng sau mục thường",
                    "đưa lên đầu lần rà soát",
                )


def items_have_a_basis(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each item traces to a lesson or a rule, down to the part where a finding has parts."""
    for placed in kb.items.values():
        issue = kb.origins[placed.checklist.id].issue
        item = placed.item
        if not (item.prevents or item.applies or item.rules):
            yield issue(
                placed.path,
                "item-without-basis",
                f"mục {placed.id} chưa có căn cứ",
                "thêm prevents, applies hoặc rules",
            )
        for index, target in enumerate(item.prevents):
            finding = kb.findings.get(target)
            if finding and finding.parts:
                ids = ", ".join(part.id for part in finding.parts)
                yield issue(
                    (*placed.path, "prevents", index),
                    "name-the-part",
                    f"{target} có nhiều ý",
                    f"ghi ý cụ thể: {ids}",
                )


def dates_are_in_order(kb: KnowledgeBase) -> Iterator[Issue]:
    """Reviewed again within twelve months; a date gone by is a note, not a fault."""
    if not kb.has_edition:
        return
    today = kb.edition.date
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        if checklist.revised > today:
            yield issue(
                ("revised",),
                "date-order",
                "ngày sửa sau ngày của bản này",
                "sửa ngày, hoặc sửa date trong edition.yml",
            )
        if not checklist.revised < checklist.review_by <= _a_year_after(checklist):
            yield issue(
                ("review_by",),
                "review-date",
                "hạn rà soát lại không nằm trong 12 tháng sau ngày sửa",
                f"ghi ngày không quá {_a_year_after(checklist).isoformat()}",
            )
        elif checklist.review_by < today:
            yield issue(
                ("review_by",),
                "review-due",
                f"đã quá hạn rà soát lại {vn_date(checklist.review_by)}",
                "rà soát nội dung, sửa revised và review_by",
                Level.INFO,
            )


def _a_year_after(checklist: Checklist) -> date:
    revised = checklist.revised
    # 29 February has no anniversary in most years.
    day = 28 if (revised.month, revised.day) == (2, 29) else revised.day
    return date(revised.year + 1, revised.month, day)


def votes_have_their_columns(kb: KnowledgeBase) -> Iterator[Issue]:
    """Items of a round that is done for each resolution are columns of the table of votes, no others are."""
    for checklist_id, checklist in kb.checklists.items():
        for r, round_ in enumerate(checklist.rounds):
            for index, item in enumerate(round_.items):
                if round_.each_vote == (item.column is not None):
                    continue
                yield kb.origins[checklist_id].issue(
                    ("rounds", r, "items", index, "column"),
                    "vote-column",
                    f"mục {item.id} " + ("chưa có cột" if round_.each_vote else "có cột mà lần rà soát làm một lượt"),
                    "thêm column: {title: …}" if round_.each_vote else "bỏ column, hoặc ghi each_vote: true",
                )


def branches_leave_from_items(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each branch leaves from an item of its sheet, in the order of the items; at most two are printed in front."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        order = [item.id for round_ in checklist.rounds for item in round_.items]
        for index, branch in enumerate(checklist.branches):
            if branch.item not in order:
                yield issue(
                    ("branches", index, "item"),
                    "branch-item",
                    f"phiếu không có mục {branch.item}",
                    f"ghi mã một mục của phiếu, ví dụ {order[0]}",
                )
        places = [order.index(branch.item) for branch in checklist.branches if branch.item in order]
        if places != sorted(places):
            yield issue(
                ("branches",), "branch-order", "tình huống không theo thứ tự các mục", "xếp lại theo thứ tự các mục"
            )
        if sum(branch.front is not None for branch in checklist.branches) > MAX_BRANCHES_IN_FRONT:
            yield issue(
                ("branches",),
                "branch-front",
                f"hơn {MAX_BRANCHES_IN_FRONT} tình huống in ở mặt trước",
                "bỏ front ở tình huống ít gặp hơn; mặt sau vẫn có đủ",
            )


ITEM_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [
    rounds_say_who_and_when,
    votes_have_their_columns,
    branches_leave_from_items,
    sheet_is_short,
    items_start_with_a_verb,
    critical_items_lead,
    items_have_a_basis,
    dates_are_in_order,
]
