"""The registry of statistics: one entry each, read by the command line and whoever lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from survey.elicitation.registry import nearest
from survey.elicitation.result import Message, message
from survey.errors import SurveyError
from survey.statistics.inputs import CONFIDENCE, RESAMPLES, SEED, Given

Found: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the data; `required` unless the statistic takes another in its place."""

    name: str
    meaning: Message
    required: bool = False


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic by its name: what it is called, what it needs, who published it."""

    name: str
    title: Message
    keys: tuple[Key, ...]
    source: str
    function: Callable[[Given], Found] = field(repr=False)


_STATISTICS: dict[str, Statistic] = {}
STATISTICS: Mapping[str, Statistic] = MappingProxyType(_STATISTICS)

BOOTSTRAP = (
    Key(RESAMPLES, message("resamples of the bootstrap; 0: none")),
    Key(SEED, message("seed of the random numbers")),
    Key(CONFIDENCE, message("confidence of the intervals")),
)


def register(
    name: str, title: Message, *keys: Key, source: str
) -> Callable[[Callable[[Given], Found]], Callable[[Given], Found]]:
    """Enter a statistic into the registry."""

    def add(function: Callable[[Given], Found]) -> Callable[[Given], Found]:
        _STATISTICS[name] = Statistic(name, title, keys, source, function)
        return function

    return add


def find(name: str) -> Statistic:
    """The statistic of a name; an unknown name is answered by the nearest."""
    if name not in _STATISTICS:
        raise SurveyError(
            "statistic_unknown",
            "statistic {found} is not known; expected {nearest}",
            found=repr(name),
            nearest=nearest(name, list(_STATISTICS)),
        )
    return _STATISTICS[name]


def compute(name: str, data: Mapping[str, Any]) -> Found:
    """Compute a statistic.

    Parameters
    ----------
    name
        In `STATISTICS`.
    data
        Its keys, as they stand in DATA.json.

    Returns
    -------
    found
        Numbers, lists and texts by the literature's names; None where a figure does not exist,
        with the reason under ``reason``.

    Raises
    ------
    SurveyError
        Unknown name or key, a key missing, or data that cannot be used.

    """
    statistic = find(name)
    known = [key.name for key in statistic.keys]
    for found in data:
        if found not in known:
            raise SurveyError(
                "statistic_key_unknown",
                "statistic {statistic} has no key {found}; expected {nearest}",
                statistic=name,
                found=repr(found),
                nearest=nearest(found, known),
            )
    for key in statistic.keys:
        if key.required and data.get(key.name) is None:
            raise SurveyError(
                "statistic_key_missing",
                "statistic {statistic} needs the key {name}: {meaning}",
                statistic=name,
                name=key.name,
                meaning=key.meaning,
            )
    return statistic.function(Given(name, data))


def one_key(given: Given, *known: str) -> str:
    """Which of several keys was given: exactly one must be."""
    present = [key for key in known if given.has(key)]
    if len(present) != 1:
        raise SurveyError(
            "one_key",
            "statistic {statistic} takes exactly one of the keys {known}; {found} are given",
            statistic=given.statistic,
            known=", ".join(known),
            found=len(present),
        )
    return present[0]
