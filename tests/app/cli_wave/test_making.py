"""konsilium wave: from a draft to the day on which names are erased, as an analyst types it."""

import io
import re
import sys
from datetime import date, timedelta

import pytest

from app.cli import main
from tests.wave_commands import CONTACT, URL, answer, shown, stored, today


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
