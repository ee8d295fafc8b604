"""Krippendorff's alpha of many raters, beside the package of that name.

The package is under the GPL and no dependency: it lives in an environment of its own, whose Python
KRIPPENDORFF_PYTHON names. Without it only our own times are taken.
"""

from __future__ import annotations

import json
import os
import subprocess

import numpy as np

from benchmarks.timing import Line, Section, best_of
from survey.agreement import LEVELS, krippendorff_alpha

RATERS, UNITS, POINTS, MISSING, SEED = 1000, 1000, 5, 0.1, 1
PYTHON = "KRIPPENDORFF_PYTHON"

_THEIRS = """
import json, sys, time
import numpy as np, krippendorff
raters, units, points, missing, seed = json.loads(sys.argv[1])
rng = np.random.default_rng(seed)
data = rng.integers(1, points + 1, (raters, units)).astype(float)
data[rng.random(data.shape) < missing] = np.nan
found = {}
for level in ("nominal", "ordinal", "interval", "ratio"):
    times = []
    for _ in range(6):
        start = time.perf_counter()
        alpha = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
        times.append(time.perf_counter() - start)
    found[level] = [min(times[1:]), float(alpha)]
print(json.dumps(found))
"""


def ratings() -> np.ndarray:
    """Answers at random on a scale of five points, a tenth of them missing."""
    rng = np.random.default_rng(SEED)
    data = rng.integers(1, POINTS + 1, (RATERS, UNITS)).astype(float)
    data[rng.random(data.shape) < MISSING] = np.nan
    return data


def alpha() -> Section:
    """Alpha on 1,000 raters x 1,000 units with missing values, at all four levels."""
    data = ratings()
    them = _theirs()
    lines = []
    for level in LEVELS:
        ours = krippendorff_alpha(data, level).alpha
        seconds = best_of(lambda level=level: krippendorff_alpha(data, level))
        theirs = None
        if them:
            theirs, value = them[level]
            if not np.isclose(ours, value, rtol=1e-9, atol=1e-12):
                raise SystemExit(f"alpha {level}: ours {ours}, krippendorff {value}")
        lines.append(
            Line(
                f"Krippendorff's alpha, {level}, {RATERS:,} x {UNITS:,}",
                seconds * 1e3,
                theirs and theirs * 1e3,
                "krippendorff" if them else "",
                "ms",
                1.0,
            )
        )
    return Section(
        "Agreement of many raters",
        lines,
        "The same data and the same figures on both sides; a tenth of the values is missing.",
    )


def _theirs() -> dict[str, list[float]] | None:
    python = os.environ.get(PYTHON)
    if not python:
        return None
    settings = json.dumps([RATERS, UNITS, POINTS, MISSING, SEED])
    done = subprocess.run(
        [python, "-c", _THEIRS, settings], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


SECTIONS = {"alpha": alpha}
