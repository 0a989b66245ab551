"""The whole site as one zip that works, unpacked, by double-click: from a disk or a stick.

Nothing in it asks for anything outside its folder. The same content gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

from knowledge.records.issues import report
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from publish.offline.classic_scripts import make_classic
from publish.project import BuildFailed, site_url
from publish.read_back import faults
from publish.worker.write_worker import needed_by_pages

FOLDER = "so-tay-hdnd"
# What the folder needs besides what pages ask for: papers, tables and data to hand on.
DOWNLOADS = re.compile(r"tai-ve/[^/]+\.(pdf|docx|xlsx|pptx|csv|json)")
# Pages read the index as a script; a wrong address or the installed site's list cannot occur on disk.
NOT_ON_DISK = ("search/search_index.json", "404.html", "sw.js")
UNPACK_FIRST = (
    '<p class="hd-unpack"><strong>Trang hiện không đúng?</strong> Tệp đang mở trong tệp nén. '
    "Hãy giải nén cả tệp zip ra một thư mục, rồi mở lại index.html.</p>"
)
_CANONICAL = re.compile(r'(<link rel="canonical" href="[^"]*?)(index)?\.html">')
_FOREIGN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)


def finish_copy(site: Path, kb: KnowledgeBase) -> None:
    """Turn a site built for ``file://`` into the folder to hand on. Raises BuildFailed."""
    for path in [path for path in site.rglob("*") if path.is_file()]:
        name = path.relative_to(site).as_posix()
        wanted = needed_by_pages(name) or DOWNLOADS.fullmatch(name) or name.endswith(".txt")
        if not wanted or name in NOT_ON_DISK:
            path.unlink()
    for folder in sorted((path for path in site.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    make_classic(site)
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        # The published site has directories where the folder has files.
        text = _CANONICAL.sub(lambda m: f'{m[1]}{"" if m[2] else "/"}">', text)
        if page == site / "index.html":
            text = re.sub(r"(<body\b[^>]*>)", lambda m: m[1] + UNPACK_FIRST, text, count=1)
        page.write_text(text, encoding="utf-8")
    # Windows' old editor needs the mark and the line ends to show Vietnamese text.
    (site / "README.txt").write_bytes(readme(kb).replace("\n", "\r\n").encode("utf-8-sig"))
    found = [str(fault) for fault in report(faults(site))]
    found += [
        f"{path.relative_to(site)}: tải từ nơi khác"
        for path in sorted(site.rglob("*.css"))
        if _FOREIGN_STYLE.search(path.read_text("utf-8"))
    ]
    if found:
        raise BuildFailed("\n".join([*found[:20], f"({len(found)} lỗi)"]))


def readme(kb: KnowledgeBase) -> str:
    """Return the text that tells whoever gets the folder what to do."""
    address = f"\nBản mới nhất: {site_url()}\n" if site_url() else ""
    return f"""{kb.edition.name.upper()}: BẢN DÙNG KHÔNG CẦN MẠNG
Bản ngày {vn_date(kb.edition.date)}
{address}
CÁCH DÙNG

1. Giải nén cả tệp zip ra một thư mục (bấm chuột phải, chọn "Extract All" hoặc "Giải nén").
2. Mở thư mục {FOLDER}, bấm đúp vào tệp index.html. Trình duyệt sẽ mở sổ tay.
3. Chép sang máy khác: chép cả thư mục {FOLDER}, không chép riêng một tệp.

CÓ GÌ TRONG NÀY

- Toàn bộ sổ tay, ô tìm kiếm (gõ không dấu cũng được), phiếu để đánh dấu.
- Phiếu PDF, bộ in, biểu mẫu Word và Excel, tài liệu lớp học: thư mục tai-ve.
- Không cần cài đặt, không cần tài khoản, không gửi gì ra ngoài máy.

LƯU Ý

- Dùng Chrome, Cốc Cốc, Edge hoặc Firefox bản gần đây. Internet Explorer không dùng được.
- Điều đã đánh dấu nằm trong trình duyệt của máy này. Đổi máy thì xuất ra tệp rồi nhập lại.
- Không ghi nội dung mật, nội dung nhân sự.
- Không phải văn bản của cơ quan nhà nước. Tra văn bản gốc trước khi viện dẫn.
"""


def write_zip(site: Path, target: Path, day: date) -> None:
    """Pack a folder; names, order and dates depend on nothing but the content and the edition."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for path in sorted(path for path in site.rglob("*") if path.is_file()):
                name = f"{FOLDER}/{path.relative_to(site).as_posix()}"
                entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
