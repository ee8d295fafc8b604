import json
import math
from pathlib import Path

import numpy as np
import pytest

from mcda import (
    Candidate,
    DecisionProblem,
    ProblemError,
    acceptability,
    first_places,
    get_method,
    priors,
    ranking_methods,
    resampled_weights,
    smaa,
    values,
)

ORACLES = json.loads((Path(__file__).parents[1] / "oracles" / "mcda.json").read_text("utf-8"))
SMAA = [o for o in ORACLES if o["command"] == "robustness"]
PLAIN = Candidate("plain", "wsm", {"normalisation": "none"})
MATRIX = np.array([[4.0, 2.0, 7.0], [1.0, 5.0, 3.0], [3.0, 8.0, 5.0], [4.0, 2.5, 6.0]])
PROBLEM = DecisionProblem(values=MATRIX, senses=("max", "min", "max"), weights=[2, 1, 1])
DRAWS = 40_000


def within(ours, exact, draws=DRAWS):
    exact = np.array(exact)
    return np.abs(np.array(ours) - exact) <= 4 * np.sqrt(exact * (1 - exact) / draws) + 1e-9


@pytest.mark.parametrize("oracle", SMAA, ids=lambda o: o["id"])
def test_exact_polytope_cases(oracle):
    given = oracle["problem"]
    problem = DecisionProblem(values=given["matrix"], senses=given["senses"])
    m = len(problem.criteria)
    in_order = given["params"]["weights_prior"] == "ordinal"
    prior = priors.ordinal(given["params"]["order"]) if in_order else priors.uniform(m)
    found = smaa(problem, PLAIN, weights=prior, draws=DRAWS, seed=1)
    assert within(found.acceptability.rank_acceptability, oracle["rank_acceptability"]).all()
    assert within(found.acceptability.pairwise_winning, oracle["pairwise_winning"]).all()
    for ours, off, exact, sure in zip(
        found.acceptability.central_weights,
        found.central_weights_error,
        oracle["central_weights"],
        found.confidence,
        strict=True,
    ):
        if exact[0] is None:
            assert (ours, off, sure) == (None, None, None)
        else:
            assert (np.abs(ours - exact) <= 4 * off).all()
            assert sure == 1


@pytest.mark.parametrize("method", ranking_methods())
def test_one_method_gives_the_counts_of_the_plain_simulation(method):
    def draw(size, rng):
        return MATRIX, priors.uniform(3)(size, rng)

    plain = acceptability(draw, PROBLEM.sense, method, draws=5000, seed=3)
    found = smaa(PROBLEM, method, weights=priors.uniform(3), draws=5000, seed=3).acceptability
    assert found.rank_acceptability == pytest.approx(plain.rank_acceptability)
    assert found.pairwise_winning == pytest.approx(plain.pairwise_winning)


def test_exact_weights_and_values_give_the_ranks_of_the_one_call():
    found = smaa(PROBLEM, "topsis", draws=5, seed=1)
    scores = get_method("topsis").scores(MATRIX, PROBLEM.weights, PROBLEM.sense)
    first = first_places(scores[None])[0]
    assert found.acceptability.rank_acceptability[:, 0].tolist() == first.tolist()
    assert found.confidence == tuple(1.0 if x else None for x in first)
    assert found.entropy.tolist() == [0, 0, 0, 0]
    assert (found.entropy_of_first, found.entropy_of_ranks) == (0, 0)


def test_a_criterion_of_weight_zero_does_not_reach_the_method():
    problem = DecisionProblem(
        values=[[2, 0, 1], [1, 0, 3]], senses=("max", "max", "min"), weights=[1, 0, 1]
    )
    found = smaa(problem, "wpm", draws=5, seed=1)
    assert found.acceptability.central_weights[0].tolist() == [0.5, 0, 0.5]
    varied = smaa(problem, "wpm", values=values.exact(problem.values), draws=5, seed=1)
    assert varied.confidence == found.confidence


def test_confidence_with_uncertain_values_is_the_chance_at_the_central_weights():
    """Two alternatives on one criterion: the difference of their normal values decides."""
    problem = DecisionProblem(values=[[5], [0]], senses=("max",))
    found = smaa(
        problem,
        PLAIN,
        weights=priors.uniform(1),
        values=values.normal([[5], [0]], [[3], [4]]),
        draws=DRAWS,
        seed=2,
    )
    ahead = 0.5 * (1 + math.erf(1 / math.sqrt(2)))  # 5 over the root of 9 + 16
    assert within(found.confidence, [ahead, 1 - ahead]).all()


