"""The outermost layer of a server: headers on every answer, and no word of what went wrong."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Of pages that we draw ourselves: no script but files of ours, nothing inline.
OWN_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class Guard:
    """ASGI middleware.

    Parameters
    ----------
    headers
        Headers of the answer to a request, whatever the answer is.
    failed
        What answers when something went wrong inside.
    log
        Gets the kind and the place of what went wrong.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        headers: Callable[[Scope], Mapping[str, str]],
        failed: ASGIApp,
        log: logging.Logger,
    ) -> None:
        self._app, self._headers, self._failed, self._log = app, headers, failed, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                for name, value in self._headers(scope).items():
                    headers[name] = value
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception as error:  # noqa: BLE001 - whatever it is, a reader sees a plain page
            self._log.error("%s", place_of(error))
            if not started:
                await self._failed(scope, receive, with_headers)


def place_of(error: BaseException) -> str:
    """Tell which fault it was and where; its message may hold an answer or a token."""
    lines = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{line.filename}:{line.lineno} {line.name}" for line in lines[:-6:-1])
    return f"{type(error).__name__} at {where}"
