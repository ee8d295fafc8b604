from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from survey import Answers, Counts, SurveyError
from survey.comparison import compare_groups, fisher_test, leave_one_group_out

DATA = Path(__file__).parents[3] / "data" / "kuzbass" / "answers" / "counts.csv"
EXPERTS = {"managers": 15, "trainees": 18, "academics": 25, "open": 24}


@pytest.fixture(scope="module")
def motives():
    return Counts.from_frame(pd.read_csv(DATA), EXPERTS, question="motives")


@pytest.fixture(scope="module")
def compared(motives):
    return compare_groups(motives, np.random.default_rng(1))


def test_academics_stand_apart_on_efficiency_and_energy(compared):
    apart = {(c.option, c.group): c for c in compared.contrasts if c.p_holm < 0.05}
    for option in ("low_efficiency", "energy_intensity"):
        found = apart[option, "academics"]
        assert found.difference.low > 0.15
        assert found.odds_ratio.low > 1
        assert found.share > found.share_of_others
    assert {option for option, group in apart if group == "academics"} == {
        "low_efficiency", "energy_intensity", "demography",
    }  # fmt: skip


def test_each_option_is_tested_exactly_and_adjusted_over_the_question(motives, compared):
    for test, counts in zip(compared.options, motives.counts, strict=True):
        table = np.stack([counts, motives.experts - counts], axis=1)
        assert test.way == "exact"
        assert test.p == fisher_test(table).p
        assert test.p <= test.p_holm <= min(1, 7 * test.p)
        np.testing.assert_allclose(test.shares, counts / motives.experts)


def test_of_totals_the_overall_test_is_refused_and_the_reason_kept(compared):
    assert (compared.overall, compared.overall_single) == (None, None)
    assert compared.refusal.code == "rows_needed"


def test_of_rows_the_overall_test_is_there():
    rng = np.random.default_rng(2)
    where = rng.integers(0, 2, 60)
    cells = (rng.random((60, 3)) < 0.3 + 0.5 * where[:, None]).astype(int)
    found = compare_groups(Answers("q", "abc", ("g", "h"), cells, where), rng, resamples=300)
    assert found.refusal is None
    assert found.overall.rao_scott.p < 0.01
    assert found.overall.bootstrap < 0.02


def test_of_a_single_choice_totals_suffice():
    counts = Counts("q", ("a", "b"), ("g", "h"), [[9, 2], [1, 8]], [10, 12], single=True)
    found = compare_groups(counts, np.random.default_rng(1))
    assert found.refusal is None
    assert found.overall_single.p == fisher_test([[9, 1, 0], [2, 8, 2]]).p


def test_an_option_that_all_chose_has_no_size_and_a_p_of_one():
    counts = Counts("q", ("a", "b"), ("g", "h"), [[10, 12], [1, 8]], [10, 12])
    test = compare_groups(counts, np.random.default_rng(1)).options[0]
    assert (test.p, test.cramers_v) == (1.0, None)


def test_many_people_are_compared_by_chi_square():
    counts = Counts("q", ("a",), ("g", "h"), [[4000, 4300]], [10_000, 10_000])
    test = compare_groups(counts, np.random.default_rng(1)).options[0]
    assert test.way == "chi-square"
    assert test.p < 1e-4


def test_one_group_has_nothing_to_be_compared_with():
    with pytest.raises(SurveyError) as caught:
        compare_groups(Counts("q", ("a",), ("g",), [[1]], [2]), np.random.default_rng(1))
    assert caught.value.code == "one_group"
    with pytest.raises(SurveyError) as caught:
        leave_one_group_out(Counts("q", ("a",), ("g",), [[1]], [2]))
    assert caught.value.code == "one_group_left_out"


def test_without_a_group_the_priorities_are_those_of_the_others(motives):
    found = {each.group: each for each in leave_one_group_out(motives)}
    assert list(found) == list(EXPERTS)
    rest = motives.counts[:, [0, 1, 3]].sum(axis=1)
    np.testing.assert_allclose(found["academics"].weights, rest / rest.sum())
    whole = motives.counts.sum(axis=1)
    change = rest / rest.sum() - whole / whole.sum()
    np.testing.assert_allclose(found["academics"].change, change)
    assert found["academics"].moved == pytest.approx(np.abs(change).sum() / 2)
    assert max(found.values(), key=lambda each: each.moved).group == "academics"


def test_a_group_whose_removal_changes_the_first_is_named():
    counts = Counts("q", ("a", "b"), ("g", "h"), [[9, 1], [1, 6]], [10, 10])
    g, h = leave_one_group_out(counts)
    assert (g.first, g.changes_first) == ("b", True)
    assert (h.first, h.changes_first) == ("a", False)


def test_weights_of_the_groups_are_scaled_up_when_one_is_left_out(motives):
    weights = {"managers": 0.5, "academics": 0.25, "open": 0.25}
    found = {each.group: each.weights for each in leave_one_group_out(motives, weights)}
    shares = motives.counts / motives.experts
    expected = (shares[:, 2] + shares[:, 3]) / 2
    np.testing.assert_allclose(found["managers"], expected / expected.sum())
    with pytest.raises(SurveyError, match="has all the weight"):
        leave_one_group_out(motives, {"open": 1.0})
    with pytest.raises(SurveyError, match="is the group open alone"):
        leave_one_group_out(motives, "open")
