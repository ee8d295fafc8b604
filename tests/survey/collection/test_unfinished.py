from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.collection.replies import Reply, unfinished
from tests.replies import QUESTIONS, begun, complete

KINDS = st.sampled_from(list(QUESTIONS.values()))


def messages(question, **given):
    return [str(todo) for todo in unfinished(QUESTIONS[question], Reply(**given))]


def codes(question, **given):
    return [todo.code for todo in unfinished(QUESTIONS[question], Reply(**given))]


@given(st.data(), KINDS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_left_of_a_complete_answer(data, question):
    assert unfinished(question, data.draw(complete(question))) == ()


@given(st.data(), KINDS)
@settings(max_examples=100, deadline=None)
def test_an_answer_half_given_is_stored_and_says_what_is_left(data, question):
    reply = data.draw(begun(question))
    left = unfinished(question, reply)
    assert all(isinstance(todo, SurveyError) and str(todo).endswith(".") for todo in left)
    match question.kind:
        case _ if not reply.cells:
            enough = not question.required or reply.chosen or reply.text
        case "points":
            enough = abs(sum(reply.cells.values()) - 100) < 1e-6
        case "ranking":
            enough = len(reply.cells) == (question.most or 3)
        case "pairwise" | "best_worst":
            enough = len(reply.cells) == len(question.columns)
        case _:
            enough = True
    few = question.kind == "multiple" and len(reply.chosen) == 1 and reply.chosen != ("none",)
    beside = bool(reply.texts.keys() - set(reply.chosen))
    assert (left == ()) == (bool(enough) and not few and not beside)


@pytest.mark.parametrize("question", [q for q in QUESTIONS.values() if not q.required])
def test_an_untouched_question_that_is_not_required_is_finished(question):
    assert unfinished(question, None) == ()
    assert unfinished(question, Reply()) == ()


@pytest.mark.parametrize("question", list(QUESTIONS.values()), ids=lambda question: question.id)
def test_an_untouched_question_that_is_required_is_not_finished(question):
    required = question.model_copy(update={"required": True})
    for reply in (None, Reply()):
        (todo,) = unfinished(required, reply)
        assert todo.code == "answer_expected"


def test_points_say_how_many_are_given_and_left():
    assert messages("share", cells={"x": 33.3, "y": 26.7}) == [
        "60 of 100 points are given; 40 are left."
    ]
    assert messages("share", cells={"x": 0.1, "y": 0.2}) == [
        "0.3 of 100 points are given; 99.7 are left."
    ]
    assert messages("share", cells={"x": 0}) == ["0 of 100 points are given; 100 are left."]
    assert messages("share", cells={"x": 60, "y": 50.5}) == [
        "110.5 points are given, but there are only 100; take 10.5 away."
    ]
    assert messages("share", cells={"x": 33.3, "y": 33.3, "z": 33.4}) == []
    assert messages("share", cells={"x": 100}) == []


def test_places_say_which_are_still_free():
    assert messages("order", cells={"x": 3}) == ["1 of 3 places are given; still free: 1, 2."]
    assert messages("first", cells={"x": 2}) == ["1 of 2 places are given; still free: 1."]
    assert messages("first", cells={"x": 2, "z": 1}) == []


def test_comparisons_say_how_many_are_left():
    assert messages("pairs", cells={"x:y": 2}) == ["1 of 3 comparisons are made; 2 are left."]


def test_best_and_worst_are_named_before_they_are_compared():
    assert messages("best", cells={"best:y": 3}) == [
        "The best option is not named yet.",
        "The worst option is not named yet.",
    ]
    assert messages("best", cells={"best:x": 1}) == ["The worst option is not named yet."]
    assert messages("best", cells={"z:worst": 1}) == ["The best option is not named yet."]
    named = {"best:x": 1, "z:worst": 1}
    assert messages("best", cells=named) == ["0 of 3 comparisons are made; 3 are left."]
    begun_cells = named | {"best:z": 8, "best:y": 2}
    assert messages("best", cells=begun_cells) == ["2 of 3 comparisons are made; 1 are left."]
    assert messages("best", cells=begun_cells | {"y:worst": 4}) == []
    assert messages("best", cells=begun_cells | {"y:worst": 4, "x:worst": 7}) == [
        "The best is compared with the worst twice, as 8 and as 7; one number is expected."
    ]


def test_too_few_picks_are_told_unless_an_exclusive_option_is_chosen():
    assert messages("why", chosen=("p",)) == ["Options chosen: 1; choose at least 2."]
    assert messages("why", chosen=("p", "q")) == []
    assert messages("why", chosen=("none",)) == []


def test_words_beside_an_option_that_is_not_chosen_are_told():
    assert codes("one", texts={"other": "own"}) == ["words_alone"]
    assert codes("one", chosen=("a",), texts={"other": "own"}) == ["words_alone"]
    assert codes("one", chosen=("other",), texts={"other": "own"}) == []
    assert codes("one", chosen=("other",)) == []


def test_ratings_are_all_given_only_where_they_are_required():
    assert messages("rate", cells={"x": 1}) == []
    required = QUESTIONS["rate"].model_copy(update={"required": True})
    (todo,) = unfinished(required, Reply(cells={"x": 1}))
    assert str(todo) == "1 of 2 ratings are given; 1 are left."


def test_blanks_alone_do_not_answer_a_required_question():
    assert codes("doubt", text=" \n ") == ["answer_expected"]


def test_a_stored_reply_that_can_be_no_answer_is_told_before_it_is_sent():
    assert codes("one", chosen=("gone",)) == ["reply_unknown"]
