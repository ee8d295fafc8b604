from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import (
    Answers,
    Counts,
    SurveyError,
    draw_priorities,
    draw_shares,
    draw_shares_together,
    draws,
)

COUNTS = Counts("q", ("a", "b", "c"), ("g", "h"), [[0, 3], [5, 1], [15, 8]], [15, 8])
SINGLE = Counts("q", ("a", "b"), ("g", "h"), [[10, 3], [6, 9]], [20, 12], single=True)


def rows(cells, group_of=None, groups=("g",), **changes):
    cells = np.asarray(cells)
    names = tuple("abcdefgh"[: cells.shape[1]])
    where = np.zeros(len(cells), dtype=int) if group_of is None else group_of
    return Answers("q", names, groups, cells, where, **changes)


def chosen_by(*people):
    """Rows of a single choice: so many people chose each option, the last number chose none."""
    cells = np.eye(len(people), dtype=int)[:, :-1]
    return rows(np.repeat(cells, people, axis=0), single=True)


# --- draws from totals -------------------------------------------------------------------------


def test_draws_from_totals_have_the_moments_of_their_beta():
    size = 40_000
    drawn = draw_shares(COUNTS, size, np.random.default_rng(5))
    alpha = COUNTS.counts.T + 0.5
    total = COUNTS.asked.T + 1.0
    mean = alpha / total
    variance = mean * (1 - mean) / (total + 1)
    assert drawn.shape == (size, 2, 3)
    # Five standard errors of the mean; the variance of a sample variance is about 2 v^2 / size,
    # more for the skewed ones.
    assert (np.abs(drawn.mean(axis=0) - mean) < 5 * np.sqrt(variance / size)).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.08)


def test_draws_from_totals_are_independent_between_options_and_groups():
    drawn = draw_shares(COUNTS, 40_000, np.random.default_rng(6)).reshape(40_000, -1)
    correlation = np.corrcoef(drawn, rowvar=False) - np.eye(6)
    assert np.abs(correlation).max() < 5 / np.sqrt(40_000)


def test_denominators_of_the_draws_are_those_asked():
    counts = Counts("q", ("a",), ("g",), [[5]], [1000], asked=[[10]])
    drawn = draw_shares(counts, 20_000, np.random.default_rng(7))
    assert drawn.mean() == pytest.approx(5.5 / 11, abs=0.01)


# --- draws from rows ---------------------------------------------------------------------------


def test_draws_from_rows_have_the_moments_of_the_bayesian_bootstrap():
    cells = np.zeros((20, 2), dtype=int)
    cells[:6, 0] = 1
    cells[:15, 1] = 1
    size = 40_000
    drawn = draw_shares(rows(cells), size, np.random.default_rng(8))[:, 0]
    p = np.array([0.3, 0.75])
    variance = p * (1 - p) / 21  # Rubin (1981): Dirichlet(1, ..., 1) weights
    assert (np.abs(drawn.mean(axis=0) - p) < 5 * np.sqrt(variance / size)).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.05)
    # Of the six who chose a, all chose b: covariance (p_ab - p_a p_b) / (n + 1).
    covariance = (0.3 - 0.3 * 0.75) / 21
    assert np.cov(drawn, rowvar=False)[0, 1] == pytest.approx(covariance, rel=0.1)


def test_options_always_chosen_together_have_the_same_draws():
    first = np.random.default_rng(9).integers(0, 2, 30)
    cells = np.column_stack([first, 1 - first, first])
    drawn = draw_shares(rows(cells), 500, np.random.default_rng(10))[:, 0]
    np.testing.assert_allclose(drawn[:, 0], drawn[:, 2], rtol=1e-12)
    np.testing.assert_allclose(drawn[:, 0] + drawn[:, 1], 1, rtol=1e-12)
    assert drawn[:, 0].std() > 0.05


def test_draws_from_rows_stay_within_zero_and_one():
    cells = np.tile([1, 0, 1], (50, 1))
    drawn = draw_shares(rows(cells), 2000, np.random.default_rng(11))
    assert (drawn >= 0).all()
    assert (drawn <= 1).all()
    np.testing.assert_allclose(drawn[:, 0], np.tile([1, 0, 1], (2000, 1)), rtol=1e-12)


def test_those_to_whom_an_option_was_not_shown_do_not_lower_its_draws():
    shown = np.column_stack([[1] * 4 + [0] * 6 + [-1] * 90, [1] * 50 + [0] * 50])
    drawn = draw_shares(rows(shown), 20_000, np.random.default_rng(12))[:, 0]
    assert drawn[:, 0].mean() == pytest.approx(0.4, abs=0.01)
    assert drawn[:, 0].var() == pytest.approx(0.24 / 11, rel=0.1)


