import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.methods.preference import PREFERENCE_FUNCTIONS, Preference

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
    assert Preference(shape, 1.0, 2.0, 1.5).of(GAPS) == pytest.approx(expected)


@pytest.mark.parametrize("shape", PREFERENCE_FUNCTIONS)
def test_preference_grows_with_the_gap_and_stays_between_zero_and_one(shape):
    gaps = np.linspace(-2, 4, 200)
    values = Preference(shape, 1.0, 2.0, 1.5).of(gaps)
    assert (np.diff(values) >= 0).all()
    assert values.min() == 0
    assert values.max() <= 1


def test_equal_thresholds_make_a_slope_a_step():
    assert Preference("linear", q=1.0, p=1.0).of(GAPS).tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert Preference("vshape", p=0.0).of(GAPS).tolist() == [0, 0, 1, 1, 1, 1, 1]


def problem(**changes):
    given = {"values": [[1, 9], [4, 5], [8, 2]], "senses": ["max", "min"]}
    return DecisionProblem(**(given | changes))


@pytest.mark.parametrize("method", ["promethee1", "promethee2"])
@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"preference_functions": "lineal", "q": 0, "p": 1}, "expected linear"),
        ({"preference_functions": None}, "function None is not known; expected usual, ushape"),
        ({"preference_functions": [["usual"], "usual"]}, "is not known"),
        ({"preference_functions": ["usual"]}, "one for each of 2 criteria"),
        ({"preference_functions": {"C1": "usual"}}, "one for each of 2 criteria"),
        ({"preference_functions": "linear", "q": 3, "p": 1}, "expected q at most p"),
        ({"preference_functions": "level", "q": [0, 2], "p": 1}, "number 2: indifference q 2"),
        ({"preference_functions": "linear", "q": 0}, "needs p of 0 or more, found None"),
        ({"preference_functions": "vshape", "p": -1}, "needs p of 0 or more, found -1"),
        ({"preference_functions": "vshape", "p": "1"}, "needs p of 0 or more, found 1"),
        ({"preference_functions": "vshape", "p": True}, "needs p of 0 or more, found True"),
        ({"preference_functions": "vshape", "p": 10**400}, "needs p of 0 or more"),
        ({"preference_functions": "ushape", "q": float("nan")}, "needs q of 0 or more, found nan"),
        ({"preference_functions": "ushape", "q": float("inf")}, "needs q of 0 or more, found inf"),
        ({"preference_functions": "gaussian", "s": 0}, "needs s above 0"),
        ({"threshold_scale": "percent"}, "expected absolute or range"),
        ({"threshold": 1}, "has no parameter 'threshold'; expected threshold_scale"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_in_one_sentence(method, params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(problem(), method, **params)


def test_thresholds_may_be_arrays_and_numbers_of_numpy():
    listed = rank_alternatives(
        problem(), "promethee2", preference_functions="linear", q=[1, 1], p=3
    )
    arrays = rank_alternatives(
        problem(),
        "promethee2",
        preference_functions="linear",
        q=np.array([1, 1]),
        p=np.int64(3),
    )
    assert arrays.scores.tolist() == listed.scores.tolist()


def test_the_gaussian_refuses_a_million_alternatives_and_names_its_limit():
    many = DecisionProblem(values=np.arange(1_000_000.0)[:, None], senses=["max"])
    with pytest.raises(ProblemError, match="found 1000000 alternatives, expected at most 50000"):
        rank_alternatives(many, "promethee2", preference_functions="gaussian", s=1)
