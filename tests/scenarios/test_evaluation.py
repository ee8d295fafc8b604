from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import TABLE_FUNCTIONS, evaluate, evaluate_interval, parse_formula

YEARS = np.arange(2015, 2020)
NAN = np.nan


def value(text, **series):
    arrays = {name: np.array(values, dtype=float) for name, values in series.items()}
    return evaluate(parse_formula(text), arrays, YEARS)


def test_year_without_a_figure_stays_without_one():
    result = value("a / b", a=[1, NAN, 3, 4, 5], b=[1, 1, 1, NAN, 5])
    np.testing.assert_array_equal(result, [1, NAN, 3, NAN, 1])


def test_functions_nest_and_take_expressions():
    result = value(
        "chain(splice(a, b, 2017)) / (2 * c)",
        a=[100, 110, NAN, NAN, NAN],
        b=[NAN, NAN, 100, 50, 200],
        c=[1, 1, 1, 1, 1],
    )
    np.testing.assert_allclose(result, [0.5, 0.55, 0.55, 0.275, 0.55])


def test_chain_of_a_number_in_a_formula_is_its_power():
    np.testing.assert_allclose(value("a * chain(200)", a=[1] * 5), [1, 2, 4, 8, 16])


def test_several_units_are_evaluated_at_once():
    both = {"a": np.array([[100.0, 110, 120, 90, 100], [100, 100, 100, 100, 200]])}
    formula = parse_formula("chain(a) * 2")
    result = evaluate(formula, both, YEARS)
    for row in range(2):
        single = evaluate(formula, {"a": both["a"][row]}, YEARS)
        np.testing.assert_array_equal(result[row], single)


def test_error_if_a_divisor_is_zero_names_the_years(fault):
    with fault(
        "division_by_zero",
        "formula 'a / (b - 1)', position 3: the divisor is 0 in 2016, 2019; "
        "expected a number other than 0",
    ):
        value("a / (b - 1)", a=[1] * 5, b=[2, 1, 2, 2, 1])


def test_error_if_a_literal_divisor_is_zero(fault):
    with fault(
        "division_by_zero",
        "formula 'a / 0', position 3: the divisor is 0 in every year; "
        "expected a number other than 0",
    ):
        value("a / 0", a=[1] * 5)


def test_error_if_a_result_is_too_large(fault):
    with fault(
        "result_too_large",
        "formula 'a * a', position 3: the result is too large in 2017; expected finite numbers",
    ):
        value("a * a", a=[1, 1, 1e200, 1, 1])


def test_error_if_a_series_is_unknown(fault):
    with fault(
        "name_unknown",
        "formula 'chain(wage)', position 7: there is no series wage; expected a known one, "
        "the nearest is wages",
    ):
        value("chain(wage)", wages=[1] * 5)


def test_fault_inside_a_function_names_the_formula_and_the_place(fault):
    with fault(
        "chain_gap",
        "formula '1 + chain(a)', position 5: the index has no figure in 2017; expected every "
        "year between the first and the last",
    ):
        value("1 + chain(a)", a=[100, 100, NAN, 100, 100])


def test_interval_of_a_formula_is_attained_at_the_ends():
    low, high = evaluate_interval(
        parse_formula("-(a - 2) * b / c"),
        {"a": np.array([1.0]), "b": np.array([-1.0]), "c": np.array([2.0])},
        {"a": np.array([5.0]), "b": np.array([4.0]), "c": np.array([4.0])},
    )
    assert (low.item(), high.item()) == (-6.0, 2.0)


@settings(max_examples=50)
@given(
    st.sampled_from(["a / b", "a * b - c", "(a + b) / c", "-a / (b * c)", "a * a - b / a"]),
    st.integers(0, 10_000),
)
def test_interval_contains_the_value_of_every_point(text, seed):
    rng = np.random.default_rng(seed)
    formula = parse_formula(text)
    low = {name: rng.uniform(1, 50, 5) for name in "abc"}
    high = {name: low[name] + rng.uniform(0, 9, 5) for name in "abc"}
    below, above = evaluate_interval(formula, low, high)
    for share in rng.uniform(0, 1, (20, 3)):
        point = {
            name: low[name] + part * (high[name] - low[name])
            for name, part in zip("abc", share, strict=True)
        }
        result = evaluate(formula, point, YEARS)
        slack = 1e-9 * np.abs(result)
        assert (below - slack <= result).all()
        assert (result <= above + slack).all()


def test_interval_of_a_negation_is_turned_round():
    ends = {"a": np.array(1.0)}, {"a": np.array(3.0)}
    assert evaluate_interval(parse_formula("-a"), *ends) == (-3.0, -1.0)


@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (0.0, 1.0), (-1.0, 0.0), (0.0, 0.0)])
def test_error_if_a_divisor_can_be_zero(fault, low, high):
    with fault(
        "divisor_spans_zero",
        "formula 'a / b', position 3: the divisor can be 0; expected an interval without 0",
    ):
        evaluate_interval(
            parse_formula("a / b"),
            {"a": np.array(1.0), "b": np.array(low)},
            {"a": np.array(1.0), "b": np.array(high)},
        )


def test_error_if_an_interval_is_too_large(fault):
    huge = {"a": np.array(1e200)}
    with fault(
        "interval_too_large",
        "formula 'a * a', position 3: the result is too large; expected finite numbers",
    ):
        evaluate_interval(parse_formula("a * a"), huge, huge)


def test_error_if_a_function_stands_inside_a_table_formula(fault):
    point = {"a": np.array(1.0)}
    with fault(
        "function_inside",
        "formula '1 + level(a)', position 5: level may only stand around the whole formula; "
        "expected names, numbers and + - * / inside",
    ):
        evaluate_interval(parse_formula("1 + level(a)", TABLE_FUNCTIONS), point, point)


def test_formula_values_do_not_share_memory_with_the_series():
    series = {"a": np.ones(5)}
    evaluate(parse_formula("a"), series, YEARS)[0] = 7
    assert series["a"][0] == pytest.approx(1)
