"""Where the analyst's pages are, as browsers see it, and which pages may speak to them."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from app.analyst import session
from app.web.forms import is_own_origin


def addresses() -> tuple[str, ...]:
    """Addresses of this server beside the one that a request names, as they are configured."""
    back = session.secrets().get("auth", {}).get("redirect_uri")
    return (*([str(back)] if back else []), *config.get_option("server.corsAllowedOrigins"))


def is_https(request: Request) -> bool:
    """Whether the browser has come by TLS, to this server or to a proxy before it."""
    told = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip()
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    public = any(urlsplit(each)[:2] == ("https", host) for each in addresses())
    return "https" in {request.url.scheme, told, urlsplit(origin).scheme} or public


class OwnPagesOnly:
    """ASGI middleware: no page of another origin opens a connection with our cookie.

    Streamlit takes pages of any port of the machine for its own; browsers hand them the cookie.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and not is_own_origin(
                origin, headers.get("host", ""), *addresses()
            ):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self._app(scope, receive, send)
