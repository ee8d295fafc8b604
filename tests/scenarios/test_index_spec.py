from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scenarios import IndexSpec, Indicator, Reference, indicators_from_frame

WINDOW = Reference(2000, 2005)
A = Indicator("a", "economy", "max", "x")
B = Indicator("b", "economy", "min", "y", weight=3)
C = Indicator("c", "society", "max", "x / y")


@pytest.fixture
def spec():
    return IndexSpec((A, C, B), WINDOW, factor_weights={"economy": 4})


def test_weights_sum_to_one_within_each_factor(spec):
    assert spec.factors == ("economy", "society")
    assert spec.weights.tolist() == [[0.25, 0, 0.75], [0, 1, 0]]
    assert spec.factor_shares.tolist() == [0.8, 0.2]
    assert spec.signs.tolist() == [1, 1, -1]


def test_factors_weigh_the_same_unless_said_otherwise():
    assert IndexSpec((A, C), WINDOW).factor_shares.tolist() == [0.5, 0.5]


def test_factor_that_loses_its_last_indicator_goes_with_it(spec):
    shorter = spec.without("a").without("b")
    assert shorter.factors == ("society",)
    assert shorter.factor_shares.tolist() == [1]


def test_indicator_can_be_added(spec):
    assert spec.with_indicator(Indicator("d", "society", "max", "z")).names == ("a", "c", "b", "d")


def test_indicators_are_read_from_a_frame_with_or_without_weights():
    columns = ["factor", "indicator", "sense", "formula"]
    frame = pd.DataFrame(
        [["economy", "a", "max", "x"], ["economy", "b", "min", "y"]], columns=columns
    )
    assert indicators_from_frame(frame) == (A, Indicator("b", "economy", "min", "y"))
    assert indicators_from_frame(frame.assign(weight=[1, 3])) == (A, B)


def test_error_if_the_frame_lacks_a_column(fault):
    with fault(
        "columns_missing",
        "table indicators has no column sense, formula; expected the columns factor, indicator, "
        "sense, formula",
    ):
        indicators_from_frame(pd.DataFrame({"factor": ["e"], "indicator": ["a"]}))


def test_error_if_a_formula_is_empty(fault):
    frame = pd.DataFrame(
        {"factor": ["e"], "indicator": ["a"], "sense": ["max"], "formula": [np.nan]}
    )
    with fault("label_empty", "table indicators, row 1: formula is empty; expected a label"):
        indicators_from_frame(frame)


def test_error_if_a_sense_is_unknown(fault):
    with fault("sense_unknown", "indicator a has the sense up; expected max or min"):
        Indicator("a", "economy", "up", "x")


@pytest.mark.parametrize("weight", [0, -1, np.nan, np.inf])
def test_error_if_a_weight_is_not_positive(fault, weight):
    with fault("weight_wrong", f"a has the weight {weight}; expected a positive number"):
        Indicator("a", "economy", "max", "x", weight)
    with fault("weight_wrong", f"economy has the weight {weight}; expected a positive number"):
        IndexSpec((A,), WINDOW, factor_weights={"economy": weight})


def test_error_if_a_formula_is_wrong_comes_with_the_indicator_and_not_later(fault):
    with fault(
        "operator_expected",
        "formula 'x y', position 3: found 'y'; expected an operator or the end",
    ):
        Indicator("a", "economy", "max", "x y")


def test_error_if_the_window_is_reversed(fault):
    with fault(
        "window_reversed",
        "the reference window is 2005-2000; expected the first year before the last",
    ):
        Reference(2005, 2000)


@pytest.mark.parametrize(("std", "over"), [("robust", "years"), ("sample", "regions")])
def test_error_if_the_reference_is_unknown(fault, std, over):
    with fault(
        "reference_unknown",
        f"the reference has std {std} and over {over}; expected std sample|population and over "
        "years|units|all",
    ):
        Reference(2000, 2005, std, over)


def test_error_if_indicators_repeat_or_there_are_none(fault):
    with fault(
        "indicators_wrong",
        "the index has 3 indicators, several times: a; expected at least one, each once",
    ):
        IndexSpec((A, B, A), WINDOW)
    with fault(
        "indicators_wrong",
        "the index has 0 indicators, several times: -; expected at least one, each once",
    ):
        IndexSpec((), WINDOW)


def test_error_if_the_normalisation_is_unknown(fault):
    with fault(
        "normalisation_unknown", "the normalisation is rank; expected one of zscore, minmax"
    ):
        IndexSpec((A,), WINDOW, "rank")


def test_error_if_a_factor_or_an_indicator_is_unknown(fault, spec):
    sentence = "there is no factor nature; expected one of economy"
    with fault("factor_unknown", sentence):
        IndexSpec((A,), WINDOW, factor_weights={"nature": 1})
    with fault("factor_unknown", sentence + ", society"):
        spec.factor_position("nature")
    with fault("index_indicator_unknown", "the index has no indicator z; expected one of a, c, b"):
        spec.without("z")
