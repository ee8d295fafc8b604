"""What Konsilium's engine is measured against, all in one run: `make bench`.

Ratios are what counts: both sides run in the same minute on the same machine. Each time is the
best of several. Nothing is written unless --out names a file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.topsis import topsis as skc_topsis

from app.analysis import Options, analyse
from app.study import load_study
from mcda import DecisionProblem, acceptability, rank_alternatives

ALTERNATIVES, CRITERIA = 6, 8
DRAWS, LOOP_DRAWS = 200_000, 2_000
REPEATS = 5
SEED = 1


def best_of(repeats: int, work: Callable[[], object]) -> float:
    """Shortest of several times, in seconds; the first, untimed, warms up."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def same_work() -> dict[str, float]:
    """Draws a second of TOPSIS 6 x 8 with full rank acceptabilities, three ways.

    Each way draws weights uniformly on the simplex, scores, ranks with ties, and counts.
    """
    rng = np.random.default_rng(SEED)
    values = rng.uniform(1, 10, (ALTERNATIVES, CRITERIA))
    sense = np.where(np.arange(CRITERIA) % 3 == 2, -1.0, 1.0)
    ones = np.ones(CRITERIA)

    def ours() -> np.ndarray:
        found = acceptability(
            lambda size, stream: (values, stream.dirichlet(ones, size)),
            sense,
            "topsis",
            draws=DRAWS,
            seed=SEED,
        )
        return found.rank_acceptability

    def looped(rank: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        stream = np.random.default_rng(SEED)
        counts = np.zeros((ALTERNATIVES, ALTERNATIVES))
        rows = np.arange(ALTERNATIVES)
        for weights in stream.dirichlet(ones, LOOP_DRAWS):
            counts[rows, rank(weights).astype(int) - 1] += 1
        return counts / LOOP_DRAWS

    theirs = TOPSIS(normalization_function=vector_normalization)
    norms = np.linalg.norm(values, axis=0)

    def by_pymcdm() -> np.ndarray:
        return looped(lambda weights: theirs.rank(theirs(values, weights, sense)))

    def by_skcriteria() -> np.ndarray:
        # Its kernel takes a normalised matrix, as its pipeline hands it over.
        return looped(lambda weights: skc_topsis(values / norms, sense, weights)[0])

    for other in (by_pymcdm, by_skcriteria):
        _same_answer(ours(), other())
    return {
        "Konsilium, batched": DRAWS / best_of(REPEATS, ours),
        "pymcdm in a loop": LOOP_DRAWS / best_of(REPEATS, by_pymcdm),
        "scikit-criteria in a loop": LOOP_DRAWS / best_of(REPEATS, by_skcriteria),
    }


def _same_answer(ours: np.ndarray, theirs: np.ndarray) -> None:
    """Speed of another answer is worth nothing: five standard errors are allowed."""
    error = np.sqrt(np.clip(ours * (1 - ours), 1 / LOOP_DRAWS, None) / LOOP_DRAWS)
    if (np.abs(ours - theirs) > 5 * error).any():
        raise SystemExit("the libraries do not agree; the comparison is void")


def one_call() -> dict[str, float]:
    """Microseconds of one TOPSIS call, checks and ranks included."""
    rng = np.random.default_rng(SEED)
    values = rng.uniform(1, 10, (ALTERNATIVES, CRITERIA))
    weights, senses = np.full(CRITERIA, 1 / CRITERIA), ("max",) * CRITERIA
    types, calls = np.ones(CRITERIA), 200

    def ours() -> None:
        for _ in range(calls):
            problem = DecisionProblem(values=values, weights=weights, senses=senses)
            rank_alternatives(problem, "topsis")

    def theirs() -> None:
        method = TOPSIS(normalization_function=vector_normalization)
        for _ in range(calls):
            method.rank(method(values, weights, types))

    micro = 1e6 / calls
    return {
        "Konsilium": best_of(REPEATS, ours) * micro,
        "pymcdm": best_of(REPEATS, theirs) * micro,
    }


def whole_study() -> dict[str, float]:
    """Seconds of the Kuzbass study: reading with all its checks, and computing."""
    study = load_study("kuzbass")
    options = Options.of(study)
    return {
        "read and check": best_of(2, lambda: load_study("kuzbass")),
        f"compute, {options.draws} draws": best_of(2, lambda: analyse(study, options)),
    }


def machine() -> dict[str, object]:
    """On what all this was measured."""
    libraries = ("konsilium", "numpy", "scipy", "pymcdm", "scikit-criteria")
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    } | {name: version(name) for name in libraries}


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _beside(title: str, ours: float, theirs: float) -> str:
    if title.endswith("draws a second"):
        return f"   Konsilium does {ours / theirs:,.0f} times as many"
    if title.endswith("microseconds"):
        return f"   Konsilium takes {ours / theirs:.1f} times as long"
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="write the figures as JSON into this file")
    arguments = parser.parse_args()
    sections = {
        "TOPSIS 6 x 8 with rank acceptabilities, draws a second": same_work(),
        "One TOPSIS call, microseconds": one_call(),
        "The Kuzbass study, seconds": whole_study(),
    }
    described = machine()
    print("; ".join(f"{k} {v}" for k, v in described.items()))
    for title, figures in sections.items():
        print(f"\n{title}")
        ours, *others = figures.items()
        print(f"  {ours[0]:<28}{ours[1]:14,.1f}")
        for name, figure in others:
            print(f"  {name:<28}{figure:14,.1f}{_beside(title, ours[1], figure)}")
    if arguments.out:
        report = {"machine": described, "figures": sections}
        arguments.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
