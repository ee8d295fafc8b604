import numpy as np
import pytest

from mcda import ProblemError, decompose, first_places

CAUSES = ("a", "b", "idle")


def draw(size, rng):
    return {cause: rng.standard_normal(size) for cause in CAUSES}


def share(model, samples=20_000, seed=2):
    return decompose(
        lambda x: model(x)[:, None], draw, CAUSES, samples=samples, rng=np.random.default_rng(seed)
    )


def test_a_linear_model_shares_the_doubt_by_variance():
    found = share(lambda x: 2 * x["a"] + x["b"])
    assert found.shares["a"] == pytest.approx(0.8, abs=4 * found.errors["a"])
    assert found.shares["b"] == pytest.approx(0.2, abs=4 * found.errors["b"])
    assert found.total == pytest.approx(5, rel=0.05)


def test_a_pure_interaction_is_shared_evenly():
    found = share(lambda x: x["a"] * x["b"])
    assert found.shares["a"] == pytest.approx(0.5, abs=4 * found.errors["a"])


def test_an_input_that_does_nothing_has_no_share_at_all():
    found = share(lambda x: x["a"] + x["b"] ** 2)
    assert found.shares["idle"] == pytest.approx(0, abs=1e-12)
    assert found.errors["idle"] == pytest.approx(0, abs=1e-12)


def test_shares_sum_to_one():
    found = share(lambda x: np.sign(x["a"] + x["b"] * x["idle"]), samples=200)
    assert sum(found.shares.values()) == pytest.approx(1)


def test_errors_shrink_with_the_root_of_the_samples():
    few, many = (share(lambda x: np.sign(x["a"] + x["b"]), samples=n) for n in (1000, 16_000))
    assert few.errors["a"] / many.errors["a"] == pytest.approx(4, rel=0.25)


def test_no_doubt_has_no_causes():
    found = share(lambda x: np.ones(len(x["a"])), samples=50)
    assert found.total == 0
    assert set(found.shares.values()) == {0.0}


def test_a_shared_first_place_is_split():
    places = first_places(np.array([[3.0, 3.0, 1.0], [1.0, 2.0, 0.0]]))
    assert places.tolist() == [[0.5, 0.5, 0], [0, 1, 0]]


def test_one_sample_is_refused():
    with pytest.raises(ProblemError, match="expected 2 or more"):
        share(lambda x: x["a"], samples=1)
