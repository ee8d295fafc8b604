"""What the experts named, as charts."""

from __future__ import annotations

import altair as alt
import pandas as pd

from app.analysis import QuestionFinding
from app.charts.theme import (
    INK,
    NEUTRAL,
    PALETTE,
    colours,
    dressed,
    in_legend,
    legend,
    lines,
    name_axis,
    rows,
    wrapped,
)
from app.i18n import Language
from app.study import Study
from app.words.names import Names


def shares(finding: QuestionFinding, study: Study, lang: Language) -> alt.LayerChart:
    """Share of the experts who gave each answer, or its mean weight; unknown meaning hollow."""
    names, pooled = Names(study, lang), finding.pooled
    weighed, question = finding.individual is not None, names.question(finding.question)
    known, unknown = lang.say("meaning known"), lang.say("meaning not known")
    order = [pooled.options.index(o) for o in finding.leaders]
    frame = pd.DataFrame(
        {
            "option": [wrapped(names.option(finding.question, pooled.options[k])) for k in order],
            "share": [float(pooled.shares[k]) for k in order],
            "low": [float(pooled.low[k]) for k in order],
            "high": [float(pooled.high[k]) for k in order],
            "kind": [unknown if pooled.options[k] in finding.residual else known for k in order],
            "tip": [
                lang.say(
                    "mean weight {weight}, interval {low} to {high}",
                    low=lang.number(float(pooled.low[k]), 3),
                    high=lang.number(float(pooled.high[k]), 3),
                    weight=lang.number(float(pooled.weights[k]), 3),
                )
                if weighed
                else lang.say(
                    "{share}, interval {low} to {high}, priority {weight}",
                    share=lang.percent(float(pooled.shares[k])),
                    low=lang.percent(float(pooled.low[k])),
                    high=lang.percent(float(pooled.high[k])),
                    weight=lang.number(float(pooled.weights[k]), 3),
                )
                for k in order
            ],
        }
    )
    kinds = [known, unknown] if finding.residual else [known]
    scale = alt.Scale(domain=kinds, range=[PALETTE[0], NEUTRAL][: len(kinds)])
    base = alt.Chart(frame).encode(
        y=alt.Y("option:N", sort=list(frame["option"]), axis=name_axis()),
        tooltip=[alt.Tooltip("option:N", title=lang.say("answer")), _tip(lang)],
        color=alt.Color("kind:N", scale=scale, legend=legend() if finding.residual else None),
    )
    title = (
        lang.say("mean weight, with its 95 % interval")
        if weighed
        else lang.say("share of the experts who named it")
        if finding.own_words
        else lang.say("share of the experts who chose it")
    )
    intervals = base.mark_rule(strokeWidth=2).encode(
        x=alt.X(
            "low:Q",
            title=lines(title),
            scale=alt.Scale(zero=True) if weighed else alt.Scale(domain=[0, 1]),
            axis=alt.Axis(tickCount=5) if weighed else alt.Axis(format="%", tickCount=5),
        ),
        x2="high:Q",
    )
    dots = base.mark_point(size=110, filled=True, opacity=1).encode(
        x="share:Q",
        fill=alt.Fill(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[PALETTE[0], "transparent"][: len(kinds)]),
            legend=None,
        ),
        stroke=alt.Stroke("kind:N", scale=scale, legend=None),
    )
    chart = (intervals + dots).properties(width="container", height=rows(list(frame["option"])))
    return dressed(
        chart,
        lang,
        title=lang.say("{question}: what the experts give weight to", question=question)
        if weighed
        else lang.say("{question}: how many experts gave each answer", question=question),
        description=_said(frame, lang),
    )


def by_pooling(finding: QuestionFinding, study: Study, lang: Language) -> alt.LayerChart:
    """Priority of each answer by every panel: pooled, equal groups, each group alone."""
    names = Names(study, lang)
    panels = {p: in_legend(names.pooling(p)) for p in finding.by_pooling}
    frame = pd.DataFrame(
        [
            {
                "option": wrapped(names.option(finding.question, o)),
                "panel": panels[p],
                "weight": float(each.weights[each.options.index(o)]),
                "tip": lang.say(
                    "priority {weight}",
                    weight=lang.number(float(each.weights[each.options.index(o)]), 3),
                ),
            }
            for o in finding.leaders
            for p, each in finding.by_pooling.items()
        ]
    )
    options = list(dict.fromkeys(frame["option"]))
    base = alt.Chart(frame).encode(y=alt.Y("option:N", sort=options, axis=name_axis()))
    span = base.mark_rule(color=INK, opacity=0.4, strokeWidth=1).encode(
        x=alt.X("min(weight):Q", title=lines(lang.say("priority")), scale=alt.Scale(zero=True)),
        x2="max(weight):Q",
    )
    shapes = ["diamond", "square", "circle", "triangle-up", "triangle-down", "cross"]
    dots = base.mark_point(filled=True, size=90, opacity=0.9).encode(
        x="weight:Q",
        color=alt.Color("panel:N", scale=colours(list(panels.values())), legend=legend()),
        shape=alt.Shape(
            "panel:N",
            scale=alt.Scale(
                domain=list(panels.values()),
                range=[shapes[k % len(shapes)] for k in range(len(panels))],
            ),
            legend=legend(),
        ),
        tooltip=[
            alt.Tooltip("option:N", title=lang.say("answer")),
            alt.Tooltip("panel:N", title=lang.say("panel")),
            _tip(lang),
        ],
    )
    chart = (span + dots).properties(width="container", height=rows(options))
    return dressed(
        chart,
        lang,
        title=lang.say(
            "{question}: priorities by panel of experts", question=names.question(finding.question)
        ),
        description=lang.say(
            "Dots: priority of each answer with all experts pooled, with equal groups and in each group alone."
        ),
    )


def _tip(lang: Language) -> alt.Tooltip:
    return alt.Tooltip("tip:N", title=lang.say("value"))


def _said(frame: pd.DataFrame, lang: Language) -> str:
    parts = [
        lang.say("{name}: {value}", name=name.replace("\n", " "), value=tip)
        for name, tip in zip(frame["option"], frame["tip"], strict=True)
    ]
    return "; ".join(parts)
