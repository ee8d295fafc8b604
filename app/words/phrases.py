"""Small phrases that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from app.i18n import Language


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
