from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import NOT_SELECTED, NOT_SHOWN, SELECTED, Answers, Numbers, SurveyError, Texts
from survey.collection.datasets import dataset_of
from survey.collection.flow import asked, left
from survey.collection.replies import Reply
from survey.formats import konsilium
from survey.formats.base import Request
from survey.formats.write_csv import write_tidy_csv, write_wide_csv
from survey.formats.write_xlsx import write_xlsx
from survey.quality.conditions import expected_shown
from survey.quality.impossible import impossible_answers
from tests.replies import QUESTIONNAIRE, begun, complete, sheets

GROUPS = ("council", "business", "nobody")
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def wave(*people):
    """A dataset of people who are given by their replies."""
    return dataset_of(
        QUESTIONNAIRE, GROUPS, [(f"p{k}", "council", replies) for k, replies in enumerate(people)]
    )


def waves(replies):
    """Several respondents, each with replies to some of the questions."""
    return st.lists(
        st.tuples(st.sampled_from(GROUPS[:2]), sheets(replies)), min_size=1, max_size=4
    ).map(lambda rows: [(f"p{k}", group, own) for k, (group, own) in enumerate(rows)])


@st.composite
def submitted(draw):
    """Replies with which nothing is left to do."""
    replies = {}
    for question in QUESTIONNAIRE.questions:
        shown = question in asked(QUESTIONNAIRE, replies)
        if shown and (question.required or draw(st.booleans())):
            replies[question.id] = draw(complete(question))
    assert left(QUESTIONNAIRE, replies) == {}
    return replies


def same(found, expected):
    assert found.respondents == expected.respondents
    assert found.groups == expected.groups
    assert found.group_of.tolist() == expected.group_of.tolist()
    assert found.submitted.tolist() == expected.submitted.tolist()
    assert found.seconds is expected.seconds is None
    assert list(found.responses) == list(expected.responses)
    for key, want in expected.responses.items():
        have = found.responses[key]
        assert type(have) is type(want)
        match want:
            case Answers():
                assert (have.options, have.single) == (want.options, want.single)
                assert have.groups == want.groups
                assert have.cells.tolist() == want.cells.tolist()
            case Numbers():
                assert have.columns == want.columns
                np.testing.assert_array_equal(have.values, want.values)
                assert have.shown.tolist() == want.shown.tolist()
            case Texts():
                assert have.values == want.values
                assert have.shown.tolist() == want.shown.tolist()


def test_every_question_and_every_open_option_has_a_response():
    expected = []
    for question in QUESTIONNAIRE.questions:
        expected.append(question.id)
        expected += [
            f"{question.id}:{o.id}" for o in getattr(question, "options", ()) if o.open_text
        ]
    assert list(wave({}).responses) == expected


def test_a_choice_tells_not_shown_from_shown_and_not_selected():
    found = wave(
        {"one": Reply(chosen=("b",))},
        {"one": Reply(chosen=("a",))},
        {"one": Reply(chosen=("a",)), "why": Reply(chosen=("p", "q"))},
    ).choice("why")
    assert found.cells.tolist() == [
        [NOT_SHOWN] * 6,
        [NOT_SELECTED] * 6,
        [SELECTED, SELECTED, *[NOT_SELECTED] * 4],
    ]


def test_a_reply_to_a_question_no_longer_asked_is_not_in_the_dataset():
    stale = {"why": Reply(chosen=("q", "own"), texts={"own": "words"}), "more": Reply(text="more")}
    found = wave({"one": Reply(chosen=("b",))} | stale)
    assert found.choice("why").cells.tolist() == [[NOT_SHOWN] * 6]
    for key in ("why:own", "more"):
        assert found.responses[key].values == (None,)
        assert found.responses[key].shown.tolist() == [False]


def test_numbers_left_empty_are_shown_without_a_value():
    found = wave({"rate": Reply(cells={"y": 3})}).numbers("rate")
    np.testing.assert_array_equal(found.values, [[np.nan, 3]])
    assert found.shown.tolist() == [[True, True]]


def test_words_beside_an_open_option_stand_under_their_own_name():
    found = wave({"one": Reply(chosen=("other",), texts={"other": "own"})}, {}).responses
    assert found["one:other"].values == ("own", None)
    assert found["one:other"].shown.tolist() == [True, True]


