import json
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import delete, select, update

from survey.collection import schema
from survey.collection.events import events
from survey.collection.freezing import digest_of, freeze, freezes, prepare, record_freeze, verify
from survey.collection.replies import Reply
from survey.collection.store import Store
from survey.collection.waves import load_wave
from survey.errors import SurveyError
from tests.answered import chose, closed, open_one, respond
from tests.waves import TODAY

SCIENCE = [("science", chose("growth")), ("science", chose("jobs", why=Reply(text="work")))]
ANSWERS = [*SCIENCE * 2, *[("industry", chose("jobs", points=Reply(cells={"a": 60, "b": 40})))] * 3]


def frozen(store, wave, **changes):
    return freeze(store, wave.id, actor="analyst", today=TODAY, **changes)


def code_of(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value.code


def test_a_closed_wave_is_frozen_with_a_digest_that_can_be_proved(store):
    wave = closed(store, ANSWERS)
    made = frozen(store, wave)
    assert (made.number, len(made.digest), len(made.dataset.respondents)) == (1, 64, 7)
    assert load_wave(store, wave.id).state == "frozen"
    assert verify(store, wave.id)
    (event,) = [e for e in events(store, wave.id) if e.action == "frozen"]
    assert event.detail["digest"] == made.digest


def test_the_digest_no_longer_holds_once_an_answer_is_changed_or_gone(store):
    wave = closed(store, ANSWERS)
    made = frozen(store, wave)
    one = made.dataset.respondents[0]
    held = schema.answers.c
    before = store.read(
        lambda conn: conn.execute(
            select(held.reply).where(held.session == one, held.question == "aims")
        ).scalar_one()
    )

    def put(reply):
        change = update(schema.answers).where(held.session == one, held.question == "aims")
        store.write(lambda conn: conn.execute(change.values(reply=reply)) and None)

    put(Reply(chosen=("none",)).to_json())
    assert not verify(store, wave.id)
    put(before)
    assert verify(store, wave.id)
    gone = delete(schema.sessions).where(schema.sessions.c.id == one)
    store.write(lambda conn: conn.execute(gone) and None)
    assert not verify(store, wave.id)


@pytest.mark.postgres
def test_both_databases_give_the_same_digest(tmp_path, postgres_url):
    given = list(zip([f"{k:032x}" for k in (11, 3, 0xFF, 9, 2, 0xAB, 7)], ANSWERS, strict=True))
    digests = set()
    for url, rows in ((str(tmp_path / "a.sqlite"), given), (postgres_url, given[::-1])):
        with Store.open(url) as store:
            wave = closed(store, [])
            respond(store, wave, [row for _, row in rows], ids=[name for name, _ in rows])
            digests.add(frozen(store, wave).digest)
    assert len(digests) == 1


def test_the_digest_is_the_same_on_every_machine(sqlite_store):
    wave = closed(sqlite_store, [])
    respond(sqlite_store, wave, ANSWERS, ids=[f"{k:032x}" for k in range(7)])
    dataset = frozen(sqlite_store, wave).dataset
    assert digest_of(dataset) == digest_of(dataset.keep([6, 3, 1, 0, 2, 5, 4]))
    # Written down once: another value would make every digest ever given out worthless.
    assert digest_of(dataset) == "4e267a1ccfbcb2a5327f80b2cc6999415a06a716789d650ef166f1e8e7c87169"


def test_only_a_closed_wave_is_frozen(store):
    wave = open_one(store)
    respond(store, wave, ANSWERS)
    assert code_of(lambda: frozen(store, wave)) == "wave_not_closed"
    assert freezes(store, wave.id) == ()


def test_a_wave_of_nobody_is_not_frozen(store):
    assert code_of(lambda: frozen(store, closed(store, []))) == "wave_empty"


def test_a_wave_never_frozen_cannot_be_verified(store):
    wave = closed(store, ANSWERS)
    assert code_of(lambda: verify(store, wave.id)) == "wave_never_frozen"


def test_what_was_not_submitted_or_only_tried_is_left_out_and_told(store):
    wave = closed(store, ANSWERS)
    respond(store, wave, SCIENCE, state="answering")
    respond(store, wave, SCIENCE, source="preview")
    respond(store, wave, SCIENCE, state="answering", source="preview")
    made = frozen(store, wave)
    assert len(made.dataset.respondents) == 7
    (told,) = [r for r in made.remarks if r.code == "sessions_unsubmitted"]
    assert told.fields["count"] == 2


def test_a_small_group_is_refused_with_the_two_ways_out(store):
    wave = closed(store, ANSWERS[1:2] + ANSWERS[4:])
    with pytest.raises(SurveyError) as refusal:
        frozen(store, wave)
    sentence = str(refusal.value)
    assert refusal.value.code == "groups_small"
    assert "science (1)" in sentence
    assert "join" in sentence
    assert "leave it out" in sentence
    assert load_wave(store, wave.id).state == "closed"


def test_a_group_is_joined_with_another_or_left_out(store):
    wave = closed(store, ANSWERS[1:2] + ANSWERS[4:])
    one = frozen(store, wave, join={"science": "industry"})
    assert one.dataset.groups == ("industry",)
    assert len(one.dataset.respondents) == 4
    assert one.dataset.choice("aims").groups == ("industry",)
    assert verify(store, wave.id)
    two = frozen(store, wave, leave_out=["science"])
    assert (two.number, len(two.dataset.respondents), two.left_out) == (2, 3, ("science",))
    assert two.digest != one.digest
    assert verify(store, wave.id)


def test_two_freezes_that_show_a_small_group_side_by_side_are_told_of(store):
    wave = closed(store, ANSWERS[1:2] + ANSWERS[4:])
    assert not prepare(store, wave.id, join={"science": "industry"}).remarks[1:]
    frozen(store, wave, join={"science": "industry"})
    later = frozen(store, wave, leave_out=["science"])
    (told,) = [r for r in later.remarks if r.code == "freezes_compared"]
    assert (told.fields["number"], told.fields["count"], told.grave) == (1, 1, True)
    same = frozen(store, wave, leave_out=["science"])
    assert [r.fields["number"] for r in same.remarks if r.code == "freezes_compared"] == [1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"join": {"science": "nobody"}}, "group_not_in_wave"),
        ({"leave_out": ["nobody"]}, "group_not_in_wave"),
        ({"join": {"science": "science"}}, "join_unclear"),
        ({"join": {"science": "industry"}, "leave_out": ["industry"]}, "join_unclear"),
        ({"join": {"science": "industry", "industry": "science"}}, "join_unclear"),
        ({"leave_out": ["science", "industry"]}, "groups_none"),
    ],
)
def test_groups_that_cannot_be_joined_so_are_refused(sqlite_store, changes, code):
    wave = closed(sqlite_store, ANSWERS)
    assert code_of(lambda: frozen(sqlite_store, wave, **changes)) == code
    assert load_wave(sqlite_store, wave.id).state == "closed"


