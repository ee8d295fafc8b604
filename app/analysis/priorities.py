"""What the experts named: priorities of each question, pooled and group by group."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.study import Study
from survey import (
    Counts,
    IndividualPriorities,
    Priorities,
    PrioritySource,
    Sums,
    SurveyError,
    group_weights,
    priorities,
)
from survey.agreement import Concordance, kendall_w
from survey.means import lead_interval


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
    agreement : Concordance or None
        Of the orders into which their weights put the options; None of choices, and of fewer than
        two experts or options.
    lead : (low, high) or None
        95 % interval of how far the first option of known meaning is ahead of the next, where each
        expert's weights are known.
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
    agreement: Concordance | None
    lead: tuple[float, float] | None
    residual: tuple[str, ...]
    own_words: bool

    @property
    def leaders(self) -> tuple[str, ...]:
        """Options from the most to the least named."""
        return _leaders(self.pooled)


def _leaders(pooled: Priorities) -> tuple[str, ...]:
    order = sorted(range(len(pooled.options)), key=lambda k: (-pooled.weights[k], k))
    return tuple(pooled.options[k] for k in order)


def _lead(
    individual: IndividualPriorities | None,
    pooled: Priorities,
    residual: tuple[str, ...],
    pooling: str,
) -> tuple[float, float] | None:
    known = [option for option in _leaders(pooled) if option not in residual]
    if individual is None or len(known) < 2:
        return None
    weights = group_weights(individual.to_sums(), pooling)
    return lead_interval(individual, weights, known[0], known[1])


def _by_pooling(source: PrioritySource, panels: tuple[str, ...]) -> dict[str, Priorities]:
    """Priorities of every panel that was asked and named something."""
    found = {}
    for panel in panels:
        try:
            found[panel] = priorities(source, panel)
        except SurveyError:
            continue
    return found


def _is_heard(study: Study, question: str, needed: Collection[str]) -> bool:
    """Whether weights follow from anybody's points, orders, comparisons, or ratings meant so."""
    found = study.individual.get(question)
    if found is None or (found.kind == "rating" and question not in needed):
        return False
    return bool(found.given.any())


def _agreement(individual: IndividualPriorities | None) -> Concordance | None:
    if individual is None or int(individual.given.sum()) < 2 or len(individual.options) < 2:
        return None
    return kendall_w(individual.weights[individual.given])


def priority_findings(study: Study, pooling: str = "experts") -> dict[str, QuestionFinding]:
    """Compute the priorities of every question that has answers.

    A question that no block rests on is left out where this panel was not asked it, and where it
    is a rating: opinions are rated too, and these weigh nothing.
    """
    panels = ("experts", "groups", *(g.id for g in study.settings.groups))
    needed = {block.question for block in study.settings.blocks}
    findings = {}
    for question in study.questionnaire.questions:
        if question.id not in study.counts and not _is_heard(study, question.id, needed):
            continue
        individual = study.individual.get(question.id)
        source = study.counts[question.id] if individual is None else individual
        by_pooling = _by_pooling(source, panels)
        if pooling not in by_pooling and question.id not in needed:
            continue
        pooled = priorities(source, pooling)
        residual = tuple(o.id for o in study.options(question.id) if o.residual)
        findings[question.id] = QuestionFinding(
            question=question.id,
            counts=study.totals(question.id),
            pooled=pooled,
            by_pooling=by_pooling,
            individual=individual,
            agreement=_agreement(individual),
            lead=_lead(individual, pooled, residual, pooling),
            residual=residual,
            own_words=getattr(question, "answered_in_own_words", False),
        )
    return findings
