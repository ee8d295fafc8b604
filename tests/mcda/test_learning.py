import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from mcda import ProblemError
from mcda.learning import evppi


def known(mean, deviation):
    """E max(0, X) - max(0, E X) of a normal X."""
    z = mean / deviation
    return deviation * norm.pdf(z) + mean * norm.cdf(z) - max(mean, 0)


def linear_gaussian(seed, draws=8000):
    """Of two alternatives one is worth 0, the other a sum of independent normals."""
    rng = np.random.default_rng(seed)
    x, z, idle = rng.standard_normal((3, draws))
    outcomes = np.column_stack([np.zeros(draws), -0.3 + x + 0.5 * z])
    return {"x": x, "z": z, "idle": idle, "both": np.column_stack([x, z])}, outcomes, rng


@pytest.mark.parametrize("seed", range(4))
def test_a_linear_gaussian_case_is_met_within_its_error(seed):
    inputs, outcomes, rng = linear_gaussian(seed)
    found = evppi(inputs, outcomes, rng=rng)
    truth = {"x": known(-0.3, 1), "z": known(-0.3, 0.5), "both": known(-0.3, np.sqrt(1.25))}
    for name, value in truth.items():
        got = found.inputs[name]
        assert abs(got.value - value) < 4 * got.standard_error
        assert got.standard_error < 0.05 * value + 0.01
    assert abs(found.perfect - truth["both"]) < 4 * found.perfect_error
    assert found.inputs["x"].explained == pytest.approx(0.8, abs=0.03)
    assert found.order[-1] == "idle"
    assert found.chosen == 0


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_irrelevant_input_is_worth_nothing(seed):
    inputs, outcomes, rng = linear_gaussian(seed, draws=1000)
    idle = evppi({"idle": inputs["idle"]}, outcomes, rng=rng).inputs["idle"]
    assert idle.value <= 0.01 + 3 * idle.standard_error
    assert idle.value < 0.03


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_input_is_worth_more_than_perfect_information(seed):
    rng = np.random.default_rng(seed)
    inputs = {"a": rng.normal(size=(200, 2)), "b": rng.normal(size=(200, 9))}
    outcomes = inputs["a"] @ rng.normal(size=(2, 3)) + inputs["b"] @ rng.normal(size=(9, 3))
    found = evppi(inputs, outcomes, rng=rng)
    for value in found.inputs.values():
        assert 0 <= value.value <= found.perfect
        assert 0 <= value.share <= 1


def test_a_category_is_worth_what_its_groups_say():
    """In one case of two the second is worth 1, in the other -1: knowing which is worth 1/2."""
    rng = np.random.default_rng(0)
    which = rng.integers(0, 2, 4000)
    outcomes = np.column_stack([np.zeros(4000), np.where(which == 1, 1.0, -1.0)])
    for given_ in (which, which.astype(bool), np.array(["no", "yes"])[which]):
        value = evppi({"which": given_}, outcomes + 0.0, rng=rng).inputs["which"]
        assert value.value == pytest.approx(0.5, abs=4 * value.standard_error)
        assert value.share == pytest.approx(1, abs=0.05)


def test_an_interaction_is_found_though_neither_input_alone_is_worth_anything():
    rng = np.random.default_rng(1)
    a, b = rng.standard_normal((2, 6000))
    outcomes = np.column_stack([np.zeros(6000), a * b])
    found = evppi({"a": a, "b": b, "both": np.column_stack([a, b])}, outcomes, rng=rng)
    truth = np.abs(a * b).mean() / 2
    for alone in (found.inputs["a"], found.inputs["b"]):
        assert alone.value < 0.1 * truth
    assert found.inputs["both"].value == pytest.approx(truth, rel=0.05)


def test_many_columns_are_met_within_a_tenth():
    rng = np.random.default_rng(2)
    many = rng.standard_normal((8000, 30))
    outcomes = np.column_stack(
        [np.zeros(8000), -0.2 + many[:, :4].sum(axis=1) / 2 + rng.standard_normal(8000)]
    )
    value = evppi({"many": many}, outcomes, rng=rng).inputs["many"].value
    assert value == pytest.approx(known(-0.2, 1.0), rel=0.1)


def test_one_alternative_leaves_nothing_to_learn():
    rng = np.random.default_rng(3)
    found = evppi({"x": rng.normal(size=100)}, rng.normal(size=(100, 1)), rng=rng)
    assert found.perfect == 0
    assert found.inputs["x"].value == 0


def test_an_input_that_never_varies_is_worth_nothing():
    _, outcomes, rng = linear_gaussian(0, draws=200)
    found = evppi({"same": np.ones(200), "word": np.full(200, "a")}, outcomes, rng=rng)
    assert found.inputs["same"].value == 0
    assert found.inputs["word"].value == 0


@pytest.mark.parametrize(
    ("inputs", "outcomes", "sentence"),
    [
        ({}, np.zeros((10, 2)), "50 or more"),
        ({}, np.full((60, 2), np.nan), "not a finite number"),
        ({"x": np.zeros(59)}, np.zeros((60, 2)), "one row for each of 60 draws"),
        ({"x": np.full(60, np.inf)}, np.zeros((60, 2)), "not finite"),
    ],
)
def test_draws_of_another_shape_or_not_finite_are_refused(inputs, outcomes, sentence):
    with pytest.raises(ProblemError, match=sentence):
        evppi(inputs, outcomes, rng=np.random.default_rng(0))
