"""Declarations of konsilium wave preview, invite, status, remind, mail, revoke."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

from pathlib import Path
from typing import Annotated

import typer

from app.i18n import Language, language

_LOCAL_URL = "http://localhost:8502"
_PAUSE, _PER_CONNECTION = 1.0, 50


def add_to(group: typer.Typer, words: Language) -> None:
    """Declare the commands, with their help in the reader's language."""
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    a_wave = Annotated[str, typer.Argument(metavar="WAVE", help=words.say("Id of a wave."))]
    sure = Annotated[
        bool, typer.Option("--yes", help=words.say("Do not ask before what cannot be undone."))
    ]
    readers = Annotated[
        str | None,
        typer.Option(
            "--respondents",
            metavar="ru|en|both",
            help=words.say("Language of cards and letters; that of the command if left out."),
        ),
    ]

    @group.command(help=words.say("Make a link for looking at the questionnaire; never counted."))
    def preview(
        wave: a_wave,
        url: Annotated[
            str,
            typer.Option(
                metavar="URL", help=words.say("Address at which konsilium collect answers.")
            ),
        ] = _LOCAL_URL,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_inviting

        waves_inviting.preview(wave, url, language(lang))

    @group.command(help=words.say("Invite people: write link sheets, and cards to print."))
    def invite(  # noqa: PLR0917 - one argument an option
        wave: a_wave,
        url: Annotated[
            str,
            typer.Option(
                metavar="URL", help=words.say("Address under which respondents reach the survey.")
            ),
        ],
        out: Annotated[
            Path, typer.Option("--out", metavar="DIR", help=words.say("Folder to write into."))
        ],
        people: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE", help=words.say("CSV or .xlsx with columns group, name, email.")
            ),
        ] = None,
        count: Annotated[
            list[str] | None,
            typer.Option(
                metavar="GROUP=N",
                help=words.say("So many of a group, without names; may be repeated."),
            ),
        ] = None,
        expires: Annotated[
            str | None,
            typer.Option(metavar="DATE", help=words.say("Last day on which the links open.")),
        ] = None,
        respondents: readers = None,
        group_on_cards: Annotated[
            bool,
            typer.Option(
                "--group-on-cards/--no-group-on-cards", help=words.say("Name the group on cards.")
            ),
        ] = True,
        lang: speak = words.code,
    ) -> None:
        from app.collection.texts import CHOICES
        from app.commands import waves_inviting
        from app.commands.waves_common import day_of, one_of_words

        told = one_of_words("--respondents", respondents or lang, tuple(CHOICES))
        waves_inviting.invite(
            wave,
            language(lang),
            waves_inviting.Files(out, url, told, group_on_cards),
            people=people,
            count=count or [],
            expires_on=day_of("--expires", expires),
        )

    @group.command(help=words.say("Show how many of each group have answered."))
    def status(wave: a_wave, lang: speak = words.code) -> None:
        from app.commands import waves_watching

        waves_watching.status(wave, language(lang))

    @group.command(help=words.say("List who is not known to have answered."))
    def remind(
        wave: a_wave,
        sheet: Annotated[
            Path | None,
            typer.Option(metavar="links.csv", help=words.say("Sheet that holds their links.")),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE", help=words.say("Write the rows of these people: CSV or .xlsx.")
            ),
        ] = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_watching

        waves_watching.remind(wave, language(lang), sheet=sheet, out_file=out)

    @group.command(
        help=words.say(
            "Show the letters with links; send them by your own mail server with --send."
        )
    )
    def mail(  # noqa: PLR0917 - one argument an option
        wave: a_wave,
        sheet: Annotated[
            Path,
            typer.Option(metavar="links.csv", help=words.say("Sheet that holds their links.")),
        ],
        reminder: Annotated[
            bool, typer.Option("--reminder", help=words.say("Remind those who have not answered."))
        ] = False,
        send: Annotated[
            bool,
            typer.Option(
                "--send/--dry-run", help=words.say("Send; without it letters are only shown.")
            ),
        ] = False,
        respondents: readers = None,
        smtp: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE",
                help=words.say(
                    "Mail server: YAML with host, user, password, from; else KONSILIUM_SMTP_URL."
                ),
            ),
        ] = None,
        sender: Annotated[
            str | None,
            typer.Option("--from", metavar="ADDRESS", help=words.say("Address of the sender.")),
        ] = None,
        pause: Annotated[
            float, typer.Option(metavar="SECONDS", help=words.say("Seconds between letters."))
        ] = _PAUSE,
        per_connection: Annotated[
            int, typer.Option(metavar="N", help=words.say("Letters of one connection."))
        ] = _PER_CONNECTION,
        lang: speak = words.code,
    ) -> int:
        from app.collection.mail import Pace
        from app.collection.texts import CHOICES
        from app.commands import waves_mailing
        from app.commands.waves_common import one_of_words

        told = one_of_words("--respondents", respondents or lang, tuple(CHOICES))
        how = waves_mailing.Sending(told, smtp, sender, Pace(pause, per_connection), reminder)
        return waves_mailing.mail(wave, sheet, language(lang), how, send=send)

    @group.command(help=words.say("Make links useless, by their numbers on the sheet."))
    def revoke(
        wave: a_wave,
        numbers: Annotated[
            list[int], typer.Argument(metavar="NUMBER...", help=words.say("Numbers on the sheet."))
        ],
        yes: sure = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_inviting

        waves_inviting.revoke(wave, numbers, language(lang), yes=yes)
