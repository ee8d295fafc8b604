"""The adversary holds the database, its backups and its exports, but no token."""

import hashlib
import hmac
import random
import re
from itertools import pairwise

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from survey.collection import schema
from survey.collection.access import enter
from survey.collection.invitations import list_invitations, to_remind
from survey.collection.marks import Marks
from survey.collection.replies import Reply
from survey.collection.sessions import begin, save, submit
from survey.collection.tokens import session_key
from survey.errors import SurveyError
from tests.waves import TODAY, opened

PEOPLE = 12
LEAST = 4
# Tables that speak of people who are invited, and of answers.
INVITED = (schema.invitations, schema.answered, schema.spent)
GIVEN = (schema.sessions, schema.answers)
# How many of 24 random pairings come true by chance more often than once in 100,000 runs.
LUCKY = 9


def rows(store, table):
    """As the database gives them when nobody asks for an order."""
    return store.read(lambda conn: [dict(row._mapping) for row in conn.execute(select(table))])


def copy(store):
    return {table.name: rows(store, table) for table in (*INVITED, *GIVEN)}


@pytest.fixture
def answered(store, sealer):
    """A wave that all have answered, each in words of their own, and a copy after every step."""
    wave, links = opened(store, sealer, each=PEOPLE, min_cell=LEAST)
    marks = Marks(store)
    copies = [copy(store)]
    told = {}
    order = list(links)
    random.Random(5).shuffle(order)
    for place, link in enumerate(order):
        access = enter(store, link.token, today=TODAY)
        begin(store, access, today=TODAY)
        words = f"answer {place}"
        reply = Reply(chosen=("other",), texts={"other": words})
        save(store, access, "aims", reply, today=TODAY)
        copies.append(copy(store))
        submit(store, access, today=TODAY)
        copies.append(copy(store))
        if (written := marks.note(access)) is not None:
            written.result()
        copies.append(copy(store))
        told[schema_hash(link.token)] = words
    return wave, links, told, copies


def schema_hash(token):
    return hashlib.sha256(b"konsilium invitation\0" + token.encode()).hexdigest()


def words_of(store):
    return {
        row["session"]: Reply.from_json(row["reply"]).texts["other"]
        for row in rows(store, schema.answers)
    }


def matches(hashes, sessions, told, words):
    """How many pairs of the two lists belong to one person."""
    return sum(told[h] == words[s] for h, s in zip(hashes, sessions, strict=False))


def test_no_value_of_an_invitation_stands_beside_an_answer(store, answered):
    wave, *_ = answered
    known = {wave.id, "science", "industry", None, 0, 1}
    invited = {value for table in INVITED for row in rows(store, table) for value in row.values()}
    given = {value for table in GIVEN for row in rows(store, table) for value in row.values()}
    assert invited & given <= known


def test_no_key_of_an_answer_can_be_computed_from_an_invitation(store, answered):
    wave, *_ = answered
    keys = {row["id"] for row in rows(store, schema.sessions)}
    secrets = {bytes.fromhex(wave.secret), wave.secret.encode(), b""}
    values = {str(v) for table in INVITED for row in rows(store, table) for v in row.values()}
    made = set()
    for value in values:
        for use in (b"", b"session\0", b"spent\0", b"konsilium invitation\0"):
            made.add(hashlib.sha256(use + value.encode()).hexdigest())
            made |= {hmac.new(s, use + value.encode(), "sha256").hexdigest() for s in secrets}
    assert not keys & {m[:size] for m in made for size in (32, 64)}


def test_the_order_of_rows_pairs_nobody_with_their_answers(store, answered):
    _, _, told, _ = answered
    words = words_of(store)
    sessions = [row["id"] for row in rows(store, schema.sessions)]
    for table in (schema.invitations, schema.answered):
        hashes = [row["token_hash"] for row in rows(store, table)]
        for one, other in ((hashes, sessions), (sorted(hashes), sorted(sessions))):
            assert matches(one, other, told, words) < LUCKY
            assert matches(one, other[::-1], told, words) < LUCKY


def test_neither_place_nor_transaction_of_a_row_pairs_anybody(store, answered):
    _, _, told, _ = answered
    words = words_of(store)
    if store.database.name == "SQLite":
        for table in (*INVITED, *GIVEN):  # kept in the order of their keys, without row numbers
            with pytest.raises(OperationalError, match="rowid"):
                store.read(lambda conn, t=table: conn.execute(text(f"SELECT rowid FROM {t.name}")))
        return

    def listed(table, key, order):
        return store.read(
            lambda conn: list(
                conn.execute(text(f"SELECT {key} FROM {table} ORDER BY {order}")).scalars()
            )
        )

    for order in ("ctid", "xmin::text::bigint, ctid"):
        sessions = listed("sessions", "id", order)
        assert [words[s] for s in sessions] != sorted(words.values()) or len(sessions) < 2
        for table in ("answered", "invitations"):
            assert matches(listed(table, "token_hash", order), sessions, told, words) < LUCKY


