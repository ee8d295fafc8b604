"""Who is let in, for how long, and that nothing of Collecting is shown before."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit import config

from app.analyst import collecting, logins, session
from app.analyst.collecting import PAGES as COLLECTING
from app.analyst.shell import PAGES
from app.i18n import language
from survey.collection.accounts import create_account, disable_account, set_password
from tests.app.analyst.conftest import SHOWN, load

GOOD, OTHER = "seven green otters", "a ladder of cheese"
FIRST = 0


@pytest.fixture
def anna(scratch_store):
    return create_account(scratch_store, "anna", GOOD, actor="test")


def listed(at):
    return {p["page_name"] for p in at._registered_pages.values() if not p.get("is_hidden")}


def way_in(at):
    """Address of the link to the page for logging in, taken apart."""
    (link,) = re.findall(r'<a href="([^"]+)" target="_self"', at.main.markdown[-1].value)
    url = urlsplit(html.unescape(link))
    return url.path, {name: given[0] for name, given in parse_qs(url.query).items()}


def press_log_out(at):
    return next(b for b in at.button if b.label == "Log out").click().run()


def test_every_page_of_collecting_asks_for_a_login(desk_pages, go_to, anna):
    at = desk_pages()
    for page in COLLECTING:
        go_to(at, page.path)
        assert not at.exception, page.path
        assert at.title[0].value == "Log in", page.path
        path, asked = way_in(at)
        assert path == "/login"
        assert asked["lang"] == "en"
        assert asked["next"].startswith(f"/{page.path}?"), page.path
        assert "Freeze and hand on" not in listed(at), page.path


def test_the_way_back_keeps_what_the_address_says(desk_pages, go_to, anna):
    at = desk_pages("ru")
    at.query_params["method"] = "a&b=c"
    _, asked = way_in(go_to(at, "wave-new"))
    assert asked == {"lang": "ru", "next": "/wave-new?lang=ru&method=a%26b%3Dc"}


def test_who_is_logged_in_sees_the_page_that_was_asked_for(visit, log_in, anna):
    at = log_in(visit("wave-new"))
    assert not at.exception
    assert at.title[0].value == "New wave"
    assert "Freeze and hand on" in listed(at)


@pytest.mark.parametrize("shown", ["", "x" * 43, "0" * 10_000])
def test_a_token_of_nobody_opens_nothing(visit, anna, shown):
    session.begin("anna")
    assert load(visit("collecting"), shown).title[0].value == "Log in"


def test_the_hash_that_the_server_keeps_opens_nothing(visit, anna):
    session.begin("anna")
    (kept,) = session.LOGINS._kept
    assert load(visit("collecting"), kept).title[0].value == "Log in"


def test_loading_the_page_anew_keeps_the_login_in_every_tab(visit, anna):
    token = session.begin("anna")
    for _ in range(2):  # a session of Streamlit's begins anew at each load, and for each tab
        assert load(visit("wave-new"), token).title[0].value == "New wave"


def test_log_out_leaves_nothing_of_the_waves_in_the_tab(visit, log_in, anna):
    at = log_in(visit("collecting"))
    at.session_state["wave.links.x"] = ("secret",)
    press_log_out(at)
    assert at.title[0].value == "Log in"
    assert "You are logged out." in [each.value for each in at.info]
    assert "wave." not in repr(at.session_state)


def test_log_out_in_one_tab_ends_the_others_at_their_next_run(visit, anna):
    token = session.begin("anna")
    one, other = (load(visit("collecting"), token) for _ in range(2))
    elsewhere = load(visit("collecting"), session.begin("anna"))
    other.session_state["wave.links.x"] = ("secret",)
    press_log_out(one)
    assert other.run().title[0].value == "Log in"
    assert "You are logged out." in other.info[0].value
    assert "wave." not in repr(other.session_state)
    assert load(visit("collecting"), token).info[0].value == "You are logged out."
    # Another browser of the same person has a login of its own.
    assert elsewhere.run().title[0].value == "Progress"


def test_a_tab_that_comes_back_as_somebody_else_holds_nothing_of_the_one_before(
    visit, log_in, anna, scratch_store
):
    create_account(scratch_store, "bruno", GOOD, actor="test")
    at = log_in(visit("collecting"))
    at.session_state["wave.links.x"] = ("secret",)
    log_in(at, "bruno")
    assert at.title[0].value == "Progress"
    assert "wave.links" not in repr(at.session_state)
    assert any("bruno" in each.value for each in at.sidebar.caption)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda store: disable_account(store, "anna", actor="test"), "closed"),
        (lambda store: set_password(store, "anna", OTHER, actor="test"), "password changed"),
    ],
)
@pytest.mark.usefixtures("anna")
def test_a_closed_account_or_a_new_password_ends_the_login(
    visit, log_in, scratch_store, change, told
):
    at = log_in(visit("collecting"))
    change(scratch_store)
    at.run()
    assert at.title[0].value == "Log in"
    assert told in at.info[0].value


def test_an_idle_login_ends_and_a_used_one_goes_on(visit, log_in, anna, clock):
    at = log_in(visit("collecting"))
    for _ in range(2):
        clock[0] += logins.IDLE - 1
        assert at.run().title[0].value == "Progress"
    clock[0] += logins.IDLE + 1
    assert at.run().title[0].value == "Log in"
    assert "nothing was done" in at.info[0].value
    anew = load(visit("collecting"), at.session_state[SHOWN])
    assert "nothing was done" in anew.info[0].value


def test_work_in_one_tab_keeps_the_login_of_the_others(visit, anna, clock):
    token = session.begin("anna")
    one, other = (load(visit("collecting"), token) for _ in range(2))
    for _ in range(3):
        clock[0] += logins.IDLE - 1
        one.run()
    assert other.run().title[0].value == "Progress"


def test_the_longest_login_ends_however_busy_it_is(visit, log_in, anna, clock, monkeypatch):
    monkeypatch.setattr(logins, "LONGEST", 3 * logins.IDLE)
    at = log_in(visit("collecting"))
    for _ in range(3):
        clock[0] += logins.IDLE
        assert at.run().title[0].value == "Progress"
    clock[0] = logins.LONGEST + 1
    assert at.run().title[0].value == "Log in"


def test_study_pages_are_free_on_this_machine_only(desk_pages, anna, monkeypatch):
    assert desk_pages().title[0].value != "Log in"
    monkeypatch.setenv(session.LOGIN_VARIABLE, "required")
    assert desk_pages().title[0].value == "Log in"
    monkeypatch.delenv(session.LOGIN_VARIABLE)
    for address in (None, "0.0.0.0", "192.0.2.7"):
        config.set_option("server.address", address)
        try:
            assert session.is_required()
        finally:
            config.set_option("server.address", "127.0.0.1")
    assert not session.is_required()


def test_where_a_login_is_required_no_study_page_shows_anything_before_it(
    desk_pages, go_to, anna, monkeypatch
):
    monkeypatch.setenv(session.LOGIN_VARIABLE, "required")
    at = desk_pages()
    for page in PAGES:
        if page is not PAGES[FIRST]:
            go_to(at, page.path)
        assert at.title[0].value == "Log in", page.path
        assert len(at.main.markdown) == 2, page.path  # why, and the way in
        assert way_in(at)[1]["next"].startswith(
            f"/{page.path if page is not PAGES[FIRST] else ''}?"
        )
        assert not at.dataframe, page.path


def test_without_accounts_the_page_sends_to_the_command_or_to_the_code(
    visit, scratch_store, monkeypatch
):
    monkeypatch.delenv("KONSILIUM_SETUP_CODE", raising=False)
    at = visit("collecting")
    assert "konsilium account add NAME" in at.main.markdown[1].value
    assert "<a " not in at.main.markdown[-1].value
    monkeypatch.setenv("KONSILIUM_SETUP_CODE", "0123456789ab")
    at = visit("collecting")
    assert "konsilium account add NAME" in at.main.markdown[1].value
    assert "Make the first account" in at.main.markdown[-1].value
    assert way_in(at)[1]["next"] == "/collecting?lang=en"


CLAIMS = {
    "is_logged_in": True,
    "exp": 2000,
    "email": "Anna@Example.org",
    "email_verified": True,
    "sub": "17",
}


@pytest.fixture
def provided(monkeypatch):
    """Secrets as a file of Streamlit's would give them."""

    def configured(**konsilium):
        found = {"auth": {"client_id": "x"}, "konsilium": konsilium}
        monkeypatch.setattr(session, "secrets", lambda: found)

    configured()
    return configured


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({}, "anna@example.org"),
        ({"is_logged_in": False}, None),
        ({"exp": 1000}, None),
        ({"exp": None}, None),
        ({"exp": "2000"}, None),
        ({"email_verified": False}, None),
        ({"email_verified": "true"}, None),
        ({"email": None}, None),
        ({"email": ""}, None),
    ],
)
def test_a_provider_vouches_for_a_verified_address_until_its_word_ends(provided, claims, name):
    assert session.vouched(CLAIMS | claims, 1000) == name


