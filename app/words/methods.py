"""What methods, their variants and their parameters are called in the reader's language.

The registries of `mcda` hold English texts; the catalogue collects them from there
(`app.registry_texts`), so a method added is a method whose texts are asked to be translated.
"""

from __future__ import annotations

import re

from app.i18n import Language
from mcda import METHODS

_DECIMAL = re.compile(r"\d+\.(\d+)")


def title(name: str, lang: Language) -> str:
    """Title of a method; a name that is not registered stays as it is."""
    return text(METHODS[name].title, lang) if name in METHODS else name


def text(english: str, lang: Language) -> str:
    """Translate a text of the registry.

    What parameters make beside the named variants is spelt in the keys of the problem file, which
    have no translation: there only the figures follow the language.
    """
    translated = lang.entry(english)
    if translated is not None:
        return translated
    return _DECIMAL.sub(lambda m: lang.number(float(m[0]), len(m[1])), english)
