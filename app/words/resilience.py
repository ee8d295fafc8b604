"""The composite index: an index by the published recipe, read without its sign or percentages."""

from __future__ import annotations

import re

import numpy as np

from app.analysis import ResilienceFinding, ScenarioFinding
from app.i18n import Language
from app.study import Study
from app.words.names import Names

_OBSERVED = re.compile(r"resilience\.observed\.(\d+)")


def sentences(
    finding: ResilienceFinding, scenarios: ScenarioFinding | None, study: Study, lang: Language
) -> list[str]:
    """Say where the index stands, how scenarios differ on it, and what it cannot say."""
    names = Names(study, lang)
    return [
        level(finding, study, lang),
        *_published(study, lang),
        *order(finding, study, lang),
        *_differences(finding, names, lang),
        *_tie(finding, names, lang),
        *_variants(finding, names, lang),
        *_missing(finding, names, lang),
        *_untested(scenarios, study, names, lang),
        _zero(finding, lang),
    ]


def published_levels(study: Study) -> dict[int, tuple[float, str]]:
    """Year to (value, source) of the levels of the index that the sources print."""
    found = {}
    for _, row in study.published.iterrows():
        match = _OBSERVED.fullmatch(str(row["measure"]).strip())
        if match and row["printed_low"] == row["printed_high"]:
            found[int(match[1])] = (float(row["printed_low"]), str(row["source"]))
    return found


def level(finding: ResilienceFinding, study: Study, lang: Language) -> str:
    """Say where the index stands in its base year and in its last one."""
    levels = finding.index.levels()
    reference = finding.index.spec.reference
    return lang.say(
        "The index of {count} indicators in {factors} factors stands at {levels}, in standard deviations from the mean of {first}–{last}.",
        count=len(finding.index.spec.names),
        factors=len(finding.index.spec.factors),
        levels=_in_years(levels, _told(finding, study), lang),
        first=reference.first,
        last=reference.last,
    )


def order(finding: ResilienceFinding, study: Study, lang: Language) -> list[str]:
    """Say how the scenarios are ordered, in how many years and recipes."""
    projection, swept = finding.projection, finding.swept
    if projection is None or swept is None:
        return []
    names = Names(study, lang)
    rows = projection.levels()
    orders: dict[tuple[str, ...], list[int]] = {}
    for year in projection.years:
        falling = tuple(sorted(rows, key=lambda s: -rows[s][year][1]))
        orders.setdefault(falling, []).append(year)
    if len(orders) == 1:
        falling = next(iter(orders))
        share = float(np.min(swept.share_in_order(falling)))
        if share == 1:
            return [
                lang.say(
                    "Under the scenarios the order is {order} in every year and in every one of the {total} recipes of the index tried.",
                    order=_arrow(falling, names),
                    total=len(swept.variants),
                )
            ]
        return [
            lang.say(
                "Under the scenarios the order is {order} in every year, and in at least {share} of the {total} recipes of the index tried.",
                order=_arrow(falling, names),
                share=lang.percent(share),
                total=len(swept.variants),
            )
        ]
    return [
        lang.say(
            "The order of the scenarios depends on the year: {parts}.",
            parts="; ".join(
                lang.say(
                    "{order} ({years})",
                    order=_arrow(falling, names),
                    years=", ".join(map(str, years)),
                )
                for falling, years in orders.items()
            ),
        )
    ]


def _arrow(falling: tuple[str, ...], names: Names) -> str:
    return " > ".join(names.short(s) for s in falling)


def _told(finding: ResilienceFinding, study: Study) -> list[int]:
    """Years to tell: the base year, the last with an index, and those that a source prints."""
    levels = finding.index.levels()
    wanted = {finding.base_year, max(levels), *published_levels(study)}
    return sorted(wanted & set(levels))


def _in_years(levels: dict[int, float], years: list[int], lang: Language) -> str:
    return lang.listed(
        [
            lang.say("{value} in {year}", value=lang.number(levels[y], 3), year=y)
            for y in years
            if y in levels
        ]
    )


def _published(study: Study, lang: Language) -> list[str]:
    printed = published_levels(study)
    if not printed:
        return []
    values = {year: value for year, (value, _) in printed.items()}
    return [
        lang.say(
            "The source prints {levels} for its own index; ours is an index by the published recipe, never theirs, because the source gives neither its indicators nor its window.",
            levels=_in_years(values, sorted(values), lang),
        )
    ]


