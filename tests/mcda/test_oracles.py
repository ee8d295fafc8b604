"""Published worked examples, as printed (see tests/oracles/mcda.json for each source)."""

import json
from pathlib import Path

import numpy as np
import pytest

from mcda import DecisionProblem, acceptability, rank_alternatives, ranks_of

ORACLES = json.loads((Path(__file__).parents[1] / "oracles" / "mcda.json").read_text("utf-8"))
RANK = [o for o in ORACLES if o["command"] == "rank" and not o["negative_control"]]
SMAA = [o for o in ORACLES if o["command"] == "robustness"]


def result_of(oracle):
    given = oracle["problem"]
    problem = DecisionProblem(
        values=given["matrix"], senses=given["senses"], weights=given["weights"]
    )
    return rank_alternatives(problem, oracle["method"], **given.get("params", {}))


@pytest.mark.parametrize("oracle", [o for o in RANK if o["scores"]], ids=lambda o: o["id"])
def test_scores_are_those_printed(oracle):
    assert result_of(oracle).scores == pytest.approx(oracle["scores"], abs=oracle["tolerance"])


@pytest.mark.parametrize("oracle", [o for o in RANK if o["ranks"]], ids=lambda o: o["id"])
def test_ranks_are_those_printed(oracle):
    printed = ranks_of(-np.array(oracle["ranks"], dtype=float))
    assert result_of(oracle).ranks.tolist() == printed.tolist()


@pytest.mark.parametrize("oracle", [o for o in RANK if "steps" in o], ids=lambda o: o["id"])
def test_steps_are_those_printed(oracle):
    steps = result_of(oracle).steps
    for name, printed in oracle["steps"].items():
        assert np.asarray(steps[name]) == pytest.approx(
            np.asarray(printed), abs=oracle["tolerance"]
        ), name


def test_a_net_flow_with_its_sign_turned_is_not_reproduced():
    """JMcDM's own test expects minus the net flow, so that nearly the worst row wins."""
    (control,) = [o for o in ORACLES if o.get("negative_control")]
    scores = result_of(control).scores
    assert scores == pytest.approx(-np.array(control["scores"]), abs=control["tolerance"] + 5e-3)
    assert np.argmax(scores) != np.argmax(control["scores"])


def ordinal(draws, m, rng):
    """Uniform weights under w1 >= w2 >= ...: sorted uniform draws of the simplex."""
    return -np.sort(-rng.dirichlet(np.ones(m), draws), axis=1)


@pytest.mark.parametrize("oracle", SMAA, ids=lambda o: o["id"])
def test_rank_acceptabilities_are_the_exact_polytope_areas(oracle):
    given = oracle["problem"]
    values = np.array(given["matrix"], dtype=float)
    m = values.shape[1]
    in_order = given["params"]["weights_prior"] == "ordinal"

    def draw(size, rng):
        return values, ordinal(size, m, rng) if in_order else rng.dirichlet(np.ones(m), size)

    found = acceptability(draw, np.ones(m), "wsm", draws=200_000, seed=5, normalisation="none")
    exact = np.array(oracle["rank_acceptability"])
    allowed = 4 * np.sqrt(exact * (1 - exact) / found.draws) + 1e-9
    assert (np.abs(found.rank_acceptability - exact) <= allowed).all()
    wins = np.array(oracle["pairwise_winning"])
    allowed = 4 * np.sqrt(wins * (1 - wins) / found.draws) + 1e-9
    assert (np.abs(found.pairwise_winning - wins) <= allowed).all()
    for centre, printed in zip(found.central_weights, oracle["central_weights"], strict=True):
        if printed[0] is None:
            assert centre is None
        else:
            assert centre == pytest.approx(printed, abs=0.01)
    assert found.expected_rank == pytest.approx(exact @ np.arange(1, len(values) + 1), abs=0.02)
