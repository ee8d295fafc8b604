"""Which columns are cells of one question, by its id before a separator."""

from __future__ import annotations

from collections.abc import Sequence

from survey.formats.names import option_places, plain
from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, FreeText, Quantity

# As tools part a question from its cell; the longest first.
SEPARATORS = ("___", " - ", ": ", "__", "_", ":", ".", "/", "-", " ", "#")
_BRACKETS = {"[": "]", "(": ")"}
Members = list[tuple[int, str]]


def question_parts(
    headings: Sequence[str], questionnaire: Questionnaire | None
) -> dict[str, Members]:
    """Columns of each question that has several: their places, and the ids of their cells.

    A heading belongs to a question if it is the id or the text of the question, a separator and
    the id or the text of one of its options.
    """
    found: dict[str, Members] = {}
    if questionnaire is None:
        return found
    known = [(q, cell_ids(q), (q.id, q.text.en, q.text.ru)) for q in questionnaire.questions
             if not isinstance(q, (Quantity, FreeText))]  # fmt: skip
    for place, heading in enumerate(headings):
        best = ("", "", 0)
        for question, cells, names in known:
            for name in names:
                rest = after(heading, name)
                cell = "" if rest is None else cells.get(plain(rest), "")
                if cell and len(name) > best[2]:
                    best = (question.id, cell, len(name))
        if best[0]:
            found.setdefault(best[0], []).append((place, best[1]))
    return found


def after(heading: str, name: str) -> str | None:
    """What follows a question's name and a separator in a heading; None if it is another's."""
    text, start = heading.strip(), name.strip()
    if len(text) <= len(start) or plain(text[: len(start)]) != plain(start):
        return None
    rest = text[len(start) :]
    shut = _BRACKETS.get(rest.lstrip()[:1], "")
    if shut and rest.endswith(shut):
        return rest.strip()[1:-1].strip()
    for sign in SEPARATORS:
        if rest.startswith(sign) and len(rest) > len(sign):
            return rest[len(sign) :].strip()
    return None


def cell_ids(question: AnyQuestion) -> dict[str, str]:
    """Id of a cell by what it may be called; one-word ids with ``-`` and ``:`` in other signs too."""
    made: dict[str, str] = {}
    for cell in question.columns:
        for form in (cell, cell.replace(":", "_"), cell.replace(":", "."), cell.replace("-", "_")):
            made.setdefault(plain(form), cell)
    options = getattr(question, "options", ())
    if len(options) == len(question.columns):
        for name, place in option_places(options).items():
            made.setdefault(name, question.columns[place])
    return made
