"""Groups of plain questions that were one question: rating, grid, points, comparisons."""

from __future__ import annotations

from typing import Any

from survey.xlsform.columns import Languages, Row
from survey.xlsform.layout import unpacked
from survey.xlsform.plain import asked, option


def composite(
    group: Row,
    hints: dict[str, str],
    inside: list[Row],
    lists: dict[str, list[Row]],
    languages: Languages,
) -> dict[str, Any]:
    """The question that a group was, by its hints."""
    question = asked(group, hints, languages) | {"kind": hints["kind"]}
    parts = [row for row in inside if unpacked(row.get("konsilium", "")).get("kind") == "part"]
    match hints["kind"]:
        case "rating":
            question["options"] = [option(row, languages) for row in parts]
            question["scale"] = _scale(parts, lists, languages, hints)
        case "grid":
            rows = [
                row for row in inside if unpacked(row.get("konsilium", "")).get("kind") == "row"
            ]
            question["options"] = [option(row, languages) for row in rows]
            criteria = parts[: len(parts) // max(len(rows), 1)]
            question["criteria"] = [option(row, languages) for row in criteria]
            question["scale"] = _scale(parts, lists, languages, hints)
        case "points":
            question["options"] = [option(row, languages) for row in parts]
            question["total"] = _number(hints.get("total"))
        case _:
            listed = lists.get(hints.get("list", ""), [])
            question["options"] = [option(row, languages) for row in listed]
    return question


def _scale(
    parts: list[Row], lists: dict[str, list[Row]], languages: Languages, hints: dict[str, str]
) -> dict[str, Any]:
    listed = parts[0].get("type", "").partition(" ")[2].strip() if parts else ""
    named = [
        row for row in lists.get(listed, []) if unpacked(row.get("konsilium", "")).get("labelled")
    ]
    return {
        "low": _number(hints.get("low")),
        "high": _number(hints.get("high")),
        "labels": {_number(row.get("name")): languages.text(row) for row in named},
    }


def _number(text: str | None) -> int | str | None:
    """Whole number of a hint; what is none is left for the questionnaire to refuse."""
    return int(text) if text and text.lstrip("-").isdigit() else text
