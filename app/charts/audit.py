"""The specification curve as charts: who is first under every defensible choice."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from app.analysis import AuditFinding
from app.charts.theme import (
    INK,
    colours,
    dressed,
    legend,
    lines,
    name_axis,
    narrow,
    rows,
    wrapped,
)
from app.i18n import Language
from app.study import Study
from app.words.choices import choice_name, option_name, shares
from app.words.names import Names

# Beyond so many the eye does not tell one line from the next; they are taken evenly.
_LINES = 240
_THIN = 26


def curve(finding: AuditFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401 - a chart
    """Lead of the followed direction in every combination, from the smallest to the largest."""
    names, found = Names(study, lang), finding.curve
    total = len(found.specifications)
    taken = np.unique(np.linspace(0, total - 1, min(total, _LINES)).round().astype(int))
    palette, shown = _palette(study, names)
    frame = pd.DataFrame(
        [
            {
                "from": number / len(taken),
                "to": min((number + 1.4) / len(taken), 1.0),
                "lead": found.specifications[k].lead,
                "first": shown[found.specifications[k].first[0]],
                "how": "; ".join(
                    option_name(choice, option, names, lang)
                    for choice, option in found.specifications[k].options.items()
                ),
                "text": lang.number(found.specifications[k].lead, 2),
            }
            for number, k in enumerate(taken.tolist())
        ]
    )
    used = [a for a in shown if shown[a] in set(frame["first"])]
    base = alt.Chart(frame).encode(
        x=alt.X(
            "from:Q",
            title=lines(lang.say("share of the combinations")),
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", tickCount=5, grid=False),
        )
    )
    # Neighbours of one colour make one area: no gaps, whatever the width.
    sticks = base.mark_rect(strokeWidth=0).encode(
        x2="to:Q",
        y=alt.Y(
            "zero:Q",
            title=lines(
                lang.say(
                    "lead of {name} over the best other, part of the range of the scores",
                    name=names.short(found.followed),
                )
            ),
            axis=alt.Axis(tickCount=5),
        ),
        y2="lead:Q",
        color=alt.Color(
            "first:N",
            scale=alt.Scale(domain=[shown[a] for a in used], range=[palette[a] for a in used]),
            legend=legend(lang.say("who is first")),
        ),
        tooltip=[
            alt.Tooltip("first:N", title=lang.say("who is first")),
            alt.Tooltip("text:N", title=lang.say("lead")),
            alt.Tooltip("how:N", title=lang.say("combination")),
        ],
    )
    level = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=INK).encode(y="zero:Q")
    chart = (sticks.transform_calculate(zero="0") + level).properties(width="container", height=260)
    return dressed(
        chart,
        lang,
        title=lang.say(
            "{total} combinations of choices, by the lead of {name}",
            total=lang.number(total, 0),
            name=names.alternative(found.followed),
        ),
        description="; ".join(
            lang.say(
                "{name}: first in {share} of the combinations",
                name=names.alternative(a),
                share=lang.percent(share, 1),
            )
            for a, share in found.first_by.items()
            if share > 0
        ),
    )


def by_option(finding: AuditFinding, choice: str, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Who is first within each option of a choice; None where the choice has one option."""
    names, found = Names(study, lang), shares(finding.curve)[choice]
    if len(found) < 2:
        return None
    palette, shown = _palette(study, names)
    order = [o for o in finding.curve.choices.get(choice, ()) if o in found]
    if choice in {"method", "normalisation"}:
        followed = finding.curve.followed
        order = sorted(found, key=lambda o: -found[o].get(followed, 0.0))
    places = {a: k for k, a in enumerate(shown)}
    frame = pd.DataFrame(
        [
            {
                "option": wrapped(option_name(choice, option, names, lang), 26),
                "first": shown[a],
                "order": places[a],
                "share": share,
                "text": lang.percent(share, 1),
            }
            for option in order
            for a, share in found[option].items()
        ]
    )
    options = list(dict.fromkeys(frame["option"]))
    used = [a for a in shown if shown[a] in set(frame["first"])]
    bars = (
        alt.Chart(frame)
        .mark_bar(height=16)
        .encode(
            y=alt.Y("option:N", sort=options, axis=name_axis()),
            x=alt.X(
                "share:Q",
                stack="zero",
                title=lines(lang.say("share of the combinations")),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", tickCount=5),
            ),
            color=alt.Color(
                "first:N",
                scale=alt.Scale(domain=[shown[a] for a in used], range=[palette[a] for a in used]),
                legend=legend(lang.say("who is first")),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("option:N", title=choice_name(choice, lang)),
                alt.Tooltip("first:N", title=lang.say("who is first")),
                alt.Tooltip("text:N", title=lang.say("share of the combinations")),
            ],
        )
        .properties(width="container", height=rows(options, _THIN))
    )
    return dressed(
        bars,
        lang,
        title=lang.say("Who is first by {choice}", choice=choice_name(choice, lang)),
        description="; ".join(
            lang.say(
                "{name}: {value}",
                name=option_name(choice, option, names, lang),
                value=", ".join(
                    f"{names.short(a)} {lang.percent(s)}" for a, s in found[option].items()
                ),
            )
            for option in order
        ),
    )


def _palette(study: Study, names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """Colour and name of every direction, the same in every chart."""
    shown = {str(a): narrow(names.alternative(str(a))) for a in study.alternatives.index}
    return dict(zip(shown, colours(list(shown)).to_dict()["range"], strict=True)), shown
