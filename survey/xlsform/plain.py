"""Questions that are one row of a form: choices, ranks, numbers and texts."""

from __future__ import annotations

import re
from typing import Any, Final

from survey.dataset import Remark, remark
from survey.xlsform.columns import Languages, Row
from survey.xlsform.conditions import number_of
from survey.xlsform.layout import unpacked

# What a form shows without asking, or fills in by itself.
_SILENT_TYPES = (
    "note calculate start end today deviceid username phonenumber simserial subscriberid audit "
    "email hidden start-geopoint background-audio xml-external csv-external"
)
SILENT: Final = frozenset(_SILENT_TYPES.split())
_LIMIT = re.compile(r"\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PICKS = re.compile(r"count-selected\(\.\)\s*(>=|<=)\s*(\d+)")
_LENGTH = re.compile(r"string-length\(\.\)\s*<=\s*(\d+)")
_TRUE = frozenset({"yes", "true", "true()"})

Read = tuple[dict[str, Any], dict[str, str], list[Remark]]


def plain_question(
    row: Row, hints: dict[str, str], lists: dict[str, list[Row]], languages: Languages
) -> Read | None:
    """Question of a row, its options by name in the form, and remarks; None if unlike any."""
    kind, _, listed = row.get("type", "").partition(" ")
    question = asked(row, hints, languages)
    if kind in {"select_one", "select_multiple", "rank"}:
        return _choice(row, hints, lists, languages, question=question, listed=listed.strip())
    if kind in {"integer", "decimal", "range"}:
        return _number(row, languages, question, kind), {}, []
    if kind == "text":
        question["kind"] = "text"
        if longest := _LENGTH.search(row.get("constraint", "")):
            question["longest"] = int(longest[1])
        return question | _whole(hints, "lines"), {}, []
    return None


def _choice(
    row: Row,
    hints: dict[str, str],
    lists: dict[str, list[Row]],
    languages: Languages,
    *,
    question: dict[str, Any],
    listed: str,
) -> Read:
    kind = row.get("type", "").partition(" ")[0]
    listed, _, other = listed.partition(" ")
    choices = lists.get(listed, [])
    question["options"] = [option(choice, languages) for choice in choices]
    names = {c.get("name", ""): o["id"] for c, o in zip(choices, question["options"], strict=True)}
    if other == "or_other":
        text = {"en": "Other", "ru": "Другое"}
        question["options"].append(
            {"id": "other", "text": text, "residual": True, "open_text": True}
        )
        names["other"] = "other"
    if kind == "rank":
        question |= {"kind": "ranking"} | _whole(hints, "most")
    else:
        question["kind"] = "single" if kind == "select_one" else "multiple"
        if hints.get("own_words"):
            question["answered_in_own_words"] = True
    if kind == "select_multiple":
        signs = {"min_picks": ">=", "max_picks": "<="}
        limits = {sign: int(value) for sign, value in _PICKS.findall(row.get("constraint", ""))}
        question |= {key: limits[sign] for key, sign in signs.items() if sign in limits}
    notes = []
    if row.get("choice_filter"):
        notes.append(
            remark(
                "xlsform_filter",
                "the options of {name} are filtered by {expression}, which is not read: all of "
                "them are shown",
                grave=True,
                name=question["id"],
                expression=row["choice_filter"],
            )
        )
    return question, names, notes


def _number(row: Row, languages: Languages, question: dict[str, Any], kind: str) -> dict[str, Any]:
    rule = row.get("constraint", "")
    limits = {sign: number_of(value) for sign, value in _LIMIT.findall(rule)}
    if kind == "range":
        parameters = unpacked(row.get("parameters", "").replace(",", " "))
        limits |= {
            sign: number_of(parameters[name])
            for sign, name in ((">=", "start"), ("<=", "end"))
            if _NUMBER.fullmatch(parameters.get(name, ""))
        }
    bounds = {"low": ">=", "high": "<="}
    question |= {key: limits[sign] for key, sign in bounds.items() if sign in limits}
    question |= {"kind": "number", "whole": kind == "integer"}
    if unit := languages.text(row, "guidance_hint"):
        question["unit"] = unit
    return question


def asked(row: Row, hints: dict[str, str], languages: Languages) -> dict[str, Any]:
    """What every question has: id, text, note, and whether it is required."""
    name = row.get("name", "")
    question: dict[str, Any] = {
        "id": hints.get("id", name),
        "text": languages.text(row, otherwise=name) or name,
    }
    if note := languages.text(row, "hint"):
        question["note"] = note
    if row.get("required", "").lower() in _TRUE or hints.get("required"):
        question["required"] = True
    return question


def option(row: Row, languages: Languages) -> dict[str, Any]:
    """Option of a choice, or thing to rate."""
    hints = unpacked(row.get("konsilium", ""))
    name = row.get("name", "")
    return {
        "id": hints.get("option", name),
        "text": languages.text(row, otherwise=name) or name,
        **{flag: True for flag in ("residual", "open_text", "exclusive") if hints.get(flag)},
    }


def _whole(hints: dict[str, str], key: str) -> dict[str, int]:
    return {key: int(hints[key])} if hints.get(key, "").isdigit() else {}
