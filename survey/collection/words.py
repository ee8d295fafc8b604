"""Words of a respondent as they are stored."""

from __future__ import annotations

import re
import unicodedata

from survey.errors import SurveyError

# Assumed: what is written beside an option is a name or a sentence, not an essay.
LONGEST_BESIDE = 1000
# Every way to end a line that Unicode names (standard, section 5.8), as word processors use them.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Neither XML, nor a PostgreSQL text, nor UTF-8 has a place for all of them.
_NOT_STORED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def stored_words(question: str, words: str, longest: int) -> str:
    """Words with plain line ends and without blanks around them; empty if nothing is to be seen.

    Raises
    ------
    SurveyError
        If they are longer than `longest` characters, or hold one that cannot be stored.

    """
    if found := _NOT_STORED.search(words):
        raise SurveyError(
            "text_character",
            "The text holds the character {found}, which cannot be stored; remove it.",
            question=question,
            found=f"U+{ord(found[0]):04X}",
        )
    words = _LINE_ENDS.sub("\n", words).strip()
    if len(words) > longest:
        raise SurveyError(
            "text_longer",
            "The text has {found} characters; {most} at most are expected.",
            question=question,
            found=len(words),
            most=longest,
        )
    seen = any(unicodedata.category(sign) not in _UNSEEN for sign in words)
    return words if seen else ""
