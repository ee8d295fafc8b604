"""Text that a spreadsheet would run as a formula, made harmless and restored.

A leading apostrophe shows text as text. One is added to every text that begins with such a sign,
apostrophes before it or not, and one is taken away: so writing and reading back is exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_RUN = re.compile(r"'*[=+\-@\t\r]")
_MASKED = re.compile(r"'+[=+\-@\t\r]")


def mask_formula(text: str) -> str:
    """`text` as it can stand in a cell without being run."""
    return f"'{text}" if _RUN.match(text) else text


def restore_formula(text: str) -> str:
    """What `mask_formula` was given."""
    return text[1:] if text.startswith("'") and _MASKED.match(text) else text


def may_hold_masked(cells: Sequence[str]) -> bool:
    """Whether a cell begins with an apostrophe: most tables have none, and are left as they are."""
    return "'" in "\n".join(cells) and any(cell.startswith("'") for cell in cells)
