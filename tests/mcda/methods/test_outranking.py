import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.methods.outranking import PREFERENCE_FUNCTIONS, preference

GAPS = np.array([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0])


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("usual", [0, 0, 1, 1, 1, 1, 1]),
        ("ushape", [0, 0, 0, 0, 1, 1, 1]),
        ("vshape", [0, 0, 0.25, 0.5, 0.75, 1, 1]),
        ("level", [0, 0, 0, 0, 0.5, 0.5, 1]),
        ("linear", [0, 0, 0, 0, 0.5, 1, 1]),
        ("gaussian", [0, 0, *(1 - np.exp(-(np.array([0.5, 1, 1.5, 2, 3]) ** 2) / 4.5))]),
    ],
)
def test_the_six_preference_functions_of_brans_and_vincke(shape, expected):
    """Thresholds q = 1, p = 2, s = 1.5."""
    assert preference(shape, GAPS, 1.0, 2.0, 1.5) == pytest.approx(expected)


@pytest.mark.parametrize("shape", PREFERENCE_FUNCTIONS)
def test_preference_grows_with_the_gap_and_stays_between_zero_and_one(shape):
    gaps = np.linspace(-2, 4, 200)
    values = preference(shape, gaps, 1.0, 2.0, 1.5)
    assert (np.diff(values) >= 0).all()
    assert values.min() == 0
    assert values.max() <= 1


def test_equal_thresholds_make_the_linear_function_a_step():
    assert preference("linear", GAPS, 1.0, 1.0, 0.0).tolist() == [0, 0, 0, 0, 1, 1, 1]


def problem(**changes):
    given = {"values": [[1, 9], [4, 5], [8, 2]], "senses": ["max", "min"]}
    return DecisionProblem(**(given | changes))


def test_thresholds_in_shares_of_the_range_are_those_in_units():
    ours = rank_alternatives(
        problem(),
        "promethee2",
        preference_functions="linear",
        q=0.1,
        p=0.5,
        threshold_scale="range",
    )
    units = rank_alternatives(
        problem(), "promethee2", preference_functions="linear", q=[0.7, 0.7], p=[3.5, 3.5]
    )
    assert ours.scores == pytest.approx(units.scores)


def test_the_net_flow_is_what_leaves_less_what_enters():
    result = rank_alternatives(problem(), "promethee2")
    assert result.steps["phi_plus"] - result.steps["phi_minus"] == pytest.approx(result.scores)


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"preference_functions": "lineal", "q": 0, "p": 1}, "expected linear"),
        ({"preference_functions": ["usual"]}, "one for each of 2 criteria"),
        ({"preference_functions": "linear", "q": 3, "p": 1}, "expected q at most p"),
        ({"preference_functions": "linear", "q": 0}, "needs p of 0 or more, found None"),
        ({"preference_functions": "vshape", "p": -1}, "needs p of 0 or more, found -1"),
        ({"preference_functions": "gaussian", "s": 0}, "needs s above 0"),
        ({"threshold_scale": "percent"}, "expected absolute or range"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_in_one_sentence(params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(problem(), "promethee2", **params)
