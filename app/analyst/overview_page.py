"""Overview: the whole finding on one page, and what it rests on."""

from __future__ import annotations

import streamlit as st

from app.analyst import provenance
from app.analyst.resilience_page import CONTINUED, recipe
from app.analyst.robustness_page import how_drawn, waiting
from app.analyst.view import LEAD, View
from app.charts import overview as charts
from app.charts import resilience as resilience_charts
from app.charts import robustness as robustness_charts
from app.words import overview as words


def show(view: View) -> None:
    """Show the page."""
    results, study, lang = view.results, view.study, view.lang
    directions = results.directions
    parts = (results.priorities, results.scenarios, results.resilience, study, lang)
    view.finding(words.sentences(directions, None, *parts))
    view.chart(charts.first_by(directions, study, lang))
    tables = (*view.weight_tables(), "scores.csv")
    view.sources(
        tables,
        computed=lang.say(
            "Every class of methods with every reading of the computed criterion has one vote."
        ),
    )
    with st.spinner(waiting(view)):
        robustness = results.robustness
    view.chart(robustness_charts.acceptability(robustness, study, lang))
    view.sources(tables, computed=how_drawn(view, robustness))
    if results.resilience is not None:
        view.chart(resilience_charts.index(results.resilience, study, lang))
        view.sources(CONTINUED, computed=recipe(view, results.resilience))
    view.heading(lang.say("The rest of the finding"))
    view.points(words.sentences(directions, robustness, *parts)[LEAD:])
    _assumptions(view)


def _assumptions(view: View) -> None:
    say, lang = view.lang.say, view.lang
    view.heading(say("What it rests on"))
    view.text(lang.pick(view.study.settings.summary))
    provenance.legend(lang)
    if view.study.settings.assumptions:
        with st.expander(say("What the analyst assumed, and why")):
            view.points(
                f"{lang.pick(each.text)} {lang.pick(each.why)}"
                for each in view.study.settings.assumptions
            )
    with st.expander(say("Sources")):
        view.points(
            lang.pick(source.citation) + (f" DOI {source.doi}" if source.doi else "")
            for source in view.study.settings.sources.values()
        )
