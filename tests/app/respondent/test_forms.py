"""Fields of forms and replies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.respondent.forms import SEEN_BEST, SEEN_WORST, fields_of, read_form, read_number
from survey import SurveyError
from survey.collection.replies import Reply, accept
from tests.replies import QUESTIONS, complete


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("12,5", 12.5),
        (" 1 000.25 ", 1000.25),
        ("1\u00a0000", 1000),
        ("\u22123", -3),
        ("1/9", 1 / 9),
    ],
)
def test_a_number_is_read_as_people_write_it(text, expected):
    assert read_number(text) == expected


@pytest.mark.parametrize(
    "text", ["x", "1.2.3", "1e5", "nan", "inf", "--1", "1/0", "1/10", "½", "٣", "9" * 31, "", "0x1"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(SurveyError) as error:
        read_number(text)
    assert error.value.code == "number_unreadable"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("decimal", [",", "."])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_form_gives_back_the_reply_it_shows(question, decimal, data):
    if question.id == "sum":  # any number: here one that somebody may type
        typed = data.draw(st.decimals(-(10**6), 10**6, places=3))
        reply = Reply(cells={"sum": float(typed)})
    else:
        reply = data.draw(complete(question))
    fields = fields_of(question, reply, decimal)
    if question.kind == "best_worst":
        fields |= {SEEN_BEST: fields["best"], SEEN_WORST: fields["worst"]}
    again = accept(question, read_form(question, fields))
    assert (again.chosen, again.text, again.texts) == (reply.chosen, reply.text, reply.texts)
    assert again.cells == pytest.approx(reply.cells)
