import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from mcda.nearest import distance_of, nearest_weights


def drawn(seed):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(2, 7))
    return rng.dirichlet(np.ones(m)), rng.normal(size=m)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_least_movement_is_that_of_the_linear_programme(seed):
    weights, lead = drawn(seed)
    assume(lead.min() < 0 < lead @ weights)
    m = len(weights)
    programme = linprog(
        np.ones(2 * m),
        A_ub=np.vstack([np.concatenate([lead, -lead]), np.hstack([-np.eye(m), np.eye(m)])]),
        b_ub=np.append(-lead @ weights, weights),
        A_eq=np.concatenate([np.ones(m), -np.ones(m)])[None],
        b_eq=[0.0],
    )
    found = nearest_weights(weights, lead, "L1", 0.0)
    assert distance_of(found - weights, "L1") == pytest.approx(programme.fun, abs=1e-8)
    assert lead @ found == pytest.approx(0, abs=1e-9)
    assert found.sum() == pytest.approx(1)
    assert found.min() >= 0


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_projection_is_that_of_a_general_solver(seed):
    weights, lead = drawn(seed)
    assume(lead.min() < -0.05 and lead @ weights > 0)
    found = nearest_weights(weights, lead, "L2", 0.0)
    solver = minimize(
        lambda w: ((w - weights) ** 2).sum(),
        np.eye(len(weights))[np.argmin(lead)],
        bounds=[(0, 1)] * len(weights),
        constraints=[
            {"type": "eq", "fun": lambda w: w.sum() - 1},
            {"type": "ineq", "fun": lambda w: -(lead @ w)},
        ],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert distance_of(found - weights, "L2") <= np.sqrt(solver.fun) + 1e-6
    assert lead @ found <= 1e-12
    assert found.sum() == pytest.approx(1)


def test_a_lead_that_is_nowhere_negative_has_no_far_side():
    assert nearest_weights(np.array([0.5, 0.5]), np.array([0.0, 1.0]), "L1", 0.0) is None


def test_weights_on_the_far_side_already_stay():
    weights = np.array([0.5, 0.5])
    assert nearest_weights(weights, np.array([-2.0, 1.0]), "L2", 0.0).tolist() == [0.5, 0.5]
