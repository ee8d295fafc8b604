"""Which invitation of a wave each link of a sheet is: by the hash of its token, not by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.collection.listfile import ListError
from app.collection.sheets import LinkRow
from app.study.faults import Fault, message
from survey.collection import schema
from survey.collection.tokens import read_token, token_hash

if TYPE_CHECKING:
    from survey.collection.store import Store


def matched(store: Store, wave_id: str, file: str, rows: Sequence[LinkRow]) -> tuple[LinkRow, ...]:
    """Rows with the numbers that the store knows them by.

    Raises
    ------
    ListError
        Links that are not of this wave: another wave's sheet would be sent to its people.

    """
    table = schema.invitations
    wanted = select(table.c.token_hash, table.c.number).where(
        table.c.wave == wave_id, table.c.kind == "respondent"
    )
    known = {row[0]: row[1] for row in store.read(lambda conn: conn.execute(wanted).all())}
    found = [known.get(token_hash(read_token(row.token) or "")) for row in rows]
    faults = [
        Fault(
            file,
            None,
            None,
            message("the link number {number}, which is not of this wave", number=row.number),
            message("the sheet of the wave {wave}", wave=wave_id),
        )
        for row, number in zip(rows, found, strict=True)
        if number is None
    ]
    if faults:
        raise ListError(faults)
    return tuple(
        replace(row, number=number)
        for row, number in zip(rows, found, strict=True)
        if number is not None
    )
