"""What the sources state beside what comes out here: a section of the page of resilience."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from app.analysis import Claim
from app.analyst.provenance import short_source
from app.analyst.tables import Column, source_number, table
from app.analyst.view import View


def show(view: View) -> None:
    """Show the section, if the study has statements."""
    say, names, lang, published = view.lang.say, view.names, view.lang, view.study.published
    if published.empty:
        return
    view.heading(say("What the sources state, and what comes out here"))
    claims: tuple[Claim, ...] = view.results.claims
    counts = Counter(c.verdict for c in claims)
    view.text(
        say(
            "Of {total} statements {agree} agree with what comes out here, {differ} differ, and {untested} cannot be tested.",
            total=len(claims),
            agree=counts["agrees"],
            differ=counts["differs"],
            untested=counts["cannot_be_tested"],
        )
    )
    frame = pd.DataFrame(
        [
            {
                "statement": published.loc[c.id, lang.column("statement")],
                "printed": _printed(view, c),
                "obtained": _obtained(view, c),
                "unit": published.loc[c.id, lang.column("unit")] or "",
                "verdict": names.verdict(c.verdict),
                "note": published.loc[c.id, lang.column("verdict_note")] or "",
                "source": short_source(view.study, lang, str(published.loc[c.id, "source"])),
            }
            for c in claims
        ]
    )
    with st.expander(say("Every statement")):
        table(
            frame,
            {
                "statement": Column(say("Statement"), width="large"),
                "printed": Column(say("Printed")),
                "obtained": Column(say("Obtained here")),
                "unit": Column(say("Unit")),
                "verdict": Column(say("Verdict")),
                "note": Column(say("Note"), width="large"),
                "source": Column(say("Source")),
            },
            lang,
            say("Statements of the sources beside what comes out here"),
            wrap=True,
        )
    view.sources(
        ("published.csv",), computed=say("Obtained with the assumptions that are chosen now.")
    )


def _obtained(view: View, claim: Claim) -> str:
    """Show one decimal more than is printed; three below 1."""
    if claim.obtained is None:
        return "—"
    printed = [x for x in claim.printed if x is not None]
    digits = 1 + max((len(f"{x:.10g}".partition(".")[2]) for x in printed), default=0)
    return view.lang.number(claim.obtained, 3 if abs(claim.obtained) < 1 else min(digits, 3))


def _printed(view: View, claim: Claim) -> str:
    low, high = claim.printed
    lang = view.lang
    if low is None and high is None:
        return "—"
    if low is None and high is not None:
        return f"≤ {source_number(high, lang)}"
    if high is None and low is not None:
        return f"≥ {source_number(low, lang)}"
    if low == high and low is not None:
        return source_number(low, lang)
    return f"{source_number(low or 0.0, lang)}–{source_number(high or 0.0, lang)}"
