"""Words and numbers in the reader's language.

Texts are keyed by their English sentence (gettext); numbers, percentages and plurals follow the
language's own rules (Babel): a decimal comma in Russian.
"""

from __future__ import annotations

import gettext
import os
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LANGUAGES = {"ru": "Русский", "en": "English"}
DOMAIN = "konsilium"
_CATALOGUES = Path(__file__).parent / "locale"


class Sentence(Protocol):
    """Anything that holds an English template and its fields: the core's errors, a fault's parts."""

    template: str
    fields: Any


@dataclass(frozen=True, slots=True)
class Language:
    """One language: call `say` for texts, `number` and `percent` for figures."""

    code: str
    _catalogue: gettext.NullTranslations

    def say(self, text: str, /, **fields: object) -> str:
        """Translate an English sentence and fill its fields; figures get the decimal sign."""
        return self._catalogue.gettext(text).format(**self._localised(fields))

    def entry(self, text: str) -> str | None:
        """Translate a text without fields; None where the catalogue does not have it."""
        found = self._catalogue.gettext(text) if text else text
        return found if found != text else None

    def say_many(self, one: str, many: str, count: int, /, **fields: object) -> str:
        """Translate a sentence that depends on a count, given as the field ``count``."""
        return self._catalogue.ngettext(one, many, count).format(
            **self._localised(fields | {"count": count})
        )

    def sentence(self, what: Sentence) -> str:
        """Translate an error or message of the packages below."""
        fields = dict(what.fields)
        if "what" in fields:
            fields["what"] = self._part(str(fields["what"]))
        if "states" in fields:
            fields["states"] = " / ".join(self.state(s) for s in str(fields["states"]).split(" / "))
        if "state" in fields:
            fields["state"] = self.state(str(fields["state"]))
        return self.say(what.template, **fields)

    def pick(self, text: Any) -> str:  # noqa: ANN401 - a Text of study or questionnaire
        """Take this language's side of a text that a study holds in both."""
        return str(text.ru if self.code == "ru" else text.en)

    def column(self, stem: str) -> str:
        """Name of the column that holds this language's text: ``name`` gives ``name_ru``."""
        return f"{stem}_{self.code}"

    def number(self, value: float, digits: int = 2) -> str:
        """Format a number with a fixed count of decimals."""
        value = 0.0 if round(value, digits) == 0 else value  # no minus zero
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self.code))

    def percent(self, share: float, digits: int = 0) -> str:
        """Format a share as a percentage."""
        share = 0.0 if round(share, digits + 2) == 0 else share  # no minus zero
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "\u00a0%"
        return str(format_percent(share, format=pattern, locale=self.code))

    def interval(self, low: float, high: float, digits: int = 2) -> str:
        """Format an interval."""
        dash = "–" if low >= 0 else " … "
        return f"{self.number(low, digits)}{dash}{self.number(high, digits)}"

    def listed(self, items: list[str]) -> str:
        """Join items as a sentence does."""
        if len(items) < 2:
            return "".join(items)
        return self.say("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])

    def _part(self, what: str) -> str:
        """Part of a decision problem, as the core's errors name it in the field ``what``."""
        return {
            "values": self.say("values"),
            "weights": self.say("weights"),
            "alternatives": self.say("alternatives"),
            "criteria": self.say("criteria"),
        }.get(what, what)

    def state(self, state: str) -> str:
        """Name the state of a wave; other words stay as they are."""
        return {
            "draft": self.say("draft"),
            "open": self.say("open"),
            "closed": self.say("closed"),
            "frozen": self.say("frozen"),
        }.get(state, state)

    def _localised(self, fields: dict[str, object]) -> dict[str, object]:
        return {
            name: self.sentence(value) if _is_sentence(value) else value
            for name, value in fields.items()
        }


def _is_sentence(value: object) -> bool:
    return hasattr(value, "template") and hasattr(value, "fields")


@lru_cache
def language(code: str) -> Language:
    """Return a language by its code, ``ru`` or ``en``."""
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise ValueError(f"language {code!r} is not known; expected one of {known}")
    # English is the key of every text, so only other languages have a catalogue to look in.
    catalogue = gettext.NullTranslations() if code == "en" else _catalogue(code)
    return Language(code, catalogue)


def _catalogue(code: str) -> gettext.NullTranslations:
    """Open a compiled catalogue; one that is missing or older than its texts is compiled here."""
    texts = _CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = texts.with_suffix(".mo")
    is_current = compiled.exists() and (
        not texts.exists() or compiled.stat().st_mtime >= texts.stat().st_mtime
    )
    if is_current:
        return gettext.translation(DOMAIN, _CATALOGUES, [code])
    with texts.open("rb") as source, BytesIO() as target:
        write_mo(target, read_po(source, locale=code))
        target.seek(0)
        return gettext.GNUTranslations(target)


def preferred_language() -> str:
    """Language of the environment: Russian where it asks for Russian, else English."""
    asked = next(
        (
            v
            for k in ("KONSILIUM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
            if (v := os.environ.get(k))
        ),
        "",
    )
    return "ru" if asked.lower().startswith("ru") else "en"
