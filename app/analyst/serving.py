"""What stands around Streamlit's own server: our pages for logging in, and headers on every answer."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from streamlit import cli_util, config

from app.analyst import door
from app.analyst.addresses import OwnPagesOnly
from app.web.guard import HEADERS, OWN_POLICY, Guard

_LOG: Final = logging.getLogger("konsilium.analyst")
_TRIES, _PAUSE = 200, 0.1  # seconds
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Open the browser once the server answers: around an application Streamlit does not."""
    if not config.get_option("server.headless"):
        Thread(target=_open_browser, args=(config.get_option("server.port"),), daemon=True).start()
    yield


def _open_browser(port: int) -> None:
    for _ in range(_TRIES):
        try:
            socket.create_connection(("localhost", port), _PAUSE).close()
        except OSError:
            time.sleep(_PAUSE)
        else:
            cli_util.open_browser(f"http://localhost:{port}")
            return


def middleware() -> list[Middleware]:
    """Layers around the server, the outermost first."""
    return [
        Middleware(Guard, headers=_headers, failed=_failed, log=_LOG),
        Middleware(OwnPagesOnly),
    ]


@cache
def streamlit_policy() -> str:
    """Content security policy of Streamlit's pages.

    Charts compile their expressions (unsafe-eval), and elements carry their own style. Of scripts
    only files of the server run, and those that stand in Streamlit's own page, by their digest.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    digests = (hashlib.sha256(text.encode()).digest() for text in _SCRIPT.findall(page))
    known = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests)
    return (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {known}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
    )


def _headers(scope: Scope) -> Mapping[str, str]:
    policy = OWN_POLICY if door.is_ours(scope["path"]) else streamlit_policy()
    # The own origin is told to ourselves: by it a form proves where it comes from.
    return HEADERS | {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin"}


async def _failed(scope: Scope, receive: Receive, send: Send) -> None:
    await door.failure(Request(scope, receive), 500)(scope, receive, send)
