"""Cochran's Q: are several yes-or-no questions answered yes equally often by the same people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from survey.agreement.inputs import ratings
from survey.agreement.reasons import Undefined
from survey.errors import SurveyError
from survey.frames import first_cell


@dataclass(frozen=True, slots=True)
class CochranQ:
    """Cochran's Q on `df` degrees of freedom; None where everybody answered all alike."""

    q: float | None
    df: int
    p: float | None
    n: int
    undefined: Undefined | None = None


def cochran_q(rows: npt.ArrayLike, times: npt.ArrayLike | None = None) -> CochranQ:
    """Cochran's Q.

    Parameters
    ----------
    rows
        0 or 1, shape (people, questions), two questions or more.
    times
        How many people gave the row, shape (people,); left out, one each.

    References
    ----------
    Cochran (1950), Biometrika 37, 256-266.

    """
    given = ratings(rows, least=(1, 2))
    if (cell := first_cell((given != 0) & (given != 1))) is not None:
        raise SurveyError(
            "not_binary",
            "row {row}, column {column} is {found}; 0 or 1 is expected",
            row=cell[0] + 1,
            column=cell[1] + 1,
            found=float(given[cell]),
        )
    weight = np.ones(len(given)) if times is None else np.asarray(times, dtype=np.float64)
    k = given.shape[1]
    each, columns = given.sum(axis=1), weight @ given
    total = float(columns.sum())
    spread = float((weight * each * (k - each)).sum())
    n = int(weight.sum())
    if spread == 0:
        return CochranQ(None, k - 1, None, n, Undefined.no_contrast())
    q = (k - 1) * (k * float((columns**2).sum()) - total**2) / spread
    return CochranQ(q, k - 1, float(chdtrc(k - 1, max(q, 0.0))), n)
