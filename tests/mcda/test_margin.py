import numpy as np
import pytest

from mcda import ProblemError, decompose_margin, leading_two, rank_margin, scaled_margin

CAUSES = ("a", "b", "idle")
SCORES = np.array([[3.0, 1.0, 2.0], [1.0, 3.0, 3.0], [9.0, 0.0, 9.0]])


def draw(size, rng):
    return {cause: rng.standard_normal(size) for cause in CAUSES}


def decomposed(score, samples=20_000, margin=rank_margin, source=draw):
    return decompose_margin(
        score, source, CAUSES, samples=samples, rng=np.random.default_rng(2), margin=margin
    )


def test_the_leading_two_have_the_lowest_expected_ranks():
    """Ranks 1 3 2, then 3 and twice 1.5, then twice 1.5 and 3: means 1.83, 2.5, 1.67."""
    assert leading_two(SCORES) == (2, 0)


def test_of_equal_leaders_the_earlier_leads():
    assert leading_two(np.array([[1.0, 1.0, 1.0]])) == (0, 1)


def test_the_rank_margin_is_the_difference_of_ranks():
    assert rank_margin(SCORES, 0, 1).ravel().tolist() == [2, -1.5, 1.5]


def test_the_rank_margin_is_that_of_any_increasing_scores():
    assert rank_margin(np.exp(SCORES), 0, 1).tolist() == rank_margin(SCORES, 0, 1).tolist()


def test_the_scaled_margin_is_a_share_of_the_range_and_has_neither_unit_nor_zero():
    assert scaled_margin(SCORES, 0, 1).ravel() == pytest.approx([1, -1, 1])
    assert scaled_margin(SCORES, 0, 2).ravel() == pytest.approx([0.5, -1, 0])
    assert scaled_margin(7 * SCORES - 3, 0, 2) == pytest.approx(scaled_margin(SCORES, 0, 2))


def test_equal_scores_have_no_margin():
    assert scaled_margin(np.ones((2, 3)), 0, 1).tolist() == [[0], [0]]


def linear(inputs):
    """Between fixed ends, so that the range is 20: a margin of (0.4 + 2 a + b) / 20."""
    x = 0.4 + 2 * inputs["a"] + inputs["b"]
    ends = np.full(len(x), 10.0)
    return np.column_stack([x / 2, -x / 2, np.zeros(len(x)), ends, -ends])


def gap(oriented, leader, rival):
    return scaled_margin(oriented, 0, 1)


def test_a_linear_margin_is_shared_by_variance():
    """Shapley effects of a sum of independent inputs are their variances (Owen 2014)."""
    found = decomposed(linear, margin=gap).doubt
    for cause, share in {"a": 0.8, "b": 0.2, "idle": 0}.items():
        assert found.shares[cause] == pytest.approx(share, abs=4 * found.errors[cause] + 1e-12)
        assert found.first_order[cause] == pytest.approx(share, abs=0.03)
        assert found.total_order[cause] == pytest.approx(share, abs=0.03)
    assert found.total == pytest.approx(5 / 400, rel=0.05)


def test_mean_and_reversals_are_those_of_the_normal_margin():
    def score(inputs):
        return np.column_stack([1 + inputs["a"], inputs["b"]])

    found = decomposed(score)
    assert (found.leader, found.rival) == (0, 1)
    behind = 0.23975  # a standard normal beyond 1 over the root of 2
    error = np.sqrt(behind * (1 - behind) / 20_000)
    assert found.reversed == pytest.approx(behind, abs=4 * error)
    assert found.mean == pytest.approx(1 - 2 * behind, abs=4 * found.error)
    assert found.error == pytest.approx(2 * error, rel=0.05)
    assert found.doubt.total == pytest.approx(4 * behind * (1 - behind), rel=0.05)
    assert found.doubt.shares["a"] == pytest.approx(0.5, abs=4 * found.doubt.errors["a"])


def test_a_lead_that_never_moves_has_no_doubt():
    found = decomposed(lambda x: np.tile([3.0, 2.0, 1.0], (len(x["a"]), 1)), samples=50)
    assert (found.mean, found.error, found.reversed, found.doubt.total) == (1, 0, 0, 0)


def test_choosing_a_method_that_turns_the_order_is_the_whole_doubt():
    """Methods whose scores differ a thousandfold count alike: the margin is in ranks."""

    def source(size, rng):
        return draw(size, rng) | {"a": rng.integers(2, size=size)}

    def score(inputs):
        second = inputs["a"] == 1
        return np.column_stack([np.where(second, 1000.0, 2.0), np.where(second, 3000.0, 1.0)])

    found = decomposed(score, source=source).doubt
    assert found.shares == pytest.approx({"a": 1, "b": 0, "idle": 0})


def test_one_alternative_has_no_margin_and_one_sample_no_variance():
    with pytest.raises(ProblemError, match="a margin is between two alternatives"):
        leading_two(np.ones((3, 1)))
    with pytest.raises(ProblemError, match="expected 2 or more"):
        decomposed(linear, samples=1)
