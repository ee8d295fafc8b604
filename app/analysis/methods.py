"""Which methods a study is put to, with which settings, and which of them are one and the same."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from app.study import Study
from mcda import Candidate, ProblemError, equivalence_classes, get_method, ranking_methods
from mcda.problem import Array

# Normalisations tried where a method leaves the choice open; "none" compares unlike units.
NORMALISATIONS = ("minmax", "max", "vector", "sum")
_NORMALISATION = "normalisation"
_PROMETHEE = ("promethee1", "promethee2")
# Classes are found on random problems, always the same ones.
_CLASS_SEED = 1


def study_methods(study: Study) -> tuple[Candidate, ...]:
    """The study's methods in their published form, PROMETHEE with the study's thresholds.

    A study that lists none is put to every one that ranks and needs nothing else.
    """
    preference = study.settings.directions.preference
    linear = {
        "preference_functions": "linear",
        "q": preference.q,
        "p": preference.p,
        "threshold_scale": "range",
    }
    return tuple(
        Candidate(name, name, linear if name in _PROMETHEE else {})
        for name in study.settings.directions.methods or ranking_methods()
    )


def has_normalisation(method: str) -> bool:
    """Whether the method leaves the normalisation open."""
    return any(p.name == _NORMALISATION for p in get_method(method).parameters)


def with_normalisations(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Spread each method that leaves the normalisation open over the usual ones."""
    spread = []
    for candidate in candidates:
        if not has_normalisation(candidate.method):
            spread.append(candidate)
            continue
        spread += [normalised_by(candidate, name) for name in NORMALISATIONS]
    return tuple(spread)


def normalised_by(candidate: Candidate, name: str) -> Candidate:
    """Return the method with a normalisation."""
    return Candidate(
        f"{candidate.method}-{name}",
        candidate.method,
        dict(candidate.params) | {_NORMALISATION: name},
    )


def obstacle_of(candidate: Candidate, values: Array, sense: Array) -> ProblemError | None:
    """Say why a method cannot take values of shape (..., n, m); None where it can."""
    method = get_method(candidate.method)
    try:
        method.check(values, sense, method.settings(candidate.params))
    except ProblemError as reason:
        return reason
    return None


def classes_of(candidates: tuple[Candidate, ...]) -> tuple[tuple[str, ...], ...]:
    """Group labels of methods that rank 1,000 random problems identically."""
    key = tuple((c.label, c.method, tuple(sorted(c.params.items()))) for c in candidates)
    return _classes(key)


@lru_cache(maxsize=32)
def _classes(
    key: tuple[tuple[str, str, tuple[tuple[str, object], ...]], ...],
) -> tuple[tuple[str, ...], ...]:
    candidates = [Candidate(label, method, dict(params)) for label, method, params in key]
    found = equivalence_classes(candidates, np.random.default_rng(_CLASS_SEED))
    return tuple(tuple(c.label for c in members) for members in found)
