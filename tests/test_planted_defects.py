"""For every check a planted defect that it must catch, with file, field and remedy.

The last test reads the sources: an issue code that no defect here provokes is a failure.
"""

from __future__ import annotations

import ast
import contextlib
import re
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from knowledge.checks.project import check_project
from knowledge.kinds import BY_FOLDER
from knowledge.macro_specs import MACROS
from knowledge.records import deadlines, documents, large_class, model, moves, resolution_kinds, signs, trials
from knowledge.records import path as path_types
from knowledge.records.fields import Strict
from knowledge.records.issues import Issue
from tests.conftest import ROOT, Project
from tests.put_back import PutBack
from tests.sample import SEED

DM04, DM05 = "checklists/dm04.yml", "checklists/dm05.yml"
DM15 = "checklists/dm15.yml"
HC1 = "docs/han-che/hc1.md"
NN1 = "docs/nguyen-nhan/nn1.md"
CT1 = "docs/cach-lam-hay/ct1.md"
GP1 = "docs/giai-phap/gp1.md"
B4 = "docs/ky-hop/b4.md"
BM01 = "docs/bieu-mau/bm01.md"
BM02_YML = "docs/bieu-mau/bm02.yml"
BM10_YML = "docs/bieu-mau/bm10.yml"
LAW = "docs/can-cu/luat-72-2025.md"
OLD_LAW = "docs/can-cu/luat-87-2015.md"
SEEN = "docs/nguon/thap-muoi-2022.md"
TB183 = "docs/tra-cuu/tb183.md"
TERMS = "docs/tra-cuu/thuat-ngu.md"
HOME = "docs/index.md"
TH01 = "docs/thuc-hanh/th01.md"
ORDERED = "docs/thuc-hanh/th11.md"
MC5 = "docs/moc/mc5.md"
CLASS = "docs/dai-bieu-moi/lop-hoc-40-nguoi.md"
REVIEW = "docs/tu-ra-soat/tr-hdnd.md"
LN01 = "docs/loai-nghi-quyet/ln01.md"
PATH = "docs/tra-cuu/viec-cua-ai.md"
SIGNS = "docs/tra-cuu/dau-hieu-du-thao.md"
MORE_SIGNS = "docs/tra-cuu/dau-hieu-du-thao.yml"
TRIED = "docs/tra-cuu/da-thu-o-dau.md"

CODE = re.compile(r"[a-z]+(-[a-z]+)+")

FIELDS = {
    field
    for types in (model, documents, deadlines, large_class, moves, path_types, resolution_kinds, signs, trials)
    for one in vars(types).values()
    if isinstance(one, type) and issubclass(one, Strict)
    for field in one.model_fields
} | set(MACROS)
"""What an issue may name: fields of records and calls in prose."""

Plant = Callable[[Project], None]
Defect = tuple[str, str, str, Plant]


def version_of(sheet: str) -> int:
    """Return the version that a sheet has today: it rises with each change of an item."""
    return int(yaml.safe_load((ROOT / sheet).read_text("utf-8"))["version"])


def swap(file: str, old: str, new: str) -> Plant:
    return lambda project: project.replace(file, old, new)


EXTRAORDINARY = r"pattern: 'kỳ họp\s[^.;\n]{0,30}\(\s*bất thường|(?:kỳ )?họp bất thường'"


def prose(file: str, text: str) -> Plant:
    return lambda project: project.append(file, f"\n{text}\n")


def raw(file: str, data: bytes) -> Plant:
    return lambda project: (project.root / file).write_bytes(data) and None  # type: ignore[func-returns-value]


def left(*files: str) -> Plant:
    """Leave files that are no part of the project."""
    return lambda project: [project.write(file, "x") for file in files] and None


def link(file: str, target: str) -> Plant:
    return lambda project: (project.root / file).symlink_to(target)


def remove(file: str) -> Plant:
    return lambda project: (project.root / file).unlink()


def all_of(*plants: Plant) -> Plant:
    def plant(project: Project) -> None:
        for one in plants:
            one(project)

    return plant


def everywhere(pattern: str, new: str) -> Plant:
    """Replace in all sheets: a link that many items declare is gone only when all drop it."""

    def plant(project: Project) -> None:
        count = 0
        for path in sorted((project.root / "checklists").glob("*.yml")):
            text, found = re.subn(pattern, new, path.read_text("utf-8"))
            path.write_text(text, encoding="utf-8")
            count += found
        assert count, f"nothing to plant: {pattern}"

    return plant


def not_listed(record_id: str) -> Plant:
    """Drop an ID from the lists of all items that hold it."""
    alone = rf"^        (prevents|applies|forms): \[{record_id}\]\n"
    return everywhere(rf"(?m){alone}|(?<=[\[ ]){record_id}, |, {record_id}(?=[\],])", "")


def practice_without(field: str, record_id: str, other: str) -> Plant:
    """Let no exercise name an ID in a field."""

    def plant(project: Project) -> None:
        for path in sorted((project.root / "docs/thuc-hanh").glob("th*.md")):
            text = path.read_text("utf-8")
            found = re.search(rf"(?m)^{field}: \[(.*)\]$", text)
            assert found
            kept = [one for one in found[1].split(", ") if one != record_id] or [other]
            new = text.replace(found[0], f"{field}: [{', '.join(kept)}]")
            path.write_text(new, encoding="utf-8")

    return plant


def unknown(rule_id: str) -> Plant:
    """Make a rule of Luật 72/2025 one that nobody has seen."""

    def plant(project: Project) -> None:
        before, head, rest = project.read(LAW).partition(f"  - id: {rule_id}\n")
        known = "    status: verified\n    validity: current\n"
        assert head and known in rest
        unseen = "    status: unverified\n    validity: unknown\n"
        project.write(LAW, before + head + rest.replace(known, unseen, 1))

    return plant


def moved(*entries: str, withdrawn: tuple[str, ...] = ()) -> Plant:
    """Enter moves and withdrawals, each as its fields on one line."""
    lines = ["moved:", *(f"  - {{{one}, date: 2027-01-05}}" for one in entries)] if entries else ["moved: []"]
    lines += ["withdrawn:"] if withdrawn else []
    lines += [f"  - {{{one}, title: Phiếu cũ, date: 2027-01-05, reason: Đã ghép.}}" for one in withdrawn]
    return lambda project: project.write("moved.yml", "\n".join(lines) + "\n")


def with_ledger(project: Project) -> None:
    """Bring what was published: other copies do without, or every change of a sheet would be a fault."""
    project.write("ledger.json", (ROOT / "ledger.json").read_text("utf-8"))


def tried(*trials: str) -> Plant:
    """Enter trials of a sheet, each as its fields on one line."""
    return swap(DM05, "trialled: []", "\n".join(["trialled:", *(f"  - {{{one}}}" for one in trials)]))


TRIAL = f"date: 2026-11-28, version: {version_of(DM05)}, body: xã, people: 3, changed: không đổi"

EXTRA_ITEM = """      - id: them
        text: Ghi thêm một việc.
        answer: Việc
        applies: [GP5]
"""

