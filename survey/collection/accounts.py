"""Accounts of analysts: made, checked, locked for a while after wrong passwords, disabled.

The counter of wrong passwords is each account's own: neither another account nor the tokens of
respondents have a part in it. Unknown names cost an intruder the same work as known ones.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from survey.collection import passwords, schema
from survey.collection.events import new_event, record
from survey.collection.upsert import upsert
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from survey.collection.store import Store

FAILURES: Final = 5
LOCKED: Final = timedelta(minutes=15)
_LONGEST_NAME: Final = 100
# Where attempts on names that do not exist are counted, so that these cost one write too.
_NOBODY: Final = "accounts"


@dataclass(frozen=True, slots=True)
class Account:
    """An analyst; without a password an identity provider vouches for the person."""

    name: str
    has_password: bool
    disabled: bool
    locked_until: datetime | None


def account_name(text: str) -> str:
    """Name as it is stored: without outer spaces, lower case.

    Raises
    ------
    SurveyError
        It is empty, too long, or holds what cannot be seen.

    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise SurveyError(
            "account_name",
            "the name of the account is {found!r}; 1 to {most} characters that can be seen are "
            "expected",
            found=name[:_LONGEST_NAME],
            most=_LONGEST_NAME,
        )
    return name


def create_account(store: Store, name: str, password: str | None = None, *, actor: str) -> Account:
    """Make an account.

    Parameters
    ----------
    password
        None where an identity provider vouches for the person.

    Raises
    ------
    SurveyError
        The name is taken or no name, or the password is too weak.

    """
    return _create(store, name, password, actor=actor, alone=False)


def create_first_account(store: Store, name: str, password: str) -> Account:
    """Make the first account; refused as soon as there is one."""
    return _create(store, name, password, actor=account_name(name), alone=True)


def _create(store: Store, name: str, password: str | None, *, actor: str, alone: bool) -> Account:
    name = account_name(name)
    if password is not None:
        passwords.check_new_password(name, password)
    stored = None if password is None else passwords.hashed(password)
    event = new_event(actor, "account_added", account=name)

    def job(conn: Connection) -> None:
        if _row(conn, name) is not None:
            raise SurveyError("account_taken", "there is an account {name} already", name=name)
        if alone and conn.execute(select(func.count()).select_from(schema.accounts)).scalar_one():
            raise SurveyError(
                "account_not_first",
                "the first account is made already; who has one can make others with "
                "konsilium account add",
            )
        conn.execute(
            insert(schema.accounts).values(name=name, password=stored, failures=0, disabled=0)
        )
        record(conn, event)

    store.write(job)
    return Account(name, password is not None, disabled=False, locked_until=None)


def check_password(store: Store, name: str, password: str, now: datetime) -> bool:
    """Whether this is the account's password; False alike for whatever reason it is not.

    An attempt is counted before it is looked at, so that many at once are no way around the lock:
    after `FAILURES` of them the account is locked for the time `LOCKED`.

    Parameters
    ----------
    now
        With its time zone.
    """
    name = unicodedata.normalize("NFKC", name).strip().casefold()[:_LONGEST_NAME]
    stored = store.write(lambda conn: _attempt(conn, name, now))
    if not passwords.matches(stored, password):
        return False
    fresh = passwords.hashed(password) if passwords.is_outdated(stored or "") else stored

    def job(conn: Connection) -> None:
        conn.execute(
            update(schema.accounts)
            .where(schema.accounts.c.name == name, schema.accounts.c.password == stored)
            .values(password=fresh, failures=0, locked_until=None)
        )

    store.write(job)
    return True


def _attempt(conn: Connection, name: str, now: datetime) -> str | None:
    """Count an attempt; the hash to compare with, None where nothing may be compared."""
    row = _row(conn, name)
    locked = None if row is None else _moment(row.locked_until)
    if row is None or row.disabled or row.password is None or (locked is not None and now < locked):
        nobody = {"space": _NOBODY, "since": int(now.timestamp()), "failures": 0}
        upsert(conn, schema.guesses, nobody, ("space",))
        return None
    failures = row.failures + 1
    until = (now + LOCKED).isoformat() if failures >= FAILURES else None
    conn.execute(
        update(schema.accounts)
        .where(schema.accounts.c.name == name)
        .values(failures=0 if until else failures, locked_until=until)
    )
    return str(row.password)


def set_password(store: Store, name: str, password: str, *, actor: str) -> None:
    """Give an account another password; this lifts its lock, and ends its sessions."""
    name = account_name(name)
    passwords.check_new_password(name, password)
    values = {"password": passwords.hashed(password), "failures": 0, "locked_until": None}
    _change(store, name, values, actor=actor, action="account_password")


def disable_account(store: Store, name: str, *, actor: str, disabled: bool = True) -> None:
    """Close an account to its owner, or open it again; what it did stays in the log."""
    action = "account_disabled" if disabled else "account_enabled"
    _change(store, account_name(name), {"disabled": int(disabled)}, actor=actor, action=action)


def list_accounts(store: Store) -> tuple[Account, ...]:
    """All accounts, by name."""
    rows = store.read(
        lambda conn: conn.execute(select(schema.accounts).order_by(schema.accounts.c.name)).all()
    )
    return tuple(
        Account(row.name, row.password is not None, bool(row.disabled), _moment(row.locked_until))
        for row in rows
    )


def standing(store: Store, name: str) -> str | None:
    """Mark of an account that may be used; it changes with the password. None: it may not."""
    row = store.read(lambda conn: _row(conn, name))
    if row is None or row.disabled:
        return None
    return hashlib.sha256(f"{name}\0{row.password}".encode()).hexdigest()


def _change(store: Store, name: str, values: dict[str, Any], *, actor: str, action: str) -> None:
    event = new_event(actor, action, account=name)

    def job(conn: Connection) -> None:
        done = conn.execute(
            update(schema.accounts).where(schema.accounts.c.name == name).values(**values)
        )
        if done.rowcount != 1:
            raise SurveyError("account_unknown", "there is no account {name}", name=name)
        record(conn, event)

    store.write(job)


def _row(conn: Connection, name: str) -> Row[Any] | None:
    return conn.execute(select(schema.accounts).where(schema.accounts.c.name == name)).first()


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)
