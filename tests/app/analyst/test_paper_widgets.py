"""Every kind of question on the page that takes sheets of paper."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from survey.collection.replies import Reply, accept
from tests.replies import QUESTIONS

GIVEN = {
    "one": Reply(chosen=("other",), texts={"other": "tea"}),
    "why": Reply(chosen=("p", "own"), texts={"own": "mine"}),
    "more": Reply(text="a few words"),
    "trust": Reply(cells={"x": 4}),
    "doubt": Reply(text="hardly any"),
    "rate": Reply(cells={"x": 0, "y": 3}),
    "order": Reply(cells={"x": 2, "y": 1, "z": 3}),
    "first": Reply(cells={"z": 1, "x": 2}),
    "share": Reply(cells={"x": 60.5, "y": 39.5, "z": 0}),
    "pairs": Reply(cells={"x:y": 3, "x:z": 1, "y:z": 1 / 7}),
    "best": Reply(cells={"best:x": 1, "z:worst": 1, "best:y": 3, "best:z": 9, "y:worst": 2}),
    "grid": Reply(cells={"x:c": -2, "x:d": 0, "y:d": 2}),
    "years": Reply(cells={"years": 33}),
    "senior": Reply(),
    "sum": Reply(cells={"sum": -1.25}),
}


def page(lang):
    """Script of a page; it brings its own names."""
    import streamlit as st  # noqa: PLC0415

    from app.analyst.collecting_reply import ask  # noqa: PLC0415
    from app.i18n import language  # noqa: PLC0415
    from tests.replies import QUESTIONS as KNOWN  # noqa: PLC0415

    st.session_state["replies"] = {q: ask(KNOWN[q], language(lang), q) for q in KNOWN}


def drawn(lang="en"):
    at = AppTest.from_function(page, args=(lang,), default_timeout=30).run()
    assert not at.exception
    return at


def fill(at, question, reply):
    """Give an answer as an operator does, widget by widget."""
    kind = QUESTIONS[question].kind
    if kind == "single":
        at.radio(key=f"{question}.one").set_value(reply.chosen[0])
    for option in reply.chosen if kind == "multiple" else ():
        at.checkbox(key=f"{question}.{option}").set_value(True)
    for option, words in reply.texts.items():
        at.text_input(key=f"{question}.{option}.words").set_value(words)
    if kind == "text":
        at.text_area(key=f"{question}.text").set_value(reply.text)
    for cell, value in reply.cells.items():
        if kind in ("rating", "grid"):
            at.button_group(key=f"{question}.{cell}").set_value(int(value))
        elif kind == "pairwise":
            at.selectbox(key=f"{question}.{cell}").set_value(value)
        elif kind == "best_worst" and value == 1:
            end = "best" if cell.startswith("best:") else "worst"
            option = cell.removeprefix("best:").removesuffix(":worst")
            at.selectbox(key=f"{question}.{end}").set_value(option)
        else:
            last = "n" if kind == "number" else cell
            at.number_input(key=f"{question}.{last}").set_value(value)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_nothing_is_chosen_beforehand(lang):
    assert drawn(lang).session_state["replies"] == dict.fromkeys(QUESTIONS, Reply())


def test_an_answer_of_every_kind_is_taken_as_it_is_given():
    assert set(GIVEN) == set(QUESTIONS)
    at = drawn()
    for question, reply in GIVEN.items():
        fill(at, question, reply)
    at.run()
    assert not at.exception
    for question, reply in GIVEN.items():
        kind = QUESTIONS[question]
        assert accept(kind, at.session_state["replies"][question]) == accept(kind, reply), question
