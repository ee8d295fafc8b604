"""What stands in place of a page that asks for a login: why, and the ways to log in."""

from __future__ import annotations

import html
import os
import time
from urllib.parse import urlencode

import streamlit as st

from app.analyst import login_words as words
from app.analyst import session
from app.analyst.door import login_url
from app.analyst.provenance import escape
from app.analyst.settings import CODE_VARIABLE
from app.analyst.view import TEXT_WIDTH
from app.commands.faults import is_refusal, lines_of
from app.i18n import Language
from survey.collection.accounts import list_accounts

_WIDTH = 420
# As Streamlit's buttons are; it has no button that leads to another page of ours in the same tab.
_LINK = (
    '<a href="{url}" target="_self" style="display: block; max-width: {width}px; padding: 0.6rem 1rem; '
    "border: 1px solid currentColor; border-radius: 0.5rem; text-align: center; "
    'text-decoration: none; font-weight: 600">{text}</a>'
)


def show(lang: Language, path: str) -> None:
    """Show it in place of the page at a path."""
    st.title(lang.say("Log in"), anchor=False)
    with st.container(width=TEXT_WIDTH):
        try:
            _show(lang, path)
        except ValueError as error:
            if not is_refusal(error):
                raise
            for line in lines_of(error, lang):
                st.error(line, icon=":material/error:")


def adopt() -> bool:
    """Log in whom the identity provider has just vouched for; once per tab."""
    if session.left_provider() or not session.providers() or not st.user.get("is_logged_in"):
        return False
    name = session.vouched(st.user.to_dict(), time.time())
    return name is not None and session.adopt(name)


def leave(lang: Language, name: str) -> None:
    """Say who is logged in, with a way out."""
    st.caption(lang.say("Logged in as {name}", name=escape(name)))
    st.button(lang.say("Log out"), on_click=session.end, width="stretch", key="session.out")


def _show(lang: Language, path: str) -> None:
    st.markdown(f"**{escape(words.why_asked(lang))}**")
    told = words.why_ended(session.reason(), lang)
    if told:
        st.info(told, icon=":material/logout:")
    providers = session.providers()
    if list_accounts(session.store()) or providers:
        _link(lang.say("Log in with name and password"), path, lang)
    else:
        st.markdown(escape(words.first_account(lang)))
        if os.environ.get(CODE_VARIABLE):
            _link(lang.say("Make the first account"), path, lang)
    for each in providers:
        _provider(lang, each)


def _link(text: str, path: str, lang: Language) -> None:
    asked = st.query_params
    pairs = [(name, value) for name in asked for value in asked.get_all(name)]
    url = login_url(f"/{path}?{urlencode(pairs)}", lang)
    link = _LINK.format(url=html.escape(url), width=_WIDTH, text=html.escape(text))
    st.markdown(link, unsafe_allow_html=True)


def _provider(lang: Language, provider: str | None) -> None:
    say = lang.say
    if st.user.get("is_logged_in") and not session.left_provider():
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
