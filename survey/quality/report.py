from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from survey.dataset import Dataset, Remark, remark
from survey.quality.duplicates import duplicate_flags
from survey.quality.flags import Flag, Thresholds
from survey.quality.impossible import impossible_answers
from survey.quality.missing import Missing, missing_flags, missing_of
from survey.quality.speed import speed_flags, times_of
from survey.quality.straight import irv, long_string, scale_answers, straight_flags

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class QualityReport:
    """What the analyst should look at before the answers are used.

    Attributes
    ----------
    respondents : tuple of str
    flags : tuple of Flag
        In order of check, then respondent.
    missing : Missing
    speed : array, shape (respondents,), or None
        Time as part of the median of those who finished; NaN where not known.
    seconds_per_item : array, shape (respondents,), or None
    long_strings : mapping of question to int array, shape (respondents,)
    irv : array, shape (respondents,)
        Over all ratings of a respondent; NaN with fewer than two.
    remarks : tuple of Remark
        Checks that could not be made, and why; ends with what the wave itself remarks.
    """

    respondents: tuple[str, ...]
    flags: tuple[Flag, ...]
    missing: Missing
    speed: FloatArray | None
    seconds_per_item: FloatArray | None
    long_strings: dict[str, IntArray]
    irv: FloatArray
    remarks: tuple[Remark, ...]

    def flagged(self) -> dict[str, tuple[Flag, ...]]:
        """Flags by respondent, those with most first."""
        found: dict[str, list[Flag]] = {}
        for flag in self.flags:
            found.setdefault(flag.respondent, []).append(flag)
        order = sorted(found, key=lambda name: -len(found[name]))
        return {name: tuple(found[name]) for name in order}

    def to_frame(self) -> pd.DataFrame:
        """Table ``respondent, check, question, code, reason``, one row per flag."""
        return pd.DataFrame(
            [(f.respondent, f.check, f.question, f.reason.code, str(f.reason)) for f in self.flags],
            columns=["respondent", "check", "question", "code", "reason"],
        )


def quality_report(dataset: Dataset, thresholds: Thresholds | None = None) -> QualityReport:
    """Check a wave for speed, straight lines, duplicates, gaps and impossible answers.

    Nothing is removed: see `survey.quality.exclude` for the analyst's own choice.
    """
    limits = thresholds or Thresholds()
    notes: list[Remark] = []
    missing = missing_of(dataset)
    speed, pace = times_of(dataset)
    if speed is None:
        notes.append(
            remark("speed_unknown", "speed was not checked: how long each took is not known")
        )
    ratings = scale_answers(dataset)
    together = (
        np.concatenate(list(ratings.values()), axis=1)
        if ratings
        else np.empty((len(dataset.respondents), 0))
    )
    spread = irv(together)
    strings = {name: long_string(values) for name, values in ratings.items()}
    flags = [
        *speed_flags(dataset, speed, pace, limits),
        *straight_flags(dataset, ratings, strings, spread, limits),
        *duplicate_flags(dataset, limits, notes),
        *missing_flags(dataset, missing, limits),
        *(
            Flag(dataset.respondents[row], "impossible", reason, question)
            for row, question, reason in impossible_answers(dataset)
        ),
    ]
    return QualityReport(
        dataset.respondents,
        tuple(flags),
        missing,
        speed,
        pace,
        strings,
        spread,
        (*notes, *dataset.remarks),
    )
