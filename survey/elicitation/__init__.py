"""Elicitation: judgements become weights, with how consistent they are and what makes them not.

The shorter ways come first in the registry: an order, points, then comparisons.
"""

from survey.elicitation import ranks, points, simos, chains, bwm, ahp  # noqa: F401, I001 - they register, in this order
from survey.elicitation.groups import aggregate_judgements, aggregate_priorities, synthesise
from survey.elicitation.registry import (
    ELICITATIONS,
    Elicitation,
    Judgements,
    Parameter,
    elicit,
)
from survey.elicitation.result import Consistency, Elicited, Message

__all__ = [
    "ELICITATIONS",
    "Consistency",
    "Elicitation",
    "Elicited",
    "Judgements",
    "Message",
    "Parameter",
    "aggregate_judgements",
    "aggregate_priorities",
    "elicit",
    "synthesise",
]
