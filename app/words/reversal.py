"""Whether the order depends on which directions happen to be compared."""

from __future__ import annotations

from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import some
from mcda.pairwise import Reversal
from mcda.reversal import RankReversal, ReversalCase, ReversalTest

# Cases told one by one; the page's table shows all.
_TOLD = 3


def sentences(finding: RankReversal, method: str, study: Study, lang: Language) -> list[str]:
    """Say whether leaving out, adding, worsening and ranking by pairs keep the order."""
    if len(finding.pairs.alternatives) < 2:
        return []
    names = Names(study, lang)
    title = names.method(method)
    return [
        _first_place(finding, title, names, lang),
        *_further_down(finding, names, lang),
        _pairs(finding, names, lang),
    ]


def case(each: ReversalCase, names: Names, lang: Language) -> str:
    """What was done to the alternatives."""
    name = "" if each.alternative is None else names.short(each.alternative)
    return {
        ReversalTest.LEFT_OUT: lang.say("without {name}", name=name),
        ReversalTest.COPIED: lang.say("with a copy of {name}", name=name),
        ReversalTest.DOMINATED: lang.say("with one more that is worst on every criterion"),
        ReversalTest.WORSENED: lang.say("with {name} made worse", name=name),
        ReversalTest.PAIRS: lang.say("every pair alone"),
    }[each.test]


def turned(each: Reversal, names: Names, lang: Language) -> str:
    """How two alternatives stand now."""
    fields = {"upper": names.short(each.upper), "lower": names.short(each.lower)}
    if each.after == "=":
        return lang.say("{upper} and {lower} are level", **fields)
    if each.after == ">":
        return lang.say("{upper} stands above {lower}", **fields)
    return lang.say("{lower} stands above {upper}", **fields)


def _first_place(finding: RankReversal, title: str, names: Names, lang: Language) -> str:
    lost, total = finding.costs_first_place, len(finding.cases)
    if not lost:
        said = lang.say(
            "By {method} the first place does not hang on what else is compared: it keeps in all {total} repetitions (a direction left out, an irrelevant one added, one made worse).",
            method=title,
            total=total,
        )
    else:
        parts = [
            lang.say(
                "{case} — {first}",
                case=case(c, names, lang),
                first=lang.listed([names.short(a) for a in c.first])
                or lang.say("the one that was added"),
            )
            for c in lost[:_TOLD]
        ]
        said = lang.say(
            "By {method} the first place hangs on what else is compared: another is first in {count} of {total} repetitions ({parts}).",
            method=title,
            count=len(lost),
            total=total,
            parts="; ".join(parts),
        )
    refused = sum(c.refused is not None for c in finding.cases)
    if not refused:
        return said
    return f"{said} " + lang.say(
        "Repetitions that the method does not take: {count}.", count=refused
    )


def _further_down(finding: RankReversal, names: Names, lang: Language) -> list[str]:
    """Name the cases that turn a pair and leave the first place."""
    cases = [c for c in finding.cases if c.reversals and not c.first_lost]
    if not cases:
        return []
    parts = [
        lang.say(
            "{case} {turned}",
            case=case(c, names, lang),
            turned=lang.listed([turned(r, names, lang) for r in c.reversals]),
        )
        for c in cases[:_TOLD]
    ]
    return [
        lang.say(
            "Below the first place the order changes in {count} of {total} repetitions: {parts}.",
            count=len(cases),
            total=len(finding.cases),
            parts="; ".join(parts),
        )
    ]


def _pairs(finding: RankReversal, names: Names, lang: Language) -> str:
    pairs = finding.pairs
    if pairs.refused:
        return lang.say(
            "Ranked pair by pair: the method does not take {count} of the pairs.",
            count=len(pairs.refused),
        )
    if pairs.cycles:
        return lang.say(
            "Ranked pair by pair no order comes out: {circle} go round in a circle.",
            circle=lang.listed([names.short(a) for a in pairs.cycles[0]]),
        )
    if pairs.reversals:
        return lang.say(
            "Ranked pair by pair an order comes out, but another one: {parts}.",
            parts=some([turned(r, names, lang) for r in pairs.reversals], lang, 5),
        )
    return lang.say("Ranked pair by pair the same order comes out.")
