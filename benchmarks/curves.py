"""Time and memory against draws, alternatives and criteria."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.problems import ALTERNATIVES, CRITERIA
from benchmarks.timing import alone

DRAWS = (10_000, 100_000, 1_000_000, 10_000_000)
LONG_DRAWS = 100_000_000
SOME_DRAWS = 100_000
ALTERNATIVES_DRAWN = (6, 20, 60, 200, 600)
ALTERNATIVES_ONCE = (6, 100, 1_000, 10_000, 100_000)
CRITERIA_COUNTS = (5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Curve:
    """Seconds and MB above the start of the process, by a size."""

    title: str
    size: str
    rows: list[tuple[int, float, float]]


def curves(*, long: bool) -> list[Curve]:
    n, m = ALTERNATIVES, CRITERIA
    draws = (*DRAWS, LONG_DRAWS) if long else DRAWS
    few = SOME_DRAWS // 10
    return [
        _curve(
            f"TOPSIS {n} x {m}, random weights", "draws", draws, ("simulate", "topsis", n, m, None)
        ),
        _curve(
            f"TOPSIS, {m} criteria, {few:,} random weights",
            "alternatives",
            ALTERNATIVES_DRAWN,
            ("simulate", "topsis", None, m, few),
        ),
        _curve(
            f"TOPSIS, {n} alternatives, {SOME_DRAWS:,} random weights",
            "criteria",
            CRITERIA_COUNTS,
            ("simulate", "topsis", n, None, SOME_DRAWS),
        ),
        _curve(
            "TOPSIS, one call, 10 criteria",
            "alternatives",
            ALTERNATIVES_ONCE,
            ("ours", "topsis", None, 10),
        ),
        _curve(
            "PROMETHEE II, one call, 10 criteria",
            "alternatives",
            ALTERNATIVES_ONCE,
            ("ours", "promethee2", None, 10),
        ),
        _curve(
            "PROMETHEE II, one call, 1,000 alternatives",
            "criteria",
            CRITERIA_COUNTS,
            ("ours", "promethee2", 1_000, None),
        ),
    ]


def _curve(title: str, size: str, sizes: tuple[int, ...], task: tuple[object, ...]) -> Curve:
    """Measure a task at every size, which takes the place of None among its arguments."""
    rows = []
    for x in sizes:
        found = alone(*(x if argument is None else argument for argument in task))
        rows.append((x, found["seconds"], found["more"]))
    return Curve(title, size, rows)
