import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda import DecisionProblem, ProblemError, borda, rank_alternatives
from mcda.groups import RULES, aggregate_judgements, aggregate_priorities

FIRST = DecisionProblem(
    values=[[4, 1], [1, 4]], weights=[0.8, 0.2], senses=["max", "max"], alternatives=["A", "B"]
)
SECOND = FIRST.replace(values=[[1, 1], [1, 9]], weights=[0.2, 0.8])


def council(seed, experts=4, n=4, m=3):
    rng = np.random.default_rng(seed)
    return {
        f"E{e}": DecisionProblem(
            values=rng.uniform(0.5, 9, (n, m)),
            weights=rng.dirichlet(np.ones(m)),
            senses=["max"] * m,
        )
        for e in range(experts)
    }


def test_judgements_are_averaged_as_by_hand():
    found = aggregate_judgements(
        {"one": FIRST, "two": SECOND}, "wsm", votes={"one": 3, "two": 1}, normalisation="none"
    )
    assert found.problem.values.ravel().tolist() == pytest.approx([3.25, 1, 1, 5.25])
    assert found.problem.weights.tolist() == pytest.approx([0.65, 0.35])
    assert found.scores.tolist() == pytest.approx([0.65 * 3.25 + 0.35, 0.65 + 0.35 * 5.25])
    assert (found.approach, found.rule) == ("AIJ", "arithmetic")
    assert found.individual_ranks.tolist() == [[1, 2], [2, 1]]
    assert found.agreement == (-1.0, 1.0)
    assert found.first == ("B",)


def test_the_geometric_mean_of_judgements_is_that_of_ratios():
    found = aggregate_judgements({"one": FIRST, "two": SECOND}, "wpm", mean="geometric")
    assert found.problem.values.ravel().tolist() == pytest.approx([2, 1, 1, 6])
    assert found.problem.weights.tolist() == pytest.approx([0.5, 0.5])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), mean=st.sampled_from(["arithmetic", "geometric"]))
def test_experts_who_agree_are_their_own_council(seed, mean):
    problem = council(seed)["E0"]
    alone = rank_alternatives(problem, "wpm")
    same = dict.fromkeys(("x", "y", "z"), problem)
    judged = aggregate_judgements(same, "wpm", mean=mean)
    assert judged.scores == pytest.approx(alone.scores)
    for rule in RULES:
        found = aggregate_priorities(same, "wpm", rule=rule)
        assert found.ranks.tolist() == alone.ranks.tolist()
        assert found.agreement == pytest.approx((1, 1, 1))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), rule=st.sampled_from(RULES))
def test_an_expert_with_two_votes_counts_as_two_experts(seed, rule):
    experts = council(seed, experts=3)
    doubled = experts | {"twin": experts["E0"]}
    votes = {"E0": 2, "E1": 1, "E2": 1}
    assert aggregate_priorities(experts, "wsm", rule=rule, votes=votes).scores == pytest.approx(
        aggregate_priorities(doubled, "wsm", rule=rule).scores
    )
    assert aggregate_judgements(experts, "wsm", votes=votes).scores == pytest.approx(
        aggregate_judgements(doubled, "wsm").scores
    )


def test_geometric_priorities_keep_ratios_whatever_the_scale_of_each_expert():
    """Weighted products: the mean of priorities is the product of the mean judgements."""
    experts = {e: p.replace(weights=[1, 1, 1]) for e, p in council(3).items()}
    judged = aggregate_judgements(experts, "wpm", mean="geometric")
    ranked = aggregate_priorities(experts, "wpm", rule="geometric")
    assert judged.scores / judged.scores.sum() == pytest.approx(ranked.scores)


def test_voting_rules_are_those_of_the_consensus():
    experts = council(5)
    table = [rank_alternatives(p, "topsis").ranks for p in experts.values()]
    found = aggregate_priorities(experts, "topsis", rule="borda")
    assert found.ranks.tolist() == borda(table).ranks.tolist()
    assert found.problem is None


def test_scores_that_are_no_priorities_are_refused():
    with pytest.raises(ProblemError, match="or a voting rule"):
        aggregate_priorities({"one": FIRST}, "promethee2", rule="arithmetic")
    with pytest.raises(ProblemError, match="or a voting rule"):
        aggregate_priorities({"one": FIRST}, "vikor", rule="arithmetic")


@pytest.mark.parametrize(
    ("problems", "options", "sentence"),
    [
        ({}, {}, "expected one or more"),
        ({"a": FIRST, "b": FIRST.replace(criteria=("x", "y"))}, {}, "differ in criteria"),
        ({"a": FIRST}, {"votes": {"b": 1}}, "for each of a"),
        ({"a": FIRST}, {"votes": {"a": 0}}, "not all zero"),
        ({"a": FIRST}, {"mean": "median"}, "mean 'median' is not known"),
        ({"a": FIRST.replace(values=[[0, 1], [1, 1]])}, {"mean": "geometric"}, "above 0"),
        (
            {"a": FIRST.replace(weights=[1, 0]), "b": FIRST.replace(weights=[0, 1])},
            {"mean": "geometric"},
            "every criterion has weight zero",
        ),
    ],
)
def test_judgements_that_cannot_be_put_together_are_refused(problems, options, sentence):
    with pytest.raises(ProblemError, match=sentence):
        aggregate_judgements(problems, "wsm", **options)


def test_an_unknown_rule_is_refused_with_the_nearest():
    with pytest.raises(ProblemError, match="expected borda"):
        aggregate_priorities({"a": FIRST}, "wsm", rule="bordo")
