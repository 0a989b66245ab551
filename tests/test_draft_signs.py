"""Each sign of a draft is shown by drafts that deserve it and keeps still at drafts that only look like it."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.draft_samples import draft_text, models
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.signs import LEVELS, DraftSample
from publish.generated import script_files
from scripts.script_page import script_page

CHECK = """async (drafts) => {
  const [{ checkDraft, TESTS }, { textOfPlain }, d, { SIGNS }, { RESOLUTION_KINDS }, { DEADLINES }] = await Promise.all([
    import("/draft/check.js"), import("/draft/plain-text.js"), import("/data/draft-signs.js"), import("/data/signs.js"),
    import("/data/resolution-kinds.js"), import("/data/deadlines.js")]);
  return [Object.keys(TESTS), drafts.map(([words, file, answers]) => {
    const text = textOfPlain(words, "");
    Object.assign(text.file, file);
    return checkDraft(text, answers, { ...d, SIGNS, RESOLUTION_KINDS, DEADLINES }).found;
  })];
}"""


def answers_of(sample: DraftSample) -> dict[str, Any]:
    """Return what the reader would answer of a sample."""
    told = {"body": sample.body, "state": sample.state, "today": "2026-11-28"}
    return told | ({"kind": sample.kind} if sample.kind else {}) | ({"year": sample.year} if sample.year else {})


@pytest.fixture(scope="module")
def looked_at(kb: KnowledgeBase) -> tuple[list[str], list[tuple[str, bool, DraftSample, list[dict[str, Any]]]]]:
    """The named tests, and each sample with what the browser's modules find in it: (sign, whether it shows it, sample, found)."""
    samples = [
        (one.id, is_bad, sample)
        for one in kb.draft_signs.values()
        for is_bad, group in ((True, one.samples.bad), (False, one.samples.good))
        for sample in group
    ]
    # The repository's own driver, not pytest's: what `make check` and `make soat` use.
    with script_page(script_files(kb, "directory")) as page:
        tests, found = page.evaluate(
            CHECK, [[draft_text(sample), dict(sample.file), answers_of(sample)] for _, _, sample in samples]
        )
    return tests, [(*sample, places) for sample, places in zip(samples, found, strict=True)]


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
    for sign, is_bad, sample, found in looked_at[1]:
        for one in found if is_bad else []:
            if one["sign"] != sign:
                continue
            assert one["level"] in LEVELS.values() and one["message"] and one["mend"]
            if one.get("line") is not None:
                assert one["quote"].rstrip("…") in draft_text(sample).replace("\t", " ").replace(
                    "  ", " "
                ) or "\t" in draft_text(sample)


def test_the_model_drafts_are_clean(kb: KnowledgeBase) -> None:
    """What samples vary shows nothing itself: a sample shows its sign by its own words."""
    drafts = [DraftSample(kind=kind) for kind in models()["kinds"]] + [DraftSample(), DraftSample(body="thuong-truc")]
    with script_page(script_files(kb, "directory")) as page:
        found = page.evaluate(CHECK, [[draft_text(one), {}, answers_of(one)] for one in drafts])[1]
    shown = {
        str(one.kind or one.body): [sign["sign"] for sign in signs] for one, signs in zip(drafts, found, strict=True)
    }
    assert {name: signs for name, signs in shown.items() if signs} == {}
