"""konsilium account: made, listed, changed, closed; the password is nowhere to be read."""

import io
from datetime import UTC, datetime

import pytest
import typer

from app.commands import account_cli, frontend
from app.commands.faults import UserError
from app.i18n import language
from survey.collection.accounts import check_password, list_accounts
from survey.collection.store import Store
from survey.errors import SurveyError

GOOD, OTHER = "seven green otters", "a ladder of cheese"


@pytest.fixture(autouse=True)
def scratch(monkeypatch, tmp_path):
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path))
    monkeypatch.delenv("KONSILIUM_DATABASE_URL", raising=False)


def run(*arguments, typed=None, monkeypatch=None):
    if typed is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    command = typer.main.get_command(account_cli.commands(language("en")))
    return command(args=list(arguments), standalone_mode=False)


def opens(name, password):
    with Store.open() as store:
        return check_password(store, name, password, datetime.now(UTC))


def test_an_account_is_made_with_a_password_from_standard_input(capsys, monkeypatch):
    run("add", "Anna", typed=f"{GOOD}\n", monkeypatch=monkeypatch)
    out, err = capsys.readouterr()
    assert out == "The account anna is made.\n"
    assert GOOD not in out + err
    assert opens("anna", GOOD)
    run("list")
    assert "anna" in capsys.readouterr().out


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_at_a_terminal_the_password_is_asked_twice_and_must_be_the_same(monkeypatch):
    given = iter([GOOD, OTHER, GOOD, GOOD])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _: next(given))
    with pytest.raises(UserError, match="not the same"):
        run("add", "anna")
    run("add", "anna")
    assert opens("anna", GOOD)


def test_another_password_and_a_closed_account(capsys, monkeypatch):
    run("add", "anna", typed=f"{GOOD}\n", monkeypatch=monkeypatch)
    run("password", "anna", typed=f"{OTHER}\r\n", monkeypatch=monkeypatch)
    assert opens("anna", OTHER)
    assert not opens("anna", GOOD)
    run("disable", "anna")
    assert not opens("anna", OTHER)
    run("list")
    assert "closed" in capsys.readouterr().out
    run("disable", "anna", "--undo")
    assert opens("anna", OTHER)


def test_an_account_for_the_identity_provider_has_no_password():
    run("add", "anna@example.org", "--without-password")
    with Store.open() as store:
        assert [each.has_password for each in list_accounts(store)] == [False]


def test_a_weak_password_is_refused_in_a_sentence_without_it(monkeypatch):
    with pytest.raises(SurveyError, match="12 characters or more") as caught:
        run("add", "anna", typed="otters\n", monkeypatch=monkeypatch)
    assert "otters" not in str(caught.value)


def test_without_accounts_the_list_says_how_to_make_one(capsys):
    run("list")
    assert "konsilium account add" in capsys.readouterr().out
    run("list", "--lang", "ru")
    assert "Учётных записей" in capsys.readouterr().out


def test_a_code_is_offered_only_while_nobody_can_log_in(tmp_path):
    assert frontend._is_without_accounts()
    assert list(tmp_path.iterdir()) == []  # looking does not make a store
    with Store.open():
        pass
    assert frontend._is_without_accounts()
    run("add", "anna", "--without-password")
    assert not frontend._is_without_accounts()


def test_a_store_that_cannot_be_read_offers_no_code(tmp_path):
    (tmp_path / "collection.sqlite").write_bytes(b"not a database" * 100)
    assert not frontend._is_without_accounts()
