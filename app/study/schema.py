"""Settings of a study: the models of study.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, StringConstraints

from survey import Text

FORMAT_VERSION = 1
LARGEST_SEED = 2**63 - 1  # what every table and file format keeps as a whole number

Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Name = Annotated[str, StringConstraints(strict=True, min_length=1)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Year = Annotated[StrictInt, Field(ge=1000, le=3000)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class SourceEntry(_Model):
    """Where figures come from."""

    citation: Text
    doi: StrictStr | None = None
    url: StrictStr | None = None


class Provenance(_Model):
    """Source of a table, place in it, and whether it is taken from there or assumed."""

    source: Id
    place: Text
    kind: Literal["source", "assumed"]
    note: Text | None = None


class Basis(Provenance):
    """Meaning of one word of the column ``basis`` of scores.csv."""

    title: Text


class Group(_Model):
    """Group of experts."""

    id: Id
    experts: Annotated[StrictInt, Field(ge=1)]
    title: Text


class _Block(_Model):
    id: Id
    question: Id
    weight: Share
    title: Text


class RelevanceBlock(_Block):
    """Priorities of options spread over the measured criteria."""

    kind: Literal["relevance"]
    table: Name


class CriteriaBlock(_Block):
    """Priorities of options that are measured criteria themselves."""

    kind: Literal["criteria"]


class ProfileBlock(_Block):
    """Profiles of the alternatives over the options: one computed criterion.

    `target_title` says in whose words or by what the reading ``target`` goes.
    """

    kind: Literal["profile"]
    table: Name
    criterion: Id
    reading: Literal["popularity", "target", "off"] = "popularity"
    target: tuple[Id, ...] = ()
    target_title: Text | None = None


Block = Annotated[RelevanceBlock | CriteriaBlock | ProfileBlock, Field(discriminator="kind")]


class Preference(_Model):
    """Linear preference function: indifference and preference as parts of a criterion's range."""

    q: Share
    p: Share


class Directions(_Model):
    """Ranking of the alternatives; `ratings` are grids whose ratings are the scores."""

    headline: Name
    methods: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    ratings: tuple[Id, ...] = ()
    preference: Preference
    correlated_above: Share
    draws: Annotated[StrictInt, Field(ge=1)]
    seed: Annotated[StrictInt, Field(ge=0, le=LARGEST_SEED)]


class GoalIndicator(_Model):
    """Indicator whose best value is an interval."""

    indicator: Id
    low: Number
    high: Number


class ScenarioSettings(_Model):
    """Year that relative indicators count from, and year to compare."""

    base_year: Year
    year: Year
    goal_indicator: GoalIndicator | None = None


class Window(_Model):
    """Years over which mean and deviation are taken; ``from`` and ``to`` in the file."""

    first: Year = Field(alias="from")
    last: Year = Field(alias="to")


class Variant(_Model):
    """Another list of indicators: the default one with some added and some dropped."""

    id: Id
    title: Text
    add: tuple[Id, ...] = ()
    drop: tuple[Id, ...] = ()


class ResilienceSettings(_Model):
    """How the index is built; `note` says what must be known wherever it is shown."""

    window: Window
    std: Literal["sample", "population"]
    base_year: Year
    note: Text | None = None
    variants: tuple[Variant, ...] = ()


class Assumption(_Model):
    """What the analyst assumed, and why."""

    id: Id
    text: Text
    why: Text


class Settings(_Model):
    """study.yaml; `region_id` is the region's own id in the column ``region`` of context tables."""

    format_version: StrictInt
    id: Id
    title: Text
    summary: Text
    region: Text
    region_id: Id | None = None
    sources: dict[Id, SourceEntry]
    bases: dict[Id, Basis] = {}
    tables: dict[Name, Provenance]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    directions: Directions
    scenarios: ScenarioSettings | None = None
    resilience: ResilienceSettings | None = None
    assumptions: tuple[Assumption, ...] = ()

    @property
    def experts(self) -> dict[str, int]:
        """Number of experts by group."""
        return {group.id: group.experts for group in self.groups}
