from datetime import timedelta

import pytest
from sqlalchemy import select

from survey.collection import schema
from survey.collection.invitations import (
    Person,
    invite,
    list_invitations,
    note_sent,
    revoke,
    to_remind,
)
from survey.collection.lifecycle import close_wave, response_counts
from survey.collection.sealing import Sealer
from survey.collection.tokens import new_token, read_token
from survey.collection.waves import create_wave
from survey.errors import SurveyError
from tests.waves import TODAY, answer, opened, settings


def code_of(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value.code


def test_a_token_has_130_bits_and_each_is_another():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {26}
    assert all(read_token(token) == token for token in tokens)
    assert len(set("".join(tokens))) == 32


def test_invitations_are_numbered_on_over_several_calls(store, sealer):
    wave = create_wave(store, settings(), actor="a", today=TODAY)
    first = invite(store, sealer, wave.id, [("science", Person("A"))] * 2, actor="a", today=TODAY)
    more = invite(store, sealer, wave.id, [("industry", Person())], actor="a", today=TODAY)
    assert [link.number for link in (*first, *more)] == [1, 2, 3]
    listed = list_invitations(store, sealer, wave.id, today=TODAY)
    assert [(e.number, e.group, e.person.name) for e in listed] == [
        (1, "science", "A"),
        (2, "science", "A"),
        (3, "industry", ""),
    ]


def test_an_unknown_group_invites_nobody(store, sealer):
    wave = create_wave(store, settings(), actor="a", today=TODAY)
    people = [("science", Person()), ("arts", Person())]
    error = code_of(lambda: invite(store, sealer, wave.id, people, actor="a", today=TODAY))
    assert error == "group_unknown"
    assert list_invitations(store, sealer, wave.id, today=TODAY) == ()


def test_names_are_sealed_at_rest_and_need_the_key(store, sealer, tmp_path):
    wave, _ = opened(store, sealer)
    sealed = store.read(
        lambda conn: list(conn.execute(select(schema.invitations.c.person)).scalars())
    )
    assert all(b"example.org" not in each for each in sealed)
    other = Sealer.open(tmp_path / "other.key")
    assert code_of(lambda: list_invitations(store, other, wave.id, today=TODAY)) == "key_other"


def test_who_is_revoked_or_expired_is_not_reminded(store, sealer):
    wave = create_wave(store, settings(mode="named"), actor="a", today=TODAY)
    people = [("science", Person())] * 3
    invite(store, sealer, wave.id, people, actor="a", today=TODAY)
    soon = TODAY + timedelta(days=1)
    invite(store, sealer, wave.id, people[:1], actor="a", today=TODAY, expires_on=soon)
    revoke(store, wave.id, [2], actor="a")
    later = soon + timedelta(days=1)
    assert [e.number for e in to_remind(store, sealer, wave.id, today=TODAY)] == [1, 3, 4]
    assert [e.number for e in to_remind(store, sealer, wave.id, today=later)] == [1, 3]


def test_in_named_mode_who_has_answered_is_known_at_once(store, sealer):
    wave, links = opened(store, sealer, mode="named")
    answer(store, links[2].token)
    listed = list_invitations(store, sealer, wave.id, today=TODAY)
    assert [e.number for e in listed if e.status == "answered"] == [links[2].number]


def test_an_unknown_number_revokes_nobody(store, sealer):
    wave, _ = opened(store, sealer)
    assert code_of(lambda: revoke(store, wave.id, [1, 99], actor="a")) == "invitation_unknown"
    assert all(e.status == "waiting" for e in list_invitations(store, sealer, wave.id, today=TODAY))


def test_days_of_sending_and_reminding_are_kept(store, sealer):
    wave, _ = opened(store, sealer)
    note_sent(store, wave.id, [1, 2], today=TODAY, actor="a")
    later = TODAY + timedelta(days=7)
    note_sent(store, wave.id, [2], today=later, actor="a", reminder=True)
    listed = list_invitations(store, sealer, wave.id, today=later)
    assert [(e.sent_on, e.reminded_on) for e in listed[:3]] == [
        (TODAY, None),
        (TODAY, later),
        (None, None),
    ]


def test_nobody_is_invited_to_a_closed_or_an_open_wave(store, sealer):
    wave, _ = opened(store, sealer)
    close_wave(store, wave.id, actor="a")
    everybody, _ = opened(store, sealer, access="open")
    for each, code in ((wave, "invited_too_late"), (everybody, "invited_to_open")):
        people = [("science", Person())]
        found = code_of(
            lambda w=each, p=people: invite(store, sealer, w.id, p, actor="a", today=TODAY)
        )
        assert found == code


def test_counts_tell_invited_answering_and_submitted(store, sealer):
    wave, links = opened(store, sealer)
    answer(store, links[0].token)
    counts = response_counts(store, wave.id)
    assert [(c.group, c.invited, c.answering, c.submitted) for c in counts] == [
        ("science", 4, 0, 1),
        ("industry", 4, 0, 0),
    ]


def test_a_file_that_holds_no_key_is_refused(tmp_path):
    (tmp_path / "k").write_text("not a key")
    assert code_of(lambda: Sealer.open(tmp_path / "k")) == "key_damaged"


def test_the_key_is_for_its_owner_alone_and_read_again(tmp_path):
    made = Sealer.open(tmp_path / "k")
    assert (tmp_path / "k").stat().st_mode & 0o077 == 0
    assert Sealer.open(tmp_path / "k").unseal(made.seal("Ж")) == "Ж"
    assert made.derive("cookies") != made.derive("other")
