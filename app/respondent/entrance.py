"""Ways in: an invitation's link, an open wave, the start page; and the language."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.i18n import LANGUAGES, Language
from app.respondent.desk import Desk
from app.respondent.pages import LANG_COOKIE, failure, flagged, language_of, page
from app.respondent.security import check_tag, drop_cookie, set_cookie
from app.respondent.words import promise
from app.web.forms import check_same_site, is_own_path, read_fields, to
from survey import SurveyError
from survey.collection.access import Access, enter_open, refused
from survey.collection.sessions import begin_job
from survey.collection.tokens import form_tag, read_token
from survey.collection.wave import Wave
from survey.collection.waves import find_wave

# How long the browser keeps a link where the wave has no last day.
_DAYS = 30
_LANG_DAYS = 365


def desk_of(request: Request) -> Desk:
    """Desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


def link_refused(request: Request, *, status: int = 404) -> Response:
    """Answer alike to every link that does not open."""
    lang = language_of(request)
    sentences = [
        lang.sentence(refused()),
        lang.say("Please compare it with your invitation, or ask whoever invited you."),
    ]
    title = lang.say("The link does not open")
    return page(request, "message.html", status, title=title, sentences=sentences, code=True)


async def invited(request: Request) -> Response:
    """Open a link: keep it in a cookie, and out of the address."""
    desk = desk_of(request)
    if not await desk.may_try():
        return failure(request, 429)
    try:
        access = await desk.enter(read_token(request.path_params["token"]) or "")
    except SurveyError:
        await desk.note_failure()
        return link_refused(request)
    response = to("/")
    _keep(response, access, desk)
    return response


def _keep(response: Response, access: Access, desk: Desk) -> None:
    closes = access.wave.settings.closes_on
    days = _DAYS if closes is None else (closes - desk.today()).days + 1
    set_cookie(response, access.token, desk.key, days=max(days, 1), https=desk.https)


async def typed_code(request: Request) -> Response:
    """Take a code that was typed from paper to its link."""
    check_same_site(request, desk_of(request).public_url)
    fields = await read_fields(request)
    return to(f"/i/{read_token(fields.get('code', [''])[0]) or '-'}")


async def start(request: Request) -> Response:
    """First page: what it is for, what is promised, and the consent; or where to go on."""
    desk, lang = desk_of(request), language_of(request)
    token = desk.token(request)
    if token is None:
        title = lang.say("A survey of experts")
        sentences = [lang.say("Please open the link of your invitation, or type its code here.")]
        return page(request, "message.html", title=title, sentences=sentences, code=True)
    try:
        access = await desk.enter(token)
    except SurveyError:
        response = link_refused(request)
        drop_cookie(response, https=desk.https)
        return response
    return _start_page(request, access, desk, lang)


def _start_page(request: Request, access: Access, desk: Desk, lang: Language) -> Response:
    settings = access.wave.settings
    closes = settings.closes_on
    return page(
        request,
        "start.html",
        site=lang.pick(settings.title),
        title=lang.pick(settings.title),
        preview=access.kind == "preview",
        state=access.state,
        named=settings.mode == "named",
        tag=form_tag(access.token),
        purpose=paragraphs(lang.pick(settings.purpose)),
        consent=paragraphs(lang.pick(settings.consent)),
        contact=paragraphs(lang.pick(settings.contact)),
        promise=promise(settings.mode, settings.access, lang, day(settings.erase_on, lang)),
        closes="" if closes is None else lang.say("Open until {day}.", day=day(closes, lang)),
        questions=lang.say_many(
            "{count} question", "{count} questions", len(settings.questionnaire.questions)
        ),
        missed=request.query_params.get("consent") == "1",
        own_link=_own_link(request, access, desk) if access.kind == "self" else "",
    )


def _own_link(request: Request, access: Access, desk: Desk) -> str:
    base = desk.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return f"{base.rstrip('/')}/i/{access.token}"


