import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.study import MeasureError, lookup_in, parse_measure

VALUES = {"series.a.2019": 4.0, "series.a.2020": 6.0, "series.a.2021": 8.0, "x.y": 2.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x.y", 2),
        ("1 + 2 * 3 - 4 / 2", 5),
        ("-(x.y - 5) * 2", 6),
        ("100 * (1 - series.a.2019 / series.a.2021)", 50),
        ("mean(series.a, 2019, 2021)", 6),
        ("sum(series.a, 2019, 2020) / 2", 5),
        ("max(x.y, series.a.2019, 3) - min(1, x.y)", 3),
    ],
)
def test_measure_is_computed(text, value):
    assert parse_measure(text).value(VALUES.__getitem__) == pytest.approx(value)


def test_measure_names_every_path_it_needs():
    assert parse_measure("mean(series.a, 2019, 2020) + x.y").paths == (
        "series.a.2019",
        "series.a.2020",
        "x.y",
    )


@pytest.mark.parametrize(
    "text",
    ["", "1 +", "(1", "1 2", "x", "__import__('os')", "exp(1)", "mean(x.y, 1, 2)", "a.b.__class__()",
     "mean(series.a, 2021, 2019)", "mean(series.a, 2019)", "1 ** 2", "(" * 200 + "1" + ")" * 200],
)  # fmt: skip
def test_what_is_not_in_the_language_is_refused(text):
    with pytest.raises(MeasureError):
        parse_measure(text)


@given(st.text(alphabet="01.9+-*/(), abseriesmean_", max_size=30))
@settings(max_examples=200)
def test_any_text_is_read_or_refused(text):
    try:
        read = parse_measure(text)
    except MeasureError:
        return
    assert read.text == text


def test_division_by_zero_is_refused():
    with pytest.raises(MeasureError, match="division by zero"):
        parse_measure("1 / (x.y - 2)").value(VALUES.__getitem__)


def test_lookup_takes_the_value_at_the_end_of_a_path_and_years_of_either_kind():
    findings = {"resilience": {"observed": {2019: 0.3, "2020": {"value": 0.4, "low": 0.1}}}}
    lookup = lookup_in(findings, {("a", 2019): 5.0}, {"S1": (0.2, 0.3)})
    assert lookup("resilience.observed.2019") == 0.3
    assert lookup("resilience.observed.2020") == 0.4
    assert lookup("resilience.observed.2020.low") == 0.1
    assert lookup("series.a.2019") == 5
    assert lookup("probability.S1.high") == 0.3


@pytest.mark.parametrize(
    "path",
    ["resilience.observed.2030", "resilience.observed", "resilience.observed.2019.low", "other.b",
     "series.a", "series.a.x", "series.b.2019", "probability.S1.middle", "probability.S9.low"],
)  # fmt: skip
def test_lookup_of_what_is_not_there_is_a_lookup_error(path):
    lookup = lookup_in(
        {"resilience": {"observed": {2019: 0.3}}}, {("a", 2019): 5.0}, {"S1": (0, 1)}
    )
    with pytest.raises(LookupError):
        lookup(path)
