"""The ranking of the directions."""

from __future__ import annotations

from app.analysis import Findings
from app.charts import directions as charts
from app.i18n import Language
from app.report.model import ASSUMED, COMPUTED, TEXT, Column, Picture, Section, Table
from app.report.sections.common import kind_of_cell, origins
from app.words import directions as words
from app.words.names import Names
from app.words.phrases import text_of


def section(findings: Findings, lang: Language) -> Section:
    """Scores and ranks by method, who is first where, weights, and the cells behind them."""
    study, finding = findings.study, findings.directions
    pictures = [
        charts.scores,
        charts.ranks,
        charts.first_by_reading,
        charts.first_by_normalisation,
        charts.first_by_panel,
        charts.weights,
    ]
    return Section(
        "directions",
        lang.say("Ranking of the directions"),
        tuple(words.sentences(finding, study, lang)),
        tuple(Picture.of(p, finding, study, lang) for p in pictures),
        (
            _by_method(findings, lang, "scores"),
            _by_method(findings, lang, "ranks"),
            _firsts(findings, lang),
            _weights(findings, lang),
            _cells(findings, lang),
        ),
        origins(study, lang, ("alternatives", "criteria", "scores", "relevance", "profile")),
    )


def _by_method(findings: Findings, lang: Language, what: str) -> Table:
    finding = findings.directions
    names = Names(findings.study, lang)
    title = lang.say("Scores by method") if what == "scores" else lang.say("Ranks by method")
    return Table(
        what,
        title,
        (
            Column(lang.say("method"), TEXT),
            *(
                Column(names.alternative(a), COMPUTED, 3 if what == "scores" else 1)
                for a in finding.problem.alternatives
            ),
        ),
        tuple(
            (names.method(m), *(float(x) for x in getattr(result, what)))
            for m, result in finding.results.items()
        ),
    )


def _firsts(findings: Findings, lang: Language) -> Table:
    finding = findings.directions
    names = Names(findings.study, lang)
    say = lang.say
    seen = dict.fromkeys([*finding.by_reading, *finding.by_normalisation, *finding.by_panel])
    return Table(
        "firsts",
        say("Who is first by method, reading and panel"),
        (
            Column(say("method"), TEXT),
            Column(say("reading"), TEXT),
            Column(say("panel"), TEXT),
            Column(say("first place"), TEXT),
        ),
        tuple(
            (
                names.method(c.label),
                names.reading(c.reading),
                names.pooling(c.pooling),
                lang.listed([names.alternative(a) for a in c.first]),
            )
            for c in seen
        ),
    )


def _weights(findings: Findings, lang: Language) -> Table:
    finding = findings.directions
    names = Names(findings.study, lang)
    say = lang.say
    stability = {s.criterion: s for s in finding.stability}
    rows = []
    for criterion, weight in zip(finding.problem.criteria, finding.problem.weights, strict=True):
        found = stability.get(criterion)
        rows.append(
            (
                names.criterion(criterion),
                names.criterion_unit(criterion),
                float(weight),
                None if found is None else found.low,
                None if found is None else found.high,
                "" if found is None or found.below is None else names.alternative(found.below),
                "" if found is None or found.above is None else names.alternative(found.above),
            )
        )
    return Table(
        "weights",
        say("Weights of the criteria, and the interval in which the first place stays"),
        (
            Column(say("criterion"), TEXT),
            Column(say("unit"), TEXT),
            Column(say("weight"), COMPUTED, 3),
            Column(say("low"), COMPUTED, 3),
            Column(say("high"), COMPUTED, 3),
            Column(say("first below it"), TEXT),
            Column(say("first above it"), TEXT),
        ),
        tuple(rows),
        drawn="bar",
    )


def _cells(findings: Findings, lang: Language) -> Table:
    """Every cell with its basis and rule; its kind stands in a column of its own."""
    study = findings.study
    names = Names(study, lang)
    say = lang.say
    rows = []
    for (criterion, alternative), cell in study.scores.iterrows():
        basis = study.settings.bases.get(str(cell["basis"]))
        kind = kind_of_cell(study, criterion, alternative)
        rows.append(
            (
                names.criterion(criterion),
                names.alternative(alternative),
                float(cell["value"]),
                float(cell["low"]),
                float(cell["high"]),
                names.criterion_unit(criterion),
                names.kind(kind),
                say("rated by experts") if basis is None else lang.pick(basis.title),
                text_of(cell[lang.column("rule")]),
            )
        )
    return Table(
        "cells",
        say("Scores of the directions by criterion"),
        (
            Column(say("criterion"), TEXT),
            Column(say("direction"), TEXT),
            Column(say("value"), ASSUMED, 2),
            Column(say("low"), ASSUMED, 2),
            Column(say("high"), ASSUMED, 2),
            Column(say("unit"), TEXT),
            Column(say("kind of number"), TEXT),
            Column(say("basis"), TEXT),
            Column(say("rule"), TEXT),
        ),
        tuple(rows),
    )
