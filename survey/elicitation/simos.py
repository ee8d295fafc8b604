"""The revised Simos procedure (SRF): cards in an order, blank cards between them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from survey.elicitation.inputs import choice, number, numbers, shown, whole
from survey.elicitation.registry import Judgements, Parameter, register
from survey.elicitation.result import FloatArray, Outcome, Steps
from survey.errors import SurveyError

_TOTAL = 100.0
_ENDS = ("least important", "most important")
_HIGHEST_RANK = 10_000
_VARIANT = "weights in percent, rounded so that they sum to 100"


@register(
    "srf",
    title="Revised Simos (SRF)",
    variants=(_VARIANT,),
    reference="Figueira and Roy (2002)",
    degenerate="where the sum of 100 leaves no other way, equally ranked criteria differ by the last decimal",
    parameters=(
        Parameter(
            "criteria_ranks",
            "rank of each criterion, 1 for one end; a rank that nobody takes is a blank card",
            required=True,
        ),
        Parameter(
            "z", "how many times the most important weighs as much as the least", required=True
        ),
        Parameter("decimals", "decimals of the percentages", default=1),
        Parameter("rank_1_is", "least important or most important", default=_ENDS[0]),
    ),
)
def srf(given: Judgements, steps: Steps) -> Outcome:
    """Weights linear in the rank, 1 to z, in percent, rounded by the authors' algorithm."""
    labels, ranks = _ranks(given)
    z = number(given, "z", expected=(1.0, 1e6))
    decimals = whole(given, "decimals", expected=(0, 6))
    if choice(given, "rank_1_is", _ENDS) == _ENDS[1]:
        ranks = ranks.max() + 1 - ranks
    cards = ranks.max() - 1
    unit = (z - 1) / cards if cards else 0.0
    raw = 1 + unit * (ranks - 1)
    normalised = _TOTAL * raw / raw.sum()
    rounded = round_to_sum(normalised, decimals)
    steps |= {"u": float(unit), "non_normalised": raw, "normalised": normalised, "rounded": rounded}
    return Outcome(labels, rounded, _VARIANT, total=_TOTAL)


def round_to_sum(percent: FloatArray, decimals: int) -> FloatArray:
    """Round percentages so that they sum to 100, with the least relative error.

    Up goes where that is the smaller relative error, as far as the sum allows: the algorithm of
    Figueira and Roy (2002), section 4.
    """
    unit = 10.0**-decimals
    # A percentage that is whole in these units but for the last bit must not lose one.
    down = np.floor(percent / unit + 1e-9)
    missing = round(_TOTAL / unit - down.sum())
    error_down = (percent - down * unit) / percent
    error_up = (unit - (percent - down * unit)) / percent
    better_down = error_up > error_down
    stays = np.flatnonzero(better_down)
    rises = np.flatnonzero(~better_down)
    if missing <= len(rises):
        up = rises[np.argsort(-error_down[rises], kind="stable")][:missing]
    else:
        more = stays[np.argsort(error_up[stays], kind="stable")][: missing - len(rises)]
        up = np.concatenate([rises, more])
    down[up] += 1
    return np.round(down * unit, decimals)


def _ranks(given: Judgements) -> tuple[tuple[str, ...], FloatArray]:
    labels, ranks = numbers(given, "criteria_ranks", expected=(1, _HIGHEST_RANK))
    source = given.params["criteria_ranks"]
    raw = list(source.values()) if isinstance(source, Mapping) else list(source)
    for label, rank, entry in zip(labels, ranks, raw, strict=True):
        if rank != int(rank):
            raise SurveyError(
                "rank_whole",
                "the rank of {label} is {found}; a whole number is expected",
                label=label,
                found=shown(entry),
            )
    if ranks.min() != 1:
        raise SurveyError(
            "no_rank_one",
            "the lowest rank is {found}, of {label}; ranks are expected to begin with 1",
            found=f"{ranks.min():g}",
            label=labels[int(ranks.argmin())],
        )
    return labels, ranks