def test_another_claim_can_name_the_account(provided):
    provided(claim="sub")
    assert session.vouched(CLAIMS | {"email_verified": False}, 1000) == "17"


def test_who_comes_from_the_provider_needs_an_account_or_the_list(
    visit, scratch_store, provided, monkeypatch
):
    monkeypatch.setattr(session.st, "user", User(CLAIMS | {"exp": 1e12}))
    at = visit("collecting")
    assert at.title[0].value == "Log in"
    assert "no account here" in at.warning[0].value
    create_account(scratch_store, "anna@example.org", None, actor="test")
    assert visit("collecting").title[0].value == "Progress"
    disable_account(scratch_store, "anna@example.org", actor="test")
    provided(allowed=["ANNA@example.org"])
    assert visit("collecting").title[0].value == "Log in"


def test_the_list_of_the_configuration_lets_in_without_an_account(
    visit, scratch_store, provided, monkeypatch
):
    monkeypatch.setattr(session.st, "user", User(CLAIMS | {"exp": 1e12}))
    monkeypatch.setenv(session.ALLOWED_VARIABLE, "bruno@example.org, anna@example.org")
    at = visit("collecting")
    assert at.title[0].value == "Progress"
    monkeypatch.setenv(session.ALLOWED_VARIABLE, "bruno@example.org")
    monkeypatch.setattr(session.st, "logout", lambda: None)
    assert at.run().title[0].value == "Log in"


