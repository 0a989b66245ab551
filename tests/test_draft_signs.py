"""Each sign of a draft is shown by drafts that deserve it and keeps still at drafts that only look like it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from knowledge.draft_samples import draft_text, models
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.signs import LEVELS, DraftSample
from publish.draft_signs_module import quick_letters
from publish.generated import script_files
from scripts import prove_signs
from scripts.prove_signs import NoBrowser, samples, sign_issues

Looked = tuple[list[str], list[tuple[str, bool, DraftSample, list[dict[str, Any]]]]]


@pytest.fixture(scope="module")
def looked_at(kb: KnowledgeBase) -> Looked:
    """The named tests, and each sample with what the browser's modules find in it: (sign, whether it shows it, sample, found)."""
    placed = samples(kb)
    # The repository's own driver, not pytest's: what `make check` and `make soat` use.
    tests, found = prove_signs.looked_at(kb, [sample for *_, sample in placed])
    return tests, [
        (sign, group == "bad", sample, places) for (sign, group, _, sample), places in zip(placed, found, strict=True)
    ]


def test_each_sample_shows_its_sign_or_keeps_still(looked_at: Any) -> None:
    wrong = [
        f"{sign} {'not seen in' if is_bad else 'seen in'}: {dict(sample.parts) or dict(sample.file)}"
        for sign, is_bad, sample, found in looked_at[1]
        if any(one["sign"] == sign for one in found) != is_bad
    ]
    assert wrong == []


def test_each_sign_has_a_way_to_be_found(kb: KnowledgeBase, looked_at: Any) -> None:
    named = set(looked_at[0])
    patterns = {one.id for one in kb.draft_signs.values() if one.pattern}
    assert named | patterns == set(kb.draft_signs), "a record without a test, or a test without words"
    assert not named & patterns


def test_what_is_found_says_where_and_why(kb: KnowledgeBase, looked_at: Any) -> None:
    read, placed = set(), 0
    for sign, is_bad, sample, found in looked_at[1]:
        for one in found if is_bad else []:
            if one["sign"] != sign:
                continue
            read.add(sign)
            assert one["level"] in LEVELS.values() and one["message"] and one["mend"]
            if one.get("line") is not None:
                assert one["quote"].rstrip("…") in " ".join(draft_text(sample).split())
                placed += 1
    assert read == set(kb.draft_signs), "each sign was found somewhere"
    assert placed > len(read) // 2, "most have a place in the draft"


def test_the_model_drafts_are_clean(kb: KnowledgeBase) -> None:
    """What samples vary shows nothing itself: a sample shows its sign by its own words."""
    drafts = [DraftSample(kind=kind) for kind in models()["kinds"]] + [DraftSample(), DraftSample(body="thuong-truc")]
    drafts += [one.model_copy(update={"state": "du-thao"}) for one in drafts]
    found = prove_signs.looked_at(kb, drafts)[1]
    shown = {
        f"{one.kind or one.body} {one.state}": [sign["sign"] for sign in signs]
        for one, signs in zip(drafts, found, strict=True)
    }
    assert {name: signs for name, signs in shown.items() if signs} == {}


def test_a_model_draft_is_taken_for_what_it_is(kb: KnowledgeBase) -> None:
    """Body, state, kind and year are guessed from its words alone."""
    drafts = [DraftSample(kind=kind) for kind in models()["kinds"]] + [DraftSample(), DraftSample(body="thuong-truc")]
    guess = """async (drafts) => {
      const [{ checkDraft }, { textOfPlain }] = await Promise.all(["with-data", "plain-text"].map((name) => import(`/draft/${name}.js`)));
      return drafts.map((words) => checkDraft(textOfPlain(words, ""), {}).guess);
    }"""
    with prove_signs.script_page(script_files(kb, "directory")) as page:
        guessed = page.evaluate(guess, [draft_text(one) for one in drafts])
    for one, told in zip(drafts, guessed, strict=True):
        assert (told["body"], told["state"], told["sort"]) == (one.body, "trinh-ky", "nghi-quyet"), one
        assert told["kind"] == one.kind or not one.kind, one
        years = {"LN01": 2027, "LN02": 2027, "LN03": 2027, "LN07": 2027, "LN09": 2025, "LN10": 2026}
        assert told["year"] == years.get(str(one.kind), told["year"]), one


def test_most_sure_signs_of_bodies_titles_and_grounds(kb: KnowledgeBase) -> None:
    """There are many enough, and each that is most sure says what it rests on or which fault it stops."""
    first = [one for one in kb.draft_signs.values() if one.where in ("head", "title", "opening", "grounds")]
    assert len(kb.draft_signs) >= 60 and len(first) >= 30
    assert all(one.prevents and one.sheets for one in first)


