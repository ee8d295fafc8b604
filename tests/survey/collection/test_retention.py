from datetime import timedelta

import pytest
from sqlalchemy import func, select

from survey.collection import schema
from survey.collection.access import enter
from survey.collection.events import events
from survey.collection.lifecycle import close_wave, response_counts
from survey.collection.marks import Marks
from survey.collection.retention import due, erase
from survey.collection.tokens import session_key
from survey.errors import SurveyError
from tests.waves import ERASED, TODAY, answer, opened, started


def count(store, table):
    return store.read(lambda conn: conn.execute(select(func.count()).select_from(table)).scalar())


def test_a_wave_is_due_from_its_day_until_it_is_erased(store, sealer):
    wave, _ = opened(store, sealer)
    assert due(store, today=ERASED - timedelta(days=1)) == ()
    assert due(store, today=ERASED) == (wave.id,)
    close_wave(store, wave.id, actor="a")
    erase(store, wave.id, actor="a", today=ERASED)
    assert due(store, today=ERASED) == ()
    assert [e.action for e in events(store, wave.id)][:2] == ["erased", "closed"]


def test_an_open_wave_is_not_erased(store, sealer):
    wave, _ = opened(store, sealer)
    with pytest.raises(SurveyError, match="close it"):
        erase(store, wave.id, actor="a", today=ERASED)
    assert count(store, schema.invitations) == 8


@pytest.mark.parametrize("mode", ["anonymous", "named"])
def test_what_identifies_people_goes_and_what_they_submitted_stays(store, sealer, mode):
    wave, links = opened(store, sealer, mode=mode)
    marks = Marks(store)
    for link in links[:6]:
        answer(store, link.token, marks)
    started(store, links[7].token)
    close_wave(store, wave.id, actor="a")
    erase(store, wave.id, actor="a", today=ERASED)
    for table in (schema.invitations, schema.answered, schema.spent):
        assert count(store, table) == 0
    assert sum(c.submitted for c in response_counts(store, wave.id)) == 6
    assert sum(c.answering for c in response_counts(store, wave.id)) == 0
    keys = set(store.read(lambda conn: list(conn.execute(select(schema.sessions.c.id)).scalars())))
    assert not keys & {session_key(link.token, wave.secret) for link in links}
    assert count(store, schema.answers) == 6
    with pytest.raises(SurveyError, match="cannot be opened"):
        enter(store, links[0].token, today=TODAY)


def test_erased_names_and_keys_are_not_left_in_the_file(sqlite_store, sealer):
    wave, links = opened(sqlite_store, sealer, mode="named")
    answer(sqlite_store, links[0].token)
    path = sqlite_store.database.path
    key = session_key(links[0].token, wave.secret).encode()

    def written():
        return b"".join(p.read_bytes() for p in path.parent.glob("collection.sqlite*"))

    assert key in written()
    close_wave(sqlite_store, wave.id, actor="a")
    erase(sqlite_store, wave.id, actor="a", today=ERASED)
    assert key not in written()
    assert wave.secret.encode() not in written()