def test_no_two_copies_of_the_database_tell_whose_answers_came_between(answered):
    *_, copies = answered
    for before, after in pairwise(copies):
        assert before["invitations"] == after["invitations"]
        new = {r["token_hash"] for r in after["answered"]} - {
            r["token_hash"] for r in before["answered"]
        }
        assert len(new) == 0 or len(new) >= LEAST


def test_nothing_finer_than_a_day_is_stored_of_anybody(answered):
    *_, copies = answered
    for table in (*INVITED, *GIVEN):
        for row in copies[-1][table.name]:
            for value in row.values():
                assert not isinstance(value, float)
                assert not isinstance(value, int) or value <= 2 * PEOPLE
                assert not re.search(r"\d\d:\d\d|T\d\d|\d{10,13}(?!\w)", str(value)) or (
                    len(str(value)) >= 32
                )


def test_the_tables_have_no_column_for_an_address_or_a_browser():
    assert {c.name for table in GIVEN for c in table.columns} == {
        "id", "wave", "group_id", "state", "source", "submitted_on", "invitation",
        "session", "question", "reply",
    }  # fmt: skip
    assert {c.name for c in schema.invitations.columns} == {
        "token_hash", "wave", "number", "group_id", "kind", "expires_on", "revoked", "person",
        "sent_on", "reminded_on",
    }  # fmt: skip


def test_after_submission_even_the_token_leads_nowhere(store, answered):
    wave, links, _, _ = answered
    keys = {row["id"] for row in rows(store, schema.sessions)}
    assert not keys & {session_key(link.token, wave.secret) for link in links}
    assert all(row["invitation"] is None for row in rows(store, schema.sessions))
    with pytest.raises(SurveyError, match="cannot be opened"):
        enter(store, links[0].token, today=TODAY)


def test_before_submission_only_the_token_leads_to_the_answers(store, sealer):
    wave, links = opened(store, sealer)
    access = enter(store, links[0].token, today=TODAY)
    begin(store, access, today=TODAY)
    assert [row["id"] for row in rows(store, schema.sessions)] == [
        session_key(links[0].token, wave.secret)
    ]
    assert list(rows(store, schema.spent)) == []


def test_no_token_stands_in_the_file(sqlite_store, sealer):
    _, links = opened(sqlite_store, sealer)
    begin(sqlite_store, enter(sqlite_store, links[0].token, today=TODAY), today=TODAY)
    folder = sqlite_store.database.path.parent
    written = b"".join(path.read_bytes() for path in folder.glob("collection.sqlite*"))
    assert len(written) > 4096
    for link in links:
        assert link.token.encode() not in written
        assert link.person.email.encode() not in written


def test_the_list_of_reminders_may_lag_by_less_than_the_smallest_cell(store, sealer):
    wave, links = opened(store, sealer, each=PEOPLE, min_cell=LEAST)
    marks = Marks(store)
    science = [link for link in links if link.group == "science"]
    for done, link in enumerate(science, 1):
        access = enter(store, link.token, today=TODAY)
        begin(store, access, today=TODAY)
        save(store, access, "aims", Reply(chosen=("growth",)), today=TODAY)
        submit(store, access, today=TODAY)
        if (written := marks.note(access)) is not None:
            written.result()
        waiting = {each.number for each in to_remind(store, sealer, wave.id, today=TODAY)}
        marked = len(links) - len(waiting)
        assert done - LEAST < marked <= done
    assert marked == len(science)
    assert {each.number for each in science}.isdisjoint(waiting)


def test_marks_lost_with_a_process_come_back_in_company_only(store, sealer):
    wave, links = opened(store, sealer, each=PEOPLE, min_cell=LEAST)
    science = [link for link in links if link.group == "science"]

    def submitted(link, marks):
        access = enter(store, link.token, today=TODAY)
        begin(store, access, today=TODAY)
        save(store, access, "aims", Reply(chosen=("growth",)), today=TODAY)
        submit(store, access, today=TODAY)
        if (written := marks.note(access)) is not None:
            written.result()

    for link in science[: LEAST - 1]:
        submitted(link, Marks(store))
    one = Marks(store)
    for link in science[LEAST - 1 : 2 * LEAST - 2]:
        submitted(link, one)
    assert not any(
        e.status == "answered" for e in list_invitations(store, sealer, wave.id, today=TODAY)
    )
    submitted(science[2 * LEAST - 2], one)
    listed = list_invitations(store, sealer, wave.id, today=TODAY)
    assert {e.number for e in listed if e.status == "answered"} == {
        link.number for link in science[LEAST - 1 : 2 * LEAST - 1]
    }
