"""Response by group, and what a freeze has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from app.charts.theme import INK, NEUTRAL, PALETTE, dressed, legend, lines, name_axis, rows, wrapped
from app.collection.outcome import Change
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from survey.collection.lifecycle import GroupCount
from survey.collection.wave import Wave

_MOST = 10  # options whose shares are drawn
_COLOURS = (PALETTE[0], PALETTE[1], NEUTRAL)


def by_group(wave: Wave, counts: Sequence[GroupCount], lang: Language) -> Any:  # noqa: ANN401 - a layered chart
    """Bars of each group: submitted, begun, not begun; a line at its quota."""
    states = (lang.say("submitted"), lang.say("begun"), lang.say("invited, not begun"))
    parts = []
    for each in counts:
        rest = max(each.invited - each.submitted - each.answering, 0)
        name = wrapped(lang.pick(wave.group(each.group).title))
        for place, count in enumerate((each.submitted, each.answering, rest)):
            parts.append(
                {
                    "group": name,
                    "state": states[place],
                    "place": place,
                    "count": count,
                    "text": lang.number(count, 0),
                }
            )
    frame = pd.DataFrame(parts)
    order = list(dict.fromkeys(frame["group"]))
    y = alt.Y("group:N", sort=order, axis=name_axis())
    shown = [s for s in states if s != states[2] or wave.settings.access == "invited"]
    bars = (
        alt.Chart(frame)
        .mark_bar(height=18)
        .encode(
            y=y,
            x=alt.X(
                "count:Q",
                title=lines(lang.say("people")),
                axis=alt.Axis(tickMinStep=1, tickCount=6),
            ),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=shown, range=list(_COLOURS[: len(shown)])),
                legend=legend(),
            ),
            order="place:Q",
            tooltip=[
                alt.Tooltip("group:N", title=lang.say("group")),
                alt.Tooltip("state:N", title=lang.say("state")),
                alt.Tooltip("text:N", title=lang.say("people")),
            ],
        )
    )
    quotas = [
        {"group": wrapped(lang.pick(wave.group(c.group).title)), "quota": c.quota}
        for c in counts
        if c.quota is not None
    ]
    chart: Any = bars
    if quotas:
        marks = (
            alt.Chart(pd.DataFrame(quotas))
            .mark_tick(thickness=3, size=28, color=INK)
            .encode(y=y, x="quota:Q", tooltip=[alt.Tooltip("quota:Q", title=lang.say("quota"))])
        )
        chart = bars + marks
    return dressed(
        chart.properties(width="container", height=rows(order)),
        lang,
        title=lang.say("Response by group; the line is the quota")
        if quotas
        else lang.say("Response by group"),
        description="; ".join(_told(wave, each, lang) for each in counts),
    )


def _told(wave: Wave, each: GroupCount, lang: Language) -> str:
    return lang.say(
        "{group}: {submitted} submitted, {answering} begun, {invited} invited",
        group=lang.pick(wave.group(each.group).title),
        submitted=lang.number(each.submitted, 0),
        answering=lang.number(each.answering, 0),
        invited=lang.number(each.invited, 0),
    )


def shifts(found: Change, study: Study, lang: Language) -> Any:  # noqa: ANN401 - a layered chart
    """Shares before and after of the options that moved most, one line each."""
    names = Names(study, lang)
    now, then = lang.say("now"), lang.say("before")
    frame = pd.DataFrame(
        [
            {
                "option": wrapped(names.option(each.question, each.option)),
                "share": share,
                "low": min(each.before, each.after),
                "high": max(each.before, each.after),
                "when": when,
                "text": lang.percent(share, 1),
            }
            for each in found.shifts[:_MOST]
            for when, share in ((then, each.before), (now, each.after))
        ]
    )
    order = list(dict.fromkeys(frame["option"]))
    base = alt.Chart(frame).encode(y=alt.Y("option:N", sort=order, axis=name_axis()))
    way = base.mark_rule(strokeWidth=2, color=INK).encode(
        x=alt.X("low:Q", title=lines(lang.say("share of the experts")), axis=alt.Axis(format="%")),
        x2="high:Q",
    )
    ends = base.mark_point(filled=True, size=90, opacity=1).encode(
        x="share:Q",
        color=alt.Color(
            "when:N",
            scale=alt.Scale(domain=[now, then], range=[PALETTE[0], NEUTRAL]),
            legend=legend(),
        ),
        shape=alt.Shape(
            "when:N",
            scale=alt.Scale(domain=[now, then], range=["circle", "diamond"]),
            legend=legend(),
        ),
        tooltip=[
            alt.Tooltip("option:N", title=lang.say("answer")),
            alt.Tooltip("when:N", title=lang.say("when")),
            alt.Tooltip("text:N", title=lang.say("share")),
        ],
    )
    return dressed(
        (way + ends).properties(width="container", height=rows(order)),
        lang,
        title=lang.say("Answers that moved most"),
        description="; ".join(
            lang.say(
                "{name}: {before} before, {after} now",
                name=names.option(each.question, each.option),
                before=lang.percent(each.before),
                after=lang.percent(each.after),
            )
            for each in found.shifts[:_MOST]
        ),
    )
