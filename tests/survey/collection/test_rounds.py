import json

import pytest

from survey.collection.datasets import wave_dataset
from survey.collection.replies import Reply
from survey.collection.rounds import about_round, feedback_of, next_round, open_questions
from survey.collection.waves import load_wave
from survey.errors import SurveyError
from tests.answered import chose, closed, open_one, respond
from tests.waves import TODAY


def points(a):
    return {"points": Reply(cells={"a": a, "b": 100 - a})}


# Four of science are near each other, three of industry are not; the latter were asked why.
ANSWERS = [
    *[("science", chose("growth", **points(a))) for a in (40, 50, 51, 60)],
    *[("industry", chose("jobs", why=Reply(text="work"), **points(a))) for a in (10, 50, 90)],
]


def code_of(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value.code


def test_the_panel_is_told_shares_medians_and_quartiles(sqlite_store):
    wave = closed(sqlite_store, ANSWERS)
    said = feedback_of(wave_dataset(sqlite_store, wave.id), 3)
    assert said["aims"]["n"] == 7
    assert said["aims"]["items"]["growth"] == {"share": 4 / 7}
    assert said["points"]["items"]["a"] == {"median": 50, "low": 45, "high": 55.5}
    assert said["points"]["groups"]["science"]["items"]["a"]["median"] == 50.5
    assert said["points"]["groups"]["industry"]["items"]["a"]["low"] == 30
    assert "why" not in said
    assert json.loads(json.dumps(said)) == said


def test_small_groups_and_what_gives_them_back_are_not_fed_back(sqlite_store):
    wave = closed(sqlite_store, ANSWERS)
    dataset = wave_dataset(sqlite_store, wave.id)
    # Industry alone is small; with the panel's figures science would give it back.
    assert feedback_of(dataset, 4)["aims"]["groups"] == {}
    assert feedback_of(dataset, 4)["aims"]["n"] == 7
    assert feedback_of(dataset, 8) == {}


def test_an_item_that_few_answered_is_not_fed_back(sqlite_store):
    given = [("science", {"points": Reply(cells={"a": 50})})] * 3
    wave = closed(sqlite_store, [*given, ("science", points(40))])
    said = feedback_of(wave_dataset(sqlite_store, wave.id), 3)
    assert set(said["points"]["items"]) == {"a"}


def test_the_next_round_asks_what_is_open_with_feedback(store):
    wave = closed(store, ANSWERS)
    again = next_round(store, wave.id, actor="analyst", today=TODAY)
    assert again == load_wave(store, again.id)
    assert (again.round, again.previous, again.state) == (2, wave.id, "draft")
    assert [q.id for q in again.settings.questionnaire.questions] == ["points"]
    assert set(again.feedback) == {"points"}
    assert again.secret != wave.secret


def test_questions_are_named_and_bring_those_they_depend_on(store):
    wave = closed(store, ANSWERS)
    again = next_round(store, wave.id, ["why"], actor="analyst", today=TODAY)
    assert [q.id for q in again.settings.questionnaire.questions] == ["aims", "why"]
    assert set(again.feedback) == {"aims"}
    assert code_of(lambda: next_round(store, wave.id, ["x"], actor="a", today=TODAY)) == (
        "question_unknown"
    )


def test_a_panel_that_agrees_is_not_asked_again(sqlite_store):
    wave = closed(sqlite_store, [("science", chose("growth", **points(50)))] * 5)
    assert open_questions(wave_dataset(sqlite_store, wave.id)) == ()
    code = code_of(lambda: next_round(sqlite_store, wave.id, actor="a", today=TODAY))
    assert code == "round_nothing_open"


def test_only_a_closed_wave_has_a_next_round(sqlite_store):
    wave = open_one(sqlite_store)
    respond(sqlite_store, wave, ANSWERS)
    code = code_of(lambda: next_round(sqlite_store, wave.id, actor="a", today=TODAY))
    assert code == "round_not_closed"


def test_what_a_round_cannot_show_is_said(sqlite_store):
    wave = closed(sqlite_store, ANSWERS)
    assert about_round(wave) == ()
    again = next_round(sqlite_store, wave.id, ["why"], actor="analyst", today=TODAY)
    assert [r.code for r in about_round(again)] == [
        "round_links", "round_own_answer", "round_no_feedback",
    ]  # fmt: skip
