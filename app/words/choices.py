"""The choices of the specification curve: what they are called, and what each does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import Language
from app.words.names import Names
from app.words.phrases import votes
from mcda import METHODS
from mcda.specification import SpecificationCurve

CHOICES = ("panel", "reading", "method", "normalisation")


@dataclass(frozen=True, slots=True)
class Spread:
    """How far one choice moves the share of first places of the direction that leads most."""

    choice: str
    low: float
    high: float
    lowest: str
    highest: str


def choice_name(choice: str, lang: Language) -> str:
    """What is chosen."""
    return {
        "panel": lang.say("panel of experts"),
        "reading": lang.say("reading of the computed criterion"),
        "method": lang.say("method"),
        "normalisation": lang.say("normalisation"),
    }[choice]


def option_name(choice: str, option: str, names: Names, lang: Language) -> str:
    """What an option of a choice is called."""
    if choice == "panel":
        return names.pooling(option)
    if choice == "method":
        return names.method(option)
    if choice == "normalisation":
        return names.normalisation(option) if option else lang.say("its own")
    reading, _, share = option.partition(" ")
    if not share:
        return names.reading(reading)
    return lang.say(
        "{reading}, {share} of the weight",
        reading=names.reading(reading),
        share=lang.percent(float(share)),
    )


def shares(curve: SpecificationCurve) -> dict[str, dict[str, dict[str, float]]]:
    """Share of the combinations in which each direction is first, by choice and option.

    The curve's ``method`` names the normalisation too; here they are two choices.
    """
    firsts: dict[str, dict[str, list[tuple[str, ...]]]] = {c: {} for c in CHOICES}
    for each in curve.specifications:
        for choice, option in _taken(each.options):
            firsts[choice].setdefault(option, []).append(each.first)
    return {
        choice: {
            option: {a: n / len(found) for a, n in votes(found).items()}
            for option, found in options.items()
        }
        for choice, options in firsts.items()
    }


def spreads(curve: SpecificationCurve, names: Names, lang: Language) -> list[Spread]:
    """Choices with more than one option, the one that moves the answer most first."""
    leader = max(curve.first_by, key=lambda a: curve.first_by[a])
    found = []
    for choice, options in shares(curve).items():
        if len(options) < 2:
            continue
        of_leader = {o: s.get(leader, 0.0) for o, s in options.items()}
        low, high = (pick(of_leader, key=of_leader.__getitem__) for pick in (min, max))
        found.append(
            Spread(
                choice,
                of_leader[low],
                of_leader[high],
                option_name(choice, low, names, lang),
                option_name(choice, high, names, lang),
            )
        )
    return sorted(found, key=lambda s: s.low - s.high)


def _taken(options: object) -> Iterator[tuple[str, str]]:
    given = dict(options)  # type: ignore[call-overload]
    label = str(given.pop("method"))
    yield from given.items()
    method, _, normalisation = (label, "", "") if label in METHODS else label.rpartition("-")
    yield "method", method
    yield "normalisation", normalisation
