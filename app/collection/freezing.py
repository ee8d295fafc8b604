"""A frozen wave as a study's answers, and the ranking that they give."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from app.collection.outcome import Change, compare, summary_of
from app.collection.study_files import HIDDEN, SCRATCH, changing, check_unchanged, replaced
from app.collection.study_text import Origin, with_answers
from app.commands.faults import UserError
from app.i18n import language
from app.study import Study, StudyError, bundled_studies, check_study, formats, load_study
from app.study import study_digest as digest_of_study
from app.study.answer_tables import Frame, frame_of, kept_answers, tables_of
from app.study.draft import SETTINGS
from app.study.importing import put_tables
from app.study.schema import Group
from survey import Remark, Text, remark
from survey.collection.exporting import texts_left_out, without_texts
from survey.collection.freezing import Frozen, Prepared, freezes, prepare, record_freeze
from survey.collection.store import Store
from survey.dataset import Dataset
from survey.formats.write_xlsx import write_xlsx
from survey.responses import Texts

WAVE_FILE = "answers/wave.xlsx"


@dataclass(frozen=True, slots=True, eq=False)
class FrozenStudy:
    """A study whose answers are a frozen wave.

    Attributes
    ----------
    frozen : Frozen
    study : Study
    summary : mapping
        Ranking and priorities, as recorded with the freeze.
    change : Change or None
        Since the last freeze of the wave, or since the answers that the study had before; None
        where there was neither.
    since : int or None
        Number of the freeze that it is compared with; None: the study's former answers.
    remarks : tuple of Remark
    """

    frozen: Frozen
    study: Study
    summary: Mapping[str, Any]
    change: Change | None
    since: int | None
    remarks: tuple[Remark, ...]


def freeze_into(
    store: Store,
    wave_id: str,
    study: str,
    *,
    out: Path | None = None,
    join: Mapping[str, str] | None = None,
    leave_out: Sequence[str] = (),
    actor: str,
    today: date,
    expected: str | None = None,
) -> FrozenStudy:
    """Freeze a closed wave and make it the answers of a study; all of it, or nothing.

    Parameters
    ----------
    study
        Folder, or a bundled study.
    out
        New folder for the study with these answers; None: the study itself is changed.
    expected
        Digest of the study as the analyst saw it; another one is refused.

    Raises
    ------
    UserError
        A bundled study without `out`, a folder that is taken or cannot be written, a study that
        somebody else changes.
    StudyError
        The answers do not fit the study.
    SurveyError
        The wave cannot be frozen.

    """
    folder = frame_of(study).folder
    if out is not None:
        _check_new(out, folder)
        place = out.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        with _made(folder, place.parent) as made:
            ready = prepare(store, wave_id, join=join, leave_out=leave_out)
            done = _fill(store, ready, made, today)
            with _moved(made, place):
                return _recorded(store, ready, done, place, actor=actor, today=today)
    if any(folder.resolve() == home.resolve() for home in bundled_studies().values()):
        raise UserError(
            "{folder} is a bundled study and is not changed; name a new folder with --out",
            folder=folder,
        )
    with changing(folder):
        seen = digest_of_study(folder)
        if expected is not None:
            check_unchanged(folder, expected)
        with _made(folder, folder) as made:
            ready = prepare(store, wave_id, join=join, leave_out=leave_out)
            done = _fill(store, ready, made, today)
            check_unchanged(folder, seen)
            written = [file for file in formats.ANSWERS if (made / file).exists()]
            gone = [file for file in formats.ANSWERS if file not in written]
            with replaced(folder, made, (*written, WAVE_FILE, SETTINGS), gone):
                return _recorded(store, ready, done, folder, actor=actor, today=today)


@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    """A study that was made, what it comes to, and what it is compared with."""

    study: Study
    summary: dict[str, Any]
    before: Mapping[str, Any] | None
    since: int | None
    remarks: tuple[Remark, ...]


def _fill(store: Store, ready: Prepared, made: Path, today: date) -> _Done:
    """Put the wave into a copy of the study, and compute what it comes to."""
    former = None if check_study(str(made)) else summary_of(load_study(str(made)))
    earlier = freezes(store, ready.wave.id)
    frame = frame_of(str(made))
    groups = _groups(ready, frame)
    settings = made / SETTINGS
    text = settings.read_bytes().decode("utf-8-sig")
    origin = _origin(ready, len(earlier) + 1, today)
    files = list(kept_answers(ready.dataset, frame))
    settings.write_bytes(with_answers(text, groups, origin, files).encode())
    told = _put(ready.dataset, frame_of(str(made)), made)
    if faults := check_study(str(made)):
        raise StudyError(faults)
    study = load_study(str(made))
    last = earlier[-1] if earlier and earlier[-1].summary else None
    return _Done(
        study=study,
        summary=summary_of(study),
        before=last.summary if last else former,
        since=last.number if last else None,
        remarks=(*_gone(groups, frame), *told),
    )


def _recorded(
    store: Store, ready: Prepared, done: _Done, folder: Path, *, actor: str, today: date
) -> FrozenStudy:
    summary = json.dumps(done.summary)
    frozen = record_freeze(store, ready, actor=actor, today=today, summary=summary)
    return FrozenStudy(
        frozen=frozen,
        study=replace(done.study, folder=folder),
        summary=done.summary,
        change=None if done.before is None else compare(done.before, done.summary),
        since=done.since,
        remarks=(*frozen.remarks, *done.remarks),
    )


def _put(wave: Dataset, frame: Frame, folder: Path) -> tuple[Remark, ...]:
    """Answers from which priorities follow into the study's tables; all but words beside them."""
    tables = tables_of(wave, frame)
    put_tables(folder, tables)
    told = [*texts_left_out(wave), *write_xlsx(without_texts(wave), folder / WAVE_FILE)]
    kept = {name for table in tables.values() for name in table["question"].unique()}
    beside = [q for q, r in wave.responses.items() if not isinstance(r, Texts) and q not in kept]
    if beside:
        told.append(
            remark(
                "kept_beside",
                "answers to {questions} are kept in {file} alone: priorities and scores follow from "
                "choices, points, orders, ratings, comparisons and grids of the study's own "
                "questionnaire",
                questions=", ".join(beside),
                file=WAVE_FILE,
            )
        )
    return tuple(told)


