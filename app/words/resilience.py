"""The composite index, read without its sign or percentages."""

from __future__ import annotations

import re

import numpy as np

from app.analysis import ResilienceFinding, ScenarioFinding
from app.i18n import Language
from app.study import Study
from app.words.names import Names
from app.words.phrases import stop

_OBSERVED = re.compile(r"resilience\.observed\.(\d+)")


def sentences(
    finding: ResilienceFinding, scenarios: ScenarioFinding | None, study: Study, lang: Language
) -> list[str]:
    """Say where the index stands, how scenarios differ on it, and what it cannot say."""
    names = Names(study, lang)
    return [
        level(finding, study, lang),
        # The printed figures are never told without what the study says of its own index.
        *filter(None, [" ".join([*_published(study, lang), *note(study, lang)])]),
        *order(finding, study, lang),
        *_differences(finding, names, lang),
        *_tie(finding, names, lang),
        *_variants(finding, names, lang),
        *_left_out(finding, lang),
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


def note(study: Study, lang: Language) -> list[str]:
    """What the study says of its index, such as how it differs from the one that was printed."""
    settings = study.settings.resilience
    if settings is None or settings.note is None:
        return []
    return [lang.say("About the index: {note}", note=stop(lang.pick(settings.note)))]


def level(finding: ResilienceFinding, study: Study, lang: Language) -> str:
    """Say where the index stands in its base year and in its last one."""
    levels = finding.index.levels()
    reference = finding.index.spec.reference
    return lang.say(
        "The index of {count} indicators in {factors} factors stands at {levels}: the mean of the indicators' distances from their means of {first}–{last}, each in its own standard deviations.",
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
                    "Under the scenarios the order is {order} in every year and in every one of the {total} recipes of the index tried; it nearly follows from the table, cell by cell.",
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
            "The source prints {levels} for the index.",
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
            "{first} minus {second} {gap} (over the recipes {range})",
            first=names.short(a),
            second=names.short(b),
            gap=lang.number(float(gap[-1]), 2),
            range=lang.interval(*map(float, finding.gap_range[a, b][:, -1])),
        )
        for (a, b), gap in finding.gap.items()
    ]
    said = [
        lang.say(
            "Differences of the index in {year}: {parts}.",
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
                ratios=_by_year(finding.ratio, projection.years, lang, finding.ratio_range),
            )
        )
    return said


def _by_year(
    values: np.ndarray,
    years: tuple[int, ...],
    lang: Language,
    spread: np.ndarray | None = None,
) -> str:
    """Values by year, with their range over the recipes where there is one."""
    told = []
    for k, (value, year) in enumerate(zip(values, years, strict=True)):
        figure = lang.number(float(value), 2)
        if spread is not None:
            figure = f"{figure} ({lang.interval(float(spread[0, k]), float(spread[1, k]))})"
        told.append(lang.say("{value} in {year}", value=figure, year=year))
    return lang.listed(told)


def _tie(finding: ResilienceFinding, names: Names, lang: Language) -> list[str]:
    projection = finding.projection
    if projection is None or not finding.tie:
        return []
    first, second = (names.short(s) for s in projection.scenarios[:2])
    said = []
    for factor, gap in finding.tie.items():
        row = finding.index.spec.factor_position(factor)
        observed = finding.index.factor_levels()[factor]
        now = observed[finding.base_year]
        last = float(gap[-1])
        own = float(np.std(list(observed.values()), ddof=1))
        said.append(
            lang.say(
                "“{factor}” is held at {base} in every scenario, because the table of scenarios says nothing of it: for {second} to tie {first} each of its indicators would have to be higher under {second} by this many of its standard deviations: {gaps}. For {year} that takes the factor from {now} to {then} ({times} of its own standard deviations; the highest observed is {highest}).",
                factor=names.factor(finding.index.spec.factors[row]),
                base=finding.base_year,
                first=first,
                second=second,
                gaps=_by_year(gap, projection.years, lang),
                year=projection.years[-1],
                now=lang.number(now, 2),
                then=lang.number(now + last, 2),
                times=lang.number(last / own, 1) if own > 0 else "–",
                highest=lang.number(max(observed.values()), 2),
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


def _left_out(finding: ResilienceFinding, lang: Language) -> list[str]:
    """Say which recipes could not be computed, and why; reasons that are the same once."""
    gone = finding.swept.left_out if finding.swept is not None else ()
    if not gone:
        return []
    references = dict.fromkeys(variant.spec.reference for variant, _ in gone)
    windows = dict.fromkeys(f"{each.first}–{each.last}" for each in references)
    return [
        lang.say_many(
            "{count} further recipe of the index, measured by {windows}, cannot be computed and is left out: {reasons}.",
            "{count} further recipes of the index, measured by {windows}, cannot be computed and are left out: {reasons}.",
            len(gone),
            windows=lang.listed(list(windows)),
            reasons="; ".join(dict.fromkeys(lang.sentence(error) for _, error in gone)),
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
