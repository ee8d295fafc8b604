"""What the experts named: priorities of each question, pooled and group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.study import Study
from survey import (
    Counts,
    IndividualPriorities,
    Priorities,
    PrioritySource,
    Sums,
    SurveyError,
    priorities,
)


@dataclass(frozen=True, slots=True, eq=False)
class QuestionFinding:
    """What one question says.

    Attributes
    ----------
    question : str
    counts : Counts or Sums
        Who chose what, or the weights given, added up by group.
    pooled : Priorities
        Under the chosen pooling.
    by_pooling : mapping of pooling to Priorities
        Experts by number, equal groups, and each group alone, where the panel was asked.
    individual : IndividualPriorities or None
        Each expert's weights, where the question is no choice.
    residual : tuple of str
        Options whose meaning is not known.
    own_words : bool
        Answered in the experts' own words and grouped afterwards: named by so many, rejected by
        nobody.
    """

    question: str
    counts: Counts | Sums
    pooled: Priorities
    by_pooling: Mapping[str, Priorities]
    individual: IndividualPriorities | None
    residual: tuple[str, ...]
    own_words: bool

    @property
    def leaders(self) -> tuple[str, ...]:
        """Options from the most to the least named."""
        order = sorted(range(len(self.pooled.options)), key=lambda k: (-self.pooled.weights[k], k))
        return tuple(self.pooled.options[k] for k in order)


def _by_pooling(source: PrioritySource, panels: tuple[str, ...]) -> dict[str, Priorities]:
    """Priorities of every panel that was asked and named something."""
    found = {}
    for panel in panels:
        try:
            found[panel] = priorities(source, panel)
        except SurveyError:
            continue
    return found


def _is_heard(study: Study, question: str) -> bool:
    """Whether weights follow from anybody's points, orders, ratings or comparisons."""
    found = study.individual.get(question)
    return found is not None and bool(found.given.any())


def priority_findings(study: Study, pooling: str = "experts") -> dict[str, QuestionFinding]:
    """Compute the priorities of every question that has answers."""
    panels = ("experts", "groups", *(g.id for g in study.settings.groups))
    findings = {}
    for question in study.questionnaire.questions:
        if question.id not in study.counts and not _is_heard(study, question.id):
            continue
        source = study.individual.get(question.id, study.counts.get(question.id))
        assert source is not None
        findings[question.id] = QuestionFinding(
            question=question.id,
            counts=study.totals(question.id),
            pooled=priorities(source, pooling),
            by_pooling=_by_pooling(source, panels),
            individual=study.individual.get(question.id),
            residual=tuple(o.id for o in study.options(question.id) if o.residual),
            own_words=getattr(question, "answered_in_own_words", False),
        )
    return findings
