from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from survey import Dataset, Questionnaire, SurveyError
from survey.formats.base import Request
from survey.formats.bulk import read_bulk
from survey.formats.detect import detect, read_answers

ASKED = Questionnaire.from_yaml(
    """
format_version: 1
id: council
title: {en: Council, ru: Совет}
questions:
  - {id: why, kind: multiple, text: {en: Why, ru: Почему}, options: [
      {id: "1", text: {en: Cost, ru: Цена}}, {id: "2", text: {en: "Speed, quality", ru: Скорость}},
      {id: "3", text: {en: Other, ru: Другое}}]}
  - {id: rate, kind: rating, text: {en: Rate, ru: Оцените}, options: [
      {id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}}]}
  - {id: order, kind: ranking, text: {en: Order, ru: Порядок}, options: [
      {id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}},
      {id: z, text: {en: Z, ru: Зет}}]}
"""
)


def table(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def codes(wave: Dataset) -> set[str]:
    return {told.code for told in wave.remarks}


def test_ones_zeros_and_nothing_are_the_three_states(tmp_path: Path) -> None:
    path = table(tmp_path, "id,q_a,q_b", "7,1,0", "8,,", "9,1,1")
    assert detect(path).format == "table"
    wave = read_answers(path)
    assert wave.choice("q").cells.tolist() == [[1, 0], [-1, -1], [1, 1]]
    assert wave.respondents == ("7", "8", "9")
    assert "not_shown_lost" not in codes(wave)


@pytest.mark.parametrize(
    ("yes", "no"), [("Y", "N"), ("да", "нет"), ("TRUE", "FALSE"), ("Yes", "No"), ("+", "-")]
)
def test_yes_and_no_are_known_in_both_languages(tmp_path: Path, yes: str, no: str) -> None:
    wave = read_answers(table(tmp_path, "q: a;q: b", f"{yes};{no}", ";", f"{no};{no}"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [-1, -1], [0, 0]]


def test_not_shown_may_be_written(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "q [a],q [b]", "yes,no", "n/a,n/a"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [-1, -1]]


@pytest.mark.parametrize("mark", ["x", "Х", "✓", "1", "yes"])
def test_a_mark_or_nothing_loses_a_state_and_says_so(tmp_path: Path, mark: str) -> None:
    wave = read_answers(table(tmp_path, "q.a,q.b", f"{mark},", f",{mark}", ","))
    # The last line holds nothing at all: it is a blank one at the end of the file.
    assert wave.choice("q").cells.tolist() == [[1, 0], [0, 1]]
    assert "not_shown_lost" in codes(wave)


def test_the_analyst_may_say_what_was_written_for_yes(tmp_path: Path) -> None:
    path = table(tmp_path, "q_a,q_b", "2,1", "1,1")
    wave = read_answers(path, request=Request(yes="2", no="1"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [0, 0]]


def test_labels_or_nothing_are_options(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "q_1,q_2", "Cost,Speed", ",Speed", "Cost,"))
    assert wave.choice("q").cells.tolist() == [[1, 1], [0, 1], [1, 0]]
    assert [o.text.en for o in wave.questionnaire.choice("q").options] == ["Cost", "Speed"]


def test_own_codes_or_nothing_are_options(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "why_1,why_2,why_3", "1,2,", ",,3", "1,,"),
                        request=Request(ASKED))  # fmt: skip
    assert wave.choice("why").cells.tolist() == [[1, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert "coding_own" in codes(wave)


def test_own_codes_or_zero_keep_the_third_state(tmp_path: Path) -> None:
    path = table(tmp_path, "n,why_1,why_2,why_3", "5,1,2,0", "6,,,", "7,0,0,3")
    wave = read_answers(path, request=Request(ASKED))
    assert wave.choice("why").cells.tolist() == [[1, 1, 0], [-1, -1, -1], [0, 0, 1]]


def test_chosen_codes_in_order_are_found_by_the_empty_places_after_them(tmp_path: Path) -> None:
    path = table(tmp_path, "why_1,why_2,why_3", "2,1,", "3,,", "1,3,2", "2,3,")
    for asked in (ASKED, None):
        wave = read_answers(path, request=Request(asked))
        assert wave.choice("why").cells.tolist() == [[1, 1, 0], [0, 0, 1], [1, 1, 1], [0, 1, 1]]
        assert "coding_ordered" in codes(wave)


def test_options_in_order_are_a_ranking_where_one_was_asked(tmp_path: Path) -> None:
    path = table(tmp_path, "order_1,order_2,order_3", "y,x,", "z,y,x")
    ranks = read_answers(path, request=Request(ASKED)).numbers("order")
    np.testing.assert_array_equal(ranks.values, [[2, 1, np.nan], [3, 2, 1]])


def test_ranks_by_option_stay_ranks(tmp_path: Path) -> None:
    path = table(tmp_path, "order_x,order_y,order_z", "2,1,", "3,2,1")
    ranks = read_answers(path, request=Request(ASKED)).numbers("order")
    np.testing.assert_array_equal(ranks.values, [[2, 1, np.nan], [3, 2, 1]])


def test_ratings_of_ones_and_zeros_are_no_choice_where_ratings_were_asked(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "rate_a,rate_b", "1,1", "1,"), request=Request(ASKED))
    np.testing.assert_array_equal(wave.numbers("rate").values, [[1, 1], [1, np.nan]])


def test_ratings_are_recognised_by_their_headings(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "r_a,r_b", "5,3", "4,3", "1,2"))
    assert wave.numbers("r").values.tolist() == [[5, 3], [4, 3], [1, 2]]


def test_the_analyst_may_say_which_columns_are_a_question(tmp_path: Path) -> None:
    path = table(tmp_path, "цена,скорость,иное,ещё", "1,0,0,5", "0,1,1,6")
    request = Request(columns={"why": ["цена", "скорость", 2]})
    wave = read_answers(path, request=request)
    assert wave.choice("why").cells.tolist() == [[1, 0, 0], [0, 1, 1]]


def test_a_column_that_was_named_and_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    path = table(tmp_path, "a,b", "1,0")
    with pytest.raises(SurveyError, match="has no column c"):
        read_answers(path, request=Request(columns={"why": ["a", "c"]}))


def test_joined_cells_are_matched_to_the_options_that_are_known(tmp_path: Path) -> None:
    path = table(tmp_path, "why,n", '"Cost, Speed, quality",1', '"Speed, quality",2', '"Cost",3')
    wave = read_answers(path, request=Request(ASKED))
    assert wave.choice("why").cells.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]


