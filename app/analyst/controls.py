"""Widgets for the assumptions: each says what it is, and that it is an assumption."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.analysis import Options
from app.analyst.choices import (
    LARGEST_SHARE,
    READING,
    WEIGHT,
    Choice,
    choices_of,
    kept_choices,
    options_of,
    readings_of,
    share_choices,
    title_of,
    value_in_words,
)
from app.analyst.provenance import badge
from app.analyst.results import Results
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from mcda import ProblemError, ranking_methods
from scenarios import ScenarioError
from survey import SurveyError

# Which assumptions act on which part of the results.
PRIORITIES = ("pooling",)
WEIGHTS = ("pooling", WEIGHT, READING)
RANKING = (*WEIGHTS, "method")
INDEX = ("window", "std", "variant")

_STEP = 5  # percentage points of a block's weight


def choose(study: Study, lang: Language, page: str, acting: tuple[str, ...]) -> Options:
    """Show the assumptions that act on a page in the sidebar, and return all that are chosen.

    Parameters
    ----------
    page
        Path of the page.
    acting
        Names of assumptions, or the beginnings of names.
    """
    choices = choices_of(study)
    kept = kept_choices(choices)
    shown = [name for name in choices if name.startswith(acting)] if acting else []
    with st.sidebar:
        if shown:
            title = lang.say("Assumptions")
            st.markdown(f"**{title}**")  # no heading: the page's own begin with its title
            told = lang.say("Move one and the figures of this page follow at once.")
            st.markdown(f"{badge(lang, 'assumed')} :small[{told}]")
            panel = _Panel(study, lang, page, Names(study, lang), choices, kept)
            for name in shown:
                panel.show(name)
        st.button(
            lang.say("Back to the study's assumptions"),
            on_click=_reset,
            args=(choices, kept),
            disabled=all(kept[name] == choice.proposed for name, choice in choices.items()),
            width="stretch",
        )
    share_choices(choices, kept)
    return options_of(study, kept)


def _reset(choices: Mapping[str, Choice], kept: MutableMapping[str, Any]) -> None:
    for name, choice in choices.items():
        kept[name] = choice.proposed
        for key in list(st.session_state):
            if str(key).startswith(f"{name}."):
                st.session_state[key] = choice.proposed


@dataclass(frozen=True, slots=True)
class _Panel:
    study: Study
    lang: Language
    page: str
    names: Names
    choices: Mapping[str, Choice]
    kept: MutableMapping[str, Any]

    def show(self, name: str) -> None:
        """Show one assumption, keep what is chosen, and say what the study proposes."""
        # Streamlit tells widgets apart by page and label; each gets a key of its own and starts
        # from what is kept.
        key = f"{name}.{self.page}.{self.lang.code}"
        if key not in st.session_state:
            st.session_state[key] = self.kept[name]
        self.kept[name] = self._widget(name, key)
        proposed = value_in_words(name, self.choices[name].proposed, self.names, self.lang)
        st.caption(self.lang.say("The study proposes: {value}.", value=proposed))

    def _widget(self, name: str, key: str) -> Any:  # noqa: ANN401 - the choice's own type
        label, told = title_of(name, self.names, self.lang), self._explained(name)
        if name.startswith(WEIGHT):
            return st.slider(
                label, 0, self._room(name), step=_STEP, format="%d %%", key=key, help=told
            )
        if name == "window":
            return st.slider(label, *self._years(), key=key, help=told)
        known = self._values(name)

        def in_words(value: str) -> str:
            return value_in_words(name, value, self.names, self.lang)

        if name.startswith(READING) or name == "std":
            return st.radio(label, known, format_func=in_words, key=key, help=told)
        return st.selectbox(label, known, format_func=in_words, key=key, help=told)

    def _values(self, name: str) -> tuple[str, ...]:
        """Return what an assumption can be set to."""
        settings = self.study.settings
        if name.startswith(READING):
            return readings_of(self.study, name.removeprefix(READING))
        match name:
            case "pooling":
                return ("experts", "groups", *(g.id for g in settings.groups))
            case "method":
                methods = settings.directions.methods or ranking_methods()
                return tuple(m for m in methods if m == self.kept[name] or self._takes(m))
            case "std":
                return ("sample", "population")
        index = settings.resilience
        return ("default", *(v.id for v in (index.variants if index else ())))

    def _explained(self, name: str) -> str:
        """Say what an assumption is."""
        say = self.lang.say
        kind = next((k for k in (WEIGHT, READING) if name.startswith(k)), name)
        return {
            WEIGHT: say(
                "Assumption: how much this question counts in the weights of the criteria; the first question takes the rest."
            ),
            READING: say(
                "Assumption: which answers count in a direction's favour. Popularity takes the experts' own priorities, the target only the answers that the study names as its target."
            ),
            "pooling": say(
                "Assumption: whose answers count how much when the groups become one panel."
            ),
            "method": say(
                "Assumption: which method the headline ranking uses. Every other method is shown beside it; one that cannot take the data is not offered."
            ),
            "window": say(
                "Assumption: mean and standard deviation of every indicator are taken over these years. Zero of the index is their mean."
            ),
            "std": say("Assumption: whether the sum of squares is divided by n − 1 or by n."),
            "variant": say("Assumption: which indicators the index is made of."),
        }[kind]

    def _room(self, name: str) -> int:
        """Return the largest share that the other blocks leave."""
        others = sum(
            self.kept[other] for other in self.choices if other.startswith(WEIGHT) and other != name
        )
        return int(max(_STEP, LARGEST_SHARE - others, self.kept[name]))

    def _takes(self, method: str) -> bool:
        """Whether a method takes the data under the study's own assumptions."""
        try:
            found = Results(self.study, Options.of(self.study)).directions
        except (ProblemError, SurveyError, ScenarioError):
            return True
        return method in found.results

    def _years(self) -> tuple[int, int]:
        """Years for which the study's own index is known."""
        first, last = self.choices["window"].proposed
        try:
            found = Results(self.study, Options.of(self.study)).resilience
        except (ProblemError, SurveyError, ScenarioError):
            return first, last
        years = found.index.levels() if found else {}
        return min([*years, first]), max([*years, last])
