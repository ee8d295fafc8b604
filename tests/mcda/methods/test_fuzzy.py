import math

import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives

# Kore, Ravi and Patil (2017), as carried in tests/oracles/mcda.json.
KORE = DecisionProblem(
    values=[[5, 9, 4, 5], [7, 8, 3, 3]],
    weights=[6, 8, 8, 4],
    senses=["min", "max", "max", "max"],
)
PARAMS = {
    "low": [[3, 7, 1, 3], [5, 5, 1, 1]],
    "high": [[7, 9, 7, 7], [9, 9, 5, 5]],
    "weights_low": [3 / 6, 5 / 8, 5 / 8, 1 / 4],
    "weights_high": [9 / 6, 9 / 8, 9 / 8, 7 / 4],
    "ideals": "columns",
}


def vertex(triangle, ideal):
    return math.sqrt(sum((x - ideal) ** 2 for x in triangle) / 3)


def test_distances_are_those_printed():
    steps = rank_alternatives(KORE, "fuzzy-topsis", **PARAMS).steps
    assert steps["d_plus"] * 26 == pytest.approx([18.352692130107226, 21.116560843933744])
    assert steps["d_minus"] * 26 == pytest.approx([19.130795215674166, 13.675031586664522])


def test_with_weights_up_to_one_the_ideals_are_one_and_zero_as_chen_has_them():
    """Independent derivation, cell by cell from Chen's formulae: no example with figures was at hand."""
    ratings = [
        [(5, 7, 9), (2, 3, 4), (1, 2, 4)],
        [(6, 8, 10), (3, 5, 6), (2, 3, 3)],
        [(7, 7, 8), (1, 2, 2), (3, 5, 8)],
    ]
    weights = [(0.7, 0.9, 1.0), (0.4, 0.6, 0.8), (0.5, 0.5, 0.7)]
    senses = ["max", "min", "max"]
    expected = []
    for row in ratings:
        to_ideal = to_anti = 0.0
        for j, (a, b, c) in enumerate(row):
            if senses[j] == "max":
                top = max(other[j][2] for other in ratings)
                scaled = (a / top, b / top, c / top)
            else:
                least = min(other[j][0] for other in ratings)
                scaled = (least / c, least / b, least / a)
            weighted = [r * w for r, w in zip(scaled, weights[j], strict=True)]
            to_ideal += vertex(weighted, 1.0)
            to_anti += vertex(weighted, 0.0)
        expected.append(to_anti / (to_ideal + to_anti))
    table, middle = np.array(ratings), [w[1] for w in weights]
    problem = DecisionProblem(values=table[..., 1], weights=middle, senses=senses)
    found = rank_alternatives(
        problem,
        "fuzzy-topsis",
        low=table[..., 0].tolist(),
        high=table[..., 2].tolist(),
        weights_low=[w[0] / w[1] for w in weights],
        weights_high=[w[2] / w[1] for w in weights],
    )
    assert found.scores == pytest.approx(expected)
    assert found.steps["fpis"] * sum(middle) == pytest.approx(np.ones(3))
    assert found.steps["weighted"].shape == (3, 3, 3)


@pytest.mark.parametrize("ideals", ["scale", "columns"])
def test_crisp_values_rank_as_the_weighted_sum_with_maximum_normalisation(ideals):
    rng = np.random.default_rng(3)
    problem = DecisionProblem(
        values=rng.uniform(1, 9, (7, 4)), weights=rng.dirichlet(np.ones(4)), senses=KORE.senses
    )
    crisp = rank_alternatives(problem, "fuzzy-topsis", ideals=ideals)
    linear = rank_alternatives(problem, "wsm", normalisation="max")
    assert crisp.ranks.tolist() == linear.ranks.tolist()


def test_fuzzy_values_can_turn_the_order_of_their_middles():
    """Equal middles: the one that may turn out far better lies nearer to the ideal."""
    problem = DecisionProblem(values=[[5], [5]], senses=["max"])
    found = rank_alternatives(problem, "fuzzy-topsis", low=[[5], [4]], high=[[5], [9]])
    assert found.ranks.tolist() == [2, 1]


def test_tables_follow_the_criteria_that_keep_a_weight():
    wider = DecisionProblem(
        values=[[5, 0, 9, 4, 5], [7, 0, 8, 3, 3]],
        weights=[6, 0, 8, 8, 4],
        senses=["min", "min", "max", "max", "max"],
    )
    given = {
        name: [[*row[:1], 0, *row[1:]] for row in PARAMS[name]] for name in ("low", "high")
    } | {
        name: [*PARAMS[name][:1], 1, *PARAMS[name][1:]] for name in ("weights_low", "weights_high")
    }
    expected = rank_alternatives(KORE, "fuzzy-topsis", **PARAMS).scores
    found = rank_alternatives(wider, "fuzzy-topsis", ideals="columns", **given)
    assert found.scores.tolist() == expected.tolist()


@pytest.mark.parametrize("ideals", ["scale", "columns"])
def test_fuzzy_scores_of_many_weights_are_those_of_single_calls(ideals):
    method = get_method("fuzzy-topsis")
    weights = np.random.default_rng(1).dirichlet(np.ones(4), 6)
    params = PARAMS | {"ideals": ideals}
    together = method.scores(KORE.values, weights, KORE.sense, **params)
    for w, scores in zip(weights, together, strict=True):
        assert method.scores(KORE.values, w, KORE.sense, **params) == pytest.approx(scores)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"low": [[1, 2], [3, 4]]}, "expected finite numbers in the shape 2 x 4"),
        ({"high": "wide"}, "high is wide; expected finite numbers"),
        (
            {"low": [[3, 7, 1, 3], [5, 5, 1, 4]]},
            "row 2, criterion number 4: the value does not lie",
        ),
        ({"high": [[7, 9, 7, 7], [9, 7, 5, 5]]}, "row 2, criterion number 2: the value"),
        ({"low": [[0, 7, 1, 3], [5, 5, 1, 1]]}, "expected benefits of 0 or more and costs above 0"),
        ({"weights_low": [1, 1, 1, 1.5]}, "expected shares of the weight from 0 to 1"),
        ({"weights_high": [1, 1, 1, 0.5]}, "expected shares of the weight of 1 or more"),
        ({"weights_low": [1, 1]}, "expected finite numbers in the shape 4"),
        ({"ideals": "column"}, "expected columns"),
    ],
)
def test_what_is_no_fuzzy_number_is_refused_in_one_sentence(changes, sentence):
    with pytest.raises(ProblemError) as caught:
        rank_alternatives(KORE, "fuzzy-topsis", **(PARAMS | changes))
    assert sentence in str(caught.value)
