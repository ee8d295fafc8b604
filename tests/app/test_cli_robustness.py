"""konsilium robustness: the contract's keys, exact cases, priors, and every input it must refuse."""

import io
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main

ORACLES = json.loads((Path(__file__).parents[1] / "oracles" / "mcda.json").read_text("utf-8"))
SMAA = [o for o in ORACLES if o["command"] == "robustness"]
CONTRACT = {
    "rank_acceptability",
    "central_weights",
    "confidence",
    "pairwise_winning",
    "expected_rank",
}
DRAWS = 100_000
VALUES = [[0.9, 0.2, 0.5], [0.4, 0.8, 0.3], [0.5, 0.5, 0.6]]
PROBLEM = {"matrix": VALUES, "senses": ["max", "max", "max"]}
TENTHS = [[0.1] * 3] * 3


def strictly(text):
    """JSON without NaN or Infinity."""
    return json.loads(text, parse_constant=lambda token: pytest.fail(f"{token} came out"))


@pytest.fixture
def robustness(tmp_path, capsys):
    """Run a problem; gives status, output and errors."""

    def run(problem, *arguments):
        file = tmp_path / "problem.json"
        file.write_text(json.dumps(problem), encoding="utf-8")
        status = main(["robustness", str(file), *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err.replace(str(file), "FILE")

    return run


@pytest.fixture
def found(robustness):
    """Run a problem with params that must pass; gives the JSON."""

    def run(params, *arguments, **changes):
        status, out, err = robustness(PROBLEM | {"params": params} | changes, "--json", *arguments)
        assert (status, err) == (0, "")
        return strictly(out)

    return run


def within(ours, exact, errors=4):
    """Whether shares lie within so many standard errors of the exact ones."""
    exact = np.array(exact)
    return np.abs(np.array(ours) - exact) <= errors * np.sqrt(exact * (1 - exact) / DRAWS) + 1e-9


@pytest.mark.parametrize("oracle", SMAA, ids=lambda o: o["id"])
def test_exact_polytope_cases_come_through_the_command(robustness, oracle):
    status, out, err = robustness(
        oracle["problem"],
        *("--method", oracle["method"], "--draws", DRAWS, "--seed", 7, "--json"),
    )
    assert (status, err) == (0, "")
    result = strictly(out)
    assert set(result) >= CONTRACT
    exact = np.array(oracle["rank_acceptability"])
    assert within(result["rank_acceptability"], exact).all()
    assert within(result["pairwise_winning"], oracle["pairwise_winning"]).all()
    ranks = np.arange(1, len(exact) + 1)
    error = np.sqrt((exact @ ranks**2 - (exact @ ranks) ** 2) / DRAWS)
    assert (np.abs(result["expected_rank"] - exact @ ranks) <= 4 * error).all()
    errors = result["standard_errors"]["central_weights"]
    for ours, centre, off in zip(
        result["central_weights"], oracle["central_weights"], errors, strict=True
    ):
        if centre[0] is None:
            assert ours == centre
        else:
            assert (np.abs(np.subtract(ours, centre)) <= 4 * np.array(off)).all()
    # The set of weights that favour an alternative is convex here: its middle favours it too.
    assert result["confidence"] == [None if c[0] is None else 1 for c in oracle["central_weights"]]


def test_without_weights_prior_and_method_they_are_uniform_and_a_plain_weighted_sum(found):
    result = found({}, "--draws", 500, "--seed", 3)
    assert result["variant"] == "no normalisation"
    spelt = found(
        {"weights_prior": "uniform", "normalisation": "none"},
        *("--method", "wsm", "--draws", 500, "--seed", 3),
    )
    assert result == spelt


def test_weights_of_the_file_are_exact_unless_a_prior_takes_their_place(found):
    result = found({}, "--draws", 10, weights=[2, 1, 1])
    assert result["weights_prior"] == "exact"
    assert result["rank_acceptability"] == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert result["central_weights"] == [[0.5, 0.25, 0.25], [None] * 3, [None] * 3]
    assert result["confidence"] == [1, None, None]
    assert found({"weights_prior": "uniform"}, weights=[2, 1, 1]) == found({})


def test_a_criterion_of_weight_zero_is_left_out_and_keeps_its_place(found):
    result = found(
        {"normalisation": "max"},
        *("--draws", 10),
        matrix=[[2, 0, 5], [1, 0, 9]],
        senses=["max", "min", "max"],
        weights=[3, 0, 1],
    )
    assert result["central_weights"][0] == [0.75, 0, 0.25]


def test_the_seed_decides_and_not_the_number_of_threads(found, monkeypatch):
    params = {"low": TENTHS, "high": [[0.9] * 3] * 3}
    first = found(params, "--draws", 20_000, "--seed", 5)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert found(params, "--draws", 20_000, "--seed", 5) == first
    assert found(params, "--draws", 20_000, "--seed", 6) != first


@pytest.mark.parametrize(
    ("params", "mean"),
    [
        ({"weights_prior": "dirichlet", "alpha": [1, 2, 5]}, [1 / 8, 2 / 8, 5 / 8]),
        ({"weights_prior": "ordinal", "order": [2, 0, 1]}, [5 / 18, 2 / 18, 11 / 18]),
        ({"weights_prior": "interval", "low": [0.2, 0, 0], "high": [0.2, 1, 1]}, [0.2, 0.4, 0.4]),
        ({"weights_prior": "interval", "weights_low": [0, 0, 0], "weights_high": [1, 1, 1]}, [1 / 3] * 3),
        ({"weights_prior": "linear", "constraints": {"A": [[1, -1, 0], [-1, 1, 0]], "b": [0, 0]}}, [1 / 4, 1 / 4, 1 / 2]),
        ({"weights_prior": "ordinal", "order": [0, 1, 2], "constraints": {"A": [[0, 0, -1]], "b": [-1 / 3]}}, [1 / 3] * 3),
        ({"weights_prior": "draws", "weight_draws": [[2, 1, 1], [6, 1, 1]]}, [5 / 8, 3 / 16, 3 / 16]),
    ],
    ids=["dirichlet", "ordinal", "interval", "explicit names", "linear", "combined", "draws"],
)  # fmt: skip
def test_each_prior_has_its_mean_weights(found, params, mean):
    """One alternative is first in every draw, so its central weights are the mean of the prior."""
    result = found(params, "--draws", 4000, matrix=[[1, 1, 1]])
    errors = np.array(result["standard_errors"]["central_weights"][0])
    assert (np.abs(np.subtract(result["central_weights"][0], mean)) <= 4 * errors + 1e-9).all()


def test_bounds_are_read_by_their_shape_and_both_may_be_given(found):
    bounds = {
        "weights_prior": "interval",
        "low": [0.1, 0.2, 0.3],
        "high": [0.5, 0.5, 0.5],
        "values_low": VALUES,
        "values_high": [[1, 1, 1]] * 3,
    }
    result = found(bounds, "--draws", 300)
    assert (result["weights_prior"], result["values_prior"]) == ("interval", "interval")
    turned = bounds | {"low": bounds["values_low"], "high": bounds["values_high"]}
    del turned["values_low"], turned["values_high"]
    turned |= {"weights_low": bounds["low"], "weights_high": bounds["high"]}
    assert found(turned, "--draws", 300) == result


def test_two_intervals_that_overlap_by_half_win_as_the_area_says(found):
    """Uniform on [0, 2] against uniform on [1, 3]: the first is above with the chance 1/8."""
    result = found(
        {"low": [[0], [1]], "high": [[2], [3]]},
        *("--draws", DRAWS, "--seed", 2),
        matrix=[[1], [2]],
        senses=["max"],
        weights=[1],
    )
    assert within(result["pairwise_winning"][0][1], 1 / 8)
    assert within(result["confidence"], [1 / 8, 7 / 8]).all()


def test_normal_values_win_as_the_normal_distribution_says(found):
    result = found(
        {"sd": [[3], [4]], "values_prior": "normal"},
        *("--draws", DRAWS, "--seed", 2),
        matrix=[[5], [0]],
        senses=["max"],
    )
    ahead = 0.5 * (1 + math.erf(1 / math.sqrt(2)))  # 5 over the root of 9 + 16
    assert within(result["pairwise_winning"][0][1], ahead)


def test_triangular_values_have_the_matrix_as_mode(found):
    """Triangular on 0 to 1 with the mode 1 against a sure 1/2: above with the chance 3/4."""
    result = found(
        {"values_prior": "triangular", "low": [[0], [0.5]], "high": [[1], [0.5]]},
        *("--draws", DRAWS, "--seed", 2),
        matrix=[[1], [0.5]],
        senses=["max"],
    )
    assert within(result["rank_acceptability"][0][0], 3 / 4)


def test_value_draws_are_resampled_and_the_matrix_may_be_left_out(robustness):
    problem = {"senses": ["max"], "params": {"value_draws": [[[1], [0]], [[0], [1]], [[2], [1]]]}}
    status, out, _ = robustness(problem, "--json", "--draws", DRAWS)
    assert status == 0
    assert within(strictly(out)["rank_acceptability"][0][0], 2 / 3)


def test_several_methods_are_drawn_by_their_chances_and_take_params_of_their_own(found):
    methods = ["topsis", {"method": "vikor", "params": {"v": 0.3}, "chance": 3}]
    result = found(
        {"methods": methods, "normalisation": "minmax"}, "--draws", DRAWS, weights=[1, 2, 3]
    )
    assert [(m["variant"], m["chance"]) for m in result["methods"]] == [
        ("min-max normalisation", 0.25),
        ("v 0.3", 0.75),
    ]
    alone = [
        found(
            {"methods": [each], "normalisation": "minmax"} if k == 0 else {"methods": [each]},
            "--draws",
            5,
            weights=[1, 2, 3],
        )
        for k, each in enumerate(methods)
    ]
    mixed = sum(
        chance * np.array(each["rank_acceptability"])
        for chance, each in zip([0.25, 0.75], alone, strict=True)
    )
    assert within(result["rank_acceptability"], mixed).all()


def test_a_method_whose_parameter_has_the_name_of_ours_takes_it_in_its_own_params(found):
    own = {"method": "owa", "params": {"alpha": 2.0}}
    mixed = {"weights_prior": "dirichlet", "alpha": [1, 1, 1], "methods": [own]}
    assert found(mixed, "--draws", 50)["methods"][0]["method"] == "owa"


def test_standard_input_is_read_for_a_dash(monkeypatch, capsys):
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(PROBLEM).encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["robustness", "-", "--draws", "100", "--json"]) == 0
    assert set(strictly(capsys.readouterr().out)) >= CONTRACT


def test_without_json_tables_are_printed_in_either_language(robustness):
    labelled = PROBLEM | {"alternatives": ["[bold]steel", "coal", "gas"], "weights": [2, 1, 1]}
    english, russian = (
        robustness(labelled, "--lang", lang, "--draws", 10)[1] for lang in ("en", "ru")
    )
    assert re.search(r"\[bold\]steel +100\.0\s% +0\.0\s%", english)
    assert re.search(r"\[bold\]steel +100,0\s% +0,0\s%", russian)
    assert "Nothing is uncertain" in english
    assert "Альтернатива" in russian


def test_tables_of_several_methods_name_each(robustness):
    several = PROBLEM | {"params": {"methods": ["wsm", "topsis"]}}
    printed = robustness(several, "--lang", "en", "--draws", 100)[1]
    assert "Weighted sum (min-max normalisation); TOPSIS (vector normalisation)" in printed
    assert "How often each is first, by method" in printed


def test_on_a_terminal_progress_is_shown_on_standard_error_alone(robustness, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    status, out, err = robustness(PROBLEM, "--json", "--draws", 9000)
    assert status == 0
    assert set(strictly(out)) >= CONTRACT
    assert "100%" in err


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"weights_prior": "unifrom"}, 'FILE: params.weights_prior is "unifrom"; expected uniform'),
        ({"weights_prior": 3}, "FILE: params.weights_prior is 3; expected exact, uniform, dirichlet, ordinal, interval, linear, draws"),
        ({"weights_prior": "exact"}, "FILE: the weights are missing; weights_prior exact needs them"),
        ({"weights_prior": "dirichlet"}, "FILE: params.alpha is missing; weights_prior dirichlet needs it"),
        ({"weights_prior": "dirichlet", "alpha": [1, 0, 1]}, "alpha is [1.0, 0.0, 1.0]; expected one number above 0 per criterion"),
        ({"weights_prior": "dirichlet", "alpha": [1, 1]}, "FILE: params.alpha has 2 entries; expected 3"),
        ({"weights_prior": "dirichlet", "alpha": [1, math.nan, 1]}, "FILE: params.alpha[1] is nan; expected a finite number"),
        ({"weights_prior": "dirichlet", "alpha": [1, 10**400, 1]}, "FILE: params.alpha[1] is inf; expected a finite number"),
        ({"weights_prior": "dirichlet", "alpha": [1, "1", 1]}, 'FILE: params.alpha[1] is "1"; expected a number'),
        ({"weights_prior": "dirichlet", "alpha": 1}, "FILE: params.alpha is 1; expected a list"),
        ({"alpha": [1, 1, 1]}, "FILE: params.alpha is not used; it goes with weights_prior dirichlet"),
        ({"weights_prior": "ordinal", "order": [0, 1, 1]}, "order is [0, 1, 1]; expected every criterion from 0 to 2 once, most important first"),
        ({"weights_prior": "ordinal", "order": [0, 0.5, 1]}, "order is [0, 0.5, 1]; expected every criterion from 0 to 2 once, most important first"),
        ({"weights_prior": "interval", "low": [0, 0, 0]}, "FILE: params.weights_high is missing; weights_prior interval needs it"),
        ({"weights_prior": "interval", "low": [0.5, 0.4, 0.3], "high": [1, 1, 1]}, "no weights satisfy all constraints; expected some that do"),
        ({"weights_prior": "interval", "low": TENTHS, "high": TENTHS}, "FILE: params.weights_low is missing; weights_prior interval needs it"),
        ({"low": [0, 0, 0], "high": [1, 1, 1]}, "FILE: params.low is not used; it goes with weights_prior interval"),
        ({"low": 0.5}, "FILE: params.low is 0.5; expected a list"),
        ({"low": TENTHS, "values_low": TENTHS}, "FILE: params.low and params.values_low say the same; expected one of them"),
        ({"low": TENTHS}, "FILE: params.values_high is missing; values_prior interval needs it"),
        ({"low": TENTHS, "high": [[0.1, 0.1, 0.1]]}, "FILE: params.high has 1 entries; expected 3"),
        ({"low": TENTHS, "high": TENTHS}, "row 1, column 1: mode is 0.9, above high, which is 0.1; expected it not above"),
        ({"sd": [[-1, 0, 0]] * 3}, "row 1, column 1: found a standard deviation of -1.0, expected 0 or more"),
        ({"values_prior": "normal"}, "FILE: params.sd is missing; values_prior normal needs it"),
        ({"values_prior": "exact", "sd": TENTHS}, "FILE: params.sd is not used; it goes with values_prior normal"),
        ({"value_draws": []}, "FILE: params.value_draws has 0 entries; expected 1+"),
        ({"value_draws": [VALUES, [[1]]]}, "FILE: params.value_draws[1] has 1 entries; expected 3"),
        ({"weights_prior": "draws", "weight_draws": [[1, 0, -1]]}, "FILE: params.weight_draws[0] is [1.0, 0.0, -1.0]; expected numbers of 0 or more, one of them above 0"),
        ({"constraints": [1]}, "FILE: params.constraints is [...]; expected A (one row per constraint) and b (one limit per constraint), for A w at most b"),
        ({"constraints": {"A": [[1, 1, 1]], "b": [0.5]}}, "no weights satisfy all constraints; expected some that do"),
        ({"weights_prior": "dirichlet", "alpha": [1, 1, 1], "constraints": {"A": [[1, 1, 1]], "b": [1]}}, "FILE: params.constraints is not used; it goes with weights_prior uniform, weights_prior ordinal, weights_prior interval, weights_prior linear"),
        ({"methods": []}, "FILE: params.methods is [...]; expected a list of names, or of objects with method, params and chance"),
        ({"methods": [3]}, "FILE: params.methods[0] is 3; expected a name, or an object with method, params and chance"),
        ({"methods": [{"method": "wsm", "weight": 3}]}, "FILE: params.methods[0] is {...}; expected a name, or an object with method, params and chance"),
        ({"methods": ["wsn"]}, "method 'wsn' is not known; expected wsm"),
        ({"methods": ["wsm"], "v": 1}, "FILE: params.v is not known; expected alpha, constraints, methods, normalisation, order, sd, value_draws, values_high, values_low, values_prior, weight_draws, weights_high, weights_low, weights_prior"),
        ({"methods": [{"method": "wsm", "chance": 0}]}, "the chances of the methods are [0.0]; expected 1 numbers above 0"),
        ({"methods": [{"method": "wsm", "params": {"v": 1}}]}, "method wsm has no parameter 'v'; expected normalisation"),
        ({"methods": [{"method": "wsm", "params": {"normalisation": [[[]]]}}]}, "FILE: params.methods[0].params.normalisation holds [...]; expected a number, a text, or a list (of lists) of them"),
        ({"normalisaton": "none"}, "FILE: params.normalisaton is not known; expected normalisation"),
    ],
    ids=range(40),
)  # fmt: skip
def test_params_that_cannot_be_used_are_one_sentence(robustness, params, sentence):
    assert robustness(PROBLEM | {"params": params}) == (2, "", sentence + "\n")


