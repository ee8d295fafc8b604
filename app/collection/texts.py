"""What people invited are told, on cards and in letters: in their language, not the analyst's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date

from app.i18n import Language, language
from survey import Text

BOTH = "both"
# Languages of respondents, as an option of a command names them.
CHOICES: Mapping[str, tuple[str, ...]] = {"ru": ("ru",), "en": ("en",), BOTH: ("ru", "en")}


def languages_of(choice: str) -> tuple[Language, ...]:
    """Language or languages of a choice of `CHOICES`."""
    return tuple(language(code) for code in CHOICES[choice])


def day(on: date, lang: Language) -> str:
    """Day in words: ``5 December 2026``, with the month as the language says it."""
    return str(format_date(on, "d MMMM y", locale=lang.code))


def promise(mode: str, lang: Language) -> str:
    """What the mode of a wave promises, in one sentence."""
    if mode == "named":
        return lang.say(
            "Your answers are kept together with your name; you can withdraw them at any time."
        )
    return lang.say(
        "Your answers are anonymous: once you have submitted them, nobody can tell which are yours."
    )


def default_purpose(study: Text) -> Text:
    """Purpose of a wave whose analyst named none."""
    return _both(
        lambda lang: lang.say("A survey of experts for the study: {study}.", study=lang.pick(study))
    )


def default_consent(mode: str, erase_on: date) -> Text:
    """Consent of a wave whose analyst wrote none."""

    def said(lang: Language) -> str:
        on = day(erase_on, lang)
        if mode == "named":
            return lang.say(
                "Taking part is voluntary; you may stop at any moment. Your answers are kept together with your name and are used for this study; what is published does not name you. You can withdraw your answers at any time. What identifies you is erased on {day}.",
                day=on,
            )
        return lang.say(
            "Taking part is voluntary; you may stop at any moment. Your answers are kept without your name and are used for this study. Once you have submitted them nobody can tell which are yours, so they can no longer be changed or withdrawn. What identifies the people invited is erased on {day}.",
            day=on,
        )

    return _both(said)


def _both(said: Callable[[Language], str]) -> Text:
    return Text(en=said(language("en")), ru=said(language("ru")))
