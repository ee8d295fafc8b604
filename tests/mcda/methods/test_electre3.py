"""ELECTRE III: the published example is in the oracles; here each part against its definition."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives
from mcda.methods._credibility import partial_concordance, partial_discordance
from mcda.methods._distillation import distil

ORACLES = json.loads((Path(__file__).parents[2] / "oracles" / "mcda.json").read_text("utf-8"))
(PROJECTS,) = [o for o in ORACLES if o["id"] == "electre3_projects_p1_p6"]
GAPS = np.array([-4.0, 0.0, 1.0, 1.5, 2.0, 3.0, 5.0, 6.0])
Q, P, V = (np.array(x) for x in (1.0, 2.0, 5.0))


def projects():
    given_ = PROJECTS["problem"]
    return DecisionProblem(
        values=given_["matrix"], weights=given_["weights"], senses=given_["senses"]
    )


def absolute(**limits):
    return {"threshold_scale": "absolute"} | limits


def test_concordance_falls_from_indifference_to_preference():
    assert partial_concordance(GAPS, Q, P).tolist() == [1, 1, 1, 0.5, 0, 0, 0, 0]


def test_discordance_rises_from_preference_to_veto():
    assert partial_discordance(GAPS, P, V) == pytest.approx([0, 0, 0, 0, 0, 1 / 3, 1, 1])


def test_equal_thresholds_make_steps():
    assert partial_concordance(GAPS, Q, Q).tolist() == [1, 1, 1, 0, 0, 0, 0, 0]
    assert partial_discordance(GAPS, P, P).tolist() == [0, 0, 0, 0, 0, 1, 1, 1]
    none = np.array(np.inf)
    assert partial_discordance(GAPS, P, none).tolist() == [0] * 8


def test_the_discordance_of_r_mcda_runs_backwards_and_misses_the_published_credibility():
    """``ELECTREIIIDistillation`` takes (g_a + v - g_b) / (v - p): 1 at p and 0 at v.

    Project 4 lacks 5 points, just p, against project 5 on two criteria: that is no discordance, and
    the credibility stays the concordance, 0.5. The other way round it would be a full veto.
    """
    result = rank_alternatives(projects(), "electre3", **absolute(q=3, p=5, v=11))
    assert result.steps["discordance"][3, 4].tolist() == [0, 0, 0, 0, 0]
    assert result.steps["credibility"][3, 4] == pytest.approx(0.5)
    backwards = np.clip((11 - GAPS[1:]) / (11 - 5), 0, 1)
    ours = partial_discordance(GAPS[1:], np.array(5.0), np.array(11.0))
    assert backwards[GAPS[1:] == 5] == 1
    assert ours[GAPS[1:] == 5] == 0
    gap = projects().values[None] - projects().values[:, None]
    turned = np.clip((11 - gap) / (11 - 5), 0, 1) * (gap >= 5)
    concordance = result.steps["concordance"][..., None]
    factor = np.where(turned > concordance, (1 - turned) / np.maximum(1 - concordance, 1e-9), 1)
    wrong = concordance[..., 0] * factor.prod(axis=-1)
    printed = np.array(PROJECTS["steps"]["credibility"])
    assert wrong[3, 4] == 0
    assert np.abs(wrong - printed).max() > 0.5
    assert result.steps["credibility"] == pytest.approx(printed, abs=1e-9)


def test_credibility_by_hand():
    """Second against first: 0.5 for it, 1/2 of the way to veto on one, 3/4 on the other."""
    problem = DecisionProblem(
        values=[[10, 10, 0], [6, 5, 3]], weights=[0.25, 0.25, 0.5], senses=["max", "max", "max"]
    )
    result = rank_alternatives(problem, "electre3", **absolute(q=0, p=[2, 2, 5], v=[6, 6, None]))
    assert result.steps["concordance"][1, 0] == 0.5
    assert result.steps["discordance"][1, 0].tolist() == [0.5, 0.75, 0]
    # 1/2 is no more than the concordance and does not count; 3/4 does: 0.5 * (1 - 0.75) / (1 - 0.5).
    assert result.steps["credibility"][1, 0] == 0.25


def distilled_by_hand(sigma, alpha, beta, *, best_first):
    """One distillation after Roy (1978), on lists: returns classes in the order they are taken."""
    left, classes = set(range(len(sigma))), []

    def threshold(x):
        return alpha * x + beta

    while left:
        pool = set(left)
        pairs = [(a, b) for a in pool for b in pool if a != b]
        level = max((sigma[a][b] for a, b in pairs), default=0.0)
        while len(pool) > 1:
            pairs = [(a, b) for a in pool for b in pool if a != b]
            under = [
                sigma[a][b]
                for a, b in pairs
                if round(sigma[a][b] - level + threshold(level), 9) < 0
            ]
            level = max(under, default=0.0)
            score = dict.fromkeys(pool, 0)
            for a, b in pairs:
                lead = sigma[a][b] - sigma[b][a] - threshold(sigma[a][b])
                if sigma[a][b] > level and round(lead, 9) > 0:
                    score[a] += 1
                    score[b] -= 1
            wanted = max(score.values()) if best_first else min(score.values())
            pool = {a for a in pool if score[a] == wanted}
            if level == 0:
                break
        classes.append(pool)
        left -= pool
    return classes


@st.composite
def credibilities(draw):
    n = draw(st.integers(1, 6))
    cell = draw(st.sampled_from([st.integers(0, 10).map(lambda k: k / 10), st.floats(0, 1)]))
    cells = draw(st.lists(cell, min_size=n * n, max_size=n * n))
    sigma = np.round(np.reshape(cells, (n, n)), 4)
    np.fill_diagonal(sigma, 1.0)
    return sigma


@settings(max_examples=150, deadline=None)
@given(
    sigma=credibilities(),
    discrimination=st.sampled_from([(-0.15, 0.3), (0.0, 0.0), (-0.3, 0.3), (0.1, 0.2)]),
    best_first=st.booleans(),
)
def test_distillation_is_that_of_roy(sigma, discrimination, best_first):
    classes = distilled_by_hand(sigma.tolist(), *discrimination, best_first=best_first)
    if not best_first:
        classes = classes[::-1]
    expected = np.empty(len(sigma))
    for number, members in enumerate(classes, start=1):
        expected[list(members)] = number
    assert distil(sigma, *discrimination, best_first=best_first).tolist() == expected.tolist()


def test_a_batch_of_credibilities_is_distilled_at_once():
    rng = np.random.default_rng(3)
    sigma = np.round(rng.uniform(0, 1, (4, 5, 6, 6)), 2)
    for best_first in (True, False):
        together = distil(sigma, -0.15, 0.3, best_first=best_first)
        for at in np.ndindex(4, 5):
            alone = distil(sigma[at], -0.15, 0.3, best_first=best_first)
            assert together[at].tolist() == alone.tolist()


def test_the_projects_end_in_a_partial_preorder_with_one_incomparable_pair():
    result = rank_alternatives(projects(), "electre3", **absolute(q=3, p=5, v=11))
    steps = result.steps
    assert np.argwhere(np.triu(steps["incomparability"])).tolist() == [[0, 4]]
    assert steps["preference"][5].tolist() == [True, True, True, True, True, False]
    assert (np.diagonal(steps["indifference"])).all()
    covered = sum(
        steps[x].astype(int) for x in ("preference", "indifference", "incomparability")
    ) + steps["preference"].T.astype(int)
    assert (covered == 1).all()


def test_the_mean_of_the_ranks_completes_the_preorder_without_contradicting_it():
    rng = np.random.default_rng(8)
    for _ in range(50):
        problem = DecisionProblem(
            values=rng.uniform(1, 9, (6, 4)), weights=rng.dirichlet(np.ones(4)), senses=["max"] * 4
        )
        result = rank_alternatives(problem, "electre3")
        for a, b in np.argwhere(result.steps["preference"]):
            assert result.ranks[a] < result.ranks[b]
        for a, b in np.argwhere(result.steps["indifference"]):
            assert result.ranks[a] == result.ranks[b]


def test_thresholds_in_shares_of_the_range_are_those_in_units():
    problem = DecisionProblem(values=[[1, 9], [4, 5], [9, 1]], senses=["max", "min"])
    shares = rank_alternatives(problem, "electre3", q=0.125, p=0.5, v=[0.75, None])
    units = rank_alternatives(problem, "electre3", **absolute(q=1, p=4, v=[6, None]))
    assert shares.steps["credibility"] == pytest.approx(units.steps["credibility"])
    assert (shares.steps["discordance"] > 0).any()


def test_random_values_have_the_range_of_their_own_draw():
    rng = np.random.default_rng(5)
    values = rng.uniform(1, 9, (20, 4, 3))
    weights = rng.dirichlet(np.ones(3), 20)
    method = get_method("electre3")
    together = method.scores(values, weights, np.ones(3), v=0.6)
    for b in range(20):
        assert method.scores(values[b], weights[b], np.ones(3), v=0.6).tolist() == (
            together[b].tolist()
        )


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"q": 3, "p": 5}, "q 3, p 5 of the range; expected 0 to 1, or threshold_scale absolute"),
        ({"q": 0.4}, "thresholds are q 0.4, p 0.3, v -; expected q at most p"),
        ({"v": 0.2}, "thresholds are q 0.05, p 0.3, v 0.2; expected q at most p, and p at most v"),
        ({"q": -1}, "number 1: ELECTRE needs q of 0 or more, found -1"),
        ({"p": [0.3, None, 0.3]}, "number 2: ELECTRE needs p of 0 or more, found None"),
        ({"p": [0.3]}, "p is .* a list with one for each of 3 criteria"),
        ({"v": "much"}, "needs v of 0 or more, found much"),
        ({"threshold_scale": "percent"}, "'percent'; expected absolute or range"),
        ({"alpha": -2}, "alpha is -2; expected a number from -1 to 1"),
        ({"alpha": -0.5}, "add up to 0 or more"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_in_one_sentence(params, sentence):
    problem = DecisionProblem(values=[[1, 2, 3], [3, 2, 1]], senses=["max"] * 3)
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(problem, "electre3", **params)
