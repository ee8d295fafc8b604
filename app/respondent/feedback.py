"""What the panel said in the round before, as a respondent of the next round reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.i18n import Language
from app.respondent.refusals import cell_name
from survey.questions import AnyQuestion


def said_before(
    question: AnyQuestion, feedback: Mapping[str, Any] | None, lang: Language
) -> list[tuple[str, str]]:
    """What was said to a question: each cell or option, and the figures in words."""
    found = (feedback or {}).get(question.id)
    if not found:
        return []
    return [
        (cell_name(question, cell, lang), _figures(figures, lang))
        for cell, figures in found["items"].items()
    ]


def _figures(figures: Mapping[str, float], lang: Language) -> str:
    if "share" in figures:
        return lang.say("chosen by {share}", share=lang.percent(figures["share"]))
    low, median, high = (_number(figures[name], lang) for name in ("low", "median", "high"))
    return lang.say(
        "median {median}; half of the answers from {low} to {high}",
        median=median,
        low=low,
        high=high,
    )


def _number(value: float, lang: Language) -> str:
    return lang.number(value, 0 if float(value).is_integer() else 2)
