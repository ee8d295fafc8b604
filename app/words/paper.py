"""Answers typed in from paper, in words."""

from __future__ import annotations

from fractions import Fraction

from app.i18n import Language
from survey.collection.replies import Reply
from survey.questions import AnyQuestion, FreeText, Grid, Quantity

_LARGEST_RATIO = 9


def reply_in_words(question: AnyQuestion, reply: Reply, lang: Language) -> str:
    """One answer on one line; what was left empty says so."""
    if reply.empty:
        return lang.say("nothing is marked")
    if isinstance(question, FreeText):
        return f"“{reply.text}”"
    if isinstance(question, Quantity):
        return "; ".join(_figure(value, lang) for value in reply.cells.values())
    names = {option.id: lang.pick(option.text) for option in question.options}
    if isinstance(question, Grid):
        names |= {each.id: lang.pick(each.text) for each in question.criteria}
    names |= {"best": lang.say("the best"), "worst": lang.say("the worst")}
    chosen = [
        names[each] + (f" “{reply.texts[each]}”" if each in reply.texts else "")
        for each in reply.chosen
    ]
    beside = [
        f"{names[each]} “{words}”"
        for each, words in reply.texts.items()
        if each not in reply.chosen
    ]
    cells = [
        f"{' – '.join(names[part] for part in cell.split(':'))}: {_figure(value, lang)}"
        for cell, value in reply.cells.items()
    ]
    return "; ".join((*chosen, *beside, *cells))


def _figure(value: float, lang: Language) -> str:
    """Whole numbers as such, ratios of a comparison as fractions."""
    if float(value).is_integer():
        return lang.number(value, 0)
    exact = Fraction(value).limit_denominator(_LARGEST_RATIO)
    if exact.numerator == 1 and abs(float(exact) - value) < 1e-6:
        return f"1/{exact.denominator}"
    return lang.number(value, 2)
