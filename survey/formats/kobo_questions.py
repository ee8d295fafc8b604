"""KoboToolbox and ODK Central: which columns are one question, and how they are filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.dataset import Remark, remark
from survey.formats.base import Request
from survey.formats.layout import question_parts
from survey.formats.names import bare, question_for
from survey.formats.raw import Column, Columns, Item, Joined, Raw, Ticks
from survey.questionnaire import Questionnaire
from survey.questions import MultipleChoice, SingleChoice

_TICKS = {"1": SELECTED, "0": NOT_SELECTED, "": NOT_SHOWN, "true": SELECTED, "false": NOT_SELECTED}
_SIGNS = "/.:-"
_MOST_CODES = 40  # distinct codes of a summary column known by its cells only


@dataclass(frozen=True, slots=True)
class KoboTable:
    """Headings and columns of the questions, and what else the file is known by."""

    headings: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    odk: bool


def raw_questions(table: KoboTable, request: Request, told: list[Remark]) -> list[Raw]:
    """Questions in the order of the file; what was odd is added to `told`."""
    asked = request.questionnaire
    details = _details(table, asked)
    places = {heading: k for k, heading in enumerate(table.headings)}
    parents = {k: places[name] for k, name in enumerate(details) if name in places}
    used = {k for members in details.values() for k, _ in members} | set(parents.values())
    made: list[tuple[int, Raw]] = []
    for name, members in details.items():
        words = _beside(name, table, used)
        first = places.get(name, members[0][0])
        summary = table.columns[places[name]] if name in places else None
        made.append((first, _ticks(name, members, table, summary, words, told)))
    rest = [k for k in range(len(table.headings)) if k not in used]
    names = [_name(table.headings[k], asked) for k in rest]
    grouped = question_parts(names, asked)
    for question, cells in grouped.items():
        mine = [rest[k] for k, _ in cells]
        used |= set(mine)
        items = tuple(Item.of(code) for _, code in cells)
        shown = np.array([[bool(c.strip()) for c in table.columns[k]] for k in mine]).T
        made.append((mine[0], Columns(question, question, items,
                                      [table.columns[k] for k in mine], shown)))  # fmt: skip
    for k, name in zip(rest, names, strict=True):
        if k not in used:
            made.append((k, _alone(name, table.headings[k], table.columns[k], request)))
    return [raw for _, raw in sorted(made, key=lambda pair: pair[0])]


def _details(table: KoboTable, asked: Questionnaire | None) -> dict[str, list[tuple[int, str]]]:
    """Columns of 1, 0 and nothing beside or instead of one of "a b", by the heading of that one.

    Of the signs that may part groups and options, the one is taken that parts them here. Without a
    column of "a b" such columns are options if they are filled in the same rows.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    whole = set(table.headings)
    for place, heading in enumerate(table.headings):
        if not {c.strip().casefold() for c in table.columns[place]} <= set(_TICKS):
            continue
        for parent, code in _splits(heading, odk=table.odk):
            if parent in whole or _is_multiple(parent, asked):
                found.setdefault(parent, []).append((place, code))
                break
        else:
            parent, code = next(iter(_splits(heading, odk=table.odk)), ("", ""))
            if parent and asked is None:
                found.setdefault(parent, []).append((place, code))
    return {
        parent: members
        for parent, members in found.items()
        if parent in whole or _is_multiple(parent, asked) or _together(members, table)
    }


def _splits(heading: str, *, odk: bool) -> list[tuple[str, str]]:
    """A heading as a question and an option, the option as short as may be first."""
    signs = "/" if odk else _SIGNS
    ends = [k for k in range(len(heading) - 1, 0, -1) if heading[k] in signs]
    return [(heading[:k], heading[k + 1 :]) for k in ends if heading[k + 1 :]]


def _is_multiple(heading: str, asked: Questionnaire | None) -> bool:
    question = question_for(asked, _name(heading, asked), heading) if asked else None
    return isinstance(question, MultipleChoice)


