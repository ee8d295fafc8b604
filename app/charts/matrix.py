"""Coloured tables: who is first where, who takes which rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from app.charts.theme import colours, column_axis, name_axis, rows, wrapped

CELL = 38


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, what colours it, what is written in it, and its tooltip."""

    row: str
    column: str
    colour: str
    text: str
    tip: str


def matrix(cells: Sequence[Cell], names: Mapping[str, str], *, legend: alt.Legend | None) -> Any:  # noqa: ANN401 - a layered chart
    """Draw cells in the order in which their rows and columns first come.

    Parameters
    ----------
    cells
    names
        What each colour stands for; its order gives the colours; the legend holds those in use.
    legend
        None where the texts in the cells say it all.
    """
    frame = pd.DataFrame(
        {
            "row": [wrapped(c.row) for c in cells],
            "column": [wrapped(c.column, 12) for c in cells],
            "colour": [names.get(c.colour, c.colour) for c in cells],
            "text": [c.text for c in cells],
            "tip": [c.tip for c in cells],
        }
    )
    used = {c.colour for c in cells}
    palette = dict(zip(names, colours(list(names)).to_dict()["range"], strict=True))
    scale = alt.Scale(
        domain=[names[k] for k in names if k in used],
        range=[palette[k] for k in names if k in used],
    )
    in_rows, in_columns = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["column"]))
    base = alt.Chart(frame).encode(
        y=alt.Y("row:N", sort=in_rows, axis=name_axis()),
        x=alt.X(
            "column:N",
            sort=in_columns,
            axis=column_axis(in_columns),
        ),
        tooltip=alt.Tooltip("tip:N", title=" "),
    )
    tiles = base.mark_rect(cornerRadius=3, stroke="transparent", strokeWidth=2).encode(
        color=alt.Color("colour:N", scale=scale, legend=legend)
    )
    # White on every colour of the palette is readable in bold.
    words = base.mark_text(color="white", fontWeight="bold", fontSize=13).encode(text="text:N")
    return (tiles + words).properties(width="container", height=rows(in_rows, CELL))
