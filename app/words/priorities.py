"""What the experts named."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.analysis import QuestionFinding
from app.i18n import Language
from app.study import Study
from app.words.judged import lead_in_words, weighed
from app.words.names import Names

# A group whose part of the mentions differs by more from its part of the experts is named.
_LOUD = 0.05


def sentences(findings: Mapping[str, QuestionFinding], study: Study, lang: Language) -> list[str]:
    """Say what was named most, how the groups differ, and how to read the figures."""
    names = Names(study, lang)
    said = [each for f in findings.values() for each in leader(f, names, lang)]
    for finding in findings.values():
        said += [*_certainty(finding, names, lang), *_panels(finding, names, lang)]
    if any(f.own_words for f in findings.values()):
        said.append(
            lang.say(
                "Answers given in the experts' own words were grouped afterwards: an answer was named by so many experts and rejected by nobody."
            )
        )
    for finding in findings.values():
        said += weighed(finding, names, lang)
    if not all(f.individual for f in findings.values()):
        said += _of_choices(lang)
    if any(f.individual for f in findings.values()):
        said.append(
            lang.say(
                "Where each expert gave weights, the panel's weight is their mean; its interval is a 95 % t interval, to be read as if the experts had been drawn at random."
            )
        )
    return said


def _of_choices(lang: Language) -> list[str]:
    """Say how shares of choices and their intervals are to be read."""
    return [
        lang.say(
            "Intervals are 95 % Wilson intervals and are to be read as if the experts had been drawn at random."
        ),
        lang.say(
            "A priority is an answer's part of everything named in its question: it says how important a thing is held to be, not how much of another one would be given up for it."
        ),
    ]


def leader(finding: QuestionFinding, names: Names, lang: Language) -> list[str]:
    """Say which answer of known meaning leads, and whether one of unknown meaning is above it."""
    known = [o for o in finding.leaders if o not in finding.residual]
    if not known:
        return []
    first = known[0]
    said = [_lead(finding, first, names, lang)]
    above = [o for o in finding.residual if finding.leaders.index(o) < finding.leaders.index(first)]
    for option in above:
        weight = finding.pooled.weights[finding.pooled.options.index(option)]
        said.append(
            lang.say(
                "“{option}” was given more often still ({share}, priority {weight}), but nobody knows what was meant by it, so it is shown as ignorance and not as an answer.",
                option=names.option(finding.question, option),
                share=_share(finding, option, lang),
                weight=lang.number(float(weight), 3),
            )
        )
    return said


def _certainty(finding: QuestionFinding, names: Names, lang: Language) -> list[str]:
    known = [o for o in finding.leaders if o not in finding.residual]
    if finding.lead is not None:
        return [lead_in_words(finding.lead, finding, names, lang)]
    if len(known) < 2 or not _overlap(finding, known[0], known[1]):
        return []
    weight = finding.pooled.weights[finding.pooled.options.index(known[1])]
    return [
        lang.say(
            "{question}: the intervals of “{first}” and “{second}” (priority {weight}) overlap, so the order of the two is not certain.",
            question=names.question(finding.question),
            first=names.option(finding.question, known[0]),
            second=names.option(finding.question, known[1]),
            weight=lang.number(float(weight), 3),
        )
    ]


def pooling_of(finding: QuestionFinding) -> str:
    """Which pooling the finding was computed with."""
    for pooling, each in finding.by_pooling.items():
        if np.array_equal(each.weights, finding.pooled.weights):
            return pooling
    return "experts"


def _lead(finding: QuestionFinding, option: str, names: Names, lang: Language) -> str:
    k = finding.pooled.options.index(option)
    fields = {
        "question": names.question(finding.question),
        "option": names.option(finding.question, option),
        "share": _share(finding, option, lang),
        "interval": _interval(finding, k, lang),
        "weight": lang.number(float(finding.pooled.weights[k]), 3),
    }
    if finding.individual is not None:
        return lang.say(
            "{question}: “{option}” has the highest mean weight, {weight}, interval {low} to {high}.",
            low=lang.number(float(finding.pooled.low[k]), 3),
            high=lang.number(float(finding.pooled.high[k]), 3),
            **fields,
        )
    if finding.own_words:
        return lang.say(
            "{question}: among answers of known meaning “{option}” was named most, {share}, interval {interval}, priority {weight}.",
            **fields,
        )
    return lang.say(
        "{question}: “{option}” was chosen most, {share}, interval {interval}, priority {weight}.",
        **fields,
    )


def _share(finding: QuestionFinding, option: str, lang: Language) -> str:
    """Share in words: with the counts behind it where the pooling has whole counts."""
    k = finding.pooled.options.index(option)
    share = lang.percent(float(finding.pooled.shares[k]))
    counts, pooling = finding.counts, pooling_of(finding)
    if finding.individual is not None:
        return lang.say("weight {share}", share=share)
    if pooling == "groups":
        return lang.say("{share} with equal groups", share=share)
    columns = (
        np.arange(len(counts.groups)) if pooling == "experts" else [counts.groups.index(pooling)]
    )
    return lang.say(
        "{count} of {asked} experts, {share}",
        count=lang.number(int(counts.counts[k, columns].sum()), 0),
        asked=lang.number(int(counts.asked[k, columns].sum()), 0),
        share=share,
    )


def _interval(finding: QuestionFinding, k: int, lang: Language) -> str:
    low, high = float(finding.pooled.low[k]), float(finding.pooled.high[k])
    return lang.say("{low} to {high}", low=lang.percent(low), high=lang.percent(high))


def _overlap(finding: QuestionFinding, first: str, second: str) -> bool:
    one, two = (finding.pooled.options.index(o) for o in (first, second))
    return bool(finding.pooled.low[one] <= finding.pooled.high[two])


def _first_known(finding: QuestionFinding, pooling: str) -> str:
    each = finding.by_pooling[pooling]
    order = np.argsort(-each.weights, kind="stable")
    known = [each.options[k] for k in order if each.options[k] not in finding.residual]
    return known[0] if known else each.options[int(order[0])]


def _panels(finding: QuestionFinding, names: Names, lang: Language) -> list[str]:
    """Say how equal groups and each group alone differ, and who named more than the others."""
    now = _first_known(finding, pooling_of(finding))
    others: dict[str, list[str]] = {}
    for pooling in finding.by_pooling:
        first = _first_known(finding, pooling)
        if first != now:
            others.setdefault(first, []).append(names.pooling(pooling))
    question = names.question(finding.question)
    silent = "groups" not in finding.by_pooling  # nobody of some group was heard
    said = []
    if others:
        parts = [
            lang.say(
                "“{option}” ({panels})",
                option=names.option(finding.question, option),
                panels="; ".join(panels),
            )
            for option, panels in others.items()
        ]
        said.append(
            lang.say(
                "{question}: other panels put something else first: {parts}.",
                question=question,
                parts=lang.listed(parts),
            )
        )
    elif not silent:
        said.append(
            lang.say(
                "{question}: “{option}” leads with equal groups and in every group alone as well.",
                question=question,
                option=names.option(finding.question, now),
            )
        )
    if silent:
        return said + _loud(finding, question, names, lang)
    by_experts, equal = finding.by_pooling["experts"], finding.by_pooling["groups"]
    moved = np.abs(by_experts.weights - equal.weights)
    k = int(np.argmax(moved))
    said.append(
        lang.say(
            "{question}: weighing the groups equally instead of by number moves no priority by more than {change} (most of all “{option}”: {before} and {after}).",
            question=question,
            change=lang.number(float(moved[k]), 3),
            option=names.option(finding.question, by_experts.options[k]),
            before=lang.number(float(by_experts.weights[k]), 3),
            after=lang.number(float(equal.weights[k]), 3),
        )
    )
    return said + _loud(finding, question, names, lang)


def _loud(finding: QuestionFinding, question: str, names: Names, lang: Language) -> list[str]:
    counts = finding.counts
    if finding.individual is not None:
        return []  # everybody gives as much as everybody else
    mentions = counts.counts.sum(axis=0) / counts.counts.sum()
    experts = counts.experts / counts.experts.sum()
    k = int(np.argmax(mentions - experts))
    if mentions[k] - experts[k] <= _LOUD:
        return []
    return [
        lang.say(
            "{question}: one group named more than the others: “{group}” has {experts} of the experts and {mentions} of the mentions.",
            question=question,
            group=names.group(counts.groups[k]),
            experts=lang.percent(float(experts[k])),
            mentions=lang.percent(float(mentions[k])),
        )
    ]
