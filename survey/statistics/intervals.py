"""A bootstrap interval by keys."""

from __future__ import annotations

from survey.agreement import BootstrapInterval
from survey.statistics.registry import Found


def interval(found: BootstrapInterval) -> Found:
    """A bootstrap interval by keys."""
    return {
        "low": found.low,
        "high": found.high,
        "confidence": found.confidence,
        "over": found.over,
        "resamples": found.resamples,
        "undefined": found.undefined,
    }