# (code, file the line must name, words the line must hold, the defect)
DEFECTS: list[tuple[str, str, str, Plant]] = [
    # Files
    ("empty-file", NN1, "tệp trống", raw(NN1, b"  \n")),
    ("encoding", NN1, "UTF-8", raw(NN1, "---\nid: NN1\ntitle: Chuẩn bị".encode("utf-16"))),
    ("too-big", DM05, "10,000,000 byte", raw(DM05, b"a" * 10_000_000)),
    ("nfc", NN1, "NFC", swap(NN1, "Chuẩn bị", unicodedata.normalize("NFD", "Chuẩn bị"))),
    ("control-character", NN1, "U+0007", swap(NN1, "Chuẩn bị", "Chuẩn\a bị")),
    ("unreadable", "edition.yml", "không đọc được", remove("edition.yml")),
    ("missing-front-matter", NN1, "---", raw(NN1, "# Chuẩn bị\n".encode())),
    ("yaml", NN1, "sai cú pháp", swap(NN1, "solutions: [GP1, GP5]", "solutions: [GP1, GP5")),
    ("tab", DM05, "Tab", swap(DM05, "    items:", "\titems:")),
    ("duplicate-key", NN1, "hai lần", swap(NN1, "id: NN1", "id: NN1\nid: NN1")),
    ("alias", NN1, "bí danh", swap(NN1, "id: NN1", "id: &a NN1\ntitle2: *a")),
    # A fault each of which an old editor's file may have
    ("wrong-type", DM05, "dữ liệu không phải các dòng", raw(DM05, b"- a\n- b\n")),
    ("yaml", NN1, "quá nhiều tầng lồng nhau, hoặc chỉ có ghi chú", raw(NN1, b"---\n# ghi chu\n---\n\n# NN1\n")),
    # Files that do not belong there: what stands in docs/ is published
    ("stray-file", "docs/han-che/du-thao-mat.docx", "sẽ bị công bố → chuyển ra ngoài docs/; ở docs/han-che/ chỉ để tệp như hc1.md", left("docs/han-che/du-thao-mat.docx")),
    ("stray-file", "docs/mat-khau.txt", "chuyển ra ngoài docs/", left("docs/mat-khau.txt")),
    ("stray-file", "docs/ghi-chu.md", "chuyển ra ngoài docs/", left("docs/ghi-chu.md")),
    ("stray-file", "docs/han-che/hc1 - Copy.md", "chuyển ra ngoài docs/", lambda p: p.write("docs/han-che/hc1 - Copy.md", p.read(HC1))),
    ("stray-file", "docs/han-che/hc6.md.bak", "chuyển ra ngoài docs/", left("docs/han-che/hc6.md.bak")),
    ("stray-file", "docs/han-che/bm02.yml", "chuyển ra ngoài docs/", left("docs/han-che/bm02.yml")),
    ("stray-file", "docs/tra-cuu/Bản nháp.md", "đổi tên thành ban-nhap.md", left("docs/tra-cuu/Bản nháp.md")),
    ("stray-file", "docs/can-cu/Luat-72-2025.md", "đổi tên thành luat-72-2025.md", lambda p: (p.root / LAW).rename(p.root / "docs/can-cu/Luat-72-2025.md") and None),
    ("stray-file", "docs/assets/styles/site.css.txt", "chuyển ra ngoài docs/", left("docs/assets/styles/site.css.txt")),
    ("stray-file", "docs/assets/styles/ticks.js", "như a.css", left("docs/assets/styles/ticks.js", "docs/assets/styles/a.css")),
    ("stray-file", "docs/assets/scripts/ticks - Copy.js", "chuyển ra ngoài docs/", left("docs/assets/scripts/ticks - Copy.js")),
    ("stray-file", "docs/assets/images/IMG_0001.JPG", "chuyển ra ngoài docs/", left("docs/assets/images/IMG_0001.JPG")),
    ("stray-file", "docs/assets/can-bo.xlsx", "chuyển ra ngoài docs/", left("docs/assets/can-bo.xlsx")),
    ("stray-file", "docs/tai-ve/bao-cao.docx", "chuyển ra ngoài docs/", left("docs/tai-ve/bao-cao.docx")),
    ("stray-file", "checklists/dm05.yml.bak", "không thuộc sổ tay → chuyển ra ngoài checklists/", left("checklists/dm05.yml.bak")),
    ("stray-file", "checklists/ghi-chu.md", "chuyển ra ngoài checklists/", left("checklists/ghi-chu.md")),
    ("stray-file", "docs/han-che/hc6.md", "liên kết", link("docs/han-che/hc6.md", "hc1.md")),
    ("stray-file", "docs/tai-ve", "liên kết", link("docs/tai-ve", "../checklists")),
    ("stray-file", "docs/tra-cuu/ho-so", "liên kết", link("docs/tra-cuu/ho-so", "/")),
    ("stray-folder", "docs/nhap", "(2 tệp) → chuyển ra ngoài docs/", left("docs/nhap/a.docx", "docs/nhap/b/c.md")),
    ("stray-folder", "docs/han-che/anh", "(1 tệp)", left("docs/han-che/anh/a.jpg")),
    ("stray-folder", "docs/assets/tai-lieu", "(1 tệp)", left("docs/assets/tai-lieu/a.png")),
    ("stray-folder", "docs/tai-ve/cu", "(1 tệp)", left("docs/tai-ve/cu/dm01.pdf")),
    ("stray-folder", "checklists/cu", "chuyển ra ngoài checklists/", left("checklists/cu/ghi-chu.txt")),
    ("wrong-folder", "checklists/cu/dm05.yml", "checklists/", left("checklists/cu/dm05.yml")),
    # Fields
    ("unknown-field", NN1, "có phải “summary”?", swap(NN1, "summary:", "sumary:")),
    ("missing-field", NN1, "thêm “summary", swap(NN1, "summary:", "sumary:")),
    ("wrong-type", DM05, "version: sai kiểu", swap(DM05, f"version: {version_of(DM05)}", "version: một")),
    ("wrong-type", HC1, "stages: sai kiểu", swap(HC1, "stages: [B3, B4, B8]", "stages: B3")),
    ("wrong-value", HC1, "'thấp'", swap(HC1, "severity: cao", "severity: rất cao")),
    ("wrong-form", DM05, "id", swap(DM05, "id: chu-the", "id: Chủ thể")),
    ("wrong-count", DM05, "stages: có 0", swap(DM05, "stages: [B3, B4, B7]", "stages: []")),
    ("date", DM05, "không có ngày 2026-02-30", swap(DM05, "2026-11-28", "2026-02-30")),
    ("date", DM05, "năm-tháng-ngày", swap(DM05, "2026-11-28", "23/11/2026")),
    ("empty-text", NN1, "để trống", swap(NN1, "title: Chuẩn bị nội dung kỳ họp chưa được quan tâm đúng mức", 'title: " "')),
    ("line-break", DM05, "xuống dòng", swap(DM05, "goal: Chương", 'goal: "Một\\nhai"\n#')),
    ("braces", DM05, "{{", swap(DM05, "answer: Chuyên đề đã tách", 'answer: "{{ x }}"')),
    ("too-long", DM05, "tối đa 25 chữ", swap(DM05, "text: Tách chuyên đề", "text: Tách chuyên đề" + " thêm chữ" * 13)),
    ("too-long", NN1, "title: dài 480 ký tự → rút còn tối đa 120", swap(NN1, "title: Chuẩn bị nội dung kỳ họp chưa được quan tâm đúng mức", "title: " + "Chuẩn bị" * 60)),
    ("too-long", "docs/tra-cuu/hoi-dap.md", "title: dài 121 ký tự", lambda p: p.write(
        "docs/tra-cuu/hoi-dap.md", re.sub(r"(?m)^title: .*$", "title: " + "a" * 121, p.read("docs/tra-cuu/hoi-dap.md")))),
    ("too-long", HC1, "parts[0].title", swap(HC1, "- id: HC1a\n    title: ", "- id: HC1a\n    title: " + "Rất dài " * 20)),
    ("too-long", DM05, "rounds[0].title", swap(DM05, "rounds:\n  - title: ", "rounds:\n  - title: " + "Rất dài " * 20)),
    ("too-long", TERMS, "terms[0].title", lambda p: p.write(TERMS, re.sub(
        r"(?m)^(    title: ).*$", r"\1" + "Rất dài " * 20, p.read(TERMS), count=1))),
    # Kinds of resolution, the path
    ("question-without-basis", LN01, "thêm hạn chế", swap(LN01, "    prevents: [HC3b]\n  - id: viec-dang-do", "  - id: viec-dang-do")),
    ("question-repeated", LN01, "đặt mã khác", swap(LN01, "  - id: can-doi", "  - id: so-khop")),
    ("question-repeated", LN01, "đã dùng trên trang", swap(LN01, "  - id: can-doi", "  - id: ho-so")),
    ("sign-verdict", SIGNS, "sai thẩm quyền", swap(SIGNS, "message: \"Tên nêu tờ trình, chưa nêu việc HĐND quyết định.\"", "message: \"HĐND quyết việc này là sai thẩm quyền.\"")),
    ("sign-verdict", MORE_SIGNS, "“sai”", swap(MORE_SIGNS, "mend: \"Tính lại dòng này; sửa cột lệch.\"", "mend: \"Tính lại dòng này; sửa cột sai.\"")),
    ("unknown-id", MORE_SIGNS, "LN94", swap(MORE_SIGNS, "id: sl-dem-danh-sach", "id: sl-dem-danh-sach\n    kinds: [LN94]")),
    ("duplicate-id", MORE_SIGNS, "sl-ky-ubnd", swap(MORE_SIGNS, "id: sl-dem-danh-sach", "id: sl-ky-ubnd")),
    ("sign-too-sure", SIGNS, "giam-sat.chuong-trinh-bao-cao", swap(SIGNS, "rules: [ky-hop.ky-chung-thuc]", "rules: [giam-sat.chuong-trinh-bao-cao]")),
    ("sign-too-sure", SIGNS, "dau-tu-cong.quyet-dinh-dau-tu", swap(SIGNS, "rules: [ky-hop.ky-chung-thuc]", "rules: [dau-tu-cong.quyet-dinh-dau-tu]")),
    ("sign-pattern", SIGNS, "chữ hoa", swap(SIGNS, EXTRAORDINARY, "pattern: 'Kỳ họp bất thường'")),
    ("sign-pattern", SIGNS, "Chrome 109", swap(SIGNS, EXTRAORDINARY, "pattern: '(?<!đã )họp bất thường'")),
    ("sign-pattern", SIGNS, "lặp trong phép lặp", swap(SIGNS, EXTRAORDINARY, "pattern: '(?:kỳ +)*họp bất thường'")),
    ("sign-pattern", SIGNS, "không phải mẫu tìm đúng", swap(SIGNS, EXTRAORDINARY, "pattern: '(?:kỳ họp bất thường'")),
    ("sign-text-no-ground", SIGNS, "LN02", swap(SIGNS, "kinds: [LN01, LN09, LN10]\n    texts", "kinds: [LN01, LN02]\n    texts")),
    ("kind-form", LN01, "không ghi vì sao", swap(LN01, "forms: [BM04]\nsheets", "forms: []\nsheets")),
    ("kind-form", LN01, "vừa có biểu mẫu", swap(LN01, "forms: [BM04]\nsheets", 'forms: [BM04]\nno_form: "Chưa có."\nsheets')),
    ("title-unlike-kind", LN01, "BM04", swap(LN01, "Về dự toán thu, chi ngân sách và phân bổ", "Về giao")),
    ("kind-otherwise", LN01, "ghi otherwise", lambda p: p.write(LN01, re.sub(
        r"(?ms)^owner: hdnd(.*?)^otherwise:.*?(?=^normative:)", r"owner: tuy\1", p.read(LN01)))),
    ("council-verb", LN01, "verb", swap(LN01, "verb: quyết định", "verb: phê duyệt")),
    ("council-verb", LN01, "titles[0]", swap(LN01, "Về dự toán thu, chi ngân sách và", "Về việc phê duyệt dự toán và")),
    ("wrong-count", LN01, "words: có 0", lambda p: p.write(LN01, re.sub(r"(?m)^words: .*$", "words: []", p.read(LN01)))),
    ("wrong-count", LN01, "questions: có", lambda p: p.write(LN01, re.sub(r"(?ms)^  - id: so-khop.*?(?=^forms:)", "", p.read(LN01)))),
    ("to-write", LN01, "còn “VIẾT Ở ĐÂY” ở đây và 1 chỗ nữa", all_of(
        swap(LN01, "verb: quyết định", "verb: VIẾT Ở ĐÂY"), swap(LN01, "submits: Tập thể UBND xã, phường", "submits: VIẾT Ở ĐÂY"))),
    ("to-write", B4, "viết vào từng chỗ đó", prose(B4, "- VIẾT Ở ĐÂY")),
    ("too-long", LN01, "effect[0]: dài 39 chữ", swap(LN01, 'effect:\n  - "Ghi năm', 'effect:\n  - "' + "Ghi rõ " * 13 + 'năm')),
    ("path-goes-back", PATH, "trỏ tới một câu đứng sau", swap(PATH, "if_no: duong-nhan-su", "if_no: duong-nhieu-co-quan")),
    ("path-unreached", PATH, "không câu nào dẫn tới “duong-ky-chung”", swap(PATH, "if_yes: duong-ky-chung", "if_yes: duong-cua-ban")),
    ("path-step", PATH, "câu hỏi: chỉ ghi if_yes và if_no", swap(PATH, "    if_yes: duong-ky-chung\n", "")),
    ("path-step", PATH, "kết luận: ghi whose", swap(PATH, "    if_yes: duong-ky-chung\n", "    if_yes: duong-ky-chung\n    kinds: [LN01]\n")),
    ("ground-form", LN01, "grounds[2]", swap(LN01, "  - instrument: nd-73-2026", '  - note: "Đọc lại."')),
    ("ground-form", LN01, "giữ một", swap(LN01, "  - instrument: nd-73-2026", '  - instrument: nd-73-2026\n    text: "Nghị định"')),
    ("unknown-id", PATH, "kinds", swap(PATH, "kinds: [LN11, LN12]", "kinds: [LN98, LN12]")),
    # What people tried
    ("trial-list", DM05, "chưa ai thử thì ghi trialled: []", swap(DM05, "trialled: []", "trialled: true")),
    ("trial-list", DM05, "trialled[1]: lần dùng thử này ghi hai lần", tried(TRIAL, TRIAL)),
    ("trial-list", DM05, "cũ trước", tried(TRIAL, TRIAL.replace("2026-11-28, version: 4", "2026-11-20, version: 3"))),
    ("trial-date", DM05, "sau ngày của bản này", tried(TRIAL.replace("2026-11-28", "2099-01-05"))),
    ("trial-date", DM05, "trước khi có phiên bản 4", tried(TRIAL.replace("2026-11-28", "2026-11-27"))),
    ("trial-date", TRIED, "ngày thử trước ngày của bản đã thử", swap(
        TRIED, "  - id: thu-word-cu\n", "    reports:\n      - {date: 2026-11-20, edition: 2026-11-28, device: Word, result: được}\n  - id: thu-word-cu\n")),
    ("trial-version", DM05, f"từ 1 đến {version_of(DM05)}", tried(TRIAL.replace(f"version: {version_of(DM05)}", "version: 99"))),
    ("trial-changed", DM05, "ghi changed: không đổi", tried(TRIAL.replace(", changed: không đổi", ""))),
    ("trial-draft", DM05, "chưa tính là đã thử", tried(f"{TRIAL}, draft: true")),
    ("wrong-value", DM05, "trialled[0].body", tried(TRIAL.replace("body: xã", "body: Xã Bản Mẫu"))),
    ("unknown-field", DM05, "names", tried(f"{TRIAL}, names: hai người")),
    ("duplicate-id", TRIED, "thu-word-moi", swap(TRIED, "id: thu-word-cu", "id: thu-word-moi")),
    ("too-long", TRIED, "try_steps[0].do[0]", swap(TRIED, "Tải tệp Word của BM10, mở, bấm", "Tải tệp Word của BM10, " + "mở rồi " * 8 + "bấm")),
    # IDs
    ("id-file-mismatch", NN1, "nn9.md", swap(NN1, "id: NN1", "id: NN9")),
    ("duplicate-id", "docs/nguyen-nhan/nn9.md", "NN6", lambda p: p.write("docs/nguyen-nhan/nn9.md", p.read(NN1))),
    ("duplicate-id", DM05, "chu-the-2", swap(DM05, "id: can-cu", "id: chu-the")),
    ("duplicate-id", HC1, "HC1l", swap(HC1, "- id: HC1b", "- id: HC1a")),
    ("part-id", HC1, "bắt đầu bằng HC1", swap(HC1, "- id: HC1b", "- id: HC2b")),
    ("page-without-data", "docs/danh-muc/dm99.md", "checklists/dm99.yml",
     lambda p: p.write("docs/danh-muc/dm99.md", p.read("docs/danh-muc/dm05.md").replace("DM05\n", "DM99\n", 1))),
    ("data-without-page", DM05, "docs/danh-muc/dm05.md", remove("docs/danh-muc/dm05.md")),
    # Links
    ("unknown-id", HC1, "có phải “NN", swap(HC1, "causes: [NN1,", "causes: [NN11,")),
    ("unknown-id", DM05, "rules[0]", swap(DM05, "rules: [giam-sat.pham-vi-hdnd]", "rules: [giam-sat.pham-vi]")),
    ("unknown-id", DM05, "reads", swap(DM05, "reads: thu-ky", "reads: thuky")),
    ("unknown-id", TERMS, "see_also", swap(TERMS, "see_also: [ca-biet", "see_also: [ca-biec")),
    ("wrong-link-kind", HC1, "GP1 là giải pháp", swap(HC1, "causes: [NN1,", "causes: [GP1,")),
    ("wrong-link-kind", DM05, "NN1 là nguyên nhân", swap(DM05, "prevents: [HC1b]", "prevents: [NN1]")),
    ("repeated-link", HC1, "hai lần", swap(HC1, "causes: [NN1,", "causes: [NN1, NN1,")),
    ("stated-not-linked", NN1, "GP3", swap(NN1, "id: NN1", "id: NN1\nstated: [GP3]")),
    ("orphan", "docs/nguyen-nhan/nn5.md", "NN5", all_of(
        swap(HC1, ", NN5]", "]"), swap("docs/han-che/hc5.md", ", NN5]", "]"))),
    # Quotations
    ("quote-not-verbatim", NN1, "chép đúng từng chữ", swap(NN1, "chưa được quan tâm đúng mức.\"", "đã được quan tâm.\"")),
    ("wrong-locator", NN1, "ghi locator: 2.5", swap(NN1, "locator: '2.5'", "locator: '2.6'")),
    ("wrong-locator", NN1, "có phải “2.5”?", swap(NN1, "locator: '2.5'", "locator: '2.9'")),
    ("unknown-id", NN1, "TB183", swap(NN1, "source: TB183", "source: TB184")),
    ("unquoted-sentence", TB183, "fn1.c", swap(HC1, "đối tượng giám sát và phạm vi giám sát.", "đối tượng giám sát")),
    ("needless-deferred", TB183, "xóa dòng deferred", swap(TB183, "locator: '2.6'", "locator: '2.6'\n    deferred: true")),
    ("duplicate-id", TB183, "fn1.b", swap(TB183, "locator: 'fn1.c'", "locator: 'fn1.b'")),
    # Sources and what they met
    ("duplicate-label", SEEN, "Lai Châu 2024", swap(SEEN, "label: Đồng Tháp 2022", "label: Lai Châu 2024")),
    ("coverage-without-sections", TB183, "lessons_in", swap(TB183, "lessons_in: ['2', '3', fn1, fn2]", "lessons_in: []")),
    ("duplicate-id", SEEN, "BC-thap-muoi-2022-1", swap(SEEN, "id: BC-thap-muoi-2022-2", "id: BC-thap-muoi-2022-1")),
    ("evidence-twice", SEEN, "gộp làm một", swap(SEEN, "part: HC1i", "part: HC3a")),
    ("date", SEEN, "không có ngày 2022-02-31", swap(SEEN, "date: '2022-02-22'", "date: '2022-02-31'")),
    ("date", SEEN, "2026-Q3", swap(SEEN, "date: '2022-02-22'", "date: quý II/2022")),
    ("press-quoted", SEEN, "kể lại bằng lời", swap(SEEN, "kind: tin", "kind: bao-chi")),
    ("wrong-locator", SEEN, "chọn trong: 1", swap(SEEN, "part: HC3a\n  text: công tác thm tra dự thảo Nghị quyết còn mang tính hình thức\n  locator: '1'",
        "part: HC3a\n  text: công tác thm tra dự thảo Nghị quyết còn mang tính hình thức\n  locator: '7'")),
    ("quote-not-verbatim", SEEN, "chép đúng từng chữ", swap(SEEN, "text: một số nghị quyết căn cứ", "text: nhiều nghị quyết căn cứ")),
    ("unknown-id", SEEN, "evidence[0].part", swap(SEEN, "part: HC3a", "part: HC3z")),
    ("unknown-id", CT1, "có phải “BC-thap-muoi-2022-1”?", swap(CT1, "## Làm gì", 'Xem {{ ref("BC-thap-muooi-2022-1") }}.\n\n## Làm gì')),
    ("link-to-draft", CT1, "BC-thap-muoi-2022-1 là bản nháp", all_of(
        swap(CT1, "## Làm gì", 'Xem {{ ref("BC-thap-muoi-2022-1") }}.\n\n## Làm gì'), swap(SEEN, "id: thap-muoi-2022\n", "id: thap-muoi-2022\ndraft: true\n"))),
    ("evidence", SEEN, "ghi text cùng locator", swap(SEEN, "part: HC3a", "part: HC3a\n  told: Theo tin")),
    # The network
    ("part-not-prevented", HC1, "HC1e", not_listed("HC1e")),
    ("part-not-met", HC1, "chưa nguồn nào nêu HC1j", swap("docs/nguon/dai-bieu-nhan-dan-2018.md", "part: HC1j", "part: HC1c")),
    ("part-not-prevented", "docs/han-che/hc9.md", "HC9", lambda p: p.write(
        "docs/han-che/hc9.md", whole_finding(p))),
    ("cause-without-solution", NN1, "solutions", swap(NN1, "solutions: [GP1, GP5]", "solutions: []")),
    ("lesson-not-applied", "docs/giai-phap/gp4.md", "GP4", not_listed("GP4")),
    ("lesson-not-applied", "docs/cach-lam-hay/ct2.md", "CT2", not_listed("CT2")),
    ("item-without-basis", DM05, "DM05/thoi-gian-thao-luan",
     swap(DM05, "answer: Số phút\n        applies: [GP5]", "answer: Số phút")),
    ("name-the-part", DM05, "HC1a, HC1b", swap(DM05, "prevents: [HC1b]", "prevents: [HC1]")),
    ("role-without-sheet", "docs/vai-tro/kiem-toan.md", "sheets: false", lambda p: p.write(
        "docs/vai-tro/kiem-toan.md",
        p.read("docs/vai-tro/thu-ky.md").replace("id: thu-ky", "id: kiem-toan").replace("Thư ký kỳ họp", "Kiểm toán"))),
    ("unknown-id", "docs/bieu-mau/bm07.yml", "sheets[0].columns", swap("docs/bieu-mau/bm07.yml", "limit: han-gui-tai-lieu", "limit: han-gui-tai-lieuu")),
    ("column-limit", "docs/bieu-mau/bm07.yml", "không phải hạn đếm lùi", swap("docs/bieu-mau/bm07.yml", "limit: han-gui-tai-lieu", "limit: han-luu-ho-so")),
    ("deadline", "docs/tra-cuu/thoi-han.md", "only_if: khac mà không có condition", swap(
        "docs/tra-cuu/thoi-han.md", '    condition: "với nội dung khó"\n', "")),
    ("deadline", "docs/tra-cuu/thoi-han.md", "khoảng ngược", swap("docs/tra-cuu/thoi-han.md", "    until: 9\n", "    until: 19\n")),
    ("role-with-sheet", "docs/vai-tro/thu-ky.md", "sheets", swap("docs/vai-tro/thu-ky.md", "order: 50", "order: 50\nsheets: false")),
    ("role-without-work", "docs/vai-tro/cap-uy.md", "actions", lambda p: [
        p.write(file, p.read(file).replace("who: [cap-uy]", "who: [mttq]"))
        for file in (f"docs/cach-lam-hay/ct{n}.md" for n in (1, 2, 3))] and None),
    ("stage-without-sheet", "docs/ky-hop/b5.md", "B5", everywhere(r"\bB5\b", "B4")),
    ("template-not-used", "docs/bieu-mau/bm12.md", "BM12", not_listed("BM12")),
    # Law
    ("rule-not-showable", DM05, "unverified/unknown", unknown("tham-tra.truoc-khi-trinh")),
    ("rule-not-showable", TH01, "rules[0]: tham-tra.truoc-khi-trinh", all_of(
        unknown("tham-tra.truoc-khi-trinh"),
        swap(TH01, "rules: [", "rules: [tham-tra.truoc-khi-trinh, "))),
    ("rule-not-showable", "docs/tra-cuu/thoi-han.md", "rule: ky-hop.ubnd-ban-bao-cao", unknown("ky-hop.ubnd-ban-bao-cao")),
    ("rule-not-showable", "docs/loai-nghi-quyet/ln12.md", "who_rules[0]: dai-bieu.dua-ra", unknown("dai-bieu.dua-ra-bai-nhiem")),
    ("rule-not-showable", "docs/tra-cuu/ky-hop-thu-nhat.md", "khuyet-thuong-truc", unknown("to-chuc.khuyet-thuong-truc")),
    ("rule-without-article", LAW, "article", swap(LAW, '    article: "Điều 1 khoản 1"\n', "")),
    ("rule-without-article", OLD_LAW, "điều, khoản cũ", all_of(
        swap(OLD_LAW, '    was: "Luật 87/2015 Điều 58 khoản 2"\n', ""),
        swap(OLD_LAW, 'HĐND biểu quyết."\n    article: "Luật 121/2025 và NQ 114/2025/UBTVQH15"\n', 'HĐND biểu quyết."\n'))),
    ("rule-without-source", "docs/can-cu/luat-121-2025.md", "source", lambda p: p.write(
        "docs/can-cu/luat-121-2025.md", without_rule_source(p.read("docs/can-cu/luat-121-2025.md")))),
    ("rule-of-replaced-law", OLD_LAW, "historical", swap(OLD_LAW, "status: unverified\n    validity: historical", "status: reported\n    validity: current")),
    ("local-with-number", "docs/can-cu/nq-104-2025.md", "con số", swap("docs/can-cu/nq-104-2025.md", "Thời hạn gửi tài liệu", "Trước 5 ngày gửi tài liệu")),
    ("date-order", LAW, "ngày kiểm tra", swap(LAW, "checked_on: 2026-11-23", "checked_on: 2026-12-23")),
    ("date-order", OLD_LAW, "in_force_to", swap(OLD_LAW, "in_force_to: 2026-03-01", "in_force_to: 2015-03-01")),
    ("state-disagrees", OLD_LAW, "replaced", swap(OLD_LAW, "state: replaced", "state: in-force")),
    ("state-disagrees", "docs/can-cu/luat-121-2025.md", "luat-87-2015", swap("docs/can-cu/luat-121-2025.md", "supersedes: [luat-87-2015]", "supersedes: []")),
    ("law-in-prose", B4, "rule(", prose(B4, "Theo Điều 12 Luật này, Ban phải họp.")),
    ("law-in-prose", HC1, "khoản 3", prose(HC1, "!!! example\n    Theo khoản 3 của Luật 72/2025, ban phải họp theo khoản 3.")),
    # What comes first
    ("first-things", "docs/vai-tro/dai-bieu.md", "chưa có lúc “Còn 15 đến 6 ngày", swap("docs/vai-tro/dai-bieu.md", "when: ho-so", "when: som")),
    ("first-things", "docs/vai-tro/thu-ky.md", "chưa có lúc “Sau kỳ họp", swap("docs/vai-tro/thu-ky.md", "when: sau", "when: som")),
    ("first-things", "docs/vai-tro/dai-bieu.md", "không phải việc của Đại biểu", swap("docs/vai-tro/dai-bieu.md", "DM12/viec-gi", "DM18/gui")),
    ("best-item", HC1, "DM18/gui không ngăn HC1a", swap(HC1, "best: DM04/hieu-luc-can-cu", "best: DM18/gui")),
    # What is over, what was read, what changed
    ("notice-over", "edition.yml", "đã hết hạn", swap("edition.yml", "show_until: 2027-03-01", "show_until: 2026-01-05")),
    ("unknown-page", "edition.yml", "không có trang", swap("edition.yml", "page: tra-cuu/tien-do.md", "page: tra-cuu/khong-co.md")),
    ("duplicate-id", "edition.yml", "dùng hai lần", swap("edition.yml", "id: du-toan-2027", "id: ra-soat-2027")),
    ("macro-arguments", HOME, "không có thông tin", swap(HOME, 'notice("du-toan-2027")', 'notice("khac")')),
    ("not-told-what-was-read", OLD_LAW, "chưa ghi đã đọc gì", lambda p: p.write(OLD_LAW, re.sub(r"(?ms)^read:\n.*?(?=^rules:)", "", p.read(OLD_LAW)))),
    ("date-order", OLD_LAW, "ngày đọc sau ngày", swap(OLD_LAW, "    on: 2026-11-27", "    on: 2027-11-27")),
    ("suspect-rule", "checklists/dm01.yml", "đã đổi", swap("docs/can-cu/luat-72-2025.md", "Ban của HĐND thẩm tra dự thảo nghị quyết", "Ban của HĐND phải thẩm tra dự thảo nghị quyết")),
    ("suspect-rule", B4, "chưa ai xác nhận", prose(B4, '{{ rule("to-chuc.hai-cap") }}')),
    ("confirmed-file", "confirmed.yml", "tệp hỏng", raw("confirmed.yml", b"rules: [")),
    # A rule's ID twice
    ("duplicate-id", LAW, "bị trùng", lambda p: p.write(LAW, p.read(LAW).replace("  - id: to-chuc.nhiem-ky\n", "  - id: to-chuc.hai-cap\n", 1))),
    # A long title inside a path, and named arguments
    ("long-sentence", MC5, "steps[0].title", lambda p: p.write(MC5, re.sub(r'(?m)^    title: .*$', '    title: "' + "a " * 27 + '"', p.read(MC5), count=1))),
    ("macro-arguments", B4, "không đặt tên", prose(B4, '{{ ref("HC1", text="x") }}')),
    # Dates; what the handbook says of itself
    ("date-form", B4, "viết 05/3/2027", prose(B4, "Nộp trước ngày 05/03/2027.")),
    ("date-form", B4, "viết 09/02/2027", prose(B4, "| Việc | Hạn |\n| --- | --- |\n| Gửi | 9/2/2027 |")),
    ("date-form", HOME, "không phải một ngày", prose(HOME, "Họp ngày 30/02/2027.")),
    ("date-form", B4, "viết 01/4/2026", swap(B4, "when: ", "when: Từ 01/04/2026, ")),
    ("denies-what-exists", "docs/bieu-mau/index.md", "Tệp Word", prose("docs/bieu-mau/index.md", "Tệp Word, bảng tính chưa có\ntrong bản này.")),
    ("denies-what-exists", HOME, "bài luyện", prose(HOME, "!!! note\n    Các bài luyện đang được biên soạn.")),
    ("denies-what-exists", BM01, "tệp Word", swap(BM01, "purpose: ", "purpose: Chưa có tệp Word. ")),
    # A source is named by what its record says
    ("source-by-hand", B4, 'viết {{ source_name("TB183") }}', prose(B4, "Theo Thông báo số 183, Ban nên họp sớm.")),
    ("source-by-hand", B4, "“183/TB-HĐND”", prose(B4, "| Nguồn | Lỗi |\n| --- | --- |\n| 183/TB-HĐND | Thiếu giờ |")),
    ("source-by-hand", HOME, "“thông báo năm 2024”", prose(HOME, "- Lỗi mà thông báo năm 2024 đã nêu.")),
    ("source-by-hand", HOME, "“TB183”", swap(HOME, "description: Ghi ngày", "description: Theo TB183, ghi ngày")),
    ("source-by-hand", SEEN, "“Lai Châu 2024”", prose(SEEN, "Lai Châu 2024 cũng nêu lỗi này.")),
    ("source-by-hand", B4, 'source_name("thap-muoi-2022")', prose(B4, "Theo Đồng Tháp 2022, lỗi này hay gặp.")),
    ("source-by-hand", TERMS, "terms[0].definition", lambda p: p.write(TERMS, re.sub(
        r'(?m)^    definition: "', '    definition: "Theo Thông báo 183: ', p.read(TERMS), count=1))),
    ("source-by-hand", BM02_YML, "câu không cần tên nguồn", swap(BM02_YML, 'subject: "', 'subject: "Thông báo 183 ')),
    ("source-by-hand", TH01, "feedback", lambda p: p.write(TH01, re.sub(
        r'(?m)^    feedback: "', '    feedback: "Thông báo 183 đã nêu. ', p.read(TH01), count=1))),
    # Documents behind the templates
    ("slot-form", BM02_YML, "“…” sai dạng", swap(BM02_YML, 'subject: "', 'subject: "…… ')),
    ("slot-form", BM02_YML, "[…]", swap(BM02_YML, 'subject: "', 'subject: "[…] ')),
    ("slot-form", BM02_YML, "«»", swap(BM02_YML, 'subject: "', 'subject: "«» ')),
    ("slot-form", BM02_YML, "«", swap(BM02_YML, 'subject: "', 'subject: "«số ')),
    ("unknown-field", BM02_YML, "có phải {don-vi}", swap(BM02_YML, 'subject: "', 'subject: "{donvi} ')),
    ("field-out-of-place", BM02_YML, "nd.ten", swap(BM02_YML, 'subject: "', 'subject: "{nd.ten} ')),
    ("field-out-of-place", BM02_YML, "chỉ lặp một tầng", swap(
        BM02_YML, '    blocks:\n', '    blocks:\n      - kind: each\n        each: noi-dung\n        blocks:\n          - kind: table\n'
        '            columns: ["Nội dung", "Ai"]\n            widths: [50, 50]\n            rows:\n              - each: noi-dung\n'
        '                rows: [["{nd.ten}", ""]]\n')),
    ("field-out-of-place", BM10_YML, "dòng đầu, dòng cuối", swap(BM10_YML, '"Biểu quyết thông qua: {nd.ten}"', '"Biểu quyết"')),
    ("too-many-notes", BM10_YML, "7 chú thích", swap(BM10_YML, 'text: "Điều hành', 'note: Thêm một lời nữa.\n        text: "Điều hành')),
    ("stale-year", BM02_YML, "ghi sẵn năm 2025", swap(BM02_YML, 'subject: "', 'subject: "Năm 2025 ')),
    ("block-kind", BM02_YML, "paragraph", swap(BM02_YML, "kind: paragraph", "kind: para")),
    ("wrong-form", "docs/bieu-mau/bm07.yml", "quá dài", swap("docs/bieu-mau/bm07.yml", 'name: "Phân công, tiến độ"', f'name: "{"Phân công " * 5}"')),
    ("template-without-document", BM01, "bm01.yml", remove("docs/bieu-mau/bm01.yml")),
    ("document-without-template", "docs/bieu-mau/bm99.yml", "bm99.md",
     lambda p: p.write("docs/bieu-mau/bm99.yml", p.read(BM02_YML).replace("id: BM02", "id: BM99"))),
    ("id-file-mismatch", BM02_YML, "BM03", swap(BM02_YML, "id: BM02", "id: BM03")),
    ("document-kind", "docs/bieu-mau/bm16.yml", "form: internal", swap("docs/bieu-mau/bm16.yml", "form: internal", "form: named")),
    ("document-kind", BM02_YML, "documents", lambda p: p.write(BM02_YML, p.read("docs/bieu-mau/bm07.yml").replace("id: BM07", "id: BM02"))),
    ("document-incomplete", BM02_YML, "thiếu symbol", swap(BM02_YML, "    symbol: NQ-HĐND\n", "")),
    ("official-in-internal", "docs/bieu-mau/bm16.yml", "recipients", swap("docs/bieu-mau/bm16.yml", "form: internal", 'form: internal\n    recipients: ["Ai đó"]')),
    ("table-shape", "docs/bieu-mau/bm10.yml", "cột", swap(BM10_YML, "rows:\n", 'rows:\n          - [""]\n')),
    ("table-shape", BM10_YML, "cột", swap(BM10_YML, "reported:\n", 'reported:\n              - ["{nd.ten}"]\n')),
    ("ground-form", BM02_YML, "đúng một", swap(BM02_YML, "- instrument: luat-72-2025", '- instrument: luat-72-2025\n        text: "Căn cứ «tên văn bản»;"')),
    ("ground-not-verified", BM02_YML, "reported", swap(BM02_YML, "instrument: luat-72-2025", "instrument: luat-121-2025")),
    ("unknown-id", BM02_YML, "có phải “luat-72-2025”?", swap(BM02_YML, "instrument: luat-72-2025", "instrument: luat-72-205")),
    # Items
    ("round-role", DM05, "thêm thu-ky", swap(DM05, "chu-toa, thu-ky, dai-bieu]", "chu-toa, dai-bieu]")),
    ("role-without-round", DM05, "dai-bieu", swap(DM05, "by: [dai-bieu]", "by: [chu-toa]")),
    ("vote-column", DM15, "chưa có cột", swap(DM15, "        column: {title: Cần}\n", "")),
    ("vote-column", DM15, "làm một lượt", swap(DM15, "    each_vote: true\n", "")),
    ("branch-item", DM15, "không có mục", swap(DM15, "  - item: doc-cho-sua\n", "  - item: doc-cho-khac\n")),
    ("branch-order", DM15, "theo thứ tự", swap(DM15, "  - item: neu-so-phieu\n", "  - item: du-hop\n")),
    ("branch-front", DM15, "hơn 2", swap(DM15, "    unless: Bản sửa chưa in\n", "    unless: Bản sửa chưa in\n    front: Đọc lại.\n")),
    ("round-stage", DM05, "thêm B7", swap(DM05, "stages: [B3, B4, B7]", "stages: [B3, B4, B8]")),
    ("round-stage", DM05, "chưa ghi bước", swap(DM05, "    stage: B4\n", "")),
    ("stage-without-round", DM05, "B7", swap(DM05, "stage: B7", "stage: B4")),
    ("too-many-items", DM05, "một trang A4", swap(DM05, "      - id: thoi-gian-thao-luan", EXTRA_ITEM * 2 + "      - id: thoi-gian-thao-luan")),
    ("too-long-aloud", DM05, "90 giây", lambda p: p.write(DM05, with_long_answers(p.read(DM05)))),
    ("verb-first", DM05, "động từ", swap(DM05, "text: Tách chuyên đề", "text: Danh sách")),
    ("two-checks", DM05, "tách", swap(DM05, "text: Tách chuyên đề", "text: Tách chuyên đề và/hoặc ghi")),
    ("too-many-critical", DM05, "tối đa 3", swap(DM05, "answer: Chuyên đề đã tách", "answer: Số\n        critical: true")),
    ("critical-order", DM05, "đầu lần rà soát", swap(DM05, "answer: Số chuyên đề; số đủ ba ý", "answer: Số\n        critical: true")),
    ("review-date", DM05, "2027-11-28", swap(DM05, "review_by: 2027-10-31", "review_by: 2028-10-31")),
    ("review-date", DM05, "2027-11-28", swap(DM05, "review_by: 2027-10-31", "review_by: 2026-11-27")),
    ("review-date", DM05, "2027-11-28", swap(DM05, "review_by: 2027-10-31", "review_by: 2027-11-29")),
    ("review-due", DM05, "quá hạn", all_of(
        swap(DM05, "revised: 2026-11-28", "revised: 2026-01-23"), swap(DM05, "2027-10-31", "2026-10-31"))),
    ("date-order", DM05, "edition.yml", swap(DM05, "revised: 2026-11-28", "revised: 2026-12-01")),
    # Prose
    ("macro-syntax", B4, "sai cú pháp", prose(B4, '{{ ref("HC1" }}')),
    ("unknown-macro", B4, "có phải “ref”?", prose(B4, '{{ reff("HC1") }}')),
    ("unknown-macro", B4, "typo", prose(B4, "{{ typo }}")),
    ("macro-syntax", B4, "ngoài một lời gọi", prose(B4, '{{ ref("HC1") | upper }}')),
    ("macro-syntax", B4, "ngoài một lời gọi", prose(B4, '{{ ref("HC1").foo }}')),
    ("macro-syntax", B4, "ngoài một lời gọi", prose(B4, "{{ 1 + 1 }}")),
    ("macro-syntax", B4, "có lệnh", prose(B4, '{% set x = 1 %}')),
    ("macro-syntax", B4, "có lệnh", prose(B4, "{% include 'index.md' %}")),
    ("macro-syntax", B4, "sẽ mất khỏi trang", prose(B4, "Mở {# đoạn này mất #} đóng.")),
    ("macro-syntax", B4, "sẽ mất khỏi trang", prose(B4, '{{ ref("HC1") }}\n\n{# hai\ndòng #}')),
    ("macro-syntax", B4, "quá rối", prose(B4, "{{ " + "(" * 5000)),
    ("macro-syntax", B4, "quá rối", prose(B4, "{{ " + "9" * 5000 + " }}")),
    ("macro-not-called", B4, "thiếu dấu ngoặc", prose(B4, "{{ ref }}")),
    ("macro-arguments", B4, "tham số", prose(B4, "{{ ref() }}")),
    ("macro-arguments", B4, "ngoặc kép", prose(B4, "{{ ref(1) }}")),
    ("macro-arguments", B4, "chọn:", prose(B4, '{{ record_list("lỗi") }}')),
    ("macro-place", B4, "phiếu rà soát", prose(B4, "{{ checklist() }}")),
    ("macro-place", HOME, "bước", prose(HOME, "{{ record_header() }}")),
    ("macro-place", TERMS, "nguồn", prose(TERMS, "{{ source_text() }}")),
    ("macro-arguments", NN1, "không có trường", prose(NN1, '{{ linked("stages") }}')),
    ("script", B4, "chạy mã", prose(B4, "<script>alert(1)</script>")),
    ("script", B4, "chạy mã", prose(B4, '<p onclick="alert(1)">x</p>')),
    ("script", B4, "chạy mã", prose(B4, "[x](javascript:alert(1))")),
    ("dead-link", B4, "không có tệp", prose(B4, "[x](../)")),
    ("dead-link", B4, "không có tệp", prose(B4, f"[x]({'a' * 400})")),
    ("quote-it", HOME, "ngoặc kép", swap(HOME, "title: Bắt đầu", "title: on")),
    ("quote-it", B4, "outcome", swap(B4, "outcome: ", "outcome: 2026-02-30\n#")),
    ("markup", NN1, "không dùng", swap(NN1, "title: Chuẩn", "title: <b>Chuẩn")),
    ("missing-front-matter", NN1, "---", swap(NN1, "\n---\n", "\n---\u00a0\n")),
    ("date", DM05, "1900–2100", swap(DM05, "2026-11-28", "9999-12-31")),
    ("quote-it", HOME, "ngoặc kép", swap(HOME, "title: Bắt đầu", "title: 2026-11-23")),
    ("wrong-type", DM05, "số nguyên", swap(DM05, f"version: {version_of(DM05)}", "version: " + "9" * 5000)),
    ("wrong-folder", "docs/nguyen-nhan/sub/nn9.md", "docs/nguyen-nhan/", lambda p: p.write("docs/nguyen-nhan/sub/nn9.md", p.read(NN1))),
    ("unknown-id", B4, "có phải “HC1", prose(B4, '{{ ref("HC1z") }}')),
    ("unknown-id", B4, "ghi mã", prose(B4, '{{ rule("HC1") }}')),
    ("wrong-locator", B4, "chọn trong", prose(B4, '{{ quote("TB183", "9.9") }}')),
    ("dead-link", B4, "có phải “b3.md”?", prose(B4, "[x](b33.md)")),
    ("dead-link", B4, "có phải “#hc1e”?", prose(B4, "[x](../han-che/hc1.md#hc1-e)")),
    ("dead-link", B4, "không có tệp", prose(B4, "![x](../assets/x.png)")),
    ("missing-section", NN1, "## Làm gì", swap(NN1, "## Làm gì", "## Việc")),
    ("missing-section", NN1, "## Nhận ra thế nào", swap(NN1, "## Nhận ra thế nào", "## Việc")),
    ("section-order", NN1, "sai thứ tự", all_of(
        swap(NN1, "## Làm gì", "## Tạm"), swap(NN1, "## Nhận ra thế nào", "## Làm gì"), swap(NN1, "## Tạm", "## Nhận ra thế nào"))),
    ("no-next-step", B4, "0 chỗ", swap(B4, "{{ next_steps() }}", "")),
    ("no-next-step", "docs/can-cu/nd-187-2025.md", "không tính được", swap("docs/can-cu/nd-187-2025.md", 'next_steps("nd-78-2025", "DM03")', "next_steps()")),
    ("no-next-step", B4, "2 chỗ", prose(B4, "{{ next_steps() }}")),
    ("macro-arguments", "docs/han-che/index.md", "chưa biết bước tiếp theo", lambda p: p.write(
        "docs/han-che/index.md", re.sub(r"next_steps\(.*?\)", "next_steps()", p.read("docs/han-che/index.md")))),
    ("macro-arguments", B4, "không phải loại bản ghi", prose(B4, '{{ record_list("brief") }}')),
    ("missing-macro", SEEN, "source_text", swap(SEEN, "{{ source_text() }}", "")),
    ("missing-macro", NN1, "sheet_items", swap(NN1, "{{ sheet_items() }}", "")),
    ("part-not-shown", HC1, "HC1e hiện 0 lần", swap(HC1, '{{ part("HC1e") }}', "")),
    ("part-not-shown", HC1, "HC1e hiện 2 lần", swap(HC1, '{{ part("HC1e") }}', '{{ part("HC1e") }} {{ part("HC1e") }}')),
    ("long-sentence", B4, "tách câu", prose(B4, "Câu này " + "rất dài " * 13 + ".")),
    ("long-sentence", NN1, "summary", swap(NN1, "summary: Bắt đầu", "summary: " + "Bắt đầu " * 14)),
    ("long-sentence", TERMS, "definition", swap(TERMS, 'definition: "', 'definition: "' + "rất dài " * 13)),
    ("duplicate-title", "docs/nguyen-nhan/nn2.md", "trùng", swap(
        "docs/nguyen-nhan/nn2.md", "title: Lãnh đạo Thường trực HĐND chưa rõ trách nhiệm cá nhân", "title: Chuẩn bị nội dung kỳ họp chưa được quan tâm đúng mức")),
    # Practice
    ("exercise-shape", TH01, "có 0 lựa chọn", lambda p: p.write(TH01, re.sub(
        r"(?ms)^choices:\n.*?(?=^takeaway:)", "", p.read(TH01)))),
    ("exercise-shape", TH01, "giống nhau", lambda p: p.write(TH01, same_choices(p.read(TH01)))),
    ("exercise-shape", ORDERED, "xếp thứ tự có 0 bước", lambda p: p.write(ORDERED, re.sub(
        r"(?ms)^steps:\n.*?(?=^takeaway:)", "", p.read(ORDERED)))),
    ("exercise-shape", TH01, "không ghi choices", swap(TH01, "kind: one", "kind: order")),
    ("right-answers", TH01, "có 0 câu đúng", swap(TH01, "    right: true\n", "")),
    ("right-answers", TH01, "có 2 câu đúng", swap(TH01, "    feedback:", "    right: true\n    feedback:")),
    ("right-answers", TH01, "several có 1 câu đúng", swap(TH01, "kind: one", "kind: several")),
    ("not-trained", HC1, "HC1e", practice_without("trains", "HC1e", "HC1a")),
    ("not-trained", "docs/vai-tro/mttq.md", "vai trò mttq", practice_without("roles", "mttq", "dai-bieu")),
    ("not-trained", B4, "bước B4", practice_without("stages", "B4", "B3")),
    ("trains-unnamed", TH01, "một trong: chất vấn", swap(TH01, "trains: [", "trains: [HC5b, ")),
    ("finding-not-reviewed", REVIEW, "HC4", lambda p: p.write(REVIEW, re.sub(r"part: HC4[a-z]", "part: HC1a", p.read(REVIEW)))),
    ("review-too-long", REVIEW, "bảng có 22 câu", lambda p: p.write(REVIEW, one_statement_more(p.read(REVIEW)))),
    # What belongs to editions
    ("id-space", "docs/thuc-hanh/th936.md", "dành cho bản riêng", lambda p: p.write(
        "docs/thuc-hanh/th936.md", p.read("docs/thuc-hanh/th36.md").replace("id: TH36", "id: TH936").replace("Không ai tìm", "Chưa ai tìm"))),
    # What is not published yet
    ("link-to-draft", DM05, "HC4a là bản nháp", all_of(
        swap("docs/han-che/hc4.md", "id: HC4\n", "id: HC4\ndraft: true\n"), swap(DM05, "prevents: [HC1b]", "prevents: [HC4a]"))),
    ("link-to-draft", HC1, "TH35 là bản nháp", all_of(
        swap("docs/thuc-hanh/th35.md", "id: TH35\n", "id: TH35\ndraft: true\n"), prose(HC1, '{{ ref("TH35") }}'))),
    ("link-to-draft", HC1, "th35.md là bản nháp", all_of(
        swap("docs/thuc-hanh/th35.md", "id: TH35\n", "id: TH35\ndraft: true\n"), prose(HC1, "[bài](../thuc-hanh/th35.md)"))),
    ("quick-path", MC5, "dài 0 phút", lambda p: p.write(MC5, p.read(MC5).replace("    quick: true\n", ""))),
    ("quick-path", MC5, "không quá 10 phút", swap(MC5, "    minutes: 8\n", "    minutes: 8\n    quick: true\n")),
    ("duplicate-step", MC5, "có hai lần", lambda p: p.write(
        MC5, re.sub(r"(?m)^  - id: .*", "  - id: hai-lan", p.read(MC5)))),
    # The large class
    ("class-minutes", CLASS, "cộng lại 181 phút, lớp học ghi 180", swap(CLASS, "exercise: TH20\n    title: Ít giờ thì đọc gì trước\n    minutes: 15", "exercise: TH20\n    title: Ít giờ thì đọc gì trước\n    minutes: 16")),
    ("class-seats", CLASS, "41 người", swap(CLASS, "people: 40", "people: 41")),
    ("class-break", CLASS, "đã ngồi 130 phút chưa nghỉ", swap(CLASS, "does: break", "does: write")),
    ("class-step", CLASS, "does: case cần bài luyện", swap(CLASS, "    exercise: TH20\n", "")),
    ("class-step", CLASS, "does: talk cần dòng trình chiếu", swap(CLASS, "does: talk\n    title: Kết", "does: talk\n    exercise: TH06\n    title: Kết")),
    ("class-case-minutes", CLASS, "ghi ít nhất 15 phút", swap(CLASS, "  table: 4\n", "  table: 7\n")),
    ("class-cards", CLASS, "TH11 không trả lời được bằng thẻ chữ", swap(CLASS, "exercise: TH20", "exercise: TH11")),
    ("class-cases", CLASS, "có 9 bài", swap(CLASS, "does: case\n    exercise: TH20", "does: talk\n    shown: [Một dòng.]")),
    ("class-cases", CLASS, "TH01 có hai lần", swap(CLASS, "exercise: TH20", "exercise: TH01")),
    ("class-faults", CLASS, "chưa bài nào luyện HC4", swap(CLASS, "exercise: TH18", "exercise: TH24")),
    ("class-for-whom", CLASS, "chỉ 4 trên 10 bài dành cho đại biểu", swap(CLASS, "exercise: TH20", "exercise: TH06")),
    ("feedback-question", CLASS, "feedback[0]", swap(CLASS, "    lines: 1\n", "")),
    ("unknown-id", CLASS, "class_steps[1].exercise", swap(CLASS, "exercise: TH20", "exercise: TH99")),
    ("wrong-link-kind", CLASS, "class_steps[12].sheets[0]", swap(CLASS, "sheets: [DM12]", "sheets: [HC1]")),
    ("duplicate-id", CLASS, "lop-it-gio", swap(CLASS, "id: lop-ten-goi", "id: lop-it-gio")),
    ("long-sentence", CLASS, "class_steps[0].said[0]", swap(CLASS, "Chào lớp.", "Chào lớp " + "rất dài " * 13 + ".")),
    # What was published
    ("id-used-again", "checklists/dm04.yml", "rounds[0].items[1].id: mã DM04/ten-khop đã đổi ngày 05/01/2027", moved("kind: items, old: DM04/ten-khop, new: DM04/ten-du-y")),
    ("id-used-again", "checklists/dm21.yml", "mã DM21 đã rút ngày 05/01/2027, không dùng lại → dùng mã khác, ví dụ DM25", moved(withdrawn=("kind: checklists, id: DM21",))),
    ("id-used-again", "docs/tra-cuu/hoi-dap.md", "đặt tên tệp khác", moved("kind: pages, old: tra-cuu/hoi-dap.md, new: tra-cuu/tien-do.md")),
    ("id-used-again", HC1, "parts[0].id: mã HC1a đã đổi", moved("kind: parts, old: HC1a, new: HC1b")),
    ("id-used-again", LAW, "mã giam-sat.pham-vi-hdnd đã đổi", moved("kind: rules, old: giam-sat.pham-vi-hdnd, new: giam-sat.luat-hien-hanh")),
    ("id-used-again", TERMS, "mã ca-biet đã rút", moved(withdrawn=("kind: terms, id: ca-biet",))),
    ("id-used-again", MC5, "mã MC5/thu-xep-tron-ky-hop đã đổi", moved("kind: steps, old: MC5/thu-xep-tron-ky-hop, new: MC5/x")),
    ("moved-to-nothing", "moved.yml", "moved[0].new: DM04/cu dẫn tới DM04/ten-du-i, nay không có → có phải “DM04/ten-du-y”?", moved("kind: items, old: DM04/cu, new: DM04/ten-du-i")),
    ("moved-to-nothing", "moved.yml", "withdrawn[0].instead: DM30 dẫn tới DM99, nay không có", moved(withdrawn=("kind: checklists, id: DM30, instead: DM99",))),
    ("moved-in-circle", "moved.yml", "DM30 đổi vòng tròn", moved("kind: checklists, old: DM30, new: DM31", "kind: checklists, old: DM31, new: DM30")),
    ("moved-twice", "moved.yml", "moved[1].old: DM30 ghi hai lần", moved("kind: checklists, old: DM30, new: DM01", "kind: checklists, old: DM30, new: DM02")),
    ("moved-twice", "moved.yml", "withdrawn[0].id: DM30 ghi hai lần", moved("kind: checklists, old: DM30, new: DM01", withdrawn=("kind: checklists, id: DM30",))),
    ("moved-elsewhere", "moved.yml", "DM04/cu không chuyển sang bản ghi khác được → ghi ở withdrawn", moved("kind: items, old: DM04/cu, new: DM05/chu-the")),
    ("wrong-value", "moved.yml", "moved[0].kind: không có loại “phieu”", moved("kind: phieu, old: DM30, new: DM01")),
    ("missing-field", "moved.yml", "moved[0].new: thiếu trường “new”", moved("kind: checklists, old: DM30")),
    ("published-gone", "ledger.json", "mục (DM05/…) DM04/ten-du-y đã công bố, nay không còn → lấy lại rồi make rename from=DM04/ten-du-y", all_of(with_ledger, swap("checklists/dm04.yml", "id: ten-du-y", "id: ten-du"))),
    ("published-gone", "ledger.json", "trang tra-cuu/hoi-dap.md đã công bố", all_of(with_ledger, remove("docs/tra-cuu/hoi-dap.md"))),
    ("published-gone", "ledger.json", "phiếu rà soát (DM…) DM21 đã công bố", all_of(with_ledger, remove("docs/danh-muc/dm21.md"), remove("checklists/dm21.yml"))),
    ("version-not-raised", DM04, f"version: DM04: mục ten-du-y đã đổi, phiếu vẫn là phiên bản {version_of(DM04)} → nâng version lên {version_of(DM04) + 1}, ghi revised", all_of(with_ledger, swap("checklists/dm04.yml", "answer: Ý còn thiếu", "answer: Ý thiếu"))),
    ("version-not-raised", DM04, f"DM04 đã công bố phiên bản {version_of(DM04)}, nay ghi 3 → ghi version: {version_of(DM04) + 1}", all_of(with_ledger, swap(DM04, f"version: {version_of(DM04)}", "version: 3"))),
    ("path-without-sheet", MC5, "thêm sheet", lambda p: p.write(
        MC5, re.sub(r"(?m)^    sheet: DM[0-9]+\n", "", p.read(MC5)))),
]  # fmt: skip


