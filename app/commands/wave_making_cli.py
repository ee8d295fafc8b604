"""Declarations of konsilium wave create, list, show, edit."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

from pathlib import Path
from typing import Annotated, Any

import typer

from app.i18n import Language, language


def add_to(group: typer.Typer, words: Language) -> None:
    """Declare the commands, with their help in the reader's language."""
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    a_wave = Annotated[str, typer.Argument(metavar="WAVE", help=words.say("Id of a wave."))]
    a_study = Annotated[
        str, typer.Argument(metavar="STUDY", help=words.say("A study folder, or a bundled study."))
    ]
    some_study = Annotated[
        str | None,
        typer.Argument(metavar="STUDY", help=words.say("Only waves of this study.")),
    ]
    contact = _text(words.say("Whom respondents can ask: name with address or telephone."))
    contact_ru = _text(words.say("The same in Russian, if it differs."))
    title_en = _text(words.say("Title that respondents see, English."))
    title_ru = _text(words.say("Title that respondents see, Russian."))
    purpose_en = _text(words.say("What the answers are for, English."))
    purpose_ru = _text(words.say("What the answers are for, Russian."))
    consent_en = _text(words.say("What respondents agree to, English."))
    consent_ru = _text(words.say("What respondents agree to, Russian."))
    closes = _text(words.say("Last day of answering, such as 2027-03-31."), "DATE")
    erase = _text(words.say("Day on which what identifies people is erased."), "DATE")
    named = Annotated[
        bool | None,
        typer.Option("--named/--anonymous", help=words.say("Keep answers together with names.")),
    ]
    everybody = Annotated[
        bool | None,
        typer.Option(
            "--open-access/--by-invitation", help=words.say("One address for everybody, no links.")
        ),
    ]
    min_cell = Annotated[
        int | None,
        typer.Option(help=words.say("Fewest respondents of whom anything is shown by group.")),
    ]
    quota = Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUP=N",
            help=words.say("Submitted answers at which a group is full; may be repeated."),
        ),
    ]
    settings = Annotated[
        Path | None,
        typer.Option(
            "--settings",
            metavar="WAVE.yaml",
            help=words.say("File with these settings; options go before it."),
        ),
    ]

    @group.command(help=words.say("Make a wave, a draft, from a study's questionnaire and groups."))
    def create(  # noqa: PLR0917 - one argument an option
        study: a_study,
        contact: contact = None,
        contact_ru: contact_ru = None,
        title_en: title_en = None,
        title_ru: title_ru = None,
        purpose_en: purpose_en = None,
        purpose_ru: purpose_ru = None,
        consent_en: consent_en = None,
        consent_ru: consent_ru = None,
        named: named = None,
        open_access: everybody = None,
        closes: closes = None,
        erase: erase = None,
        min_cell: min_cell = None,
        quota: quota = None,
        settings: settings = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_making

        chosen = _chosen(
            texts=(title_en, title_ru, purpose_en, purpose_ru, consent_en, consent_ru),
            contact=(contact, contact_ru),
            named=named,
            open_access=open_access,
            days=(closes, erase),
            min_cell=min_cell,
        )
        waves_making.create(
            study, language(lang), chosen, settings_file=settings, quota=quota or []
        )

    @group.command(
        help=words.say("Change a wave; refused if it is not at the revision that you saw.")
    )
    def edit(  # noqa: PLR0917 - one argument an option
        wave: a_wave,
        revision: Annotated[
            int,
            typer.Option(metavar="N", help=words.say("Revision that konsilium wave show told.")),
        ],
        contact: contact = None,
        contact_ru: contact_ru = None,
        title_en: title_en = None,
        title_ru: title_ru = None,
        purpose_en: purpose_en = None,
        purpose_ru: purpose_ru = None,
        consent_en: consent_en = None,
        consent_ru: consent_ru = None,
        named: named = None,
        open_access: everybody = None,
        closes: closes = None,
        no_closing: Annotated[
            bool, typer.Option("--no-closing", help=words.say("No last day of answering."))
        ] = False,
        erase: erase = None,
        min_cell: min_cell = None,
        quota: quota = None,
        no_quota: Annotated[
            list[str] | None,
            typer.Option(
                metavar="GROUP", help=words.say("Group without a quota; may be repeated.")
            ),
        ] = None,
        settings: settings = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import waves_making

        chosen = _chosen(
            texts=(title_en, title_ru, purpose_en, purpose_ru, consent_en, consent_ru),
            contact=(contact, contact_ru),
            named=named,
            open_access=open_access,
            days=(closes, erase),
            min_cell=min_cell,
        )
        waves_making.edit(
            wave,
            revision,
            language(lang),
            chosen,
            settings_file=settings,
            quota=quota or [],
            without_quota=no_quota or [],
            without_closing=no_closing,
        )

    @group.command("list", help=words.say("List the waves."))
    def show_all(study: some_study = None, lang: speak = words.code) -> None:
        from app.commands import waves_showing

        waves_showing.show_all(study, language(lang))

    @group.command(help=words.say("Show the settings of a wave."))
    def show(wave: a_wave, lang: speak = words.code) -> None:
        from app.commands import waves_showing

        waves_showing.show(wave, language(lang))


def _text(said: str, metavar: str = "TEXT") -> Any:  # noqa: ANN401 - an annotation
    return Annotated[str | None, typer.Option(metavar=metavar, help=said)]


def _chosen(
    *,
    texts: tuple[str | None, ...],
    contact: tuple[str | None, str | None],
    named: bool | None,
    open_access: bool | None,
    days: tuple[str | None, str | None],
    min_cell: int | None,
) -> Any:  # noqa: ANN401 - a Chosen; its module is heavy
    """Gather the options that both commands share."""
    from app.collection.wave_file import Chosen
    from app.commands.waves_common import day_of, text_of

    title_en, title_ru, purpose_en, purpose_ru, consent_en, consent_ru = texts
    # An address or a telephone number is the same in both languages.
    contact_en, contact_ru = contact[0], contact[1] or contact[0]
    return Chosen(
        title=text_of("title", title_en, title_ru),
        purpose=text_of("purpose", purpose_en, purpose_ru),
        consent=text_of("consent", consent_en, consent_ru),
        contact=text_of("contact", contact_en, contact_ru),
        mode=None if named is None else "named" if named else "anonymous",
        access=None if open_access is None else "open" if open_access else "invited",
        closes_on=day_of("--closes", days[0]),
        erase_on=day_of("--erase", days[1]),
        min_cell=min_cell,
    )
