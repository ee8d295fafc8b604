"""No printed coordinates were found: the plane is derived here a second time, pair by pair."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.gaia import gaia

ORACLES = json.loads((Path(__file__).parents[1] / "oracles" / "mcda.json").read_text("utf-8"))
PUBLISHED = [o for o in ORACLES if o["method"] == "promethee2" and "params" in o["problem"]]


def problem_of(oracle):
    given = oracle["problem"]
    return DecisionProblem(
        values=given["matrix"], senses=given["senses"], weights=given["weights"]
    ), given["params"]


FUNCTIONS = {
    "usual": lambda gap, q, p, s: 1.0,
    "ushape": lambda gap, q, p, s: float(gap > q),
    "vshape": lambda gap, q, p, s: min(gap / p, 1.0),
    "level": lambda gap, q, p, s: (float(gap > q) + float(gap > p)) / 2,
    "linear": lambda gap, q, p, s: min(max((gap - q) / (p - q), 0.0), 1.0),
    "gaussian": lambda gap, q, p, s: 1 - np.exp(-(gap**2) / (2 * s**2)),
}


def preference(shape, gap, q, p, s):
    return FUNCTIONS[shape](gap, q, p, s) if gap > 0 else 0.0


def flows_pair_by_pair(problem, params):
    n, m = problem.values.shape
    flows = np.zeros((n, m))
    for j in range(m):
        q, p, s = ((params.get(t) or [None] * m)[j] for t in "qps")
        for a in range(n):
            for b in range(n):
                gap = (problem.values[a, j] - problem.values[b, j]) * problem.sense[j]
                shape = params["preference_functions"][j]
                flows[a, j] += preference(shape, gap, q, p, s) - preference(shape, -gap, q, p, s)
    return flows / (n - 1)


@pytest.mark.parametrize("oracle", PUBLISHED, ids=lambda o: o["id"])
def test_the_plane_is_that_of_the_two_largest_eigenvalues(oracle):
    """The general eigenvalue solver on flows formed one by one, signs chosen as documented."""
    problem, params = problem_of(oracle)
    flows = flows_pair_by_pair(problem, params)
    values, vectors = np.linalg.eig(flows.T @ flows)
    largest = np.argsort(-values.real)[:2]
    plane = gaia(problem, **params)
    assert plane.unicriterion_flows == pytest.approx(flows, abs=1e-12)
    assert plane.delta == pytest.approx(values.real[largest].sum() / np.trace(flows.T @ flows))
    if np.isclose(*values.real[largest]):  # then the plane may be turned, and is compared turned
        spanned, _ = np.linalg.qr(vectors[:, largest].real)
        assert plane.axes @ plane.axes.T == pytest.approx(spanned @ spanned.T, abs=1e-9)
        return
    for k, which in enumerate(largest):
        axis = vectors[:, which].real
        axis = axis / np.linalg.norm(axis) * np.sign(axis[np.abs(axis).argmax()])
        assert plane.axes[:, k] == pytest.approx(axis, abs=1e-9)
        assert plane.points[:, k] == pytest.approx(flows @ axis, abs=1e-9)
        assert plane.decision_axis[k] == pytest.approx(problem.weights @ axis, abs=1e-9)


@st.composite
def problems(draw, m=None):
    m = m or draw(st.integers(2, 5))
    row = st.lists(st.integers(1, 9).map(float), min_size=m, max_size=m)
    return DecisionProblem(
        values=draw(st.lists(row, min_size=2, max_size=6)),
        weights=draw(st.lists(st.integers(1, 9), min_size=m, max_size=m)),
        senses=draw(st.lists(st.sampled_from(["max", "min"]), min_size=m, max_size=m)),
    )


def plane_of(problem, **params):
    try:
        return gaia(problem, **params)
    except ProblemError:
        reject()


@settings(max_examples=60, deadline=None)
@given(problem=problems(), usual=st.booleans())
def test_the_plane_is_a_projection_of_the_flows(problem, usual):
    params = (
        {} if usual else {"preference_functions": "vshape", "p": 0.5, "threshold_scale": "range"}
    )
    plane = plane_of(problem, **params)
    assert 0 < plane.delta <= 1
    assert plane.axes.T @ plane.axes == pytest.approx(np.eye(2), abs=1e-9)
    assert plane.points == pytest.approx(plane.unicriterion_flows @ plane.axes)
    assert plane.decision_axis == pytest.approx(problem.weights @ plane.axes)
    assert plane.points.sum(axis=0) == pytest.approx([0, 0], abs=1e-9)
    kept = (plane.points**2).mean(axis=0)
    assert kept == pytest.approx(plane.variances[:2], abs=1e-9)
    assert plane.variances.sum() == pytest.approx(
        (plane.unicriterion_flows**2).sum() / len(problem.alternatives)
    )
    assert (np.diff(plane.variances) <= 1e-12).all()
    # Every component points the way of the criterion that loads most on it.
    assert (plane.axes.max(axis=0) >= -plane.axes.min(axis=0) - 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(problem=problems(m=2))
def test_two_criteria_lose_nothing(problem):
    plane = plane_of(problem)
    assert plane.delta == pytest.approx(1)
    net = rank_alternatives(problem, "promethee2").scores
    assert plane.points @ plane.decision_axis == pytest.approx(net, abs=1e-9)


def test_weights_move_the_decision_axis_and_nothing_else():
    problem, params = problem_of(PUBLISHED[0])
    m = len(problem.criteria)
    idle = problem.replace(weights=[0] * (m - 1) + [1])
    before, after = gaia(problem, **params), gaia(idle, **params)
    assert after.points.tolist() == before.points.tolist()
    assert after.axes.tolist() == before.axes.tolist()
    assert after.decision_axis == pytest.approx(after.axes[-1])


def test_criteria_in_conflict_point_apart_and_like_ones_together():
    values = [[1, 2, 9], [3, 4, 7], [6, 5, 2], [8, 9, 1]]
    plane = gaia(DecisionProblem(values=values, senses=["max"] * 3))
    assert plane.axes[0] @ plane.axes[1] > 0
    assert plane.axes[0] @ plane.axes[2] < 0
    assert plane.criteria == ("C1", "C2", "C3")
    assert plane.alternatives == ("A1", "A2", "A3", "A4")


@pytest.mark.parametrize(
    ("values", "params", "sentence"),
    [
        ([[1], [2]], {}, "needs at least two criteria; found 1"),
        ([[1, 2]], {}, "no alternative is preferred on any criterion"),
        ([[1, 2], [1, 2]], {}, "no alternative is preferred on any criterion"),
        ([[1, 2], [2, 1]], {"preference_functions": "ushape", "q": 5}, "no alternative"),
        ([[1, 2], [2, 1]], {"preference_functions": "lineal"}, "expected linear"),
        ([[1, 2], [2, 1]], {"tau": 1}, "has no parameter 'tau'"),
    ],
)
def test_a_plane_that_would_show_nothing_is_refused_in_one_sentence(values, params, sentence):
    problem = DecisionProblem(values=values, senses=["max"] * len(values[0]))
    with pytest.raises(ProblemError, match=sentence):
        gaia(problem, **params)
