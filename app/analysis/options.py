"""The choices of one run: what a study proposes, and what the analyst turns."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from app.study import Study
from mcda import METHODS, ProblemError
from mcda.registry import nearest

READINGS = ("popularity", "target", "off")


@dataclass(frozen=True, slots=True)
class Options:
    """Assumptions of one run; every one can be turned in the front end.

    Attributes
    ----------
    pooling
        ``experts``, ``groups``, or the name of one group.
    block_weights
        Pairs of block and weight, summing to 1.
    readings
        Pairs of block and reading, for blocks that compute a criterion from profiles.
    method
        The headline method.
    window
        First and last year of the index's reference window.
    std
        ``sample`` or ``population``.
    variant
        Which list of indicators: ``default`` or a variant of the study.
    draws, seed
        Of the simulation.
    """

    pooling: str
    block_weights: tuple[tuple[str, float], ...]
    readings: tuple[tuple[str, str], ...]
    method: str
    window: tuple[int, int] | None
    std: str
    variant: str
    draws: int
    seed: int

    def readings_of(self, study: Study) -> tuple[str, ...]:
        """Readings of the computed criteria that this study and these block weights allow.

        ``target`` needs options that it counts; ``off`` needs weight that stays.
        """
        profiles = [b for b in study.settings.blocks if b.kind == "profile"]
        rest = sum(w for name, w in self.block_weights if name not in {b.id for b in profiles})
        allowed = {
            "popularity": True,
            "target": bool(profiles) and all(b.target for b in profiles),
            "off": bool(profiles) and rest > 0,
        }
        return tuple(r for r in READINGS if allowed[r])

    @classmethod
    def of(cls, study: Study, **changes: Any) -> Options:  # noqa: ANN401 - the fields' own types
        """Return what the study itself proposes, with changes."""
        settings = study.settings
        index = settings.resilience
        proposed = cls(
            pooling="experts",
            block_weights=tuple((b.id, b.weight) for b in settings.blocks),
            readings=tuple((b.id, b.reading) for b in settings.blocks if b.kind == "profile"),
            method=settings.directions.headline,
            window=(index.window.first, index.window.last) if index else None,
            std=index.std if index else "sample",
            variant="default",
            draws=settings.directions.draws,
            seed=settings.directions.seed,
        )
        return proposed.replace(**changes)

    def replace(self, **changes: Any) -> Options:  # noqa: ANN401 - the fields' own types
        """Return a copy with some choices changed."""
        changed = dataclasses.replace(self, **changes)
        if changed.method not in METHODS:
            raise ProblemError(
                "unknown_method",
                "method {found} is not known; expected {nearest}",
                found=repr(changed.method),
                nearest=nearest(changed.method, list(METHODS)),
            )
        if changed.draws < 1:
            raise ProblemError(
                "draws", "found {draws} draws; expected 1 or more", draws=changed.draws
            )
        return changed

    def with_reading(self, reading: str) -> Options:
        """Return a copy in which every computed criterion is read one way."""
        return self.replace(readings=tuple((block, reading) for block, _ in self.readings))
