"""Bytes to cells: whatever the tool, the spreadsheet or the system did to the file on its way."""

import random
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.formats.formulas import mask_formula, restore_formula
from survey.formats.sheets import read_sheet
from survey.formats.text import sniff

TABLE = "id,Почему?\r\n1,дорого\r\n2,опасно\r\n"


def codes(sheet):
    return [r.code for r in sheet.remarks]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(written):
    sheet = read_sheet(written(b"\xef\xbb\xbf" + TABLE.encode()))
    assert sheet.headings == ("id", "Почему?")
    assert sheet.rows[2] == ("2", "опасно")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(written, encoding):
    assert read_sheet(written(TABLE, encoding=encoding)).rows[1] == ("1", "дорого")


def test_cyrillic_in_one_byte_a_letter_is_read_as_cp1251_and_said(written):
    sheet = read_sheet(written(TABLE, encoding="cp1251"))
    assert sheet.rows[1] == ("1", "дорого")
    assert (sheet.encoding, codes(sheet)) == ("cp1251", ["encoding_guessed"])


def test_lone_accented_letters_are_read_as_western(written):
    sheet = read_sheet(written("id,ville\n1,Orléans\n2,Mâcon\n", encoding="cp1252"))
    assert sheet.rows[1] == ("1", "Orléans")


def test_the_analyst_s_encoding_goes_before_the_guess(written):
    sheet = read_sheet(written(TABLE, encoding="cp866"), encoding="cp866")
    assert sheet.rows[1] == ("1", "дорого")
    with pytest.raises(SurveyError, match="not text in the encoding utf-8"):
        read_sheet(written(TABLE, encoding="cp866"), encoding="utf-8")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_each_delimiter_is_found_although_cells_hold_the_others(written, sign):
    line = sign.join(['"a,b;c"', '"d;e,f"', "g"])
    sheet = read_sheet(written("\n".join([sign.join("xyz"), line, line]) + "\n"))
    assert sheet.delimiter == sign
    assert sheet.rows[1] == ("a,b;c", "d;e,f", "g")


def test_options_joined_by_semicolons_do_not_make_them_the_delimiter():
    rows = ["when,what,how", "1,a;b;c,x;y", "2,a,x", "3,a;b,y;z"]
    assert sniff("\n".join(rows)) == ","


def test_one_column_has_no_delimiter(written):
    assert read_sheet(written("answer\nyes\nno\n")).rows == (("answer",), ("yes",), ("no",))


def test_the_first_line_of_excel_that_names_the_delimiter_is_no_heading(written):
    sheet = read_sheet(written("sep=;\r\na;b\r\n1,5;2\r\n"))
    assert sheet.rows == (("a", "b"), ("1,5", "2"))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends_of_every_system_and_breaks_within_headings(written, end):
    sheet = read_sheet(written(f'id,"What do you{end}use?"{end}1,"a{end}b"{end}{end}'))
    assert [len(row) for row in sheet.rows] == [2, 2]
    assert sheet.headings[1].split() == ["What", "do", "you", "use?"]


def test_blank_lines_at_the_end_are_no_respondents(written):
    assert len(read_sheet(written("a,b\r\n1,2\r\n\r\n,\r\n \r\n")).rows) == 2


def test_a_row_without_answers_amid_others_is_a_respondent(written):
    assert len(read_sheet(written("a,b\n1,\n,\n,1\n")).rows) == 4


def test_a_comma_at_the_end_of_each_line_makes_no_column(written):
    sheet = read_sheet(written("a,b\n1,2,\n3,4,\n"))
    assert sheet.width == 2
    assert not sheet.remarks


def test_short_and_long_rows_are_told_with_their_numbers(written):
    sheet = read_sheet(written("a,b,c\n1,2,3\n1,2\n1,2,3,4\n"))
    assert sheet.rows[2] == ("1", "2", "", "")
    assert sheet.rows[3] == ("1", "2", "3", "4")
    said = {r.code: str(r) for r in sheet.remarks}
    assert "(rows 4)" in said["rows_longer"]
    assert "(rows 3)" in said["rows_shorter"]
    assert all(r.grave for r in sheet.remarks)


def test_quotes_within_a_cell_are_read_as_text_and_told(written):
    sheet = read_sheet(written('a,b\n"x"y,1\n"z",2\n'))
    assert sheet.rows[2] == ("z", "2")
    assert codes(sheet) == ["quotes_odd"]


def test_a_quote_left_open_is_refused(written):
    with pytest.raises(SurveyError, match="not closed"):
        read_sheet(written('a,b\n"x,1\n2,3\n'))


def test_headings_and_cells_that_were_kept_from_running_are_restored(written):
    sheet = read_sheet(written("id,'=a\n1,'+7 900\n2,'-\n3,'tis\n4,''=b\n"))
    assert sheet.headings[1] == "=a"
    assert [row[1] for row in sheet.rows[1:]] == ["+7 900", "-", "'tis", "'=b"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="'=+-@\t\ra ", max_size=6))
def test_masking_a_formula_is_undone_exactly_and_leaves_nothing_to_run(text):
    masked = mask_formula(text)
    assert restore_formula(masked) == text
    assert not masked.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_twenty_megabytes_of_garbage_are_refused_in_little_time_and_memory(written):
    path = written(random.Random(1).randbytes(20_000_000))
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(SurveyError, match="is no text"):
        read_sheet(path)
    assert time.process_time() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 100e6
    tracemalloc.stop()


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("cell", ["", "q", '"a b"'])
def test_a_million_columns_are_refused_in_little_time_and_memory(written, cell, whole):
    path = written(",".join([cell] * 1_000_000) + "\n" + ",".join(["1"] * 1_000_000) + "\n")
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(SurveyError, match="at most 16384 are expected"):
        read_sheet(path, whole=whole)
    assert time.process_time() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 100e6
    tracemalloc.stop()


def test_text_of_one_endless_line_is_refused(written):
    with pytest.raises(SurveyError, match="is no text"):
        read_sheet(written("x" * 3_000_000))


@pytest.mark.parametrize("content", ["", "\n\n", " , \n"])
def test_an_empty_file_is_refused(written, content):
    with pytest.raises(SurveyError, match="is empty"):
        read_sheet(written(content))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(SurveyError, match="cannot be opened"):
        read_sheet(tmp_path / "nothing.csv")


def test_the_head_of_a_long_file_ends_with_a_whole_row(written):
    path = written("a,b\n" + "".join(f'{k},"я, {k}"\n' for k in range(60_000)))
    head = read_sheet(path, whole=False)
    assert len(head.rows) == 200
    assert not head.whole
    assert head.rows[-1] == ("198", "я, 198")
