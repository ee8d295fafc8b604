"""How sure the ranking is, as charts."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.analysis import RobustnessFinding
from app.charts.theme import INK, PALETTE, dressed, legend, lines, name_axis, rows, steps, wrapped
from app.i18n import Language
from app.study import Study
from app.words.names import Names


def acceptability(finding: RobustnessFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Share of the draws in which each direction takes each rank."""
    names = Names(study, lang)
    table = finding.everything.rank_acceptability
    order = sorted(range(len(table)), key=lambda k: finding.everything.expected_rank[k])
    frame = pd.DataFrame(
        [
            {
                "direction": wrapped(names.alternative(finding.alternatives[k])),
                "rank": r + 1,
                "share": float(table[k, r]),
                "text": lang.percent(float(table[k, r]), 1),
            }
            for k in order
            for r in range(len(table))
        ]
    )
    directions = list(dict.fromkeys(frame["direction"]))
    count = len(table)
    bars = (
        alt.Chart(frame)
        .mark_bar(height=20)
        .encode(
            y=alt.Y("direction:N", sort=directions, axis=name_axis()),
            x=alt.X(
                "share:Q",
                title=lines(lang.say("share of the draws")),
                stack="zero",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", tickCount=5),
            ),
            color=alt.Color(
                "rank:O",
                scale=alt.Scale(domain=list(range(1, count + 1)), range=steps(count)),
                legend=legend(lang.say("rank"), columns=min(count, 3)),
            ),
            order="rank:Q",
            tooltip=[
                alt.Tooltip("direction:N", title=lang.say("direction")),
                alt.Tooltip("rank:O", title=lang.say("rank")),
                alt.Tooltip("text:N", title=lang.say("share of the draws")),
            ],
        )
        .properties(width="container", height=rows(directions))
    )
    return dressed(
        bars,
        lang,
        title=lang.say("How often each direction takes each rank, everything uncertain at once"),
        description="; ".join(
            lang.say(
                "{name}: first in {share} of the draws",
                name=names.alternative(finding.alternatives[k]),
                share=lang.percent(float(table[k, 0]), 1),
            )
            for k in order
        ),
    )


def doubt(finding: RobustnessFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Share of the doubt about the first place by cause, with standard errors."""
    names, found = Names(study, lang), finding.doubt
    causes = sorted(found.shares, key=lambda c: -found.shares[c])
    frame = pd.DataFrame(
        [
            {
                "cause": wrapped(names.cause(c)),
                "share": found.shares[c],
                "low": found.shares[c] - found.errors[c],
                "high": found.shares[c] + found.errors[c],
                "text": lang.say(
                    "{share} ± {error}",
                    share=lang.percent(found.shares[c], 1),
                    error=lang.percent(found.errors[c], 1),
                ),
            }
            for c in causes
        ]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("cause:N", sort=list(frame["cause"]), axis=name_axis()),
        tooltip=[
            alt.Tooltip("cause:N", title=lang.say("cause")),
            alt.Tooltip("text:N", title=lang.say("share of the doubt")),
        ],
    )
    x = alt.X(
        "share:Q",
        title=lines(lang.say("share of the doubt; the line is ± one standard error")),
        axis=alt.Axis(format="%", tickCount=5),
    )
    bars = base.mark_bar(height=16, color=PALETTE[0]).encode(x=x)
    errors = base.mark_rule(strokeWidth=2, color=INK).encode(x="low:Q", x2="high:Q")
    chart = (bars + errors).properties(width="container", height=rows(list(frame["cause"])))
    return dressed(
        chart,
        lang,
        title=lang.say("What the doubt about the first place comes from"),
        description="; ".join(
            lang.say("{name}: {value}", name=names.cause(c), value=t)
            for c, t in zip(causes, frame["text"], strict=True)
        ),
    )
