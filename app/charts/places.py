"""Who takes which place by whom: a table of ranks, strong colour for the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from app.charts.matrix import CELL
from app.charts.theme import INK, PALETTE, column_axis, name_axis, rows, wrapped
from app.i18n import Language
from app.words.phrases import place


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: its row and column, the rank, and what the tooltip says besides."""

    row: str
    column: str
    rank: float
    tip: str


def places(cells: Sequence[Place], count: int, lang: Language, *, letters: int = 11) -> Any:  # noqa: ANN401 - a layered chart
    """Draw ranks in the order in which their rows and columns first come.

    Parameters
    ----------
    cells
    count
        How many ranks there are.
    letters
        Letters to a line of a column's name.
    """
    frame = pd.DataFrame(
        {
            "row": [wrapped(c.row) for c in cells],
            "column": [wrapped(c.column, letters) for c in cells],
            "rank": [c.rank for c in cells],
            "text": [place(lang, c.rank) for c in cells],
            "tip": [c.tip for c in cells],
        }
    )
    in_rows, in_columns = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["column"]))
    base = alt.Chart(frame).encode(
        y=alt.Y("row:N", sort=in_rows, axis=name_axis()),
        x=alt.X("column:N", sort=in_columns, axis=column_axis(in_columns)),
        tooltip=alt.Tooltip("tip:N", title=" "),
    )
    tiles = base.mark_rect(cornerRadius=3, color=PALETTE[0]).encode(
        opacity=alt.Opacity(
            "rank:Q", scale=alt.Scale(domain=[1, max(count, 2)], range=[1, 0.12]), legend=None
        )
    )
    # On the strong tiles white is readable; on the pale ones the page's own grey.
    words = base.mark_text(fontSize=13, fontWeight="bold").encode(
        text="text:N",
        color=alt.condition(f"datum.rank <= {(count + 1) / 2}", alt.value("white"), alt.value(INK)),
    )
    return (tiles + words).properties(
        width="container", height=rows(in_rows, CELL if len(in_rows) < 12 else 28)
    )
