"""Raw cells of one question to the response its kind asks for."""

from __future__ import annotations

import numpy as np

from survey.formats.fill_choice import as_joined, fill_joined, fill_single, fill_ticks
from survey.formats.fill_number import fill_numbers, fill_ranked
from survey.formats.filling import Filling
from survey.formats.raw import Column, Columns, Item, Joined, Ranked, Raw, Ticks
from survey.questions import AnyQuestion, FreeText, MultipleChoice, Ranking, SingleChoice
from survey.responses import Texts


def fill(filling: Filling, question: AnyQuestion, raw: Raw) -> bool:
    """Read `raw` as answers to `question`; False if its form does not fit that kind."""
    match question, raw:
        case ((SingleChoice() | MultipleChoice()), Ticks()):
            fill_ticks(filling, question, raw)
        case MultipleChoice(), Joined():
            fill_joined(filling, question, raw)
        case MultipleChoice(), Column():
            fill_joined(filling, question, as_joined(raw))
        case SingleChoice(), (Column() | Joined()):
            fill_single(filling, question, raw)
        case FreeText(), (Column() | Joined()):
            _words(filling, question, raw)
        case Ranking(), Ranked():
            fill_ranked(filling, question, raw)
        case ((SingleChoice() | MultipleChoice() | FreeText()), _):
            return False
        case _, Columns():
            fill_numbers(filling, question, raw)
        case _, (Column() | Joined()) if len(question.columns) == 1:
            labels = raw.labels if isinstance(raw, Column) else {}
            item = Item(question.columns[0], raw.text)
            alone = Columns(raw.name, raw.text, (item,), (raw.cells,), raw.shown[:, None], labels)
            fill_numbers(filling, question, alone)
        case _:
            return False
    return True


def _words(filling: Filling, question: FreeText, raw: Column | Joined) -> None:
    texts = tuple(cell if cell.strip() else None for cell in raw.cells)
    written = np.array([text is not None for text in texts], dtype=np.bool_)
    filling.responses[question.id] = Texts(question.id, texts, raw.shown | written)
