"""Checks that every long frame passes before it becomes arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

SIGNS: Mapping[str, float] = {"max": 1.0, "min": -1.0}


def require_columns(frame: pd.DataFrame, columns: Sequence[str], table: str) -> None:
    """Raise unless `frame` has every column and at least one row."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ScenarioError(
            "columns_missing",
            "table {table} has no column {missing}; expected the columns {expected}",
            table=table,
            missing=", ".join(missing),
            expected=", ".join(columns),
        )
    if frame.empty:
        raise ScenarioError(
            "table_empty", "table {table} is empty; expected at least one row", table=table
        )


def require_labels(frame: pd.DataFrame, columns: Sequence[str], table: str) -> None:
    """Raise if a column of labels has an empty cell."""
    empty = frame[list(columns)].isna().to_numpy()
    if empty.any():
        row, column = (int(k) for k in np.argwhere(empty)[0])
        raise ScenarioError(
            "label_empty",
            "table {table}, row {row}: {column} is empty; expected a label",
            table=table,
            row=row + 1,
            column=columns[column],
        )


def require_unique(frame: pd.DataFrame, columns: Sequence[str], table: str) -> None:
    """Raise if two rows share the same values of `columns`."""
    repeated = frame.duplicated(subset=list(columns))
    if repeated.any():
        first = frame.loc[repeated, list(columns)].iloc[0]
        raise ScenarioError(
            "rows_repeated",
            "table {table} has several rows for {key}; expected one",
            table=table,
            key=", ".join(f"{column} {value}" for column, value in first.items()),
        )


def whole_years(frame: pd.DataFrame, table: str) -> NDArray[np.int64]:
    """Column `year` as integers."""
    numbers = pd.to_numeric(frame["year"], errors="coerce").to_numpy(dtype=float)
    wrong = ~((numbers >= 1) & (numbers <= 9999) & (numbers == np.round(numbers)))
    if wrong.any():
        raise ScenarioError(
            "year_not_whole",
            "table {table} has the year {found}; expected a whole number from 1 to 9999",
            table=table,
            found=frame["year"].iloc[int(np.argmax(wrong))],
        )
    return numbers.astype(np.int64)


def finite_numbers(
    frame: pd.DataFrame, column: str, keys: Sequence[str], table: str
) -> NDArray[np.float64]:
    """Column of finite numbers; the error names the row by its `keys`."""
    numbers = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=np.float64)
    wrong = ~np.isfinite(numbers)
    if wrong.any():
        row = frame.iloc[int(np.argmax(wrong))]
        raise ScenarioError(
            "number_expected",
            "table {table}, {key}: {column} is {found}; expected a finite number",
            table=table,
            key=", ".join(f"{key} {row[key]}" for key in keys),
            column=column,
            found=row[column],
        )
    return numbers


def in_order(values: Iterable[str]) -> tuple[str, ...]:
    """Distinct labels in the order of their first appearance."""
    return tuple(dict.fromkeys(str(value) for value in values))


def require_sense(sense: object, indicator: str) -> None:
    """Raise unless `sense` is max or min."""
    if sense not in SIGNS:
        raise ScenarioError(
            "sense_unknown",
            "indicator {indicator} has the sense {sense}; expected max or min",
            indicator=indicator,
            sense=sense,
        )


def frozen(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """Read-only copy, so that a frozen dataclass is frozen in depth."""
    copy = np.array(array, dtype=np.float64)
    copy.setflags(write=False)
    return copy
