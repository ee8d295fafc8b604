"""Shares with their standard errors as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from app.charts.theme import INK, NEUTRAL, PALETTE, lines, name_axis, rows, wrapped
from app.i18n import Language


@dataclass(frozen=True, slots=True)
class Bar:
    """One share: its name, its standard error, and whether it stands out."""

    name: str
    share: float
    error: float
    strong: bool = True

    def text(self, lang: Language) -> str:
        """The figure with its error."""
        return lang.say(
            "{share} ± {error}",
            share=lang.percent(self.share, 1),
            error=lang.percent(self.error, 1),
        )


def bars(given: Sequence[Bar], lang: Language, *, what: str, axis: str, value: str) -> Any:  # noqa: ANN401 - a layered chart
    """Draw bars from the largest to the smallest, a line of one standard error to each side.

    Parameters
    ----------
    given
    what, value
        What the names are, and the figures, for the tooltip.
    axis
        Title of the axis.
    """
    order = sorted(given, key=lambda b: -b.share)
    frame = pd.DataFrame(
        [
            {
                "name": wrapped(b.name),
                "share": b.share,
                "low": b.share - b.error,
                "high": b.share + b.error,
                "text": b.text(lang),
                "strong": b.strong,
            }
            for b in order
        ]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=list(frame["name"]), axis=name_axis()),
        tooltip=[alt.Tooltip("name:N", title=what), alt.Tooltip("text:N", title=value)],
    )
    drawn = base.mark_bar(height=16).encode(
        x=alt.X("share:Q", title=lines(axis), axis=alt.Axis(format="%", tickCount=5)),
        color=alt.condition("datum.strong", alt.value(PALETTE[0]), alt.value(NEUTRAL)),
    )
    errors = base.mark_rule(strokeWidth=2, color=INK).encode(x="low:Q", x2="high:Q")
    return (drawn + errors).properties(width="container", height=rows(list(frame["name"])))


def told(given: Sequence[Bar], lang: Language) -> str:
    """Description for those who do not see the bars."""
    return "; ".join(
        lang.say("{name}: {value}", name=b.name, value=b.text(lang))
        for b in sorted(given, key=lambda b: -b.share)
    )
