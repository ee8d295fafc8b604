"""Published examples through every method, and what holds for all of them."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.elicitation import ELICITATIONS, Message, elicit

ORACLES = [
    o
    for o in json.loads(
        (Path(__file__).parents[2] / "oracles" / "elicitation.json").read_text("utf-8")
    )
    if o["command"] == "weights"
]
# Judgements of three criteria for every method: a first one, more important than the others.
JUDGED = {
    "roc": {"ranks": [1, 2, 3]},
    "rs": {"ranks": [1, 2, 3]},
    "rr": {"ranks": [1, 2, 3]},
    "rancom": {"ranks": [1, 2, 3]},
    "points": {"points": [50, 30, 20]},
    "swing": {"points": [100, 60, 20]},
    "srf": {"criteria_ranks": [3, 2, 1], "z": 4},
    "swara": {"s": [None, 0.2, 0.5]},
    "piprecia": {"s": [None, 0.8, 0.9]},
    "fucom": {"priorities_1_9": [1, 2, 5]},
    "bwm": {"best_to_others": [1, 3, 8], "others_to_worst": [8, 2, 1]},
    "bwm-nonlinear": {"best_to_others": [1, 3, 8], "others_to_worst": [8, 2, 1]},
    "ahp": {"matrix": [[1, 2, 5], [1 / 2, 1, 2], [1 / 5, 1 / 2, 1]]},
}


def judged(oracle):
    given_ = oracle["problem"]
    matrix = {"matrix": given_["matrix"]} if "matrix" in given_ else {}
    return elicit(oracle["method"], given_.get("params", {}) | matrix)


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o["id"])
def test_weights_are_those_printed(oracle):
    found = judged(oracle)
    assert found.weights * found.total == pytest.approx(oracle["weights"], abs=oracle["tolerance"])


@pytest.mark.parametrize("oracle", [o for o in ORACLES if "steps" in o], ids=lambda o: o["id"])
def test_steps_are_those_printed(oracle):
    steps = judged(oracle).steps
    for name, printed in oracle["steps"].items():
        assert steps[name] == pytest.approx(printed, abs=1e-6), name


def test_an_example_stands_here_for_every_registered_method():
    assert sorted(JUDGED) == sorted(ELICITATIONS)


@pytest.mark.parametrize("method", ELICITATIONS)
def test_weights_sum_to_one_and_follow_the_order_of_importance(method):
    found = elicit(method, JUDGED[method])
    assert found.weights.sum() == pytest.approx(1)
    assert found.weights[0] > found.weights[1] > found.weights[2] > 0
    assert found.labels == ("C1", "C2", "C3")


@pytest.mark.parametrize("method", ELICITATIONS)
def test_the_result_names_its_variant_and_source_from_the_registry(method):
    found = elicit(method, JUDGED[method])
    assert found.variant in ELICITATIONS[method].variants
    assert found.reference == ELICITATIONS[method].reference


@pytest.mark.parametrize("method", ELICITATIONS)
def test_labels_travel_with_the_weights(method):
    assert elicit(method, JUDGED[method], ["jobs", "air", "cost"]).labels == ("jobs", "air", "cost")
    with pytest.raises(SurveyError, match="2 criteria are named, but 3 are judged"):
        elicit(method, JUDGED[method], ["jobs", "air"])
    with pytest.raises(SurveyError, match="jobs stands 2 times among the criteria"):
        elicit(method, JUDGED[method], ["jobs", "jobs", "air"])


@pytest.mark.parametrize("method", ELICITATIONS)
def test_a_result_travels_between_processes(method):
    found = elicit(method, JUDGED[method])
    copy = pickle.loads(pickle.dumps(found))
    assert (copy.labels, copy.consistency) == (found.labels, found.consistency)
    assert copy.weights.tolist() == found.weights.tolist()
    assert list(copy.steps) == list(found.steps)
    with pytest.raises(TypeError):
        copy.steps["xi"] = 0


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(SurveyError, match="method 'aph' is not known; expected ahp"):
        elicit("aph", {})
    with pytest.raises(SurveyError, match="has no parameter 'rank'; expected ranks"):
        elicit("roc", {"rank": [1]})


@pytest.mark.parametrize(
    ("method", "name"), [(m, p.name) for m, e in ELICITATIONS.items() for p in e.parameters if p.required]
)  # fmt: skip
def test_a_missing_parameter_is_named_with_its_meaning(method, name):
    left = {k: v for k, v in JUDGED[method].items() if k != name}
    with pytest.raises(SurveyError, match=f"needs the parameter {name}: ") as caught:
        elicit(method, left)
    assert isinstance(caught.value.fields["meaning"], Message)


_NUMBERS = st.floats() | st.integers(-3, 12) | st.none() | st.text(max_size=2) | st.booleans()


@settings(max_examples=150, deadline=None)
@given(
    method=st.sampled_from(sorted(ELICITATIONS)),
    values=st.lists(_NUMBERS | st.lists(_NUMBERS, max_size=3), max_size=4),
    other=_NUMBERS,
    data=st.data(),
)
def test_whatever_is_judged_finite_weights_or_a_sentence_come_out(method, values, other, data):
    names = [p.name for p in ELICITATIONS[method].parameters]
    kept = data.draw(st.sampled_from(names))
    params = JUDGED[method] | {kept: data.draw(st.sampled_from([values, other]))}
    try:
        found = elicit(method, params)
    except SurveyError:
        return
    assert np.isfinite(found.weights).all()
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1)
