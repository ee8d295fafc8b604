"""How much opinion moved between two rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from survey.agreement.concordance import kendall_w
from survey.delphi.rounds import FloatArray, Round, quartiles
from survey.errors import SurveyError

Test = Literal["wilcoxon", "mcnemar"]


@dataclass(frozen=True, slots=True)
class ItemStability:
    """Change of one item between two rounds; figures are None where they do not exist.

    Attributes
    ----------
    item : str
    both : int
        Experts who answered in both rounds; what follows but the quartile deviations is of them.
    changed : float or None
        Part of them who changed their answer.
    towards : float or None
        Part of those who changed who came nearer to the median of the round before.
    net_change : float or None
        Half the sum of absolute differences of the two distributions of answers, 0 to 1: changes
        that cancel are not counted (Scheibe, Skutsch, Schofer 1975).
    deviation_before, deviation_after : float or None
        Quartile deviation, half of the distance between the quartiles, of all who answered.
    test : str
        ``mcnemar`` (exact) where all answers are 0 or 1, ``wilcoxon`` (signed ranks, those who did
        not change left out) otherwise.
    p : float or None
        Two-sided, of the hypothesis that answers move up as often as down. A large p is no proof
        of stability: with few experts hardly anything is told apart.
    """

    item: str
    both: int
    changed: float | None
    towards: float | None
    net_change: float | None
    deviation_before: float | None
    deviation_after: float | None
    test: Test
    p: float | None


@dataclass(frozen=True, slots=True)
class RoundStability:
    """Change between two rounds.

    `tau`: Kendall's tau-b between the orders of the items by their means in both rounds;
    `w_before`, `w_after`: Kendall's W of the experts who rated all items of the round; None where
    there is nothing to order. `left`, `joined`: experts of only one of the rounds.
    """

    before: int
    after: int
    items: tuple[ItemStability, ...]
    tau: float | None
    w_before: float | None
    w_after: float | None
    both: int
    left: tuple[str, ...]
    joined: tuple[str, ...]


def stability(before: Round, after: Round) -> RoundStability:
    """Compare two rounds on the items they share, experts matched by name.

    References
    ----------
    Scheibe, Skutsch, Schofer (1975), in Linstone, Turoff, The Delphi Method, 262-287; Wilcoxon
    (1945), Biom. Bull. 1, 80-83; McNemar (1947), Psychometrika 12, 153-157; Kendall (1938),
    Biometrika 30, 81-93.

    """
    items = [item for item in before.items if item in after.items]
    people = [expert for expert in before.experts if expert in after.experts]
    if not items or not people:
        raise SurveyError(
            "rounds_unlike",
            "the rounds {before} and {after} share {items} items and {experts} experts; at least "
            "one of each is expected",
            before=before.number,
            after=after.number,
            items=len(items),
            experts=len(people),
        )
    one = before.values[_places(before.experts, people)]
    other = after.values[_places(after.experts, people)]
    at, then = _places(before.items, items), _places(after.items, items)
    found = tuple(
        _of_item(item, one[:, i], other[:, j], before.given(i), after.given(j))
        for item, i, j in zip(items, at, then, strict=True)
    )
    return RoundStability(
        before.number,
        after.number,
        found,
        _tau(before, after, at, then),
        concordance(before),
        concordance(after),
        len(people),
        tuple(e for e in before.experts if e not in after.experts),
        tuple(e for e in after.experts if e not in before.experts),
    )


def concordance(given: Round) -> float | None:
    """Kendall's W of the experts who rated everything; None with fewer than two of them or items."""
    whole = given.values[~np.isnan(given.values).any(axis=1)]
    if len(whole) < 2 or whole.shape[1] < 2:
        return None
    return kendall_w(whole).w


def _of_item(
    item: str, one: FloatArray, other: FloatArray, all_before: FloatArray, all_after: FloatArray
) -> ItemStability:
    both = ~np.isnan(one) & ~np.isnan(other)
    x, y = one[both], other[both]
    binary = bool(np.isin(np.concatenate([x, y]), [0.0, 1.0]).all()) and bool(both.any())
    test: Test = "mcnemar" if binary else "wilcoxon"
    deviations = [_deviation(all_before), _deviation(all_after)]
    if not len(x):
        return ItemStability(item, 0, None, None, None, deviations[0], deviations[1], test, None)
    moved = x != y
    middle = float(np.median(all_before))
    nearer = np.abs(y - middle) < np.abs(x - middle)
    answers = np.unique(np.concatenate([x, y]))
    shift = sum(abs(int((x == a).sum()) - int((y == a).sum())) for a in answers)
    return ItemStability(
        item,
        len(x),
        float(moved.mean()),
        float(nearer[moved].mean()) if moved.any() else None,
        shift / (2 * len(x)),
        deviations[0],
        deviations[1],
        test,
        _p(x, y, test),
    )


def _p(x: FloatArray, y: FloatArray, test: Test) -> float | None:
    # Loading scipy.stats takes a while, and this is the only place that needs these two.
    from scipy.stats import binomtest, wilcoxon  # noqa: PLC0415

    moved = y - x
    moved = moved[moved != 0]
    if not len(moved):
        return None
    if test == "mcnemar":
        return float(binomtest(int((moved > 0).sum()), len(moved)).pvalue)
    tied = len(np.unique(np.abs(moved))) < len(moved)
    # With ties the exact distribution is another one: the normal one is said to be approximate.
    method: Literal["approx", "exact"] = "approx" if tied or len(moved) > 50 else "exact"
    return float(wilcoxon(moved, method=method).pvalue)


def _deviation(values: FloatArray) -> float | None:
    if not len(values):
        return None
    low, _, high = quartiles(values)
    return (high - low) / 2


def _tau(before: Round, after: Round, at: list[int], then: list[int]) -> float | None:
    from scipy.stats import kendalltau  # noqa: PLC0415 - as above

    means = [
        (float(before.given(i).mean()), float(after.given(j).mean()))
        for i, j in zip(at, then, strict=True)
        if len(before.given(i)) and len(after.given(j))
    ]
    firsts, seconds = {m for m, _ in means}, {m for _, m in means}
    if len(firsts) < 2 or len(seconds) < 2:
        return None
    return float(kendalltau(*zip(*means, strict=True)).statistic)


def _places(names: tuple[str, ...], wanted: list[str]) -> list[int]:
    place = {name: k for k, name in enumerate(names)}
    return [place[name] for name in wanted]
