"""How sure the first place is, and what the doubt comes from."""

from __future__ import annotations

from app.analysis import DirectionsFinding, RobustnessFinding
from app.i18n import Language
from app.study import Study
from app.words import directions as words_of_directions
from app.words import margin
from app.words.names import Names

# Below this part of the draws sampling error is said not to decide.
_RARELY = 0.05
_HALF_A_PERCENT = 0.005
# No more causes are told once these make up this part of the doubt.
_MOST = 0.6


def sentences(
    finding: RobustnessFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> list[str]:
    """Say how sure the first place is, what decides it and what does not."""
    return [
        how_sure(finding, study, lang),
        *by_reading(finding, study, lang),
        experts_decide(finding, directions, study, lang),
        *_near_ties(finding, study, lang),
        *what_decides(finding, study, lang),
        *margin.sentences(finding, study, lang),
        *_alone(finding, study, lang),
        *words_of_directions.what_would_tip(directions, study, lang),
        lang.say(
            "How far each cause may move is assumed: coded cells between their low and high, relevance that is not 0 by one step, the share of computed criteria around its own, the rest alike likely. Criteria that nobody measured are in no draw."
        ),
        *_left_out(finding, study, lang),
    ]


def how_sure(finding: RobustnessFinding, study: Study, lang: Language) -> str:
    """Say how often each of the first two is first when everything uncertain is drawn."""
    names = Names(study, lang)
    firsts = finding.everything.rank_acceptability[:, 0]
    order = sorted(range(len(firsts)), key=lambda k: -firsts[k])
    fields = {
        "first": names.alternative(finding.alternatives[order[0]]),
        "share": lang.percent(float(firsts[order[0]])),
        "draws": lang.number(finding.everything.draws, 0),
    }
    if len(order) == 1 or firsts[order[1]] == 0:
        return lang.say(
            "Whatever reading, method and panel are chosen above: with all the causes below drawn at once, {first} is first in {share} of {draws} draws.",
            **fields,
        )
    return lang.say(
        "Whatever reading, method and panel are chosen above: with all the causes below drawn at once, {first} is first in {share} of {draws} draws and {second} in {other}.",
        second=names.alternative(finding.alternatives[order[1]]),
        other=lang.percent(float(firsts[order[1]])),
        **fields,
    )


def by_reading(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    """Say what becomes of it once the reading is settled."""
    names = Names(study, lang)
    if len(finding.by_reading) < 2:
        return []
    parts = []
    for reading, found in finding.by_reading.items():
        firsts = found.rank_acceptability[:, 0]
        best = int(firsts.argmax())
        parts.append(
            lang.say(
                "{reading}: {first} in {share}",
                reading=names.reading(reading),
                first=names.short(finding.alternatives[best]),
                share=lang.percent(float(firsts[best])),
            )
        )
    return [
        lang.say(
            "That is a mean over readings taken as alike likely. Once the reading is settled, the first is: {parts}.",
            parts="; ".join(parts),
        )
    ]


def sampling_changes(finding: RobustnessFinding, directions: DirectionsFinding) -> dict[str, float]:
    """Part of the draws of the experts alone in which each method's leader is not first."""
    places = {a: k for k, a in enumerate(finding.alternatives)}
    return {
        label: 1
        - float(
            sum(found.rank_acceptability[places[a], 0] for a in directions.results[label].first)
        )
        for label, found in finding.experts_by_method.items()
    }


def experts_decide(
    finding: RobustnessFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> str:
    """Say whether the sampling error of the experts decides who is first."""
    names = Names(study, lang)
    changes = sampling_changes(finding, directions)
    worst = max(changes, key=lambda label: changes[label])
    fields = {
        "change": lang.percent(max(changes[worst], 0.0), 1),
        "method": names.method(worst),
        "share": _share(finding, "experts", lang),
    }
    if changes[worst] <= 0:
        return lang.say(
            "The experts' sampling error is not what decides: with the present reading and panel, drawing their answers anew changes the leader of no method in its published form. Of the whole doubt it causes {share}.",
            share=fields["share"],
        )
    if changes[worst] <= _RARELY:
        return lang.say(
            "The experts' sampling error is not what decides: with the present reading and panel, drawing their answers anew changes the leader of a method in its published form in at most {change} of the draws ({method}). Of the whole doubt it causes {share}.",
            **fields,
        )
    return lang.say(
        "The experts' sampling error matters: with the present reading and panel, drawing their answers anew changes the leader of a method in its published form in up to {change} of the draws ({method}). Of the whole doubt it causes {share}.",
        **fields,
    )


def _near_ties(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    """Name the normalisations under which the first two are so near that sampling decides."""
    names = Names(study, lang)
    near = {
        label: 1 - float(found.rank_acceptability[:, 0].max())
        for label, found in finding.experts_by_variant.items()
    }
    parts = [
        lang.say("{method} ({change})", method=names.method(label), change=lang.percent(change))
        for label, change in near.items()
        if change > _RARELY
    ]
    if not parts:
        return []
    return [
        lang.say(
            "With other normalisations the first two are nearly level, and sampling alone turns them: {parts}.",
            parts=", ".join(parts),
        )
    ]


def what_decides(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    """Name the largest causes of doubt with their shares."""
    names = Names(study, lang)
    doubt = finding.doubt
    if doubt.total <= 0:
        return [
            lang.say("One direction is first in every draw, so there is no doubt to share out.")
        ]
    order = sorted(doubt.shares, key=lambda c: -doubt.shares[c])
    clear, level = _told_apart(finding, order)

    def told(causes: list[str]) -> str:
        return lang.listed(
            [
                lang.say("{cause} ({share})", cause=names.cause(c), share=_share(finding, c, lang))
                for c in causes
            ]
        )

    scale = lang.say(
        "These are shares of the doubt, that is of the chance of {total} that two draws disagree about the first place, with their standard errors.",
        total=lang.number(doubt.total, 2),
    )
    if not clear:
        said = lang.say(
            "What decides cannot be told apart at this number of draws: {causes}.",
            causes=told(level),
        )
    elif level:
        said = lang.say(
            "What decides: {causes}; then, not to be told apart, {others}.",
            causes=told(clear),
            others=told(level),
        )
    else:
        said = lang.say("What decides: {causes}.", causes=told(clear))
    return [f"{said} {scale}"]


def _told_apart(finding: RobustnessFinding, order: list[str]) -> tuple[list[str], list[str]]:
    """Split the largest causes into those whose place is sure, and the next that are level.

    A cause's place is sure when it leads the next by two standard errors of their difference.
    """
    shares, errors = finding.doubt.shares, finding.doubt.errors
    clear: list[str] = []
    for k, cause in enumerate(order[:-1]):
        gap = shares[cause] - shares[order[k + 1]]
        if gap < 2 * (errors[cause] ** 2 + errors[order[k + 1]] ** 2) ** 0.5:
            break
        clear.append(cause)
        if sum(shares[c] for c in clear) >= _MOST:
            return clear, []
    first = order[len(clear)]
    level = [
        c
        for c in order[len(clear) :]
        if shares[first] - shares[c] < 2 * (errors[first] ** 2 + errors[c] ** 2) ** 0.5
    ]
    return clear, level


def _share(finding: RobustnessFinding, cause: str, lang: Language) -> str:
    error = finding.doubt.errors[cause]
    digits = 0 if error >= _HALF_A_PERCENT else 1  # an error of 0 % would claim to know it all
    return lang.say(
        "{share} ± {error}",
        share=lang.percent(max(finding.doubt.shares[cause], 0.0), digits),
        error=lang.percent(error, digits),
    )


def _alone(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    """Name the cause that by itself most often changes the first place."""
    changes = {
        cause: 1 - float(found.rank_acceptability[:, 0].max())
        for cause, found in finding.alone.items()
    }
    worst = max(changes, key=lambda cause: changes[cause])
    if changes[worst] <= 0:
        return [lang.say("No cause by itself ever changes the first place.")]
    return [
        lang.say(
            "Taken by itself, with the rest as assumed, the strongest cause is this: {cause}. Another direction than the usual one is then first in {share} of the draws.",
            cause=Names(study, lang).cause(worst),
            share=lang.percent(changes[worst]),
        )
    ]


def _left_out(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    if not finding.left_out:
        return []
    names = Names(study, lang)
    return [
        lang.say(
            "Left out of the draws, because some drawn values cannot be taken: {methods}.",
            methods=lang.listed([names.method(m) for m in finding.left_out]),
        )
    ]
