"""Two hundred people of the vignette of R ahpsurvey: one matrix of all, and the mean of their own."""

import json
from pathlib import Path

import numpy as np
import pytest

from survey.elicitation import aggregate_judgements, aggregate_priorities, elicit

(ORACLE,) = [
    o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "survey.json").read_text(encoding="utf-8")
    )
    if o["statistic"] == "ahp_groups"
]
EXPECTED = ORACLE["expected"]
LABELS = tuple(EXPECTED["AIP_arithmetic_mean"])


@pytest.fixture(scope="module")
def matrices():
    """A code of 4 says that the second of a pair is 4 times as important, -4 that the first is."""
    found = np.ones((200, 5, 5))
    pairs = [[LABELS.index(name) for name in pair.split("_")] for pair in ORACLE["input"]["order"]]
    for matrix, codes in zip(found, ORACLE["input"]["codes_200_respondents"], strict=True):
        for (i, j), code in zip(pairs, codes, strict=True):
            matrix[i, j] = 1 / code if code > 0 else -code
            matrix[j, i] = 1 / matrix[i, j]
    return found


def test_one_matrix_of_all_is_the_published_one(matrices):
    expected = np.array(EXPECTED["AIJ_geometric_matrix"])
    np.testing.assert_allclose(aggregate_judgements(matrices), expected, rtol=0, atol=6e-3)


def test_the_mean_of_everyone_s_own_priorities_is_the_published_one(matrices):
    people = [
        elicit("ahp", {"matrix": m.tolist(), "priorities": "column-mean"}, LABELS) for m in matrices
    ]
    expected = list(EXPECTED["AIP_arithmetic_mean"].values())
    np.testing.assert_allclose(aggregate_priorities(people).weights, expected, atol=5e-5)
    spread = np.std([person.weights for person in people], axis=0, ddof=1)
    np.testing.assert_allclose(spread, EXPECTED["AIP_sd"], atol=6e-4)


def test_as_many_are_consistent_as_was_published(matrices):
    ratios = [elicit("ahp", {"matrix": m.tolist()}, LABELS).consistency.value for m in matrices]
    assert sum(ratio <= 0.1 for ratio in ratios) == EXPECTED["n_CR_le_0.1"]
