"""New wave: the study's questionnaire, put to people under a promise."""

from __future__ import annotations

import streamlit as st

from app.analyst.collecting_desk import Desk, choose_wave, done, refusals
from app.analyst.collecting_form import fields
from survey.collection.waves import create_wave


def show(desk: Desk) -> None:
    """Show the page."""
    say = desk.lang.say
    questionnaire = desk.study.questionnaire
    desk.view.finding(
        [
            desk.lang.say_many(
                "A wave puts the questionnaire “{title}” with {count} question to the people you invite.",
                "A wave puts the questionnaire “{title}” with {count} questions to the people you invite.",
                len(questionnaire.questions),
                title=desk.lang.pick(questionnaire.title),
            ),
            say("It begins as a draft; once it is open, what was promised cannot change."),
        ]
    )
    with st.expander(say("The questions")):
        desk.view.points(desk.lang.pick(each.text) for each in questionnaire.questions)
    with st.form("wave.new", enter_to_submit=False):
        drawn = fields(desk, None, "wave.new")
        sent = st.form_submit_button(say("Make the wave"))
    with refusals(desk.lang):
        if sent:
            made = create_wave(
                desk.store, drawn.settings(desk, None), actor=desk.actor, today=desk.today
            )
            choose_wave(made.id)
            done(
                say(
                    "The wave is made. Its preview, its links and its opening are on the other pages."
                )
            )
