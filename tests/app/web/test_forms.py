"""What counts as our own page, and as our own path."""

from __future__ import annotations

import pytest

from app.web.forms import LONGEST_PATH, is_own_origin, is_own_path


@pytest.mark.parametrize("path", ["/", "/a/b?c=d#e", "/q/1", "/" + "x" * (LONGEST_PATH - 1)])
def test_a_path_of_this_server_is_ours(path):
    assert is_own_path(path)


@pytest.mark.parametrize(
    "path",
    ["", "a", "//a", "///a", "/\\a", "\\/a", "http://a", "/\na", "/\ta", "/é", "/" + "x" * 300],
)
def test_whatever_a_browser_might_take_for_another_server_is_not(path):
    assert not is_own_path(path)


@pytest.mark.parametrize(
    ("origin", "host", "addresses"),
    [
        ("http://a.example", "a.example", ()),
        ("https://a.example:444", "a.example:444", (None,)),
        ("https://b.example", "127.0.0.1:8501", (None, "https://b.example/back?x=1")),
    ],
)
def test_an_origin_is_ours_by_the_host_asked_for_or_a_public_address(origin, host, addresses):
    assert is_own_origin(origin, host, *addresses)


@pytest.mark.parametrize(
    ("origin", "host", "addresses"),
    [
        ("http://b.example", "a.example", ()),
        ("http://a.example:81", "a.example", ()),
        ("http://a.example.evil", "a.example", ()),
        ("http://a.example@evil", "a.example", ()),
        ("null", "", ("b.example",)),
        ("", "", (None, "")),
        ("http://[", "a.example", ()),
    ],
)
def test_every_other_origin_is_not(origin, host, addresses):
    assert not is_own_origin(origin, host, *addresses)
