"""Log in: by a local account, by the identity provider, or make the first account."""

from __future__ import annotations

import os
import time

import streamlit as st

from app.analyst import session
from app.analyst.provenance import escape
from app.analyst.settings import CODE_VARIABLE
from app.analyst.view import TEXT_WIDTH
from app.commands.faults import is_refusal, lines_of
from app.i18n import Language
from survey.collection.accounts import (
    LOCKED,
    check_password,
    create_first_account,
    list_accounts,
)

_WIDTH = 420


def show(lang: Language) -> None:
    """Show the page."""
    st.title(lang.say("Log in"), anchor=False)
    with st.container(width=TEXT_WIDTH):
        try:
            _show(lang)
        except ValueError as error:
            if not is_refusal(error):
                raise
            for line in lines_of(error, lang):
                st.error(line, icon=":material/error:")


def adopt() -> bool:
    """Log in whom the identity provider has just vouched for; once per tab."""
    if session.reason() or not session.providers() or not st.user.get("is_logged_in"):
        return False
    name = session.vouched(st.user.to_dict(), time.time())
    return name is not None and session.begin(name, by_provider=True)


def leave(lang: Language, name: str) -> None:
    """Say who is logged in, with a way out."""
    st.caption(lang.say("Logged in as {name}", name=escape(name)))
    st.button(lang.say("Log out"), on_click=session.end, width="stretch", key="session.out")


def _show(lang: Language) -> None:
    say = lang.say
    finding = say("Who collects answers logs in first; the log keeps who did what.")
    st.markdown(f"**{escape(finding)}**")
    told = {
        "idle": say("You were logged out because nothing was done for a while."),
        "changed": say(
            "You were logged out because the account was closed or its password changed."
        ),
        "out": say("You are logged out."),
    }.get(session.reason())
    if told:
        st.info(told, icon=":material/logout:")
    providers = session.providers()
    if not list_accounts(session.store()) and not providers:
        _first(lang)
        return
    _local(lang)
    for each in providers:
        _provider(lang, each)


def _local(lang: Language) -> None:
    say = lang.say
    with st.form("login.form", clear_on_submit=True, width=_WIDTH):
        name = st.text_input(say("Account"), autocomplete="username")
        password = st.text_input(say("Password"), type="password", autocomplete="current-password")
        sent = st.form_submit_button(say("Log in"))
    if not sent:
        return
    if check_password(session.store(), name, password, session.now()) and session.begin(name):
        st.rerun()
    st.error(
        say(
            "Name and password do not fit an account, or the account is locked for {minutes} minutes after several wrong passwords.",
            minutes=int(LOCKED.total_seconds() // 60),
        ),
        icon=":material/error:",
    )


def _provider(lang: Language, provider: str | None) -> None:
    say = lang.say
    if st.user.get("is_logged_in") and not session.reason():
        if session.vouched(st.user.to_dict(), time.time()) is None:
            text = say(
                "The identity provider's word has run out, or does not name a verified address; log in with it anew."
            )
        else:
            text = say(
                "The identity provider knows you, but you have no account here: konsilium account add NAME --without-password gives you one."
            )
        st.warning(text, icon=":material/badge:")
    label = (
        say("Log in with the organisation's account")
        if provider is None
        else say("Log in with {provider}", provider=provider)
    )
    st.button(label, on_click=st.login, args=() if provider is None else (provider,), width=_WIDTH)


def _first(lang: Language) -> None:
    say = lang.say
    st.markdown(
        escape(
            say(
                "There is no account yet. Make the first one on the server with konsilium account add NAME, or here."
            )
        )
    )
    if not os.environ.get(CODE_VARIABLE):
        return
    with st.form("login.first", clear_on_submit=True, width=_WIDTH):
        code = st.text_input(
            say("Code that konsilium app has printed in its terminal"), autocomplete="off"
        )
        name = st.text_input(say("Account"), autocomplete="username")
        password = st.text_input(
            say("Password, 12 characters or more"), type="password", autocomplete="new-password"
        )
        again = st.text_input(
            say("The same password again"), type="password", autocomplete="new-password"
        )
        sent = st.form_submit_button(say("Make the account"))
    if not sent:
        return
    if password != again:
        st.error(say("The two passwords are not the same."), icon=":material/error:")
    elif not session.accepts_code(code):
        st.error(
            say("This is not the code; after ten wrong ones it is void until the next start."),
            icon=":material/error:",
        )
    elif session.begin(create_first_account(session.store(), name, password).name):
        st.rerun()
