"""What every page of a wave is given: the study, the store, who works, and the wave chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st

from app.analysis import Options
from app.analyst import session
from app.analyst.provenance import escape
from app.analyst.results import Results
from app.analyst.view import TEXT_WIDTH, View
from app.commands.faults import is_refusal, lines_of
from app.i18n import Language
from app.study import Study
from app.study.answer_tables import Frame
from app.words import collecting as words
from survey.collection.sealing import KEY_FILE, Sealer
from survey.collection.store import Store, home
from survey.collection.wave import Wave
from survey.collection.waves import list_waves

URL_VARIABLE: Final = "KONSILIUM_PUBLIC_URL"
_LOCAL_URL = "http://localhost:8502"
_CHOSEN = "wave"
_SAID = "wave.said"


@dataclass(frozen=True, slots=True)
class Desk:
    """One analyst at one study, which may have no answers yet."""

    study: Study | Frame
    lang: Language
    store: Store
    actor: str
    today: date
    waves: tuple[Wave, ...]
    wave: Wave | None

    @property
    def view(self) -> View:
        """How text, charts and tables are set out."""
        return View(self.study, self.lang, Results(self.study, Options.of(self.study)), ())

    @property
    def sealer(self) -> Sealer:
        """What seals and unseals names."""
        return _sealer(home())

    def chosen(self) -> Wave | None:
        """Return the wave chosen; without any, say how to make one."""
        if self.wave is None:
            say = self.lang.say
            self.view.finding([say("This study has no waves yet; make the first under New wave.")])
        return self.wave


def open_desk(study: Study | Frame, lang: Language, actor: str, *, choosing: bool) -> Desk:
    """Read the waves of a study, and let one be chosen in the sidebar."""
    found = session.store()
    waves = list_waves(found, study.settings.id)
    wave = _choose(waves, lang) if choosing else None
    return Desk(study, lang, found, actor, session.today(), waves, wave)


def done(text: str) -> None:
    """Say that something is done, on a page drawn anew."""
    st.session_state[_SAID] = text
    st.rerun()


def choose_wave(wave_id: str) -> None:
    """Make a wave the chosen one from the next run on."""
    st.session_state["wave.next"] = wave_id


def tell_done() -> None:
    """Show what the last step has done."""
    text = st.session_state.pop(_SAID, None)
    if text:
        st.success(escape(text), icon=":material/check:", width=TEXT_WIDTH)


@contextmanager
def refusals(lang: Language) -> Iterator[None]:
    """Say what is refused, and go on with the page."""
    try:
        yield
    except ValueError as error:
        if not is_refusal(error):
            raise
        for line in lines_of(error, lang):
            st.error(escape(line), icon=":material/error:", width=TEXT_WIDTH)


def public_address() -> str:
    """Address of the survey that links begin with: the last one given, else the configured one."""
    given = st.session_state.get("wave.url.kept")
    return str(given or os.environ.get(URL_VARIABLE) or _LOCAL_URL)


def ask_address(lang: Language, key: str) -> str:
    """Ask for the address of the survey."""
    text = st.text_input(
        lang.say("Address of the survey, as the people invited reach it"),
        value=public_address(),
        key=f"wave.url.{key}",
        help=lang.say("Where konsilium collect answers, or the proxy in front of it."),
    )
    st.session_state["wave.url.kept"] = text
    return text


def _choose(waves: tuple[Wave, ...], lang: Language) -> Wave | None:
    if not waves:
        return None
    by_id = {wave.id: wave for wave in waves}
    wanted = st.session_state.pop("wave.next", None)
    if wanted in by_id:
        st.session_state[_CHOSEN] = wanted
    if st.session_state.get(_CHOSEN) not in by_id:
        # What goes on now, else what is being made, else what has just ended.
        order = ("frozen", "closed", "draft", "open")
        latest = max(enumerate(waves), key=lambda each: (order.index(each[1].state), each[0]))
        st.session_state[_CHOSEN] = latest[1].id
    with st.sidebar:
        chosen = st.selectbox(
            lang.say("Wave"),
            list(by_id),
            format_func=lambda each: words.wave_name(by_id[each], lang),
            key=_CHOSEN,
            persist_state="session",
        )
    return by_id[chosen]


@st.cache_resource(show_spinner=False)
def _sealer(folder: Path) -> Sealer:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Sealer.open(folder / KEY_FILE)
