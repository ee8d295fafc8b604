"""konsilium rank: the contract's keys, published examples, and every input it must refuse."""

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
from mcda import METHODS, ranking_methods, ranks_of

ORACLES = json.loads((Path(__file__).parents[1] / "oracles" / "mcda.json").read_text("utf-8"))
RANK = [o for o in ORACLES if o["command"] == "rank" and not o["negative_control"]]
KEYS = ["method", "variant", "scores", "ranks", "higher_is_better", "steps"]
PROBLEM = {"matrix": [[1, 2], [3, 4]], "weights": [0.5, 0.5], "senses": ["max", "min"]}


def strictly(text):
    """JSON without NaN or Infinity."""
    return json.loads(text, parse_constant=lambda token: pytest.fail(f"{token} came out"))


@pytest.fixture
def rank(tmp_path, capsys):
    """Run a problem, given as an object, a text or bytes; gives status, output and errors."""

    def run(problem, method="topsis", *arguments):
        if isinstance(problem, dict):
            problem = json.dumps(problem)
        file = tmp_path / "problem.json"
        file.write_bytes(problem if isinstance(problem, bytes) else problem.encode())
        status = main(["rank", str(file), "--method", method, *arguments])
        out, err = capsys.readouterr()
        return status, out, err.replace(str(file), "FILE")

    return run


@pytest.mark.parametrize("oracle", RANK, ids=lambda o: o["id"])
def test_published_examples_come_through_the_command(rank, oracle):
    status, out, err = rank(oracle["problem"], oracle["method"], "--json")
    assert (status, err) == (0, "")
    found = strictly(out)
    assert list(found) == KEYS
    if oracle["scores"]:
        assert found["scores"] == pytest.approx(oracle["scores"], abs=oracle["tolerance"])
    if oracle["ranks"]:
        assert found["ranks"] == ranks_of(-np.array(oracle["ranks"], dtype=float)).tolist()


def test_standard_input_is_read_for_a_dash(monkeypatch, capsys):
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(PROBLEM).encode()), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["rank", "-", "--method", "wsm", "--json"]) == 0
    assert strictly(capsys.readouterr().out)["ranks"] == [1.5, 1.5]


def test_parameters_travel_in_the_file(rank):
    given_params = PROBLEM | {"params": {"normalisation": "minmax"}}
    assert strictly(rank(given_params, "topsis", "--json")[1])["variant"] == "min-max normalisation"


def test_without_json_a_table_is_printed_in_either_language(rank):
    labelled = PROBLEM | {"alternatives": ["[bold]steel", "coal"], "matrix": [[9, 1], [1, 9]]}
    english, russian = (rank(labelled, "topsis", "--lang", lang)[1] for lang in ("en", "ru"))
    assert re.search(r"\[bold\]steel +1\.0000 +1", english)
    assert re.search(r"\[bold\]steel +1,0000 +1", russian)
    assert "Альтернатива" in russian


def test_the_table_names_method_and_variant_in_the_reader_s_language(rank):
    titles = {
        lang: rank(PROBLEM, "wsm", "--lang", lang)[1].splitlines()[0] for lang in ("en", "ru")
    }
    assert titles["en"].startswith("Weighted sum, min-max normalisation, ")
    assert titles["ru"].startswith("Взвешенная сумма, нормировка по размаху, ")
    assert rank(PROBLEM, "vikor", "--lang", "ru")[1].startswith("VIKOR, v 0,5, ")


def test_json_keeps_the_english_names(rank):
    given = rank(PROBLEM, "topsis", "--json", "--lang", "ru")[1]
    assert strictly(given)["variant"] == "vector normalisation"


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"alternatives": ["a"]}, "альтернативы: "),
        ({"criteria": ["a", "a"]}, "критерии: "),
        ({"params": {"normalisation": ["vector"]}}, "normalisation: одно из значений vector, "),
    ],
)
def test_a_refusal_in_russian_names_the_part_in_russian(rank, changes, part):
    status, out, err = rank(PROBLEM | changes, "topsis", "--lang", "ru")
    assert (status, out) == (2, "")
    assert part in err
    assert not re.search("alternatives|criteria|one of", err)


def test_weights_whose_sum_is_beyond_the_range_count_by_their_ratio(rank):
    huge = rank(PROBLEM | {"weights": [1e308, 1e308]}, "wsm", "--json")
    assert huge == rank(PROBLEM | {"weights": [1, 1]}, "wsm", "--json")
    assert huge[0] == 0


