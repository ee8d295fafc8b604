"""konsilium stat: every published example, the contract's keys, and all that it must refuse."""

import io
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main
from survey.statistics import STATISTICS

ORACLES = [
    o
    for o in json.loads(
        (Path(__file__).parents[1] / "oracles" / "survey.json").read_text(encoding="utf-8")
    )
    if o["statistic"] in STATISTICS
]
NAMES = [
    "kendall_w",
    "krippendorff_alpha",
    "fleiss_kappa",
    "icc",
    "cochran_q",
    "wilson",
    "holm",
    "chi2",
    "fisher",
    "mrcv",
    "bradley_terry",
    "correspondence",
    "van_der_eijk",
    "tastle_wierman",
    "leik",
    "lawshe",
    "competence",
    "kish",
    "raking",
    "dawid_skene",
]


def strictly(text):
    """JSON without NaN or Infinity."""
    return json.loads(text, parse_constant=lambda token: pytest.fail(f"{token} came out"))


@pytest.fixture
def stat(tmp_path, capsys):
    """Run data, given as an object, a text or bytes; gives status, output and errors."""

    def run(name, data, *arguments, lang="en"):
        if isinstance(data, dict):
            data = json.dumps(data)
        file = tmp_path / "data.json"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        status = main(["stat", name, str(file), "--lang", lang, *arguments])
        out, err = capsys.readouterr()
        return status, out, err.replace(str(file), "FILE")

    return run


def agrees(found, expected, tolerance):
    if isinstance(expected, dict):
        return all(agrees(found[key], each, tolerance) for key, each in expected.items())
    if expected is None:
        return found is None
    return np.shape(found) == np.shape(expected) and np.allclose(
        np.array(found, dtype=float), np.array(expected, dtype=float), rtol=0, atol=tolerance
    )


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o["id"])
def test_published_examples_come_through_the_command(stat, oracle):
    status, out, err = stat(oracle["statistic"], oracle["input"], "--json")
    assert (status, err) == (0, "")
    found = strictly(out)
    assert found["statistic"] == oracle["statistic"]
    assert agrees(found, oracle["expected"], oracle["tolerance"]), found


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o["id"])
def test_every_published_example_is_printed_as_a_table(stat, oracle, lang):
    status, out, err = stat(oracle["statistic"], oracle["input"], lang=lang)
    assert (status, err) == (0, "")
    assert STATISTICS[oracle["statistic"]].source in " ".join(out.split())
    assert "nan" not in out.lower().split()


def test_the_registry_holds_the_names_of_the_contract():
    assert sorted(STATISTICS) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("holm", {"p": [0.01, 0.04, 0.03]}, {"p_holm": [0.03, 0.06, 0.06]}),
        ("chi2", {"table": [[10, 20], [20, 10]]}, {"chi2": 20 / 3, "df": 1, "p": 0.009823275}),
        ("leik", {"freq": [5, 0, 0, 5]}, {"D": 1.0}),
        ("tastle_wierman", {"freq": [5, 0, 0, 5]}, {"Cns": 0.0}),
        ("tastle_wierman", {"freq": [0, 7, 0]}, {"Cns": 1.0}),
        ("cochran_q", {"pattern_counts": [[[1, 0], 6], [[0, 1], 2], [[1, 1], 9]]}, {"Q": 2.0, "df": 1, "p": 0.157299207}),
        ("raking", {"seed": [[1, 1], [1, 1]], "row_targets": [3, 1], "col_targets": [2, 2]}, {"fitted": [[1.5, 1.5], [0.5, 0.5]]}),
        ("kish", {"w": [2, 2]}, {"n_eff": 2.0, "design_effect": 1.0, "n": 2}),
    ],
)  # fmt: skip
def test_the_keys_of_the_contract_come_out(stat, name, data, expected):
    found = strictly(stat(name, data, "--json")[1])
    assert agrees(found, expected, 1e-8)


def test_without_variation_alpha_is_null_with_the_reason_in_the_readers_language(stat):
    data = {"data_rows_are_observers": [[1, 1, 1], [1, 1, 1]], "level": "nominal"}
    status, out, err = stat("krippendorff_alpha", data, "--json")
    assert (status, err) == (0, "")
    assert strictly(out)["alpha"] is None
    assert strictly(out)["reason"] == "undefined: no variation, every value is the same"
    assert "no variation" in stat("krippendorff_alpha", data)[1]


def test_both_conventions_for_empty_cells_are_printed(stat):
    (spmi,) = [o for o in ORACLES if o["id"] == "mrcv_koziol_2014_spmi"]
    found = strictly(stat("mrcv", spmi["input"] | {"resamples": 0}, "--json")[1])
    assert found["zero_cell"] == 0.5
    assert found["without_zero_cell"]["X2_S"] == pytest.approx(64.825, abs=5e-4)
    assert found["without_zero_cell"]["X2_adj"] == pytest.approx(36.62, abs=5e-3)
    assert found["bootstrap_p_approx"] is None


