"""Logging in by an identity provider: a small one of the test's own, on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from survey.collection.accounts import create_account, disable_account
from survey.collection.store import FILE_NAME, Store
from tests.app.analyst.test_browser import settle
from tests.served import free_port, served

pytestmark = pytest.mark.browser

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(data):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(claims):
    """Token as OpenID Connect asks for it, RS256."""
    body = f"{encoded({'alg': 'RS256', 'kid': 'k', 'typ': 'JWT'})}.{encoded(claims)}"
    return f"{body}.{encoded(KEY.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


class Provider(BaseHTTPRequestHandler):
    """Vouches for whomever `server.person` names, without asking."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        home = self.server.home
        match url.path:
            case "/.well-known/openid-configuration":
                self.say({
                    "issuer": home,
                    "authorization_endpoint": f"{home}/authorize",
                    "token_endpoint": f"{home}/token",
                    "jwks_uri": f"{home}/jwks",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                })  # fmt: skip
            case "/jwks":
                public = KEY.public_key().public_numbers()
                n = encoded(public.n.to_bytes(256, "big"))
                self.say(
                    {
                        "keys": [
                            {
                                "kty": "RSA",
                                "kid": "k",
                                "alg": "RS256",
                                "use": "sig",
                                "n": n,
                                "e": "AQAB",
                            }
                        ]
                    }
                )
            case "/authorize":
                self.server.asked = asked
                back = urlencode({"code": "c", "state": asked["state"]})
                self.send_response(302)
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()
            case _:
                self.send_error(404)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        sent = {
            name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
        }
        asked, now = self.server.asked, int(time.time())
        proof = encoded(hashlib.sha256(sent["code_verifier"].encode()).digest())
        self.server.proved = proof == asked["code_challenge"]
        claims = {
            "iss": self.server.home,
            "aud": "konsilium",
            "sub": "17",
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + self.server.lasts,
        }
        token = signed(claims | self.server.person)
        self.say({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def say(self, what):
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def provider():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.home = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def as_it_began(provider):
    provider.person = {"email": "Anna@example.org", "email_verified": True}
    provider.lasts = 600
    provider.proved = False


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("oidc")
    with Store.open(folder / FILE_NAME) as store:
        create_account(store, "anna@example.org", None, actor="test")
        create_account(store, "former@example.org", None, actor="test")
        disable_account(store, "former@example.org", actor="test")
    return folder


@pytest.fixture(scope="module")
def desk(home, provider):
    port = free_port()
    secrets = home / "secrets.toml"
    secrets.write_text(
        f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "for this test alone"
client_id = "konsilium"
client_secret = "of no use elsewhere"
server_metadata_url = "{provider.home}/.well-known/openid-configuration"
client_kwargs = {{ code_challenge_method = "S256" }}

[konsilium]
allowed = ["guest@example.org"]
""",
        "utf-8",
    )
    environment = {"KONSILIUM_STUDY": "template", "KONSILIUM_HOME": str(home)}
    environment |= {"KONSILIUM_LANG": "en", "KONSILIUM_DATABASE_URL": ""}
    with served(environment, f"--secrets.files={secrets}", port=port) as address:
        yield address


@pytest.fixture
def page(chromium, desk):
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(f"{desk}/collecting?lang=en")
    settle(page)
    yield page
    context.close()


def come_back(page):
    page.get_by_role("button", name="Log in with the organisation's account").click()
    page.wait_for_url(re.compile(r"127\.0\.0\.1:\d+/(\?.*)?$"), timeout=60_000)
    settle(page)


def go_to_collecting(page, desk):
    page.goto(f"{desk}/collecting?lang=en")
    settle(page)


@pytest.mark.parametrize("person", ["anna@example.org", "guest@example.org"])
def test_who_has_an_account_or_is_on_the_list_comes_in_and_goes_out(page, desk, provider, person):
    provider.person = {"email": person.upper(), "email_verified": True}
    come_back(page)
    assert provider.proved
    page.get_by_text(f"Logged in as {person}").wait_for()
    # Unlike a local login this one outlives a reload: the provider's word is in a cookie.
    go_to_collecting(page, desk)
    page.get_by_role("heading", name="Progress", level=1).wait_for()
    cookies = page.context.cookies()
    assert all(c["httpOnly"] for c in cookies if c["name"].startswith("_streamlit_user"))
    page.get_by_role("button", name="Log out").click()
    page.get_by_text(f"Logged in as {person}").wait_for(state="detached")
    go_to_collecting(page, desk)
    page.get_by_role("heading", name="Log in", level=1, exact=True).wait_for()


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ({"email": "stranger@example.org", "email_verified": True}, "you have no account here"),
        ({"email": "former@example.org", "email_verified": True}, "you have no account here"),
        ({"email": "anna@example.org", "email_verified": False}, "does not name a verified"),
        ({"email": "anna@example.org"}, "does not name a verified"),
    ],
)
def test_whoever_else_the_provider_vouches_for_stays_out(page, desk, provider, person, told):
    provider.person = person
    come_back(page)
    go_to_collecting(page, desk)
    page.get_by_role("heading", name="Log in", level=1, exact=True).wait_for()
    assert told in page.locator("[data-testid='stAlert']").first.inner_text()


def test_a_word_that_has_run_out_does_not_let_in_again(page, desk, provider):
    provider.lasts = 8
    come_back(page)
    page.get_by_text("Logged in as anna@example.org").wait_for()
    page.wait_for_timeout(9_000)
    go_to_collecting(page, desk)
    page.get_by_role("heading", name="Log in", level=1, exact=True).wait_for()
    assert "has run out" in page.locator("[data-testid='stAlert']").first.inner_text()
