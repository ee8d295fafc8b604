from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from survey import Answers, Dataset, Numbers, Questionnaire, SurveyError, Texts
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers
from survey.formats.konsilium import read_counts
from survey.formats.write_csv import write_tidy_csv, write_wide_csv
from survey.formats.write_xlsx import write_xlsx

ASKED = Questionnaire.from_yaml(
    "{format_version: 1, id: council, title: {en: Council, ru: Совет}, questions: ["
    "{id: why, kind: multiple, text: {en: '=Why', ru: Почему}, options: ["
    "{id: -a, text: {en: '-A', ru: А}}, {id: b, text: {en: B, ru: Б}}]},"
    "{id: rate, kind: rating, text: {en: Rate, ru: Оцените}, options: ["
    "{id: x, text: {en: X, ru: Икс}}]},"
    "{id: words, kind: text, text: {en: Words, ru: Слова}}]}"
)


@pytest.fixture
def wave() -> Dataset:
    at = np.array([0, 1], dtype=np.intp)
    groups = ("наука", "=бизнес")
    return Dataset(
        ASKED, ("r1", "r2"), groups, at,
        {
            "why": Answers("why", ("-a", "b"), groups, [[1, 0], [-1, -1]], at,
                           respondents=("r1", "r2")),
            "rate": Numbers("rate", ("x",), np.array([[-2.0], [np.nan]]), np.ones((2, 1), bool)),
            "words": Texts("words", ("=SUM(A1)", None), np.array([True, False])),
        },
    )  # fmt: skip


def test_text_is_masked_numbers_are_not_and_headings_are(tmp_path: Path, wave: Dataset) -> None:
    path = tmp_path / "w.csv"
    assert write_wide_csv(wave, path) == ()
    assert path.read_bytes().decode("utf-8-sig").split("\r\n") == [
        "respondent,group,why:-a,why:b,rate:x,words,words#shown",
        "r1,наука,1,0,-2,'=SUM(A1),1",
        "r2,'=бизнес,,,,,0",
        "",
    ]


def test_a_heading_that_would_be_run_is_masked(tmp_path: Path) -> None:
    asked = Questionnaire.from_yaml(ASKED.to_yaml().replace("id: words", "id: -words"))
    at = np.zeros(1, dtype=np.intp)
    texts = Texts("-words", ("x",), np.array([True]))
    wave = Dataset(asked, ("r",), ("g",), at, {"-words": texts})
    path = tmp_path / "w.csv"
    write_wide_csv(wave, path)
    assert path.read_text("utf-8-sig").startswith("respondent,group,'-words\n")
    assert read_answers(path, request=Request(asked)).responses["-words"].values == ("x",)  # type: ignore[union-attr]


def test_choices_alone_give_the_five_columns_of_a_study(tmp_path: Path, wave: Dataset) -> None:
    path = tmp_path / "t.csv"
    only = Dataset(ASKED, wave.respondents, wave.groups, wave.group_of,
                   {"why": wave.responses["why"]})  # fmt: skip
    write_tidy_csv(only, path)
    lines = path.read_text("utf-8-sig").split("\n")
    assert lines[0] == "respondent,group,question,option,state"
    assert lines[1] == "r1,наука,why,'-a,selected"
    assert lines[4] == "r2,'=бизнес,why,b,not_shown"


@pytest.mark.parametrize(("write", "name"), [(write_wide_csv, "w.csv"), (write_tidy_csv, "t.csv"),
                                             (write_xlsx, "w.xlsx")])  # fmt: skip
def test_its_own_files_are_recognised(tmp_path: Path, wave: Dataset, write, name: str) -> None:  # type: ignore[no-untyped-def]
    write(wave, tmp_path / name)
    assert detect(tmp_path / name).format == "konsilium"
    assert read_answers(tmp_path / name, request=Request(ASKED)).groups == wave.groups


@pytest.mark.parametrize(("write", "name"), [(write_wide_csv, "w.csv"), (write_tidy_csv, "t.csv")])
def test_without_a_questionnaire_one_is_inferred(
    tmp_path: Path, wave: Dataset, write, name: str
) -> None:  # type: ignore[no-untyped-def]
    write(wave, tmp_path / name)
    found = read_answers(tmp_path / name)
    assert found.choice("why").cells.tolist() == [[1, 0], [-1, -1]]
    assert found.groups == wave.groups
    assert found.respondents == ("r1", "r2")


def test_a_table_saved_by_a_spreadsheet_with_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("respondent;group;why:-a;why:b\nr1;g;1;0\nr2;h;;\n", encoding="cp1251")
    wave = read_answers(path, request=Request(ASKED))
    assert wave.choice("why").cells.tolist() == [[1, 0], [-1, -1]]


