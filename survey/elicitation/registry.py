"""The registry of ways to turn judgements into weights: one entry each, read by all who list them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from survey.elicitation.result import Elicited, Message, Outcome, Steps
from survey.errors import SurveyError


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the judgements, or a choice of the method's form."""

    name: str
    meaning: str
    default: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Judgements:
    """What was asked of a kernel: its parameters, complete, and the labels if any were given."""

    method: str
    params: Mapping[str, Any]
    labels: tuple[str, ...] | None = None


Kernel: TypeAlias = Callable[[Judgements, Steps], Outcome]


@dataclass(frozen=True, slots=True)
class Elicitation:
    """A registered way to find weights from judgements; the first variant is the default."""

    name: str
    title: str
    variants: tuple[str, ...]
    reference: str
    degenerate: str
    parameters: tuple[Parameter, ...]
    kernel: Kernel = field(repr=False)


_ELICITATIONS: dict[str, Elicitation] = {}
ELICITATIONS: Mapping[str, Elicitation] = MappingProxyType(_ELICITATIONS)


def register(
    name: str,
    *,
    title: str,
    variants: tuple[str, ...],
    reference: str,
    degenerate: str,
    parameters: tuple[Parameter, ...],
) -> Callable[[Kernel], Kernel]:
    """Enter a kernel into the registry."""

    def add(kernel: Kernel) -> Kernel:
        _ELICITATIONS[name] = Elicitation(
            name, title, variants, reference, degenerate, parameters, kernel
        )
        return kernel

    return add


def nearest(name: str, known: Sequence[str]) -> str:
    """Return the known name most like a wrong one; all of them where none is."""
    close = difflib.get_close_matches(name.lower(), known, n=1)
    return close[0] if close else ", ".join(known)


def elicit(method: str, params: Mapping[str, Any], labels: Sequence[str] | None = None) -> Elicited:
    """Turn judgements into weights.

    Parameters
    ----------
    method
        Name in `ELICITATIONS`.
    params
        The judgements, by the names of the method's parameters.
    labels
        What is weighed, in the order of the judgements; left out: C1, C2 and so on.

    Raises
    ------
    SurveyError
        Unknown method or parameter, or judgements that do not fit together in form. Judgements
        that contradict each other are no error: see `Elicited.consistency`.

    """
    if method not in _ELICITATIONS:
        raise SurveyError(
            "unknown_method",
            "method {found} is not known; expected {nearest}",
            found=repr(method),
            nearest=nearest(method, list(_ELICITATIONS)),
        )
    chosen = _ELICITATIONS[method]
    known = [p.name for p in chosen.parameters]
    for name in params:
        if name not in known:
            raise SurveyError(
                "unknown_parameter",
                "method {method} has no parameter {found}; expected {nearest}",
                method=method,
                found=repr(name),
                nearest=nearest(name, known),
            )
    for p in chosen.parameters:
        if p.required and params.get(p.name) is None:
            raise SurveyError(
                "missing_parameter",
                "method {method} needs the parameter {name}: {meaning}",
                method=method,
                name=p.name,
                meaning=Message(p.meaning),
            )
    settings = {p.name: p.default for p in chosen.parameters} | dict(params)
    steps: Steps = {}
    found = chosen.kernel(
        Judgements(method, settings, None if labels is None else tuple(labels)), steps
    )
    return Elicited(
        method=method,
        variant=found.variant,
        reference=chosen.reference,
        labels=found.labels,
        weights=found.weights / found.weights.sum(),
        consistency=found.consistency,
        steps=MappingProxyType(steps),
        total=found.total,
    )
