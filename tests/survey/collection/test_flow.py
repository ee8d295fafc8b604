from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.collection.flow import asked, left
from survey.collection.replies import Reply, accept
from tests.replies import QUESTIONNAIRE, QUESTIONS, any_reply, complete, sheets

ALWAYS = {q.id for q in QUESTIONNAIRE.questions if q.show_if is None}


def conditional(**replies):
    """Questions asked beyond those that everybody is asked."""
    made = {question: Reply(**given) for question, given in replies.items()}
    return {q.id for q in asked(QUESTIONNAIRE, made)} - ALWAYS


def in_words(replies):
    todo = left(QUESTIONNAIRE, replies)
    return {question: [str(one) for one in found] for question, found in todo.items()}


def test_who_has_answered_nothing_is_asked_what_has_no_condition():
    assert [q.id for q in asked(QUESTIONNAIRE, {})] == [
        q.id for q in QUESTIONNAIRE.questions if q.show_if is None
    ]


def test_one_of_the_options_named_is_enough_to_be_asked():
    assert conditional(one={"chosen": ("b",)}) == set()
    assert "why" in conditional(one={"chosen": ("other",)})


def test_an_asked_question_without_an_answer_meets_none_of():
    assert conditional(one={"chosen": ("a",)}) == {"why", "more"}
    assert conditional(one={"chosen": ("a",)}, why={"chosen": ("q", "r")}) == {"why", "more"}
    assert conditional(one={"chosen": ("a",)}, why={"chosen": ("p", "q")}) == {"why"}


def test_what_was_once_answered_to_a_question_no_longer_asked_opens_nothing():
    stale = {"chosen": ("q", "r")}
    assert conditional(one={"chosen": ("b",)}, why=stale) == set()
    assert conditional(one={"chosen": ("a",)}, why=stale) == {"why", "more"}


@pytest.mark.parametrize(("grade", "shown"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_rating_of_one_thing_opens_a_question_up_to_its_bound(grade, shown):
    assert ("doubt" in conditional(trust={"cells": {"x": grade}})) is shown


@pytest.mark.parametrize(("years", "shown"), [(19, False), (20, True), (40, True), (41, False)])
def test_a_number_opens_a_question_within_its_bounds(years, shown):
    assert ("senior" in conditional(years={"cells": {"years": years}})) is shown


def test_a_number_not_given_meets_no_bound():
    assert conditional(years={}) == set()


def test_what_is_left_is_told_by_question():
    replies = {"share": Reply(cells={"x": 60}), "trust": Reply(cells={"x": 1})}
    assert in_words(replies) == {
        "doubt": ["An answer to this question is expected."],
        "share": ["60 of 100 points are given; 40 are left."],
    }


def test_nothing_is_left_of_a_question_that_is_not_asked():
    half = Reply(chosen=("p",))
    assert "why" in left(QUESTIONNAIRE, {"one": Reply(chosen=("a",)), "why": half})
    assert "why" not in left(QUESTIONNAIRE, {"one": Reply(chosen=("b",)), "why": half})


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_answering_every_asked_question_fully_leaves_nothing(data):
    replies = {}
    # An answer opens questions only below it, so that going down once asks all.
    for question in QUESTIONNAIRE.questions:
        if question in asked(QUESTIONNAIRE, replies):
            replies[question.id] = data.draw(complete(question))
    assert left(QUESTIONNAIRE, replies) == {}
    assert {q.id for q in asked(QUESTIONNAIRE, replies)} == set(replies)


@given(sheets(any_reply))
@settings(max_examples=60, deadline=None)
def test_questions_are_asked_in_order_and_each_once(replies):
    found = [q.id for q in asked(QUESTIONNAIRE, replies)]
    assert found == [question for question in QUESTIONS if question in found]
    assert set(found) >= ALWAYS


@given(sheets())
@settings(max_examples=60, deadline=None)
def test_replies_to_questions_not_asked_change_nothing(replies):
    shown = {q.id for q in asked(QUESTIONNAIRE, replies)}
    kept = {question: reply for question, reply in replies.items() if question in shown}
    assert {q.id for q in asked(QUESTIONNAIRE, kept)} == shown
    assert in_words(kept) == in_words(replies)
    assert all(accept(QUESTIONS[question], reply) == reply for question, reply in kept.items())
