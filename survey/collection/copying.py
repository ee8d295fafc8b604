"""Copy all rows of a store into the empty tables of another one, of either kind."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Table, func, select

from survey.collection.schema import METADATA
from survey.errors import SurveyError

_ROWS = 1000  # at a time


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows of each table."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in METADATA.sorted_tables
    }


def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Copy every row, in the order of the keys, and return how many of each table.

    The order of the keys says nothing of the order in which rows came.

    Raises
    ------
    SurveyError
        `store_not_empty`: the target holds rows. `store_copy`: another number of rows arrived.

    """
    held = sum(count_rows(target).values())
    if held:
        raise SurveyError(
            "store_not_empty",
            "the store already holds {rows} rows; a backup is restored into an empty store only",
            rows=held,
        )
    copied = {table.name: _copy(source, target, table) for table in METADATA.sorted_tables}
    arrived = count_rows(target)
    for name, rows in copied.items():
        if arrived[name] != rows:
            raise SurveyError(
                "store_copy",
                "{rows} rows of {table} were read, but {arrived} were written; nothing was stored",
                rows=rows,
                table=name,
                arrived=arrived[name],
            )
    return copied


def _copy(source: Connection, target: Connection, table: Table) -> int:
    statement = select(table).order_by(*table.primary_key).execution_options(yield_per=_ROWS)
    own = _own_reference(table)
    references: list[dict[str, object]] = []
    copied = 0
    for part in source.execute(statement).mappings().partitions():
        rows = [dict(row) for row in part]
        if own is not None:
            # A row may refer to one that comes after it: the references follow when all are there.
            references += [row for row in rows if row[own.name] is not None]
            rows = [row | {own.name: None} for row in rows]
        target.execute(table.insert(), rows)
        copied += len(rows)
    if own is not None:
        for row in references:
            key = [column == row[column.name] for column in table.primary_key]
            target.execute(table.update().where(*key).values({own.name: row[own.name]}))
    return copied


def _own_reference(table: Table) -> Column[object] | None:
    """Column that refers to a row of the same table."""
    return next(
        (key.parent for key in table.foreign_keys if key.column.table is table),
        None,
    )
