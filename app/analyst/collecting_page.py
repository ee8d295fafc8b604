"""Collecting: how the chosen wave goes, its next step, and all waves of the study."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analyst.collecting_desk import Desk, ask_address, done, refusals
from app.analyst.tables import Column, table
from app.charts import collecting as charts
from app.collection.addresses import public_url
from app.words import collecting as words
from survey.collection.invitations import preview_link
from survey.collection.lifecycle import GroupCount, close_wave, open_wave, response_counts
from survey.collection.wave import Wave


def show(desk: Desk) -> None:
    """Show the page."""
    wave = desk.chosen()
    if wave is None:
        return
    counts = response_counts(desk.store, wave.id)
    said = words.response(wave, counts, desk.lang)
    desk.view.finding(said)
    desk.view.chart(charts.by_group(wave, counts, desk.lang))
    desk.view.points(said[2:]) if said[2:] else None
    st.button(desk.lang.say("Refresh"), icon=":material/refresh:", key="wave.refresh")
    _steps(desk, wave)
    _preview(desk, wave)
    with st.expander(desk.lang.say("The figures")):
        _counts(desk, wave, counts)
    _waves(desk)


def _steps(desk: Desk, wave: Wave) -> None:
    say = desk.lang.say
    if wave.state in ("draft", "closed"):
        desk.view.heading(say("Open it"))
        desk.view.text(words.promise(wave.settings.mode, desk.lang))
        label = say("Open the wave") if wave.state == "draft" else say("Open the wave again")
        with refusals(desk.lang):
            if st.button(label, key="wave.open"):
                open_wave(desk.store, wave.id, actor=desk.actor, today=desk.today)
                done(say("The wave is open: links work from now on."))
    if wave.state == "open":
        desk.view.heading(say("Close it"))
        desk.view.text(
            say(
                "Whoever has begun and not submitted cannot go on then; such answers are never counted. Until it is frozen, a closed wave can be opened again."
            )
        )
        sure = st.checkbox(say("Nobody needs more time"), key="wave.sure")
        with refusals(desk.lang):
            if st.button(say("Close the wave"), disabled=not sure, key="wave.close"):
                close_wave(desk.store, wave.id, actor=desk.actor)
                done(say("The wave is closed."))


def _preview(desk: Desk, wave: Wave) -> None:
    say = desk.lang.say
    if wave.state not in ("draft", "open"):
        return
    desk.view.heading(say("Look at it as respondents do"))
    with refusals(desk.lang):
        address = ask_address(desk.lang, "preview")
        if wave.settings.access == "open":
            desk.view.text(say("The address for everybody:"))
            st.code(f"{public_url(address)}/w/{wave.id}", language=None)
        if st.button(say("Make a preview link"), key="wave.preview"):
            link = preview_link(desk.store, wave.id, actor=desk.actor)
            desk.view.text(say("Answers given by this link are never counted:"))
            st.code(f"{public_url(address)}/i/{link.token}", language=None)


def _counts(desk: Desk, wave: Wave, counts: tuple[GroupCount, ...]) -> None:
    say = desk.lang.say
    frame = pd.DataFrame(
        [
            {
                "group": desk.lang.pick(wave.group(each.group).title),
                "invited": each.invited,
                "answering": each.answering,
                "submitted": each.submitted,
                "quota": each.quota,
            }
            for each in counts
        ]
    )
    columns = {
        "group": Column(say("Group")),
        "invited": Column(say("Invited"), 0),
        "answering": Column(say("Begun"), 0),
        "submitted": Column(say("Submitted"), 0),
        "quota": Column(say("Quota"), 0),
    }
    table(frame, columns, desk.lang, say("Response of each group"))


def _waves(desk: Desk) -> None:
    say, lang = desk.lang.say, desk.lang
    desk.view.heading(say("All waves of this study"))
    frame = pd.DataFrame(
        [
            {
                "title": words.wave_name(each, lang),
                "state": words.state(each.state, lang),
                "mode": words.mode_name(each.settings.mode, lang),
                "access": words.access_name(each.settings.access, lang),
                "closes": each.settings.closes_on.isoformat() if each.settings.closes_on else "",
                "erase": (each.erased_on or each.settings.erase_on).isoformat(),
            }
            for each in desk.waves
        ]
    )
    columns = {
        "title": Column(say("Wave")),
        "state": Column(say("State")),
        "mode": Column(say("Mode")),
        "access": Column(say("Access")),
        "closes": Column(say("Closes")),
        "erase": Column(say("Erased on"), help=say("What identifies people is erased on this day")),
    }
    table(frame, columns, lang, say("Waves of this study with their state"))
