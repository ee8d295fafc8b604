"""Invitations: a link for each person, of which the store keeps only a hash."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, insert, select, update

from survey.collection import schema
from survey.collection.events import new_event, record
from survey.collection.tokens import new_token, token_hash
from survey.collection.wave import Wave
from survey.collection.wave_rows import day_of
from survey.collection.waves import find_wave
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from survey.collection.sealing import Sealer
    from survey.collection.store import Store

Status = Literal["waiting", "answered", "revoked", "expired"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an invitation is for; empty where nobody is named."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A new invitation with its token, which is stored nowhere."""

    token: str
    number: int
    group: str
    person: Person = Person()


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as the analyst sees it later."""

    number: int
    group: str
    person: Person
    status: Status
    sent_on: date | None
    reminded_on: date | None


def invite(
    store: Store,
    sealer: Sealer,
    wave_id: str,
    people: Sequence[tuple[str, Person]],
    *,
    actor: str,
    today: date,
    expires_on: date | None = None,
) -> tuple[Link, ...]:
    """Invite people, given as (group, person); the tokens exist only in what is returned.

    Raises
    ------
    SurveyError
        A group that the wave does not have, or a wave that takes no invitations.

    """
    if not people:
        raise SurveyError("nobody_invited", "nobody is named to be invited; one person is expected")
    if expires_on is not None and expires_on < today:
        raise SurveyError(
            "expires_in_the_past",
            "the links expire on {found}; {today} or later is expected",
            found=expires_on.isoformat(),
            today=today.isoformat(),
        )
    tokens = [new_token() for _ in people]
    event = new_event(actor, "invited", wave_id, people=len(people))

    def job(conn: Connection) -> tuple[Link, ...]:
        # Two analysts inviting at once must not draw the same numbers.
        wave = find_wave(conn, wave_id, lock=True)
        _takes_invitations(wave)
        first = 1 + _last_number(conn, wave_id)
        links = []
        for place, (token, (group, person)) in enumerate(zip(tokens, people, strict=True)):
            links.append(Link(token, first + place, wave.group(group).id, person))
        rows = [_row(wave_id, link, sealer, "respondent", expires_on) for link in links]
        # Rows come in the order of their hashes: in what order people were listed is not told.
        conn.execute(
            insert(schema.invitations), sorted(rows, key=lambda row: str(row["token_hash"]))
        )
        record(conn, event)
        return tuple(links)

    return store.write(job)


def preview_link(store: Store, wave_id: str, *, actor: str) -> Link:
    """Make a link for looking at the questionnaire as respondents see it; never counted.

    It opens while the wave is a draft or open.
    """
    token = new_token()
    event = new_event(actor, "preview", wave_id)

    def job(conn: Connection) -> Link:
        wave = find_wave(conn, wave_id)
        link = Link(token, 0, wave.settings.groups[0].id)
        conn.execute(insert(schema.invitations).values(_row(wave_id, link, None, "preview", None)))
        record(conn, event)
        return link

    return store.write(job)


def list_invitations(
    store: Store, sealer: Sealer, wave_id: str, *, today: date
) -> tuple[Invitation, ...]:
    """All invitations of a wave, by number.

    In the anonymous mode an invitation is known to be answered only once as many others of its
    group are as the smallest cell has: up to one less may be "waiting" that have answered.
    """

    def job(conn: Connection) -> tuple[Sequence[Row[Any]], set[str]]:
        rows = conn.execute(
            select(schema.invitations)
            .where(schema.invitations.c.wave == wave_id, schema.invitations.c.kind == "respondent")
            .order_by(schema.invitations.c.number)
        ).all()
        return rows, _answered(conn, wave_id)

    rows, answered = store.read(job)
    return tuple(
        Invitation(
            row.number,
            row.group_id,
            _person(row.person, sealer),
            _status(row, answered, today),
            day_of(row.sent_on),
            day_of(row.reminded_on),
        )
        for row in rows
    )


def to_remind(store: Store, sealer: Sealer, wave_id: str, *, today: date) -> tuple[Invitation, ...]:
    """Invitations not known to be answered, neither revoked nor expired; see `list_invitations`."""
    listed = list_invitations(store, sealer, wave_id, today=today)
    return tuple(each for each in listed if each.status == "waiting")


def revoke(store: Store, wave_id: str, numbers: Sequence[int], *, actor: str) -> None:
    """Revoke invitations by their numbers: their links do not open any more.

    Raises
    ------
    SurveyError
        A number that the wave does not have; then none is revoked.

    """
    event = new_event(actor, "revoked", wave_id, numbers=sorted(numbers))

    def job(conn: Connection) -> None:
        _change(conn, wave_id, numbers, {"revoked": 1})
        record(conn, event)

    store.write(job)


def note_sent(
    store: Store,
    wave_id: str,
    numbers: Sequence[int],
    *,
    today: date,
    actor: str,
    reminder: bool = False,
) -> None:
    """Note that links, or reminders, were sent today."""
    event = new_event(actor, "reminded" if reminder else "sent", wave_id, people=len(numbers))
    column = "reminded_on" if reminder else "sent_on"

    def job(conn: Connection) -> None:
        _change(conn, wave_id, numbers, {column: today.isoformat()})
        record(conn, event)

    store.write(job)


def _change(
    conn: Connection, wave_id: str, numbers: Sequence[int], values: dict[str, object]
) -> None:
    table = schema.invitations
    mine = (table.c.wave == wave_id, table.c.kind == "respondent")
    known = set(conn.execute(select(table.c.number).where(*mine)).scalars())
    if strange := sorted(set(numbers) - known):
        raise SurveyError(
            "invitation_unknown",
            "the wave {wave} has no invitation {found}",
            wave=wave_id,
            found=", ".join(str(number) for number in strange),
        )
    conn.execute(update(table).where(*mine, table.c.number.in_(set(numbers))).values(values))


def _takes_invitations(wave: Wave) -> None:
    if wave.state in ("closed", "frozen"):
        raise SurveyError(
            "invited_too_late",
            "the wave {wave} is {state}; people are invited to a draft or an open wave",
            wave=wave.id,
            state=wave.state,
        )
    if wave.settings.access == "open":
        raise SurveyError(
            "invited_to_open",
            "the wave {wave} is open to everybody who has its address; invitations are not expected",
            wave=wave.id,
        )


def _last_number(conn: Connection, wave_id: str) -> int:
    table = schema.invitations
    found = conn.execute(select(func.max(table.c.number)).where(table.c.wave == wave_id)).scalar()
    return int(found or 0)


def _row(
    wave_id: str, link: Link, sealer: Sealer | None, kind: str, expires_on: date | None
) -> dict[str, object]:
    named = bool(link.person.name or link.person.email)
    sealed = None
    if named and sealer is not None:
        sealed = sealer.seal(json.dumps(asdict(link.person), ensure_ascii=False))
    return {
        "token_hash": token_hash(link.token),
        "wave": wave_id,
        "number": link.number,
        "group_id": link.group,
        "kind": kind,
        "expires_on": expires_on and expires_on.isoformat(),
        "revoked": 0,
        "person": sealed,
        "sent_on": None,
        "reminded_on": None,
    }


def _answered(conn: Connection, wave_id: str) -> set[str]:
    marked = select(schema.answered.c.token_hash).where(schema.answered.c.wave == wave_id)
    named = select(schema.sessions.c.invitation).where(
        schema.sessions.c.wave == wave_id,
        schema.sessions.c.state == "submitted",
        schema.sessions.c.invitation.is_not(None),
    )
    return {*conn.execute(marked).scalars(), *conn.execute(named).scalars()}


def _status(row: Row[Any], answered: set[str], today: date) -> Status:
    if row.token_hash in answered:
        return "answered"
    if row.revoked:
        return "revoked"
    expires = day_of(row.expires_on)
    return "expired" if expires is not None and expires < today else "waiting"


def _person(sealed: bytes | None, sealer: Sealer) -> Person:
    return Person() if sealed is None else Person(**json.loads(sealer.unseal(sealed)))
