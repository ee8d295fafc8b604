"""What a report is made of, whatever file it goes into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

# Where the numbers of a column come from; texts have no kind.
SOURCE, ASSUMED, COMPUTED, TEXT = "source", "assumed", "computed", ""

Draw = Callable[[], Any]
Chart = Callable[..., Any]
Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """Column of a table: its title, where its numbers come from, and how they are written.

    Without `digits` a number is written with as many decimals as it has, up to three.
    """

    title: str
    kind: str = COMPUTED
    digits: int | None = 3
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Table with raw numbers; `drawn` names the kind of native chart a spreadsheet may add."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The same chart for a wide and for a narrow page, made only when a file shows it."""

    wide: Draw
    narrow: Draw

    @classmethod
    def of(cls, chart: Chart, *arguments: object) -> Picture:
        """Picture of a chart that takes whatever width it gets."""
        draw = partial(chart, *arguments)
        return cls(draw, draw)

    @classmethod
    def those(cls, charts: Iterable[tuple[Chart, tuple[Any, ...]]]) -> tuple[Picture, ...]:
        """Pictures of charts, those left out that have nothing to show and so are None."""
        return tuple(
            cls.of(chart, *arguments)
            for chart, arguments in charts
            if chart(*arguments) is not None
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table of the study comes from."""

    file: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: the finding in words, pictures, tables, and where the numbers come from."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    origins: tuple[Origin, ...] = field(default=())
