import numpy as np
import pytest

from mcda import DecisionProblem, ProblemError, rank_alternatives
from mcda.specification import specification_curve

PROBLEM = DecisionProblem(
    values=[[4, 1], [1, 4], [2, 2]], senses=["max", "max"], alternatives=["A", "B", "C"]
)
CHOICES = {"weight": [0.2, 0.4, 0.6, 0.9], "method": ["wsm", "topsis"]}


def evaluate(spec):
    weight = spec["weight"]
    return rank_alternatives(PROBLEM.replace(weights=[weight, 1 - weight]), spec["method"])


def test_every_combination_is_evaluated_and_ordered_by_the_lead():
    curve = specification_curve(CHOICES, evaluate, followed="A")
    assert curve.total == 8
    assert not curve.sampled
    leads = [s.lead for s in curve.specifications]
    assert leads == sorted(leads)
    for s in curve.specifications:
        assert (s.lead > 0) == (s.first == ("A",))
        if s.first == ("A",):
            assert s.margin == s.lead


def test_shares_of_the_leaders_are_those_counted_by_hand():
    curve = specification_curve(CHOICES, evaluate)
    assert curve.first_by == {"A": 0.5, "B": 0.5, "C": 0.0}
    assert curve.by_option["weight"]["0.2"] == {"A": 0, "B": 1, "C": 0}
    assert curve.by_option["weight"]["0.9"] == {"A": 1, "B": 0, "C": 0}
    assert curve.by_option["method"]["wsm"] == {"A": 0.5, "B": 0.5, "C": 0}


def test_the_margin_is_a_share_of_the_distance_between_best_and_worst():
    curve = specification_curve({"weight": [0.75], "method": ["wsm"]}, evaluate)
    # Min-max scores 0.75, 0.25 and 1/3: the lead over C is 5/12 of a distance of 1/2.
    assert curve.specifications[0].margin == pytest.approx(5 / 6)


def test_a_shared_first_place_has_no_margin_and_is_split():
    curve = specification_curve({"weight": [0.5], "method": ["wsm"]}, evaluate)
    (only,) = curve.specifications
    assert only.first == ("A", "B")
    assert (only.margin, only.lead) == (0, 0)
    assert curve.first_by == {"A": 0.5, "B": 0.5, "C": 0}


def test_refused_combinations_are_listed_with_their_reason():
    zero = PROBLEM.replace(values=[[4, 0], [1, 4], [2, 2]])
    curve = specification_curve(
        {"method": ["wsm", "wpm"], "place": ["here"]},
        lambda spec: rank_alternatives(zero, spec["method"]),
    )
    (refused,) = curve.refused
    assert refused.options == {"method": "wpm", "place": "here"}
    assert isinstance(refused.reason, ProblemError)
    assert curve.by_option["method"]["wpm"] is None
    assert not curve.sampled


def test_too_many_combinations_are_sampled_without_repetition():
    choices = {"weight": list(np.linspace(0.1, 0.9, 50)), "method": ["wsm", "topsis"]}
    with pytest.raises(ProblemError, match="expected a generator"):
        specification_curve(choices, evaluate, limit=30)
    seen = []
    curve = specification_curve(
        choices, evaluate, limit=30, rng=np.random.default_rng(1), progress=seen.append
    )
    assert curve.sampled
    assert curve.total == 100
    taken = {tuple(s.options.items()) for s in curve.specifications}
    assert len(taken) == 30
    assert seen == list(range(1, 31))
    again = specification_curve(choices, evaluate, limit=30, rng=np.random.default_rng(1))
    assert again.to_frame().equals(curve.to_frame())


def test_the_picture_has_one_row_a_specification_and_one_mark_a_choice():
    curve = specification_curve(CHOICES, evaluate)
    frame, panel = curve.to_frame(), curve.panel()
    assert list(frame.columns) == [
        "specification", "first", "margin", "lead", "choice: weight", "choice: method",
    ]  # fmt: skip
    assert len(frame) == 8
    assert len(panel) == 16
    assert curve.option_shares().groupby(["choice", "option"])["share"].sum().eq(1).all()


@pytest.mark.parametrize(
    ("choices", "options", "sentence"),
    [
        ({"method": []}, {}, "one or more"),
        ({"method": ["wsm", "wsm"]}, {}, "each of another name"),
        ({"weight": [0.5], "method": ["wsm"]}, {"followed": "Z"}, "expected one of A, B, C"),
        ({"weight": [0.5], "method": ["nonsense"]}, {}, "none of 1 combinations"),
    ],
)
def test_what_makes_no_curve_is_refused(choices, options, sentence):
    with pytest.raises(ProblemError, match=sentence):
        specification_curve(choices, evaluate, **options)