class _Changed:
    """A knowledge base whose first sign has its samples the wrong way round."""

    def __init__(self, kb: KnowledgeBase) -> None:
        name, sign = next(iter(kb.draft_signs.items()))
        turned = sign.samples.model_copy(update={"bad": sign.samples.good, "good": sign.samples.bad})
        self.sign = name
        self.draft_signs = {name: sign.model_copy(update={"samples": turned})}
        self._kb = kb

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kb, name)


def test_the_check_names_each_sample_that_does_not_hold(kb: KnowledgeBase, tmp_path: Path) -> None:
    changed: Any = _Changed(kb)
    issues = [one for one in sign_issues(changed, tmp_path / "proven.json") if changed.sign in one.message]
    assert len(issues) == sum(
        len(group)
        for group in (changed.draft_signs[changed.sign].samples.bad, changed.draft_signs[changed.sign].samples.good)
    )
    assert all(one.code == "sign-sample" and one.remedy and one.line for one in issues)


def test_what_was_proven_is_not_proven_again(
    kb: KnowledgeBase, looked_at: Looked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run starts no browser; without one, the first says so."""
    kept = tmp_path / "proven.json"
    tests, found = looked_at
    monkeypatch.setattr(prove_signs, "_key", lambda _root: "this state")
    # What the browser found above.
    monkeypatch.setattr(prove_signs, "looked_at", lambda *_: (tests, [places for *_, places in found]))
    assert sign_issues(kb, kept) == []

    def no_browser(*_: object) -> None:
        raise NoBrowser("chưa có Chromium")

    monkeypatch.setattr(prove_signs, "looked_at", no_browser)
    assert sign_issues(kb, kept) == []
    assert json.loads(kept.read_text("utf-8")) == {"key": "this state", "faults": []}
    monkeypatch.setattr(prove_signs, "_key", lambda _root: "another state")
    with pytest.raises(NoBrowser, match="Chromium"):
        sign_issues(kb, kept)


@pytest.mark.corner
def test_a_long_line_keeps_nobody_waiting(kb: KnowledgeBase) -> None:
    """A hundred thousand letters on one line, made to lead patterns astray, take about as long as any others."""
    words = [
        "giao, ",
        "bầu ",
        "phê chuẩn kế hoạch ",
        "Luật số 77/2015/QH13, ",
        "căn cứ nghị quyết ",
        "1.234,5 ",
        "điều 1 khoản 2 ",
        "...",
        "ban kinh tế ",
    ]
    time = """async (lines) => {
      const [{ stagesOfCheck }, { textOfPlain }] = await Promise.all(["with-data", "plain-text"].map((name) => import(`/draft/${name}.js`)));
      return lines.map((words) => {
        const text = textOfPlain(words, "");
        return Math.max(...stagesOfCheck(text, {}).map((stage) => {
          const begun = performance.now();
          stage();
          return performance.now() - begun;
        }));
      });
    }"""
    drafts = []
    for one in words:
        long = (one * (100_000 // len(one)))[:100_000]
        drafts += [
            draft_text(DraftSample(parts={part: f"{start}{long}"}))
            for part, start in (("articles", "Điều 1. "), ("grounds", "Căn cứ "), ("title", ""))
        ]  # type: ignore[dict-item]
    with prove_signs.script_page(script_files(kb, "directory")) as page:
        taken = page.evaluate(time, drafts)
    slow = {
        f"{words[at // 3]!r} {('articles', 'grounds', 'title')[at % 3]}": round(one)
        for at, one in enumerate(taken)
        if one > 1500
    }
    assert slow == {}


def test_a_state_is_named_by_scripts_and_records(tmp_path: Path) -> None:
    """What a change of a script, of a record or of a law's page makes is another state; a sheet's is not."""
    names = (
        "docs/assets/scripts/draft/check.js",
        "docs/tra-cuu/dau-hieu-du-thao.md",
        "docs/tra-cuu/dau-hieu-du-thao.yml",
        "docs/can-cu/luat.md",
        "checklists/dm04.yml",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a", "utf-8")
    states = [prove_signs._key(tmp_path)]
    for name in names:
        (tmp_path / name).write_text("b", "utf-8")
        states.append(prove_signs._key(tmp_path))
    assert len(set(states[:5])) == 5 and states[4] == states[5]


GROW = """async ([head, filler, least]) => {
  const [{ checkDraft }, { textOfPlain }] = await Promise.all(["draft/with-data", "draft/plain-text"].map((name) => import(`/${name}.js`)));
  const takes = (times) => {
    const text = textOfPlain(`${head}\\nQUYẾT NGHỊ:\\nĐiều 1. ${filler.repeat(times)}\\nĐiều 2. Ủy ban nhân dân xã tổ chức thực hiện.`, "");
    const from = performance.now();
    checkDraft(text, { today: "2026-11-28" });
    return performance.now() - from;
  };
  takes(20);
  const [small, large] = [takes(least), takes(4 * least)];
  return { small, large };
}"""
FILLERS = [
    "tổng số 12 hộ gồm 3 hộ và 4 hộ, ",
    "trong đó chi 12 triệu đồng, tăng 5% so với dự toán, ",
    "ông Nguyễn Văn Ví, bà Trần Thị Dụ giữ chức vụ Trưởng phòng, ",
    "(một hai ba bốn ",
    "1.234.567 ",
    "thành lập thành thôn ",
    "thường trực hội đồng nhân dân giao ",
    " ",
]


@pytest.mark.corner
def test_a_line_four_times_as_long_takes_no_sixteen_times(kb: KnowledgeBase) -> None:
    """Patterns go back over what they read: one that does so for each letter makes a page hang."""
    head = "HỘI ĐỒNG NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ VÍ DỤ\tĐộc lập - Tự do - Hạnh phúc\nNGHỊ QUYẾT\nVề chợ xã Ví Dụ\nCăn cứ Luật;"
    with prove_signs.script_page(script_files(kb, "directory")) as page:
        found = {filler: page.evaluate(GROW, [head, filler, 12_000 // len(filler)]) for filler in FILLERS}
    # What takes next to nothing says nothing.
    slow = {filler: took for filler, took in found.items() if took["large"] > max(150, 10 * took["small"])}
    assert slow == {}


def test_a_sign_of_multiplication_ends_a_word(modules: Page, root: Path) -> None:
    """Word's own sign stands between a noun and a number without blanks."""
    example = (root / "knowledge/draft_example.txt").read_text("utf-8")
    words = "Điều 2. Hỗ trợ 15 người×200.000 đồng/người, tổng kinh phí 4.000.000 đồng.\nĐiều 3."
    found = modules.evaluate(
        """async (words) => {
          const { inStages } = await import("/draft/check.js");
          const { textOfPlain } = await import("/draft/plain-text.js");
          const sign = { level: "Cần xem lại", where: "articles", kinds: [], but: [], bodies: [], state: "" };
          const data = { DRAFT_SIGNS: { "sl-cong-trong-cau": sign }, TEXTS: {}, SIGNS: {}, RESOLUTION_KINDS: {}, DEADLINES: [] };
          return inStages(textOfPlain(words, ""), {}, data).reduce((_, stage) => stage(), null).found.map(({ quote }) => quote);
        }""",
        example.replace("Điều 2.", words, 1),
    )
    assert found == ["200.000 đồng/người, tổng kinh phí 4.000.000 đồng"]


@pytest.mark.parametrize(
    ("pattern", "quick"),
    [
        (r"(?:^|[^\p{L}])huyện(?![\p{L}\d])", "(?:^|[^A-Za-zÀ-ÖØ-öø-ỹ])huyện(?![A-Za-zÀ-ÖØ-öø-ỹ\\d])"),
        (r"\p{L}{2} \[\p{L}\]", "[A-Za-zÀ-ÖØ-öø-ỹ]{2} \\[[A-Za-zÀ-ÖØ-öø-ỹ]\\]"),
        (r"[^\]\p{L}]\p{Lu}", "[^\\]A-Za-zÀ-ÖØ-öø-ỹ]\\p{Lu}"),
        (r"\\p{L}", r"\\p{L}"),
    ],
)
def test_letters_of_patterns_are_those_of_vietnamese(pattern: str, quick: str) -> None:
    assert quick_letters(pattern) == quick


def test_what_was_worked_out_is_forgotten_with_the_draft(modules: Page) -> None:
    counted = modules.evaluate(
        """async () => {
          const { remembered, forgetWords } = await import("/draft/words.js");
          const { inStages } = await import("/draft/check.js");
          const { textOfPlain } = await import("/draft/plain-text.js");
          let times = 0;
          const work = remembered((words) => {
            times += 1;
            return [words];
          });
          const same = work("a") === work("a") && Object.isFrozen(work("a"));
          const data = { DRAFT_SIGNS: {}, TEXTS: {}, SIGNS: {}, RESOLUTION_KINDS: {}, DEADLINES: [] };
          for (const stage of inStages(textOfPlain("Điều 1. Cấp 5 triệu đồng cho 2 thôn.", ""), {}, data)) stage();
          work("a");
          return [same, times];
        }"""
    )
    assert counted == [True, 2]