def test_groups_are_bootstrapped_each_by_itself():
    cells = np.array([[1], [0], [1], [0], [0], [0]])
    drawn = draw_shares(
        rows(cells, [0, 0, 1, 1, 1, 1], ("g", "h")), 20_000, np.random.default_rng(13)
    )[:, :, 0]
    np.testing.assert_allclose(drawn.mean(axis=0), [0.5, 0.25], atol=0.01)
    assert abs(np.corrcoef(drawn, rowvar=False)[0, 1]) < 5 / np.sqrt(20_000)


@pytest.mark.parametrize("source", [COUNTS, rows(np.eye(3, dtype=int))], ids=["totals", "rows"])
def test_the_same_seed_gives_the_same_draws(source):
    one, two = (draw_shares(source, 50, np.random.default_rng(14)) for _ in range(2))
    np.testing.assert_array_equal(one, two)
    assert (one != draw_shares(source, 50, np.random.default_rng(15))).any()


def test_draws_do_not_depend_on_the_size_of_the_blocks(monkeypatch):
    answers = rows(np.random.default_rng(16).integers(0, 2, (12, 3)))
    whole = draw_shares(answers, 101, np.random.default_rng(17))
    monkeypatch.setattr(draws, "_BLOCK", 30)
    np.testing.assert_allclose(
        draw_shares(answers, 101, np.random.default_rng(17)), whole, rtol=1e-12
    )


def test_no_draws_are_no_draws():
    with pytest.raises(SurveyError) as caught:
        draw_shares(COUNTS, 0, np.random.default_rng(18))
    assert caught.value.code == "size_too_small"
    assert str(caught.value) == "0 draws are asked for; 1 is the least"


NOBODY = "nobody in group h was asked about a of question q; at least one expert is expected"


@pytest.mark.parametrize(
    "compute",
    [
        lambda source: draw_shares(source, 2, np.random.default_rng(1)),
        lambda source: draw_shares_together({"q": source}, 2, np.random.default_rng(1)),
    ],
    ids=["one", "together"],
)
@pytest.mark.parametrize("single", [False, True])
def test_a_group_in_which_nobody_was_asked_has_no_draws(compute, single):
    with pytest.raises(SurveyError) as caught:
        compute(Counts("q", ("a",), ("g", "h"), [[3, 0]], [15, 0], single=single))
    assert (caught.value.code, str(caught.value)) == ("nobody_asked", NOBODY)


# --- single choice -----------------------------------------------------------------------------


def test_draws_of_a_single_choice_have_the_moments_of_their_dirichlet():
    size = 40_000
    drawn = draw_shares(SINGLE, size, np.random.default_rng(30))
    # Options and "none": (10, 6, 4) of 20 and (3, 9, 0) of 12, half a choice more of each.
    alpha = np.array([[10.5, 6.5, 4.5], [3.5, 9.5, 0.5]])
    total = alpha.sum(axis=1, keepdims=True)
    mean = alpha / total
    variance = mean * (1 - mean) / (total + 1)
    error = 5 * np.sqrt(variance / size)
    assert (np.abs(drawn.mean(axis=0) - mean[:, :2]) < error[:, :2]).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance[:, :2], rtol=0.05)
    for group in (0, 1):
        expected = -mean[group, 0] * mean[group, 1] / (total[group, 0] + 1)
        found = np.cov(drawn[:, group], rowvar=False)[0, 1]
        assert found == pytest.approx(expected, rel=0.08)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(0, 5))
def test_shares_of_a_single_choice_sum_to_one_at_most(chosen, none):
    experts = sum(chosen) + none + 1
    names = "abcde"[: len(chosen)]
    counts = Counts("q", names, ("g",), [[k] for k in chosen], [experts], single=True)
    drawn = draw_shares(counts, 100, np.random.default_rng(31))
    assert (drawn > 0).all()
    assert (drawn.sum(axis=-1) <= 1 + 1e-12).all()


def test_one_option_alone_is_drawn_alike_whether_or_not_it_is_a_single_choice():
    one, two = (
        draw_shares(
            Counts("q", ("a",), ("g",), [[4]], [15], single=single),
            40_000,
            np.random.default_rng(32),
        )[:, 0, 0]
        for single in (False, True)
    )
    points = [0.05, 0.25, 0.5, 0.75, 0.95]
    np.testing.assert_allclose(np.quantile(one, points), np.quantile(two, points), atol=0.006)


