"""What a question's template shows: options, steps of scales, and what was answered so far.

Nothing is chosen that the respondent has not chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.i18n import Language
from app.respondent.forms import (
    CHOSEN,
    Fields,
    cell_field,
    one,
    text_field,
)
from app.respondent.pair_views import best_worst_view, pairwise_view
from app.respondent.steps import Made, Row, Step, anchors_of, scale_steps, scale_words
from app.respondent.typed_views import number_view, points_view, text_view
from survey.cell_values import places_of
from survey.collection.words import LONGEST_BESIDE
from survey.paper.wording import instruction
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
    Scale,
    SingleChoice,
)

# Above so many steps a number is typed: a row of them would not fit a phone.
_MOST_STEPS = 11


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice, with the words beside it."""

    id: str
    value: str
    text: str
    checked: bool
    exclusive: bool
    beside: str
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """A question as its template needs it.

    Attributes
    ----------
    how : str
        How to answer.
    parts : dict
        What only this kind of question has.
    anchors : dict
        Id of the element in which a cell or option is answered.
    """

    id: str
    kind: str
    text: str
    note: str
    how: str
    required: bool
    parts: dict[str, Any] = field(default_factory=dict)
    anchors: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """Where answering begins."""
        return next(iter(self.anchors.values()))


def view(question: AnyQuestion, fields: Fields, lang: Language) -> View:
    """View of a question with the fields of its form: stored ones, or such as were refused."""
    how, parts, anchors = _parts(question, fields, lang)
    return View(
        id=question.id,
        kind=question.kind,
        text=lang.pick(question.text),
        note=lang.pick(question.note) if question.note else "",
        how=how,
        required=question.required,
        parts=parts,
        anchors=anchors,
    )


def _parts(  # noqa: PLR0911 - one a kind
    question: AnyQuestion, fields: Fields, lang: Language
) -> Made:
    match question:
        case SingleChoice() | MultipleChoice():
            return _choices(question, fields, lang)
        case Rating():
            cells = zip(question.option_ids, question.options, strict=True)
            rows = _rated(cells, question.scale, fields, lang)
            parts = {"rows": rows, "scale": scale_words(question.scale, lang)}
            return (
                _how_to_rate(question.scale, lang, required=question.required),
                parts,
                anchors_of(rows),
            )
        case Grid():
            return _grid(question, fields, lang)
        case Ranking():
            return _ranking(question, fields, lang)
        case Points():
            return points_view(question, fields, lang)
        case Pairwise():
            pairs = pairwise_view(question, fields, lang)
            how = lang.say(
                "In each pair choose on the side of what matters more; the number says how many "
                "times more: 1 is equally, 3 moderately, 5 strongly, 7 very strongly, 9 extremely."
            )
            parts = {
                "rows": pairs,
                "or": lang.say("or"),
                "first_more": lang.say("“{name}” matters more", name="{name}"),
                "equal": lang.say("Equally"),
            }
            return how, parts, {pair.cell: pair.id for pair in pairs}
        case BestWorst():
            return _best_worst(question, fields, lang)
        case Quantity():
            return number_view(question, fields, lang)
        case FreeText():
            return text_view(question, fields, lang)


def _choices(question: SingleChoice | MultipleChoice, fields: Fields, lang: Language) -> Made:
    rows = [
        Choice(
            id=f"a-{place}",
            value=option.id,
            text=lang.pick(option.text),
            checked=option.id in fields.get(CHOSEN, ()),
            exclusive=option.exclusive,
            beside=text_field(option.id) if option.open_text else "",
            words=one(fields, text_field(option.id)),
        )
        for place, option in enumerate(question.options)
    ]
    parts = {
        "rows": rows,
        "name": CHOSEN,
        "most": question.max_picks if isinstance(question, MultipleChoice) else None,
        "in_words": lang.say("In your own words"),
        "longest": LONGEST_BESIDE,
    }
    how = instruction(question, lang.code, lang.say)
    return how, parts, {row.value: row.id for row in rows}


def _how_to_rate(scale: Scale, lang: Language, *, required: bool) -> str:
    if _is_long(scale):
        return lang.say(
            "Write a whole number from {low} to {high} in each field.",
            low=scale.low,
            high=scale.high,
        )
    if required:
        return lang.say("Mark one in each line.")
    return lang.say("Mark one in each line; leave out what you cannot judge.")


def _is_long(scale: Scale) -> bool:
    return scale.high - scale.low + 1 > _MOST_STEPS


def _rated(
    cells: Iterable[tuple[str, Option]],
    scale: Scale,
    fields: Fields,
    lang: Language,
    start: int = 0,
) -> list[Row]:
    rows = []
    for place, (cell, option) in enumerate(cells, start):
        name = cell_field(cell)
        given = one(fields, name)
        steps = () if _is_long(scale) else scale_steps(scale, given, lang)
        rows.append(Row(f"a-{place}", cell, name, lang.pick(option.text), given, steps))
    return rows


def _grid(question: Grid, fields: Fields, lang: Language) -> Made:
    blocks: list[dict[str, Any]] = []
    for place, option in enumerate(question.options):
        cells = ((f"{option.id}:{criterion.id}", criterion) for criterion in question.criteria)
        start = place * len(question.criteria)
        rows = _rated(cells, question.scale, fields, lang, start)
        blocks.append({"id": f"block-{place}", "text": lang.pick(option.text), "rows": rows})
    parts = {"blocks": blocks, "scale": scale_words(question.scale, lang)}
    anchors = {row.cell: row.id for block in blocks for row in block["rows"]}
    return _how_to_rate(question.scale, lang, required=question.required), parts, anchors


def _ranking(question: Ranking, fields: Fields, lang: Language) -> Made:
    most = places_of(question)
    rows = []
    for place, option in enumerate(question.options):
        name = cell_field(option.id)
        given = one(fields, name)
        steps = tuple(Step(str(k), str(k), "", given == str(k)) for k in range(1, most + 1))
        rows.append(Row(f"a-{place}", option.id, name, lang.pick(option.text), given, steps))
    parts = {"rows": rows, "most": most, "none": "–", "place": lang.say("Place")}
    return instruction(question, lang.code, lang.say), parts, anchors_of(rows)


def _best_worst(question: BestWorst, fields: Fields, lang: Language) -> Made:
    parts = best_worst_view(question, fields, lang)
    how = lang.say(
        "First choose the best and the worst. Then say how many times better the best is than each "
        "of the others, and how many times better each is than the worst: 2 is a little, 9 extremely."
    )
    rows = (*parts["best_rows"], *parts["worst_rows"])
    return how, parts, {"": "best-0"} | anchors_of(rows)
