"""The audit of the argument: every defensible choice, every restatement, and a second opinion."""

from __future__ import annotations

from collections import Counter

from app.analysis import AuditFinding
from app.i18n import Language
from app.study import Study
from app.words.choices import Spread, choice_name, spreads
from app.words.names import Names
from app.words.phrases import ranked, some
from mcda.invariance import MethodAudit, Restatement
from mcda.second_opinion import Agreement, SecondOpinion
from mcda.specification import SpecificationCurve

# Methods told one by one; the page's table shows all.
_TOLD = 3
# Directions that lead in fewer combinations are told together.
_RARELY = 0.02


def sentences(finding: AuditFinding, study: Study, lang: Language) -> list[str]:
    """Say what other choices, other words for the same facts and another program would answer."""
    names = Names(study, lang)
    return [
        *combinations(finding.curve, names, lang),
        *invariance(finding.invariance, names, lang),
        *opinions(finding, names, lang),
    ]


def combinations(curve: SpecificationCurve, names: Names, lang: Language) -> list[str]:
    """Say who is first in how many combinations of choices, and which choice decides."""
    return [
        who(curve, names, lang),
        *what_decides(curve, names, lang),
        *_refused(curve, lang),
    ]


def who(curve: SpecificationCurve, names: Names, lang: Language) -> str:
    """Count the combinations in which each direction is first."""
    leads = ranked({a: round(s, 12) for a, s in curve.first_by.items()})
    total = lang.number(len(curve.specifications), 0)
    first, share = leads[0]
    if len(leads) == 1:
        return lang.say(
            "{first} is first in every one of {total} defensible combinations of panel, reading, share of the computed criteria, method and normalisation.",
            first=names.alternative(first),
            total=total,
        )
    told = [(a, s) for a, s in leads[1:] if s >= _RARELY]
    others = [
        lang.say("{name} in {share}", name=names.alternative(a), share=lang.percent(s))
        for a, s in told
    ]
    rest = sum(s for _, s in leads[1 + len(told) :])
    if rest > 0:
        others.append(lang.say("others in {share}", share=lang.percent(rest, 1)))
    return lang.say(
        "Of {total} defensible combinations of panel, reading, share of the computed criteria, method and normalisation {first} is first in {share}; {others}.",
        total=total,
        first=names.alternative(first),
        share=lang.percent(share),
        others=lang.listed(others),
    )


def what_decides(curve: SpecificationCurve, names: Names, lang: Language) -> list[str]:
    """Say which choice moves the answer most, and by how much each of the others does."""
    found = spreads(curve, names, lang)
    if not found or found[0].high == found[0].low:
        return []
    leader = max(curve.first_by, key=lambda a: curve.first_by[a])
    first, *rest = found
    said = lang.say(
        "What decides most is the {choice}: {name} is first in {low} of the combinations with “{option_low}” and in {high} with “{option_high}”.",
        choice=choice_name(first.choice, lang),
        name=names.short(leader),
        **_ends(first, lang),
    )
    if not rest:
        return [said]
    parts = [
        lang.say(
            "{choice} from {low} (“{option_low}”) to {high} (“{option_high}”)",
            choice=choice_name(each.choice, lang),
            **_ends(each, lang),
        )
        for each in rest
    ]
    return [said, lang.say("The others move it less: {parts}.", parts="; ".join(parts))]


def _ends(spread: Spread, lang: Language) -> dict[str, str]:
    return {
        "low": lang.percent(spread.low),
        "high": lang.percent(spread.high),
        "option_low": spread.lowest,
        "option_high": spread.highest,
    }


def _refused(curve: SpecificationCurve, lang: Language) -> list[str]:
    said = []
    if curve.sampled:
        said.append(
            lang.say(
                "These are a random sample of {total} combinations.",
                total=lang.number(curve.total, 0),
            )
        )
    reasons = Counter(lang.sentence(each.reason) for each in curve.refused)
    if reasons:
        said.append(
            lang.say(
                "Combinations that cannot be computed, {count} of {total}, are left out: {reasons}.",
                count=lang.number(len(curve.refused), 0),
                total=lang.number(curve.total, 0),
                reasons=some([reason for reason, _ in reasons.most_common()], lang, 3),
            )
        )
    return said


def restated(how: Restatement, lang: Language) -> str:
    """How a criterion was told otherwise."""
    return {
        Restatement.UNIT: lang.say("in another unit"),
        Restatement.ZERO: lang.say("from another zero"),
        Restatement.POINTS: lang.say("as points from 1 to 5"),
        Restatement.COMPLEMENT: lang.say("as its complement"),
    }[how]