def test_numbers_that_overflow_while_computing_are_one_sentence_in_either_language(rank):
    far_apart = PROBLEM | {"matrix": [[1e308, 1], [-1e308, 2]]}
    for lang, sentence in (
        ("en", "the numbers are too large or too far apart for Weighted sum to compute with"),
        ("ru", "Взвешенная сумма"),
    ):
        status, out, err = rank(far_apart, "wsm", "--lang", lang)
        assert (status, out) == (2, "")
        assert sentence in err
        assert err.count("\n") == 1


def test_the_language_may_stand_before_or_after_the_command(capsys, tmp_path):
    missing = str(tmp_path / "none.json")
    for arguments in (
        ["--lang", "ru", "rank", missing, "--method", "wsm"],
        ["rank", missing, "--method", "wsm", "--lang=ru"],
    ):
        assert main(arguments) == 2
        assert "файла нет" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"matrix": [[1, 2], [3, math.nan]]}, "A2, criterion C2: found nan, expected a finite number"),
        ({"matrix": [[1, math.inf], [3, 4]]}, "A1, criterion C2: found inf, expected a finite number"),
        ({"weights": [0.5, math.nan]}, "criterion C2: found weight nan, expected a number of 0 or more"),
        ({"weights": [0.5, -0.5]}, "criterion C2: found weight -0.5, expected a number of 0 or more"),
        ({"weights": [0, 0]}, "all weights are zero; expected at least one above zero"),
        ({"weights": [1]}, "FILE: 1 weights are given for 2 criteria"),
        ({"weights": []}, "FILE: 0 weights are given for 2 criteria"),
        ({"weights": [1, "1"]}, 'FILE: weights[1] is "1"; expected a number'),
        ({"weights": [1, True]}, "FILE: weights[1] is true; expected a number"),
        ({"weights": 1}, "FILE: weights is 1; expected a list"),
        ({"matrix": [[1, 2], [3]]}, "FILE: matrix[1] has 1 numbers, the first row 2; expected rows of one length"),
        ({"matrix": [[1, 2], [3, None]]}, "FILE: matrix[1][1] is null; expected a number"),
        ({"matrix": [1, 2]}, "FILE: matrix[0] is 1; expected a list"),
        ({"matrix": []}, "the matrix has shape (0,); expected one row per alternative and one column per criterion, all rows of one length"),
        ({"matrix": [[10**400, 2], [3, 4]]}, "A1, criterion C1: found inf, expected a finite number"),
        ({"senses": ["max", "maximum"]}, "criterion C2: found sense 'maximum', expected max or min"),
        ({"senses": ["max", 1]}, "FILE: senses[1] is 1; expected a text in quotes"),
        ({"alternatives": ["a", "a"]}, "a stands 2 times among the alternatives; expected once"),
        ({"alternatives": ["a"]}, "1 alternatives are named, but the matrix has 2"),
        ({"params": [1]}, "FILE: params is [...]; expected an object"),
        ({"params": {"v": 1}}, "method topsis has no parameter 'v'; expected normalisation"),
        ({"params": {"normalisation": "vectr"}}, "normalisation 'vectr' is not known; expected one of vector, minmax, max, sum, none, linear-max, logarithmic, nonlinear, enhanced-accuracy, juttler-korth, zscore"),
        ({"params": {"normalisation": [{}]}}, "FILE: params.normalisation holds {...}; expected a number, a text, or a list (of lists) of them"),
        ({"params": {"normalisation": ["vector"]}}, "the params do not fit the method topsis: normalisation: one of vector, minmax, max, sum, none, linear-max, logarithmic, nonlinear, enhanced-accuracy, juttler-korth, zscore"),
        ({"weight": [1, 1]}, "FILE: the key 'weight' is not known; expected weights"),
    ],
)  # fmt: skip
def test_a_problem_that_cannot_be_used_is_one_sentence(rank, changes, sentence):
    assert rank(PROBLEM | changes) == (2, "", sentence + "\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "FILE: found nothing; expected a problem written as JSON"),
        (b"\xef\xbb\xbf \n", "FILE: found nothing; expected a problem written as JSON"),
        (b"[1, 2]", "FILE: found [...]; expected an object with matrix, weights, senses"),
        (b"NaN", "FILE: found NaN; expected an object with matrix, weights, senses"),
        (b'{"matrix": [[1]],\n "weights" [1]}', "FILE, line 2, column 12: this is not JSON (Expecting ':' delimiter)"),
        (b'{"weights": [1], "senses": ["max"]}', "FILE: the key 'matrix' is missing; expected matrix, weights, senses"),
        (b'{"matrix": [[1]], "senses": ["max"]}', "FILE: the key 'weights' is missing; expected matrix, weights, senses"),
        (b'{"matrix": [[1]], "matrix": [[2]]}', "FILE: the key 'matrix' stands twice; expected once"),
        ('{"matrix": [[1]],\n"alternatives": ["уголь"]}'.encode("cp1251"), "FILE, line 2: found text that is not UTF-8; save the file with the encoding UTF-8"),
        (b"[" * 100_000, "FILE: this is no decision problem"),
        (b'{"matrix": [[' + b"1" * 5000 + b"]]}", "FILE: this is no decision problem"),
    ],
    ids=range(11),
)  # fmt: skip
def test_a_file_that_holds_no_problem_is_one_sentence(rank, text, sentence):
    assert rank(text) == (2, "", sentence + "\n")


