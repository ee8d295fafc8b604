"""What a link opens: an invitation, its wave and its session, or one refusal alike for all that fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import bindparam, func, select

from survey.collection import schema
from survey.collection.once import insert_new
from survey.collection.tokens import new_token, read_token, session_key, spent_mark, token_hash
from survey.collection.wave import Wave
from survey.collection.waves import find_wave, known_wave
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store

T = TypeVar("T")
Job = Callable[["Connection"], T]


@dataclass(frozen=True, slots=True)
class Access:
    """What a valid link opens.

    Attributes
    ----------
    wave : Wave
    token, token_hash : str
    group : str
    kind : {"respondent", "preview", "self"}
    session : str
        Id of the session until it is submitted.
    state : {"new", "answering", "submitted"}
        `submitted` only in named mode: an anonymous link does not open any more.
    """

    wave: Wave
    token: str
    token_hash: str
    group: str
    kind: str
    session: str
    state: str


def refused() -> SurveyError:
    """Say the one thing said of links that do not open, whatever the reason."""
    return SurveyError(
        "link_refused",
        "This link cannot be opened: it may be mistyped, expired or revoked, already used, or the "
        "survey may be over.",
    )


def enter(store: Store, token: str, *, today: date) -> Access:
    """Open a link.

    Raises
    ------
    SurveyError
        ``link_refused``, alike for wrong, malformed, expired, revoked and used links and for
        waves that take no answers.

    """
    return store.read(enter_job(token, today=today))


def enter_job(token: str, *, today: date) -> Job[Access]:
    """Job of `enter`."""
    return lambda conn: enter_now(conn, token, today)


def enter_open(store: Store, wave_id: str, group: str, *, today: date) -> str:
    """Token for somebody who comes to an open wave without an invitation.

    Raises
    ------
    SurveyError
        The wave is not open to everybody (``link_refused``), has no such group, or has enough
        answers of it (``group_full``).

    """
    token = new_token()

    def job(conn: Connection) -> str:
        row = conn.execute(
            select(schema.waves.c.id).where(
                schema.waves.c.id == wave_id, schema.waves.c.access == "open"
            )
        ).first()
        if row is None:
            raise refused()
        wave = find_wave(conn, wave_id)
        if not _takes_answers(wave, "self", today):
            raise refused()
        wave.group(group)
        check_quota(conn, wave, group)
        row_values = {
            "token_hash": token_hash(token),
            "wave": wave_id,
            "number": 0,
            "group_id": group,
            "kind": "self",
            "revoked": 0,
        }
        insert_new(conn, schema.invitations, row_values)
        return token

    return store.write(job)


def enter_now(conn: Connection, text: str, today: date) -> Access:
    """Open a link on a connection; see `enter`."""
    # What cannot be a token is looked up all the same: the answer takes as long.
    token = read_token(text) or ""
    row = conn.execute(_INVITED, {"hash": token_hash(token)}).first()
    if row is None:
        raise refused()
    wave = known_wave(conn, row.wave, row.revision)
    if not wave.secret or row.revoked:
        raise refused()
    session = session_key(token, wave.secret)
    marks = {"session": session, "mark": spent_mark(token, wave.secret)}
    state, spent = conn.execute(_STATE, marks).one()
    access = Access(wave, token, row.token_hash, row.group_id, row.kind, session, state or "new")
    if access.state == "submitted":
        return access
    expired = row.expires_on is not None and date.fromisoformat(row.expires_on) < today
    if expired or spent is not None or not _takes_answers(wave, row.kind, today):
        raise refused()
    return access


# Made once: every request asks these two.
_INVITED = (
    select(
        schema.invitations.c.token_hash,
        schema.invitations.c.wave,
        schema.invitations.c.group_id,
        schema.invitations.c.kind,
        schema.invitations.c.expires_on,
        schema.invitations.c.revoked,
        schema.waves.c.revision,
    )
    .join(schema.waves, schema.waves.c.id == schema.invitations.c.wave)
    .where(schema.invitations.c.token_hash == bindparam("hash"))
)


_STATE = select(
    select(schema.sessions.c.state)
    .where(schema.sessions.c.id == bindparam("session"))
    .scalar_subquery(),
    select(schema.spent.c.mark).where(schema.spent.c.mark == bindparam("mark")).scalar_subquery(),
)


def _takes_answers(wave: Wave, kind: str, today: date) -> bool:
    closes = wave.settings.closes_on
    if closes is not None and closes < today:
        return False
    return wave.state == "open" or (wave.state == "draft" and kind == "preview")


def was_sent(conn: Connection, token: str) -> bool:
    """Whether everything was submitted with this token, in a wave that is not erased."""
    row = conn.execute(_INVITED, {"hash": token_hash(token)}).first()
    if row is None:
        return False
    wave = known_wave(conn, row.wave, row.revision)
    return bool(wave.secret) and is_spent(conn, token, wave)


def is_spent(conn: Connection, token: str, wave: Wave) -> bool:
    """Whether a token was used."""
    mark = spent_mark(token, wave.secret)
    found = conn.execute(select(schema.spent.c.mark).where(schema.spent.c.mark == mark)).first()
    return found is not None


def check_quota(conn: Connection, wave: Wave, group: str) -> None:
    """Refuse somebody new once a group has as many answers as its quota (``group_full``)."""
    quota = wave.group(group).quota
    if quota is None:
        return
    table = schema.sessions
    submitted = conn.execute(
        select(func.count()).where(
            table.c.wave == wave.id,
            table.c.group_id == group,
            table.c.state == "submitted",
            table.c.source != "preview",
        )
    ).scalar()
    if (submitted or 0) >= quota:
        raise SurveyError(
            "group_full", "Enough people of your group have answered already. Thank you."
        )