def test_the_codebook_says_what_columns_and_values_mean(tmp_path: Path, wave: Dataset) -> None:
    path = tmp_path / "w.xlsx"
    write_xlsx(wave, path)
    book = load_workbook(path)
    assert book.sheetnames == ["answers", "codebook", "groups", "questionnaire"]
    rows = list(book["codebook"].iter_rows(values_only=True))
    row = next(row for row in rows if row[0] == "why:-a")
    assert row[4:] == ("'=Why", "Почему", "'-A", "А",
                       "1 = selected, 0 = shown and not selected, empty = not shown")  # fmt: skip
    rate = next(row for row in rows if row[0] == "rate:x")
    assert rate[8] == "1 to 5, empty = nothing given"


def test_a_cell_that_is_no_state_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("respondent,group,why:-a,why:b\nr1,g,1,2\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=r"row 2 of the file w\.csv has '2' in the column why:b"):
        read_answers(path, request=Request(ASKED))


def test_a_cell_that_is_no_number_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("respondent,group,rate:x\nr1,g,much\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=r"row 2 .* 'much' in the column rate:x; a number"):
        read_answers(path, request=Request(ASKED))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("r,g,why,b,perhaps", "the state perhaps"),
        ("r,g,why,b,selected\nr,g,why,b,selected", "has two rows at b of question why"),
        ("r,g,why,b,selected\nr,h,why,-a,selected", "in the groups g and h"),
    ],
)
def test_a_tidy_table_out_of_order_is_a_sentence(tmp_path: Path, rows: str, sentence: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"respondent,group,question,option,state\n{rows}\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=sentence):
        read_answers(path, request=Request(ASKED))


def test_a_row_that_is_not_in_a_tidy_table_was_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "r,g,why,-a,selected\nr,g,why,b,not_selected\ns,g,why,-a,selected\n"
    path.write_text(f"respondent,group,question,option,state\n{rows}", encoding="utf-8")
    wave = read_answers(path, request=Request(ASKED))
    assert wave.choice("why").cells.tolist() == [[1, 0], [1, -1]]


def test_headings_that_stand_twice_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("respondent,group,why:b,why:b\nr1,g,1,0\n", encoding="utf-8")
    with pytest.raises(SurveyError, match="the heading why:b twice"):
        read_answers(path, request=Request(ASKED))


COUNTS = "question,option,group,count\nwhy,b,g,2\nwhy,b,h,0\nwhy,-a,g,5\nwhy,-a,h,1\n"


def test_counts_are_no_answers_of_respondents(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(COUNTS, encoding="utf-8")
    assert detect(path).format == "konsilium"
    with pytest.raises(SurveyError, match="holds counts of groups, not answers of respondents"):
        read_answers(path)


def test_counts_are_read_in_the_order_of_the_questionnaire(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(COUNTS, encoding="utf-8")
    counts = read_counts(path, {"g": 6, "h": 3}, questionnaire=ASKED)["why"]
    assert counts.options == ("-a", "b")
    assert counts.counts.tolist() == [[5, 1], [2, 0]]
    assert read_counts(path, {"g": 6, "h": 3})["why"].options == ("b", "-a")


def test_control_characters_are_replaced_and_told(tmp_path: Path) -> None:
    at = np.zeros(1, dtype=np.intp)
    texts = Texts("words", ("a\x0bb\x00",), np.array([True]))
    wave = Dataset(ASKED, ("r",), ("g",), at, {"words": texts})
    told = write_wide_csv(wave, tmp_path / "w.csv")
    assert [r.code for r in told] == ["controls_replaced"]
    found = read_answers(tmp_path / "w.csv", request=Request(ASKED)).responses["words"]
    assert found.values == ("a\ufffdb\ufffd",)  # type: ignore[union-attr]


def test_a_text_longer_than_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    at = np.zeros(1, dtype=np.intp)
    texts = Texts("words", ("я" * 40_000,), np.array([True]))
    wave = Dataset(ASKED, ("r",), ("g",), at, {"words": texts})
    assert [r.code for r in write_xlsx(wave, tmp_path / "w.xlsx")] == ["texts_cut"]
    assert write_wide_csv(wave, tmp_path / "w.csv") == ()


def test_more_respondents_than_a_sheet_has_rows_are_not_written(tmp_path: Path) -> None:
    n = 1_048_576
    at = np.zeros(n, dtype=np.intp)
    wave = Dataset(ASKED, tuple(map(str, range(n))), ("g",), at, {})
    with pytest.raises(SurveyError, match="1048576 respondents and 2 columns are written to CSV"):
        write_xlsx(wave, tmp_path / "w.xlsx")


def test_answers_that_the_questionnaire_does_not_have_are_not_written(tmp_path: Path) -> None:
    at = np.zeros(1, dtype=np.intp)
    answers = Answers("why", ("b", "c"), ("g",), [[1, 0]], at, respondents=["r"])
    wave = Dataset(ASKED, ("r",), ("g",), at, {"why": answers})
    with pytest.raises(
        SurveyError, match="has answers at c, which the questionnaire does not have"
    ):
        write_wide_csv(wave, tmp_path / "w.csv")
