"""What it would pay to learn before choosing."""

from __future__ import annotations

from app.analysis import LearningFinding
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import quoted
from mcda.learning import InputValue

CELLS = "cells:"
# A value below so many standard errors is not told from none.
_SURE = 2.0
_TOLD = 3


def sentences(finding: LearningFinding, study: Study, lang: Language) -> list[str]:
    """Say what pays to learn, what does not, and what the unmeasured criteria are worth."""
    names = Names(study, lang)
    found = finding.inputs
    chosen = names.alternative(finding.alternatives[found.chosen])
    method = names.method(finding.method)
    if found.perfect <= 0:
        return [
            lang.say(
                "Whatever were learnt about the inputs, {chosen} would stay the choice by {method}: in no draw does another score higher.",
                chosen=chosen,
                method=method,
            )
        ]
    worth = [name for name in found.order if told_apart(found.inputs[name])]
    idle = [name for name in found.order if name not in worth]
    said = []
    if worth:
        said.append(
            lang.say(
                "Before choosing it pays most to settle this: {inputs}. In brackets is the part of the gain that knowing everything would bring.",
                inputs=lang.listed(
                    [
                        lang.say(
                            "{name} ({share})",
                            name=input_name(name, names, lang),
                            share=lang.percent(found.inputs[name].share),
                        )
                        for name in worth[:_TOLD]
                    ]
                ),
            )
        )
    else:
        said.append(
            lang.say(
                "No single input is worth learning by itself: none would bring a gain that can be told from none."
            )
        )
    if idle:
        said.append(
            lang.say(
                "Learning more about these would change the choice by nothing that can be told from none: {inputs}.",
                inputs=lang.listed(_together(idle, worth, names, lang)),
            )
        )
    if "experts" in idle:
        said.append(lang.say("So asking more experts of the same kind would not pay."))
    said.append(
        lang.say(
            "As things are the choice is {chosen}; whoever knew every input would gain {perfect} ± {error} in the score by {method} on average.",
            chosen=chosen,
            perfect=lang.number(found.perfect, 3),
            error=lang.number(found.perfect_error, 3),
            method=method,
        )
    )
    return [*said, *_missing(finding, names, lang)]


def _together(idle: list[str], worth: list[str], names: Names, lang: Language) -> list[str]:
    """Names of inputs; values of three criteria and more are told together."""
    cells = [name for name in idle if name.startswith(CELLS)]
    if len(cells) < _TOLD:
        return [input_name(name, names, lang) for name in idle]
    told = [names.cause(name) for name in idle if name not in cells]
    if any(name.startswith(CELLS) for name in worth):
        return [*told, lang.say("values of the other criteria")]
    return [*told, lang.say("values of any one criterion")]


def told_apart(value: InputValue) -> bool:
    """Whether a value is told from none."""
    return value.value > _SURE * value.standard_error


def input_name(name: str, names: Names, lang: Language) -> str:
    """What can be learnt: a cause of doubt, or the values of one criterion."""
    if not name.startswith(CELLS):
        return names.cause(name)
    criterion = names.criterion(name.removeprefix(CELLS))
    return lang.say("values of “{criterion}”", criterion=criterion)


def _missing(finding: LearningFinding, names: Names, lang: Language) -> list[str]:
    """Say what measuring each criterion that nobody measured would be worth."""
    values = {c: found.inputs["missing"] for c, found in finding.missing.items()}
    if not values:
        return []
    worth = [c for c in values if told_apart(values[c])]
    note = lang.say(
        "Assumed: such a criterion would weigh as much as the others on average, and nothing is known of its values."
    )
    if not worth:
        said = lang.say(
            "Measuring one of the criteria that nobody measured would by itself bring no gain that can be told from none: {criteria}.",
            criteria=quoted(lang, [names.criterion(c) for c in values]),
        )
        return [f"{said} {note}"]
    shares = [values[c].share for c in worth]
    if len(worth) == 1:
        said = lang.say(
            "Of the criteria that nobody measured it would pay to measure “{criterion}”: by itself it brings {gain} of the gain of knowing everything.",
            criterion=names.criterion(worth[0]),
            gain=lang.percent(shares[0]),
        )
        return [f"{said} {note}"]
    said = lang.say(
        "Of the criteria that nobody measured it would pay to measure {criteria}: each by itself brings {low} to {high} of the gain of knowing everything.",
        criteria=quoted(lang, [names.criterion(c) for c in worth]),
        low=lang.percent(min(shares)),
        high=lang.percent(max(shares)),
    )
    return [f"{said} {note}"]
