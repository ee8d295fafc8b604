from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.collection.replies import LONGEST_BESIDE, RATIOS, Reply, accept, unfinished
from survey.questions import FreeText, MultipleChoice
from tests.replies import QUESTIONS, acceptable, any_reply, begun

KINDS = st.sampled_from(list(QUESTIONS.values()))


@given(st.data(), KINDS)
@settings(max_examples=80, deadline=None)
def test_what_was_accepted_is_accepted_again_unchanged(data, question):
    stored = acceptable(question, data.draw(any_reply(question)))
    if stored is not None:
        assert accept(question, stored) == stored
        assert accept(question, stored).to_json() == stored.to_json()


@given(st.data(), KINDS)
@settings(max_examples=80, deadline=None)
def test_what_was_accepted_comes_back_from_the_store(data, question):
    stored = acceptable(question, data.draw(any_reply(question)))
    if stored is not None:
        assert Reply.from_json(stored.to_json()) == stored


@given(st.data(), KINDS)
@settings(max_examples=100, deadline=None)
def test_options_and_cells_stand_in_the_order_of_the_question(data, question):
    stored = data.draw(begun(question))
    backwards = Reply(
        chosen=stored.chosen[::-1],
        cells=dict(reversed(stored.cells.items())),
        text=stored.text,
        texts=stored.texts,
    )
    again = accept(question, backwards)
    assert again.chosen == stored.chosen
    assert list(again.cells) == [cell for cell in question.columns if cell in again.cells]


@given(st.data(), KINDS)
@settings(max_examples=80, deadline=None)
def test_whatever_is_sent_is_accepted_or_refused_in_one_sentence(data, question):
    reply = data.draw(any_reply(question))
    if acceptable(question, reply) is None:
        (refused,) = unfinished(question, reply)
        assert refused.fields["question"] == question.id
        assert str(refused).encode()


REFUSED = [
    ("one", {"chosen": ("a", "b")}, "choice_picks"),
    ("one", {"chosen": ("a", "a")}, "choice_twice"),
    ("one", {"chosen": ("c",)}, "reply_unknown"),
    ("one", {"chosen": ("\0",)}, "reply_unknown"),
    ("one", {"chosen": ("a",), "cells": {"a": 1}}, "reply_part"),
    ("one", {"text": "a"}, "reply_part"),
    ("one", {"chosen": ("a",), "texts": {"a": "words"}}, "choice_text"),
    ("one", {"chosen": ("a",), "texts": {"c": "words"}}, "choice_text"),
    ("one", {"texts": {"other": "a" * (LONGEST_BESIDE + 1)}}, "text_longer"),
    ("why", {"chosen": ("p", "none")}, "choice_exclusive"),
    ("why", {"chosen": ("p", "q", "r", "s")}, "choice_picks"),
    ("why", {"chosen": ("p", "p")}, "choice_twice"),
    ("more", {"chosen": ("p",)}, "reply_part"),
    ("more", {"text": "a" * 41}, "text_longer"),
    ("more", {"text": "a\0b"}, "text_character"),
    ("more", {"text": "a\x1bb"}, "text_character"),
    ("more", {"text": "a\x9bb"}, "text_character"),
    ("more", {"text": "a\ud800b"}, "text_character"),
    ("more", {"text": "a\uffffb"}, "text_character"),
    ("rate", {"cells": {"x": 4}}, "cell_above"),
    ("rate", {"cells": {"x": -1}}, "cell_below"),
    ("rate", {"cells": {"x": 1.5}}, "cell_not_whole"),
    ("rate", {"cells": {"z": 1}}, "reply_unknown"),
    ("rate", {"cells": {"x": float("nan")}}, "cell_not_number"),
    ("rate", {"cells": {"x": float("inf")}}, "cell_not_number"),
    ("rate", {"cells": {"x": "1"}}, "cell_not_number"),
    ("rate", {"cells": {"x": True}}, "cell_not_number"),
    ("rate", {"cells": {"x": None}}, "cell_not_number"),
    ("rate", {"chosen": ("x",)}, "reply_part"),
    ("order", {"cells": {"x": 1, "y": 1}}, "rank_twice"),
    ("order", {"cells": {"x": 4}}, "cell_above"),
    ("order", {"cells": {"x": 0}}, "cell_below"),
    ("order", {"cells": {"x": 1.5}}, "cell_not_whole"),
    ("first", {"cells": {"x": 3}}, "cell_above"),
    ("share", {"cells": {"x": -0.1}}, "cell_below"),
    ("share", {"cells": {"x": 100.5}}, "cell_above"),
    ("pairs", {"cells": {"x:y": 1.5}}, "cell_not_ratio"),
    ("pairs", {"cells": {"x:y": 10}}, "cell_not_ratio"),
    ("pairs", {"cells": {"x:y": 0}}, "cell_not_ratio"),
    ("pairs", {"cells": {"x:y": -2}}, "cell_not_ratio"),
    ("pairs", {"cells": {"y:x": 2}}, "reply_unknown"),
    ("pairs", {"cells": {"x:x": 1}}, "reply_unknown"),
    ("best", {"cells": {"best:x": 1, "best:y": 1}}, "best_worst_two"),
    ("best", {"cells": {"x:worst": 1, "y:worst": 1}}, "best_worst_two"),
    ("best", {"cells": {"best:x": 1, "x:worst": 1}}, "best_worst_same"),
    ("best", {"cells": {"best:x": 10}}, "cell_above"),
    ("best", {"cells": {"best:x": 0}}, "cell_below"),
    ("best", {"cells": {"best:x": 2.5}}, "cell_not_whole"),
    ("grid", {"cells": {"x:c": 3}}, "cell_above"),
    ("grid", {"cells": {"c:x": 1}}, "reply_unknown"),
    ("years", {"cells": {"years": 81}}, "cell_above"),
    ("years", {"cells": {"years": -1}}, "cell_below"),
    ("years", {"cells": {"years": 1.5}}, "cell_not_whole"),
    ("years", {"text": "12"}, "reply_part"),
    ("sum", {"cells": {"sum": 10**400}}, "cell_not_number"),
]