def test_the_same_seed_gives_the_same_figures(stat):
    data = {"freq": [3, 9, 4], "resamples": 200, "seed": 7}
    first = stat("van_der_eijk", data, "--json")
    assert first == stat("van_der_eijk", data, "--json")
    found = strictly(first[1])["interval"]
    assert found["low"] <= found["high"]
    assert (found["over"], found["resamples"]) == ("raters", 200)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kendall_w", {"ratings_rows_are_subjects": [[1, 2], [2, 1], [3, 3]]}),
        ("krippendorff_alpha", {"data_rows_are_observers": [[1, 2, None], [2, 2, 1]], "level": "ordinal"}),
        ("krippendorff_alpha", {"data_rows_are_observers": [["a", "b"], ["a", None]], "level": "nominal", "over": "raters"}),
        ("fleiss_kappa", {"counts": [[3, 0], [1, 2], [0, 3]]}),
        ("icc", {"ratings_rows_are_targets": [[1, 2], [3, 3], [5, 4]]}),
        ("cochran_q", {"rows": [[1, 0, 1], [0, 0, 1], [1, 1, 1]]}),
        ("leik", {"freq": [1, 4, 2]}),
        ("tastle_wierman", {"freq": [1, 4, 2]}),
        ("lawshe", {"n_essential": 7, "N": 9}),
    ],
)  # fmt: skip
def test_every_measure_of_agreement_has_an_interval_when_resamples_are_asked_for(stat, name, data):
    status, out, err = stat(name, data | {"resamples": 50}, "--json")
    assert (status, err) == (0, "")
    found = strictly(out)
    intervals = found["bootstrap"].values() if name == "icc" else [found["interval"]]
    for each in intervals:
        assert each["over"] in {"raters", "units"}
        assert each["low"] is None or each["low"] <= each["high"]


