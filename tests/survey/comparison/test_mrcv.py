import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from survey import Answers, Counts, SurveyError
from survey.comparison import marginal_independence, mrcv_test, pairwise_independence
from survey.comparison.mrcv_bootstrap import bootstrap_p

ORACLES = {
    o["id"]: o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "survey.json").read_text(encoding="utf-8")
    )
}


def expanded(oracle):
    rows = [row for row, times in oracle["input"]["pattern_counts"] for _ in range(times)]
    return np.array(rows)


def answers(cells, group_of=None, groups=("g",), question="q"):
    cells = np.asarray(cells)
    where = np.zeros(len(cells), dtype=int) if group_of is None else group_of
    return Answers(question, [f"o{k}" for k in range(cells.shape[1])], groups, cells, where)


FARMERS = expanded(ORACLES["mrcv_farmer1_mmi"])
MMI = answers(FARMERS[:, 1:], FARMERS[:, 0] - 1, groups=tuple("abcde"))
PAIRS = expanded(ORACLES["mrcv_koziol_2014_spmi"])
LEFT, RIGHT = answers(PAIRS[:, :3], question="w"), answers(PAIRS[:, 3:], question="y")


def test_rows_of_people_give_the_published_figures():
    expected = ORACLES["mrcv_farmer1_mmi"]["expected"]
    found = marginal_independence(MMI)
    np.testing.assert_allclose(found.cells[0], expected["X2_j"], atol=5e-3)
    assert (found.n, found.left_out, found.df_cell) == (262, 0, 4)
    assert found.bonferroni == pytest.approx(expected["bonferroni_p"], abs=5e-5)
    expected = ORACLES["mrcv_koziol_2014_spmi"]["expected"]
    found = pairwise_independence(LEFT, RIGHT)
    np.testing.assert_allclose(found.cells, expected["X2_S_ij"], atol=5e-3)
    assert found.rao_scott.x2 == pytest.approx(36.17, abs=5e-3)
    assert found.rao_scott.df == pytest.approx(6.78, abs=5e-3)


def test_without_the_half_in_empty_cells_the_figures_are_the_others():
    found = pairwise_independence(LEFT, RIGHT, zero_cell=0.0)
    assert found.x2 == pytest.approx(64.825, abs=5e-4)
    assert found.cells[2, 3] == pytest.approx(1.1099, abs=5e-5)
    assert found.rao_scott.x2 == pytest.approx(36.62, abs=5e-3)


def test_the_bootstrap_agrees_with_rao_scott_and_needs_a_generator():
    found = marginal_independence(MMI, rng=np.random.default_rng(1), resamples=4000)
    assert found.bootstrap == pytest.approx(found.rao_scott.p, abs=0.015)
    assert found.resamples == 4000
    with pytest.raises(SurveyError, match="without a random generator"):
        marginal_independence(MMI, resamples=10)


def test_drawing_patterns_and_drawing_people_give_the_same_p_value(monkeypatch):
    left = (FARMERS[:, :1] == np.unique(FARMERS[:, 0])).astype(float)
    right = FARMERS[:, 1:].astype(float)
    once = np.ones(len(FARMERS))
    few = bootstrap_p(
        left[:60], right[:60], once[:60], 20.0, np.random.default_rng(1),
        zero_cell=0.5, resamples=4000, grouping=True,
    )  # fmt: skip
    # Ten times the same people: their patterns are fewer than they are, so patterns are drawn.
    again = bootstrap_p(
        np.tile(left[:60], (10, 1)), np.tile(right[:60], (10, 1)), np.ones(600), 20.0,
        np.random.default_rng(2), zero_cell=0.5, resamples=4000, grouping=True,
    )  # fmt: skip
    assert few == pytest.approx(again, abs=0.05)


def test_of_one_option_the_overall_test_is_that_option_s_own():
    expected = chi2_contingency(
        [[3, 7], [6, 4]], correction=False
    )  # chosen and not chosen in two groups
    cells = [[1]] * 3 + [[0]] * 7 + [[1]] * 6 + [[0]] * 4
    found = marginal_independence(answers(cells, [0] * 10 + [1] * 10, ("g", "h")))
    assert found.x2 == pytest.approx(expected.statistic)
    assert found.rao_scott.p == pytest.approx(expected.pvalue)
    assert found.bonferroni == pytest.approx(expected.pvalue)