def test_groups_and_respondents_stay_in_the_order_given():
    found = dataset_of(QUESTIONNAIRE, GROUPS, [("z", "business", {}), ("a", "council", {})])
    assert found.respondents == ("z", "a")
    assert found.groups == GROUPS
    assert found.group_of.tolist() == [1, 0]
    assert found.submitted.all()


def test_a_wave_of_nobody_is_a_dataset():
    found = wave()
    assert found.respondents == ()
    assert found.choice("one").cells.shape == (0, 3)


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (("p", "strangers", {}), "sheet_group"),
        (("p", "council", {"gone": Reply()}), "question_unknown"),
        (("p", "council", {"one": Reply(chosen=("gone",))}), "sheet_cell"),
        (("p", "council", {"rate": Reply(cells={"gone": 1})}), "sheet_cell"),
    ],
)
def test_what_the_questionnaire_does_not_have_is_refused(sheet, code):
    with pytest.raises(SurveyError) as refused:
        dataset_of(QUESTIONNAIRE, GROUPS, [sheet])
    assert refused.value.code == code


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(SurveyError) as refused:
        dataset_of(QUESTIONNAIRE, GROUPS, [("p", "council", {}), ("p", "business", {})])
    assert refused.value.code == "respondent_repeated"


@given(waves(complete) | waves(begun))
@SLOW
def test_what_was_accepted_fits_the_dataset_and_is_all_there(rows):
    found = dataset_of(QUESTIONNAIRE, GROUPS, rows)
    for row, (_, _, replies) in enumerate(rows):
        shown = {question.id for question in asked(QUESTIONNAIRE, replies)}
        for key, response in found.responses.items():
            question, _, option = key.partition(":")
            reply = replies.get(question, Reply()) if question in shown else Reply()
            match response:
                case Answers():
                    chosen = response.cells[row] == SELECTED
                    assert tuple(np.array(response.options)[chosen]) == reply.chosen
                    assert ((response.cells[row] == NOT_SHOWN) == (question not in shown)).all()
                case Numbers():
                    given_ = dict(zip(response.columns, response.values[row], strict=True))
                    assert {c: v for c, v in given_.items() if not np.isnan(v)} == reply.cells
                    assert (response.shown[row] == (question in shown)).all()
                case Texts():
                    words = reply.texts.get(option, "") if option else reply.text
                    assert (response.values[row] or "") == words
                    assert response.shown[row] == (question in shown)


@given(waves(complete) | waves(begun))
@SLOW
def test_what_was_asked_is_what_the_conditions_of_the_dataset_expect(rows):
    found = dataset_of(QUESTIONNAIRE, GROUPS, rows)
    for question in QUESTIONNAIRE.questions:
        expected = expected_shown(found, question.id)
        asked_of = [question in asked(QUESTIONNAIRE, replies) for _, _, replies in rows]
        assert expected.tolist() == asked_of


@given(st.lists(submitted(), min_size=1, max_size=3))
@SLOW
def test_nothing_that_was_submitted_is_found_impossible(people):
    # "None of these" alone is a full answer, though it is fewer than were asked for.
    found = [
        (row, question)
        for row, question, _ in impossible_answers(wave(*people))
        if people[row][question].chosen != ("none",)
    ]
    assert found == []


@pytest.mark.parametrize(("write", "name"), [(write_wide_csv, "w.csv"), (write_tidy_csv, "t.csv")])
@given(rows=waves(complete) | waves(begun))
@SLOW
def test_csv_gives_back_what_was_collected(write, name, rows):
    collected = dataset_of(QUESTIONNAIRE, GROUPS, rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        assert write(collected, path) == ()
        order = {group: group for group in GROUPS}
        same(konsilium.read(path, Request(QUESTIONNAIRE, group_names=order)), collected)


@given(rows=waves(complete) | waves(begun))
@settings(SLOW, max_examples=20)
def test_a_workbook_gives_back_what_was_collected(rows):
    collected = dataset_of(QUESTIONNAIRE, GROUPS, rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.xlsx"
        assert write_xlsx(collected, path) == ()
        same(konsilium.read(path, Request()), collected)