@pytest.mark.parametrize(
    ("problem", "arguments", "sentence"),
    [
        ({"senses": ["max"]}, [], "FILE: the key 'matrix' is missing; expected matrix, senses"),
        ({"matrix": [[1]]}, [], "FILE: the key 'senses' is missing; expected senses"),
        (PROBLEM | {"matrix": [[1, 2], [3, 4]]}, [], "3 senses are given for 2 criteria"),
        (PROBLEM, ["--method", "topsys"], "method 'topsys' is not known; expected topsis"),
        (PROBLEM, ["--draws", 0], "--draws is 0; expected a whole number of 1 or more"),
        (PROBLEM, ["--seed", -1], "--seed is -1; expected a whole number of 0 or more"),
        (PROBLEM | {"matrix": [[-1, 1, 1]]}, ["--method", "wpm"], "the weighted product multiplies values: found -1.0, expected all values above 0"),
        ({"matrix": [[1]] * 2001, "senses": ["max"]}, [], "found 2001 alternatives; expected 2000 or fewer, for every pair is compared in every draw"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_problem_that_cannot_be_used_is_one_sentence(robustness, problem, arguments, sentence):
    assert robustness(problem, *arguments) == (2, "", sentence + "\n")


def test_params_of_a_wrong_type_are_answered_with_what_the_method_takes(robustness):
    status, out, err = robustness(PROBLEM | {"params": {"normalisation": ["none"]}})
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("the params do not fit the method wsm: normalisation: one of vector, ")


def test_a_value_drawn_that_the_method_cannot_take_is_one_sentence(robustness):
    """The matrix is above zero, some draws around it are not."""
    status, out, err = robustness(PROBLEM | {"params": {"sd": [[1] * 3] * 3}}, "--method", "wpm")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "expected all values above 0" in err


_NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-3, 3).map(float)
_ANY = st.none() | st.booleans() | _NUMBERS | st.text(max_size=3)
_PAIR = st.lists(_NUMBERS, min_size=2, max_size=2)
_TABLE = st.lists(_PAIR, min_size=2, max_size=2)
_JSON = st.recursive(_ANY, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
_PARAMS = st.fixed_dictionaries(
    {},
    optional={
        "weights_prior": st.sampled_from(
            ["uniform", "dirichlet", "ordinal", "interval", "linear", "draws", "exact", "x"]
        ),
        "values_prior": st.sampled_from(["exact", "interval", "triangular", "normal", "draws"]),
        "alpha": _PAIR | _JSON,
        "order": st.permutations([0, 1]) | _JSON,
        "low": _PAIR | _TABLE | _JSON,
        "high": _PAIR | _TABLE | _JSON,
        "sd": _TABLE | _JSON,
        "weight_draws": _TABLE | _JSON,
        "value_draws": st.lists(_TABLE, max_size=2) | _JSON,
        "constraints": st.fixed_dictionaries({"A": _TABLE, "b": _PAIR}) | _JSON,
        "methods": st.lists(st.sampled_from(["wsm", "topsis", "vikor"]), max_size=2) | _JSON,
        "normalisation": st.sampled_from(["none", "max", "sum"]) | _JSON,
    },
)


@settings(max_examples=60, deadline=None)
@given(
    matrix=st.lists(_PAIR, min_size=1, max_size=3),
    senses=st.lists(st.sampled_from(["max", "min"]), min_size=2, max_size=2),
    weights=st.none() | _PAIR,
    method=st.sampled_from(["wsm", "topsis", "promethee2", "wpm", "vikor"]),
    params=_PARAMS,
)
def test_whatever_is_given_a_result_without_nan_or_one_sentence_comes_out(
    matrix, senses, weights, method, params
):
    problem = {"matrix": matrix, "senses": senses, "params": params}
    if weights is not None:
        problem["weights"] = weights
    streams = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(problem).encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", stdin)
        patch.setattr("sys.stdout", streams[0])
        patch.setattr("sys.stderr", streams[1])
        status = main(["robustness", "-", "--method", method, "--draws", "20", "--json"])
    out, err = (s.getvalue() for s in streams)
    if status == 0:
        assert err == ""
        assert set(strictly(out)) >= CONTRACT
    else:
        assert (status, out, len(err.splitlines())) == (2, "", 1), err
