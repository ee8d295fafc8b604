"""Raw questions to a wave of answers: matched to a questionnaire, or the questionnaire inferred."""

import numpy as np
import pytest

from survey import Questionnaire, SurveyError
from survey.formats.assemble import People, assemble, lost_state
from survey.formats.base import Request
from survey.formats.names import column_place, ids_of, number_of, question_for
from survey.formats.raw import Column, Columns, Item, Joined, Ticks

ASKED = Questionnaire.from_yaml("""
id: w
format_version: 1
title: {en: W, ru: В}
questions:
  - {id: one, kind: single, text: {en: "Which one?", ru: "Какой?"}, options: [{id: a, text: {en: Ash, ru: Зола}}, {id: b, text: {en: Coal, ru: Уголь}}]}
  - {id: many, kind: multiple, text: {en: Which, ru: Какие}, options: [{id: a, text: {en: Ash, ru: Зола}}, {id: b, text: {en: Coal, ru: Уголь}}]}
  - {id: grid, kind: grid, text: {en: Rate, ru: Оцените}, options: [{id: x, text: {en: X, ru: Икс}}], criteria: [{id: p, text: {en: P, ru: П}}, {id: q, text: {en: Q, ru: К}}]}
  - {id: age, kind: number, text: {en: Age, ru: Возраст}}
""")


def shown(rows, columns=None):
    return np.ones(rows if columns is None else (rows, columns), dtype=bool)


def wave(*raws, asked=ASKED, rows=2, **people):
    request = Request(questionnaire=asked)
    return assemble(raws, People(rows, **people), request, source="test", title="file.csv")


def codes(got):
    return {r.code for r in got.remarks}


@pytest.mark.parametrize("label", ["a", "ash", "Зола", "  ЗОЛА "])
def test_an_option_is_known_by_its_id_and_by_its_text_in_either_language(label):
    got = wave(Column("Какой", "", [label, "b"], shown(2)))
    assert got.choice("one").cells.tolist() == [[1, 0], [0, 1]]


def test_a_code_is_known_by_the_label_that_the_format_gives_it():
    got = wave(Column("one", "", ["1", "2"], shown(2), labels={"1": "Ash", "2": "Уголь"}))
    assert got.choice("one").cells.tolist() == [[1, 0], [0, 1]]


def test_what_was_not_shown_stays_not_shown():
    got = wave(Column("one", "", ["", "a"], np.array([False, True])))
    assert got.choice("one").cells.tolist() == [[-1, -1], [1, 0]]


def test_an_option_without_a_column_was_not_selected_where_the_question_was_shown():
    ticks = Ticks("many", "", (Item.of("Coal"),), np.array([[1], [-1]], dtype=np.int8))
    got = wave(ticks)
    assert got.choice("many").cells.tolist() == [[0, 1], [-1, -1]]
    assert "options_absent" in codes(got)


def test_a_column_of_an_unknown_option_is_told():
    ticks = Ticks("many", "", (Item.of("Coal"), Item.of("Gas")), np.array([[1, 1]], dtype=np.int8))
    told = next(r for r in wave(ticks, rows=1).remarks if r.code == "options_unknown")
    assert told.grave
    assert "Gas" in str(told)


def test_one_choice_made_twice_is_told_and_left_out():
    ticks = Ticks(
        "one", "", (Item.of("a"), Item.of("b")), np.array([[1, 1], [1, 0]], dtype=np.int8)
    )
    got = wave(ticks)
    assert got.choice("one").cells.tolist() == [[-1, -1], [1, 0]]
    assert "single_chosen_twice_in_file" in codes(got)


def test_cells_of_a_grid_are_known_by_codes_and_texts_of_both_sides():
    got = wave(
        Columns(
            "grid", "", (Item.of("Икс - П"), Item.of("x_q")), [["1", "2"], ["3", ""]], shown(2, 2)
        )
    )
    assert np.nan_to_num(got.numbers("grid").values).tolist() == [[1, 3], [2, 0]]


def test_what_is_no_number_is_told_with_examples():
    got = wave(Column("Возраст", "", ["40,5", "old"], shown(2)))
    assert got.numbers("age").values[0, 0] == 40.5
    assert "'old'" in str(next(r for r in got.remarks if r.code == "values_unknown"))


def test_questions_passed_over_repeated_and_absent_are_each_told():
    column = [
        Column(name, name, ["a", "b"], shown(2)) for name in ("one", "Which one?", "shoe size")
    ]
    got = wave(*column)
    assert {"columns_passed", "columns_repeated", "questions_absent"} <= codes(got)


