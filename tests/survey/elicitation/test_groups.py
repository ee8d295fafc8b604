import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError
from survey.elicitation import aggregate_judgements, aggregate_priorities, elicit, synthesise

HIERARCHIES = [
    o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "elicitation.json").read_text("utf-8")
    )
    if "alternatives" in o
]
weights_of_three = st.lists(st.floats(0.1, 9), min_size=3, max_size=3).map(np.array)


def consistent(raw):
    return raw[:, None] / raw


def levels(oracle):
    choice = {"priorities": oracle["priorities"]}
    top = elicit("ahp", {"matrix": oracle["criteria"]} | choice)
    below = [elicit("ahp", {"matrix": m} | choice) for m in oracle["alternatives"]]
    return top, dict(zip(top.labels, below, strict=True))


@pytest.mark.parametrize("oracle", HIERARCHIES, ids=lambda o: o["id"])
def test_hierarchies_are_those_printed(oracle):
    found = synthesise(*levels(oracle))
    assert found.weights == pytest.approx(oracle["weights"], abs=oracle["tolerance"])


def test_the_consistency_of_a_hierarchy_s_criteria_is_that_printed():
    """JMcDM: the mean of (A w) / w over the rows, and the older random index 1.41 of Saaty (1980)."""
    (oracle,) = [o for o in HIERARCHIES if "printed_consistency" in o]
    printed = oracle["printed_consistency"]
    top, _ = levels(oracle)
    matrix = np.array(oracle["criteria"])
    largest = (matrix @ top.weights / top.weights).mean()
    assert largest == pytest.approx(printed["lambda_max"], abs=1e-6)
    index = (largest - 8) / 7
    assert index / printed["random_index"] == pytest.approx(printed["consistency_ratio"], abs=1e-8)
    assert top.steps["consistency_index"] == pytest.approx(printed["consistency_index"], abs=5e-3)


@given(one=weights_of_three, other=weights_of_three, share=st.floats(0, 1))
def test_judgements_of_consistent_people_are_those_of_their_geometric_mean(one, other, share):
    matrix = aggregate_judgements([consistent(one), consistent(other)], [share, 1 - share])
    means = one**share * other ** (1 - share)
    assert matrix * matrix.T == pytest.approx(np.ones((3, 3)))
    assert elicit("ahp", {"matrix": matrix}).weights == pytest.approx(means / means.sum())


@given(one=weights_of_three, other=weights_of_three)
def test_priorities_are_averaged_either_way(one, other):
    people = [elicit("ahp", {"matrix": consistent(x)}) for x in (one, other)]
    a, b = (p.weights for p in people)
    arithmetic = aggregate_priorities(people, [3, 1])
    assert arithmetic.weights == pytest.approx(0.75 * a + 0.25 * b)
    geometric = aggregate_priorities(people, mean="geometric").weights
    assert geometric == pytest.approx(np.sqrt(a * b) / np.sqrt(a * b).sum())


def test_geometric_means_of_judgements_and_of_priorities_are_one_for_rows_geometric_means():
    """Crawford and Williams (1985): the row geometric mean commutes with that of the people."""
    rng = np.random.default_rng(8)
    matrices = []
    for _ in range(3):
        m = np.ones((4, 4))
        for i, j in zip(*np.triu_indices(4, 1), strict=True):
            m[i, j] = rng.choice([1 / 5, 1 / 2, 1, 3, 7])
            m[j, i] = 1 / m[i, j]
        matrices.append(m)
    together = elicit(
        "ahp", {"matrix": aggregate_judgements(matrices), "priorities": "geometric-mean"}
    )
    people = [elicit("ahp", {"matrix": m, "priorities": "geometric-mean"}) for m in matrices]
    assert together.weights == pytest.approx(aggregate_priorities(people, mean="geometric").weights)


