"""The audit of the argument: choices, restatements, other alternatives, a second opinion."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.analysis import Findings
from app.charts import audit as charts
from app.i18n import Language
from app.report.model import COMPUTED, TEXT, Chart, Column, Picture, Section, Table
from app.words import audit as words
from app.words import reversal as words_of_reversal
from app.words.choices import CHOICES, choice_name, option_name, shares
from app.words.names import Names
from app.words.phrases import place


def section(findings: Findings, lang: Language) -> Section:
    """Specification curve, invariance, rank reversal and second opinions."""
    study, finding = findings.study, findings.audit
    drawn: list[tuple[Chart, tuple[Any, ...]]] = [
        (charts.curve, (finding, study, lang)),
        *((charts.by_option, (finding, choice, study, lang)) for choice in CHOICES),
    ]
    tables = [make(findings, lang) for make in (_options, _moves, _reversal, _opinions)]
    return Section(
        "audit",
        lang.say("Audit of the argument"),
        (
            *words.sentences(finding, study, lang),
            *words_of_reversal.sentences(
                findings.change.reversal, findings.directions.headline, study, lang
            ),
        ),
        Picture.those(drawn),
        tuple(t for t in tables if t.rows),
    )


def _options(findings: Findings, lang: Language) -> Table:
    curve, say = findings.audit.curve, lang.say
    names = Names(findings.study, lang)
    leads = [a for a, share in curve.first_by.items() if share > 0]
    return Table(
        "specifications",
        say("Share of the combinations in which each direction is first, by choice and option"),
        (
            Column(say("option"), TEXT),
            Column(say("choice"), TEXT),
            *(Column(names.alternative(a), COMPUTED, 1, percent=True) for a in leads),
        ),
        tuple(
            (
                option_name(choice, option, names, lang),
                choice_name(choice, lang),
                *(share.get(a, 0.0) for a in leads),
            )
            for choice, options in shares(curve).items()
            for option, share in options.items()
        ),
    )


def _moves(findings: Findings, lang: Language) -> Table:
    say = lang.say
    names = Names(findings.study, lang)
    written = partial(place, lang)
    return Table(
        "restatements",
        say("Places that a mere restatement of a criterion moves"),
        (
            Column(say("method"), TEXT),
            Column(say("criterion"), TEXT),
            Column(say("told"), TEXT),
            Column(say("places before and after"), TEXT),
            Column(say("first place changes"), TEXT),
        ),
        tuple(
            (
                names.method(audit.label),
                names.criterion(trial.criterion),
                words.restated(trial.restatement, lang),
                "; ".join(
                    say(
                        "{name}: {before} → {after}",
                        name=names.short(a),
                        before=written(before),
                        after=written(after),
                    )
                    for a, (before, after) in trial.moved.items()
                ),
                say("yes") if trial.first_changes else say("no"),
            )
            for audit in findings.audit.invariance
            for trial in audit.changes
        ),
    )


def _reversal(findings: Findings, lang: Language) -> Table:
    say, found = lang.say, findings.change.reversal
    names = Names(findings.study, lang)
    return Table(
        "rank_reversal",
        say("The ranking repeated with other alternatives"),
        (
            Column(say("ranked again"), TEXT),
            Column(say("first place"), TEXT),
            Column(say("pairs in another order"), TEXT),
        ),
        tuple(
            (
                words_of_reversal.case(each, names, lang),
                lang.sentence(each.refused)
                if each.refused is not None
                else lang.listed([names.short(a) for a in each.first]),
                "; ".join(words_of_reversal.turned(r, names, lang) for r in each.reversals),
            )
            for each in found.cases
        ),
    )


def _opinions(findings: Findings, lang: Language) -> Table:
    say = lang.say
    names = Names(findings.study, lang)
    return Table(
        "second_opinion",
        say("The same problem by pymcdm"),
        (
            Column(say("method"), TEXT),
            Column(say("agreement"), TEXT),
            Column(say("ranked otherwise"), TEXT),
            Column(say("why"), TEXT),
        ),
        tuple(
            (
                names.method(label),
                words.agreement(opinion, lang),
                ", ".join(names.short(a) for a in opinion.moved),
                words.why(opinion, lang),
            )
            for label, opinion in findings.audit.opinions.items()
        ),
    )
