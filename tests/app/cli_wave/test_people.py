"""konsilium wave invite, status, remind, revoke: who is asked, and who has answered."""

import re
import stat

import pytest

from tests.wave_commands import PEOPLE, URL, answer, rows_of, shown


def test_invited_people_get_a_sheet_a_workbook_and_cards(made, invited, tmp_path):
    rows = invited(made())
    assert [row["name"] for row in rows] == [f"Person {k}" for k in range(1, 7)]
    assert len({row["link"] for row in rows}) == 6
    names = {file.name for file in (tmp_path / "links").iterdir()}
    assert names == {"links.csv", "links.xlsx", "cards.html"}
    modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "links").iterdir()}
    assert modes == {0o600}
    assert "№ 6" in (tmp_path / "links" / "cards.html").read_text(encoding="utf-8")


def test_no_token_is_in_the_store(made, invited, home):
    rows = invited(made())
    kept = b"".join(file.read_bytes() for file in home.iterdir() if file.is_file())
    for row in rows:
        assert row["link"].rpartition("/")[2].encode() not in kept
        assert row["email"].encode() not in kept


def test_a_faulty_list_invites_nobody_and_writes_nothing(wave, made, tmp_path):
    wave_id = made()
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE + "bakers,Last,p1@example.org\n", encoding="utf-8")
    status, _, refused = wave(
        "invite", wave_id, "--people", file, "--url", URL, "--out", tmp_path / "links"
    )
    assert status == 2
    assert [line.partition(":")[0] for line in refused.splitlines()] == [
        "people.csv, row 8, column group",
        "people.csv, row 8, column email",
    ]
    assert not (tmp_path / "links").exists()
    assert shown(wave("show", wave_id)[1], "Invited") == "0"


def test_who_is_invited_already_is_not_invited_again(wave, made, invited, tmp_path):
    wave_id = made()
    invited(wave_id)
    status, _, refused = wave(
        *("invite", wave_id, "--people", tmp_path / "people.csv"),
        *("--url", URL, "--out", tmp_path / "more"),
    )
    assert status == 2
    assert "which has the invitation number 1" in refused
    assert not (tmp_path / "more").exists()


def test_links_are_not_written_over_other_links(wave, made, invited, tmp_path):
    wave_id = made()
    before = invited(wave_id)
    status, _, refused = wave(
        "invite", wave_id, "--count", "residents=5", "--url", URL, "--out", tmp_path / "links"
    )
    assert status == 2
    assert "is not overwritten" in refused
    assert rows_of(tmp_path / "links" / "links.csv") == before
    assert shown(wave("show", wave_id)[1], "Invited") == "6"


def test_links_that_could_not_be_written_are_revoked(wave, made, monkeypatch, tmp_path):
    wave_id = made()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.collection.files.os.fsync", full)
    status, _, refused = wave(
        "invite", wave_id, "--count", "residents=5", "--url", URL, "--out", tmp_path / "links"
    )
    assert status == 2
    assert "No space left on device" in refused
    assert list((tmp_path / "links").iterdir()) == []
    assert shown(wave("show", wave_id)[1], "Invited") == "0"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--count", "residents=5", "--url", "http://survey.example.org"), "https is expected"),
        (("--url", URL), "either by --people FILE or by --count GROUP=N"),
        (("--count", "bakers=5", "--url", URL), "names the group bakers"),
        (("--count", "residents=5", "--url", URL, "--respondents", "de"), "expected ru, en, both"),
        (("--count", "residents=5", "--url", URL, "--expires", "2020-01-01"), "links expire on"),
    ],
)
def test_a_wrong_invitation_is_refused(wave, made, options, told, tmp_path):
    status, _, refused = wave("invite", made(), *options, "--out", tmp_path / "links")
    assert status == 2
    assert told in refused
    assert not any((tmp_path / "links").glob("*"))


def test_a_link_for_looking_opens_a_draft_and_is_not_counted(wave, made):
    wave_id = made()
    _, told, _ = wave("preview", wave_id, "--url", URL)
    link = told.splitlines()[0]
    assert link.startswith(f"{URL}/i/")
    answer({"link": link})
    assert re.search(r"^ producers +0 +0 +0", wave("status", wave_id)[1], re.MULTILINE)


def test_status_counts_by_group_what_was_begun_and_submitted(wave, made, invited):
    wave_id = made("--quota", "producers=5")
    rows = invited(wave_id)
    assert wave("open", wave_id)[0] == 0
    answer(rows[0])
    answer(rows[1], submitted=False)
    _, told, _ = wave("status", wave_id)
    assert re.search(r"^ producers +6 +1 +1 +5 +17.% *$", told, re.MULTILINE)
    assert re.search(r"^ All +6 +1 +1 ", told, re.MULTILINE)


def test_the_list_of_reminders_says_that_some_of_it_have_answered(wave, made, invited, tmp_path):
    wave_id = made()
    rows = invited(wave_id)
    wave("open", wave_id)
    answer(rows[0])
    sheet, rest = tmp_path / "links" / "links.csv", tmp_path / "rest.csv"
    status, told, _ = wave("remind", wave_id, "--sheet", sheet, "--out", rest)
    assert status == 0
    assert "up to 4 people of each group on this list may have answered already" in told
    assert len(rows_of(rest)) == 6
    assert stat.S_IMODE(rest.stat().st_mode) == 0o600


def test_in_the_named_mode_who_has_answered_is_not_reminded(wave, made, invited, tmp_path):
    wave_id = made("--named")
    rows = invited(wave_id)
    wave("open", wave_id)
    answer(rows[2])
    rest = tmp_path / "rest.csv"
    sheet = tmp_path / "links" / "links.xlsx"
    _, told, _ = wave("remind", wave_id, "--sheet", sheet, "--out", rest)
    assert "may have answered" not in told
    assert [row["number"] for row in rows_of(rest)] == ["1", "2", "4", "5", "6"]


def test_reminders_cannot_be_written_without_the_links(wave, made, tmp_path):
    status, _, refused = wave("remind", made(), "--out", tmp_path / "rest.csv")
    assert status == 2
    assert "the store knows no links" in refused


def test_a_revoked_link_does_not_open(wave, made, invited):
    wave_id = made()
    rows = invited(wave_id)
    wave("open", wave_id)
    assert wave("revoke", wave_id, 2, 3)[0] == 2  # nobody can be asked
    assert wave("revoke", wave_id, 2, 99, "--yes")[0] == 2
    answer(rows[1], submitted=False)
    assert wave("revoke", wave_id, 2, "--yes")[0] == 0
    with pytest.raises(ValueError, match="link"):
        answer(rows[1])
