"""Scenarios beside each other."""

from __future__ import annotations

from functools import partial

from app.analysis import Findings, ScenarioFinding
from app.charts import scenarios as charts
from app.i18n import Language
from app.report.model import ASSUMED, COMPUTED, SOURCE, TEXT, Column, Picture, Section, Table
from app.report.sections.common import origins
from app.words import scenarios as words
from app.words.names import Names
from app.words.phrases import text_of


def section(findings: Findings, lang: Language) -> Section | None:
    """Dominance, ranks by method, the table itself, and directions under each scenario."""
    study, finding = findings.study, findings.scenarios
    if finding is None or study.scenarios is None:
        return None
    return Section(
        "scenarios",
        lang.say("Scenarios"),
        tuple(words.sentences(finding, study, lang)),
        (
            Picture.of(charts.dominance, finding, study, lang),
            Picture(
                partial(charts.indicators, finding, study, lang),
                partial(charts.indicators, finding, study, lang, columns=1, width=250),
            ),
            Picture.of(charts.directions, finding, study, lang),
        ),
        (
            _dominance(finding, findings, lang),
            _ranks(finding, findings, lang),
            _table(finding, findings, lang),
            _probabilities(finding, findings, lang),
            _directions(finding, findings, lang),
        ),
        origins(study, lang, ("scenarios/",)),
    )


def _dominance(finding: ScenarioFinding, findings: Findings, lang: Language) -> Table:
    names, say = Names(findings.study, lang), lang.say
    return Table(
        "dominance",
        say("Cells in which one scenario is better than another"),
        (
            Column(say("scenario"), TEXT),
            Column(say("against"), TEXT),
            Column(say("better"), COMPUTED, 0),
            Column(say("equal"), COMPUTED, 0),
            Column(say("worse"), COMPUTED, 0),
            Column(say("overlapping"), COMPUTED, 0),
        ),
        tuple(
            (
                names.scenario(d.first),
                names.scenario(d.second),
                d.better,
                d.equal,
                d.worse,
                d.unclear,
            )
            for d in finding.dominance
        ),
    )


def _ranks(finding: ScenarioFinding, findings: Findings, lang: Language) -> Table:
    names, say = Names(findings.study, lang), lang.say
    scenarios = finding.table.scenarios
    return Table(
        "scenario_ranks",
        say("Ranks of the scenarios by method and time")
        if finding.goal is None
        else say("Ranks of the scenarios by method, time and reading of the disputed indicator"),
        (
            Column(say("method"), TEXT),
            Column(say("time"), TEXT),
            *([] if finding.goal is None else [Column(say("reading"), TEXT)]),
            *(Column(names.scenario(s), COMPUTED, 1) for s in scenarios),
        ),
        tuple(
            (
                names.method(c.method),
                c.at if c.at.isdigit() else say("whole path"),
                *([] if c.goal is None else [names.goal(c.goal)]),
                *(float(c.ranks[s]) for s in scenarios),
            )
            for c in finding.cases
        ),
    )


def _table(finding: ScenarioFinding, findings: Findings, lang: Language) -> Table:
    names, say, table = Names(findings.study, lang), lang.say, finding.table
    cells = findings.study.scenarios.cells if findings.study.scenarios is not None else None
    notes = {}
    if cells is not None and lang.column("note") in cells.columns:
        notes = {
            (r["indicator"], r["scenario"], int(r["year"])): text_of(r[lang.column("note")])
            for _, r in cells.iterrows()
        }
    return Table(
        "scenario_table",
        say("What each scenario supposes"),
        (
            Column(say("indicator"), TEXT),
            Column(say("unit"), TEXT),
            Column(say("scenario"), TEXT),
            Column(say("year"), TEXT, 0),
            Column(say("low"), SOURCE, None),
            Column(say("high"), SOURCE, None),
            Column(say("note"), TEXT),
        ),
        tuple(
            (
                names.indicator(i),
                names.indicator_unit(i),
                names.scenario(s),
                str(year),
                float(table.low[a, b, c]),
                float(table.high[a, b, c]),
                notes.get((i, s, year), ""),
            )
            for a, i in enumerate(table.indicators)
            for b, s in enumerate(table.scenarios)
            for c, year in enumerate(table.years)
        ),
    )


def _probabilities(finding: ScenarioFinding, findings: Findings, lang: Language) -> Table:
    names, say = Names(findings.study, lang), lang.say
    return Table(
        "probabilities",
        say("Probabilities of the scenarios, made coherent"),
        (
            Column(say("scenario"), TEXT),
            Column(say("low"), ASSUMED, 2),
            Column(say("high"), ASSUMED, 2),
        ),
        tuple((names.scenario(s), low, high) for s, (low, high) in finding.probabilities.items()),
    )


def _directions(finding: ScenarioFinding, findings: Findings, lang: Language) -> Table:
    names = Names(findings.study, lang)
    return Table(
        "directions_by_scenario",
        lang.say("Directions under the weights that each scenario suggests"),
        (
            Column(lang.say("direction"), TEXT),
            *(Column(names.scenario(s), COMPUTED, 3) for s in finding.table.scenarios),
        ),
        tuple(
            (names.alternative(a), *(float(x) for x in finding.by_scenario[:, k]))
            for k, a in enumerate(finding.alternatives)
        ),
    )
