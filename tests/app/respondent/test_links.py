"""Links: who has a right one comes in; of the others nothing can be told apart."""

from dataclasses import replace
from datetime import date

import pytest

from app.respondent.security import COOKIE, signed
from survey.collection import schema
from survey.collection.guesses import MOST_FAILURES
from survey.collection.invitations import Person, invite, preview_link, revoke
from survey.collection.lifecycle import close_wave
from survey.collection.waves import edit_wave, load_wave
from tests.app.respondent.conftest import KEY
from tests.app.respondent.plain_browser import Page, Respondent
from tests.waves import TODAY


def seen(answer):
    """All of an answer that an observer sees."""
    hidden = {"date"}
    headers = {k: v for k, v in answer.headers.items() if k not in hidden}
    return answer.status_code, headers, answer.content


def test_the_token_goes_from_the_address_to_a_cookie_out_of_reach(browser, tokens):
    client = browser()
    answer = client.get(f"/i/{tokens[0]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=lax", "path=/", f"max-age={30 * 86400}"):
        assert part in cookie
    assert "secure" not in cookie
    assert tokens[0] not in client.get("/").text


def test_the_token_may_be_typed_with_capitals_and_hyphens(browser, tokens):
    client = browser()
    written = "-".join(tokens[0][k : k + 5] for k in range(0, 26, 5)).upper()
    assert client.post("/code", data={"code": f" {written} "}).url.path == "/"
    assert "I have read this" in client.get("/").text


def test_links_that_do_not_open_look_the_same(browser, sqlite_store, sealer, wave, clock):
    made, links = wave
    used, revoked_token, fresh = (link.token for link in links[:3])
    respondent = Respondent(browser(), used).begin()
    respondent.fill("role", {"chosen": "science"})
    respondent.post("/submit", respondent.page("/review").form.sent())
    assert respondent.path == "/done"
    revoke(sqlite_store, made.id, [links[1].number], actor="analyst")
    soon = date(2026, 3, 5)
    expired = invite(
        sqlite_store,
        sealer,
        made.id,
        [("science", Person())],
        actor="analyst",
        today=TODAY,
        expires_on=soon,
    )[0].token
    assert browser().get(f"/i/{expired}").status_code == 200
    clock.day = date(2026, 3, 6)
    wrong = "0" * 26
    refused = [
        seen(browser().get(f"/i/{token}"))
        for token in (used, revoked_token, expired, wrong, "short", "x" * 500, "%00", "ы")
    ]
    assert all(each == refused[0] for each in refused)
    assert refused[0][0] == 404
    assert "set-cookie" not in refused[0][1]
    assert browser().get(f"/i/{fresh}").status_code == 200
    close_wave(sqlite_store, made.id, actor="analyst")
    assert seen(browser().get(f"/i/{fresh}")) == refused[0]


def test_guessing_stops_and_whoever_is_in_goes_on(expert, browser, tokens, clock, stored):
    stranger = browser()
    for k in range(MOST_FAILURES):
        assert stranger.get(f"/i/{k:026d}").status_code == 404
    limited = [seen(browser().get(f"/i/{token}")) for token in ("0" * 26, tokens[1], "x")]
    assert all(each == limited[0] for each in limited)
    assert limited[0][0] == 429
    expert.fill("role", {"chosen": "science"})
    assert "role" in stored()
    clock.second += 60
    assert browser().get(f"/i/{tokens[1]}").status_code == 200


def test_a_right_link_does_not_reset_the_count(browser, tokens):
    stranger = browser()
    for k in range(MOST_FAILURES):
        stranger.get(f"/i/{k:026d}")
        if k % 20 == 0:
            assert stranger.get(f"/i/{tokens[0]}").status_code == 200
    assert stranger.get(f"/i/{tokens[0]}").status_code == 429


@pytest.mark.parametrize("mark", ["", "0" * 64, signed("0" * 26, KEY).partition(".")[2]])
def test_a_cookie_this_server_did_not_make_opens_nothing(browser, tokens, mark):
    client = browser()
    client.cookies.set(COOKIE, f"{tokens[0]}.{mark}")
    page = Page(client.get("/").text)
    assert "Please open the link of your invitation" in page.words
    assert client.get("/q/role").url.path == "/"


