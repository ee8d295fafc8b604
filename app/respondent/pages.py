"""Rendering: templates, languages, files that browsers keep."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.i18n import LANGUAGES, Language, language
from app.respondent.words import error_words, page_words, script_words

_HERE = Path(__file__).parent
LANG_COOKIE: Final = "lang"
_YEAR: Final = 31_536_000
_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


@lru_cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Files by the name they are asked for, which holds a digest of what is in them."""
    found = {}
    for path in sorted((_HERE / "static").iterdir()):
        if path.suffix in _TYPES:
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:16]
            found[f"{path.stem}.{digest}{path.suffix}"] = (content, _TYPES[path.suffix])
    return found


def static_url(name: str) -> str:
    """Address of a file of `static`."""
    stem, _, kind = name.partition(".")
    for known in static_files():
        first, _, rest = known.partition(".")
        if first == stem and rest.endswith(f".{kind}"):
            return f"/static/{known}"
    raise KeyError(name)


async def static(request: Request) -> Response:
    """Serve a file that never changes under its name."""
    known = static_files().get(request.path_params["name"])
    if known is None:
        return failure(request, 404)
    content, kind = known
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
    return Response(content, media_type=kind, headers=headers)


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_url
    return environment


def language_of(request: Request) -> Language:
    """Language of the cookie, else the first known one the browser asks for, else Russian."""
    chosen = request.cookies.get(LANG_COOKIE)
    if chosen in LANGUAGES:
        return language(chosen)
    asked = []
    for part in request.headers.get("accept-language", "")[:200].split(","):
        code, _, weight = part.strip().partition(";q=")
        code = code.partition("-")[0].lower()
        if code in LANGUAGES:
            asked.append((-_weight(weight), code))
    return language(min(asked, key=lambda each: each[0])[1] if asked else "ru")


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def page(request: Request, template: str, /, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401 - what its template asks for
    """Draw a page in the request's language."""
    lang = language_of(request)
    context.setdefault("site", "Konsilium")
    context.setdefault("title", context["site"])
    context.setdefault("preview", False)
    html = (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            words=page_words(lang.code),
            languages=LANGUAGES,
            # A page that refuses something does not repeat what was asked for.
            here=quote(request.url.path) if status == 200 else "/",
            switch_in_form=context.pop("switch_in_form", False),
            **context,
        )
    )
    return HTMLResponse(html, status_code=status, headers={"Vary": "Accept-Language, Cookie"})


def script_texts(lang: Language) -> str:
    """Sentences for the script, as JSON for an attribute."""
    return json.dumps(script_words(lang.code), ensure_ascii=False)


def failure(request: Request, status: int) -> Response:
    """Answer with a plain page, or a plain sentence to the script."""
    lang = language_of(request)
    title, sentence = error_words(status, lang)
    if request.url.path.startswith("/save/"):
        return JSONResponse({"refused": sentence, "again": status >= 500}, status_code=status)
    return page(request, "message.html", status, title=title, sentences=[sentence])


def to(path: str) -> RedirectResponse:
    """Send on to a page of ours, to be fetched anew."""
    return RedirectResponse(path, status_code=303)


def flagged(path: str, flag: str, place: str = "") -> str:
    """Path with a flag, and the place of the page to look at."""
    return f"{path}?{flag}=1" + (f"#{place}" if place else "")
