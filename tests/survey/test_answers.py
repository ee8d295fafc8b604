from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from survey import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers, SurveyError

OPTIONS = ("wages", "other")
GROUPS = ("managers", "open")
CELLS = [[1, 0], [1, -1], [0, 1]]
GROUP_OF = [0, 0, 1]


def answers(**changes):
    given_ = {"question": "q", "options": OPTIONS, "groups": GROUPS}
    return Answers(**(given_ | {"cells": CELLS, "group_of": GROUP_OF} | changes))


def test_an_option_not_shown_leaves_the_denominator():
    totals = answers().to_counts()
    np.testing.assert_array_equal(totals.counts, [[2, 0], [0, 1]])
    np.testing.assert_array_equal(totals.asked, [[2, 1], [1, 1]])
    np.testing.assert_array_equal(totals.experts, [2, 1])


def test_a_group_and_an_option_may_have_nobody():
    totals = answers(
        options=("wages", "other", "rent"),
        groups=("managers", "open", "trainees"),
        cells=[[1, 0, 0], [1, -1, 0], [0, 1, 0]],
    ).to_counts()
    np.testing.assert_array_equal(totals.counts, [[2, 0, 0], [0, 1, 0], [0, 0, 0]])
    np.testing.assert_array_equal(totals.experts, [2, 1, 0])


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_totals_are_those_of_counting_one_by_one(data):
    people, options, groups = (data.draw(st.integers(low, 5)) for low in (0, 1, 1))
    states = st.sampled_from([-1, 0, 1])
    cells = data.draw(hnp.arrays(np.int64, (people, options), elements=states))
    group_of = data.draw(hnp.arrays(np.int64, people, elements=st.integers(0, groups - 1)))
    names = [str(number) for number in range(5)]
    totals = Answers("q", names[:options], names[:groups], cells, group_of).to_counts()
    for option in range(options):
        for group in range(groups):
            given_ = [cells[p, option] for p in range(people) if group_of[p] == group]
            assert totals.counts[option, group] == given_.count(SELECTED)
            assert totals.asked[option, group] == len(given_) - given_.count(NOT_SHOWN)
            assert totals.experts[group] == len(given_)


def test_respondents_are_numbered_from_one_unless_named():
    assert answers().respondents == ("1", "2", "3")
    assert answers(respondents=["a", "b", "c"]).respondents == ("a", "b", "c")


def test_answers_keep_their_own_copy_and_cannot_be_written():
    mine = np.array(CELLS, dtype=np.int8)
    held = answers(cells=mine)
    mine[0, 0] = NOT_SELECTED
    assert held.cells[0, 0] == SELECTED
    with pytest.raises(ValueError, match="read-only"):
        held.cells[0, 0] = NOT_SELECTED


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        (
            {"cells": [[1, 0, 0]] * 3},
            "rows_shape_wrong",
            (
                "question q has cells of shape (3, 3), groups of shape (3,) and 3 respondents; "
                "(respondents, 2) and (respondents,) are expected"
            ),
        ),
        (
            {"group_of": [0, 1]},
            "rows_shape_wrong",
            (
                "question q has cells of shape (3, 2), groups of shape (2,) and 3 respondents; "
                "(respondents, 2) and (respondents,) are expected"
            ),
        ),
        (
            {"respondents": ["a", "b"]},
            "rows_shape_wrong",
            (
                "question q has cells of shape (3, 2), groups of shape (3,) and 2 respondents; "
                "(respondents, 2) and (respondents,) are expected"
            ),
        ),
        (
            {"respondents": ["a", "b", "a"]},
            "respondent_duplicate",
            "question q has 3 rows of 2 respondents; one row of each is expected",
        ),
        (
            {"cells": [[1, 0], [1, 2], [0, 1]]},
            "state_unknown",
            (
                "respondent 2 has 2 at option other; "
                "1 (selected), 0 (not selected) or -1 (not shown) is expected"
            ),
        ),
        (
            {"cells": [[1, 0], [1, np.nan], [0, 1]]},
            "state_unknown",
            (
                "respondent 2 has nan at option other; "
                "1 (selected), 0 (not selected) or -1 (not shown) is expected"
            ),
        ),
        (
            {"cells": [["1", "0"], ["1", "0"], ["0", "1"]]},
            "state_unknown",
            (
                "respondent 1 has 1 at option wages; "
                "1 (selected), 0 (not selected) or -1 (not shown) is expected"
            ),
        ),
        (
            {"cells": [[1, 0], [1, None], [0, 1]]},
            "state_unknown",
            (
                "respondent 2 has None at option other; "
                "1 (selected), 0 (not selected) or -1 (not shown) is expected"
            ),
        ),
        (
            {"group_of": [0, 0, 2]},
            "group_place_unknown",
            "respondent 3 is in group number 2; 0 to 1 is expected",
        ),
        (
            {"group_of": [0, -1, 1]},
            "group_place_unknown",
            "respondent 2 is in group number -1; 0 to 1 is expected",
        ),
        (
            {"options": ("wages", "wages")},
            "option_duplicate",
            "question q has the option wages twice; distinct ids are expected",
        ),
    ],
)
def test_impossible_answers_are_refused_with_their_place(changes, code, sentence):
    with pytest.raises(SurveyError) as caught:
        answers(**changes)
    assert (caught.value.code, str(caught.value)) == (code, sentence)


