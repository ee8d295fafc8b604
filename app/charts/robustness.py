"""How sure the ranking is, as charts."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.analysis import RobustnessFinding
from app.charts.bars import Bar, bars, told
from app.charts.theme import dressed, legend, lines, name_axis, rows, steps, wrapped
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from mcda import Doubt


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
    drawn = (
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
        drawn,
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
    return _causes(
        finding.doubt,
        study,
        lang,
        title=lang.say("What the doubt about the first place comes from"),
        axis=lang.say("share of the doubt; the line is ± one standard error"),
    )


def margin(finding: RobustnessFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Share of the spread of the gap between the first two by cause; None where there is none."""
    found = finding.margin
    if found is None or found.doubt.total <= 0:
        return None
    names = Names(study, lang)
    return _causes(
        found.doubt,
        study,
        lang,
        title=lang.say(
            "What makes the gap in places between {leader} and {rival} uncertain",
            leader=names.short(finding.alternatives[found.leader]),
            rival=names.short(finding.alternatives[found.rival]),
        ),
        axis=lang.say("share of the variance of the gap; the line is ± one standard error"),
    )


def _causes(doubt: Doubt, study: Study, lang: Language, *, title: str, axis: str) -> Any:  # noqa: ANN401
    names = Names(study, lang)
    given = [Bar(names.cause(c), doubt.shares[c], doubt.errors[c]) for c in doubt.shares]
    return dressed(
        bars(given, lang, what=lang.say("cause"), axis=axis, value=lang.say("share of the doubt")),
        lang,
        title=title,
        description=told(given, lang),
    )
