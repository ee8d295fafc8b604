"""What would change the answer: of the weights, of one value, of what nobody measured."""

from __future__ import annotations

from app.analysis import ChangeFinding, DirectionsFinding
from app.i18n import Language
from app.study import Study
from app.words import missing
from app.words.names import Names
from app.words.phrases import how_sure, part, plain, quoted, ranked, some
from mcda.tipping import SmallestChange

# Methods named one by one in a sentence; the page's chart and table show all.
_TOLD = 3
# A weight that moves by less than this is not told as moved.
_MOVED = 0.0005


def sentences(
    finding: ChangeFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> list[str]:
    """Say what change of the weights, of one value, of a criterion nobody measured would tip it."""
    names, method = Names(study, lang), directions.headline
    if len(finding.problem.alternatives) < 2:
        return [lang.say("There is one direction only: nothing can take its first place.")]
    return [
        *_shared(finding, method, names, lang),
        weights(finding, method, names, lang),
        *missing.headline(finding, method, names, lang),
        _weights_by_method(finding, names, lang),
        *missing.by_method(finding, names, lang),
        _value(finding, method, names, lang),
        *_triangle(finding, method, names, lang),
        *_nearest_pair(finding, method, names, lang),
    ]


def _shared(finding: ChangeFinding, method: str, names: Names, lang: Language) -> list[str]:
    """Say that the first place is shared: what follows is then about the first of those named."""
    first = finding.values.first
    if len(first) < 2:
        return []
    return [
        lang.say(
            "By {method} the first place is shared by {first}; what follows puts another above the first of these.",
            method=names.method(method),
            first=lang.listed([names.alternative(a) for a in first]),
        )
    ]


def moved(change: SmallestChange) -> float | None:
    """Share of all weight that moves: L1 counts it where it leaves and where it arrives."""
    if change.weights is None or change.distance is None:
        return None
    return change.distance / 2


def shift(finding: ChangeFinding, change: SmallestChange) -> dict[str, tuple[float, float]]:
    """Weights before and after of the criteria whose weight moves, the largest move first."""
    problem = finding.problem
    after = problem.weights if change.weights is None else change.weights
    pairs = dict(
        zip(
            problem.criteria,
            zip(problem.weights.tolist(), after.tolist(), strict=True),
            strict=True,
        )
    )
    order = sorted(pairs, key=lambda c: -abs(pairs[c][1] - pairs[c][0]))
    return {c: pairs[c] for c in order if abs(pairs[c][1] - pairs[c][0]) >= _MOVED}


def weights(finding: ChangeFinding, method: str, names: Names, lang: Language) -> str:
    """Say how much weight must move, from which criteria to which, for the first to lose."""
    change = finding.weights["L1"]
    title = names.method(method)
    if change is None or change.distance is None:
        if all(s.exact for s in finding.swaps):
            return lang.say(
                "By {method} the first place cannot be lost to any change of the weights.",
                method=title,
            )
        return lang.say(
            "By {method} no change of the weights was found that costs the first its place.",
            method=title,
        )
    gone = change.distance / 2
    fields = {
        "leader": names.alternative(change.leader),
        "rival": names.alternative(change.rival),
        "method": title,
    }
    moves = shift(finding, change)
    if not moves:
        return lang.say(
            "By {method}, {leader} and {rival} are level: the slightest change of the weights decides between them.",
            **fields,
        )
    less = [_from_to(c, pair, names, lang) for c, pair in moves.items() if pair[1] < pair[0]]
    more = [_from_to(c, pair, names, lang) for c, pair in moves.items() if pair[1] > pair[0]]
    said = lang.say(
        "For {leader} to lose the first place by {method}, {share} of all weight would have to move: less for {less}, more for {more}. Beyond that {rival} is first.",
        share=part(gone, lang),
        less=lang.listed(less),
        more=lang.listed(more),
        **fields,
    )
    return f"{said} {how_sure(change.exact, lang)}"


def _from_to(criterion: str, pair: tuple[float, float], names: Names, lang: Language) -> str:
    digits = 2 if abs(pair[1] - pair[0]) >= 0.01 else 4
    return lang.say(
        "“{criterion}” ({before} → {after})",
        criterion=names.criterion(criterion),
        before=lang.number(pair[0], digits),
        after=lang.number(pair[1], digits),
    )


def _weights_by_method(finding: ChangeFinding, names: Names, lang: Language) -> str:
    """Name the methods by which the first place is nearest to falling, and the safest."""
    found = {m: c for m, c in finding.weights_by_method.items() if c is not None and c.distance}
    level = [m for m, c in finding.weights_by_method.items() if c is not None and c.distance == 0]
    never = [m for m, c in finding.weights_by_method.items() if c is None or c.distance is None]
    order = sorted(found, key=lambda m: found[m].distance or 0.0)
    said = []
    if level:
        said.append(
            lang.say(
                "The first two are level by {methods}.",
                methods=lang.listed([names.method(m) for m in level]),
            )
        )
    if order:
        said.append(
            lang.say(
                "Method by method, one of each class, the first place is nearest to falling by {parts}.",
                parts=lang.listed([_fall(m, found[m], names, lang) for m in order[:_TOLD]]),
            )
        )
    if len(order) > _TOLD:
        said.append(
            lang.say(
                "It is safest by {part}.", part=_fall(order[-1], found[order[-1]], names, lang)
            )
        )
    if never:
        said.append(
            lang.say(
                "No weights that cost it were found by {methods}.",
                methods=some([names.method(m) for m in never], lang),
            )
        )
    return " ".join(said)


def _fall(method: str, change: SmallestChange, names: Names, lang: Language) -> str:
    return lang.say(
        "{method} ({leader} gives way to {rival} once {share} of the weight has moved)",
        method=names.method(method),
        leader=names.short(change.leader),
        rival=names.short(change.rival),
        share=part((change.distance or 0.0) / 2, lang),
    )


def _value(finding: ChangeFinding, method: str, names: Names, lang: Language) -> str:
    """Name the single value whose change would tip the first place soonest."""
    tip = finding.values.smallest
    title = names.method(method)
    if tip is None:
        return lang.say(
            "By {method} no single value, wherever it moves within its column, costs the first its place.",
            method=title,
        )
    said = lang.say(
        "Of the single values, the nearest to tipping it by {method} is “{criterion}” of {alternative}: at {value} instead of {present} ({unit}) {taker} is first.",
        method=title,
        criterion=names.criterion(tip.criterion),
        alternative=names.alternative(tip.alternative),
        value=_figure(tip.value, tip.change, lang),
        present=_figure(tip.present, tip.change, lang),
        unit=names.criterion_unit(tip.criterion),
        taker=names.alternative(tip.taker),
    )
    if tip.share is not None:
        said += " " + lang.say(
            "That is {share} of the distance between the lowest and the highest value of the column.",
            share=part(tip.share, lang),
        )
    return said


def _figure(value: float, change: float, lang: Language) -> str:
    """As many decimals as show the change, at least as many as the value has."""
    if abs(value - round(value)) < 1e-9 and abs(change) >= 1:
        return plain(value, lang)
    return lang.number(value, 2 if abs(change) >= 0.05 else 4)


def _triangle(finding: ChangeFinding, method: str, names: Names, lang: Language) -> list[str]:
    """Say who is first when the three weightiest criteria divide their weight in every way."""
    triangle = finding.triangle
    if triangle is None:
        return []
    criteria = quoted(lang, [names.criterion(c) for c in triangle.groups])
    leads = ranked({a: round(area, 12) for a, area in triangle.areas.items()})
    fields = {
        "criteria": criteria,
        "free": part(triangle.free, lang),
        "method": names.method(method),
    }
    first, area = leads[0]
    if len(leads) == 1:
        return [
            lang.say(
                "However {criteria} divide the {free} of the weight that they have together, {first} stays first by {method}.",
                first=names.alternative(first),
                **fields,
            )
        ]
    return [
        lang.say(
            "If {criteria} divide the {free} of the weight that they have together in every possible way, {first} is first by {method} in {area} of the divisions; {others}.",
            first=names.alternative(first),
            area=part(area, lang),
            others=lang.listed(
                [
                    lang.say("{name} {count}", name=names.short(a), count=part(x, lang))
                    for a, x in leads[1:]
                ]
            ),
            **fields,
        )
    ]


def _nearest_pair(finding: ChangeFinding, method: str, names: Names, lang: Language) -> list[str]:
    """Name the pair of places that the least weight swaps."""
    first = next((s for s in finding.swaps if s.distance is not None), None)
    if first is None:
        return []
    return [
        lang.say(
            "Of all pairs, {upper} and {lower} are the nearest to changing places by {method}: {share} of the weight would have to move.",
            upper=names.alternative(first.leader),
            lower=names.alternative(first.rival),
            method=names.method(method),
            share=part((first.distance or 0.0) / 2, lang),
        )
    ]
