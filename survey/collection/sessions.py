"""Answering: a link is opened, each answer is written when it is given, and all are submitted.

Every step is one job for the store's writer, which looks at everything it depends on itself: what
was true when a page was drawn may not be true when it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from survey.collection import schema
from survey.collection.access import Access, Job, check_quota, enter_now, is_spent
from survey.collection.flow import asked, left
from survey.collection.once import insert_new
from survey.collection.replies import Reply, accept
from survey.collection.tokens import (
    random_id,
    spent_mark,
)
from survey.collection.upsert import upsert
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store


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
        now = enter_now(conn, access.token, today)
        if now.state != "new":
            return
        if now.kind != "preview":
            check_quota(conn, now.wave, now.group)
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
        if is_spent(conn, access.token, access.wave):
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
        now = enter_now(conn, access.token, today)
        conn.execute(delete(schema.sessions).where(schema.sessions.c.id == now.session))
        if now.wave.settings.mode == "named" and now.kind == "respondent":
            conn.execute(
                update(schema.invitations)
                .where(schema.invitations.c.token_hash == now.token_hash)
                .values(revoked=1)
            )

    return job


def _answering(conn: Connection, access: Access, today: date) -> Access:
    now = enter_now(conn, access.token, today)
    if now.state != "answering":
        raise SurveyError(
            "not_answering",
            "nothing was begun with this link, or everything was submitted already",
        )
    return now


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
