"""What the experts named: priorities of each question, pooled and group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.study import Study
from survey import Counts, Priorities, Shares, SurveyError, priorities, selection_shares


@dataclass(frozen=True, slots=True, eq=False)
class QuestionFinding:
    """What one question says.

    Attributes
    ----------
    question : str
    counts : Counts
    pooled : Priorities
        Under the chosen pooling.
    by_pooling : mapping of pooling to Priorities
        Experts by number, equal groups, and each group alone, where the panel was asked.
    shares : Shares
        Group by group with their intervals.
    residual : tuple of str
        Options whose meaning is not known.
    own_words : bool
        Answered in the experts' own words and grouped afterwards: named by so many, rejected by
        nobody.
    """

    question: str
    counts: Counts
    pooled: Priorities
    by_pooling: Mapping[str, Priorities]
    shares: Shares
    residual: tuple[str, ...]
    own_words: bool

    @property
    def leaders(self) -> tuple[str, ...]:
        """Options from the most to the least named."""
        order = sorted(range(len(self.pooled.options)), key=lambda k: (-self.pooled.weights[k], k))
        return tuple(self.pooled.options[k] for k in order)


def _by_pooling(counts: Counts, panels: tuple[str, ...]) -> dict[str, Priorities]:
    """Priorities of every panel that was asked and named something."""
    found = {}
    for panel in panels:
        try:
            found[panel] = priorities(counts, panel)
        except SurveyError:
            continue
    return found


def priority_findings(study: Study, pooling: str = "experts") -> dict[str, QuestionFinding]:
    """Compute the priorities of every question that has answers."""
    panels = ("experts", "groups", *(g.id for g in study.settings.groups))
    findings = {}
    for question in study.questionnaire.choices:
        if question.id not in study.counts:
            continue
        counts = study.counts[question.id]
        findings[question.id] = QuestionFinding(
            question=question.id,
            counts=counts,
            pooled=priorities(counts, pooling),
            by_pooling=_by_pooling(counts, panels),
            shares=selection_shares(counts),
            residual=tuple(o.id for o in question.options if o.residual),
            own_words=question.answered_in_own_words,
        )
    return findings
