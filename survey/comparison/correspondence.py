"""Correspondence analysis: a map on which groups lie near the options they choose more often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from survey.contingency import FloatArray, check_filled, count_table
from survey.errors import SurveyError

_NOTHING: Final = 1e-14  # of the inertia: rounding, not a dimension


@dataclass(frozen=True, slots=True, eq=False)
class Correspondence:
    """Correspondence analysis of a table.

    Parameters
    ----------
    rows, columns
        Names.
    inertias
        Principal inertias, decreasing; their sum is chi-square / n. Shape (dimensions,), the
        smaller side of the table less one.
    shares
        Of the total inertia; NaN where there is none.
    row_coordinates, column_coordinates
        Principal coordinates, shapes (rows, dimensions) and (columns, dimensions): distances
        within a side are chi-square distances; between the sides only directions count.
    row_contributions, column_contributions
        Share of each point in each dimension's inertia; 0 where the dimension has none.
    row_quality, column_quality
        Squared cosines: how much of a point's distance from the centre each dimension shows;
        0 for a point at the centre.

    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    inertias: FloatArray
    shares: FloatArray
    row_masses: FloatArray
    column_masses: FloatArray
    row_coordinates: FloatArray
    column_coordinates: FloatArray
    row_contributions: FloatArray
    column_contributions: FloatArray
    row_quality: FloatArray
    column_quality: FloatArray

    @property
    def total_inertia(self) -> float:
        """Chi-square divided by the number counted."""
        return float(self.inertias.sum())


def correspondence_analysis(
    table: npt.ArrayLike,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
) -> Correspondence:
    """Analyse a table of counts without a row or column of zeros.

    The sign of a dimension is arbitrary; here the row that is farthest out on it lies on the
    positive side, so that the same table always gives the same map. Of a question where several
    options may be chosen the map describes; its inertia is then no test.

    References
    ----------
    Benzecri (1973), L'analyse des donnees; Greenacre (1984), Theory and Applications of
    Correspondence Analysis.

    """
    counts = count_table(table)
    check_filled(counts)
    row_names, column_names = _names(rows, columns, (counts.shape[0], counts.shape[1]))
    shares = counts / counts.sum()
    r, c = shares.sum(axis=1), shares.sum(axis=0)
    standardised = (shares - np.outer(r, c)) / np.sqrt(np.outer(r, c))
    u, s, vt = np.linalg.svd(standardised, full_matrices=False)
    size = min(counts.shape) - 1
    u, s, v = u[:, :size], s[:size], vt[:size].T
    s = np.where(s**2 > _NOTHING, s, 0.0)
    far = np.abs(u / np.sqrt(r)[:, None])
    sign = np.sign(u[far.argmax(axis=0), np.arange(size)])
    sign = np.where(sign == 0, 1.0, sign)
    row_at, column_at = u * sign * s / np.sqrt(r)[:, None], v * sign * s / np.sqrt(c)[:, None]
    inertias = s**2
    total = inertias.sum()
    return Correspondence(
        row_names,
        column_names,
        inertias,
        inertias / total if total > 0 else np.full(size, np.nan),
        r,
        c,
        row_at,
        column_at,
        np.where(s > 0, u**2, 0.0),
        np.where(s > 0, v**2, 0.0),
        _quality(row_at),
        _quality(column_at),
    )


def _quality(coordinates: FloatArray) -> FloatArray:
    squares = coordinates**2
    whole = squares.sum(axis=1, keepdims=True)
    quality: FloatArray = np.divide(squares, whole, out=np.zeros_like(squares), where=whole > 0)
    return quality


def _names(
    rows: Sequence[str] | None, columns: Sequence[str] | None, shape: tuple[int, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names as given, or numbers from 1."""
    if rows is not None and len(rows) != shape[0]:
        raise SurveyError(
            "row_names_number",
            "{found} names are given for {size} rows of the table; as many are expected",
            found=len(rows),
            size=shape[0],
        )
    if columns is not None and len(columns) != shape[1]:
        raise SurveyError(
            "column_names_number",
            "{found} names are given for {size} columns of the table; as many are expected",
            found=len(columns),
            size=shape[1],
        )
    given = (rows or range(1, shape[0] + 1), columns or range(1, shape[1] + 1))
    return tuple(map(str, given[0])), tuple(map(str, given[1]))
