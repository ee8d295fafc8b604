from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from survey import Counts, SurveyError

OPTIONS = ("wages", "other")
GROUPS = ("managers", "open")
COUNTS = [[4, 14], [15, 9]]
EXPERTS = [15, 24]


def counts(**changes):
    given = {"question": "q", "options": OPTIONS, "groups": GROUPS}
    return Counts(**(given | {"counts": COUNTS, "experts": EXPERTS} | changes))


def test_published_totals_were_asked_of_everybody():
    np.testing.assert_array_equal(counts().asked, [[15, 24], [15, 24]])


def test_whole_numbers_from_a_spreadsheet_may_be_floats():
    assert counts(counts=[[4.0, 14.0], [15.0, 9.0]]).counts.dtype == np.int64


def test_counts_keep_their_own_copy_and_cannot_be_written():
    mine = np.array(COUNTS)
    held = counts(counts=mine)
    mine[0, 0] = 0
    assert held.counts[0, 0] == 4
    with pytest.raises(ValueError, match="read-only"):
        held.counts[0, 0] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        held.question = "x"


def test_a_part_can_be_replaced():
    assert dataclasses.replace(counts(), question="r").question == "r"


def test_pooled_counts_are_one_group_of_all_experts():
    pooled = counts(asked=[[10, 24], [15, 20]]).pooled()
    assert pooled.groups == ("pooled",)
    np.testing.assert_array_equal(pooled.counts, [[18], [24]])
    np.testing.assert_array_equal(pooled.asked, [[34], [35]])
    np.testing.assert_array_equal(pooled.experts, [39])


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        (
            {"options": (), "counts": np.empty((0, 2))},
            "options_missing",
            "question q has no options; at least one is expected",
        ),
        (
            {"groups": (), "counts": np.empty((2, 0)), "experts": []},
            "groups_missing",
            "question q has no groups; at least one is expected",
        ),
        (
            {"options": ("wages", "wages")},
            "option_duplicate",
            "question q has the option wages twice; distinct ids are expected",
        ),
        (
            {"groups": ("open", "open")},
            "group_duplicate",
            "question q has the group open twice; distinct names are expected",
        ),
        (
            {"counts": [[4, 14, 1], [15, 9, 1]]},
            "counts_shape_wrong",
            (
                "question q has counts of shape (2, 3); (2, 2) is expected, "
                "a row for each option and a column for each group"
            ),
        ),
        (
            {"counts": [[4, 14], [15]]},
            "counts_shape_wrong",
            (
                "question q has counts of shape (2,); (2, 2) is expected, "
                "a row for each option and a column for each group"
            ),
        ),
        (
            {"counts": [[4, 14], [15, 9.5]]},
            "count_not_whole",
            "9.5 experts chose other in group open; a whole number from 0 up is expected",
        ),
        (
            {"counts": [[4, -1], [15, 9]]},
            "count_not_whole",
            "-1 experts chose wages in group open; a whole number from 0 up is expected",
        ),
        (
            {"counts": [[4, np.nan], [15, 9]]},
            "count_not_whole",
            "nan experts chose wages in group open; a whole number from 0 up is expected",
        ),
        (
            {"counts": [[4, "14"], [None, 9]]},
            "count_not_whole",
            "14 experts chose wages in group open; a whole number from 0 up is expected",
        ),
        (
            {"counts": [[4, 14], [16, 9]]},
            "count_above_asked",
            "16 experts chose other in group managers, where 15 were asked",
        ),
        (
            {"experts": [15]},
            "experts_shape_wrong",
            "question q has numbers of experts of shape (1,); (2,) is expected, one for each group",
        ),
        (
            {"experts": [15, True]},
            "experts_not_whole",
            "group open has True experts; a whole number from 0 up is expected",
        ),
        (
            {"experts": [-15, 24]},
            "experts_not_whole",
            "group managers has -15 experts; a whole number from 0 up is expected",
        ),
        (
            {"asked": [15, 24]},
            "asked_shape_wrong",
            (
                "question q has numbers of experts asked of shape (2,); (2, 2) is expected, "
                "a row for each option and a column for each group"
            ),
        ),
        (
            {"asked": [[15, np.inf], [15, 24]]},
            "asked_not_whole",
            (
                "inf experts were asked about wages in group open; "
                "a whole number from 0 up is expected"
            ),
        ),
        (
            {"asked": [[15, 24], [15, 25]]},
            "asked_above_experts",
            "25 experts were asked about other in group open, which has 24",
        ),
        (
            {"asked": [[15, 13], [15, 24]]},
            "count_above_asked",
            "14 experts chose wages in group open, where 13 were asked",
        ),
    ],
)
def test_impossible_counts_are_refused_with_their_place(changes, code, sentence):
    with pytest.raises(SurveyError) as caught:
        counts(**changes)
    assert (caught.value.code, str(caught.value)) == (code, sentence)


