"""The whole finding in one chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.analysis import DirectionsFinding
from app.charts.theme import colours, dressed, lines, name_axis, rows, wrapped
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import counted


def first_by(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """How many combinations of method class and reading each direction leads."""
    names = Names(study, lang)
    order = sorted(finding.first_by, key=lambda a: -finding.first_by[a])
    frame = pd.DataFrame(
        [
            {
                "key": a,
                "direction": wrapped(names.alternative(a)),
                "count": finding.first_by[a],
                "text": counted(lang, finding.first_by[a]),
            }
            for a in order
        ]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("direction:N", sort=list(frame["direction"]), axis=name_axis()),
        x=alt.X(
            "count:Q",
            title=lines(lang.say("combinations led, of {total}", total=len(finding.by_reading))),
            scale=alt.Scale(domain=[0, len(finding.by_reading)]),
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
        tooltip=[
            alt.Tooltip("direction:N", title=lang.say("direction")),
            alt.Tooltip("text:N", title=lang.say("combinations led")),
        ],
    )
    bars = base.mark_bar(height=18).encode(
        color=alt.Color("key:N", scale=colours(list(finding.problem.alternatives)), legend=None)
    )
    chart = bars.properties(width="container", height=rows(list(frame["direction"])))
    return dressed(
        chart,
        lang,
        title=lang.say("Who leads, over classes of methods and readings"),
        description="; ".join(
            lang.say("{name}: {value}", name=names.alternative(a), value=t)
            for a, t in zip(order, frame["text"], strict=True)
        ),
    )
