from __future__ import annotations

import pytest
import streamlit as st
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import config
from streamlit.testing.v1 import AppTest

from app.analyst import door, serving, session, shell
from app.analyst.logins import Logins
from app.analyst.settings import script
from survey.collection import passwords
from survey.collection.store import Store
from tests.served import served

# Where a session of AppTest, which has no browser, keeps the cookie that a browser would show.
SHOWN = "test.cookie"


@pytest.fixture(autouse=True, scope="session")
def on_this_machine_only():
    """As `konsilium app` starts the pages: without it a login is asked for on each of them."""
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", before)


@pytest.fixture(scope="session")
def server():
    """Address of the pages of the default study."""
    with served({"KONSILIUM_STUDY": "kuzbass", "KONSILIUM_LANG": "en"}) as address:
        yield address


@pytest.fixture(autouse=True)
def cookie(monkeypatch):
    """A session of AppTest shows the cookie that it was given; without one, none."""
    monkeypatch.setattr(session, "token", lambda: st.session_state.get(SHOWN, ""))


@pytest.fixture
def clock(monkeypatch):
    """The server's steady clock, in its only item; nobody is logged in when it begins."""
    time = [0.0]
    monkeypatch.setattr(session, "steady", lambda: time[0])
    monkeypatch.setattr(session, "LOGINS", Logins(lambda: time[0]))
    return time


@pytest.fixture
def scratch_store(monkeypatch, tmp_path, clock):
    """Store of the test's own, which the pages open too; passwords are hashed quickly."""
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path))
    monkeypatch.delenv("KONSILIUM_DATABASE_URL", raising=False)
    monkeypatch.delenv("KONSILIUM_LOGIN", raising=False)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
    with Store.open() as store:
        monkeypatch.setattr(session, "store", lambda: store)
        yield store


@pytest.fixture
def log_in():
    """Log in an account that there is: the browser has the cookie when the page is loaded."""

    def entered(at: AppTest, name: str = "anna") -> AppTest:
        return load(at, session.begin(name))

    return entered


def load(at: AppTest, token: str) -> AppTest:
    """Run a session whose browser shows a token."""
    at.session_state[SHOWN] = token
    return at.run()  # the menu is built anew for who is logged in


@pytest.fixture
def client(scratch_store):
    """Browser, without scripts, of the pages for logging in."""
    app = Starlette(routes=door.routes(), middleware=serving.middleware())
    with TestClient(app, headers={"Origin": "http://testserver"}, follow_redirects=False) as made:
        yield made


@pytest.fixture
def desk_pages(monkeypatch, scratch_store):
    """Open the pages in English or Russian, as a session that has just begun."""

    def opened(lang: str = "en", study: str = "template") -> AppTest:
        monkeypatch.setenv("KONSILIUM_STUDY", study)
        monkeypatch.setenv("KONSILIUM_LANG", "en")
        monkeypatch.setattr("app.analyst.choices.DRAWS", 300)
        # The study's own pages have tests of their own; here one that opens at once stands first.
        light = shell.Page("overview", lambda view: view.finding(["A study."]), ())
        monkeypatch.setattr(shell, "PAGES", (light, *shell.PAGES[1:]))
        at = AppTest.from_file(str(script()), default_timeout=60)
        at.query_params["lang"] = lang
        return at.run()

    return opened


@pytest.fixture
def go_to():
    """Open a page from the menu."""

    def go(at: AppTest, path: str) -> AppTest:
        pages = at._registered_pages.items()
        at._page_hash = next(key for key, page in pages if page["url_pathname"] == path)
        return at.run()

    return go


@pytest.fixture
def visit(desk_pages, go_to):
    """Open one page, as a session that has just begun."""
    return lambda path, lang="en": go_to(desk_pages(lang), path)
