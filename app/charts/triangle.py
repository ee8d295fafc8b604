"""Who is first for every division of weight among three criteria, as a triangle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from app.analysis import ChangeFinding, DirectionsFinding
from app.charts.theme import INK, colours, dressed, in_legend, legend
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import part
from mcda.problem import Array
from mcda.ternary import Ternary, position

# Told in pixels, so that the triangle keeps its shape on every page.
_WIDTH, _HEIGHT = 290, 250
_BESIDE = 0.06
_ALIGNED: tuple[Literal["left", "right", "center"], ...] = ("left", "right", "center")


def triangle(
    finding: ChangeFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> Any:  # noqa: ANN401 - a chart
    """Who is first over the three weightiest criteria, with the present point; None with fewer."""
    found = finding.triangle
    if found is None:
        return None
    names = Names(study, lang)
    shown = {a: in_legend(names.alternative(a)) for a in finding.problem.alternatives}
    palette = dict(zip(shown, colours(list(shown)).to_dict()["range"], strict=True))
    pieces = list(_pieces(found))
    used = [a for a in shown if a in {first for first, _ in pieces}]
    frame = pd.DataFrame(
        [
            {
                "piece": number,
                "corner": k,
                "x": float(x),
                "y": float(y),
                "first": shown[first],
            }
            for number, (first, corners) in enumerate(pieces)
            for k, (x, y) in enumerate(position(corners))
        ]
    )
    fills = (
        alt.Chart(frame)
        .mark_line(filled=True, interpolate="linear-closed", strokeWidth=0)
        .encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-_BESIDE, 1 + _BESIDE])),
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.12, 1.0])),
            detail="piece:N",
            order="corner:Q",
            fill=alt.Fill(
                "first:N",
                scale=alt.Scale(domain=[shown[a] for a in used], range=[palette[a] for a in used]),
                legend=legend(lang.say("who is first"), square=True),
            ),
            tooltip=[alt.Tooltip("first:N", title=lang.say("who is first"))],
        )
    )
    x, y = position(found.present)
    present = pd.DataFrame(
        [
            {
                "x": float(x),
                "y": float(y),
                "tip": lang.say(
                    "present weights: {parts}",
                    parts="; ".join(
                        lang.say("{name} {share}", name=names.criterion(c), share=part(s, lang))
                        for c, s in zip(found.groups, found.present.tolist(), strict=True)
                    ),
                ),
            }
        ]
    )
    point = (
        alt.Chart(present)
        .mark_point(shape="diamond", filled=True, size=140, color="white", stroke="black")
        .encode(x="x:Q", y="y:Q", tooltip=alt.Tooltip("tip:N", title=" "))
    )
    chart = alt.layer(fills, point, *_corners(found, names)).properties(
        width=_WIDTH, height=_HEIGHT, autosize=alt.AutoSizeParams(type="pad")
    )
    leads = sorted(found.areas, key=lambda a: -found.areas[a])
    return dressed(
        chart,
        lang,
        title=lang.say(
            "Who is first when three criteria divide {free} of the weight; the diamond is now ({method})",
            free=part(found.free, lang),
            method=names.method(directions.headline),
        ),
        description="; ".join(
            lang.say(
                "{name}: first in {share} of the triangle",
                name=names.alternative(a),
                share=part(found.areas[a], lang),
            )
            for a in leads
            if found.areas[a] > 0
        ),
    )


def _corners(found: Ternary, names: Names) -> Iterator[Any]:
    """Names of the criteria where each has all the weight: two below, one above."""
    titles = [names.criterion(c) for c in found.groups]
    for title, (x, y), align, dy in zip(
        titles,
        ((0.0, 0.0), (1.0, 0.0), (0.5, np.sqrt(3) / 2)),
        _ALIGNED,
        (12, 12, -12),
        strict=True,
    ):
        text = wrap(title, 40 if align == "center" else 20) or [title]
        # A corner's name begins at its own side, so that neither leaves the picture.
        yield (
            alt.Chart(pd.DataFrame({"x": [x], "y": [y]}))
            .mark_text(
                text=text,
                align=align,
                baseline="bottom" if align == "center" else "top",
                dx={"left": -14, "right": 14, "center": 0}[align],
                dy=dy if align != "center" else -4 - 14 * (len(text) - 1),
                color=INK,
                fontSize=12,
                lineHeight=14,
            )
            .encode(x="x:Q", y="y:Q")
        )


def _pieces(found: Ternary) -> Iterator[tuple[str, Array]]:
    """Polygons, each with who is first on it: exact where they are known, else joined strips."""
    if found.regions is not None:
        yield from found.regions.items()
        return
    steps = round(len(found.triangles) ** 0.5)
    strips = np.rint(found.triangles[:, :, 0].min(axis=1) * steps).astype(int)
    cells = zip(strips.tolist(), found.first, found.triangles, strict=True)
    for (_, first), run in groupby(cells, key=lambda cell: (cell[0], cell[1][0])):
        yield first, _outline(np.concatenate([triangle for _, _, triangle in run]))


def _outline(points: Array) -> Array:
    """Corners of a run of triangles between two lines of equal first share, in order."""
    low, high = points[:, 0].min(), points[:, 0].max()
    lower, upper = (points[np.isclose(points[:, 0], end)] for end in (low, high))
    ends: Array = np.array(
        [
            lower[lower[:, 1].argmin()],
            lower[lower[:, 1].argmax()],
            upper[upper[:, 1].argmax()],
            upper[upper[:, 1].argmin()],
        ]
    )
    return ends
