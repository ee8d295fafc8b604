"""Weights from an order of importance alone: ROC, RS, RR, and RANCOM."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement

import numpy as np

from survey.elicitation.inputs import (
    MOST,
    is_number,
    names,
    numbers,
    one_of,
    shown,
    square_rows,
    whole,
)
from survey.elicitation.registry import Judgements, Parameter, register
from survey.elicitation.result import Consistency, FloatArray, Outcome, Steps, message
from survey.errors import SurveyError

_RANK = (-1e9, 1e9)  # only the order of ranks counts
_PARAMETERS = (
    Parameter("n", "number of criteria, the most important first"),
    Parameter("ranks", "rank of each criterion, 1 the most important; equal ranks are ties"),
)
_TIES = "tied criteria share the mean of the weights of their places"


def _places(given: Judgements) -> tuple[tuple[str, ...], FloatArray]:
    """Labels and ranks; a number of criteria stands for 1, 2, ..."""
    if one_of(given, "n", "ranks") == "n":
        size = whole(given, "n", expected=(1, MOST))
        return names(given, size), np.arange(1.0, size + 1)
    return numbers(given, "ranks", expected=_RANK)


def _shared(ranks: FloatArray, by_place: FloatArray) -> FloatArray:
    """Weight of each criterion: the mean over the places that its tie takes."""
    order = np.argsort(ranks, kind="stable")
    _, tie, size = np.unique(ranks[order], return_inverse=True, return_counts=True)
    mean = np.bincount(tie, by_place) / size
    weights = np.empty_like(by_place)
    weights[order] = mean[tie]
    return weights


@register(
    "roc",
    title="Rank-order centroid",
    variants=("centroid of all weights in this order",),
    reference="Barron (1992); Barron and Barrett (1996)",
    degenerate=_TIES,
    parameters=_PARAMETERS,
)
def roc(given: Judgements, steps: Steps) -> Outcome:
    """w_(k) = (1/n) sum of 1/i over i = k..n."""
    labels, ranks = _places(given)
    n = len(ranks)
    steps["ranks"] = ranks
    by_place = np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n
    return Outcome(labels, _shared(ranks, by_place), "centroid of all weights in this order")


@register(
    "rs",
    title="Rank sum",
    variants=("linear in the rank",),
    reference="Stillwell, Seaver and Edwards (1981)",
    degenerate=_TIES,
    parameters=_PARAMETERS,
)
def rs(given: Judgements, steps: Steps) -> Outcome:
    """w_(k) in proportion to n + 1 - k."""
    labels, ranks = _places(given)
    steps["ranks"] = ranks
    return Outcome(labels, _shared(ranks, np.arange(len(ranks), 0.0, -1)), "linear in the rank")


@register(
    "rr",
    title="Rank reciprocal",
    variants=("one over the rank",),
    reference="Stillwell, Seaver and Edwards (1981)",
    degenerate=_TIES,
    parameters=_PARAMETERS,
)
def rr(given: Judgements, steps: Steps) -> Outcome:
    """w_(k) in proportion to 1 / k."""
    labels, ranks = _places(given)
    steps["ranks"] = ranks
    return Outcome(labels, _shared(ranks, 1 / np.arange(1.0, len(ranks) + 1)), "one over the rank")


_FROM_RANKS = "comparisons made from ranks"
_FROM_PAIRS = "comparisons as given"


@register(
    "rancom",
    title="RANCOM",
    variants=(_FROM_RANKS, _FROM_PAIRS),
    reference="Wieckowski, Kizielewicz, Shekhovtsov and Salabun (2023)",
    degenerate="tied criteria get equal weights; one that loses to all keeps the half point of itself",
    parameters=(
        Parameter("ranks", "rank of each criterion, 1 the most important; equal ranks are ties"),
        Parameter(
            "comparisons",
            "for each pair of criteria 1 if the row is more important, 0 if less, 0.5 if equal",
        ),
    ),
)
def rancom(given: Judgements, steps: Steps) -> Outcome:
    """Weights in proportion to the row sums of the matrix of ranking comparison."""
    if one_of(given, "ranks", "comparisons") == "ranks":
        labels, ranks = numbers(given, "ranks", expected=_RANK)
        wins, variant = (1 + np.sign(ranks[None] - ranks[:, None])) / 2, _FROM_RANKS
        consistency = None
    else:
        labels, wins = _comparisons(given)
        variant, consistency = _FROM_PAIRS, _circles(wins, labels)
        steps["circular_triads"] = consistency.value
    steps["comparisons"] = wins
    steps["summed_criteria_weights"] = wins.sum(axis=1)
    return Outcome(labels, wins.sum(axis=1), variant, consistency)


def _comparisons(given: Judgements) -> tuple[tuple[str, ...], FloatArray]:
    rows = square_rows(given.params["comparisons"], "comparisons")
    size = len(rows)
    labels = names(given, size)
    for i, j in combinations_with_replacement(range(size), 2):
        a, b = rows[i][j], rows[j][i]
        sound = is_number(a) and is_number(b) and a in {0, 0.5, 1} and a + b == 1
        if not sound:
            raise SurveyError(
                "comparison_invalid",
                "{row} against {column} is {found}, {column} against {row} is {other}; "
                "0, 0.5 or 1 and a sum of 1 are expected",
                row=labels[i],
                column=labels[j],
                found=shown(a),
                other=shown(b),
            )
    return labels, np.array(rows, dtype=np.float64)


def _circles(wins: FloatArray, labels: tuple[str, ...]) -> Consistency:
    """Count triads that no order, not even with ties, can hold."""
    count, cause = 0, None
    for i, j, k in combinations(range(len(wins)), 3):
        for a, b, c in ((i, j, k), (i, k, j)):
            around = (wins[a, b], wins[b, c], wins[c, a])
            if min(around) >= 0.5 and max(around) == 1:
                count += 1
                cause = cause or message(
                    "{first} is put before or level with {second}, {second} with {third}, "
                    "and {third} with {first}",
                    first=labels[a],
                    second=labels[b],
                    third=labels[c],
                )
    return Consistency(message("Triads that go round in a circle"), float(count), 0.0, cause)
