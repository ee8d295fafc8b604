"""Headers, languages, errors, files: what every page has in common."""

import logging
import re
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.i18n import language
from app.respondent import entrance
from app.respondent.main import create_app
from app.respondent.pages import FILES
from app.respondent.words import error_words, script_words
from survey import SurveyError
from survey.collection.invitations import Person, invite
from survey.collection.lifecycle import open_wave
from survey.collection.waves import create_wave
from tests.app.respondent.conftest import KEY, QUESTIONNAIRE
from tests.app.respondent.plain_browser import FORM, Page, Respondent
from tests.waves import TODAY, settings

TEMPLATES = Path(entrance.__file__).with_name("templates")

QUESTIONS = [f"/q/{question.id}" for question in QUESTIONNAIRE.questions]
OURS = ["/", "/next", "/review", "/done", "/withdraw", "/nowhere", "/healthz", *QUESTIONS]


def test_every_answer_carries_the_headers(expert):
    static = f"/static/{next(iter(FILES.by_name))}"
    for path in [*OURS, static, "/i/wrong", f"/i/{expert.token}", "/static/none.css"]:
        headers = expert.client.get(path, follow_redirects=False).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        kept = "immutable" if path == static else "no-store"
        assert kept in headers["cache-control"]
        assert "strict-transport-security" not in headers


def test_by_tls_cookies_are_only_sent_by_tls(sqlite_store, wave, tokens, clock):
    app = create_app(
        sqlite_store,
        signing_key=KEY,
        public_url="https://survey.example.org/",
        today=clock.today,
        now=clock.now,
    )
    client = TestClient(app, base_url="http://127.0.0.1")
    answer = client.get(f"/i/{tokens[0]}", follow_redirects=False)
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    client.get(f"/i/{tokens[0]}")
    origin = {"Origin": "https://survey.example.org"} | FORM
    # Without its cookie the form is refused; not because of where it comes from.
    assert client.post("/q/role", content="", headers=origin).status_code == 403


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_page_names_another_site_or_holds_a_script_or_style(expert, lang):
    expert.client.get(f"/language/{lang}")
    for path in OURS:
        html = expert.client.get(path).text
        assert not re.search(r"(?:src|href|action|content)=[\"']?(?:https?:)?//", html)
        assert not re.search(r"<script(?! src=\"/static/)", html)
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)


def test_files_have_their_digest_in_their_name_and_no_address_in_them(browser):
    for name, (content, _) in FILES.by_name.items():
        answer = browser().get(f"/static/{name}")
        assert answer.content == content
        assert re.fullmatch(r"\w+\.[0-9a-f]{16}\.\w+", name)
        plain = content.replace(b"http://www.w3.org/2000/svg", b"")
        assert not re.search(rb"(?:https?:)?//\w+\.\w+/|@import|url\(", plain)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en-GB,en;q=0.9", "en"),
        ("de, en;q=0.5, ru;q=0.7", "ru"),
        ("de-DE", "ru"),
        ("", "ru"),
        ("en;q=x", "en"),
        ("x" * 5000, "ru"),
    ],
)
def test_the_page_speaks_the_language_that_was_asked_for(browser, tokens, asked, expected):
    client = browser(**{"Accept-Language": asked})
    page = Page(client.get(f"/i/{tokens[0]}").text)
    assert page.lang == expected


def test_the_language_that_was_chosen_stays(browser, tokens):
    client = browser()
    answer = client.get("/language/ru?to=/healthz", follow_redirects=False)
    assert answer.headers["location"] == "/healthz"
    assert Page(client.get(f"/i/{tokens[0]}").text).lang == "ru"
    assert client.get("/language/de").status_code == 404


