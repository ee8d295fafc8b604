"""What `konsilium robustness` reads from ``params``: which weights, values and methods are in doubt.

A key that the chosen priors do not use belongs to the method. ``low`` and ``high`` are read by
their shape: a list with one number per criterion bounds the weights, a table like the matrix
bounds the values; where both are wanted, or no doubt should remain, the explicit names are
``weights_low``, ``weights_high``, ``values_low``, ``values_high``. A method whose own parameter has
one of these names gets it through ``methods``: ``[{"method": NAME, "params": {...}}]``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.commands.faults import UserError
from app.commands.problem_file import ProblemFile
from mcda.registry import nearest

# Checked here, entry by entry; `read_problem` leaves them alone.
FREE = ("methods", "constraints", "value_draws")
BOUNDS = ("low", "high")
Table = NDArray[np.float64]
_LARGEST = float(np.finfo(np.float64).max)


@dataclass(slots=True)
class Params:
    """The parameters of a file, each taken once; what is left is the method's."""

    file: str
    given: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: str, given: ProblemFile) -> Params:
        """Read the bounds by their shape."""
        params = cls(file, dict(given.params))
        for side in BOUNDS:
            if side not in params.given:
                continue
            bound = params.given.pop(side)
            if not isinstance(bound, list):
                raise UserError(
                    "{file}: {key} is {found}; expected a list",
                    file=file,
                    key=f"params.{side}",
                    found=shown(bound),
                )
            is_table = any(isinstance(row, list) for row in bound)
            name = f"{'values' if is_table else 'weights'}_{side}"
            if name in params.given:
                raise UserError(
                    "{file}: params.{one} and params.{other} say the same; expected one of them",
                    file=file,
                    one=side,
                    other=name,
                )
            params.given[name] = bound
            params.names[name] = side
        return params

    def prior(self, key: str, known: dict[str, tuple[str, ...]], otherwise: str) -> str:
        """Take the name of a prior, for which all that it needs must be there."""
        found = self.given.pop(key, otherwise)
        if not isinstance(found, str) or found not in known:
            raise UserError(
                "{file}: params.{key} is {found}; expected {nearest}",
                file=self.file,
                key=key,
                found=shown(found),
                nearest=nearest(str(found), list(known)),
            )
        for part in known[found]:
            if part not in self.given:
                raise UserError(
                    "{file}: params.{part} is missing; {key} {prior} needs it",
                    file=self.file,
                    part=part,
                    key=key,
                    prior=found,
                )
        return found

    def table(self, key: str, *shape: int | None) -> Table:
        """Take a list (of lists) of finite numbers of a shape; None is any length above 0."""
        name = f"params.{self.names.get(key, key)}"
        return np.array(checked(self.given.pop(key), name, self.file, shape), dtype=np.float64)


def checked(given: Any, key: str, file: str, shape: tuple[int | None, ...]) -> Any:  # noqa: ANN401
    """Return a number, or a list (of lists) of numbers of a shape, as it is; refuse all else."""
    if not shape:
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            raise UserError(
                "{file}: {key} is {found}; expected a number",
                file=file,
                key=key,
                found=shown(given),
            )
        if not (abs(given) <= _LARGEST and math.isfinite(given)):
            raise UserError(
                "{file}: {key} is {found}; expected a finite number",
                file=file,
                key=key,
                found=given if isinstance(given, float) else "inf",
            )
        return given
    if not isinstance(given, list):
        raise UserError(
            "{file}: {key} is {found}; expected a list", file=file, key=key, found=shown(given)
        )
    length, *inner = shape
    if len(given) != length if length is not None else not given:
        raise UserError(
            "{file}: {key} has {found} entries; expected {expected}",
            file=file,
            key=key,
            found=len(given),
            expected="1+" if length is None else length,
        )
    return [checked(x, f"{key}[{i}]", file, tuple(inner)) for i, x in enumerate(given)]


def shown(given: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a value as JSON writes it, a container only by its brackets."""
    texts: dict[Any, str] = {True: "true", False: "false", None: "null"}
    if isinstance(given, list):
        return "[...]"
    if isinstance(given, dict):
        return "{...}"
    if given is None or isinstance(given, bool):
        return texts[given]
    return f'"{given}"' if isinstance(given, str) else str(given)
