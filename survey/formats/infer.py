"""A questionnaire made of what a file shows, where the analyst gives none.

Nothing is invented: both languages hold the text that was found, a scale runs over the values that
were found, and grades known by words only stay choices, because their order is not in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from survey.dataset import Remark, remark
from survey.formats.joined import JoinedReader, propose_options
from survey.formats.names import bare, grade_of, ids_of, number_of, plain
from survey.formats.raw import Column, Columns, Item, Joined, Ranked, Raw, Ticks
from survey.questions import (
    AnyQuestion,
    FreeText,
    MultipleChoice,
    Option,
    Quantity,
    Ranking,
    Rating,
    Scale,
    SingleChoice,
    Text,
)

_MOST_GRADES = 11  # points of a scale, as 0 to 10
_MOST_OPTIONS = 40  # distinct answers of a choice known by its answers only
_LONGEST = 5000


def both(text: str, fallback: str) -> Text:
    """A text known in one language, for both."""
    found = text.strip() or fallback
    return Text(en=found, ru=found)


def infer_questions(
    raws: Sequence[Raw], known: Mapping[str, Sequence[str]]
) -> tuple[list[tuple[AnyQuestion, Raw]], list[Remark]]:
    """A question for each raw one, with what was assumed.

    `known` holds the options of joined columns by the name or text of the question.
    """
    single = list(chain.from_iterable(_parts(raw) for raw in raws))
    told: list[Remark] = []
    made = []
    for name, raw in zip(ids_of((raw.name for raw in single), "q"), single, strict=True):
        question = _question(name, raw, known, told)
        made.append((question, raw))
    return made, told


def _parts(raw: Raw) -> tuple[Raw, ...]:
    """Columns that do not share a numeric scale are questions of their own."""
    if not isinstance(raw, Columns) or _scale(raw) is not None:
        return (raw,)
    return tuple(
        Column(f"{raw.name}_{item.code}", f"{raw.text} [{item.text}]" if raw.text else item.text,
               cells, raw.shown[:, k], raw.labels)
        for k, (item, cells) in enumerate(zip(raw.items, raw.cells, strict=True))
    )  # fmt: skip


def _scale(raw: Columns) -> Scale | None:
    """Scale over the grades found, with the labels that some carry; None if they are no numbers."""
    met = {cell for cells in raw.cells for cell in set(cells) if cell.strip()}
    grades = [grade_of(raw.labels.get(cell, cell)) or grade_of(cell) for cell in met]
    values = [grade[0] for grade in grades if grade is not None]
    if not values or len(values) < len(met):
        return None
    low, high = min(*values, 1), max(*values, 2)
    if high - low >= _MOST_GRADES:
        return None
    labels = {g[0]: both(g[1], g[1]) for g in grades if g is not None and g[1]}
    return Scale(low=low, high=high, labels=labels)


def _question(
    name: str, raw: Raw, known: Mapping[str, Sequence[str]], told: list[Remark]
) -> AnyQuestion:
    text = both(raw.text or raw.name, name)
    match raw:
        case Ticks():
            options = _options(raw.items, frozenset(raw.written))
            if raw.single:
                return SingleChoice(kind="single", id=name, text=text, options=options)
            return MultipleChoice(kind="multiple", id=name, text=text, options=options)
        case Joined():
            return _joined(name, text, raw, known, told)
        case Ranked():
            return _ranking(name, text, raw)
        case Columns():
            return _rating(name, text, raw, told)
    return _column(name, text, raw)


def _ranking(name: str, text: Text, raw: Ranked) -> AnyQuestion:
    met = {c.strip() for column in raw.cells for c in column if c.strip()}
    codes = dict.fromkeys([*raw.labels, *sorted(met)])
    if not codes:
        return FreeText(kind="text", id=name, text=text)
    items = tuple(Item(code, raw.labels.get(code, code)) for code in codes)
    return Ranking(kind="ranking", id=name, text=text, options=_options(items))


def _rating(name: str, text: Text, raw: Columns, told: list[Remark]) -> AnyQuestion:
    scale = _scale(raw) or Scale()
    told.append(
        remark(
            "scale_inferred",
            "question {question} is read as ratings from {low} to {high}, the values found in the "
            "file",
            question=name,
            low=scale.low,
            high=scale.high,
        )
    )
    return Rating(kind="rating", id=name, text=text, options=_options(raw.items), scale=scale)


def _column(name: str, text: Text, raw: Column) -> AnyQuestion:
    given = [cell.strip() for cell in raw.cells if cell.strip()]
    spelled: dict[str, str] = {}
    for cell in given:
        spelled.setdefault(plain(cell), cell)
    numeric = bool(given) and all(number_of(cell) is not None for cell in spelled.values())
    repeats = len(given) >= 2 * len(spelled) and len(spelled) <= _MOST_OPTIONS
    if raw.kind == "number" or (not raw.kind and numeric and not raw.labels):
        return Quantity(kind="number", id=name, text=text)
    if given and (raw.kind == "single" or raw.labels or (not raw.kind and repeats)):
        codes = {plain(code): code for code in raw.labels}
        codes |= {key: cell for key, cell in spelled.items() if key not in codes}
        items = tuple(Item(code, raw.labels.get(code, code)) for code in codes.values())
        beside = [k for k, item in enumerate(items) if item.code == raw.other]
        beside = beside or [k for k, item in enumerate(items) if plain_other(item)][:1]
        if raw.written is not None and any(raw.written) and not beside:
            items = (*items, Item("other", raw.other or "other"))
            beside = [len(items) - 1]
        opened = frozenset(beside if raw.written is not None else ())
        return SingleChoice(kind="single", id=name, text=text, options=_options(items, opened))
    longest = max(map(len, given), default=0)
    return FreeText(kind="text", id=name, text=text, longest=max(_LONGEST, longest))


def _joined(
    name: str, text: Text, raw: Joined, known: Mapping[str, Sequence[str]], told: list[Remark]
) -> AnyQuestion:
    keys = {bare(key): options for key, options in known.items()}
    options = keys.get(bare(raw.name)) or keys.get(bare(raw.text)) or keys.get(bare(name))
    if options is None:
        options = propose_options(raw.cells, raw.separator)
        told.append(
            remark(
                "options_proposed",
                "the file does not list the options of question {question}; {count} were proposed "
                "by how often they stand there, and a list of them is expected from the analyst",
                grave=True,
                question=name,
                count=len(options),
            )
        )
    reader = JoinedReader(options, raw.separator)
    left = any(reader.read(cell).left for cell in set(raw.cells))
    if not options:
        return FreeText(kind="text", id=name, text=text)
    items = [Item.of(option) for option in options]
    if left:
        items.append(Item("other", "Other"))
    beside = frozenset({len(options)} if left else ())
    return MultipleChoice(kind="multiple", id=name, text=text, options=_options(items, beside))


def _options(items: Sequence[Item], beside: frozenset[int] = frozenset()) -> tuple[Option, ...]:
    ids = ids_of((item.code for item in items), "o")
    return tuple(
        Option(
            id=own,
            text=both(item.text, own),
            residual=place in beside or plain_other(item),
            open_text=place in beside,
        )
        for place, (own, item) in enumerate(zip(ids, items, strict=True))
    )


def plain_other(item: Item) -> bool:
    """Whether an option is called "other", in its code or text."""
    return bool({bare(item.code), bare(item.text)} & {"other", "-oth-", "другое", "иное"})
