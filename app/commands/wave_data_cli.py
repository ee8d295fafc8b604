"""Declarations of konsilium wave freeze, export, verify, paper-..., next-round."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

from pathlib import Path
from typing import Annotated

import typer

from app.i18n import Language, language


def add_to(group: typer.Typer, words: Language) -> None:
    """Declare the commands, with their help in the reader's language."""
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    a_wave = Annotated[str, typer.Argument(metavar="WAVE", help=words.say("Id of a wave."))]
    joined = Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUP=GROUP",
            help=words.say("Count a group in another; may be repeated."),
        ),
    ]
    left_out = Annotated[
        list[str] | None,
        typer.Option(metavar="GROUP", help=words.say("Leave a group out; may be repeated.")),
    ]

    @group.command(
        help=words.say("Freeze a closed wave: its answers become a study's, and it is ranked.")
    )
    def freeze(  # noqa: PLR0917 - one argument an option
        wave: a_wave,
        study: Annotated[
            str | None,
            typer.Option(metavar="STUDY", help=words.say("The study that gets these answers.")),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(metavar="DIR", help=words.say("Write the study with these answers anew.")),
        ] = None,
        join: joined = None,
        leave_out: left_out = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_freezing

        waves_freezing.freeze(
            wave, language(lang), study=study, out=out, join=join or (), leave_out=leave_out or ()
        )

    @group.command(help=words.say("Check that the answers are still those of the last freeze."))
    def verify(wave: a_wave, lang: speak = words.code) -> None:
        from app.commands import waves_freezing

        waves_freezing.verify(wave, language(lang))

    @group.command(help=words.say("Write the answers of a closed wave into files."))
    def export(  # noqa: PLR0917 - one argument an option
        wave: a_wave,
        out: Annotated[
            Path, typer.Option("--out", metavar="DIR", help=words.say("Folder to write into."))
        ],
        format_name: Annotated[
            str, typer.Option("--format", metavar="NAME", help=words.say("csv, xlsx or sav."))
        ] = "csv",
        with_texts: Annotated[
            bool,
            typer.Option(
                "--with-texts", help=words.say("Write what people wrote in words, apart.")
            ),
        ] = False,
        join: joined = None,
        leave_out: left_out = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_freezing

        waves_freezing.export(
            wave, out, language(lang), format_name=format_name, with_texts=with_texts,
            join=join, leave_out=leave_out,
        )  # fmt: skip

    _add_paper(group, words)

    @group.command(
        "next-round", help=words.say("Make the next Delphi round, with what the panel said.")
    )
    def next_round(
        wave: a_wave,
        question: Annotated[
            list[str] | None,
            typer.Option(
                metavar="QUESTION",
                help=words.say(
                    "Asked again; may be repeated. Left out: where experts do not agree."
                ),
            ),
        ] = None,
        closes_on: Annotated[
            str | None,
            typer.Option("--closes", metavar="DATE", help=words.say("Last day of answering.")),
        ] = None,
        erase_on: Annotated[
            str | None,
            typer.Option(
                "--erase",
                metavar="DATE",
                help=words.say("Day on which what identifies people is erased."),
            ),
        ] = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_rounds

        waves_rounds.next_round(
            wave, language(lang), questions=question, closes_on=closes_on, erase_on=erase_on
        )


def _add_paper(group: typer.Typer, words: Language) -> None:
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    a_wave = Annotated[str, typer.Argument(metavar="WAVE", help=words.say("Id of a wave."))]

    @group.command("paper-template", help=words.say("Write an empty table to type paper into."))
    def paper_template(
        wave: a_wave,
        out: Annotated[
            Path,
            typer.Option("--out", metavar="FILE", help=words.say("A new file, .xlsx or .csv.")),
        ],
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_paper

        waves_paper.template(wave, out, language(lang))

    @group.command("paper-enter", help=words.say("Read a table of typed sheets of paper."))
    def paper_enter(
        wave: a_wave,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=words.say("The table."))],
        entry: Annotated[
            int, typer.Option(metavar="1|2", help=words.say("Typed the first or second time."))
        ],
        operator: Annotated[
            str | None, typer.Option(metavar="NAME", help=words.say("Who typed it."))
        ] = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_paper

        waves_paper.enter(wave, file, language(lang), entry=entry, operator=operator)

    @group.command("paper-check", help=words.say("List what two entries of a sheet say apart."))
    def paper_check(wave: a_wave, lang: speak = words.code) -> None:
        from app.commands import waves_paper

        waves_paper.check(wave, language(lang))

    @group.command("paper-accept", help=words.say("Count the sheets whose two entries agree."))
    def paper_accept(wave: a_wave, lang: speak = words.code) -> None:
        from app.commands import waves_paper

        waves_paper.accept(wave, language(lang))
