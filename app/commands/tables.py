"""Tables on the terminal; plain text where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from app.i18n import Language

# Where nobody says how wide the screen is (a pipe, a file), nothing should be cut.
_PLAIN_WIDTH = 140


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes texts as they are: brackets in a study are no mark-up."""
    screen = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not screen.is_terminal:
        screen.width = _PLAIN_WIDTH
    return screen


def table(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    texts: int = 1,
    note: str = "",
) -> Group:
    """Build a titled table whose first columns hold texts and whose others hold figures."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    for k, name in enumerate(header):
        made.add_column(name, justify="left" if k < texts else "right", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return Group(Text(title, style="bold"), made, Text(f"{note}\n" if note else ""))


def rank_text(value: float, words: Language) -> str:
    """Return a rank as it is said: whole, or with the half of a tie."""
    return words.number(value, 0 if float(value).is_integer() else 1)