def test_counts_of_a_single_choice_stay_one_when_pooled_and_when_replaced():
    held = counts(counts=[[4, 14], [11, 9]], single=True)
    assert held.single
    assert held.pooled().single
    assert dataclasses.replace(held, question="r").single
    assert not counts().single


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        (
            {},
            "single_chosen_above_asked",
            (
                "19 choices of group managers stand at the single choice question q, "
                "which 15 were asked; one choice of each expert at most is expected"
            ),
        ),
        (
            {"counts": [[4, 14], [5, 6]], "asked": [[15, 20], [15, 21]]},
            "single_asked_differs",
            (
                "the options of the single choice question q were shown to 20 to 21 experts of "
                "group open; the same number for every option is expected"
            ),
        ),
    ],
)
def test_counts_that_no_single_choice_gives_are_refused(changes, code, sentence):
    with pytest.raises(SurveyError) as caught:
        counts(single=True, **changes)
    assert (caught.value.code, str(caught.value)) == (code, sentence)


def table() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("q", "wages", "managers", 4),
            ("q", "wages", "open", 14),
            ("q", "other", "open", 9),
            ("q", "other", "managers", 15),
            ("r", "wages", "managers", 1),
        ],
        columns=["question", "option", "group", "count"],
    )


SIZES = {"managers": 15, "open": 24}


def test_counts_are_read_from_a_long_table_in_any_order_of_rows():
    for rows in (table(), table().iloc[[3, 0, 4, 2, 1]].sort_values("option", ascending=False)):
        read = Counts.from_frame(rows, SIZES, question="q")
        assert (read.options, read.groups) == (OPTIONS, GROUPS)
        np.testing.assert_array_equal(read.counts, COUNTS)
        np.testing.assert_array_equal(read.experts, EXPERTS)


def test_a_table_of_a_single_choice_gives_counts_of_one():
    rows = table().assign(count=[4, 14, 9, 11, 1])
    assert Counts.from_frame(rows, SIZES, question="q", single=True).single


def test_a_table_of_one_question_needs_no_column_of_questions():
    rows = table().iloc[:4].drop(columns="question")
    np.testing.assert_array_equal(Counts.from_frame(rows, SIZES, question="q").counts, COUNTS)


def test_denominators_are_read_if_the_table_has_them():
    rows = table().iloc[:4].assign(asked=[15, 20, 21, 15])
    read = Counts.from_frame(rows, SIZES, question="q")
    np.testing.assert_array_equal(read.asked, [[15, 20], [15, 21]])


def test_numbers_serve_as_names_of_options():
    rows = table().iloc[:4].assign(option=[1, 1, 2, 2])
    assert Counts.from_frame(rows, SIZES, question="q").options == ("1", "2")


@pytest.mark.parametrize(
    ("rows", "code", "sentence"),
    [
        (
            table().drop(columns="count"),
            "column_missing",
            "the table has no column count; option, group, count are expected",
        ),
        (
            table().assign(question="s"),
            "question_not_in_table",
            "the table has no rows of question q; it has s",
        ),
        (
            table().iloc[:0],
            "question_not_in_table",
            "the table has no rows of question q; it has none",
        ),
        (
            table().replace("open", "trainees"),
            "label_unknown",
            "the table has the group trainees; one of managers, open is expected",
        ),
        (
            table().assign(group=["managers", None, "open", "managers", "open"]),
            "label_missing",
            "row 1 of the table has an empty group; a name is expected",
        ),
        (
            table().iloc[[0, 1, 2]],
            "cell_not_once",
            "the table has 0 rows of option other in group managers; one row is expected",
        ),
        (
            table().iloc[[0, 1, 2, 3, 3]],
            "cell_not_once",
            "the table has 2 rows of option other in group managers; one row is expected",
        ),
        (
            table().assign(count=[4, None, 9, 15, 1]),
            "count_not_whole",
            "nan experts chose wages in group open; a whole number from 0 up is expected",
        ),
    ],
)
def test_a_faulty_table_is_refused(rows, code, sentence):
    with pytest.raises(SurveyError) as caught:
        Counts.from_frame(rows, SIZES, question="q")
    assert (caught.value.code, str(caught.value)) == (code, sentence)
