"""The pages for logging in and out, as a browser without scripts uses them."""

from __future__ import annotations

import logging
import re
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.analyst import addresses, door, serving, session
from survey import SurveyError
from survey.collection.accounts import FAILURES, create_account, disable_account, list_accounts

GOOD, OTHER = "seven green otters", "a ladder of cheese"
REFUSED = (
    "Name and password do not fit an account, or the account is locked for 15 minutes after several "
    "wrong passwords."
)
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/" + "x" * 3000,
    "",
)


@pytest.fixture(autouse=True)
def anna(scratch_store, monkeypatch):
    monkeypatch.setenv("KONSILIUM_LANG", "en")
    return create_account(scratch_store, "anna", GOOD, actor="test")


def send(client, password=GOOD, name="anna", headers=None, **more):
    fields = {"name": name, "password": password, "lang": "en", "next": "/collecting"}
    return client.post("/login", data=fields | more, headers=headers)


def cookie_of(response):
    (cookie,) = SimpleCookie(response.headers["set-cookie"]).values()
    return cookie


def who(token):
    login = session.LOGINS.look(token, session.mark_of)
    return login and login.name


def problems(response):
    found = re.search(r'id="problems" role="alert">(.*?)</div>', response.text, re.DOTALL)
    return re.findall("<p>(.*?)</p>", found[1])


def test_the_right_password_leads_back_to_the_page_with_a_cookie(client):
    response = send(client, next="/wave-new?method=topsis&lang=ru")
    assert response.status_code == 303
    assert response.headers["location"] == "/wave-new?lang=en&method=topsis"
    cookie = cookie_of(response)
    assert cookie.key == session.cookie_name()
    assert cookie["httponly"]
    assert cookie["samesite"] == "strict"
    assert cookie["path"] == "/"
    assert not cookie["secure"]
    # It leaves with the browser; how long it opens anything is the server's to say.
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    assert len(cookie.value) * 6 >= 256
    assert who(cookie.value) == "anna"
    assert cookie.value not in repr(vars(session.LOGINS))
    assert GOOD not in repr(vars(session.LOGINS))


@pytest.mark.parametrize(
    ("base", "headers"),
    [
        ("https://testserver", {"origin": "https://testserver"}),
        ("http://testserver", {"origin": "https://testserver"}),
        ("http://testserver", {"x-forwarded-proto": "https"}),
    ],
)
def test_who_comes_by_tls_gets_a_cookie_that_travels_by_tls_only(client, base, headers):
    client.base_url = base
    assert cookie_of(send(client, headers=headers))["secure"]


def test_the_address_of_the_configuration_is_ours_and_can_say_that_it_is_tls(client, monkeypatch):
    told = {"origin": "https://desk.example", "host": "127.0.0.1:8501"}
    assert send(client, headers=told).status_code == 403
    found = {"auth": {"redirect_uri": "https://desk.example/oauth2callback"}}
    monkeypatch.setattr(session, "secrets", lambda: found)
    assert cookie_of(send(client, headers=told))["secure"]
    bare = {"origin": "http://desk.example", "host": "desk.example"}
    assert cookie_of(send(client, headers=bare))["secure"]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_way_back_leads_nowhere_else(client, elsewhere):
    assert send(client, next=elsewhere).headers["location"] == "/?lang=en"
    again = client.get("/login", params={"next": elsewhere, "lang": "en"})
    assert again.headers["location"] == "/?lang=en"
    client.cookies.clear()
    page = client.get("/login", params={"next": elsewhere, "lang": "en"}).text
    assert 'name="next" value="/"' in page
    assert "evil" not in page


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", OTHER), ("anna", ""), ("bruno", GOOD), ("", ""), ("closed", GOOD), ("x" * 500, GOOD)],
)
def test_whatever_is_wrong_one_sentence_says_so(client, scratch_store, name, password):
    create_account(scratch_store, "closed", GOOD, actor="test")
    disable_account(scratch_store, "closed", actor="test")
    response = send(client, password, name)
    assert response.status_code == 403
    assert problems(response) == [REFUSED]
    assert "set-cookie" not in response.headers
    assert GOOD not in response.text
    assert OTHER not in response.text


def test_a_locked_account_stays_shut_to_the_right_password(client):
    for _ in range(FAILURES):
        send(client, OTHER)
    assert problems(send(client)) == [REFUSED]


