"""konsilium weights: the contract's keys, published examples, and every input it must refuse."""

import io
import json
import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main
from mcda import WEIGHTINGS
from survey.elicitation import ELICITATIONS

FILES = [Path(__file__).parents[1] / "oracles" / f"{x}.json" for x in ("mcda", "elicitation")]
ORACLES = [o for f in FILES for o in json.loads(f.read_text("utf-8")) if o["command"] == "weights"]
KEYS = ["method", "variant", "weights", "steps"]
VALUES = {"matrix": [[1, 2], [3, 4], [2, 9]], "senses": ["max", "min"]}
PAIRS = {
    "matrix": [[1, 3, 0.25], [None, 1, 2], [None, None, 1]],
    "criteria": ["jobs", "air", "cost"],
}


def strictly(text):
    """JSON without NaN or Infinity."""
    return json.loads(text, parse_constant=lambda token: pytest.fail(f"{token} came out"))


@pytest.fixture
def weights(tmp_path, capsys):
    """Run a problem, given as an object, a text or bytes; gives status, output and errors."""

    def run(problem, method, *arguments):
        if isinstance(problem, dict):
            problem = json.dumps(problem)
        file = tmp_path / "problem.json"
        file.write_bytes(problem if isinstance(problem, bytes) else problem.encode())
        status = main(["weights", str(file), "--method", method, "--lang", "en", *arguments])
        out, err = capsys.readouterr()
        return status, out, err.replace(str(file), "FILE")

    return run


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o["id"])
def test_published_examples_come_through_the_command(weights, oracle):
    status, out, err = weights(oracle["problem"], oracle["method"], "--json")
    assert (status, err) == (0, "")
    found = strictly(out)
    assert list(found) == KEYS
    assert found["method"] == oracle["method"]
    assert found["weights"] == pytest.approx(oracle["weights"], abs=oracle["tolerance"])
    for name, printed in oracle.get("steps", {}).items():
        assert found["steps"][name] == pytest.approx(printed, abs=1e-6)


def test_every_method_has_a_published_example_or_a_test_of_its_own():
    shown = {o["method"] for o in ORACLES}
    own = {"merec", "cilos", "gini", "rancom", "points", "swing", "swara"}
    assert shown | own == {*WEIGHTINGS, *ELICITATIONS}


def test_a_consistency_ratio_stands_in_the_steps(weights):
    (drinks,) = [o for o in ORACLES if o["id"] == "ahp_saaty_2008_drinks"]
    steps = strictly(weights(drinks["problem"], "ahp", "--json")[1])["steps"]
    assert steps["consistency_ratio"] == pytest.approx(0.022, abs=5e-4)
    assert steps["random_index"] == 1.35
    assert steps["consistency_ratios"]["donegan-dodd"] == pytest.approx(0.0235, abs=5e-5)


def test_standard_input_is_read_for_a_dash(monkeypatch, capsys):
    stdin = io.TextIOWrapper(io.BytesIO(b'{"params": {"n": 2}}'), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["weights", "-", "--method", "roc", "--json"]) == 0
    assert strictly(capsys.readouterr().out)["weights"] == [0.75, 0.25]


def test_parameters_travel_in_the_file(weights):
    sample, population = (
        strictly(weights(VALUES | {"params": {"ddof": d}}, "std", "--json")[1])["weights"]
        for d in (1, 0)
    )
    assert sample == pytest.approx(population)
    geometric = PAIRS | {"params": {"priorities": "geometric-mean"}}
    assert strictly(weights(geometric, "ahp", "--json")[1])["variant"] == "row geometric mean"


@pytest.mark.parametrize("method", ["entropy", "critic-blind", "gini", "angle"])
def test_the_sense_may_be_left_out_where_it_changes_nothing(weights, method):
    without = {"matrix": VALUES["matrix"]}
    assert weights(without, method, "--json") == weights(VALUES, method, "--json")
    assert weights(without, "critic") == (
        2, "", "FILE: the key 'senses' is missing; expected matrix, senses\n",
    )  # fmt: skip


def test_without_json_a_table_is_printed(weights):
    lines = weights(PAIRS, "ahp")[1].splitlines()
    assert lines[0].startswith("AHP, principal eigenvector, Saaty (1980)")
    assert re.search(r"jobs +0\.\d{4}", "\n".join(lines))
    assert lines[-3].startswith("Consistency ratio by the random index of Saaty (2005): ")
    assert "above the limit of 0.100" in lines[-3]
    assert lines[-2] == (
        "Largest contradiction: jobs over air is 3 and air over cost is 2, "
        "which implies 6 for jobs over cost; 0.25 was given."
    )


def test_the_table_and_its_note_follow_the_reader_s_language(weights):
    """Figures at least: the texts are the catalogue's."""
    russian = weights(PAIRS, "ahp", "--lang", "ru")[1]
    assert re.search(r"jobs +0,\d{4}", russian)
    assert "0,25" in russian
    assert weights(VALUES, "entropy", "--lang", "ru")[0] == 0


def test_consistent_judgements_are_within_the_limit_and_name_no_cause(weights):
    agreed = {"matrix": [[1, 2, 4], [None, 1, 2], [None, None, 1]]}
    note = weights(agreed, "ahp")[1].splitlines()[-2]
    assert note.endswith(": 0.000, within the limit of 0.100")


def test_srf_prints_percentages_that_sum_to_a_hundred(weights):
    cards = {"params": {"criteria_ranks": {"jobs": 3, "air": 1}, "z": 4}}
    assert strictly(weights(cards, "srf", "--json")[1])["weights"] == pytest.approx([80, 20])
    assert re.search(r"jobs +80\.00", weights(cards, "srf")[1])


