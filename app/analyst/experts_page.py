"""Experts: how the groups differ, what each of them moves, and how many more would settle it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import ExpertsFinding, QuestionGroups
from app.analyst.tables import Column, table
from app.analyst.view import LEAD, View
from app.charts import experts as charts
from app.charts.planning import more_experts
from app.words import experts as words
from app.words import planning


def show(view: View) -> None:
    """Show the page."""
    finding = view.results.experts
    said = words.sentences(finding, view.study, view.lang)
    view.finding(said)
    for question, found in finding.questions.items():
        _question(view, question, found)
    _planning(view, finding)
    planned = planning.sentences(finding.planning, view.names, view.lang)
    view.rest([*said[:LEAD], *(each for each in said[LEAD:] if each not in planned)])


def _question(view: View, question: str, found: QuestionGroups) -> None:
    say = view.lang.say
    view.heading(view.names.question(question))
    view.text(view.names.question_text(question))
    view.chart(charts.differences(found, question, view.study, view.lang))
    if found.map is not None:
        view.chart(charts.map_of(found.map, question, view.study, view.lang), width="content")
        view.text(
            say(
                "Distances between two groups, or between two answers, can be read off; of a group and an answer only the direction from the centre. The map describes and tests nothing."
            )
        )
    with st.expander(say("The figures")):
        _options(view, question, found)
        _contrasts(view, question, found)
        _without(view, question, found)
    view.sources(
        view.answer_tables(),
        computed=say(
            "Fisher's exact tests, adjusted after Holm (1979) over the answers, and over answers and groups; differences with Newcombe's interval (1998); Cramer's V with the interval of the noncentral chi-square; correspondence analysis (Benzecri 1973)."
        ),
        assumed=say("A difference is told where the adjusted p is below 0.05."),
    )


def _options(view: View, question: str, found: QuestionGroups) -> None:
    say = view.lang.say
    view.label(say("Is an answer as frequent in every group?"))
    frame = pd.DataFrame(
        [
            {
                "option": words.option_name(question, o.option, view.names, view.lang),
                "p": o.p,
                "p_holm": o.p_holm,
                "v": None if o.cramers_v is None else o.cramers_v.value,
                "low": None if o.cramers_v is None else o.cramers_v.low,
                "high": None if o.cramers_v is None else o.cramers_v.high,
            }
            for o in found.comparison.options
        ]
    )
    columns = {
        "option": Column(say("Answer")),
        "p": Column(say("p, exact"), 4),
        "p_holm": Column(say("p, Holm"), 4, help=say("Adjusted over the answers of the question")),
        "v": Column(
            say("Cramer's V"), 2, help=say("0 is no difference between groups, 1 the largest")
        ),
        "low": Column(say("V, low"), 2, help=say("95 % interval")),
        "high": Column(say("V, high"), 2, help=say("95 % interval")),
    }
    table(frame, columns, view.lang, say("Exact tests of each answer between the groups"))


def _contrasts(view: View, question: str, found: QuestionGroups) -> None:
    say = view.lang.say
    view.label(say("Each group against all other experts"))
    frame = pd.DataFrame(
        [
            {
                "option": words.option_name(question, c.option, view.names, view.lang),
                "group": view.names.group(c.group),
                "share": c.share,
                "others": c.share_of_others,
                "low": c.difference.low,
                "high": c.difference.high,
                "p": c.p_holm,
            }
            for c in sorted(found.comparison.contrasts, key=lambda c: c.p_holm)
        ]
    )
    columns = {
        "option": Column(say("Answer")),
        "group": Column(say("Group")),
        "share": Column(say("In the group"), 1, percent=True),
        "others": Column(say("Among the others"), 1, percent=True),
        "low": Column(say("Difference, low"), 1, percent=True, help=say("95 % interval")),
        "high": Column(say("Difference, high"), 1, percent=True, help=say("95 % interval")),
        "p": Column(say("p, Holm"), 4, help=say("Adjusted over answers and groups")),
    }
    table(frame, columns, view.lang, say("Shares of each group and of the others"))


def _without(view: View, question: str, found: QuestionGroups) -> None:
    if not found.influence:
        return
    say, names = view.lang.say, view.names
    view.label(say("Priorities without one group, part of 1"))
    options = [o.option for o in found.comparison.options]
    whole = found.influence[0].weights - found.influence[0].change
    frame = pd.DataFrame(
        {
            "option": [words.option_name(question, o, names, view.lang) for o in options],
            "all": whole,
        }
        | {i.group: i.weights for i in found.influence}
    )
    columns = {"option": Column(say("Answer")), "all": Column(say("All groups"), 3)}
    for each in found.influence:
        columns[each.group] = Column(say("Without: {group}", group=names.group(each.group)), 3)
    table(frame, columns, view.lang, say("Priorities with one group left out"))


def _planning(view: View, finding: ExpertsFinding) -> None:
    say, found = view.lang.say, finding.planning
    view.heading(say("How many more experts"))
    view.points(planning.sentences(found, view.names, view.lang)[1:])
    if found is None:
        return
    view.chart(more_experts(found, view.study, view.lang))
    with st.expander(say("The figures")):
        frame = pd.DataFrame({"size": found.sizes} | {w: c.stable for w, c in found.curves.items()})
        columns = {"size": Column(say("Experts in addition"), 0)}
        columns |= {
            w: Column(planning.panel(w, view.names, view.lang), 1, percent=True)
            for w in found.curves
        }
        table(frame, columns, view.lang, say("Probability that the first place is stable"))
    view.sources(
        (*view.weight_tables(), "scores.csv"),
        computed=say(
            "Probability of correct selection, from {draws} draws of what the groups truly say.",
            draws=view.lang.number(found.draws, 0),
        ),
        assumed=say("Everything but the experts' answers stays as assumed."),
    )
