from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from survey.collection import schema
from survey.collection.datasets import wave_dataset
from survey.collection.events import events
from survey.collection.freezing import freeze
from survey.collection.lifecycle import close_wave
from survey.collection.paper import (
    accept_sheets,
    disagreements,
    enter_sheet,
    resolve,
)
from survey.collection.replies import Reply
from survey.collection.store import Store
from survey.errors import SurveyError
from tests.answered import chose, open_one
from tests.waves import TODAY, opened


def enter(store, wave, sheet, entry, *, group="science", operator=None, **replies):
    return enter_sheet(
        store,
        wave.id,
        sheet,
        entry=entry,
        group=group,
        replies=replies or chose("growth"),
        operator=operator or f"operator {entry}",
    )


def accept(store, wave):
    return accept_sheets(store, wave.id, actor="analyst", today=TODAY)


def stored(store, table):
    return store.read(lambda conn: conn.execute(select(table)).all())


def code_of(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value.code


def test_a_sheet_typed_in_twice_alike_becomes_one_response(store):
    wave = open_one(store)
    enter(store, wave, "17", 1, **chose("growth", points=Reply(cells={"a": 70, "b": 30})))
    assert accept(store, wave).waiting == ("17",)
    enter(store, wave, "17", 2, **chose("growth", points=Reply(cells={"a": 70, "b": 30})))
    assert disagreements(store, wave.id) == ()
    assert accept(store, wave).sheets == ("17",)
    dataset = wave_dataset(store, wave.id)
    assert len(dataset.respondents) == 1
    assert dataset.numbers("points").values.tolist() == [[70, 30]]
    (session,) = stored(store, schema.sessions)
    assert (session.source, session.state, session.invitation) == ("paper", "submitted", None)
    assert "paper_accepted" in {event.action for event in events(store, wave.id)}


def test_a_sheet_is_accepted_once(store):
    wave = open_one(store)
    for entry in (1, 2):
        enter(store, wave, "17", entry)
    assert accept(store, wave).sheets == ("17",)
    assert accept(store, wave).sheets == ()
    assert code_of(lambda: enter(store, wave, "17", 1)) == "sheet_accepted"
    assert len(stored(store, schema.sessions)) == 1


def test_entries_of_an_anonymous_wave_are_deleted_and_lead_to_no_response(store):
    wave = open_one(store)
    for sheet in ("17", "18"):
        for entry in (1, 2):
            enter(store, wave, sheet, entry)
    accept(store, wave)
    assert stored(store, schema.paper_sheets) == []
    ids = {row.id for row in stored(store, schema.sessions)}
    marks = {row.mark for row in stored(store, schema.spent)}
    assert len(ids) == len(marks) == 2
    assert not any(name.startswith(mark[:16]) for name in ids for mark in marks)
    assert not any(str(each) == "17" for row in stored(store, schema.sessions) for each in row)


def test_entries_of_a_named_wave_are_kept(sqlite_store, sealer):
    wave, _ = opened(sqlite_store, sealer, mode="named")
    for entry in (1, 2):
        enter(sqlite_store, wave, "17", entry)
    assert accept(sqlite_store, wave).sheets == ("17",)
    assert len(stored(sqlite_store, schema.paper_sheets)) == 2
    assert accept(sqlite_store, wave).sheets == ()


def test_what_two_entries_say_differently_is_listed_and_resolved(store):
    wave = open_one(store)
    enter(store, wave, "17", 1, **chose("growth"))
    enter(store, wave, "17", 2, group="industry", **chose("jobs"))
    group, aims = disagreements(store, wave.id)
    assert (group.question, group.first, group.second) == ("", "science", "industry")
    assert (aims.sheet, aims.question) == ("17", "aims")
    assert (aims.first, aims.second) == (Reply(("growth",)), Reply(("jobs",)))
    assert accept(store, wave).differing == ("17",)
    resolve(store, wave.id, "17", "aims", Reply(("jobs",)), operator="third")
    resolve(store, wave.id, "17", "", "industry", operator="third")
    assert disagreements(store, wave.id) == ()
    assert accept(store, wave).sheets == ("17",)
    dataset = wave_dataset(store, wave.id)
    assert dataset.groups[dataset.group_of[0]] == "industry"
    assert dataset.choice("aims").cells.tolist() == [[0, 1, 0, 0]]


def test_an_entry_typed_again_replaces_the_one_before(store):
    wave = open_one(store)
    enter(store, wave, "17", 1, **chose("growth"))
    enter(store, wave, "17", 1, **chose("jobs"))
    enter(store, wave, "17", 2, **chose("jobs"))
    assert accept(store, wave).sheets == ("17",)


def test_the_same_person_typing_twice_is_told(store):
    wave = open_one(store)
    assert enter(store, wave, "17", 1, operator="Anna") == ()
    (told,) = enter(store, wave, "17", 2, operator="Anna")
    assert told.code == "same_operator"
    assert told.grave


def test_a_sheet_that_leaves_something_open_is_kept_and_told(store):
    wave = open_one(store)
    points = {"points": Reply(cells={"a": 70, "b": 10})}
    (told,) = enter(store, wave, "17", 1, **points)
    assert told.code == "sheet_unfinished"
    enter(store, wave, "17", 2, **points)
    assert accept(store, wave).sheets == ("17",)


def test_answers_to_questions_not_asked_are_not_kept_and_counted(store):
    wave = open_one(store)
    given = chose("growth", why=Reply(text="skipped nothing"))
    for entry in (1, 2):
        enter(store, wave, "17", entry, **given)
    made = accept(store, wave)
    assert [(r.code, r.fields["count"]) for r in made.remarks] == [("paper_unasked", 1)]
    assert {row.question for row in stored(store, schema.answers)} == {"aims"}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"sheet": " "}, "sheet_unnamed"),
        ({"sheet": "x" * 61}, "sheet_unnamed"),
        ({"entry": 3}, "entry_number"),
        ({"group": "nobody"}, "group_unknown"),
        ({"points": Reply(cells={"a": 101})}, "sheet_reply"),
        ({"aims": Reply(("nothing",))}, "sheet_reply"),
        ({"nothing": Reply(("growth",))}, "question_unknown"),
    ],
)
def test_what_can_be_no_sheet_is_refused(sqlite_store, what, code):
    wave = open_one(sqlite_store)
    given = {"sheet": "17", "entry": 1} | what
    found = code_of(
        lambda: enter(sqlite_store, wave, given.pop("sheet"), given.pop("entry"), **given)
    )
    assert found == code
    assert stored(sqlite_store, schema.paper_sheets) == []


