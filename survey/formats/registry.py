"""The formats that can be read, those with the plainest marks first."""

from __future__ import annotations

from survey.errors import SurveyError
from survey.formats import (
    google_forms,
    kobo,
    konsilium,
    limesurvey,
    qualtrics,
    redcap,
    spss,
    surveymonkey,
    table,
)
from survey.formats.base import Reader

READERS: tuple[Reader, ...] = (
    konsilium.READER,
    spss.READER,
    redcap.READER,
    kobo.READER,
    limesurvey.READER,
    qualtrics.READER,
    surveymonkey.READER,
    google_forms.READER,
    table.READER,
)


def reader(name: str) -> Reader:
    """Reader of a format, by its name."""
    for known in READERS:
        if known.name == name:
            return known
    raise SurveyError(
        "format_unknown",
        "the format {found} is not known; one of {expected} is expected",
        found=name,
        expected=", ".join(known.name for known in READERS),
    )
