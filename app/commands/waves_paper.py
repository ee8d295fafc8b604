"""konsilium wave paper-template, paper-enter, paper-check, paper-accept: paper typed in twice."""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path

from app.collection.files import check_free, write_private
from app.commands.faults import UserError
from app.commands.tables import console, table
from app.commands.waves_common import actor, opened, today
from app.commands.waves_freezing import tell
from app.i18n import Language
from app.words.paper import reply_in_words
from survey import Remark
from survey.collection import paper
from survey.collection.paper_files import read_sheets, write_template
from survey.collection.paper_rules import check_sheet
from survey.collection.replies import Reply
from survey.collection.wave import Wave
from survey.collection.waves import load_wave
from survey.errors import SurveyError


def template(wave_id: str, out: Path, words: Language) -> None:
    """Write the empty table."""
    with opened() as store:
        wave = load_wave(store, wave_id)
    check_free([out])
    with tempfile.TemporaryDirectory(prefix="konsilium-") as name:
        made = Path(name) / out.name
        write_template(wave.settings.questionnaire, made)
        write_private(out, made.read_bytes())
    screen = console()
    screen.print(words.say("Written: {file}", file=out), soft_wrap=True)
    screen.print(
        words.say(
            "One row for each sheet of paper: its number, its group ({groups}), its answers. Two people type every sheet, each into a table of their own; then {command}",
            groups=", ".join(group.id for group in wave.settings.groups),
            command=f"konsilium wave paper-enter {wave.id} FILE --entry 1",
        ),
        soft_wrap=True,
    )


def enter(wave_id: str, file: Path, words: Language, *, entry: int, operator: str | None) -> None:
    """Read a table of typed sheets; what is wrong is said sheet by sheet, and nothing is stored."""
    if not file.is_file():
        raise UserError("{file} is not there", file=file)
    who = operator or getpass.getuser()
    with opened() as store:
        wave = load_wave(store, wave_id)
        sheets = read_sheets(file, wave.settings.questionnaire)
        for each in sheets:
            try:
                check_sheet(wave, each.sheet, each.group, each.replies)
            except SurveyError as error:
                raise UserError(
                    "nothing was stored; the sheet {sheet}: {reason}",
                    sheet=each.sheet,
                    reason=error,
                ) from error
        told: list[Remark] = []
        for each in sheets:
            told += paper.enter_sheet(
                store, wave_id, each.sheet,
                entry=entry, group=each.group, replies=each.replies, operator=who,
            )  # fmt: skip
    console().print(
        words.say_many(
            "{count} sheet stored as entry {entry}.",
            "{count} sheets stored as entry {entry}.",
            len(sheets),
            entry=entry,
        )
    )
    tell(told, words)


def check(wave_id: str, words: Language) -> None:
    """List what two entries say differently."""
    with opened() as store:
        wave = load_wave(store, wave_id)
        found = paper.disagreements(store, wave_id)
    if not found:
        console().print(words.say("No two entries of a sheet differ."))
        return
    console().print(
        table(
            words.say("Look at the sheet, type it right into the table, and read it again"),
            [
                words.say("Sheet"),
                words.say("Question"),
                words.say("First entry"),
                words.say("Second entry"),
            ],
            [
                [
                    each.sheet,
                    each.question or words.say("group"),
                    _said(wave, each.question, each.first, words),
                    _said(wave, each.question, each.second, words),
                ]
                for each in found
            ],
            texts=4,
        )
    )


def accept(wave_id: str, words: Language) -> None:
    """Make responses of the sheets whose entries agree."""
    with opened() as store:
        made = paper.accept_sheets(store, wave_id, actor=actor(), today=today())
    screen = console()
    screen.print(
        words.say_many(
            "{count} sheet accepted as a response.",
            "{count} sheets accepted as responses.",
            len(made.sheets),
        )
    )
    if made.waiting:
        screen.print(
            words.say("Typed in once only: {sheets}", sheets=", ".join(made.waiting)),
            soft_wrap=True,
        )
    if made.differing:
        screen.print(
            words.say(
                "The two entries differ: {sheets}; {command} shows where",
                sheets=", ".join(made.differing),
                command=f"konsilium wave paper-check {wave_id}",
            ),
            soft_wrap=True,
        )
    tell(made.remarks, words)


def _said(wave: Wave, question: str, given: Reply | str, words: Language) -> str:
    if isinstance(given, str):
        return given
    return reply_in_words(wave.settings.questionnaire.question(question), given, words)