def test_confidence_of_any_method_is_what_simulating_at_the_central_weights_gives():
    prior, noise = priors.uniform(3), values.normal(MATRIX, np.full(MATRIX.shape, 2.0))
    found = smaa(PROBLEM, "topsis", weights=prior, values=noise, draws=DRAWS, seed=2)
    for i, centre in enumerate(found.acceptability.central_weights):

        def draw(size, rng, centre=centre):
            return noise(size, rng), np.tile(centre, (size, 1))

        there = acceptability(draw, PROBLEM.sense, "topsis", draws=DRAWS, seed=99)
        exact = there.rank_acceptability[i, 0]
        assert found.confidence[i] == pytest.approx(
            exact, abs=4 * np.sqrt(2 * exact * (1 - exact) / DRAWS)
        )


def test_ties_are_shared():
    problem = DecisionProblem(values=[[1, 1], [1, 1]], senses=("max", "max"))
    found = smaa(problem, PLAIN, weights=priors.uniform(2), draws=100, seed=1)
    assert found.acceptability.rank_acceptability.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert found.confidence == (0.5, 0.5)
    assert found.entropy_of_first == 1


def test_entropies_are_those_of_the_shares_in_bits():
    problem = DecisionProblem(values=np.eye(3), senses=("max",) * 3)
    found = smaa(problem, PLAIN, weights=priors.uniform(3), draws=DRAWS, seed=1)
    b = found.acceptability.rank_acceptability
    assert found.entropy == pytest.approx(-(b * np.log2(b)).sum(axis=1))
    assert found.entropy_of_first == pytest.approx(np.log2(3), abs=1e-3)
    assert found.entropy_of_ranks == pytest.approx(np.log2(3), abs=1e-3)


def test_standard_errors_are_those_of_repeated_runs():
    prior = priors.uniform(3)
    runs = [smaa(PROBLEM, "topsis", weights=prior, draws=500, seed=s) for s in range(200)]
    ranks = np.std([r.acceptability.expected_rank for r in runs], axis=0)
    assert runs[0].expected_rank_error == pytest.approx(ranks, rel=0.3, abs=1e-3)
    wins = np.std([r.acceptability.pairwise_winning for r in runs], axis=0)
    assert runs[0].pairwise_error == pytest.approx(wins, rel=0.3, abs=5e-3)
    centres = np.std([r.acceptability.central_weights[0] for r in runs], axis=0)
    assert runs[0].central_weights_error[0] == pytest.approx(centres, rel=0.3)


METHODS = ("wsm", "topsis", Candidate("strict", "vikor", {"v": 1.0}))


def test_several_methods_mix_by_their_chances():
    chances = [2, 1, 1]
    prior = priors.uniform(3)
    alone = [smaa(PROBLEM, m, weights=prior, draws=DRAWS, seed=8) for m in METHODS]
    found = smaa(PROBLEM, METHODS, chances=chances, weights=prior, draws=DRAWS, seed=1)
    assert found.chances.tolist() == [0.5, 0.25, 0.25]
    tables = [each.acceptability.rank_acceptability for each in alone]
    mixed = sum(p * t for p, t in zip(found.chances, tables, strict=True))
    allowed = 4 * np.sqrt(2 * mixed * (1 - mixed) / DRAWS) + 1e-9
    assert (np.abs(found.acceptability.rank_acceptability - mixed) <= allowed).all()
    for chance, ours, table in zip(found.chances, found.first_by_choice, tables, strict=True):
        exact = table[:, 0]
        allowed = 4 * np.sqrt(2 * exact * (1 - exact) / (chance * DRAWS)) + 1e-9
        assert (np.abs(ours - exact) <= allowed).all()
    weighted = sum(p * f for p, f in zip(found.chances, found.first_by_choice, strict=True))
    assert weighted == pytest.approx(found.acceptability.rank_acceptability[:, 0], abs=0.01)


def test_with_exact_values_the_confidence_of_several_methods_is_the_chance_of_those_that_agree():
    found = smaa(PROBLEM, METHODS, chances=[2, 1, 1], weights=priors.uniform(3), draws=2000, seed=1)
    for i, centre in enumerate(found.acceptability.central_weights):
        if centre is None:
            assert found.confidence[i] is None
            continue
        first = [smaa(PROBLEM.replace(weights=centre), m, draws=1, seed=1) for m in METHODS]
        share = [f.acceptability.rank_acceptability[i, 0] for f in first]
        assert found.confidence[i] == pytest.approx(np.dot([0.5, 0.25, 0.25], share))


