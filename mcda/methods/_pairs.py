"""Comparing every pair of alternatives in bounded memory, and how many that is bearable for."""

from __future__ import annotations

from mcda.errors import ProblemError

# Beyond this many alternatives comparing every pair takes minutes.
PAIRWISE_LIMIT = 50_000
# Cells of an array over pairs held at one time: few enough to stay in the processor's cache.
CELLS_AT_ONCE = 2**16
# A matrix of all pairs is put among the steps up to this many alternatives.
MATRIX_LIMIT = 1_000


def need_time(what: str, n: int) -> None:
    """Refuse more alternatives than can be compared pair by pair in bearable time.

    For methods that hold a few rows of pairs at a time, so that memory does not limit them.

    Raises
    ------
    ProblemError
        With the number of alternatives found, and the largest expected.
    """
    if n > PAIRWISE_LIMIT:
        raise ProblemError(
            "too_many_pairs",
            "{what} compares every pair of alternatives; found {n} alternatives, "
            "expected at most {limit}",
            what=what,
            n=n,
            limit=PAIRWISE_LIMIT,
        )


def rows_at_once(batch: int, n: int) -> int:
    """How many rows of an n x n comparison in every problem of a batch are held at one time."""
    return max(1, CELLS_AT_ONCE // max(batch * n, 1))
