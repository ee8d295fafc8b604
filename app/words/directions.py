"""Which direction leads, by what, and what would tip it."""

from __future__ import annotations

from app.analysis import DirectionsFinding
from app.i18n import Language
from app.study import Study
from app.words import rival
from app.words.names import Names
from app.words.phrases import counted, quoted, ranked, votes

# How many of the nearest changes of weight are told; the page's chart shows all.
_TIPS = 3


def sentences(finding: DirectionsFinding, study: Study, lang: Language) -> list[str]:
    """Say who leads, what a rival needs, what change of weights would tip it, and the gaps."""
    names = Names(study, lang)
    return [
        who_leads(finding, study, lang),
        under_own_reading(finding, study, lang),
        _headline(finding, names, lang),
        *rival.sentences(finding, names, lang),
        *what_would_tip(finding, study, lang),
        _consensus(finding, names, lang),
        *unmeasured(finding, study, lang),
        *_gaps(finding, names, lang),
    ]


def who_leads(finding: DirectionsFinding, study: Study, lang: Language) -> str:
    """Count the combinations of method class and reading that each direction leads.

    The total depends on which readings are counted, so they are told one by one besides.
    """
    return " ".join([_count(finding, study, lang), *_by_reading(finding, study, lang)])


def _count(finding: DirectionsFinding, study: Study, lang: Language) -> str:
    names = Names(study, lang)
    leads = ranked(finding.first_by)
    total = len(finding.by_reading)
    first, count = leads[0]
    if len(leads) == 1:
        return lang.say(
            "{first} leads all {total} combinations of method and reading.",
            first=names.alternative(first),
            total=total,
        )
    others = [
        lang.say("{name} {count}", name=names.alternative(each), count=counted(lang, n))
        for each, n in leads[1:]
    ]
    return lang.say(
        "{first} leads {count} of the {total} combinations of method and reading; {others}.",
        first=names.alternative(first),
        count=counted(lang, count),
        total=total,
        others=lang.listed(others),
    )


def _by_reading(finding: DirectionsFinding, study: Study, lang: Language) -> list[str]:
    """Say who leads by how many classes under each reading."""
    names = Names(study, lang)
    readings = list(dict.fromkeys(c.reading for c in finding.by_reading))
    if len(readings) < 2:
        return []
    parts = []
    for reading in readings:
        cases = [c for c in finding.by_reading if c.reading == reading]
        first, count = ranked(votes(c.first for c in cases))[0]
        parts.append(
            lang.say(
                "{reading}: {first} by {count} of {total}",
                reading=names.reading(reading),
                first=names.short(first),
                count=counted(lang, count),
                total=len(cases),
            )
        )
    return [lang.say("Reading by reading: {parts}.", parts="; ".join(parts))]


def under_own_reading(finding: DirectionsFinding, study: Study, lang: Language) -> str:
    """Say who leads by how many classes of methods under the options' reading."""
    names = Names(study, lang)
    reading = finding.by_panel[0].reading
    cases = [c for c in finding.by_reading if c.reading == reading]
    leads = ranked(votes(c.first for c in cases))
    first, count = leads[0]
    said = lang.say(
        "With the present assumptions {first} leads {count} of {total} classes of methods",
        first=names.alternative(first),
        count=counted(lang, count),
        total=len(cases),
    )
    others = [
        lang.say(
            "{name} by {methods}",
            name=names.alternative(each),
            methods=lang.listed([names.method(c.label) for c in cases if each in c.first]),
        )
        for each, _ in leads[1:]
    ]
    if not others:
        return said + "."
    return lang.say("{said}, {others}.", said=said, others=lang.listed(others))


def what_would_tip(finding: DirectionsFinding, study: Study, lang: Language) -> list[str]:
    """Name the nearest changes of one weight that would change the first place."""
    names = Names(study, lang)
    tips: list[tuple[float, str]] = []
    for each in finding.stability:
        criterion, weight = names.criterion(each.criterion), lang.number(each.weight, 2)
        if each.above is not None:
            said = lang.say(
                "{rival} takes the first place if “{criterion}” weighs more than {limit} instead of {weight}",
                rival=names.short(each.above),
                criterion=criterion,
                limit=lang.number(each.high, 2),
                weight=weight,
            )
            tips.append((each.high - each.weight, said))
        if each.below is not None:
            said = lang.say(
                "{rival} takes the first place if “{criterion}” weighs less than {limit} instead of {weight}",
                rival=names.short(each.below),
                criterion=criterion,
                limit=lang.number(each.low, 2),
                weight=weight,
            )
            tips.append((each.weight - each.low, said))
    method = names.method(finding.headline)
    if not tips:
        return [
            lang.say(
                "By {method} no change of a single weight takes the first place away.",
                method=method,
            )
        ]
    nearest = [said for _, said in sorted(tips, key=lambda tip: tip[0])[:_TIPS]]
    return [
        lang.say(
            "By {method}, the nearest changes of a single weight that would tip it, the others keeping their proportions: {tips}.",
            method=method,
            tips="; ".join(nearest),
        )
    ]


def unmeasured(finding: DirectionsFinding, study: Study, lang: Language) -> list[str]:
    """Name the criteria that matter and that nobody has measured."""
    if not finding.unmeasured:
        return []
    names = Names(study, lang)
    return [
        lang.say(
            "Nobody has measured {criteria}: the ranking is silent about them.",
            criteria=quoted(lang, [names.criterion(c) for c in finding.unmeasured]),
        )
    ]


def _headline(finding: DirectionsFinding, names: Names, lang: Language) -> str:
    result = finding.result
    order = sorted(range(len(result.ranks)), key=lambda k: (result.ranks[k], k))
    first, *rest = order
    fields = {
        "method": names.method(finding.headline),
        "first": names.alternative(result.alternatives[first]),
        "score": lang.number(float(result.scores[first]), 3),
    }
    if not rest:
        return lang.say("By {method}, {first} scores {score}.", **fields)
    fields["second"] = names.alternative(result.alternatives[rest[0]])
    fields["other"] = lang.number(float(result.scores[rest[0]]), 3)
    if result.higher_is_better:
        return lang.say(
            "By {method}, {first} scores {score}, {second} comes next with {other}.", **fields
        )
    return lang.say(
        "By {method}, where less is better, {first} scores {score}, {second} comes next with {other}.",
        **fields,
    )


def _consensus(finding: DirectionsFinding, names: Names, lang: Language) -> str:
    firsts: dict[str, list[str]] = {}
    for each in finding.consensus:
        best = each.ranks.min()
        tops = [
            a for a, r in zip(finding.problem.alternatives, each.ranks, strict=True) if r == best
        ]
        firsts.setdefault(lang.listed([names.alternative(a) for a in tops]), []).append(
            names.rule(each.rule)
        )
    return lang.say(
        "Consensus of the methods, first place: {parts}.",
        parts="; ".join(
            lang.say("{name} ({rules})", name=name, rules=lang.listed(rules))
            for name, rules in firsts.items()
        ),
    )


def _gaps(finding: DirectionsFinding, names: Names, lang: Language) -> list[str]:
    said = [
        lang.say(
            "“{first}” and “{second}” say nearly the same (correlation {correlation}): together they may count twice.",
            first=names.criterion(a),
            second=names.criterion(b),
            correlation=lang.number(r, 2),
        )
        for a, b, r in finding.correlated
    ]
    said += [
        lang.say(
            "{method} does not take these data and is left out: {reason}.",
            method=names.method(label),
            reason=lang.sentence(reason),
        )
        for label, reason in finding.not_applicable.items()
    ]
    return said
