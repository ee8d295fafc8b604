"""What is no answer of this respondent to this question is refused, with nothing stored."""

from urllib.parse import urlencode

import pytest

from app.web.forms import LARGEST_BODY, MOST_FIELDS
from survey.collection.replies import Reply
from tests.app.respondent.plain_browser import FORM, Page, Respondent

BOTH = pytest.mark.parametrize("path", ["/q/{}", "/save/{}"])

WRONG = [
    ("role", [("chosen", "director")], 422),
    ("role", [("chosen", "science"), ("chosen", "manager")], 422),
    ("role", [("chosen", "science"), ("text.science", "no words here")], 400),
    ("role", [("chosen", "science"), ("colour", "red")], 400),
    ("levels", [("cell.D9:jobs", "1")], 400),
    ("levels", [("cell.D1:jobs", "6")], 422),
    ("levels", [("cell.D1:jobs", "1"), ("cell.D1:jobs", "2")], 400),
    ("levels", [("cell.D1:jobs", "nan")], 422),
    ("levels", [("cell.D1:jobs", "1e1")], 422),
    ("pairs", [("cell.jobs:cost", "10")], 422),
    ("ends", [("best", "jobs"), ("worst", "jobs")], 422),
    ("ends", [("best", "gold")], 422),
    ("remark", [("text.remark", "x" * 501)], 422),
    ("remark", [("text.remark", "a\x00b")], 422),
    ("law_detail", [("text.law_detail", "not asked")], 403),
    ("salary", [("cell.salary", "1")], 404),
]


def body(tag, fields):
    return urlencode([("tag", tag), *fields])


@BOTH
@pytest.mark.parametrize(("question", "fields", "status"), WRONG)
def test_what_was_not_offered_is_refused(expert, stored, path, question, fields, status):  # noqa: PLR0917 - pytest passes them by name
    expert.post(path.format(question), body(expert.tag(), fields))
    assert expert.answer.status_code == status
    assert stored() == {}


@BOTH
@pytest.mark.parametrize("tag", [None, "", "0" * 32])
def test_a_form_without_the_tag_of_this_respondent_is_refused(expert, stored, path, tag):
    fields = [("chosen", "science")]
    sent = urlencode(fields) if tag is None else body(tag, fields)
    page = expert.post(path.format("role"), sent)
    assert expert.answer.status_code == 403
    assert "Nothing was stored" in page.words or "another questionnaire" in page.words
    assert stored() == {}


@BOTH
def test_a_page_of_somebody_else_in_the_same_browser_is_refused(expert, tokens, stored, path):
    old_tag = expert.tag()
    Respondent(expert.client, tokens[1]).begin()
    page = expert.post(path.format("role"), body(old_tag, [("chosen", "science")]))
    assert expert.answer.status_code == 403
    assert "another questionnaire was opened here" in page.words
    assert stored() == {}


@BOTH
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.test"},
        {"Origin": "http://survey.test:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_sent_by_another_site_is_refused(expert, stored, path, headers):
    sent = body(expert.tag(), [("chosen", "science")])
    expert.post(path.format("role"), sent, **headers)
    assert expert.answer.status_code == 403
    assert stored() == {}


def test_a_form_sent_by_our_own_site_is_taken(expert, stored):
    headers = {"Origin": "http://survey.test", "Sec-Fetch-Site": "same-origin"}
    expert.post("/q/role", body(expert.tag(), [("chosen", "science")]), **headers)
    assert stored() == {"role": Reply(("science",))}


@BOTH
def test_ten_megabytes_are_refused_unread(expert, stored, path):
    tag = expert.tag()
    expert.post(path.format("remark"), body(tag, [("text.remark", "x" * 10_000_000)]))
    assert expert.answer.status_code == 413
    assert stored() == {}


def test_a_body_without_a_length_is_read_only_to_the_limit(expert, stored):
    tag, read = expert.tag(), []

    def parts():
        yield f"tag={tag}&text.remark=".encode()
        for _ in range(400):
            read.append(1)
            yield b"x" * 10_000

    answer = expert.client.post("/q/remark", content=parts(), headers=FORM)
    assert answer.status_code == 413
    assert stored() == {}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("a=1&" * (MOST_FIELDS + 1), FORM["Content-Type"]),
        ("chosen=%ff%fe", FORM["Content-Type"]),
        ("chosen=\u0430".encode(), FORM["Content-Type"]),
        ('{"chosen": "science"}', "application/json"),
        ("--x\r\n\r\nscience\r\n--x--", "multipart/form-data; boundary=x"),
    ],
)
def test_what_is_no_form_of_ours_is_refused(expert, stored, content, kind):
    answer = expert.client.post("/q/role", content=content, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert len(content) < LARGEST_BODY
    assert stored() == {}


def test_a_script_in_an_answer_is_shown_as_text(expert, stored):
    evil = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    page = expert.fill("remark", {"text.remark": evil}, "save")
    assert stored()["remark"].text == evil
    assert page.form.fields["text.remark"] == [evil]
    for path in ("/q/remark", "/review"):
        html = expert.client.get(path).text
        assert "<script>alert" not in html
        assert "<img" not in html


def test_a_script_that_was_refused_is_shown_as_text(expert, stored):
    evil = '"><script>alert(1)</script>'
    page = expert.fill("budget", {"cell.science": evil})
    assert expert.answer.status_code == 422
    assert page.form.fields["cell.science"] == [evil]
    assert "<script>alert" not in expert.answer.text
    assert stored() == {}


def test_a_formula_in_an_answer_is_kept_as_text(expert, stored):
    for formula in ("=1+1", "+7 900", "-5", "@SUM(A1)"):
        expert.fill("remark", {"text.remark": formula}, "save")
        assert stored()["remark"] == Reply(text=formula)


def test_nothing_is_stored_before_consent(browser, tokens, stored):
    expert = Respondent(browser(), tokens[0])
    form = expert.open().form
    page = expert.post("/begin", form.sent())
    assert expert.path == "/"
    assert "Please tick the box" in page.words
    assert expert.client.get("/q/role").url.path == "/"
    sent = body(form.fields["tag"][0], [("chosen", "science")])
    expert.post("/q/role", sent)
    assert expert.answer.status_code == 403
    assert stored() == {}


def test_without_a_cookie_nothing_is_stored(expert, browser, stored):
    sent = body(expert.tag(), [("chosen", "science")])
    stranger = browser()
    assert stranger.post("/q/role", content=sent, headers=FORM).status_code == 403
    assert stranger.post("/submit", content=sent, headers=FORM).status_code == 403
    assert stored() == {}


def test_the_script_is_told_why_an_answer_was_not_saved(expert):
    sent = body(expert.tag(), [("cell.share", "101")])
    answer = expert.client.post("/save/share", content=sent, headers=FORM)
    assert answer.json() == {
        "refused": "101 is too much; 100 or less is expected.",
        "again": False,
    }


def test_the_script_saves(expert, stored):
    sent = body(expert.tag(), [("cell.share", "")])
    for value in ("1", "12,", "12,5"):
        answer = expert.client.post("/save/share", content=sent + value, headers=FORM)
        assert answer.json().get("saved", False) == (value != "12,")
    assert stored() == {"share": Reply(cells={"share": 12.5})}


def test_an_answer_that_is_not_finished_cannot_be_sent(expert, sqlite_store):
    tag = expert.tag()
    page = expert.post("/submit", body(tag, []))
    assert expert.path == "/review"
    assert "Before you can send your answers" in page.words
    assert isinstance(page, Page)
