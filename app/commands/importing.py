"""konsilium import: answers from any export into a study; a dry run unless told where to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from app.collection.study_files import changing, check_unchanged
from app.commands.faults import UserError
from app.commands.question_map import as_headed, columns_of, headings_of
from app.commands.tables import console, table
from app.i18n import Language
from app.study import bundled_studies, study_digest
from app.study.answer_tables import Frame, frame_of, tables_of
from app.study.formats import JUDGEMENTS
from app.study.importing import write_study
from app.words.quality import checks_in_words
from survey import Answers, Grid
from survey.answers import NOT_SHOWN
from survey.dataset import NO_GROUP, Dataset
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers
from survey.quality import QualityReport, quality_report

# Of the flags and remarks; the rest is counted.
_SHOWN = 20


def import_answers(
    file: Path,
    study: str,
    words: Language,
    *,
    format_name: str | None,
    question_map: Sequence[str],
    group: str | None,
    out: Path | None,
) -> None:
    """Read, report, and write the study with these answers where `out` says so."""
    frame = frame_of(study)
    seen = study_digest(frame.folder)
    if out is not None:
        _check_target(out, frame)
    headings = headings_of(question_map, frame.questionnaire)
    request = Request(
        questionnaire=as_headed(frame.questionnaire, headings),
        group_column=group,
        group_names=frame.group_names,
        columns=columns_of(headings),
    )
    screen = console()
    name = format_name
    if name is None:
        found = detect(file, request)
        name = found.format
        screen.print(
            words.say(
                "Format: {format}, because {reasons}.",
                format=name,
                reasons="; ".join(words.sentence(r).rstrip(".") for r in found.reasons) or "-",
            ),
            soft_wrap=True,
        )
        if found.others:
            screen.print(
                words.say(
                    "It could also be: {formats}; choose with --format.",
                    formats=", ".join(other for other, _ in found.others),
                ),
                soft_wrap=True,
            )
    wave = read_answers(file, name, request=request)
    for place, named in headings.items():
        if place.partition(".")[0] not in wave.responses:
            raise UserError(
                "{file} has no column headed {heading}, which --question-map names for {question}",
                file=file,
                heading=", ".join(named),
                question=place,
            )
    groups = [g.id for g in frame.settings.groups]
    if group is None and set(wave.groups) == {NO_GROUP} and len(groups) > 1:
        raise UserError(
            "the file does not say which of the groups {groups} a respondent is of; say which column does with --group COLUMN",
            groups=", ".join(groups),
        )
    tables = tables_of(wave, frame)
    _print_wave(wave, frame, tables, words)
    _print_quality(quality_report(wave), words)
    if out is None:
        _print_dry(tables, words)
        return
    try:
        with _alone(frame, out, seen):
            write_study(frame, tables, out)
    except OSError as error:
        raise UserError(
            "{folder} cannot be written: {reason}",
            folder=out,
            reason=error.strerror or str(error),
        ) from error
    for name, rows in tables.items():
        screen.print(
            words.say(
                "Written: {file}, {count} rows. Say in study.yaml where they come from.",
                file=out / name,
                count=words.number(len(rows), 0),
            ),
            soft_wrap=True,
        )


def _print_dry(tables: Mapping[str, pd.DataFrame], words: Language) -> None:
    for name, rows in tables.items():
        console().print(
            words.say_many(
                "Nothing was written. {count} row would go into {file}; add --out DIR to write the study with it.",
                "Nothing was written. {count} rows would go into {file}; add --out DIR to write the study with them.",
                len(rows),
                file=name,
            ),
            soft_wrap=True,
        )


@contextmanager
def _alone(frame: Frame, out: Path, seen: str) -> Iterator[None]:
    """While a study's own folder is written nobody else writes it, nor has since it was read."""
    if out.resolve() != frame.folder.resolve():
        yield
        return
    with changing(out):
        check_unchanged(out, seen)
        yield


