"""Answers as the page with all of them shows them."""

from __future__ import annotations

from itertools import combinations

from app.i18n import Language
from app.respondent.forms import decimal_sign, number_text, pair_step
from app.respondent.pair_views import comparison
from survey.cell_values import named
from survey.collection.replies import Reply
from survey.questions import (
    AnyQuestion,
    BestWorst,
    FreeText,
    Grid,
    MultipleChoice,
    Pairwise,
    Quantity,
    Ranking,
    Rating,
    SingleChoice,
)


def in_words(  # noqa: C901, PLR0911 - one a kind
    question: AnyQuestion, reply: Reply | None, lang: Language
) -> list[str]:
    """Lines of one answer; none where nothing was answered."""
    if reply is None or reply.empty:
        return []
    decimal = decimal_sign(lang)
    if isinstance(question, FreeText):
        return reply.text.splitlines()
    if isinstance(question, Quantity):
        unit = f" {lang.pick(question.unit)}" if question.unit else ""
        return [number_text(value, decimal) + unit for value in reply.cells.values()]
    names = {option.id: lang.pick(option.text) for option in question.options}
    match question:
        case SingleChoice() | MultipleChoice():
            return [
                _chosen(option, names, reply)
                for option in names
                if option in reply.chosen or option in reply.texts
            ]
        case Ranking():
            places = sorted(reply.cells.items(), key=lambda each: each[1])
            return [f"{number_text(place, '')}. {names[option]}" for option, place in places]
        case Grid():
            criteria = {each.id: lang.pick(each.text) for each in question.criteria}
            return [
                lang.say(
                    "{option}: {given} of {total} rated",
                    option=names[option],
                    given=sum(f"{option}:{c}" in reply.cells for c in criteria),
                    total=len(criteria),
                )
                for option in names
            ]
        case Pairwise():
            return [
                comparison(step.numerator, step.denominator, names[a], names[b], lang)
                for a, b in combinations(names, 2)
                if (value := reply.cells.get(f"{a}:{b}")) is not None
                and (step := pair_step(value)) is not None
            ]
        case BestWorst():
            return _best_worst(question, reply, names, lang)
    labels = question.scale.labels if isinstance(question, Rating) else {}
    lines = []
    for option, name in names.items():
        if (value := reply.cells.get(option)) is not None:
            label = labels.get(int(value))
            said = f" – {lang.pick(label)}" if label else ""
            lines.append(f"{name}: {number_text(value, decimal)}{said}")
    return lines


def _chosen(option: str, names: dict[str, str], reply: Reply) -> str:
    words = reply.texts.get(option, "")
    return f"{names[option]}: {words}" if words else names[option]


def _best_worst(
    question: BestWorst, reply: Reply, names: dict[str, str], lang: Language
) -> list[str]:
    best, worst = named(question, reply.cells)
    compared = sum(value != 1 for value in reply.cells.values())
    if best and worst and f"best:{worst}" in reply.cells:
        compared -= 1  # one comparison that stands in two cells
    lines = []
    if best:
        lines.append(lang.say("The best: {name}", name=names[best]))
    if worst:
        lines.append(lang.say("The worst: {name}", name=names[worst]))
    lines.append(
        lang.say("{given} of {total} comparisons made", given=compared, total=2 * len(names) - 3)
    )
    return lines