def test_what_was_typed_as_a_name_comes_back_as_text(client):
    page = send(client, OTHER, '"><script>alert(1)</script>').text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_each_login_has_a_token_of_its_own_and_ends_the_one_of_this_browser(client):
    client.cookies.set(session.cookie_name(), "a token that somebody else has chosen")
    first = cookie_of(send(client)).value
    assert "chosen" not in first
    client.cookies.clear()
    client.cookies.set(session.cookie_name(), first)
    second = cookie_of(send(client)).value
    assert second != first
    assert (who(first), who(second)) == (None, "anna")


def test_a_wrong_password_leaves_the_login_of_this_browser(client):
    token = cookie_of(send(client)).value
    send(client, OTHER)
    assert who(token) == "anna"


FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:8502"},
    {"origin": "http://[evil"},
    {"origin": "null"},
    {"origin": ""},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "null", "sec-fetch-site": "none"},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_another_site_sends_does_nothing(client, scratch_store, headers):
    token = cookie_of(send(client)).value
    refused = [send(client, headers=headers), client.post("/logout", headers=headers)]
    refused.append(client.post("/login/first", headers=headers))
    assert [each.status_code for each in refused] == [403] * 3
    assert not any("set-cookie" in each.headers for each in refused)
    assert who(token) == "anna"


def test_a_form_that_does_not_say_where_it_comes_from_is_refused(client):
    del client.headers["origin"]
    assert send(client).status_code == 403
    # A browser that hides the page of a form still says that it is of the same site.
    own = {"sec-fetch-site": "same-origin"}
    assert send(client, headers=own).status_code == 303
    assert send(client, headers=own | {"origin": "null"}).status_code == 303


def test_who_is_logged_in_goes_straight_on_or_is_asked_whether_to_leave(client):
    send(client)
    there = client.get("/login?lang=ru&next=/wave-log?x=1")
    assert (there.status_code, there.headers["location"]) == (303, "/wave-log?lang=ru&x=1")
    page = client.get("/login?lang=en")
    assert page.status_code == 200
    assert "Logged in as anna" in page.text
    assert '<form method="post" action="/logout">' in page.text


def test_logging_out_ends_the_login_on_the_server_and_says_so(client):
    token = cookie_of(send(client)).value
    response = client.post("/logout", data={"lang": "en"})
    assert (response.status_code, response.headers["location"]) == (303, "/login?lang=en")
    assert who(token) is None
    page = client.get("/login?lang=en")
    assert "You are logged out." in page.text
    dropped = cookie_of(page)
    assert (dropped.key, dropped.value, dropped["max-age"]) == (session.cookie_name(), "", "0")
    assert "You are logged out." not in client.get("/login?lang=en").text


