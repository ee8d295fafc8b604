"""Declarations of konsilium wave open, close, delete, erase, events."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

from typing import Annotated

import typer

from app.i18n import Language, language


def add_to(group: typer.Typer, words: Language) -> None:
    """Declare the commands, with their help in the reader's language."""
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    a_wave = Annotated[str, typer.Argument(metavar="WAVE", help=words.say("Id of a wave."))]
    some_wave = Annotated[
        str | None, typer.Argument(metavar="WAVE", help=words.say("Id of a wave."))
    ]
    sure = Annotated[
        bool, typer.Option("--yes", help=words.say("Do not ask before what cannot be undone."))
    ]

    @group.command("open", help=words.say("Let people answer."))
    def open_wave(wave: a_wave, lang: speak = words.code) -> None:
        from app.commands import waves_moving

        waves_moving.open_wave(wave, language(lang))

    @group.command(help=words.say("End the answering."))
    def close(wave: a_wave, yes: sure = False, lang: speak = words.code) -> None:
        from app.commands import waves_moving

        waves_moving.close(wave, language(lang), yes=yes)

    @group.command(help=words.say("Delete a draft that was never opened."))
    def delete(wave: a_wave, yes: sure = False, lang: speak = words.code) -> None:
        from app.commands import waves_moving

        waves_moving.delete(wave, language(lang), yes=yes)

    @group.command(help=words.say("Erase what identifies people, and keep the answers."))
    def erase(
        wave: some_wave = None,
        due: Annotated[
            bool, typer.Option("--due", help=words.say("All waves whose day has come."))
        ] = False,
        yes: sure = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_moving

        waves_moving.erase(wave, language(lang), due=due, yes=yes)

    @group.command(help=words.say("Show who did what, of all waves or of one."))
    def events(wave: some_wave = None, lang: speak = words.code) -> None:
        from app.commands import waves_watching

        waves_watching.log(wave, language(lang))
