"""Statistics of consensus on a scale, of validity and of raters' errors, by name."""

from __future__ import annotations

from survey.agreement import (
    consensus_interval,
    content_interval,
    content_validity_ratio,
    dawid_skene,
    leik,
    tastle_wierman,
    van_der_eijk,
)
from survey.agreement.intervals import Consensus
from survey.elicitation.inputs import is_number, shown
from survey.elicitation.result import message
from survey.errors import SurveyError
from survey.statistics.inputs import Given
from survey.statistics.intervals import interval
from survey.statistics.registry import BOOTSTRAP, Found, Key, register

_MOST_EXPERTS = 100_000
_FREQ = Key(
    "freq", message("numbers or shares of answers at each point of an ordered scale"), required=True
)


def _consensus(given: Given, measure: Consensus, key: str, value: float) -> Found:
    out: Found = {key: value}
    if resamples := given.resamples():
        out["interval"] = interval(
            consensus_interval(
                given.numbers("freq"),
                measure,
                given.rng,
                resamples=resamples,
                confidence=given.confidence,
            )
        )
    return out


@register(
    "van_der_eijk",
    message("Van der Eijk's agreement A on an ordered scale"),
    _FREQ,
    *BOOTSTRAP,
    source="van der Eijk (2001)",
)
def _van_der_eijk(given: Given) -> Found:
    return _consensus(given, "van_der_eijk", "A", van_der_eijk(given.numbers("freq")))


@register(
    "tastle_wierman",
    message("Tastle and Wierman's consensus Cns on an ordered scale"),
    _FREQ,
    *BOOTSTRAP,
    source="Tastle, Wierman (2007)",
)
def _tastle_wierman(given: Given) -> Found:
    return _consensus(given, "tastle_wierman", "Cns", tastle_wierman(given.numbers("freq")))


@register(
    "leik",
    message("Leik's dispersion D on an ordered scale"),
    _FREQ,
    *BOOTSTRAP,
    source="Leik (1966)",
)
def _leik(given: Given) -> Found:
    value = leik(given.numbers("freq"))
    return {"consensus": 1 - value} | _consensus(given, "leik", "D", value)


@register(
    "lawshe",
    message("Lawshe's content validity ratio"),
    Key("n_essential", message("experts who call the item essential"), required=True),
    Key("N", message("experts in all"), required=True),
    *BOOTSTRAP,
    source="Lawshe (1975)",
)
def _lawshe(given: Given) -> Found:
    experts = given.whole("N", 1, _MOST_EXPERTS)
    essential = given.whole("n_essential", 0, experts)
    out: Found = {
        "CVR": content_validity_ratio(essential, experts).ratio,
        "p": content_validity_ratio(essential, experts).p,
    }
    if resamples := given.resamples():
        out["interval"] = interval(
            content_interval(
                essential, experts, given.rng, resamples=resamples, confidence=given.confidence
            )
        )
    return out


@register(
    "dawid_skene",
    message("Dawid and Skene's model of raters who err"),
    Key("item_rater_rating", message("judgements: item, rater, class"), required=True),
    source="Dawid, Skene (1979)",
)
def _dawid_skene(given: Given) -> Found:
    rows = given.rows("item_rater_rating")
    for i, row in enumerate(rows):
        if len(row) != 3 or not all(isinstance(x, str) or is_number(x) for x in row):
            raise SurveyError(
                "judgement_shape",
                "{name} is {found}; item, rater and class, numbers or texts, are expected",
                name=f"item_rater_rating[{i}]",
                found=shown(row),
            )
    found = dawid_skene([(row[0], row[1], row[2]) for row in rows])
    return {
        "classes": found.classes,
        "class_marginals": found.marginals,
        "items": found.items,
        "posterior": found.posterior,
        "raters": found.raters,
        "errors": found.errors,
        "log_likelihood": found.log_likelihood,
        "rounds": found.rounds,
        "converged": found.converged,
    }