@pytest.mark.parametrize(("question", "given", "code"), REFUSED)
def test_what_can_never_be_an_answer_is_refused(question, given, code):
    with pytest.raises(SurveyError) as refused:
        accept(QUESTIONS[question], Reply(**given))
    assert refused.value.code == code
    assert refused.value.fields["question"] == question


def test_a_refusal_does_not_quote_what_was_written():
    with pytest.raises(SurveyError) as refused:
        accept(QUESTIONS["more"], Reply(text="secret " * 10))
    assert "secret" not in str(refused.value)


def test_ten_million_characters_are_refused():
    with pytest.raises(SurveyError) as refused:
        accept(QUESTIONS["more"], Reply(text="а" * 10_000_000))
    assert refused.value.code == "text_longer"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c\x85d\ve\ff", "a\nb\nc\nd\ne\nf"),
        ("  a\tb \n\n ", "a\tb"),
        (" \n ", ""),
        ("\u200b\u200b", ""),
        ("\ufeff", ""),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=1+1", "=1+1"),
        ("👩‍🔬", "👩‍🔬"),
    ],
)
def test_words_are_stored_with_plain_line_ends_and_without_blanks_around(written, stored):
    assert accept(QUESTIONS["more"], Reply(text=written)).text == stored


def test_the_longest_text_is_counted_as_it_is_stored():
    question = FreeText.model_validate(
        {"id": "t", "kind": "text", "text": {"en": "T", "ru": "Т"}, "longest": 3}
    )
    assert accept(question, Reply(text="a\r\nb  ")).text == "a\nb"


def test_words_beside_an_option_not_chosen_are_kept_until_they_are_cleared():
    stored = accept(QUESTIONS["one"], Reply(chosen=("a",), texts={"other": " own "}))
    assert stored.texts == {"other": "own"}
    assert accept(QUESTIONS["one"], Reply(chosen=("a",), texts={"other": " "})).texts == {}


def test_a_ratio_that_was_rounded_is_stored_exactly():
    stored = accept(QUESTIONS["pairs"], Reply(cells={"x:y": 0.333333, "x:z": 0.1111111}))
    assert stored.cells == {"x:y": 1 / 3, "x:z": 1 / 9}
    assert len(RATIOS) == len(set(RATIOS)) == 17


def test_minus_zero_is_zero():
    assert str(accept(QUESTIONS["sum"], Reply(cells={"sum": -0.0})).cells["sum"]) == "0.0"


def test_the_best_against_the_worst_fills_both_of_its_cells():
    named = {"best:x": 1, "z:worst": 1}
    for cell in ("best:z", "x:worst"):
        stored = accept(QUESTIONS["best"], Reply(cells=named | {cell: 7}))
        assert stored.cells == named | {"best:z": 7, "x:worst": 7}
    both = named | {"best:z": 7, "x:worst": 5}
    assert accept(QUESTIONS["best"], Reply(cells=both)).cells == both


def test_as_many_options_as_there_are_may_be_chosen_where_nothing_limits_them():
    free = MultipleChoice.model_validate(
        {"id": "m", "kind": "multiple", "text": {"en": "M", "ru": "М"},
         "options": [{"id": k, "text": {"en": k, "ru": k}} for k in "abc"]}
    )  # fmt: skip
    assert accept(free, Reply(chosen=("c", "a", "b"))).chosen == ("a", "b", "c")
