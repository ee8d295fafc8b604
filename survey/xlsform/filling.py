"""Rows of the sheets as they are filled, whatever the kind of question."""

from __future__ import annotations

from survey.questionnaire import Questionnaire
from survey.questions import AnyQuestion, Option, Scale, Text
from survey.xlsform.conditions import relevant_of
from survey.xlsform.layout import HINTS, LABELS, OWN, form_name, packed

Row = dict[str, str]


class Filling:
    """Rows of ``survey`` and ``choices``."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.survey: list[Row] = []
        self.choices: list[Row] = []

    def ask(
        self,
        question: AnyQuestion,
        kind_of_row: str,
        *,
        constraint: str = "",
        appearance: str = "",
        **hints: object,
    ) -> None:
        """One question, one row."""
        self.survey.append(
            {
                "type": kind_of_row,
                "name": form_name(question.id),
                **both(LABELS, question.text),
                **(both(HINTS, question.note) if question.note else {}),
                "required": "yes" if question.required else "",
                "relevant": relevant_of(question.show_if, self.questionnaire),
                "constraint": constraint,
                "appearance": appearance,
                OWN: packed(id=question.id, **hints),
            }
        )

    def begin(self, question: AnyQuestion, **hints: object) -> None:
        """Group of the rows that a question becomes."""
        self.ask(question, "begin_group", appearance="field-list")
        self.survey[-1]["required"] = ""  # a group has no such state; its questions do
        self.survey[-1][OWN] = packed(id=question.id, **hints, required=question.required)

    def inner(
        self, question: AnyQuestion, kind_of_row: str, name: str, text: Text, **cells: str
    ) -> None:
        """One row of such a group."""
        required = {"required": "yes"} if question.required else {}
        self.survey.append(
            {"type": kind_of_row, "name": name, **both(LABELS, text), **required, **cells}
        )

    def end(self) -> None:
        """End of a group."""
        self.survey.append({"type": "end_group"})

    def list_options(self, name: str, options: tuple[Option, ...]) -> None:
        """List of choices of a question's options."""
        self.choices += [
            {
                "list_name": form_name(name),
                "name": form_name(option.id),
                **both(LABELS, option.text),
                OWN: packed(**flags(option)),
            }
            for option in options
        ]

    def list_scale(self, name: str, scale: Scale) -> None:
        """List of choices of a scale."""
        for value in range(scale.low, scale.high + 1):
            text = scale.labels.get(value)
            self.choices.append(
                {
                    "list_name": form_name(name, "scale"),
                    "name": str(value),
                    **both(LABELS, text or Text(en=str(value), ru=str(value))),
                    OWN: packed(labelled=text is not None),
                }
            )


def both(columns: tuple[str, str], text: Text) -> Row:
    """Both languages in their columns."""
    return {columns[0]: text.en, columns[1]: text.ru}


def flags(option: Option) -> dict[str, object]:
    """What the form cannot say of an option."""
    return {
        "option": option.id,
        "residual": option.residual,
        "open_text": option.open_text,
        "exclusive": option.exclusive,
    }
