from datetime import UTC, datetime

import pytest

from app.i18n import language
from app.words import collecting as words
from app.words.paper import reply_in_words
from survey.collection.events import Event
from survey.collection.lifecycle import GroupCount
from survey.collection.replies import Reply
from survey.collection.wave import Wave
from tests.replies import QUESTIONNAIRE as EVERY_KIND
from tests.waves import TODAY, settings

COUNTS = (GroupCount("science", 20, 2, 5, None), GroupCount("industry", 10, 1, 1, 8))


def wave(state="open", **changes):
    return Wave("w", settings(**changes), state, "", TODAY)


def test_the_finding_counts_people_and_names_the_group_that_answers_least(lang):
    said = words.response(wave(), COUNTS, lang)
    assert "6" in said[0]
    assert "30" in said[0]
    assert lang.percent(0.2) in said[0]
    assert "3" in said[1]
    assert lang.pick(wave().settings.groups[1].title) in said[2]


@pytest.mark.parametrize("state", ["draft", "open", "closed", "frozen"])
@pytest.mark.parametrize("access", ["invited", "open"])
def test_every_state_is_told_without_an_unfilled_field(lang, state, access):
    for counts in (COUNTS, tuple(GroupCount(c.group, 0, 0, 0, None) for c in COUNTS)):
        said = words.response(wave(state, access=access), counts, lang)
        assert all(each and "{" not in each for each in said)


def test_of_an_open_wave_no_rate_is_told(lang):
    said = " ".join(words.response(wave(access="open"), COUNTS, lang))
    assert "%" not in said


def test_the_list_of_reminders_says_whom_it_holds_wrongly_only_in_the_anonymous_mode(lang):
    anonymous = words.reminders(wave(min_cell=5), 7, lang)
    assert "4" in anonymous[1]
    assert len(words.reminders(wave(mode="named"), 7, lang)) == 1


def test_an_unknown_action_is_told_as_it_stands(lang):
    event = Event("e", datetime.now(UTC), "anna", "danced", None, {})
    assert words.action(event, lang) == "danced"


@pytest.mark.parametrize(
    ("question", "reply", "told"),
    [
        ("one", Reply(chosen=("other",), texts={"other": "tea"}), "Other “tea”"),
        ("one", Reply(), "nothing is marked"),
        ("more", Reply(text="more of it"), "“more of it”"),
        ("trust", Reply(cells={"x": 4}), "X: 4"),
    ],
)
def test_an_answer_is_told_in_a_line(question, reply, told):
    assert reply_in_words(EVERY_KIND.question(question), reply, language("en")) == told
