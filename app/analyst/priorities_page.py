"""Priorities: what the experts named, pooled, group by group, and under other panels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from app.analysis import QuestionFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import priorities as charts
from app.study.formats import JUDGEMENTS
from app.words import priorities as words
from app.words.judged import how_weighed
from survey import IndividualPriorities


def show(view: View) -> None:
    """Show the page."""
    findings = view.results.priorities
    said = words.sentences(findings, view.study, view.lang)
    view.finding(said)
    for question, finding in findings.items():
        view.heading(view.names.question(question))
        view.text(view.names.question_text(question))
        view.chart(charts.shares(finding, view.study, view.lang))
        view.chart(charts.by_pooling(finding, view.study, view.lang))
        view.sources(_tables(view, finding), computed=_how(view, finding), assumed=_panel(view))
        with st.expander(view.lang.say("The figures")):
            _pooled(view, finding)
            if finding.individual is None:
                _groups(view, finding)
            else:
                _heard(view, finding.individual)
            _panels(view, finding)
    view.rest(said)


def _pooled(view: View, finding: QuestionFinding) -> None:
    say, names, pooled = view.lang.say, view.names, finding.pooled
    frame = pooled.to_frame()
    frame["option"] = [_option(view, finding, o) for o in pooled.options]
    interval = say("95 % t interval") if finding.individual else say("95 % Wilson interval")
    table(
        frame.sort_values("weight", ascending=False),
        {
            "option": Column(say("Answer")),
            "weight": Column(say("Mean weight, part of 1"), 3),
            "low": Column(say("Low"), 3, help=interval),
            "high": Column(say("High"), 3, help=interval),
        }
        if finding.individual
        else {
            "option": Column(say("Answer")),
            "share": Column(say("Named by (share of experts)"), 1, percent=True),
            "low": Column(say("Low, %"), 1, percent=True, help=interval),
            "high": Column(say("High, %"), 1, percent=True, help=interval),
            "weight": Column(
                say("Priority, part of 1"), 3, help=say("Share divided by the sum of the shares")
            ),
        },
        view.lang,
        say("Shares and priorities of {question}", question=names.question(finding.question)),
    )
    view.sources(_tables(view, finding), computed=_how(view, finding), assumed=_panel(view))


def _tables(view: View, finding: QuestionFinding) -> tuple[str, ...]:
    """Files that hold the answers to this question."""
    judged = finding.individual is not None
    return tuple(f for f in view.answer_tables() if (f == JUDGEMENTS.file) == judged)


def _how(view: View, finding: QuestionFinding) -> str:
    if finding.individual is not None:
        return view.lang.say(
            "Each expert's weights are {how}; the panel's are weighted means of the groups' means, with t intervals.",
            how=how_weighed(finding.individual.kind, view.lang),
        )
    return view.lang.say(
        "Shares are weighted means of the groups' shares; their intervals are Wilson's at the effective number of experts; a priority is a share divided by the sum of all shares."
    )


def _panel(view: View) -> str:
    pooling = view.names.pooling(view.results.options.pooling)
    return view.lang.say("Panel: {pooling}.", pooling=pooling)


def _heard(view: View, individual: IndividualPriorities) -> None:
    """Whose weights are known, group by group."""
    say, sums = view.lang.say, individual.to_sums()
    view.label(say("How many in each group"))
    frame = pd.DataFrame(
        {
            "group": [view.names.group(g) for g in sums.groups],
            "experts": sums.experts,
            "given": sums.asked[0],
        }
    )
    columns = {
        "group": Column(say("Group")),
        "experts": Column(say("Experts who answered"), 0),
        "given": Column(say("Of these enough for weights"), 0),
    }
    table(frame, columns, view.lang, say("Experts of each group whose weights are known, persons"))
    view.sources((JUDGEMENTS.file,))


def _groups(view: View, finding: QuestionFinding) -> None:
    say, counts = view.lang.say, finding.counts
    view.label(say("How many in each group"))
    frame = pd.DataFrame({"option": [_option(view, finding, o) for o in counts.options]})
    columns = {"option": Column(say("Answer"))}
    for k, group in enumerate(counts.groups):
        frame[group] = counts.counts[:, k]
        columns[group] = Column(
            say(
                "{group}, of {experts}",
                group=view.names.group(group),
                experts=view.lang.number(int(counts.experts[k]), 0),
            ),
            0,
        )
    frame["all"] = counts.counts.sum(axis=1)
    columns["all"] = Column(
        say("All, of {experts}", experts=view.lang.number(int(counts.experts.sum()), 0)), 0
    )
    table(
        frame,
        columns,
        view.lang,
        say("Experts of each group who gave each answer, persons"),
    )
    view.sources(_tables(view, finding))


def _panels(view: View, finding: QuestionFinding) -> None:
    say = view.lang.say
    view.label(say("Priorities under other panels, part of 1"))
    order = np.argsort(-finding.pooled.weights, kind="stable")
    frame = pd.DataFrame(
        {p: each.weights[order] for p, each in finding.by_pooling.items()},
    )
    frame.insert(0, "option", [_option(view, finding, finding.pooled.options[k]) for k in order])
    columns = {"option": Column(say("Answer"))}
    columns |= {p: Column(view.names.pooling(p), 3) for p in finding.by_pooling}
    table(frame, columns, view.lang, say("Priorities by panel"))
    how = (
        say("The same means, panel by panel.")
        if finding.individual
        else say("The same share divided by the sum of shares, panel by panel.")
    )
    view.sources(_tables(view, finding), computed=how)


def _option(view: View, finding: QuestionFinding, option: str) -> str:
    name = view.names.option(finding.question, option)
    if option in finding.residual:
        return view.lang.say("{option} (what was meant is not known)", option=name)
    return name
