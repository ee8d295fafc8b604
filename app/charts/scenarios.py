"""Scenarios as charts."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from app.analysis import ScenarioFinding
from app.charts.theme import (
    INK,
    NEUTRAL,
    colours,
    column_axis,
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
from scenarios import evaluate, parse_formula


def indicator(finding: ScenarioFinding, study: Study, lang: Language, key: str) -> Any:  # noqa: ANN401
    """One indicator over the years: what was observed, and what each scenario supposes."""
    names = Names(study, lang)
    chart = _panel(finding, study, lang, key).properties(width="container", height=190)
    return dressed(
        chart, lang, title=names.indicator(key), description=_described(finding, lang, names, key)
    )


def indicators(
    finding: ScenarioFinding, study: Study, lang: Language, columns: int = 3, width: int = 190
) -> Any:  # noqa: ANN401 - a concatenated chart
    """All indicators beside each other."""
    names = Names(study, lang)
    panels = [
        _panel(finding, study, lang, key).properties(
            width=width,
            height=130,
            title=alt.Title(
                wrapped(names.indicator(key), 30).split("\n"),
                anchor="start",
                fontSize=12,
                fontWeight="normal",
            ),
        )
        for key in finding.table.indicators
    ]
    return dressed(
        alt.concat(*panels, columns=columns),
        lang,
        title=lang.say("Indicators: observed, and under each scenario"),
        description=" ".join(
            _described(finding, lang, names, key) for key in finding.table.indicators
        ),
    )


def dominance(finding: ScenarioFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """In how many cells the scenario of the row is better, equal, worse than that of the column."""
    names, scenarios = Names(study, lang), finding.order
    total = len(finding.table.indicators) * len(finding.table.years)
    frame = pd.DataFrame(
        [
            {
                "row": wrapped(names.scenario(d.first), 20),
                "column": wrapped(names.short(d.second), 14),
                "better": d.better / total,
                "text": f"{d.better} / {d.equal} / {d.worse}"
                + (f" / {d.unclear}" if d.unclear else ""),
                "tip": lang.say(
                    "better {better}, equal {equal}, worse {worse}, overlapping {unclear} of {total}",
                    better=d.better,
                    equal=d.equal,
                    worse=d.worse,
                    unclear=d.unclear,
                    total=total,
                ),
            }
            for d in finding.dominance
        ]
    )
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "row:N", sort=[wrapped(names.scenario(s), 20) for s in scenarios], axis=name_axis()
        ),
        x=alt.X(
            "column:N",
            sort=[wrapped(names.short(s), 14) for s in scenarios],
            axis=column_axis([]),
        ),
        tooltip=[
            alt.Tooltip("row:N", title=lang.say("scenario")),
            alt.Tooltip("column:N", title=lang.say("against")),
            alt.Tooltip("tip:N", title=lang.say("cells")),
        ],
    )
    tiles = base.mark_rect(cornerRadius=3).encode(
        color=alt.Color(
            "better:Q",
            scale=alt.Scale(
                domain=[0, 0.5, 1], range=["#b86a00", "#74777f", "#1668a0"], interpolate="rgb"
            ),
            legend=None,
        )
    )
    words = base.mark_text(color="white", fontWeight="bold", fontSize=13).encode(text="text:N")
    chart = (tiles + words).properties(
        width="container", height=rows(list(dict.fromkeys(frame["row"])), 62)
    )
    return dressed(
        chart,
        lang,
        title=lang.say(
            "Cells of the table in which the row is better / equal / worse than the column"
        ),
        description="; ".join(
            lang.say(
                "{first} against {second}: {counts}",
                first=names.short(d.first),
                second=names.short(d.second),
                counts=tip,
            )
            for d, tip in zip(finding.dominance, frame["tip"], strict=True)
        ),
    )


def directions(finding: ScenarioFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Score of each direction under the weights of each scenario, on one fixed value scale."""
    names = Names(study, lang)
    order = np.argsort(-finding.by_scenario[0], kind="stable")
    frame = pd.DataFrame(
        [
            {
                "direction": wrapped(names.alternative(finding.alternatives[k])),
                "scenario": in_legend(names.scenario(s)),
                "score": float(finding.by_scenario[i, k]),
                "text": lang.number(float(finding.by_scenario[i, k]), 3),
            }
            for k in order
            for i, s in enumerate(finding.table.scenarios)
        ]
    )
    sorted_names = list(dict.fromkeys(frame["direction"]))
    base = alt.Chart(frame).encode(y=alt.Y("direction:N", sort=sorted_names, axis=name_axis()))
    span = base.mark_rule(color=INK, opacity=0.4).encode(
        x=alt.X(
            "min(score):Q", title=lines(lang.say("score, weighted sum")), scale=alt.Scale(zero=True)
        ),
        x2="max(score):Q",
    )
    domain = [in_legend(names.scenario(s)) for s in finding.table.scenarios]
    dots = base.mark_point(filled=True, size=100, opacity=0.9).encode(
        x="score:Q",
        color=alt.Color("scenario:N", scale=colours(domain), legend=legend()),
        shape=alt.Shape("scenario:N", scale=alt.Scale(domain=domain), legend=legend()),
        tooltip=[
            alt.Tooltip("direction:N", title=lang.say("direction")),
            alt.Tooltip("scenario:N", title=lang.say("scenario")),
            alt.Tooltip("text:N", title=lang.say("score")),
        ],
    )
    chart = (span + dots).properties(width="container", height=rows(sorted_names))
    return dressed(
        chart,
        lang,
        title=lang.say("Directions under the weights that each scenario suggests"),
        description="; ".join(
            lang.say(
                "{name}: {value}",
                name=names.scenario(s),
                value=", ".join(
                    f"{names.short(a)} {lang.number(float(x), 2)}"
                    for a, x in zip(finding.alternatives, row, strict=True)
                ),
            )
            for s, row in zip(finding.table.scenarios, finding.by_scenario, strict=True)
        ),
    )