def same_choices(text: str) -> str:
    """Give the second choice the text of the first."""
    first, second = re.findall(r"(?m)^  - text: (.*)$", text)[:2]
    return text.replace(second, first)


def one_statement_more(text: str) -> str:
    """Return a review with its first statement once more under another ID."""
    first = re.search(r"(?ms)^  - id: hc1a\n.*?(?=^  - id: )", text)
    assert first
    return text.replace(first[0], first[0] + first[0].replace("id: hc1a", "id: hc1a-nua"), 1)


def whole_finding(project: Project) -> str:
    """Return a finding HC9 without parts that no item prevents."""
    text = project.read(HC1).replace("id: HC1\n", "id: HC9\n").replace("title: Nghị", "title: Hai nghị")
    start, end = text.index("parts:\n"), text.index("causes:")
    lines = [line for line in (text[:start] + text[end:]).split("\n") if "part(" not in line]
    return "\n".join(lines)


def with_long_answers(text: str) -> str:
    """Lengthen every answer, so that a round takes too long to read aloud."""
    return text.replace("answer: ", "answer: " + "một hai ba bốn năm sáu bảy tám chín mười " * 3)


def without_rule_source(text: str) -> str:
    """Drop the source of the first rule."""
    start = text.index("    source:\n", text.index("rules:"))
    return text[:start] + text[text.index("    checked_on", start) :]


