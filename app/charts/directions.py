"""The ranking of the directions as charts."""

from __future__ import annotations

from itertools import product
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from app.analysis import DirectionsFinding
from app.charts.firsts import first_by_normalisation, first_by_panel, first_by_reading, tag
from app.charts.places import Place, places
from app.charts.theme import (
    INK,
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
from app.words.phrases import place

__all__ = [
    "first_by_normalisation",
    "first_by_panel",
    "first_by_reading",
    "ranks",
    "scores",
    "weights",
]

# Beyond so many, methods as columns would be too narrow to read.
_COLUMNS = 8


def scores(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401 - a chart
    """Scores by the headline method, best first; stacked by criterion where the method adds up."""
    names, result = Names(study, lang), finding.result
    order = [int(k) for k in np.argsort(result.ranks, kind="stable")]
    labels = {k: wrapped(names.alternative(result.alternatives[k])) for k in order}
    method = names.method(finding.headline)
    total = pd.DataFrame(
        {
            "direction": [labels[k] for k in order],
            "score": [float(result.scores[k]) for k in order],
            "text": [lang.number(float(result.scores[k]), 3) for k in order],
        }
    )
    y = alt.Y("direction:N", sort=list(total["direction"]), axis=name_axis())
    parts = _contributions(finding)
    title = lang.say("score by {method}", method=method)
    if parts is None:
        bars = (
            alt.Chart(total)
            .mark_bar(color=PALETTE[0], height=16)
            .encode(y=y, x=alt.X("score:Q", title=lines(title)), tooltip=["direction:N", "text:N"])
        )
        layers = [bars]
    else:
        criteria = {c: in_legend(names.criterion(c)) for c in result.criteria}
        frame = pd.DataFrame(
            [
                {
                    "direction": labels[k],
                    "criterion": criteria[c],
                    "part": float(parts[k, j]),
                    "text": lang.number(float(parts[k, j]), 3),
                }
                for k in order
                for j, c in enumerate(result.criteria)
            ]
        )
        bars = (
            alt.Chart(frame)
            .mark_bar(height=16)
            .encode(
                y=y,
                x=alt.X("part:Q", title=lines(title), stack="zero"),
                color=alt.Color(
                    "criterion:N",
                    scale=colours(list(criteria.values())),
                    legend=legend(lang.say("what each criterion adds")),
                ),
                tooltip=[
                    alt.Tooltip("direction:N", title=lang.say("direction")),
                    alt.Tooltip("criterion:N", title=lang.say("criterion")),
                    alt.Tooltip("text:N", title=lang.say("adds")),
                ],
            )
        )
        dots = (
            alt.Chart(total)
            .mark_point(shape="diamond", filled=True, size=110, color="white", stroke="black")
            .encode(
                y=y,
                x="score:Q",
                tooltip=[
                    alt.Tooltip("direction:N", title=lang.say("direction")),
                    alt.Tooltip("text:N", title=lang.say("score")),
                ],
            )
        )
        layers = [bars, dots]
    chart = alt.layer(*layers).properties(width="container", height=rows(list(total["direction"])))
    return dressed(
        chart,
        lang,
        title=lang.say("Scores of the directions by {method}", method=method),
        description="; ".join(
            lang.say("{name}: {value}", name=d.replace("\n", " "), value=t)
            for d, t in zip(total["direction"], total["text"], strict=True)
        ),
    )


def ranks(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401 - a chart
    """Rank of every direction by every method; many methods stand below each other."""
    names = Names(study, lang)
    alternatives = finding.problem.alternatives
    order = np.argsort(finding.result.ranks, kind="stable")
    upright = len(finding.results) > _COLUMNS
    cells = []
    for k, label in (
        product(order, finding.results)
        if not upright
        else ((k, label) for label in finding.results for k in order)
    ):
        result, direction = finding.results[label], alternatives[k]
        method = names.method(label)
        cells.append(
            Place(
                row=method if upright else names.alternative(direction),
                column=names.short(direction) if upright else method,
                rank=float(result.ranks[k]),
                tip=lang.say(
                    "{method}, {name}: place {place}, score {score}",
                    method=method,
                    name=names.alternative(direction),
                    place=place(lang, result.ranks[k]),
                    score=lang.number(float(result.scores[k]), 3),
                ),
            )
        )
    return dressed(
        places(cells, len(alternatives), lang),
        lang,
        title=lang.say("Ranks by method: 1 is best"),
        description="; ".join(
            lang.say(
                "{name}: {value}",
                name=names.method(label),
                value=", ".join(
                    f"{names.short(alternatives[k])} {place(lang, r.ranks[k])}" for k in order
                ),
            )
            for label, r in finding.results.items()
        ),
    )


def weights(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Weights of the criteria and how far each could go before another direction is first."""
    names = Names(study, lang)
    frame = pd.DataFrame(
        [
            {
                "criterion": wrapped(names.criterion(s.criterion)),
                "weight": s.weight,
                "low": s.low,
                "high": s.high,
                "tip": lang.say(
                    "weight {weight}, first place stays from {low} to {high}",
                    weight=lang.number(s.weight),
                    low=lang.number(s.low),
                    high=lang.number(s.high),
                ),
                "above": "" if s.above is None else tag(s.above, names),
                "below": "" if s.below is None else tag(s.below, names),
            }
            for s in sorted(finding.stability, key=lambda s: -s.weight)
        ]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("criterion:N", sort=list(frame["criterion"]), axis=name_axis()),
        tooltip=[
            alt.Tooltip("criterion:N", title=lang.say("criterion")),
            alt.Tooltip("tip:N", title=lang.say("value")),
        ],
    )
    x = alt.X(
        "low:Q",
        title=lines(lang.say("weight; the band is where the first place stays")),
        scale=alt.Scale(domain=[0, 1]),
    )
    bands = base.mark_bar(height=12, opacity=0.35, color=PALETTE[0]).encode(x=x, x2="high:Q")
    now = base.mark_tick(thickness=4, size=20, color=PALETTE[1]).encode(x="weight:Q")
    above = base.mark_text(align="left", dx=4, color=INK, fontSize=12).encode(
        x="high:Q", text="above:N"
    )
    below = base.mark_text(align="right", dx=-4, color=INK, fontSize=12).encode(
        x="low:Q", text="below:N"
    )
    chart = (bands + now + above + below).properties(
        width="container", height=rows(list(frame["criterion"]))
    )
    return dressed(
        chart,
        lang,
        title=lang.say(
            "Weights of the criteria, and who takes the first place beyond each band ({method})",
            method=names.method(finding.headline),
        ),
        description="; ".join(
            lang.say("{name}: {value}", name=c.replace("\n", " "), value=t)
            for c, t in zip(frame["criterion"], frame["tip"], strict=True)
        ),
    )


def _contributions(finding: DirectionsFinding) -> np.ndarray | None:
    """Parts that add up to the score, shape (n, m); None where the method does not add up."""
    result = finding.result
    weight = dict(zip(finding.problem.criteria, finding.problem.weights, strict=True))
    used = np.array([weight[c] for c in result.criteria])
    if "unicriterion_flows" in result.steps:
        parts = np.asarray(result.steps["unicriterion_flows"]) * used / used.sum()
    elif result.method == "wsm":
        parts = np.asarray(result.steps["weighted"])
    else:
        return None
    return parts if np.allclose(parts.sum(axis=1), result.scores) else None
