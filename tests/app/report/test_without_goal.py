"""The report of a study whose scenarios have no indicator of disputed sense."""

import dataclasses

import pytest

from app.analysis import scenario_findings
from app.report import html_report, json_report, xlsx_report
from app.report.sections import scenarios


@pytest.fixture
def without_goal(computed_template):
    study = computed_template.study
    settings = study.settings.scenarios.model_copy(update={"goal_indicator": None})
    study = dataclasses.replace(
        study, settings=study.settings.model_copy(update={"scenarios": settings})
    )
    found = scenario_findings(study, computed_template.directions.problem)
    return dataclasses.replace(computed_template, study=study, scenarios=found)


def ranks_of(findings, lang):
    tables = scenarios.section(findings, lang).tables
    return next(t for t in tables if t.key == "scenario_ranks")


def test_ranks_of_the_scenarios_have_no_column_for_a_goal_that_is_not_there(
    without_goal, computed_template, lang
):
    plain, disputed = (ranks_of(f, lang) for f in (without_goal, computed_template))
    assert len(plain.columns) == len(disputed.columns) - 1
    assert {len(row) for row in plain.rows} == {len(plain.columns)}
    assert {len(row) for row in disputed.rows} == {len(disputed.columns)}
    assert plain.title != disputed.title


def test_every_report_is_written_without_a_goal(without_goal, lang, tmp_path, drawing):
    drawing("overview", "scenarios")
    xlsx_report.write(without_goal, lang, tmp_path / "report.xlsx")
    json_report.write(without_goal, tmp_path / "findings.json")
    assert (tmp_path / "report.xlsx").stat().st_size > 0
    assert "NaN" not in (tmp_path / "findings.json").read_text("utf-8")
    assert ranks_of(without_goal, lang).title in html_report.render(without_goal, lang)