def hits_among(issues: list[Issue], code: str, file: str, words: str) -> list[Issue]:
    return [one for one in issues if one.code == code and str(one).startswith(file) and words in str(one)]


def is_well_told(issue: Issue) -> bool:
    assert "→" in str(issue) and "\n" not in str(issue), "a line says what to write instead"
    assert "None" not in str(issue), "something is missing in its words"
    assert isinstance(issue.line, int)
    named = re.findall(r"[^.\[\]0-9]+", issue.field)
    assert issue.code in ("unknown-field", "alias") or set(named) <= FIELDS, "a field that no record has"
    return True


@pytest.mark.parametrize(
    ("code", "file", "words", "plant"), DEFECTS, ids=[f"{d[0]}-{i}" for i, d in enumerate(DEFECTS)]
)
def test_planted_defect_is_caught(project: Project, code: str, file: str, words: str, plant: Plant) -> None:
    plant(project)
    issues = project.check()
    hits = hits_among(issues, code, file, words)
    assert hits, f"not caught; same code: {[str(issue) for issue in issues if issue.code == code]}"
    assert all(map(is_well_told, hits))


def some_together(defects: list[Defect], most: int = 10) -> list[list[Defect]]:
    """Return one defect of each code, the same with the same seed, in groups of which each plants in other files."""
    chosen: dict[str, Defect] = {}
    for _drawn, number in sorted((zlib.crc32(f"{SEED} {number}".encode()), number) for number in range(len(defects))):
        chosen.setdefault(defects[number][0], defects[number])
    groups: list[list[Defect]] = []
    for one in chosen.values():
        free = (group for group in groups if len(group) < most and one[1] not in [other[1] for other in group])
        group = next(free, None)
        if group is None:
            groups.append(group := [])
        group.append(one)
    return groups