def _together(members: Sequence[tuple[int, str]], table: KoboTable) -> bool:
    filled = [[bool(c.strip()) for c in table.columns[place]] for place, _ in members]
    return len(members) > 1 and all(row == filled[0] for row in filled)


def _name(heading: str, asked: Questionnaire | None) -> str:
    """The question of a heading, without its groups where the questionnaire knows it so."""
    if asked is None:
        return heading
    for k in range(len(heading)):
        if k and heading[k - 1] not in _SIGNS:
            continue
        rest = heading[k:]
        if question_for(asked, rest, rest) is not None or question_parts([rest], asked):
            return rest
    return heading


def _beside(name: str, table: KoboTable, used: set[int]) -> tuple[str | None, ...] | None:
    """What was written beside "other": the column ``q_other``, which is then used up."""
    for place, heading in enumerate(table.headings):
        if heading.casefold() == f"{name}_other".casefold() and place not in used:
            used.add(place)
            return tuple(cell if cell.strip() else None for cell in table.columns[place])
    return None


def _ticks(  # noqa: PLR0917 - one question's parts, each of its own kind
    name: str,
    members: Sequence[tuple[int, str]],
    table: KoboTable,
    summary: Sequence[str] | None,
    words: tuple[str | None, ...] | None,
    told: list[Remark],
) -> Ticks:
    columns = [[_TICKS[c.strip().casefold()] for c in table.columns[k]] for k, _ in members]
    states = np.array(columns, dtype=np.int8).T
    items = [Item.of(code) for _, code in members]
    if summary is not None:
        # The server fills the options of a question without an answer in some versions.
        blank = np.array([not cell.strip() for cell in summary])
        states[blank & ~(states == SELECTED).any(axis=1)] = NOT_SHOWN
        differ = sum(
            _letters(i.code for i, state in zip(items, row, strict=True) if state == SELECTED)
            != _letters([cell])
            for row, cell in zip(states, summary, strict=True)
            if cell.strip()
        )
        if differ:
            told.append(
                remark(
                    "summary_differs",
                    "in {count} rows the column {question} lists other options than the columns of "
                    "its options mark; the latter were taken",
                    grave=True,
                    count=differ,
                    question=name,
                )
            )
    written: dict[int, tuple[str | None, ...]] = {}
    place = next((k for k, i in enumerate(items) if bare(i.code) in {"other", "другое"}), -1)
    if words is not None and place >= 0:
        written[place] = words
    short = name.rpartition("/")[2] if "/" in name else name
    return Ticks(short, name, tuple(items), states, written)


def _letters(texts: Iterable[str]) -> list[str]:
    """The same whatever the order of the options, and whatever parts them."""
    return sorted("".join("".join(texts).split()))


def _alone(name: str, heading: str, cells: Sequence[str], request: Request) -> Raw:
    """One column: "a b" if the questionnaire, the analyst or the cells say so."""
    shown = np.array([bool(cell.strip()) for cell in cells], dtype=np.bool_)
    question = question_for(request.questionnaire, name, heading)
    listed = {bare(key) for key in request.options}
    if isinstance(question, MultipleChoice) or {bare(name), bare(heading)} & listed:
        return Joined(name, heading, cells, " ", shown)
    if request.questionnaire is None and _lists_codes(cells):
        return Joined(name, heading, cells, " ", shown)
    kind = "single" if isinstance(question, SingleChoice) else ""
    return Column(name, heading, cells, shown, kind=kind)


def _lists_codes(cells: Sequence[str]) -> bool:
    """Whether cells are lists of few codes, none twice in a cell, as no free text is."""
    split = [cell.split() for cell in cells if cell.strip()]
    counted = Counter(code for codes in split for code in codes)
    plain_codes = all(code.replace("_", "").replace("-", "").isalnum() for code in counted)
    return (
        plain_codes
        and any(len(codes) > 1 for codes in split)
        and all(len(set(codes)) == len(codes) for codes in split)
        and len(counted) <= _MOST_CODES
        and sum(counted.values()) >= 2 * len(counted)
    )
