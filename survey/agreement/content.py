"""Content validity: do enough experts call an item essential."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import bdtrc

from survey.errors import SurveyError


@dataclass(frozen=True, slots=True)
class ContentValidity:
    """Lawshe's ratio, -1 (nobody) to 1 (all call the item essential).

    `p`: probability that as many would, or more, if each tossed a coin (exact binomial, one-sided:
    Ayre, Scally 2014), in place of Lawshe's printed table of critical values, which was in error.
    """

    ratio: float
    essential: int
    experts: int
    p: float


def content_validity_ratio(essential: int, experts: int) -> ContentValidity:
    """Lawshe's content validity ratio (essential - experts / 2) / (experts / 2).

    References
    ----------
    Lawshe (1975), Pers. Psychol. 28, 563-575; Ayre, Scally (2014), Meas. Eval. Couns. Dev. 47,
    79-86.

    """
    if experts < 1 or not 0 <= essential <= experts:
        raise SurveyError(
            "essential_impossible",
            "{essential} of {experts} experts call the item essential; "
            "0 to all of at least one expert are expected",
            essential=essential,
            experts=experts,
        )
    p = 1.0 if essential == 0 else float(bdtrc(essential - 1, experts, 0.5))
    return ContentValidity((essential - experts / 2) / (experts / 2), essential, experts, p)
