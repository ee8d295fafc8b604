"""Names of variables for the columns of the wide table: SPSS allows no ``-`` and no ``:``."""

from __future__ import annotations

import re

from survey.formats.wide import PERSON, headings_of
from survey.questionnaire import Questionnaire
from survey.questions import MultipleChoice, SingleChoice

TITLE = "Konsilium"
NOT_SHOWN_LABEL = "not shown"
_LONGEST = 56  # characters, of 64 that SPSS allows: room to tell like names apart
_RESERVED = frozenset(
    ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
)


def sav_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Name of each column by its heading: the same whatever columns a wave happens to have."""
    headings = [*PERSON]
    for question in questionnaire.questions:
        choice = isinstance(question, (SingleChoice, MultipleChoice))
        headings += headings_of(question.id, question.columns, choice=choice)
    used: set[str] = set()
    names = {}
    for heading in headings:
        base = re.sub(r"[^a-z0-9_.@]", "_", heading.replace(":", ".").replace("#", "@"),
                      flags=re.IGNORECASE)  # fmt: skip
        base = (base if base[0].isalpha() else f"v{base}")[:_LONGEST].rstrip(".")
        candidate, copy = base, 1
        while candidate.casefold() in used or candidate.casefold() in _RESERVED:
            copy += 1
            candidate = f"{base}_{copy}"
        used.add(candidate.casefold())
        names[heading] = candidate
    return names
