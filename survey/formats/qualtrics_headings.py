"""Qualtrics' heading rows: tags, texts, and ImportIds where they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey.formats.cells import Sheet

# Columns about the interview, by tag (modern) or by the second row (legacy, under V1 to V10).
SYSTEM = {
    "startdate": "start", "enddate": "end", "recordeddate": "recorded", "status": "status",
    "progress": "progress", "duration (in seconds)": "seconds", "duration": "seconds",
    "finished": "finished", "responseid": "id", "_recordid": "id", "responseset": "set",
    "distributionchannel": "channel", "userlanguage": "language",
}  # fmt: skip
PERSONAL = frozenset(
    ("ipaddress", "recipientlastname", "recipientfirstname", "recipientemail", "name"),
) | frozenset(
    ("externalreference", "externaldatareference", "emailaddress", "locationlatitude"),
) | frozenset(("locationlongitude", "locationaccuracy"))  # fmt: skip
# Made by Qualtrics from answers, or about the order in which options were shown.
_DERIVED = re.compile(
    r"(.*( - (Parent )?Topics.*| - (Topic )?(Sentiment|Hierarchy).*)|.+_DO(_.*)?)", re.DOTALL
)
_QID = re.compile(r"(QID\d+)(?:[-_#](.*))?", re.DOTALL)
_TAG = re.compile(r"(.+?)((?:[#_]\d+)*)(_TEXT)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """One column.

    Attributes
    ----------
    question : str
        Tag of the question, such as ``Q2``.
    suffix : str
        Recode values of the choice, such as ``10`` or ``1_2``; they are not its position.
    text : str
        Second row.
    words : bool
        Holds what was written beside a choice.
    system : str
        What it is if no answer: a name of `SYSTEM`, ``personal`` or ``derived``.
    """

    place: int
    tag: str
    question: str
    suffix: str
    text: str
    words: bool
    system: str = ""


def heading_rows(sheet: Sheet) -> int:
    """How many rows stand above the answers; 0 if this is no Qualtrics file.

    3 now, 2 in legacy files or where the ImportIds were deleted, 1 where the texts were too.
    """
    rows = sheet.rows
    if len(rows) > 2 and sum(import_id(cell) != "" for cell in rows[2]) * 2 > _filled(rows[2]):
        return 3
    if len(rows) > 1:
        legacy = [re.fullmatch(r"V\d+", cell) for cell in rows[0][:10]]
        second = {cell.strip().casefold() for cell in rows[1]}
        if sum(map(bool, legacy)) > 4 and "responseid" in second:
            return 2
        first = {cell.strip().casefold() for cell in rows[0]}
        if {"responseid", "finished"} <= first and ("recordeddate" in first or "status" in first):
            return 1 if _is_answer(rows) else 2
    return 0


def _is_answer(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second row is a respondent's: a heading of "finished" is neither a truth nor 1."""
    place = next(k for k, cell in enumerate(rows[0]) if cell.strip().casefold() == "finished")
    return rows[1][place].strip().casefold() in ("0", "1", "true", "false", "")


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def import_id(cell: str) -> str:
    """The ImportId of a column: JSON now, quoted by apostrophes in files of 2016."""
    text = cell.strip()
    if not text.startswith("{"):
        return ""
    try:
        found = json.loads(text)
    except ValueError:
        single = re.search(r"'ImportId'\s*:\s*u?'([^']*)'", text)
        return single[1] if single else ""
    value = found.get("ImportId", "") if isinstance(found, dict) else ""
    return value if isinstance(value, str) else ""


def read_tags(sheet: Sheet, above: int) -> list[Tag]:
    """The columns of a file with `above` heading rows."""
    ids = [import_id(cell) for cell in sheet.rows[2]] if above == 3 else [""] * sheet.width
    texts = sheet.rows[1] if above > 1 else sheet.rows[0]
    made = []
    for place, (tag, text, own) in enumerate(zip(sheet.rows[0], texts, ids, strict=True)):
        made.append(_tag(place, tag.strip(), text.strip(), own))
    return made


def _tag(place: int, tag: str, text: str, own: str) -> Tag:
    names = (tag.casefold(), own.casefold(), text.casefold() if re.fullmatch(r"V\d+", tag) else "")
    for name in names:
        if name in SYSTEM:
            return Tag(place, tag, tag, "", text, words=False, system=SYSTEM[name])
        if name in PERSONAL:
            return Tag(place, tag, tag, "", text, words=False, system="personal")
    if not tag and not text:
        return Tag(place, tag, tag, "", text, words=False, system="empty")
    if _DERIVED.fullmatch(tag):
        return Tag(place, tag, tag, "", text, words=False, system="derived")
    qid = _QID.fullmatch(own)
    found = _TAG.fullmatch(tag)
    if found is None or (own and qid is None):
        return Tag(place, tag, tag, "", text, words=False)  # embedded data
    question, numbers, words = found[1], found[2].lstrip("_#").replace("#", "_"), bool(found[3])
    if qid is not None and (qid[2] is None or qid[2] == "TEXT"):
        # The whole question is one column; what looks like a suffix belongs to its tag.
        question, numbers, words = tag, "", False
    return Tag(place, tag, question, numbers, text, words=words)


def tags_by_question(tags: Sequence[Tag]) -> list[list[Tag]]:
    """Columns of the same question, side by side; the same column again begins another question."""
    made: list[list[Tag]] = []
    seen: set[tuple[str, bool]] = set()
    for tag in tags:
        if tag.system:
            continue
        key = (tag.suffix, tag.words)
        if made and made[-1][0].question == tag.question and key not in seen:
            made[-1].append(tag)
            seen.add(key)
        else:
            made.append([tag])
            seen = {key}
    return made


def choice_texts(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Text of the question, and of the choice in each column: ``Question - Choice``.

    Either may hold the sign between them, so what all columns share is the question.
    """
    for sign in (" - ", "-"):
        if not all(sign in text for text in texts):
            continue
        if len(texts) == 1:
            head, _, tail = texts[0].rpartition(sign)
            return _question(head, sign), [tail.strip()]
        shared = texts[0]
        for text in texts[1:]:
            while not text.startswith(shared):
                shared = shared[:-1]
        head, cut, _ = shared.rpartition(sign)
        if cut:
            length = len(head) + len(sign)
            return _question(head, sign), [text[length:].strip() for text in texts]
    return texts[0] if len(set(texts)) == 1 else "", list(texts)


def _question(head: str, sign: str) -> str:
    return head.removesuffix(f"{sign}Selected Choice").strip()
