"""From experts' points, orders, ratings and comparisons to the ranking."""

import json

import numpy as np
import pandas as pd
import pytest

from app.analysis import Options, analyse, direction_findings, priority_findings
from app.study import check_study, load_study
from tests.judged_study import (
    CRITERIA,
    GROUPS,
    JUDGEMENTS,
    KINDS,
    ask_beside,
    leave_choices_out,
    write_judged_study,
)

NEEDS = ("steady_work", "clean_water", "young_people", "better_roads", "something_else")
COMPUTED = "approach_fit"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return load_study(write_judged_study(tmp_path_factory.mktemp("judged") / "points"))


@pytest.fixture(scope="module")
def found(study):
    return analyse(study, Options.of(study, draws=500))


def means(folder, pooling):
    """Mean shares of the points, by pandas alone."""
    points = pd.read_csv(folder / JUDGEMENTS).pivot_table(
        index=["group", "respondent"], columns="cell", values="value"
    )
    shares = points.div(points.sum(axis=1), axis=0)
    by_group = shares.groupby("group").mean()
    if pooling == "experts":
        return shares.mean()
    return by_group.mean() if pooling == "groups" else by_group.loc[pooling]


@pytest.mark.parametrize("pooling", ["experts", "groups", "researchers"])
def test_criteria_weigh_as_the_mean_of_the_points_by_hand(study, pooling):
    problem = direction_findings(study, Options.of(study, pooling=pooling)).problem
    weights = dict(zip(problem.criteria, problem.weights, strict=True))
    expected = 0.7 * means(study.folder, pooling)
    assert weights.pop(COMPUTED) == pytest.approx(0.3)
    assert weights == pytest.approx(expected.to_dict())


def test_poolings_differ_so_that_the_last_test_can_fail(study):
    for one, other in (("experts", "groups"), ("groups", "researchers")):
        assert np.abs(means(study.folder, one) - means(study.folder, other)).max() > 0.004


@pytest.fixture(scope="module")
def needs(tmp_path_factory):
    """The template, whose needs experts gave points to instead of naming them."""
    folder = write_judged_study(tmp_path_factory.mktemp("needs") / "study")
    home = load_study("template").folder
    asked = (home / "questionnaire.yaml").read_text("utf-8")
    asked = asked.replace("    kind: multiple\n", "    kind: points\n", 1)
    asked = asked.replace("    answered_in_own_words: true\n", "", 1)
    (folder / "questionnaire.yaml").write_text(asked, "utf-8")
    settings = (home / "study.yaml").read_text("utf-8")
    start = settings.index("  answers/counts.csv:")
    entry = settings[start : settings.index("\n", start) + 1]
    own = entry.replace("answers/counts.csv", JUDGEMENTS)
    (folder / "study.yaml").write_text(settings.replace(entry, entry + own), "utf-8")
    (folder / "relevance_needs.csv").write_bytes((home / "relevance_needs.csv").read_bytes())
    counts = pd.read_csv(home / "answers/counts.csv")
    counts[counts["question"] != "needs"].to_csv(folder / "answers/counts.csv", index=False)
    rng = np.random.default_rng(8)
    people = [(f"{group}{k}", group) for group, n in GROUPS.items() for k in range(n)]
    points = rng.multinomial(100, [0.1, 0.4, 0.2, 0.2, 0.1], len(people))
    rows = [
        (person, group, "needs", need, value)
        for (person, group), given in zip(people, points, strict=True)
        for need, value in zip(NEEDS, given, strict=True)
    ]
    columns = ["respondent", "group", "question", "cell", "value"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / JUDGEMENTS, index=False)
    return folder


def test_points_to_needs_weigh_criteria_through_the_relevance_by_hand(needs):
    assert check_study(needs) == []
    study = load_study(needs)
    problem = direction_findings(study, Options.of(study)).problem
    relevance = pd.read_csv(needs / "relevance_needs.csv").set_index("option")
    spread = relevance.div(relevance.sum(axis=1), axis=0)
    expected = 0.7 * means(needs, "experts") @ spread
    assert problem.weights[:-1] == pytest.approx(expected[list(CRITERIA)].to_numpy())


