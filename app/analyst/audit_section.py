"""Sections of the page of the audit."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analysis import AuditFinding, ChangeFinding, DirectionsFinding
from app.analyst.tables import Column, table
from app.analyst.view import View
from app.charts import audit as charts
from app.words import audit as words
from app.words import reversal as words_of_reversal
from app.words.choices import CHOICES, choice_name, option_name, shares
from app.words.phrases import place
from mcda.invariance import Restatement

_OPEN = ("reading",)


def curve(view: View, finding: AuditFinding) -> None:
    """Show the specification curve, and who is first within each option of each choice."""
    say = view.lang.say
    view.heading(say("Every defensible combination of choices"))
    view.chart(charts.curve(finding, view.study, view.lang))
    _sources(
        view,
        say(
            "Specification curve (Simonsohn, Simmons and Nelson 2020): every panel with every reading, half, once and one and a half times the share of the computed criteria, and one method of every class with every normalisation. The lead is a share of the range of the scores in each combination."
        ),
    )
    for choice in CHOICES:
        drawn = charts.by_option(finding, choice, view.study, view.lang)
        if drawn is None:
            continue
        if choice in _OPEN:
            view.chart(drawn)
            continue
        with st.expander(say("Who is first by {choice}", choice=choice_name(choice, view.lang))):
            view.chart(drawn)
    with st.expander(say("The figures")):
        _options(view, finding)


def _options(view: View, finding: AuditFinding) -> None:
    say, names = view.lang.say, view.names
    leads = [a for a, share in finding.curve.first_by.items() if share > 0]
    frame = pd.DataFrame(
        [
            {
                "choice": choice_name(choice, view.lang),
                "option": option_name(choice, option, names, view.lang),
            }
            | {a: share.get(a, 0.0) for a in leads}
            for choice, options in shares(finding.curve).items()
            for option, share in options.items()
        ]
    )
    columns = {"option": Column(say("Option")), "choice": Column(say("Choice"))}
    columns |= {
        a: Column(say("{direction}, % of combinations", direction=names.short(a)), 1, percent=True)
        for a in leads
    }
    table(
        frame, columns, view.lang, say("Share of the combinations in which each direction is first")
    )


def invariance(view: View, finding: AuditFinding) -> None:
    """Show which methods answer otherwise when a criterion is only told otherwise."""
    say, names = view.lang.say, view.names
    view.heading(say("The same facts told otherwise"))
    view.points(words.invariance(finding.invariance, names, view.lang))
    kinds = list(Restatement)
    rows = []
    for audit in finding.invariance:
        row = {"method": names.method(audit.label)}
        for how in kinds:
            trials = [t for t in audit.trials if t.restatement is how]
            moved = sum(bool(t.moved) for t in trials)
            tipped = sum(t.first_changes for t in trials)
            refused = sum(t.refused is not None for t in trials)
            row[how.name] = (
                "—"
                if not trials or refused == len(trials)
                else f"{moved} ({tipped})"
                if moved
                else "0"
            )
        row["kept"] = say("{count} of {total}", count=len(audit.promised), total=len(kinds))
        rows.append(row)
    columns = {"method": Column(say("Method"), width="medium")}
    columns |= {how.name: Column(words.restated(how, view.lang)) for how in kinds}
    columns["kept"] = Column(
        say("Cannot move it on any data"),
        help=say("Restatements that the method leaves alone whatever the problem"),
    )
    with st.expander(say("Method by method")):
        view.text(
            say(
                "How many criteria, told otherwise one at a time, move a place; in brackets how many put another direction first."
            )
        )
        table(
            pd.DataFrame(rows),
            columns,
            view.lang,
            say("Criteria that, told otherwise, move a place, by method"),
        )
    with st.expander(say("Every move")):
        _moves(view, finding)
    _sources(
        view,
        say(
            "Each criterion with weight is restated alone by an affine map whose constants come from its own values; parameters stay. One method of every class."
        ),
    )


def _moves(view: View, finding: AuditFinding) -> None:
    say, names = view.lang.say, view.names
    frame = pd.DataFrame(
        [
            {
                "method": names.method(audit.label),
                "criterion": names.criterion(trial.criterion),
                "how": words.restated(trial.restatement, view.lang),
                "moved": "; ".join(
                    say(
                        "{name}: {before} → {after}",
                        name=names.short(a),
                        before=place(view.lang, before),
                        after=place(view.lang, after),
                    )
                    for a, (before, after) in trial.moved.items()
                ),
                "first": say("yes") if trial.first_changes else say("no"),
            }
            for audit in finding.invariance
            for trial in audit.changes
        ],
        columns=["method", "criterion", "how", "moved", "first"],
    )
    table(
        frame,
        {
            "method": Column(say("Method")),
            "criterion": Column(say("Criterion")),
            "how": Column(say("Told")),
            "moved": Column(say("Places before and after"), width="large"),
            "first": Column(say("First place changes")),
        },
        view.lang,
        say("Places that a restatement moves"),
    )


def reversal(view: View, change: ChangeFinding, directions: DirectionsFinding) -> None:
    """Show what becomes of the order when others are compared."""
    say, names, lang = view.lang.say, view.names, view.lang
    found = change.reversal
    if len(found.pairs.alternatives) < 2:
        return
    view.heading(say("Whether the order hangs on what else is compared"))
    view.points(
        words_of_reversal.sentences(found, directions.headline, view.study, lang),
    )
    frame = pd.DataFrame(
        [
            {
                "case": words_of_reversal.case(each, names, lang),
                "first": lang.sentence(each.refused)
                if each.refused is not None
                else ", ".join(names.short(a) for a in each.first) or "—",
                "turned": "; ".join(
                    words_of_reversal.turned(r, names, lang) for r in each.reversals
                )
                or "—",
            }
            for each in found.cases
        ],
        columns=["case", "first", "turned"],
    )
    with st.expander(say("Every repetition")):
        table(
            frame,
            {
                "case": Column(say("Ranked again")),
                "first": Column(say("First place")),
                "turned": Column(say("Pairs in another order"), width="large"),
            },
            lang,
            say("The ranking repeated with other alternatives"),
        )
    _sources(
        view,
        say(
            "Tests of Wang and Triantaphyllou (2008) by {method}: each direction left out in turn, a copy of the last and one worst on every criterion added, each that is not first moved half-way to the worst, and every pair alone.",
            method=names.method(directions.headline),
        ),
    )


def opinions(view: View, finding: AuditFinding) -> None:
    """Show the same problem by pymcdm."""
    say, names, lang = view.lang.say, view.names, view.lang
    if not finding.opinions:
        return
    view.heading(say("A second opinion"))
    view.points(words.opinions(finding, names, lang))
    frame = pd.DataFrame(
        [
            {
                "method": names.method(label),
                "agreement": words.agreement(opinion, lang),
                "moved": ", ".join(names.short(a) for a in opinion.moved) or "—",
                "why": words.why(opinion, lang) or "—",
            }
            for label, opinion in finding.opinions.items()
        ]
    )
    with st.expander(say("Method by method")):
        table(
            frame,
            {
                "method": Column(say("Method")),
                "agreement": Column(say("Agreement"), width="medium"),
                "moved": Column(say("Ranked otherwise")),
                "why": Column(say("Why"), width="large"),
            },
            lang,
            say("The same problem by pymcdm"),
        )
    _sources(
        view,
        say(
            "pymcdm {version} (Kizielewicz, Shekhovtsov and Sałabun 2023) with the settings that match; a reason is given only where it reproduces the library's figures.",
            version=next(iter(finding.opinions.values())).version,
        ),
    )


def _sources(view: View, computed: str) -> None:
    view.sources((*view.weight_tables(), "scores.csv"), computed=computed)