def _check_target(out: Path, frame: Frame) -> None:
    """Refuse a folder that is neither new nor the study's own."""
    if any(out.resolve() == home.resolve() for home in bundled_studies().values()):
        raise UserError(
            "{folder} is a bundled study and is not changed; choose a new folder", folder=out
        )
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        if frame.folder.resolve() in out.resolve().parents:
            raise UserError(
                "{folder} lies inside the study; choose a folder outside of it", folder=out
            )
        return
    if not out.is_dir() or out.resolve() != frame.folder.resolve():
        raise UserError(
            "{folder} is already there and is not the study; choose a new name", folder=out
        )


def _print_wave(
    wave: Dataset, frame: Frame, tables: Mapping[str, pd.DataFrame], words: Language
) -> None:
    screen = console()
    submitted = int(np.sum(wave.submitted)) if wave.submitted is not None else 0
    screen.print(
        words.say(
            "Respondents: {count}, of whom {submitted} finished.",
            count=words.number(len(wave.respondents), 0),
            submitted=words.number(submitted, 0),
        )
    )
    rows = pd.concat([each[["respondent", "group"]] for each in tables.values()])
    people = rows.drop_duplicates("respondent")["group"].value_counts()
    screen.print(
        table(
            words.say("Groups"),
            [words.say("Group"), words.say("Respondents"), words.say("Experts in study.yaml")],
            [
                [words.pick(g.title), words.number(int(people.get(g.id, 0)), 0), str(g.experts)]
                for g in frame.settings.groups
            ],
        )
    )
    for question in frame.questionnaire.choices:
        found = wave.responses.get(question.id)
        if not isinstance(found, Answers) or (found.cells == NOT_SHOWN).all():
            screen.print(
                words.say("No answers to the question {question}.", question=question.id),
                soft_wrap=True,
            )
            continue
        counts = found.to_counts()
        titles = {o.id: words.pick(o.text) for o in question.options}
        screen.print(
            table(
                f"{question.id}: {words.pick(question.text)}",
                [words.say("Answer"), words.say("Selected"), words.say("Shown to")],
                [
                    [titles[o], str(int(n)), str(int(shown))]
                    for o, n, shown in zip(
                        counts.options,
                        counts.counts.sum(axis=1),
                        counts.asked.sum(axis=1),
                        strict=True,
                    )
                ],
            )
        )
    kept = {name for each in tables.values() for name in each["question"].unique()}
    judged = tables.get(JUDGEMENTS.file)
    for question in () if judged is None else judged["question"].unique():
        heard = judged[judged["question"] == question]["respondent"].nunique()
        count = words.number(heard, 0)
        screen.print(
            words.say(
                "{question}: ratings of {count} respondents, from which scores can follow.",
                question=question,
                count=count,
            )
            if isinstance(frame.questionnaire.question(question), Grid)
            else words.say(
                "{question}: answers of {count} respondents, from which weights follow.",
                question=question,
                count=count,
            ),
            soft_wrap=True,
        )
    others = [
        q.id
        for q in frame.questionnaire.questions
        if q.id in wave.responses
        and q.id not in kept
        and not isinstance(wave.responses[q.id], Answers)
    ]
    if others:
        screen.print(
            words.say(
                "Read, but not kept in the study, since no priorities follow from them: {questions}.",
                questions=", ".join(others),
            ),
            soft_wrap=True,
        )


def _print_quality(report: QualityReport, words: Language) -> None:
    screen = console()
    screen.print(words.say("Quality; nothing is left out without your decision:"))
    counts = Counter(flag.check for flag in report.flags)
    for line in checks_in_words(counts, words):
        screen.print(f"  {line}", soft_wrap=True)
    for flag in report.flags[:_SHOWN]:
        screen.print(f"  {flag.respondent}: {words.sentence(flag.reason)}", soft_wrap=True)
    if len(report.flags) > _SHOWN:
        screen.print(
            "  " + words.say("and {count} more", count=words.number(len(report.flags) - _SHOWN, 0))
        )
    remarks = sorted(report.remarks, key=lambda r: not r.grave)
    if remarks:
        screen.print(words.say("Remarks:"))
    for each in remarks[:_SHOWN]:
        mark = "! " if each.grave else "  "
        screen.print(f"{mark}{words.sentence(each)}", soft_wrap=True)
    if len(remarks) > _SHOWN:
        screen.print(
            "  " + words.say("and {count} more", count=words.number(len(remarks) - _SHOWN, 0))
        )
