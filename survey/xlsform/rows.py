"""Rows of the sheets of an XLSForm, question by question."""

from __future__ import annotations

from itertools import combinations

from survey.questionnaire import Questionnaire
from survey.questions import (
    AnyQuestion,
    BestWorst,
    FreeText,
    Grid,
    MultipleChoice,
    Option,
    Pairwise,
    Points,
    Quantity,
    Ranking,
    Rating,
    SingleChoice,
    Text,
)
from survey.xlsform.filling import Filling, both, flags
from survey.xlsform.layout import GUIDANCE, LABELS, MESSAGES, OWN, form_name, packed

# Saaty's scale; a pair is answered by how many times one side outweighs the other.
_RATIOS = (*range(9, 0, -1), *range(-2, -10, -1))


class Sheets(Filling):
    """Rows of ``survey`` and ``choices``, filled by one question after the other."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__(questionnaire)
        for question in questionnaire.questions:
            self._add(question)

    def _add(self, question: AnyQuestion) -> None:
        match question:
            case SingleChoice() | MultipleChoice():
                self._choice(question)
            case Rating():
                self.list_scale(question.id, question.scale)
                self.begin(
                    question, kind="rating", low=question.scale.low, high=question.scale.high
                )
                self._rated(question, question.options)
                self.end()
            case Grid():
                self._grid(question)
            case Ranking():
                self.list_options(question.id, question.options)
                self.ask(
                    question, f"rank {form_name(question.id)}", kind="ranking", most=question.most
                )
            case Points():
                self._points(question)
            case Pairwise():
                self._pairs(question)
            case BestWorst():
                self._best_worst(question)
            case Quantity():
                self._quantity(question)
            case FreeText():
                self.ask(
                    question,
                    "text",
                    constraint=f"string-length(.) <= {question.longest}",
                    appearance="multiline" if question.lines > 1 else "",
                    kind="text",
                    lines=question.lines,
                    longest=question.longest,
                )

    def _choice(self, question: SingleChoice | MultipleChoice) -> None:
        self.list_options(question.id, question.options)
        if isinstance(question, SingleChoice):
            self.ask(
                question,
                f"select_one {form_name(question.id)}",
                kind="single",
                own_words=question.answered_in_own_words,
            )
        else:
            rules = []
            if question.min_picks is not None:
                rules.append(f"count-selected(.) >= {question.min_picks}")
            if question.max_picks is not None:
                rules.append(f"count-selected(.) <= {question.max_picks}")
            rules += [
                f"not(selected(., '{form_name(o.id)}') and count-selected(.) > 1)"
                for o in question.options
                if o.exclusive
            ]
            self.ask(
                question,
                f"select_multiple {form_name(question.id)}",
                constraint=" and ".join(rules),
                kind="multiple",
                min=question.min_picks,
                max=question.max_picks,
                own_words=question.answered_in_own_words,
            )
        for option in question.options:
            if option.open_text:
                asked = form_name(question.id)
                self.survey.append(
                    {
                        "type": "text",
                        "name": form_name(question.id, option.id, "text"),
                        **both(LABELS, option.text),
                        "relevant": f"selected(${{{asked}}}, '{form_name(option.id)}')",
                        OWN: packed(kind="text_of", question=question.id, option=option.id),
                    }
                )

    def _grid(self, question: Grid) -> None:
        self.list_scale(question.id, question.scale)
        self.begin(question, kind="grid", low=question.scale.low, high=question.scale.high)
        for option in question.options:
            self.survey.append(
                {
                    "type": "begin_group",
                    "name": form_name(question.id, option.id),
                    **both(LABELS, option.text),
                    "appearance": "field-list",
                    OWN: packed(kind="row", **flags(option)),
                }
            )
            self._rated(question, question.criteria, option.id)
            self.end()
        self.end()

    def _points(self, question: Points) -> None:
        self.begin(question, kind="points", total=question.total)
        names = [form_name(question.id, option.id) for option in question.options]
        for k, option in enumerate(question.options):
            rule = ". >= 0"
            if k == len(names) - 1:
                rule += " and " + " + ".join([f"${{{n}}}" for n in names[:-1]] + ["."])
                rule += f" = {question.total}"
            self.inner(
                question,
                "integer",
                names[k],
                option.text,
                constraint=rule,
                required="yes",  # an empty cell would leave the sum empty, and unchecked
                **{OWN: packed(kind="part", **flags(option))},
            )
            self.survey[-1] |= both(
                MESSAGES,
                Text(en=f"The sum is {question.total}.", ru=f"Сумма равна {question.total}."),
            )
        self.end()

    def _pairs(self, question: Pairwise) -> None:
        listed = form_name(question.id, "saaty")
        for ratio in _RATIOS:
            shown = f"{ratio} : 1" if ratio > 0 else f"1 : {-ratio}"
            self.choices.append(
                {"list_name": listed, "name": str(ratio), **both(LABELS, Text(en=shown, ru=shown))}
            )
        self.list_options(question.id, question.options)
        self.begin(question, kind="pairwise", list=form_name(question.id))
        for a, b in combinations(question.options, 2):
            self.inner(
                question,
                f"select_one {listed}",
                form_name(question.id, a.id, b.id),
                Text(en=f"{a.text.en} : {b.text.en}", ru=f"{a.text.ru} : {b.text.ru}"),
                **{OWN: packed(kind="part")},
            )
        self.end()

    def _best_worst(self, question: BestWorst) -> None:
        self.list_options(question.id, question.options)
        self.begin(question, kind="best_worst", list=form_name(question.id))
        for column, option in zip(
            question.columns, (*question.options, *question.options), strict=True
        ):
            against_best = column.startswith("best:")
            self.inner(
                question,
                "integer",
                form_name(question.id, column),
                Text(en=f"The best : {option.text.en}", ru=f"Лучшее : {option.text.ru}")
                if against_best
                else Text(en=f"{option.text.en} : the worst", ru=f"{option.text.ru} : худшее"),
                constraint=". >= 1 and . <= 9",
                **{OWN: packed(kind="part")},
            )
        self.end()

    def _quantity(self, question: Quantity) -> None:
        rules = []
        if question.low is not None:
            rules.append(f". >= {question.low}")
        if question.high is not None:
            rules.append(f". <= {question.high}")
        self.ask(
            question,
            "integer" if question.whole else "decimal",
            constraint=" and ".join(rules),
            kind="number",
            low=question.low,
            high=question.high,
        )
        if question.unit is not None:
            self.survey[-1] |= both(GUIDANCE, question.unit)

    def _rated(
        self, question: Rating | Grid, things: tuple[Option, ...], row: str | None = None
    ) -> None:
        for thing in things:
            above = (question.id,) if row is None else (question.id, row)
            self.inner(
                question,
                f"select_one {form_name(question.id, 'scale')}",
                form_name(*above, thing.id),
                thing.text,
                **{OWN: packed(kind="part", **flags(thing))},
            )
