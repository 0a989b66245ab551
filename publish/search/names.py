"""What officials call things: ``names.yml``, read and checked, and as the search is given it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from knowledge.kinds import KINDS
from knowledge.records.explain import explain, path_in_file
from knowledge.records.fields import Strict, Text
from knowledge.records.issues import Issue, report
from knowledge.records.yaml_lines import Parsed, field_name, parse_yaml
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import fold, nearest
from publish.project import BuildFailed

FILE = Path(__file__).with_name("names.yml")
SHOWN = "publish/search/names.yml"
_WORD = re.compile(r"[^\W\d_]+")
_PHRASE = re.compile(rf"{_WORD.pattern}(?: {_WORD.pattern})*")
Typed = Annotated[list[Text], Field(min_length=1, description="những cách gõ, mỗi cách một mục")]


class Answer(Strict):
    """A kind of question, and which kinds of pages answer it how well."""

    asked: Text = Field(description="biểu thức của câu hỏi, chữ không dấu")
    answered_by: dict[Text, float] = Field(description="tên loại kết quả: hệ số")


class Found(Strict):
    """What a result is tagged with, and how much it counts."""

    label: Text = Field(description="tên loại")
    weight: float = Field(gt=0, description="hệ số, 1 là như thường")


class Names(Strict):
    """``names.yml``: what the pages say → what readers type for it."""

    short_for: dict[Text, Typed] = Field(description="chữ viết tắt")
    said_for: dict[Text, Typed] = Field(description="cách nói khác")
    asked_as: dict[Text, Typed] = Field(description="mã bản ghi hoặc trang: người đọc hỏi thế nào")
    perhaps: dict[Text, Typed] = Field(description="cách hiểu có thể")
    perhaps_worth: float = Field(gt=0, lt=1, description="số giữa 0 và 1")
    full_names: dict[Text, Text] = Field(description="tên viết tắt: tên đầy đủ")
    asking: Typed = Field(description="những lời chỉ để hỏi")
    asking_only_with_marks: list[Text] = Field(description="trong đó, chữ chỉ hỏi khi gõ có dấu")
    counted: Typed = Field(description="những thứ đếm được, đứng sau “mấy”")
    answers: list[Answer] = Field(description="câu hỏi và loại trang trả lời")
    lists: list[Text] = Field(description="trang chỉ liệt kê trang khác")
    news: dict[Text, Text] = Field(description="trang: địa chỉ các mục nói về bản mới bắt đầu thế nào")
    pages: dict[Text, Found] = Field(description="trang: tên loại và hệ số")
    folders: dict[Text, Found] = Field(description="thư mục: tên loại và hệ số")
    index_pages: Found = Field(description="tên loại và hệ số")
    other_pages: Found = Field(description="tên loại và hệ số")

    def page(self, uri: str) -> Found:
        """Return what a page that is no record is found as."""
        if uri in self.pages:
            return self.pages[uri]
        folder, _, name = uri.rpartition("/")
        if name == "index.md" and folder not in self.folders:
            return self.index_pages
        return self.folders.get(folder.partition("/")[0], self.other_pages)

    def repeats(self, uri: str, section: str) -> bool:
        """Tell whether a section of a page, by its anchor, only names what is found elsewhere."""
        return uri in self.lists or (uri in self.news and section.startswith(self.news[uri]))

    def labels(self) -> set[str]:
        """Return everything that a result may be tagged with."""
        own = (*self.pages.values(), *self.folders.values(), self.index_pages, self.other_pages)
        return {found.label for found in own} | {kind.words.found for kind in KINDS.values()}


def read_names(file: Path = FILE) -> Names:
    """Return the names. Raises BuildFailed with one line per fault."""
    names, issues = load_names(file)
    if names is None or issues:
        raise BuildFailed("\n".join(report(issues)))
    return names


def load_names(file: Path = FILE) -> tuple[Names | None, list[Issue]]:
    """Return the names, None if they cannot be used, and every fault."""
    parsed = parse_yaml(file.read_text("utf-8"), SHOWN)
    if parsed.issues:
        return None, list(parsed.issues)
    try:
        names = Names.model_validate(parsed.value)
    except ValidationError as error:
        issues = []
        for detail in error.errors():
            path = path_in_file(tuple(detail["loc"]), parsed.value)
            message, remedy, code = explain(Names, {**detail})
            issues.append(Issue(SHOWN, parsed.line_of(path), field_name(path), code, message, remedy))
        return None, issues
    return names, sorted(_faults(names, parsed))


def _faults(names: Names, parsed: Parsed) -> Iterator[Issue]:
    """Yield what no single value shows: a word twice, a kind of result that does not exist, a broken expression."""
    tables = {"short_for": names.short_for, "said_for": names.said_for, "perhaps": names.perhaps}
    for field, table in tables.items():
        for meant, typed in table.items():
            for index, one in enumerate(typed):
                if one in typed[:index] or one == meant:
                    path: FieldPath = (field, meant, index)
                    yield Issue(
                        SHOWN, parsed.line_of(path), field_name(path), "same-name", f"“{one}” ghi hai lần", "giữ một"
                    )
    yield from _faults_of_asking(names, parsed)
    known = names.labels()
    for index, answer in enumerate(names.answers):
        try:
            re.compile(answer.asked)
        except re.error as error:
            path = ("answers", index, "asked")
            message = f"biểu thức sai ({error})"
            yield Issue(SHOWN, parsed.line_of(path), field_name(path), "wrong-form", message, "sửa biểu thức")
        for label in answer.answered_by:
            if label not in known:
                path = ("answers", index, "answered_by")
                guess = nearest(label, known)
                remedy = f"có phải “{guess}”?" if guess else f"chọn trong: {', '.join(sorted(known))}"
                message = f"không có loại kết quả “{label}”"
                yield Issue(SHOWN, parsed.line_of(path), field_name(path), "unknown-kind", message, remedy)


def _faults_of_asking(names: Names, parsed: Parsed) -> Iterator[Issue]:
    """Yield what keeps a word that asks, or what is counted, from ever being met."""

    def issue(field: str, index: int, code: str, message: str, remedy: str) -> Issue:
        path: FieldPath = (field, index)
        return Issue(SHOWN, parsed.line_of(path), field_name(path), code, message, remedy)

    lists = {
        "asking": names.asking, "asking_only_with_marks": names.asking_only_with_marks, "counted": names.counted,
    }  # fmt: skip
    for field, listed in lists.items():
        # What is counted is met without its marks.
        compared = [fold(one) if field == "counted" else one.lower() for one in listed]
        for index, one in enumerate(listed):
            if compared[index] in compared[:index]:
                yield issue(field, index, "same-name", f"“{one}” ghi hai lần", "giữ một")
            if not (_PHRASE if field == "asking" else _WORD).fullmatch(one):
                wanted = "chỉ gồm chữ, cách nhau một dấu cách" if field == "asking" else "một chữ, không dấu cách"
                yield issue(field, index, "wrong-form", f"“{one}” không bao giờ khớp với lời đã gõ", wanted)
    for index, one in enumerate(names.asking_only_with_marks):
        if one not in names.asking:
            guess = nearest(one, names.asking)
            remedy = f"có phải “{guess}”?" if guess else "thêm vào asking hoặc bỏ"
            yield issue("asking_only_with_marks", index, "unknown-name", f"asking không có “{one}”", remedy)
        elif fold(one) == one.lower():
            yield issue("asking_only_with_marks", index, "wrong-form", f"“{one}” không có dấu", "bỏ chữ này")


def spoken_names(names: Names) -> list[list[str | float]]:
    """Return what readers call things, each as typed, meant and, if doubtful, how much it counts."""
    found: list[list[str | float]] = []
    tables = ((names.short_for, 1.0), (names.said_for, 1.0), (names.perhaps, names.perhaps_worth))
    for table, worth in tables:
        for meant, typed in table.items():
            for name in typed:
                full = name
                for short, words in names.full_names.items():
                    full = re.sub(rf"\b{short}\b", words, full)
                for said in dict.fromkeys([name, full]):
                    found.append([said, meant] if worth == 1 else [said, meant, worth])
    return found