TOGETHER = some_together(DEFECTS)


@pytest.mark.parametrize("group", TOGETHER, ids=[str(number) for number, _ in enumerate(TOGETHER)])
def test_one_defect_of_each_code_is_caught_beside_others(project: Project, lent: PutBack, group: list[Defect]) -> None:
    """So that every code is asked each time: several are looked for at once; what others hide or spoil is planted alone."""
    planted = []
    for defect in group:
        with contextlib.suppress(AssertionError, OSError, LookupError):
            defect[3](project)
            planted.append(defect)
    issues = project.check()
    for number, (code, file, words, plant) in enumerate(group):
        hits = hits_among(issues, code, file, words) if group[number] in planted else []
        if not hits:
            lent.put_back()
            plant(project)
            hits = hits_among(project.check(), code, file, words)
        assert hits, f"{code} is not caught: {file}, {words!r}"
        assert all(map(is_well_told, hits))


def test_no_defect_no_fault(project: Project) -> None:
    assert [str(issue) for issue in project.check() if issue.level > 0] == []


def test_a_comment_that_is_shown_as_typed_is_no_fault(project: Project) -> None:
    project.append(B4, "\n{% raw %}Viết {# ghi chú #} như thế này.{% endraw %}\n")
    assert [str(issue) for issue in project.check() if issue.level > 0] == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (B4, 'Theo {{ source_name("TB183") }}, Ban nên họp sớm. Xem [nguyên văn](../tra-cuu/tb183.md).'),
        (B4, "Ra thông báo kết luận trong năm 2024. Thông báo 15 ngày trước kỳ họp. Báo cáo năm 2024 gửi đại biểu."),
        (B4, "Tỉnh Lai Châu có 38 xã, phường. Thông báo 1830/TB-UBND là văn bản khác."),
        (B4, 'Viết `source_name("TB183")` để gọi tên nguồn.'),
        (TB183, "Thông báo 183 có hai chú thích."),
        ("docs/tra-cuu/thay-doi.md", "- Sổ tay có thêm nguồn ngoài Thông báo 183."),
    ],
)
def test_what_names_no_source_by_hand_is_no_fault(project: Project, file: str, text: str) -> None:
    project.append(file, f"\n{text}\n")
    assert [str(issue) for issue in project.check() if issue.level > 0] == []


