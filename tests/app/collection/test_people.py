"""The list of people to invite: every fault with its row and column, or every person."""

import pytest
from openpyxl import Workbook

from app.collection.listfile import ListError
from app.collection.people import read_counts, read_people
from app.commands.faults import UserError
from survey import SurveyError
from survey.collection.invitations import Person


@pytest.fixture
def listed(tmp_path):
    def write(text, name="people.csv", encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return file

    return write


def faults(file, groups, already=None):
    with pytest.raises(ListError) as caught:
        read_people(file, groups, already)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "group,name,email\nmanagers,Anna,anna@example.org\nacademics,Boris,\n",
        "E-mail;Full name;Group\nanna@example.org;Anna;Managers of enterprises\n;Boris;ACADEMICS\n",
        "ФИО\tГруппа\tЭл. почта\nAnna\tруководители предприятий\tanna@example.org\nBoris\tученые\t\n",
    ],
)
def test_columns_come_in_any_order_headed_in_either_language(listed, groups, text):
    assert read_people(listed(text), groups) == (
        ("managers", Person("Anna", "anna@example.org")),
        ("academics", Person("Boris", "")),
    )


def test_a_list_in_a_russian_code_page_is_read(listed, groups):
    file = listed("группа;имя\nучёные;Анна\n", encoding="cp1251")
    assert read_people(file, groups) == (("academics", Person("Анна")),)


def test_a_workbook_is_read(tmp_path, groups):
    book = Workbook()
    book.active.append(["Группа", "Почта"])
    book.active.append(["academics", "anna@example.org"])
    book.save(tmp_path / "people.xlsx")
    assert read_people(tmp_path / "people.xlsx", groups) == (
        ("academics", Person("", "anna@example.org")),
    )


def test_rows_of_a_workbook_are_told_as_it_numbers_them(tmp_path, groups):
    book = Workbook()
    book.active["A1"] = "group"
    book.active["A2"] = "academics"
    book.active["A5"] = "bakers"
    book.save(tmp_path / "people.xlsx")
    (told,) = faults(tmp_path / "people.xlsx", groups)
    assert told.startswith("people.xlsx, row 5, group: found bakers")


def test_one_group_needs_no_column(listed, groups):
    one = {"academics": groups["academics"]}
    assert read_people(listed("email\nanna@example.org\n"), one)[0][0] == "academics"


def test_every_fault_is_told_with_its_row_as_a_spreadsheet_shows_it(listed, groups):
    text = (
        "group,name,email\n"
        "managers,Anna,anna@example.org\n"
        "\n"
        "academic,Boris,boris@@example.org\n"
        "academics,,Anna@Example.org\n"
        ",Vera,vera@example.org\n"
    )
    assert faults(listed(text), groups) == [
        "people.csv, row 4, column group: found academic; expected one of managers, academics; the nearest is academics",
        "people.csv, row 4, column email: found boris@@example.org; expected one address such as name@example.org",
        "people.csv, row 5, column email: found Anna@Example.org, as in row 2; expected each address once",
        "people.csv, row 6, column group: found nothing; expected one of managers, academics",
    ]


def test_who_is_invited_already_is_named_with_the_number(listed, groups):
    file = listed("group,email\nmanagers,Anna@example.org\n")
    assert faults(file, groups, {"anna@example.org": 7}) == [
        "people.csv, row 2, column email: found Anna@example.org, which has the invitation number 7; expected people not yet invited"
    ]


def test_an_unknown_column_is_not_passed_over(listed, groups):
    found = faults(listed("group,name,emial\nmanagers,Anna,anna@example.org\n"), groups)
    assert found == [
        "people.csv, row 1: found a column headed emial; expected one of group, name, email; the nearest is email"
    ]


def test_two_columns_of_one_meaning_are_a_fault(listed, groups):
    found = faults(listed("group,email,E-Mail\nmanagers,a@example.org,b@example.org\n"), groups)
    assert "a second column of this meaning" in found[0]


def test_a_line_break_in_a_name_is_a_fault(listed, groups):
    found = faults(listed('group,name\nmanagers,"Anna\nBcc: all"\n'), groups)
    assert found[0].startswith("people.csv, row 2, column name: found a line break")


def test_a_list_without_groups_is_a_fault_where_there_are_several(listed, groups):
    assert "no column of the groups" in faults(listed("email\na@example.org\n"), groups)[0]


def test_headings_alone_are_a_fault(listed, groups):
    assert "no rows below the headings" in faults(listed("group,email\n,\n"), groups)[0]


def test_a_picture_is_no_list(tmp_path, groups):
    file = tmp_path / "people.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with pytest.raises(SurveyError):
        read_people(file, groups)


def test_counts_make_people_without_names(groups):
    assert read_counts(["managers=2", "учёные=1"], groups) == (
        ("managers", Person()),
        ("managers", Person()),
        ("academics", Person()),
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["managers"], "a group and a whole number"),
        (["managers=0"], "a group and a whole number"),
        (["managers=1.5"], "a group and a whole number"),
        (["managers=-3"], "a group and a whole number"),
        (["bakers=3"], "names the group bakers; expected one of managers, academics"),
        (["managers=1", "managers=2"], "names the group managers twice"),
        (["managers=100001"], "expected a whole number of 100000 or less"),
    ],
)
def test_a_wrong_count_is_refused(groups, given, told):
    with pytest.raises(UserError, match=told):
        read_counts(given, groups)