def test_two_options_always_chosen_together_count_once():
    cells = np.array([[1]] * 3 + [[0]] * 7 + [[1]] * 6 + [[0]] * 4)
    where = [0] * 10 + [1] * 10
    one = marginal_independence(answers(cells, where, ("g", "h")))
    two = marginal_independence(answers(np.hstack([cells, cells]), where, ("g", "h")))
    assert two.x2 == pytest.approx(2 * one.x2)
    assert two.rao_scott.x2 == pytest.approx(one.rao_scott.x2)
    assert two.rao_scott.p == pytest.approx(one.rao_scott.p)


def test_under_independence_the_adjusted_test_keeps_its_level():
    rng = np.random.default_rng(3)
    rejected = 0
    for _ in range(400):
        joint = rng.normal(size=(120, 1)) + rng.normal(size=(120, 4)) > 0.4  # options go together
        found = marginal_independence(
            answers(joint.astype(int), rng.integers(0, 3, 120), ("a", "b", "c"))
        )
        rejected += found.rao_scott.p < 0.05
    assert 0.02 < rejected / 400 < 0.09


rows = st.lists(st.lists(st.integers(0, 1), min_size=5, max_size=5), min_size=6, max_size=20)


@settings(max_examples=40, deadline=None)
@given(rows, st.randoms())
def test_neither_the_order_of_people_nor_of_options_matters(cells, random):
    cells = np.array(cells)
    left, right = cells[:, :2].astype(float), cells[:, 2:].astype(float)
    if not (((left.mean(axis=0) % 1) > 0).any() and ((right.mean(axis=0) % 1) > 0).any()):
        return
    once = np.ones(len(cells))
    found = mrcv_test(left, right, once, grouping=False)
    people, options = list(range(len(cells))), [0, 1, 2]
    random.shuffle(people)
    random.shuffle(options)
    other = mrcv_test(left[people], right[people][:, options], once, grouping=False)
    assert other.x2 == pytest.approx(found.x2)
    assert other.rao_scott.p == pytest.approx(found.rao_scott.p)
    turned = mrcv_test(right, left, once, grouping=False)
    np.testing.assert_allclose(turned.cells.T, found.cells)
    doubled = mrcv_test(left, right, 2 * once, grouping=False, zero_cell=0)
    assert doubled.x2 == pytest.approx(
        2 * mrcv_test(left, right, once, grouping=False, zero_cell=0).x2
    )
    assert 0 <= found.bonferroni <= 1


def test_totals_alone_are_refused_in_a_plain_statement():
    with pytest.raises(SurveyError) as caught:
        marginal_independence(Counts("motives", ("a", "b"), ("g", "h"), [[1, 2], [3, 4]], [9, 9]))
    assert caught.value.code == "rows_needed"
    assert str(caught.value) == (
        "only totals of question motives are known; which options each expert chose together is "
        "not, so groups cannot be compared over all options at once. Respondents' rows are expected"
    )


def test_who_was_not_shown_an_option_is_left_out_and_counted():
    cells = [[1, 0], [0, 1], [1, -1], [1, 1], [0, 0]]
    found = marginal_independence(answers(cells, [0, 1, 1, 1, 0], ("g", "h")))
    assert (found.n, found.left_out) == (4, 1)


def test_an_option_nobody_chose_has_no_test_of_its_own():
    cells = [[1, 0], [0, 0], [1, 0], [0, 0]]
    found = marginal_independence(answers(cells, [0, 0, 1, 1], ("g", "h")))
    assert np.isnan(found.cells[0, 1])
    assert found.x2 == found.cells[0, 0]


@pytest.mark.parametrize(
    ("cells", "group_of", "code"),
    [
        ([[1, 0], [0, 1]], [0, 0], "mrcv_one_group"),
        ([[1, 0], [1, 0]], [0, 1], "mrcv_no_variation"),
        ([[-1, 0], [-1, 0]], [0, 1], "mrcv_one_group"),
    ],
)
def test_where_nothing_can_be_compared_it_says_so(cells, group_of, code):
    with pytest.raises(SurveyError) as caught:
        marginal_independence(answers(cells, group_of, ("g", "h")))
    assert caught.value.code == code


def test_two_questions_of_other_people_are_refused():
    with pytest.raises(SurveyError) as caught:
        pairwise_independence(LEFT, answers(PAIRS[:5, 3:]))
    assert caught.value.code == "respondents_differ"


def test_what_is_added_to_empty_cells_is_less_than_a_person():
    with pytest.raises(SurveyError) as caught:
        marginal_independence(MMI, zero_cell=2)
    assert caught.value.code == "zero_cell_outside"
