"""How the groups of experts differ, as charts."""

from __future__ import annotations

from string import ascii_uppercase
from typing import Any

import altair as alt
import pandas as pd

from app.analysis import LEVEL, QuestionGroups
from app.charts.theme import (
    INK,
    PALETTE,
    colours,
    dressed,
    in_legend,
    legend,
    lines,
    name_axis,
    wrapped,
)
from app.i18n import Language
from app.study import Study
from app.words.experts import option_name, p_value
from app.words.names import Names
from survey.comparison import Correspondence

_STEP = 16  # pixels of one group within an answer
_GAP = 12
_MAP = 250  # pixels each way, so that distances are to scale; fits a telephone


def differences(found: QuestionGroups, question: str, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Share in each group less the share among all other experts, with intervals."""
    names = Names(study, lang)
    contrasts = found.comparison.contrasts
    groups = {g: in_legend(names.group(g)) for g in dict.fromkeys(c.group for c in contrasts)}
    apart, level = lang.say("told apart"), lang.say("not told apart")
    frame = pd.DataFrame(
        [
            {
                "option": wrapped(option_name(question, c.option, names, lang)),
                "group": groups[c.group],
                "difference": c.difference.value,
                "low": c.difference.low,
                "high": c.difference.high,
                "told": apart if c.p_holm < LEVEL else level,
                "tip": lang.say(
                    "{share} against {others}; difference {low} to {high}; adjusted {p}",
                    share=lang.percent(c.share),
                    others=lang.percent(c.share_of_others),
                    low=lang.percent(c.difference.low),
                    high=lang.percent(c.difference.high),
                    p=p_value(c.p_holm, lang),
                ),
            }
            for c in contrasts
        ]
    )
    options = list(dict.fromkeys(frame["option"]))
    colour = colours(list(groups.values()))
    base = alt.Chart(frame).encode(
        y=alt.Y("option:N", sort=options, axis=name_axis()),
        yOffset=alt.YOffset("group:N", sort=list(groups.values())),
        tooltip=[
            alt.Tooltip("option:N", title=lang.say("answer")),
            alt.Tooltip("group:N", title=lang.say("group")),
            alt.Tooltip("tip:N", title=lang.say("value")),
        ],
    )
    intervals = base.mark_rule(strokeWidth=2).encode(
        x=alt.X(
            "low:Q",
            title=lines(
                lang.say("share in the group less the share among the others; 95 % interval")
            ),
            scale=alt.Scale(domain=[-1, 1]),
            axis=alt.Axis(format="+%", tickCount=5),
        ),
        x2="high:Q",
        color=alt.Color("group:N", scale=colour, legend=legend()),
    )
    shapes = legend(above=True)
    shapes["symbolFillColor"] = shapes["symbolStrokeColor"] = INK
    dots = base.mark_point(size=80, filled=True, opacity=1).encode(
        x="difference:Q",
        color=alt.Color("group:N", scale=colour, legend=legend()),
        shape=alt.Shape(
            "told:N",
            scale=alt.Scale(domain=[apart, level], range=["circle", "cross"]),
            legend=shapes,
        ),
    )
    zero = (
        alt.Chart(pd.DataFrame({"zero": [0]}))
        .mark_rule(color=INK, strokeDash=[4, 3])
        .encode(x="zero:Q")
    )
    height = len(options) * (_STEP * max(len(groups), 2) + _GAP)
    return dressed(
        (zero + intervals + dots).properties(width="container", height=height),
        lang,
        title=lang.say(
            "{question}: each group against all other experts",
            question=names.question(question),
        ),
        description=_described(frame, lang),
    )


def map_of(found: Correspondence, question: str, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Groups near the answers that they give more often than others do."""
    names = Names(study, lang)
    marks = [
        (
            ascii_uppercase[k % len(ascii_uppercase)],
            names.group(g),
            found.column_coordinates[k],
            True,
        )
        for k, g in enumerate(found.columns)
    ] + [
        (str(k + 1), option_name(question, o, names, lang), found.row_coordinates[k], False)
        for k, o in enumerate(found.rows)
    ]
    frame = pd.DataFrame(
        [
            {"mark": mark, "name": in_legend(f"{mark}  {name}"), "x": at[0], "y": at[1]}
            for mark, name, at, _ in marks
        ]
    )
    colour = alt.Scale(
        domain=list(frame["name"]),
        range=[PALETTE[1] if group else PALETTE[0] for *_, group in marks],
    )
    shape = alt.Scale(
        domain=list(frame["name"]),
        range=["square" if group else "circle" for *_, group in marks],
    )
    # One scale for both dimensions: distances on the map are to be compared.
    reach = float(frame[["x", "y"]].abs().to_numpy().max()) * 1.15 or 1.0
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    base = alt.Chart(frame).encode(
        x=alt.X(
            "x:Q",
            scale=scale,
            axis=alt.Axis(tickCount=5),
            title=lines(
                lang.say("first dimension, {share}", share=lang.percent(float(found.shares[0])))
            ),
        ),
        y=alt.Y(
            "y:Q",
            scale=scale,
            axis=alt.Axis(tickCount=5),
            title=lang.say("second dimension, {share}", share=lang.percent(float(found.shares[1]))),
        ),
        tooltip=alt.Tooltip("name:N", title=" "),
    )
    points = base.mark_point(size=330, filled=True, opacity=1).encode(
        color=alt.Color("name:N", scale=colour, legend=legend()),
        shape=alt.Shape("name:N", scale=shape, legend=legend()),
    )
    words = base.mark_text(color="white", fontWeight="bold", fontSize=11).encode(text="mark:N")
    return dressed(
        (points + words).properties(
            width=_MAP, height=_MAP, autosize=alt.AutoSizeParams(type="pad")
        ),
        lang,
        title=lang.say(
            "{question}: which answers lie towards which group", question=names.question(question)
        ),
        description=lang.say(
            "Correspondence map: a group lies in the direction of the answers that it gave more often than the others did."
        ),
    )


def _described(frame: pd.DataFrame, lang: Language) -> str:
    return "; ".join(
        lang.say(
            "{name}: {value}",
            name=f"{row.option}, {row.group}".replace("\n", " "),
            value=row.tip,
        )
        for row in frame.itertuples()
    )
