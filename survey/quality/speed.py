"""How long each respondent took."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from survey.answers import Answers
from survey.dataset import Dataset, remark
from survey.quality.flags import Flag, Thresholds, percent
from survey.responses import Texts

FloatArray = npt.NDArray[np.float64]


def times_of(dataset: Dataset) -> tuple[FloatArray | None, FloatArray | None]:
    """Time as part of the median of those who finished, and seconds for each thing asked."""
    if dataset.seconds is None or np.isnan(dataset.seconds).all():
        return None, None
    seconds = np.asarray(dataset.seconds, dtype=np.float64)
    known = ~np.isnan(seconds)
    finished = known if dataset.submitted is None else known & dataset.submitted
    median = float(np.median(seconds[finished if finished.any() else known]))
    items = np.zeros(len(seconds))
    for name, response in dataset.responses.items():
        if isinstance(response, (Answers, Texts)):
            # A choice is read as one item, whatever the number of its options.
            shown = (
                response.cells >= 0 if isinstance(response, Answers) else response.shown[:, None]
            )
            items += 0 if ":" in name else shown.any(axis=1)
        else:
            items += response.shown.sum(axis=1)
    speed = seconds / median if median > 0 else np.full(len(seconds), np.nan)
    return speed, seconds / np.maximum(items, 1)


def speed_flags(
    dataset: Dataset, speed: FloatArray | None, pace: FloatArray | None, limits: Thresholds
) -> Iterator[Flag]:
    """Flag who was fast for the wave, or for the length of what was asked."""
    if speed is None or pace is None:
        return
    for row, name in enumerate(dataset.respondents):
        if speed[row] < limits.speed_ratio:
            yield Flag(
                name,
                "speed",
                remark(
                    "fast_for_the_wave",
                    "took {share} % of the median time; {limit} % is the limit",
                    share=percent(float(speed[row])),
                    limit=percent(limits.speed_ratio),
                ),
            )
        if pace[row] < limits.seconds_per_item:
            yield Flag(
                name,
                "speed",
                remark(
                    "fast_for_its_length",
                    "took {seconds} seconds for each thing asked; {limit} is the limit",
                    seconds=round(float(pace[row]), 1),
                    limit=limits.seconds_per_item,
                ),
            )
