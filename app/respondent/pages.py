"""Rendering: templates, languages, files that browsers keep."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.i18n import LANGUAGES, Language, language
from app.respondent.words import error_words, page_words, script_words
from app.web.pages import Files, environment

_HERE = Path(__file__).parent
LANG_COOKIE: Final = "lang"
FILES: Final = Files("/static", _HERE / "static")


async def static(request: Request) -> Response:
    """Serve a file that never changes under its name."""
    return FILES.answer(request.path_params["name"]) or failure(request, 404)


@lru_cache
def _environment() -> Environment:
    return environment(FILES, _HERE / "templates")


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
    # A page that refuses something does not repeat what was asked for.
    here = quote(request.url.path) if status == 200 else "/"
    html = (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            words=page_words(lang.code),
            languages=LANGUAGES,
            in_language=lambda code: f"/language/{code}?to={here}",
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


def flagged(path: str, flag: str, place: str = "") -> str:
    """Path with a flag, and the place of the page to look at."""
    return f"{path}?{flag}=1" + (f"#{place}" if place else "")
