"""Letters: what a person is told, and what nobody can slip into a header."""

from datetime import date
from email import message_from_bytes, policy

import pytest

from app.collection.letters import Letter, body, subject
from app.collection.mail import make_message
from app.collection.sheets import LinkRow
from app.collection.texts import languages_of
from app.commands.faults import UserError
from survey import Text

LETTER = Letter(
    title=Text(en="Survey of directions", ru="Опрос о направлениях"),
    purpose=Text(en="The answers help to choose.", ru="Ответы помогают выбрать."),
    contact=Text(en="desk@example.org", ru="бюро@example.org"),
    mode="anonymous",
    closes_on=date(2026, 12, 20),
)
ROW = LinkRow(
    7, "academics", "Анна", "anna@example.org", "https://survey.example.org/i/" + "a" * 26
)


def changed(**fields):
    values = {name: getattr(LETTER, name) for name in Letter.__dataclass_fields__}
    return Letter(**(values | fields))


def test_a_letter_says_purpose_link_day_promise_and_whom_to_ask():
    text = body(LETTER, ROW, languages_of("en"))
    for part in (
        "Hello, Анна!",
        "“Survey of directions”",
        "The answers help to choose.",
        f"\n{ROW.link}\n",
        "20 December 2026",
        "Your answers are anonymous",
        "Questions: desk@example.org",
    ):
        assert part in text


def test_a_letter_to_nobody_in_particular_greets_without_a_name():
    row = LinkRow(1, "academics", "", "a@example.org", ROW.link)
    assert body(LETTER, row, languages_of("en")).startswith("Hello!\n")


def test_a_wave_without_a_last_day_names_none():
    assert "Please answer by" not in body(changed(closes_on=None), ROW, languages_of("en"))


def test_the_named_mode_promises_something_else():
    text = body(changed(mode="named"), ROW, languages_of("en"))
    assert "together with your name" in text
    assert "anonymous" not in text


def test_a_reminder_says_that_it_may_come_to_one_who_has_answered():
    reminder = changed(reminder=True)
    assert subject(reminder, languages_of("en")) == "Reminder: Survey of directions"
    assert "If you have answered already" in body(reminder, ROW, languages_of("en"))
    named = changed(reminder=True, mode="named")
    assert "If you have answered already" not in body(named, ROW, languages_of("en"))


def test_a_letter_in_both_languages_holds_each_text():
    text = body(LETTER, ROW, languages_of("both"))
    assert "Ответы помогают выбрать." in text
    assert "The answers help to choose." in text
    assert text.count(ROW.link) == 2


def test_the_message_is_plain_text_and_keeps_the_link_whole():
    made = make_message(LETTER, ROW, "desk@example.org", languages_of("en"))
    read = message_from_bytes(made.as_bytes(), policy=policy.default)
    assert read.get_content_type() == "text/plain"
    assert ROW.link in read.get_content().splitlines()
    assert read["To"] == "anna@example.org"
    assert read["From"] == "desk@example.org"
    assert read["Message-ID"].endswith("@example.org>")
    assert "Анна" not in made.as_bytes().split(b"\r\n\r\n")[0].decode()


@pytest.mark.parametrize(
    ("letter", "row"),
    [
        (changed(title=Text(en="Survey\nBcc: all@example.org", ru="Опрос")), ROW),
        (changed(title=Text(en="Survey\r\n\r\nbody", ru="Опрос")), ROW),
        (LETTER, LinkRow(7, "", "Anna\nBcc: all@example.org", "anna@example.org", ROW.link)),
        (LETTER, LinkRow(7, "", "", "anna@example.org\nBcc: all@example.org", ROW.link)),
        (LETTER, LinkRow(7, "", "", "anna@example.org, all@example.org", ROW.link)),
        (LETTER, LinkRow(7, "", "", "", ROW.link)),
    ],
)
def test_a_header_of_somebody_elses_choice_is_refused(letter, row):
    with pytest.raises(UserError, match="number 7"):
        make_message(letter, row, "desk@example.org", languages_of("en"))
