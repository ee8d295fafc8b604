"""Where the mail server is told, and that its password is told to nobody."""

import pytest

from app.collection.smtp import VARIABLE, MailServer, find_server
from app.commands.faults import UserError

SECRET = "pa/ss@word"


@pytest.fixture(autouse=True)
def _nothing_in_the_environment(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def written(tmp_path):
    def write(text, mode=0o600):
        file = tmp_path / "server.yaml"
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)
        return file

    return write


def test_the_environment_names_the_server(monkeypatch, tmp_path):
    monkeypatch.setenv(
        VARIABLE, "smtp://desk%40example.org:pa%2Fss%40word@mail.example.org?from=desk@example.org"
    )
    assert find_server(None, tmp_path) == MailServer(
        "mail.example.org", 587, "starttls", "desk@example.org", "desk@example.org", SECRET
    )


def test_smtps_has_a_port_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, "smtps://mail.example.org?from=desk@example.org")
    server = find_server(None, tmp_path)
    assert (server.port, server.security) == (465, "tls")


def test_a_file_names_the_server_and_goes_before_the_environment(monkeypatch, tmp_path, written):
    monkeypatch.setenv(VARIABLE, "smtps://other.example.org?from=desk@example.org")
    file = written(
        f"host: mail.example.org\nport: 2525\nuser: desk\npassword: {SECRET}\nfrom: desk@example.org\n"
    )
    assert find_server(file, tmp_path) == MailServer(
        "mail.example.org", 2525, "starttls", "desk@example.org", "desk", SECRET
    )


def test_a_file_at_home_is_found(tmp_path):
    file = tmp_path / "smtp.yaml"
    file.write_text("host: mail.example.org\nfrom: desk@example.org\n", encoding="utf-8")
    file.chmod(0o600)
    assert find_server(None, tmp_path).host == "mail.example.org"
    assert find_server(None, tmp_path, "other@example.org").sender == "other@example.org"


def test_the_password_is_in_no_text_of_the_server(tmp_path, written):
    file = written(f"host: mail.example.org\npassword: {SECRET}\nfrom: desk@example.org\n")
    assert SECRET not in repr(find_server(file, tmp_path))


def test_without_any_the_ways_to_name_one_are_told(tmp_path):
    with pytest.raises(UserError, match="no mail server is named"):
        find_server(None, tmp_path)


def test_a_file_that_others_can_read_is_refused(tmp_path, written):
    file = written("host: mail.example.org\nfrom: desk@example.org\n", mode=0o640)
    with pytest.raises(UserError, match="others can read it"):
        find_server(file, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        f"host: mail.example.org\npassword: {SECRET}\n",
        f"host: mail.example.org\npassword: {SECRET}\nfrom: nobody\n",
        f"host: mail.example.org\npassword: [{SECRET}\n",
        f"host: mail.example.org\npassword: {SECRET}\npasword: x\nfrom: desk@example.org\n",
        f"host: mail.example.org\nsecurity: none\npassword: {SECRET}\nfrom: desk@example.org\n",
        f"password: {SECRET}\nfrom: desk@example.org\n",
        f"host: mail.example.org\nport: many\npassword: {SECRET}\nfrom: desk@example.org\n",
        f"host: mail.example.org\npassword: {SECRET}пароль\nfrom: desk@example.org\n",
        f"host: mail.example.org\nport: 70000\npassword: {SECRET}\nfrom: desk@example.org\n",
        f"- {SECRET}\n",
    ],
)
def test_a_wrong_file_is_refused_without_its_password(tmp_path, written, text):
    with pytest.raises(UserError) as caught:
        find_server(written(text), tmp_path)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        f"http://desk:{SECRET}@mail.example.org",
        f"smtp://desk:{SECRET}@mail.example.org:port?from=desk@example.org",
        "smtp+plain://mail.example.org?from=desk@example.org",
        "smtp://mail.example.org",
        "smtp://mail.example.org?from=desk@example.org&verify=no",
        "mail.example.org",
    ],
)
def test_a_wrong_variable_is_refused_without_its_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv(VARIABLE, url)
    with pytest.raises(UserError) as caught:
        find_server(None, tmp_path)
    assert SECRET not in str(caught.value)


def test_no_encryption_is_only_for_this_computer(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, "smtp+plain://127.0.0.1:25?from=desk@example.org")
    assert find_server(None, tmp_path).security == "none"
