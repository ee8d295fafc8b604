"""A home of the test's own, and the commands of waves as they are typed."""

import io
import re
import sys

import pytest

from app.cli import main
from tests.wave_commands import CONTACT, PEOPLE, URL, rows_of


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
