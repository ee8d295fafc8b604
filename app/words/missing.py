"""How much weight a criterion that nobody measured would need to overturn the first place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.analysis import ChangeFinding
from app.i18n import Language
from app.words.names import Names
from app.words.phrases import how_sure, part, some
from mcda.missing import MissingCriterion


def headline(finding: ChangeFinding, method: str, names: Names, lang: Language) -> list[str]:
    """Say how much weight a criterion that nobody measured needs to overturn the first place."""
    found = finding.missing
    if not found.by_rival:
        return []
    fields = {"leader": names.alternative(found.leader), "method": names.method(method)}
    if found.rival is None:
        return [
            lang.say(
                "By {method} a criterion that nobody measured could not overturn the first place of {leader}, whatever its weight.",
                **fields,
            )
        ]
    said = lang.say(
        "A criterion that nobody measured would overturn the first place by {method} if it weighed {weight} of all weight or more and {rival} were best on it, {leader} worst, the others half-way.",
        weight=part(found.weight, lang),
        rival=names.alternative(found.rival),
        **fields,
    )
    beside = lang.say(
        "For comparison: the criteria in use weigh {mean} on average, the weightiest {largest}.",
        mean=part(float(_used(finding).mean()), lang),
        largest=part(float(_used(finding).max()), lang),
    )
    if not found.scale_free:
        beside += " " + lang.say(
            "With this method the size of the values counts, not only their differences, so it also rests on the values assumed for that criterion: 1 for the worst, 2 for the best."
        )
    return [f"{said} {how_sure(found.exact, lang)}", beside]


def by_method(finding: ChangeFinding, names: Names, lang: Language) -> list[str]:
    """Say between which weights the methods lie, and by which it overturns nothing."""
    found: Mapping[str, MissingCriterion] = finding.missing_by_method
    reached = sorted((m for m in found if found[m].rival), key=lambda m: found[m].weight)
    never = [m for m in found if found[m].rival is None]
    said = []
    if len(reached) > 1:
        low, high = reached[0], reached[-1]
        said.append(
            lang.say(
                "Method by method, the criterion that nobody measured needs from {low} ({method_low}: {leader_low} gives way to {rival_low}) to {high} ({method_high}: {leader_high} gives way to {rival_high}).",
                low=part(found[low].weight, lang),
                method_low=names.method(low),
                leader_low=names.short(found[low].leader),
                rival_low=names.short(found[low].rival or ""),
                high=part(found[high].weight, lang),
                method_high=names.method(high),
                leader_high=names.short(found[high].leader),
                rival_high=names.short(found[high].rival or ""),
            )
        )
    if never:
        said.append(
            lang.say(
                "By these it overturns nothing, whatever its weight: {methods}.",
                methods=some([names.method(m) for m in never], lang),
            )
        )
    return [" ".join(said)] if said else []


def _used(finding: ChangeFinding) -> np.ndarray:
    found: np.ndarray = finding.problem.weights[finding.problem.weights > 0]
    return found
