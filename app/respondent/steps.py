"""Steps of scales, with the words a screen reader says for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.i18n import Language
from survey.questions import Scale


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is sent, what is seen, what is said besides."""

    value: str
    figure: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One cell to be filled: steps to choose from, or a field to type in."""

    id: str
    cell: str
    name: str
    text: str
    value: str
    steps: tuple[Step, ...] = ()
    hidden: bool = False


# How to answer, what the template shows, and where each cell is.
Made = tuple[str, dict[str, Any], dict[str, str]]


def anchors_of(rows: Iterable[Row]) -> dict[str, str]:
    """Where each cell is answered."""
    return {row.cell: row.id for row in rows}


def scale_steps(scale: Scale, given: str, lang: Language) -> tuple[Step, ...]:
    """Steps of a rating."""
    return tuple(
        Step(
            value=str(value),
            figure=str(value),
            words=lang.pick(scale.labels[value]) if value in scale.labels else "",
            chosen=given == str(value),
        )
        for value in range(scale.low, scale.high + 1)
    )


def scale_words(scale: Scale, lang: Language) -> list[tuple[int, str]]:
    """Named steps of a scale, lowest first."""
    return [(value, lang.pick(label)) for value, label in sorted(scale.labels.items())]
