"""Logging in with the browser: what survives, what ends, how the page looks, what is refused."""

from __future__ import annotations

from importlib.resources import files
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app.i18n import language
from survey.collection.accounts import create_account
from survey.collection.store import FILE_NAME, Store
from tests.app.analyst.test_browser import settle
from tests.served import served

pytestmark = pytest.mark.browser

GOOD, OTHER = "seven green otters", "a ladder of cheese"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run(document, {runOnly: rules})).violations.map(
    found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 200)).join(" | ")}`)"""
LOOKS = [
    (360, "ru", "light"),
    (360, "en", "dark"),
    (1280, "en", "light"),
    (1280, "ru", "dark"),
]
SMALL = """() => [...document.querySelectorAll("button, a.button, input:not([type=hidden])")]
    .map(each => each.getBoundingClientRect()).filter(box => box.height < 43.9 || box.width < 43.9)"""
CODE = "0123456789ab"


def opened(home, **more):
    environment = {"KONSILIUM_STUDY": "template", "KONSILIUM_LANG": "en"}
    environment |= {"KONSILIUM_HOME": str(home), "KONSILIUM_DATABASE_URL": ""}
    return served(environment | more)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Address of the pages, of which all ask for a login."""
    home = tmp_path_factory.mktemp("login")
    with Store.open(home / FILE_NAME) as store:
        create_account(store, "anna", GOOD, actor="test")
        create_account(store, "bruno", GOOD, actor="test")
    with opened(home, KONSILIUM_LOGIN="required") as address:
        yield address


@pytest.fixture
def context(chromium):
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def visit(context, address):
    page = context.new_page()
    page.goto(address)
    settle(page)
    return page


def titled(page, title):
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for(timeout=60_000)
    settle(page)


def log_in(page, name="anna", password=GOOD):
    page.get_by_role("link", name="Log in with name and password").click()
    page.get_by_label("Account").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_a_login_outlives_loading_anew_a_bookmark_and_another_tab(context, desk):
    page = visit(context, f"{desk}/wave-new?lang=en&method=topsis")
    log_in(page)
    titled(page, "New wave")
    # Back where one came from, with what was chosen there.
    assert urlsplit(page.url).path == "/wave-new"
    assert "method=topsis" in page.url
    page.reload()
    titled(page, "New wave")
    page.goto(f"{desk}/collecting?lang=en")
    titled(page, "Progress")
    other = visit(context, f"{desk}/wave-log?lang=en")
    titled(other, "Log")
    (cookie,) = [c for c in context.cookies() if c["name"].startswith("konsilium_login_")]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert cookie["expires"] == -1
    assert cookie["name"] not in page.evaluate("document.cookie")
    assert cookie["value"] not in page.url + page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    )


def test_logging_out_in_one_tab_ends_the_others_at_their_next_run(context, desk):
    page = visit(context, f"{desk}/collecting?lang=en")
    log_in(page)
    titled(page, "Progress")
    other = visit(context, f"{desk}/collecting?lang=en")
    titled(other, "Progress")
    page.get_by_role("button", name="Log out").click()
    titled(page, "Log in")
    page.get_by_text("You are logged out.").wait_for()
    other.get_by_role("link", name="Invitations").click()
    titled(other, "Log in")
    page.reload()
    titled(page, "Log in")
    # One tab logs in again; another follows by its link, without being asked for the password.
    log_in(page, "bruno")
    titled(page, "Progress")
    page.get_by_text("Logged in as bruno").wait_for()
    other.get_by_role("link", name="Log in with name and password").click()
    other.get_by_text("Logged in as bruno").wait_for()


def test_a_form_of_another_site_logs_nobody_in_or_out(context, desk):
    page = visit(context, f"{desk}/collecting?lang=en")
    log_in(page)
    titled(page, "Progress")
    evil = context.new_page()
    paths = ("/logout", "/login")
    forms = "".join(
        f'<form method="post" action="{desk}{path}"><input name="name" value="bruno">'
        f'<input name="password" value="{GOOD}"><button>{path}</button></form>'
        for path in paths
    )
    evil.route(
        "http://evil.example/", lambda route: route.fulfill(body=forms, content_type="text/html")
    )
    for path in paths:
        evil.goto("http://evil.example/")
        evil.get_by_role("button", name=path, exact=True).click()
        evil.get_by_role("heading", name="This was not sent by a page of ours").wait_for()
        assert evil.url == f"{desk}{path}"
    page.reload()
    titled(page, "Progress")
    page.get_by_text("Logged in as anna").wait_for()


def test_a_page_of_another_port_opens_no_connection(desk):
    place = urlsplit(desk).netloc
    address = f"ws://{place}/_stcore/stream"
    with connect(address, origin=f"http://{place}", subprotocols=["streamlit"], proxy=None):
        pass
    for origin in ("http://localhost:1", "http://127.0.0.1:1", "https://evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            connect(address, origin=origin, subprotocols=["streamlit"], proxy=None)
        assert refused.value.response.status_code == 403


def test_every_kind_of_answer_of_the_server_carries_the_headers(context, desk):
    paths = ("/", "/collecting", "/login", "/_stcore/health", "/_stcore/host-config")
    paths += ("/static/none.js", "/media/none", "/no/such", "/favicon.png", "/..%2fx")
    for path in paths:
        headers = context.request.get(f"{desk}{path}").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path


def check(page, screenshots, name):
    """No violation, nothing wider than the page, nothing too small for a thumb; seen."""
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == [], name
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    assert page.evaluate(SMALL) == [], name
    page.screenshot(path=screenshots / f"door-{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "lang", "scheme"), LOOKS)
def test_the_page_for_logging_in_is_fit_to_be_used(  # noqa: PLR0917 - pytest passes them by name
    chromium, desk, screenshots, width, lang, scheme
):
    context = chromium.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    say = language(lang).say
    look = f"{width}-{lang}-{scheme}"

    page.goto(f"{desk}/login?lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    check(page, screenshots, f"{look}-login")
    page.get_by_label(say("Account"), exact=True).fill("nobody")
    page.get_by_label(say("Password"), exact=True).fill(OTHER)
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    check(page, screenshots, f"{look}-refused")
    page.get_by_label(say("Account"), exact=True).fill("anna")
    page.get_by_label(say("Password"), exact=True).fill(GOOD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk}/?lang={lang}")
    page.goto(f"{desk}/login?lang={lang}")
    check(page, screenshots, f"{look}-in")
    page.get_by_role("button", name=say("Log out"), exact=True).click()
    page.wait_for_selector("[role=status]")
    check(page, screenshots, f"{look}-out")
    # The browser notes the status of the refusal, and nothing else.
    assert [each for each in said if "403" not in each] == []
    context.close()


def test_without_scripts_one_can_log_in_and_out(chromium, desk):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{desk}/login?lang=en")
    page.get_by_label("Account").fill("anna")
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{desk}/?lang=en")
    page.goto(f"{desk}/login?lang=en")
    page.get_by_text("Logged in as anna").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_text("You are logged out.").wait_for()
    assert said == []
    context.close()


def test_the_first_account_is_made_by_the_code_and_a_restart_logs_out(
    context, screenshots, tmp_path
):
    with opened(tmp_path, KONSILIUM_SETUP_CODE=CODE) as desk:
        page = visit(context, f"{desk}/collecting?lang=en")
        page.get_by_role("link", name="Make the first account").click()
        page.wait_for_url("**/login?*")
        check(page, screenshots, "first")
        page.get_by_label("Code that konsilium app has printed").fill(CODE)
        page.get_by_label("Account").fill("anna")
        page.get_by_label("Password, 12 characters or more").fill(GOOD)
        page.get_by_label("The same password again").fill(GOOD)
        page.get_by_role("button", name="Make the account").click()
        titled(page, "Progress")
        page.get_by_text("Logged in as anna").wait_for()
    port = urlsplit(desk).port
    with served(
        {"KONSILIUM_STUDY": "template", "KONSILIUM_LANG": "en", "KONSILIUM_HOME": str(tmp_path)},
        port=port,
    ) as desk:
        page.goto(f"{desk}/collecting?lang=en")
        titled(page, "Log in")
        assert page.get_by_role("link", name="Log in with name and password").count() == 1
