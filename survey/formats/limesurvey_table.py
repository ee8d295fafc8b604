"""Cells of a LimeSurvey export by column, and the words by which its options are ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from survey.dataset import Remark
from survey.formats.base import Request
from survey.formats.limesurvey_headings import Heading
from survey.formats.limesurvey_xml import Known
from survey.formats.names import plain
from survey.formats.raw import BoolArray, Item

YES = frozenset(
    ("y", "yes", "ja", "да", "oui", "si", "sí", "sim", "tak", "ano", "igen", "evet", "так", "иә"),
) | frozenset(("áno", "ναι", "はい", "是"))  # fmt: skip
NO = frozenset(
    ("n", "no", "nein", "нет", "non", "não", "nee", "nie", "ne", "nem", "hayır", "ні", "жоқ", "nej"),
) | frozenset(("όχι", "いいえ", "否"))  # fmt: skip
NEVER = frozenset({"n/a", "н/д", "n.v.t.", "k.a.", "nicht zutreffend", "не применимо"})
OTHER = frozenset({"other", "sonstiges", "andere", "anderes", "другое", "иное", "autre", "otro"})
# What "convert Y/N" is left at, or commonly set to: ticked and left.
CONVERTED = (("1", "2"), ("1", "0"))


@dataclass(slots=True)
class Table:
    """Answers of a LimeSurvey export by column.

    Attributes
    ----------
    never : bool array, shape (respondents, columns), or None
        Where the file says that nothing was shown; None if it does not tell.
    full : bool
        Answers are full texts: a left option is No, and one that was not shown N/A or empty.
    known : mapping
        Questions by code, from the structure of the survey if that was given.
    """

    columns: Sequence[Sequence[str]]
    never: BoolArray | None
    request: Request
    known: Mapping[str, Known] = field(default_factory=dict)
    told: list[Remark] = field(default_factory=list)
    converted: dict[tuple[str, str], int] = field(default_factory=dict)
    lost: int = 0

    def shown(self, headings: Sequence[Heading]) -> BoolArray:
        """Where these columns were shown, shape (respondents, columns)."""
        rows = len(self.columns[0]) if self.columns else 0
        if self.never is None:
            return np.ones((rows, len(headings)), dtype=np.bool_)
        return ~self.never[:, [h.place for h in headings]]


def item_of(head: Heading, known: Known | None) -> Item:
    """The part of a question that a column holds, by its code and the best text known."""
    code = "_".join(head.subs)
    found = known.parts.get(code, "") if known else ""
    return Item(code, found or head.label or code)


def is_other(head: Heading, table: Table) -> bool:
    """The column of what was written beside "other": full headings have only its label."""
    if not head.subs:
        return False
    if head.subs[-1] == "other":
        return True
    words = {plain(cell) for cell in set(table.columns[head.place])} - {""}
    return not head.code and plain(head.subs[-1]) in OTHER and bool(words - YES - NO - NEVER)
