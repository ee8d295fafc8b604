"""Draws a second, with full rank acceptabilities: the batch against loops of other libraries."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import numpy as np
from skcriteria import mkdm
from skcriteria.agg.topsis import TOPSIS
from skcriteria.pipelines import mkpipe
from skcriteria.preprocessing.scalers import VectorScaler

from benchmarks.problems import (
    ALTERNATIVES,
    DIFFERS,
    ENGINE,
    PYMCDM,
    SEED,
    Draw,
    Ranks,
    matrix,
    weights_and_values,
    weights_only,
)
from benchmarks.timing import Line, Section, best_of
from mcda import METHODS, acceptability, blocks

DRAWS, SLOW_DRAWS = 1_000_000, 100_000
LOOP_DRAWS, SLOW_LOOP_DRAWS = 2_000, 300
RATE = "draws a second"


# scikit-criteria warns of every cost that TOPSIS is given; printing would slow its loop down.
warnings.filterwarnings("ignore", message="Although TOPSIS can operate with minimization")


def topsis_weights() -> Section:
    """TOPSIS with random weights: the headline."""
    values, sense = matrix()
    draw = weights_only(values)

    def only_draw() -> None:
        for size, stream in blocks(DRAWS, SEED):
            draw(size, stream)

    one = _rate("topsis", draw, sense, engine=ENGINE)
    both = _rate("topsis", draw, sense, engine=ENGINE, workers=2)
    plain = _rate("topsis", draw, sense, engine="numpy")
    merely = DRAWS / best_of(only_draw)
    looped = _loop_rate(PYMCDM["topsis"], draw, sense, LOOP_DRAWS)
    piped = _loop_rate(_scikit_criteria, draw, sense, SLOW_LOOP_DRAWS)
    _same_answer("topsis", draw, sense, PYMCDM["topsis"], LOOP_DRAWS)
    _same_answer("topsis", draw, sense, _scikit_criteria, SLOW_LOOP_DRAWS)
    two, single = f"{ENGINE}, two threads", f"{ENGINE}, one thread"
    drawing, loop = "merely drawing the weights, one thread", "pymcdm in a loop"
    pipeline = "scikit-criteria, its pipeline in a loop"
    return Section(
        f"TOPSIS 6 x 8, {DRAWS:,} random weights",
        [
            _line(two, both, looped, loop, 1000),
            _line(single, one, looped, loop),
            _line("numpy, one thread", plain, looped, loop),
            _line(two, both, piped, pipeline, 10_000),
            _line(single, one, merely, drawing, 1 / 3),
            _line(two, both, merely, drawing, 1 / 3),
            _line("numpy, one thread", plain, merely, drawing),
        ],
        "Counted are ranks, duels and central weights; the loops count ranks alone. A ratio of "
        "0.33 to merely drawing means three times the time.",
    )


def methods() -> Section:
    """All methods that have a kernel, with fixed and with random values."""
    values, sense = matrix()
    lines = []
    for drawn, draw in (
        ("random weights", weights_only(values)),
        ("random weights and values", weights_and_values(values)),
    ):
        for method, theirs in PYMCDM.items():
            if method not in DIFFERS:
                _same_answer(method, draw, sense, theirs, LOOP_DRAWS)
            slow = drawn.endswith("values")
            looped = _loop_rate(theirs, draw, sense, LOOP_DRAWS)
            for engine in dict.fromkeys((ENGINE, "numpy")):
                rate = _rate(
                    method,
                    draw,
                    sense,
                    engine=engine,
                    workers=2,
                    draws=SLOW_DRAWS if slow and engine == "numpy" else DRAWS,
                )
                target = 500 if slow and method == "topsis" and engine == ENGINE else None
                what = f"{METHODS[method].title}, {drawn}, {engine}"
                lines.append(_line(what, rate, looped, "pymcdm in a loop", target))
    return Section(
        "Methods 6 x 8, two threads",
        lines,
        "Random values are even within a tenth to either side, anew in every draw. pymcdm's "
        "COPRAS rewards cost; it is timed although its answer is another one.",
    )


def _line(what: str, ours: float, theirs: float, beside: str, target: float | None = None) -> Line:
    return Line(what, ours, theirs, beside, RATE, target, more_is_better=True)


def _rate(
    method: str,
    draw: Draw,
    sense: np.ndarray,
    *,
    engine: str,
    workers: int = 1,
    draws: int = DRAWS,
) -> float:
    def run() -> None:
        acceptability(draw, sense, method, draws=draws, seed=SEED, engine=engine, workers=workers)

    return draws / best_of(run, 3)


def _loop_rate(rank: Ranks, draw: Draw, sense: np.ndarray, draws: int) -> float:
    return draws / best_of(lambda: _looped(rank, draw, sense, draws), 3)


def _looped(rank: Ranks, draw: Draw, sense: np.ndarray, draws: int) -> np.ndarray:
    """Share of each rank, one draw at a time."""
    counts = np.zeros((ALTERNATIVES, ALTERNATIVES))
    rows = np.arange(ALTERNATIVES)
    for values, weights in _draws(draw, draws):
        ranks = rank(values, weights, sense)
        counts[rows, ranks.astype(int) - 1] += 1
    return counts / draws


def _draws(draw: Draw, draws: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for size, stream in blocks(draws, SEED):
        values, weights = draw(size, stream)
        yield from zip(
            values if values.ndim == 3 else [values] * size,
            np.ascontiguousarray(weights),
            strict=True,
        )


def _scikit_criteria(values: np.ndarray, weights: np.ndarray, sense: np.ndarray) -> np.ndarray:
    decision = mkdm(values, [int(s) for s in sense], weights=weights)
    return _PIPELINE.evaluate(decision).rank_


_PIPELINE = mkpipe(VectorScaler(target="matrix"), TOPSIS())


def _same_answer(method: str, draw: Draw, sense: np.ndarray, theirs: Ranks, draws: int) -> None:
    """Speed of another answer is worth nothing: on the same draws the counts are the same."""
    ours = acceptability(draw, sense, method, draws=draws, seed=SEED, engine=ENGINE)
    found = _looped(theirs, draw, sense, draws)
    # One draw of a thousand may be rounded to the other side of a tie.
    if np.abs(ours.rank_acceptability - found).max() > 1e-3:
        raise SystemExit(f"the libraries do not agree on {method}; the comparison is void")


SECTIONS: dict[str, Callable[[], Section]] = {"weights": topsis_weights, "methods": methods}
