"""Directions: who leads by which method, with which weights and scores, and what would tip it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app.analysis import Case, DirectionsFinding
from app.analyst import criteria_section
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import directions as charts
from app.words import directions as words

_SCORES = "scores.csv"


def show(view: View) -> None:
    """Show the page."""
    finding = view.results.directions
    said = words.sentences(finding, view.study, view.lang)
    view.finding(said)
    _ranking(view, finding)
    _methods(view, finding)
    criteria_section.weights(view, finding)
    criteria_section.cells(view, finding)
    criteria_section.gaps(view, finding)
    view.rest(said)


def _ranking(view: View, finding: DirectionsFinding) -> None:
    say, names, result = view.lang.say, view.names, finding.result
    view.heading(say("Ranking by {method}", method=names.method(finding.headline)))
    higher = (
        say("The higher the score, the better.")
        if result.higher_is_better
        else say("The lower the score, the better.")
    )
    view.chart(charts.scores(finding, view.study, view.lang))
    view.text(higher)
    frame = pd.DataFrame(
        {
            "rank": result.ranks,
            "direction": [names.alternative(a) for a in result.alternatives],
            "score": result.scores,
        }
    ).sort_values("rank", kind="stable")
    for consensus in finding.consensus:
        frame[consensus.rule] = consensus.ranks[frame.index]
    columns = {
        "rank": Column(
            say("Place"), place=True, help=say("Equal scores share the mean of their places")
        ),
        "direction": Column(say("Direction")),
        "score": Column(say("Score"), 3),
    }
    columns |= {
        c.rule: Column(
            say("Place by {rule}", rule=names.rule(c.rule)), place=True, help=c.reference
        )
        for c in finding.consensus
    }
    table(frame, columns, view.lang, say("Places and scores of the directions"))
    _rest_on(
        view,
        say(
            "{method}, {reference}; the consensus counts one vote per class of methods.",
            method=names.method(finding.headline),
            reference=result.reference,
        ),
    )


def _methods(view: View, finding: DirectionsFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("Who is first by which method"))
    view.chart(charts.first_by_reading(finding, view.study, view.lang))
    _rest_on(view, say("Each method with each reading, the chosen panel."))
    view.chart(charts.ranks(finding, view.study, view.lang))
    _rest_on(view, say("Places from 1, the chosen reading and panel."))
    with st.expander(say("Places by every method")):
        frame = pd.DataFrame(
            [
                {"method": names.method(m)}
                | dict(zip(r.alternatives, r.ranks.tolist(), strict=True))
                | {"reference": r.reference}
                for m, r in finding.results.items()
            ]
        )
        columns = {"method": Column(say("Method"), width="medium")}
        columns |= {
            a: Column(names.short(a), place=True, help=names.alternative(a))
            for a in finding.problem.alternatives
        }
        columns["reference"] = Column(say("Source"))
        table(frame, columns, view.lang, say("Places of the directions by method"))
        _refused(view, finding)
        _rest_on(
            view,
            say(
                "Places from 1; methods that always agree vote once: {classes}.",
                classes=_classes(view, finding),
            ),
        )
    with st.expander(say("First place by method and reading of the computed criterion")):
        _firsts(view, finding.by_reading, "reading")
        _rest_on(view, say("Each method with each reading, the chosen panel."))
    with st.expander(say("First place by method and panel of experts")):
        view.chart(charts.first_by_panel(finding, view.study, view.lang))
        _firsts(view, finding.by_panel, "pooling")
        _rest_on(view, say("Each method with each panel, the chosen reading."))
    with st.expander(say("First place by method and normalisation")):
        view.chart(charts.first_by_normalisation(finding, view.study, view.lang))
        frame = pd.DataFrame(
            {
                "method": [names.method(c.label) for c in finding.by_normalisation],
                "first": [_short(view, c) for c in finding.by_normalisation],
            }
        )
        table(
            frame,
            {
                "method": Column(say("Method and normalisation")),
                "first": Column(say("First place")),
            },
            view.lang,
            say("First place by method and normalisation"),
        )
        _rest_on(view, say("Methods that leave the normalisation open are tried with each."))


def _rest_on(view: View, computed: str) -> None:
    view.sources((*view.weight_tables(), _SCORES), computed=computed)


def _firsts(view: View, cases: Sequence[Case], across: str) -> None:
    """Show who is first, a row per method, a column per reading or panel."""
    names = view.names
    heads = dict.fromkeys(getattr(c, across) for c in cases)
    rows: dict[str, dict[str, str]] = {}
    for case in cases:
        row = rows.setdefault(case.label, {"method": names.method(case.label)})
        row[getattr(case, across)] = _short(view, case)
    name_of = names.reading if across == "reading" else names.pooling
    columns = {"method": Column(view.lang.say("Method"))}
    columns |= {head: Column(name_of(head)) for head in heads}
    frame = pd.DataFrame(list(rows.values()), columns=list(columns)).fillna("—")
    table(frame, columns, view.lang, view.lang.say("Who is first in each case"))


def _short(view: View, case: Case) -> str:
    return ", ".join(view.names.short(a) for a in case.first)


def _classes(view: View, finding: DirectionsFinding) -> str:
    return "; ".join(
        " = ".join(view.names.method(m) for m in members) for members in finding.classes
    )


def _refused(view: View, finding: DirectionsFinding) -> None:
    view.points(
        view.lang.say(
            "{method} does not take these data: {reason}.",
            method=view.names.method(method),
            reason=view.lang.sentence(reason),
        )
        for method, reason in finding.not_applicable.items()
    )
