"""Answers of each kind as the expert's own weights."""

import numpy as np
import pytest

from survey import Numbers, Questionnaire, SurveyError, individual_priorities
from survey.elicitation import elicit

QUESTIONS = """
id: council
format_version: 1
title: {en: Council, ru: Совет}
questions:
  - {id: points, kind: points, text: &t {en: Which, ru: Что}, options: &o [{id: a, text: *t}, {id: b, text: *t}, {id: c, text: *t}]}
  - {id: rating, kind: rating, text: *t, options: *o}
  - {id: below, kind: rating, text: *t, options: *o, scale: {low: -2, high: 2}}
  - {id: ranking, kind: ranking, text: *t, options: *o}
  - {id: top, kind: ranking, text: *t, options: *o, most: 1}
  - {id: pairs, kind: pairwise, text: *t, options: *o}
  - {id: best, kind: best_worst, text: *t, options: *o}
  - {id: words, kind: text, text: *t}
"""
ASKED = Questionnaire.from_yaml(QUESTIONS)
NONE = np.nan


def judged(question, rows):
    asked = ASKED.question(question)
    values = np.array(rows, dtype=float)
    numbers = Numbers(question, asked.columns, values, np.ones(values.shape, dtype=bool))
    return individual_priorities(asked, numbers, ["a"], np.zeros(len(values), dtype=int))


def test_points_become_their_shares_and_blanks_are_no_points():
    found = judged("points", [(50, 30, 20), (10, NONE, NONE), (NONE, NONE, NONE), (0, 0, 0)])
    assert found.weights[0] == pytest.approx([0.5, 0.3, 0.2])
    assert found.weights[1] == pytest.approx([1, 0, 0])
    assert found.given.tolist() == [True, True, False, False]


def test_points_of_another_total_are_scaled():
    assert judged("points", [(5, 3, 2)]).weights[0] == pytest.approx([0.5, 0.3, 0.2])


def test_ratings_become_shares_of_their_sum_once_all_are_given():
    found = judged("rating", [(5, 4, 1), (5, NONE, 1)])
    assert found.weights[0] == pytest.approx([0.5, 0.4, 0.1])
    assert found.given.tolist() == [True, False]


def test_a_scale_below_zero_gives_no_weights():
    with pytest.raises(SurveyError, match="rated from -2"):
        judged("below", [(1, 1, 1)])


def test_an_order_becomes_centroids():
    found = judged("ranking", [(1, 2, 3), (3, 1, 2), (1, NONE, 2)])
    # Barron, Barrett (1996): 11/18, 5/18, 2/18 of three.
    assert found.weights[0] == pytest.approx([11 / 18, 5 / 18, 2 / 18])
    assert found.weights[1] == pytest.approx([2 / 18, 11 / 18, 5 / 18])
    assert found.given.tolist() == [True, True, False]


def test_options_without_a_place_share_the_places_left():
    assert judged("top", [(NONE, 1, NONE)]).weights[0] == pytest.approx(
        [3.5 / 18, 11 / 18, 3.5 / 18]
    )


def test_pairs_become_the_principal_eigenvector():
    found = judged("pairs", [(2, 6, 3), (1, 1, 1)])
    expected = elicit("ahp", {"matrix": [[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]]}).weights
    assert found.weights[0] == pytest.approx(expected)
    assert found.weights[0] == pytest.approx([0.6, 0.3, 0.1])
    assert found.weights[1] == pytest.approx([1 / 3] * 3)


def test_missing_pairs_are_completed_where_the_others_connect_all():
    found = judged("pairs", [(2, NONE, 3), (2, NONE, NONE), (NONE, NONE, NONE)])
    assert found.weights[0] == pytest.approx([0.6, 0.3, 0.1])
    assert found.given.tolist() == [True, False, False]


def test_whoever_goes_round_in_a_circle_is_marked():
    found = judged("pairs", [(2, 6, 3), (9, 1 / 9, 9)])
    assert found.contradictory.tolist() == [False, True]


def test_best_and_worst_become_weights():
    # The best is a, the worst c: 2 and 8 against the others, 4 of b against the worst.
    found = judged("best", [(1, 2, 8, 8, 4, 1), (1, NONE, 8, 8, 4, 1), (1, 1, 8, 8, 4, 1)])
    assert found.weights[0] == pytest.approx([8 / 13, 4 / 13, 1 / 13])
    assert found.given.tolist() == [True, False, False]
    assert found.contradictory.tolist() == [False, False, False]


def test_the_best_against_the_worst_may_be_given_once():
    found = judged("best", [(1, 2, 8, 8, 4, 1), (1, 2, NONE, 8, 4, 1), (1, 2, 8, NONE, 4, 1)])
    assert found.weights[1] == pytest.approx(found.weights[0])
    assert found.weights[2] == pytest.approx(found.weights[0])


def test_alike_answers_give_alike_weights():
    found = judged("pairs", [(2, 6, 3), (1, 2, 2), (2, 6, 3)])
    assert found.weights[0].tolist() == found.weights[2].tolist()
    assert found.weights[0].tolist() != found.weights[1].tolist()


def test_words_weigh_nothing():
    numbers = Numbers("words", ["words"], [[1.0]], [[True]])
    with pytest.raises(SurveyError, match="kind text; points, rating"):
        individual_priorities(ASKED.question("words"), numbers, ["a"], [0])


@pytest.mark.parametrize("seed", range(3))
def test_best_and_worst_of_many_weigh_as_each_alone(seed):
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(40):
        best, worst = rng.choice(3, 2, replace=False)
        to_others, to_worst = rng.integers(2, 10, 3), rng.integers(2, 10, 3)
        to_others[best] = to_worst[worst] = 1
        to_worst[best] = to_others[worst]
        rows.append([*to_others, *to_worst])
    found = judged("best", rows)
    for row, weights, strange in zip(rows, found.weights, found.contradictory, strict=True):
        vectors = {"best_to_others": row[:3], "others_to_worst": row[3:]}
        alone = elicit("bwm", {k: [float(x) for x in v] for k, v in vectors.items()})
        assert weights == pytest.approx(alone.weights, abs=1e-9)
        assert strange == (alone.consistency.acceptable is False)
    assert found.contradictory.any()
    assert not found.contradictory.all()
