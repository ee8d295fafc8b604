"""Scores that experts have rated: where they come from, and every fault of them."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from app.analysis import Options, direction_findings
from app.report.sections.common import kind_of_cell
from app.study import check_study, load_study
from tests.rated_study import ALTERNATIVES, CRITERIA, JUDGEMENTS, write_rated_study


class Rated:
    def __init__(self, folder):
        self.folder = write_rated_study(folder)

    def replace(self, file, old, new):
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text
        (self.folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def table(self, file, change):
        frame = pd.read_csv(self.folder / file)
        change(frame).to_csv(self.folder / file, index=False)

    def only(self):
        (fault,) = check_study(self.folder)
        return fault


@pytest.fixture
def study(tmp_path):
    return Rated(tmp_path / "study")


def test_a_rated_score_is_the_mean_of_the_ratings_with_its_interval(study):
    given = pd.read_csv(study.folder / JUDGEMENTS)
    found = load_study(study.folder).scores
    for cell, ratings in given.groupby("cell")["value"]:
        alternative, criterion = cell.split(":")
        row = found.loc[(criterion, alternative)]
        expected = stats.t.interval(0.95, len(ratings) - 1, loc=ratings.mean(), scale=ratings.sem())
        assert row["value"] == pytest.approx(ratings.mean())
        assert (row["low"], row["high"]) == pytest.approx(expected)
        assert f"{len(ratings)} experts" in row["rule_en"]
        assert f"{len(ratings)} экспертов" in row["rule_ru"]


def test_the_ranking_rests_on_the_ratings(study):
    def favour(frame):
        best = frame["cell"].str.startswith("orchards")
        return frame.assign(value=np.where(best, 5, 1))

    study.table(JUDGEMENTS, favour)
    loaded = load_study(study.folder)
    findings = direction_findings(loaded, Options.of(loaded))
    problem = findings.problem
    column = [problem.criteria.index(c) for c in CRITERIA]
    row = problem.alternatives.index("orchards")
    assert problem.values[row, column].tolist() == [5, 5]  # noqa: PD011 - a matrix of ours
    assert findings.result.ranks[row] == 1


def test_a_rated_score_is_told_as_computed(study):
    loaded = load_study(study.folder)
    assert kind_of_cell(loaded, "skill_level", "sensors") == "computed"
    assert kind_of_cell(loaded, "start_cost", "sensors") == "source"


def test_scores_csv_is_not_needed_where_all_is_rated(study):
    study.table("criteria.csv", lambda f: f[~f["criterion"].isin(["places_of_work", "start_cost"])])
    study.table("relevance_needs.csv", lambda f: f.drop(columns=["places_of_work", "start_cost"]))
    study.table("relevance_needs.csv", lambda f: f.replace({0: 1}))
    study.table(
        "scenarios/emphasis.csv", lambda f: f.drop(columns=["places_of_work", "start_cost"])
    )
    (study.folder / "scores.csv").unlink()
    study.replace("study.yaml", "  scores.csv: ", "  # scores.csv: ")
    study.replace("study.yaml", "\nbases:", "\nbases: {}\n# bases:")
    for line in ("  inventory:", "  judged:"):
        study.replace("study.yaml", line, f"#{line}")
    assert check_study(study.folder) == []
    assert len(load_study(study.folder).scores) == len(ALTERNATIVES) * len(CRITERIA)


def test_a_score_beside_its_rating_is_a_fault(study):
    study.table(
        "scores.csv",
        lambda f: pd.concat([f, f.iloc[:1].assign(criterion="skill_level")], ignore_index=True),
    )
    fault = study.only()
    assert (fault.file, fault.column) == ("scores.csv", "criterion")
    assert "experts rate it in the question fit" in str(fault)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("[fits]", "fit"),
        ("[needs]", "of the kind multiple; expected a question of the kind grid"),
        ("[fit, fit]", "each id once"),
    ],
)
def test_what_is_no_grid_is_a_fault(study, given, said):
    study.replace("study.yaml", "ratings: [fit]", f"ratings: {given}")
    faults = [f for f in check_study(study.folder) if f.column and "ratings" in f.column]
    assert len(faults) == 1
    assert said in str(faults[0])
    assert faults[0].file == "study.yaml"


def test_a_criterion_that_is_not_measured_is_a_fault(study):
    study.replace(
        "questionnaire.yaml",
        "- {id: skill_level, text: {en: Skill",
        "- {id: market_risk, text: {en: Skill",
    )
    study.table(
        JUDGEMENTS, lambda f: f.assign(cell=f["cell"].str.replace("skill_level", "market_risk"))
    )
    faults = [str(f) for f in check_study(study.folder)]
    assert any("a grid with the criteria market_risk" in f for f in faults)


def test_an_alternative_that_nobody_was_asked_about_is_a_fault(study):
    study.replace(
        "questionnaire.yaml", "      - {id: eco_tourism, text: {en: Tourism, ru: Туризм}}\n", ""
    )
    study.table(JUDGEMENTS, lambda f: f[~f["cell"].str.startswith("eco_tourism")])
    fault = study.only()
    assert fault.file == "study.yaml"
    assert "every alternative" in str(fault)


def test_a_cell_without_a_rating_is_a_fault(study):
    study.table(JUDGEMENTS, lambda f: f[f["cell"] != "sensors:skill_level"])
    fault = study.only()
    assert (fault.file, fault.column) == (JUDGEMENTS, "cell")
    assert "no rating of sensors:skill_level" in str(fault)


def test_a_rating_beyond_the_scale_is_a_fault(study):
    study.table(JUDGEMENTS, lambda f: f.assign(value=f["value"].where(f.index != 3, 6)))
    fault = study.only()
    assert (fault.file, fault.row, fault.column) == (JUDGEMENTS, 5, "value")


def test_ratings_without_their_file_are_a_fault(study):
    (study.folder / JUDGEMENTS).unlink()
    assert any(f.file == JUDGEMENTS for f in check_study(study.folder))


def test_a_block_cannot_rest_on_a_grid(study):
    study.replace("study.yaml", "    question: needs\n", "    question: fit\n")
    assert any("question" in (f.column or "") for f in check_study(study.folder))
