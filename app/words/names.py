"""What things are called in the reader's language: never an id where a name belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from app.i18n import Language
from app.study import Study
from app.words import methods
from mcda import METHODS

# An id such as D4 or S1 is how the sources refer to a thing, so it stays beside the name.
_CODE = re.compile(r"[A-Z]{1,3}\d{1,3}")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of everything in one study, in one language."""

    study: Study
    lang: Language

    def alternative(self, key: str) -> str:
        """Direction with its code, if it has one: ``D4 Municipal and household machinery``."""
        return _coded(key, self._cell(self.study.alternatives, key, "title"))

    def short(self, key: str) -> str:
        """Code of a direction or scenario; its name where the id is no code."""
        if _CODE.fullmatch(key):
            return key
        return self.alternative(key) if key in self.study.alternatives.index else self.scenario(key)

    def criterion(self, key: str) -> str:
        """Name of a criterion."""
        return self._cell(self.study.criteria, key, "name")

    def criterion_unit(self, key: str) -> str:
        """Unit of a criterion."""
        return self._cell(self.study.criteria, key, "unit")

    def question(self, key: str) -> str:
        """Title of the block that a question feeds, else the question's own words, to be gone on."""
        for block in self.study.settings.blocks:
            if block.question == key:
                return self.lang.pick(block.title)
        return self.question_text(key).rstrip("?")

    def question_text(self, key: str) -> str:
        """What the experts were asked."""
        return self.lang.pick(self.study.questionnaire.question(key).text)

    def option(self, question: str, key: str) -> str:
        """Name of an answer."""
        return self.lang.pick(next(o.text for o in self.study.options(question) if o.id == key))

    def block(self, key: str) -> str:
        """Name of a block of weights."""
        return self.lang.pick(next(b.title for b in self.study.settings.blocks if b.id == key))

    def group(self, key: str) -> str:
        """Name of a group of experts."""
        return self.lang.pick(next(g.title for g in self.study.settings.groups if g.id == key))

    def pooling(self, key: str) -> str:
        """How the groups are put together."""
        if key == "experts":
            return self.lang.say("all experts by their number")
        if key == "groups":
            return self.lang.say("equal groups")
        return self.group(key)

    def scenario(self, key: str) -> str:
        """Scenario with its code, if it has one."""
        if self.study.scenarios is None:
            return key
        return _coded(key, self._cell(self.study.scenarios.scenarios, key, "name"))

    def indicator(self, key: str) -> str:
        """Indicator of the scenario table, or of the index."""
        return self._indicator(key, "name") or key

    def indicator_unit(self, key: str) -> str:
        """Unit of an indicator of the scenario table, or of the index."""
        return self._indicator(key, "unit")

    def factor(self, key: str) -> str:
        """Name of a factor of the index."""
        resilience = self.study.resilience
        return key if resilience is None else self._cell(resilience.factors, key, "name")

    def series(self, key: str) -> str:
        """Name of an annual series."""
        resilience = self.study.resilience
        if resilience is None or key not in resilience.names.index:
            return key
        return self._cell(resilience.names, key, "name")

    def variant(self, key: str) -> str:
        """Which list of indicators."""
        settings = self.study.settings.resilience
        for variant in settings.variants if settings else ():
            if variant.id == key:
                return self.lang.pick(variant.title)
        return self.lang.say("default list of indicators")

    def method(self, label: str) -> str:
        """Title of a method; ``topsis-vector`` names the normalisation too."""
        if label in METHODS:
            return methods.title(label, self.lang)
        name, _, normalisation = label.rpartition("-")
        title = methods.title(name, self.lang)
        return self.lang.say(
            "{method}, {normalisation}",
            method=title,
            normalisation=self.normalisation(normalisation),
        )

    def normalisation(self, key: str) -> str:
        """How columns are made comparable."""
        say = self.lang.say
        return {
            "minmax": say("min-max normalisation"),
            "max": say("maximum normalisation"),
            "vector": say("vector normalisation"),
            "sum": say("sum normalisation"),
        }.get(key, key)

    def reading(self, key: str, block: str | None = None) -> str:
        """How a criterion computed from profiles is read, of one block or of all at once."""
        say = self.lang.say
        return {
            "popularity": say("by popularity among the experts"),
            "target": self._target(block),
            "off": say("left out"),
        }[key]

    def cause(self, key: str) -> str:
        """Cause of doubt about the first place."""
        say = self.lang.say
        return {
            "experts": say("sampling of the experts"),
            "groups": say("composition of the groups"),
            "other": say("meaning of the unexplained answer"),
            "relevance": say("relevance of answers for criteria"),
            "cells": say("scores of the directions"),
            "blocks": say("weight of the blocks"),
            "reading": say("reading of the computed criterion"),
            "method": say("choice of method"),
            "normalisation": say("choice of normalisation"),
        }[key]

    def verdict(self, key: str) -> str:
        """Outcome of setting a source's statement beside ours."""
        say = self.lang.say
        return {
            "agrees": say("agrees"),
            "differs": say("differs"),
            "cannot_be_tested": say("cannot be tested"),
        }[key]

    def kind(self, key: str) -> str:
        """Where a number comes from."""
        say = self.lang.say
        return {
            "source": say("taken from a source"),
            "assumed": say("assumed"),
            "computed": say("computed"),
        }[key]

    def goal(self, key: str) -> str:
        """How the indicator whose best value is disputed is read."""
        say = self.lang.say
        return {
            "max": say("the more the better"),
            "min": say("the less the better"),
            "target": say("closest to its target"),
            "out": say("left out"),
        }[key]

    def rule(self, key: str) -> str:
        """Rule of consensus."""
        say = self.lang.say
        return {
            "borda": say("Borda count"),
            "copeland": say("Copeland rule"),
            "kemeny": say("Kemeny ranking"),
        }[key]

    def source(self, key: str) -> str:
        """Citation of a source."""
        entry = self.study.settings.sources.get(key)
        return key if entry is None else self.lang.pick(entry.citation)

    def _target(self, block: str | None) -> str:
        """Title that the study gives to its target; blocks that differ have none together."""
        titles = {
            b.target_title
            for b in self.study.settings.blocks
            if b.kind == "profile" and block in {None, b.id}
        }
        title = titles.pop() if len(titles) == 1 else None
        return self.lang.say("by the target options") if title is None else self.lang.pick(title)

    def _indicator(self, key: str, what: str) -> str:
        study = self.study
        for part in (study.scenarios, study.resilience):
            if part is not None and key in part.indicators.index:
                return self._cell(part.indicators, key, what)
        return ""

    def _cell(self, frame: pd.DataFrame, key: str, stem: str) -> str:
        value = frame.loc[key, self.lang.column(stem)]
        return "" if pd.isna(value) else str(value)


def _coded(key: str, title: str) -> str:
    return f"{key} {title}" if _CODE.fullmatch(key) else title
