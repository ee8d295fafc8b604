"""LimeSurvey's own files: the structure of a survey (.lss) and an archive with answers (.lsa)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from survey.errors import SurveyError
from survey.formats.archives import checked_zip, member_bytes, refuse_entities
from survey.formats.text import read_bytes

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Known:
    """A question as the structure has it: its one-letter type, its text, and the texts of its parts."""

    number: str
    code: str
    kind: str
    text: str
    parts: Mapping[str, str]
    answers: Mapping[str, str]


def is_archive(path: Path) -> bool:
    """Whether an archive holds a survey with its answers."""
    with checked_zip(path) as archive:
        names = archive.namelist()
    return any(n.endswith(".lsr") for n in names) and any(n.endswith(".lss") for n in names)


def read_structure(path: Path) -> dict[str, Known]:
    """Questions of a .lss file by code."""
    return _structure(_tree(read_bytes(path), path.name))


def read_archive(
    path: Path,
) -> tuple[dict[str, Known], list[str], list[dict[str, str]]]:
    """Questions by code, names of the fields of the answers, and the rows of answers.

    A field that a row does not have was not shown; an empty one is an empty answer.
    """
    with checked_zip(path) as archive:
        names = archive.namelist()
        parts = [
            next((n for n in names if n.endswith(end)), None)
            for end in (".lss", "_responses.lsr", ".lsr")
        ]
        structure, answers = parts[0], parts[1] or parts[2]
        if structure is None or answers is None:
            raise SurveyError(
                "archive_no_answers",
                "the archive {file} holds no survey with answers; a .lss and a .lsr file are "
                "expected in it",
                file=path.name,
            )
        known = _structure(_tree(member_bytes(archive, structure, path.name), path.name))
        root = _tree(member_bytes(archive, answers, path.name), path.name)
    fields = [_name(e.text or "") for e in root.iterfind(".//fields/fieldname")]
    rows = [
        {_name(cell.tag): (cell.text or "") for cell in row} for row in root.iterfind(".//rows/row")
    ]
    for row in rows:
        fields += [name for name in row if name not in fields] if len(row) > len(fields) else []
    met = dict.fromkeys([*fields, *(name for row in rows for name in row)])
    return known, list(met), rows


def heading_of(field: str, known: Mapping[str, Known]) -> str:
    """``841748X3X3SQ001`` as ``CODE[SQ001]``; the number of the question tells where it ends."""
    found = re.fullmatch(r"\d+X\d+X(\w+)", field)
    if found is None:
        return field
    rest = found[1]
    # The longest number that is a question: parts may begin with digits too.
    fitting = [k for k in known.values() if rest.startswith(k.number)]
    exact = [k for k in fitting if not (sub := rest[len(k.number) :]) or _has_part(k, sub)]
    best = max(exact or fitting, key=lambda k: len(k.number), default=None)
    if best is None:
        return field
    sub = rest[len(best.number) :]
    if "#" in sub:
        sub = sub.replace("#", "][")
    return f"{best.code}[{sub}]" if sub else best.code


def _has_part(known: Known, sub: str) -> bool:
    return sub in known.parts or sub in ("other", "comment") or sub.isdigit() or "_" in sub


def _name(tag: str) -> str:
    return tag.removeprefix("_").strip()


def _tree(data: bytes, name: str) -> ET.Element:
    refuse_entities(data, name)
    try:
        return ET.fromstring(data)  # noqa: S314 - entities were refused above
    except ET.ParseError as error:
        raise SurveyError(
            "xml_damaged",
            "the XML in {file} is damaged or cut short: it cannot be read",
            file=name,
        ) from error


def _rows(root: ET.Element, section: str) -> Iterator[dict[str, str]]:
    for row in root.iterfind(f"./{section}/rows/row"):
        yield {cell.tag: (cell.text or "") for cell in row}


def _clean(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _structure(root: ET.Element) -> dict[str, Known]:
    # Texts stand in the rows themselves, or since version 4 in tables of their own.
    texts: dict[str, str] = {}
    for row in _rows(root, "question_l10ns"):
        texts.setdefault(row.get("qid", ""), _clean(row.get("question", "")))
    labels: dict[str, str] = {}
    for row in _rows(root, "answer_l10ns"):
        labels.setdefault(row.get("aid", ""), _clean(row.get("answer", "")))
    parts: dict[str, dict[str, str]] = {}
    for row in _rows(root, "subquestions"):
        text = texts.get(row.get("qid", "")) or _clean(row.get("question", ""))
        parts.setdefault(row.get("parent_qid", ""), {}).setdefault(row.get("title", ""), text)
    answers: dict[str, dict[str, str]] = {}
    for row in _rows(root, "answers"):
        text = labels.get(row.get("aid", "")) or _clean(row.get("answer", ""))
        answers.setdefault(row.get("qid", ""), {}).setdefault(row.get("code", ""), text)
    made: dict[str, Known] = {}
    for row in _rows(root, "questions"):
        number, code = row.get("qid", ""), row.get("title", "")
        text = texts.get(number) or _clean(row.get("question", ""))
        made.setdefault(
            code,
            Known(
                number,
                code,
                row.get("type", ""),
                text,
                parts.get(number, {}),
                answers.get(number, {}),
            ),
        )
    return made
