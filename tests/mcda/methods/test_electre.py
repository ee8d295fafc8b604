"""ELECTRE I and II: worked by hand, against definitions spelled out, and beside scikit-criteria."""

from itertools import combinations

import numpy as np
import pytest
import skcriteria.agg.electre as peer
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, get_method, rank_alternatives
from mcda.methods._graph import circuits, kernel, successive_ranking
from mcda.methods._room import need_room

RNG = np.random.default_rng(1)


def random_problem(rng):
    n, m = rng.integers(4, 9), rng.integers(3, 7)
    return DecisionProblem(
        values=rng.uniform(0.5, 10, (n, m)),
        weights=rng.dirichlet(np.ones(m)),
        senses=rng.choice(["max", "min"], m),
    )


CHAIN = [[9, 9, 5], [4, 7, 6], [1, 1, 8]]
PROBLEMS = [random_problem(RNG) for _ in range(200)]
graphs = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.booleans(), min_size=n * n, max_size=n * n).map(
        lambda arcs: np.reshape(arcs, (n, n)) & ~np.eye(n, dtype=bool)
    )
)


def arcs_of(n, *pairs):
    arcs = np.zeros((n, n), dtype=bool)
    for a, b in pairs:
        arcs[a, b] = True
    return arcs


def reachable(arcs):
    """Who reaches whom, by following arcs one at a time."""
    found = []
    for start in range(len(arcs)):
        seen, ahead = {start}, [start]
        while ahead:
            for b in np.flatnonzero(arcs[ahead.pop()]):
                if b not in seen:
                    seen.add(int(b))
                    ahead.append(int(b))
        found.append(seen)
    return found


def classes_of(arcs):
    """The maximal circuits as sets, and the arcs between them."""
    to = reachable(arcs)
    classes = sorted({frozenset(b for b in to[a] if a in to[b]) for a in range(len(arcs))}, key=min)
    between = {
        (c, d) for c in classes for d in classes if c != d and any(arcs[a, b] for a in c for b in d)
    }
    return classes, between


@settings(max_examples=80, deadline=None)
@given(graphs)
def test_the_kernel_is_the_only_set_that_is_stable_once_circuits_are_contracted(arcs):
    classes, between = classes_of(arcs)
    stable = [
        set(chosen)
        for size in range(len(classes) + 1)
        for chosen in combinations(classes, size)
        if not any((c, d) in between for c in chosen for d in chosen)
        and all(any((c, d) in between for c in chosen) for d in classes if d not in chosen)
    ]
    assert len(stable) == 1
    assert set(np.flatnonzero(kernel(arcs))) == set().union(*stable[0])


@settings(max_examples=60, deadline=None)
@given(graphs)
def test_circuits_are_those_found_by_following_arcs(arcs):
    same = circuits(arcs)
    for members in classes_of(arcs)[0]:
        for a in members:
            assert set(np.flatnonzero(same[a])) == members


def test_whoever_is_outranked_only_by_outsiders_is_in_the_kernel():
    assert kernel(arcs_of(3, (0, 1), (1, 2))).tolist() == [True, False, True]


def test_alternatives_on_a_circuit_are_chosen_together_or_not_at_all():
    ring = ((0, 1), (1, 2), (2, 0))
    assert kernel(arcs_of(4, *ring, (1, 3))).tolist() == [True, True, True, False]
    assert kernel(arcs_of(4, *ring, (3, 1))).tolist() == [False, False, False, True]


def test_who_shares_a_circuit_with_an_outranked_one_is_outside_and_outranks_nobody_any_more():
    """This is how an alternative that dominates another can be left out, and the other chosen."""
    arcs = arcs_of(4, (0, 1), (1, 0), (2, 1), (0, 3))
    assert kernel(arcs).tolist() == [False, False, True, True]


def ranked_by_hand(strong, weak):
    """Roy and Bertier's procedure in sets, on graphs whose circuits are contracted."""
    classes, ahead = classes_of(strong)
    near = {
        (c, d) for c in classes for d in classes if c != d and any(weak[a, b] for a in c for b in d)
    }
    place, left, step = {}, set(classes), 0
    while left:
        step += 1
        candidates = [d for d in left if not any((c, d) in ahead for c in left)]
        table = np.array([[(c, d) in near for d in candidates] for c in candidates])
        to = reachable(table)
        for k, c in enumerate(candidates):
            if all(j in to[k] for j in range(len(candidates)) if k in to[j]):
                place |= dict.fromkeys(c, step)
                left.discard(c)
    return [place[a] for a in range(len(strong))]


