"""The engines against each other: NumPy is the reference, numba must rank and count as it does."""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda import ProblemError, acceptability, get_method, ranking_methods, simulate
from mcda import engine as engine_module

VALUES = np.array([[4.0, 2.0, 7.0], [1.0, 5.0, 3.0], [3.0, 8.0, 5.0], [4.0, 2.5, 6.0]])
TWINS = np.array([[4.0, 2.0, 7.0], [4.0, 2.0, 7.0], [3.0, 8.0, 5.0], [3.0, 8.0, 5.0]])
FLAT = np.array([[4.0, 2.0, 7.0], [4.0, 5.0, 7.0], [4.0, 8.0, 7.0]])
SENSE = np.array([1.0, -1.0, 1.0])
FUSED = ("topsis", "vikor", "copras", "edas", "marcos", "promethee2")


def fixed(size, rng, values=VALUES):
    return values, rng.dirichlet(np.ones(3), size)


def drawn(size, rng, values=VALUES):
    """Values of their own in every draw; with the twins they stay twins."""
    noise = 1 + 0.5 * rng.random((size, 1, 3))
    return values * noise + 0.01 * rng.random((size, 1, 3)), rng.dirichlet(np.ones(3), size)


def varied(size, rng):
    return rng.uniform(1, 9, (size, 4, 3)), rng.dirichlet(np.ones(3), size)


def scores_at_random(size, rng):
    weights = rng.dirichlet(np.ones(3), size)
    return rng.random((size, 5)), weights


def assert_same_counts(found, expected):
    assert found.draws == expected.draws
    assert found.rank_acceptability == pytest.approx(expected.rank_acceptability, abs=1e-12)
    assert (found.pairwise_winning == expected.pairwise_winning).all()
    for ours, theirs in zip(found.central_weights, expected.central_weights, strict=True):
        assert (ours is None) == (theirs is None)
        if ours is not None:
            assert ours == pytest.approx(theirs, rel=1e-10)


def assert_same_bits(found, expected):
    assert found.rank_acceptability.tolist() == expected.rank_acceptability.tolist()
    assert found.pairwise_winning.tolist() == expected.pairwise_winning.tolist()
    for ours, theirs in zip(found.central_weights, expected.central_weights, strict=True):
        assert (ours is None) == (theirs is None)
        if ours is not None:
            assert ours.tolist() == theirs.tolist()


@pytest.fixture
def numba():
    return pytest.importorskip("numba", reason="the extra fast is not installed")


def both(draw, method, draws=5000, **params):
    return [
        acceptability(draw, SENSE, method, draws=draws, seed=11, engine=e, **params)
        for e in ("numba", "numpy")
    ]


@pytest.mark.usefixtures("numba")
@pytest.mark.parametrize("method", ranking_methods())
def test_numba_counts_the_ranks_of_numpy_for_fixed_values(method):
    assert_same_counts(*both(fixed, method))


@pytest.mark.usefixtures("numba")
@pytest.mark.parametrize("method", FUSED)
def test_numba_counts_the_ranks_of_numpy_for_values_drawn_anew(method):
    assert_same_counts(*both(varied, method, draws=20_000))


@pytest.mark.usefixtures("numba")
@pytest.mark.parametrize("method", FUSED)
@pytest.mark.parametrize("values", [TWINS, FLAT], ids=["twins", "flat columns"])
@pytest.mark.parametrize("draw", [fixed, drawn])
def test_numba_shares_ties_as_numpy_does(method, values, draw):
    found, expected = both(partial(draw, values=values), method)
    assert_same_counts(found, expected)
    if values is TWINS:
        assert found.pairwise_winning[0, 1] == 0.5


@pytest.mark.usefixtures("numba")
@pytest.mark.parametrize("draw", [fixed, varied])
@pytest.mark.parametrize("variant", get_method("topsis").variants, ids=lambda v: v.name)
def test_numba_knows_the_normalisations_of_topsis(variant, draw):
    assert_same_counts(*both(draw, "topsis", **variant.params))


@pytest.mark.usefixtures("numba")
@pytest.mark.parametrize("v", [0.0, 0.3, 1.0])
def test_numba_weighs_regret_in_vikor_as_told(v):
    assert_same_counts(*both(varied, "vikor", v=v))


@pytest.mark.usefixtures("numba")
@pytest.mark.parametrize(
    ("method", "draw"),
    [(m, varied) for m in FUSED] + [(m, fixed) for m in FUSED if m != "promethee2"],
)
def test_scores_of_the_kernels_are_those_of_numpy_to_the_twelfth_digit(method, draw):
    from mcda.fast import plans  # noqa: PLC0415 - needs numba

    values, weights = draw(700, np.random.default_rng(5))
    chosen = get_method(method)
    expected = chosen.scores(values, weights, SENSE)
    found = plans.oriented_scores(chosen, chosen.settings({}), values, weights, SENSE)
    assert pytest.approx(expected if chosen.higher_is_better else -expected, abs=1e-12) == found.T


