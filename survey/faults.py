"""Pydantic's findings as our sentences, with ids instead of positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError

_SHOWN = 60  # characters of an offending value that a sentence can carry


def faults_of(error: ValidationError, data: object) -> tuple[SurveyError, ...]:
    """Every fault that pydantic found in `data`, one SurveyError each, in order."""
    return tuple(_fault(detail, data) for detail in error.errors(include_url=False))


def _fault(detail: Any, data: object) -> SurveyError:  # noqa: ANN401 - pydantic's ErrorDetails has open keys
    context = detail.get("ctx", {})
    if isinstance(own := context.get("error"), SurveyError):
        return own
    where = _where(data, detail["loc"])
    match detail["type"]:
        case "missing":
            return SurveyError("field_missing", "{where} is missing; it is required", where=where)
        case "extra_forbidden":
            return SurveyError(
                "field_unknown", "{where} is not a field of this format", where=where
            )
        case "union_tag_not_found":
            return SurveyError(
                "field_missing", "{where} is missing; it is required", where=f"{where}.kind"
            )
        case "union_tag_invalid":
            return SurveyError(
                "kind_unknown",
                "{where} is {found}; {expected} is expected",
                where=f"{where}.kind",
                found=context["tag"],
                expected=context["expected_tags"].replace("'", ""),
            )
    return SurveyError(
        "field_invalid",
        "{where} is {found}: {problem}",
        where=where,
        found=_short(detail["input"]),
        problem=detail["msg"],
    )


def _where(data: object, location: Sequence[int | str]) -> str:
    """Path to the fault: `questions[motives].options[other].text.ru`, list items by id if any."""
    path = ""
    current = data
    for part in location:
        if isinstance(part, int):
            current = current[part] if isinstance(current, list) else None
            own_id = current.get("id") if isinstance(current, dict) else None
            path += f"[{own_id if isinstance(own_id, str) else part + 1}]"
            continue
        fields = current if isinstance(current, dict) else {}
        if part not in fields and fields.get("kind") == part:
            continue  # pydantic names the kind of a question here; the file has no such level
        path += f".{part}" if path else part
        current = fields.get(part)
    return path or "YAML"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + "..."
