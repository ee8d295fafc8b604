"""Robustness: how sure each place is, and what the doubt comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import streamlit as st

from app.analysis import RobustnessFinding
from app.analyst import groups_section
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import robustness as charts
from app.words import robustness as words
from mcda import Doubt
from mcda.problem import Array


def show(view: View) -> None:
    """Show the page."""
    directions = view.results.directions
    with st.spinner(waiting(view)):
        finding = view.results.robustness
    said = words.sentences(finding, directions, view.study, view.lang)
    view.finding(said)
    _places(view, finding)
    _doubt(view, finding)
    _margin(view, finding)
    _one_cause(view, finding)
    _sampling(view, finding)
    groups_section.show(view)
    view.rest(said)


def waiting(view: View) -> str:
    """Say what is being waited for."""
    return view.lang.say(
        "Drawing everything that is uncertain {draws} times…",
        draws=view.lang.number(view.results.options.draws, 0),
    )


def how_drawn(view: View, finding: RobustnessFinding) -> str:
    """Say how many draws there are, and that a report takes more."""
    proposed = view.study.settings.directions.draws
    said = view.lang.say(
        "{draws} draws, seed {seed}; standard error at most {error} percentage points.",
        draws=view.lang.number(finding.everything.draws, 0),
        seed=view.results.options.seed,
        error=view.lang.number(100 * float(finding.everything.standard_error.max()), 1),
    )
    if proposed <= finding.everything.draws:
        return said
    return f"{said} " + view.lang.say(
        "The report of the command line takes {draws}.", draws=view.lang.number(proposed, 0)
    )


def _places(view: View, finding: RobustnessFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("How often each direction takes each place"))
    view.chart(charts.acceptability(finding, view.study, view.lang))
    with st.expander(say("The figures")):
        shares = finding.everything.rank_acceptability
        order = np.argsort(finding.everything.expected_rank, kind="stable")
        frame = pd.DataFrame(
            {"direction": [names.alternative(finding.alternatives[k]) for k in order]}
            | {str(r + 1): shares[order, r] for r in range(shares.shape[1])}
            | {"mean": finding.everything.expected_rank[order]}
        )
        columns = {"direction": Column(say("Direction"))}
        columns |= {
            str(r + 1): Column(
                say("Place {place}, share of draws, %", place=r + 1), 1, percent=True
            )
            for r in range(shares.shape[1])
        }
        columns["mean"] = Column(say("Mean place"), 2)
        table(
            frame, columns, view.lang, say("Share of draws in which each direction has each place")
        )
    assumed = say(
        "How far each cause may move: totals of answers Beta per group and option, answers known expert by expert a bootstrap over the experts, groups and the unexplained answer Dirichlet, relevance that is not 0 one step, cells triangular between low and high, the share of computed criteria uniform around its own, readings, methods and normalisations alike likely."
    )
    _sources(view, how_drawn(view, finding), assumed=assumed)


def _doubt(view: View, finding: RobustnessFinding) -> None:
    say = view.lang.say
    view.heading(say("What the doubt about the first place comes from"))
    view.chart(charts.doubt(finding, view.study, view.lang))
    _causes(view, finding.doubt, say("Shares of the doubt by cause"))
    _sources(
        view,
        say(
            "Shapley effects (Owen 2014) on who is first, from {samples} pairs of draws.",
            samples=view.lang.number(finding.doubt.samples, 0),
        ),
    )


def _margin(view: View, finding: RobustnessFinding) -> None:
    say, margin = view.lang.say, finding.margin
    if margin is None:
        return
    view.heading(say("How far the first two are apart"))
    drawn = charts.margin(finding, view.study, view.lang)
    if drawn is not None:
        view.chart(drawn)
        _causes(view, margin.doubt, say("Shares of the variance of the gap by cause"))
    _sources(
        view,
        say(
            "Gap in places between the two of the best mean places, so that methods with scores on scales of their own compare; Shapley effects on its variance, from {samples} pairs of draws.",
            samples=view.lang.number(margin.doubt.samples, 0),
        ),
    )


def _causes(view: View, doubt: Doubt, alt: str) -> None:
    say, names = view.lang.say, view.names
    with st.expander(say("The figures")):
        frame = pd.DataFrame(
            {
                "cause": [names.cause(c) for c in doubt.shares],
                "share": list(doubt.shares.values()),
                "error": list(doubt.errors.values()),
            }
        ).sort_values("share", ascending=False)
        table(
            frame,
            {
                "cause": Column(say("Cause")),
                "share": Column(say("Share of the doubt, %"), 1, percent=True),
                "error": Column(
                    say("Standard error, percentage points"),
                    1,
                    percent=True,
                    help=say("A small negative share is the estimate's own error around 0"),
                ),
            },
            view.lang,
            alt,
        )


def _one_cause(view: View, finding: RobustnessFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("One cause at a time"))
    view.text(
        say(
            "How often each direction is first when one thing is uncertain and the rest is as assumed."
        )
    )
    with st.expander(say("The figures")):
        firsts = {c: a.rank_acceptability[:, 0] for c, a in finding.alone.items()}
        _first_table(view, finding, firsts, say("Only this is uncertain"), names.cause)
    _sources(view, how_drawn(view, finding))


def _sampling(view: View, finding: RobustnessFinding) -> None:
    say, names = view.lang.say, view.names
    view.heading(say("If other experts had been asked"))
    view.text(
        say(
            "How often each direction is first, method by method, when only the sample of experts is drawn anew."
        )
    )
    with st.expander(say("The figures")):
        firsts = {m: a.rank_acceptability[:, 0] for m, a in finding.experts_by_method.items()}
        _first_table(view, finding, firsts, say("Method"), names.method)
    _sources(view, how_drawn(view, finding))


def _first_table(
    view: View,
    finding: RobustnessFinding,
    firsts: Mapping[str, Array],
    head: str,
    name_of: Callable[[str], str],
) -> None:
    frame = pd.DataFrame(
        [
            {"row": name_of(key)} | dict(zip(finding.alternatives, row, strict=True))
            for key, row in firsts.items()
        ]
    )
    columns = {"row": Column(head)}
    columns |= {
        a: Column(
            view.lang.say("{direction}, share of draws, %", direction=view.names.short(a)),
            1,
            percent=True,
        )
        for a in finding.alternatives
    }
    table(
        frame, columns, view.lang, view.lang.say("Share of draws in which each direction is first")
    )


def _sources(view: View, computed: str, *, assumed: str = "") -> None:
    files = (*view.weight_tables(), "scores.csv")
    view.sources(files, computed=computed, assumed=assumed)
