"""What each group of experts moves: the priorities and the first place without it."""

from __future__ import annotations

from typing import Final

import numpy as np

from app.analysis import ExpertsFinding, QuestionGroups
from app.i18n import Language
from app.words.names import Names
from app.words.phrases import quoted
from mcda.problem import Array

# A priority that moves by less is not told.
_MOVED: Final = 0.01
# Weights that differ by less are one.
_LEVEL_WEIGHTS: Final = 1e-12


def sentences(finding: ExpertsFinding, names: Names, lang: Language) -> list[str]:
    """Say what leaving out one group changes."""
    return [*_influence(finding, names, lang), *_firsts(finding, names, lang)]


def _influence(finding: ExpertsFinding, names: Names, lang: Language) -> list[str]:
    said = []
    for question, each in finding.questions.items():
        if not each.influence:
            continue
        most = max(each.influence, key=lambda i: i.moved)
        if most.moved < _MOVED:
            said.append(
                lang.say(
                    "{question}: leaving out any one group moves less than {least} of the priorities.",
                    question=names.question(question),
                    least=lang.percent(_MOVED, 0),
                )
            )
            continue
        options = [o.option for o in each.comparison.options]
        k = int(np.argmax(np.abs(most.change)))
        said.append(
            lang.say(
                "{question}: the priorities depend most on “{group}”: without this group {moved} of the whole weight goes elsewhere, most of all “{option}” changes, from {before} to {after}.",
                question=names.question(question),
                group=names.group(most.group),
                moved=lang.percent(most.moved, 0),
                option=names.option(question, options[k]),
                before=lang.number(float(most.weights[k] - most.change[k]), 3),
                after=lang.number(float(most.weights[k]), 3),
            )
        )
        said += _new_first(question, each, names, lang)
    return said


def _new_first(question: str, each: QuestionGroups, names: Names, lang: Language) -> list[str]:
    """Groups without which another answer of known meaning has the highest priority."""
    options = [o.option for o in each.comparison.options]
    residual = {o.id for o in names.study.options(question) if o.residual}
    known = [k for k, o in enumerate(options) if o not in residual]
    if not known or not each.influence:
        return []

    def first(weights: Array) -> tuple[str, ...]:
        most = max(float(weights[k]) for k in known)
        return tuple(options[k] for k in known if weights[k] >= most - _LEVEL_WEIGHTS)

    def told(found: tuple[str, ...]) -> str:
        return quoted(lang, [names.option(question, o) for o in found])

    now = first(each.influence[0].weights - each.influence[0].change)
    changes = [
        lang.say(
            "without “{group}” {options}",
            group=names.group(i.group),
            options=told(first(i.weights)),
        )
        for i in each.influence
        if first(i.weights) != now
    ]
    if not changes:
        return [
            lang.say(
                "{question}: of the answers of known meaning {options} stays first whichever group is left out.",
                question=names.question(question),
                options=told(now),
            )
        ]
    return [
        lang.say(
            "{question}: of the answers of known meaning {options} comes first; {changes}.",
            question=names.question(question),
            options=told(now),
            changes="; ".join(changes),
        )
    ]


def _firsts(finding: ExpertsFinding, names: Names, lang: Language) -> list[str]:
    """Say without which group the first place of the ranking goes elsewhere."""
    if not finding.first_without:
        return []
    method = names.method(finding.method)
    changes = [
        lang.say(
            "without “{group}” to {first}",
            group=names.group(group),
            first=lang.listed([names.alternative(a) for a in first]),
        )
        for group, first in finding.first_without.items()
        if first != finding.first
    ]
    if not changes:
        return [
            lang.say(
                "Whichever group is left out, the first place by {method} stays with {first}.",
                method=method,
                first=lang.listed([names.alternative(a) for a in finding.first]),
            )
        ]
    return [
        lang.say(
            "The first place by {method} depends on who is asked: it goes {changes}.",
            method=method,
            changes="; ".join(changes),
        )
    ]
