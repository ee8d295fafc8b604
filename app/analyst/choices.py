"""The assumptions that an analyst can turn: what the study proposes, how each stands in the URL.

What is chosen is kept under one entry of the session, apart from the widgets' own state, which
Streamlit drops when a page without the widget is opened. What differs from the study's proposal
also stands in the URL, so that a link shows what its sender saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.analysis import READINGS, Options
from app.analyst.settings import DRAWS
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from mcda import ranking_methods

_KEPT = "assumptions"
# A computed criterion with all the weight would leave nothing to rank by where it is left out.
LARGEST_SHARE = 95
WEIGHT, READING = "weight_", "reading_"


@dataclass(frozen=True, slots=True)
class Choice:
    """One assumption.

    Attributes
    ----------
    name : str
        In the URL and in the session.
    proposed
        What the study proposes.
    read
        From the URL's text to a value; ValueError or LookupError where it is none.
    """

    name: str
    proposed: Any
    read: Callable[[str], Any]

    def write(self, value: Any) -> str:  # noqa: ANN401 - the choice's own type
        """Text for the URL."""
        return "-".join(map(str, value)) if isinstance(value, tuple) else str(value)


def choices_of(study: Study) -> dict[str, Choice]:
    """Every assumption that this study leaves to the analyst."""
    proposed = Options.of(study)
    panels = ("experts", "groups", *(g.id for g in study.settings.groups))
    found = [Choice("pooling", proposed.pooling, _one_of(panels))]
    shares = {block: round(100 * weight) for block, weight in proposed.block_weights}
    found += [Choice(WEIGHT + b, shares[b], _share) for b in turned_blocks(study)]
    found += [
        Choice(READING + b, reading, _one_of(readings_of(study, b)))
        for b, reading in proposed.readings
    ]
    found.append(
        Choice(
            "method",
            proposed.method,
            _one_of(tuple(study.settings.directions.methods or ranking_methods())),
        )
    )
    if proposed.window is not None and study.settings.resilience is not None:
        lists = ("default", *(v.id for v in study.settings.resilience.variants))
        found += [
            Choice("window", proposed.window, _years),
            Choice("std", proposed.std, _one_of(("sample", "population"))),
            Choice("variant", proposed.variant, _one_of(lists)),
        ]
    return {choice.name: choice for choice in found}


def readings_of(study: Study, key: str) -> tuple[str, ...]:
    """Readings of one computed criterion: by a target only where its block names one."""
    block = next(b for b in study.settings.blocks if b.id == key)
    allowed = set(Options.of(study).readings_of(study)) - {"target"}
    if block.kind == "profile" and block.target:
        allowed.add("target")
    return tuple(r for r in READINGS if r in allowed)


def turned_blocks(study: Study) -> tuple[str, ...]:
    """Blocks whose share can be turned; the first takes what the others leave."""
    return tuple(b.id for b in study.settings.blocks[1:])


def kept_choices(choices: Mapping[str, Choice]) -> MutableMapping[str, Any]:
    """Return what is chosen in this session, taken from the URL where the session is new."""
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = {
            name: _from_url(choice, st.query_params.get(name)) for name, choice in choices.items()
        }
    kept: MutableMapping[str, Any] = st.session_state[_KEPT]
    return kept


def share_choices(choices: Mapping[str, Choice], kept: Mapping[str, Any]) -> None:
    """Write what differs from the study's proposal into the URL, and nothing else."""
    for name, choice in choices.items():
        if kept[name] != choice.proposed:
            text = choice.write(kept[name])
            if st.query_params.get(name) != text:
                st.query_params[name] = text
        elif name in st.query_params:
            del st.query_params[name]


def options_of(study: Study, kept: Mapping[str, Any]) -> Options:
    """Options of a run from what is chosen."""
    proposed = Options.of(study)
    turned = turned_blocks(study)
    shares = {b: kept[WEIGHT + b] / 100 for b in turned}
    first = study.settings.blocks[0].id
    changed = any(
        kept[WEIGHT + b] != round(100 * w) for b, w in proposed.block_weights if b in turned
    )
    weights = ((first, 1 - sum(shares.values())), *shares.items())
    return proposed.replace(
        pooling=kept["pooling"],
        block_weights=weights if changed else proposed.block_weights,
        readings=tuple((b, kept[READING + b]) for b, _ in proposed.readings),
        method=kept["method"],
        window=kept.get("window"),
        std=kept.get("std", proposed.std),
        variant=kept.get("variant", proposed.variant),
        draws=min(proposed.draws, DRAWS),
    )


def changed_choices(
    study: Study, lang: Language, choices: Mapping[str, Choice], kept: Mapping[str, Any]
) -> list[str]:
    """Name every assumption that differs from the study's proposal, in words."""
    names = Names(study, lang)
    said = []
    for name, choice in choices.items():
        if kept[name] == choice.proposed:
            continue
        said.append(
            lang.say(
                "{what}: {chosen} instead of {proposed}",
                what=title_of(name, names, lang),
                chosen=value_in_words(name, kept[name], names, lang),
                proposed=value_in_words(name, choice.proposed, names, lang),
            )
        )
    return said


def title_of(name: str, names: Names, lang: Language) -> str:
    """Name an assumption."""
    if name.startswith(WEIGHT):
        return lang.say("Weight of “{block}”", block=names.block(name.removeprefix(WEIGHT)))
    if name.startswith(READING):
        block = next(b for b in names.study.settings.blocks if b.id == name.removeprefix(READING))
        criterion = block.criterion if block.kind == "profile" else block.id
        return lang.say("Reading of “{criterion}”", criterion=names.criterion(criterion))
    return {
        "pooling": lang.say("How the groups are put together"),
        "method": lang.say("Headline method"),
        "window": lang.say("Years that the index is measured by"),
        "std": lang.say("Standard deviation"),
        "variant": lang.say("List of indicators"),
    }[name]


def value_in_words(name: str, value: Any, names: Names, lang: Language) -> str:  # noqa: ANN401
    """Say a value of an assumption in words."""
    if name.startswith(WEIGHT):
        return lang.percent(value / 100)
    if name == "window":
        return f"{value[0]}–{value[1]}"
    if name == "std":
        return lang.say("of a sample") if value == "sample" else lang.say("of a population")
    if name.startswith(READING):
        return names.reading(value, name.removeprefix(READING))
    say: dict[str, Callable[[str], str]] = {
        "pooling": names.pooling,
        "method": names.method,
        "variant": names.variant,
    }
    return say[name](value)


def _from_url(choice: Choice, text: str | None) -> Any:  # noqa: ANN401 - the choice's own type
    if text is None:
        return choice.proposed
    try:
        return choice.read(text)
    except (ValueError, LookupError):
        return choice.proposed  # a link of another study or an old one


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    return lambda text: known[known.index(text)]


def _share(text: str) -> int:
    share = int(text)
    if not 0 <= share <= LARGEST_SHARE:
        raise ValueError(text)
    return share


def _years(text: str) -> tuple[int, int]:
    first, last = map(int, text.split("-"))
    if not first < last:
        raise ValueError(text)
    return first, last
