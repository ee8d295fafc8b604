"""What the groups of experts say apart and together: a section of the page of robustness."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import GroupsFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import groups as charts
from app.words import groups as words


def show(view: View) -> None:
    """Show the section."""
    say = view.lang.say
    finding, method = view.results.groups, view.results.directions.headline
    view.heading(say("The groups of experts apart and together"))
    view.points(words.sentences(finding, method, view.study, view.lang))
    if finding is None:
        return
    view.chart(charts.ranks(finding, method, view.study, view.lang))
    with st.expander(say("The figures")):
        _ranks(view, finding)
        view.label(say("Agreement of each pair of groups"))
        _alike(view, finding)
    view.sources(
        (*view.weight_tables(), "scores.csv"),
        computed=say(
            "Each group's answers alone, ranked by {method}; all answers together; and the groups' rankings by Borda (1781), Copeland (1951) and Kemeny (1959), each group with as many votes as it has experts.",
            method=view.names.method(method),
        ),
    )


def _ranks(view: View, finding: GroupsFinding) -> None:
    say, names = view.lang.say, view.names
    by_whom = words.rankings(finding, names, view.lang)
    frame = pd.DataFrame(
        {"direction": [names.alternative(a) for a in finding.alternatives]}
        | {str(k): ranks for k, ranks in enumerate(by_whom.values())}
    )
    experts = list(finding.experts.values())
    columns = {"direction": Column(say("Direction"))}
    for k, who in enumerate(by_whom):
        votes = say("Experts: {count}", count=experts[k]) if k < len(experts) else ""
        columns[str(k)] = Column(who, place=True, help=votes)
    table(frame, columns, view.lang, say("Places by group and by rule of consensus"))


def _alike(view: View, finding: GroupsFinding) -> None:
    say, names = view.lang.say, view.names
    frame = pd.DataFrame(
        [
            {"first": names.group(a), "second": names.group(b), "tau": tau}
            for (a, b), tau in finding.alike.items()
        ]
    )
    table(
        frame,
        {
            "first": Column(say("Group")),
            "second": Column(say("Other group")),
            "tau": Column(
                say("Kendall's tau-b"), 2, help=say("1 is the same order, −1 the reverse")
            ),
        },
        view.lang,
        say("Agreement of the groups' rankings"),
    )