def test_totals_of_a_single_choice_are_those_of_one():
    assert answers(cells=[[1, 0], [0, 0], [-1, -1]], single=True).to_counts().single


def test_totals_of_a_single_choice_of_which_somebody_saw_a_part_are_not_those_of_one():
    assert not answers(single=True).to_counts().single


def test_a_respondent_who_chose_two_options_of_a_single_choice_is_refused():
    with pytest.raises(SurveyError) as caught:
        answers(cells=[[1, 0], [1, 1], [0, 1]], single=True)
    assert caught.value.code == "single_chosen_twice"
    assert str(caught.value) == (
        "respondent 2 chose 2 options of the single choice question q; one at most is expected"
    )


def table() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("q", "ann", "managers", "wages", "selected"),
            ("q", "ann", "managers", "other", "not_selected"),
            ("q", "bob", "managers", "wages", "selected"),
            ("q", "bob", "managers", "other", "not_shown"),
            ("q", "eve", "open", "wages", "not_selected"),
            ("q", "eve", "open", "other", "selected"),
            ("r", "eve", "open", "other", "selected"),
        ],
        columns=["question", "respondent", "group", "option", "state"],
    )


def test_answers_are_read_from_a_long_table():
    read = Answers.from_frame(table(), question="q")
    assert (read.options, read.groups, read.respondents) == (OPTIONS, GROUPS, ("ann", "bob", "eve"))
    np.testing.assert_array_equal(read.cells, CELLS)
    np.testing.assert_array_equal(read.group_of, GROUP_OF)


def test_answers_to_a_single_choice_are_read_as_such():
    assert Answers.from_frame(table(), question="q", single=True).single
    assert not Answers.from_frame(table(), question="q").single


def test_names_given_beforehand_set_the_order():
    read = Answers.from_frame(
        table(), question="q", options=("other", "wages"), groups=("open", "trainees", "managers")
    )
    np.testing.assert_array_equal(read.cells, np.array(CELLS)[:, ::-1])
    np.testing.assert_array_equal(read.group_of, [2, 2, 0])


def replaced(row: int, column: str, value: str) -> pd.DataFrame:
    rows = table()
    rows.loc[row, column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "code", "sentence"),
    [
        (
            table().drop(columns="state"),
            "column_missing",
            "the table has no column state; respondent, group, option, state are expected",
        ),
        (
            table().drop(index=3),
            "answer_not_once",
            "the table has 0 rows of respondent bob at option other; one row is expected",
        ),
        (
            replaced(3, "option", "wages"),
            "answer_not_once",
            "the table has 2 rows of respondent bob at option wages; one row is expected",
        ),
        (
            replaced(2, "state", "yes"),
            "label_unknown",
            "the table has the state yes; one of selected, not_selected, not_shown is expected",
        ),
        (
            replaced(2, "group", "open"),
            "respondent_in_two_groups",
            "respondent bob is in the groups open and managers; one is expected",
        ),
    ],
)
def test_a_faulty_table_is_refused(rows, code, sentence):
    with pytest.raises(SurveyError) as caught:
        Answers.from_frame(rows, question="q")
    assert (caught.value.code, str(caught.value)) == (code, sentence)


def test_an_option_outside_the_names_given_is_refused():
    with pytest.raises(SurveyError, match="has the option wages; one of other is expected"):
        Answers.from_frame(table(), question="q", options=("other",))
