import numpy as np
import pytest

from mcda.regression import bases, fit


def test_terms_are_centred_of_deviation_one_and_have_no_constant():
    rng = np.random.default_rng(0)
    for table in (
        rng.normal(size=(200, 2)),
        rng.normal(size=(200, 9)),
        rng.integers(0, 3, (200, 1)),
    ):
        for terms in bases(table):
            assert terms.mean(axis=0) == pytest.approx(np.zeros(terms.shape[1]), abs=1e-9)
            assert terms.std(axis=0) == pytest.approx(np.ones(terms.shape[1]))


def test_a_curve_is_followed_and_a_line_stays_a_line():
    rng = np.random.default_rng(1)
    x = rng.uniform(-2, 2, 3000)
    curve, line = np.sin(2 * x), 3 * x + 1
    fitted = fit(bases(x[:, None]), np.column_stack([curve]) + 0.1 * rng.normal(size=(3000, 1)))
    assert np.sqrt(((fitted.values[:, 0] - curve) ** 2).mean()) < 0.08
    straight = fit(bases(x[:, None]), line[:, None])
    assert straight.values[:, 0] == pytest.approx(line, abs=1e-4)


def test_groups_get_their_means():
    group = np.repeat(["a", "b", "c"], 100)
    rng = np.random.default_rng(2)
    outcome = np.repeat([0.0, 5.0, -1.0], 100)[:, None] + 0.1 * rng.normal(size=(300, 1))
    fitted = fit(bases(group[:, None]), outcome).values[:, 0]
    for name in "abc":
        assert fitted[group == name] == pytest.approx(outcome[group == name].mean(), abs=0.02)


def test_fitted_values_redrawn_scatter_as_repeated_samples_do():
    """The standard error of a mean of 400, and of the slope's part at the edge."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=400)
    fitted = fit([(x - x.mean())[:, None] / x.std()], (x + rng.normal(size=400))[:, None])
    again = np.array([v[:, 0] for v in fitted.redrawn(400, rng)])
    at = int(np.argmax(x))
    leverage = np.sqrt((1 + ((x[at] - x.mean()) / x.std()) ** 2) / 400)
    assert again[:, at].std() == pytest.approx(leverage, rel=0.25)
    assert fitted.terms == pytest.approx(2, abs=0.05)
