"""Responses as they come together, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from survey.dataset import Remark, Response


@dataclass(slots=True)
class Filling:
    """Who answered, and what has been read of their answers so far."""

    groups: tuple[str, ...]
    group_of: npt.NDArray[np.intp]
    respondents: tuple[str, ...]
    responses: dict[str, Response] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
