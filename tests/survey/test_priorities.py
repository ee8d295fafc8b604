from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from survey import (
    Answers,
    Counts,
    SurveyError,
    draw_priorities,
    priorities,
    selection_shares,
    wilson_interval,
)

# Bereznev, Kulpina (2021), ECO 6, 46-66, table 4: motives named by 82 experts in four groups.
GROUPS = ("managers", "trainees", "academics", "open")
KUZBASS = Counts(
    "motives",
    (
        "low_efficiency",
        "competition",
        "low_wages",
        "energy_intensity",
        "demography",
        "environment",
        "other",
    ),
    GROUPS,
    [
        [4, 5, 24, 12],
        [8, 7, 20, 10],
        [4, 6, 11, 14],
        [3, 2, 14, 4],
        [5, 2, 16, 3],
        [12, 8, 18, 15],
        [15, 13, 18, 9],
    ],
    [15, 18, 25, 24],
)


@st.composite
def any_counts(draw):
    options, groups = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    experts = draw(hnp.arrays(np.int64, groups, elements=st.integers(1, 40)))
    share = draw(hnp.arrays(np.float64, (options, groups), elements=st.floats(0, 1)))
    counts = np.floor(share * (experts + 1)).clip(max=experts).astype(int)
    counts[0, 0] = max(counts[0, 0], 1)  # somebody chose something
    names = "abcde"
    return Counts("q", tuple(names[:options]), tuple(names[:groups]), counts, experts)


# --- the published table -----------------------------------------------------------------------


def test_kuzbass_motives_have_the_priorities_of_hand_arithmetic():
    found = priorities(KUZBASS).to_frame()
    mentions = 45 + 45 + 35 + 23 + 26 + 53 + 55
    assert mentions == 282
    assert found.loc["environment", "share"] == pytest.approx(53 / 82, rel=1e-12)
    assert found.loc["environment", "weight"] == pytest.approx(53 / 282, rel=1e-12)
    assert round(found.loc["environment", "weight"], 3) == 0.188
    assert found.loc["other", "share"] == pytest.approx(55 / 82, rel=1e-12)
    assert round(found.loc["other", "weight"], 3) == 0.195
    assert found["weight"].idxmax() == "other"


def test_kuzbass_academics_alone_put_efficiency_first_and_managers_other():
    academics, managers = priorities(KUZBASS, "academics"), priorities(KUZBASS, "managers")
    assert academics.to_frame()["weight"].idxmax() == "low_efficiency"
    assert academics.weights[0] == pytest.approx(24 / 121, rel=1e-12)
    assert managers.to_frame()["weight"].idxmax() == "other"
    assert managers.shares[-1] == 1.0
    assert managers.high[-1] == 1.0


def test_kuzbass_equal_groups_differ_from_equal_experts():
    found = priorities(KUZBASS, "groups").to_frame().loc["environment", "share"]
    assert found == pytest.approx((12 / 15 + 8 / 18 + 18 / 25 + 15 / 24) / 4, rel=1e-12)


