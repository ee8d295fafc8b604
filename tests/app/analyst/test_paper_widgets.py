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


def page(question_id, lang):
    """Script of a page; it brings its own names."""
    import streamlit as st  # noqa: PLC0415

    from app.analyst.collecting_reply import ask  # noqa: PLC0415
    from app.i18n import language  # noqa: PLC0415
    from tests.replies import QUESTIONS as KNOWN  # noqa: PLC0415

    st.session_state["reply"] = ask(KNOWN[question_id], language(lang), "k")


def drawn(question, lang="en"):
    at = AppTest.from_function(page, args=(question, lang), default_timeout=30).run()
    assert not at.exception
    return at


def fill(at, question, reply):
    """Give an answer as an operator does, widget by widget."""
    kind = QUESTIONS[question].kind
    if kind == "single":
        at.radio(key="k.one").set_value(reply.chosen[0])
    for option in reply.chosen if kind == "multiple" else ():
        at.checkbox(key=f"k.{option}").set_value(True)
    for option, words in reply.texts.items():
        at.text_input(key=f"k.{option}.words").set_value(words)
    if kind == "text":
        at.text_area(key="k.text").set_value(reply.text)
    for cell, value in reply.cells.items():
        if kind in ("rating", "grid"):
            at.button_group(key=f"k.{cell}").set_value(int(value))
        elif kind == "pairwise":
            at.selectbox(key=f"k.{cell}").set_value(value)
        elif kind == "best_worst" and value == 1:
            end = "best" if cell.startswith("best:") else "worst"
            at.selectbox(key=f"k.{end}").set_value(
                cell.removeprefix("best:").removesuffix(":worst")
            )
        else:
            at.number_input(key="k.n" if kind == "number" else f"k.{cell}").set_value(value)
    return at.run()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_nothing_is_chosen_beforehand(question, lang):
    assert drawn(question, lang).session_state["reply"] == Reply()


@pytest.mark.parametrize("question", [q for q, reply in GIVEN.items() if not reply.empty])
def test_an_answer_is_taken_as_it_is_given(question):
    at = fill(drawn(question), question, GIVEN[question])
    assert not at.exception
    kind = QUESTIONS[question]
    assert accept(kind, at.session_state["reply"]) == accept(kind, GIVEN[question])
