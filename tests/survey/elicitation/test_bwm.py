import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.elicitation import elicit
from survey.elicitation.bwm_consistency import consistency_index

BOTH = ("bwm", "bwm-nonlinear")
# Four to six criteria, the first best, the last worst, all others in between.
judgements = st.integers(2, 4).flatmap(
    lambda n: st.tuples(
        st.integers(3, 9),
        st.lists(st.integers(2, 9), min_size=n, max_size=n),
        st.lists(st.integers(2, 9), min_size=n, max_size=n),
    )
)


def vectors(direct, to_others, to_worst):
    return {
        "best_to_others": [1, *to_others, direct],
        "others_to_worst": [direct, *to_worst, 1],
    }


@pytest.mark.parametrize("method", BOTH)
@given(raw=st.lists(st.floats(1.05, 7), min_size=1, max_size=5))
def test_consistent_judgements_give_their_own_weights_and_xi_zero(method, raw):
    weights = np.array([9.0, *(9 / r for r in raw), 1.0])
    weights /= weights.sum()
    found = elicit(
        method,
        {
            "best_to_others": (weights[0] / weights).clip(1, 9).tolist(),
            "others_to_worst": (weights / weights[-1]).clip(1, 9).tolist(),
        },
    )
    assert found.weights == pytest.approx(weights, abs=1e-9)
    assert found.steps["xi"] == pytest.approx(0, abs=1e-9)
    assert found.consistency.value == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", BOTH)
@settings(max_examples=40, deadline=None)
@given(judged=judgements, data=st.data())
def test_permuting_criteria_permutes_weights(method, judged, data):
    given_ = vectors(*judged)
    order = data.draw(st.permutations(range(len(given_["best_to_others"]))))
    permuted = {k: [v[i] for i in order] for k, v in given_.items()}
    straight = elicit(method, given_)
    found = elicit(method, permuted)
    assert found.weights == pytest.approx(straight.weights[list(order)], abs=1e-7)
    assert found.steps["xi"] == pytest.approx(straight.steps["xi"], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(judged=judgements)
def test_no_drawn_weights_beat_the_linear_optimum(judged):
    given_ = vectors(*judged)
    found = elicit("bwm", given_)
    a, b = (np.array(v, float) for v in given_.values())
    draws = np.random.default_rng(3).dirichlet(np.ones(len(a)), 2000)
    near = found.weights + (draws - found.weights) * 0.02
    for w in (draws, near):
        deviation = np.maximum(
            np.abs(w[:, [0]] - a * w).max(axis=1), np.abs(w - b * w[:, [-1]]).max(axis=1)
        )
        assert deviation.min() >= found.steps["xi"] - 1e-9


@settings(max_examples=25, deadline=None)
@given(judged=judgements)
def test_the_nonlinear_optimum_keeps_its_xi_at_every_drawn_point_of_its_intervals(judged):
    given_ = vectors(*judged)
    found = elicit("bwm-nonlinear", given_)
    a, b = (np.array(v, float) for v in given_.values())
    w = found.weights
    deviation = max(np.abs(w[0] / w - a)[1:].max(), np.abs(w / w[-1] - b)[:-1].max())
    low, high, xi = (found.steps[k] for k in ("weights_low", "weights_high", "xi"))
    assert (low <= w + 1e-9).all()
    assert (w <= high + 1e-9).all()
    # The centre of the intervals is scaled, so that it may leave the optimum by a hair; no
    # weights at all stay below it.
    assert deviation >= xi - 1e-9
    draws = np.exp(np.log(w) + np.random.default_rng(4).normal(0, 0.3, (3000, len(w))))
    others = np.maximum(
        np.abs(draws[:, [0]] / draws - a)[:, 1:].max(axis=1),
        np.abs(draws / draws[:, [-1]] - b)[:, :-1].max(axis=1),
    )
    assert others.min() >= xi - 1e-9


def test_the_published_input_consistency_and_its_cause():
    """8-2-1 of Rezaei (2015): (2 * 5 - 8) / (64 - 8), within 0.1309 for three criteria."""
    found = elicit(
        "bwm",
        {"best_to_others": [8, 2, 1], "others_to_worst": [1, 5, 8]},
        ["quality", "price", "comfort"],
    )
    assert found.consistency.value == pytest.approx(2 / 56)
    assert found.consistency.limit == 0.1309
    assert found.consistency.acceptable
    assert str(found.consistency.cause) == (
        "comfort over price is 2 and price over quality is 5, "
        "which implies 10 for comfort over quality; 8 was given"
    )


def test_contradiction_is_shown_and_not_refused():
    found = elicit("bwm", {"best_to_others": [1, 9, 3], "others_to_worst": [3, 9, 1]})
    assert not found.consistency.acceptable
    assert found.consistency.value == pytest.approx((81 - 3) / 6)


@pytest.mark.parametrize(
    ("direct", "printed"),
    [(1, 0), (2, 0.44), (3, 1), (4, 1.63), (5, 2.3), (6, 3), (7, 3.73), (8, 4.47), (9, 5.23)],
)
def test_the_consistency_index_is_the_table_of_rezaei_2015(direct, printed):
    assert consistency_index(direct) == printed


def test_the_ratio_of_a_best_level_with_the_worst_is_zero_or_not_defined():
    level = elicit("bwm", {"best_to_others": [1, 1], "others_to_worst": [1, 1]})
    assert level.weights == pytest.approx([0.5, 0.5])
    assert level.steps["consistency_ratio"] == 0
    odd = elicit("bwm", {"best_to_others": [1, 4, 1], "others_to_worst": [1, 4, 1]})
    assert odd.steps["consistency_ratio"] is None
    assert odd.consistency.cause is not None


@pytest.mark.parametrize("method", BOTH)
def test_one_and_two_criteria(method):
    one = elicit(method, {"best_to_others": [1], "others_to_worst": [1]})
    assert one.weights == pytest.approx([1])
    two = elicit(method, {"best_to_others": [4, 1], "others_to_worst": [1, 4]})
    assert two.weights == pytest.approx([0.2, 0.8])
    assert two.consistency.limit is None


@pytest.mark.parametrize(
    ("best", "worst", "sentence"),
    [
        ([2, 3], [3, 1], "no number of best_to_others is 1; 1 is expected"),
        ([1, 3], [3, 2], "no number of others_to_worst is 1"),
        ([1, 3], [4, 1], "C1 over C2 is 3 in best_to_others and 4 in others_to_worst"),
        ([1, 3], [1, 3], "C1 is marked both as the best and as the worst"),
        ([1, 10], [9, 1], "best_to_others of C2 is 10; a number from 1 to 9"),
        ([1, 3, 2], [3, 1], "judges C1, C2, C3, others_to_worst C1, C2"),
        ({"a": 1, "b": 3}, {"b": 1, "a": 3}, "judges a, b, others_to_worst b, a"),
    ],
)
def test_judgements_that_are_none_are_refused(best, worst, sentence):
    with pytest.raises(SurveyError, match=sentence):
        elicit("bwm", {"best_to_others": best, "others_to_worst": worst})


@given(judged=judgements)
def test_the_input_ratio_is_zero_only_without_contradiction(judged):
    direct, to_others, to_worst = judged
    assume(direct > 1)
    found = elicit("bwm-nonlinear", vectors(*judged))
    agree = all(a * b == direct for a, b in zip(to_others, to_worst, strict=True))
    assert (found.consistency.value == 0) == agree == (found.consistency.cause is None)
    assert (found.steps["xi"] == 0) == agree
