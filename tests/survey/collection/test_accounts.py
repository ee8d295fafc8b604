from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from survey.collection import accounts, guesses, passwords, schema
from survey.collection.accounts import (
    FAILURES,
    LOCKED,
    check_password,
    create_account,
    create_first_account,
    disable_account,
    list_accounts,
    set_password,
    standing,
)
from survey.collection.events import events
from survey.errors import SurveyError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD, OTHER, WRONG = "seven green otters", "a ladder of cheese", "not the password"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Parameters that cost little; what the product uses is tested apart."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def anna(store):
    return create_account(store, "Anna", GOOD, actor="test")


def stored_of(store, name):
    table = schema.accounts
    return store.read(lambda c: c.execute(select(table).where(table.c.name == name)).one())


def code_of(do):
    with pytest.raises(SurveyError) as caught:
        do()
    return caught.value.code


def fail(store, name, times, now=NOW):
    for _ in range(times):
        assert not check_password(store, name, WRONG, now)


def test_the_right_password_opens_and_no_other_does(store, anna):
    assert check_password(store, "anna", GOOD, NOW)
    assert check_password(store, " ANNA ", GOOD, NOW)
    assert not check_password(store, "anna", GOOD + " ", NOW)
    assert not check_password(store, "anna", "", NOW)
    assert not check_password(store, "bruno", GOOD, NOW)


def test_a_password_is_stored_only_as_an_argon2id_hash(store, anna):
    row = stored_of(store, "anna")
    assert row.password.startswith("$argon2id$")
    assert GOOD not in str(tuple(row))
    assert GOOD not in repr(events(store))


def test_the_product_hashes_with_what_the_library_recommends():
    fresh = PasswordHasher()
    assert not fresh.check_needs_rehash(fresh.hash(GOOD))
    assert (fresh.memory_cost, fresh.time_cost) >= (65536, 3)


def test_a_letter_composed_otherwise_is_the_same_letter(store):
    create_account(store, "bruno", "ёж под ёлкой спит", actor="test")
    assert check_password(store, "bruno", "е\u0308ж под е\u0308лкой спит", NOW)


def test_a_hash_of_older_parameters_is_renewed_at_the_next_login(store, anna, monkeypatch):
    before = stored_of(store, "anna").password
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(2, 16, 1))
    assert not check_password(store, "anna", WRONG, NOW)
    assert stored_of(store, "anna").password == before
    assert check_password(store, "anna", GOOD, NOW)
    after = stored_of(store, "anna").password
    assert "m=16,t=2" in after
    assert check_password(store, "anna", GOOD, NOW)
    assert stored_of(store, "anna").password == after


def test_after_some_wrong_passwords_the_right_one_waits_too(store, anna):
    fail(store, "anna", FAILURES)
    assert not check_password(store, "anna", GOOD, NOW)
    assert not check_password(store, "anna", GOOD, NOW + LOCKED - timedelta(seconds=1))
    assert list_accounts(store)[0].locked_until == NOW + LOCKED
    assert check_password(store, "anna", GOOD, NOW + LOCKED)
    assert list_accounts(store)[0].locked_until is None


def test_a_right_password_in_between_starts_the_count_anew(store, anna):
    fail(store, "anna", FAILURES - 1)
    assert check_password(store, "anna", GOOD, NOW)
    fail(store, "anna", FAILURES - 1)
    assert check_password(store, "anna", GOOD, NOW)


def test_the_lock_of_one_account_does_not_touch_another(store, anna):
    create_account(store, "bruno", OTHER, actor="test")
    fail(store, "anna", FAILURES + 3)
    fail(store, "nobody", FAILURES + 3)
    assert check_password(store, "bruno", OTHER, NOW)
    assert guesses.may_try(store, int(NOW.timestamp()))


def test_guessed_tokens_of_respondents_lock_no_account(store, anna):
    at = int(NOW.timestamp())
    for _ in range(guesses.MOST_FAILURES):
        guesses.note_failure(store, at)
    assert not guesses.may_try(store, at)
    assert check_password(store, "anna", GOOD, NOW)
    assert not guesses.may_try(store, at)


def test_many_attempts_at_once_are_no_way_around_the_lock(store, anna, monkeypatch):
    compared = []
    real = passwords.matches
    monkeypatch.setattr(
        passwords, "matches", lambda stored, given: compared.append(stored) or real(stored, given)
    )
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: check_password(store, "anna", WRONG, NOW), range(24)))
    assert sum(stored is not None for stored in compared) == FAILURES


