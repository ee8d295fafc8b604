"""Overall tests for questions where several options may be chosen (MRCV).

A table of such a question is no contingency table: a person stands in several of its cells, so
its chi-square is not chi-square distributed. The sum of the options' own statistics is a mixture
of chi-squares, which Rao and Scott's second-order correction or the bootstrap take care of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.comparison.mrcv_bootstrap import bootstrap_p
from survey.comparison.mrcv_correction import Corrected, rao_scott
from survey.comparison.mrcv_tables import crossed_chi_square
from survey.counts import Counts
from survey.errors import SurveyError

FloatArray = npt.NDArray[np.float64]

ZERO_CELL: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class MrcvTest:
    """Overall test between two sides, each a multiple choice, or one of them a grouping.

    Parameters
    ----------
    kind
        ``mmi`` (groups and one multiple choice: multiple marginal independence) or ``spmi`` (two
        multiple choices: simultaneous pairwise marginal independence).
    n
        Persons with a complete answer; `left_out` had some option not shown.
    cells
        Chi-square of every pair of items, shape (rows, options); for ``mmi`` one row. NaN where an
        item was chosen by all or by nobody: nothing varies there.
    df_cell
        Degrees of freedom of each of them.
    zero_cell
        What was added to the empty cells of the tables behind them; 0: nothing.
    x2
        Their sum.
    p_cells
        P-value of each, times their number (Bonferroni), at most 1; NaN as in `cells`.
    bonferroni
        Smallest of `p_cells`.
    rao_scott
        Of `x2`.
    bootstrap
        P-value by `resamples` resamples in which the sides are independent; None where none were
        asked for.

    """

    kind: str
    n: int
    left_out: int
    cells: FloatArray
    df_cell: int
    zero_cell: float
    x2: float
    p_cells: FloatArray
    bonferroni: float
    rao_scott: Corrected
    bootstrap: float | None
    resamples: int


def marginal_independence(
    source: Answers | Counts,
    *,
    zero_cell: float = ZERO_CELL,
    rng: np.random.Generator | None = None,
    resamples: int = 0,
) -> MrcvTest:
    """Test that every option is as frequent in one group as in another (MMI).

    Parameters
    ----------
    source
        Respondents' rows. Published totals are refused: they do not tell which options were
        chosen together.
    zero_cell
        Added to the empty cells of each option's table: 0.5 as Koziol and Bilder do, or 0.
    rng, resamples
        For the bootstrap; 0 resamples: none.

    References
    ----------
    Agresti, Liu (1999), Biometrics 55, 936-943; Bilder, Loughin, Nettleton (2000), Commun. Stat.
    Simul. Comput. 29, 1285-1315; Thomas, Decady (2004), Int. J. Test. 4, 43-59.

    """
    if isinstance(source, Counts):
        raise SurveyError(
            "rows_needed",
            "only totals of question {question} are known; which options each expert chose "
            "together is not, so groups cannot be compared over all options at once. "
            "Respondents' rows are expected",
            question=source.question,
        )
    whole = (source.cells != NOT_SHOWN).all(axis=1)
    chosen = (source.cells[whole] == SELECTED).astype(np.float64)
    member = np.eye(len(source.groups))[source.group_of[whole]]
    return mrcv_test(
        member,
        chosen,
        np.ones(len(chosen)),
        grouping=True,
        zero_cell=zero_cell,
        rng=rng,
        resamples=resamples,
        left_out=int((~whole).sum()),
    )


def pairwise_independence(
    left: Answers,
    right: Answers,
    *,
    zero_cell: float = ZERO_CELL,
    rng: np.random.Generator | None = None,
    resamples: int = 0,
) -> MrcvTest:
    """Test that every option of one question goes with every option of another by chance (SPMI).

    Parameters
    ----------
    left, right
        Rows of the same respondents in the same order.
    zero_cell, rng, resamples
        As in `marginal_independence`.

    References
    ----------
    Bilder, Loughin (2004), Biometrics 60, 241-248; Koziol, Bilder (2014), R Journal 6/1, 144-150.

    """
    if left.respondents != right.respondents:
        raise SurveyError(
            "respondents_differ",
            "questions {one} and {other} were answered by other respondents or in another order; "
            "the same rows are expected",
            one=left.question,
            other=right.question,
        )
    whole = (left.cells != NOT_SHOWN).all(axis=1) & (right.cells != NOT_SHOWN).all(axis=1)
    return mrcv_test(
        (left.cells[whole] == SELECTED).astype(np.float64),
        (right.cells[whole] == SELECTED).astype(np.float64),
        np.ones(int(whole.sum())),
        grouping=False,
        zero_cell=zero_cell,
        rng=rng,
        resamples=resamples,
        left_out=int((~whole).sum()),
    )


def mrcv_test(
    left: FloatArray,
    right: FloatArray,
    times: FloatArray,
    *,
    grouping: bool,
    zero_cell: float = ZERO_CELL,
    rng: np.random.Generator | None = None,
    resamples: int = 0,
    left_out: int = 0,
) -> MrcvTest:
    """Either test on rows of 0 and 1 that stand `times` times.

    Parameters
    ----------
    left
        Shape (rows, items); one-hot membership where `grouping`.
    right
        Shape (rows, options).
    times
        How often each row was given, shape (rows,).

    """
    if resamples and rng is None:
        raise SurveyError(
            "generator_missing_resamples",
            "{size} resamples are asked for without a random generator; one is expected",
            size=resamples,
        )
    if not 0 <= zero_cell < 1:
        raise SurveyError(
            "zero_cell_outside",
            "{found} is to be added to empty cells; a number from 0 up to 1 is expected",
            found=zero_cell,
        )
    kept = times > 0
    left, right, times = left[kept], right[kept], times[kept]
    if grouping:
        left = left[:, left.any(axis=0)]
    if not len(times) or (grouping and left.shape[1] < 2):
        raise SurveyError(
            "mrcv_one_group",
            "complete answers came from {groups} of the groups; two or more are expected",
            groups=left.shape[1] if len(times) else 0,
        )
    n = float(times.sum())
    joint = left.T @ (right * times[:, None])
    totals = left.T @ times, right.T @ times
    cells = crossed_chi_square(joint, *totals, n, zero_cell, grouping=grouping)
    tested = np.isfinite(cells)
    if not tested.any():
        raise SurveyError(
            "mrcv_no_variation",
            "every option was chosen by all or by nobody; at least one that some chose is expected",
        )
    df_cell = int(left.shape[1] - 1) if grouping else 1
    each = np.where(
        tested, np.minimum(1.0, chdtrc(df_cell, np.nan_to_num(cells)) * tested.sum()), np.nan
    )
    x2 = float(np.nansum(cells))
    p = None
    if resamples and rng is not None:
        p = bootstrap_p(
            left,
            right,
            times,
            x2,
            rng,
            zero_cell=zero_cell,
            resamples=resamples,
            grouping=grouping,
        )
    return MrcvTest(
        kind="mmi" if grouping else "spmi",
        n=int(n),
        left_out=left_out,
        cells=cells,
        df_cell=df_cell,
        zero_cell=zero_cell,
        x2=x2,
        p_cells=each,
        bonferroni=float(np.nanmin(each)),
        rao_scott=rao_scott(left, right, times, x2, grouping=grouping),
        bootstrap=p,
        resamples=resamples,
    )
