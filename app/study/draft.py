"""A study being read: what is there so far, and every fault found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.study.columns import Invalid
from app.study.faults import Fault, Message, literal, one_of
from app.study.tables import Row, Table, read_table
from app.study.yamltext import dotted
from survey import WEIGHING, MultipleChoice, SingleChoice, SurveyError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from app.study.formats import Format
    from app.study.schema import Settings
    from app.study.yamltext import Document
    from app.study.yamltext import Path as Keys
    from scenarios.errors import ScenarioError
    from survey import Questionnaire

SETTINGS = "study.yaml"
QUESTIONNAIRE = "questionnaire.yaml"


@dataclass(slots=True)
class Draft:
    """Folder, models, tables by file, faults."""

    folder: Path
    settings: Settings
    document: Document
    questionnaire: Questionnaire | None
    tables: dict[str, Table] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def exists(self, file: str) -> bool:
        """Whether the folder has this file."""
        return (self.folder / file).is_file()

    def read(self, format_: Format, *, required: bool = True) -> Table:
        """Read a table and note its faults; an absent one that may be absent is empty."""
        if not required and not self.exists(format_.file):
            return Table(format_.file)
        table, faults = read_table(self.folder, format_)
        self.tables[format_.file] = table
        self.faults += faults
        return table

    def add(
        self,
        file: str,
        row: Row | int | None,
        column: str | None,
        found: Message,
        expected: Message | None = None,
    ) -> None:
        """Note a fault."""
        number = row.number if isinstance(row, Row) else row
        self.faults.append(Fault(file, number, column, found, expected))

    def add_setting(self, keys: Keys, found: Message, expected: Message) -> None:
        """Note a fault of study.yaml, at the line of the key or of the nearest one above it."""
        row = self.document.line(keys)
        self.faults.append(Fault(SETTINGS, row, dotted(keys), found, expected))

    def error(
        self, file: str, row: Row | None, column: str | None, error: SurveyError | ScenarioError
    ) -> None:
        """Note what a core package refused, in its own words."""
        self.add(file, row, column, Message(error.template, error.fields))

    def refer(self, table: Table, column: str, known: Collection[str] | None) -> None:
        """Note cells of a column that are not among the known ids (None: those are not known)."""
        if known is None:
            return
        for row in table:
            name = row.known(column)
            if name is not None and name not in known:
                self.add(table.file, row, column, literal(name), one_of(name, known))

    @property
    def options(self) -> dict[str, tuple[str, ...]] | None:
        """Option ids by question, None if the questionnaire could not be read."""
        if self.questionnaire is None:
            return None
        return {question.id: question.option_ids for question in self.questionnaire.choices}

    @property
    def weighed(self) -> dict[str, tuple[str, ...]] | None:
        """The same for every question that a block can rest on: choices, points, ratings, ..."""
        if self.questionnaire is None:
            return None
        return {
            question.id: question.option_ids
            for question in self.questionnaire.questions
            if isinstance(question, (SingleChoice, MultipleChoice, *WEIGHING))
        }


def ids(table: Table, column: str) -> tuple[str, ...] | None:
    """Ids of a column; None if they are not all known, so that nothing can be compared with them."""
    if column not in table.columns or not table.rows or not table.whole:
        return None
    if any(row[column] is None or isinstance(row[column], Invalid) for row in table):
        return None
    return table.names(column)