def test_an_unknown_method_is_answered_with_the_nearest(rank):
    assert rank(PROBLEM, "topsys") == (2, "", "method 'topsys' is not known; expected topsis\n")


def test_a_file_that_is_not_there(capsys, tmp_path):
    for path in (tmp_path / "none.json", tmp_path):
        assert main(["rank", str(path), "--method", "wsm"]) == 2
        out, err = capsys.readouterr()
        assert (out, len(err.splitlines())) == ("", 1)
        assert str(path) in err


@pytest.mark.parametrize("method", ranking_methods())
@pytest.mark.parametrize(
    "matrix",
    [[[3.0, 5.0]], [[3.0], [5.0]], [[3.0, 5.0], [3.0, 4.0], [3.0, 2.0]], [[2.0, 2.0], [2.0, 2.0]]],
    ids=["one alternative", "one criterion", "constant column", "all equal"],
)
def test_degenerate_problems_follow_the_documented_policy(rank, method, matrix):
    m = len(matrix[0])
    problem = {"matrix": matrix, "weights": [1] * m, "senses": ["max"] * m}
    status, out, err = rank(problem, method, "--json")
    if method == "cocoso" and len(matrix) > 1:  # it needs nobody worst on every criterion
        assert (status, out) == (2, "")
        assert "worst on every criterion" in err
        return
    assert (status, err) == (0, "")
    found = strictly(out)
    assert sum(found["ranks"]) == len(matrix) * (len(matrix) + 1) / 2
    assert all(map(math.isfinite, found["scores"]))
    if len(matrix) == 3:  # the first criterion cannot decide, so the second does
        assert found["ranks"] == [1, 2, 3]


_NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-3, 3).map(float)
_ANY = st.none() | st.booleans() | _NUMBERS | st.text(max_size=3)
_JSON = st.recursive(_ANY, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


@settings(max_examples=50, deadline=None)
@given(
    method=st.sampled_from(sorted(METHODS)),
    matrix=st.lists(st.lists(_NUMBERS, min_size=2, max_size=2), min_size=1, max_size=3),
    weights=st.lists(_NUMBERS, min_size=2, max_size=2),
    senses=st.lists(st.sampled_from(["max", "min"]), min_size=2, max_size=2),
    name=st.sampled_from(
        ["normalisation", "v", "preference_functions", "q", "p", "s", "threshold_scale"]
    ),
    value=_JSON,
    use=st.booleans(),
)
def test_whatever_is_given_a_result_without_nan_or_one_sentence_comes_out(  # noqa: PLR0917 - one argument a part
    method, matrix, weights, senses, name, value, use
):
    problem = {"matrix": matrix, "weights": weights, "senses": senses}
    if use:
        problem["params"] = {name: value}
    streams = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(problem).encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", stdin)
        patch.setattr("sys.stdout", streams[0])
        patch.setattr("sys.stderr", streams[1])
        status = main(["rank", "-", "--method", method, "--json"])
    out, err = (s.getvalue() for s in streams)
    if status == 0:
        assert err == ""
        assert sorted(strictly(out)) == sorted(KEYS)
    else:
        assert (status, out, len(err.splitlines())) == (2, "", 1)