def _differences(finding: ResilienceFinding, names: Names, lang: Language) -> list[str]:
    projection = finding.projection
    if projection is None or not finding.gap:
        return []
    last = projection.years[-1]
    parts = [
        lang.say(
            "{first} minus {second} {gap}",
            first=names.short(a),
            second=names.short(b),
            gap=lang.number(float(gap[-1]), 2),
        )
        for (a, b), gap in finding.gap.items()
    ]
    said = [
        lang.say(
            "Differences in {year}, in standard deviations: {parts}.",
            year=last,
            parts="; ".join(parts),
        )
    ]
    if finding.ratio is not None:
        first, second, third = (names.short(s) for s in projection.scenarios[:3])
        said.append(
            lang.say(
                "Wherever zero lies, the ratio ({first} − {second}) / ({first} − {third}) is {ratios}.",
                first=first,
                second=second,
                third=third,
                ratios=_by_year(finding.ratio, projection.years, lang),
            )
        )
    return said


def _by_year(values: np.ndarray, years: tuple[int, ...], lang: Language) -> str:
    return lang.listed(
        [
            lang.say("{value} in {year}", value=lang.number(float(v), 2), year=y)
            for v, y in zip(values, years, strict=True)
        ]
    )


def _tie(finding: ResilienceFinding, names: Names, lang: Language) -> list[str]:
    projection = finding.projection
    if projection is None or not finding.tie:
        return []
    first, second = (names.short(s) for s in projection.scenarios[:2])
    said = []
    for factor, gap in finding.tie.items():
        fields = {
            "factor": names.factor(factor),
            "base": finding.base_year,
            "first": first,
            "second": second,
            "gaps": _by_year(gap, projection.years, lang),
        }
        if np.all(gap > 0):
            said.append(
                lang.say(
                    "“{factor}” is held at {base} in every scenario, because the table of scenarios says nothing of it: for {second} to tie {first} it would have to be higher under {second} by this many standard deviations: {gaps}.",
                    **fields,
                )
            )
        else:
            said.append(
                lang.say(
                    "“{factor}” is held at {base} in every scenario, because the table of scenarios says nothing of it: for {second} to tie {first} it would have to change under {second} by this many standard deviations: {gaps}.",
                    **fields,
                )
            )
    return said


def _variants(finding: ResilienceFinding, names: Names, lang: Language) -> list[str]:
    others = {
        key: index
        for key, index in finding.variants.items()
        if index.spec.names != finding.index.spec.names
    }
    if not others:
        return []
    years = sorted({finding.base_year, max(finding.index.levels())})
    return [
        lang.say(
            "Other lists of indicators give {parts}.",
            parts="; ".join(
                lang.say(
                    "{levels} ({name})",
                    levels=_in_years(index.levels(), years, lang),
                    name=names.variant(key),
                )
                for key, index in others.items()
            ),
        )
    ]


def _missing(finding: ResilienceFinding, names: Names, lang: Language) -> list[str]:
    """Say why the first year after the last one has no index."""
    last = max(finding.index.levels())
    later = [y for y in finding.missing if y > last]
    if not later:
        return []
    year = min(later)
    series = dict.fromkeys(s for gone in finding.missing[year].values() for s in gone)
    return [
        lang.say(
            "{year} has no index: no figures for {series}.",
            year=year,
            series=lang.listed([lang.say("“{name}”", name=names.series(s)) for s in series]),
        )
    ]


def _untested(
    scenarios: ScenarioFinding | None, study: Study, names: Names, lang: Language
) -> list[str]:
    """Say so when the disputed indicator enters none of the index's indicators."""
    if scenarios is None or scenarios.goal is None or study.resilience is None:
        return []
    formulas = study.resilience.mapping["formula"].fillna("").astype(str)
    if formulas.str.contains(rf"\b{re.escape(scenarios.goal)}\b").any():
        return []
    return [
        lang.say(
            "“{indicator}” enters none of the indicators, so what it does to resilience cannot be tested with this index.",
            indicator=names.indicator(scenarios.goal),
        )
    ]


def _zero(finding: ResilienceFinding, lang: Language) -> str:
    reference = finding.index.spec.reference
    return lang.say(
        "Zero is the mean of {first}–{last}: the sign is no verdict, and percentages of the index would depend on where zero lies, so none are given.",
        first=reference.first,
        last=reference.last,
    )
