"""What both directions share: sheets, columns, names, and the column of hints.

XLSForm has no word for rating, points, pairs or grids: they become groups of plain questions. A
column ``konsilium``, which form tools pass over, keeps what they were (``kind=points total=100``).
"""

from __future__ import annotations

import re
from typing import Final

ENGLISH: Final = "English (en)"
RUSSIAN: Final = "Русский (ru)"
LABELS: Final = (f"label::{ENGLISH}", f"label::{RUSSIAN}")
HINTS: Final = (f"hint::{ENGLISH}", f"hint::{RUSSIAN}")
GUIDANCE: Final = (f"guidance_hint::{ENGLISH}", f"guidance_hint::{RUSSIAN}")
MESSAGES: Final = (f"constraint_message::{ENGLISH}", f"constraint_message::{RUSSIAN}")
OWN: Final = "konsilium"

SURVEY_COLUMNS: Final = (
    "type",
    "name",
    *LABELS,
    *HINTS,
    *GUIDANCE,
    "required",
    "relevant",
    "constraint",
    *MESSAGES,
    "appearance",
    OWN,
)
CHOICES_COLUMNS: Final = ("list_name", "name", *LABELS, OWN)
SETTINGS_COLUMNS: Final = (
    "form_title",
    "form_id",
    "version",
    "default_language",
    "konsilium_title_en",
    "konsilium_title_ru",
)

JOIN: Final = "__"
_STARTS_A_NAME = re.compile(r"[A-Za-z_]")


def form_name(*parts: str) -> str:
    """Name that XML allows: it begins with a letter or an underscore."""
    name = JOIN.join(parts).replace(":", JOIN)
    return name if _STARTS_A_NAME.match(name) else f"_{name}"


def packed(**hints: object) -> str:
    """Hints as the text of a cell; those that are None, False or empty are left out."""
    return " ".join(
        f"{key}={'yes' if value is True else value}"
        for key, value in hints.items()
        if value is not None and value is not False and value != ""
    )


def unpacked(cell: str) -> dict[str, str]:
    """Hints of a cell."""
    pairs = (part.partition("=") for part in cell.split())
    return {key: value for key, _, value in pairs}
