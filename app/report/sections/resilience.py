"""The composite index."""

from __future__ import annotations

from app.analysis import Findings, ResilienceFinding
from app.charts import resilience as charts
from app.i18n import Language
from app.report.model import ASSUMED, COMPUTED, SOURCE, TEXT, Column, Picture, Section, Table
from app.report.sections.common import origins
from app.words import resilience as words
from app.words.names import Names
from app.words.phrases import text_of


def section(findings: Findings, lang: Language) -> Section | None:
    """Index and factors by year, scenarios with the span of the recipes, and the indicators."""
    study, finding = findings.study, findings.resilience
    if finding is None or study.resilience is None:
        return None
    tables = [_observed(finding, findings, lang)]
    if finding.projection is not None:
        tables.append(_projected(findings, lang))
    tables.append(_indicators(finding, findings, lang))
    return Section(
        "resilience",
        lang.say("Index of resilience"),
        tuple(words.sentences(finding, findings.scenarios, study, lang)),
        (
            Picture.of(charts.index, finding, study, lang),
            Picture.of(charts.factors, finding, study, lang),
        ),
        tuple(tables),
        origins(study, lang, ("resilience/",)),
    )


def _observed(finding: ResilienceFinding, findings: Findings, lang: Language) -> Table:
    names, say = Names(findings.study, lang), lang.say
    factors = finding.index.factor_levels()
    variants = {
        key: index.levels()
        for key, index in finding.variants.items()
        if index.spec.names != finding.index.spec.names
    }
    printed = words.published_levels(findings.study)
    return Table(
        "index",
        say("Index and its factors, standard deviations from the window's mean"),
        (
            Column(say("year"), TEXT, 0),
            Column(say("index"), COMPUTED, 3),
            *(Column(names.factor(f), COMPUTED, 3) for f in factors),
            *(Column(names.variant(v), COMPUTED, 3) for v in variants),
            *((Column(say("printed by the source"), SOURCE, 3),) if printed else ()),
        ),
        tuple(
            (
                str(year),
                level,
                *(levels[year] for levels in factors.values()),
                *(levels.get(year) for levels in variants.values()),
                *((printed[year][0] if year in printed else None,) if printed else ()),
            )
            for year, level in finding.index.levels().items()
        ),
        drawn="line",
    )


def _projected(findings: Findings, lang: Language) -> Table:
    names, say = Names(findings.study, lang), lang.say
    # The same figures as in findings.json, whose low and high span recipes and intervals.
    by_scenario = findings.to_dict()["resilience"]["scenarios"]
    return Table(
        "index_by_scenario",
        say("Index under the scenarios, with the span of the recipes of this window"),
        (
            Column(say("scenario"), TEXT),
            Column(say("year"), TEXT, 0),
            Column(say("index"), COMPUTED, 3),
            Column(say("low"), COMPUTED, 3),
            Column(say("high"), COMPUTED, 3),
        ),
        tuple(
            (names.scenario(s), year, cell["value"], cell["low"], cell["high"])
            for s, years in by_scenario.items()
            for year, cell in years.items()
        ),
    )


def _indicators(finding: ResilienceFinding, findings: Findings, lang: Language) -> Table:
    names, say = Names(findings.study, lang), lang.say
    resilience = findings.study.resilience
    assert resilience is not None
    frame, mapping = resilience.indicators, resilience.mapping
    rows = []
    for indicator in finding.index.spec.indicators:
        row = frame.loc[indicator.name]
        how = (
            text_of(mapping.loc[indicator.name, lang.column("how")])
            if indicator.name in mapping.index
            else ""
        )
        rows.append(
            (
                text_of(row[lang.column("name")]),
                names.factor(indicator.factor),
                text_of(row[lang.column("unit")]),
                names.goal(indicator.sense),
                indicator.formula,
                how,
            )
        )
    return Table(
        "indicators",
        say("Indicators of the index"),
        (
            Column(say("indicator"), TEXT),
            Column(say("factor"), TEXT),
            Column(say("unit"), TEXT),
            Column(say("which way is better"), ASSUMED),
            Column(say("formula"), ASSUMED),
            Column(say("under the scenarios"), ASSUMED),
        ),
        tuple(rows),
    )
