"""What a user's input can be refused for, and how it is said: one line per fault.

Nothing heavy is imported here, so that a refusal does not wait for pandas.
"""

from __future__ import annotations

from typing import Any

from app.i18n import Language


class UserError(ValueError):
    """Input that cannot be used; an English sentence with fields, the key of its translation."""

    def __init__(self, template: str, **fields: object) -> None:
        self.template = template
        self.fields = fields
        super().__init__(template.format(**fields))


def is_refusal(error: BaseException) -> bool:
    """Whether an exception refuses the user's input: ours, or one of the packages below."""
    return isinstance(error, ValueError) and (
        hasattr(error, "template") or hasattr(error, "faults")
    )


def lines_of(error: Any, words: Language) -> list[str]:  # noqa: ANN401 - any of the refusals
    """One line per fault, in the reader's language."""
    if hasattr(error, "faults"):
        return [_one_line(fault_line(fault, words)) for fault in error.faults]
    return [_one_line(words.sentence(error))]


def fault_line(fault: Any, words: Language) -> str:  # noqa: ANN401 - a Fault; its module is heavy
    """Say where a study is wrong, what was found, and what is expected."""
    place = [fault.file]
    if fault.row is not None:
        place.append(words.say("row {row}", row=fault.row))
    if fault.column is not None:
        in_table = fault.file.endswith(".csv")
        place.append(
            words.say("column {column}", column=fault.column) if in_table else fault.column
        )
    where, found = ", ".join(place), words.sentence(fault.found)
    if fault.expected is None:
        return words.say("{where}: {found}", where=where, found=found)
    expected = words.sentence(fault.expected)
    return words.say(
        "{where}: found {found}; expected {expected}", where=where, found=found, expected=expected
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
