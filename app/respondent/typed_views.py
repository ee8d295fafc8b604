"""Questions that are answered by typing: points, a number, words."""

from __future__ import annotations

from app.i18n import Language
from app.respondent.forms import (
    Fields,
    cell_field,
    decimal_sign,
    number_text,
    one,
    text_field,
)
from app.respondent.steps import Made, Row, anchors_of
from survey.paper.wording import instruction
from survey.questions import FreeText, Points, Quantity


def points_view(question: Points, fields: Fields, lang: Language) -> Made:
    """Points to be shared."""
    rows = [
        Row(
            f"a-{place}",
            option.id,
            cell_field(option.id),
            lang.pick(option.text),
            one(fields, cell_field(option.id)),
        )
        for place, option in enumerate(question.options)
    ]
    parts = {"rows": rows, "total": question.total}
    return instruction(question, lang.code, lang.say), parts, anchors_of(rows)


def number_view(question: Quantity, fields: Fields, lang: Language) -> Made:
    """One number."""
    decimal = decimal_sign(lang)
    low, high = (
        None if bound is None else number_text(bound, decimal)
        for bound in (question.low, question.high)
    )
    whole = lang.say("A whole number") if question.whole else lang.say("A number")
    if low is not None and high is not None:
        how = lang.say("{what} from {low} to {high}.", what=whole, low=low, high=high)
    elif low is not None:
        how = lang.say("{what}, {low} or more.", what=whole, low=low)
    elif high is not None:
        how = lang.say("{what}, {high} or less.", what=whole, high=high)
    else:
        how = f"{whole}."
    name = cell_field(question.id)
    parts = {
        "name": name,
        "value": one(fields, name),
        "unit": lang.pick(question.unit) if question.unit else "",
        "whole": question.whole,
    }
    return how, parts, {question.id: "a-0"}


def text_view(question: FreeText, fields: Fields, lang: Language) -> Made:
    """Words of one's own."""
    name = text_field(question.id)
    parts = {
        "name": name,
        "value": one(fields, name),
        "lines": question.lines,
        "longest": question.longest,
    }
    how = instruction(question, lang.code, lang.say)
    limit = lang.say("{most} characters at most.", most=lang.number(question.longest, 0))
    return f"{how} {limit}", parts, {question.id: "a-0"}