@settings(max_examples=80, deadline=None)
@given(graphs, st.data())
def test_successive_ranking_is_that_of_roy_and_bertier(strong, data):
    n = len(strong)
    more = data.draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
    weak = np.reshape(more, (n, n)) & ~strong & ~np.eye(n, dtype=bool)
    assert successive_ranking(strong, weak).tolist() == ranked_by_hand(strong, weak)


@pytest.mark.parametrize("problem", PROBLEMS[:50])
def test_concordance_discordance_and_outranking_agree_with_scikit_criteria(problem):
    _, outranks, concordance, discordance = peer.electre1(
        problem.values, problem.sense, problem.weights
    )
    ours = rank_alternatives(problem, "electre1", discordance_scale="none").steps
    apart = ~np.eye(len(concordance), dtype=bool)
    assert ours["concordance"][apart] == pytest.approx(concordance[apart])
    assert ours["discordance"][apart] == pytest.approx(discordance[apart])
    assert ours["outranking"].tolist() == outranks.tolist()
    theirs = peer.electre2_gomez2004tomada(problem.values, problem.sense, problem.weights)
    steps = rank_alternatives(problem, "electre2", discordance_scale="none").steps
    assert steps["strong_outranking"].tolist() == theirs[6].tolist()
    assert steps["weak_outranking"].tolist() == theirs[7].tolist()


def test_scikit_criterias_kernel_leaves_out_whom_only_outsiders_outrank():
    """It keeps those whom nobody outranks: a part of the kernel, smaller in some problems."""
    smaller = 0
    for problem in PROBLEMS:
        theirs = peer.electre1(problem.values, problem.sense, problem.weights)[0]
        ours = rank_alternatives(problem, "electre1", discordance_scale="none").scores > 0
        assert (theirs <= ours).all()
        smaller += bool((theirs < ours).any())
    assert smaller == 17
    chain = DecisionProblem(values=CHAIN, senses=["max"] * 3)
    levels = {"p_concordance": 0.6, "q_discordance": 0.35}
    theirs = peer.electre1(chain.values, chain.sense, chain.weights, p=0.6, q=0.35)[0]
    ours = rank_alternatives(chain, "electre1", discordance_scale="none", **levels)
    assert theirs.tolist() == [True, False, False]
    assert ours.scores.tolist() == [1, 0, 1]


def test_scikit_criterias_electre_2_lets_those_weakly_outrank_who_are_no_candidates():
    """Roy and Bertier ask for weak outranking among those whom none left strongly outranks."""
    strong = arcs_of(3, (0, 1))
    weak = arcs_of(3, (1, 2))
    theirs = peer._electre2_ranker(3, strong, weak, invert_ranking=False)
    assert theirs.tolist() == [1, 2, 3]
    assert successive_ranking(strong, weak).tolist() == [1, 2, 1]


def test_scikit_criterias_electre_2_puts_all_behind_a_circuit_level_with_it():
    strong, weak = arcs_of(4, (0, 1), (1, 2), (2, 0), (2, 3)), arcs_of(4)
    theirs = peer._electre2_ranker(4, strong, weak, invert_ranking=False)
    assert theirs.tolist() == [1, 1, 1, 1]
    assert successive_ranking(strong, weak).tolist() == [1, 1, 1, 2]


def test_electre_2_agrees_with_scikit_criteria_where_nothing_of_that_decides():
    agree = plain = 0
    for problem in PROBLEMS:
        theirs = peer.electre2_gomez2004tomada(problem.values, problem.sense, problem.weights)
        ours = rank_alternatives(problem, "electre2", discordance_scale="none")
        same = np.allclose(theirs[8], ours.scores)
        agree += same
        if not theirs[7].any() and (circuits(theirs[6]) == np.eye(len(theirs[6]))).all():
            plain += 1
            assert same
    assert plain > 10
    assert agree == 149


