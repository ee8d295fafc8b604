"""Log: who opened, closed, exported, excluded; respondents leave nothing in it."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from app.analyst.collecting_desk import Desk
from app.analyst.tables import Column, table
from app.words import collecting as words
from survey.collection.events import Event, events

_MOST = 1000
_ROWS = 20  # in view
_ALL = "wave.log.all"


def show(desk: Desk) -> None:
    """Show the page."""
    say = desk.lang.say
    everything = desk.wave is None or st.session_state.get(_ALL, False)
    found = events(desk.store, None if everything or desk.wave is None else desk.wave.id)
    desk.view.finding(_told(desk, found))
    st.toggle(say("Of all waves, and of accounts"), key=_ALL)
    if not found:
        return
    titles = {each.id: words.wave_name(each, desk.lang) for each in desk.waves}
    frame = pd.DataFrame(
        [
            {
                "at": each.at.strftime("%Y-%m-%d %H:%M:%S"),
                "actor": each.actor,
                "action": words.action(each, desk.lang),
                "wave": titles.get(each.wave or "", each.wave or ""),
                "detail": json.dumps(each.detail, ensure_ascii=False) if each.detail else "",
            }
            for each in found[:_MOST]
        ]
    )
    columns = {
        "at": Column(say("Moment, UTC")),
        "actor": Column(say("Who")),
        "action": Column(say("What")),
        "wave": Column(say("Wave")),
        "detail": Column(say("Detail")),
    }
    table(frame, columns, desk.lang, say("What analysts did, the latest first"), most=_ROWS)


def _told(desk: Desk, found: tuple[Event, ...]) -> list[str]:
    lang = desk.lang
    if not found:
        return [lang.say("Nothing was done yet.")]
    last = found[0]
    return [
        lang.say_many(
            "{count} step is in the log; the last one: {actor} {action} on {day}.",
            "{count} steps are in the log; the last one: {actor} {action} on {day}.",
            len(found),
            actor=last.actor,
            action=words.action(last, lang),
            day=last.at.date().isoformat(),
        )
    ]
