"""konsilium wave: from a draft to the day on which names are erased, as an analyst types it."""

import csv
import io
import re
import socket
import stat
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from app.cli import main
from survey.collection import sessions
from survey.collection.access import enter
from survey.collection.reply import Reply
from survey.collection.store import Store
from survey.collection.waves import load_wave

CONTACT = "Survey desk, desk@example.org"
URL = "https://survey.example.org"
PEOPLE = "group,name,email\n" + "".join(
    f"producers,Person {k},p{k}@example.org\n" for k in range(1, 7)
)


def today():
    return datetime.now(UTC).date()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    for name in ("KONSILIUM_DATABASE_URL", "KONSILIUM_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path / "home"


@pytest.fixture
def wave(capsys):
    """Run one command of waves; its exit status, what it prints, and what it refuses with."""

    def run(*arguments, lang="en"):
        status = main(["wave", *map(str, arguments), "--lang", lang])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def made(wave):
    """Id of a new wave of the template."""

    def make(*options):
        status, told, refused = wave("create", "template", "--contact", CONTACT, *options)
        assert (status, refused) == (0, "")
        return re.search(r"The wave ([0-9a-f]+) is made", told)[1]

    return make


@pytest.fixture
def invited(wave, tmp_path):
    """Invite six people of one group; the rows of their sheet."""

    def invite(wave_id, folder="links", people=PEOPLE):
        file = tmp_path / "people.csv"
        file.write_text(people, encoding="utf-8")
        status, _, refused = wave(
            "invite", wave_id, "--people", file, "--url", URL, "--out", tmp_path / folder
        )
        assert (status, refused) == (0, "")
        return rows_of(tmp_path / folder / "links.csv")

    return invite


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def answer(row, *, submitted=True):
    with Store.open() as store:
        token = row["link"].rpartition("/")[2]
        access = enter(store, token, today=today())
        sessions.begin(store, access, today=today())
        access = enter(store, token, today=today())
        for question in access.wave.settings.questionnaire.questions:
            reply = Reply(chosen=(question.options[0].id,))
            sessions.save(store, access, question.id, reply, today=today())
        if submitted:
            sessions.submit(store, access, today=today())


def stored(wave_id):
    with Store.open() as store:
        return load_wave(store, wave_id)


def shown(told, name):
    return re.search(rf"^ {re.escape(name)} +(.*?) *$", told, re.MULTILINE)[1]


def test_a_new_wave_is_an_anonymous_draft_and_says_what_was_assumed(wave, made):
    status, told, _ = wave("create", "template", "--contact", CONTACT)
    assert status == 0
    year = (today() + timedelta(days=365)).isoformat()
    assert f"Assumed: what identifies people is erased on {year} (a year from today)" in told
    assert "The purpose is the default text" in told
    assert "The consent is the default text, which no lawyer has read" in told
    settings = stored(made()).settings
    assert (settings.mode, settings.access, settings.min_cell) == ("anonymous", "invited", 5)
    assert settings.contact.en == settings.contact.ru == CONTACT
    assert [group.id for group in settings.groups] == ["producers", "researchers", "residents"]
    assert settings.consent.ru != settings.consent.en


def test_names_are_erased_ninety_days_after_the_closing(wave):
    closes = today() + timedelta(days=10)
    _, told, _ = wave("create", "template", "--contact", CONTACT, "--closes", closes)
    assert f"{closes + timedelta(days=90)} (90 days after the closing)" in told


def test_options_make_the_wave(made):
    closes, erase = today() + timedelta(days=10), today() + timedelta(days=20)
    wave_id = made(
        *("--named", "--closes", closes, "--erase", erase, "--min-cell", 3),
        *("--quota", "producers=4", "--contact-ru", "Бюро"),
        *("--title-en", "A survey", "--title-ru", "Опрос"),
        *("--purpose-en", "To learn.", "--purpose-ru", "Узнать."),
        *("--consent-en", "I agree.", "--consent-ru", "Согласен."),
    )
    settings = stored(wave_id).settings
    assert (settings.mode, settings.closes_on, settings.erase_on) == ("named", closes, erase)
    assert (settings.title.ru, settings.purpose.en) == ("Опрос", "To learn.")
    assert (settings.consent.en, settings.contact.ru) == ("I agree.", "Бюро")
    assert [group.quota for group in settings.groups] == [4, None, None]


def test_a_file_holds_the_settings_and_options_go_before_it(made, tmp_path):
    file = tmp_path / "wave.yaml"
    file.write_text(
        "title: {en: A survey, ru: Опрос}\ncontact: {en: Desk, ru: Бюро}\nmode: named\n"
        f"closes_on: {today() + timedelta(days=5)}\nmin_cell: 7\nquotas: {{residents: 12}}\n",
        encoding="utf-8",
    )
    settings = stored(made("--settings", file, "--min-cell", 3)).settings
    assert (settings.title.en, settings.mode, settings.min_cell) == ("A survey", "named", 3)
    assert settings.contact.en == CONTACT
    assert settings.groups[2].quota == 12


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--contact is missing"),
        (("--contact", CONTACT, "--purpose-en", "Only English."), "--purpose-ru is missing"),
        (("--contact", CONTACT, "--closes", "tomorrow"), "--closes is tomorrow; a day such as"),
        (("--contact", CONTACT, "--closes", "2020-01-01"), "the wave closes on 2020-01-01"),
        (("--contact", CONTACT, "--quota", "bakers=3"), "--quota names the group bakers"),
        (("--contact", CONTACT, "--min-cell", 1), "the smallest cell is 1"),
        (("--contact", CONTACT, "--named", "--open-access"), "does not know names"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_with_nothing_stored(wave, options, told):
    status, _, refused = wave("create", "template", *options)
    assert status == 2
    assert told in refused
    assert refused.count("\n") == 1
    assert "There are no waves yet" in wave("list")[1]


def test_a_wrong_file_of_settings_is_named_with_its_lines(wave, tmp_path):
    file = tmp_path / "wave.yaml"
    file.write_text("mode: secret\nclosing: 2030-01-01\n", encoding="utf-8")
    status, _, refused = wave("create", "template", "--contact", CONTACT, "--settings", file)
    assert status == 2
    assert "wave.yaml, row 1, mode: found secret" in refused
    assert "wave.yaml, row 2, closing: found the unknown key closing" in refused


def test_list_and_show_tell_what_is_there_in_both_languages(wave, made):
    wave_id = made("--quota", "residents=9")
    assert wave_id in wave("list", "template")[1]
    assert "The study kuzbass has no waves." in wave("list", "kuzbass")[1]
    _, told, _ = wave("show", wave_id)
    assert shown(told, "State") == "draft"
    assert shown(told, "Quotas") == "residents=9"
    assert shown(told, "Contact (ru)") == CONTACT


def test_an_edit_of_an_older_revision_changes_nothing(wave, made):
    wave_id = made()
    closes = today() + timedelta(days=30)
    assert wave("edit", wave_id, "--revision", 1, "--closes", closes)[0] == 0
    status, _, refused = wave("edit", wave_id, "--revision", 1, "--min-cell", 9)
    assert status == 2
    assert "was changed by somebody else" in refused
    assert (stored(wave_id).revision, stored(wave_id).settings.min_cell) == (2, 5)


def test_an_edit_takes_back_a_quota_and_a_closing_day(wave, made):
    wave_id = made("--quota", "residents=9", "--closes", today() + timedelta(days=3))
    assert (
        wave(
            *("edit", wave_id, "--revision", 1, "--no-closing", "--no-quota", "residents"),
            *("--quota", "producers=2"),
        )[0]
        == 0
    )
    settings = stored(wave_id).settings
    assert settings.closes_on is None
    assert [group.quota for group in settings.groups] == [2, None, None]


def test_a_default_consent_follows_mode_and_day_until_people_have_read_it(wave, made):
    wave_id = made("--erase", date(2099, 1, 31))
    assert "31 January 2099" in stored(wave_id).settings.consent.en
    wave("edit", wave_id, "--revision", 1, "--erase", "2098-01-31", "--named")
    consent = stored(wave_id).settings.consent.en
    assert "31 January 2098" in consent
    assert "together with your name" in consent


def test_an_edit_without_a_change_is_refused(wave, made):
    assert "no change is named" in wave("edit", made(), "--revision", 1)[2]


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


def test_a_group_too_small_to_hide_in_is_not_opened(wave, made, tmp_path):
    wave_id = made()
    wave("invite", wave_id, "--count", "residents=4", "--url", URL, "--out", tmp_path / "links")
    status, _, refused = wave("open", wave_id)
    assert status == 2
    assert "their answers would tell who gave them" in refused
    assert stored(wave_id).state == "draft"


def test_a_closed_wave_is_erased_and_its_answers_stay(wave, made, invited):
    wave_id = made()
    rows = invited(wave_id)
    wave("open", wave_id)
    answer(rows[0])
    assert wave("erase", wave_id, "--yes")[0] == 2  # still open
    assert wave("close", wave_id)[0] == 2  # nobody can be asked
    status, told, _ = wave("close", wave_id, "--yes")
    assert status == 0
    assert "Submitted: 1" in told
    assert wave("erase", wave_id)[0] == 2
    assert wave("erase", wave_id, "--yes")[0] == 0
    _, told, _ = wave("show", wave_id)
    assert (shown(told, "Invited"), shown(told, "Submitted")) == ("0", "1")
    assert shown(told, "Erased") == today().isoformat()


def test_what_is_due_is_erased_and_what_is_open_is_named(wave, made, monkeypatch, tmp_path):
    assert "Nothing is due" in wave("erase", "--due")[1]
    erase = today() + timedelta(days=2)
    draft = made("--erase", erase)
    running = made("--erase", erase)
    wave("invite", running, "--count", "residents=5", "--url", URL, "--out", tmp_path / "links")
    wave("open", running)
    monkeypatch.setattr("app.commands.waves_moving.today", lambda: erase)
    status, told, refused = wave("erase", "--due", "--yes")
    assert status == 2
    assert f"Erased in {draft}" in told
    assert f"still open, so not erased though their day has come: {running}" in refused


def test_erasing_is_of_one_wave_or_of_what_is_due(wave, made):
    assert wave("erase", "--yes")[0] == 2
    assert wave("erase", made(), "--due", "--yes")[0] == 2


def test_a_draft_can_be_deleted_and_an_open_wave_cannot(wave, made, invited):
    draft, running = made(), made()
    invited(running)
    wave("open", running)
    assert wave("delete", draft, "--yes")[0] == 0
    assert draft not in wave("list")[1]
    assert wave("delete", running, "--yes")[0] == 2


def test_a_person_at_the_terminal_is_asked(wave, made, monkeypatch):
    wave_id = made()

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("\n"))
    status, told, _ = wave("delete", wave_id)
    assert status == 130
    assert "Delete the draft" in told
    assert "Nothing was changed." in told
    monkeypatch.setattr(sys, "stdin", Terminal("да\n"))
    assert wave("delete", wave_id)[0] == 0


def test_the_log_says_who_did_what(wave, made, invited):
    wave_id = made()
    invited(wave_id)
    _, told, _ = wave("events", wave_id)
    assert "invited people" in told
    assert "people: 6" in told
    assert "(command line)" in told
    assert wave("events", "nosuch")[0] == 2


def test_an_open_wave_says_what_it_costs(wave, tmp_path):
    _, told, _ = wave("create", "template", "--contact", CONTACT, "--open-access")
    assert "Anybody who learns it can answer, and answer twice" in told
    wave_id = re.search(r"The wave ([0-9a-f]+) is made", told)[1]
    assert f"/w/{wave_id}" in told
    assert wave("open", wave_id)[0] == 0
    assert "nobody can be reminded" in wave("status", wave_id)[1]
    invite = ("invite", wave_id, "--count", "residents=5", "--url", URL)
    assert wave(*invite, "--out", tmp_path / "links")[0] == 2


def test_the_commands_speak_russian(wave):
    status, _, refused = wave("create", "template", lang="ru")
    assert status == 2
    assert "не указан --contact" in refused


@pytest.mark.parametrize(
    "command", ["show", "status", "remind", "open", "preview", "events", "close"]
)
def test_a_wave_that_is_not_there_is_one_sentence(wave, command):
    status, told, refused = wave(command, "nosuch", *(["--yes"] if command == "close" else []))
    assert (status, told) == (2, "")
    assert "nosuch" in refused
    assert refused.count("\n") == 1


def test_without_a_command_the_commands_are_told(capsys):
    assert main(["wave"]) == 0
    told = capsys.readouterr().out
    for command in ("create", "invite", "remind", "erase", "freeze"):
        assert f"  {command} " in told


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