# --- poolings ----------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(any_counts(), st.booleans())
def test_pooling_by_experts_is_the_share_and_interval_of_the_summed_counts(counts, continuity):
    found = priorities(counts, "experts", continuity=continuity)
    pooled = selection_shares(counts.pooled(), continuity=continuity)
    np.testing.assert_allclose(found.shares, pooled.shares[0], atol=1e-12)
    np.testing.assert_allclose(found.low, pooled.low[0], atol=1e-9)
    np.testing.assert_allclose(found.high, pooled.high[0], atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(any_counts())
def test_equal_groups_have_the_mean_of_the_groups_shares(counts):
    expected = selection_shares(counts).shares.mean(axis=0)
    np.testing.assert_allclose(priorities(counts, "groups").shares, expected, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(any_counts())
def test_one_group_alone_has_its_own_share_and_interval(counts):
    found, own = priorities(counts, "a"), selection_shares(counts)
    np.testing.assert_allclose(found.shares, own.shares[0], atol=1e-12)
    np.testing.assert_allclose(found.low, own.low[0], atol=1e-12)
    np.testing.assert_allclose(found.high, own.high[0], atol=1e-12)


def test_given_weights_are_those_of_the_groups():
    weights = {"managers": 0.4, "academics": 0.6}
    found = priorities(KUZBASS, weights).shares
    np.testing.assert_allclose(
        found, 0.4 * KUZBASS.counts[:, 0] / 15 + 0.6 * KUZBASS.counts[:, 2] / 25
    )


def test_groups_weighed_by_their_size_are_pooled_by_experts():
    sizes = {group: size / 82 for group, size in zip(GROUPS, (15, 18, 25, 24), strict=True)}
    by_size, by_experts = priorities(KUZBASS, sizes), priorities(KUZBASS, "experts")
    np.testing.assert_allclose(by_size.low, by_experts.low, rtol=1e-12)
    np.testing.assert_allclose(by_size.weights, by_experts.weights, rtol=1e-12)


def test_equal_groups_have_the_interval_of_the_effective_number_of_experts():
    found = priorities(KUZBASS, "groups")
    effective = 16 / (1 / 15 + 1 / 18 + 1 / 25 + 1 / 24)
    assert effective < 82
    low, high = wilson_interval(found.shares * effective, effective)
    np.testing.assert_allclose((found.low, found.high), (low, high), rtol=1e-12)


@pytest.mark.parametrize(
    "truth", [(0.1, 0.2, 0.3, 0.4), (0.9, 0.2, 0.7, 0.5), (0.02, 0.05, 0.05, 0.1)]
)
def test_the_interval_of_equal_groups_covers_the_mean_share(truth):
    size = np.array([15, 18, 25, 24])
    repetitions = 4000
    drawn = np.random.default_rng(3).binomial(size, truth, size=(repetitions, 4))
    # Every repetition is an option of one question: one call computes them all.
    names = tuple(str(number) for number in range(repetitions))
    found = priorities(Counts("q", names, GROUPS, drawn, size), "groups")
    covered = (found.low <= np.mean(truth)) & (np.mean(truth) <= found.high)
    assert covered.mean() > 0.94


def test_options_shown_to_some_are_pooled_over_those_asked():
    counts = Counts(
        "q", ("a", "b"), ("g", "h"), [[3, 0], [4, 5]], [15, 10], asked=[[15, 0], [5, 5]]
    )
    np.testing.assert_allclose(priorities(counts).shares, [3 / 15, 9 / 10])


# --- properties --------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(any_counts(), st.sampled_from(["experts", "groups"]))
def test_priorities_sum_to_one_and_lie_within_their_intervals(counts, pooling):
    found = priorities(counts, pooling)
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (found.low <= found.shares).all()
    assert (found.shares <= found.high).all()
    drawn = draw_priorities(counts, pooling, 20, np.random.default_rng(1))
    np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=1e-12)
    assert (drawn >= 0).all()


@settings(max_examples=50, deadline=None)
@given(any_counts(), st.sampled_from(["experts", "groups"]), st.randoms(use_true_random=False))
def test_order_of_options_and_groups_does_not_matter(counts, pooling, random):
    options = random.sample(range(len(counts.options)), len(counts.options))
    groups = random.sample(range(len(counts.groups)), len(counts.groups))
    shuffled = Counts(
        "q",
        [counts.options[place] for place in options],
        [counts.groups[place] for place in groups],
        counts.counts[np.ix_(options, groups)],
        counts.experts[groups],
    )
    one, two = priorities(counts, pooling), priorities(shuffled, pooling)
    for name in ("weights", "shares", "low", "high"):
        np.testing.assert_allclose(
            getattr(one, name)[options], getattr(two, name), rtol=1e-9, atol=1e-12
        )


@pytest.mark.parametrize("size", range(1, 60))
def test_unanimity_has_a_share_of_exactly_one_and_silence_of_exactly_zero(size):
    # Over so many sizes the plain sum of the weights would miss 1 by a rounding somewhere.
    sizes = [size, size + 4, 3 * size]
    counts = Counts("q", ("a", "b"), ("g", "h", "k"), [sizes, [0, 0, 0]], sizes)
    for pooling in ("experts", "groups", {"g": 0.1, "h": 0.2, "k": 0.7}):
        found = priorities(counts, pooling)
        np.testing.assert_array_equal(found.shares, [1, 0])
        assert (found.high[0], found.low[1]) == (1.0, 0.0)


# --- draws -------------------------------------------------------------------------------------


def some_answers() -> Answers:
    rng = np.random.default_rng(20)
    cells = rng.random((60, 3)) < [0.2, 0.5, 0.8]
    return Answers("q", ("a", "b", "c"), ("g", "h"), cells, np.repeat([0, 1], [20, 40]))


@pytest.mark.parametrize("source", [KUZBASS, some_answers()], ids=["totals", "rows"])
@pytest.mark.parametrize("pooling", ["experts", "groups"])
def test_draws_lie_around_the_priorities(source, pooling):
    found = priorities(source, pooling)
    drawn = draw_priorities(source, pooling, 4000, np.random.default_rng(21))
    assert drawn.shape == (4000, len(found.options))
    np.testing.assert_allclose(drawn.mean(axis=0), found.weights, atol=0.01)
    assert (drawn.std(axis=0) > 0.005).all()


@pytest.mark.parametrize("source", [KUZBASS, some_answers()], ids=["totals", "rows"])
def test_a_batch_of_equal_weights_gives_the_draws_of_the_single_ones(source):
    groups = source.groups
    single = dict(zip(groups, np.arange(1, len(groups) + 1) / 10, strict=True))
    single[groups[-1]] += 1 - sum(single.values())
    batch = np.tile(list(single.values()), (50, 1))
    one = draw_priorities(source, single, 50, np.random.default_rng(22))
    two = draw_priorities(source, batch, 50, np.random.default_rng(22))
    np.testing.assert_allclose(one, two, rtol=1e-12)


def test_each_draw_takes_its_own_row_of_weights():
    weights = np.array([[1.0, 0, 0, 0], [0, 0, 1.0, 0]] * 500)
    drawn = draw_priorities(KUZBASS, weights, 1000, np.random.default_rng(23))
    managers, academics = drawn[::2].mean(axis=0), drawn[1::2].mean(axis=0)
    np.testing.assert_allclose(managers, priorities(KUZBASS, "managers").weights, atol=0.03)
    np.testing.assert_allclose(academics, priorities(KUZBASS, "academics").weights, atol=0.03)


def test_an_uncertain_panel_spreads_the_draws():
    panel = np.random.default_rng(24).dirichlet(np.ones(4), size=4000)
    fixed = draw_priorities(KUZBASS, "groups", 4000, np.random.default_rng(25))
    loose = draw_priorities(KUZBASS, panel, 4000, np.random.default_rng(25))
    assert loose.std(axis=0).mean() > 1.1 * fixed.std(axis=0).mean()


def test_options_always_chosen_together_keep_equal_priorities_in_every_draw():
    first = np.random.default_rng(26).integers(0, 2, 40)
    cells = np.column_stack([first, first, np.ones(40)])
    answers = Answers("q", ("a", "b", "c"), ("g", "h"), cells, np.repeat([0, 1], 20))
    drawn = draw_priorities(answers, "groups", 200, np.random.default_rng(27))
    np.testing.assert_allclose(drawn[:, 0], drawn[:, 1], rtol=1e-12)
    assert drawn[:, 0].std() > 0.01


def test_draws_come_along_when_asked_for():
    found = priorities(KUZBASS, "groups", size=30, rng=np.random.default_rng(28))
    expected = draw_priorities(KUZBASS, "groups", 30, np.random.default_rng(28))
    np.testing.assert_array_equal(found.draws, expected)
    assert priorities(KUZBASS).draws is None


# --- errors ------------------------------------------------------------------------------------

NOBODY = "nobody who has weight chose any option of question q; at least one choice is expected"


@pytest.mark.parametrize(
    "compute",
    [
        lambda source: priorities(source, "g"),
        lambda source: draw_priorities(source, "g", 5, np.random.default_rng(1)),
        lambda source: draw_priorities(
            source, np.array([[0.5, 0.5], [1.0, 0.0]]), 2, np.random.default_rng(1)
        ),
    ],
    ids=["figures", "draws", "draws of the panel"],
)
def test_a_question_to_which_nobody_answered_has_no_priorities(compute):
    with pytest.raises(SurveyError) as caught:
        compute(Counts("q", ("a", "b"), ("g", "h"), [[0, 1], [0, 1]], [5, 5]))
    assert (caught.value.code, str(caught.value)) == ("nobody_chose", NOBODY)


def test_draws_without_a_generator_are_refused():
    with pytest.raises(SurveyError) as caught:
        priorities(KUZBASS, size=10)
    assert caught.value.code == "generator_missing"
    assert str(caught.value) == (
        "10 draws are asked for without a random generator; one is expected"
    )


def test_as_many_rows_of_weights_as_draws_are_expected():
    with pytest.raises(SurveyError) as caught:
        draw_priorities(KUZBASS, np.full((3, 4), 0.25), 10, np.random.default_rng(1))
    assert caught.value.code == "weights_draws_wrong"
    assert str(caught.value) == (
        "the weights of the groups come in 3 rows for 10 draws; as many are expected"
    )