def observed(study: Study, key: str) -> dict[int, float]:
    """Observed history of a scenario indicator; one that counts from a year is 100 in that year."""
    if study.scenarios is None or study.resilience is None or study.settings.scenarios is None:
        return {}
    row = study.scenarios.indicators.loc[key]
    formula = row["observed"]
    if not isinstance(formula, str) or not formula.strip():
        return {}
    panel = study.resilience.panel
    years = np.array(panel.years)
    (only,) = panel.values  # noqa: PD011 - a panel of one unit, not a frame
    known = dict(zip(panel.series, only, strict=True))
    values = np.asarray(evaluate(parse_formula(formula), known, years), dtype=float)
    if row["relative"] == "yes":
        base = values[years == study.settings.scenarios.base_year]
        if not base.size or not np.isfinite(base[0]) or base[0] == 0:
            return {}
        values = 100 * values / base[0]
    return {int(y): float(v) for y, v in zip(years, values, strict=True) if np.isfinite(v)}


def _panel(finding: ScenarioFinding, study: Study, lang: Language, key: str) -> alt.LayerChart:
    names, table = Names(study, lang), finding.table
    i = table.indicators.index(key)
    past = lang.say("observed")
    domain = [past, *(in_legend(names.scenario(s)) for s in table.scenarios)]
    scale = colours(domain[1:])
    scale = alt.Scale(domain=domain, range=[NEUTRAL, *scale.to_dict()["range"]])
    known = observed(study, key)
    # A year without a figure stays in the line as a gap.
    records: list[dict[str, Any]] = [
        {"year": y, "value": None, "low": None, "high": None, "line": past, "text": ""}
        if y not in known
        else _record(y, known[y], known[y], past, lang)
        for y in (range(min(known), max(known) + 1) if known else ())
    ]
    for s, scenario in enumerate(table.scenarios):
        for t, year in enumerate(table.years):
            low, high = float(table.low[i, s, t]), float(table.high[i, s, t])
            name = in_legend(names.scenario(scenario))
            records.append(_record(year, low, high, name, lang))
    base = alt.Chart(pd.DataFrame(records)).encode(
        x=alt.X(
            "year:Q",
            title=None,
            axis=alt.Axis(format="d", tickCount=4),
            scale=alt.Scale(zero=False, nice=False),
        ),
        color=alt.Color("line:N", scale=scale, legend=legend()),
    )
    y = alt.Y("value:Q", title=lines(names.indicator_unit(key)), scale=alt.Scale(zero=False))
    paths = base.mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=28)).encode(
        y=y,
        tooltip=[
            alt.Tooltip("line:N", title=lang.say("line")),
            alt.Tooltip("year:Q", title=lang.say("year")),
            alt.Tooltip("text:N", title=names.indicator_unit(key)),
        ],
    )
    bands = base.mark_area(opacity=0.18).encode(
        y=alt.Y("low:Q", title=lines(names.indicator_unit(key))),
        y2="high:Q",
        color=alt.Color("line:N", scale=scale, legend=legend()),
    )
    return bands + paths


def _described(finding: ScenarioFinding, lang: Language, names: Names, key: str) -> str:
    table = finding.table
    i = table.indicators.index(key)
    values = ", ".join(
        f"{names.short(s)} {lang.number(float(table.low[i, k, -1] + table.high[i, k, -1]) / 2, 1)}"
        for k, s in enumerate(table.scenarios)
    )
    return lang.say(
        "{indicator}, {unit}, {year}: {values}.",
        indicator=names.indicator(key),
        unit=names.indicator_unit(key),
        year=table.years[-1],
        values=values,
    )


def _record(year: int, low: float, high: float, line: str, lang: Language) -> dict[str, Any]:
    text = lang.number(low, 1) if low == high else lang.interval(low, high, 1)
    return {
        "year": year,
        "value": (low + high) / 2,
        "low": low,
        "high": high,
        "line": line,
        "text": text,
    }
