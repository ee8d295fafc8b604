"""Answering: a link is opened, each answer is written when it is given, and all are submitted.

Every step is one job for the store's writer, which looks at everything it depends on itself: what
was true when a page was drawn may not be true when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import bindparam, delete, func, select, update

from survey.collection import schema
from survey.collection.flow import asked, left
from survey.collection.once import insert_new
from survey.collection.replies import Reply, accept
from survey.collection.tokens import (
    new_token,
    random_id,
    read_token,
    session_key,
    spent_mark,
    token_hash,
)
from survey.collection.upsert import upsert
from survey.collection.waves import Wave, find_wave, known_wave
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
    return lambda conn: _enter(conn, token, today)


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
        _check_quota(conn, wave, group)
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


def begin(store: Store, access: Access, *, today: date) -> None:
    """Begin to answer, after consent; once more does nothing.

    Raises
    ------
    SurveyError
        The link does not open any more, or its group has enough answers (``group_full``).

    """
    store.write(begin_job(access, today=today))


def begin_job(access: Access, *, today: date) -> Job[None]:
    """Job of `begin`."""

    def job(conn: Connection) -> None:
        now = _enter(conn, access.token, today)
        if now.state != "new":
            return
        if now.kind != "preview":
            _check_quota(conn, now.wave, now.group)
        named = now.wave.settings.mode == "named" and now.kind == "respondent"
        row = {
            "id": now.session,
            "wave": now.wave.id,
            "group_id": now.group,
            "state": "answering",
            "source": "preview" if now.kind == "preview" else "web",
            "submitted_on": None,
            "invitation": now.token_hash if named else None,
        }
        insert_new(conn, schema.sessions, row)

    return job


def save(store: Store, access: Access, question: str, reply: Reply, *, today: date) -> None:
    """Write one answer over what was there; when this returns it is on the disk.

    Raises
    ------
    SurveyError
        The link does not open any more, nothing was begun, the question is not asked, or the
        reply can never be an answer to it; nothing is stored.

    """
    store.write(save_job(access, question, reply, today=today))


def save_job(access: Access, question: str, reply: Reply, *, today: date) -> Job[None]:
    """Job of `save`."""

    def job(conn: Connection) -> None:
        now = _answering(conn, access, today)
        questionnaire = now.wave.settings.questionnaire
        found = questionnaire.question(question)
        if found.show_if is not None and found not in asked(
            questionnaire, _replies(conn, now.session)
        ):
            raise _not_asked(question)
        values = {
            "session": now.session,
            "question": question,
            "reply": accept(found, reply).to_json(),
        }
        upsert(conn, schema.answers, values, ("session", "question"))

    return job


def read_replies(store: Store, access: Access) -> dict[str, Reply]:
    """Answers given so far, by question."""
    return store.read(lambda conn: _replies(conn, access.session))


def submit(store: Store, access: Access, *, today: date) -> None:
    """Submit all answers; once more does nothing.

    In the anonymous mode the session gets a random id, and nothing leads from the token to it any
    more: afterwards the answers can be neither seen nor withdrawn.

    Raises
    ------
    SurveyError
        The link does not open any more, or something is left to be answered
        (``answers_unfinished``); nothing changes.

    """
    store.write(submit_job(access, today=today))


def submit_job(access: Access, *, today: date) -> Job[None]:
    """Job of `submit`; note the access with `Marks.note` once it is done."""
    new_id = random_id()

    def job(conn: Connection) -> None:
        if _is_spent(conn, access):
            return
        now = _answering(conn, access, today)
        replies = _replies(conn, now.session)
        questionnaire = now.wave.settings.questionnaire
        if unfinished := left(questionnaire, replies):
            raise SurveyError(
                "answers_unfinished",
                "{count} questions are not finished yet: {questions}",
                count=len(unfinished),
                questions=", ".join(unfinished),
            )
        if now.kind == "preview":
            # A look at the questionnaire leaves nothing, and can be taken again.
            conn.execute(delete(schema.sessions).where(schema.sessions.c.id == now.session))
            return
        mark = {"mark": spent_mark(now.token, now.wave.secret), "wave": now.wave.id}
        if not insert_new(conn, schema.spent, mark):
            return
        _drop_unasked(conn, now, replies)
        named = now.wave.settings.mode == "named"
        conn.execute(
            update(schema.sessions)
            .where(schema.sessions.c.id == now.session)
            .values(
                id=now.session if named else new_id,
                state="submitted",
                submitted_on=today.isoformat(),
            )
        )

    return job


def withdraw(store: Store, access: Access, *, today: date) -> None:
    """Delete all answers of a session.

    In the named mode the link does not open any more afterwards.

    Raises
    ------
    SurveyError
        ``link_refused``: among others when the answers were submitted in the anonymous mode, where
        nothing leads to them any more.

    """
    store.write(withdraw_job(access, today=today))


def withdraw_job(access: Access, *, today: date) -> Job[None]:
    """Job of `withdraw`."""

    def job(conn: Connection) -> None:
        now = _enter(conn, access.token, today)
        conn.execute(delete(schema.sessions).where(schema.sessions.c.id == now.session))
        if now.wave.settings.mode == "named" and now.kind == "respondent":
            conn.execute(
                update(schema.invitations)
                .where(schema.invitations.c.token_hash == now.token_hash)
                .values(revoked=1)
            )

    return job


def _enter(conn: Connection, text: str, today: date) -> Access:
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


def _answering(conn: Connection, access: Access, today: date) -> Access:
    now = _enter(conn, access.token, today)
    if now.state != "answering":
        raise SurveyError(
            "not_answering",
            "nothing was begun with this link, or everything was submitted already",
        )
    return now


def _is_spent(conn: Connection, access: Access) -> bool:
    mark = spent_mark(access.token, access.wave.secret)
    found = conn.execute(select(schema.spent.c.mark).where(schema.spent.c.mark == mark)).first()
    return found is not None


def _check_quota(conn: Connection, wave: Wave, group: str) -> None:
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


def _replies(conn: Connection, session: str) -> dict[str, Reply]:
    rows = conn.execute(
        select(schema.answers.c.question, schema.answers.c.reply).where(
            schema.answers.c.session == session
        )
    ).all()
    return {question: Reply.from_json(reply) for question, reply in rows}


def _drop_unasked(conn: Connection, now: Access, replies: Mapping[str, Reply]) -> None:
    """Delete answers to questions that, by a later change of mind, are not asked."""
    stay = {question.id for question in asked(now.wave.settings.questionnaire, replies)}
    if gone := sorted(replies.keys() - stay):
        conn.execute(
            delete(schema.answers).where(
                schema.answers.c.session == now.session, schema.answers.c.question.in_(gone)
            )
        )


def _not_asked(question: str) -> SurveyError:
    return SurveyError(
        "question_not_asked", "question {question} is not asked of you", question=question
    )
