"""Who is logged in: kept by the server for one browser tab, ended when idle.

Nothing of it is in a cookie or in the address, so that no other site and no link can use or carry
it; loading the page anew ends it. The server asks anew at every run whether the account may still
be used.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from threading import Lock
from typing import Any, Final

import streamlit as st
from streamlit import config

from app.analyst.settings import CODE_VARIABLE
from survey.collection.accounts import account_name, list_accounts, standing
from survey.collection.store import HOME_VARIABLE, URL_VARIABLE, Store
from survey.errors import SurveyError

LOGIN_VARIABLE: Final = "KONSILIUM_LOGIN"
ALLOWED_VARIABLE: Final = "KONSILIUM_ALLOWED"
IDLE: Final = 30 * 60  # seconds
LONGEST: Final = 12 * 3600  # seconds

_LOGIN = "login"
_REASON = "login.reason"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_MOST_CODES = 10
_codes_lock = Lock()
_codes_tried = [0]


@dataclass(frozen=True, slots=True)
class Login:
    """An analyst at work; times are of the server's steady clock, in seconds."""

    name: str
    standing: str
    began: float
    seen: float
    by_provider: bool = False


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


@st.cache_resource(show_spinner=False)
def _open(place: tuple[str | None, ...]) -> Store:  # noqa: ARG001 - the key
    return Store.open()


def store() -> Store:
    """The store of this process."""
    return _open(tuple(os.environ.get(name) for name in (URL_VARIABLE, HOME_VARIABLE)))


def current() -> Login | None:
    """Who is logged in; an idle, too long, closed or changed login is ended here."""
    login = st.session_state.get(_LOGIN)
    if not isinstance(login, Login):
        return None
    at = time.monotonic()
    if at - login.seen > IDLE or at - login.began > LONGEST:
        return _end(login, "idle")
    if login.standing != _standing(login.name, by_provider=login.by_provider):
        return _end(login, "changed")
    login = replace(login, seen=at)
    st.session_state[_LOGIN] = login
    return login


def begin(name: str, *, by_provider: bool = False) -> bool:
    """Log in whom a password or the identity provider has vouched for."""
    mark = _standing(name, by_provider=by_provider)
    if mark is None:
        return False
    at = time.monotonic()
    st.session_state[_LOGIN] = Login(account_name(name), mark, at, at, by_provider)
    st.session_state.pop(_REASON, None)
    return True


def end(reason: str = "out") -> None:
    """Log out, in this tab and, where it vouched, for the provider's cookie too."""
    login: Login | None = st.session_state.get(_LOGIN)
    if login is not None:
        _end(login, reason)


def reason() -> str:
    """Why the last login of this tab ended: idle, changed, out; empty if there was none."""
    return str(st.session_state.get(_REASON, ""))


def _end(login: Login, why: str) -> None:
    # Whatever was shown under this login leaves the tab's memory too.
    for key in list(st.session_state):
        if str(key).startswith(("wave", "login")):
            del st.session_state[key]
    st.session_state[_REASON] = why
    if login.by_provider:
        st.logout()


def _standing(name: str, *, by_provider: bool) -> str | None:
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