def invariance(audits: tuple[MethodAudit, ...], names: Names, lang: Language) -> list[str]:
    """Say which methods answer otherwise when the same criterion is only told otherwise."""
    tried = [a for a in audits if a.refused is None]
    if not tried:
        return []
    tipped = [a for a in tried if any(t.first_changes for t in a.changes)]
    moved = [a for a in tried if a.changes and a not in tipped]
    same = [a for a in tried if a not in tipped and a not in moved]
    said = [
        lang.say(
            "Each criterion was told otherwise, which adds no information: in a unit a thousand times smaller, from another zero, as points from 1 to 5, as its complement (how much is lacking instead of how much there is). Of {total} methods, one of each class, {same} give the same order every time, {moved} change it below the first place, and {tipped} put another direction first.",
            total=len(tried),
            same=len(same),
            moved=len(moved),
            tipped=len(tipped),
        )
    ]
    if tipped:
        order = sorted(tipped, key=lambda a: -sum(t.first_changes for t in a.changes))
        parts = [_tipped(a, names, lang) for a in order[:_TOLD]]
        if len(tipped) > _TOLD:
            said.append(
                lang.say("Another first place most often by: {parts}.", parts="; ".join(parts))
            )
        else:
            said.append(lang.say("Another first place by: {parts}.", parts="; ".join(parts)))
    gone = [a for a in audits if a.refused is not None]
    if gone:
        said.append(
            lang.say(
                "Not put to this test, because their parameters are in the criteria's units and would have to be restated too: {methods}.",
                methods=some([names.method(a.label) for a in gone], lang),
            )
        )
    return said


def _tipped(audit: MethodAudit, names: Names, lang: Language) -> str:
    tips = [t for t in audit.changes if t.first_changes]
    by_criterion: dict[str, list[str]] = {}
    for each in tips:
        by_criterion.setdefault(each.criterion, []).append(restated(each.restatement, lang))
    parts = [
        lang.say("“{criterion}” {ways}", criterion=names.criterion(c), ways=lang.listed(ways))
        for c, ways in by_criterion.items()
    ]
    return lang.say(
        "{method} ({parts})", method=names.method(audit.label), parts=some(parts, lang, 3)
    )


def opinions(finding: AuditFinding, names: Names, lang: Language) -> list[str]:
    """Say by which methods pymcdm agrees, where it differs and why."""
    if not finding.opinions:
        return []
    groups: dict[Agreement, list[str]] = {}
    for label, opinion in finding.opinions.items():
        groups.setdefault(opinion.agreement, []).append(label)
    alike = len(groups.get(Agreement.SCORES, [])) + len(groups.get(Agreement.SCALE, []))
    absent = groups.get(Agreement.ABSENT, [])
    said = [
        lang.say(
            "A second opinion on the same problem, by pymcdm {version}: of the {total} methods that it has, {alike} give the same order.",
            version=next(iter(finding.opinions.values())).version,
            total=len(finding.opinions) - len(absent),
            alike=alike,
        )
    ]
    said += [
        lang.say(
            "{method}, another order ({moved} otherwise): {reason}.",
            method=names.method(label),
            moved=some([names.short(a) for a in finding.opinions[label].moved], lang),
            reason=why(finding.opinions[label], lang),
        )
        for label in groups.get(Agreement.DIFFERS, [])
    ]
    if groups.get(Agreement.REFUSED):
        said.append(
            lang.say(
                "It gives no answer on these data by {methods}.",
                methods=some([names.method(m) for m in groups[Agreement.REFUSED]], lang),
            )
        )
    if absent:
        said.append(
            lang.say(
                "It does not have, or not with these settings: {methods}.",
                methods=some([names.method(m) for m in absent], lang),
            )
        )
    return said


def why(opinion: SecondOpinion, lang: Language) -> str:
    """Why the library differs, has no answer, or scores on another scale."""
    if opinion.agreement in {Agreement.SCORES, Agreement.ABSENT}:
        return ""
    if opinion.reason is None:
        return lang.say("no known reason reproduces its figures")
    return lang.sentence(opinion.reason).rstrip(".")


def agreement(opinion: SecondOpinion, lang: Language) -> str:
    """How the library's answer compares with ours."""
    return {
        Agreement.SCORES: lang.say("the same scores"),
        Agreement.SCALE: lang.say("the same order, scores on another scale"),
        Agreement.DIFFERS: lang.say("another order"),
        Agreement.REFUSED: lang.say("the library fails on this problem"),
        Agreement.ABSENT: lang.say("the library does not have this method or setting"),
    }[opinion.agreement]
