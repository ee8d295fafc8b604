"""Audit: what other choices, other words for the same facts and another program would answer."""

from __future__ import annotations

import streamlit as st

from app.analyst import audit_section
from app.analyst.view import View
from app.words import audit as words


def show(view: View) -> None:
    """Show the page."""
    directions = view.results.directions
    with st.spinner(view.lang.say("Computing every combination of choices…")):
        finding, change = view.results.audit, view.results.change
    said = words.combinations(finding.curve, view.names, view.lang)
    view.finding(said)
    audit_section.curve(view, finding)
    audit_section.invariance(view, finding)
    audit_section.reversal(view, change, directions)
    audit_section.opinions(view, finding)
    view.rest(said)
