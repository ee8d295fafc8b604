import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives
from mcda.methods import _pairs, promethee

ORACLES = json.loads((Path(__file__).parents[2] / "oracles" / "mcda.json").read_text("utf-8"))
LINEAR = {"preference_functions": "linear", "q": 0.05, "p": 0.3, "threshold_scale": "range"}


def problem(**changes):
    given = {"values": [[1, 9], [4, 5], [8, 2]], "senses": ["max", "min"]}
    return DecisionProblem(**(given | changes))


def plants():
    """Six hydroelectric plants of Brans, Vincke and Mareschal (1986): all six functions at once."""
    (oracle,) = [o for o in ORACLES if o["id"] == "promethee2_brans_1986"]
    given = oracle["problem"]
    return DecisionProblem(values=given["matrix"], senses=given["senses"]), given["params"]


def test_thresholds_in_shares_of_the_range_are_those_in_units():
    ours = rank_alternatives(
        problem(),
        "promethee2",
        preference_functions="linear",
        q=0.1,
        p=0.5,
        threshold_scale="range",
    )
    units = rank_alternatives(
        problem(), "promethee2", preference_functions="linear", q=[0.7, 0.7], p=[3.5, 3.5]
    )
    assert ours.scores == pytest.approx(units.scores)


@pytest.mark.parametrize("method", ["promethee1", "promethee2"])
def test_both_methods_have_the_same_flows_whose_difference_is_the_net_flow(method):
    steps = rank_alternatives(problem(), method, **LINEAR).steps
    net = rank_alternatives(problem(), "promethee2", **LINEAR)
    assert steps["phi_plus"] - steps["phi_minus"] == pytest.approx(net.scores)
    assert steps["unicriterion_flows"] @ net.steps["unicriterion_flows"].T == pytest.approx(
        net.steps["unicriterion_flows"] @ steps["unicriterion_flows"].T
    )


def test_the_plants_are_partly_incomparable():
    """Flows of the published indices, by hand: plant 5 beats all; plant 2 agrees with no other."""
    given, params = plants()
    result = rank_alternatives(given, "promethee1", **params)
    assert result.steps["relation"].tolist() == [
        ["I", "R", "P-", "P-", "P-", "P-"],
        ["R", "I", "R", "R", "P-", "R"],
        ["P+", "R", "I", "R", "P-", "R"],
        ["P+", "R", "R", "I", "P-", "P+"],
        ["P+", "P+", "P+", "P+", "I", "P+"],
        ["P+", "R", "R", "P-", "P-", "I"],
    ]
    assert result.steps["incomparable"].tolist() == [
        [0, 1],
        [1, 2],
        [1, 3],
        [1, 5],
        [2, 3],
        [2, 5],
    ]
    assert result.scores.tolist() == [-4, -1, 0, 1, 5, -1]
    assert result.ranks.tolist() == [6, 4.5, 3, 2, 1, 4.5]


def test_the_steps_are_plain_texts_and_whole_numbers():
    steps = rank_alternatives(problem(), "promethee1").steps
    assert json.loads(json.dumps(steps["relation"].tolist())) == steps["relation"].tolist()
    assert json.dumps(steps["incomparable"].tolist()) == "[]"


def test_equal_alternatives_are_indifferent_and_share_the_rank():
    result = rank_alternatives(problem(values=[[1, 9], [4, 5], [4, 5]]), "promethee1")
    assert result.steps["relation"][1].tolist() == ["P+", "I", "I"]
    assert result.ranks.tolist() == [3, 1.5, 1.5]


def test_one_alternative_is_related_to_itself_alone():
    result = rank_alternatives(problem(values=[[1, 9]]), "promethee1")
    assert result.scores.tolist() == [0]
    assert result.steps["relation"].tolist() == [["I"]]


@settings(max_examples=50, deadline=None)
@given(
    values=st.lists(st.tuples(*[st.integers(1, 6)] * 3), min_size=1, max_size=7),
    weights=st.tuples(*[st.integers(1, 5)] * 3),
    usual=st.booleans(),
)
def test_the_partial_preorder_is_one_and_never_contradicts_the_net_flow(values, weights, usual):
    params = {} if usual else LINEAR
    given = DecisionProblem(values=values, weights=weights, senses=["max", "min", "max"])
    result = rank_alternatives(given, "promethee1", **params)
    relation = result.steps["relation"]
    better = relation == promethee.PREFERRED
    assert (better == (relation.T == promethee.OUTRANKED)).all()
    for both in (promethee.INDIFFERENT, promethee.INCOMPARABLE):
        assert (np.equal(relation, both) == np.equal(relation.T, both)).all()
    outranks = better | (relation == promethee.INDIFFERENT)
    assert (outranks[:, :, None] & outranks[None, :, :]).any(axis=1).tolist() == outranks.tolist()
    net = rank_alternatives(given, "promethee2", **params).scores
    assert (net[:, None] > net[None, :])[better].all()
    assert result.scores.tolist() == (better.sum(axis=1) - better.sum(axis=0)).tolist()


def test_with_the_usual_function_and_no_ties_nothing_is_incomparable_and_both_rank_alike():
    """Every pair is then preferred one way, so a larger leaving flow is a smaller entering one."""
    values = np.random.default_rng(9).uniform(size=(7, 4))
    given = problem(values=values, senses=["max", "min", "max", "max"], weights=[4, 3, 2, 1])
    first, second = (rank_alternatives(given, name) for name in ("promethee1", "promethee2"))
    assert first.steps["incomparable"].size == 0
    assert first.ranks.tolist() == second.ranks.tolist()


def test_draws_of_weights_and_of_values_are_scored_at_once():
    rng = np.random.default_rng(4)
    weights = rng.dirichlet(np.ones(3), (2, 4))
    values = rng.uniform(size=(2, 4, 5, 3))
    sense = np.array([1.0, -1.0, 1.0])
    method = get_method("promethee1")
    steps = {}
    scores = promethee.promethee1(values, weights, sense, steps=steps)
    assert steps["relation"].shape == (2, 4, 5, 5)
    for at in np.ndindex(2, 4):
        assert scores[at].tolist() == method.scores(values[at], weights[at], sense).tolist()
    fixed = method.scores(values[0, 0], weights, sense)
    assert fixed[1, 2].tolist() == method.scores(values[0, 0], weights[1, 2], sense).tolist()


def test_the_relation_of_many_alternatives_is_counted_but_not_listed(monkeypatch):
    monkeypatch.setattr(promethee, "MATRIX_LIMIT", 2)
    result = rank_alternatives(problem(), "promethee1")
    assert result.scores.tolist() == [-2, 0, 2]
    assert "relation" not in result.steps
    assert "incomparable" not in result.steps


def test_a_partial_preorder_of_a_million_alternatives_is_refused_in_one_sentence():
    many = np.zeros((_pairs.PAIRWISE_LIMIT + 1, 1))
    with pytest.raises(ProblemError, match="PROMETHEE I compares every pair of alternatives"):
        get_method("promethee1").scores(many, np.ones(1), np.ones(1))
