import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.answers import Answers
from survey.collection.cells import check_groups, safe_counts, small_cells
from survey.dataset import Dataset
from survey.errors import SurveyError
from tests.waves import QUESTIONNAIRE

LEAST = 5
OPTIONS = QUESTIONNAIRE.choice("aims").option_ids


def wave_of(counts):
    """Groups in which so many chose the first option."""
    groups = tuple(f"g{k}" for k in range(len(counts)))
    group_of = np.repeat(np.arange(len(counts)), counts)
    cells = np.zeros((len(group_of), len(OPTIONS)), dtype=np.int8)
    cells[:, 0] = 1
    names = tuple(f"r{k}" for k in range(len(group_of)))
    answers = Answers("aims", OPTIONS, groups, cells, group_of, respondents=names)
    return Dataset(QUESTIONNAIRE, names, groups, group_of, {"aims": answers})


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ((8, 9, 7), (8, 9, 7), 24),
        ((8, 3, 2), (8, None, None), 13),  # two small ones of five together hide each other
        ((8, 3, 9), (None, None, 9), 20),  # one alone: the next smallest hides it
        ((8, 1, 2), (None, None, None), 11),  # three together are still fewer than five
        ((8, 0, 7), (8, 0, 7), 15),  # nobody is nobody's secret
        ((9, 4), (None, None), 13),
        ((4,), (None,), None),
        ((1, 0, 2), (None, 0, None), None),  # and the total would be a small cell itself
    ],
)
def test_small_cells_and_what_gives_them_back_are_suppressed(counts, shown, total):
    cells = small_cells(wave_of(counts), LEAST)["aims"]
    assert cells.respondents == shown
    assert cells.total == total


def test_a_cell_says_why_it_is_suppressed():
    cells = small_cells(wave_of((8, 3, 9)), LEAST)["aims"]
    assert cells.suppressed == ("to_protect", "small", None)
    assert cells.hidden == ("g0", "g1")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_no_total_gives_a_small_group_back(counts):
    cells = small_cells(wave_of(counts), LEAST)["aims"]
    assert all(n is None or n == 0 or n >= LEAST for n in cells.respondents)
    if cells.total is None or not cells.hidden:
        return
    rest = cells.total - sum(n or 0 for n in cells.respondents)
    assert len(cells.hidden) > 1
    assert rest >= LEAST


def test_a_table_of_choices_leaves_suppressed_groups_out():
    table = safe_counts(wave_of((8, 3, 9)), "aims", LEAST)
    assert table.counts[0] == (None, None, 9)
    assert table.counts[1] == (None, None, 0)
    assert table.totals == (20, 0, 0, 0)
    assert safe_counts(wave_of((2,)), "aims", LEAST).totals == (None,) * len(OPTIONS)


def test_small_groups_are_refused_by_name():
    with pytest.raises(SurveyError, match=r"too few answered in b \(4\), d \(1\)") as refusal:
        check_groups([("a", 5), ("b", 4), ("c", 0), ("d", 1)], LEAST)
    assert refusal.value.fields["least"] == LEAST
