"""What would change the answer, and what it would pay to learn."""

from __future__ import annotations

from typing import Any

from app.analysis import Findings
from app.charts import change as charts
from app.charts import learning as charts_of_learning
from app.i18n import Language
from app.report.model import ASSUMED, COMPUTED, TEXT, Chart, Column, Picture, Section, Table
from app.report.sections.common import kind_of_cell
from app.words import change as words
from app.words import learning as words_of_learning
from app.words.names import Names


def section(findings: Findings, lang: Language) -> Section:
    """Smallest changes of weights and of a value, missing criterion, value of learning."""
    study, finding, directions = findings.study, findings.change, findings.directions
    drawn: list[tuple[Chart, tuple[Any, ...]]] = [
        (charts.weights, (finding, directions, study, lang)),
        (charts.missing, (finding, directions, study, lang)),
        (charts.weights_by_method, (finding, study, lang)),
        (charts.missing_by_method, (finding, study, lang)),
        (charts.triangle, (finding, directions, study, lang)),
        (charts_of_learning.inputs, (findings.learning, study, lang)),
    ]
    tables = [
        _weights(findings, lang),
        _by_method(findings, lang),
        _pairs(findings, lang),
        _values(findings, lang),
        _rivals(findings, lang),
        _learning(findings, lang),
        _unmeasured(findings, lang),
    ]
    return Section(
        "change",
        lang.say("What would change it"),
        (
            *words.sentences(finding, directions, study, lang),
            *words_of_learning.sentences(findings.learning, study, lang),
        ),
        Picture.those(drawn),
        tuple(t for t in tables if t.rows),
    )


def _weights(findings: Findings, lang: Language) -> Table:
    finding, say = findings.change, lang.say
    names = Names(findings.study, lang)
    columns = [
        Column(say("criterion"), TEXT),
        Column(say("weight now"), COMPUTED, 3),
    ]
    titles = {
        "L1": say("weight where the least has moved"),
        "L2": say("weight where the squares of the changes are least"),
    }
    found = {
        norm: change.weights
        for norm, change in finding.weights.items()
        if change is not None and change.weights is not None
    }
    columns += [Column(titles[n], COMPUTED, 3) for n in found]
    return Table(
        "tipping_weights",
        say("Weights now and where the first place is lost"),
        tuple(columns),
        tuple(
            (
                names.criterion(c),
                float(finding.problem.weights[j]),
                *(float(weights[j]) for weights in found.values()),
            )
            for j, c in enumerate(finding.problem.criteria)
        )
        if found
        else (),
    )


def _by_method(findings: Findings, lang: Language) -> Table:
    finding, say = findings.change, lang.say
    names = Names(findings.study, lang)
    rows = []
    for method, change in finding.weights_by_method.items():
        missing = finding.missing_by_method[method]
        rows.append(
            (
                names.method(method),
                names.short(missing.leader),
                None if change is None else words.moved(change),
                "" if change is None else names.short(change.rival),
                "" if change is None else exactness(lang, exact=change.exact),
                None if missing.rival is None else missing.weight,
                "" if missing.rival is None else names.short(missing.rival),
                exactness(lang, exact=missing.exact),
                say("no") if missing.scale_free else say("yes"),
            )
        )
    return Table(
        "tipping_methods",
        say("What would tip the first place, by method"),
        (
            Column(say("method"), TEXT),
            Column(say("first now"), TEXT),
            Column(say("weight that must move"), COMPUTED, 1, percent=True),
            Column(say("first then"), TEXT),
            Column(say("how sure"), TEXT),
            Column(say("weight of a criterion nobody measured"), COMPUTED, 1, percent=True),
            Column(say("first with it"), TEXT),
            Column(say("how sure of that"), TEXT),
            Column(say("rests on the values assumed"), TEXT),
        ),
        tuple(rows),
    )


def _pairs(findings: Findings, lang: Language) -> Table:
    say = lang.say
    names = Names(findings.study, lang)
    return Table(
        "swaps",
        say("Weight that must move to swap each pair"),
        (
            Column(say("above now"), TEXT),
            Column(say("below now"), TEXT),
            Column(say("weight that must move"), COMPUTED, 1, percent=True),
            Column(say("how sure"), TEXT),
        ),
        tuple(
            (
                names.alternative(each.leader),
                names.alternative(each.rival),
                words.moved(each),
                exactness(lang, exact=each.exact),
            )
            for each in findings.change.swaps
        ),
    )


def _values(findings: Findings, lang: Language) -> Table:
    say = lang.say
    names = Names(findings.study, lang)
    return Table(
        "tipping_values",
        say("Single values that can cost the first its place"),
        (
            Column(say("criterion"), TEXT),
            Column(say("direction"), TEXT),
            Column(say("unit"), TEXT),
            Column(say("value now"), ASSUMED, 3),
            Column(say("kind of number"), TEXT),
            Column(say("first place lost at"), COMPUTED, 3),
            Column(say("change, part of the column's range"), COMPUTED, 1, percent=True),
            Column(say("first then"), TEXT),
            Column(say("how sure"), TEXT),
        ),
        tuple(
            (
                names.criterion(tip.criterion),
                names.alternative(tip.alternative),
                names.criterion_unit(tip.criterion),
                tip.present,
                names.kind(kind_of_cell(findings.study, tip.criterion, tip.alternative)),
                tip.value,
                tip.share,
                names.alternative(tip.taker),
                exactness(lang, exact=tip.exact),
            )
            for tip in sorted(
                (t for c in findings.change.values.cells for t in (c.down, c.up) if t),
                key=lambda t: (t.share is None, t.share or 0.0),
            )
        ),
    )


def _rivals(findings: Findings, lang: Language) -> Table:
    found, say = findings.change.missing, lang.say
    names = Names(findings.study, lang)
    return Table(
        "missing_criterion",
        say("Weight that a criterion nobody measured would need, by rival"),
        (
            Column(say("direction"), TEXT),
            Column(say("weight needed"), COMPUTED, 1, percent=True),
        ),
        tuple((names.alternative(a), w) for a, w in found.by_rival.items()),
        drawn="bar",
    )


def _learning(findings: Findings, lang: Language) -> Table:
    found = findings.learning.inputs
    names = Names(findings.study, lang)
    return Table(
        "learning",
        lang.say("What learning each input is worth"),
        _gain_columns(lang),
        tuple(
            (
                words_of_learning.input_name(name, names, lang),
                found.inputs[name].value,
                found.inputs[name].standard_error,
                found.inputs[name].share,
            )
            for name in found.order
        ),
    )


def _unmeasured(findings: Findings, lang: Language) -> Table:
    names = Names(findings.study, lang)
    return Table(
        "learning_missing",
        lang.say("What measuring each criterion that nobody measured is worth"),
        _gain_columns(lang),
        tuple(
            (
                names.criterion(criterion),
                found.inputs["missing"].value,
                found.inputs["missing"].standard_error,
                found.inputs["missing"].share,
            )
            for criterion, found in findings.learning.missing.items()
        ),
    )


def _gain_columns(lang: Language) -> tuple[Column, ...]:
    say = lang.say
    return (
        Column(say("what is learnt"), TEXT),
        Column(say("gain, in the method's score"), COMPUTED, 4),
        Column(say("standard error"), COMPUTED, 4),
        Column(say("part of the gain of knowing everything"), COMPUTED, 1, percent=True),
    )


def exactness(lang: Language, *, exact: bool) -> str:
    """Whether a smallest change is exact."""
    return lang.say("exact") if exact else lang.say("upper bound")
