"""Answering: one question a page, and saving each answer when it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.i18n import LANGUAGES, Language
from app.respondent.desk import Desk
from app.respondent.entrance import desk_of, keep_language, link_refused
from app.respondent.feedback import said_before
from app.respondent.forms import Fields, cleared, decimal_sign, fields_of, read_form
from app.respondent.pages import failure, flagged, language_of, page, script_texts
from app.respondent.refusals import cell_of, said
from app.respondent.security import TAG, check_tag
from app.respondent.views import View, view
from app.web.forms import check_same_site, read_fields, to
from survey import SurveyError
from survey.collection.access import Access
from survey.collection.flow import asked, left
from survey.collection.replies import Reply, unfinished
from survey.collection.sessions import read_replies, save_job
from survey.collection.tokens import form_tag
from survey.questions import AnyQuestion

ACTION = "action"
_NOT_THEIRS = frozenset({"not_answering", "question_not_asked", "question_unknown"})
_NOT_A_FORM = frozenset({"field_unknown", "field_repeated"})


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who answers, what was answered so far, and what is asked."""

    token: str
    access: Access
    replies: Mapping[str, Reply]
    asked: tuple[AnyQuestion, ...]

    def place(self, question_id: str) -> int | None:
        """Place of a question among those asked; None if it is not."""
        ids = [question.id for question in self.asked]
        return ids.index(question_id) if question_id in ids else None


async def sitting(request: Request, desk: Desk) -> Sitting | Response:
    """Sitting of the cookie, or the page to show instead."""
    token = desk.token(request)
    if token is None:
        return to("/")
    try:
        access = await desk.enter(token)
    except SurveyError:
        return link_refused(request)
    if access.state != "answering":
        return to("/")
    replies = await desk.call(lambda: read_replies(desk.store, access))
    return Sitting(token, access, replies, asked(access.wave.settings.questionnaire, replies))


async def go_on(request: Request) -> Response:
    """Go to the first question that nothing was said to, else to all answers."""
    found = await sitting(request, desk_of(request))
    if isinstance(found, Response):
        return found
    for question in found.asked:
        if found.replies.get(question.id, Reply()).empty:
            return to(f"/q/{question.id}")
    return to("/review")


async def question(request: Request) -> Response:
    """Show one question."""
    found = await sitting(request, desk_of(request))
    if isinstance(found, Response):
        return found
    wanted = request.path_params["id"]
    place = found.place(wanted)
    if place is None:
        return failure(request, 404) if _is_unknown(found, wanted) else to("/next")
    asking, lang = found.asked[place], language_of(request)
    reply = found.replies.get(wanted)
    problems: list[tuple[str, str]] = []
    shown = view(asking, fields_of(asking, reply or Reply(), decimal_sign(lang)), lang)
    if request.query_params.get("check") == "1":
        problems = _problems(unfinished(asking, reply), asking, shown, lang)
    return _question_page(request, found, place, shown, problems)


def _is_unknown(found: Sitting, wanted: str) -> bool:
    return wanted not in {q.id for q in found.access.wave.settings.questionnaire.questions}


def _problems(
    errors: Sequence[SurveyError], asking: AnyQuestion, shown: View, lang: Language
) -> list[tuple[str, str]]:
    return [
        (said(error, asking, lang), shown.anchors.get(cell_of(error), shown.first))
        for error in errors
    ]


def _question_page(
    request: Request,
    found: Sitting,
    place: int,
    shown: View,
    problems: Sequence[tuple[str, str]],
    *,
    status: int = 200,
) -> Response:
    lang = language_of(request)
    wave = found.access.wave
    number, total = place + 1, len(found.asked)
    return page(
        request,
        "question.html",
        status,
        site=lang.pick(wave.settings.title),
        title=lang.say("Question {number} of {total}", number=number, total=total),
        preview=found.access.kind == "preview",
        question=shown,
        number=number,
        total=total,
        problems=problems,
        refused=status != 200,
        saved=request.query_params.get("saved") == "1",
        saved_words=lang.say("Saved."),
        tag=form_tag(found.token),
        texts=script_texts(lang),
        feedback=said_before(found.asked[place], wave.feedback, lang),
        switch_in_form=True,
    )


