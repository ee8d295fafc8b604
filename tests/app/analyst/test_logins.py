"""Logins by password as the server keeps them."""

from __future__ import annotations

import pytest

from app.analyst import logins
from app.analyst.logins import Logins, key_of


@pytest.fixture
def time():
    return [100.0]


@pytest.fixture
def kept(time):
    return Logins(lambda: time[0])


def mark(name):
    return f"mark of {name}"


def begin(kept, name="anna"):
    return kept.begin(name, mark(name))


def test_a_token_is_long_new_each_time_and_not_kept(kept):
    tokens = {begin(kept) for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) * 6 >= 256 for token in tokens)
    assert not any(token in repr((kept._kept, kept._ended)) for token in tokens)
    assert {kept.look(token, mark).name for token in tokens} == {"anna"}


def test_looking_marks_the_login_as_seen_and_leaves_when_it_began(kept, time):
    token = begin(kept)
    time[0] += 60
    login = kept.look(token, mark)
    assert (login.began, login.seen) == (100, 160)


def test_each_way_of_ending_is_told_and_final(kept, time):
    idle, changed, out = (begin(kept) for _ in range(3))
    kept.end(out)
    assert kept.look(changed, lambda _: None) is None
    assert kept.look(changed, mark) is None
    time[0] += logins.IDLE + 1
    assert kept.look(idle, mark) is None
    assert [kept.why(each) for each in (idle, changed, out)] == ["idle", "changed", "out"]
    assert kept.why("unknown") is None
    kept.end(idle)
    assert kept.why(idle) == "idle"


def test_a_login_that_nobody_looks_at_is_forgotten_in_the_end(kept, time):
    token = begin(kept)
    time[0] += logins.IDLE + 1
    begin(kept)
    assert key_of(token) not in kept._kept
    assert kept.why(token) == "idle"
    time[0] += logins.LONGEST + 1
    begin(kept)
    assert kept.why(token) is None
    assert len(kept._kept) == 1


def test_a_login_that_ends_while_the_account_is_looked_up_stays_ended(kept):
    token = begin(kept)

    def meanwhile(name):
        kept.end(token)
        return mark(name)

    assert kept.look(token, meanwhile) is None
    assert kept.why(token) == "out"


def test_the_steady_clock_goes_forward():
    assert logins.steady() <= logins.steady()