def test_a_sheet_with_one_entry_cannot_be_resolved(sqlite_store):
    wave = open_one(sqlite_store)
    enter(sqlite_store, wave, "17", 1)
    put = Reply(("jobs",))
    code = code_of(lambda: resolve(sqlite_store, wave.id, "17", "aims", put, operator="x"))
    assert code == "sheet_not_twice"


def test_a_frozen_wave_takes_no_paper(sqlite_store):
    wave = open_one(sqlite_store)
    for sheet in ("1", "2", "3"):
        for entry in (1, 2):
            enter(sqlite_store, wave, sheet, entry)
    accept(sqlite_store, wave)
    close_wave(sqlite_store, wave.id, actor="analyst")
    assert len(freeze(sqlite_store, wave.id, actor="a", today=TODAY).dataset.respondents) == 3
    assert code_of(lambda: enter(sqlite_store, wave, "4", 1)) == "wave_takes_no_paper"


@pytest.mark.postgres
def test_rows_of_sheets_lie_in_no_order_of_sheets(postgres_url):
    with Store.open(postgres_url) as store:
        wave = open_one(store)
        for sheet in range(12):
            for entry in (1, 2):
                enter(store, wave, f"{sheet:02}", entry)
        accept(store, wave)
        order = text("SELECT id FROM sessions ORDER BY ctid")
        ids = store.read(lambda conn: conn.execute(order).scalars().all())
        assert ids == sorted(ids)


def test_sheets_accepted_by_a_job_that_is_run_again_count_once(store):
    wave = open_one(store)
    for entry in (1, 2):
        enter(store, wave, "17", entry)

    class Twice:
        def write(self, job):
            store.write(job)
            return store.write(job)

    accept(Twice(), wave)
    assert len(stored(store, schema.sessions)) == 1


def test_operators_who_type_at_once_lose_nothing(store):
    wave = open_one(store)
    with ThreadPoolExecutor(8) as pool:
        for entry in (1, 2):
            list(pool.map(lambda k, e=entry: enter(store, wave, str(k), e), range(20)))
        both = list(pool.map(lambda _: accept(store, wave), range(8)))
    assert sorted(sheet for made in both for sheet in made.sheets) == sorted(map(str, range(20)))
    assert len(stored(store, schema.sessions)) == 20