def paragraphs(text: str) -> list[str]:
    """Paragraphs of an analyst's text."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def day(value: date, lang: Language) -> str:
    """Day as people write it."""
    return str(format_date(value, format="long", locale=lang.code))


async def begin(request: Request) -> Response:
    """Begin after consent."""
    desk, lang = desk_of(request), language_of(request)
    check_same_site(request, desk.public_url)
    token = desk.token(request)
    if token is None:
        return failure(request, 403)
    fields = await read_fields(request)
    check_tag(fields, token)
    try:
        access = await desk.enter(token)
        if access.state == "new":
            if fields.get("consent") != ["yes"]:
                return to(flagged("/", "consent", "missed"))
            await desk.write(begin_job(access, today=desk.today()))
    except SurveyError as error:
        if error.code == "link_refused":
            return link_refused(request)
        title = lang.say("Thank you for coming")
        return page(request, "message.html", 409, title=title, sentences=[lang.sentence(error)])
    return to("/next")


async def open_wave(request: Request) -> Response:
    """Way into a wave without invitations: what that costs, and the group one is in."""
    desk, lang = desk_of(request), language_of(request)
    wave = await _open_wave(request, desk)
    if wave is None:
        return link_refused(request)
    settings = wave.settings
    if request.method != "POST":
        return page(
            request,
            "open.html",
            site=lang.pick(settings.title),
            title=lang.pick(settings.title),
            purpose=paragraphs(lang.pick(settings.purpose)),
            promise=promise(settings.mode, settings.access, lang, day(settings.erase_on, lang)),
            groups=[(group.id, lang.pick(group.title)) for group in settings.groups],
            missed=request.query_params.get("group") == "1",
        )
    check_same_site(request, desk.public_url)
    fields = await read_fields(request)
    given = fields.get("group", [settings.groups[0].id] if len(settings.groups) == 1 else [])
    if len(given) != 1 or given[0] not in {group.id for group in settings.groups}:
        return to(flagged(f"/w/{wave.id}", "group", "missed"))
    try:
        token = await desk.call(
            lambda: enter_open(desk.store, wave.id, given[0], today=desk.today())
        )
        access = await desk.enter(token)
    except SurveyError as error:
        title = lang.say("Thank you for coming")
        return page(request, "message.html", 409, title=title, sentences=[lang.sentence(error)])
    response = to("/")
    _keep(response, access, desk)
    return response


async def _open_wave(request: Request, desk: Desk) -> Wave | None:
    wanted = request.path_params["wave"]
    try:
        wave = await desk.read(lambda conn: find_wave(conn, wanted))
    except SurveyError:
        return None
    closes = wave.settings.closes_on
    over = closes is not None and closes < desk.today()
    return wave if wave.settings.access == "open" and wave.state == "open" and not over else None


async def choose_language(request: Request) -> Response:
    """Keep a language and go back to the page."""
    code, path = request.path_params["code"], request.query_params.get("to", "/")
    if code not in LANGUAGES:
        raise HTTPException(404)
    response = to(path if is_own_path(path) else "/")
    keep_language(response, code, https=desk_of(request).https)
    return response


def keep_language(response: Response, code: str, *, https: bool) -> None:
    """Let the browser keep the language."""
    response.set_cookie(
        LANG_COOKIE,
        code,
        max_age=_LANG_DAYS * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=https,
    )


async def health(request: Request) -> Response:
    """How the store is, for who runs the server; not where it is."""
    desk = desk_of(request)
    found = await desk.call(desk.store.health)
    note = (
        "this SQLite has the WAL-reset fault; one writer at a time keeps clear of it"
        if found.wal_reset_fault
        else "none"
    )
    return JSONResponse(
        {
            "ok": True,
            "database": found.database,
            "version": found.version,
            "schema": found.schema,
            "waiting": found.waiting,
            "known_fault": note,
        }
    )
