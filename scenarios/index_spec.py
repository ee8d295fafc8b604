"""What a composite index is made of: indicators in factors, their senses, weights, window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.formulas import parse_formula
from scenarios.frames import SIGNS, frozen, in_order, require_columns, require_labels, require_sense

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

STDS = ("sample", "population")
OVERS = ("years", "units", "all")
NORMALISATIONS = ("zscore", "minmax")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: a formula over annual series, its factor, sense and weight in the factor."""

    name: str
    factor: str
    sense: str
    formula: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        require_sense(self.sense, self.name)
        if not (np.isfinite(self.weight) and self.weight > 0):
            raise ScenarioError(
                "weight_wrong",
                "{name} has the weight {weight}; expected a positive number",
                name=self.name,
                weight=self.weight,
            )
        parse_formula(self.formula)


@dataclass(frozen=True, slots=True)
class Reference:
    """What mean and deviation (or minimum and maximum) are taken over, both years included.

    Attributes
    ----------
    first, last
        The window. It stays frozen: later years and scenarios are placed on the same scale
        (OECD/JRC Handbook 2008, section 5.2).
    std
        ``sample`` (n - 1) or ``population`` (n).
    over
        ``years``: each unit against its own past; ``units``: each year against the other units;
        ``all``: units and years together.
    """

    first: int
    last: int
    std: Literal["sample", "population"] = "sample"
    over: Literal["years", "units", "all"] = "years"

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ScenarioError(
                "window_reversed",
                "the reference window is {first}-{last}; expected the first year before the last",
                first=self.first,
                last=self.last,
            )
        if self.std not in STDS or self.over not in OVERS:
            raise ScenarioError(
                "reference_unknown",
                "the reference has std {std} and over {over}; expected std {stds} and over {overs}",
                std=self.std,
                over=self.over,
                stds="|".join(STDS),
                overs="|".join(OVERS),
            )


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """Recipe of an index: normalise, average within factors, average the factors.

    Attributes
    ----------
    indicators
        At least one, names distinct; factors in the order of their first indicators.
    reference
        Window of the normalisation.
    normalise
        ``zscore`` or ``minmax``; a ``min`` indicator is turned round in either.
    factor_weights
        Weights of factors, 1 for those not named; scaled to sum to 1.
    """

    indicators: tuple[Indicator, ...]
    reference: Reference
    normalise: Literal["zscore", "minmax"] = "zscore"
    factor_weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [indicator.name for indicator in self.indicators]
        repeated = {name for name in names if names.count(name) > 1}
        if not names or repeated:
            raise ScenarioError(
                "indicators_wrong",
                "the index has {count} indicators, several times: {repeated}; "
                "expected at least one, each once",
                count=len(names),
                repeated=", ".join(sorted(repeated)) or "-",
            )
        if self.normalise not in NORMALISATIONS:
            raise ScenarioError(
                "normalisation_unknown",
                "the normalisation is {found}; expected one of {known}",
                found=self.normalise,
                known=", ".join(NORMALISATIONS),
            )
        for factor, weight in self.factor_weights.items():
            if factor not in self.factors:
                raise ScenarioError(
                    "factor_unknown",
                    "there is no factor {factor}; expected one of {factors}",
                    factor=factor,
                    factors=", ".join(self.factors),
                )
            if not (np.isfinite(weight) and weight > 0):
                raise ScenarioError(
                    "weight_wrong",
                    "{name} has the weight {weight}; expected a positive number",
                    name=factor,
                    weight=weight,
                )

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the indicators."""
        return tuple(indicator.name for indicator in self.indicators)

    @property
    def factors(self) -> tuple[str, ...]:
        """Factors in the order of their first indicators."""
        return in_order(indicator.factor for indicator in self.indicators)

    @property
    def signs(self) -> NDArray[np.float64]:
        """+1 for ``max`` and -1 for ``min``, (indicator,)."""
        return np.array([SIGNS[indicator.sense] for indicator in self.indicators])

    @property
    def weights(self) -> NDArray[np.float64]:
        """Weight of each indicator within each factor, (factor, indicator); rows sum to 1."""
        member = [[i.factor == factor for i in self.indicators] for factor in self.factors]
        matrix = np.array(member) * np.array([i.weight for i in self.indicators])
        return frozen(matrix / matrix.sum(axis=1, keepdims=True))

    @property
    def factor_shares(self) -> NDArray[np.float64]:
        """Weight of each factor in the index, (factor,); sums to 1."""
        raw = np.array([float(self.factor_weights.get(factor, 1.0)) for factor in self.factors])
        return frozen(raw / raw.sum())

    def factor_position(self, factor: str) -> int:
        """Position of a factor."""
        if factor not in self.factors:
            raise ScenarioError(
                "factor_unknown",
                "there is no factor {factor}; expected one of {factors}",
                factor=factor,
                factors=", ".join(self.factors),
            )
        return self.factors.index(factor)

    def without(self, name: str) -> IndexSpec:
        """Leave one indicator out; a factor that loses its last indicator goes too."""
        if name not in self.names:
            raise ScenarioError(
                "index_indicator_unknown",
                "the index has no indicator {name}; expected one of {names}",
                name=name,
                names=", ".join(self.names),
            )
        kept = tuple(indicator for indicator in self.indicators if indicator.name != name)
        factors = {indicator.factor for indicator in kept}
        weights = {f: w for f, w in self.factor_weights.items() if f in factors}
        return replace(self, indicators=kept, factor_weights=weights)

    def with_indicator(self, indicator: Indicator) -> IndexSpec:
        """Add one indicator."""
        return replace(self, indicators=(*self.indicators, indicator))


def indicators_from_frame(frame: pd.DataFrame) -> tuple[Indicator, ...]:
    """Read ``factor, indicator, sense, formula`` and, if there is one, ``weight``."""
    required = ("factor", "indicator", "sense", "formula")
    require_columns(frame, required, "indicators")
    require_labels(frame, required, "indicators")
    weights = frame["weight"] if "weight" in frame.columns else [1.0] * len(frame)
    columns = (frame["indicator"], frame["factor"], frame["sense"], frame["formula"], weights)
    return tuple(
        Indicator(str(name), str(factor), str(sense), str(formula), float(weight))
        for name, factor, sense, formula, weight in zip(*columns, strict=True)
    )
