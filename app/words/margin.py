"""How far the two that lead are apart, and what makes that uncertain."""

from __future__ import annotations

from app.analysis import RobustnessFinding
from app.i18n import Language
from app.study import Study
from app.words.names import Names

_TOLD = 3


def sentences(finding: RobustnessFinding, study: Study, lang: Language) -> list[str]:
    """Say by how many places the leader is ahead on average, and what makes that uncertain."""
    margin = finding.margin
    if margin is None:
        return []
    names = Names(study, lang)
    said = lang.say(
        "With everything drawn, {leader} stands {mean} ± {error} places above {rival} on average, and below it in {reversed} of the draws.",
        leader=names.alternative(finding.alternatives[margin.leader]),
        rival=names.alternative(finding.alternatives[margin.rival]),
        mean=lang.number(margin.mean, 2),
        error=lang.number(margin.error, 2),
        reversed=lang.percent(margin.reversed),
    )
    doubt = margin.doubt
    if doubt.total <= 0:
        return [f"{said} " + lang.say("That gap is the same in every draw.")]
    order = sorted(doubt.shares, key=lambda c: -doubt.shares[c])[:_TOLD]
    return [
        f"{said} "
        + lang.say(
            "Shares of the spread of this gap: {causes}.",
            causes=lang.listed(
                [
                    lang.say(
                        "{cause} ({share})",
                        cause=names.cause(c),
                        share=lang.say(
                            "{share} ± {error}",
                            share=lang.percent(max(doubt.shares[c], 0.0)),
                            error=lang.percent(doubt.errors[c]),
                        ),
                    )
                    for c in order
                ]
            ),
        )
    ]