@pytest.mark.parametrize(
    ("problem", "method", "sentence"),
    [
        (VALUES, "entropi", "method 'entropi' is not known; expected entropy"),
        (VALUES, "xyz", "method 'xyz' is not known; expected entropy, critic"),
        (VALUES, "BWM", "method 'BWM' is not known; expected bwm"),
        ({"senses": ["max"]}, "critic", "FILE: the key 'matrix' is missing; expected matrix, senses"),
        ({"matrix": [[1, None], [2, 3]]}, "gini", "FILE: matrix[0][1] is null; expected a number"),
        (VALUES | {"matrix": [[1, 2]]}, "critic", "one alternative has no spread to weigh criteria by; expected two or more"),
        (VALUES | {"matrix": [[0, 2], [3, 4]]}, "merec", "method merec cannot take these values; expected all values above 0"),
        (VALUES | {"matrix": [[1, 1], [1, 1]]}, "std", "method std finds no spread in any criterion; expected one on which alternatives differ"),
        (VALUES | {"matrix": [[1, math.nan], [2, 3]]}, "std", "A1, criterion C2: found nan, expected a finite number"),
        (VALUES | {"matrix": [[1e308, 1], [-1e308, 2]]}, "std", "the numbers are too large or too far apart for std to compute with; choose other units"),
        (VALUES | {"params": {"ddof": 3}}, "std", "the numbers are too large or too far apart for std to compute with; choose other units"),
        (VALUES | {"params": {"ddof": "1"}}, "std", "the params do not fit the method std; expected ddof = 0"),
        (VALUES | {"params": {"method": 1}}, "std", "the params do not fit the method std; expected ddof = 0"),
        (VALUES | {"params": {"dof": 1}}, "std", "method std has no parameter 'dof'; expected ddof"),
        ({"params": {"m": 3}}, "roc", "method roc has no parameter 'm'; expected n, ranks"),
        ({"matrix": [[1]]}, "roc", "FILE: the key 'params' is missing; expected params"),
        ({"params": {}}, "bwm", "method bwm needs the parameter best_to_others: how many times more important the best criterion is than each, from 1 to 9; 1 marks the best"),
        ({"params": {"points": [1, "2"]}}, "points", 'points of C2 is "2"; a number from 0 to 1000000000 is expected'),
        ({"matrix": [[1, 3], [0.5, 1]]}, "ahp", "C1 over C2 is 3, but C2 over C1 is 0.5; 0.3333 is expected there, the reciprocal"),
        ({"matrix": [[1, 2, 3], [0.5, 1, 2]]}, "ahp", "matrix is [[1.0, 2.0, 3.0], [0.5, 1.0, 2.0]]; a square table with one row per criterion, at most 100, is expected"),
        ({"matrix": []}, "ahp", "matrix is []; a square table with one row per criterion, at most 100, is expected"),
        ({"matrix": [[1]], "params": {"matrix": [[1]]}}, "ahp", "matrix stands in params; it is expected beside them"),
        ({"params": {"n": 3}, "criteria": ["a"]}, "rs", "1 criteria are named, but 3 are judged"),
        ({"params": {"n": 3}, "weight": [1]}, "rs", "FILE: the key 'weight' is not known; expected weights"),
    ],
)  # fmt: skip
def test_a_problem_that_cannot_be_used_is_one_sentence(weights, problem, method, sentence):
    status, out, err = weights(problem, method)
    assert (status, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_a_method_that_is_not_named_and_a_file_that_is_not_there(capsys, tmp_path):
    assert main(["weights", "-", "--lang", "en"]) == 2
    assert "--method is missing" in capsys.readouterr().err
    assert main(["weights", str(tmp_path / "none.json"), "--method", "ahp", "--lang", "en"]) == 2
    assert "there is no such file" in capsys.readouterr().err


_NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-1, 9)
_ANY = st.none() | st.booleans() | _NUMBERS | st.text(max_size=3)
_JSON = st.recursive(
    _ANY, lambda inner: st.lists(inner, max_size=3), max_leaves=6
) | st.dictionaries(st.text(max_size=2), _ANY, max_size=3)
_PARAMETERS = sorted({p.name for e in ELICITATIONS.values() for p in e.parameters} | {"ddof"})


@settings(max_examples=60, deadline=None)
@given(
    method=st.sampled_from([*WEIGHTINGS, *ELICITATIONS]),
    matrix=st.lists(st.lists(_NUMBERS | st.none(), min_size=2, max_size=2), min_size=1, max_size=3),
    senses=st.lists(st.sampled_from(["max", "min"]), min_size=2, max_size=2),
    params=st.dictionaries(st.sampled_from(_PARAMETERS), _JSON, max_size=3),
)
def test_whatever_is_given_weights_without_nan_or_one_sentence_come_out(
    method, matrix, senses, params
):
    problem = {"matrix": matrix, "senses": senses, "params": params}
    streams = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(problem).encode()), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", stdin)
        patch.setattr("sys.stdout", streams[0])
        patch.setattr("sys.stderr", streams[1])
        status = main(["weights", "-", "--method", method, "--json"])
    out, err = (s.getvalue() for s in streams)
    if status == 0:
        assert err == ""
        found = strictly(out)
        assert sorted(found) == sorted(KEYS)
        assert min(found["weights"]) >= 0
    else:
        assert (status, out, len(err.splitlines())) == (2, "", 1)
