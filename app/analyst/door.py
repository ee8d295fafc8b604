"""Logging in and out: pages of our own beside Streamlit's, for it cannot set a cookie."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app.analyst import login_words as words
from app.analyst import session
from app.analyst.addresses import addresses, is_https
from app.analyst.settings import CODE_VARIABLE
from app.commands.faults import UserError, is_refusal, lines_of
from app.i18n import LANGUAGES, Language, language, preferred_language
from app.web.forms import check_same_site, is_own_path, read_fields, to
from app.web.pages import Files, environment
from survey.collection.accounts import check_password, create_first_account, list_accounts

LOGIN_PATH: Final = "/login"
LOGOUT_PATH: Final = "/logout"
_FIRST_PATH: Final = "/login/first"
_FILES_PATH: Final = "/login/files"
FILES: Final = Files(_FILES_PATH)
# The way back holds the assumptions that were chosen on a page.
_LONGEST_WAY: Final = 2000
_LARGEST_FORM: Final = 16 * 1024
_LANG: Final = "lang"

T = TypeVar("T")
# A password costs much memory and time to check, on purpose: so many at once and no more.
_CHECKING = ThreadPoolExecutor(2, thread_name_prefix="password")


def login_url(path: str, lang: Language) -> str:
    """Address of the page for logging in, from which one comes back to a page."""
    return f"{LOGIN_PATH}?{urlencode({_LANG: lang.code, 'next': path})}"


def routes() -> list[Route]:
    """All that these pages answer to."""
    return [
        Route(LOGIN_PATH, _answering(_show), methods=["GET"]),
        Route(LOGIN_PATH, _answering(_log_in), methods=["POST"]),
        Route(_FIRST_PATH, _answering(_make_first), methods=["POST"]),
        Route(LOGOUT_PATH, _answering(_log_out), methods=["POST"]),
        Route(f"{_FILES_PATH}/{{name}}", _file, methods=["GET"]),
    ]


def is_ours(path: str) -> bool:
    """Whether an address is one of these pages."""
    return path in {LOGIN_PATH, LOGOUT_PATH} or path.startswith(f"{LOGIN_PATH}/")


def failure(request: Request, status: int) -> Response:
    """Answer with a plain page."""
    lang = _language_of(request.query_params)
    title, sentence = words.failure(status, lang)
    return _page("message.html", lang, "/", status, title=title, sentences=[sentence])


def _answering(work: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            return await work(request)
        except HTTPException as error:
            return failure(request, error.status_code)
        except ValueError as error:
            if not is_refusal(error):
                raise
            # The store cannot be asked just now: it says why.
            lang = _language_of(request.query_params)
            lines = lines_of(error, lang)
            return _page("message.html", lang, "/", 503, title=lang.say("Log in"), sentences=lines)

    return answer


async def _file(request: Request) -> Response:
    return FILES.answer(request.path_params["name"]) or failure(request, 404)


async def _show(request: Request) -> Response:
    lang, way = _language_of(request.query_params), _way(request.query_params)
    shown = _shown(request)
    login = await _asking(lambda: session.LOGINS.look(shown, session.mark_of) if shown else None)
    if login is None:
        response = await _form(
            lang, way, told=words.why_ended(session.LOGINS.why(shown) or "", lang)
        )
        if shown:
            _drop(request, response)
        return response
    if "next" in request.query_params:
        return to(_in(lang, way))
    sentence = lang.say("Logged in as {name}", name=login.name)
    return _page(
        "message.html", lang, way, title=lang.say("Log in"), sentences=[sentence], out=True
    )


async def _log_in(request: Request) -> Response:
    fields = await _fields(request)
    lang, way, name = _language_of(fields), _way(fields), fields.get("name", "")

    def checked() -> str | None:
        right = check_password(session.store(), name, fields.get("password", ""), session.now())
        return session.begin(name) if right else None

    token, faults = await _trying(checked, lang)
    if token is None:
        return await _form(lang, way, 403, name=name, faults=faults or [words.refused(lang)])
    return _let_in(request, token, _in(lang, way))


async def _make_first(request: Request) -> Response:
    fields = await _fields(request)
    lang, way, name = _language_of(fields), _way(fields), fields.get("name", "")

    def made() -> str | None:
        password = fields.get("password", "")
        if password != fields.get("again", ""):
            raise UserError("The two passwords are not the same.")
        if not session.accepts_code(fields.get("code", "")):
            raise UserError(
                "This is not the code; after ten wrong ones it is void until the next start."
            )
        return session.begin(create_first_account(session.store(), name, password).name)

    token, faults = await _trying(made, lang)
    if token is None:
        return await _form(lang, way, 403, name=name, faults=faults)
    return _let_in(request, token, _in(lang, way))


async def _log_out(request: Request) -> Response:
    fields = await _fields(request)
    session.LOGINS.end(_shown(request))
    lang = _language_of(fields)
    # The cookie stays until the next page, which says by it why one is logged out.
    return to(f"{LOGIN_PATH}?{urlencode({_LANG: lang.code})}")


def _let_in(request: Request, token: str, way: str) -> Response:
    # What this browser held before is over: nobody keeps on working beside the new login.
    session.LOGINS.end(_shown(request))
    response = to(way)
    # Without an age: the browser forgets it when it is closed, the server after `LONGEST`.
    response.set_cookie(session.cookie_name(), token, **_cookie(request))
    return response


def _drop(request: Request, response: Response) -> None:
    response.delete_cookie(session.cookie_name(), **_cookie(request))


def _cookie(request: Request) -> dict[str, Any]:
    return {"path": "/", "httponly": True, "samesite": "strict", "secure": is_https(request)}


def _shown(request: Request) -> str:
    return request.cookies.get(session.cookie_name(), "")


async def _fields(request: Request) -> dict[str, str]:
    """Fields of a form that a page of ours has sent, and nobody else's."""
    check_same_site(request, *addresses())
    asked = request.headers
    if asked.get("sec-fetch-site") != "same-origin" and asked.get("origin") in {None, "null"}:
        raise HTTPException(403)
    return {name: given[0] for name, given in (await read_fields(request, _LARGEST_FORM)).items()}


