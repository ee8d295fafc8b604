"""Paper forms typed in twice: what the two entries disagree on, and what they agree on accepted.

A sheet is known by what is written on it, such as its number. The two entries are made without
sight of each other; once they agree, the sheet becomes a submitted response under a random id. In
anonymous mode its entries are then deleted, and only a keyed mark tells that it was accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, update

from survey.collection import schema
from survey.collection.events import new_event, record
from survey.collection.flow import asked
from survey.collection.once import insert_new
from survey.collection.paper_entries import (
    Disagreement,
    Entry,
    differences,
    entries_of,
    row_of,
    sheet_mark,
)
from survey.collection.paper_rules import (
    check_sheet,
    dropped,
    entry_remarks,
    is_accepted,
    name_of,
    refused_again,
    taking,
)
from survey.collection.replies import Reply, accept
from survey.collection.tokens import random_id
from survey.collection.upsert import upsert
from survey.collection.wave import Wave
from survey.collection.waves import find_wave
from survey.dataset import Remark
from survey.errors import SurveyError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.collection.store import Store


@dataclass(frozen=True, slots=True)
class Accepted:
    """Sheets that became responses now, that wait for an entry, and that disagree."""

    sheets: tuple[str, ...]
    waiting: tuple[str, ...]
    differing: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


def enter_sheet(
    store: Store,
    wave_id: str,
    sheet: str,
    *,
    entry: int,
    group: str,
    replies: Mapping[str, Reply],
    operator: str,
) -> tuple[Remark, ...]:
    """Store the first (1) or second (2) entry of a sheet over what was there of that entry.

    Raises
    ------
    SurveyError
        The wave takes no answers, the sheet was accepted already, or a reply can never be an answer.

    """
    name = name_of(sheet)
    if entry not in {1, 2}:
        raise SurveyError(
            "entry_number", "the entry has the number {found}; 1 or 2 is expected", found=entry
        )

    def job(conn: Connection) -> tuple[Remark, ...]:
        wave = taking(conn, wave_id)
        kept = check_sheet(wave, name, group, replies)
        if is_accepted(conn, wave, name):
            raise refused_again(name)
        made = Entry(group, operator, {q: r for q, r in kept.items() if not r.empty})
        key = {"wave": wave_id, "sheet": name, "entry": entry}
        upsert(conn, schema.paper_sheets, key | row_of(made), tuple(key))
        other = entries_of(conn, wave_id).get(name, {}).get(3 - entry)
        return tuple(entry_remarks(name, made, other, wave.settings.questionnaire))

    return store.write(job)


def disagreements(store: Store, wave_id: str) -> tuple[Disagreement, ...]:
    """What the two entries of each sheet say differently, sheet by sheet."""

    def job(conn: Connection) -> tuple[Disagreement, ...]:
        wave = find_wave(conn, wave_id)
        order = [q.id for q in wave.settings.questionnaire.questions]
        return tuple(
            each
            for sheet, both in entries_of(conn, wave_id).items()
            if len(both) == 2
            for each in differences(sheet, both[1], both[2], order)
        )

    return store.read(job)


def resolve(
    store: Store,
    wave_id: str,
    sheet: str,
    question: str,
    reply: Reply | str,
    *,
    operator: str,
) -> None:
    """Put what the sheet really says into both entries; with `question` "" it is the group."""
    event = new_event(operator, "paper_resolved", wave_id, sheet=sheet, question=question)

    def job(conn: Connection) -> None:
        wave = taking(conn, wave_id)
        if is_accepted(conn, wave, sheet):
            raise refused_again(sheet)
        both = entries_of(conn, wave_id).get(sheet, {})
        if len(both) != 2:
            raise SurveyError(
                "sheet_not_twice",
                "the sheet {sheet} has {found} entries; two to choose between are expected",
                sheet=sheet,
                found=len(both),
            )
        for number, each in both.items():
            if question and isinstance(reply, Reply):
                asked_for = wave.settings.questionnaire.question(question)
                given = accept(asked_for, reply)
                replies = {q: r for q, r in each.replies.items() if q != question}
                made = Entry(
                    each.group,
                    each.operator,
                    replies if given.empty else replies | {question: given},
                )
            elif not question and isinstance(reply, str):
                made = Entry(wave.group(reply).id, each.operator, each.replies)
            else:
                raise SurveyError(
                    "resolved_with",
                    "the sheet {sheet} is resolved with an answer to a question, or with a group",
                    sheet=sheet,
                )
            held = schema.paper_sheets.c
            conn.execute(
                update(schema.paper_sheets)
                .where(held.wave == wave_id, held.sheet == sheet, held.entry == number)
                .values(**row_of(made))
            )
        record(conn, event)

    store.write(job)


def accept_sheets(store: Store, wave_id: str, *, actor: str, today: date) -> Accepted:
    """Make submitted responses of the sheets whose two entries agree, each once."""
    ids: dict[str, str] = defaultdict(random_id)  # drawn once, should the job be run again
    event = new_event(actor, "paper_accepted", wave_id)

    def job(conn: Connection) -> Accepted:
        wave = taking(conn, wave_id)
        order = [q.id for q in wave.settings.questionnaire.questions]
        ready: dict[str, Entry] = {}
        waiting, differing = [], []
        for sheet, both in entries_of(conn, wave_id).items():
            if is_accepted(conn, wave, sheet):
                continue
            if len(both) < 2:
                waiting.append(sheet)
            elif differences(sheet, both[1], both[2], order):
                differing.append(sheet)
            else:
                ready[sheet] = both[1]
        # In the order of the random ids: where rows lie must not tell which sheet they are from.
        drawn = sorted((ids[sheet], entry) for sheet, entry in ready.items())
        unasked = sum(_insert(conn, wave, session, entry, today) for session, entry in drawn)
        for mark in sorted(sheet_mark(wave, sheet) for sheet in ready):
            insert_new(conn, schema.spent, {"mark": mark, "wave": wave_id})
        if wave.settings.mode == "anonymous":
            held = schema.paper_sheets.c
            conn.execute(
                delete(schema.paper_sheets).where(held.wave == wave_id, held.sheet.in_(ready))
            )
        if ready:
            record(conn, event)
        return Accepted(tuple(ready), tuple(waiting), tuple(differing), dropped(unasked))

    return store.write(job)


def _insert(conn: Connection, wave: Wave, session: str, entry: Entry, today: date) -> int:
    """Make one response; return how many answers to questions not asked of it are left out."""
    row = {
        "id": session,
        "wave": wave.id,
        "group_id": entry.group,
        "state": "submitted",
        "source": "paper",
        "submitted_on": today.isoformat(),
        "invitation": None,
    }
    conn.execute(insert(schema.sessions).values(**row))
    shown = {q.id for q in asked(wave.settings.questionnaire, entry.replies)}
    kept = [
        {"session": session, "question": question, "reply": reply.to_json()}
        for question, reply in entry.replies.items()
        if question in shown
    ]
    if kept:
        conn.execute(insert(schema.answers), kept)
    return len(entry.replies) - len(kept)
