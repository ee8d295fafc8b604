"""konsilium store: how the store is, its backups, and its migration."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.tables import console, table
from app.i18n import Language

if TYPE_CHECKING:
    from survey.collection.backup import Backup
    from survey.collection.health import Health


def commands(words: Language) -> typer.Typer:
    """Declare the commands, with their help in the reader's language."""
    # Read before the commands are declared: it is theirs only so that it may stand after them.
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    group = typer.Typer(
        help=words.say(
            "The store of answers: an SQLite file, or the database {variable} names.",
            variable="KONSILIUM_DATABASE_URL",
        ),
        no_args_is_help=False,
        rich_markup_mode=None,
    )

    @group.command(help=words.say("Tell where the store is, its version, and what it holds."))
    def status(lang: speak = words.code) -> None:  # noqa: ARG001 - see above
        from survey.collection.copying import count_rows
        from survey.collection.store import Store

        with Store.open() as store:
            health, rows = store.health(), store.read(count_rows)
        out = console()
        out.print(_table_of(health, rows, words))
        for line in _remarks(health, words):
            out.print(line, soft_wrap=True)

    @group.command(
        help=words.say("Write a backup: one file, which may be taken while others write.")
    )
    def backup(
        file: Annotated[
            Path,
            typer.Argument(metavar="FILE", help=words.say("A new file; none is written over.")),
        ],
        lang: speak = words.code,  # noqa: ARG001 - see above
    ) -> None:
        from survey.collection.backup import back_up
        from survey.collection.store import Store

        with Store.open() as store:
            made = back_up(store, file)
        _tell(
            words.say_many(
                "{file}: {rows} row, read back and whole.",
                "{file}: {rows} rows, read back and whole.",
                _rows(made),
                file=made.path,
                rows=words.number(_rows(made), 0),
            ),
            words.say("It holds what the store holds, names included: keep it as safe."),
        )

    @group.command(
        help=words.say("Put a backup into an empty store, of either kind: whole or not at all.")
    )
    def restore(
        file: Annotated[
            Path, typer.Argument(metavar="FILE", help=words.say("A backup; it is only read."))
        ],
        lang: speak = words.code,  # noqa: ARG001 - see above
    ) -> None:
        from survey.collection.backup import restore as put_back
        from survey.collection.store import Store

        with Store.open() as store:
            made = put_back(store, file)
            place = store.url
        _tell(
            words.say_many(
                "{rows} row of {file} is now in {place}.",
                "{rows} rows of {file} are now in {place}.",
                _rows(made),
                file=made.path,
                place=place,
                rows=words.number(_rows(made), 0),
            )
        )

    @group.command(
        help=words.say(
            "Bring the tables up to date, as every opening does; an SQLite file is copied first."
        )
    )
    def migrate(lang: speak = words.code) -> None:  # noqa: ARG001 - see above
        from survey.collection.database import in_words
        from survey.collection.migrate import REVISION, bring_up_to_date
        from survey.collection.store import database_at

        database = database_at()
        try:
            with in_words(database):
                before = bring_up_to_date(database)
        finally:
            database.close()
        place = database.place
        if before == REVISION:
            _tell(words.say("{place} is up to date: {revision}.", place=place, revision=REVISION))
        elif not before:
            _tell(words.say("{place} is made: {revision}.", place=place, revision=REVISION))
        else:
            _tell(
                words.say(
                    "{place} is migrated from {before} to {revision}.",
                    place=place,
                    before=before,
                    revision=REVISION,
                )
            )

    return group


def _rows(made: "Backup") -> int:
    return sum(made.rows.values())


def _tell(*lines: str) -> None:
    out = console()
    for line in lines:
        out.print(line, soft_wrap=True)


def _table_of(health: "Health", rows: dict[str, int], words: Language) -> object:
    facts = [
        (words.say("Database"), f"{health.database} {health.version}"),
        (words.say("Place"), health.place),
        (words.say("Revision of the tables"), health.schema),
        (words.say("Waves"), words.number(rows["waves"], 0)),
        (words.say("Invitations"), words.number(rows["invitations"], 0)),
        (words.say("Sessions"), words.number(rows["sessions"], 0)),
        (words.say("Answers"), words.number(rows["answers"], 0)),
    ]
    header = (words.say("What"), words.say("State"))
    return table(words.say("Store"), header, facts, texts=2)


def _remarks(health: "Health", words: Language) -> list[str]:
    lines = []
    if health.wal_reset_fault:
        lines.append(
            words.say(
                "SQLite {version} has the WAL-reset fault (mended in {mended}): two programs that write "
                "at one moment can damage the file. Konsilium's processes write in turn, so that "
                "they do not meet it; let no other program write to the file.",
                version=health.version,
                mended="3.51.3",
            )
        )
    lines += [
        words.say(
            "{copy} was made before a migration and holds what the store held then, names included. "
            "Delete it when you no longer need it.",
            copy=copy,
        )
        for copy in health.copies
    ]
    return lines