def test_links_to_what_is_computed_on_a_page_are_no_fault(project: Project) -> None:
    targets = ("../vai-tro/thu-ky.md#b4", "../ky-hop/index.md#b4", "../han-che/hc1.md#hc1e", "../danh-muc/dm05.md#chu-the", "../danh-muc/dm05.md#sau-khi-ra-soat",
               "../can-cu/luat-72-2025.md#giam-sat-pham-vi-hdnd", "../tra-cuu/tb183.md#doan-fn1-b",
               "../tra-cuu/thuat-ngu.md#ca-biet")  # fmt: skip
    project.append(B4, "\n" + " ".join(f"[x]({target})" for target in targets) + "\n")
    assert [str(issue) for issue in project.check() if issue.level > 0] == []


def test_a_rule_that_must_not_be_shown_is_told_at_each_place(project: Project) -> None:
    law = "docs/can-cu/luat-89-2025.md"
    before, rule, after = project.read(law).partition("  - id: ngan-sach.hdnd-phan-bo\n")
    project.write(law, before + rule + after.replace("status: verified", "status: unverified", 1))
    lines = (project.read("docs/loai-nghi-quyet/ln01.md")).splitlines()
    named = [number for number, line in enumerate(lines, 1) if "ngan-sach.hdnd-phan-bo" in line]
    found = [issue for issue in project.check() if issue.code == "rule-not-showable"]
    assert [issue.line for issue in sorted(found) if issue.file == "docs/loai-nghi-quyet/ln01.md"] == named
    assert len(named) > 2 and len({issue.file for issue in found}) > 2