def test_an_address_alone_logs_nobody_out(client):
    token = cookie_of(send(client)).value
    client.get("/logout")
    assert who(token) == "anna"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("name=" + "x" * 20_000, "application/x-www-form-urlencoded", 413),
        ('{"name": "anna"}', "application/json", 400),
        ("name=%ff", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_of_ours_is_refused_in_a_page(client, body, kind, status):
    response = client.post("/login", content=body, headers={"content-type": kind})
    assert response.status_code == status
    assert "could not be read" in response.text


@pytest.mark.parametrize(
    ("asked", "expected"), [("?lang=ru", "ru"), ("?lang=en", "en"), ("", "en"), ("?lang=de", "en")]
)
def test_the_page_is_in_the_language_asked_for_else_that_of_the_server(client, asked, expected):
    assert f'<html lang="{expected}">' in client.get(f"/login{asked}").text


def test_the_other_language_keeps_the_way_back(client):
    page = client.get("/login", params={"lang": "en", "next": "/wave-new?method=topsis"}).text
    (link,) = re.findall(r'class="language" href="([^"]+)"', page)
    url = urlsplit(link.replace("&amp;", "&"))
    assert parse_qs(url.query) == {"lang": ["ru"], "next": ["/wave-new?method=topsis"]}


def test_the_page_needs_no_script_and_nothing_from_elsewhere(client):
    page = client.get("/login").text
    assert "<script" not in page
    assert "style=" not in page
    for file in re.findall(r'<link [^>]*href="([^"]+)"', page):
        answer = client.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/login/files/none.css").status_code == 404


def test_every_answer_carries_the_headers(client, monkeypatch):
    answers = [client.get(path) for path in ("/login", "/login/files/none.css", "/nowhere")]
    answers += [send(client), send(client, OTHER), client.post("/logout", headers={"origin": "x"})]
    for answer in answers:
        headers = answer.headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
    ours, streamlits = (answers[k].headers["content-security-policy"] for k in (0, 2))
    assert "unsafe" not in ours
    assert "default-src 'none'" in ours
    scripts = next(part for part in streamlits.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "http" not in streamlits


def test_a_fault_inside_gives_a_plain_page_and_the_log_has_no_secret(client, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError(GOOD)

    monkeypatch.setattr(door, "check_password", broken)
    with caplog.at_level(logging.ERROR):
        response = send(client)
    assert response.status_code == 500
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "Something went wrong here" in response.text
    assert "RuntimeError at " in caplog.text
    assert GOOD not in caplog.text + response.text


def test_a_store_that_cannot_be_asked_is_said_in_a_sentence(client, monkeypatch):
    def busy():
        raise SurveyError("store_busy", "the store is busy with {what}", what="itself")

    monkeypatch.setattr(session, "store", busy)
    for response in (client.get("/login?lang=en"), send(client)):
        assert response.status_code == 503
        assert "the store is busy with itself" in response.text


@pytest.fixture
def code(monkeypatch):
    monkeypatch.setenv("KONSILIUM_SETUP_CODE", "0123456789ab")
    monkeypatch.setattr(session, "_codes_tried", [0])
    return "0123456789ab"


@pytest.fixture
def nobody(monkeypatch, scratch_store, tmp_path):
    """A store without accounts."""
    with type(scratch_store).open(tmp_path / "empty.sqlite") as store:
        monkeypatch.setattr(session, "store", lambda: store)
        yield store


def first(client, **given):
    fields = {"name": "anna", "password": GOOD, "again": GOOD, "lang": "en", "next": "/collecting"}
    return client.post("/login/first", data=fields | given)


def test_the_first_account_is_made_on_the_page_with_the_code(client, nobody, code):
    assert 'action="/login/first"' in client.get("/login").text
    response = first(client, code=f" {code.upper()}\n")
    assert response.headers["location"] == "/collecting?lang=en"
    assert who(cookie_of(response).value) == "anna"
    assert [each.name for each in list_accounts(nobody)] == ["anna"]
    client.cookies.clear()
    page = client.get("/login").text
    assert 'action="/login"' in page
    assert 'action="/login/first"' not in page
    # Nor does the code make another one.
    second = first(client, code=code, name="bruno")
    assert "the first account is made already" in problems(second)[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"code": "000000000000"}, "This is not the code"),
        ({"code": ""}, "This is not the code"),
        ({"again": OTHER}, "not the same"),
        ({"password": "short", "again": "short"}, "12 characters or more"),
        ({"name": ""}, "the name of the account"),
    ],
)
def test_the_first_account_is_refused_in_a_sentence(client, nobody, code, given, told):
    response = first(client, **({"code": code} | given))
    assert response.status_code == 403
    assert told in problems(response)[0]
    assert list_accounts(nobody) == ()
    assert code not in response.text


def test_after_ten_wrong_codes_the_right_one_is_void(client, nobody, code):
    for _ in range(10):
        first(client, code="wrong")
    assert "This is not the code" in problems(first(client, code=code))[0]
    assert list_accounts(nobody) == ()


def test_without_a_code_the_page_sends_to_the_command(client, nobody, monkeypatch):
    monkeypatch.delenv("KONSILIUM_SETUP_CODE", raising=False)
    page = client.get("/login").text
    assert "konsilium account add NAME" in page
    assert "<input" not in page
    assert not session.accepts_code("")


@pytest.fixture
def socket():
    async def answer(websocket):
        await websocket.accept()
        await websocket.send_text("open")
        await websocket.close()

    app = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", answer)], middleware=serving.middleware()
    )
    return TestClient(app)


@pytest.mark.parametrize("origin", ["http://testserver", None])
def test_pages_of_ours_open_a_connection(socket, origin):
    headers = {} if origin is None else {"origin": origin}
    with socket.websocket_connect("/_stcore/stream", headers=headers) as opened:
        assert opened.receive_text() == "open"


@pytest.mark.parametrize(
    "origin", ["http://localhost", "http://testserver:9000", "https://evil.example", "null", ""]
)
def test_pages_of_others_do_not(socket, origin):
    with (
        pytest.raises(WebSocketDisconnect),
        socket.websocket_connect("/_stcore/stream", headers={"origin": origin}),
    ):
        pass


def test_an_origin_that_streamlit_is_told_to_take_is_taken(socket, monkeypatch):
    monkeypatch.setattr(addresses, "addresses", lambda: ("https://desk.example",))
    headers = {"origin": "https://desk.example"}
    with socket.websocket_connect("/_stcore/stream", headers=headers) as opened:
        assert opened.receive_text() == "open"
