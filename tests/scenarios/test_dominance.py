from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import ScenarioTable, dominance


def two(first, second, sense="max"):
    low, high = np.array([[[first[0]], [second[0]]]]), np.array([[[first[1]], [second[1]]]])
    return ScenarioTable(("coal",), (sense,), ("a", "b"), (2025,), low.astype(float), high)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ((220, 230), (210, 220), "better"),  # touching ends cannot be worse
        ((221, 230), (210, 220), "better"),
        ((220, 230), (220, 230), "equal"),
        ((5, 5), (5, 5), "equal"),
        ((210, 220), (220, 230), "worse"),
        ((5, 5), (5, 7), "worse"),
        ((215, 225), (210, 220), "unclear"),
        ((200, 240), (210, 220), "unclear"),
    ],
)
def test_cells_are_compared_as_intervals(first, second, relation):
    pair = dominance(two(first, second))[0]
    counts = {k: getattr(pair, k) for k in ("better", "equal", "worse", "unclear")}
    assert counts.pop(relation) == 1
    assert not any(counts.values())
    assert [cell.relation for cell in pair.exceptions] == [relation] * (relation != "better")


def test_an_indicator_to_be_minimised_is_compared_the_other_way_round():
    assert dominance(two((210, 220), (220, 230), "min"))[0].better == 1


def test_exceptions_name_the_cell_with_both_intervals():
    cell = dominance(two((5, 5), (6, 7)))[0].exceptions[0]
    assert (cell.indicator, cell.year, cell.first, cell.second) == ("coal", 2025, (5, 5), (6, 7))


def test_equal_scenarios_dominate_each_other_weakly_only():
    pair = dominance(two((5, 5), (5, 5)))[0]
    assert pair.weakly_dominates
    assert not pair.dominates


def test_years_can_be_chosen(kuzbass):
    pairs = {(d.first, d.second): d for d in dominance(kuzbass.table, [2035])}
    assert pairs["S1", "S2"].dominates
    assert pairs["S1", "S2"].better + pairs["S1", "S2"].equal == 9


def test_error_if_a_chosen_year_is_unknown(fault):
    with fault("year_unknown", "the scenario table has no year 2040; expected one of 2025"):
        dominance(two((5, 5), (6, 6)), [2040])


@st.composite
def tables(draw):
    shape = draw(st.tuples(*[st.integers(1, 3)] * 3))
    numbers = st.integers(0, 4)
    ends = [sorted((draw(numbers), draw(numbers))) for _ in range(int(np.prod(shape)))]
    low, high = np.array(ends, dtype=float).T.reshape(2, *shape)
    senses = tuple(draw(st.sampled_from(["max", "min"])) for _ in range(shape[0]))
    names = [
        tuple(f"{letter}{k}" for k in range(size))
        for letter, size in zip("is", shape, strict=False)
    ]
    return ScenarioTable(names[0], senses, names[1], tuple(range(shape[2])), low, high)


@settings(max_examples=50)
@given(tables())
def test_swapping_two_scenarios_swaps_better_and_worse(table):
    pairs = {(d.first, d.second): d for d in dominance(table)}
    for (first, second), pair in pairs.items():
        back = pairs[second, first]
        assert (pair.better, pair.equal, pair.worse, pair.unclear) == (
            back.worse,
            back.equal,
            back.better,
            back.unclear,
        )
        assert pair.better + len(pair.exceptions) == table.low[:, 0].size


@settings(max_examples=50)
@given(tables())
def test_dominance_is_transitive(table):
    wins = {(d.first, d.second) for d in dominance(table) if d.weakly_dominates}
    for first, second in wins:
        for third in table.scenarios:
            if (second, third) in wins and third != first:
                assert (first, third) in wins


@settings(max_examples=50)
@given(tables())
def test_turning_values_and_senses_round_changes_nothing(table):
    senses = tuple("min" if sense == "max" else "max" for sense in table.senses)
    mirror = ScenarioTable(
        table.indicators, senses, table.scenarios, table.years, -table.high, -table.low
    )
    for one, other in zip(dominance(table), dominance(mirror), strict=True):
        assert (one.better, one.equal, one.worse) == (other.better, other.equal, other.worse)
