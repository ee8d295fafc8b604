"""How much a criterion that nobody measured would need to weigh: a section of the page of changes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import ChangeFinding, DirectionsFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import change as charts
from app.words.phrases import quoted


def show(view: View, finding: ChangeFinding, directions: DirectionsFinding) -> None:
    """Show the weight needed rival by rival and method by method."""
    say, names = view.lang.say, view.names
    found = finding.missing
    if not found.by_rival:
        return
    view.heading(say("A criterion that nobody measured"))
    if directions.unmeasured:
        view.text(
            say(
                "Named in the study, but not measured: {criteria}.",
                criteria=quoted(view.lang, [names.criterion(c) for c in directions.unmeasured]),
            )
        )
    drawn = charts.missing(finding, directions, view.study, view.lang)
    if drawn is not None:
        view.chart(drawn)
    with st.expander(say("Method by method")):
        view.chart(charts.missing_by_method(finding, view.study, view.lang))
        _table(view, finding)
    view.sources(
        (*view.weight_tables(), "scores.csv"),
        computed=say(
            "Missing-criterion robustness value, after Cinelli and Hazlett (2020): the least weight of one more criterion at which a rival stands above the leader, the others keeping their proportions."
        ),
        assumed=say(
            "the worst case: on that criterion the leader has the worst value (1), the rival the best (2), all others half-way"
        ),
    )


def _table(view: View, finding: ChangeFinding) -> None:
    say, names = view.lang.say, view.names
    frame = pd.DataFrame(
        [
            {
                "method": names.method(method),
                "leader": names.short(found.leader),
                "rival": "—" if found.rival is None else names.short(found.rival),
                "weight": None if found.rival is None else found.weight,
                "exact": say("exact") if found.exact else say("upper bound"),
                "free": say("no") if found.scale_free else say("yes"),
            }
            for method, found in finding.missing_by_method.items()
        ]
    ).sort_values("weight", kind="stable")
    table(
        frame,
        {
            "method": Column(say("Method")),
            "weight": Column(say("Weight needed, % of all"), 1, percent=True),
            "leader": Column(say("First now")),
            "rival": Column(say("First then")),
            "exact": Column(say("How sure")),
            "free": Column(
                say("Rests on the values assumed"),
                help=say(
                    "Methods that take ratios need less weight the further apart worst and best are"
                ),
            ),
        },
        view.lang,
        say("Weight that a criterion nobody measured would need, by method"),
    )
