"""When to stop: agreement, stability, or rounds enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from survey.dataset import Remark, remark
from survey.delphi.rounds import Round, quartiles
from survey.delphi.stability import concordance, stability
from survey.errors import SurveyError

State = Literal["agreed", "stable", "open"]


@dataclass(frozen=True, slots=True)
class StoppingRules:
    """When an item is agreed on, when it is stable, and how many rounds there are.

    No rule is the field's own: published Delphi studies differ (Diamond et al. 2014, J. Clin.
    Epidemiol. 67, 401-409), so all of them are to be set before the first round. A rule of None
    is not applied; of several rules of agreement all must hold.

    Attributes
    ----------
    iqr : float or None
        An item is agreed on if its quartiles are at most so far apart. Assumed: 1, for scales of
        five points.
    share_within : (share, distance) or None
        An item is agreed on if this share of the answers lies this near to the median.
    w : float or None
        The whole panel agrees if Kendall's W reaches this: every item is then agreed on.
    net_change : float or None
        An item is stable if its distribution changed by no more than this since the round before;
        0.15 after Scheibe, Skutsch, Schofer (1975).
    deviation_change : float or None
        An item is stable if its quartile deviation changed by no more than this.
    least_rounds, most_rounds : int, int or None
        Rounds before which nothing is decided, and after which it is stopped in any case.
    least_experts : int
        An item with fewer answers is open.
    """

    iqr: float | None = 1.0
    share_within: tuple[float, float] | None = None
    w: float | None = None
    net_change: float | None = 0.15
    deviation_change: float | None = None
    least_rounds: int = 2
    most_rounds: int | None = 4
    least_experts: int = 5

    def __post_init__(self) -> None:
        if self.iqr is None and self.share_within is None and self.w is None:
            raise SurveyError(
                "stopping_without_agreement",
                "no rule says when experts agree; one of iqr, share_within and w is expected",
            )
        if self.most_rounds is not None and self.most_rounds < self.least_rounds:
            raise SurveyError(
                "stopping_rounds",
                "{least} rounds at least and {most} at most are asked for; a most not below the "
                "least is expected",
                least=self.least_rounds,
                most=self.most_rounds,
            )


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """An item is agreed on, stable without agreement (experts differ and stay so), or open."""

    item: str
    state: State
    reason: Remark


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to stop after the last round, why, and how every item stands."""

    stop: bool
    reason: Remark
    items: tuple[ItemDecision, ...]

    def asked_again(self) -> tuple[str, ...]:
        """Items for the next round; none after the last."""
        return () if self.stop else tuple(i.item for i in self.items if i.state == "open")


def decide(rounds: Sequence[Round], rules: StoppingRules | None = None) -> Decision:
    """Apply the stopping rules after the last of some rounds."""
    if not rounds:
        raise SurveyError("rounds_none", "there is no round yet; at least one is expected")
    limits = rules or StoppingRules()
    last = rounds[-1]
    items = _items(rounds, limits)
    if len(rounds) < limits.least_rounds:
        reason = remark(
            "rounds_too_few",
            "{found} rounds were held; nothing is decided before {least}",
            found=len(rounds),
            least=limits.least_rounds,
        )
        return Decision(stop=False, reason=reason, items=items)
    still = sum(item.state == "open" for item in items)
    if not still:
        agreed = sum(item.state == "agreed" for item in items)
        reason = remark(
            "nothing_open",
            "nothing is open: {agreed} of {items} items are agreed on, opinion on the others "
            "differs and no longer moves",
            agreed=agreed,
            items=len(items),
        )
        return Decision(stop=True, reason=reason, items=items)
    if limits.most_rounds is not None and len(rounds) >= limits.most_rounds:
        reason = remark(
            "rounds_enough",
            "{still} of {items} items are still open, but {most} rounds were to be held at most",
            still=still,
            items=len(items),
            most=limits.most_rounds,
        )
        return Decision(stop=True, reason=reason, items=items)
    reason = remark(
        "items_open",
        "{still} of {items} items are open after round {round}",
        still=still,
        items=len(items),
        round=last.number,
    )
    return Decision(stop=False, reason=reason, items=items)


def _items(rounds: Sequence[Round], rules: StoppingRules) -> tuple[ItemDecision, ...]:
    last = rounds[-1]
    w = concordance(last) if rules.w is not None else None
    changes = {}
    if len(rounds) > 1:
        changes = {item.item: item for item in stability(rounds[-2], last).items}
    found = []
    for k, item in enumerate(last.items):
        given = last.given(k)
        if len(given) < rules.least_experts:
            reason = remark(
                "answers_too_few",
                "{found} experts answered; {least} are asked for",
                found=len(given),
                least=rules.least_experts,
            )
            found.append(ItemDecision(item, "open", reason))
            continue
        if rules.w is not None and w is not None and w >= rules.w:
            reason = remark(
                "panel_concordant",
                "the panel agrees on the whole: W is {w}, {limit} was asked for",
                w=round(w, 3),
                limit=rules.w,
            )
            found.append(ItemDecision(item, "agreed", reason))
            continue
        low, middle, high = quartiles(given)
        if (reason_agreed := _agreed(given, (low, middle, high), rules)) is not None:
            found.append(ItemDecision(item, "agreed", reason_agreed))
            continue
        change = changes.get(item)
        net = None if change is None else change.net_change
        spread = (
            None
            if change is None or change.deviation_before is None or change.deviation_after is None
            else abs(change.deviation_after - change.deviation_before)
        )
        held = [
            figure is not None and figure <= limit
            for figure, limit in ((net, rules.net_change), (spread, rules.deviation_change))
            if limit is not None
        ]
        if held and all(held):
            reason = remark(
                "stable_without_agreement",
                "experts differ (quartiles {low} and {high}), and opinion no longer moves: the "
                "distribution changed by {net} % since the round before",
                low=low,
                high=high,
                net=round(100 * (net or 0.0)),
            )
            found.append(ItemDecision(item, "stable", reason))
        else:
            reason = remark(
                "item_open",
                "experts differ (quartiles {low} and {high}), and opinion moves or was asked once",
                low=low,
                high=high,
            )
            found.append(ItemDecision(item, "open", reason))
    return tuple(found)


def _agreed(
    given: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    at: tuple[float, float, float],
    rules: StoppingRules,
) -> Remark | None:
    low, middle, high = at
    if rules.iqr is None and rules.share_within is None:
        return None
    if rules.iqr is not None and high - low > rules.iqr:
        return None
    if rules.share_within is not None:
        share, distance = rules.share_within
        near = float((np.abs(given - middle) <= distance).mean())
        if near < share:
            return None
    return remark(
        "item_agreed",
        "experts agree: median {median}, quartiles {low} and {high}",
        median=middle,
        low=low,
        high=high,
    )
