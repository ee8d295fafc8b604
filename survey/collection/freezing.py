"""A closed wave becomes a dataset that no longer changes, with a digest that proves it.

A digest is taken over the questionnaire and the answers, sorted by respondent, in one canonical
form: the same on every database and machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from survey.collection import schema
from survey.collection.datasets import wave_dataset
from survey.collection.events import new_event
from survey.collection.grouping import grouped, recognisable_between, small_remarks
from survey.collection.wave import State, Wave
from survey.collection.waves import find_wave, load_wave, set_state
from survey.dataset import Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.wide import number_text
from survey.responses import Numbers, Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from survey.answers import Answers
    from survey.collection.store import Store

_DONE: Final[tuple[State, ...]] = ("closed", "frozen")
# Of choices; nothing where the option was not shown.
_STATES: Final = {1: 1, 0: 0, -1: None}


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a freeze of a wave would hold; nothing is recorded yet."""

    wave: Wave
    dataset: Dataset
    digest: str
    join: Mapping[str, str]
    left_out: tuple[str, ...]
    submitted: int
    unsubmitted: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """A frozen wave.

    Attributes
    ----------
    dataset : Dataset
        Submitted responses, sorted by respondent, groups joined and left out as asked for.
    digest : str
        Sha256, hex.
    number : int
        Of the freeze, from 1.
    left_out : tuple of str
        Groups.
    remarks : tuple of Remark
    """

    dataset: Dataset
    digest: str
    number: int
    left_out: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Freeze:
    """A freeze as it is recorded; `summary` is what was found in it."""

    number: int
    digest: str
    respondents: int
    frozen_on: date
    join: Mapping[str, str]
    left_out: tuple[str, ...]
    summary: Mapping[str, Any]


def freeze(
    store: Store,
    wave_id: str,
    *,
    join: Mapping[str, str] | None = None,
    leave_out: Sequence[str] = (),
    actor: str,
    today: date,
    summary: str = "{}",
) -> Frozen:
    """Freeze a closed wave; frozen before, it is frozen anew under the next number.

    Parameters
    ----------
    join
        Group of which the respondents are counted in another, and that other group.
    leave_out
        Groups whose responses are left out.
    summary
        JSON: what was found, for later freezes to be compared with.

    Raises
    ------
    SurveyError
        The wave is not closed, nobody answered, or a group is so small that its people could be
        recognised.

    """
    ready = prepare(store, wave_id, join=join, leave_out=leave_out)
    return record_freeze(store, ready, actor=actor, today=today, summary=summary)


def prepare(
    store: Store,
    wave_id: str,
    *,
    join: Mapping[str, str] | None = None,
    leave_out: Sequence[str] = (),
) -> Prepared:
    """Dataset that `freeze` would freeze, with what is to be said about it."""
    wave = load_wave(store, wave_id)
    if wave.state not in _DONE:
        raise SurveyError(
            "wave_not_closed",
            "the wave {wave} is {found}; only a closed one is frozen or exported",
            wave=wave.id,
            found=wave.state,
        )
    joined = dict(join or {})
    whole = wave_dataset(store, wave_id)
    dataset = grouped(whole, joined, leave_out, wave.settings.min_cell)
    if not dataset.respondents:
        raise SurveyError(
            "wave_empty", "nobody has submitted answers to the wave {wave}", wave=wave.id
        )
    waiting = store.read(lambda conn: _sessions(conn, wave.id, "answering"))
    out = tuple(sorted(set(leave_out)))
    told = [*dataset.remarks]
    if waiting:
        told.append(
            remark(
                "sessions_unsubmitted",
                "{count} people began and did not submit: they did not give their answers for use, "
                "so these are not in the dataset",
                count=waiting,
            )
        )
    told += small_remarks(dataset, wave.settings.min_cell)
    told += _between(store, wave, whole, (joined, out))
    return Prepared(
        wave, dataset, digest_of(dataset), joined, out, len(whole.respondents), waiting, tuple(told)
    )


