"""What every reader of an export takes and gives.

A reader turns the cells of its format into raw questions (`survey.formats.raw`); one function,
`survey.formats.assemble.assemble`, matches them to a questionnaire, or infers one, and makes the
`Dataset`. So a reader knows its format only, and what is lost is said in the same words everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from survey.dataset import Dataset, Remark
from survey.formats.cells import Sheet
from survey.questionnaire import Questionnaire
from survey.questions import Text


@dataclass(frozen=True, slots=True)
class Request:
    """How the analyst wants a file to be read; every reader takes what concerns it.

    Attributes
    ----------
    questionnaire : Questionnaire or None
        What was asked; None: one is inferred from the file, and a remark says so.
    group_column : str, int or None
        Heading or place (from 0) of the column that holds the respondent's group; None: all
        respondents form one group.
    group_names : mapping
        Name of the group by what stands in the column, where they differ.
    options : mapping
        Texts of the options of a joined column, by its heading or by the question's id, where no
        questionnaire gives them.
    columns : mapping
        Headings or places (from 0) of the columns of a question, by its id, in a plain table whose
        headings do not tell.
    yes, no : str or None
        What the exporter wrote for a ticked and a left option, where the file does not tell
        (LimeSurvey's conversion of Y and N).
    encoding, delimiter : str or None
        None: found out from the file.
    sheet : str or None
        Sheet of a workbook; None: the first.
    heading_rows : int or None
        None: found out from the file.
    dictionary : Path or None
        File that describes the columns (REDCap's data dictionary, LimeSurvey's .lss).
    """

    questionnaire: Questionnaire | None = None
    group_column: str | int | None = None
    group_names: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    columns: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    yes: str | None = None
    no: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_rows: int | None = None
    dictionary: Path | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be recognised.

    Attributes
    ----------
    path : Path
    start : bytes
        First bytes of the file.
    head : Sheet or None
        First rows, if the file is a table of text or a workbook.
    """

    path: Path
    start: bytes
    head: Sheet | None


@dataclass(frozen=True, slots=True)
class Recognition:
    """How well a format fits a file: `score` from 0 (not at all) to 1 (certainly), and why."""

    score: float
    reasons: tuple[Remark, ...] = ()


NOT_RECOGNISED = Recognition(0.0)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, how it is recognised and how it is read.

    `recognise` never raises; `read` raises `SurveyError`.
    """

    name: str
    title: Text
    recognise: Callable[[Candidate], Recognition]
    read: Callable[[Path, Request], Dataset]
