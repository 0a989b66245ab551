"""``make new-edition slug=xa-a name="…"``: begin an edition: one file, with each thing that it may say."""

from __future__ import annotations

import argparse
import json
import re
import sys

from knowledge.checks.project import editions
from knowledge.records.layers import EDITIONS
from knowledge.records.model import BASE_EDITION
from publish.project import ROOT, write_changed

TEXT = """# yaml-language-server: $schema=../../schemas/own-edition.schema.json
# Bản riêng: chỉ ghi những gì khác bản gốc. Bỏ dấu # ở dòng cần dùng.
name: {quoted}
# council: HĐND xã …
# compiled_by: Văn phòng HĐND và UBND xã …
# contact: Văn phòng HĐND và UBND xã …, điện thoại …
# welcome: Một câu ở trang đầu.
# site_url: https://…
# colours: {{main: "#17456b", dark: "#0f3251", on_dark: "#a9d0ef"}}
# Thời hạn theo Quy chế làm việc của mình:
# limits:
#   ky-hop.thoi-han-gui-tai-lieu: {{value: 07 ngày, article: Điều 12}}
# Bản ghi, trang không dùng:
# drop: []
"""

MOST_LETTERS = 60
"""Of a slug: it is the name of a folder, and part of others."""


def main() -> int:
    """Write one file. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slug")
    parser.add_argument("name")
    options = parser.parse_args()
    name, slug = (" ".join(one.split()) for one in (options.name, options.slug))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or slug == BASE_EDITION or len(slug) > MOST_LETTERS:
        print(
            f"slug={slug[:80]}: viết không dấu, chữ thường, tối đa {MOST_LETTERS} chữ, ví dụ xa-muong-la; không dùng “{BASE_EDITION}”"
        )
        return 1
    if not name.isprintable() or not name or re.search(r"[:#\"'<>{}\\\\]", name):
        print('Tên bản để trống hoặc có dấu lạ. Ví dụ: make new-edition slug=xa-a name="Sổ tay HĐND xã A"')
        return 1
    if slug in editions(ROOT):
        print(f"Đã có bản {slug}: sửa {EDITIONS}/{slug}/edition.yml")
        return 1
    file = f"{EDITIONS}/{slug}/edition.yml"
    write_changed(ROOT / file, TEXT.format(quoted=json.dumps(name, ensure_ascii=False)))
    print(f"Đã tạo {file}")
    print(f"Xem thử: make serve EDITION={slug}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
