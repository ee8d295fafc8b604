"""Conditions as XLSForm's `relevant` expressions, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from survey.questionnaire import Questionnaire
from survey.questions import Condition, Rating
from survey.xlsform.layout import form_name

_SELECTED = re.compile(r"selected\(\s*\$\{([^}]+)\}\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_EQUALS = re.compile(r"\$\{([^}]+)\}\s*=\s*['\"]([^'\"]*)['\"]")
_BOUND = re.compile(r"\$\{([^}]+)\}\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)")
_NOT = re.compile(r"not\((.*)\)")


def relevant_of(condition: Condition | None, questionnaire: Questionnaire) -> str:
    """Expression that shows a question under a condition."""
    if condition is None:
        return ""
    asked = questionnaire.question(condition.question)
    name = form_name(asked.id)
    if isinstance(asked, Rating):
        name = form_name(asked.id, asked.options[0].id)
    if condition.any_of:
        return " or ".join(f"selected(${{{name}}}, '{form_name(o)}')" for o in condition.any_of)
    if condition.none_of:
        return " and ".join(
            f"not(selected(${{{name}}}, '{form_name(o)}'))" for o in condition.none_of
        )
    bounds = []
    if condition.at_least is not None:
        bounds.append(f"${{{name}}} >= {condition.at_least}")
    if condition.at_most is not None:
        bounds.append(f"${{{name}}} <= {condition.at_most}")
    return " and ".join(bounds)


def condition_of(
    expression: str,
    choices: Mapping[str, str],
    numbers: Mapping[str, str],
    options: Mapping[str, Mapping[str, str]],
) -> Condition | None:
    """Condition that an expression states; None where it states something else.

    `choices` and `numbers` give the question of a name of the form, by how it is answered,
    `options` for a question the option of a name of a choice.
    """
    alternatives = [_selected(part) for part in re.split(r"\s+or\s+", expression.strip())]
    whole = [each for each in alternatives if each is not None]
    if len(whole) == len(alternatives):
        return _chosen(whole, choices, options, positive=True)
    parts = re.split(r"\s+and\s+", expression.strip())
    denied = [_selected(m[1]) for part in parts if (m := _NOT.fullmatch(part.strip()))]
    whole = [each for each in denied if each is not None]
    if len(whole) == len(parts):
        return _chosen(whole, choices, options, positive=False)
    bounds = [m for part in parts if (m := _BOUND.fullmatch(part.strip()))]
    names = {m[1] for m in bounds}
    signs = [m[2] for m in bounds]
    if len(bounds) != len(parts) or len(names) != 1 or len(set(signs)) != len(signs):
        return None
    asked = numbers.get(names.pop())
    if asked is None:
        return None
    limit = {m[2]: number_of(m[3]) for m in bounds}
    return Condition(question=asked, at_least=limit.get(">="), at_most=limit.get("<="))


def number_of(text: str) -> int | float:
    """Number as it is written: whole without a point."""
    return float(text) if "." in text else int(text)


def _selected(part: str) -> tuple[str, str] | None:
    found = _SELECTED.fullmatch(part.strip()) or _EQUALS.fullmatch(part.strip())
    return (found[1], found[2]) if found else None


def _chosen(
    named: list[tuple[str, str]],
    questions: Mapping[str, str],
    options: Mapping[str, Mapping[str, str]],
    *,
    positive: bool,
) -> Condition | None:
    names = {name for name, _ in named}
    asked = questions.get(next(iter(names))) if len(names) == 1 else None
    known = options.get(asked or "", {})
    if asked is None or any(choice not in known for _, choice in named):
        return None
    chosen = tuple(known[choice] for _, choice in named)
    return (
        Condition(question=asked, any_of=chosen)
        if positive
        else Condition(question=asked, none_of=chosen)
    )
