"""Do two coders code alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from survey.agreement.reasons import Undefined
from survey.errors import SurveyError
from survey.frames import check_confidence
from survey.openanswers.coding import CodingTable

_NOTHING = 1e-12  # what rounding leaves of a variance of 0


@dataclass(frozen=True, slots=True)
class CohenKappa:
    """Cohen's kappa of two coders: 1 is perfect agreement, 0 what chance would give.

    `low` to `high`: interval by the large-sample standard error, None where that error is 0 (they
    agree throughout, or one of them used a single category): it would claim certainty. `p`: test
    that there is no agreement beyond chance, two-sided. `kappa` is None where both put everything
    into one category.
    """

    kappa: float | None
    low: float | None
    high: float | None
    p: float | None
    observed: float
    expected: float
    units: int
    undefined: Undefined | None = None


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """Agreement of two coding tables, each answer counted once, and what they differ on.

    `differences`: answer, category by the first, category by the second.
    """

    kappa: CohenKappa
    differences: tuple[tuple[str, str, str], ...]


def cohen_kappa(
    first: Sequence[str], second: Sequence[str], *, confidence: float = 0.95
) -> CohenKappa:
    """Cohen's kappa, unweighted.

    Parameters
    ----------
    first, second
        Categories that each coder gave to the same units, in the same order.
    confidence
        Of the interval.

    References
    ----------
    Cohen (1960), Educ. Psychol. Meas. 20, 37-46; Fleiss, Cohen, Everitt (1969), Psychol. Bull.
    72, 323-327 (standard errors).

    """
    if len(first) != len(second) or not first:
        raise SurveyError(
            "coders_units",
            "the coders coded {first} and {second} units; the same ones, at least one, are expected",
            first=len(first),
            second=len(second),
        )
    check_confidence(confidence)
    names = sorted({*first, *second})
    place = {name: k for k, name in enumerate(names)}
    n = len(first)
    table = np.zeros((len(names), len(names)))
    np.add.at(table, ([place[c] for c in first], [place[c] for c in second]), 1 / n)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, expected = float(np.trace(table)), float(rows @ columns)
    if len(names) == 1:
        return CohenKappa(None, None, None, None, 1.0, 1.0, n, Undefined.no_variation())
    kappa = (observed - expected) / (1 - expected)
    cross = columns[:, None] + rows[None, :]  # column share of i plus row share of j
    agree = (np.diag(table) * (1 - np.diag(cross) * (1 - kappa)) ** 2).sum()
    off = (1 - kappa) ** 2 * ((table - np.diag(np.diag(table))) * cross**2).sum()
    spread = agree + off - (kappa - expected * (1 - kappa)) ** 2
    null = expected + expected**2 - float((rows * columns * (rows + columns)).sum())
    low = high = p = None
    if spread > _NOTHING:
        half = float(ndtri(0.5 + confidence / 2) * np.sqrt(spread / n)) / (1 - expected)
        low, high = max(-1.0, kappa - half), min(1.0, kappa + half)
    if null > _NOTHING:
        z = kappa * (1 - expected) * float(np.sqrt(n / null))
        p = 2 * float(ndtr(-abs(z)))
    return CohenKappa(kappa, low, high, p, observed, expected, n)


def coder_agreement(
    first: CodingTable, second: CodingTable, *, confidence: float = 0.95
) -> CoderAgreement:
    """Agreement of two coders who coded the same answers into the same categories."""
    one = {coding.answer: coding.category for coding in first.codings}
    other = {coding.answer: coding.category for coding in second.codings}
    if strange := sorted(one.keys() ^ other.keys()):
        raise SurveyError(
            "coders_answers",
            "the answer {answer!r} was coded by one coder only; the same answers are expected of "
            "both",
            answer=strange[0],
        )
    answers = list(one)
    return CoderAgreement(
        cohen_kappa([one[a] for a in answers], [other[a] for a in answers], confidence=confidence),
        tuple((a, one[a], other[a]) for a in answers if one[a] != other[a]),
    )
