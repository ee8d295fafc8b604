import numpy as np
import pytest

from mcda import ProblemError, values

SIZE = 40_000
LOW, MODE, HIGH = np.array([[0.0, 2.0]]), np.array([[1.0, 2.0]]), np.array([[4.0, 2.0]])


def rng():
    return np.random.default_rng(3)


def test_exact_values_do_not_vary():
    assert values.exact([[1, 2]])(5, rng()).tolist() == [[1, 2]]


def test_interval_values_are_uniform_between_their_bounds():
    drawn = values.interval(LOW, HIGH)(SIZE, rng())
    assert drawn.shape == (SIZE, 1, 2)
    assert ((drawn >= LOW) & (drawn <= HIGH)).all()
    assert drawn[:, 0, 0].mean() == pytest.approx(2, abs=4 * np.sqrt(16 / 12 / SIZE))
    assert drawn[:, 0, 0].var() == pytest.approx(16 / 12, rel=0.02)
    assert set(drawn[:, 0, 1].tolist()) == {2.0}


@pytest.mark.parametrize("mode", [0.0, 1.0, 4.0])
def test_triangular_values_have_the_moments_of_the_triangle(mode):
    a, c, b = 0.0, mode, 4.0
    drawn = values.triangular([[a, 2]], [[c, 2]], [[b, 2]])(SIZE, rng())
    variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    assert drawn[:, 0, 0].mean() == pytest.approx((a + b + c) / 3, abs=4 * np.sqrt(variance / SIZE))
    assert drawn[:, 0, 0].var() == pytest.approx(variance, rel=0.02)
    below = (drawn[:, 0, 0] < mode).mean()
    assert below == pytest.approx((c - a) / (b - a), abs=0.01)
    assert set(drawn[:, 0, 1].tolist()) == {2.0}


def test_normal_values_have_their_mean_and_standard_deviation():
    drawn = values.normal([[5, 1]], [[2, 0]])(SIZE, rng())
    assert drawn[:, 0, 0].mean() == pytest.approx(5, abs=4 * 2 / np.sqrt(SIZE))
    assert drawn[:, 0, 0].std() == pytest.approx(2, rel=0.02)
    assert set(drawn[:, 0, 1].tolist()) == {1.0}


def test_resampled_tables_stay_whole():
    given = np.array([[[0.0, 0.0]], [[1.0, 1.0]], [[2.0, 2.0]]])
    drawn = values.resampled(given)(3000, rng())
    assert (drawn[..., 0] == drawn[..., 1]).all()
    assert np.bincount(drawn[:, 0, 0].astype(int)) == pytest.approx([1000] * 3, abs=120)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: values.interval([[1.0]], [[0.0]]), r"row 1, column 1: low is 1.0, above high, which is 0.0"),
        (lambda: values.triangular([[0.0]], [[2.0]], [[1.0]]), "mode is 2.0, above high, which is 1.0"),
        (lambda: values.triangular([[1.0]], [[0.0]], [[2.0]]), "low is 1.0, above mode, which is 0.0"),
        (lambda: values.normal([[1.0]], [[-1.0]]), "a standard deviation of -1.0, expected 0 or more"),
        (lambda: values.normal([[1.0]], [[1.0, 1.0]]), r"the table sd has shape \(1, 2\), but mean has \(1, 1\)"),
        (lambda: values.interval([1.0], [2.0]), r"the table low has shape \(1,\)"),
        (lambda: values.exact([[np.nan]]), "the table values holds nan; expected finite numbers"),
        (lambda: values.exact([["x"]]), "not a table of numbers"),
        (lambda: values.resampled([[1.0]]), r"the draws of values have shape \(1, 1\); expected 3 dimensions"),
        (lambda: values.resampled(np.empty((0, 2, 2))), "the first of which counts the draws"),
    ],
    ids=range(10),
)  # fmt: skip
def test_impossible_values_are_refused(make, sentence):
    with pytest.raises(ProblemError, match=sentence):
        make()
