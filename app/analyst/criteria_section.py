"""What the directions are judged on: weights, values and gaps; sections of their page."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from app.analysis import DirectionsFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import directions as charts

_CRITERIA = "criteria.csv"


def weights(view: View, finding: DirectionsFinding) -> None:
    """Show the weights, and how far each can move before another direction is first."""
    say, names = view.lang.say, view.names
    view.heading(say("Weights of the criteria, and how far each can move"))
    frame = pd.DataFrame(
        {
            "criterion": [names.criterion(s.criterion) for s in finding.stability],
            "weight": [s.weight for s in finding.stability],
            "low": [s.low for s in finding.stability],
            "high": [s.high for s in finding.stability],
            "below": ["—" if s.below is None else names.short(s.below) for s in finding.stability],
            "above": ["—" if s.above is None else names.short(s.above) for s in finding.stability],
        }
    ).sort_values("weight", ascending=False)
    view.chart(charts.weights(finding, view.study, view.lang))
    with st.expander(say("The figures")):
        table(
            frame,
            {
                "criterion": Column(say("Criterion")),
                "weight": Column(say("Weight, part of 1"), 3),
                "low": Column(say("First place keeps from"), 3),
                "high": Column(say("First place keeps to"), 3),
                "below": Column(say("First below")),
                "above": Column(say("First above")),
            },
            view.lang,
            say("Weights of the criteria with the interval that leaves the first place as it is"),
        )
    view.sources(
        view.weight_tables(),
        computed=say(
            "One weight moves from 0 to 1 while the others keep their proportions (Mareschal 1988); by {method}.",
            method=names.method(finding.headline),
        ),
    )


def cells(view: View, finding: DirectionsFinding) -> None:
    """Show the values, and where each comes from."""
    say, names, study = view.lang.say, view.names, view.study
    view.heading(say("What the directions are judged on"))
    measured = set(study.scores.index.get_level_values("criterion"))
    with st.expander(say("Values of every criterion")):
        problem = finding.problem
        frame = pd.DataFrame(
            {"direction": [names.alternative(a) for a in problem.alternatives]}
            | dict(zip(problem.criteria, np.transpose(problem.values), strict=True))
        )
        columns = {"direction": Column(say("Direction"))}
        columns |= {
            c: Column(
                f"{names.criterion(c)}, {names.criterion_unit(c)}",
                2,
                help=say("more is better") if sense == "max" else say("less is better"),
            )
            for c, sense in zip(problem.criteria, problem.senses, strict=True)
        }
        table(frame, columns, view.lang, say("Values of the directions on every criterion"))
        computed = [names.criterion(c) for c in problem.criteria if c not in measured]
        view.sources(
            (*view.score_tables(), _CRITERIA),
            computed=say(
                "Computed from answers and profiles: {criteria}.",
                criteria=view.lang.listed(computed),
            )
            if computed
            else "",
        )
    with st.expander(say("Where each value comes from, with its low and high")):
        coded = study.scores.reset_index()
        frame = pd.DataFrame(
            {
                "direction": [names.short(a) for a in coded["alternative"]],
                "criterion": [names.criterion(c) for c in coded["criterion"]],
                "value": coded["value"],
                "low": coded["low"],
                "high": coded["high"],
                "basis": [_basis(view, b) for b in coded["basis"]],
                "rule": coded[view.lang.column("rule")],
            }
        )
        table(
            frame,
            {
                "direction": Column(say("Direction")),
                "criterion": Column(say("Criterion"), width="medium"),
                "value": Column(say("Value"), 2),
                "low": Column(say("Low"), 2),
                "high": Column(say("High"), 2),
                "basis": Column(say("Basis"), width="medium"),
                "rule": Column(say("Rule"), width="large"),
            },
            view.lang,
            say("Every coded value with its basis and rule"),
            wrap=True,
        )
        view.sources(view.score_tables())


def _basis(view: View, basis: str) -> str:
    """Say whether a value is from a source or assumed, and on what basis."""
    entry = view.study.settings.bases.get(basis)
    if entry is None:
        return view.lang.say("rated by experts")
    return view.lang.say(
        "{kind}: {basis}", kind=view.names.kind(entry.kind), basis=view.lang.pick(entry.title)
    )


def gaps(view: View, finding: DirectionsFinding) -> None:
    """Name what nobody has measured."""
    say, names = view.lang.say, view.names
    if not finding.unmeasured:
        return
    view.heading(say("What nobody has measured"))
    view.points(
        say("{criterion}, {unit}", criterion=names.criterion(c), unit=names.criterion_unit(c))
        for c in finding.unmeasured
    )
    view.sources((_CRITERIA,))
