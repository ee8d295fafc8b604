"""Who is let in, for how long, and that nothing of Collecting is shown before."""

from __future__ import annotations

import subprocess
import sys

import pytest
from streamlit import config

from app.analyst import collecting, session
from app.analyst.collecting import PAGES as COLLECTING
from app.analyst.shell import PAGES
from app.i18n import language
from survey.collection.accounts import (
    FAILURES,
    create_account,
    disable_account,
    list_accounts,
    set_password,
)

GOOD, OTHER = "seven green otters", "a ladder of cheese"
FIRST = 0


@pytest.fixture
def anna(scratch_store):
    return create_account(scratch_store, "anna", GOOD, actor="test")


def log_in(at, name="anna", password=GOOD):
    at.text_input[0].set_value(name)
    at.text_input[1].set_value(password)
    return next(b for b in at.button if b.label == "Log in").click().run()


def listed(at):
    return {p["page_name"] for p in at._registered_pages.values() if not p.get("is_hidden")}


def test_every_page_of_collecting_asks_for_a_login(desk_pages, go_to, anna):
    at = desk_pages()
    for page in COLLECTING:
        go_to(at, page.path)
        assert not at.exception, page.path
        assert at.title[0].value == "Log in", page.path
        assert [each.label for each in at.text_input] == ["Account", "Password"], page.path
        assert "Freeze and hand on" not in listed(at), page.path


def test_the_right_password_opens_the_page_that_was_asked_for(visit, anna):
    at = log_in(visit("wave-new"))
    assert not at.exception
    assert at.title[0].value == "New wave"
    assert "Freeze and hand on" in listed(at)
    assert GOOD not in repr(at.session_state)


@pytest.mark.parametrize(
    ("name", "password"), [("anna", OTHER), ("anna", ""), ("bruno", GOOD), ("", "")]
)
def test_whatever_is_wrong_one_sentence_says_so(visit, anna, name, password):
    at = log_in(visit("collecting"), name, password)
    assert at.title[0].value == "Log in"
    assert [each.value for each in at.error] == [
        "Name and password do not fit an account, or the account is locked for 15 minutes after several wrong passwords."
    ]


def test_a_locked_account_stays_shut_to_the_right_password(visit, anna):
    at = visit("collecting")
    for _ in range(FAILURES):
        log_in(at, password=OTHER)
    log_in(at)
    assert at.title[0].value == "Log in"
    assert len(at.error) == 1


def test_log_out_leaves_nothing_of_the_waves_in_the_tab(visit, anna):
    at = log_in(visit("collecting"))
    at.session_state["wave.links.x"] = ("secret",)
    next(b for b in at.button if b.label == "Log out").click().run()
    assert at.title[0].value == "Log in"
    assert "You are logged out." in [each.value for each in at.info]
    assert "wave." not in repr(at.session_state)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda store: disable_account(store, "anna", actor="test"), "closed"),
        (lambda store: set_password(store, "anna", OTHER, actor="test"), "password changed"),
    ],
)
def test_a_closed_account_or_a_new_password_ends_the_login(
    visit, anna, scratch_store, change, told
):
    at = log_in(visit("collecting"))
    change(scratch_store)
    at.run()
    assert at.title[0].value == "Log in"
    assert told in at.info[0].value


def test_an_idle_login_ends_and_a_used_one_goes_on(visit, anna, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(session.time, "monotonic", lambda: clock[0])
    at = log_in(visit("collecting"))
    for _ in range(2):
        clock[0] += session.IDLE - 1
        assert at.run().title[0].value == "Progress"
    clock[0] += session.IDLE + 1
    assert at.run().title[0].value == "Log in"
    assert "nothing was done" in at.info[0].value


def test_the_longest_login_ends_however_busy_it_is(visit, anna, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(session.time, "monotonic", lambda: clock[0])
    at = log_in(visit("collecting"))
    monkeypatch.setattr(session, "LONGEST", 3 * session.IDLE)
    for _ in range(3):
        clock[0] += session.IDLE
        assert at.run().title[0].value == "Progress"
    clock[0] = session.LONGEST + 1
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
        assert len(at.main.markdown) == 1, page.path
        assert not at.dataframe, page.path


@pytest.fixture
def code(monkeypatch):
    monkeypatch.setenv("KONSILIUM_SETUP_CODE", "0123456789ab")
    monkeypatch.setattr(session, "_codes_tried", [0])
    return "0123456789ab"


def first(at, code, name="anna", password=GOOD, again=GOOD):
    for field, given in zip(at.text_input, (code, name, password, again), strict=True):
        field.set_value(given)
    return next(b for b in at.button if b.label == "Make the account").click().run()


def test_the_first_account_is_made_on_the_page_with_the_code(visit, scratch_store, code):
    at = first(visit("collecting"), f" {code.upper()}\n")
    assert at.title[0].value == "Progress"
    assert [each.name for each in list_accounts(scratch_store)] == ["anna"]
    second = visit("collecting")
    assert [each.label for each in second.text_input] == ["Account", "Password"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"code": "000000000000"}, "This is not the code"),
        ({"code": ""}, "This is not the code"),
        ({"again": OTHER}, "not the same"),
        ({"password": "short", "again": "short"}, "12 characters or more"),
    ],
)
def test_the_first_account_is_refused_in_a_sentence(visit, scratch_store, code, given, told):
    at = first(visit("collecting"), **({"code": code} | given))
    assert told in at.error[0].value
    assert list_accounts(scratch_store) == ()


def test_after_ten_wrong_codes_the_right_one_is_void(code):
    for _ in range(10):
        assert not session.accepts_code("wrong")
    assert not session.accepts_code(code)


def test_without_a_code_the_page_sends_to_the_command(visit, scratch_store, monkeypatch):
    monkeypatch.delenv("KONSILIUM_SETUP_CODE", raising=False)
    at = visit("collecting")
    assert "konsilium account add NAME" in at.main.markdown[1].value
    assert not at.text_input
    assert not session.accepts_code("")


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