def record_freeze(
    store: Store, ready: Prepared, *, actor: str, today: date, summary: str = "{}"
) -> Frozen:
    """Record what was prepared as the next freeze of its wave."""
    wave = ready.wave
    number = len(freezes(store, wave.id)) + 1
    row = {
        "wave": wave.id,
        "number": number,
        "digest": ready.digest,
        "respondents": len(ready.dataset.respondents),
        "frozen_on": today.isoformat(),
        "summary": _canonical(
            {
                "join": dict(ready.join),
                "leave_out": list(ready.left_out),
                "findings": json.loads(summary),
            }
        ),
    }
    event = new_event(actor, "frozen", wave.id, number=number, digest=ready.digest,
                      join=dict(ready.join), leave_out=list(ready.left_out))  # fmt: skip

    def job(conn: Connection) -> None:
        held = schema.freezes.c
        there = conn.execute(
            select(schema.freezes).where(held.wave == wave.id, held.number == number)
        ).first()
        if there is not None:
            if dict(there._mapping) == row:  # noqa: SLF001 - SQLAlchemy's public accessor
                return  # committed before the connection was lost
            raise SurveyError(
                "freeze_meanwhile",
                "the wave {wave} was frozen by somebody else meanwhile; look at it and repeat",
                wave=wave.id,
            )
        if _sessions(conn, wave.id, "submitted") != ready.submitted:
            raise SurveyError(
                "wave_moved",
                "answers to the wave {wave} were added or withdrawn while it was frozen; repeat",
                wave=wave.id,
            )
        conn.execute(insert(schema.freezes).values(**row))
        set_state(conn, find_wave(conn, wave.id, lock=True), "frozen", event, expected=_DONE)

    store.write(job)
    return Frozen(ready.dataset, ready.digest, number, ready.left_out, ready.remarks)


def freezes(store: Store, wave_id: str) -> tuple[Freeze, ...]:
    """Every freeze of a wave, the first first."""
    wanted = (
        select(schema.freezes)
        .where(schema.freezes.c.wave == wave_id)
        .order_by(schema.freezes.c.number)
    )
    found = []
    for row in store.read(lambda conn: conn.execute(wanted).all()):
        held = json.loads(row.summary)
        found.append(
            Freeze(
                row.number,
                row.digest,
                row.respondents,
                date.fromisoformat(row.frozen_on),
                held["join"],
                tuple(held["leave_out"]),
                held["findings"],
            )
        )
    return tuple(found)


def verify(store: Store, wave_id: str) -> bool:
    """Whether the answers in the store still give the digest of the last freeze.

    They do not once a named respondent has withdrawn, or anything was changed by hand.
    """
    made = freezes(store, wave_id)
    if not made:
        raise SurveyError("wave_never_frozen", "the wave {wave} was never frozen", wave=wave_id)
    last = made[-1]
    whole = wave_dataset(store, wave_id)
    return digest_of(grouped(whole, last.join, last.left_out, 1)) == last.digest


def digest_of(dataset: Dataset) -> str:
    """Sha256 over the questionnaire and every answer, whatever the order of respondents."""
    total = hashlib.sha256()
    asked = dataset.questionnaire.model_dump(mode="json", exclude_defaults=True)
    total.update(_canonical(asked).encode() + b"\n")
    cells = {key: list(_rows(response)) for key, response in sorted(dataset.responses.items())}
    order = sorted(range(len(dataset.respondents)), key=lambda k: dataset.respondents[k])
    for k in order:
        line = {
            "respondent": dataset.respondents[k],
            "group": dataset.groups[dataset.group_of[k]],
            "answers": {key: rows[k] for key, rows in cells.items()},
        }
        total.update(_canonical(line).encode() + b"\n")
    return total.hexdigest()


def _rows(response: Answers | Numbers | Texts) -> list[Any]:
    """Answers of each respondent as JSON; a cell that was not shown is null, an empty one ""."""
    if isinstance(response, Texts):
        return [
            (text or "") if seen else None
            for text, seen in zip(response.values, response.shown.tolist(), strict=True)
        ]
    if isinstance(response, Numbers):
        return [
            {
                cell: number_text(value) if seen else None
                for cell, value, seen in zip(response.columns, values, shown, strict=True)
            }
            for values, shown in zip(response.values.tolist(), response.shown.tolist(), strict=True)
        ]
    return [
        {option: _STATES[state] for option, state in zip(response.options, states, strict=True)}
        for states in response.cells.tolist()
    ]


def _between(
    store: Store, wave: Wave, whole: Dataset, parting: tuple[Mapping[str, str], Sequence[str]]
) -> list[Remark]:
    """Say with which earlier freezes this one, laid side by side, shows a small group."""
    told = []
    for earlier in freezes(store, wave.id):
        count = recognisable_between(
            whole, parting, (earlier.join, earlier.left_out), wave.settings.min_cell
        )
        if count:
            told.append(
                remark(
                    "freezes_compared",
                    "freeze {number} parted the groups otherwise: who holds both can tell {count} "
                    "people apart, fewer than {least}; do not give both away",
                    grave=True,
                    number=earlier.number,
                    count=count,
                    least=wave.settings.min_cell,
                )
            )
    return told


def _sessions(conn: Connection, wave_id: str, state: str) -> int:
    held = schema.sessions.c
    wanted = select(func.count()).where(
        held.wave == wave_id, held.state == state, held.source != "preview"
    )
    return int(conn.execute(wanted).scalar_one())


def _canonical(data: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