def test_a_form_that_does_not_fit_the_kind_is_told():
    grid = Columns("many", "", (Item.of("a"),), [["5", "4"]], shown(2, 1))
    got = wave(grid, Column("one", "", ["a", "a"], shown(2)))
    assert "question_form" in codes(got)
    assert "many" not in got.responses


def test_a_file_of_other_questions_is_refused():
    with pytest.raises(
        SurveyError, match="no column of the file is a question of the questionnaire w"
    ):
        wave(Column("x", "Shoe size", ["1", "2"], shown(2)))


def test_names_that_repeat_are_replaced_by_numbers():
    got = wave(Column("one", "", ["a", "b"], shown(2)), names=["7", "7"])
    assert got.respondents == ("1", "2")
    assert "names_repeated" in codes(got)


def test_texts_are_kept_in_both_languages_of_an_inferred_questionnaire():
    got = wave(
        Column("Какой уголь?", "Какой уголь?", ["a", "a"], shown(2), kind="single"), asked=None
    )
    question = got.questionnaire.questions[0]
    assert (question.id, question.text.en, question.text.ru) == (
        "kakoy_ugol",
        "Какой уголь?",
        "Какой уголь?",
    )
    assert "questionnaire_inferred" in codes(got)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (["1", "2,5", ""], "number"),
        (["yes", "no", "yes", "no"], "single"),
        (["a long story", "another", "a third one"], "text"),
        (["", "", ""], "text"),
    ],
)
def test_the_kind_of_a_column_is_inferred_from_its_answers(answers, kind):
    n = len(answers)
    got = wave(Column("q", "q", answers, shown(n)), asked=None, rows=n)
    assert got.questionnaire.questions[0].kind == kind


def test_the_same_label_in_another_case_is_the_same_option():
    got = wave(Column("q", "q", ["Yes", "yes", "No", "No"], shown(4)), asked=None, rows=4)
    assert got.choice("q").cells.sum(axis=0).tolist() == [2, 2]


def test_questions_whose_empty_cells_say_nothing_are_counted():
    raws = [
        Column("a", "a", ["", "1"], shown(2)),
        Column("b", "b", ["1", "1"], shown(2)),
        Joined("c", "c", ["", "x"], ";", np.array([False, True])),
    ]
    assert lost_state(raws, ticks=2)[0].fields["count"] == 3
    assert lost_state(raws[1:]) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("-2,5", -2.5), ("1 000", 1000), ("12\u00a0345,6", 12345.6), (".5", 0.5), ("3.", 3),
     ("nan", None), ("inf", None), ("1_000", None), ("1,2,3", None), ("5 лет", None)],
)  # fmt: skip
def test_numbers_are_read_with_point_or_comma_and_nothing_else_passes(text, number):
    assert number_of(text) == number


def test_ids_are_plain_distinct_and_tell_long_texts_apart_by_their_ends():
    long = "What common feature requests do you care about most?"
    ids = ids_of(["Зола", "зола", "", "SQ001", f"{long} [GPUs]", f"{long} [Cloud]"], "q")
    assert ids[:4] == ("zola", "zola_2", "q3", "SQ001")
    assert ids[4].endswith("gpus")
    assert ids[5].endswith("cloud")
    assert all(len(i) <= 48 for i in ids)


def test_a_column_is_named_by_place_or_heading_and_doubt_is_refused():
    assert column_place(" group: ", [["id", "Group"]], 2) == 1
    assert column_place(0, [["id", "Group"]], 2) == 0
    with pytest.raises(SurveyError, match="stands over 2 columns"):
        column_place("x", [["x", "x"]], 2)
    with pytest.raises(SurveyError, match="places 0 to 1"):
        column_place(5, [["x", "y"]], 2)


def test_an_abbreviated_heading_names_a_question_only_if_one_begins_so():
    assert question_for(ASKED, "", "Which one..").id == "one"
    assert question_for(ASKED, "", "Which two..") is None
    assert question_for(ASKED, "", "Rat..") is None


def test_words_beside_a_choice_that_has_no_open_option_are_told():
    got = wave(Column("one", "", ["a", "b"], shown(2), written=["gas", None], other="Other"))
    told = next(r for r in got.remarks if r.code == "texts_unplaced")
    assert told.grave
    assert "'gas'" in str(told)
