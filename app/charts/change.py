"""What would change the answer, as charts."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.analysis import ChangeFinding, DirectionsFinding
from app.charts.theme import (
    INK,
    NEUTRAL,
    PALETTE,
    colours,
    dressed,
    legend,
    lines,
    name_axis,
    narrow,
    rows,
    wrapped,
)
from app.charts.triangle import triangle
from app.i18n import Language
from app.study import Study
from app.words.change import moved
from app.words.names import Names
from app.words.phrases import part

__all__ = ["missing", "missing_by_method", "triangle", "weights", "weights_by_method"]

_ROOM = 1.18  # of the longest bar, for the figure behind it
_THIN = 26


def weights(
    finding: ChangeFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> Any:  # noqa: ANN401 - a chart
    """Weights now and where the first place is lost, as paired bars; None where it never is."""
    change, problem = finding.weights["L1"], finding.problem
    if change is None or change.weights is None:
        return None
    names = Names(study, lang)
    now, then = lang.say("now"), lang.say("where the first place is lost")
    order = sorted(range(len(problem.criteria)), key=lambda j: -problem.weights[j])
    frame = pd.DataFrame(
        [
            {
                "criterion": wrapped(names.criterion(problem.criteria[j])),
                "when": when,
                "weight": float(values[j]),
                "text": lang.number(float(values[j]), 3),
            }
            for j in order
            for when, values in ((now, problem.weights), (then, change.weights))
        ]
    )
    criteria = list(dict.fromkeys(frame["criterion"]))
    bars = (
        alt.Chart(frame)
        .mark_bar(height=11)
        .encode(
            y=alt.Y("criterion:N", sort=criteria, axis=name_axis()),
            yOffset=alt.YOffset(
                "when:N", sort=[now, then], scale=alt.Scale(paddingInner=0.1, paddingOuter=0.6)
            ),
            x=alt.X("weight:Q", title=lines(lang.say("weight"))),
            color=alt.Color(
                "when:N",
                scale=alt.Scale(domain=[now, then], range=[PALETTE[0], PALETTE[1]]),
                legend=legend(),
            ),
            tooltip=[
                alt.Tooltip("criterion:N", title=lang.say("criterion")),
                alt.Tooltip("when:N", title=" "),
                alt.Tooltip("text:N", title=lang.say("weight")),
            ],
        )
        .properties(width="container", height=rows(criteria, 38))
    )
    return dressed(
        bars,
        lang,
        title=lang.say(
            "The smallest change of the weights that puts {rival} above {leader} ({method})",
            rival=names.short(change.rival),
            leader=names.short(change.leader),
            method=names.method(directions.headline),
        ),
        description="; ".join(
            lang.say(
                "{name}: {before} → {after}",
                name=names.criterion(problem.criteria[j]),
                before=lang.number(float(problem.weights[j]), 3),
                after=lang.number(float(change.weights[j]), 3),
            )
            for j in order
        ),
    )


def missing(
    finding: ChangeFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> Any:  # noqa: ANN401 - a chart
    """Weight that a criterion nobody measured needs, rival by rival; None without rivals."""
    names, found = Names(study, lang), finding.missing
    reached = {a: w for a, w in found.by_rival.items() if w is not None}
    if not reached:
        return None
    order = sorted(found.by_rival, key=lambda a: reached.get(a, 2.0))
    frame = pd.DataFrame(
        [
            {
                "direction": wrapped(names.alternative(a)),
                "weight": reached.get(a, 0.0),
                "text": part(reached[a], lang) if a in reached else lang.say("no weight does it"),
            }
            for a in order
        ]
    )
    used = finding.problem.weights[finding.problem.weights > 0]
    base = alt.Chart(frame).encode(
        y=alt.Y("direction:N", sort=list(frame["direction"]), axis=name_axis()),
        tooltip=[
            alt.Tooltip("direction:N", title=lang.say("direction")),
            alt.Tooltip("text:N", title=lang.say("weight needed")),
        ],
    )
    x = alt.X(
        "weight:Q",
        title=lines(lang.say("share of all weight; the line is the weightiest criterion in use")),
        scale=alt.Scale(domain=[0, _ROOM * max([*reached.values(), float(used.max())])]),
        axis=alt.Axis(format="%", tickCount=4),
    )
    bars = base.mark_bar(height=16, color=PALETTE[0]).encode(x=x)
    texts = base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(x=x, text="text:N")
    largest = (
        alt.Chart(pd.DataFrame({"weight": [float(used.max())]}))
        .mark_rule(color=PALETTE[1], strokeWidth=2, strokeDash=[5, 3])
        .encode(x="weight:Q")
    )
    chart = (bars + largest + texts).properties(
        width="container", height=rows(list(frame["direction"]))
    )
    return dressed(
        chart,
        lang,
        title=lang.say(
            "Weight that a criterion nobody measured would need to put each above {leader} ({method})",
            leader=names.short(found.leader),
            method=names.method(directions.headline),
        ),
        description="; ".join(
            lang.say("{name}: {value}", name=names.alternative(a), value=t)
            for a, t in zip(order, frame["text"], strict=True)
        ),
    )


def weights_by_method(finding: ChangeFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Share of the weight that must move, method by method, coloured by who is first then."""
    found = {
        method: (moved(change), change.leader, change.rival)
        for method, change in finding.weights_by_method.items()
        if change is not None
    }
    return _by_method(
        {m: found.get(m, (None, "", "")) for m in finding.weights_by_method},
        study,
        lang,
        title=lang.say("Share of the weight that must move for the first place to fall, by method"),
        axis=lang.say("share of the weight moved"),
    )


