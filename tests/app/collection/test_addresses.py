"""Addresses of people and of the survey: what is taken, what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.collection.addresses import clean_email, public_url
from app.commands.faults import UserError


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        (" anna@example.org ", "anna@example.org"),
        ("a.b+c@Sub.Example.ORG", "a.b+c@sub.example.org"),
        ("kto@почта.рф", "kto@xn--80a1acny.xn--p1ai"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_ascii(given_text, kept):
    assert clean_email(given_text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "a@b@example.org",
        "анна@example.org",
        "anna@example.org, boris@example.org",
        "anna@example.org\nBcc: all@example.org",
        "anna@example.org\r\n",
        "Anna <anna@example.org>",
        ".anna@example.org",
        "an na@example.org",
        "anna@-example.org",
        "anna@exa..mple.org",
        f"{'a' * 65}@example.org",
    ],
)
def test_what_is_not_one_plain_address_is_none(text):
    assert clean_email(text) is None or "\n" not in text.strip()
    if text.strip() == text:
        assert clean_email(text) is None


@settings(max_examples=80)
@given(st.text(max_size=60))
def test_no_text_gives_an_address_that_could_break_a_header(text):
    cleaned = clean_email(text)
    assert cleaned is None or (cleaned.isascii() and cleaned.isprintable() and " " not in cleaned)


@pytest.mark.parametrize(
    ("given_url", "kept"),
    [
        ("https://survey.example.org", "https://survey.example.org"),
        ("https://Survey.Example.org:8443/", "https://survey.example.org:8443"),
        ("https://опрос.рф/", "https://xn--n1aaceg.xn--p1ai"),
        ("http://127.0.0.1:8502", "http://127.0.0.1:8502"),
        ("http://[::1]:8502", "http://[::1]:8502"),
        ("http://localhost:8502/", "http://localhost:8502"),
    ],
)
def test_a_public_address_has_no_slash_at_its_end(given_url, kept):
    assert public_url(given_url) == kept


@pytest.mark.parametrize(
    "url",
    [
        "survey.example.org",
        "ftp://survey.example.org",
        "https://",
        "https://user:word@survey.example.org",
        "https://survey.example.org/?a=1",
        "https://survey.example.org/#top",
        "https://survey.example.org/polls",
        "https://survey.example.org:port",
        "https://survey example.org",
        "javascript:alert(1)",
    ],
)
def test_another_text_is_no_public_address(url):
    with pytest.raises(UserError, match="an address such as"):
        public_url(url)


def test_links_over_http_are_refused_but_for_this_computer():
    with pytest.raises(UserError, match="https is expected"):
        public_url("http://survey.example.org")
