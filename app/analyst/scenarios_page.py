"""Scenarios: cell by cell before any score, then by methods, then what each makes of directions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import ScenarioFinding
from app.analyst.tables import Column, source_number, table
from app.analyst.view import View
from app.charts import scenarios as charts
from app.words import scenarios as words

_FOLDER = "scenarios/"
_CELLS, _INDICATORS = _FOLDER + "table.csv", _FOLDER + "indicators.csv"


def show(view: View) -> None:
    """Show the page."""
    finding = view.results.scenarios
    if finding is None:
        view.finding(
            [view.lang.say("This study has no scenarios, so there is nothing to compare.")]
        )
        return
    said = words.sentences(finding, view.study, view.lang)
    view.finding(said)
    _cells(view, finding)
    _methods(view, finding)
    _directions(view, finding)
    _case(view)
    view.rest(said)


def _cells(view: View, finding: ScenarioFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("Cell by cell"))
    view.chart(charts.dominance(finding, view.study, view.lang))
    view.sources((_CELLS,), computed=say("Cells are compared as intervals; nothing is weighed."))
    _indicator(view, finding)
    with st.expander(say("How often each scenario is better")):
        frame = pd.DataFrame(
            {
                "pair": [
                    say(
                        "{first} against {second}",
                        first=names.short(d.first),
                        second=names.short(d.second),
                    )
                    for d in finding.dominance
                ],
                "better": [d.better for d in finding.dominance],
                "equal": [d.equal for d in finding.dominance],
                "worse": [d.worse for d in finding.dominance],
                "unclear": [d.unclear for d in finding.dominance],
            }
        )
        table(
            frame,
            {
                "pair": Column(say("Pair of scenarios"), width="medium"),
                "better": Column(say("Better, cells"), 0),
                "equal": Column(say("Equal, cells"), 0),
                "worse": Column(say("Worse, cells"), 0),
                "unclear": Column(say("Overlapping, cells"), 0),
            },
            view.lang,
            say("Cells in which the first scenario of each pair is better, equal or worse"),
        )
    with st.expander(say("The scenarios' table")):
        _values(view, finding)


def _indicator(view: View, finding: ScenarioFinding) -> None:
    """Show the indicator that is asked for; it is no assumption, so it is not kept."""
    say, names = view.lang.say, view.names
    chosen = st.selectbox(
        say("Indicator"), finding.table.indicators, format_func=names.indicator, width=420
    )
    view.chart(charts.indicator(finding, view.study, view.lang, chosen))
    view.sources((_CELLS, _INDICATORS, "resilience/series.csv"))


def _values(view: View, finding: ScenarioFinding) -> None:
    say, names, grid = view.lang.say, view.names, finding.table
    rows = []
    for i, indicator in enumerate(grid.indicators):
        for y, year in enumerate(grid.years):
            cells = {
                s: _interval(view, grid.low[i, k, y], grid.high[i, k, y])
                for k, s in enumerate(grid.scenarios)
            }
            rows.append(
                {
                    "indicator": names.indicator(indicator),
                    "unit": names.indicator_unit(indicator),
                    "year": year,
                    **cells,
                }
            )
    columns = {
        "indicator": Column(say("Indicator"), width="medium"),
        "unit": Column(say("Unit")),
        "year": Column(say("Year"), width="small"),
    }
    columns |= {s: Column(names.short(s)) for s in grid.scenarios}
    table(pd.DataFrame(rows), columns, view.lang, say("Values of the scenarios as published"))
    view.sources((_CELLS, _INDICATORS))


def _interval(view: View, low: float, high: float) -> str:
    if low == high:
        return source_number(low, view.lang)
    return f"{source_number(low, view.lang)}–{source_number(high, view.lang)}"


def _methods(view: View, finding: ScenarioFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("By every method"))
    title = (
        say("Places by method and time")
        if finding.goal is None
        else say("Places by method, time and reading of the disputed indicator")
    )
    with st.expander(title):
        frame = pd.DataFrame(
            [
                {
                    "method": names.method(case.method),
                    "at": say("whole path") if case.at == "path" else case.at,
                    **({} if case.goal is None else {"goal": names.goal(case.goal)}),
                    **case.ranks,
                }
                for case in finding.cases
            ]
        )
        columns = {
            "method": Column(say("Method")),
            "at": Column(say("Year")),
        }
        if finding.goal is not None:
            columns["goal"] = Column(names.indicator(finding.goal), width="medium")
        columns |= {
            s: Column(say("{scenario}, place", scenario=names.short(s)), place=True)
            for s in finding.table.scenarios
        }
        table(frame, columns, view.lang, say("Places of the scenarios in every case"))
    view.sources(
        (_CELLS, _INDICATORS),
        computed=say("The same methods as for the directions, on the middles of the intervals."),
        assumed=say("Indicators weigh the same; probabilities enter no ranking."),
    )


def _directions(view: View, finding: ScenarioFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("Directions under each scenario"))
    view.chart(charts.directions(finding, view.study, view.lang))
    with st.expander(say("The figures")):
        frame = pd.DataFrame(
            {"direction": [names.alternative(a) for a in finding.alternatives]}
            | {s: finding.by_scenario[k] for k, s in enumerate(finding.table.scenarios)}
        )
        columns = {"direction": Column(say("Direction"))}
        columns |= {
            s: Column(say("{scenario}, score from 0 to 1", scenario=names.short(s)), 3)
            for s in finding.table.scenarios
        }
        table(frame, columns, view.lang, say("Scores of the directions under each scenario"))
    view.sources(
        (*view.weight_tables(), "scores.csv", _FOLDER + "emphasis.csv"),
        computed=say(
            "Weighted sum on one fixed scale of values; measured criteria are weighed by each scenario's emphasis, computed ones keep their weight."
        ),
    )


def _case(view: View) -> None:
    say, names, lang = view.lang.say, view.names, view.lang
    scenarios = view.study.scenarios
    if scenarios is None:
        return
    view.heading(say("What each scenario presupposes, and what speaks for it"))
    found = view.results.scenarios
    for scenario, row in scenarios.scenarios.iterrows():
        low, high = (
            found.probabilities[str(scenario)]
            if found
            else (
                row["probability_low"],
                row["probability_high"],
            )
        )
        with st.expander(names.scenario(str(scenario))):
            view.text(
                say(
                    "Probability from {low} to {high} in the source's judgement.",
                    low=lang.number(low),
                    high=lang.number(high),
                )
            )
            signs = scenarios.signposts[scenarios.signposts["scenario"] == scenario]
            for kind, title in (
                ("external", say("It presupposes outside the region:")),
                ("internal", say("It presupposes in the region:")),
            ):
                told = signs.loc[signs["kind"] == kind, lang.column("signpost")]
                if len(told):
                    view.text(title)
                    view.points(told)
            case = scenarios.case[scenarios.case["scenario"] == scenario]
            if len(case):
                view.text(say("The source's case for it:"))
                view.points(
                    f"{statement} ({place})"
                    for statement, place in zip(
                        case[lang.column("statement")], case[lang.column("place")], strict=True
                    )
                )
    view.sources(tuple(_FOLDER + f for f in ("scenarios.csv", "signposts.csv", "case.csv")))
