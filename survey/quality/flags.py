from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from survey.dataset import Remark

Check = Literal["speed", "straight_lining", "duplicate", "missing", "impossible"]


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at: who, which check, why, and where.

    A flag accuses nobody; it is for the analyst to decide.
    """

    respondent: str
    check: Check
    reason: Remark
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is flagged; all of them are the analyst's to choose.

    Attributes
    ----------
    speed_ratio : float
        Part of the median time below which an answer is fast. Assumed.
    seconds_per_item : float
        Seconds for one cell below which reading is doubtful; 2 after Huang et al. (2012),
        J. Bus. Psychol. 27, 99-114.
    straight_items : int
        Ratings on one scale that must all be equal to be flagged. Assumed.
    irv : float or None
        Intra-individual response variability (Dunn et al. 2018) below which a respondent is
        flagged; None: it is reported, not judged.
    duplicate_cells : int
        Answered cells from which two equal sets of answers are remarkable: with few questions
        many agree by chance. Assumed.
    near_duplicate : float
        Part of the cells on which two respondents agree to be called near duplicates. Assumed
        (0.85 is usual for long questionnaires: Kuriakose, Robbins 2016, Stat. J. IAOS 32).
    missing_share : float
        Part of the cells shown that were left empty from which a respondent is flagged. Assumed.
    """

    speed_ratio: float = 1 / 3
    seconds_per_item: float = 2.0
    straight_items: int = 5
    irv: float | None = None
    duplicate_cells: int = 10
    near_duplicate: float = 0.95
    missing_share: float = 0.5


def percent(share: float) -> int:
    """Whole per cent of a share, as sentences show it."""
    return round(100 * share)
