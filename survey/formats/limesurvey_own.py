"""LimeSurvey's own columns: what they say of the interview, and which are left out."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import numpy.typing as npt

from survey.dataset import Remark, remark
from survey.formats.limesurvey_headings import PERSONAL, Heading
from survey.formats.names import numbers_of

_ANONYMOUS = "1980-01-01"


def own_remarks(
    headings: list[Heading],
    own: dict[str, tuple[str, ...]],
    never: npt.NDArray[np.bool_] | None,
) -> list[Remark]:
    """What was left out, what the dates are worth, and which headings repeat."""
    told = []
    personal = sorted({h.system for h in headings} & {*PERSONAL, "attribute"})
    if personal:
        told.append(
            remark(
                "personal_dropped",
                "columns that may identify a person were left out: {found}",
                found=", ".join(personal),
            )
        )
    if any(cell.startswith(_ANONYMOUS) for cell in own.get("submitdate", ())):
        told.append(
            remark(
                "dates_anonymised",
                "the dates of submission are 1980-01-01, as LimeSurvey writes them for anonymous "
                "answers: they say only that the answers were submitted",
            )
        )
    if never is not None:
        told.append(
            remark(
                "not_shown_kept",
                "the file tells what was not shown from what was left empty",
            )
        )
    codes = [(h.code, h.subs, h.text) for h in headings if not h.system]
    repeated = len(codes) - len(set(codes))
    if repeated:
        told.append(
            remark(
                "headings_repeated",
                "{count} headings stand a second time; each column is read by its place",
                count=repeated,
            )
        )
    return told


def seconds_taken(own: dict[str, tuple[str, ...]]) -> npt.NDArray[np.float64] | None:
    """Time taken: LimeSurvey's timing, else from start to submission where dates are real."""
    if "interviewtime" in own:
        return numbers_of(own["interviewtime"])[0]
    ends = own.get("submitdate", ())
    if "startdate" not in own or not ends:
        return None
    spans = [_span(a, b) for a, b in zip(own["startdate"], ends, strict=True)]
    return None if all(np.isnan(spans)) else np.array(spans)


def _span(start: str, end: str) -> float:
    try:
        taken = datetime.fromisoformat(end.strip()) - datetime.fromisoformat(start.strip())
    except ValueError:
        return float("nan")
    return taken.total_seconds() if taken.total_seconds() >= 0 else float("nan")
