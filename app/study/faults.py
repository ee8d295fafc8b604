"""What is wrong with a study folder, as messages that can be translated."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

NEAREST_CUTOFF = 0.6  # difflib's own; a name less alike is not a misspelling
_SHOWN = 60  # characters of a cell that a sentence can carry


@dataclass(frozen=True, slots=True)
class Message:
    """An English template and its fields; the template is the key of its translation."""

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    def __str__(self) -> str:
        return self.template.format(**self.fields)

    def __hash__(self) -> int:
        return hash((self.template, str(self)))

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping proxy cannot be pickled, a plain dictionary can.
        return Message, (self.template, dict(self.fields))


def message(template: str, /, **fields: object) -> Message:
    """Build a message; translations are extracted from calls of this name."""
    return Message(template, fields)


def literal(value: object) -> Message:
    """What stands in the file, as it stands: nothing to translate."""
    shown = str(value)
    return Message("{value}", {"value": shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where, what was found, what is expected.

    Parameters
    ----------
    file
        Path inside the study folder, with ``/``.
    row
        Row as a spreadsheet shows it (the header is 1), or line of a YAML file; None for the
        whole file.
    column
        Column of a table, or dotted key of a YAML file; None for the whole row.
    found, expected
        Messages; `expected` is None where `found` is a whole sentence.

    """

    file: str
    row: int | None
    column: str | None
    found: Message
    expected: Message | None = None

    @property
    def place(self) -> str:
        """File, row and column in English."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}" if self.file.endswith(".csv") else self.column)
        return ", ".join(parts)

    def __str__(self) -> str:
        if self.expected is None:
            return f"{self.place}: {self.found}"
        return f"{self.place}: found {self.found}; expected {self.expected}"


class StudyError(ValueError):
    """A study folder that cannot be used; `faults` holds every fault, one line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[object, ...]:
        return StudyError, (self.faults,)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Known name most like `name`, or None if none is alike."""
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=NEAREST_CUTOFF)
    return by_lower[found[0]] if found else None


def one_of(name: str, known: Iterable[str]) -> Message:
    """What is expected instead of an unknown name."""
    names = list(dict.fromkeys(known))
    if not names:
        return message("no name here, for none is defined")
    close = nearest(name, names)
    if close is not None:
        return message(
            "one of {known}; the nearest is {nearest}", known=", ".join(names), nearest=close
        )
    return message("one of {known}", known=", ".join(names))
