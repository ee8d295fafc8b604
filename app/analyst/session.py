"""Who is logged in, as a run of the pages finds it.

A login by password is kept by the server for a token in a cookie (`logins`), so that it outlives
loading the page anew; one by an identity provider is kept for a tab, for the provider's own cookie
brings it back. The server asks anew at every run whether the account may still be used.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any, Final

import streamlit as st
from streamlit import config

from app.analyst.logins import Login, Logins, key_of, steady
from app.analyst.settings import CODE_VARIABLE
from survey.collection.accounts import account_name, list_accounts, standing
from survey.collection.store import HOME_VARIABLE, URL_VARIABLE, Store
from survey.errors import SurveyError

LOGIN_VARIABLE: Final = "KONSILIUM_LOGIN"
ALLOWED_VARIABLE: Final = "KONSILIUM_ALLOWED"
LOGINS: Final = Logins()

_PROVIDED = "login"
_HELD = "login.held"
_REASON = "login.reason"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_MOST_CODES = 10
_codes_lock = Lock()
_codes_tried = [0]
_store_lock = Lock()
_stores: dict[tuple[str | None, ...], Store] = {}


def cookie_name() -> str:
    """Name of the cookie; with the port, for browsers do not tell the ports of a machine apart."""
    return f"konsilium_login_{config.get_option('server.port')}"


def is_required() -> bool:
    """Whether the study's pages need a login too: asked for, or open to other machines."""
    asked = os.environ.get(LOGIN_VARIABLE, "") == "required"
    return asked or config.get_option("server.address") not in _LOOPBACK


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day, in UTC."""
    return now().date()


def store() -> Store:
    """The store of this process."""
    place = tuple(os.environ.get(name) for name in (URL_VARIABLE, HOME_VARIABLE))
    with _store_lock:
        if place not in _stores:
            _stores[place] = Store.open()
        return _stores[place]


def token() -> str:
    """Token that the browser has shown when this page was loaded; empty without one."""
    return st.context.cookies.get(cookie_name(), "")


def current() -> Login | None:
    """Who is logged in; an idle, too long, closed or changed login is ended here."""
    shown = token()
    found = LOGINS.look(shown, mark_of) if shown else None
    held = "" if found is None else key_of(shown)
    before = st.session_state.get(_HELD, "")
    if before != held:
        if before:
            # Whatever was shown under that login leaves the tab's memory with it.
            _clear(LOGINS.why(shown) or "idle")
        if held:
            st.session_state[_HELD] = held
            st.session_state.pop(_REASON, None)
    return found or _provided()


def begin(name: str) -> str | None:
    """Log in whom a password has vouched for; the token for the cookie, None if nobody may."""
    mark = mark_of(name)
    return None if mark is None else LOGINS.begin(account_name(name), mark)


def adopt(name: str) -> bool:
    """Log in, in this tab, whom the identity provider has vouched for."""
    mark = mark_of(name, by_provider=True)
    if mark is None:
        return False
    at = steady()
    st.session_state[_PROVIDED] = Login(account_name(name), mark, at, at, by_provider=True)
    st.session_state.pop(_REASON, None)
    return True


def end() -> None:
    """Log out: by password in all tabs, by the provider in this one and from its cookie."""
    if _PROVIDED in st.session_state:
        _leave("out")
    elif shown := token():
        LOGINS.end(shown)
        _clear("out")


def reason() -> str:
    """Why the last login ended: idle, changed, out; empty if there was none."""
    return str(st.session_state.get(_REASON) or LOGINS.why(token()) or "")


def left_provider() -> bool:
    """Whether this tab has logged out whom the identity provider's cookie still names."""
    return _REASON in st.session_state


def _provided() -> Login | None:
    login = st.session_state.get(_PROVIDED)
    if not isinstance(login, Login):
        return None
    at = steady()
    if login.is_over(at):
        _leave("idle")
        return None
    if login.standing != mark_of(login.name, by_provider=True):
        _leave("changed")
        return None
    login = replace(login, seen=at)
    st.session_state[_PROVIDED] = login
    return login


def _leave(why: str) -> None:
    _clear(why)
    st.logout()


def _clear(why: str) -> None:
    for key in list(st.session_state):
        if str(key).startswith(("wave", "login")):
            del st.session_state[key]
    st.session_state[_REASON] = why


def mark_of(name: str, *, by_provider: bool = False) -> str | None:
    """Mark of an account as it is now; None if it may not be used."""
    found = standing(store(), name)
    if found is None and by_provider and name in allowed() and not _is_closed(name):
        return "allowed"
    return found


def _is_closed(name: str) -> bool:
    return any(each.name == name and each.disabled for each in list_accounts(store()))


def secrets() -> Mapping[str, Any]:
    """Streamlit's secrets; empty without a file."""
    return st.secrets if st.secrets.load_if_toml_exists() else {}


def providers() -> tuple[str | None, ...]:
    """Identity providers of the configuration: None is the one without a name."""
    auth = secrets().get("auth", {})
    named = [n for n, v in auth.items() if isinstance(v, Mapping) and "client_id" in v]
    return (None, *named) if "client_id" in auth else tuple(named)


def allowed() -> frozenset[str]:
    """Who may come back from the identity provider without an account."""
    listed = list(secrets().get("konsilium", {}).get("allowed", ()))
    listed += os.environ.get(ALLOWED_VARIABLE, "").split(",")
    return frozenset(account_name(each) for each in listed if str(each).strip())


def vouched(claims: Mapping[str, Any], at: float) -> str | None:
    """Name for which an identity provider vouches now; None if it does not.

    Streamlit keeps the provider's word for a month and does not look at its end: that is done
    here. An address counts only where the provider says that it has verified it.

    Parameters
    ----------
    claims
        As `st.user` gives them.
    at
        Unix seconds.
    """
    ends = claims.get("exp")
    if not claims.get("is_logged_in") or not isinstance(ends, int | float) or ends <= at:
        return None
    claim = str(secrets().get("konsilium", {}).get("claim", "email"))
    if claim == "email" and claims.get("email_verified") is not True:
        return None
    try:
        return account_name(str(claims.get(claim) or ""))
    except SurveyError:
        return None


def accepts_code(code: str) -> bool:
    """Whether this is the code that `konsilium app` has printed; after some wrong ones none is."""
    expected = os.environ.get(CODE_VARIABLE, "")
    with _codes_lock:
        if not expected or _codes_tried[0] >= _MOST_CODES:
            return False
        right = hmac.compare_digest(code.strip().lower().encode(), expected.encode())
        _codes_tried[0] += not right
    return right
