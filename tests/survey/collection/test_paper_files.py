import csv

import pytest

from survey.collection.paper_files import columns_of, read_sheets, write_template
from survey.collection.replies import Reply, accept
from survey.errors import SurveyError
from survey.formats.sheets import read_sheet
from survey.questionnaire import Questionnaire
from tests.waves import QUESTIONNAIRE

_THINGS = (
    "[{id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}}, {id: c, text: {en: C, ru: В}}]"
)
EVERY = Questionnaire.from_yaml(
    f"""
format_version: 1
id: every
title: {{en: Two kinds, ru: Два вида}}
questions:
  - {{id: pairs, kind: pairwise, text: {{en: Compare, ru: Сравните}}, options: {_THINGS}}}
  - {{id: years, kind: number, text: {{en: Years, ru: Лет}}, low: 0}}
"""
)


def typed(path, questionnaire, *rows):
    headings = ["sheet", "group", *(column.heading for column in columns_of(questionnaire))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return read_sheets(path, questionnaire)


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_the_template_has_the_columns_that_are_read(tmp_path, name):
    write_template(QUESTIONNAIRE, tmp_path / name)
    headings = read_sheet(tmp_path / name).headings
    assert headings == (
        "sheet", "group", "aims:growth", "aims:jobs", "aims:other", "aims:other#text", "aims:none",
        "points:a", "points:b", "why",
    )  # fmt: skip
    assert read_sheets(tmp_path / name, QUESTIONNAIRE) == ()


def test_a_workbook_says_what_each_column_is(tmp_path):
    write_template(QUESTIONNAIRE, tmp_path / "t.xlsx")
    rows = read_sheet(tmp_path / "t.xlsx", sheet="codebook").rows
    assert rows[1][:5] == (
        "aims:growth", "Which aims matter?", "Какие цели важны?", "Growth", "Рост"
    )  # fmt: skip


def test_typed_rows_become_replies(tmp_path):
    one, two = typed(
        tmp_path / "t.csv",
        QUESTIONNAIRE,
        {"sheet": " 17 ", "group": "science", "aims:jobs": "1", "aims:growth": "0", "why": "work"},
        {},
        {"sheet": "18", "group": "industry", "aims:other": "1", "aims:other#text": "peace",
         "points:a": "33,5", "points:b": "66.5"},
    )  # fmt: skip
    assert (one.sheet, one.group) == ("17", "science")
    assert one.replies == {"aims": Reply(("jobs",)), "why": Reply(text="work")}
    assert two.replies == {
        "aims": Reply(("other",), texts={"other": "peace"}),
        "points": Reply(cells={"a": 33.5, "b": 66.5}),
    }


@pytest.mark.parametrize("third", ["1/3", "1:3", "0.33", "0,333"])
def test_comparisons_are_typed_as_people_write_them(tmp_path, third):
    row = {"sheet": "1", "group": "g", "pairs:a:b": third, "pairs:a:c": "5", "years": "12"}
    (sheet,) = typed(tmp_path / "t.csv", EVERY, row)
    kept = accept(EVERY.question("pairs"), sheet.replies["pairs"])
    assert kept.cells == {"a:b": 1 / 3, "a:c": 5}
    assert sheet.replies["years"] == Reply(cells={"years": 12})


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"sheet": "", "aims:jobs": "1"}, "row 3 .* has the sheet ''"),
        ({"sheet": "1", "aims:jobs": "1"}, "row 3 .* has the sheet '1'"),
        ({"sheet": "2", "aims:jobs": "yes"}, "'yes' in the column aims:jobs; 1, 0 or nothing"),
        ({"sheet": "2", "points:a": "many"}, "'many' in the column points:a; a number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(tmp_path, row, words):
    with pytest.raises(SurveyError, match=words):
        typed(tmp_path / "t.csv", QUESTIONNAIRE, {"sheet": "1", "group": "science"}, row)


@pytest.mark.parametrize(
    "headings",
    ["sheet,group", "group,aims:jobs", "sheet,group,aims:nothing", "sheet,group,why,why"],
)
def test_a_table_of_another_survey_is_refused(tmp_path, headings):
    path = tmp_path / "t.csv"
    path.write_text(f"{headings}\n1,science,1,1\n")
    with pytest.raises(SurveyError) as refusal:
        read_sheets(path, QUESTIONNAIRE)
    assert refusal.value.code == "typed_headings"


def test_a_template_of_another_kind_is_refused(tmp_path):
    with pytest.raises(SurveyError, match=r"neither \.csv nor \.xlsx"):
        write_template(QUESTIONNAIRE, tmp_path / "t.doc")
