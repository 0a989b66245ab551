"""A lesson enters without code: a copy gets a source, evidence, a finding with its part, a sheet, a role, and content tests stay green."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.checks.project import check_project
from knowledge.recurrence import group_of, seen_of, told_places
from tests.conftest import ROOT, Project, run_here

SOURCE = """---
id: vi-du-2025
title: Ví dụ minh họa cho bài kiểm tra, năm 2025
kind: bao-cao
label: Ví dụ 2025
date: '2025'
issuer: Nơi không có thật
province: Tỉnh Không Có Thật
level: xã
setting: Ví dụ minh họa, không có thật.
paragraphs:
- locator: '1'
  text: Báo cáo thẩm tra còn hình thức. Tài liệu không ghi số trang.
evidence:
- id: BC-vi-du-2025-1
  part: HC3a
  text: Báo cáo thẩm tra còn hình thức.
  locator: '1'
---

{{ record_header() }}

## Câu trích

{{ source_text() }}

{{ next_steps("DM08") }}
"""
CONTENT = [
    f"tests/{name}.py"
    for name in (
        "test_confirmed", "test_content", "test_coverage", "test_cross_reference", "test_first_things", "test_index",
        "test_practice", "test_records", "test_recurrence", "test_role_guide", "test_search_entries", "test_stage_list",
        "test_the_slice",
    )
]  # fmt: skip
"""What is promised of the records themselves; tests that build a site look at the project's own."""


def grown(project: Project) -> None:
    """Enter one of everything, as *Viết bài* tells it."""
    project.write("docs/nguon/vi-du-2025.md", SOURCE)
    finding = project.read("docs/han-che/hc4.md")
    front = """---
id: HC6
title: Tài liệu không ghi số trang
summary: "Đánh số trang bộ tài liệu trước khi gửi."
severity: thấp
quotes:
  - source: vi-du-2025
    locator: '1'
    text: "Tài liệu không ghi số trang."
parts:
  - id: HC6a
    title: Tài liệu không ghi số trang
    best: DM82/so-trang
    signs: ["Mở tài liệu không biết đang ở trang nào."]
    quotes:
      - source: vi-du-2025
        locator: '1'
        text: "Tài liệu không ghi số trang."
causes: [NN1]
solutions: [GP3]
stages: [B5]
---
"""
    body = finding.split("\n---\n", 1)[1]
    kept = body.split("## Biểu hiện")[0] + '## Biểu hiện\n\n{{ part("HC6a") }}\n\n' + body[body.index("## Ảnh hưởng") :]
    project.write("docs/han-che/hc6.md", front + kept)
    sheet = project.read("checklists/dm20.yml").replace("id: DM20\n", "id: DM82\n", 1)
    sheet = sheet.replace('title: "Đại biểu mới: trước kỳ họp đầu tiên tham dự"', "title: Đánh số trang bộ tài liệu", 1)
    sheet = sheet.replace("newcomers: true\n", "").replace("roles: [dai-bieu,", "roles: [tro-ly, dai-bieu,", 1)
    sheet = sheet.replace("      - id: to-va-ban\n", "      - id: so-trang\n", 1)
    sheet = sheet.replace("        applies: [GP3]\n", "        prevents: [HC6a]\n        applies: [GP3]\n", 1)
    sheet = sheet.replace("reads: to-dai-bieu\n", "reads: tro-ly\n").replace(
        "dai-bieu, to-dai-bieu, van-phong]", "dai-bieu, van-phong]"
    )
    project.write("checklists/dm82.yml", sheet)
    project.write("docs/danh-muc/dm82.md", project.read("docs/danh-muc/dm20.md").replace("DM20", "DM82", 1))
    tasks = "tasks: [DM82/so-trang, DM82/quy-che, DM82/ghi-lich], sheets: [DM82]"
    first = "".join(f"  - {{when: {when}, {tasks}}}\n" for when in ("som", "ho-so", "sap-hop"))
    role = project.read("docs/vai-tro/cap-uy.md").replace("id: cap-uy", "id: tro-ly")
    role = role.replace("sheets: false\n", f"first:\n{first}", 1)
    project.write(
        "docs/vai-tro/tro-ly.md", role.replace("title: ", "title: Trợ lý, ", 1).replace("short: ", "short: Trợ lý ")
    )
    exercise = project.read("docs/thuc-hanh/th36.md").replace("id: TH36", "id: TH87").replace("HC1k", "HC6a")
    exercise = exercise.replace("Không ai tìm thấy bản ký", "Bộ tài liệu không ghi số trang")
    project.write("docs/thuc-hanh/th87.md", exercise.replace("roles: [", "roles: [tro-ly, "))
    # The self-review is a choice: one statement makes room.
    project.replace("docs/tu-ra-soat/tr-hdnd.md", "part: HC1h", "part: HC6a")


@pytest.mark.parametrize("tests_too", [False, pytest.param(True, marks=pytest.mark.full)])
def test_content_stays_green_in_a_book_that_grew(project: Project, root: Path, tests_too: bool) -> None:
    """By the checks each time; by the tests of content, which read all of it once more, in `make test-full`."""
    grown(project)
    kb, issues = check_project(project.root)
    unread = {issue.message.split()[0] for issue in issues if issue.code == "suspect-rule"}
    assert run_here("confirm", *sorted(unread), root=project.root).returncode == 0
    kb, issues = check_project(project.root)
    assert [str(issue) for issue in issues] == []
    assert "Tỉnh Không Có Thật (2025)" in told_places(seen_of(kb, "HC3a"))
    assert group_of(seen_of(kb, "HC6a")) == "Đã gặp ở một nơi"
    if not tests_too:
        return
    environment = {
        **os.environ,
        "HDND_TEST_ROOT": str(project.root),
        "PYTEST_XDIST_WORKER": "",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *CONTENT],
        cwd=ROOT, env=environment, text=True, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 60  # type: ignore[index]
