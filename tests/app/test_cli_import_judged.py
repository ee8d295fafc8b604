"""konsilium import of points: they become answers that weigh the criteria, or nothing is changed."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from app.analysis import Options, direction_findings
from app.cli import main
from app.collection.study_files import LOCK
from app.study import check_study, load_study
from tests.judged_study import CRITERIA, JUDGEMENTS, leave_choices_out, write_judged_study

COUNTS, RESPONSES = "answers/counts.csv", "answers/responses.csv"
ITEMS = ("Places of work", "Cost of starting", "Local materials", "Skill of the work")
POINTS = [f"How important is it? [{item}]" for item in ITEMS]
CHOICES = ["What does the region need most?", "Which approaches suit the region?"]
CHOSEN = ["Steady work", "Adapt known technology"]
# Groups and points of three people.
PEOPLE = {"producers": (70, 10, 10, 10), "researchers": (40, 30, 20, 10), "residents": (25,) * 4}


@pytest.fixture
def study(tmp_path):
    return write_judged_study(tmp_path / "mine")


@pytest.fixture
def run(tmp_path, study, capsys):
    """Import people with their points, and the choices of all unless they are left out."""

    def imported(*options, people=PEOPLE, points=POINTS, choices=True):
        file = tmp_path / "export.csv"
        rows = [["Timestamp", "Panel", *(CHOICES if choices else ()), *points]]
        rows += [
            ["2024/05/01 10:00:00 AM GMT+3", group, *(CHOSEN if choices else ()), *given]
            for group, given in people.items()
        ]
        with file.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows(rows)
        options = ("--group", "Panel", "--lang", "en", *map(str, options))
        status = main(["import", str(file), "--study", str(study), *options])
        return status, *capsys.readouterr()

    return imported


def contents(folder):
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != LOCK)
    return {p.relative_to(folder): p.read_bytes() for p in files}


def weights(folder):
    loaded = load_study(folder)
    problem = direction_findings(loaded, Options.of(loaded)).problem
    return dict(zip(problem.criteria, problem.weights, strict=True))


def test_what_would_be_written_is_told_table_by_table(run, study):
    before = contents(study)
    status, told, _ = run()
    assert status == 0
    assert "12 rows would go into answers/judgements.csv" in told
    assert "24 rows would go into answers/responses.csv" in told
    assert "importance: answers of 3 respondents, from which weights follow." in told
    assert contents(study) == before


def test_points_and_choices_come_into_a_table_each_with_an_entry_each(run, study):
    status, told, _ = run("--out", study)
    assert status == 0
    assert check_study(study) == []
    assert sorted(p.name for p in (study / "answers").iterdir()) == [
        "judgements.csv",
        "responses.csv",
    ]
    assert f"{study / JUDGEMENTS}, 12 rows" in told
    tables = load_study(study).settings.tables
    assert {RESPONSES, JUDGEMENTS} <= set(tables)
    assert COUNTS not in tables
    assert tables[JUDGEMENTS].kind == "source"
    rows = pd.read_csv(study / JUDGEMENTS).pivot_table(
        index="group", columns="cell", values="value"
    )
    for group, given in PEOPLE.items():
        assert tuple(rows.loc[group, list(CRITERIA)]) == given


def test_the_weights_of_the_criteria_are_those_of_the_points(run, study):
    before = weights(study)
    run("--out", study)
    after = weights(study)
    assert after["places_of_work"] == pytest.approx(0.7 * (0.7 + 0.4 + 0.25) / 3)
    assert abs(after["places_of_work"] - before["places_of_work"]) > 0.01
    run("--out", study, people=PEOPLE | {"producers": (10, 10, 10, 70)})
    assert weights(study)["places_of_work"] == pytest.approx(0.7 * (0.1 + 0.4 + 0.25) / 3)


def test_points_alone_leave_no_table_of_choices(run, study):
    leave_choices_out(study)
    assert run("--out", study, choices=False)[0] == 0
    assert check_study(study) == []
    assert [p.name for p in (study / "answers").iterdir()] == ["judgements.csv"]
    assert not {COUNTS, RESPONSES} & set(load_study(study).settings.tables)
    assert weights(study)["skill_level"] == pytest.approx((0.1 + 0.1 + 0.25) / 3)


def test_points_that_are_too_many_are_a_fault_and_change_nothing(run, study):
    before = contents(study)
    status, _, faults = run("--out", study, people=PEOPLE | {"residents": (125, 0, 0, 0)})
    assert status == 2
    assert "125 is too large; 100 or less is expected" in faults
    assert contents(study) == before


def test_a_file_without_the_choices_that_a_block_rests_on_changes_nothing(run, study):
    before = contents(study)
    status, _, faults = run("--out", study, choices=False)
    assert status == 2
    assert f"{COUNTS}: found no such file" in faults
    assert contents(study) == before


def test_a_question_map_names_the_column_of_each_thing_that_got_points(run, study):
    columns = ["p1", "p2", "p3", "p4"]
    pairs = [f"importance.{c}={column}" for c, column in zip(CRITERIA, columns, strict=True)]
    options = [word for pair in pairs for word in ("--question-map", pair)]
    status, _, faults = run("--format", "table", "--out", study, *options, points=columns)
    assert status == 0, faults
    assert weights(study)["places_of_work"] == pytest.approx(0.7 * (0.7 + 0.4 + 0.25) / 3)


def test_a_disk_that_fails_half_way_leaves_the_study_as_it_was(run, study, monkeypatch):
    run("--out", study)
    before = contents(study)
    replace, seen = Path.replace, []

    def full(self, target):
        if Path(target) == study / "study.yaml":
            seen.append((study / JUDGEMENTS).read_bytes())
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    other = PEOPLE | {"producers": (10, 10, 10, 70)}
    status, _, faults = run("--out", study, people=other)
    assert status == 2
    assert "No space left on device" in faults
    assert seen != [before[Path(JUDGEMENTS)]]  # the new ones were in place already
    assert contents(study) == before
