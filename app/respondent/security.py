"""What keeps respondents apart from each other, from other sites and from huge requests."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from app.web.guard import HEADERS, OWN_POLICY, Guard
from survey.collection.tokens import form_tag, read_token

COOKIE: Final = "konsilium"
TAG: Final = "tag"
_LOG = logging.getLogger("konsilium.respondent")

_STRICT_TRANSPORT: Final = "max-age=31536000"


def guard(*, https: bool, failed: ASGIApp) -> Middleware:
    """Layer that puts the headers of these pages on every answer."""
    headers = HEADERS | {
        "Content-Security-Policy": OWN_POLICY,
        "Referrer-Policy": "no-referrer",
    }
    if https:
        headers["Strict-Transport-Security"] = _STRICT_TRANSPORT
    return Middleware(Guard, headers=lambda _: headers, failed=failed, log=_LOG)


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


def check_tag(fields: Mapping[str, list[str]], token: str) -> None:
    """Refuse a form that was drawn for another respondent, or by nobody."""
    given = fields.get(TAG, [""])
    if len(given) != 1 or not hmac.compare_digest(given[0].encode(), form_tag(token).encode()):
        raise HTTPException(403)
