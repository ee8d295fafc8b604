import numpy as np
import pytest

from mcda import ProblemError, priors

SIZE = 40_000


def rng():
    return np.random.default_rng(3)


@pytest.mark.parametrize(
    "draw",
    [
        priors.uniform(4),
        priors.dirichlet([1, 2, 3, 4]),
        priors.ordinal([2, 0, 3, 1]),
        priors.interval([0.1, 0.1, 0, 0], [0.5, 0.4, 0.3, 1]),
    ],
    ids=["uniform", "dirichlet", "ordinal", "interval"],
)
def test_weights_are_not_negative_and_sum_to_one(draw):
    weights = draw(1000, rng())
    assert weights.shape == (1000, 4)
    assert weights.min() >= 0
    assert weights.sum(axis=1) == pytest.approx(np.ones(1000))


def test_uniform_weights_have_the_moments_of_a_flat_dirichlet():
    weights = priors.uniform(3)(SIZE, rng())
    assert weights.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.005)
    assert weights.var(axis=0) == pytest.approx(np.full(3, 2 / 36), abs=0.002)


def test_ordinal_weights_fall_along_the_order_and_have_rank_order_centroids_as_means():
    """Barron and Barrett (1996): the mean of ordered uniform weights is the centroid."""
    weights = priors.ordinal([2, 0, 1])(SIZE, rng())
    assert (weights[:, 2] >= weights[:, 0]).all()
    assert (weights[:, 0] >= weights[:, 1]).all()
    assert weights.mean(axis=0) == pytest.approx([5 / 18, 1 / 9, 11 / 18], abs=0.005)


def test_interval_weights_are_those_that_rejection_keeps():
    low, high = np.array([0.1, 0.2, 0.0]), np.array([0.5, 0.6, 0.3])
    ours = priors.interval(low, high)(SIZE, rng())
    every = priors.uniform(3)(1_000_000, np.random.default_rng(9))
    kept = every[((every >= low) & (every <= high)).all(axis=1)]
    assert ((ours >= low - 1e-9) & (ours <= high + 1e-9)).all()
    assert ours.mean(axis=0) == pytest.approx(kept.mean(axis=0), abs=0.003)
    assert np.cov(ours.T) == pytest.approx(np.cov(kept.T), abs=3e-4)


def test_a_weight_that_is_known_stays_what_it_is():
    weights = priors.interval([0.3, 0, 0], [0.3, 1, 1])(SIZE, rng())
    assert weights[:, 0] == pytest.approx(np.full(SIZE, 0.3))
    assert weights[:, 1].mean() == pytest.approx(0.35, abs=0.005)


def test_weights_that_are_all_known_are_one_point():
    assert priors.interval([0.3, 0.7], [0.3, 0.7])(3, rng()) == pytest.approx(
        np.tile([0.3, 0.7], (3, 1))
    )


def test_linear_constraints_hold():
    """The first weighs at least twice the second, and at most half of all."""
    weights = priors.linear([[-1, 2, 0], [1, 0, 0]], [0, 0.5])(5000, rng())
    assert (weights[:, 0] >= 2 * weights[:, 1] - 1e-9).all()
    assert (weights[:, 0] <= 0.5 + 1e-9).all()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: priors.interval([0.6, 0.6], [0.7, 0.7]), "no weights satisfy all constraints"),
        (lambda: priors.interval([0, 0], [0.3, 0.3]), "no weights satisfy all constraints"),
        (lambda: priors.interval([0.5], [0.1]), "a high not below it"),
        (lambda: priors.ordinal([0, 0, 1]), "every criterion from 0 to 2 once"),
        (lambda: priors.dirichlet([1, 0]), "one number above 0 per criterion"),
        (lambda: priors.linear([[1, 0]], [1, 2]), "one row and one limit per constraint"),
    ],
)
def test_impossible_priors_are_refused(make, sentence):
    with pytest.raises(ProblemError, match=sentence):
        make()


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ([0.1, 0.2, 0.0, 0.05], [0.5, 0.6, 0.3, 0.4]),
        ([0.2, 0.2, 0.2, 0.2], [0.3, 0.3, 0.3, 0.3]),
        ([0.0, 0.0, 0.0, 0.0], [0.3, 0.3, 0.3, 0.3]),
    ],
    ids=["wide", "narrow", "hanging from the highs"],
)
def test_rejection_and_hit_and_run_draw_from_the_same_weights(monkeypatch, low, high):
    rejected = priors.interval(low, high)(SIZE, rng())
    monkeypatch.setattr(priors, "_ALLOWED", 2.0)
    walked = priors.interval(low, high)(SIZE // 8, rng())
    assert rejected.tolist() != walked.tolist()
    assert rejected.mean(axis=0) == pytest.approx(walked.mean(axis=0), abs=0.006)
    assert np.cov(rejected.T) == pytest.approx(np.cov(walked.T), abs=1e-3, rel=0.1)


def test_constraints_that_allow_much_are_drawn_alike_by_either_way(monkeypatch):
    given = [[-1, 1, 0], [0, -1, 1]], [0, 0]
    rejected = priors.linear(*given)(SIZE, rng())
    assert rejected.mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 1 / 9], abs=0.005)
    monkeypatch.setattr(priors, "_ALLOWED", 2.0)
    walked = priors.linear(*given)(SIZE // 8, rng())
    assert walked.mean(axis=0) == pytest.approx([11 / 18, 5 / 18, 1 / 9], abs=0.01)