def test_a_copy_in_the_wrong_place_does_not_blame_the_original(project: Project) -> None:
    project.write("docs/han-che/hc1 - Copy.md", project.read(HC1))
    project.write("docs/han-che/sao-luu/hc1.md", project.read(HC1))
    project.replace(HC1, "## Làm gì", "## Việc")
    lines = [str(issue) for issue in project.check() if issue.level > 0]
    assert [line.rpartition(" [")[2] for line in lines] == ["stray-file]", "missing-section]", "wrong-folder]"]


def test_a_broken_file_does_not_blame_those_that_link_to_it(project: Project) -> None:
    project.replace(LAW, "id: luat-72-2025", "id: [")
    files = {issue.file for issue in project.check() if issue.level > 0}
    assert files == {LAW}


@pytest.mark.parametrize(
    ("file", "as_utf_16"),
    [
        pytest.param(LAW, True, id="rules, utf-16", marks=pytest.mark.full),
        pytest.param(LAW, False, id="rules, emptied"),
        pytest.param("docs/tra-cuu/dau-hieu-du-thao.yml", False, id="more signs, emptied"),
        pytest.param(TERMS, True, id="terms, utf-16", marks=pytest.mark.full),
        pytest.param(TERMS, False, id="terms, emptied", marks=pytest.mark.full),
    ],
)
def test_a_file_of_which_little_can_be_told_does_not_blame_those_that_link_to_what_was_in_it(
    project: Project, file: str, as_utf_16: bool
) -> None:
    (project.root / file).write_bytes(project.read(file).encode("utf-16") if as_utf_16 else b" \n")
    assert [issue.file for issue in project.check() if issue.level > 0] == [file]


