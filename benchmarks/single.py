"""One call: small through the public function, and large with its memory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.analysis import Options, analyse
from app.study import load_study
from benchmarks.problems import CRITERIA, PYMCDM, matrix
from benchmarks.timing import Line, Section, alone, best_of
from mcda import METHODS, DecisionProblem, rank_alternatives

CALLS = 200


def one_call() -> Section:
    """One call on 6 x 8, checks and ranks included on both sides."""
    values, sense = matrix()
    senses = ["max" if s > 0 else "min" for s in sense]
    weights = np.full(CRITERIA, 1 / CRITERIA)

    def ours(method: str) -> None:
        for _ in range(CALLS):
            problem = DecisionProblem(values=values, weights=weights, senses=senses)
            rank_alternatives(problem, method)

    def theirs(method: str) -> None:
        for _ in range(CALLS):
            PYMCDM[method](values, weights, sense)

    micro = 1e6 / CALLS
    lines = []
    for method in PYMCDM:
        us = best_of(lambda name=method: ours(name)) * micro
        them = best_of(lambda name=method: theirs(name)) * micro
        lines.append(Line(METHODS[method].title, us, them, "pymcdm", "microseconds", 1.0))
    return Section("One call 6 x 8 through the public function", lines)


def large() -> Section:
    """One call on many alternatives, each side in a process of its own."""
    ours, theirs = (alone(task, "promethee2", 10_000, 10) for task in ("ours", "pymcdm"))
    million = alone("ours", "topsis", 1_000_000, 10)
    name = "PROMETHEE II, 10,000 x 10"
    return Section(
        "One call on many alternatives",
        [
            Line(name, ours["seconds"], theirs["seconds"], "pymcdm", "s", 300),
            Line(f"{name}, peak memory", ours["peak"], theirs["peak"], "pymcdm", "MB", 20),
            Line("TOPSIS, 1,000,000 x 10", million["seconds"], unit="s"),
            Line("TOPSIS, 1,000,000 x 10, peak memory", million["peak"], unit="MB"),
        ],
        "Peak memory is that of the whole process, libraries included.",
    )


def whole_study() -> Section:
    """The Kuzbass study: reading with all its checks, and computing."""
    study = load_study("kuzbass")
    options = Options.of(study)
    return Section(
        "The Kuzbass study",
        [
            Line("read and check", best_of(lambda: load_study("kuzbass"), 2)),
            Line(f"compute, {options.draws:,} draws", best_of(lambda: analyse(study, options), 2)),
        ],
    )


SECTIONS: dict[str, Callable[[], Section]] = {
    "call": one_call,
    "large": large,
    "study": whole_study,
}
