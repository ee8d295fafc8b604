"""What the commands of waves share: the store, who works, days, texts, questions to the user."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import typer

from app.commands.faults import UserError
from app.i18n import Language
from survey import Text

if TYPE_CHECKING:
    from survey.collection.sealing import Sealer
    from survey.collection.store import Store

_YES = {"y", "yes", "д", "да"}


@contextmanager
def opened() -> Iterator[Store]:
    """The store of this user."""
    from survey.collection.store import Store  # noqa: PLC0415 - heavy; only the work itself needs it

    with Store.open() as store:
        yield store


def sealer() -> Sealer:
    """Key of the names, which lies beside the store and not in it."""
    from survey.collection.sealing import KEY_FILE, Sealer  # noqa: PLC0415 - same
    from survey.collection.store import home  # noqa: PLC0415 - same

    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Sealer.open(folder / KEY_FILE)


def actor() -> str:
    """Who works here, as the log of events names it."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a process whose user has no name
        name = "?"
    return f"{name} (command line)"


def today() -> date:
    """Day of today in UTC, as the log of events counts it."""
    return datetime.now(UTC).date()


def day_of(option: str, text: str | None) -> date | None:
    """Day of an option.

    Raises
    ------
    UserError
        It is no day of the calendar.

    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UserError(
            "{option} is {found}; a day such as {example} is expected",
            option=option,
            found=text,
            example="2027-03-31",
        ) from error


def text_of(name: str, english: str | None, russian: str | None) -> Text | None:
    """Text in both languages from two options.

    Raises
    ------
    UserError
        Only one of them is given, or one is blank.

    """
    if english is None and russian is None:
        return None
    for language, text in (("en", english), ("ru", russian)):
        if text is None or not text.strip():
            raise UserError(
                "--{name}-{language} is missing: respondents read either language, so both are expected",
                name=name,
                language=language,
            )
    return Text(en=str(english).strip(), ru=str(russian).strip())


def one_of_words(option: str, found: str, known: tuple[str, ...]) -> str:
    """Word of an option.

    Raises
    ------
    UserError
        It is not one of those known.

    """
    if found not in known:
        raise UserError(
            "{option} is {found}; expected {expected}",
            option=option,
            found=found,
            expected=", ".join(known),
        )
    return found


def confirm(question: str, words: Language, *, yes: bool) -> None:
    """Ask before what cannot be undone; without a person to ask, `yes` must have been said.

    Raises
    ------
    UserError
        Nobody can be asked.
    typer.Abort
        The answer is not yes.

    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError("this cannot be undone and nobody can be asked; add --yes")
    typer.echo(question + " ", nl=False)
    answer = sys.stdin.readline().strip().lower()
    if answer not in _YES:
        typer.echo(words.say("Nothing was changed."))
        raise typer.Abort
