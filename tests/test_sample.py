"""What `make test` leaves to `make test-full`: a seeded sample of the many cases, each of which another seed takes."""

from __future__ import annotations

from tests.conftest import SAMPLED, in_sample

CASES = [f"test_planted_defect_is_caught[code-{number}]" for number in range(300)]


def test_a_sample_is_the_same_each_time_and_about_its_share() -> None:
    share = SAMPLED["test_planted_defect_is_caught"]
    chosen = [case for case in CASES if in_sample(case, share, "183")]
    assert chosen == [case for case in CASES if in_sample(case, share, "183")]
    assert 300 / share * 0.7 < len(chosen) < 300 / share * 1.3


def test_other_seeds_take_the_other_cases() -> None:
    share = max(SAMPLED.values())
    assert all(any(in_sample(case, share, str(seed)) for seed in range(60)) for case in CASES)
