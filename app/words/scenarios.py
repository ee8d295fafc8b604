"""Scenarios: dominance before any score, then methods, then what speaks for the others."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from app.analysis import ScenarioFinding
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import stop, text_of
from scenarios import Dominance

# Cells in which the better scenario is worse are named up to this number.
_NAMED = 3


def sentences(finding: ScenarioFinding, study: Study, lang: Language) -> list[str]:
    """Say who is better cell by cell, what methods make of it, and what the table does not hold."""
    names = Names(study, lang)
    return [
        *dominance(finding, study, lang),
        *_methods(finding, names, lang),
        *_goal(finding, study, names, lang),
        *_case(finding, study, names, lang),
        _probabilities(finding, names, lang),
        _directions(finding, names, lang),
    ]


def dominance(finding: ScenarioFinding, study: Study, lang: Language) -> list[str]:
    """Compare each scenario with the next best, cell by cell."""
    names = Names(study, lang)
    pairs = [finding.between(a, b) for a, b in pairwise(finding.order)]
    said = [_pair(pair, names, lang) for pair in pairs]
    if finding.goal is None:
        return said
    apart = [
        d
        for a, b in pairwise(finding.order)
        for d in finding.dominance_apart
        if (d.first, d.second) == (a, b)
    ]
    parts = "; ".join(
        lang.say(
            "{first} against {second} {better}/{equal}/{worse}",
            first=names.short(d.first),
            second=names.short(d.second),
            better=d.better,
            equal=d.equal,
            worse=d.worse,
        )
        for d in apart
    )
    return [
        *said,
        lang.say(
            "These counts take more of “{indicator}” as better, which is a value judgement; without it (better/equal/worse): {parts}.",
            indicator=names.indicator(finding.goal),
            parts=parts,
        ),
    ]


def _pair(pair: Dominance, names: Names, lang: Language) -> str:
    total = pair.better + pair.equal + pair.worse + pair.unclear
    counts = [
        lang.say("better in {count}", count=pair.better),
        lang.say("equal in {count}", count=pair.equal) if pair.equal else "",
        lang.say("worse in {count}", count=pair.worse) if pair.worse else "",
        lang.say("overlapping in {count}", count=pair.unclear) if pair.unclear else "",
    ]
    said = lang.say_many(
        "{first} against {second} in {count} cell of the table: {counts}",
        "{first} against {second} in {count} cells of the table: {counts}",
        total,
        first=names.scenario(pair.first),
        second=names.scenario(pair.second),
        counts=lang.listed([c for c in counts if c]),
    )
    worse = [c for c in pair.exceptions if c.relation == "worse"]
    if not worse:
        if pair.dominates:
            return lang.say(
                "{said}. It is nowhere worse: with these senses no method that honours better values can turn the two.",
                said=said,
            )
        return said + "."
    if len(worse) > _NAMED:
        return said + "."
    cells = [
        lang.say(
            "{indicator} {year} ({first} against {second})",
            indicator=names.indicator(c.indicator),
            year=c.year,
            first=_value(c.first, lang),
            second=_value(c.second, lang),
        )
        for c in worse
    ]
    return lang.say("{said}. Worse: {cells}.", said=said, cells="; ".join(cells))


def _value(interval: tuple[float, float], lang: Language) -> str:
    low, high = interval
    digits = 0 if all(float(x).is_integer() for x in interval) else 1
    return lang.number(low, digits) if low == high else lang.interval(low, high, digits)


def _methods(finding: ScenarioFinding, names: Names, lang: Language) -> list[str]:
    """Say in how many methods the order of the chosen year is that of dominance."""
    order = finding.order
    rows = [dict(zip(r.alternatives, r.ranks, strict=True)) for r in finding.results.values()]
    agree = sum(all(row[a] < row[b] for a, b in pairwise(order)) for row in rows)
    return [
        lang.say(
            "On the outcomes of {year} alone, indicators weighing the same, {agree} of {total} methods rank {order}; where one scenario is nowhere worse they can hardly do otherwise.",
            year=finding.year,
            agree=agree,
            total=len(rows),
            order=" > ".join(names.short(s) for s in order),
        )
    ]


def _goal(finding: ScenarioFinding, study: Study, names: Names, lang: Language) -> list[str]:
    """Say what other readings of the disputed indicator change."""
    settings = study.settings.scenarios
    if finding.goal is None or settings is None or settings.goal_indicator is None:
        return []
    first: dict[str, int] = {}
    for case in finding.cases:
        best = min(case.ranks.values())
        for scenario, rank in case.ranks.items():
            if rank == best:
                first[scenario] = first.get(scenario, 0) + 1
    parts = [
        lang.say("{name} in {count}", name=names.short(s), count=first[s])
        for s in sorted(first, key=lambda s: -first[s])
    ]
    return [
        lang.say(
            "Whether more of “{indicator}” is better is a value judgement. Taken as more is better, less is better, on target {low}–{high} {unit}, or left out, for {year} and for the whole path, by every method ({total} cases), the first place goes to {parts}.",
            indicator=names.indicator(finding.goal),
            low=lang.number(settings.goal_indicator.low, 0),
            high=lang.number(settings.goal_indicator.high, 0),
            unit=names.indicator_unit(finding.goal),
            year=finding.year,
            total=len(finding.cases),
            parts=lang.listed(parts),
        )
    ]


def _case(finding: ScenarioFinding, study: Study, names: Names, lang: Language) -> list[str]:
    """Give the sources' case for each scenario between the best and the worst."""
    if study.scenarios is None or study.scenarios.case.empty:
        return []
    between = finding.order[1:-1] or finding.order[1:]
    said = []
    for scenario in between:
        rows = study.scenarios.case[study.scenarios.case["scenario"] == scenario]
        statements = [stop(text_of(t)) for t in rows[lang.column("statement")] if text_of(t)]
        if statements:
            said.append(
                lang.say(
                    "What the sources say for {scenario}: {statements}",
                    scenario=names.scenario(scenario),
                    statements=" ".join(statements),
                )
            )
    return said


def _probabilities(finding: ScenarioFinding, names: Names, lang: Language) -> str:
    parts = [
        lang.say("{name} {interval}", name=names.short(s), interval=lang.interval(low, high))
        for s, (low, high) in finding.probabilities.items()
    ]
    return lang.say(
        "Probabilities are intervals, not points: {parts}. They enter no ranking here.",
        parts=", ".join(parts),
    )


def _directions(finding: ScenarioFinding, names: Names, lang: Language) -> str:
    """Say which direction has the highest score under the weights of each scenario."""
    best: dict[str, list[str]] = {}
    for scenario, row in zip(finding.table.scenarios, finding.by_scenario, strict=True):
        first = finding.alternatives[int(np.argmax(row))]
        best.setdefault(first, []).append(names.short(scenario))
    if len(best) == 1:
        return lang.say(
            "With the present reading and the weights of criteria that each scenario suggests, the weighted sum puts {first} first under every scenario.",
            first=names.alternative(next(iter(best))),
        )
    return lang.say(
        "With the present reading and the weights of criteria that each scenario suggests, the weighted sum puts first {parts}.",
        parts=lang.listed(
            [
                lang.say(
                    "{name} ({scenarios})",
                    name=names.alternative(a),
                    scenarios=", ".join(scenarios),
                )
                for a, scenarios in best.items()
            ]
        ),
    )
