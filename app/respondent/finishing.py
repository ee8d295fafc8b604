"""All answers before they are sent, sending, and withdrawing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from app.i18n import Language
from app.respondent.answering import Sitting, sitting, still_to_do
from app.respondent.answers_in_words import in_words
from app.respondent.entrance import desk_of, link_refused
from app.respondent.pages import failure, language_of, page
from app.respondent.security import check_tag, drop_cookie
from app.web.forms import check_same_site, read_fields, to
from survey import SurveyError
from survey.collection.access import Access, was_sent
from survey.collection.sessions import submit_job, withdraw_job
from survey.collection.tokens import form_tag


async def review(request: Request) -> Response:
    """Show all answers, and what is still to be done."""
    found = await sitting(request, desk_of(request))
    if isinstance(found, Response):
        return found
    lang = language_of(request)
    settings = found.access.wave.settings
    answers = [
        (each.id, lang.pick(each.text), in_words(each, found.replies.get(each.id), lang))
        for each in found.asked
    ]
    return page(
        request,
        "review.html",
        site=lang.pick(settings.title),
        title=lang.say("Your answers"),
        preview=found.access.kind == "preview",
        answers=answers,
        todo=still_to_do(found, lang),
        finality=_finality(found, lang),
        last=found.asked[-1].id if found.asked else "",
        tag=form_tag(found.token),
    )


def _finality(found: Sitting, lang: Language) -> str:
    if found.access.wave.settings.mode == "named":
        return lang.say("After sending you can still withdraw your answers by your link.")
    return lang.say(
        "After sending nobody can tell which answers are yours: you can neither see, change nor "
        "withdraw them."
    )


async def submit(request: Request) -> Response:
    """Send all answers."""
    desk = desk_of(request)
    check_same_site(request, desk.public_url)
    fields = await read_fields(request)
    token = desk.token(request)
    if token is None:
        return failure(request, 403)
    check_tag(fields, token)
    try:
        access = await desk.enter(token)
        if access.state == "submitted":
            return to("/done")
        await desk.write(submit_job(access, today=desk.today()))
    except SurveyError as error:
        if error.code == "link_refused":
            # A second click comes when the link is already used up: nothing is wrong with that.
            sent = await desk.read(lambda conn: was_sent(conn, token))
            return _done(request) if sent else link_refused(request)
        return to("/review") if error.code == "answers_unfinished" else to("/")
    desk.marks.note(access)
    return _done(request, access)


def _done(request: Request, access: Access | None = None) -> Response:
    desk = desk_of(request)
    response = to("/done")
    if access is not None:
        desk.forget(access.token)
    named = access is not None and access.wave.settings.mode == "named"
    if not named:
        drop_cookie(response, https=desk.https)
    return response


async def done(request: Request) -> Response:
    """Thank; in named mode say how to withdraw."""
    desk, lang = desk_of(request), language_of(request)
    token = desk.token(request)
    named = False
    if token is not None:
        try:
            access = await desk.enter(token)
        except SurveyError:
            pass
        else:
            if access.state != "submitted":
                return to("/")
            named = True
    sentences = [lang.say("Your answers have arrived. You can close this page.")]
    if named:
        sentences.append(lang.say("You can withdraw them at any time by your link."))
    return page(
        request, "message.html", title=lang.say("Thank you"), sentences=sentences, withdraw=named
    )


async def withdraw(request: Request) -> Response:
    """Ask once more, then delete all answers of who is named."""
    desk, lang = desk_of(request), language_of(request)
    token = desk.token(request)
    if token is None:
        return to("/")
    fields: dict[str, list[str]] = {}
    if request.method == "POST":
        check_same_site(request, desk.public_url)
        fields = await read_fields(request)
        check_tag(fields, token)
    try:
        access = await desk.enter(token)
        if access.wave.settings.mode != "named" or access.state == "new":
            return to("/")
        if request.method != "POST":
            return page(
                request,
                "withdraw.html",
                title=lang.say("Withdraw your answers?"),
                tag=form_tag(token),
            )
        await desk.write(withdraw_job(access, today=desk.today()))
    except SurveyError:
        return link_refused(request)
    desk.forget(token)
    response = page(
        request,
        "message.html",
        title=lang.say("Your answers are deleted"),
        sentences=[lang.say("Nothing of them is left. You can close this page.")],
    )
    drop_cookie(response, https=desk.https)
    return response
