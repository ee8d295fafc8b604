"""Tables with numbers in the reader's language: the cells stay numbers, so columns can be sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from app.i18n import Language

_ROW = 35  # pixels of a row of one line
_WRAPPED = 76  # pixels: three lines of text
_SCROLLED = 5  # columns that fit beside each other


@dataclass(frozen=True, slots=True)
class Column:
    """How a column looks.

    Attributes
    ----------
    label : str
        Heading, with the unit.
    digits : int or None
        Decimals of a number; None for a text, or a number as it stands in its source.
    percent : bool
        A share, shown as a percentage.
    place : bool
        A rank: a decimal only where it is shared.
    help : str
    width : str or None
    """

    label: str
    digits: int | None = None
    percent: bool = False
    place: bool = False
    help: str = ""
    width: Literal["small", "medium", "large"] | None = None

    def text(self, lang: Language) -> Callable[[Any], str] | None:
        """Return what turns a cell into text; None where the cell is text."""
        if self.place:
            return lambda value: lang.number(value, 0 if float(value).is_integer() else 1)
        if self.digits is None:
            return None
        write = lang.percent if self.percent else lang.number
        digits = self.digits
        return lambda value: "" if pd.isna(value) else write(float(value), digits)


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    lang: Language,
    alt: str,
    *,
    wrap: bool = False,
    most: int | None = None,
) -> None:
    """Show columns of a frame.

    Parameters
    ----------
    frame
        Index is not shown.
    columns
        Name in the frame to its look, in the order shown.
    alt
        What the table holds, for those who cannot see it.
    wrap
        Cells hold sentences: give every row three lines.
    most
        Rows in view; of a longer table the rest is scrolled to.
    """
    shown = frame[list(columns)].reset_index(drop=True)
    formats: dict[Any, Any] = {
        name: form for name, c in columns.items() if (form := c.text(lang)) is not None
    }
    st.dataframe(
        shown.style.format(formats, na_rep=""),
        column_config={
            name: st.column_config.Column(
                c.label,
                help=c.help or None,
                width=c.width,
                # What a row is about stays in view when the others have to be scrolled.
                pinned=name == next(iter(columns)) and len(columns) > _SCROLLED,
            )
            for name, c in columns.items()
        },
        hide_index=True,
        width="stretch",
        height="content" if most is None or len(shown) <= most else (most + 1) * _ROW,
        row_height=_WRAPPED if wrap else None,
        alt=alt,
    )


def source_number(value: float, lang: Language) -> str:
    """Format a number with as many decimals as its source prints."""
    text = f"{value:.10g}"
    decimals = len(text.partition(".")[2]) if "e" not in text else 2
    return lang.number(value, decimals)
