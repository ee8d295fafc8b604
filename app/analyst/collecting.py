"""The pages of Collecting: which there are, and who is let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from app.analyst import (
    collecting_create,
    collecting_freeze,
    collecting_invite,
    collecting_log,
    collecting_page,
    collecting_paper,
    collecting_settings,
    login_page,
    session,
)
from app.analyst.collecting_desk import Desk, open_desk, refusals, tell_done
from app.analyst.session import Login
from app.analyst.view import PAGE_WIDTH
from app.i18n import Language
from app.study import Study
from app.study.answer_tables import Frame


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `choosing` where it is about one wave."""

    path: str
    show: Callable[[Desk], None]
    choosing: bool = True


PAGES = (
    Page("collecting", collecting_page.show),
    Page("wave-new", collecting_create.show, choosing=False),
    Page("wave-invitations", collecting_invite.show),
    Page("wave-paper", collecting_paper.show),
    Page("wave-freeze", collecting_freeze.show),
    Page("wave-settings", collecting_settings.show),
    Page("wave-log", collecting_log.show),
)


def page_title(path: str, lang: Language) -> str:
    """Name of a page in the menu and above it."""
    return {
        "collecting": lang.say("Progress"),
        "wave-new": lang.say("New wave"),
        "wave-invitations": lang.say("Invitations"),
        "wave-paper": lang.say("Paper sheets"),
        "wave-freeze": lang.say("Freeze and hand on"),
        "wave-settings": lang.say("Settings of the wave"),
        "wave-log": lang.say("Log"),
    }[path]


def login() -> Login | None:
    """Who is logged in; whom the identity provider has just sent is let in here."""
    found = session.current()
    if found is None and login_page.adopt():
        found = session.current()
    return found


def pages(study: Study | Frame, lang: Language, who: Login | None) -> list[Any]:
    """Pages for the menu; without a login all addresses lead to it, and one stands in the menu."""
    return [
        st.Page(
            partial(login_page.show, lang, page.path)
            if who is None
            else partial(_show, page, study, lang, who),
            title=page_title(page.path, lang)
            if who is not None
            else lang.say("Log in to collect answers"),
            url_path=page.path,
            visibility="hidden" if who is None and page is not PAGES[0] else "visible",
        )
        for page in PAGES
    ]


def _show(page: Page, study: Study | Frame, lang: Language, who: Login) -> None:
    st.title(page_title(page.path, lang), anchor=False)
    with st.container(width=PAGE_WIDTH), refusals(lang):
        # Looked at once more: between the menu and the page the account may have been closed.
        if session.current() is None:
            st.rerun()
        tell_done()
        page.show(open_desk(study, lang, who.name, choosing=page.choosing))
    with st.sidebar:
        st.caption(lang.pick(study.settings.title))
