"""The tree of a formula."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Number:
    """A literal."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A series, or an indicator of a scenario table."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """A run of operators of one priority, from left to right: first, then (sign, operand)."""

    first: Node
    rest: tuple[tuple[str, Node, int], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language."""

    function: str
    arguments: tuple[Node, ...]
    position: int


Node: TypeAlias = Number | Name | Negation | Operation | Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: its text, its tree, and the names it uses in order of appearance."""

    text: str
    tree: Node
    names: tuple[Name, ...]

    @property
    def series(self) -> tuple[str, ...]:
        """Distinct names used."""
        return tuple(dict.fromkeys(name.name for name in self.names))

    def require_known(self, known: Sequence[str]) -> None:
        """Raise at the first name that is not among `known`, with the nearest one that is."""
        for name in self.names:
            if name.name not in known:
                raise unknown_name(self.text, name.position, name.name, known)


def unknown_name(text: str, position: int, name: str, known: Sequence[str]) -> ScenarioError:
    """Build the error for a name that nobody knows."""
    nearest = difflib.get_close_matches(name, known, n=1)
    if nearest:
        return ScenarioError(
            "name_unknown",
            "formula '{formula}', position {position}: there is no series {name}; "
            "expected a known one, the nearest is {nearest}",
            formula=text,
            position=position,
            name=name,
            nearest=nearest[0],
        )
    return ScenarioError(
        "name_unknown",
        "formula '{formula}', position {position}: there is no series {name}; "
        "expected one of {known}",
        formula=text,
        position=position,
        name=name,
        known=", ".join(known),
    )
