"""LimeSurvey's headings: codes, full texts, both, and the names its statistics exports use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from survey.formats.labels import split_label

CODE = r"[A-Za-z][A-Za-z0-9_]*"
_SUBS = r"(?:\[[^\[\]]*\])"
_CODE = re.compile(rf"({CODE})({_SUBS}*)")
_CODE_AND_TEXT = re.compile(rf"({CODE})({_SUBS}*)(?:\. ?| - |: )(.*)", re.DOTALL)
# Survey, group and question by number, then the code of a part: 841748X3X3SQ001.
SGQA = re.compile(r"_?(\d+)X(\d+)X(\d+)(\w*)")
_SUB = re.compile(r"\[([^\[\]]*)\]")

# What LimeSurvey itself adds before the questions, by code and as its full headings call it.
SYSTEM = {
    "id": ("response id", "antwort id", "antwort-id", "id ответа", "номер ответа"),
    "submitdate": ("date submitted", "datum abgeschickt", "дата отправки"),
    "lastpage": ("last page", "letzte seite", "последняя страница"),
    "startlanguage": ("start language", "start-sprache", "начальный язык", "язык начала"),
    "seed": ("seed", "zufallsstartwert"),
    "startdate": ("date started", "datum gestartet", "дата начала"),
    "datestamp": (
        "date last action",
        "datum letzte aktivität",
        "дата последнего действия",
        "дата последней активности",
    ),
    "interviewtime": ("total time", "gesamtzeit", "общее время"),
}
PERSONAL = {
    "token": ("token", "access code", "zugangscode", "код доступа"),
    "ipaddr": ("ip address", "ip-adresse", "ip адрес", "ip-адрес"),
    "refurl": ("referrer url", "url источника"),
    "firstname": ("first name", "vorname", "имя"),
    "lastname": ("last name", "nachname", "фамилия"),
    "email": ("email address", "e-mail-adresse", "адрес электронной почты"),
}
_ATTRIBUTE = re.compile(r"attribute_\d+")
_TIMING = re.compile(rf"(groupTime\d+|{CODE}Time)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its code, what stands in brackets after it, and the texts of both.

    `code` is empty where only texts are exported. `system` names a column that is no answer.
    """

    place: int
    code: str
    subs: tuple[str, ...]
    text: str
    label: str
    system: str = ""


def read_headings(cells: Sequence[str]) -> tuple[str, list[Heading]]:
    """How the headings are written (``code``, ``codetext`` or ``full``) and each of them."""
    named = [cell for cell in cells if cell.strip()]
    whole = sum(bool(_CODE.fullmatch(c.strip()) or SGQA.fullmatch(c.strip())) for c in named)
    both = sum(_CODE_AND_TEXT.fullmatch(cell.strip()) is not None for cell in named)
    if named and whole * 10 >= len(named) * 9:
        return "code", _underscored(
            [_code(place, cell.strip()) for place, cell in enumerate(cells)]
        )
    if named and both * 2 >= len(named) and (both + whole) * 10 >= len(named) * 8:
        return "codetext", [_code_and_text(place, cell.strip()) for place, cell in enumerate(cells)]
    return "full", [_full(place, cell) for place, cell in enumerate(cells)]


def _code(place: int, cell: str) -> Heading:
    if system := system_name(cell):
        return Heading(place, cell, (), "", "", system)
    if sgqa := SGQA.fullmatch(cell):
        return Heading(place, f"Q{sgqa[3]}", (sgqa[4],) if sgqa[4] else (), "", "")
    found = _CODE.fullmatch(cell)
    if found is None:
        return Heading(place, "", (), cell, "", "" if cell else "unnamed")
    return Heading(place, found[1], tuple(_SUB.findall(found[2])), "", "")


def _code_and_text(place: int, cell: str) -> Heading:
    found = _CODE_AND_TEXT.fullmatch(cell)
    if found is None:
        return _code(place, cell)
    if system := system_name(found[1]):
        return Heading(place, found[1], (), "", "", system)
    subs = tuple(_SUB.findall(found[2]))
    text, label = split_label(found[3]) if subs else (found[3].strip(), "")
    return Heading(place, found[1], subs, text, label)


def _full(place: int, cell: str) -> Heading:
    if not cell.strip() or (system := system_name(cell)):
        return Heading(place, "", (), cell, "", system if cell.strip() else "unnamed")
    text, label = split_label(cell)
    return Heading(place, "", (label,) if label else (), text, label)


def system_name(cell: str) -> str:
    """Which of LimeSurvey's own columns a heading names; empty for a question."""
    found = cell.strip().casefold()
    for names in (SYSTEM, PERSONAL):
        for name, texts in names.items():
            if found == name or found in texts:
                return name
    if _ATTRIBUTE.fullmatch(found):
        return "attribute"
    return "timing" if _TIMING.fullmatch(cell.strip()) else ""


def _underscored(headings: list[Heading]) -> list[Heading]:
    """``FAS_SQ001`` (ExpressionScript, R, SPSS) as ``FAS[SQ001]`` where columns share the first part.

    A code of a question holds no underscore in LimeSurvey, so what follows one names a part of it.
    """
    if any(h.subs for h in headings):
        return headings
    shared: dict[str, int] = {}
    for h in headings:
        first, _, rest = h.code.partition("_")
        if rest and not h.system:
            shared[first] = shared.get(first, 0) + 1
    if max(shared.values(), default=0) < 2:
        return headings
    made = []
    for h in headings:
        first, _, rest = h.code.partition("_")
        made.append(replace(h, code=first, subs=(rest,)) if rest and not h.system else h)
    return made


def groups_of(headings: Sequence[Heading]) -> list[list[Heading]]:
    """Columns of the same question, side by side; a part met again begins another question."""
    made: list[list[Heading]] = []
    last, seen = "", set[tuple[str, ...]]()
    for h in headings:
        if h.system:
            continue
        key = h.code or h.text
        apart = not h.code and not h.subs
        if made and key == last and not apart and h.subs not in seen:
            made[-1].append(h)
            seen.add(h.subs)
        else:
            made.append([h])
            last, seen = key, {h.subs}
    return made
