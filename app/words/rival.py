"""What the direction that comes second needs to be first, one assumption at a time."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis import Case, DirectionsFinding
from app.i18n import Language
from app.words.names import Names
from app.words.phrases import quoted, ranked


def sentences(finding: DirectionsFinding, names: Names, lang: Language) -> list[str]:
    """Say what the second of the count needs to lead: a reading, a normalisation, a panel."""
    leads = ranked(finding.first_by)
    if len(leads) < 2:
        return []
    second = leads[1][0]
    said = [
        _needed_reading(finding.by_reading, second, names, lang),
        _needed_normalisation(finding.by_normalisation, second, names, lang),
        _needed_panel(finding.by_panel, second, names, lang),
    ]
    return [each for each in said if each]


def _needed_reading(cases: Sequence[Case], rival: str, names: Names, lang: Language) -> str:
    computed = [b.criterion for b in names.study.settings.blocks if b.kind == "profile"]
    readings = list(dict.fromkeys(c.reading for c in cases))
    if len(readings) < 2:
        return ""
    return lang.say(
        "What {rival} needs. Classes of methods that it leads by the reading of {criteria}: {parts}.",
        rival=names.short(rival),
        criteria=quoted(lang, [names.criterion(c) for c in computed]),
        parts="; ".join(
            _part(names.reading(reading), [c for c in cases if c.reading == reading], rival, lang)
            for reading in readings
        ),
    )


def _needed_normalisation(cases: Sequence[Case], rival: str, names: Names, lang: Language) -> str:
    mine = [names.method(c.label) for c in cases if rival in c.first]
    if not mine:
        return lang.say(
            "With the present reading no method and no normalisation puts {rival} first.",
            rival=names.short(rival),
        )
    if len(mine) == len(cases):
        return lang.say(
            "With the present reading every method and normalisation puts {rival} first.",
            rival=names.short(rival),
        )
    return lang.say(
        "With the present reading {rival} is first only by {methods}: {count} of {total} methods and normalisations.",
        rival=names.short(rival),
        methods="; ".join(mine),
        count=len(mine),
        total=len(cases),
    )


def _needed_panel(cases: Sequence[Case], rival: str, names: Names, lang: Language) -> str:
    """Panels in which the rival leads as many methods are told together."""
    by_panel: dict[str, list[str]] = {}
    for panel in dict.fromkeys(c.pooling for c in cases):
        mine = [c for c in cases if c.pooling == panel]
        count = lang.say(
            "{count} of {total}", count=sum(rival in c.first for c in mine), total=len(mine)
        )
        by_panel.setdefault(count, []).append(names.pooling(panel))
    if len(by_panel) == 1:
        return lang.say(
            "The panel of experts makes no difference to {rival}: it leads {count} methods and normalisations in each.",
            rival=names.short(rival),
            count=next(iter(by_panel)),
        )
    return lang.say(
        "Methods and normalisations that {rival} leads by panel of experts: {parts}.",
        rival=names.short(rival),
        parts="; ".join(
            lang.say("{count} ({panels})", count=count, panels=", ".join(panels))
            for count, panels in by_panel.items()
        ),
    )


def _part(title: str, cases: Sequence[Case], rival: str, lang: Language) -> str:
    return lang.say(
        "{count} of {total} ({title})",
        title=title,
        count=sum(rival in c.first for c in cases),
        total=len(cases),
    )
