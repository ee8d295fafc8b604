"""Google Forms and Sheets: joined cells without a list of options, times in every spelling."""

import datetime as dt

import numpy as np
import pytest
from openpyxl import Workbook

from survey import Questionnaire
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers

S, N = 1, 0
MANAGER = "Resource manager (SLURM, PBS, SGE, LSF or similar)"


def asked(kind="multiple", more=""):
    return Questionnaire.from_yaml(f"""
id: w
format_version: 1
title: {{en: W, ru: В}}
questions:
  - id: how
    kind: {kind}
    text: {{en: "How do you run it?", ru: "Как вы запускаете?"}}
    options:
      - {{id: ssh, text: {{en: SSH, ru: По SSH}}}}
      - {{id: rm, text: {{en: "{MANAGER}", ru: "Диспетчер (SLURM, PBS)"}}}}
{more}
""")


OTHER = "      - {id: other, text: {en: Other, ru: Другое}, open_text: true, residual: true}"


def read(path, **options):
    return read_answers(path, "google_forms", request=Request(**options))


def codes(wave):
    return {r.code for r in wave.remarks}


STAMPS = [
    "2020/06/05 11:34:01 AM EST",
    "2020/06/05 9:34:01 PM GMT+3",
    "20.03.2025 15:18:09",
    "6/5/2020 11:34:01",
    "2019-06-25 06:59:49",
]


@pytest.mark.parametrize("stamp", STAMPS)
def test_times_of_every_spelling_are_recognised_and_are_no_question(written, stamp):
    path = written(f"Отметка времени,Как дела?\n{stamp},5\n{stamp},4\n")
    assert detect(path).format == "google_forms"
    assert len(read(path).questionnaire.questions) == 1


def test_an_option_that_holds_the_separator_is_never_split(written):
    path = written(
        f'Timestamp,How do you run it?\n{STAMPS[2]},"SSH, {MANAGER}"\n{STAMPS[2]},"{MANAGER}"\n'
    )
    wave = read(path, questionnaire=asked())
    assert wave.choice("how").cells.tolist() == [[S, S], [N, S]]
    assert not codes(wave) & {"answers_unknown", "answers_own_words"}


@pytest.mark.parametrize("sign", [";", ", "])
def test_forms_join_by_semicolons_and_sheets_by_commas(written, sign):
    path = written(
        f'Timestamp,Как вы запускаете?\n{STAMPS[0]},"По SSH{sign}Диспетчер (SLURM, PBS)"\n'
    )
    assert read(path, questionnaire=asked()).choice("how").cells.tolist() == [[S, S]]


def test_unknown_text_goes_to_the_open_option_and_is_reported(written):
    path = written(
        f'Timestamp,How do you run it?\n{STAMPS[2]},"SSH, by hand, at night"\n{STAMPS[2]},SSH\n'
    )
    wave = read(path, questionnaire=asked(more=OTHER))
    assert wave.choice("how").cells.tolist() == [[S, N, S], [S, N, N]]
    assert wave.responses["how:other"].values == ("by hand, at night", None)
    told = next(r for r in wave.remarks if r.code == "answers_own_words")
    assert told.grave
    assert "by hand, at night" in str(told)


def test_unknown_text_without_an_open_option_is_reported_and_left_out(written):
    path = written(f'Timestamp,How do you run it?\n{STAMPS[2]},"SSH, by hand"\n')
    wave = read(path, questionnaire=asked())
    assert wave.choice("how").cells.tolist() == [[S, N]]
    assert "'by hand'" in str(next(r for r in wave.remarks if r.code == "answers_unknown"))


def several():
    cells = [f"SSH;{MANAGER}", "SSH", MANAGER, f"SSH;{MANAGER};abacus", "SSH"]
    return "Timestamp,How?\n" + "".join(f'{STAMPS[0]},"{cell}"\n' for cell in cells)


def test_options_are_proposed_by_frequency_with_a_grave_remark(written):
    wave = read(written(several()))
    question = wave.questionnaire.choice("how")
    assert [o.text.en for o in question.options] == ["SSH", MANAGER, "Other"]
    assert wave.choice("how").cells.sum(axis=0).tolist() == [4, 3, 1]
    assert wave.responses["how:other"].values[3] == "abacus"
    assert next(r for r in wave.remarks if r.code == "options_proposed").grave


def test_a_list_of_options_from_the_analyst_goes_before_the_proposal(written):
    wave = read(written(several()), options={"How?": ["SSH", MANAGER, "abacus", "never chosen"]})
    assert wave.choice("how").cells.sum(axis=0).tolist() == [4, 3, 1, 0]
    assert "options_proposed" not in codes(wave)