def test_points_to_what_nobody_explains_stay_in_doubt(needs):
    study = load_study(needs)
    found = analyse(study, Options.of(study, draws=200)).to_dict()
    assert study.options("needs")[-1].residual
    assert found["directions"]["doubt"]["other"] > 1e-6
    assert found["priorities"]["needs"]["something_else"]["weight"] == pytest.approx(
        means(needs, "experts")["something_else"]
    )


def test_probabilities_and_parts_of_the_doubt_sum_to_one(found):
    directions = found.to_dict()["directions"]
    for ranks in directions["rank_acceptability"].values():
        assert sum(ranks) == pytest.approx(1)
    assert sum(directions["doubt"].values()) == pytest.approx(1)
    assert directions["doubt"]["experts"] > 1e-3
    assert directions["doubt"]["relevance"] < 1e-9  # a criterion stands for itself alone


def test_priorities_are_weights_within_their_intervals(study, found):
    said = found.to_dict()["priorities"]["importance"]
    expected = means(study.folder, "experts")
    assert {c: each["weight"] for c, each in said.items()} == pytest.approx(expected.to_dict())
    for each in said.values():
        assert each["share"] == pytest.approx(each["weight"])
        assert each["low"] < each["weight"] < each["high"]


def test_every_group_is_ranked_by_its_own_weights_and_planned_for(found):
    assert found.groups is not None
    assert set(found.groups.ranks) == set(GROUPS)
    assert dict(found.groups.experts) == GROUPS
    planned = found.experts.planning
    assert planned is not None
    assert set(planned.curves) >= set(GROUPS)
    assert 0 < planned.now < 1
    assert set(found.experts.first_without) == set(GROUPS)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures_and_another_one_others(study, found):
    again = analyse(study, Options.of(study, draws=500)).to_dict()
    assert json.dumps(again) == json.dumps(found.to_dict())
    other = analyse(study, Options.of(study, draws=500, seed=8)).to_dict()
    acceptability = "rank_acceptability"
    assert other["directions"][acceptability] != again["directions"][acceptability]
    assert other["directions"]["scores"] == again["directions"]["scores"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_runs_through_the_whole_chain(tmp_path, kind):
    study = load_study(write_judged_study(tmp_path / "study", kind))
    found = analyse(study, Options.of(study, draws=60)).to_dict()
    json.dumps(found, allow_nan=False)
    weights = found["criteria_weights"]
    # The experts were drawn around weights that fall from the first criterion to the last.
    assert [weights[c] for c in CRITERIA] == sorted((weights[c] for c in CRITERIA), reverse=True)
    assert sum(weights[c] for c in CRITERIA) == pytest.approx(0.7)


def test_a_question_beside_that_a_group_left_out_does_not_stop_the_ranking(tmp_path):
    study = load_study(ask_beside(write_judged_study(tmp_path / "study"), "residents"))
    assert "beside" in priority_findings(study, "experts")
    for pooling in ("groups", "residents"):
        assert set(priority_findings(study, pooling)) == {"importance", "needs", "approaches"}
    found = analyse(study, Options.of(study, draws=60, pooling="groups"))
    assert found.directions.result.ranks.min() == 1


@pytest.mark.parametrize("kind", ["points", "pairwise"])
def test_experts_who_find_all_alike_run_too(tmp_path, kind):
    folder = write_judged_study(tmp_path / "study", kind)
    rows = pd.read_csv(folder / JUDGEMENTS)
    rows.assign(value={"points": 25.0, "pairwise": 1.0}[kind]).to_csv(
        folder / JUDGEMENTS, index=False
    )
    study = load_study(folder)
    found = analyse(study, Options.of(study, draws=60)).to_dict()
    json.dumps(found, allow_nan=False)
    for each in found["priorities"]["importance"].values():
        assert (each["low"], each["weight"], each["high"]) == pytest.approx((0.25,) * 3)


def test_a_study_without_any_choice_runs_too(tmp_path):
    folder = leave_choices_out(write_judged_study(tmp_path / "study"))
    study = load_study(folder)
    found = analyse(study, Options.of(study, draws=60))
    assert found.experts.questions == {}
    assert found.to_dict()["criteria_weights"] == pytest.approx(means(folder, "experts").to_dict())