def _groups(ready: Prepared, frame: Frame) -> list[Group]:
    """Groups of which somebody answered, in the study's order, those new to it at the end."""
    wave, dataset = ready.wave, ready.dataset
    counts = np.bincount(dataset.group_of, minlength=len(dataset.groups)).tolist()
    found = {group: count for group, count in zip(dataset.groups, counts, strict=True) if count}
    titles = {group.id: group.title for group in wave.settings.groups}
    titles |= {group.id: group.title for group in frame.settings.groups}
    known = [group.id for group in frame.settings.groups if group.id in found]
    order = [*known, *(group for group in found if group not in known)]
    return [Group.model_construct(id=g, experts=found[g], title=titles[g]) for g in order]


def _gone(groups: Sequence[Group], frame: Frame) -> Iterator[Remark]:
    left = {group.id for group in groups}
    gone = [group.id for group in frame.settings.groups if group.id not in left]
    if gone:
        yield remark(
            "groups_gone",
            "nobody of the groups {groups} is among these answers; they are no longer in {file}",
            groups=", ".join(gone),
            file=SETTINGS,
        )
    new = sorted(left - {group.id for group in frame.settings.groups})
    if new:
        yield remark(
            "groups_new",
            "the groups {groups} of the wave are new in {file}",
            groups=", ".join(new),
            file=SETTINGS,
        )


def _origin(ready: Prepared, number: int, today: date) -> Origin:
    """Source, place and note of the answers, in both languages."""
    made = []
    for lang in (language("en"), language("ru")):
        say = lang.say
        title = lang.pick(ready.wave.settings.title)
        citation = say(
            "Answers collected with Konsilium: “{title}”, {count} respondents, frozen on {day}, SHA-256 {digest}",
            title=title,
            count=lang.number(len(ready.dataset.respondents), 0),
            day=today.isoformat(),
            digest=ready.digest,
        )
        place = say("wave {wave}, freeze {number}", wave=ready.wave.id, number=number)
        notes = [say("the whole wave is in {file}", file=WAVE_FILE)]
        notes += [
            say("the group {group} is counted in {into}", group=group, into=into)
            for group, into in sorted(ready.join.items())
        ]
        notes += [say("the group {group} is left out", group=group) for group in ready.left_out]
        made.append((citation, place, "; ".join(notes)))
    return Origin(*(Text(en=en, ru=ru) for en, ru in zip(*made, strict=True)))


def _check_new(out: Path, folder: Path) -> None:
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise UserError("{folder} is already there; choose a new name", folder=out)
    if folder.resolve() in out.resolve().parents:
        raise UserError("{folder} lies inside the study; choose a folder outside of it", folder=out)


@contextmanager
def _made(folder: Path, beside: Path) -> Iterator[Path]:
    """Copy of a study on the disk of its place, where files can be put in place at once."""
    try:
        scratch = tempfile.TemporaryDirectory(prefix=SCRATCH, dir=beside)
    except OSError as error:
        raise UserError(
            "{folder} cannot be written: {reason}",
            folder=beside,
            reason=error.strerror or str(error),
        ) from error
    with scratch as name:
        made = Path(name) / "study"
        shutil.copytree(folder, made, ignore=shutil.ignore_patterns(f"{HIDDEN}*"))
        yield made


@contextmanager
def _moved(made: Path, place: Path) -> Iterator[None]:
    """Put a new study in its place; should what follows fail, it is taken away again."""
    try:
        made.replace(place)
    except OSError as error:
        raise UserError(
            "{folder} cannot be written: {reason}",
            folder=place,
            reason=error.strerror or str(error),
        ) from error
    try:
        yield
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