def test_a_word_that_has_run_out_opens_nothing_and_says_so(
    visit, scratch_store, provided, monkeypatch
):
    create_account(scratch_store, "anna@example.org", None, actor="test")
    monkeypatch.setattr(session.st, "user", User(CLAIMS))
    at = visit("collecting")
    assert at.title[0].value == "Log in"
    assert "has run out" in at.warning[0].value


class User(dict):
    """Stands for `st.user`."""

    def to_dict(self):
        return dict(self)


def test_a_login_by_the_provider_ends_idle_in_its_tab(
    visit, scratch_store, provided, monkeypatch, clock
):
    create_account(scratch_store, "anna@example.org", None, actor="test")
    monkeypatch.setattr(session.st, "user", User(CLAIMS | {"exp": 1e12}))
    gone = []
    monkeypatch.setattr(session.st, "logout", lambda: gone.append(True))
    at = visit("collecting")
    clock[0] += logins.IDLE - 1
    assert at.run().title[0].value == "Progress"
    clock[0] += logins.IDLE + 1
    assert at.run().title[0].value == "Log in"
    assert "nothing was done" in at.info[0].value
    assert gone == [True]


def test_a_password_of_before_does_not_keep_out_whom_the_provider_sends(
    visit, scratch_store, provided, monkeypatch
):
    create_account(scratch_store, "anna", GOOD, actor="test")
    create_account(scratch_store, "anna@example.org", None, actor="test")
    token = session.begin("anna")
    session.LOGINS.end(token)
    monkeypatch.setattr(session, "token", lambda: token)
    monkeypatch.setattr(session.st, "user", User(CLAIMS | {"exp": 1e12}))
    at = visit("collecting")
    assert at.title[0].value == "Progress"
    assert any("anna@example.org" in each.value.replace("\\", "") for each in at.sidebar.caption)


def loaded_by(module):
    code = f"import sys, {module}; print(*(m for m in sys.modules if m.startswith('app.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.slow
def test_the_analysts_process_holds_nothing_of_the_respondents_and_the_other_way_round():
    analyst = loaded_by("app.analyst.shell")
    assert "app.analyst.collecting_page" in analyst
    assert not {m for m in analyst if m.startswith("app.respondent")}
    respondent = loaded_by("app.respondent.main")
    assert "app.respondent.main" in respondent
    assert not {m for m in respondent if m.startswith("app.analyst")}


def test_the_names_of_pages_are_in_both_languages():
    for code in ("en", "ru"):
        titles = [collecting.page_title(page.path, language(code)) for page in COLLECTING]
        assert len(set(titles)) == len(COLLECTING)
