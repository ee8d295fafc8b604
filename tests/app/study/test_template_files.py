"""Faults of a file as such, one at a time, in a copy of the template: text, rows, columns."""

import pytest

from app.study import load_study

COUNTS = "answers/counts.csv"


def test_missing_file(damaged):
    damaged.path("scores.csv").unlink()
    faults = damaged.faults()
    assert [str(each) for each in faults if each.file == "scores.csv"] == [
        "scores.csv: found no such file; expected the file"
    ]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_empty_file(damaged, content):
    damaged.path("criteria.csv").write_bytes(content)
    faults = [each for each in damaged.faults() if each.file == "criteria.csv"]
    assert len(faults) == 1


def test_header_without_rows(damaged):
    damaged.path("scenarios/case.csv").write_text(
        "scenario,statement_en,statement_ru,place_en,place_ru\n", encoding="utf-8"
    )
    assert str(damaged.only().found) == "a header only"


def test_file_in_windows_1251_says_how_to_convert(damaged):
    path = damaged.path("alternatives.csv")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1251"))
    fault = next(each for each in damaged.faults() if each.file == "alternatives.csv")
    assert "Windows-1251" in str(fault.found)
    assert "CSV UTF-8" in str(fault.expected)
    assert fault.row == 2


def test_file_in_utf_16(damaged):
    path = damaged.path("alternatives.csv")
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    fault = next(each for each in damaged.faults() if each.file == "alternatives.csv")
    assert "UTF-16" in str(fault.found)


@pytest.mark.parametrize("file", [COUNTS, "study.yaml", "questionnaire.yaml"])
def test_byte_order_mark_is_accepted(damaged, file):
    path = damaged.path(file)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert damaged.faults() == []


def test_windows_line_ends_are_accepted(damaged):
    for path in damaged.folder.rglob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert damaged.faults() == []


def test_semicolons_with_decimal_commas_read_as_commas_with_points(damaged):
    before = load_study(damaged.folder).profiles["approaches"]
    path = damaged.path("profile_approaches.csv")
    text = path.read_text(encoding="utf-8").replace('"', "")
    lines = [line.split(",", 4) for line in text.splitlines()]
    rows = [[cells[0], *(cell.replace(".", ",") for cell in cells[1:4])] for cells in lines]
    tail = ["rule_en;rule_ru", *["rule;правило"] * (len(rows) - 1)]
    path.write_text(
        "\n".join(";".join([*row, end]) for row, end in zip(rows, tail, strict=True)) + "\n",
        encoding="utf-8",
    )
    assert load_study(damaged.folder).profiles["approaches"].equals(before)


def test_decimal_comma_between_commas_is_a_fault(damaged):
    damaged.replace("scores.csv", "orchards,0.9,", 'orchards,"0,9",')
    fault = damaged.only()
    assert str(fault.found) == "0,9"
    assert "decimal point" in str(fault.expected)


def test_tabs_between_columns(damaged):
    path = damaged.path("relevance_needs.csv")
    path.write_text(path.read_text(encoding="utf-8").replace(",", "\t"), encoding="utf-8")
    assert str(damaged.only().found) == "columns separated by tabs"


def test_quotation_mark_left_open(damaged):
    damaged.replace("criteria.csv", "Places of work", '"Places of work')
    fault = next(each for each in damaged.faults() if each.file == "criteria.csv")
    assert "quotation marks" in str(fault.found)


def test_row_with_a_cell_too_many(damaged):
    damaged.replace(COUNTS, "needs,clean_water,producers,4", "needs,clean_water,producers,4,4")
    fault = damaged.faults()[0]
    assert (str(fault.found), str(fault.expected)) == ("5 cells", "4, as many as the header has")


def test_empty_rows_are_passed_over_but_counted(damaged):
    damaged.replace(
        COUNTS, "needs,steady_work,producers,9", ",,,\n\nneeds,steady_work,producers,99"
    )
    assert damaged.only().row == 4


def test_missing_column(damaged):
    damaged.replace("criteria.csv", "sense", "direction_of_good")
    faults = {(each.column, str(each.found)) for each in damaged.faults()}
    assert ("sense", "no such column") in faults
    assert ("direction_of_good", "an unknown column") in faults


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("published.csv", "tolerance"),
        ("scenarios/indicators.csv", "indicator"),
        ("resilience/indicators.csv", "default"),
        ("scenarios/table.csv", "year"),
        ("answers/counts.csv", "group"),
        ("profile_approaches.csv", "adapt"),
    ],
)
def test_column_that_other_checks_need_is_missing(damaged, file, column):
    damaged.replace(file, column, "qqqqqqq")
    places = {(each.file, each.column) for each in damaged.faults()}
    assert (file, column) in places


def test_misspelt_column_is_answered_with_the_nearest_and_not_reported_twice(damaged):
    damaged.replace("criteria.csv", "measured", "mesured")
    faults = [each for each in damaged.faults() if each.file == "criteria.csv"]
    assert [str(each.expected) for each in faults] == [
        "a column of this table; the nearest is measured"
    ]


def test_further_columns_of_alternatives_are_welcome(damaged):
    path = damaged.path("alternatives.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{lines[0]},owner", *(f"{line},x" for line in lines[1:])]), "utf-8")
    assert "owner" in load_study(damaged.folder).alternatives.columns


def test_misspelt_column_of_alternatives_is_no_further_column(damaged):
    damaged.replace("alternatives.csv", "title_ru", "titel_ru")
    faults = [str(each.expected) for each in damaged.faults()]
    assert "a column of this table; the nearest is title_ru" in faults


def test_text_in_one_language_only(damaged):
    damaged.replace("published.csv", "Пример числа, которое не сходится.", "")
    assert str(damaged.only().expected) == "a text in both languages"


def test_column_in_one_language_only(damaged):
    damaged.replace("alternatives.csv", "anchors_ru", "owners")
    assert str(damaged.only().expected) == "the column anchors_ru beside it"
