"""What keeps respondents apart from each other, from other sites and from huge requests."""

from __future__ import annotations

import hashlib
import hmac
import logging
import traceback
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey.collection.tokens import form_tag, read_token

COOKIE: Final = "konsilium"
LARGEST_BODY: Final = 256 * 1024
MOST_FIELDS: Final = 4000
TAG: Final = "tag"
_LOG = logging.getLogger("konsilium.respondent")

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
_STRICT_TRANSPORT: Final = "max-age=31536000"


class Guard:
    """Outermost layer: headers on every answer, and no word of what went wrong inside."""

    def __init__(self, app: ASGIApp, *, https: bool, failed: ASGIApp) -> None:
        self._app, self._failed = app, failed
        self._headers = dict(_HEADERS)
        if https:
            self._headers["Strict-Transport-Security"] = _STRICT_TRANSPORT

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
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception as error:  # noqa: BLE001 - whatever it is, a respondent sees a plain page
            _LOG.error("%s", place_of(error))
            if not started:
                await self._failed(scope, receive, with_headers)


def place_of(error: BaseException) -> str:
    """Tell which fault it was and where; its message may hold an answer or a token."""
    lines = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{line.filename}:{line.lineno} {line.name}" for line in lines[:-6:-1])
    return f"{type(error).__name__} at {where}"


def signed(token: str, key: bytes) -> str:
    """Value of the cookie: the token, and a mark that only this server can make."""
    return f"{token}.{_mark(token, key)}"


def token_of(request: Request, key: bytes) -> str | None:
    """Token of the respondent's cookie; None if there is none that this server made."""
    token, _, mark = request.cookies.get(COOKIE, "").partition(".")
    if read_token(token) != token or not hmac.compare_digest(
        mark.encode(), _mark(token, key).encode()
    ):
        return None
    return token


def _mark(token: str, key: bytes) -> str:
    return hmac.new(key, b"konsilium cookie\0" + token.encode(), hashlib.sha256).hexdigest()


def set_cookie(response: Response, token: str, key: bytes, *, days: int, https: bool) -> None:
    """Let the browser keep the link, out of reach of scripts and other sites."""
    response.set_cookie(
        COOKIE,
        signed(token, key),
        max_age=days * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=https,
    )


def drop_cookie(response: Response, *, https: bool) -> None:
    """Let the browser forget the link."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=https)


def check_same_site(request: Request, public_url: str | None) -> None:
    """Refuse what another site makes a browser send."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)
    origin = request.headers.get("origin")
    if origin is None:
        return
    host = urlsplit(origin).netloc
    ours = {request.headers.get("host", "")}
    if public_url:
        ours.add(urlsplit(public_url).netloc)
    # A page without a referrer may send "null" with its own form; its tag still decides.
    if origin != "null" and host not in ours:
        raise HTTPException(403)


def check_tag(fields: Mapping[str, list[str]], token: str) -> None:
    """Refuse a form that was drawn for another respondent, or by nobody."""
    given = fields.get(TAG, [""])
    if len(given) != 1 or not hmac.compare_digest(given[0].encode(), form_tag(token).encode()):
        raise HTTPException(403)


async def read_fields(request: Request) -> dict[str, list[str]]:
    """Fields of a form, read only as far as a form of this survey can be long."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > LARGEST_BODY:
        raise HTTPException(413)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    if body and kind != "application/x-www-form-urlencoded":
        raise HTTPException(400)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise HTTPException(400) from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
