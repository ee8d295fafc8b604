"""Points on the criteria given as parameters: an ideal, an expected solution, an anti-ideal."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.errors import ProblemError
from mcda.methods._common import as_floats
from mcda.problem import Array
from mcda.registry import Parameter

SCALES = ("absolute", "range")


def scale_parameter(name: str) -> Parameter:
    """Describe the parameter that says in what a point on the criteria is given."""
    return Parameter(
        name,
        "absolute",
        "absolute: in the criterion's unit; range: as a share of its range, 0 worst to 1 best",
    )


def check_scale(method: str, name: str, found: Any) -> None:  # noqa: ANN401 - any parameter
    """Refuse an unknown scale."""
    if found not in SCALES:
        raise ProblemError(
            "scale",
            "{method}'s {name} is {found}; expected absolute or range",
            method=method,
            name=name,
            found=repr(found),
        )


def per_criterion(method: str, name: str, given: Any, m: int) -> Array:  # noqa: ANN401 - scalar or list
    """Spread one number over the criteria, or take a list of one for each; shape (m,)."""
    found = as_floats(given)
    if found is None or found.shape not in {(), (m,)} or not np.isfinite(found).all():
        raise ProblemError(
            "one_number_each",
            "{method}'s {name} is {found}; expected one number, or a list with one for each of {m} criteria",
            method=method,
            name=name,
            found=given,
            m=m,
        )
    return np.full(m, found)
