"""What is computed for the pages, each part once per study and choice.

Results are frozen and shared between sessions instead of copied. A part is keyed by the study's
digest and by just those options that it depends on: moving the index's window leaves the ranking
as it is.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app.analysis import (
    AuditFinding,
    ChangeFinding,
    Claim,
    DirectionsFinding,
    ExpertsFinding,
    Findings,
    GroupsFinding,
    LearningFinding,
    Options,
    QuestionFinding,
    ResilienceFinding,
    RobustnessFinding,
    ScenarioFinding,
    audit_findings,
    change_findings,
    direction_findings,
    expert_findings,
    group_findings,
    learning_findings,
    priority_findings,
    resilience_findings,
    robustness_findings,
    scenario_findings,
)
from app.analysis.claims import check_claims
from app.study import Study, bundled_studies, load_study, study_digest

_KEPT = 64


def open_study(name: str) -> Study:
    """Read a study, anew whenever one of its files has changed.

    Raises
    ------
    StudyError
        With every fault of the folder.
    """
    try:
        digest = study_digest(Path(bundled_studies().get(name, name)))
    except OSError:
        return load_study(name)  # raises, and says what is missing
    return _study(name, digest)


@dataclass(frozen=True, slots=True)
class Results:
    """Findings of one study under one set of options, each computed when it is first asked for.

    It has the attributes of `Findings`, so what takes those takes this.
    """

    study: Study
    options: Options

    @property
    def priorities(self) -> dict[str, QuestionFinding]:
        """Of every question."""
        return _priorities(self.study.digest, self.options.pooling, self.study)

    @property
    def experts(self) -> ExpertsFinding:
        """How the groups differ, and how many more experts would settle it; takes seconds."""
        return _experts(self.study.digest, self._simulation, self.study)

    @property
    def directions(self) -> DirectionsFinding:
        """Ranking of the alternatives."""
        return _directions(self.study.digest, self._ranking, self.study)

    @property
    def robustness(self) -> RobustnessFinding:
        """Certainty of the ranking; the slow part."""
        return _robustness(self.study.digest, self._simulation, self.study)

    @property
    def change(self) -> ChangeFinding:
        """What would tip the first place."""
        return _change(self.study.digest, self._ranking, self.study)

    @property
    def audit(self) -> AuditFinding:
        """Every defensible choice, restatements, second opinions."""
        return _audit(self.study.digest, self._ranking, self.study)

    @property
    def groups(self) -> GroupsFinding | None:
        """The groups of experts apart."""
        return _groups(self.study.digest, self._ranking, self.study)

    @property
    def learning(self) -> LearningFinding:
        """What it would pay to learn next; slow."""
        return _learning(self.study.digest, self._simulation, self.study)

    @property
    def scenarios(self) -> ScenarioFinding | None:
        """Scenarios compared."""
        return _scenarios(self.study.digest, self._ranking, self.study)

    @property
    def resilience(self) -> ResilienceFinding | None:
        """The composite index."""
        return _resilience(self.study.digest, self._index, self.study)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the sources state beside what comes out here."""
        return _claims(self.study.digest, self.options, self.study)

    @property
    def _ranking(self) -> Options:
        return dataclasses.replace(self._simulation, draws=1, seed=0)

    @property
    def _simulation(self) -> Options:
        return dataclasses.replace(self.options, window=None, std="sample", variant="default")

    @property
    def _index(self) -> Options:
        index = self.options
        proposed = Options.of(self.study)
        return proposed.replace(window=index.window, std=index.std, variant=index.variant)


# Arguments that begin with an underscore are no part of the key.


@st.cache_resource(max_entries=4, show_spinner=False)
def _study(name: str, digest: str) -> Study:  # noqa: ARG001 - part of the key
    return load_study(name)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _priorities(digest: str, pooling: str, _study: Study) -> dict[str, QuestionFinding]:  # noqa: ARG001
    return priority_findings(_study, pooling)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _experts(digest: str, options: Options, _study: Study) -> ExpertsFinding:  # noqa: ARG001
    return expert_findings(_study, options)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _directions(digest: str, options: Options, _study: Study) -> DirectionsFinding:  # noqa: ARG001
    return direction_findings(_study, options)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _robustness(digest: str, options: Options, _study: Study) -> RobustnessFinding:  # noqa: ARG001
    directions = Results(_study, options).directions
    return robustness_findings(_study, options, directions)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _change(digest: str, options: Options, _study: Study) -> ChangeFinding:  # noqa: ARG001
    return change_findings(_study, Results(_study, options).directions)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _audit(digest: str, options: Options, _study: Study) -> AuditFinding:  # noqa: ARG001
    return audit_findings(_study, options, Results(_study, options).directions)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _groups(digest: str, options: Options, _study: Study) -> GroupsFinding | None:  # noqa: ARG001
    return group_findings(_study, options, Results(_study, options).directions.result.ranks)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _learning(digest: str, options: Options, _study: Study) -> LearningFinding:  # noqa: ARG001
    return learning_findings(_study, options, Results(_study, options).directions)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _scenarios(digest: str, options: Options, _study: Study) -> ScenarioFinding | None:  # noqa: ARG001
    return scenario_findings(_study, Results(_study, options).directions.problem)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _resilience(digest: str, options: Options, _study: Study) -> ResilienceFinding | None:  # noqa: ARG001
    return resilience_findings(_study, options)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _claims(digest: str, options: Options, _study: Study) -> tuple[Claim, ...]:  # noqa: ARG001
    results = Results(_study, options)
    parts = {name: getattr(results, name) for name in Findings.parts()}
    findings = Findings(**parts, claims=()).to_dict()
    scenarios = results.scenarios
    return check_claims(_study, findings, scenarios.probabilities if scenarios else {})
