"""Comparisons two by two, and with the best and the worst, as their templates show them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from app.i18n import Language
from app.respondent.forms import BEST, PAIR_STEPS, WORST, Fields, cell_field, one
from app.respondent.steps import Row, Step
from survey.questions import BestWorst, Pairwise


@dataclass(frozen=True, slots=True)
class Pair:
    """Two options and the 17 steps between them."""

    id: str
    cell: str
    name: str
    first: str
    second: str
    first_more: tuple[Step, ...]
    equal: tuple[Step, ...]
    second_more: tuple[Step, ...]


def pairwise_view(question: Pairwise, fields: Fields, lang: Language) -> list[Pair]:
    """All pairs of a question."""
    names = {option.id: lang.pick(option.text) for option in question.options}
    pairs = []
    for place, (first, second) in enumerate(combinations(question.option_ids, 2)):
        cell = f"{first}:{second}"
        given = one(fields, cell_field(cell))
        steps = tuple(
            Step(
                value=str(step),
                figure=str(max(step.numerator, step.denominator)),
                words=comparison(
                    step.numerator, step.denominator, names[first], names[second], lang
                ),
                chosen=str(step) == given,
            )
            for step in PAIR_STEPS
        )
        pairs.append(
            Pair(
                id=f"a-{place}",
                cell=cell,
                name=cell_field(cell),
                first=names[first],
                second=names[second],
                first_more=steps[:8],
                equal=steps[8:9],
                second_more=steps[9:],
            )
        )
    return pairs


def comparison(above: int, below: int, first: str, second: str, lang: Language) -> str:
    """What a step between two options says."""
    if above == below:
        return lang.say("“{first}” and “{second}” matter equally", first=first, second=second)
    more, less = (first, second) if above > below else (second, first)
    return lang.say(
        "“{more}” matters more than “{less}”: {times}, {how}",
        more=more,
        less=less,
        times=max(above, below),
        how=strength(max(above, below), lang),
    )


def strength(times: int, lang: Language) -> str:
    """Words of Saaty's scale."""
    match times:
        case 1:
            return lang.say("equally")
        case 3:
            return lang.say("moderately")
        case 5:
            return lang.say("strongly")
        case 7:
            return lang.say("very strongly")
        case 9:
            return lang.say("extremely")
    return lang.say(
        "between {lower} and {higher}",
        lower=strength(times - 1, lang),
        higher=strength(times + 1, lang),
    )


def best_worst_view(question: BestWorst, fields: Fields, lang: Language) -> dict[str, Any]:
    """Which are best and worst, and the comparisons of each with all others."""
    names = {option.id: lang.pick(option.text) for option in question.options}
    best, worst = (found if (found := one(fields, name)) in names else "" for name in (BEST, WORST))

    def rows(pattern: str, prefix: str, *, without: set[str]) -> list[Row]:
        made = []
        for place, (option, text) in enumerate(names.items()):
            cell = pattern.format(option)
            given = one(fields, cell_field(cell))
            steps = tuple(
                Step(str(k), str(k), strength(k, lang), chosen=given == str(k))
                for k in range(2, 10)
            )
            made.append(
                Row(
                    f"{prefix}-{place}",
                    cell,
                    cell_field(cell),
                    text,
                    option,
                    steps,
                    option in without,
                )
            )
        return made

    than_each = lang.say(
        "How many times better is “{name}”, the best, than each of these?", name="{name}"
    )
    than_worst = lang.say(
        "How many times better is each of these than “{name}”, the worst?", name="{name}"
    )
    return {
        "options": list(names.items()),
        "best": best,
        "worst": worst,
        "named": bool(best and worst and best != worst),
        "ask_best": lang.say("Which one is the best, or matters most?"),
        "ask_worst": lang.say("Which one is the worst, or matters least?"),
        "to_comparisons": lang.say("Compare them with the others"),
        "than_each": than_each,
        "than_worst": than_worst,
        "than_each_now": than_each.replace("{name}", names.get(best, "")),
        "than_worst_now": than_worst.replace("{name}", names.get(worst, "")),
        "best_rows": rows("best:{}", "b", without={best}),
        "worst_rows": rows("{}:worst", "w", without={best, worst}),
    }
