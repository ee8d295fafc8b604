"""What a freeze changed, in words: who is first, which places moved, what experts name more often."""

from __future__ import annotations

from app.collection.outcome import Change, Shift
from app.i18n import Language
from app.words.names import Names
from app.words.phrases import counted, part, place

# Shares that moved by less are not told.
_MOVED = 0.01
_TOLD = 5


def change(found: Change | None, since: int | None, names: Names, lang: Language) -> list[str]:
    """Say what changed since freeze number `since`, or since the study's former answers.

    The first sentence says who is first now; the others are points beside it.
    """
    if found is None:
        return [lang.say("These are the study's first answers: there is nothing to compare with.")]
    first, *moves = _places(found, names, lang)
    return [first, _against(found, since, lang), *moves, *_shares(found, names, lang)]


def _against(found: Change, since: int | None, lang: Language) -> str:
    before, after = (lang.number(count, 0) for count in found.experts)
    if since is None:
        return lang.say(
            "Compared with the study's former answers: {before} experts before, {after} now.",
            before=before,
            after=after,
        )
    return lang.say(
        "Compared with freeze {number}: {before} experts before, {after} now.",
        number=since,
        before=before,
        after=after,
    )


def _places(found: Change, names: Names, lang: Language) -> list[str]:
    before, after = found.methods
    if before != after:
        return [
            lang.say(
                "The study ranked by {before} before and by {after} now: places are not compared, for the method moves them too.",
                before=names.method(before),
                after=names.method(after),
            )
        ]
    moved = [move for move in found.moves if move.before != move.after]
    told = [_first(found, names, lang)]
    if not moved:
        told.append(lang.say("No direction changed its place."))
    for move in moved:
        fields = {
            "name": names.alternative(move.alternative),
            "before": place(lang, move.before),
            "after": place(lang, move.after),
        }
        if move.after < move.before:
            told.append(lang.say("{name} rises from place {before} to {after}.", **fields))
        else:
            told.append(lang.say("{name} falls from place {before} to {after}.", **fields))
    return told


def _first(found: Change, names: Names, lang: Language) -> str:
    before, after = found.first
    now = lang.listed([names.alternative(a) for a in after])
    method = names.method(found.methods[1])
    if set(before) == set(after):
        said = lang.say("By {method} {first} stays first.", method=method, first=now)
    else:
        known = set(names.study.alternatives.index)
        said = lang.say(
            "By {method} {first} is first now; it was {former}.",
            method=method,
            first=now,
            former=lang.listed([names.alternative(a) if a in known else a for a in before]),
        )
    ways = sum(found.led[1].values())
    if len(after) > 1 or not ways:
        return said
    led = lang.say(
        "It leads in {count} of {ways} combinations of method and reading; before in {former} of {former_ways}.",
        count=counted(lang, found.led[1].get(after[0], 0.0)),
        ways=counted(lang, ways),
        former=counted(lang, found.led[0].get(after[0], 0.0)),
        former_ways=counted(lang, sum(found.led[0].values())),
    )
    return f"{said} {led}"


def _shares(found: Change, names: Names, lang: Language) -> list[str]:
    moved = [shift for shift in found.shifts if abs(shift.difference) >= _MOVED]
    if not moved:
        return [
            lang.say("No share and no weight of an answer moved by a percentage point or more.")
        ]
    told = [_share(shift, names, lang) for shift in moved[:_TOLD]]
    rest = len(moved) - len(told)
    if rest:
        told.append(
            lang.say_many(
                "{count} more answer moved by a percentage point or more.",
                "{count} more answers moved by a percentage point or more.",
                rest,
            )
        )
    return told


def _part(share: float, lang: Language) -> str:
    # Counted, not drawn: nobody is nobody.
    return lang.percent(0) if share == 0 else part(share, lang)


def _share(shift: Shift, names: Names, lang: Language) -> str:
    fields = {
        "question": names.question(shift.question),
        "option": names.option(shift.question, shift.option),
        "points": lang.number(
            100 * abs(shift.difference), 0 if abs(shift.difference) >= 0.1 else 1
        ),
        "before": _part(shift.before, lang),
        "after": _part(shift.after, lang),
    }
    if shift.question in names.study.individual:
        said = lang.say(
            "{question}: the mean weight of “{option}” is {after} now; it was {before}.", **fields
        )
    elif shift.difference > 0:
        said = lang.say(
            "{question}: “{option}” gained {points} percentage points, from {before} of the experts to {after}.",
            **fields,
        )
    else:
        said = lang.say(
            "{question}: “{option}” lost {points} percentage points, from {before} of the experts to {after}.",
            **fields,
        )
    if not shift.may_be_chance:
        return said
    chance = lang.say(
        "The former figure lies within the interval of the new one: this may be chance."
    )
    return f"{said} {chance}"
