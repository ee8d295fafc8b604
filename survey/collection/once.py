"""Write a row if its key is not there yet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its primary key is there; says whether it was inserted."""
    statement = _statement(connection.dialect.name, table, tuple(row))
    return connection.execute(statement, dict(row)).first() is not None


@lru_cache(maxsize=64)
def _statement(
    dialect: str, table: Table, columns: tuple[str, ...]
) -> ReturningInsert[tuple[Any, ...]]:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = insert(table).values(dict.fromkeys(columns)).on_conflict_do_nothing()
    return made.returning(*table.primary_key.columns)
