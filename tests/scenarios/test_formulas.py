from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import ScenarioError, evaluate, parse_formula

YEARS = np.array([2000, 2001, 2002])
SERIES = {
    "a": np.array([1.5, 2.0, 3.0]),
    "b": np.array([4.0, 0.5, 7.0]),
    "import": np.array([2.0, 2.5, 8.0]),
}

atoms = st.one_of(
    st.sampled_from(sorted(SERIES)),
    st.integers(1, 99).map(str),
    st.sampled_from(["0.5", ".25", "2.", "1e2", "3E-1"]),
)


def combined(inner):
    signs = st.sampled_from(["+", "-", "*", "/", " - ", " / "])
    return st.one_of(
        st.tuples(inner, signs, inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-{text}"),
        inner.map(lambda text: f"( - {text} )"),
    )


expressions = st.recursive(atoms, combined, max_leaves=12)


@settings(max_examples=150)
@given(expressions)
def test_arithmetic_agrees_with_the_language_that_everybody_knows(text):
    scope = {name.replace("import", "imported"): values for name, values in SERIES.items()}
    with np.errstate(all="ignore"):
        try:
            expected = eval(text.replace("import", "imported"), {"__builtins__": {}}, scope)
        except ZeroDivisionError:
            expected = np.nan
    expected = np.broadcast_to(np.asarray(expected, dtype=float), YEARS.shape)
    if not any(name in text for name in ("a", "b", "import")):
        with pytest.raises(ScenarioError, match="names no series"):
            parse_formula(text)
    elif np.isfinite(expected).all():
        np.testing.assert_allclose(evaluate(parse_formula(text), SERIES, YEARS), expected)
    else:
        with pytest.raises(ScenarioError, match=r"divisor is 0|too large"):
            evaluate(parse_formula(text), SERIES, YEARS)


@settings(max_examples=150)
@given(st.text(max_size=40))
def test_any_text_is_a_formula_or_a_fault_and_nothing_else(text):
    try:
        formula = parse_formula(text)
    except ScenarioError:
        return
    assert formula.series


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "a.__class__",
        "a[0]",
        "(lambda: a)()",
        "a if a else b",
        "a ** b",
        "a // b",
        "a; b",
        "a = b",
        "chain(*a)",
        "chain(x=a)",
        "'a'",
        "eval(a)",
        "a\\b",
        "a\0",
        "{a}",
        "a @ b",
        "a and b",
        "1_000 * a",
        "0x10 * a",
        "2j * a",
    ],
)
def test_nothing_outside_the_language_is_accepted(text):
    with pytest.raises(ScenarioError, match=r"formula .*expected"):
        parse_formula(text)


def test_names_are_listed_once_and_in_order():
    assert parse_formula("b / (a + b) - добыча").series == ("b", "a", "добыча")


def test_operators_of_one_priority_go_from_left_to_right():
    assert evaluate(parse_formula("a - b - 1"), SERIES, YEARS)[0] == pytest.approx(-3.5)
    assert evaluate(parse_formula("a / b / 2"), SERIES, YEARS)[0] == pytest.approx(0.1875)


def test_a_long_sum_is_not_a_deep_one():
    formula = parse_formula("+".join(["a"] * 5000))
    np.testing.assert_allclose(evaluate(formula, SERIES, YEARS), 5000 * SERIES["a"])


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        (
            "a.b",
            "formula_character",
            (
                "formula 'a.b', position 2: found '.'; expected names, numbers, + - * / , and "
                "parentheses only"
            ),
        ),
        (
            "a + * b",
            "operand_expected",
            (
                "formula 'a + * b', position 5: found '*'; expected a series, a number, a function "
                "or a parenthesis"
            ),
        ),
        (
            "a b",
            "operator_expected",
            "formula 'a b', position 3: found 'b'; expected an operator or the end",
        ),
        (
            "(a b)",
            "parenthesis_open",
            "formula '(a b)', position 4: found 'b'; expected an operator or a closing parenthesis",
        ),
        (
            "(a +",
            "formula_breaks_off",
            (
                "formula '(a +' breaks off at position 5; expected a series, a number or a closing "
                "parenthesis"
            ),
        ),
        (
            "(a",
            "formula_breaks_off",
            (
                "formula '(a' breaks off at position 3; expected a series, a number or a closing "
                "parenthesis"
            ),
        ),
        (
            " ",
            "formula_breaks_off",
            (
                "formula ' ' breaks off at position 2; expected a series, a number or a closing "
                "parenthesis"
            ),
        ),
        (
            "1 + 2",
            "formula_without_series",
            "formula '1 + 2' names no series; expected at least one",
        ),
        (
            "a * 1e999",
            "number_too_large",
            (
                "formula 'a * 1e999', position 5: the number 1e999 is too large; expected a finite "
                "number"
            ),
        ),
        (
            "2 * log(a)",
            "function_unknown",
            (
                "formula '2 * log(a)', position 5: there is no function log; expected one of chain, "
                "cumulative, splice, link"
            ),
        ),
        (
            "splice(a, b)",
            "argument_count",
            (
                "formula 'splice(a, b)', position 1: splice has 2 arguments; expected 3 (series, "
                "series, year)"
            ),
        ),
        (
            "chain()",
            "argument_count",
            "formula 'chain()', position 1: chain has 0 arguments; expected 1 (series)",
        ),
        (
            "link(a, b, b)",
            "year_expected",
            (
                "formula 'link(a, b, b)', position 12: link needs a year here; expected a whole "
                "number such as 2015"
            ),
        ),
        (
            "link(a, b, 2017.5)",
            "year_expected",
            (
                "formula 'link(a, b, 2017.5)', position 12: link needs a year here; expected a whole "
                "number such as 2015"
            ),
        ),
    ],
)
def test_fault_names_the_formula_the_position_and_what_is_expected(fault, text, code, sentence):
    with fault(code, sentence):
        parse_formula(text)


@pytest.mark.parametrize("text", ["(" * 60 + "a" + ")" * 60, "-" * 60 + "a", "-" * 10**5 + "a"])
def test_error_if_a_formula_is_nested_too_deep(fault, text):
    with fault(
        "formula_too_deep",
        f"formula '{text}', position 52: parentheses or minus signs are nested deeper than 50; "
        "expected a flatter formula",
    ):
        parse_formula(text)


def test_error_if_a_series_is_unknown_names_the_nearest_known_one(fault):
    known = ("population_avg", "grp")
    with fault(
        "name_unknown",
        "formula 'grp / population_average', position 7: there is no series population_average; "
        "expected a known one, the nearest is population_avg",
    ):
        parse_formula("grp / population_average").require_known(known)
    with fault(
        "name_unknown",
        "formula 'xyz', position 1: there is no series xyz; expected one of population_avg, grp",
    ):
        parse_formula("xyz").require_known(known)
