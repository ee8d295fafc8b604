"""konsilium wave mail, remind --send: letters shown, sent once, and refused."""

import socket

import pytest
from aiosmtpd.controller import Controller

from tests.wave_commands import CONTACT, answer


class Letters:
    """Takes letters, but none for the third person until it is allowed."""

    def __init__(self):
        self.taken, self.refuses = [], True

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuses and address.startswith("p3@"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def letters(monkeypatch):
    handler = Letters()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("KONSILIUM_SMTP_URL", f"smtp+plain://127.0.0.1:{port}?from=desk@example.org")
    yield handler
    controller.stop()


def test_letters_are_only_shown_unless_told_to_send(wave, made, invited, letters, tmp_path):
    wave_id = made()
    rows = invited(wave_id)
    wave("open", wave_id)
    status, told, _ = wave("mail", wave_id, "--sheet", tmp_path / "links" / "links.csv")
    assert status == 0
    assert letters.taken == []
    assert "To: p1@example.org" in told
    assert CONTACT in told
    assert "With --send 6 letters go out." in told
    assert not any(row["link"] in told for row in rows)
    for row in rows:
        assert row["email"] in told


def test_letters_are_sent_once_and_failures_again(wave, made, invited, letters, tmp_path):
    wave_id = made()
    rows = invited(wave_id)
    wave("open", wave_id)
    send = ("mail", wave_id, "--sheet", tmp_path / "links" / "links.csv", "--send", "--pause", 0)
    status, told, failed = wave(*send)
    assert status == 1
    assert "5 letters were taken by 127.0.0.1." in told
    assert "Number 3: not sent: the server refuses it: 550 no such user" in failed
    letters.refuses = False
    status, told, failed = wave(*send)
    assert (status, failed) == (0, "")
    assert "1 letter was taken" in told
    assert sorted(address for address, _ in letters.taken) == [row["email"] for row in rows]
    assert wave(*send)[1].endswith("0 letters were taken by 127.0.0.1.\n")


def test_reminders_go_once_a_day_to_who_has_not_answered(wave, made, invited, letters, tmp_path):
    letters.refuses = False
    wave_id = made("--named")
    rows = invited(wave_id)
    wave("open", wave_id)
    answer(rows[3])
    remind = (
        *("mail", wave_id, "--sheet", tmp_path / "links" / "links.csv"),
        *("--reminder", "--send", "--pause", 0),
    )
    assert wave(*remind)[0] == 0
    assert "p4@example.org" not in [address for address, _ in letters.taken]
    assert len(letters.taken) == 5
    assert wave(*remind)[0] == 0
    assert len(letters.taken) == 5


@pytest.mark.parametrize("pace", [("--per-connection", 0), ("--pause", -1), ("--pause", "nan")])
def test_a_pace_that_cannot_be_kept_is_refused(wave, made, pace):
    status, _, refused = wave("mail", made(), "--sheet", "links.csv", "--send", *pace)
    assert status == 2
    assert pace[0] in refused


def test_no_letter_leaves_before_the_wave_is_open(wave, made, invited, letters, tmp_path):
    wave_id = made()
    invited(wave_id)
    sheet = tmp_path / "links" / "links.csv"
    status, _, refused = wave("mail", wave_id, "--sheet", sheet, "--send")
    assert status == 2
    assert f"konsilium wave open {wave_id}" in refused
    assert letters.taken == []


def test_the_sheet_of_another_wave_is_refused(wave, made, invited, letters, tmp_path):
    mine, other = made(), made()
    invited(mine)
    invited(other, folder="other")
    wave("open", mine)
    sheet = tmp_path / "other" / "links.csv"
    status, _, refused = wave("mail", mine, "--sheet", sheet, "--send")
    assert status == 2
    assert "the link number 1, which is not of this wave" in refused
    assert letters.taken == []


def test_one_person_gets_one_letter(wave, made, invited, letters, tmp_path):
    wave_id = made()
    invited(wave_id)
    wave("open", wave_id)
    sheet = tmp_path / "links" / "links.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("p2@", "P1@"), encoding="utf-8")
    status, _, refused = wave("mail", wave_id, "--sheet", sheet, "--send")
    assert status == 2
    assert "the numbers 1 and 2 have the same address" in refused
    assert letters.taken == []
