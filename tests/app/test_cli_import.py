"""konsilium import: an export becomes the answers of a study, or nothing is changed."""

import csv
import shutil

import pytest

from app.cli import main
from app.collection.study_files import LOCK
from app.commands import importing
from app.study import bundled_studies, check_study, load_study

NEEDS = "What does the region need most?"
APPROACHES = "Which approaches suit the region?"
HEADINGS = ["Timestamp", "Panel", NEEDS, APPROACHES]
PEOPLE = [
    [
        "2024/05/01 10:00:00 AM GMT+3",
        "producers",
        "Steady work, Clean water",
        "Adapt known technology",
    ],
    ["2024/05/02 11:30:00 AM GMT+3", "исследователи", "Clean water", "Develop one's own"],
    ["2024/05/03 09:15:00 AM GMT+3", "residents", "Steady work", "Buy ready technology"],
]


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(bundled_studies()["template"], folder)
    return folder


@pytest.fixture
def export(tmp_path):
    def write(people=PEOPLE, headings=HEADINGS):
        file = tmp_path / "export.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows([headings, *people])
        return str(file)

    return write


def contents(folder):
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != LOCK)
    return {p.relative_to(folder): p.read_bytes() for p in files}


def run(capsys, *arguments):
    status = main(["import", *map(str, arguments), "--lang", "en"])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_without_out_nothing_is_written_and_what_would_be_is_told(study, export, capsys):
    before = contents(study.parent)
    file = export()
    before |= contents(study.parent)
    status, told, _ = run(capsys, file, "--study", study, "--group", "Panel")
    assert status == 0
    assert contents(study.parent) == before
    assert "Format: google_forms, because" in told
    assert "Nothing was written. 24 rows would go into answers/responses.csv" in told
    assert "speed was not checked" in told


def test_a_new_folder_holds_the_study_with_the_answers_and_is_without_fault(
    study, export, capsys, tmp_path
):
    status, _, _ = run(
        capsys, export(), "--study", study, "--group", "Panel", "--out", tmp_path / "new"
    )
    assert status == 0
    assert check_study(tmp_path / "new") == []
    counts = load_study(tmp_path / "new").counts["needs"]
    at = {option: counts.counts[k].tolist() for k, option in enumerate(counts.options)}
    assert counts.groups == ("producers", "researchers", "residents")
    assert at["steady_work"] == [1, 0, 1]
    assert at["clean_water"] == [1, 1, 0]
    assert at["better_roads"] == [0, 0, 0]
    assert (study / "answers" / "counts.csv").exists()


def test_the_study_itself_takes_the_answers_in_place_of_its_own(study, export, capsys):
    status, _, _ = run(capsys, export(), "--study", study, "--group", "Panel", "--out", study)
    assert status == 0
    assert check_study(study) == []
    assert [p.name for p in (study / "answers").iterdir()] == ["responses.csv"]
    again, _, _ = run(
        capsys, export(PEOPLE[:2]), "--study", study, "--group", "Panel", "--out", study
    )
    assert again == 0
    assert len(load_study(study).answers["needs"].respondents) == 2


def test_more_respondents_than_experts_are_a_fault_and_change_nothing(study, export, capsys):
    many = [[row[0], "producers", *row[2:]] for row in PEOPLE * 5]
    file = export(many)
    before = contents(study)
    status, _, faults = run(capsys, file, "--study", study, "--group", "Panel", "--out", study)
    assert status == 2
    assert "found 15 respondents in group producers; expected at most 12" in faults
    assert contents(study) == before
    assert sorted(p.name for p in study.parent.iterdir()) == ["export.csv", "mine"]


def test_a_group_the_study_does_not_have_is_a_fault_that_names_those_it_has(study, export, capsys):
    stranger = [*PEOPLE, [PEOPLE[0][0], "visitors", "Clean water", "Develop one's own"]]
    status, _, faults = run(capsys, export(stranger), "--study", study, "--group", "Panel")
    assert status == 2
    assert "found 1 respondents in the group visitors" in faults
    assert "producers" in faults


def test_without_the_column_of_the_group_the_user_is_told_how_to_name_it(study, export, capsys):
    status, _, faults = run(capsys, export(), "--study", study)
    assert status == 2
    assert "--group COLUMN" in faults


def test_a_bundled_study_is_never_changed(export, capsys):
    home = bundled_studies()["template"]
    before = contents(home)
    status, _, faults = run(
        capsys, export(), "--study", "template", "--group", "Panel", "--out", home
    )
    assert status == 2
    assert "bundled study" in faults
    assert contents(home) == before


