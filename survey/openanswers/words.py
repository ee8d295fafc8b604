"""Words of an answer, made comparable: case, yo, punctuation, endings.

The stemmer is our own and light: it takes off the common endings of Russian and English words so
that forms of one word meet, and need not give a word of the language. Answers of experts are a
few words each and a person confirms every group, so the libraries that do this thoroughly (tens of
megabytes of dictionaries) would buy nothing here.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PARTS = re.compile(r"[;\n\r•]+|(?:^|(?<=\s))\d{1,2}[.)]\s")
_CYRILLIC = re.compile("[а-я]")

# Endings after Porter's description of Russian, shortened to what nouns and adjectives in short
# answers need.
_RUSSIAN_ENDINGS = (
    "иями ями ами ией иям ием иях ев ов ие ье еи ии ей ой ий ям ем ам ом ах ях ия ья ью ию "
    "а е и й о у ы ь ю я ее ые ое ими ыми ый им ым его ого ему ому их ых ую юю ая яя ою ею "
    "ость ости остью остей ение ения ению ением ений"
)
_ENGLISH_ENDINGS = "ations ation ments ment ness ings ing ies ied ed ly es e y s"
_STOP_WORDS = (
    "и в во на по с со за из к ко о об от у до для не ни а но или что как это так же бы при "
    "the a an of in on at to for and or not no is are was be it its as by with from that this"
)
# Longest first: an ending often ends another.
_RUSSIAN = tuple(sorted(_RUSSIAN_ENDINGS.split(), key=len, reverse=True))
_ENGLISH = tuple(sorted(_ENGLISH_ENDINGS.split(), key=len, reverse=True))
_STOP = frozenset(_STOP_WORDS.split())
_STEM = 3  # letters that stay, at least


def normalise(text: str) -> str:
    """Text in lower case, ё as е, without punctuation and doubled blanks."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return " ".join(_WORD.findall(plain))


def stem(word: str) -> str:
    """A normalised word without its ending."""
    endings = _RUSSIAN if _CYRILLIC.search(word) else _ENGLISH
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            left = word[: -len(ending)]
            # Participles double the letter that short forms have once.
            return left[:-1] if left.endswith("нн") else left
    return word


def stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that carry meaning; of all its words, if none does."""
    words = normalise(text).split()
    telling = [word for word in words if word not in _STOP]
    return frozenset(stem(word) for word in telling or words)


def fragments(text: str) -> tuple[str, ...]:
    """Things named in one answer: parts between semicolons, line breaks, bullets, numbers.

    Commas do not part: they stand inside of what is one thing far too often.
    """
    parts = (part.strip(" \t.,-–—") for part in _PARTS.split(text))
    return tuple(part for part in parts if normalise(part))
