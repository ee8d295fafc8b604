"""Entries of paper forms in the store, and how two of one sheet differ."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from survey.collection import schema
from survey.collection.replies import Reply
from survey.collection.wave import Wave

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NOTHING: Final = Reply()


@dataclass(frozen=True, slots=True)
class Entry:
    """What one operator typed from one sheet."""

    group: str
    operator: str
    replies: Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something that two entries of a sheet say differently; of the group, `question` is ""."""

    sheet: str
    question: str
    first: Reply | str
    second: Reply | str


def entries_of(conn: Connection, wave_id: str) -> dict[str, dict[int, Entry]]:
    """Entries of each sheet by their numbers, in the order of the sheets' names."""
    held = schema.paper_sheets.c
    rows = conn.execute(
        select(schema.paper_sheets).where(held.wave == wave_id).order_by(held.sheet, held.entry)
    ).all()
    found: dict[str, dict[int, Entry]] = defaultdict(dict)
    for row in rows:
        replies = {q: Reply.from_json(text) for q, text in json.loads(row.replies).items()}
        found[row.sheet][row.entry] = Entry(row.group_id, row.operator, replies)
    return found


def row_of(entry: Entry) -> dict[str, str]:
    """Columns of an entry beside its key."""
    replies = {question: reply.to_json() for question, reply in sorted(entry.replies.items())}
    return {
        "group_id": entry.group,
        "operator": entry.operator,
        "replies": json.dumps(replies, ensure_ascii=False),
    }


def differences(
    sheet: str, first: Entry, second: Entry, order: Sequence[str]
) -> list[Disagreement]:
    """What two entries say differently: the group, then questions in order."""
    found = []
    if first.group != second.group:
        found.append(Disagreement(sheet, "", first.group, second.group))
    for question in order:
        one, other = (each.replies.get(question, _NOTHING) for each in (first, second))
        if one != other:
            found.append(Disagreement(sheet, question, one, other))
    return found


def sheet_mark(wave: Wave, sheet: str) -> str:
    """Keyed, as of tokens: it says that a sheet was accepted, and leads to no response."""
    text = f"paper\0{wave.id}\0{sheet}".encode()
    return hmac.new(bytes.fromhex(wave.secret), text, hashlib.sha256).hexdigest()
