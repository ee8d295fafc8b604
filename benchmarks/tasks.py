"""Tasks that are run in a process of their own, to tell their memory: prints one line of JSON.

python -m benchmarks.tasks simulate topsis 6 8 1000000
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import numpy as np

from benchmarks.problems import ENGINE, PYMCDM, SEED, matrix, problem, weights_only
from benchmarks.timing import peak_memory, timed
from mcda import acceptability, rank_alternatives

Work = Callable[[], object]


def ours(method: str, n: int, m: int) -> Work:
    given = problem(n, m)
    rank_alternatives(problem(6, m), method)  # warms up
    return lambda: rank_alternatives(given, method)


def pymcdm(method: str, n: int, m: int) -> Work:
    values, sense = matrix(n, m)
    PYMCDM[method](*matrix(6, m)[:1], np.full(m, 1 / m), sense)
    return lambda: PYMCDM[method](values, np.full(m, 1 / m), sense)


def simulate(method: str, n: int, m: int, draws: int) -> Work:
    values, sense = matrix(n, m)

    def run(count: int) -> None:
        acceptability(
            weights_only(values), sense, method, draws=count, seed=SEED, engine=ENGINE, workers=2
        )

    run(100)  # loads the kernels
    return lambda: run(draws)


TASKS = {"ours": ours, "pymcdm": pymcdm, "simulate": simulate}


def main() -> None:
    task, method, *sizes = sys.argv[1:]
    work = TASKS[task](method, *map(int, sizes))
    before = peak_memory()
    seconds = timed(work)
    peak = peak_memory()
    print(json.dumps({"seconds": seconds, "peak": peak, "more": peak - before}))


if __name__ == "__main__":
    main()
