"""Link sheets: what is written can be read back, by its owner only."""

import csv
import io
import stat
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from app.collection.listfile import ListError
from app.collection.sheets import (
    csv_sheet,
    in_blocks,
    read_sheet_of_links,
    rows_of,
    write_sheet,
    xlsx_sheet,
)
from app.commands.faults import UserError
from app.i18n import language
from survey.collection.invitations import Link, Person
from survey.collection.tokens import new_token, read_token


@pytest.mark.parametrize("name", ["links.csv", "links.xlsx"])
@pytest.mark.parametrize("code", ["en", "ru"])
def test_a_sheet_is_read_back_as_it_was_written(tmp_path, link_rows, name, code):
    rows = link_rows()
    write_sheet(tmp_path / name, rows, language(code))
    assert read_sheet_of_links(tmp_path / name) == rows


@pytest.mark.parametrize("name", ["links.csv", "links.xlsx"])
def test_a_sheet_is_for_its_owner_only_and_never_over_another_file(
    tmp_path, link_rows, english, name
):
    file = tmp_path / name
    write_sheet(file, link_rows(), english)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(UserError, match="is not overwritten"):
        write_sheet(file, link_rows(), english)
    assert file.read_bytes() == before


def test_no_sheet_is_written_through_a_link_to_another_file(tmp_path, link_rows, english):
    target = tmp_path / "elsewhere"
    (tmp_path / "links.csv").symlink_to(target)
    with pytest.raises(UserError):
        write_sheet(tmp_path / "links.csv", link_rows(), english)
    assert not target.exists()


def test_the_text_file_opens_in_a_spreadsheet_and_runs_nothing(link_rows, english):
    content = csv_sheet(link_rows(), english)
    assert content.startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert cells[0] == ["number", "group", "name", "email", "link"]
    assert cells[1][2] == "'=cmd|'/c calc'!A1"


def test_the_workbook_holds_links_as_text_and_is_wide_enough(link_rows, english):
    sheet = load_workbook(io.BytesIO(xlsx_sheet(link_rows(), english))).active
    assert [cell.data_type for cell in sheet[2]] == ["n", "s", "s", "s", "s"]
    assert sheet["E2"].hyperlink is None
    assert sheet["E2"].value.startswith("https://survey.example.org/i/")
    assert sheet.column_dimensions["E"].width >= len(sheet["E2"].value)


def test_rows_say_the_group_by_its_title(groups):
    token = new_token()
    link = Link(token, 4, "academics", Person("Anna", "anna@example.org"))
    (row,) = rows_of([link], groups, "https://survey.example.org", language("ru"))
    assert (row.number, row.group, row.name) == (4, "учёные", "Anna")
    assert row.link == f"https://survey.example.org/i/{token}"
    assert row.token == token


def test_a_token_in_blocks_is_the_same_token(link_rows):
    token = new_token()
    blocks = in_blocks(token)
    assert read_token(blocks.upper()) == token
    assert {len(block) for block in blocks.split("-")} <= {5, 6}


def test_an_address_is_shown_on_paper_as_people_know_it(link_rows):
    (row,) = link_rows(1, url="https://xn--n1aaceg.xn--p1ai")
    assert row.parts_for_paper[0] == "https://опрос.рф/i/"


def test_a_sheet_sorted_and_cut_by_a_spreadsheet_is_read(tmp_path, link_rows):
    first, second, third = link_rows()
    book = Workbook()
    book.active.append(["ссылка", "номер"])
    for row in (third, first):
        book.active.append([row.link, row.number])
    book.save(tmp_path / "some.xlsx")
    read = read_sheet_of_links(tmp_path / "some.xlsx")
    assert [(row.number, row.link) for row in read] == [(3, third.link), (1, first.link)]
    assert second.number == 2


def faults(tmp_path, rows, english):
    file = tmp_path / "links.csv"
    file.write_bytes(csv_sheet(rows, english))
    with pytest.raises(ListError) as caught:
        read_sheet_of_links(file)
    return [str(fault) for fault in caught.value.faults]


def test_what_is_no_link_is_a_fault_and_is_not_shown(tmp_path, link_rows, english):
    first, second, third = link_rows()
    broken = replace(second, link=second.link[:-3])
    (told,) = faults(tmp_path, [first, broken, third], english)
    assert told.startswith("links.csv, row 3, column link: found a text that is no link")
    assert broken.token not in told


def test_one_link_for_two_people_is_a_fault(tmp_path, link_rows, english):
    first, second, _ = link_rows()
    (told,) = faults(tmp_path, [first, replace(second, link=first.link)], english)
    assert "the same link as in row 2" in told


def test_a_table_of_something_else_is_no_sheet_of_links(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("name,email\nAnna,anna@example.org\n", encoding="utf-8")
    with pytest.raises(ListError) as caught:
        read_sheet_of_links(file)
    assert [str(f.found) for f in caught.value.faults] == ["no column number", "no column link"]
