"""How many more experts would settle the first place, and from which group."""

from __future__ import annotations

from app.analysis import SAME_PANEL, PlanningFinding
from app.i18n import Language
from app.words.names import Names


def sentences(finding: PlanningFinding | None, names: Names, lang: Language) -> list[str]:
    """Say how stable the first place is, how many more would settle it, and by which groups."""
    if finding is None:
        return [
            lang.say(
                "How many more experts would settle the first place is not simulated: the method takes too long to be drawn."
            )
        ]
    curve = finding.curves.get(SAME_PANEL, next(iter(finding.curves.values())))
    fields = {
        "leader": names.alternative(finding.leader),
        "method": names.method(finding.method),
        "now": chance(finding.now, lang),
        "settled": lang.percent(finding.settled, 0),
    }
    if curve.enough == 0:
        said = lang.say(
            "By {method}, everything else as assumed, {leader} would stay first with probability {now} however many more experts were asked: to settle the first place no more of them are needed.",
            **fields,
        )
    elif curve.enough is None:
        said = lang.say(
            "By {method}, everything else as assumed, {leader} would stay first with probability {now} if more experts were asked; even {most} more would not settle the first place with {settled}.",
            most=lang.number(finding.sizes[-1], 0),
            **fields,
        )
    else:
        said = lang.say(
            "By {method}, everything else as assumed, {leader} would stay first with probability {now} if more experts were asked; between {before} and {enough} more would settle the first place with {settled}.",
            before=lang.number(finding.before(curve.enough), 0),
            enough=lang.number(curve.enough, 0),
            **fields,
        )
    return [said, *_by_group(finding, names, lang), _how(finding, lang)]


def chance(probability: float, lang: Language) -> str:
    """A probability; with a decimal where a whole percentage would make it certain."""
    return lang.percent(probability, 1 if not 0.01 <= probability <= 0.99 else 0)


def panel(who: str, names: Names, lang: Language) -> str:
    """Whom the further experts come from."""
    return lang.say("all groups as today") if who == SAME_PANEL else names.group(who)


def _by_group(finding: PlanningFinding, names: Names, lang: Language) -> list[str]:
    """Say what asking further experts of one group alone could reach."""
    alone = {g: c for g, c in finding.curves.items() if g != SAME_PANEL}
    if len(alone) < 2 or finding.curves[SAME_PANEL].enough == 0:
        return []
    enough = {g: c.enough for g, c in alone.items() if c.enough is not None}
    if enough:
        best = min(enough, key=lambda g: enough[g])
        return [
            lang.say(
                "From one group alone the fewest would be needed of “{group}”: between {before} and {enough}.",
                group=names.group(best),
                before=lang.number(finding.before(enough[best]), 0),
                enough=lang.number(enough[best], 0),
            )
        ]
    best = max(alone, key=lambda g: alone[g].limit)
    return [
        lang.say(
            "No group alone can settle it: most would come of asking more of “{group}”, and even everybody in it would bring the probability to {limit} only.",
            group=names.group(best),
            limit=chance(alone[best].limit, lang),
        )
    ]


def _how(finding: PlanningFinding, lang: Language) -> str:
    return lang.say(
        "Further experts are simulated {draws} times: what each group truly says is drawn from its answers, new experts answer accordingly, and the ranking is made anew; the groups keep their weight in the panel, so new experts make a group better known and do not give it more votes. Settled means a probability of {settled} that the first place would not change any more; that threshold is assumed. The simulation knows of no other doubt than that of who was asked. Standard error of a probability: at most {error}.",
        draws=lang.number(finding.draws, 0),
        settled=lang.percent(finding.settled, 0),
        error=lang.percent(finding.error, 1),
    )
