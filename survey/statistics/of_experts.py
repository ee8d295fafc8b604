"""Statistics of who weighs how much, and of who or what is preferred, by name."""

from __future__ import annotations

from survey.elicitation.paired import bradley_terry
from survey.elicitation.result import message
from survey.experts import competence, kish, rake
from survey.statistics.inputs import Given
from survey.statistics.registry import Found, Key, register

_MOST_REGULARISATION = 1000.0


@register(
    "bradley_terry",
    message("Bradley and Terry's strengths from paired comparisons"),
    Key(
        "wins_row_over_col",
        message("how often the row was preferred to the column"),
        required=True,
    ),
    Key("items", message("names of what was compared")),
    Key("regularisation", message("pull of the strengths towards each other; 0: none")),
    source="Bradley, Terry (1952)",
)
def _bradley_terry(given: Given) -> Found:
    wins = given.table("wins_row_over_col")
    items = given.names("items", len(wins))
    pull = given.number("regularisation", 0, _MOST_REGULARISATION, 0.0)
    found = bradley_terry(wins, items, regularisation=pull)
    return {
        "p_geometric_mean_1": found.p,
        "weights": found.weights,
        "items": found.items,
        "log_likelihood": found.log_likelihood,
        "regularisation": found.regularisation,
    }


@register(
    "competence",
    message("Competence coefficient of an expert"),
    Key("Kz_self_score_0_10", message("how the expert rates himself, 0 to 10"), required=True),
    Key("argument_scores", message("scores of his sources of argument"), required=True),
    Key("thresholds", message("from where competence is medium, and from where high")),
    source="Cruz Ramirez, Martinez Cepena (2018)",
)
def _competence(given: Given) -> Found:
    score = given.number("Kz_self_score_0_10", 0, 10)
    scores = given.numbers("argument_scores").tolist()
    if given.has("thresholds"):
        low, high = given.pair("thresholds")
        found = competence(score, scores, thresholds=(low, high))
    else:
        found = competence(score, scores)
    return {
        "Kz": found.Kz,
        "Ka": found.Ka,
        "K": found.K,
        "level": found.level,
        "thresholds": list(found.thresholds),
    }


@register(
    "kish",
    message("Kish's effective number and design effect"),
    Key("w", message("weights of the experts"), required=True),
    source="Kish (1965)",
)
def _kish(given: Given) -> Found:
    found = kish(given.numbers("w"))
    return {"n_eff": found.n_eff, "design_effect": found.design_effect, "n": found.n}


@register(
    "raking",
    message("Raking of a table to given margins"),
    Key("seed", message("the table to rake"), required=True),
    Key("row_targets", message("sums wanted of the rows"), required=True),
    Key("col_targets", message("sums wanted of the columns"), required=True),
    source="Deming, Stephan (1940)",
)
def _raking(given: Given) -> Found:
    found = rake(given.table("seed"), given.numbers("row_targets"), given.numbers("col_targets"))
    return {"fitted": found.fitted, "iterations": found.iterations, "gap": found.gap}
