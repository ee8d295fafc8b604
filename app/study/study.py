"""A study folder, read and checked whole before anything is computed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import app
from app.study.build import Resilience, Scenarios, build
from app.study.checks import (
    check_answers,
    check_directions,
    check_folder,
    check_published,
    check_resilience,
    check_scenarios,
)
from app.study.checks.folder import csv_files
from app.study.documents import read_document, to_model
from app.study.draft import QUESTIONNAIRE, SETTINGS, Draft
from app.study.faults import Fault, StudyError, message, nearest
from app.study.schema import Settings
from survey import WEIGHING, MultipleChoice, Questionnaire, SingleChoice

if TYPE_CHECKING:
    import pandas as pd

    from survey import Answers, Counts, IndividualPriorities, Option, PrioritySource, Sums


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Everything that a study folder holds.

    Attributes
    ----------
    folder, digest
        Where it was read, and sha256 over the names and contents of its files.
    settings, questionnaire
        study.yaml and questionnaire.yaml.
    counts, answers
        By question; `answers` is empty where only totals per group are known, and `counts` are
        then those of the file, else the totals of the rows. Questions that are choices.
    individual
        Each respondent's weights by question, where points, orders, ratings or comparisons are
        known.
    alternatives, criteria
        Indexed by id, in the order of the files.
    scores
        Indexed by (criterion, alternative): value, low, high, basis, rule_en, rule_ru.
    relevance
        Block -> option x measured criterion; 1 for itself where the options are criteria.
    profiles
        Block -> alternative x option.
    scenarios, resilience
        None where the study has none.
    published
        Claims of the sources, indexed by id; empty where there are none.
    context
        Further tables by file name without ``.csv``.
    tables
        Every table as it stands in its file, by path.

    """

    folder: Path
    digest: str
    settings: Settings
    questionnaire: Questionnaire
    counts: Mapping[str, Counts]
    answers: Mapping[str, Answers]
    individual: Mapping[str, IndividualPriorities]
    alternatives: pd.DataFrame
    criteria: pd.DataFrame
    scores: pd.DataFrame
    relevance: Mapping[str, pd.DataFrame]
    profiles: Mapping[str, pd.DataFrame]
    scenarios: Scenarios | None
    resilience: Resilience | None
    published: pd.DataFrame
    context: Mapping[str, pd.DataFrame]
    tables: Mapping[str, pd.DataFrame]

    def options(self, question: str) -> tuple[Option, ...]:
        """Options of a question from whose answers priorities follow."""
        asked = self.questionnaire.question(question)
        if not isinstance(asked, (SingleChoice, MultipleChoice, *WEIGHING)):
            asked = self.questionnaire.choice(question)  # which says what is wrong
        return asked.options

    def source(self, question: str) -> PrioritySource:
        """The finest that is known of a question: each respondent's answers, or totals."""
        for known in (self.individual, self.answers):
            if question in known:
                return known[question]
        return self.counts[question]

    def totals(self, question: str) -> Counts | Sums:
        """Totals per group: of choices, or of weights."""
        individual = self.individual.get(question)
        return self.counts[question] if individual is None else individual.to_sums()


def load_study(path_or_name: str | Path) -> Study:
    """Read a bundled study by its name, or a folder.

    Raises
    ------
    StudyError
        With every fault of the folder.

    """
    folder = study_folder(path_or_name)
    draft, faults = _read(folder)
    if draft is None or faults:
        raise StudyError(faults)
    return Study(folder=folder, digest=study_digest(folder), **build(draft))


def check_study(path_or_name: str | Path) -> list[Fault]:
    """Every fault of a study, in the order of files and rows; empty if it can be used."""
    try:
        folder = study_folder(path_or_name)
    except StudyError as error:
        return list(error.faults)
    return _read(folder)[1]


def bundled_studies() -> dict[str, Path]:
    """Folders of the studies that come with Konsilium, by name."""
    package = Path(app.__file__).parent
    # Installed, they travel inside the package; in the source tree they lie beside it.
    homes = (package / "bundled", package.parent / "data")
    home = next((each for each in homes if each.is_dir()), homes[0])
    return {path.parent.name: path.parent for path in sorted(home.glob(f"*/{SETTINGS}"))}


def study_digest(folder: Path) -> str:
    """Sha256 over names and contents of the study's files, the same on every system."""
    total = hashlib.sha256()
    for file in sorted([SETTINGS, QUESTIONNAIRE, *csv_files(folder)]):
        content = (folder / file).read_bytes()
        total.update(f"{file}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def study_folder(path_or_name: str | Path) -> Path:
    """Folder of a bundled study by its name, or the folder itself; StudyError where there is none."""
    bundled = bundled_studies()
    if isinstance(path_or_name, str) and path_or_name in bundled:
        return bundled[path_or_name]
    folder = Path(path_or_name)
    if folder.is_dir():
        return folder
    names = ", ".join(bundled)
    close = nearest(str(path_or_name), bundled)
    expected = (
        message(
            "a folder with {file}, or one of the bundled studies: {names}; the nearest is {nearest}",
            file=SETTINGS,
            names=names,
            nearest=close,
        )
        if close
        else message(
            "a folder with {file}, or one of the bundled studies: {names}",
            file=SETTINGS,
            names=names,
        )
    )
    raise StudyError([Fault(str(path_or_name), None, None, message("no such folder"), expected)])


def _read(folder: Path) -> tuple[Draft | None, list[Fault]]:
    document, faults = read_document(folder, SETTINGS)
    settings = None
    if document is not None:
        settings, found = to_model(document, Settings)
        faults += found
    asked, of_questionnaire = read_document(folder, QUESTIONNAIRE)
    questionnaire = None
    if asked is not None:
        questionnaire, found = to_model(asked, Questionnaire)
        of_questionnaire += found
    faults += of_questionnaire
    if document is None or settings is None:
        return None, faults  # without groups and blocks nothing else can be judged
    draft = Draft(folder, settings, document, questionnaire, faults=faults)
    check_answers(draft)
    check_directions(draft)
    check_scenarios(draft)
    check_resilience(draft)
    check_published(draft)
    check_folder(draft)
    # Sorting is stable: within a row faults keep the order in which they were found.
    order = {file: at for at, file in enumerate(dict.fromkeys(each.file for each in faults))}
    return draft, sorted(faults, key=lambda fault: (order[fault.file], fault.row or 0))