def test_electre_1_by_hand():
    """Ranges 10 and 4; A1 has 0.6 for it against A2, and lacks a quarter of the second range."""
    problem = DecisionProblem(
        values=[[10, 3], [5, 4], [0, 0]], weights=[0.6, 0.4], senses=["max", "max"]
    )
    result = rank_alternatives(problem, "electre1", p_concordance=0.6)
    assert result.steps["concordance"] == pytest.approx(
        np.array([[1, 0.6, 1], [0.4, 1, 1], [0, 0, 1]])
    )
    assert result.steps["discordance"] == pytest.approx(
        np.array([[0, 0.25, 0], [0.5, 0, 0], [1, 1, 0]])
    )
    assert result.scores.tolist() == [1, 0, 0]
    assert rank_alternatives(problem, "electre1", p_concordance=0.61).scores.tolist() == [1, 1, 0]
    assert result.first == ("A1",)


def test_a_level_met_exactly_is_met_whatever_the_order_of_the_sum():
    weights = [0.1, 0.2, 0.35, 0.35]
    for order in ([0, 1, 2, 3], [2, 1, 0, 3], [1, 2, 0, 3]):
        problem = DecisionProblem(
            values=np.array([[1, 1, 1, 0.9], [0, 0, 0, 1.0], [0, 0, 0, 0]])[:, order],
            weights=np.array(weights)[order],
            senses=["max"] * 4,
        )
        assert rank_alternatives(problem, "electre1").steps["outranking"][0, 1]


def test_electre_2_is_the_mean_of_the_direct_and_the_inverse_ranking():
    for problem in PROBLEMS[:20]:
        result = rank_alternatives(problem, "electre2")
        direct, inverse = (result.steps[f"{x}_ranking"] for x in ("direct", "inverse"))
        assert direct.min() == inverse.min() == 1
        assert result.scores.tolist() == ((direct + inverse) / 2).tolist()


def test_a_strongly_outranked_alternative_stands_behind_in_electre_2():
    for problem in PROBLEMS[:50]:
        steps = rank_alternatives(problem, "electre2").steps
        same = circuits(steps["strong_outranking"])
        for a, b in np.argwhere(steps["strong_outranking"] & ~same):
            assert steps["direct_ranking"][a] < steps["direct_ranking"][b]
            assert steps["inverse_ranking"][a] < steps["inverse_ranking"][b]


@pytest.mark.parametrize(
    ("method", "params", "sentence"),
    [
        ("electre1", {"p_concordance": 1.2}, "p_concordance is 1.2; expected a number from 0 to 1"),
        ("electre1", {"q_discordance": "low"}, "q_discordance is 'low'; expected a number"),
        ("electre1", {"q_discordance": True}, "q_discordance is True; expected a number"),
        ("electre1", {"discordance_scale": "rang"}, "is 'rang'; expected range"),
        ("electre2", {"p0": 0.4}, "p0 0.4, p1 0.5, p2 0.35, q0 0.65, q1 0.35; expected p0, p1, p2"),
        ("electre2", {"q1": 0.7}, "and q0, q1 to fall"),
        ("electre2", {"p2": None}, "ELECTRE II's p2 is None; expected a number from 0 to 1"),
    ],
)
def test_levels_that_make_no_sense_are_refused_in_one_sentence(method, params, sentence):
    with pytest.raises(ProblemError, match=sentence):
        rank_alternatives(PROBLEMS[0], method, **params)


def test_shares_of_a_sum_need_values_that_add_up():
    problem = DecisionProblem(values=[[1, -2], [3, 4]], senses=["max", "max"])
    with pytest.raises(ProblemError, match=r"needs values of 0 or more, found -2\.0"):
        rank_alternatives(problem, "electre1", discordance_scale="sum")


@pytest.mark.parametrize("method", ["electre1", "electre2", "electre3"])
def test_more_alternatives_than_fit_in_pairs_are_refused(method):
    many = DecisionProblem(values=np.arange(1e6)[:, None], senses=["max"])
    with pytest.raises(ProblemError, match=r"1000000 alternatives in 1 problems .* at most 8192"):
        rank_alternatives(many, method)


def test_room_counts_the_problems_of_a_batch():
    values, weights = np.ones((200, 2)), np.full((4096, 2), 0.5)
    need_room("ELECTRE I", values, weights[:1000])
    with pytest.raises(ProblemError, match=r"200 alternatives in 4096 problems .* at most 128"):
        get_method("electre1").scores(values, weights, np.ones(2))
