"""Read a decision problem written as JSON, strictly: nothing is guessed, nothing repaired."""

from __future__ import annotations

import codecs
import difflib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.commands.faults import UserError

STDIN = "-"
# What ranking needs; other commands need less.
RANKING = ("matrix", "weights", "senses")
_KEYS = (*RANKING, "alternatives", "criteria", "params")


@dataclass(frozen=True, slots=True)
class ProblemFile:
    """The contents of PROBLEM.json; values and labels are checked by `DecisionProblem`.

    What the file leaves out is empty; a gap (null) in the matrix is NaN.
    """

    matrix: list[list[float]]
    weights: list[float]
    senses: list[str]
    alternatives: list[str]
    criteria: list[str]
    params: dict[str, Any]


def read_problem(
    source: str,
    required: tuple[str, ...] = RANKING,
    *,
    gaps: bool = False,
    free: tuple[str, ...] = (),
) -> ProblemFile:
    """Read a problem from a file, or from standard input if the source is ``-``.

    Parameters
    ----------
    source
        File name or ``-``.
    required
        Keys that must stand in the file.
    gaps
        Whether the matrix may hold null.
    free
        Keys of ``params`` that may hold anything: the command checks them itself.

    Raises
    ------
    UserError
        For the first thing that is wrong.
    """
    name, given = read_object(source, required)
    _check_keys(given, name, required)
    weights = _numbers(given.get("weights", []), "weights", name)
    senses = _texts(given.get("senses", []), "senses", name)
    if "weights" in given and "senses" in given and len(weights) != len(senses):
        raise UserError(
            "{file}: {found} weights are given for {expected} criteria",
            file=name,
            found=len(weights),
            expected=len(senses),
        )
    return ProblemFile(
        matrix=_matrix(given.get("matrix", []), name, gaps=gaps),
        weights=weights,
        senses=senses,
        alternatives=_texts(given.get("alternatives", []), "alternatives", name),
        criteria=_texts(given.get("criteria", []), "criteria", name),
        params=params_of(given.get("params", {}), name, free=free),
    )


def read_object(source: str, expected: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """Read a JSON object from a file or standard input; return what it is called and its keys."""
    name = "stdin" if source == STDIN else source
    given = _parse(_text(source, name), name)
    if not isinstance(given, dict):
        raise UserError(
            "{file}: found {found}; expected an object with {keys}",
            file=name,
            found=_kind(given),
            keys=", ".join(expected),
        )
    return name, given


def _text(source: str, name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
    except FileNotFoundError as error:
        raise UserError("{file}: there is no such file", file=name) from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise UserError(
            "{file}: the file cannot be read ({reason})",
            file=name,
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise UserError("{file}: found nothing; expected a problem written as JSON", file=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "{file}, line {line}: found text that is not UTF-8; save the file with the encoding UTF-8",
            file=name,
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from error


def _parse(text: str, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise UserError(
                    "{file}: the key {key} stands twice; expected once", file=name, key=repr(key)
                )
            found[key] = value
        return found

    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise UserError(
            "{file}, line {line}, column {column}: this is not JSON ({reason})",
            file=name,
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from error
    except UserError:
        raise
    except (RecursionError, ValueError) as error:  # nested too deep; a whole number too long
        raise UserError("{file}: this is no decision problem", file=name) from error


def _check_keys(given: dict[str, Any], name: str, required: tuple[str, ...]) -> None:
    for key in given:
        if key not in _KEYS:
            close = difflib.get_close_matches(key.lower(), _KEYS, n=1)
            raise UserError(
                "{file}: the key {key} is not known; expected {nearest}",
                file=name,
                key=repr(key),
                nearest=close[0] if close else ", ".join(_KEYS),
            )
    for key in required:
        if key not in given:
            raise UserError(
                "{file}: the key {key} is missing; expected {keys}",
                file=name,
                key=repr(key),
                keys=", ".join(required),
            )


def _matrix(given: Any, name: str, *, gaps: bool) -> list[list[float]]:  # noqa: ANN401 - whatever JSON holds
    rows = [
        _numbers(row, f"matrix[{i}]", name, gaps=gaps)
        for i, row in enumerate(_list(given, "matrix", name))
    ]
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise UserError(
                "{file}: {key} has {found} numbers, the first row {expected}; "
                "expected rows of one length",
                file=name,
                key=f"matrix[{i}]",
                found=len(row),
                expected=len(rows[0]),
            )
    return rows


def _numbers(given: Any, key: str, name: str, *, gaps: bool = False) -> list[float]:  # noqa: ANN401
    return [
        float("nan") if gaps and x is None else _number(x, f"{key}[{i}]", name)
        for i, x in enumerate(_list(given, key, name))
    ]


def _number(given: Any, key: str, name: str) -> float:  # noqa: ANN401
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise UserError(
            "{file}: {key} is {found}; expected a number", file=name, key=key, found=_shown(given)
        )
    try:
        return float(given)
    except OverflowError:  # a whole number beyond the range is refused as 1e999 is
        return float("inf") if given > 0 else float("-inf")


def _texts(given: Any, key: str, name: str) -> list[str]:  # noqa: ANN401
    for i, each in enumerate(_list(given, key, name)):
        if not isinstance(each, str):
            raise UserError(
                "{file}: {key} is {found}; expected a text in quotes",
                file=name,
                key=f"{key}[{i}]",
                found=_shown(each),
            )
    return list(given)


def params_of(
    given: Any,  # noqa: ANN401 - whatever JSON holds
    name: str,
    key: str = "params",
    *,
    free: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Check the parameters that stand under a key of a file; those that are free are left alone."""
    if not isinstance(given, dict):
        raise UserError(
            "{file}: {key} is {found}; expected an object",
            file=name,
            key=key,
            found=_kind(given),
        )
    for part, value in given.items():
        for each in () if part in free else _cells(value):
            if isinstance(each, (bool, dict, list)):
                raise UserError(
                    "{file}: {key} holds {found}; expected a number, a text, or a list (of lists) of them",
                    file=name,
                    key=f"{key}.{part}",
                    found=_shown(each),
                )
    return given


def _cells(value: Any) -> list[Any]:  # noqa: ANN401
    """Return what a parameter holds: one value, a list, a table, or values by name."""
    if isinstance(value, dict):
        return list(value.values())
    rows = value if isinstance(value, list) else [value]
    return [c for row in rows for c in (row if isinstance(row, list) else [row])]


def _list(given: Any, key: str, name: str) -> list[Any]:  # noqa: ANN401
    if not isinstance(given, list):
        raise UserError(
            "{file}: {key} is {found}; expected a list", file=name, key=key, found=_shown(given)
        )
    return given


def _shown(given: Any) -> str:  # noqa: ANN401
    """Return a value as JSON writes it; a container only by its brackets."""
    return (
        _kind(given) if isinstance(given, (list, dict)) else json.dumps(given, ensure_ascii=False)
    )


def _kind(given: Any) -> str:  # noqa: ANN401
    return {list: "[...]", dict: "{...}"}.get(type(given)) or _shown(given)
