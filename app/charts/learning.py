"""What it would pay to learn, as a chart."""

from __future__ import annotations

from typing import Any

from app.analysis import LearningFinding
from app.charts.bars import Bar, bars, told
from app.charts.theme import dressed
from app.i18n import Language
from app.study import Study
from app.words.learning import CELLS, input_name, told_apart
from app.words.names import Names

_LEAST = 0.001


def inputs(finding: LearningFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401 - a chart
    """Gain of learning each input by itself; None where knowing everything brings nothing."""
    found = finding.inputs
    if found.perfect <= 0 or not found.inputs:
        return None
    names = Names(study, lang)
    given = [
        Bar(
            input_name(name, names, lang),
            value.share,
            value.standard_error / found.perfect,
            told_apart(value),
        )
        for name, value in found.inputs.items()
        # Values that bring nothing at all are told in words: their rows would be empty.
        if value.share >= _LEAST or not name.startswith(CELLS)
    ]
    return dressed(
        bars(
            given,
            lang,
            what=lang.say("what is learnt"),
            axis=lang.say(
                "part of the gain of knowing everything; the line is ± one standard error; grey is not told from none"
            ),
            value=lang.say("part of the gain"),
        ),
        lang,
        title=lang.say("What it would pay to learn before choosing"),
        description=told(given, lang),
    )
