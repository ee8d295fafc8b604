"""Forms as they arrive: from our own pages, of a size that can be, leading to our own pages."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

LARGEST_BODY: Final = 256 * 1024
MOST_FIELDS: Final = 4000
LONGEST_PATH: Final = 300


def check_same_site(request: Request, *addresses: str | None) -> None:
    """Refuse what another site makes a browser send.

    Parameters
    ----------
    addresses
        Of this server, beside the one that the request names: as its public sees it.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)
    origin = request.headers.get("origin")
    # A page without a referrer may send "null" with its own form; its tag still decides.
    if origin not in {None, "null"} and not is_own_origin(
        str(origin), request.headers.get("host", ""), *addresses
    ):
        raise HTTPException(403)


def is_own_origin(origin: str, host: str, *addresses: str | None) -> bool:
    """Whether a page of this origin is a page of ours."""
    try:
        ours = {host, *(urlsplit(each).netloc for each in addresses if each)}
        return urlsplit(origin).netloc in ours - {""}
    except ValueError:
        return False


async def read_fields(request: Request, largest: int = LARGEST_BODY) -> dict[str, list[str]]:
    """Fields of a form, read only as far as a form of ours can be long."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > largest:
        raise HTTPException(413)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > largest:
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


def is_own_path(path: str, longest: int = LONGEST_PATH) -> bool:
    """Whether this leads to a page of this server, whatever a browser makes of it."""
    plain = path.isascii() and path.isprintable() and len(path) <= longest
    return plain and path.startswith("/") and not path.startswith("//") and "\\" not in path


def to(path: str) -> RedirectResponse:
    """Send on to a page of ours, to be fetched anew."""
    return RedirectResponse(path, status_code=303)
