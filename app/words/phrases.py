"""Small phrases that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from app.i18n import Language

# The smallest share told as a figure.
_LEAST_PART = 0.0001


def counted(lang: Language, value: float) -> str:
    """Number of votes: whole where it is whole, since a shared first place is split."""
    return lang.number(value, 0 if abs(value - round(value)) < 1e-9 else 1)


def ranked(counts: Mapping[str, float]) -> list[tuple[str, float]]:
    """Items with a count above zero, largest first; equal ones keep their order."""
    return sorted(((k, v) for k, v in counts.items() if v > 0), key=lambda item: -item[1])


def votes(firsts: Iterable[tuple[str, ...]]) -> dict[str, float]:
    """Count first places, a shared one split among those who share it."""
    counts: dict[str, float] = {}
    for first in firsts:
        for each in first:
            counts[each] = counts.get(each, 0.0) + 1 / len(first)
    return counts


def plain(value: float, lang: Language) -> str:
    """A figure as the source prints it: as many decimals as it has, up to three."""
    digits = next((d for d in range(4) if abs(value - round(value, d)) < 1e-9), 3)
    return lang.number(value, digits)


def quoted(lang: Language, items: Iterable[str]) -> str:
    """List names in quotation marks as a sentence does."""
    return lang.listed([lang.say("“{name}”", name=item) for item in items])


def stop(text: str) -> str:
    """End a text of the study with a full stop, once."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", "…")) else stripped + "."


def text_of(value: object) -> str:
    """Text of a table's cell; empty where there is none."""
    return "" if value is None or pd.isna(value) else str(value).strip()  # type: ignore[call-overload]


def some(items: Sequence[str], lang: Language, limit: int = 6) -> str:
    """List items as a sentence does; of many only the first, and how many more there are."""
    if len(items) <= limit:
        return lang.listed(list(items))
    return lang.say(
        "{items} and {count} more",
        items=", ".join(items[: limit - 1]),
        count=len(items) - limit + 1,
    )


def place(lang: Language, rank: float) -> str:
    """A place; with a decimal only where it is shared."""
    return lang.number(float(rank), 0 if float(rank).is_integer() else 1)


def part(value: float, lang: Language) -> str:
    """A share as a percentage; small ones with the decimals that they need."""
    if 0 < value < _LEAST_PART:
        return lang.say("under {limit}", limit=lang.percent(_LEAST_PART, 2))
    return lang.percent(value, 0 if value >= 0.1 else 1 if value >= 0.01 else 2)


def how_sure(exact: bool, lang: Language) -> str:
    """Whether a smallest change is exact, or the smallest that a search has found."""
    if exact:
        return lang.say("This is exact: nothing smaller does it.")
    return lang.say("This is an upper bound, found by search: something smaller may do it.")
