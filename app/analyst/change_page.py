"""What would change it: of the weights, of one value, of what nobody measured, of what is learnt."""

from __future__ import annotations

import streamlit as st

from app.analyst import change_section, learning_section, missing_section
from app.analyst.view import View
from app.words import change as words


def show(view: View) -> None:
    """Show the page."""
    directions = view.results.directions
    with st.spinner(view.lang.say("Looking for the smallest changes…")):
        finding = view.results.change
    said = words.sentences(finding, directions, view.study, view.lang)
    view.finding(said)
    change_section.weights(view, finding, directions)
    missing_section.show(view, finding, directions)
    change_section.triangle(view, finding, directions)
    change_section.value(view, finding, directions)
    learning_section.show(view)
    view.rest(said)
