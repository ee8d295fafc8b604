import numpy as np
import pytest

from app.analysis import CAUSES, READINGS, Options, direction_findings
from app.analysis.chain import point_problem
from app.analysis.methods import study_methods
from app.analysis.robustness import robustness_findings
from app.analysis.uncertainty import uncertain_chain
from mcda import get_method, rank_alternatives

SIZE = 4000


@pytest.fixture(scope="module")
def uncertain(kuzbass):
    chain, left_out = uncertain_chain(kuzbass, Options.of(kuzbass), study_methods(kuzbass))
    # Three cannot take zeros; COMET would compare 6,561 objects in every draw.
    assert set(left_out) == {"wpm", "multimoora", "ocra", "comet"}
    return chain


@pytest.fixture(scope="module")
def drawn(uncertain):
    return uncertain.draw(SIZE, np.random.default_rng(1))


def test_without_doubt_the_chain_is_that_of_the_published_answers(kuzbass, uncertain):
    inputs = uncertain.draw(3, np.random.default_rng(1), ())
    values, weights = uncertain.problem(inputs)
    problem = point_problem(kuzbass, Options.of(kuzbass))
    for b in range(3):
        assert values[b] == pytest.approx(problem.values)
        assert weights[b] == pytest.approx(problem.weights)
    scores, _ = uncertain.evaluate(inputs)
    headline = next(c for c in study_methods(kuzbass) if c.label == "promethee2")
    expected = rank_alternatives(problem, headline.method, **headline.params).scores
    assert scores[0] == pytest.approx(expected)


def test_each_draw_is_scored_by_its_own_method_and_normalisation(uncertain, drawn):
    scores, weights = uncertain.evaluate(drawn)
    values, _ = uncertain.problem(drawn)
    names = ("minmax", "max", "vector", "sum")
    for b in range(60):
        candidate = uncertain.voters[drawn["method"][b]].candidate
        params = dict(candidate.params)
        if "normalisation" in {p.name for p in get_method(candidate.method).parameters}:
            params["normalisation"] = names[drawn["normalisation"][b]]
        method = get_method(candidate.method)
        one = method.scores(values[b], weights[b], uncertain.chain.sense, **params)
        assert scores[b] == pytest.approx(one if method.higher_is_better else -one)


def test_weights_of_every_draw_sum_to_one(uncertain, drawn):
    _, weights = uncertain.problem(drawn)
    assert weights.min() >= 0
    assert weights.sum(axis=1) == pytest.approx(np.ones(SIZE))


def test_a_reading_switched_off_leaves_its_criterion_no_weight(uncertain, drawn):
    _, weights = uncertain.problem(drawn)
    off = drawn["reading"][:, 0] == READINGS.index("off")
    assert (weights[off, -1] == 0).all()
    assert (weights[~off, -1] > 0).all()


def test_cells_stay_within_low_and_high(uncertain, drawn):
    value, low, high = np.moveaxis(uncertain.chain.cells, -1, 0)
    assert (drawn["cells"] >= low).all()
    assert (drawn["cells"] <= high).all()
    known = low == high
    assert (drawn["cells"][:, known] == value[known]).all()
    mean = (low + value + high) / 3
    assert drawn["cells"].mean(axis=0) == pytest.approx(mean, abs=0.05)


def test_relevance_moves_one_step_of_its_scale_and_a_zero_stays(uncertain, drawn):
    coded = uncertain.chain.relevance["motives"]
    scale = np.unique(coded[coded > 0])
    moved = drawn["relevance"]["motives"]
    assert (moved[:, coded == 0] == 0).all()
    asked = coded > 0
    steps = np.searchsorted(scale, moved[:, asked]) - np.searchsorted(scale, coded[asked])
    assert set(np.unique(steps)) == {-1, 0, 1}
    assert (moved[:, asked] > 0).all()


def test_drawing_the_relevance_leaves_the_mean_weights_where_they_are(uncertain):
    inputs = uncertain.draw(20_000, np.random.default_rng(3), ("relevance",))
    _, weights = uncertain.problem(inputs)
    _, (nominal,) = uncertain.problem(uncertain.draw(1, np.random.default_rng(3), ()))
    assert weights.mean(axis=0) == pytest.approx(nominal, abs=0.02)


@pytest.mark.parametrize("base", [0.2, 0.5, 0.8, 0.95])
def test_the_blocks_share_is_drawn_around_what_is_assumed(kuzbass, base):
    options = Options.of(kuzbass, block_weights=(("motives", 1 - base), ("innovation_types", base)))
    uncertain, _ = uncertain_chain(kuzbass, options, study_methods(kuzbass))
    share = uncertain.draw(SIZE, np.random.default_rng(1))["blocks"][:, 1]
    reach = min(base, 1 - base)
    assert share.mean() == pytest.approx(base, abs=0.01)
    assert share.min() == pytest.approx(base - reach, abs=0.01)
    assert share.max() == pytest.approx(base + reach, abs=0.01)


def test_the_unknown_motive_asks_for_anything(drawn):
    meaning = drawn["other"]["motives"]
    assert meaning.shape == (SIZE, 1, 7)
    assert meaning.mean(axis=(0, 1)) == pytest.approx(np.full(7, 1 / 7), abs=0.01)


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_that_is_not_drawn_stays_as_assumed(uncertain, cause):
    others = tuple(c for c in CAUSES if c != cause)
    inputs = uncertain.draw(50, np.random.default_rng(2), others)
    kept = inputs[cause]
    for part in kept.values() if isinstance(kept, dict) else [kept]:
        assert (part == part[0]).all()


def test_a_panel_pooled_by_groups_is_the_nominal_composition(kuzbass):
    options = Options.of(kuzbass, pooling="academics")
    uncertain, _ = uncertain_chain(kuzbass, options, study_methods(kuzbass))
    values, weights = uncertain.problem(uncertain.draw(1, np.random.default_rng(1), ()))
    problem = point_problem(kuzbass, options)
    assert values[0] == pytest.approx(problem.values)
    assert weights[0] == pytest.approx(problem.weights)


def test_experts_of_all_methods_are_drawn_alike(kuzbass):
    """The headline's own run of the experts is one of the runs by method."""
    options = Options.of(kuzbass, draws=3000)
    found = robustness_findings(kuzbass, options, direction_findings(kuzbass, options))
    alone = found.alone["experts"].rank_acceptability
    by_method = found.experts_by_method["promethee2"].rank_acceptability
    assert alone.tolist() == by_method.tolist()
