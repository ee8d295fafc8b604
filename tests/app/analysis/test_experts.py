"""How the groups differ, and how many more experts would settle the first place."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from app.analysis import LEVEL, SAME_PANEL, Options, expert_findings, planning_findings
from app.analysis.future import _spreads, future_of
from app.analysis.planning import SIZES
from app.study import load_study
from survey import Answers, Counts


@pytest.fixture(scope="module")
def kuzbass():
    return load_study("kuzbass")


@pytest.fixture(scope="module")
def template():
    return load_study("template")


def contrast(finding, question, option, group):
    found = finding.questions[question].comparison.contrasts
    return next(c for c in found if (c.option, c.group) == (option, group))


def test_academics_of_kuzbass_stand_apart_on_efficiency_and_energy(computed_kuzbass):
    finding = computed_kuzbass.experts
    for option, chose, others in (("low_efficiency", 24, 21), ("energy_intensity", 14, 9)):
        found = contrast(finding, "motives", option, "academics")
        p = fisher_exact([[chose, 25 - chose], [others, 57 - others]]).pvalue
        assert found.p == pytest.approx(p)
        assert found.p_holm < LEVEL
        assert found.difference.low > 0


def test_the_test_of_all_answers_at_once_is_refused_for_counts_of_choices(computed_kuzbass):
    for each in computed_kuzbass.experts.questions.values():
        assert each.comparison.overall is None
        assert each.comparison.refusal.code == "rows_needed"


def test_leaving_a_group_out_gives_the_priorities_of_the_others(computed_kuzbass):
    finding = computed_kuzbass.experts.questions["motives"]
    counts = computed_kuzbass.study.counts["motives"]
    rest = np.delete(counts.counts, counts.groups.index("academics"), axis=1).sum(axis=1)
    without = next(i for i in finding.influence if i.group == "academics")
    assert without.weights == pytest.approx(rest / rest.sum())


def test_the_ranking_without_a_group_is_that_of_a_study_without_it(computed_template):
    study = computed_template.study
    finding = computed_template.experts
    assert set(finding.first_without) == {g.id for g in study.settings.groups}
    assert finding.first == ("orchards",)
    assert finding.first_without["producers"] == ("timber_houses",)


def test_a_panel_of_one_group_leaves_nothing_to_leave_out(kuzbass):
    finding = expert_findings(kuzbass, Options.of(kuzbass, pooling="academics", draws=200))
    assert finding.first_without == {}
    assert all(each.influence == () for each in finding.questions.values())
    assert list(finding.planning.curves) == ["academics"]


def test_asking_everybody_makes_the_first_place_certain(computed_template):
    curve = computed_template.experts.planning.curves[SAME_PANEL]
    assert curve.limit == 1


def test_more_experts_make_the_first_place_more_stable(computed_template):
    planning = computed_template.experts.planning
    curve = planning.curves[SAME_PANEL]
    assert curve.stable[0] == pytest.approx(planning.now)
    assert (np.diff(curve.stable) > -3 * planning.error).all()
    assert curve.stable[-1] > curve.stable[0] + 0.2


def test_one_group_alone_reaches_no_further_than_its_limit(computed_template):
    planning = computed_template.experts.planning
    for who, curve in planning.curves.items():
        assert curve.stable[-1] < curve.limit + 4 * planning.error, who


def test_the_first_place_of_kuzbass_needs_no_more_experts(computed_kuzbass):
    planning = computed_kuzbass.experts.planning
    assert planning.leader == "D4"
    assert planning.now > 0.98
    assert planning.curves[SAME_PANEL].enough == 0


def test_the_same_seed_gives_the_same_curves(template):
    options = Options.of(template, draws=300)
    first, second = (planning_findings(template, options) for _ in range(2))
    for who, curve in first.curves.items():
        assert (curve.stable == second.curves[who].stable).all()


def test_planning_counts_the_chance_of_the_leader_as_the_simulation_does(computed_template):
    doubt = computed_template.robustness
    headline = computed_template.directions.headline
    place = doubt.alternatives.index(computed_template.experts.planning.leader)
    simulated = doubt.experts_by_method[headline].rank_acceptability[place, 0]
    assert computed_template.experts.planning.now == pytest.approx(simulated, abs=0.05)


def test_new_answers_come_as_often_as_the_group_truly_gives_them():
    counts = Counts("q", ("a", "b"), ("g", "h"), [[3, 8], [5, 1]], [10, 10])
    future = future_of({"q": counts}, 4000, np.random.default_rng(1))
    *_, last = future.after({"g": 1.0}, (0, 100_000))
    # Of 100,000 new answers the ten old ones are hardly seen.
    assert last["q"][:, 0] == pytest.approx(future.truth["q"][:, 0], abs=0.012)
    assert (last["q"][:, 1] == [0.8, 0.1]).all()


def test_new_experts_of_rows_answer_as_whole_persons():
    cells = np.array([[1, 1], [1, 1], [0, 0], [0, 0], [0, 0]], dtype=np.int8)
    rows = Answers("q", ("a", "b"), ("g",), cells, np.zeros(5, dtype=int))
    future = future_of({"q": rows}, 500, np.random.default_rng(2))
    for shares in future.after({"g": 1.0}, (0, 7, 40)):
        assert shares["q"][..., 0] == pytest.approx(shares["q"][..., 1])
    assert future.truth["q"][:, 0, 0].mean() == pytest.approx(0.4, abs=0.03)


def test_new_experts_of_a_single_choice_choose_one_option_at_most():
    counts = Counts("q", ("a", "b"), ("g",), [[3], [5]], [9], single=True)
    future = future_of({"q": counts}, 500, np.random.default_rng(3))
    for shares in future.after({"g": 1.0}, (0, 20, 200)):
        assert (shares["q"].sum(axis=-1) <= 1 + 1e-12).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_new_experts_are_spread_whole_and_nobody_is_taken_away(experts):
    parts = {str(k): n / sum(experts) for k, n in enumerate(experts)}
    before = dict.fromkeys(parts, 0)
    for size, spread in zip(SIZES, _spreads(parts, SIZES), strict=True):
        assert sum(spread.values()) == size
        assert all(spread[g] >= before[g] for g in parts)
        assert all(abs(spread[g] - parts[g] * size) < len(parts) for g in parts)
        before = spread


def test_the_findings_hold_the_experts_as_plain_numbers(computed_kuzbass):
    told = computed_kuzbass.to_dict()["experts"]
    found = told["questions"]["motives"]
    assert found["contrasts"]["low_efficiency"]["academics"]["share"] == pytest.approx(0.96)
    assert found["overall"]["test"] is None
    assert "Respondents' rows are expected" in found["overall"]["refused"]
    assert told["planning"]["sizes"] == list(SIZES)
    assert len(told["planning"]["panels"][SAME_PANEL]["stable"]) == len(SIZES)


def test_rows_give_the_test_of_all_answers_at_once(template):
    counts = template.counts["needs"]
    rng = np.random.default_rng(4)
    group_of = np.repeat(np.arange(len(counts.groups)), 8)
    cells = rng.integers(0, 2, (len(group_of), len(counts.options))).astype(np.int8)
    rows = Answers("needs", counts.options, counts.groups, cells, group_of)
    study = dataclasses.replace(template, answers={"needs": rows})
    finding = expert_findings(study, Options.of(study, draws=100))
    overall = finding.questions["needs"].comparison.overall
    assert overall.resamples == 1000
    assert 0 < overall.bootstrap <= 1
