"""What the groups of experts say apart, and what their rankings make together."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from app.analysis import GroupsFinding
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import place
from mcda.problem import Array


def sentences(
    finding: GroupsFinding | None, method: str, study: Study, lang: Language
) -> list[str]:
    """Say whom each group alone puts first, where they differ, and what consensus comes of it."""
    if finding is None:
        return [
            lang.say(
                "Fewer than two groups of experts can be ranked by alone, so there is nothing to put together."
            )
        ]
    names = Names(study, lang)
    return [
        _firsts(finding, method, names, lang),
        *_differ(finding, names, lang),
        *_alike(finding, names, lang),
        _together(finding, names, lang),
    ]


def firsts_of(ranks: Array, alternatives: tuple[str, ...]) -> tuple[str, ...]:
    """Who is first; several where they are level."""
    return tuple(a for a, r in zip(alternatives, ranks, strict=True) if r == ranks.min())


def rankings(finding: GroupsFinding, names: Names, lang: Language) -> dict[str, Array]:
    """Every ranking of the finding by its name: the groups, all answers together, the rules."""
    found = {names.group(g): ranks for g, ranks in finding.ranks.items()}
    found[lang.say("all answers together")] = finding.pooled
    for rule in finding.rules:
        found[names.rule(rule.rule)] = rule.ranks
    if finding.kemeny is not None:
        found[names.rule("kemeny")] = finding.kemeny.ranks
    return found


def _firsts(finding: GroupsFinding, method: str, names: Names, lang: Language) -> str:
    firsts = {g: firsts_of(r, finding.alternatives) for g, r in finding.ranks.items()}
    fields = {"method": names.method(method)}
    if len(set(firsts.values())) == 1:
        return lang.say(
            "By the answers of each of the {count} groups alone the first place goes the same way, by {method}: {first}.",
            count=len(firsts),
            first=lang.listed([names.alternative(a) for a in next(iter(firsts.values()))]),
            **fields,
        )
    parts = [
        lang.say(
            "{group} — {first}",
            group=names.group(g),
            first=lang.listed([names.alternative(a) for a in first]),
        )
        for g, first in firsts.items()
    ]
    return lang.say(
        "By the answers of one group alone the first place differs, by {method}: {parts}.",
        parts="; ".join(parts),
        **fields,
    )


def _differ(finding: GroupsFinding, names: Names, lang: Language) -> list[str]:
    """Name the direction that two groups place furthest apart."""
    gaps = {
        (a, b, k): abs(finding.ranks[a][k] - finding.ranks[b][k])
        for a, b in combinations(finding.ranks, 2)
        for k in range(len(finding.alternatives))
    }
    a, b, k = max(gaps, key=lambda key: gaps[key])
    if gaps[a, b, k] == 0:
        return [lang.say("The groups put all the directions in the same order.")]
    return [
        lang.say(
            "The groups differ most about {name}: place {first} by “{group}”, place {second} by “{other}”.",
            name=names.alternative(finding.alternatives[k]),
            first=place(lang, finding.ranks[a][k]),
            group=names.group(a),
            second=place(lang, finding.ranks[b][k]),
            other=names.group(b),
        )
    ]


def _alike(finding: GroupsFinding, names: Names, lang: Language) -> list[str]:
    """Name the pairs of groups that agree most and least."""
    known = {pair: tau for pair, tau in finding.alike.items() if tau is not None}
    if not known:
        return []
    most, least = max(known, key=known.__getitem__), min(known, key=known.__getitem__)

    def told(pair: tuple[str, str]) -> str:
        return lang.say(
            "“{first}” and “{second}” ({tau})",
            first=names.group(pair[0]),
            second=names.group(pair[1]),
            tau=lang.number(known[pair], 2),
        )

    if known[most] == known[least]:
        return [
            lang.say(
                "Agreement of the groups' rankings, Kendall's tau-b from −1 to 1: {tau}.",
                tau=lang.number(float(np.mean(list(known.values()))), 2),
            )
        ]
    return [
        lang.say(
            "Agreement of the groups' rankings, Kendall's tau-b from −1 to 1: highest for {most}, lowest for {least}.",
            most=told(most),
            least=told(least),
        )
    ]


def _together(finding: GroupsFinding, names: Names, lang: Language) -> str:
    ways = {lang.say("all answers together"): finding.pooled}
    ways |= {names.rule(r.rule): r.ranks for r in finding.rules}
    if finding.kemeny is not None:
        ways[names.rule("kemeny")] = finding.kemeny.ranks
    firsts: dict[tuple[str, ...], list[str]] = {}
    for way, ranks in ways.items():
        firsts.setdefault(firsts_of(ranks, finding.alternatives), []).append(way)
    said = lang.say(
        "Made into one ranking, each group having as many votes as experts, the first place goes to: {parts}.",
        parts="; ".join(
            lang.say(
                "{name} ({rules})",
                name=lang.listed([names.alternative(a) for a in first]),
                rules=lang.listed(told),
            )
            for first, told in firsts.items()
        ),
    )
    if finding.kemeny is None or finding.kemeny.count == 1:
        return said
    return f"{said} " + lang.say(
        "Of the strict rankings {count} disagree with the groups equally little; the Kemeny ranking shows their mean places.",
        count=finding.kemeny.count,
    )