def test_unknown_closed_and_locked_accounts_cost_one_hash_and_one_write(store, anna, monkeypatch):
    create_account(store, "closed", OTHER, actor="test")
    disable_account(store, "closed", actor="test")
    create_account(store, "outside", None, actor="test")
    create_account(store, "locked", OTHER, actor="test")
    fail(store, "locked", FAILURES)
    work = []
    hasher, write = passwords.HASHER, store.write
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, h, p, real=PasswordHasher.verify: work.append("hash") or real(hasher, h, p),
    )
    monkeypatch.setattr(store, "write", lambda job: work.append("write") or write(job))
    for name in ("anna", "nobody", "closed", "outside", "locked"):
        work.clear()
        assert not check_password(store, name, WRONG, NOW)
        assert sorted(work) == ["hash", "write"], name


def test_an_account_without_password_is_not_opened_by_any(store):
    create_account(store, "anna@example.org", None, actor="test")
    for given in ("", "None", "nobody's"):
        assert not check_password(store, "anna@example.org", given, NOW)
    assert not list_accounts(store)[0].has_password
    assert standing(store, "anna@example.org") is not None


def test_a_closed_account_is_closed_until_it_is_opened_again(store, anna):
    disable_account(store, "anna", actor="test")
    assert not check_password(store, "anna", GOOD, NOW)
    assert standing(store, "anna") is None
    disable_account(store, "anna", actor="test", disabled=False)
    assert check_password(store, "anna", GOOD, NOW)


def test_a_new_password_ends_sessions_and_lifts_the_lock(store, anna):
    before = standing(store, "anna")
    assert standing(store, "anna") == before
    fail(store, "anna", FAILURES)
    set_password(store, "anna", OTHER, actor="test")
    assert standing(store, "anna") != before
    assert not check_password(store, "anna", GOOD, NOW)
    assert check_password(store, "anna", OTHER, NOW)


def test_only_the_first_account_is_made_as_the_first(store):
    create_first_account(store, "anna", GOOD)
    assert code_of(lambda: create_first_account(store, "bruno", OTHER)) == "account_not_first"
    assert [each.name for each in list_accounts(store)] == ["anna"]


def test_a_name_is_given_once_however_it_is_written(store, anna):
    assert code_of(lambda: create_account(store, "ANNA ", OTHER, actor="test")) == "account_taken"
    assert check_password(store, "anna", GOOD, NOW)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101, "a\u202eb"])
def test_a_name_that_cannot_be_seen_is_refused(store, name):
    assert code_of(lambda: create_account(store, name, GOOD, actor="test")) == "account_name"


@pytest.mark.parametrize("do", [lambda s: set_password(s, "x", GOOD, actor="test"),
                                lambda s: disable_account(s, "x", actor="test")])  # fmt: skip
def test_an_account_that_is_not_there_is_said(store, do):
    assert code_of(lambda: do(store)) == "account_unknown"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "password_short"),
        ("x" * 1001, "password_long"),
        ("aaaabbbbcccc", "password_trivial"),
        ("abcdefghijklmn", "password_trivial"),
        ("zyxwvutsrqponm", "password_trivial"),
        ("1234567890123", "password_trivial"),
        ("qwertyuiopas", "password_trivial"),
        ("йцукенгшщзхъ", "password_trivial"),
        ("Password1234!", "password_trivial"),
        ("Пароль!2026-2026", "password_trivial"),
        ("anna.petrova", "password_trivial"),
        ("annaPetrova2026", "password_trivial"),
    ],
)
def test_a_weak_password_is_refused_and_not_repeated(store, password, code):
    with pytest.raises(SurveyError) as caught:
        create_account(store, "anna.petrova", password, actor="test")
    assert caught.value.code == code
    assert password.casefold() not in str(caught.value).casefold()
    assert list_accounts(store) == ()


@pytest.mark.parametrize(
    "password", ["seven green otters", "k7#Vq2!mZp0@", "три весёлых кота бегут"]
)
def test_a_good_password_is_taken(store, password):
    create_account(store, "anna", password, actor="test")
    assert check_password(store, "anna", password, NOW)


def test_what_was_done_with_accounts_is_in_the_log(store, anna):
    set_password(store, "anna", OTHER, actor="chief")
    disable_account(store, "anna", actor="chief")
    done = {(each.actor, each.action, each.detail["account"]) for each in events(store)}
    assert done == {
        ("test", "account_added", "anna"),
        ("chief", "account_password", "anna"),
        ("chief", "account_disabled", "anna"),
    }
    assert accounts.account_name("ANNA") == "anna"
