"""What the tests of forms share: a sitting with its matters, and forms filled with it by the site's own scripts."""

from __future__ import annotations

import base64
from typing import Any

from playwright.sync_api import Page

FACTS = {
    "council": "HĐND xã Mường Than", "term": "XXI", "sitting": "5", "opening": "2027-02-05", "closing": "2027-02-06",
    "kind": "thuong-le-cuoi-nam", "region": "tỉnh Lai Châu", "venue": "Hội trường xã", "hour": "08 giờ 00", "halves": "02",
    "signer": "Lò Văn Thử", "post": "pho-chu-tich", "chair": "Lò Văn Thử", "clerk": "Vàng Thị Mẫu", "contact": "Giàng A Ví",
    "phone": "0900 000 000", "delegates": "25",
}  # fmt: skip
"""Made up, as are the names."""


def matter(title: str, kind: str = "nghi-quyet", drafter: str = "", committee: str = "") -> dict[str, str]:
    return {"title": title, "kind": kind, "drafter": drafter, "committee": committee}


MATTERS = [
    matter("Báo cáo kinh tế - xã hội", "bao-cao", "UBND xã", "Ban Kinh tế - Ngân sách"),
    matter("Nghị quyết dự toán ngân sách", "nghi-quyet", "Phòng Kinh tế", "Ban Kinh tế - Ngân sách"),
    matter("Nghị quyết chương trình giám sát", "nghi-quyet", "Thường trực HĐND", "Không thuộc diện thẩm tra"),
    matter("Đề án đặt tên đường", "de-an", "", "Ban Văn hóa - Xã hội"),
]
_SITTING = """async ({facts, matters, deadlines, lines}) => {
  const s = await import('/kept/store.js');
  const v = await import('/sitting/form-values.js');
  const kept = s.emptyDocument();
  s.addSitting(kept, facts);
  const sitting = s.sittingOf(kept);
  const ids = matters.map(one => s.setMatter(sitting, '', one));
  s.setProgramme(sitting, {halves: [], lines: lines.map(({at, ...line}) => ({half: 1, minutes: '10', text: line.kind, ...line, matter: ids[at]}))});
  return {values: v.valuesOf(kept, sitting, deadlines, {off: [], worked: []}), lists: v.listsOf(sitting)};
}"""
_WORD = """async ({file, values, lists}) => {
  const w = await import('/office/word-file.js');
  const bytes = w.filledWord(Uint8Array.from(atob(file), c => c.charCodeAt(0)), values, lists);
  let text = '';
  for (let at = 0; at < bytes.length; at += 8000) text += String.fromCharCode(...bytes.subarray(at, at + 8000));
  return btoa(text);
}"""


def known(
    page: Page,
    facts: dict[str, str] | None = None,
    matters: list[dict[str, str]] | None = None,
    deadlines: Any = (),
    lines: Any = (),
) -> dict[str, Any]:
    """Return what a sitting puts into forms, ``{"values": …, "lists": …}``, as the site's scripts tell it.

    ``lines`` are those of its programme, ``{"kind", "who", "at"}``, ``at`` the place of the matter in ``matters``.
    """
    given = {
        "facts": FACTS if facts is None else facts,
        "matters": MATTERS if matters is None else matters,
        "deadlines": list(deadlines),
        "lines": list(lines),
    }
    return page.evaluate(_SITTING, given)  # type: ignore[no-any-return]


def filled(page: Page, data: bytes, known_: dict[str, Any]) -> bytes:
    """Return a Word form filled in by the site's scripts."""
    return base64.b64decode(page.evaluate(_WORD, {"file": base64.b64encode(data).decode(), **known_}))
