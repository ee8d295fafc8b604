"""What the checks of a wave of answers have found."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import Language


def checks_in_words(counts: Mapping[str, int], lang: Language) -> list[str]:
    """How often each check has flagged an answer; every check is named, also with none."""
    say = lang.say
    titles = {
        "speed": say("answered fast"),
        "straight_lining": say("same answer down a scale"),
        "duplicate": say("same answers as another respondent"),
        "missing": say("much left empty"),
        "impossible": say("impossible answers"),
    }
    return [
        say("{name}: {value}", name=title, value=lang.number(counts.get(check, 0), 0))
        for check, title in titles.items()
    ]
