"""What validates also runs: the template with small edits that other regions would bring."""

import json
import shutil

import pandas as pd
import pytest
import yaml

from app.analysis import Options, analyse, direction_findings
from app.analysis.chain import point_problem
from app.analysis.robustness import uncertain_ranking
from app.study import bundled_studies, check_study, load_study
from mcda import obstacle, ranking_methods


@pytest.fixture
def study(tmp_path):
    copy = tmp_path / "study"
    shutil.copytree(bundled_studies()["template"], copy)
    return copy


def edit_table(study, file, change):
    frame = pd.read_csv(study / file, keep_default_na=False, dtype=str)
    change(frame)
    frame.to_csv(study / file, index=False)


def edit_settings(study, change):
    settings = yaml.safe_load((study / "study.yaml").read_text("utf-8"))
    change(settings)
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (study / "study.yaml").write_text(text, "utf-8")


def findings_of(study, **options):
    assert [str(f) for f in check_study(study)] == []
    loaded = load_study(study)
    found = analyse(loaded, Options.of(loaded, draws=300, **options)).to_dict()
    return json.loads(json.dumps(found, allow_nan=False))


def first_cells(frame):
    """The measured criterion in the first row, and its rows."""
    return frame["criterion"] == frame["criterion"].iloc[0]


def set_cells(value):
    def change(frame):
        rows = first_cells(frame)
        frame.loc[rows, ["value", "low", "high"]] = value

    return change


def test_a_loss_is_ordinary_data_for_the_methods_that_take_it(study):
    def one_negative(frame):
        frame.loc[0, ["value", "low", "high"]] = ["-2", "-3", "-1"]

    edit_table(study, "scores.csv", one_negative)
    directions = findings_of(study)["directions"]
    assert {"wsm", "vikor", "promethee2"} <= set(directions["scores"])
    assert set(directions["not_applicable"]) >= {"wpm", "copras"}


def test_a_criterion_on_which_all_are_equal_decides_nothing(study):
    edit_table(study, "scores.csv", set_cells("5"))
    assert findings_of(study)["directions"]["ranks"]


def test_a_method_that_takes_the_data_but_not_every_draw_is_left_out_of_the_draws(study):
    def positive(frame):
        frame.loc[frame["value"].astype(float) <= 0, ["value", "high"]] = ["0.5", "1"]

    edit_table(study, "scores.csv", positive)
    directions = findings_of(study, method="wpm")["directions"]
    assert "wpm" in directions["scores"]
    if "wpm" in directions["left_out_of_draws"]:
        assert "above 0" in directions["left_out_of_draws"]["wpm"]


@pytest.fixture
def every_method(study):
    """The template put to every registered method."""
    edit_settings(study, lambda settings: settings["directions"].pop("methods"))
    return load_study(study)


@pytest.mark.parametrize("method", ["wsm", "wpm", "codas", "cocoso", "multimoora", "spotis"])
def test_every_method_that_takes_the_data_can_be_the_headline(every_method, method):
    problem = point_problem(every_method, Options.of(every_method))
    assert obstacle(problem, method) is None
    options = Options.of(every_method, draws=100, method=method)
    directions = direction_findings(every_method, options)
    assert set(directions.results) | set(directions.not_applicable) == set(ranking_methods())
    uncertain, left_out = uncertain_ranking(every_method, options, directions)
    headline = uncertain.voters[int(uncertain.nominal["method"][0])].label
    assert (headline == method) == (method not in left_out)


def test_methods_that_are_one_under_several_names_have_one_vote(every_method):
    found = direction_findings(every_method, Options.of(every_method))
    alike = {"wsm", "spotis", "esp-spotis", "mabac", "mairca", "additive", "choquet"}
    assert alike in [set(c) for c in found.classes]


def test_a_study_is_put_to_the_methods_it_lists(study):
    def list_two(settings):
        settings["directions"]["methods"] = ["wsm", "promethee2"]

    edit_settings(study, list_two)
    assert set(findings_of(study)["directions"]["scores"]) == {"wsm", "promethee2"}


def test_without_a_target_nobody_reads_by_it(study):
    def drop(settings):
        for block in settings["blocks"]:
            block.pop("target", None)
            block.pop("target_title", None)

    edit_settings(study, drop)
    found = findings_of(study)
    assert set(found["directions"]["by_reading"]) == {"popularity", "off"}


def test_a_study_with_one_profile_block_alone_is_never_read_without_it(study):
    def only_profile(settings):
        settings["blocks"] = [b for b in settings["blocks"] if b["kind"] == "profile"]
        settings["blocks"][0]["weight"] = 1.0
        settings["tables"] = {
            k: v for k, v in settings["tables"].items() if not k.startswith("relevance_")
        }

    edit_settings(study, only_profile)
    for file in study.glob("relevance_*.csv"):
        file.unlink()
    found = findings_of(study)
    assert "off" not in found["directions"]["by_reading"]
    assert sum(found["criteria_weights"].values()) == pytest.approx(1)


def test_a_group_that_named_nothing_ranks_nothing_alone_and_stops_nothing(study):
    counts = pd.read_csv(study / "answers" / "counts.csv", dtype=str)
    question, group = counts.loc[0, "question"], counts.loc[0, "group"]

    def silence(frame):
        rows = (frame["question"] == question) & (frame["group"] == group)
        frame.loc[rows, "count"] = "0"

    edit_table(study, "answers/counts.csv", silence)
    assert findings_of(study)["priorities"][question]


def test_an_indicator_that_stands_still_in_part_of_the_window_stops_nothing(study):
    indicators = pd.read_csv(study / "resilience" / "indicators.csv", dtype=str)
    series = pd.read_csv(study / "resilience" / "series.csv", dtype=str)
    plain = next(f for f in indicators["formula"] if f in set(series["series"]))

    def still(frame):
        rows = (frame["series"] == plain) & (frame["year"].astype(int) >= 2014)
        frame.loc[rows, "value"] = "5"

    edit_table(study, "resilience/series.csv", still)
    assert findings_of(study)["resilience"]["observed"]


def test_a_study_without_a_disputed_goal_has_no_readings_of_it(study):
    edit_settings(study, lambda settings: settings["scenarios"].pop("goal_indicator", None))
    cases = findings_of(study)["scenarios"]["cases"]
    assert {case["goal"] for case in cases} == {None}


def test_a_study_without_scenarios_and_resilience_runs(study):
    def drop(settings):
        del settings["scenarios"], settings["resilience"]
        settings["tables"] = {
            k: v
            for k, v in settings["tables"].items()
            if not k.startswith(("scenarios/", "resilience/")) and k != "published.csv"
        }

    edit_settings(study, drop)
    shutil.rmtree(study / "scenarios")
    shutil.rmtree(study / "resilience")
    (study / "published.csv").unlink()
    found = findings_of(study)
    assert found["scenarios"] is None
    assert found["resilience"] is None
