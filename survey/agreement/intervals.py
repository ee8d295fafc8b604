"""Bootstrap intervals of each measure: what is resampled is stated with each.

Over units: what the same raters would show on other units. Over raters: what other raters would
show on the same units. A rater drawn twice agrees with himself, so over few raters an interval
leans towards agreement.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from survey.agreement.alpha import Level, alpha_of, check_level
from survey.agreement.bootstrap import BootstrapInterval, Over, bootstrap_interval
from survey.agreement.cochran import cochran_q
from survey.agreement.concordance import kendall_w
from survey.agreement.content import content_validity_ratio
from survey.agreement.icc import FORMS, icc
from survey.agreement.inputs import frequencies, ratings
from survey.agreement.kappa import fleiss_kappa
from survey.agreement.ordinal import interquartile_range, leik, tastle_wierman, van_der_eijk
from survey.agreement.value_counts import as_array, count_values
from survey.errors import SurveyError

_MOST_RATERS: Final = 100_000
Places: TypeAlias = npt.NDArray[np.intp]
Consensus = Literal["van_der_eijk", "tastle_wierman", "leik"]
CONSENSUS: Final[dict[Consensus, Callable[[npt.ArrayLike], float]]] = {
    "van_der_eijk": van_der_eijk,
    "tastle_wierman": tastle_wierman,
    "leik": leik,
}


def alpha_interval(
    data: npt.ArrayLike,
    level: Level,
    rng: np.random.Generator,
    *,
    over: Over = "units",
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of Krippendorff's alpha; `data` of shape (raters, units)."""
    raw = as_array(data)
    counted = count_values(raw)
    check_level(counted, level)

    def of_units(places: Places) -> float | None:
        return alpha_of(counted.resampled(places), level).alpha

    def of_raters(places: Places) -> float | None:
        try:
            return alpha_of(count_values(raw[places]), level).alpha
        except SurveyError:  # none of these raters gave a value
            return None

    if over == "raters":
        return bootstrap_interval(
            of_raters, len(raw), rng, over=over, resamples=resamples, confidence=confidence
        )
    return bootstrap_interval(
        of_units, raw.shape[1], rng, over=over, resamples=resamples, confidence=confidence
    )


def kendall_interval(
    data: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of Kendall's W over raters; `data` of shape (raters, objects).

    The objects are those that are to be ordered, not a sample of others.
    """
    given = ratings(data)

    def of_raters(places: Places) -> float | None:
        return kendall_w(given[places]).w

    return bootstrap_interval(
        of_raters, len(given), rng, over="raters", resamples=resamples, confidence=confidence
    )


def kappa_interval(
    counts: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of Fleiss' kappa over units; `counts` of shape (subjects, categories)."""
    table = np.asarray(counts)
    fleiss_kappa(table)

    def of_units(places: Places) -> float | None:
        return fleiss_kappa(table[places]).kappa

    return bootstrap_interval(
        of_units, len(table), rng, over="units", resamples=resamples, confidence=confidence
    )


def icc_intervals(
    data: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> dict[str, BootstrapInterval]:
    """Intervals of the six intraclass correlations over units; `data` of shape (targets, raters).

    Beside those of `icc`, which suppose normal ratings.
    """
    given = ratings(data)
    seed = int(rng.integers(2**63))

    def of(form: str) -> BootstrapInterval:
        def of_units(places: Places) -> float | None:
            found = {each.form: each.value for each in icc(given[places]).forms}
            return found.get(form)

        # The same resamples for each form.
        again = np.random.default_rng(seed)
        return bootstrap_interval(
            of_units, len(given), again, over="units", resamples=resamples, confidence=confidence
        )

    return {form: of(form) for form in FORMS}


def cochran_interval(
    rows: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of Cochran's Q over the people who answered; `rows` of shape (people, questions)."""
    given = np.asarray(rows)
    cochran_q(given)

    def of_raters(places: Places) -> float | None:
        return cochran_q(given[places]).q

    return bootstrap_interval(
        of_raters, len(given), rng, over="raters", resamples=resamples, confidence=confidence
    )


def consensus_interval(
    freq: npt.ArrayLike,
    measure: Consensus,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of a measure of ordinal consensus over raters.

    `freq` are numbers of raters, whole: shares do not tell how many there were.
    """
    counts = frequencies(freq)
    if (counts != np.floor(counts)).any():
        raise SurveyError(
            "frequencies_whole",
            "the frequencies are not whole; numbers of raters are expected, to resample them",
        )
    if counts.sum() > _MOST_RATERS:
        raise SurveyError(
            "raters_many",
            "{found} raters are to be resampled; at most {most} are expected",
            found=int(counts.sum()),
            most=_MOST_RATERS,
        )
    points = np.repeat(np.arange(len(counts)), counts.astype(np.int64))
    of = CONSENSUS[measure]

    def of_raters(places: Places) -> float | None:
        return of(np.bincount(points[places], minlength=len(counts)))

    return bootstrap_interval(
        of_raters, len(points), rng, over="raters", resamples=resamples, confidence=confidence
    )


def quartile_interval(
    values: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of the interquartile range over raters; NaN is left out."""
    given = np.asarray(values, dtype=np.float64)
    given = given[~np.isnan(given)]
    interquartile_range(given)

    def of_raters(places: Places) -> float | None:
        return interquartile_range(given[places])[2]

    return bootstrap_interval(
        of_raters, len(given), rng, over="raters", resamples=resamples, confidence=confidence
    )


def content_interval(
    essential: int,
    experts: int,
    rng: np.random.Generator,
    *,
    resamples: int = 1000,
    confidence: float = 0.95,
) -> BootstrapInterval:
    """Interval of Lawshe's content validity ratio over raters."""
    content_validity_ratio(essential, experts)
    says = np.arange(experts) < essential

    def of_raters(places: Places) -> float | None:
        return content_validity_ratio(int(says[places].sum()), experts).ratio

    return bootstrap_interval(
        of_raters, experts, rng, over="raters", resamples=resamples, confidence=confidence
    )