@pytest.mark.parametrize("path", ["//elsewhere.test", "https://elsewhere.test", "/\\elsewhere", ""])
def test_the_choice_of_a_language_does_not_lead_elsewhere(browser, path):
    answer = browser().get("/language/en", params={"to": path}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_errors_are_plain_pages(expert):
    get, post = expert.client.get, expert.client.post
    expected = {
        404: get("/nowhere"),
        405: get("/begin"),
        403: post("/q/role", content="", headers=FORM),
        413: post("/q/role", content=b"x" * 300_000, headers=FORM),
    }
    for status, answer in expected.items():
        assert answer.status_code == status
        title, sentence = error_words(status, language("en"))
        words = Page(answer.text).words
        assert title in words
        assert sentence in words


def test_a_fault_of_ours_shows_and_logs_nothing_of_the_respondent(expert, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError(f"secret {expert.token}")

    monkeypatch.setattr(entrance, "promise", broken)
    with caplog.at_level(logging.DEBUG):
        page = expert.page("/")
    assert expert.answer.status_code == 500
    assert "This is our fault, not yours" in page.words
    assert "Traceback" not in expert.answer.text
    ours = [record.getMessage() for record in caplog.records if "respondent" in record.name]
    assert any("RuntimeError" in line and "broken" in line for line in ours)
    assert expert.token not in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("code", ["store_full", "store_busy", "store_lost", "store_broken"])
def test_a_store_that_cannot_write_asks_to_try_again(expert, app, monkeypatch, code):
    tag = expert.tag()

    def refuse(_):
        failed = Future()
        failed.set_exception(SurveyError(code, "somewhere on the disk"))
        return failed

    monkeypatch.setattr(app.state.desk.store, "enqueue", refuse)
    body = f"tag={tag}&chosen=science"
    answer = expert.client.post("/save/role", content=body, headers=FORM)
    assert answer.status_code == 503
    assert answer.json()["again"] is True
    page = expert.post("/q/role", body)
    assert expert.answer.status_code == 503
    assert "try again in a minute" in page.words
    assert "disk" not in page.words


def test_health_names_the_database_and_not_its_place(browser, sqlite_store, tmp_path):
    answer = browser().get("/healthz")
    found = answer.json()
    assert found["ok"] is True
    assert found["database"] == "SQLite"
    assert found["schema"]
    assert str(tmp_path) not in answer.text


def test_the_first_page_holds_what_must_be_known_before_consent(browser, tokens):
    page = Respondent(browser(), tokens[0]).open()
    for words in (
        "To learn what matters.",
        "I agree.",
        "survey@example.org",
        "you can neither see, change nor withdraw them",
        "On June 30, 2026",
    ):
        assert words in page.words
    assert "consent" not in page.form.fields, "the consent is not given beforehand"


def test_the_next_round_shows_what_the_round_before_said(browser, sqlite_store, sealer):
    said = {
        "barriers": {"n": 9, "items": {"money": {"share": 0.5}}, "groups": {}},
        "ends": {
            "n": 9,
            "items": {"best:ecology": {"median": 2.5, "low": 1.0, "high": 4.0}},
            "groups": {},
        },
        "share": {
            "n": 9,
            "items": {"share": {"median": 12.0, "low": 5.0, "high": 20.0}},
            "groups": {},
        },
    }
    chosen = settings(questionnaire=QUESTIONNAIRE)
    wave = create_wave(sqlite_store, chosen, actor="analyst", today=TODAY, feedback=said)
    people = [("science", Person())] * chosen.min_cell
    link = invite(sqlite_store, sealer, wave.id, people, actor="analyst", today=TODAY)[0]
    open_wave(sqlite_store, wave.id, actor="analyst", today=TODAY)
    expert = Respondent(browser(), link.token).begin()
    assert (
        "What the round before said Lack of money chosen by 50" in expert.page("/q/barriers").words
    )
    words = expert.page("/q/ends").words
    assert "the best / Emissions median 2.50; half of the answers from 1 to 4" in words
    assert "median 12; half of the answers from 5 to 20" in expert.page("/q/share").words
    assert "What the round before said" not in expert.page("/q/role").words


@pytest.mark.parametrize("code", ["ru", "en"])
def test_every_text_of_the_script_can_be_filled_in(code):
    for words in script_words(code).values():
        assert "{{" not in words
        assert set(re.findall(r"{(\w+)}", words)) <= {
            *("time", "reason", "given", "left", "over", "option", "place"),
        }


def test_every_kind_of_question_has_its_template():
    kinds = {question.kind for question in QUESTIONNAIRE.questions}
    found = {path.stem for path in TEMPLATES.glob("kinds/*.html")}
    assert kinds == found - {"steps"}


def test_the_process_of_respondents_holds_nothing_of_the_analyst():
    program = (
        "import sys, app.respondent.main; "
        "print(*sorted(m for m in sys.modules if m.partition('.')[0] in ('streamlit', 'altair') "
        "or m.startswith(('app.analyst', 'app.analysis'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
