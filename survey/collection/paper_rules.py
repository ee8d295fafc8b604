"""When a wave takes sheets of paper, and what is said of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from survey.collection import schema
from survey.collection.flow import left
from survey.collection.paper_entries import Entry, sheet_mark
from survey.collection.replies import Reply, accept
from survey.collection.wave import Wave
from survey.collection.waves import find_wave
from survey.dataset import Remark, remark
from survey.errors import SurveyError
from survey.questionnaire import Questionnaire

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LONGEST: Final = 60  # signs of the name of a sheet


def check_sheet(
    wave: Wave, sheet: str, group: str, replies: Mapping[str, Reply]
) -> dict[str, Reply]:
    """Replies of a sheet as they are stored.

    Raises
    ------
    SurveyError
        The sheet has no name, its group is not of the wave, or a reply can never be an answer.

    """
    name_of(sheet)
    wave.group(group)
    kept = {}
    for name, reply in replies.items():
        question = wave.settings.questionnaire.question(name)
        try:
            kept[name] = accept(question, reply)
        except SurveyError as error:
            raise SurveyError(
                "sheet_reply", "question {question}: {reason}", question=name, reason=error
            ) from error
    return kept


def taking(conn: Connection, wave_id: str) -> Wave:
    """Wave that takes sheets, locked; refused otherwise."""
    wave = find_wave(conn, wave_id, lock=True)
    if wave.state not in {"open", "closed"} or not wave.secret:
        raise SurveyError(
            "wave_takes_no_paper",
            "the wave {wave} is {found}; sheets of paper are typed in while it is open or closed, "
            "and not after it is frozen or what identifies people is erased",
            wave=wave.id,
            found=wave.state,
        )
    return wave


def is_accepted(conn: Connection, wave: Wave, sheet: str) -> bool:
    """Whether a sheet became a response already."""
    mark = schema.spent.c.mark
    found = conn.execute(select(mark).where(mark == sheet_mark(wave, sheet))).first()
    return found is not None


def refused_again(sheet: str) -> SurveyError:
    """Say that a sheet cannot be typed in any more."""
    return SurveyError(
        "sheet_accepted",
        "the sheet {sheet} was accepted already; each sheet counts once",
        sheet=sheet,
    )


def name_of(sheet: str) -> str:
    """Name of a sheet without spaces around it; refused if it is none."""
    name = sheet.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise SurveyError(
            "sheet_unnamed",
            "a sheet is called {found}; what is written on it, 1 to {most} signs, is expected",
            found=repr(name[:_LONGEST]),
            most=_LONGEST,
        )
    return name


def entry_remarks(
    sheet: str, entry: Entry, other: Entry | None, questionnaire: Questionnaire
) -> list[Remark]:
    """What the analyst should know of an entry."""
    told = []
    if other is not None and other.operator == entry.operator:
        told.append(
            remark(
                "same_operator",
                "the sheet {sheet} was typed in twice by {operator}: the same person makes the same "
                "mistake twice; another one is expected",
                grave=True,
                sheet=sheet,
                operator=entry.operator,
            )
        )
    if todo := left(questionnaire, entry.replies):
        told.append(
            remark(
                "sheet_unfinished",
                "the sheet {sheet} does not answer as it was asked at {questions}; it is kept as it "
                "is",
                sheet=sheet,
                questions=", ".join(todo),
            )
        )
    return told


def dropped(count: int) -> tuple[Remark, ...]:
    """Say how many answers to questions not asked were left out."""
    if not count:
        return ()
    return (
        remark(
            "paper_unasked",
            "{count} answers stood at questions that were not to be answered after the answers "
            "before; they are not kept",
            grave=True,
            count=count,
        ),
    )
