"""One look for all charts: readable on light and dark, by the colour-blind, and on a phone."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

from app.i18n import Language

# After Okabe and Ito (2008), each shifted until it shows on white and on near-black alike.
PALETTE = (
    "#1f83c4",
    "#e08a00",
    "#12a07a",
    "#d2552f",
    "#b46bb0",
    "#58a6d9",
    "#a08a1e",
    "#7f7fd5",
    "#c94f7c",
    "#5f9e3a",
)
# What nobody knows the meaning of, and what is only a background to something else.
NEUTRAL = "#8b8d93"
# Text and rules that stand on the page itself; close to equally far from white and black.
INK = "#7d8087"
# Ends of a scale of good and bad that the colour-blind can tell apart.
GOOD, MIDDLE, BAD = "#1f83c4", "#8b8d93", "#e08a00"

_TITLE_WIDTH = 34
_LABEL_WIDTH = 22
_LEGEND_WIDTH = 24
_NARROW_LEGEND = 17
_AXIS_WIDTH = 30
_LEVEL_COLUMNS = 4
# Letters that the columns of a table on a telephone have room for side by side.
_LEVEL_LETTERS = 30
_LABEL_PIXELS = 170
_UPRIGHT_PIXELS = 230
_LINE = 14  # pixels from one line of a label to the next
_EXTRA_LINES = r"(length(split(datum.label, '\n')) - 1)"
_ROW = 34


def wrapped(text: str, width: int = _LABEL_WIDTH) -> str:
    """Break a label into lines; `name_axis` shows them."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False)) or text


def name_axis(**options: Any) -> alt.Axis:  # noqa: ANN401 - Altair's own options
    """Axis of names made by `wrapped`: rows beside the chart, or columns above it."""
    settings: dict[str, Any] = {
        # Vega hangs further lines below the first: move them up by half, or by all above a chart.
        "labelOffset": {"expr": f"{_EXTRA_LINES} * -{_LINE / 2}"},
        "title": None,
        "labelExpr": r"split(datum.label, '\n')",
        "labelLimit": _LABEL_PIXELS,
        "labelOverlap": False,
        "ticks": False,
        "domain": False,
        "grid": False,
    }
    return alt.Axis(**(settings | options))


def column_axis(labels: Sequence[str]) -> alt.Axis:
    """Axis of names above the columns of a table; many or wide columns have theirs upright."""
    columns = set(labels)
    widest = max((len(line) for label in columns for line in label.split("\n")), default=0)
    if len(columns) > _LEVEL_COLUMNS or len(columns) * widest > _LEVEL_LETTERS:
        return name_axis(
            orient="top",
            labelAngle=-90,
            labelAlign="left",
            labelOffset=0,
            labelLimit=_UPRIGHT_PIXELS,
            labelExpr=r"replace(datum.label, /\n/g, ' ')",
        )
    above = {"expr": f"4 + {_EXTRA_LINES} * {_LINE}"}
    return name_axis(orient="top", labelAngle=0, labelOffset=0, labelPadding=above, labelLimit=110)


def lines(text: str) -> list[str]:
    """Title of an axis in lines that a narrow chart has room for."""
    return textwrap.wrap(text, _AXIS_WIDTH)


def legend(
    title: str | None = None, columns: int = 1, *, above: bool = False, square: bool = False
) -> alt.Legend:
    """Legend below the chart, so that a narrow screen keeps its width for the picture.

    A chart's second legend goes above it: side by side it would be cut off on a telephone.
    `square` is for lines so dense that they make an area.
    """
    return alt.Legend(
        symbolType="square" if square else alt.Undefined,
        title=title,
        orient="top" if above else "bottom",
        columns=columns,
        labelExpr=r"split(datum.label, '\n')",
        labelLimit=0,
        symbolOpacity=1,
        symbolLimit=40,
        titleLimit=0,
    )


def colours(keys: Sequence[str]) -> alt.Scale:
    """Scale that gives each key its place in the palette."""
    return alt.Scale(domain=list(keys), range=[PALETTE[k % len(PALETTE)] for k in range(len(keys))])


def steps(count: int) -> list[str]:
    """So many colours from good over the middle to bad."""
    stops = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (GOOD, MIDDLE, BAD)]
    shades = []
    for k in range(count):
        place = 2 * k / max(count - 1, 1)
        lower, part = stops[min(int(place), 1)], place - min(int(place), 1)
        upper = stops[min(int(place), 1) + 1]
        shades.append(
            "#"
            + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(lower, upper, strict=True))
        )
    return shades


def in_legend(text: str) -> str:
    """Break a name into the lines that a legend below the chart has room for."""
    return wrapped(text, _LEGEND_WIDTH)


def narrow(text: str) -> str:
    """Break a name for a legend of a chart that stands in a folded section of a telephone's page."""
    return wrapped(text, _NARROW_LEGEND)


def rows(labels: Sequence[str], least: int = _ROW) -> int:
    """Height of a chart with these row labels, so that the longest one has room."""
    most = max((label.count("\n") + 1 for label in labels), default=1)
    return max(len(labels), 2) * max(least, most * _LINE + 8)


def dressed(
    chart: Any,  # noqa: ANN401 - any kind of Altair chart
    lang: Language,
    *,
    title: str,
    description: str,
) -> Any:  # noqa: ANN401 - the same kind
    """Give a chart its title, its description for those who do not see it, and the look.

    Colours of texts and lines are left to the page that shows the chart: they are not set here.
    """
    titled = chart.properties(
        title=alt.Title(
            textwrap.wrap(title, _TITLE_WIDTH),
            anchor="start",
            frame="bounds",
            fontSize=14,
            fontWeight=600,
            offset=10,
        ),
        description=description,
        background="transparent",
    )
    if "container" in str(getattr(titled, "width", "")):
        # The page gives the width; the height stays, whatever legend and labels take.
        titled = titled.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    russian = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " ₽"]}
    english = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}
    return titled.configure(
        locale={"number": russian if lang.code == "ru" else english},
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridOpacity=0.25,
            gridColor=INK,
            domainColor=INK,
            tickColor=INK,
        ),
        legend=alt.LegendConfig(labelFontSize=12, titleFontSize=12, titleFontWeight="normal"),
        header=alt.HeaderConfig(labelFontSize=12, titleFontSize=12),
    )
