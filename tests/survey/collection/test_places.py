"""Where a store may be, and how another place is refused."""

import sys
from pathlib import Path

import pytest

from survey.collection.filesystem import network_drive
from survey.collection.store import Store, database_at
from survey.errors import SurveyError


def test_the_place_of_a_store_comes_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.delenv("KONSILIUM_DATABASE_URL", raising=False)
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path / "home"))
    with Store.open() as store:
        assert store.url == str(tmp_path / "home" / "collection.sqlite")
    monkeypatch.setenv("KONSILIUM_DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite")
    with Store.open() as store:
        assert store.url == str(tmp_path / "other.sqlite")


@pytest.mark.parametrize("address", ["mysql://u:p@h/d", "sqlite://", "oracle://x"])
def test_another_kind_of_database_is_refused(address):
    with pytest.raises(SurveyError) as caught:
        database_at(address)
    assert caught.value.code == "store_unknown"


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(SurveyError) as caught:
        Store.open("postgresql://me:secret@127.0.0.1:1/none")
    assert caught.value.code == "store_unreachable"
    assert "secret" not in str(caught.value)
    assert "127.0.0.1:1" in str(caught.value)


def test_a_missing_driver_of_postgres_is_told_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "survey.collection.postgres", None)
    with pytest.raises(SurveyError, match="pip install") as caught:
        Store.open("postgresql://me@127.0.0.1/none")
    assert caught.value.code == "store_driver"


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look like one\n" * 50)
    before = path.read_bytes()
    with pytest.raises(SurveyError) as caught:
        Store.open(path)
    assert caught.value.code == "store_broken"
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(SurveyError, match="not a file"):
        Store.open(tmp_path)


MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "server:/home /home nfs4 rw 0 0\n"
    "//server/share /mnt/my\\040share cifs rw 0 0\n"
    "/dev/sdb1 /home/local ext4 rw 0 0\n"
    "broken\n"
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/c.sqlite", None),
        ("/home/me/c.sqlite", "nfs4"),
        ("/home/local/c.sqlite", None),
        ("/mnt/my share/c.sqlite", "cifs"),
        ("/homework/c.sqlite", None),
        ("\\\\server\\share\\c.sqlite", "UNC"),
    ],
)
def test_network_drives_are_known_by_the_systems_list(path, kind):
    assert network_drive(Path(path), MOUNTS) == kind


def test_a_store_on_a_network_drive_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("survey.collection.filesystem.network_drive", lambda _path: "nfs4")
    with pytest.raises(SurveyError, match="network drive") as caught:
        Store.open(tmp_path / "c.sqlite")
    assert caught.value.code == "store_network"
    assert not (tmp_path / "c.sqlite").exists()