def spread(source):
    return draw_priorities(source, "experts", 40_000, np.random.default_rng(33))[:, 0].std()


def test_totals_and_rows_of_a_single_choice_spread_as_the_closed_form_says():
    # Ten of twenty chose either: p (1 - p) / (n + 2) for Beta(10.5, 10.5), / (n + 1) for rows.
    counts = Counts("q", ("a", "b"), ("g",), [[10], [10]], [20], single=True)
    assert spread(counts) == pytest.approx(np.sqrt(0.25 / 22), rel=0.02)
    assert spread(chosen_by(10, 10, 0)) == pytest.approx(np.sqrt(0.25 / 21), rel=0.02)
    assert spread(chosen_by(10, 10, 0)) == pytest.approx(spread(counts), rel=0.05)


def test_those_who_chose_nothing_do_not_narrow_the_priorities_of_those_who_did():
    # The parts of a Dirichlet among themselves do not depend on the rest.
    counts = Counts("q", ("a", "b"), ("g",), [[10], [10]], [60], single=True)
    assert spread(counts) == pytest.approx(np.sqrt(0.25 / 22), rel=0.02)
    assert spread(chosen_by(10, 10, 40)) == pytest.approx(spread(counts), rel=0.05)


def test_a_group_without_weight_that_was_not_asked_does_not_stop_a_single_choice():
    counts = Counts("q", ("a", "b"), ("g", "h"), [[3, 0], [5, 0]], [8, 0], single=True)
    drawn = draw_priorities(counts, "experts", 20, np.random.default_rng(34))
    np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=1e-12)


# --- several questions together ----------------------------------------------------------------


def some_rows(seed, people=12):
    cells = np.random.default_rng(seed).integers(0, 2, (people, 3))
    return rows(cells, np.arange(people) % 2, ("g", "h"))


def test_two_identical_questions_have_identical_draws():
    answers = some_rows(40)
    drawn = draw_shares_together({"q": answers, "r": answers}, 50, np.random.default_rng(41))
    np.testing.assert_array_equal(drawn["q"], drawn["r"])
    assert drawn["q"].std(axis=0).max() > 0.05


def test_respondents_are_matched_by_name_and_groups_by_name_whatever_their_order():
    names = [f"p{k}" for k in range(12)]
    one = rows(some_rows(42).cells, np.arange(12) % 2, ("g", "h"), respondents=names)
    turned = rows(one.cells[::-1], 1 - one.group_of[::-1], ("h", "g"), respondents=names[::-1])
    drawn = draw_shares_together({"q": one, "r": turned}, 50, np.random.default_rng(43))
    np.testing.assert_allclose(drawn["q"], drawn["r"][:, ::-1], rtol=1e-12)


def test_respondents_of_one_name_in_different_groups_are_different_people():
    one = rows([[1], [0]] * 10, groups=("g",))
    other = rows([[1], [0]] * 10, groups=("h",))
    drawn = draw_shares_together({"q": one, "r": other}, 20_000, np.random.default_rng(44))
    correlation = np.corrcoef(drawn["q"].ravel(), drawn["r"].ravel())[0, 1]
    assert abs(correlation) < 5 / np.sqrt(20_000)


def test_questions_answered_alike_by_those_who_answered_both_move_together():
    people = [f"p{k}" for k in range(30)]
    cells = np.tile([[1], [0]], (15, 1))
    both = {
        "q": rows(cells[:20], respondents=people[:20]),
        "r": rows(cells[10:], respondents=people[10:]),
    }
    drawn = draw_shares_together(both, 20_000, np.random.default_rng(45))
    # Ten of twenty answered both: the shares are means over half the same people.
    correlation = np.corrcoef(drawn["q"].ravel(), drawn["r"].ravel())[0, 1]
    assert correlation == pytest.approx(0.5, abs=0.04)


def test_totals_beside_rows_are_drawn_as_if_alone():
    drawn = draw_shares_together(
        {"rows": some_rows(46), "totals": COUNTS}, 50, np.random.default_rng(47)
    )
    assert list(drawn) == ["rows", "totals"]
    alone = draw_shares(COUNTS, 50, np.random.default_rng(47))
    np.testing.assert_array_equal(drawn["totals"], alone)


def test_one_question_drawn_together_is_drawn_as_alone():
    answers = some_rows(48)
    together = draw_shares_together({"q": answers}, 50, np.random.default_rng(49))["q"]
    np.testing.assert_array_equal(together, draw_shares(answers, 50, np.random.default_rng(49)))
