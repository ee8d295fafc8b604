"""Workbooks: cells as text, and files made to harm."""

import datetime as dt
import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from survey import SurveyError
from survey.formats.sheets import read_sheet
from survey.formats.workbook import sheet_names


@pytest.fixture
def workbook(tmp_path):
    def write(rows, name="book.xlsx", **more):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for title, cells in more.items():
            sheet = book.create_sheet(title)
            for row in cells:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def add(path, name, content, *, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "a", compression) as archive:
        archive.writestr(name, content)
    return path


def test_cells_of_every_kind_become_text(workbook):
    when = dt.datetime(2025, 3, 20, 15, 18, 9)  # noqa: DTZ001 - workbooks know no zones
    path = workbook([["when", "n", "x", "b", "t"], [when, 3.0, 2.5, True, "'=да"], [None, 4]])
    sheet = read_sheet(path)
    assert sheet.rows[1] == ("2025-03-20 15:18:09", "3", "2.5", "TRUE", "=да")
    assert sheet.rows[2] == ("", "4", "", "", "")
    assert (sheet.encoding, sheet.remarks) == ("xlsx", ())


def test_a_sheet_is_chosen_by_name(workbook):
    path = workbook([["a"]], repeats=[["b"], [1]])
    assert sheet_names(path) == ("Sheet", "repeats")
    assert read_sheet(path, sheet="repeats").rows == (("b",), ("1",))
    assert "the first, Sheet, was read" in str(read_sheet(path).remarks[0])
    with pytest.raises(SurveyError, match="has no sheet other; it has Sheet, repeats"):
        read_sheet(path, sheet="other")


def test_the_head_of_a_workbook_is_its_first_rows(workbook):
    assert len(read_sheet(workbook([[k] for k in range(500)]), whole=False).rows) == 200


def test_links_to_other_files_are_refused(workbook):
    path = add(workbook([["a"]]), "xl/externalLinks/externalLink1.xml", "<externalLink/>")
    with pytest.raises(SurveyError, match="external links"):
        read_sheet(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(workbook):
    path = add(workbook([["a"]]), "xl/worksheets/sheet9.xml", b"0" * 60_000_000)
    began = time.process_time()
    with pytest.raises(SurveyError, match="as in a zip bomb"):
        read_sheet(path)
    assert time.process_time() - began < 1


def test_an_archive_that_unpacks_to_gigabytes_is_refused(workbook, monkeypatch):
    monkeypatch.setattr("survey.formats.archives.MOST_UNPACKED", 1000)
    with pytest.raises(SurveyError, match="at most 1000 are expected"):
        read_sheet(workbook([["a"]]))


def test_an_archive_of_thousands_of_files_is_refused(tmp_path):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(2001):
            archive.writestr(f"{k}", "")
    with pytest.raises(SurveyError, match="an archive of 2001 files"):
        read_sheet(path)


def test_a_workbook_cut_in_half_is_refused(workbook):
    path = workbook([["a"] * 50] * 50)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SurveyError, match="damaged or cut short"):
        read_sheet(path)


def test_a_workbook_whose_sheet_is_not_xml_is_refused(workbook):
    path = workbook([["a"]])
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            sheet = name.startswith("xl/worksheets")
            new.writestr(name, "<worksheet" if sheet else old.read(name))
    path.write_bytes(made.getvalue())
    with pytest.raises(SurveyError, match="damaged or cut short"):
        read_sheet(path)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SurveyError, match="damaged or cut short"):
        read_sheet(path)


def test_an_old_workbook_is_named_as_such(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(SurveyError, match=r"old \.xls kind"):
        read_sheet(path)


def test_an_empty_workbook_is_refused(workbook):
    with pytest.raises(SurveyError, match="is empty"):
        read_sheet(workbook([]))


def test_a_row_that_calls_itself_the_two_billionth_is_refused_in_bounded_time(
    workbook, monkeypatch
):
    monkeypatch.setattr("survey.formats.workbook.MOST_ROWS", 1000)
    path = workbook([["a"]])
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            far = name.startswith("xl/worksheets")
            new.writestr(
                name,
                text.replace(b'r="1"', b'r="2000000000"').replace(b'r="A1"', b"") if far else text,
            )
    path.write_bytes(made.getvalue())
    began = time.process_time()
    with pytest.raises(SurveyError, match="more than 1000 rows"):
        read_sheet(path)
    assert time.process_time() - began < 1


def test_a_workbook_whose_xml_defines_entities_is_refused(workbook):
    harmful = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'
    with pytest.raises(SurveyError, match="defines entities of its own"):
        read_sheet(add(workbook([["a"]]), "xl/more.xml", harmful))