def test_standard_input_is_read_for_a_dash(monkeypatch, capsys):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"w": [1, 1, 1, 3]}'), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["stat", "kish", "-", "--json"]) == 0
    assert strictly(capsys.readouterr().out)["n_eff"] == 3.0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("kendal_w", {}, "statistic 'kendal_w' is not known; expected kendall_w"),
        ("KISH", {"w": [1]}, "statistic 'KISH' is not known; expected kish"),
        ("zzz", {}, "statistic 'zzz' is not known; expected wilson, holm"),
        ("kish", {"weights": [1]}, "statistic kish has no key 'weights'; expected w"),
        ("kish", {}, "statistic kish needs the key w: weights of the experts"),
        ("kish", {"w": 3}, "w is 3; a list of numbers is expected"),
        ("kish", {"w": [1, "2"]}, 'w[1] is "2"; a number is expected'),
        ("kish", {"w": [1, math.nan]}, "w[1] is nan; a number is expected"),
        ("kish", {"w": [1, True]}, "w[1] is True; a number is expected"),
        ("kish", "[1, 2]", "FILE: found [...]; expected an object with w"),
        ("kish", "{", "FILE, line 1, column 2: this is not JSON"),
        ("kendall_w", {}, "statistic kendall_w takes exactly one of the keys ratings_rows_are_subjects, ranks_rows_are_experts; 0 are given"),
        ("kendall_w", {"ranks_rows_are_experts": [[1, 2], [1]]}, "ranks_rows_are_experts[1] has 1 entries, the first row 2; rows of one length are expected"),
        ("kendall_w", {"ranks_rows_are_experts": [[1, None], [1, 2]]}, "ranks_rows_are_experts[0][1] is null; a number is expected"),
        ("kendall_w", {"ranks_rows_are_experts": [[1, 2]]}, "the ratings have the shape 1 x 2; numbers in 2 rows and 2 columns or more"),
        ("krippendorff_alpha", {"data_rows_are_observers": [[1, 2]], "level": "nominel"}, 'level is "nominel"; expected nominal'),
        ("krippendorff_alpha", {"data_rows_are_observers": [["a"], ["b"]], "level": "ratio"}, "the data hold texts; numbers are expected at the level ratio"),
        ("krippendorff_alpha", {"data_rows_are_observers": [[-1], [2]], "level": "ratio"}, "the data hold -1.0; numbers from 0 up are expected at the level ratio"),
        ("krippendorff_alpha", {"data_rows_are_observers": [[None], [None]], "level": "ratio"}, "the data hold no value; at least one is expected"),
        ("krippendorff_alpha", {"data_rows_are_observers": [["a"], [1]], "level": "nominal"}, "data_rows_are_observers[1][0] is 1; numbers, or texts throughout, are expected"),
        ("fleiss_kappa", {"counts": [[2, 0], [1, 2]]}, "the subjects were rated by 2 to 3 raters; the same number, two or more, is expected for each"),
        ("fleiss_kappa", {"counts": [[2, 0], [1, 1]], "categories": ["a"]}, "categories is ['a']; a list of 2 different texts is expected"),
        ("wilson", {"successes": 3, "n": 2}, "3.0 of 2.0 is not a share; 0 to n of n > 0 is expected"),
        ("holm", {"p": [0.5, 1.2]}, "p-value number 2 is 1.2; a number from 0 to 1 is expected"),
        ("chi2", {"table": [[1, 0], [2, 0]]}, "column 2 of the table holds only zeros; expected a table without it"),
        ("chi2", {"table": [[1, 0.5], [2, 0]]}, "row 1, column 2 of the table is 0.5; a whole number from 0 to 1000000000 is expected"),
        ("fisher", {"table": [[1, 2, 3], [2, 0, 1]], "alternative": "less"}, "the alternative less has a meaning for two rows and two columns only; two-sided is expected"),
        ("mrcv", {"counts": [[1, 2], [3, 4]]}, "only totals are given; which options each person chose together is not, so no test"),
        ("mrcv", {"rows": [[1, 0, 1]], "columns": ["a", "b", "c"]}, "the names of the columns begin in 3 ways; two are expected"),
        ("mrcv", {"rows": [[1, 0, 2], [2, 0, 1]], "left": 1}, "row 1, column 3 is 2.0; 0 or 1 is expected"),
        ("mrcv", {"rows": [[1, 0, 1], [1, 1, 1]], "left": 1}, "complete answers came from 1 of the groups; two or more are expected"),
        ("mrcv", {"rows": [[1, 0], [2, 1]], "left": 1, "n": 5}, "n is 5, but the rows were given by 2 people; the same number is expected"),
        ("bradley_terry", {"wins_row_over_col": [[0, 1], [0, 0]]}, "1 never lost to any of the others, so how much stronger they are cannot be told"),
        ("lawshe", {"n_essential": 5, "N": 4}, "n_essential is 5; a whole number from 0 to 4 is expected"),
        ("dawid_skene", {"item_rater_rating": [[1, 2]]}, "item_rater_rating[0] is [1, 2]; item, rater and class, numbers or texts, are expected"),
        ("dawid_skene", {"item_rater_rating": [[1, 2, 3]]}, "all judgements name the class 3; two classes or more are expected"),
        ("van_der_eijk", {"freq": [1, 2]}, "the frequencies have the shape 2; a list of 3 numbers or more"),
        ("leik", {"freq": [0, 0]}, "all frequencies are 0; some answers are expected"),
        ("leik", {"freq": [0.5, 0.5], "resamples": 9}, "the frequencies are not whole; numbers of raters are expected, to resample them"),
        ("icc", {"ratings_rows_are_targets": [[1e308, -1e308], [-1e308, 1e308]]}, "the numbers are too large or too far apart for Intraclass correlation, six forms to compute with"),
    ],
)  # fmt: skip
def test_data_that_cannot_be_used_is_one_sentence(stat, name, data, sentence):
    status, out, err = stat(name, data)
    assert (status, out) == (2, "")
    assert err.startswith(sentence), err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_and_data_that_is_not_named(capsys, tmp_path):
    assert main(["stat", "kish", str(tmp_path / "none.json"), "--lang", "en"]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert main(["stat", "kish", "--lang", "en"]) == 2
    assert "DATA.json is missing" in capsys.readouterr().err


_NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-1, 6)
_SMALL = st.integers(0, 5) | st.sampled_from([None, 0.5, -1, 1e300, 10**400, "a", True])
_TABLE = st.integers(1, 3).flatmap(
    lambda k: st.lists(st.lists(_SMALL, min_size=k, max_size=k), min_size=1, max_size=4)
)
_COUNTS = st.integers(2, 3).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 4), min_size=k, max_size=k), min_size=2, max_size=4)
)
_PAIRS = st.lists(st.tuples(st.lists(st.integers(0, 1), min_size=3, max_size=3), st.integers(0, 4)).map(list), min_size=1, max_size=4)  # fmt: skip
_ANY = st.one_of(
    st.none(),
    _NUMBERS,
    st.text(max_size=3),
    st.lists(_NUMBERS | st.none(), max_size=4),
    _TABLE,
    _COUNTS,
    _PAIRS,
    st.sampled_from(["nominal", "ordinal", "interval", "ratio", "units", "raters", "less"]),
    st.dictionaries(st.text(max_size=2), _NUMBERS, max_size=2),
)


@st.composite
def _data(draw):
    """A statistic with most of its keys, filled with whatever comes."""
    name = draw(st.sampled_from(sorted(STATISTICS)))
    data = {}
    for key in STATISTICS[name].keys:
        if key.name == "resamples":
            data[key.name] = draw(st.sampled_from([0, 0, 5, -1, 1.5, None]))
        elif key.required or draw(st.booleans()):
            data[key.name] = draw(_ANY)
    return name, data


@settings(max_examples=150, deadline=None)
@given(case=_data())
def test_whatever_is_given_figures_without_nan_or_one_sentence_come_out(case):
    name, data = case
    streams = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(data).encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", stdin)
        patch.setattr("sys.stdout", streams[0])
        patch.setattr("sys.stderr", streams[1])
        status = main(["stat", name, "-", "--json"])
    out, err = (s.getvalue() for s in streams)
    if status == 0:
        assert err == ""
        assert strictly(out)["statistic"] == name
    else:
        assert (status, out, len(err.splitlines())) == (2, "", 1), err
