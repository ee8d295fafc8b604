"""The resilience index as it stands in findings.json."""

from __future__ import annotations

from typing import Any

from app.analysis.contract.plain import labelled, pairs
from app.analysis.resilience import ResilienceFinding


def resilience(finding: ResilienceFinding | None) -> dict[str, Any] | None:
    """Levels, factors and scenarios; None without an index."""
    if finding is None:
        return None
    index, swept = finding.index, finding.swept
    reference = index.spec.reference
    found: dict[str, Any] = {
        "observed": {str(y): v for y, v in index.levels().items()},
        "factors": {
            f: {str(y): v for y, v in levels.items()} for f, levels in index.factor_levels().items()
        },
        "window": [reference.first, reference.last],
        "std": reference.std,
        "indicators": list(index.spec.names),
        "variants": {
            name: {str(y): v for y, v in each.levels().items()}
            for name, each in finding.variants.items()
        },
        "missing": {
            str(y): {i: list(s) for i, s in gone.items()} for y, gone in finding.missing.items()
        },
        "scenarios": {},
    }
    if finding.projection is None or swept is None or finding.banded is None:
        return found
    ranges = finding.banded.projected_range()
    found["scenarios"] = {
        scenario: {
            str(year): {
                "value": value,
                "low": min(ranges[scenario][year][0], low),
                "high": max(ranges[scenario][year][1], high),
            }
            for year, (low, value, high) in levels.items()
        }
        for scenario, levels in finding.projection.levels().items()
    }
    years = [str(y) for y in finding.projection.years]
    found["differences"] = {f"{a}-{b}": labelled(years, gap) for (a, b), gap in finding.gap.items()}
    found["differences_range"] = {
        f"{a}-{b}": pairs(years, spread) for (a, b), spread in finding.gap_range.items()
    }
    found["ratio_range"] = (
        None if finding.ratio_range is None else pairs(years, finding.ratio_range)
    )
    found["ratio"] = None if finding.ratio is None else labelled(years, finding.ratio)
    found["tie"] = {f: labelled(years, gap) for f, gap in finding.tie.items()}
    found["variants_swept"] = len(swept.variants)
    found["variants_banded"] = len(finding.banded.variants)
    found["variants_left_out"] = [
        {"choices": dict(choices), "reason": str(error)} for choices, error in finding.left_out
    ]
    found["share_in_order"] = labelled(years, swept.share_in_order(finding.projection.scenarios))
    return found
