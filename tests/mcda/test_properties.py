"""Every registered variant keeps what it declares, and breaks what it does not declare."""

import json
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from mcda import METHODS, DecisionProblem, ProblemError, Property, rank_alternatives
from mcda.audit import keeps

COUNTEREXAMPLES = json.loads((Path(__file__).parent / "counterexamples.json").read_text("utf-8"))
VARIANTS = [(m, v) for m in METHODS.values() for v in m.variants]
DECLARED = [(m, v, p) for m, v in VARIANTS for p in Property if p in v.properties]
UNDECLARED = [(m, v, p) for m, v in VARIANTS for p in Property if p not in v.properties]


def name(item):
    return getattr(item, "name", str(item))


def unless_refused(call, *arguments, **params):
    """Some methods refuse some problems; a property is promised for those they take."""
    try:
        return call(*arguments, **params)
    except ProblemError:
        reject()


def params_of(variant, problem):
    return variant.params_for(problem.values, problem.weights, problem.sense)


def examples(in_ci):
    """How many problems a test tries: a third where every run tries new ones."""
    return in_ci if os.environ.get("CI") else in_ci // 3


COARSE = st.integers(1, 5).map(float)
# Six digits: a difference in the last bit would be lost by adding a constant.
FINE = st.floats(0.01, 100, allow_nan=False).map(lambda x: float(f"{x:.6g}"))
SIZES = st.tuples(st.integers(1, 6), st.integers(1, 5), st.sampled_from([COARSE, FINE]))


@cache
def parts(n, m, cell):
    """Values, weights and senses of one size: building a strategy costs more than drawing."""
    return st.tuples(
        st.lists(cell, min_size=n * m, max_size=n * m),
        st.lists(st.floats(0.01, 1), min_size=m, max_size=m),
        st.lists(st.sampled_from(["max", "min"]), min_size=m, max_size=m),
    )


@st.composite
def problems(draw):
    """Problems with values above zero, some on a coarse grid so that ties and equal columns occur."""
    n, m, cell = draw(SIZES)
    values, weights, senses = draw(parts(n, m, cell))
    return DecisionProblem(values=np.reshape(values, (n, m)), weights=weights, senses=senses)


@pytest.mark.parametrize(("method", "variant", "promise"), DECLARED, ids=name)
@settings(max_examples=examples(30), deadline=None)
@given(problem=problems(), seed=st.integers(0, 10_000))
def test_a_declared_property_holds(method, variant, promise, problem, seed):
    rng = np.random.default_rng(seed)
    assert unless_refused(keeps, promise, method, params_of(variant, problem), problem, rng)


@pytest.mark.parametrize(("method", "variant", "promise"), UNDECLARED, ids=name)
def test_an_undeclared_property_has_its_counterexample(method, variant, promise):
    found = [
        c
        for c in COUNTEREXAMPLES
        if (c["method"], c["variant"], c["property"]) == (method.name, variant.name, promise.name)
    ]
    assert found, "declare the property, or add the problem that breaks it"
    problem = DecisionProblem(
        values=found[0]["values"], weights=found[0]["weights"], senses=found[0]["senses"]
    )
    rng = np.random.default_rng(found[0]["seed"])
    assert not keeps(promise, method, params_of(variant, problem), problem, rng)


@pytest.mark.parametrize(("method", "variant"), VARIANTS, ids=name)
@settings(max_examples=examples(24), deadline=None)
@given(problem=problems(), data=st.data())
def test_permuting_alternatives_and_criteria_permutes_the_result(method, variant, problem, data):
    n, m = problem.values.shape
    rows = np.array(data.draw(st.permutations(range(n))))
    columns = np.array(data.draw(st.permutations(range(m))))
    shuffled = DecisionProblem(
        values=problem.values[rows][:, columns],
        weights=problem.weights[columns],
        senses=[problem.senses[j] for j in columns],
    )
    straight = unless_refused(
        rank_alternatives, problem, method.name, **params_of(variant, problem)
    )
    permuted = rank_alternatives(shuffled, method.name, **params_of(variant, shuffled))
    assert permuted.scores == pytest.approx(straight.scores[rows], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("method", "variant"), VARIANTS, ids=name)
@settings(max_examples=examples(15), deadline=None)
@given(problem=problems(), seed=st.integers(0, 10_000))
def test_a_batch_gives_what_single_calls_give(method, variant, problem, seed):
    rng = np.random.default_rng(seed)
    m = len(problem.criteria)
    weights = rng.dirichlet(np.ones(m), 5)
    values = problem.values * rng.uniform(0.5, 2.0, (5, *problem.values.shape))
    params = params_of(variant, problem)
    fixed = unless_refused(method.scores, problem.values, weights, problem.sense, **params)
    moving = unless_refused(method.scores, values, weights, problem.sense, **params)
    for b in range(5):
        one = method.scores(problem.values, weights[b], problem.sense, **params)
        assert fixed[b] == pytest.approx(one, rel=1e-10, abs=1e-12)
        other = method.scores(values[b], weights[b], problem.sense, **params)
        assert moving[b] == pytest.approx(other, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize(("method", "variant"), VARIANTS, ids=name)
@settings(max_examples=examples(24), deadline=None)
@given(problem=problems())
def test_the_same_call_gives_the_same_finite_result_and_touches_nothing(method, variant, problem):
    values, weights = problem.values.copy(), problem.weights.copy()
    first = unless_refused(rank_alternatives, problem, method.name, **params_of(variant, problem))
    second = rank_alternatives(problem, method.name, **params_of(variant, problem))
    assert np.isfinite(first.scores).all()
    assert first.scores.tolist() == second.scores.tolist()
    assert problem.values.tolist() == values.tolist()
    assert problem.weights.tolist() == weights.tolist()


@pytest.mark.parametrize(("method", "variant"), VARIANTS, ids=name)
@settings(max_examples=examples(24), deadline=None)
@given(problem=problems(), data=st.data())
def test_equal_alternatives_tie(method, variant, problem, data):
    n = len(problem.alternatives)
    twin = data.draw(st.integers(0, n - 1))
    doubled = DecisionProblem(
        values=np.vstack([problem.values, problem.values[twin]]),
        weights=problem.weights,
        senses=problem.senses,
    )
    ranks = unless_refused(
        rank_alternatives, doubled, method.name, **params_of(variant, doubled)
    ).ranks
    assert ranks[twin] == ranks[n]


@pytest.mark.parametrize(("method", "variant"), VARIANTS, ids=name)
@settings(max_examples=examples(15), deadline=None)
@given(problem=problems(), factor=st.floats(0.001, 1000))
def test_weights_of_another_scale_change_nothing(method, variant, problem, factor):
    scaled = problem.replace(weights=problem.weights * factor)
    straight = unless_refused(
        rank_alternatives, problem, method.name, **params_of(variant, problem)
    )
    assert rank_alternatives(
        scaled, method.name, **params_of(variant, scaled)
    ).scores == pytest.approx(straight.scores, rel=1e-9, abs=1e-12)
