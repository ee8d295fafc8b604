"""What the sources state, set beside what comes out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.study import MeasureError, Study, lookup_in, parse_measure

VERDICTS = ("agrees", "differs", "cannot_be_tested")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a source.

    Attributes
    ----------
    id : str
    printed : tuple of two numbers or None
        Low and high as printed; None on a side that is open.
    obtained : float or None
        What the measure gives here.
    verdict : str
        ``agrees`` within the study's tolerance, ``differs``, or ``cannot_be_tested``.
    """

    id: str
    printed: tuple[float | None, float | None]
    obtained: float | None
    verdict: str


def check_claims(
    study: Study,
    findings: Mapping[str, object],
    probabilities: Mapping[str, tuple[float, float]],
) -> tuple[Claim, ...]:
    """Measure every published statement on the findings.

    Parameters
    ----------
    study
    findings
        As they go into ``findings.json``.
    probabilities
        Low and high by scenario.
    """
    series: dict[tuple[str, int], float] = {}
    if study.resilience is not None:
        frame = study.resilience.series
        series = {
            (str(s), int(y)): float(v)
            for s, y, v in zip(frame["series"], frame["year"], frame["value"], strict=True)
        }
    lookup = lookup_in(findings, series, probabilities)
    claims = []
    for name, row in study.published.iterrows():
        low, high = _number(row["printed_low"]), _number(row["printed_high"])
        obtained = None
        if _text(row["measure"]):
            try:
                obtained = parse_measure(_text(row["measure"])).value(lookup)
            except (LookupError, MeasureError):
                obtained = None  # the path is not in this study's findings
        claims.append(
            Claim(
                str(name),
                (low, high),
                obtained,
                _verdict(low, high, obtained, _number(row["tolerance"]) or 0.0),
            )
        )
    return tuple(claims)


def _verdict(
    low: float | None, high: float | None, obtained: float | None, tolerance: float
) -> str:
    if obtained is None or not np.isfinite(obtained) or (low is None and high is None):
        return "cannot_be_tested"
    above = low is None or obtained >= low - tolerance
    below = high is None or obtained <= high + tolerance
    return "agrees" if above and below else "differs"


def _number(cell: object) -> float | None:
    value = pd.to_numeric(cell, errors="coerce") if not isinstance(cell, float) else cell
    return None if pd.isna(value) else float(value)


def _text(cell: object) -> str:
    return "" if cell is None or (isinstance(cell, float) and np.isnan(cell)) else str(cell).strip()
