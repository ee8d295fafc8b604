"""What it would pay to learn before choosing: a section of the page of changes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import LearningFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import learning as charts
from app.words import learning as words


def show(view: View) -> None:
    """Show the section."""
    say = view.lang.say
    with st.spinner(say("Working out what it would pay to learn…")):
        finding = view.results.learning
    view.heading(say("What it would pay to learn before choosing"))
    view.points(words.sentences(finding, view.study, view.lang))
    drawn = charts.inputs(finding, view.study, view.lang)
    if drawn is not None:
        view.chart(drawn)
    with st.expander(say("The figures")):
        _inputs(view, finding)
        if finding.missing:
            view.label(say("Criteria that nobody measured, each as one more criterion"))
            _missing(view, finding)
    view.sources(
        (*view.weight_tables(), "scores.csv"),
        computed=say(
            "Expected value of partial perfect information by regression (Strong, Oakley and Brennan 2014) on {draws} draws, in the score by {method}; values of several inputs do not add up.",
            draws=view.lang.number(finding.inputs.draws, 0),
            method=view.names.method(finding.method),
        ),
        assumed=say(
            "how far each input may move, as on the page of robustness; a criterion that nobody measured has the mean weight of the others, and any values"
        ),
    )


def _inputs(view: View, finding: LearningFinding) -> None:
    say, found = view.lang.say, finding.inputs
    frame = pd.DataFrame(
        [
            {
                "input": words.input_name(name, view.names, view.lang),
                "value": found.inputs[name].value,
                "error": found.inputs[name].standard_error,
                "share": found.inputs[name].share,
            }
            for name in found.order
        ],
        columns=["input", "value", "error", "share"],
    )
    table(
        frame,
        _columns(view)
        | {"share": Column(say("Of the gain of knowing everything, %"), 1, percent=True)},
        view.lang,
        say("What learning each input is worth"),
    )


def _missing(view: View, finding: LearningFinding) -> None:
    frame = pd.DataFrame(
        [
            {
                "input": view.names.criterion(criterion),
                "value": found.inputs["missing"].value,
                "error": found.inputs["missing"].standard_error,
                "share": found.inputs["missing"].share,
            }
            for criterion, found in finding.missing.items()
        ]
    )
    say = view.lang.say
    table(
        frame,
        _columns(view)
        | {"share": Column(say("Of the gain of knowing everything, %"), 1, percent=True)},
        view.lang,
        say("What measuring each criterion that nobody measured is worth"),
    )


def _columns(view: View) -> dict[str, Column]:
    say = view.lang.say
    return {
        "input": Column(say("What is learnt")),
        "value": Column(say("Gain, in the method's score"), 4),
        "error": Column(say("Standard error"), 4),
    }
