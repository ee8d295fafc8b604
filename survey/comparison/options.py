"""Groups against the options of one question: which option, which group, how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from survey.comparison.effects import Effect, cramers_v, difference_of_shares, odds_ratio
from survey.comparison.exact import ExactTest, fisher_test
from survey.comparison.mrcv import MrcvTest, marginal_independence
from survey.contingency import FloatArray, IntArray, chi_square, holm
from survey.counts import Counts
from survey.errors import SurveyError
from survey.shares import Source, check_asked, to_counts

Way = Literal["exact", "simulated", "chi-square"]

# Above so many people with cells so full, chi-square needs no simulation (Cochran 1954).
_MANY: Final = 10_000
_FULL: Final = 5.0
_RESAMPLES: Final = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class OptionTest:
    """Whether one option is as frequent in every group.

    `p` in the way of `way`, `p_holm` adjusted over the options of the question;
    `standard_error` is the Monte Carlo error of a simulated p. `cramers_v` is the size of the
    association, None where all or nobody chose the option.
    """

    option: str
    shares: FloatArray
    p: float
    p_holm: float
    way: Way
    standard_error: float
    cramers_v: Effect | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """One option in one group against all other groups together.

    `difference`: share in the group minus share in the others, Newcombe's interval; `odds_ratio`
    with Woolf's; `p` Fisher's exact, `p_holm` adjusted over all options and groups.
    """

    option: str
    group: str
    share: float
    share_of_others: float
    difference: Effect
    odds_ratio: Effect
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True, eq=False)
class GroupComparison:
    """Groups compared over one question.

    `overall` is the test of all options at once where rows are known; of a single choice it is
    `overall_single`, Fisher's test of groups by options, which totals suffice for. Where neither
    can be computed, `refusal` says why.
    """

    question: str
    options: tuple[OptionTest, ...]
    contrasts: tuple[Contrast, ...]
    overall: MrcvTest | None
    overall_single: ExactTest | None
    refusal: SurveyError | None


def compare_groups(
    source: Source,
    rng: np.random.Generator,
    *,
    confidence: float = 0.95,
    resamples: int = 0,
) -> GroupComparison:
    """Compare groups over the options of one question.

    Parameters
    ----------
    source
        Totals or respondents' rows, two groups or more, each of which was asked.
    rng
        For tables too large for an exact test, and for the bootstrap.
    confidence
        Of the intervals of the sizes.
    resamples
        Of the bootstrap of the overall test; 0: none.

    """
    counts = to_counts(source)
    check_asked(counts)
    if len(counts.groups) < 2:
        raise SurveyError(
            "one_group",
            "question {question} was answered by one group; two or more are expected to compare",
            question=counts.question,
        )
    overall: MrcvTest | None = None
    single: ExactTest | None = None
    refusal: SurveyError | None = None
    if counts.single:
        single = fisher_test(_single_table(counts), rng=rng, resamples=_RESAMPLES)
    else:
        try:
            overall = marginal_independence(source, rng=rng, resamples=resamples)
        except SurveyError as error:
            refusal = error
    return GroupComparison(
        counts.question,
        _options(counts, confidence, rng),
        _contrasts(counts, confidence),
        overall,
        single,
        refusal,
    )


def _options(counts: Counts, confidence: float, rng: np.random.Generator) -> tuple[OptionTest, ...]:
    tests = [_tested(table, rng) for table in _tables(counts)]
    adjusted = holm([p for p, _, _ in tests])
    return tuple(
        OptionTest(
            option,
            chosen / asked,
            p,
            float(p_holm),
            way,
            error,
            _size(table, confidence),
        )
        for option, chosen, asked, table, (p, way, error), p_holm in zip(
            counts.options,
            counts.counts,
            counts.asked,
            _tables(counts),
            tests,
            adjusted,
            strict=True,
        )
    )


def _tested(table: IntArray, rng: np.random.Generator) -> tuple[float, Way, float]:
    if table.sum() > _MANY and table.sum(axis=0).min() > 0:
        large = chi_square(table)
        if large.smallest_expected >= _FULL:
            return large.p, "chi-square", 0.0
    found = fisher_test(table, rng=rng, resamples=_RESAMPLES)
    return found.p, "simulated" if found.simulated else "exact", found.standard_error


def _size(table: IntArray, confidence: float) -> Effect | None:
    return cramers_v(table, confidence=confidence) if table.sum(axis=0).min() > 0 else None


def _contrasts(counts: Counts, confidence: float) -> tuple[Contrast, ...]:
    tables = _tables(counts)
    against = [
        np.array([table[g], table.sum(axis=0) - table[g]])
        for table in tables
        for g in range(len(counts.groups))
    ]
    p = [fisher_test(table).p for table in against]
    names = [(option, group) for option in counts.options for group in counts.groups]
    found = []
    for (option, group), table, each, adjusted in zip(names, against, p, holm(p), strict=True):
        chose, asked = table[:, 0].tolist(), table.sum(axis=1).tolist()
        found.append(
            Contrast(
                option,
                group,
                chose[0] / asked[0],
                chose[1] / asked[1],
                difference_of_shares(tuple(chose), tuple(asked), confidence=confidence),
                odds_ratio(table, confidence=confidence),
                each,
                float(adjusted),
            )
        )
    return tuple(found)


def _tables(counts: Counts) -> list[IntArray]:
    """For each option a table of groups by chosen and not chosen."""
    return [
        np.stack((chosen, asked - chosen), axis=1)
        for chosen, asked in zip(counts.counts, counts.asked, strict=True)
    ]


def _single_table(counts: Counts) -> IntArray:
    """Groups by options, with those who were asked and chose none as a column of their own."""
    none = counts.asked[0] - counts.counts.sum(axis=0)
    return np.vstack((counts.counts, none)).T