def missing_by_method(finding: ChangeFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Weight that a criterion nobody measured needs, method by method."""
    return _by_method(
        {
            method: (None if c.rival is None else c.weight, c.leader, c.rival or "")
            for method, c in finding.missing_by_method.items()
        },
        study,
        lang,
        title=lang.say("Weight that a criterion nobody measured would need, by method"),
        axis=lang.say("share of all weight"),
    )


def _by_method(
    found: dict[str, tuple[float | None, str, str]],
    study: Study,
    lang: Language,
    *,
    title: str,
    axis: str,
) -> Any:  # noqa: ANN401 - a chart
    names = Names(study, lang)
    order = sorted(found, key=lambda m: 2.0 if found[m][0] is None else found[m][0] or 0.0)
    never = lang.say("never")
    shown = {str(a): narrow(names.alternative(str(a))) for a in study.alternatives.index}
    table = []
    for method in order:
        share, leader, rival = found[method]
        turn = (
            lang.say("{leader} → {rival}", leader=names.short(leader), rival=names.short(rival))
            if share is not None
            else ""
        )
        figure = never if share is None else part(share, lang)
        table.append(
            {
                "method": wrapped(names.method(method)),
                "share": share or 0.0,
                "rival": shown.get(rival, never),
                "text": figure,
                "turn": turn,
            }
        )
    frame = pd.DataFrame(table)
    used = [a for a in shown if shown[a] in set(frame["rival"])]
    palette = dict(zip(shown, colours(list(shown)).to_dict()["range"], strict=True))
    domain, shades = [shown[a] for a in used], [palette[a] for a in used]
    if never in set(frame["rival"]):
        domain, shades = [*domain, never], [*shades, NEUTRAL]
    base = alt.Chart(frame).encode(
        y=alt.Y("method:N", sort=list(frame["method"]), axis=name_axis()),
        tooltip=[
            alt.Tooltip("method:N", title=lang.say("method")),
            alt.Tooltip("text:N", title=axis),
            alt.Tooltip("turn:N", title=lang.say("first place")),
        ],
    )
    x = alt.X(
        "share:Q",
        title=lines(axis),
        scale=alt.Scale(domain=[0, _ROOM * max(float(frame["share"].max()), 0.01)]),
        axis=alt.Axis(format="%", tickCount=4),
    )
    bars = base.mark_bar(height=14).encode(
        x=x,
        color=alt.Color(
            "rival:N",
            scale=alt.Scale(domain=domain, range=shades),
            legend=legend(lang.say("who is first then")),
        ),
    )
    texts = base.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(x=x, text="text:N")
    chart = (bars + texts).properties(width="container", height=rows(list(frame["method"]), _THIN))
    return dressed(
        chart,
        lang,
        title=title,
        description="; ".join(
            lang.say("{name}: {value}", name=names.method(m), value=f"{t} {turn}".strip())
            for m, t, turn in zip(order, frame["text"], frame["turn"], strict=True)
        ),
    )
