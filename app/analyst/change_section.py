"""The smallest changes that tip the first place: sections of the page of changes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import ChangeFinding, DirectionsFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import change as charts
from app.words import change as words

_SCORES = "scores.csv"


def weights(view: View, finding: ChangeFinding, directions: DirectionsFinding) -> None:
    """Show the smallest change of all weights at once: headline, method by method, every pair."""
    say, study, lang = view.lang.say, view.study, view.lang
    view.heading(say("The smallest change of all weights at once"))
    drawn = charts.weights(finding, directions, study, lang)
    if drawn is not None:
        view.chart(drawn)
    with st.expander(say("The figures")):
        _weights_table(view, finding)
    if any(c is not None for c in finding.weights_by_method.values()):
        with st.expander(say("Method by method")):
            view.chart(charts.weights_by_method(finding, study, lang))
            _methods_table(view, finding)
    if finding.swaps:
        with st.expander(say("Every pair of directions")):
            _pairs_table(view, finding)
    _sources(
        view,
        say(
            "The nearest weights, 0 or more and summing to 1, at which another is level with the first; the share that moves is half of the sum of all changes. Exact where scores are linear in the weights (Wolters and Mareschal 1995), elsewhere an upper bound by search; one method of every class."
        ),
    )


def _weights_table(view: View, finding: ChangeFinding) -> None:
    say, names, problem = view.lang.say, view.names, finding.problem
    frame = pd.DataFrame(
        {
            "criterion": [names.criterion(c) for c in problem.criteria],
            "now": problem.weights,
        }
    )
    columns = {
        "criterion": Column(say("Criterion")),
        "now": Column(say("Weight now"), 3),
    }
    labels = {
        "L1": say("Where the least weight has moved"),
        "L2": say("Where the squares of the changes are least"),
    }
    for norm, change in finding.weights.items():
        if change is not None and change.weights is not None:
            frame[norm] = change.weights
            columns[norm] = Column(
                labels[norm],
                3,
                help=say(
                    "{rival} is level with {leader} there",
                    rival=names.short(change.rival),
                    leader=names.short(change.leader),
                ),
            )
    table(
        frame.sort_values("now", ascending=False, kind="stable"),
        columns,
        view.lang,
        say("Weights now and where the first place is lost"),
    )


def _methods_table(view: View, finding: ChangeFinding) -> None:
    say, names = view.lang.say, view.names
    frame = pd.DataFrame(
        [
            {
                "method": names.method(method),
                "leader": "—" if change is None else names.short(change.leader),
                "rival": "—" if change is None else names.short(change.rival),
                "share": None if change is None else words.moved(change),
                "exact": "—" if change is None else _exact(view, exact=change.exact),
            }
            for method, change in finding.weights_by_method.items()
        ]
    ).sort_values("share", kind="stable")
    table(
        frame,
        {
            "method": Column(say("Method")),
            "share": Column(say("Weight that must move, %"), 1, percent=True),
            "leader": Column(say("First now")),
            "rival": Column(say("First then")),
            "exact": Column(say("How sure")),
        },
        view.lang,
        say("Smallest change of the weights by method"),
    )


def _pairs_table(view: View, finding: ChangeFinding) -> None:
    say, names = view.lang.say, view.names
    frame = pd.DataFrame(
        [
            {
                "upper": names.alternative(each.leader),
                "lower": names.alternative(each.rival),
                "share": words.moved(each),
                "exact": _exact(view, exact=each.exact),
            }
            for each in finding.swaps
        ]
    )
    table(
        frame,
        {
            "upper": Column(say("Above now")),
            "lower": Column(say("Below now")),
            "share": Column(say("Weight that must move, %"), 1, percent=True),
            "exact": Column(say("How sure")),
        },
        view.lang,
        say("Smallest change of the weights that swaps each pair; empty where none does"),
    )


def _exact(view: View, *, exact: bool) -> str:
    return view.lang.say("exact") if exact else view.lang.say("upper bound")


def triangle(view: View, finding: ChangeFinding, directions: DirectionsFinding) -> None:
    """Show who is first for every division of weight among the three weightiest criteria."""
    say = view.lang.say
    drawn = charts.triangle(finding, directions, view.study, view.lang)
    if drawn is None:
        return
    view.heading(say("The three weightiest criteria"))
    view.chart(drawn, width="content")
    _sources(
        view,
        say(
            "Every point divides the weight of the three criteria among them; the nearer a corner, the more its criterion has. The others keep their weights."
        ),
    )


def value(view: View, finding: ChangeFinding, directions: DirectionsFinding) -> None:
    """Show which single values could tip the first place."""
    say, names = view.lang.say, view.names
    view.heading(say("The smallest change of one value"))
    changes = finding.values  # noqa: PD011 - not a frame's
    frame = changes.to_frame()
    view.text(
        say(
            "Of {total} values, moved one at a time within their columns, {count} can cost the first its place by {method}.",
            total=len(changes.cells),
            count=len(
                {(a, c) for a, c in zip(frame["alternative"], frame["criterion"], strict=True)}
            ),
            method=names.method(directions.headline),
        )
    )
    if not frame.empty:
        shown = pd.DataFrame(
            {
                "criterion": [names.criterion(c) for c in frame["criterion"]],
                "direction": [names.short(a) for a in frame["alternative"]],
                "unit": [names.criterion_unit(c) for c in frame["criterion"]],
                "present": frame["present"],
                "value": frame["value"],
                "share": frame["share"],
                "taker": [names.short(a) for a in frame["taker"]],
            }
        )
        with st.expander(say("The figures")):
            table(
                shown,
                {
                    "criterion": Column(say("Criterion")),
                    "direction": Column(say("Direction")),
                    "present": Column(say("Value now"), 3),
                    "value": Column(say("First place lost at"), 3),
                    "unit": Column(say("Unit")),
                    "share": Column(say("Change, % of the column's range"), 1, percent=True),
                    "taker": Column(say("First then")),
                },
                view.lang,
                say("Single values that can cost the first its place, the nearest first"),
            )
    _sources(
        view,
        say(
            "Each value is tried on 200 steps to each side, up to the lowest and the highest of its column, and the first step that tips it is narrowed down."
        ),
    )


def _sources(view: View, computed: str) -> None:
    view.sources((*view.weight_tables(), _SCORES), computed=computed)
