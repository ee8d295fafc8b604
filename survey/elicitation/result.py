"""What an elicitation hands back: weights, how consistent the judgements are, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
Steps: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """An English template, the key of its translation, and its fields."""

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(
            **{k: f"{v:.4g}" if isinstance(v, float) else v for k, v in self.fields.items()}
        )


def message(template: str, /, **named: object) -> Message:
    """Build a message; translations are extracted from calls of this name."""
    return Message(template, named)


@dataclass(frozen=True, slots=True)
class Consistency:
    """How well the judgements agree with one another.

    Parameters
    ----------
    measure
        What was measured, and after whom.
    value
        The measure; 0 is perfect consistency.
    limit
        Highest value that its authors accept; None where they name none.
    cause
        The judgements that contradict each other most; None where none do.

    """

    measure: Message
    value: float
    limit: float | None = None
    cause: Message | None = None

    @property
    def acceptable(self) -> bool | None:
        """Whether the value is within the limit; None without a limit."""
        return None if self.limit is None else bool(self.value <= self.limit)


@dataclass(frozen=True, slots=True, eq=False)
class Elicited:
    """Weights that follow from judgements.

    Parameters
    ----------
    method, variant, reference
        Name of the method, which form of it, and who published it.
    labels
        What was weighed.
    weights
        Shape (labels,), 0 or more, sum 1.
    consistency
        Of the judgements; None where they cannot contradict each other.
    steps
        Every intermediate by the literature's name.
    total
        What the weights sum to as the method prints them (100 for SRF).

    """

    method: str
    variant: str
    reference: str
    labels: tuple[str, ...]
    weights: FloatArray
    consistency: Consistency | None = None
    steps: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    total: float = 1.0

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping proxy cannot be pickled, a plain dictionary can.
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return _rebuild, (values | {"steps": dict(self.steps)},)


def _rebuild(values: dict[str, Any]) -> Elicited:
    return Elicited(**values | {"steps": MappingProxyType(values["steps"])})


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a kernel found; weights of any positive sum."""

    labels: tuple[str, ...]
    weights: FloatArray
    variant: str
    consistency: Consistency | None = None
    total: float = 1.0