def test_few_parts_in_many_cells_are_joined_options(tmp_path: Path) -> None:
    lines = ["a; b", "a", "b; c", "c; a", "b", "a; b; c", "c"]
    wave = read_answers(table(tmp_path, "id,q", *(f"{k},{x}" for k, x in enumerate(lines))))
    chosen = wave.choice("q")
    assert dict(zip(chosen.options, chosen.cells.sum(axis=0).tolist(), strict=True)) == {
        "a": 4, "b": 4, "c": 4,
    }  # fmt: skip


def test_columns_of_nothing_are_no_choice(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "n,why_1,why_2", "1,,", "2,,"), format="table")
    assert {q.id: q.kind for q in wave.questionnaire.questions}["n"] == "number"
    assert not wave.questionnaire.choices


def test_prose_is_not_taken_apart(tmp_path: Path) -> None:
    lines = ["Costs; and more of it", "Nothing, really", "Too slow; too dear", "No idea"]
    wave = read_answers(table(tmp_path, "id,q", *(f'{k},"{x}"' for k, x in enumerate(lines))))
    assert wave.questionnaire.question("q").kind == "text"


def test_a_heading_that_stands_twice_begins_another_question(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "q_a,q_b,q_a,q_b", "1,0,0,0", "0,1,1,1"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [0, 1]]
    assert wave.choice("q_2").cells.tolist() == [[0, 0], [1, 1]]


def test_a_missing_row_of_headings_is_noticed(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "1,0,1", "0,0,1", "1,1,0"))
    assert len(wave.respondents) == 3
    assert "headings_missing" in codes(wave)


def test_a_column_of_the_group_gives_the_groups(tmp_path: Path) -> None:
    path = table(tmp_path, "q_a,q_b,who", "1,0,власть", "0,1,бизнес", "1,1,власть")
    wave = read_answers(path, request=Request(group_column="who"))
    assert wave.groups == ("власть", "бизнес")
    assert wave.choice("q").to_counts().counts.tolist() == [[2, 0], [1, 1]]


def test_masked_formulas_are_restored_and_numbers_stay(tmp_path: Path) -> None:
    wave = read_answers(table(tmp_path, "n,words", "-5,'=1+1", "3,'@home", "4,'tis"))
    assert wave.numbers("n").values[:, 0].tolist() == [-5, 3, 4]
    assert wave.responses["words"].values == ("=1+1", "@home", "'tis")


BULKY = ("id,group,q_a,q_b,n", "r1,власть,1,0,17", "r2,,,1,-4", "r3,власть,0,,5.5")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_large_table_is_read_as_a_small_one_is(tmp_path: Path, end: str, bom: str) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes((bom + end.join(BULKY)).encode())
    bulk = read_bulk(path, encoding=None, delimiter=None, least=0)
    assert bulk is not None
    assert bulk.headings == ("id", "group", "q_a", "q_b", "n")
    rows = list(zip(*(column.cells for column in bulk.columns), strict=True))
    assert [",".join(row) for row in rows] == list(BULKY[1:])


def test_blank_rows_at_the_end_of_a_large_table_are_no_respondents(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("a,b\n1,0\n,\n1,1\n,\n,\n\n", encoding="utf-8")
    bulk = read_bulk(path, encoding=None, delimiter=None, least=0)
    assert bulk is not None
    assert [column.cells for column in bulk.columns] == [["1", "", "1"], ["0", "", "1"]]


@pytest.mark.parametrize(
    "odd", ['a,b\n"1",0\n', "a,b\n1,0,1\n0,1,1\n1\n", "a,b\n1\n0,1,1\n", "a,b\n" + "x" * 99 + ",1\n",
            "a\n1\n", "a,b\n\0,1\n", "a,b\n"]
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_careful_reader(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(odd, encoding="utf-8")
    assert read_bulk(path, encoding=None, delimiter=None, least=0) is None


def test_bytes_that_are_not_utf8_are_left_to_the_careful_reader(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("a,b\nда,нет\n".encode("cp1251"))
    assert read_bulk(path, encoding=None, delimiter=None, least=0) is None


def test_bulk_and_careful_reading_give_the_same_answers(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    cells = rng.choice(["1", "0", ""], (40_000, 8))
    body = "\n".join(map(",".join, cells.tolist()))
    large, small = tmp_path / "large.csv", tmp_path / "small.csv"
    headings = "q_1,q_2,q_3,q_4,r_1,r_2,r_3,r_4"
    large.write_text(f"{headings}\n{body}\n", encoding="utf-8")
    quoted = headings.replace("q_1", '"q_1"')
    small.write_text(f"{quoted}\n{body}\n", encoding="utf-8")
    assert read_bulk(large, encoding=None, delimiter=None, least=0) is not None
    assert read_bulk(small, encoding=None, delimiter=None, least=0) is None
    one, other = read_answers(large, format="table"), read_answers(small, format="table")
    for question in ("q", "r"):
        assert (one.choice(question).cells == other.choice(question).cells).all()