def test_empty_cells_lose_what_was_not_shown_and_it_is_said(written):
    wave = read(written(f"Timestamp,q\n{STAMPS[2]},\n{STAMPS[2]},5\n"))
    assert next(r for r in wave.remarks if r.code == "not_shown_lost").grave


def test_a_file_without_headings_is_recognised_and_its_columns_numbered(written):
    path = written(f"{STAMPS[2]},5,да\n{STAMPS[2]},4,нет\n")
    assert detect(path).format == "google_forms"
    wave = read(path)
    assert wave.respondents == ("1", "2")
    assert [q.id for q in wave.questionnaire.questions] == ["column_2", "column_3"]
    assert next(r for r in wave.remarks if r.code == "headings_missing").grave


def test_a_file_without_headings_takes_the_questions_in_their_order(written):
    wave = read(written(f"{STAMPS[2]},SSH\n{STAMPS[2]},\n"), questionnaire=asked("single"))
    assert wave.choice("how").cells.tolist() == [[S, N], [N, N]]
    assert "headings_missing_order" in codes(wave)


def test_a_renamed_first_column_is_known_by_its_times(written):
    path = written(f"Столбец 1,q\n{STAMPS[2]},5\n")
    assert detect(path).format == "google_forms"
    assert len(read(path).questionnaire.questions) == 1


def test_headings_hold_line_breaks_quotes_and_spaces(written):
    path = written(f'Timestamp,"How do\nyou ""run""  it? "\n{STAMPS[2]},SSH\n')
    again = asked("single").model_dump(mode="json")
    again["questions"][0]["text"]["en"] = 'How do you "run" it?'
    wave = read(path, questionnaire=Questionnaire.model_validate(again))
    assert wave.choice("how").cells.tolist() == [[S, N]]


GRID = "Timestamp,Rate [Ash],Rate [Coal],Rate [new]\n" + "".join(
    f"{STAMPS[2]},{row}\n" for row in ("5,1,3", "4,2,", "3,3,3")
)


def test_a_grid_of_numbers_is_one_rating(written):
    got = read(written(GRID)).numbers("Rate")
    assert got.columns == ("Ash", "Coal", "new")
    assert np.nan_to_num(got.values).tolist() == [[5, 1, 3], [4, 2, 0], [3, 3, 3]]


def test_a_grid_of_several_answers_a_row_is_a_choice_for_each_row(written):
    rows = ["a;b,c", "b,a;c", "a;c,a", "c,b;c", "b;c,a;b"]
    wave = read(written("Timestamp,T [x],T [y]\n" + "".join(f"{STAMPS[0]},{r}\n" for r in rows)))
    assert [q.kind for q in wave.questionnaire.questions] == ["multiple", "multiple"]
    assert wave.choice("t_x").cells.sum() == 8


def test_a_heading_that_merely_ends_in_brackets_is_one_question(written):
    wave = read(written(f"Timestamp,Age [years]\n{STAMPS[2]},40\n"))
    assert wave.questionnaire.questions[0].text.en == "Age [years]"


def test_the_same_heading_twice_makes_two_questions(written):
    wave = read(written(f"Timestamp,q,q\n{STAMPS[2]},1,2\n"))
    assert [r.values.tolist() for r in wave.responses.values()] == [[[1]], [[2]]]


def test_addresses_and_scores_are_left_out_and_named(written):
    wave = read(written(f"Timestamp,Адрес электронной почты,Баллы,q\n{STAMPS[2]},a@b,3 / 5,1\n"))
    assert len(wave.questionnaire.questions) == 1
    assert {"personal_dropped", "derived_dropped"} <= codes(wave)


def test_a_workbook_with_real_times_is_read(tmp_path):
    book = Workbook()
    book.active.append(["Отметка времени", "How do you run it?"])
    book.active.append([dt.datetime(2025, 3, 20, 15, 18, 9), f"SSH, {MANAGER}"])  # noqa: DTZ001 - workbooks know no zones
    path = tmp_path / "answers.xlsx"
    book.save(path)
    assert detect(path).format == "google_forms"
    assert read(path, questionnaire=asked()).choice("how").cells.tolist() == [[S, S]]


def test_the_group_is_a_column_named_by_heading_or_place(written):
    text = f"Timestamp,Вы кто?,q\n{STAMPS[2]},учёный,5\n{STAMPS[2]},чиновник,4\n"
    for column in ("вы кто", 1):
        assert read(written(text), group_column=column).groups == ("учёный", "чиновник")
