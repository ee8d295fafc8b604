"""Write a row, or write over the one with the same key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    key: Sequence[str],
) -> None:
    """Insert a row or rows; where the key is there already, set the other columns.

    Parameters
    ----------
    connection
        Of a job that writes.
    table
        One of the store's tables.
    values
        Column -> value, of one row or of several with the same columns.
    key
        Columns of a primary key or of a unique index.

    """
    rows = [values] if isinstance(values, Mapping) else list(values)
    if rows:
        statement = _statement(connection.dialect.name, table, tuple(rows[0]), tuple(key))
        connection.execute(
            statement, [dict(row) for row in rows] if len(rows) > 1 else dict(rows[0])
        )


# Building a statement costs more than running it.
@lru_cache(maxsize=256)
def _statement(
    dialect: str, table: Table, columns: tuple[str, ...], key: tuple[str, ...]
) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = insert(table)
    others = {name: made.excluded[name] for name in columns if name not in key}
    if not others:
        return made.on_conflict_do_nothing(index_elements=list(key))
    return made.on_conflict_do_update(index_elements=list(key), set_=others)
