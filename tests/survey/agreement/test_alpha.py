import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.agreement import LEVELS, alpha_interval, krippendorff_alpha
from survey.agreement.value_counts import count_values

ORACLES = [
    o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "survey.json").read_text(encoding="utf-8")
    )
    if o["statistic"] == "krippendorff_alpha"
]


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o["id"])
def test_published_examples(oracle):
    found = krippendorff_alpha(oracle["input"]["data_rows_are_observers"], oracle["input"]["level"])
    assert found.alpha == (
        None if oracle["expected"]["alpha"] is None
        else pytest.approx(oracle["expected"]["alpha"], abs=oracle["tolerance"])
    )  # fmt: skip


def by_pairs(data, level):
    """The definition, pair by pair (Krippendorff 2018, ch. 12): slow, and nothing like ours."""
    units = [[v for v in column if not np.isnan(v)] for column in np.array(data).T]
    units = [u for u in units if len(u) > 1]
    pooled = [v for u in units for v in u]
    values = sorted(set(pooled))

    def apart(a, b):
        match level:
            case "nominal":
                return float(a != b)
            case "interval":
                return (a - b) ** 2
            case "ratio":
                return ((a - b) / (a + b)) ** 2 if a + b else 0.0
        a, b = sorted((a, b))
        between = sum(pooled.count(g) for g in values if a <= g <= b)
        return (between - (pooled.count(a) + pooled.count(b)) / 2) ** 2

    n = len(pooled)
    observed = sum(
        sum(apart(a, b) for a, b in permutations(u, 2)) / (len(u) - 1) for u in units
    ) / n if n else 0  # fmt: skip
    expected = sum(apart(a, b) for a, b in permutations(pooled, 2)) / (n * (n - 1)) if n else 0
    return 1 - observed / expected if expected else None


cells = st.integers(0, 4) | st.just(np.nan)
whole = st.lists(st.lists(cells, min_size=4, max_size=4), min_size=2, max_size=4)
broken = st.lists(
    st.lists(st.sampled_from([0.0, 0.5, 1.25, 7.0, 1000.0, np.nan]), min_size=3, max_size=3),
    min_size=2,
    max_size=4,
)


@settings(max_examples=120, deadline=None)
@given(whole | broken, st.sampled_from(LEVELS))
def test_it_agrees_with_the_definition_pair_by_pair(data, level):
    if np.isnan(np.array(data)).all():
        return
    expected, found = by_pairs(data, level), krippendorff_alpha(data, level)
    assert (found.alpha is None) == (expected is None)
    if expected is not None:
        assert found.alpha == pytest.approx(expected, abs=1e-9)
    else:
        assert found.undefined is not None


@settings(max_examples=50, deadline=None)
@given(whole, st.sampled_from(LEVELS), st.randoms())
def test_neither_the_order_of_raters_nor_of_units_matters(data, level, random):
    data = np.array(data, dtype=float)
    if np.isnan(data).all():
        return
    rows, columns = list(range(data.shape[0])), list(range(data.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    one, other = (krippendorff_alpha(d, level).alpha for d in (data, data[rows][:, columns]))
    assert (one is None) == (other is None)
    assert one is None or other == pytest.approx(one, abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=8), st.integers(2, 5), st.sampled_from(LEVELS)
)
def test_raters_who_agree_on_all_have_one(units, raters, level):
    found = krippendorff_alpha([units] * raters, level)
    assert found.alpha == (1.0 if len(set(units)) > 1 else None)


@settings(max_examples=40, deadline=None)
@given(whole, st.floats(0.1, 1e6), st.floats(-1e3, 1e3))
def test_the_unit_of_measurement_does_not_matter(data, factor, shift):
    data = np.array(data, dtype=float)
    if np.isnan(data).all():
        return
    plain, moved = (krippendorff_alpha(d, "interval").alpha for d in (data, data * factor + shift))
    assert (plain is None) == (moved is None)
    assert plain is None or moved == pytest.approx(plain, abs=1e-6)


def test_texts_are_nominal_and_numbers_as_texts_are_the_same_as_numbers():
    data = [[1, 2, None, 3], [1, 3, 2, 3]]
    texts = [[None if v is None else f"v{v}" for v in row] for row in data]
    assert krippendorff_alpha(texts).alpha == pytest.approx(krippendorff_alpha(data).alpha)
    with pytest.raises(SurveyError, match="the data hold texts"):
        krippendorff_alpha(texts, "ordinal")


def test_values_far_apart_are_counted_as_those_close_together():
    near, far = np.array([[1, 2, 3], [1, 3, 3.0]]), np.array([[1, 200, 3e5], [1, 3e5, 3e5]])
    assert krippendorff_alpha(near, "ordinal").alpha == krippendorff_alpha(far, "ordinal").alpha
    assert count_values(near).table.sum() == count_values(far).table.sum() == 6


def test_what_cannot_be_told_is_null_with_the_reason():
    same = krippendorff_alpha([[1, 1], [1, 1]])
    assert (same.alpha, str(same.undefined)) == (
        None, "undefined: no variation, every value is the same",
    )  # fmt: skip
    alone = krippendorff_alpha([[1, None], [None, 2]])
    assert (alone.alpha, str(alone.undefined)) == (
        None, "undefined: no unit was given a value by two raters",
    )  # fmt: skip
    assert (alone.units, alone.values) == (0, 0)


@pytest.mark.parametrize(
    ("data", "level", "code"),
    [
        ([[1, 2]], "nominel", "level_unknown"),
        ([[1, -2], [1, 2]], "ratio", "level_ratio_negative"),
        ([[1, 2], [1]], "nominal", "raters_by_units"),
        ([1, 2], "nominal", "raters_by_units"),
        ([[None], [None]], "nominal", "values_none"),
        ([[np.inf], [1]], "nominal", "values_infinite"),
    ],
)
def test_data_that_are_no_ratings_are_refused(data, level, code):
    with pytest.raises(SurveyError) as caught:
        krippendorff_alpha(data, level)
    assert caught.value.code == code


@pytest.mark.parametrize("over", ["units", "raters"])
def test_the_bootstrap_interval_holds_alpha(over):
    rng = np.random.default_rng(4)
    truth = rng.integers(1, 6, 60)
    data = np.clip(truth + rng.integers(-1, 2, (12, 60)), 1, 5).astype(float)
    data[rng.random(data.shape) < 0.1] = np.nan
    found = alpha_interval(data, "interval", rng, over=over, resamples=200)
    assert found.low < krippendorff_alpha(data, "interval").alpha < found.high
    assert (found.over, found.resamples, found.undefined) == (over, 200, 0)