async def _asking(work: Callable[[], T]) -> T:
    return await run_in_threadpool(work)


async def _trying(work: Callable[[], T], lang: Language) -> tuple[T | None, list[str]]:
    """Result, or what is refused in sentences."""
    try:
        return await asyncio.get_running_loop().run_in_executor(_CHECKING, work), []
    except ValueError as error:
        if not is_refusal(error):
            raise
        return None, lines_of(error, lang)


async def _form(  # noqa: PLR0917 - what the form shows
    lang: Language,
    way: str,
    status: int = 200,
    told: str = "",
    name: str = "",
    faults: list[str] | None = None,
) -> Response:
    accounts = await _asking(lambda: list_accounts(session.store()))
    first = not accounts and not session.providers()
    return _page(
        "first.html" if first else "login.html",
        lang,
        way,
        status,
        title=lang.say("Log in"),
        finding=words.first_account(lang) if first else words.why_asked(lang),
        open=bool(os.environ.get(CODE_VARIABLE)),
        told=told,
        name=name,
        faults=faults or [],
    )


@lru_cache
def _environment() -> Environment:
    return environment(FILES, Path(__file__).parent / "templates")


def _page(
    template: str,
    lang: Language,
    way: str,
    status: int = 200,
    **context: Any,  # noqa: ANN401 - what its template asks for
) -> Response:
    html = (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            words=words.form_words(lang),
            languages=LANGUAGES,
            in_language=lambda code: login_url(way, language(code)),
            switch_in_form=False,
            preview=False,
            site="Konsilium",
            way=way,
            home=_in(lang, way),
            out=context.pop("out", False),
            **context,
        )
    )
    return HTMLResponse(html, status_code=status)


def _language_of(given: Mapping[str, str]) -> Language:
    code = given.get(_LANG, "")
    return language(code if code in LANGUAGES else preferred_language())


def _way(given: Mapping[str, str]) -> str:
    way = given.get("next", "/")
    return way if is_own_path(way, _LONGEST_WAY) else "/"


def _in(lang: Language, way: str) -> str:
    """Way back, in the language that was chosen last."""
    parts = urlsplit(way)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] != _LANG]
    return f"{parts.path}?{urlencode([(_LANG, lang.code), *kept])}"
