import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mcda import METHODS, Candidate, DecisionProblem, obstacle, rank_alternatives, ranking_methods
from mcda.invariance import Restatement, invariance_audit, restate

PROBLEM = DecisionProblem(
    values=[[10, 4], [8, 5], [5, 9]],
    weights=[0.5, 0.5],
    senses=["max", "max"],
    alternatives=["A", "B", "C"],
    criteria=["x", "y"],
)


def test_restatements_tell_the_same_column_otherwise():
    assert restate(PROBLEM, "x", Restatement.UNIT).values[:, 0].tolist() == [10000, 8000, 5000]
    assert restate(PROBLEM, "x", Restatement.ZERO).values[:, 0].tolist() == [15, 13, 10]
    assert restate(PROBLEM, "x", Restatement.POINTS).values[:, 0] == pytest.approx([5, 3.4, 1])
    turned = restate(PROBLEM, "x", Restatement.COMPLEMENT)
    assert turned.values[:, 0].tolist() == [5, 7, 10]
    assert turned.senses == ("min", "max")
    assert turned.values[:, 1].tolist() == [4, 5, 9]


def test_the_audit_says_which_criterion_restated_moves_whom():
    """A plain sum: x in a smaller unit outweighs y, so the order becomes that of x."""
    (audit,) = invariance_audit(PROBLEM, [Candidate("sum", "wsm", {"normalisation": "none"})])
    by = {(t.criterion, t.restatement): t for t in audit.trials}
    assert audit.ranks == {"A": 1.5, "B": 3.0, "C": 1.5}
    x = by["x", Restatement.UNIT]
    assert x.moved == {"A": (1.5, 1.0), "B": (3.0, 2.0), "C": (1.5, 3.0)}
    assert x.first_changes
    assert by["x", Restatement.ZERO].moved == {}
    assert not audit.invariant
    assert x in audit.changes


def test_min_max_sums_are_invariant_and_of_one_order_with_their_equivalents():
    audits = invariance_audit(
        PROBLEM,
        [Candidate("wsm", "wsm"), Candidate("mabac", "mabac"), Candidate("wpm", "wpm")],
    )
    wsm, mabac, _ = audits
    assert wsm.invariant
    assert mabac.invariant
    assert "mabac" in wsm.same_order
    assert wsm.promised == frozenset(Restatement)


@pytest.mark.parametrize(
    "method",
    [m for m in ranking_methods() if m != "comet"],  # thousands of its objects a call
)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_a_variant_promises_the_audit_finds_kept(method, seed):
    rng = np.random.default_rng(seed)
    problem = DecisionProblem(
        values=rng.integers(1, 9, (4, 3)),
        weights=rng.integers(1, 5, 3),
        senses=rng.choice(["max", "min"], 3),
    )
    for variant in METHODS[method].variants:
        assume(obstacle(problem, method, **variant.params) is None)
        (audit,) = invariance_audit(problem, [Candidate("it", method, variant.params)])
        for trial in audit.changes:
            assert trial.restatement not in audit.promised


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), how=st.sampled_from(list(Restatement)))
def test_the_moves_reported_are_those_of_ranking_the_restated_problem(seed, how):
    rng = np.random.default_rng(seed)
    problem = DecisionProblem(values=rng.uniform(1, 9, (4, 3)), senses=["max", "min", "max"])
    (audit,) = invariance_audit(problem, [Candidate("it", "topsis")], restatements=[how])
    before = rank_alternatives(problem, "topsis").ranks
    for trial in audit.trials:
        after = rank_alternatives(restate(problem, trial.criterion, how), "topsis").ranks
        assert trial.moved == {
            name: (b, a)
            for name, b, a in zip(problem.alternatives, before, after, strict=True)
            if a != b
        }
        assert trial.first_changes == bool((before == 1).tolist() != (after == 1).tolist())


def test_a_restatement_that_the_method_refuses_says_why():
    problem = PROBLEM.replace(values=[[0, 1], [-2, 2], [3, 3]])
    (audit,) = invariance_audit(problem, [Candidate("wpm", "wpm")])
    assert audit.refused is not None
    assert audit.ranks == {}
    assert not audit.invariant


def test_parameters_in_the_criteria_s_units_are_not_audited():
    absolute = {"preference_functions": "linear", "q": [1, 1], "p": [2, 2]}
    (audit,) = invariance_audit(PROBLEM, [Candidate("p2", "promethee2", absolute)])
    assert audit.refused.code == "parameter_in_units"
    assert audit.ranks
    ranged = absolute | {"threshold_scale": "range", "q": 0.05, "p": 0.3}
    (audit,) = invariance_audit(PROBLEM, [Candidate("p2", "promethee2", ranged)])
    assert audit.invariant


def test_criteria_without_weight_are_not_restated():
    problem = PROBLEM.replace(weights=[1, 0])
    (audit,) = invariance_audit(problem, [Candidate("wsm", "wsm")])
    assert {t.criterion for t in audit.trials} == {"x"}
