"""Collecting in a browser: a login by keyboard, every page in both languages, and the whole way."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from app.analyst import session
from app.analyst.collecting import PAGES, page_title
from app.i18n import language
from app.study import load_study
from survey.collection.accounts import create_account
from survey.collection.invitations import Person, invite
from survey.collection.lifecycle import close_wave, open_wave, response_counts
from survey.collection.replies import Reply
from survey.collection.sealing import KEY_FILE, Sealer
from survey.collection.store import FILE_NAME, Store
from survey.collection.wave import Group
from survey.collection.waves import create_wave, list_waves
from tests.answered import respond
from tests.app.analyst.test_browser import (
    CHARTS_SPEAK,
    HEADINGS,
    LOOKS,
    OVERFLOW,
    settle,
    whole_picture,
)
from tests.served import served
from tests.waves import settings

pytestmark = pytest.mark.browser

GOOD = "seven green otters"
# Every language, width and scheme, each with each other once.
VIEWS = (
    ("ru", "wide", "light"),
    ("en", "wide", "dark"),
    ("en", "narrow", "light"),
    ("ru", "narrow", "dark"),
)
LOG_IN = {"en": "Log in", "ru": "Войти"}
WAY_IN = {code: language(code).say("Log in with name and password") for code in LOG_IN}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A store with an account, a closed and an open wave of the study."""
    folder = tmp_path_factory.mktemp("home")
    study, today = load_study("template"), session.today()
    groups = tuple(Group(g.id, g.title, 20) for g in study.settings.groups)
    sealer = Sealer.open(folder / KEY_FILE)
    with Store.open(folder / FILE_NAME) as store:
        create_account(store, "anna", GOOD, actor="test")
        for place in range(2):
            asked = settings(
                study="template",
                title=study.settings.title,
                questionnaire=study.questionnaire,
                groups=groups,
                erase_on=today + timedelta(days=90 + place),
            )
            wave = create_wave(store, asked, actor="test", today=today)
            people = [(g.id, Person(f"{g.id} {k}", "")) for g in groups for k in range(18)]
            invite(store, sealer, wave.id, people, actor="test", today=today)
            open_wave(store, wave.id, actor="test", today=today)
            for count, group in enumerate(groups, start=5):
                given = {
                    q.id: Reply(chosen=(q.options[count % 2].id,))
                    for q in study.questionnaire.choices
                }
                respond(store, wave, [(group.id, given)] * count)
                respond(store, wave, [(group.id, given)] * 2, state="answering")
            if place == 0:
                close_wave(store, wave.id, actor="test")
    return folder


@pytest.fixture(scope="module")
def desk(home):
    """Address of the pages over that store."""
    environment = {"KONSILIUM_STUDY": "template", "KONSILIUM_HOME": str(home)}
    with served(environment | {"KONSILIUM_LANG": "en", "KONSILIUM_DATABASE_URL": ""}) as address:
        yield address


def opened_at(context, desk, path, lang):
    page = context.new_page()
    page.said, page.asked = [], []
    # Opened by a link, a page looks for its server below its own address first: see test_browser.
    probes = ("/_stcore/health", "/_stcore/host-config")
    page.on(
        "console",
        lambda message: (
            page.said.append(message.text)
            if message.type == "error" and not message.location["url"].endswith(probes)
            else None
        ),
    )
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{desk}/{path}?lang={lang}")
    settle(page)
    return page


def log_in(page, lang, *, password=GOOD):
    """By keyboard alone."""
    to_the_form(page, lang)
    page.locator("input[autocomplete='username']").focus()
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def to_the_form(page, lang):
    """From a page that asks for a login to the one that takes it."""
    link = page.get_by_role("link", name=WAY_IN[lang], exact=True)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/login?*")


def shown(page, title):
    """Wait for a page of Streamlit's."""
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for(timeout=60_000)
    settle(page)


def choose_the_other_wave(page):
    """The closed one: the open one is proposed."""
    page.locator("[data-testid='stSidebar'] [data-testid='stSelectbox'] input").click()
    page.locator("[role='option'][aria-selected='false']").first.click()
    settle(page)


@pytest.mark.parametrize("view", VIEWS, ids="-".join)
def test_every_page_is_quiet_asks_nobody_else_and_fits(chromium, desk, screenshots, view):
    lang, look, scheme = view
    width, height = LOOKS[look]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="ru-RU"
    )
    for each in PAGES:
        page = opened_at(context, desk, each.path, lang)
        if each is PAGES[0]:
            whole_picture(page, screenshots / f"login-{lang}-{look}-{scheme}.png")
            page.set_viewport_size({"width": width, "height": height})
            log_in(page, lang)
        # From the second tab on nobody is asked any more.
        shown(page, page_title(each.path, language(lang)))
        if each.path == "wave-freeze" and look == "wide":
            choose_the_other_wave(page)
        assert page.evaluate(OVERFLOW) <= 0, each.path
        assert page.locator("[data-testid='stException']").count() == 0
        levels = page.evaluate(HEADINGS)
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), each.path
        page.wait_for_function(CHARTS_SPEAK, timeout=20_000)
        whole_picture(page, screenshots / f"{each.path}-{lang}-{look}-{scheme}.png")
        assert page.said == [], each.path
        elsewhere = [u for u in page.asked if urlsplit(u).netloc not in {urlsplit(desk).netloc, ""}]
        assert elsewhere == []
        page.close()
    context.close()


def test_from_the_login_to_a_link_sheet_and_nothing_left_after_a_reload(
    chromium, desk, home, tmp_path
):
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = opened_at(context, desk, "wave-new", "en")
    log_in(page, "en")
    shown(page, "New wave")
    page.get_by_role("textbox", name="Title, in English").fill("A wave of the browser")
    page.get_by_role("textbox", name="Contact for questions, in English").fill("survey@example.org")
    page.get_by_role("button", name="Make the wave").click()
    page.get_by_text("The wave is made.").wait_for()
    page.get_by_role("link", name="Invitations").click()
    page.get_by_role("heading", name="Invitations", level=1).wait_for()
    page.get_by_text("0 people are invited.").wait_for()
    page.locator("input[aria-label='producers']").fill("6")
    page.get_by_role("button", name="Make the links").click()
    page.get_by_text("6 new links stand here ONCE").wait_for()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Link sheet, CSV").click()
    sheet = tmp_path / "links.csv"
    waiting.value.save_as(sheet)
    lines = sheet.read_text("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert all("http://localhost:8502/i/" in line for line in lines[1:])
    assert page.get_by_text("6 new links stand here ONCE").count() == 1
    page.reload()
    shown(page, "Invitations")
    assert page.get_by_text("ONCE").count() == 0
    with Store.open(home / FILE_NAME) as store:
        wave = next(w for w in list_waves(store) if w.settings.title.en == "A wave of the browser")
        invited = {each.group: each.invited for each in response_counts(store, wave.id)}
    assert invited == {"producers": 6, "researchers": 0, "residents": 0}
    assert page.said == []
    context.close()


def test_a_list_of_people_is_uploaded(chromium, desk, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("group,name,email\nproducers,Ada,ada@example.org\n", "utf-8")
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = opened_at(context, desk, "wave-invitations", "en")
    log_in(page, "en")
    shown(page, "Invitations")
    page.get_by_text("a list of people, as CSV or XLSX").click()
    page.locator("input[type=file]").set_input_files(people)
    page.get_by_text("people.csv").wait_for()
    settle(page)
    page.get_by_role("button", name="Make the links").click()
    page.get_by_text("1 new link stands here ONCE").wait_for()
    assert page.said == []
    context.close()