def test_draws_in_an_array_are_taken_in_order_and_together():
    """The k-th values meet the k-th weights: the first alternative wins in just those draws."""
    weights = np.array([[1.0, 0.0], [0.0, 1.0]] * 3000)
    tables = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]] * 3000)
    problem = DecisionProblem(values=np.eye(2), senses=("max", "max"))
    found = smaa(problem, PLAIN, weights=weights, values=tables, draws=6000, seed=1)
    assert found.acceptability.rank_acceptability.tolist() == [[1, 0], [0, 1]]
    shuffled = smaa(
        problem,
        PLAIN,
        weights=resampled_weights(weights),
        values=values.resampled(tables),
        draws=6000,
        seed=1,
    )
    assert within(shuffled.acceptability.rank_acceptability, np.full((2, 2), 0.5), 6000).all()


def test_the_same_seed_gives_the_same_counts_on_any_number_of_threads():
    noise = values.normal(MATRIX, np.full(MATRIX.shape, 2.0))
    given = {"weights": priors.uniform(3), "values": noise, "draws": 20_000}
    alone, shared, other = (
        smaa(PROBLEM, ("wsm", "topsis"), seed=seed, workers=w, **given)
        for seed, w in ((5, 1), (5, 3), (6, 1))
    )
    one, two = alone.acceptability, shared.acceptability
    assert one.rank_acceptability.tolist() == two.rank_acceptability.tolist()
    assert alone.confidence == shared.confidence
    assert one.rank_acceptability.tolist() != other.acceptability.rank_acceptability.tolist()


def test_values_of_many_alternatives_are_drawn_in_pieces_that_count_alike():
    rng = np.random.default_rng(1)
    problem = DecisionProblem(values=rng.random((60, 5)), senses=("max",) * 5)
    noise = values.normal(problem.values, np.full((60, 5), 0.1))
    found = smaa(problem, PLAIN, values=noise, draws=1000, seed=1).acceptability
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(60))
    assert found.draws == 1000


def test_progress_goes_on_to_the_whole():
    told = []
    smaa(
        PROBLEM,
        "wsm",
        weights=priors.uniform(3),
        values=values.exact(MATRIX),
        draws=5000,
        seed=1,
        progress=lambda done, whole: told.append((done, whole)),
    )
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[0] == (4096, 25_000)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"methods": []}, "no method is given"),
        ({"methods": ["wsn"]}, "method 'wsn' is not known; expected wsm"),
        ({"methods": "electre1"}, "method electre1 does not put alternatives in order"),
        ({"methods": Candidate("x", "wsm", {"v": 1})}, "method wsm has no parameter 'v'"),
        ({"methods": ["wsm", "topsis"], "chances": [1]}, r"the chances of the methods are \[1.0\]; expected 2 numbers"),
        ({"chances": [math.nan]}, "expected 1 numbers above 0"),
        ({"draws": 0}, "found 0 draws; expected 1 or more"),
        ({"weights": np.ones((3, 3)) / 3}, "3 draws of weights are given; expected 10 or more"),
        ({"weights": np.ones((10, 2)) / 2}, r"the weights drawn have shape \(10, 2\); expected \(10, 3\)"),
        ({"weights": np.ones((10, 3))}, "the weights drawn are not all 0 or more with the sum 1"),
        ({"weights": lambda size, _: np.full((size, 3), np.nan)}, "the weights drawn are not all"),
        ({"values": np.ones((10, 3, 3))}, r"the values drawn have shape \(10, 3, 3\); expected \(4, 3\)"),
        ({"values": np.full((10, 4, 3), -1.0), "methods": "wpm"}, "expected all values above 0"),
        ({"values": values.interval(np.full((4, 3), -1e308), np.full((4, 3), 1e308))}, "too far apart to draw from"),
        ({"values": np.tile([[1e308], [-1e308], [1], [1]], (10, 1, 3))}, "too far apart for wsm to compute with"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_cannot_be_drawn_or_ranked_is_refused(changes, sentence):
    given = {"methods": "wsm", "draws": 10, "seed": 1} | changes
    with pytest.raises(ProblemError, match=sentence):
        smaa(PROBLEM, **given)


def test_weights_given_as_draws_must_be_weights():
    with pytest.raises(ProblemError, match="not all 0 or more with the sum 1"):
        resampled_weights([[0.5, 0.6]])


def test_more_alternatives_than_can_be_compared_by_pairs_are_refused():
    many = DecisionProblem(values=np.ones((2001, 1)), senses=("max",))
    with pytest.raises(ProblemError, match="found 2001 alternatives; expected 2000 or fewer"):
        smaa(many, "wsm", draws=10, seed=1)
