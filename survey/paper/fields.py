"""Where to write the answer: marks, blanks, tables."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import combinations
from typing import Final

from survey.paper.wording import Say
from survey.questions import (
    AnyQuestion,
    BestWorst,
    FreeText,
    Grid,
    MultipleChoice,
    Option,
    Pairwise,
    Points,
    Quantity,
    Ranking,
    Rating,
    SingleChoice,
)

_RATIOS: Final = (9, 7, 5, 3, 1, 3, 5, 7, 9)
_WIDE: Final = 7  # columns of words that fit across a page
_ROUND: Final = '<span class="mark round"></span>'
_SQUARE: Final = '<span class="mark"></span>'
_SHORT: Final = '<span class="blank short"></span>'
_BLANK: Final = '<span class="blank"></span>'


def field_of(question: AnyQuestion, language: str, say: Say) -> str:
    """HTML of the place for the answer."""
    match question:
        case SingleChoice() | MultipleChoice():
            mark = _ROUND if isinstance(question, SingleChoice) else _SQUARE
            field = _list(mark + _words(option, language) for option in question.options)
        case Rating():
            field = _rating(question, language)
        case Grid():
            field = _grid(question, language)
        case Ranking() | Points():
            field = _list(_SHORT + _words(option, language) for option in question.options)
        case Pairwise():
            field = _pairs(question.options, language)
        case BestWorst():
            field = "".join(
                f"<p>{escape(name)} {_BLANK}</p>\n"
                for name in (say("The best:"), say("The worst:"))
            )
            heads = [say("The best against it"), say("It against the worst")]
            field += _table([escape(head) for head in heads], _titles(question.options, language))
        case Quantity():
            field = _quantity(question, language, say)
        case FreeText():
            field = '<span class="line"></span>' * question.lines
    return field


def _quantity(question: Quantity, language: str, say: Say) -> str:
    low, high = question.low, question.high
    bounds = ""
    if low is not None and high is not None:
        bounds = say("(from {low} to {high})", low=low, high=high)
    elif low is not None:
        bounds = say("({low} or more)", low=low)
    elif high is not None:
        bounds = say("({high} or less)", high=high)
    unit = "" if question.unit is None else question.unit.get(language)
    return f"<p>{_BLANK} {escape(f'{unit} {bounds}'.strip())}</p>"


def _rating(question: Rating, language: str) -> str:
    scale = question.scale
    heads = []
    for value in range(scale.low, scale.high + 1):
        label = scale.labels.get(value)
        small = "" if label is None else f"<small>{escape(label.get(language))}</small>"
        heads.append(f"{value}{small}")
    return _table(heads, _titles(question.options, language), cell=_ROUND)


def _grid(question: Grid, language: str) -> str:
    rows = _titles(question.options, language)
    heads = _titles(question.criteria, language)
    if len(heads) > max(_WIDE, len(rows)):
        # More criteria than a page is wide for: they stand below each other instead.
        rows, heads = heads, rows
    return _table(heads, rows)


def _pairs(options: tuple[Option, ...], language: str) -> str:
    scale = "".join(f"<td>{ratio}</td>" for ratio in _RATIOS)
    rows = "\n".join(
        f'<tr><td class="thing">{a}</td>{scale}<td class="thing">{b}</td></tr>'
        for a, b in combinations(_titles(options, language), 2)
    )
    return f"<table>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _table(heads: list[str], rows: list[str], cell: str = "") -> str:
    many = ' class="many"' if len(heads) > _WIDE else ""
    head = "".join(f"<th>{text}</th>" for text in heads)
    boxes = f'<td class="box">{cell}</td>' * len(heads)
    body = "\n".join(f'<tr><td class="thing">{row}</td>{boxes}</tr>' for row in rows)
    return (
        f'<table{many}>\n<thead><tr><th class="thing"></th>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _words(option: Option, language: str) -> str:
    write = f" {_BLANK}" if option.open_text else ""
    return f'<span class="words">{escape(option.text.get(language))}{write}</span>'


def _titles(options: tuple[Option, ...], language: str) -> list[str]:
    return [escape(option.text.get(language)) for option in options]


def _list(items: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"
