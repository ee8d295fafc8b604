"""A wave's answers as files: rows without words, and the words apart from the rows.

Words can name people or give them away by what they tell, so that they are only written where
asked for, and in anonymous mode joined to no row, group or other words of the same person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from survey.dataset import Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.outgoing import Outgoing
from survey.responses import Texts

Format = Literal["csv", "xlsx", "sav"]
FORMATS: Final[tuple[Format, ...]] = ("csv", "xlsx", "sav")
TEXTS_FILE: Final = "texts.csv"
_FILES: Final[dict[Format, tuple[str, ...]]] = {
    "csv": ("answers-tidy.csv", "answers-wide.csv"),
    "xlsx": ("answers.xlsx",),
    "sav": ("answers.sav",),
}


def file_names(kind: Format, *, with_texts: bool) -> tuple[str, ...]:
    """Names of the files that `write_answers` and `write_texts` write."""
    if kind not in FORMATS:
        raise SurveyError(
            "export_format",
            "the format {found} is not known; one of {expected} is expected",
            found=kind,
            expected=", ".join(FORMATS),
        )
    return (*_FILES[kind], *((TEXTS_FILE,) if with_texts else ()))


def without_texts(dataset: Dataset) -> Dataset:
    """The same answers without anything written in words."""
    kept = {k: r for k, r in dataset.responses.items() if not isinstance(r, Texts)}
    return replace(dataset, responses=kept)


def write_answers(
    dataset: Dataset, folder: Path, kind: Format, lang: str = "en"
) -> tuple[Remark, ...]:
    """Write the answers, words left out, into a folder; what had to be changed is told."""
    # The writers load pandas, which a server of respondents can do without.
    from survey.formats.write_csv import write_tidy_csv, write_wide_csv  # noqa: PLC0415
    from survey.formats.write_sav import write_sav  # noqa: PLC0415
    from survey.formats.write_xlsx import write_xlsx  # noqa: PLC0415

    files = [folder / name for name in file_names(kind, with_texts=False)]
    bare = without_texts(dataset)
    told = list(texts_left_out(dataset))
    match kind:
        case "csv":
            told += write_tidy_csv(bare, files[0])
            told += write_wide_csv(bare, files[1])
        case "xlsx":
            told += write_xlsx(bare, files[0])
        case "sav":
            told += write_sav(bare, files[0], lang)
    return tuple(told)


def write_texts(dataset: Dataset, folder: Path, *, anonymous: bool) -> tuple[Remark, ...]:
    """Write what respondents wrote in words, in alphabetical order.

    In anonymous mode nothing says who wrote a text or what else the same person answered; else the
    respondent's id stands in front.
    """
    out = Outgoing()
    heading = ["question", "option", "text"]
    rows = sorted(_texts(dataset))
    if anonymous:
        lines = [list(row[:3]) for row in rows]
    else:
        heading = ["respondent", *heading]
        lines = [[row[3], *row[:3]] for row in rows]
    with (folder / TEXTS_FILE).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows([out.text(cell) for cell in line] for line in lines)
    told = remark(
        "texts_identify",
        "{count} texts are in the file {file}; words can tell who wrote them: read them before "
        "you give the file to anybody",
        grave=True,
        count=len(rows),
        file=TEXTS_FILE,
    )
    return (told, *out.remarks())


def _texts(dataset: Dataset) -> Iterator[tuple[str, str, str, str]]:
    for key, response in dataset.responses.items():
        if isinstance(response, Texts):
            question, _, option = key.partition(":")
            for name, text in zip(dataset.respondents, response.values, strict=True):
                if text:
                    yield question, option, text, name


def texts_left_out(dataset: Dataset) -> Iterator[Remark]:
    """Say how many texts `without_texts` takes away."""
    count = sum(1 for _ in _texts(dataset))
    if count:
        yield remark(
            "texts_left_out",
            "{count} texts in the respondents' own words are not among the rows",
            count=count,
        )