def test_a_folder_that_is_something_else_is_not_written_into(study, export, capsys, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    status, _, faults = run(capsys, export(), "--study", study, "--group", "Panel", "--out", other)
    assert status == 2
    assert "is already there" in faults
    assert [p.name for p in other.iterdir()] == ["letter.txt"]


def test_a_question_map_joins_a_column_whose_heading_does_not_tell(study, export, capsys):
    file = export(headings=["Timestamp", "Panel", "Q1", APPROACHES])
    status, told, _ = run(
        capsys,
        file,
        *("--study", study, "--group", "Panel", "--format", "table"),
        *("--question-map", "needs=Q1"),
    )
    assert status == 0
    assert "24 rows would go into" in told


def test_a_question_map_names_the_column_of_each_option(study, tmp_path, capsys):
    options = ["steady_work", "clean_water", "young_people", "better_roads", "something_else"]
    columns = [f"needs_{k}" for k in range(1, 6)]
    file = tmp_path / "table.csv"
    rows = [
        ["id", "Panel", *columns, "approaches"],
        ["a", "producers", 1, 0, 1, 0, 0, "Adapt known technology"],
        ["b", "residents", 0, 0, 0, 1, 1, "Buy ready technology"],
    ]
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows(rows)
    pairs = [f"needs.{o}={c}" for o, c in zip(options, columns, strict=True)]
    status, _, faults = run(
        capsys,
        file,
        *("--study", study, "--group", "Panel", "--format", "table", "--out", study),
        *(word for pair in pairs for word in ("--question-map", pair)),
    )
    assert status == 0, faults
    counts = load_study(study).counts["needs"]
    at = {option: counts.counts[k].tolist() for k, option in enumerate(counts.options)}
    assert at["young_people"] == [1, 0, 0]
    assert at["something_else"] == [0, 0, 1]
    assert at["clean_water"] == [0, 0, 0]


def test_a_question_map_of_an_unknown_option_names_the_known(study, export, capsys):
    status, _, faults = run(
        capsys, export(), "--study", study, "--question-map", "needs.gold=Q1", "--group", "Panel"
    )
    assert status == 2
    assert "steady_work" in faults


def test_a_question_map_of_an_unknown_question_names_the_known(study, export, capsys):
    status, _, faults = run(
        capsys, export(), "--study", study, "--question-map", "wishes=Q1", "--group", "Panel"
    )
    assert status == 2
    assert "needs, approaches" in faults


def test_an_unknown_format_names_the_known(study, export, capsys):
    status, _, faults = run(capsys, export(), "--study", study, "--format", "paper")
    assert status == 2
    assert "limesurvey" in faults


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(study, tmp_path, capsys):
    file = tmp_path / "tidy.csv"
    options = {
        q.id: q.option_ids for q in load_study(bundled_studies()["template"]).questionnaire.choices
    }
    rows = [
        ["=1+1", "producers", question, option, "selected"]
        for question, ids in options.items()
        for option in ids
    ]
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows(
            [["respondent", "group", "question", "option", "state"], *rows]
        )
    status, told, faults = run(capsys, file, "--study", study, "--out", study)
    assert status == 0, faults
    assert "Format: konsilium" in told
    text = (study / "answers" / "responses.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1].startswith("'=1+1,producers")


def test_a_heading_that_the_file_does_not_have_is_refused(study, export, capsys):
    before = contents(study)
    status, _, told = run(
        capsys, export(), "--study", study, "--group", "Panel", "--question-map", "needs=Q1"
    )
    assert status == 2
    assert "has no column headed Q1, which --question-map names for needs" in told
    assert contents(study) == before


def test_what_a_colleague_changed_meanwhile_is_not_written_over(study, export, capsys, monkeypatch):
    tables_of = importing.tables_of

    def meanwhile(*arguments):
        settings = study / "study.yaml"
        settings.write_text(settings.read_text("utf-8") + "# a colleague's note\n", "utf-8")
        return tables_of(*arguments)

    monkeypatch.setattr(importing, "tables_of", meanwhile)
    status, _, told = run(capsys, export(), "--study", study, "--group", "Panel", "--out", study)
    assert status == 2
    assert "was changed by somebody else meanwhile" in told
    assert (study / "study.yaml").read_text("utf-8").endswith("# a colleague's note\n")
    assert not (study / "answers" / "responses.csv").exists()
