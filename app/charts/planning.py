"""How many more experts would settle the first place, as a chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.analysis import PlanningFinding
from app.charts.theme import INK, colours, dressed, in_legend, legend, lines
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.planning import chance, panel

_SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")


def more_experts(finding: PlanningFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Probability that the first place is stable, by the number of further experts."""
    names = Names(study, lang)
    panels = {who: in_legend(panel(who, names, lang)) for who in finding.curves}
    frame = pd.DataFrame(
        [
            {
                "panel": panels[who],
                "size": size,
                "stable": float(curve.stable[k]),
                "tip": lang.say(
                    "{count} more: {share}",
                    count=lang.number(size, 0),
                    share=chance(float(curve.stable[k]), lang),
                ),
            }
            for who, curve in finding.curves.items()
            for k, size in enumerate(finding.sizes)
        ]
    )
    least = min(0.9, float(frame["stable"].min()) // 0.1 * 0.1)
    scale = alt.Scale(domain=[least, 1], nice=False, zero=False)
    base = alt.Chart(frame).encode(
        x=alt.X(
            "size:Q",
            title=lines(lang.say("experts asked in addition; the scale narrows to the right")),
            scale=alt.Scale(type="sqrt", domain=[0, finding.sizes[-1]], nice=False),
            axis=alt.Axis(values=[0, 50, 200, 400, 800, 1600], labelFlush=True),
        ),
        y=alt.Y(
            "stable:Q",
            title=lines(lang.say("probability that the first place is stable")),
            scale=scale,
            axis=alt.Axis(format="%", tickCount=5),
        ),
        color=alt.Color("panel:N", scale=colours(list(panels.values())), legend=legend()),
        tooltip=[
            alt.Tooltip("panel:N", title=lang.say("asked")),
            alt.Tooltip("tip:N", title=lang.say("value")),
        ],
    )
    shape = alt.Shape(
        "panel:N",
        scale=alt.Scale(
            domain=list(panels.values()),
            range=[_SHAPES[k % len(_SHAPES)] for k in range(len(panels))],
        ),
        legend=legend(),
    )
    curves = base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=45).encode(
        shape=shape
    )
    threshold = (
        alt.Chart(pd.DataFrame({"settled": [finding.settled]}))
        .mark_rule(color=INK, strokeDash=[6, 4])
        .encode(y=alt.Y("settled:Q", scale=scale))
    )
    return dressed(
        (threshold + curves).properties(width="container", height=320),
        lang,
        title=lang.say("How many more experts would settle the first place"),
        description="; ".join(
            lang.say(
                "{panel}: {now} now, {then} with {count} more",
                panel=panel(who, names, lang),
                now=chance(float(curve.stable[0]), lang),
                then=chance(float(curve.stable[-1]), lang),
                count=lang.number(finding.sizes[-1], 0),
            )
            for who, curve in finding.curves.items()
        ),
    )