def test_a_field_at_fault_does_not_blame_those_that_link_to_it(project: Project) -> None:
    project.replace(HC1, "severity: cao", "severity: 3")
    lines = [str(issue) for issue in project.check() if issue.level > 0]
    assert len(lines) == 1, lines


@pytest.mark.parametrize("file", ["edition.yml", DM05])
def test_one_missing_file_is_one_line(project: Project, file: str) -> None:
    (project.root / file).unlink()
    lines = [str(issue) for issue in project.check() if issue.level > 0]
    assert len(lines) == 1, lines


def issue_codes(root: Path) -> set[str]:
    """Return the codes of issues in the package's sources: hyphenated words in calls and returns."""
    found: set[str] = set()
    for path in sorted((root / "knowledge").rglob("*.py")):
        # Faults of the one are planted in test_kinds.py; the other counts days and finds none.
        # What inbox.py names are kinds of sources and its own notes.
        if path in [root / "knowledge" / name for name in ("checks/kinds.py", "dates.py", "inbox.py")]:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            values: list[ast.expr] = []
            if isinstance(node, ast.Call):
                values = node.args
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                values = node.value.elts
            constants = [v.value for v in values if isinstance(v, ast.Constant)]
            found |= {v for v in constants if isinstance(v, str) and CODE.fullmatch(v)}
    return found - set(BY_FOLDER)


def test_every_code_has_a_planted_defect(root: Path) -> None:
    # What only an edition or a draft can do wrong is planted in test_editions.py, test_drafts.py.
    codes = issue_codes(root)
    assert len(codes) > 50, "the sources are read wrongly"
    assert (
        codes
        - {defect[0] for defect in DEFECTS}
        - {"missing-folder", "own-file-taken", "not-droppable", "draft-published", "draft-on-page"}
        == set()
    )


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    codes = [issue.code for issue in check_project(tmp_path)[1]]
    assert codes == ["missing-folder", "unreadable"]
