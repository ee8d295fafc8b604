"""How sure the first place is, and what the doubt comes from."""

from __future__ import annotations

from app.analysis import DirectionsFinding, RobustnessFinding
from app.i18n import Language
from app.study import Study
from app.words import directions as words_of_directions
from app.words.names import Names

# Below this part of the draws sampling error is said not to decide.
_RARELY = 0.05
# The causes told are the largest ones that together make this part of the doubt.
_HALF_A_PERCENT = 0.005
_MOST = 0.6


def sentences(
    finding: RobustnessFinding, directions: DirectionsFinding, study: Study, lang: Language
) -> list[str]:
    """Say how sure the first place is, what decides it and what does not."""
    return [
        how_sure(finding, study, lang),
        experts_decide(finding, directions, study, lang),
        *what_decides(finding, study, lang),
        *_alone(finding, study, lang),
        *words_of_directions.what_would_tip(directions, study, lang),
        lang.say(
            "How far each cause may move is assumed: coded cells between their low and high, relevance by one step, block weights from 0 to twice theirs, the rest alike likely."
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
            "With everything uncertain drawn at once, {first} is first in {share} of {draws} draws.",
            **fields,
        )
    return lang.say(
        "With everything uncertain drawn at once, {first} is first in {share} of {draws} draws and {second} in {other}.",
        second=names.alternative(finding.alternatives[order[1]]),
        other=lang.percent(float(firsts[order[1]])),
        **fields,
    )


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
            "The experts' sampling error is not what decides: drawing their answers anew changes the leader of no method and causes {share} of the doubt.",
            share=fields["share"],
        )
    if changes[worst] <= _RARELY:
        return lang.say(
            "The experts' sampling error is not what decides: drawing their answers anew changes a method's leader in at most {change} of the draws ({method}) and causes {share} of the doubt.",
            **fields,
        )
    return lang.say(
        "The experts' sampling error matters: drawing their answers anew changes a method's leader in up to {change} of the draws ({method}); it causes {share} of the doubt.",
        **fields,
    )


def what_decides(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    """Name the largest causes of doubt with their shares."""
    names = Names(study, lang)
    doubt = finding.doubt
    if doubt.total <= 0:
        return [
            lang.say("One direction is first in every draw, so there is no doubt to share out.")
        ]
    told, sum_ = [], 0.0
    for cause in sorted(doubt.shares, key=lambda c: -doubt.shares[c]):
        if sum_ >= _MOST:
            break
        told.append(
            lang.say(
                "{cause} ({share})", cause=names.cause(cause), share=_share(finding, cause, lang)
            )
        )
        sum_ += doubt.shares[cause]
    return [
        lang.say(
            "What decides: {causes}. These are shares of the doubt, that is of the chance of {total} that two draws disagree about the first place, with their standard errors.",
            causes=lang.listed(told),
            total=lang.number(doubt.total, 2),
        )
    ]


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
