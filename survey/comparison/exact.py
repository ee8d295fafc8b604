"""Fisher's exact test of a table of any size, or its simulation where the tables are too many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import fisher_exact, random_table

from survey.contingency import FloatArray, IntArray, count_table
from survey.errors import SurveyError

Alternative = Literal["two-sided", "greater", "less"]
ALTERNATIVES: Final = ("two-sided", "greater", "less")

RESAMPLES: Final = 100_000
_BLOCK_CELLS: Final = 5_000_000  # of simulated tables held at a time
_MOST_STATES: Final = 5_000_000  # partial tables held at a time
_MOST_PEOPLE: Final = 10_000  # above them chi-square and simulation are as good, and faster
_LARGEST_PLACE: Final = 2**53
# Tables whose probabilities differ by less are equally probable (as in R's fisher.test).
_TIE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class ExactTest:
    """P-value of Fisher's test (Fisher, Freeman, Halton): all tables no more probable than this.

    `resamples` is 0 and `standard_error` 0 where every table was counted; otherwise the p-value
    is simulated, with that Monte Carlo error.
    """

    p: float
    n: int
    alternative: Alternative
    resamples: int
    standard_error: float

    @property
    def simulated(self) -> bool:
        """Whether the p-value comes from random tables, not from all of them."""
        return self.resamples > 0


def fisher_test(
    table: npt.ArrayLike,
    *,
    alternative: Alternative = "two-sided",
    rng: np.random.Generator | None = None,
    resamples: int = RESAMPLES,
) -> ExactTest:
    """Fisher's exact test that rows and columns are independent, margins given.

    Parameters
    ----------
    table
        Counts, at least 2 x 2. Rows and columns of zeros change nothing.
    alternative
        One-sided only for 2 x 2: the odds ratio is above (``greater``) or below 1.
    rng, resamples
        For a table too large to count: random tables with its margins, (1 + those no more
        probable) / (1 + resamples). Without a generator such a table is refused.

    References
    ----------
    Fisher (1934), Statistical Methods for Research Workers, 5th ed.; Freeman, Halton (1951),
    Biometrika 38, 141-149; Patefield (1981), J. R. Stat. Soc. C 30, 91-97.

    """
    counts = count_table(table)
    n = int(counts.sum())
    if alternative not in ALTERNATIVES:
        raise SurveyError(
            "alternative_unknown",
            "the alternative is {found}; one of {expected} is expected",
            found=repr(alternative),
            expected=", ".join(ALTERNATIVES),
        )
    if counts.shape == (2, 2):
        p = float(fisher_exact(counts, alternative=alternative).pvalue)
        return ExactTest(min(p, 1.0), n, alternative, 0, 0.0)
    if alternative != "two-sided":
        raise SurveyError(
            "alternative_two_sided",
            "the alternative {found} has a meaning for two rows and two columns only; "
            "two-sided is expected",
            found=alternative,
        )
    filled = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(filled.shape) < 2:
        return ExactTest(1.0, n, alternative, 0, 0.0)  # these margins allow one table only
    exact = _counted(filled if filled.shape[0] <= filled.shape[1] else filled.T)
    if exact is not None:
        return ExactTest(exact, n, alternative, 0, 0.0)
    if rng is None:
        raise SurveyError(
            "generator_missing_fisher",
            "the tables with these margins are too many to count; "
            "a random generator is expected, to simulate them",
        )
    p = _simulated(filled, rng, resamples)
    error = float(np.sqrt(p * (1 - p) / resamples))
    return ExactTest(p, n, alternative, resamples, error)


def _counted(counts: IntArray) -> float | None:
    """Sum over all tables, column by column; None where they are too many.

    Partial tables that have used the same row totals with the same probability are one state: what
    may follow is the same for both. A state all of whose completions count is added whole, one of
    which none counts is dropped (after Mehta, Patel 1983, J. Am. Stat. Assoc. 78, 427-434).
    """
    rows, columns = counts.sum(axis=1), np.sort(counts.sum(axis=0))[::-1]
    weight = np.concatenate(([1.0], np.cumprod(rows[:-1] + 1.0)))
    if weight[-1] > _LARGEST_PLACE or counts.sum() > _MOST_PEOPLE:
        return None
    observed = -gammaln(counts + 1.0).sum() + _TIE
    log_all = gammaln(rows + 1).sum() + gammaln(columns + 1).sum() - gammaln(counts.sum() + 1)
    used = np.zeros((1, len(rows)), dtype=np.int64)
    log_p, times, found = np.zeros(1), np.ones(1), 0.0
    for k, total in enumerate(columns[:-1]):
        fills = _fills(int(total), rows, _MOST_STATES // len(used))
        if fills is None:
            return None
        fits = np.ones((len(used), len(fills)), dtype=np.bool_)
        for row, size in enumerate(rows):
            fits &= fills[:, row] <= (size - used[:, row])[:, None]
        state, fill = np.nonzero(fits)
        log_p = log_p[state] - gammaln(fills + 1.0).sum(axis=1)[fill]
        used, log_p, times = _merged(
            used[state] + fills[fill], log_p, times[state], weight.astype(np.int64)
        )
        left, rest = rows - used, columns[k + 1 :]
        least, most = _range(left, rest)
        whole = log_p + most <= observed
        log_rest = gammaln(rest.sum() + 1.0) - gammaln(rest + 1.0).sum()
        log_sum = log_p + log_rest - gammaln(left + 1.0).sum(axis=1) + log_all
        found += float((times * np.exp(log_sum))[whole].sum())
        open_ = ~whole & (log_p + least <= observed)
        if not open_.any():
            break
        used, log_p, times = used[open_], log_p[open_], times[open_]
    return min(1.0, found)


def _range(left: IntArray, rest: IntArray) -> tuple[FloatArray, FloatArray]:
    """Bounds of the log-probability of what may fill the remaining columns, up to a constant.

    The sum of log x! is least where the cells of a row (or column) are alike, most where one holds
    all. With one column left there is no choice, and both bounds are its value.
    """
    if len(rest) == 1:
        only = -gammaln(left + 1.0).sum(axis=1)
        return only, only
    if left.shape[1] == 2:
        return _range_of_two(left[:, 0], rest)
    n, r = len(rest), left.shape[1]
    even = np.maximum(n * gammaln(left / n + 1.0).sum(axis=1), r * gammaln(rest / r + 1.0).sum())
    uneven = np.minimum(gammaln(left + 1.0).sum(axis=1), gammaln(rest + 1.0).sum())
    return -uneven, -even


def _range_of_two(left: IntArray, rest: IntArray) -> tuple[FloatArray, FloatArray]:
    """The same for two rows, exactly: the best and the worst way to reach each first total."""
    size = int(left.max(initial=0)) + 1
    least, most = np.full(size, np.inf), np.full(size, -np.inf)
    least[0] = most[0] = 0.0
    for total in rest:
        cell = np.arange(min(int(total), size - 1) + 1)
        step = -gammaln(cell + 1.0) - gammaln(total - cell + 1.0)
        lower, upper = np.full(size, np.inf), np.full(size, -np.inf)
        for x, value in zip(cell.tolist(), step.tolist(), strict=True):
            lower[x:] = np.minimum(lower[x:], least[: size - x] + value)
            upper[x:] = np.maximum(upper[x:], most[: size - x] + value)
        least, most = lower, upper
    return least[left], most[left]


def _fills(total: int, most: IntArray, limit: int) -> IntArray | None:
    """All ways to spread a column's total over the rows; None where they are above the limit."""
    ways = np.arange(min(total, int(most[0])) + 1, dtype=np.int64)[:, None]
    for row in most[1:-1]:
        size = min(total, int(row)) + 1
        if len(ways) * size > 8 * limit:
            return None
        added = np.tile(np.arange(size, dtype=np.int64), len(ways))[:, None]
        ways = np.hstack((np.repeat(ways, size, axis=0), added))
        ways = ways[ways.sum(axis=1) <= total]
    rest = total - ways.sum(axis=1)
    fits = rest <= most[-1]
    found = np.hstack((ways, rest[:, None]))[fits]
    return found if len(found) <= limit else None


def _merged(
    used: IntArray, log_p: FloatArray, times: FloatArray, weight: IntArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    # Probabilities that differ in the tenth digit only are the same, computed another way.
    place, rounded = used @ weight, np.round(log_p, 9)
    order = np.lexsort((rounded, place))
    place, rounded = place[order], rounded[order]
    first = np.concatenate(([True], (np.diff(place) != 0) | (np.diff(rounded) != 0)))
    starts = np.flatnonzero(first)
    return used[order][starts], log_p[order][starts], np.add.reduceat(times[order], starts)


def _simulated(counts: IntArray, rng: np.random.Generator, resamples: int) -> float:
    tables = random_table(counts.sum(axis=1), counts.sum(axis=0))
    observed = -gammaln(counts + 1.0).sum()
    block = max(1, _BLOCK_CELLS // counts.size)
    as_rare = 0
    for start in range(0, resamples, block):
        size = min(block, resamples - start)
        # Patefield's way needs no memory for each person counted.
        drawn = tables.rvs(size, method="patefield", random_state=rng)
        log_p = -gammaln(drawn + 1.0).sum(axis=(-2, -1))
        as_rare += int((log_p <= observed + _TIE).sum())
    return (1 + as_rare) / (1 + resamples)
