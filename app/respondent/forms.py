"""From the fields of a form to a reply.

A form has one field a cell (``cell.NAME``), a field ``chosen`` for each option that is ticked, and
``text.OPTION`` for words beside an option. A field the question does not have is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.i18n import Language
from survey import SurveyError
from survey.cell_values import named
from survey.collection.replies import Reply
from survey.questions import (
    AnyQuestion,
    BestWorst,
    FreeText,
    MultipleChoice,
    Pairwise,
    SingleChoice,
)

Fields = Mapping[str, Sequence[str]]

CHOSEN: Final = "chosen"
BEST, WORST = "best", "worst"
SEEN_BEST, SEEN_WORST = "seen-best", "seen-worst"
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_DECIMAL = re.compile(r"[+\-\u2212]?[0-9]{1,30}([.,][0-9]{1,30})?")
_SHOWN = 40
# Saaty's scale, from "the first matters 9 times more" to "the second does".
PAIR_STEPS: Final = (
    *(Fraction(k) for k in range(9, 0, -1)),
    *(Fraction(1, k) for k in range(2, 10)),
)


def cell_field(cell: str) -> str:
    """Name of the field that holds a cell."""
    return f"cell.{cell}"


def text_field(option: str) -> str:
    """Name of the field with the words beside an option."""
    return f"text.{option}"


def field_names(question: AnyQuestion) -> frozenset[str]:
    """Names of all fields a question's form may have."""
    match question:
        case SingleChoice() | MultipleChoice():
            beside = (text_field(o.id) for o in question.options if o.open_text)
            return frozenset((CHOSEN, *beside))
        case FreeText():
            return frozenset((text_field(question.id),))
        case BestWorst():
            cells = (cell_field(column) for column in question.columns)
            return frozenset((BEST, WORST, SEEN_BEST, SEEN_WORST, *cells))
    return frozenset(cell_field(column) for column in question.columns)


def read_form(question: AnyQuestion, fields: Fields) -> Reply:
    """Reply that the fields of a form hold.

    Raises
    ------
    SurveyError
        For a field that the question does not have, one given twice, or no number where a number
        is expected. What the numbers and options may be, `accept` checks.

    """
    known = field_names(question)
    for name, values in fields.items():
        if name not in known:
            raise SurveyError(
                "field_unknown",
                "the form has a field {found}, which this question does not have",
                found=_short(name),
            )
        if len(values) > 1 and name != CHOSEN:
            raise SurveyError(
                "field_repeated",
                "the form has the field {found} more than once",
                found=_short(name),
            )
    match question:
        case SingleChoice() | MultipleChoice():
            texts = {
                option.id: text
                for option in question.options
                if (text := one(fields, text_field(option.id))).strip()
            }
            chosen = tuple(value for value in fields.get(CHOSEN, ()) if value)
            return Reply(chosen=chosen, texts=texts)
        case FreeText():
            # Browsers send the line ends of mail.
            return Reply(text=one(fields, text_field(question.id)).replace("\r\n", "\n"))
        case BestWorst():
            return Reply(cells=_best_worst(question, fields))
    return Reply(cells=_cells(question.columns, fields))


def one(fields: Fields, name: str) -> str:
    """Value of a field that stands once; empty where it does not stand."""
    values = fields.get(name, ())
    return values[0] if values else ""


def _cells(columns: Iterable[str], fields: Fields) -> dict[str, float]:
    return {
        column: read_number(text)
        for column in columns
        if (text := one(fields, cell_field(column)).strip())
    }


def _best_worst(question: BestWorst, fields: Fields) -> dict[str, float]:
    """Cells of the best and the worst named, and of the comparisons with these.

    Comparisons with what was the best or the worst before are not comparisons with the new one.
    """
    ids = question.option_ids
    best, worst = one(fields, BEST), one(fields, WORST)
    for given in (best, worst):
        if given and given not in ids:
            raise SurveyError(
                "option_not_offered",
                "{found} is not among the options of this question",
                found=_short(given),
            )
    if best and best == worst:
        raise SurveyError(
            "best_is_worst", "the best and the worst are the same; two different ones are expected"
        )
    cells: dict[str, float] = {}
    if best:
        if best == one(fields, SEEN_BEST):
            cells |= _cells((f"best:{o}" for o in ids), fields)
        cells[f"best:{best}"] = 1.0
    if worst:
        if worst == one(fields, SEEN_WORST):
            cells |= _cells((f"{o}:worst" for o in ids), fields)
        cells[f"{worst}:worst"] = 1.0
    if best and worst:
        # The best against the worst is one comparison, asked once, that stands in both lists.
        cells.pop(f"{best}:worst", None)
        if (together := cells.get(f"best:{worst}")) is not None:
            cells[f"{best}:worst"] = together
    return cells


def read_number(text: str) -> float:
    """Read a number with a decimal comma or point, or a ratio of Saaty's scale such as ``1/3``."""
    plain = _SPACES.sub("", text)
    if plain in _RATIOS:
        return _RATIOS[plain]
    if not _DECIMAL.fullmatch(plain):
        raise SurveyError(
            "number_unreadable",
            "“{found}” is not a number; digits are expected, such as 12 or 12.5",
            found=_short(text),
        )
    return float(plain.replace(",", ".").replace("\u2212", "-"))


_RATIOS: Final = {str(step): float(step) for step in PAIR_STEPS if step.denominator > 1}


def pair_step(value: float) -> Fraction | None:
    """Step of Saaty's scale nearest to a stored ratio; None for no ratio of it."""
    nearest = min(PAIR_STEPS, key=lambda step: abs(float(step) - value))
    return nearest if abs(float(nearest) - value) < 1e-6 else None


def fields_of(question: AnyQuestion, reply: Reply, decimal: str) -> dict[str, list[str]]:
    """Fields that a form shows for a stored reply: what `read_form` reads back."""
    match question:
        case SingleChoice() | MultipleChoice():
            beside = {text_field(option): [words] for option, words in reply.texts.items()}
            return {CHOSEN: list(reply.chosen)} | beside
        case FreeText():
            return {text_field(question.id): [reply.text]}
        case Pairwise():
            steps = ((cell, pair_step(value)) for cell, value in reply.cells.items())
            return {cell_field(cell): [str(step)] for cell, step in steps if step is not None}
    fields = {
        cell_field(cell): [number_text(value, decimal)] for cell, value in reply.cells.items()
    }
    if isinstance(question, BestWorst):
        best, worst = named(question, reply.cells)
        fields |= {BEST: [best or ""], WORST: [worst or ""]}
    return fields


def decimal_sign(lang: Language) -> str:
    """Sign before the decimals."""
    return "," if lang.code == "ru" else "."


def number_text(value: float, decimal: str) -> str:
    """Write a stored number as it is typed: whole where it is whole."""
    if float(value).is_integer():
        return str(int(value))
    return f"{Decimal(repr(float(value))):f}".replace(".", decimal)


def cleared(fields: Fields, name: str) -> dict[str, Sequence[str]]:
    """Fields without one: what its "no answer" button does without a script."""
    return {field: values for field, values in fields.items() if field != name}


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
