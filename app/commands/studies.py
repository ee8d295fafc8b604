"""konsilium init and validate: start a study of one's own, and check one."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.commands.faults import UserError
from app.commands.tables import console
from app.i18n import Language
from app.study import StudyError, bundled_studies, check_study

TEMPLATE = "template"


def init(folder: Path, words: Language) -> None:
    """Copy the template study into a new folder; never overwrite."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UserError(
            "{folder} is already there and is not an empty folder; choose a new name",
            folder=folder,
        )
    was_there = folder.exists()
    try:
        shutil.copytree(bundled_studies()[TEMPLATE], folder, dirs_exist_ok=True)
    except OSError as error:
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        raise UserError(
            "{folder} cannot be written: {reason}",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    out = console()
    out.print(words.say("A small complete study is in {folder}. Next:", folder=folder))
    name = f'"{folder}"' if " " in str(folder) else str(folder)
    for step in (
        words.say(
            "1. Write your region, groups and questions into study.yaml and questionnaire.yaml."
        ),
        words.say("2. Put your figures into the CSV files; the file names stay as they are."),
        words.say("3. Check it: {command}", command=f"konsilium validate {name}"),
        words.say("4. Compute it: {command}", command=f"konsilium run {name} --out out"),
    ):
        out.print(step, soft_wrap=True)


def validate(study: str, words: Language) -> None:
    """Check a study whole; every fault is a line of standard error."""
    faults = check_study(study)
    if faults:
        raise StudyError(faults)
    console().print(words.say("{study}: no fault found.", study=study), soft_wrap=True)
