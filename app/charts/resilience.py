"""The composite index as charts."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.analysis import ResilienceFinding
from app.charts.theme import INK, NEUTRAL, PALETTE, colours, dressed, in_legend, legend, lines
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.resilience import published_levels


def index(finding: ResilienceFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Observed index, scenarios with what the recipes span, and the figures that were printed."""
    names = Names(study, lang)
    levels = finding.index.levels()
    past, printed = lang.say("observed"), lang.say("printed by the source")
    records = [_record(y, v, v, v, past, lang) for y, v in levels.items()]
    bands = []
    scenarios: tuple[str, ...] = ()
    if finding.banded is not None and set(finding.banded.observed_range()) >= set(levels):
        bands += [
            _record(y, levels[y], low, high, past, lang)
            for y, (low, high) in finding.banded.observed_range().items()
            if y in levels
        ]
    if finding.projection is not None and finding.banded is not None:
        scenarios = finding.projection.scenarios
        ranges = finding.banded.projected_range()
        start = finding.base_year
        for scenario, by_year in finding.projection.levels().items():
            name = in_legend(names.scenario(scenario))
            if start in levels:
                first = _record(start, levels[start], levels[start], levels[start], name, lang)
                records.append(first)
                bands.append(first)
            for year, (low, value, high) in by_year.items():
                least, most = ranges[scenario][year]
                record = _record(year, value, min(low, least), max(high, most), name, lang)
                records.append(record)
                bands.append(record)
    domain = [past, *(in_legend(names.scenario(s)) for s in scenarios)]
    scale = alt.Scale(domain=domain, range=[NEUTRAL, *colours(domain[1:]).to_dict()["range"]])
    x = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", tickCount=6),
        scale=alt.Scale(zero=False, nice=False),
    )
    title = lang.say("standard deviations from the window's mean")
    colour = alt.Color("line:N", scale=scale, legend=legend())
    layers = [
        alt.Chart(pd.DataFrame([{"zero": 0}]))
        .mark_rule(color=INK, strokeDash=[3, 3], opacity=0.7)
        .encode(y=alt.Y("zero:Q", title=lines(title))),
    ]
    if bands:
        layers.append(
            alt.Chart(pd.DataFrame(bands))
            .mark_area(opacity=0.14)
            .encode(
                x=x,
                y=alt.Y("low:Q", title=lines(title)),
                y2="high:Q",
                color=alt.Color("line:N", scale=scale, legend=legend()),
            )
        )
    layers.append(
        alt.Chart(pd.DataFrame(records))
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=30))
        .encode(
            x=x,
            y=alt.Y("value:Q", title=lines(title)),
            color=colour,
            tooltip=[
                alt.Tooltip("line:N", title=lang.say("line")),
                alt.Tooltip("year:Q", title=lang.say("year")),
                alt.Tooltip("text:N", title=lang.say("index")),
            ],
        )
    )
    points = published_levels(study)
    if points:
        frame = pd.DataFrame(
            [
                {
                    "year": y,
                    "value": v,
                    "mark": printed,
                    "text": lang.number(v, 3),
                    "source": names.source(source),
                }
                for y, (v, source) in points.items()
            ]
        )
        layers.append(
            alt.Chart(frame)
            .mark_point(size=130, strokeWidth=2.5, color=PALETTE[3], filled=False)
            .encode(
                x=x,
                y=alt.Y("value:Q", title=lines(title)),
                shape=alt.Shape(
                    "mark:N",
                    scale=alt.Scale(domain=[printed], range=["diamond"]),
                    legend=legend(above=True),
                ),
                tooltip=[
                    alt.Tooltip("mark:N", title=lang.say("line")),
                    alt.Tooltip("year:Q", title=lang.say("year")),
                    alt.Tooltip("text:N", title=lang.say("index")),
                    alt.Tooltip("source:N", title=lang.say("source")),
                ],
            )
        )
    chart = (
        alt.layer(*layers)
        .resolve_scale(color="shared", shape="independent")
        .properties(width="container", height=320)
    )
    return dressed(
        chart,
        lang,
        title=lang.say("The index: observed, and under the scenarios"),
        description="; ".join(
            lang.say("{name}: {value}", name=f"{r['line']}, {r['year']}", value=r["text"])
            for r in records
            if r["year"] >= finding.base_year
        ),
    )


def factors(finding: ResilienceFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Factors of the index over the observed years."""
    names = Names(study, lang)
    by_factor = finding.index.factor_levels()
    frame = pd.DataFrame(
        [
            {
                "year": y,
                "value": v,
                "factor": in_legend(names.factor(f)),
                "text": lang.number(v, 3),
            }
            for f, levels in by_factor.items()
            for y, v in levels.items()
        ]
    )
    domain = [in_legend(names.factor(f)) for f in by_factor]
    chart = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=28))
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d", tickCount=6),
                scale=alt.Scale(zero=False, nice=False),
            ),
            y=alt.Y("value:Q", title=lines(lang.say("standard deviations from the window's mean"))),
            color=alt.Color("factor:N", scale=colours(domain), legend=legend()),
            shape=alt.Shape("factor:N", scale=alt.Scale(domain=domain), legend=legend()),
            tooltip=[
                alt.Tooltip("factor:N", title=lang.say("factor")),
                alt.Tooltip("year:Q", title=lang.say("year")),
                alt.Tooltip("text:N", title=lang.say("value")),
            ],
        )
        .properties(width="container", height=260)
    )
    last = max(frame["year"])
    return dressed(
        chart,
        lang,
        title=lang.say("Factors of the index"),
        description="; ".join(
            lang.say("{name}: {value}", name=f"{row['factor']}, {last}", value=row["text"])
            for _, row in frame[frame["year"] == last].iterrows()
        ),
    )


def _record(  # noqa: PLR0917 - one row of the chart
    year: int, value: float, low: float, high: float, line: str, lang: Language
) -> dict[str, Any]:
    text = lang.number(value, 3)
    if low != high:
        text = lang.say(
            "{value}, recipes from {low} to {high}",
            value=text,
            low=lang.number(low, 2),
            high=lang.number(high, 2),
        )
    return {"year": year, "value": value, "low": low, "high": high, "line": line, "text": text}
