"""Statistics of comparison, by name."""

from __future__ import annotations

from typing import Any, Final, cast

from survey.comparison import (
    Effect,
    correspondence_analysis,
    cramers_v,
    fisher_test,
    odds_ratio,
)
from survey.comparison.exact import ALTERNATIVES, RESAMPLES, Alternative
from survey.contingency import chi_square, holm
from survey.elicitation.result import message
from survey.shares import wilson_interval
from survey.statistics.inputs import CONFIDENCE, SEED, Given
from survey.statistics.inputs import RESAMPLES as RESAMPLES_KEY
from survey.statistics.registry import Found, Key, register

_TABLE = Key("table", message("counts, rows by columns"), required=True)
_CONFIDENCE = Key(CONFIDENCE, message("confidence of the intervals"))
_MOST: Final = 10**9


def _effect(found: Effect) -> Found:
    out: Found = {"value": found.value, "low": found.low, "high": found.high}
    return out | {"corrected": True} if found.corrected else out


@register(
    "wilson",
    message("Wilson's interval of a share"),
    Key("successes", message("how many of them"), required=True),
    Key("n", message("of how many"), required=True),
    _CONFIDENCE,
    source="Wilson (1927); Newcombe (1998)",
)
def _wilson(given: Given) -> Found:
    n = given.number("n", 0, _MOST)
    k = given.number("successes", 0, _MOST)
    sure = given.confidence
    plain, corrected = (
        [float(x) for x in wilson_interval(k, n, confidence=sure, continuity=c)]
        for c in (False, True)
    )
    return {"share": k / n, "wilson": plain, "wilson_cc": corrected, "confidence": sure}


@register(
    "holm",
    message("Holm's adjustment of several p-values"),
    Key("p", message("p-values"), required=True),
    source="Holm (1979)",
)
def _holm(given: Given) -> Found:
    return {"p_holm": holm(given.numbers("p"))}


@register(
    "chi2",
    message("Pearson's chi-square test of a table"),
    _TABLE,
    _CONFIDENCE,
    source="Pearson (1900)",
)
def _chi2(given: Given) -> Found:
    table = given.table("table")
    found = chi_square(table)
    return {
        "chi2": found.chi2,
        "df": found.df,
        "p": found.p,
        "n": found.n,
        "cramers_v": _effect(cramers_v(table, confidence=given.confidence)),
        "expected": found.expected,
        "smallest_expected": found.smallest_expected,
    }


@register(
    "fisher",
    message("Fisher's exact test of a table"),
    _TABLE,
    Key("alternative", message("two-sided, greater or less")),
    Key(RESAMPLES_KEY, message("random tables, where all are too many to count")),
    Key(SEED, message("seed of the random numbers")),
    _CONFIDENCE,
    source="Fisher (1934); Freeman, Halton (1951)",
)
def _fisher(given: Given) -> Found:
    table = given.table("table")
    side = cast("Alternative", given.choice("alternative", ALTERNATIVES, "two-sided"))
    size = max(1, given.resamples(RESAMPLES))
    found = fisher_test(table, alternative=side, rng=given.rng, resamples=size)
    out: Found = {
        "p": found.p,
        "n": found.n,
        "alternative": found.alternative,
        "simulated": found.simulated,
    }
    if found.simulated:
        out |= {"resamples": found.resamples, "standard_error": found.standard_error}
    if table.shape == (2, 2):
        out["odds_ratio"] = _effect(odds_ratio(table, confidence=given.confidence))
    return out


@register(
    "correspondence",
    message("Correspondence analysis"),
    _TABLE,
    Key("rows", message("names of the rows")),
    Key("cols", message("names of the columns")),
    source="Greenacre (1984)",
)
def _correspondence(given: Given) -> Found:
    table = given.table("table")
    rows, columns = given.names("rows", len(table)), given.names("cols", table.shape[1])
    found = correspondence_analysis(table, rows, columns)
    shares: Any = found.shares if found.total_inertia > 0 else None
    out: Found = {
        "principal_inertias": found.inertias,
        "total_inertia": found.total_inertia,
        "shares": shares,
    }
    for side, names, of in (
        ("rows", found.rows, "row"),
        ("columns", found.columns, "column"),
    ):
        out[side] = {
            "names": names,
            "masses": getattr(found, f"{of}_masses"),
            "coordinates": getattr(found, f"{of}_coordinates"),
            "contributions": getattr(found, f"{of}_contributions"),
            "quality": getattr(found, f"{of}_quality"),
        }
    return out
