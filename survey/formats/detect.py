"""Which format a file is in, and why; and its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from survey.dataset import Dataset, Remark
from survey.errors import SurveyError
from survey.formats.base import Candidate, Request
from survey.formats.registry import READERS, reader
from survey.formats.sheets import read_sheet
from survey.formats.text import read_start
from survey.formats.workbook import OLE_MAGIC, ZIP_MAGIC, is_workbook
from survey.questionnaire import Questionnaire

if TYPE_CHECKING:
    from survey.formats.cells import Sheet

_LEAST = 0.3  # a score below it names no format
_SPSS_MAGIC = (b"$FL2", b"$FL3")


@dataclass(frozen=True, slots=True)
class Detection:
    """The format that fits a file best.

    Attributes
    ----------
    format : str
        Name of the reader.
    score : float
        From 0 to 1.
    reasons : tuple of Remark
        Why, in words.
    others : tuple of (str, float)
        Further formats that could fit, with their scores, best first.
    """

    format: str
    score: float
    reasons: tuple[Remark, ...]
    others: tuple[tuple[str, float], ...] = ()


def detect(path: Path, request: Request | None = None) -> Detection:
    """The format of the file at `path`, from its first rows.

    Raises
    ------
    SurveyError
        The file cannot be read at all, or no format fits.

    """
    candidate = Candidate(path, read_start(path), _head(path, request or Request()))
    found = [(known.name, known.recognise(candidate)) for known in READERS]
    ranked = sorted(found, key=lambda pair: -pair[1].score)
    name, best = ranked[0]
    if best.score < _LEAST:
        raise SurveyError(
            "format_unrecognised",
            "the file {file} is in none of the known formats; one of {expected} is expected",
            file=path.name,
            expected=", ".join(known.name for known in READERS),
        )
    others = tuple((other, r.score) for other, r in ranked[1:] if r.score >= _LEAST)
    return Detection(name, best.score, best.reasons, others)


def _head(path: Path, request: Request) -> Sheet | None:
    """First rows of a table; None for the files that are none (SPSS, LimeSurvey's archive)."""
    start = read_start(path, len(OLE_MAGIC))
    if start.startswith(_SPSS_MAGIC) or (start.startswith(ZIP_MAGIC) and not is_workbook(path)):
        return None
    return read_sheet(
        path,
        encoding=request.encoding,
        delimiter=request.delimiter,
        sheet=request.sheet,
        whole=False,
    )


def read_answers(
    path: Path,
    format: str | None = None,  # noqa: A002 - the analyst's word for it
    questionnaire: Questionnaire | None = None,
    *,
    group_column: str | int | None = None,
    request: Request | None = None,
) -> Dataset:
    """Answers in the file at `path`, by the reader named `format` or the one that fits best.

    Why that format was taken is among the remarks.

    Parameters
    ----------
    path
        The export.
    format
        Name of a reader; None: `detect` finds it.
    questionnaire, group_column
        As in `Request`; they go before what `request` says.
    request
        Everything else that a reader can be told.

    """
    asked = request or Request()
    if questionnaire is not None:
        asked = replace(asked, questionnaire=questionnaire)
    if group_column is not None:
        asked = replace(asked, group_column=group_column)
    if format is not None:
        return reader(format).read(path, asked)
    found = detect(path, asked)
    wave = reader(found.format).read(path, asked)
    return replace(wave, remarks=(*found.reasons, *wave.remarks))
