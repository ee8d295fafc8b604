from __future__ import annotations

import random
import time
from itertools import cycle

import numpy as np
import pytest
from sqlalchemy import insert

from survey import SurveyError
from survey.collection import schema
from survey.collection.datasets import dataset_of, wave_dataset
from survey.collection.replies import Reply
from survey.collection.tokens import random_id
from survey.questionnaire import Questionnaire
from tests.answered import chose, open_one, respond
from tests.waves import QUESTIONNAIRE, TODAY, answer, opened


def test_only_submitted_sessions_of_the_wave_are_in_its_dataset(store):
    wave, other = open_one(store), open_one(store)
    (kept,) = respond(store, wave, [("science", chose("growth"))])
    respond(store, wave, [("science", chose("jobs"))], state="answering")
    respond(store, wave, [("science", chose("jobs"))], source="preview")
    respond(store, other, [("science", chose("jobs"))])
    found = wave_dataset(store, wave.id)
    assert found.respondents == (kept,)
    assert found.choice("aims").cells.tolist() == [[1, 0, 0, 0]]


def test_paper_and_web_stand_in_one_dataset(store):
    wave = open_one(store)
    respond(store, wave, [("science", chose("growth"))])
    respond(store, wave, [("industry", chose("jobs"))], source="paper")
    found = wave_dataset(store, wave.id)
    assert len(found.respondents) == 2
    assert found.choice("aims").cells.sum(axis=0).tolist() == [1, 1, 0, 0]


def test_respondents_are_sorted_by_their_ids_whoever_came_first(store):
    wave = open_one(store)
    ids = ["ff", "0a", "A0", "a0", "_", "9"]
    respond(store, wave, [("science", chose("growth"))] * len(ids), ids=ids)
    assert wave_dataset(store, wave.id).respondents == tuple(sorted(ids))


def test_groups_stand_in_the_order_of_the_wave(store):
    wave = open_one(store)
    respond(store, wave, [("industry", chose("growth"))])
    found = wave_dataset(store, wave.id)
    assert found.groups == ("science", "industry")
    assert found.group_of.tolist() == [1]


def test_who_submitted_without_answering_is_counted(store):
    wave = open_one(store)
    respond(store, wave, [("science", {})])
    found = wave_dataset(store, wave.id)
    assert len(found.respondents) == 1
    assert found.choice("aims").cells.tolist() == [[0, 0, 0, 0]]
    assert found.responses["why"].shown.tolist() == [False]


def test_a_wave_without_answers_gives_a_dataset_of_nobody(store):
    assert wave_dataset(store, open_one(store).id).respondents == ()


def test_the_dataset_is_that_of_the_replies(store):
    wave = open_one(store)
    given = [
        ("science", chose("jobs", why=Reply(text="люди\nи места"))),
        ("industry", chose("growth", points=Reply(cells={"a": 33.3, "b": 66.7}))),
        ("industry", {"aims": Reply(chosen=("other",), texts={"other": "=1+1"})}),
    ]
    ids = respond(store, wave, given)
    found = wave_dataset(store, wave.id)
    sheets = sorted((name, *row) for name, row in zip(ids, given, strict=True))
    expected = dataset_of(QUESTIONNAIRE, ["science", "industry"], sheets)
    assert found.respondents == expected.respondents
    assert found.choice("aims").cells.tolist() == expected.choice("aims").cells.tolist()
    np.testing.assert_array_equal(found.numbers("points").values, expected.numbers("points").values)
    for key in ("why", "aims:other"):
        assert found.responses[key].values == expected.responses[key].values
        assert found.responses[key].shown.tolist() == expected.responses[key].shown.tolist()


def test_what_respondents_sent_through_their_links_is_in_the_dataset(store, sealer):
    wave, links = opened(store, sealer)
    for link, aim in zip(links, cycle(["growth", "jobs", "none"]), strict=False):
        answer(store, link.token, aim=aim)
    found = wave_dataset(store, wave.id)
    assert found.choice("aims").cells.sum(axis=0).tolist() == [3, 3, 0, 2]
    assert found.group_of.tolist().count(0) == 4
    assert not {link.token for link in links} & set(found.respondents)


def test_a_damaged_answer_stops_the_dataset(store):
    wave = open_one(store)
    (session,) = respond(store, wave, [("science", {})])
    row = {"session": session, "question": "aims", "reply": '{"chosen":["growth"'}
    store.write(lambda conn: conn.execute(insert(schema.answers).values(**row)) and None)
    with pytest.raises(SurveyError) as refused:
        wave_dataset(store, wave.id)
    assert refused.value.code == "reply_damaged"


def _large(questions):
    """A questionnaire of many questions of four kinds."""

    def words(text):
        return {"en": text, "ru": text}

    options = [{"id": f"o{k}", "text": words(f"Option {k}")} for k in range(10)]
    made = []
    for k, kind in zip(range(questions), cycle(["single", "multiple", "rating", "text"]),
                       strict=False):  # fmt: skip
        question = {"id": f"q{k}", "kind": kind, "text": words(f"Question {k}")}
        if kind != "text":
            question["options"] = options
        if kind == "multiple":
            shown = [option["id"] for option in options[:7]]
            question["show_if"] = {"question": f"q{k - 1}", "any_of": shown}
        made.append(question)
    return Questionnaire.model_validate(
        {"id": "large", "format_version": 1, "title": words("Large"), "questions": made}
    )


@pytest.mark.slow
def test_five_thousand_respondents_of_forty_questions_take_seconds(sqlite_store):
    questionnaire = _large(40)
    wave = open_one(sqlite_store, questionnaire=questionnaire)
    chance = random.Random(1)
    ids = [f"o{k}" for k in range(10)]
    draw = {
        "single": lambda: Reply(chosen=(chance.choice(ids),)),
        "multiple": lambda: Reply(chosen=sorted(chance.sample(ids, 3))),
        "rating": lambda: Reply(cells={option: chance.randint(1, 5) for option in ids}),
        "text": lambda: Reply(text=f"words {chance.random()}"),
    }
    people, given = [], []
    for _ in range(5_000):
        name = random_id()
        people.append(
            {"id": name, "wave": wave.id, "group_id": chance.choice(["science", "industry"]),
             "state": "submitted", "source": "web", "submitted_on": TODAY.isoformat(),
             "invitation": None}
        )  # fmt: skip
        given += [
            {"session": name, "question": q.id, "reply": draw[q.kind]().to_json()}
            for q in questionnaire.questions
        ]

    def job(conn):
        conn.execute(insert(schema.sessions), people)
        conn.execute(insert(schema.answers), given)

    sqlite_store.write(job)
    began = time.perf_counter()
    found = wave_dataset(sqlite_store, wave.id)
    seconds = time.perf_counter() - began
    assert len(found.respondents) == 5_000
    assert len(found.responses) == 40
    assert found.numbers("q2").given.all()
    # About 2 s on two cores; wide, so that it fails for what grows with the square only.
    assert seconds < 20
