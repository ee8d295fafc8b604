"""Settings of a wave; of two analysts who change them at once neither loses anything."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any

import pandas as pd
import streamlit as st

from app.analyst.collecting_desk import Desk, done, refusals
from app.analyst.collecting_form import field_name, fields, told
from app.analyst.tables import Column, table
from app.words import collecting as words
from survey.collection.lifecycle import delete_draft
from survey.collection.retention import erase
from survey.collection.wave import Wave, WaveSettings
from survey.collection.waves import edit_wave
from survey.errors import SurveyError


@dataclass(frozen=True, slots=True)
class _Clash:
    """What this analyst has changed of a wave that somebody else has changed meanwhile."""

    base: WaveSettings
    mine: dict[str, Any]


def show(desk: Desk) -> None:
    """Show the page."""
    wave = desk.chosen()
    if wave is None:
        return
    desk.view.finding(_finding(desk, wave))
    if wave.state == "frozen":
        _erasing(desk, wave)
        return
    clash = st.session_state.get(_key(wave, "clash"))
    if clash is not None:
        _reconcile(desk, wave, clash)
        return
    base = st.session_state.setdefault(_key(wave, "base"), wave)
    key = f"wave.edit.{wave.id}.{base.revision}"
    with st.form(f"{key}.form", enter_to_submit=False):
        drawn = fields(desk, base.settings, key, promised=wave.state != "draft")
        sent = st.form_submit_button(desk.lang.say("Store the changes"))
    with refusals(desk.lang):
        if sent:
            asked = drawn.settings(desk, base.settings)
            _store(desk, base, changed(base.settings, asked))
    _erasing(desk, wave)


def changed(before: WaveSettings, after: WaveSettings) -> dict[str, Any]:
    """Fields of `after` that are not as before."""
    names = [each.name for each in fields_of(WaveSettings)]
    return {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}


def _store(desk: Desk, base: Wave, mine: dict[str, Any]) -> None:
    say = desk.lang.say
    if not mine:
        desk.view.text(say("Nothing is changed."))
        return
    try:
        edit_wave(desk.store, base.id, base.revision, actor=desk.actor, today=desk.today, **mine)
    except SurveyError as error:
        if error.code not in ("wave_changed", "wave_changed_now"):
            raise
        st.session_state[_key(base, "clash")] = _Clash(base.settings, mine)
        st.rerun()
    st.session_state.pop(_key(base, "base"), None)
    done(say("The settings are stored."))


def _reconcile(desk: Desk, wave: Wave, clash: _Clash) -> None:
    """Show what the other has changed beside what this one has, and store both."""
    say, lang = desk.lang.say, desk.lang
    theirs = changed(clash.base, wave.settings)
    both = [n for n in clash.mine if n in theirs and clash.mine[n] != theirs[n]]
    st.warning(
        say(
            "Somebody else has changed this wave since you opened this page. Nothing of theirs is overwritten and nothing of yours is lost: choose below."
        ),
        icon=":material/group:",
    )
    frame = pd.DataFrame(
        [
            {
                "field": field_name(n, lang),
                "was": told(n, getattr(clash.base, n), lang),
                "theirs": told(n, theirs[n], lang) if n in theirs else "",
                "mine": told(n, clash.mine[n], lang) if n in clash.mine else "",
            }
            for n in dict.fromkeys((*theirs, *clash.mine))
        ]
    )
    columns = {
        "field": Column(say("Setting")),
        "was": Column(say("As it was")),
        "theirs": Column(say("Theirs, stored now")),
        "mine": Column(say("Yours, not stored yet")),
    }
    table(frame, columns, lang, say("Both changes beside each other"))
    kept = dict(clash.mine)
    for name in both:
        mine = st.radio(
            say("Both changed: {setting}", setting=field_name(name, lang)),
            (True, False),
            index=None,
            format_func=lambda own: say("take yours") if own else say("leave theirs"),
            key=_key(wave, f"both.{name}.{wave.revision}"),
        )
        if mine is None:
            kept.pop(name, None)
        elif not mine:
            kept.pop(name)
    undecided = [
        n for n in both if st.session_state.get(_key(wave, f"both.{n}.{wave.revision}")) is None
    ]
    left, right = st.columns(2)
    with refusals(lang):
        if left.button(
            say("Store yours beside theirs"), disabled=bool(undecided),
            key=_key(wave, "merge"), width="stretch",
        ):  # fmt: skip
            _forget(wave)
            _store(desk, wave, kept) if kept else done(say("Theirs stays."))
    if right.button(say("Drop your changes"), key=_key(wave, "drop"), width="stretch"):
        _forget(wave)
        done(say("Theirs stays."))


def _forget(wave: Wave) -> None:
    for name in ("clash", "base"):
        st.session_state.pop(_key(wave, name), None)


def _finding(desk: Desk, wave: Wave) -> list[str]:
    lang = desk.lang
    settings = wave.settings
    title = lang.pick(settings.title)
    said = lang.say(
        "“{title}” is {mode}, {access}, and {state}.",
        title=title,
        mode=words.mode_name(settings.mode, lang),
        access=words.access_name(settings.access, lang),
        state=words.state(wave.state, lang),
    )
    if wave.state == "draft":
        return [said, lang.say("Everything can still be changed.")]
    if wave.state == "frozen":
        return [said, lang.say("Its settings stay as they are.")]
    return [
        said,
        lang.say(
            "Title, contact, titles of groups, quotas and days can be changed; what people were promised cannot."
        ),
    ]


def _erasing(desk: Desk, wave: Wave) -> None:
    say = desk.lang.say
    if wave.state == "draft":
        with st.expander(say("Delete the draft")), refusals(desk.lang):
            desk.view.text(say("Its invitations go with it: links that were handed out end."))
            sure = st.checkbox(say("Delete it"), key=_key(wave, "sure"))
            if st.button(say("Delete the draft"), disabled=not sure, key=_key(wave, "delete")):
                delete_draft(desk.store, wave.id, actor=desk.actor)
                done(say("The draft is deleted."))
        return
    if wave.state == "open" or wave.erased_on is not None:
        return
    with st.expander(say("Erase what identifies people")), refusals(desk.lang):
        desk.view.text(
            say(
                "Invitations, names, what was not submitted and sheets of paper are erased now, before {day}. Submitted answers stay, joined to nobody. Exports and backups made before are not reached.",
                day=wave.settings.erase_on.isoformat(),
            )
        )
        sure = st.checkbox(say("Erase them for good"), key=_key(wave, "sure"))
        if st.button(say("Erase"), disabled=not sure, key=_key(wave, "erase")):
            erase(desk.store, wave.id, actor=desk.actor, today=desk.today)
            done(say("What identifies people is erased."))


def _key(wave: Wave, name: str) -> str:
    return f"wave.settings.{wave.id}.{name}"