@pytest.mark.usefixtures("numba")
def test_numba_leaves_preference_thresholds_to_numpy():
    from mcda.fast import plans  # noqa: PLC0415 - needs numba

    thresholds = {"preference_functions": "linear", "q": 0.1, "p": 0.5}
    values, weights = varied(10, np.random.default_rng(5))
    chosen = get_method("promethee2")
    settings = chosen.settings(thresholds)
    assert plans.oriented_scores(chosen, settings, values, weights, SENSE) is None
    assert_same_counts(*both(varied, "promethee2", **thresholds))


@pytest.mark.usefixtures("numba")
def test_numba_counts_the_scores_of_any_model():
    found, expected = (
        simulate(scores_at_random, draws=9000, seed=3, engine=e) for e in ("numba", "numpy")
    )
    assert_same_counts(found, expected)


@pytest.mark.usefixtures("numba")
def test_numba_counts_more_alternatives_than_fit_a_byte():
    def crowd(size, rng):
        return rng.random((size, 260)), rng.dirichlet(np.ones(3), size)

    found, expected = (simulate(crowd, draws=150, seed=3, engine=e) for e in ("numba", "numpy"))
    assert_same_counts(found, expected)


@pytest.mark.usefixtures("numba")
def test_numba_refuses_what_numpy_refuses():
    def broken(size, rng):
        return np.full((size, 3), np.nan), rng.dirichlet(np.ones(3), size)

    with pytest.raises(ProblemError, match="expected finite numbers"):
        simulate(broken, draws=10, seed=1, engine="numba")

    def free(size, rng):
        return np.zeros((size, 4, 3)), rng.dirichlet(np.ones(3), size)

    for engine in ("numpy", "numba"):
        with pytest.raises(ProblemError, match="costs above 0"):
            acceptability(
                free, SENSE, "topsis", draws=10, seed=1, engine=engine, normalisation="max"
            )


@pytest.mark.usefixtures("numba")
def test_numba_gives_the_same_bits_in_one_thread_and_in_many():
    alone, shared = (
        acceptability(varied, SENSE, "topsis", draws=90_000, seed=6, workers=w, engine="numba")
        for w in (1, 3)
    )
    assert_same_bits(shared, alone)


@pytest.mark.parametrize("engine", ["numpy", pytest.param("numba", marks=pytest.mark.slow)])
def test_processes_give_the_same_bits_as_one_thread(engine, request):
    if engine == "numba":
        request.getfixturevalue("numba")
    told = []
    found = acceptability(
        fixed,
        SENSE,
        "topsis",
        draws=150_000,
        seed=6,
        workers=2,
        executor="processes",
        engine=engine,
        progress=told.append,
    )
    alone = acceptability(fixed, SENSE, "topsis", draws=150_000, seed=6, engine=engine)
    assert_same_bits(found, alone)
    assert told[:2] == [4096, 8192]
    assert told[-1] == 150_000


def test_an_unknown_engine_or_executor_is_refused_with_the_nearest():
    with pytest.raises(ProblemError, match="engine 'nunba' is not known; expected numba"):
        acceptability(fixed, SENSE, "wsm", draws=10, seed=1, engine="nunba")
    with pytest.raises(ProblemError, match="executor 'thread' is not known; expected threads"):
        acceptability(fixed, SENSE, "wsm", draws=10, seed=1, executor="thread")


def test_without_numba_the_engine_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setattr(engine_module, "find_spec", lambda _: None)
    with pytest.raises(ProblemError, match="needs the package numba, which is not installed"):
        acceptability(fixed, SENSE, "wsm", draws=10, seed=1, engine="numba")


def test_importing_mcda_and_simulating_with_numpy_does_not_load_numba():
    script = """
import sys
import numpy as np
import mcda
mcda.simulate(lambda n, rng: (rng.random((n, 2)), np.ones((n, 1))), draws=10, seed=1)
assert "numba" not in sys.modules and "mcda.fast" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.slow
@pytest.mark.usefixtures("numba")
def test_kernels_work_where_nothing_can_be_written(tmp_path):
    """An install that is read-only, for a user without a home: compiled, not kept."""
    shutil.copytree(
        Path(mcda.__file__).parent, tmp_path / "mcda", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "mcda/fast/__pycache__").write_text("a file where the folder would be")
    home = tmp_path / "home"
    home.write_text("a file where the folder would be")
    script = """
import numpy as np
import mcda
assert mcda.__file__.startswith({there!r}), mcda.__file__
scores = lambda n, rng: (rng.random((n, 2)), np.ones((n, 1)))
print(mcda.simulate(scores, draws=10, seed=1, engine="numba").draws)
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", script.format(there=str(tmp_path))],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home),
            "PYTHONPATH": str(tmp_path),
        },
    )
    assert done.stdout.strip() == "10"