def test_a_link_of_a_closed_wave_is_refused_in_the_middle(expert, sqlite_store, wave, stored):
    form = expert.page("/q/role").form
    form.set("chosen", "science")
    close_wave(sqlite_store, wave[0].id, actor="analyst")
    page = expert.post("/q/role", form.sent("next"))
    assert "This link cannot be opened" in page.words
    saved = expert.client.post(
        "/save/role",
        content=form.sent(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert saved.status_code == 403
    assert saved.json()["again"] is False
    assert stored() == {}


def test_an_anonymous_browser_forgets_the_link_when_all_is_sent(expert):
    expert.fill("role", {"chosen": "science"})
    expert.post("/submit", expert.page("/review").form.sent())
    assert COOKIE not in expert.client.cookies
    page = expert.open()
    assert "This link cannot be opened" in page.words


def test_a_full_group_is_told_so_and_stores_nothing(browser, sqlite_store, wave, tokens):
    made, _ = wave
    groups = tuple(replace(group, quota=1) for group in made.settings.groups)
    now = load_wave(sqlite_store, made.id)
    edit_wave(sqlite_store, made.id, now.revision, actor="analyst", today=TODAY, groups=groups)
    first = Respondent(browser(), tokens[0]).begin()
    first.fill("role", {"chosen": "science"})
    first.post("/submit", first.page("/review").form.sent())
    second = Respondent(browser(), tokens[2])
    form = second.open().form
    form.set("consent", "yes")
    page = second.post("/begin", form.sent())
    assert second.answer.status_code == 409
    assert "Enough people of your group have answered" in page.words


def test_an_open_wave_gives_a_link_to_come_back_with(browser, open_to_all, stored):
    client = browser()
    page = Page(client.get(f"/w/{open_to_all.id}").text)
    assert "Everybody who has the address can answer, and more than once" in page.words
    assert page.form.choices["group"] == ["science", "industry"]
    page = Page(client.post(f"/w/{open_to_all.id}", data={}).text)
    assert "Please choose your group first" in page.words
    page = Page(client.post(f"/w/{open_to_all.id}", data={"group": "industry"}).text)
    link = next(word for word in page.words.split() if word.startswith("http://survey.test/i/"))
    elsewhere = Respondent(browser(), link.rpartition("/")[2]).begin()
    elsewhere.fill("role", {"chosen": "science"})
    assert "role" in stored()


def test_only_an_open_wave_opens_without_a_link(browser, wave, open_to_all, sqlite_store):
    for wanted in (wave[0].id, "none", "x" * 300):
        assert browser().get(f"/w/{wanted}").status_code == 404
    close_wave(sqlite_store, open_to_all.id, actor="analyst")
    assert browser().get(f"/w/{open_to_all.id}").status_code == 404
    assert browser().post(f"/w/{open_to_all.id}", data={"group": "science"}).status_code == 404


def test_a_group_the_wave_does_not_have_is_refused(browser, open_to_all, sqlite_store):
    page = Page(browser().post(f"/w/{open_to_all.id}", data={"group": "kings"}).text)
    assert "Please choose your group first" in page.words
    table = schema.invitations
    assert sqlite_store.read(lambda conn: conn.execute(table.select()).all()) == []


def test_named_answers_say_so_and_are_withdrawn_at_any_time(browser, named, stored):
    token = named[1][0].token
    expert = Respondent(browser(), token)
    assert "they carry your name" in expert.open().words
    expert.begin()
    expert.fill("role", {"chosen": "science"})
    page = expert.post("/submit", expert.page("/review").form.sent())
    assert "/withdraw" in page.links
    assert "role" in stored()
    page = expert.post("/withdraw", expert.page("/withdraw").form.sent())
    assert "Your answers are deleted" in page.words
    assert stored() == {}
    assert "This link cannot be opened" in expert.open().words


def test_an_anonymous_wave_has_nothing_to_withdraw(expert):
    assert "they carry your name" not in expert.page("/").words
    expert.page("/withdraw")
    assert expert.path == "/"


def test_a_preview_says_so_and_leaves_nothing(browser, wave, sqlite_store, stored):
    token = preview_link(sqlite_store, wave[0].id, actor="analyst").token
    expert = Respondent(browser(), token).begin()
    assert "This is a preview" in expert.page("/q/role").words
    expert.fill("role", {"chosen": "science"})
    expert.post("/submit", expert.page("/review").form.sent())
    assert expert.path == "/done"
    assert stored() == {}
