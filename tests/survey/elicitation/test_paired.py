import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from survey import SurveyError
from survey.elicitation.paired import bradley_terry, plackett_luce

WINS = [[0, 2, 0, 1], [3, 0, 5, 0], [0, 3, 0, 1], [4, 0, 3, 0]]


def test_the_published_example_of_bradley_and_terry():
    found = bradley_terry(WINS, ["A", "B", "C", "D"])
    np.testing.assert_allclose(found.p, [0.64, 1.043, 0.66, 2.27], atol=6e-4)
    assert np.prod(found.p) == pytest.approx(1)
    assert found.weights.sum() == pytest.approx(1)
    assert found.items == ("A", "B", "C", "D")


full = st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=3, max_size=3)


@settings(max_examples=30, deadline=None)
@given(full)
def test_strengths_have_the_highest_likelihood(rows):
    wins = np.array(rows) * (1 - np.eye(3, dtype=int))
    found = bradley_terry(wins)

    def loss(x):
        theta = np.concatenate([[0.0], x])
        return (wins * np.logaddexp(0, theta[None] - theta[:, None])).sum()

    best = minimize(loss, np.zeros(2), tol=1e-10)
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-6)
    # Each item wins as often as its strength says it should.
    p = found.p
    chance = p[:, None] / (p[:, None] + p)
    np.testing.assert_allclose((chance * (wins + wins.T)).sum(axis=1) - wins.diagonal(), wins.sum(axis=1), atol=1e-5)  # fmt: skip
    turned = bradley_terry(wins[::-1, ::-1])
    np.testing.assert_allclose(turned.p[::-1], p, rtol=1e-6)


def test_orders_of_two_are_paired_comparisons():
    orders = [(i, j) for i in range(4) for j in range(4) for _ in range(WINS[i][j])]
    found, paired = plackett_luce(orders, 4), bradley_terry(WINS)
    np.testing.assert_allclose(found.p, paired.p, rtol=1e-6)
    assert found.log_likelihood == pytest.approx(paired.log_likelihood)


def test_what_comes_first_more_often_is_stronger():
    found = plackett_luce([(0, 1, 2), (0, 2, 1), (1, 0, 2), (2, 0, 1)], ["a", "b", "c"])
    assert found.p.argmax() == 0
    assert found.p[1] == pytest.approx(found.p[2], rel=1e-6)


def test_who_never_lost_is_named_and_a_regularisation_helps():
    wins = [[0, 2, 1], [0, 0, 3], [0, 2, 0]]
    with pytest.raises(SurveyError) as caught:
        bradley_terry(wins, ["jobs", "air", "cost"])
    assert caught.value.code == "strengths_infinite"
    assert str(caught.value).startswith("jobs never lost to any of the others")
    found = bradley_terry(wins, regularisation=0.1)
    assert found.p.argmax() == 0
    assert np.isfinite(found.p).all()
    with pytest.raises(SurveyError, match="never lost"):
        plackett_luce([(0, 1, 2), (0, 2, 1)], 3)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: bradley_terry([[0, 1]]), "wins_square"),
        (lambda: bradley_terry([[0, -1], [1, 0]]), "wins_number"),
        (lambda: bradley_terry([[1, 1], [1, 0]]), "wins_diagonal"),
        (lambda: bradley_terry([[0, 1], [1, 0]], ["a"]), "items_number"),
        (lambda: bradley_terry([[0, 1], [1, 0]], regularisation=-1), "regularisation_negative"),
        (lambda: plackett_luce([(0, 0)], 2), "order_impossible"),
        (lambda: plackett_luce([(0, 5)], 2), "order_impossible"),
    ],
)
def test_what_is_no_comparison_is_refused(call, code):
    with pytest.raises(SurveyError) as caught:
        call()
    assert caught.value.code == code
