"""Paths of findings.json that end at a figure: what a measure of published.csv may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.study import formats
from app.study.checks.directions import measured
from app.study.draft import Draft, ids
from app.study.faults import Message, message, one_of
from mcda import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = "*year"  # any year
_ANY = "*"  # any name: the table that defines the names has faults of its own
# What the analysis calls the causes of doubt and the rules of consensus.
_CAUSES = (
    "experts",
    "groups",
    "other",
    "relevance",
    "cells",
    "blocks",
    "reading",
    "method",
    "normalisation",
)
_RULES = ("borda", "copeland")
_SAME_PANEL = "same_panel"  # further experts from every group as today
_INTERVAL = ("low", "high")
# These continue the index under the scenarios, so they need both sections.
_CONTINUED = (
    "scenarios",
    "differences",
    "ratio",
    "tie",
    "variants_swept",
    "variants_banded",
    "share_in_order",
)


@dataclass(frozen=True, slots=True)
class Node:
    """A place of the findings: what is below it, and whether a measure may end there."""

    below: dict[str, Node]
    ends: bool = False


_FIGURE = Node({}, ends=True)


def known_paths(draft: Draft) -> Node:
    """Every path with a figure that the findings of this study can have."""
    scenarios = _names(draft, formats.SCENARIOS, "scenario")
    alternatives = _each(_names(draft, formats.ALTERNATIVES, "alternative"))
    ranked = _each(METHODS, alternatives)
    return Node(
        {
            "priorities": _priorities(draft),
            "experts": _experts(draft),
            "criteria_weights": _each(_ranked_on(draft)),
            "directions": Node(
                _directions(_ranked_on(draft), alternatives, ranked).below
                | _robustness(draft, alternatives)
            ),
            "scenarios": Node(
                {
                    "year": _FIGURE,
                    "ranks": _each(METHODS, _each(scenarios)),
                    "directions": _each(scenarios, alternatives),
                }
            ),
            "resilience": _resilience(draft, scenarios),
            "provenance": _provenance(draft),
        }
    )


def missing_section(draft: Draft, path: str) -> str | None:
    """Section of study.yaml that a path needs and the study does not have."""
    first, second = (*path.split("."), "")[:2]
    needed = {"series": ["resilience"], "probability": ["scenarios"]}.get(first, [first])
    if first == "resilience" and second in _CONTINUED:
        needed = ["resilience", "scenarios"]
    for section in needed:
        if section in {"scenarios", "resilience"} and getattr(draft.settings, section) is None:
            return section
    return None


def expected_instead(path: str, root: Node) -> Message | None:
    """What is expected where a path leaves the known ones; None if it is one of them."""
    node = root
    done: list[str] = []
    for part in path.split("."):
        if not node.below:
            return message("a path that ends at {path}", path=".".join(done))
        following = node.below.get(part, node.below.get(_ANY))
        if following is None and part.isdecimal():
            following = node.below.get(_YEAR)
        if following is None:
            if _YEAR in node.below:
                return message("a year, such as 2019")
            return one_of(part, node.below)
        node = following
        done.append(part)
    return None if node.ends else _further(path, node)


def _further(path: str, node: Node) -> Message:
    if _YEAR in node.below:
        return message("{path} followed by a year", path=path)
    if _ANY in node.below:
        return message("{path} followed by a name", path=path)
    return message("{path} followed by one of {known}", path=path, known=", ".join(node.below))


def _each(names: Iterable[str], below: Node = _FIGURE) -> Node:
    return Node(dict.fromkeys(names, below))


def _names(draft: Draft, format_: formats.Format, column: str) -> tuple[str, ...]:
    table = draft.tables.get(format_.file)
    known = None if table is None else ids(table, column)
    return (_ANY,) if known is None else known


def _ranked_on(draft: Draft) -> tuple[str, ...]:
    criteria = measured(draft.tables[formats.CRITERIA.file], "yes", "computed")
    return (_ANY,) if criteria is None else criteria


def _priorities(draft: Draft) -> Node:
    share = _each(("share", *_INTERVAL, "weight"))
    if draft.weighed is None:
        return Node({_ANY: Node({_ANY: share})})
    return Node({question: _each(options, share) for question, options in draft.weighed.items()})


def _experts(draft: Draft) -> Node:
    """Differences of the groups, the effect of each, and how many more experts would settle it."""
    groups = tuple(group.id for group in draft.settings.groups)
    asked = {_ANY: (_ANY,)} if draft.options is None else draft.options
    sized = _each(("value", *_INTERVAL))
    tested = _each(("p", "p_holm"))
    contrast = _each(("share", "share_of_others", "difference", *_INTERVAL))
    told = Node(contrast.below | tested.below | {"odds_ratio": sized})
    option = Node(tested.below | {"standard_error": _FIGURE, "cramers_v": sized})
    overall = Node(
        _each(("p", "standard_error", "x2", "n", "left_out", "bonferroni", "bootstrap")).below
        | {"resamples": _FIGURE, "rao_scott": _each(("x2", "df", "p"))}
    )
    return Node(
        {
            "questions": Node(
                {
                    question: Node(
                        {
                            "options": _each(options, option),
                            "contrasts": _each(options, _each(groups, told)),
                            "overall": overall,
                            "without": _each(
                                groups, Node({"weights": _each(options), "moved": _FIGURE})
                            ),
                        }
                    )
                    for question, options in asked.items()
                }
            ),
            "planning": Node(
                _each(("now", "error", "settled_from", "draws")).below
                | {"panels": _each((_SAME_PANEL, *groups), _each(("limit", "enough")))}
            ),
        }
    )


def _directions(criteria: tuple[str, ...], alternatives: Node, ranked: Node) -> Node:
    causes = _each(_CAUSES)
    return Node(
        {
            "scores": ranked,
            "ranks": ranked,
            "first_by": alternatives,
            "consensus": _each(_RULES, alternatives),
            "weight_stability": _each(criteria, _each(("weight", *_INTERVAL))),
            "expected_rank": alternatives,
            "cause_alone": _each(_CAUSES, alternatives),
            "doubt": causes,
            "doubt_error": causes,
            "doubt_total": _FIGURE,
        }
    )


def _robustness(draft: Draft, alternatives: Node) -> dict[str, Node]:
    """What would change the answer, the audit, the groups apart, and what to learn next."""
    weights = Node({"distance": _FIGURE, "weights": _each(_ranked_on(draft))})
    missing = Node({"weight": _FIGURE, "by_rival": alternatives})
    groups = tuple(group.id for group in draft.settings.groups)
    learnt = _each(("value", "error", "share"))
    unmeasured = measured(draft.tables[formats.CRITERIA.file], "no")
    causes = _each(_CAUSES)
    return {
        "margin": Node(
            _each(("mean", "error", "reversed")).below | {"doubt": causes, "doubt_error": causes}
        ),
        "change": Node(
            {
                "weights": _each(("L1", "L2"), weights),
                "weights_by_method": _each(METHODS, weights),
                "value": _each(("present", "value", "change", "share")),
                "missing_criterion": missing,
                "missing_criterion_by_method": _each(METHODS, missing),
                "rank_reversal": _each(("reversals", "refused", "pairs_reversed")),
                "triangle": Node({"first_on": alternatives}),
            }
        ),
        "audit": Node(
            {
                "specification_curve": Node(
                    _each(("total", "refused")).below
                    | {
                        "first_by": alternatives,
                        "by_option": Node(
                            {
                                "panel": _each(("experts", "groups", *groups), alternatives),
                                "reading": _each(("off",), alternatives),
                                "method": _each(METHODS, alternatives),
                            }
                        ),
                    }
                )
            }
        ),
        "groups": Node(
            {
                "ranks": _each(groups, alternatives),
                "experts": _each(groups),
                "pooled_judgements": alternatives,
                "consensus": _each((*_RULES, "kemeny"), alternatives),
                "kemeny_optima": _FIGURE,
            }
        ),
        "learning": Node(
            _each(("perfect", "perfect_error", "draws")).below
            | {
                "inputs": _each(_CAUSES, learnt),
                "missing_criterion": _each((_ANY,) if unmeasured is None else unmeasured, learnt),
            }
        ),
    }


def _resilience(draft: Draft, scenarios: tuple[str, ...]) -> Node:
    settings = draft.settings.resilience
    factors = _names(draft, formats.FACTORS, "factor")
    lists = ("default", *(each.id for each in settings.variants)) if settings else ()
    years = _each((_YEAR,))
    interval = Node(_each(("value", *_INTERVAL)).below, ends=True)
    return Node(
        {
            "observed": years,
            "factors": _each(factors, years),
            "variants": _each(lists, years),
            "scenarios": _each(scenarios, _each((_YEAR,), interval)),
            "ratio": years,
            "tie": _each(factors, years),
            "variants_swept": _FIGURE,
            "variants_banded": _FIGURE,
            "share_in_order": years,
        }
    )


def _provenance(draft: Draft) -> Node:
    run = {"draws": _FIGURE, "seed": _FIGURE}
    weights = _each(block.id for block in draft.settings.blocks)
    return Node({**run, "settings": Node({**run, "block_weights": weights})})
