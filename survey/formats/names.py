"""Texts and ids of a file against those of a questionnaire."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from survey.errors import SurveyError
from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, Option

_LONGEST_ID = 48
_SHORTEST_START = 8  # letters of an abbreviated heading that may name a question
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_GRADE = re.compile(r"([+-]?\d{1,4})(?:\.0+)?(?:\s*\((.+)\)|\s*[-–—:.=]\s*(\D.*))?", re.DOTALL)
_SPACES = re.compile(r"[\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")
_SPELLED = (
    *(
        "a",
        "b",
        "v",
        "g",
        "d",
        "e",
        "e",
        "zh",
        "z",
        "i",
        "y",
        "k",
        "l",
        "m",
        "n",
        "o",
        "p",
        "r",
        "s",
    ),
    *("t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"),
)
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        _SPELLED,
        strict=True,
    )
)


def plain(text: str) -> str:
    """Text as it is compared: composed, without case, runs of space as one."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def bare(text: str) -> str:
    """Like `plain`, without what only ends a question: colon, dots, asterisk of the required."""
    return plain(text).rstrip(" .:;?!*…")


def question_keys(question: AnyQuestion) -> tuple[str, ...]:
    """What a column of this question may be called."""
    return bare(question.id), bare(question.text.en), bare(question.text.ru)


def question_for(questionnaire: Questionnaire | None, name: str, text: str) -> AnyQuestion | None:
    """Question that a column is of, by its id, then by its text in either language."""
    if questionnaire is None:
        return None
    for wanted in (bare(name), bare(text)):
        for question in questionnaire.questions:
            if wanted and wanted in question_keys(question):
                return question
    # LimeSurvey's abbreviated headings end in two dots.
    start = plain(text).removesuffix("…").removesuffix("..")
    if start != plain(text) and len(start) >= _SHORTEST_START:
        begun = [
            q for q in questionnaire.questions if any(k.startswith(start) for k in question_keys(q))
        ]
        return begun[0] if len(begun) == 1 else None
    return None


def option_places(options: Sequence[Option]) -> dict[str, int]:
    """Place of an option by its id or by its text in either language."""
    places: dict[str, int] = {}
    for wording in (
        [o.id for o in options],
        [o.text.en for o in options],
        [o.text.ru for o in options],
    ):
        for place, text in enumerate(wording):
            places.setdefault(plain(text), place)
    return places


def ids_of(labels: Iterable[str], fallback: str) -> tuple[str, ...]:
    """Distinct plain ids made of labels: Cyrillic in Latin letters, other signs as underscores."""
    used: set[str] = set()
    made = []
    for number, label in enumerate(labels, start=1):
        base = _shorter(_id(label)) or f"{fallback}{number}"
        candidate, copy = base, 1
        while candidate.casefold() in used:
            copy += 1
            candidate = f"{base}_{copy}"
        used.add(candidate.casefold())
        made.append(candidate)
    return tuple(made)


def _id(label: str) -> str:
    if label.isascii() and re.fullmatch(r"[\w-]+", label) and label.strip("_-"):
        return label
    latin = "".join(_LATIN.get(sign, sign) for sign in label.casefold())
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9_-]+", "_", ascii_only)
    return words.strip("_") if any(map(str.isalnum, words)) else ""


def _shorter(name: str) -> str:
    """A long id without its middle: the end tells the rows of a grid apart."""
    if len(name) <= _LONGEST_ID:
        return name
    half = _LONGEST_ID // 2 - 1
    return f"{name[:half].rstrip('_')}__{name[-half:].lstrip('_')}"


def number_of(text: str) -> float | None:
    """The number a cell holds, with a decimal point or comma; None if it is no number."""
    stripped = _SPACES.sub("", text.strip())
    if not _NUMBER.fullmatch(stripped):
        return None
    return float(stripped.replace(",", "."))


def grade_of(text: str) -> tuple[int, str] | None:
    """The whole number a grade begins with and its label: ``5``, ``5 - often``, ``5 (always)``."""
    found = _GRADE.fullmatch(text.strip())
    return None if found is None else (int(found[1]), (found[2] or found[3] or "").strip())


def numbers_of(cells: Sequence[str]) -> tuple[npt.NDArray[np.float64], list[str]]:
    """Numbers of a column (NaN where empty) and the cells that are neither empty nor a number."""
    known: dict[str, float] = {}
    strange = []
    values = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        if not cell.strip():
            continue
        if cell not in known:
            found = number_of(cell)
            known[cell] = np.nan if found is None or np.isinf(found) else found
        values[row] = known[cell]
        if np.isnan(known[cell]):
            strange.append(cell)
    return values, strange


def column_place(wanted: str | int, headings: Sequence[Sequence[str]], width: int) -> int:
    """Place of the column that the analyst named, by place from 0 or by a heading.

    `headings` holds the heading rows, of which any may match.
    """
    if isinstance(wanted, int):
        if not 0 <= wanted < width:
            raise SurveyError(
                "column_place",
                "column {found} was asked for; places 0 to {last} are expected",
                found=wanted,
                last=width - 1,
            )
        return wanted
    for compare in (str.strip, bare):
        for row in headings:
            places = [k for k, heading in enumerate(row) if compare(heading) == compare(wanted)]
            if len(places) > 1:
                raise SurveyError(
                    "column_ambiguous",
                    "the heading {heading} stands over {count} columns; the place of one, counted "
                    "from 0, is expected: {places}",
                    heading=wanted,
                    count=len(places),
                    places=", ".join(map(str, places)),
                )
            if places:
                return places[0]
    raise SurveyError(
        "column_unknown",
        "the file has no column {heading}; its heading, or its place counted from 0, is expected",
        heading=wanted,
    )


def examples(texts: Iterable[str], most: int = 3, longest: int = 60) -> str:
    """Some distinct texts for a remark, the commonest first."""
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    ordered = sorted(counts, key=lambda text: -counts[text])
    shown = [t if len(t) <= longest else t[: longest - 1] + "…" for t in ordered[:most]]
    return "; ".join(repr(t) for t in shown) + ("; ..." if len(ordered) > most else "")