def test_whoever_left_a_gap_leaves_the_pair_to_the_others():
    one = [[1, 4, None], [None, 1, None], [None, None, 1]]
    other = [[1, 9, 2], [None, 1, None], [None, None, 1]]
    found = aggregate_judgements([one, other])
    assert found[0, 1] == pytest.approx(6)
    assert found[0, 2] == pytest.approx(2)
    assert np.isnan(found[1, 2])


def test_a_person_without_a_say_does_not_turn_a_zero_into_the_group_s():
    people = [elicit("points", {"points": p}) for p in ([100, 0], [40, 60])]
    assert aggregate_priorities(people, [0, 1], "geometric").weights == pytest.approx([0.4, 0.6])
    opposed = [elicit("points", {"points": p}) for p in ([100, 0], [0, 100])]
    with pytest.raises(SurveyError, match="the geometric mean is 0"):
        aggregate_priorities(opposed, mean="geometric")


def test_people_s_labels_are_matched_by_name():
    one = elicit("points", {"points": {"jobs": 70, "air": 30}})
    other = elicit("points", {"points": {"air": 10, "jobs": 90}})
    found = aggregate_priorities([one, other])
    assert found.labels == ("jobs", "air")
    assert found.weights == pytest.approx([0.8, 0.2])


def test_the_ideal_mode_is_not_moved_by_a_copy():
    top = elicit("points", {"points": {"price": 50, "speed": 50}})
    below = {
        "price": elicit("points", {"points": {"a": 20, "b": 80}}),
        "speed": elicit("points", {"points": {"a": 70, "b": 30}}),
    }
    with_copy = {
        "price": elicit("points", {"points": {"a": 20, "b": 80, "copy": 80}}),
        "speed": elicit("points", {"points": {"a": 70, "b": 30, "copy": 30}}),
    }
    for mode, keeps in (("ideal", True), ("distributive", False)):
        before = synthesise(top, below, mode).weights
        after = synthesise(top, with_copy, mode).weights
        assert np.isclose(before[0] / before[1], after[0] / after[1]) == keeps


def test_levels_can_be_stacked_and_their_consistency_is_weighted():
    (oracle,) = [o for o in HIERARCHIES if o["id"] == "ahp_cars_R_MCDA"]
    top, below = levels(oracle)
    cars = synthesise(top, below)
    found = synthesise(
        elicit("points", {"points": {"now": 60, "later": 40}}), {"now": cars, "later": cars}
    )
    assert found.weights == pytest.approx(cars.weights)
    by = [1, *top.weights]
    all_levels = [top, *below.values()]
    index = sum(w * e.steps["consistency_index"] for w, e in zip(by, all_levels, strict=True))
    expected = sum(w * e.steps["random_index"] for w, e in zip(by, all_levels, strict=True))
    assert cars.steps["hierarchy_consistency_ratio"] == pytest.approx(index / expected)


def test_people_and_levels_that_do_not_fit_are_refused():
    two, three = elicit("roc", {"n": 2}), elicit("roc", {"n": 3})
    for refused, sentence in (
        (lambda: aggregate_judgements([]), "nobody's judgements are given"),
        (lambda: aggregate_priorities([]), "nobody's judgements are given"),
        (lambda: aggregate_judgements([[[1]], np.ones((2, 2))]), "person 2 compares 2 criteria; 1"),
        (lambda: aggregate_judgements([[[1]]], [-1]), r"the weights of the people are \[-1.0\]"),
        (lambda: aggregate_priorities([two], [1, 2]), "1 numbers of 0 or more are expected"),
        (lambda: aggregate_priorities([two, three]), "one weighs C1, C2, C3, another C1, C2"),
        (lambda: aggregate_priorities([two], mean="mode"), "the mean 'mode' is not known"),
        (lambda: synthesise(two, {"C1": three}), "nothing is judged under the criterion C2"),
        (lambda: synthesise(two, {}, "best"), "the mode 'best' is not known"),
    ):
        with pytest.raises(SurveyError, match=sentence):
            refused()