def test_every_freeze_is_recorded_with_what_was_found(store):
    wave = closed(store, ANSWERS)
    frozen(store, wave, summary=json.dumps({"headline": "topsis"}))
    freeze(store, wave.id, actor="another", today=TODAY + timedelta(days=1))
    first, second = freezes(store, wave.id)
    assert first.summary == {"headline": "topsis"}
    assert (first.number, first.respondents, first.frozen_on) == (1, 7, TODAY)
    assert (second.number, second.summary, second.digest) == (2, {}, first.digest)


def test_an_answer_withdrawn_meanwhile_stops_the_freeze(store):
    wave = closed(store, ANSWERS)
    ready = prepare(store, wave.id)
    gone = delete(schema.sessions).where(schema.sessions.c.id == ready.dataset.respondents[0])
    store.write(lambda conn: conn.execute(gone) and None)
    code = code_of(lambda: record_freeze(store, ready, actor="analyst", today=TODAY))
    assert code == "wave_moved"
    assert freezes(store, wave.id) == ()


def test_rows_do_not_stand_in_the_order_in_which_they_came(store):
    wave = closed(store, ANSWERS)
    dataset = frozen(store, wave).dataset
    assert list(dataset.respondents) == sorted(dataset.respondents)
    assert dataset.seconds is None
    assert np.all(dataset.submitted)


class Twice:
    """A store whose writer lost its connection after each job, and ran it once more."""

    def __init__(self, store):
        self.store = store

    def read(self, job):
        return self.store.read(job)

    def write(self, job):
        self.store.write(job)
        return self.store.write(job)


def test_a_freeze_whose_job_is_run_again_is_recorded_once(store):
    wave = closed(store, ANSWERS)
    assert frozen(Twice(store), wave).number == 1
    assert len(freezes(store, wave.id)) == 1
    assert len([e for e in events(store, wave.id) if e.action == "frozen"]) == 1


def test_of_two_freezes_at_once_only_one_is_recorded(store):
    wave = closed(store, ANSWERS)

    class Meanwhile(Twice):
        def write(self, job):
            frozen(self.store, wave, leave_out=["science"])
            return self.store.write(job)

    code = code_of(lambda: frozen(Meanwhile(store), wave))
    assert code == "freeze_meanwhile"
    (only,) = freezes(store, wave.id)
    assert only.left_out == ("science",)