async def answer(request: Request) -> Response:
    """Take one question's form: save first, then go where the button says."""
    desk = desk_of(request)
    check_same_site(request, desk.public_url)
    fields = await read_fields(request)
    token = desk.token(request)
    if token is None:
        return failure(request, 403)
    check_tag(fields, token)
    action = fields.get(ACTION, ["save"])[-1]
    given: Fields = {name: v for name, v in fields.items() if name not in {TAG, ACTION}}
    verb, _, rest = action.partition(":")
    if verb == "clear":
        given = cleared(given, rest)
    wanted = request.path_params["id"]
    try:
        access = await desk.enter(token)
        asking = access.wave.settings.questionnaire.question(wanted)
        await desk.write(save_job(access, wanted, read_form(asking, given), today=desk.today()))
    except SurveyError as error:
        return await _not_saved(request, error, given)
    if verb == "language" and rest in LANGUAGES:
        response = to(f"/q/{wanted}")
        keep_language(response, rest, https=desk.https)
        return response
    if verb == "clear":
        return to(f"/q/{wanted}")
    return await _onward(request, wanted, verb)


async def _onward(request: Request, wanted: str, verb: str) -> Response:
    """Where a button leads, once the answer is saved."""
    found = await sitting(request, desk_of(request))
    if isinstance(found, Response):
        return found
    place = found.place(wanted)
    if verb == "review" or place is None:
        return to("/review")
    if verb == "back":
        return to(f"/q/{found.asked[place - 1].id}" if place else "/")
    if verb != "next":
        return to(flagged(f"/q/{wanted}", "saved"))
    if unfinished(found.asked[place], found.replies.get(wanted)):
        return to(flagged(f"/q/{wanted}", "check", "problems"))
    later = found.asked[place + 1 :]
    return to(f"/q/{later[0].id}" if later else "/review")


async def _not_saved(request: Request, error: SurveyError, given: Fields) -> Response:
    """Show the form again as it was sent, with what is wrong; nothing was stored."""
    if error.code == "link_refused":
        return link_refused(request)
    if error.code in _NOT_THEIRS:
        return failure(request, 404 if error.code == "question_unknown" else 403)
    if error.code in _NOT_A_FORM:
        raise HTTPException(400) from error
    found = await sitting(request, desk_of(request))
    if isinstance(found, Response):
        return found
    place = found.place(request.path_params["id"])
    if place is None:
        return failure(request, 403)
    asking, lang = found.asked[place], language_of(request)
    shown = view(asking, given, lang)
    problems = _problems([error], asking, shown, lang)
    return _question_page(request, found, place, shown, problems, status=422)


async def autosave(request: Request) -> Response:
    """Save what the script sends while one answers."""
    desk, lang = desk_of(request), language_of(request)
    check_same_site(request, desk.public_url)
    fields = await read_fields(request)
    token = desk.token(request)
    if token is None:
        return failure(request, 403)
    check_tag(fields, token)
    given = {name: values for name, values in fields.items() if name not in {TAG, ACTION}}
    wanted = request.path_params["id"]
    try:
        access = await desk.entered(token)
        asking = access.wave.settings.questionnaire.question(wanted)
        await desk.write(save_job(access, wanted, read_form(asking, given), today=desk.today()))
    except SurveyError as error:
        if error.code in _NOT_THEIRS:
            return failure(request, 404 if error.code == "question_unknown" else 403)
        if error.code in _NOT_A_FORM:
            return failure(request, 400)
        status = 403 if error.code == "link_refused" else 422
        sentence = lang.sentence(error) if status == 403 else said(error, asking, lang)
        return JSONResponse({"refused": sentence, "again": False}, status_code=status)
    return JSONResponse({"saved": True})


def still_to_do(found: Sitting, lang: Language) -> list[tuple[str, str, str]]:
    """Questions that are not finished: id, text, and what is to be done."""
    todo = left(found.access.wave.settings.questionnaire, found.replies)
    return [
        (each.id, lang.pick(each.text), " ".join(said(e, each, lang) for e in todo[each.id]))
        for each in found.asked
        if each.id in todo
    ]
