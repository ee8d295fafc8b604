"""Resilience: the composite index observed and under the scenarios, beside the published one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import ResilienceFinding
from app.analyst import claims_section
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import resilience as charts
from app.words import resilience as words

_FOLDER = "resilience/"
OBSERVED = tuple(_FOLDER + f for f in ("series.csv", "indicators.csv"))
CONTINUED = (*OBSERVED, "scenarios/table.csv", _FOLDER + "mapping.csv")


def show(view: View) -> None:
    """Show the page."""
    finding = view.results.resilience
    if finding is None:
        view.finding([view.lang.say("This study has no annual series, so it has no index.")])
        return
    said = words.sentences(finding, view.results.scenarios, view.study, view.lang)
    view.finding(said)
    _levels(view, finding)
    _scenarios(view, finding)
    _variants(view, finding)
    _indicators(view, finding)
    view.rest(said)
    claims_section.show(view)


def recipe(view: View, finding: ResilienceFinding) -> str:
    """Say how the index is made, and what the study says of it."""
    reference = finding.index.spec.reference
    made = view.lang.say(
        "{count} indicators, each as its distance from the mean of {first}–{last} in standard deviations ({std}); mean of the indicators within a factor, mean of the factors.",
        count=len(finding.index.spec.names),
        first=reference.first,
        last=reference.last,
        std=view.lang.say("of a sample")
        if reference.std == "sample"
        else view.lang.say("of a population"),
    )
    return " ".join([made, *words.note(view.study, view.lang)])


def _levels(view: View, finding: ResilienceFinding) -> None:
    say = view.lang.say
    view.heading(say("The index over the years"))
    view.chart(charts.index(finding, view.study, view.lang))
    view.chart(charts.factors(finding, view.study, view.lang))
    with st.expander(say("The figures")):
        levels = finding.index.levels()
        frame = pd.DataFrame({"year": list(levels), "index": list(levels.values())})
        columns = {
            "year": Column(say("Year")),
            "index": Column(say("Index, standard deviations"), 3),
        }
        for factor, row in finding.index.factor_levels().items():
            frame[factor] = [row.get(y) for y in levels]
            columns[factor] = Column(
                say("{factor}, standard deviations", factor=view.names.factor(factor)), 3
            )
        table(frame, columns, view.lang, say("Index and its factors by year"))
        _absent(view, finding)
    used = OBSERVED if finding.projection is None else CONTINUED
    view.sources(used, computed=recipe(view, finding))


def _absent(view: View, finding: ResilienceFinding) -> None:
    names, last = view.names, max(finding.index.levels())
    view.points(
        view.lang.say(
            "{year} has no index; figures are missing for {series}.",
            year=year,
            series=view.lang.listed(
                [
                    names.series(s)
                    for s in dict.fromkeys(x for found in gone.values() for x in found)
                ]
            ),
        )
        for year, gone in finding.missing.items()
        if year == last + 1
    )


def _scenarios(view: View, finding: ResilienceFinding) -> None:
    say, names = view.lang.say, view.names
    if finding.projection is None or finding.banded is None:
        return
    view.heading(say("Under the scenarios"))
    ranges = finding.banded.projected_range()
    with st.expander(say("The figures")):
        frame = pd.DataFrame(
            [
                {
                    "scenario": names.scenario(scenario),
                    "year": year,
                    "value": value,
                    "low": min(low, ranges[scenario][year][0]),
                    "high": max(high, ranges[scenario][year][1]),
                }
                for scenario, levels in finding.projection.levels().items()
                for year, (low, value, high) in levels.items()
            ]
        )
        table(
            frame,
            {
                "scenario": Column(say("Scenario")),
                "year": Column(say("Year")),
                "value": Column(say("Index, standard deviations"), 3),
                "low": Column(say("Lowest of the recipes"), 3),
                "high": Column(say("Highest of the recipes"), 3),
            },
            view.lang,
            say("Index under each scenario with the range over the recipes of this window"),
        )
        years = finding.projection.years
        gaps = pd.DataFrame(
            [
                {"pair": f"{names.short(a)} − {names.short(b)}"}
                | {str(y): g for y, g in zip(years, gap, strict=True)}
                for (a, b), gap in finding.gap.items()
            ]
        )
        columns = {"pair": Column(say("Difference of the index"), width="medium")}
        table(
            gaps,
            columns | {str(y): Column(str(y), 3) for y in years},
            view.lang,
            say("Differences between the scenarios, which do not depend on where zero lies"),
        )
    view.sources(
        CONTINUED,
        computed=say(
            "Scenarios continue the indicators from {year} on the same scale; the range spans {count} recipes of this window: the other deviation, other lists of indicators, each indicator left out once. Another window moves zero, so its levels are no part of it.",
            year=finding.base_year,
            count=len(finding.banded.variants),
        ),
    )


def _variants(view: View, finding: ResilienceFinding) -> None:
    say, names = view.lang.say, view.names
    if len(finding.variants) < 2:
        return
    view.heading(say("With other lists of indicators"))
    levels = {name: index.levels() for name, index in finding.variants.items()}
    years = sorted({y for row in levels.values() for y in row})
    with st.expander(say("The figures")):
        frame = pd.DataFrame(
            {"year": years} | {n: [row.get(y) for y in years] for n, row in levels.items()}
        )
        columns = {"year": Column(say("Year"))} | {n: Column(names.variant(n), 3) for n in levels}
        table(frame, columns, view.lang, say("Index by list of indicators, standard deviations"))
    view.sources(OBSERVED, computed=say("The same recipe with each list, over the same years."))


def _indicators(view: View, finding: ResilienceFinding) -> None:
    say, names, lang = view.lang.say, view.names, view.lang
    resilience = view.study.resilience
    if resilience is None:
        return
    view.heading(say("What the index is made of"))
    with st.expander(say("Indicators, their formulas and how they go on")):
        chosen = list(finding.index.spec.names)
        rows = resilience.indicators.loc[chosen]
        how = (
            resilience.mapping[lang.column("how")].reindex(chosen)
            if len(resilience.mapping)
            else None
        )
        frame = pd.DataFrame(
            {
                "factor": [names.factor(f) for f in rows["factor"]],
                "indicator": rows[lang.column("name")],
                "unit": rows[lang.column("unit")],
                "sense": [
                    say("more is better") if s == "max" else say("less is better")
                    for s in rows["sense"]
                ],
                "formula": rows["formula"],
                "how": "" if how is None else how.fillna(""),
            }
        )
        table(
            frame,
            {
                "factor": Column(say("Factor")),
                "indicator": Column(say("Indicator"), width="medium"),
                "unit": Column(say("Unit")),
                "sense": Column(say("Sense")),
                "formula": Column(say("Formula over the series"), width="medium"),
                "how": Column(say("Under the scenarios"), width="medium"),
            },
            lang,
            say("Indicators of the index"),
            wrap=True,
        )
    with st.expander(say("Series by the names that formulas use")):
        series = resilience.names.reset_index()
        table(
            series,
            {
                "series": Column(say("Name in formulas")),
                lang.column("name"): Column(say("Series")),
                lang.column("unit"): Column(say("Unit")),
            },
            lang,
            say("Annual series with their units"),
        )
    with st.expander(say("Breaks in the series")):
        breaks = resilience.breaks
        view.points(
            say("{year}, {series}: {what}", year=y, series=names.series(str(s)), what=w)
            for y, s, w in zip(
                breaks["year"], breaks["series"], breaks[lang.column("what")], strict=True
            )
        )
    view.sources(
        tuple(
            _FOLDER + f
            for f in (
                "indicators.csv",
                "mapping.csv",
                "factors.csv",
                "series_names.csv",
                "breaks.csv",
            )
        )
    )
