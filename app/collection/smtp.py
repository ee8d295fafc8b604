"""The user's own mail server: where its address and password come from, and a checked connection."""

from __future__ import annotations

import os
import smtplib
import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import parse_qs, unquote, urlsplit

from app.collection.addresses import clean_email, is_local
from app.commands.faults import UserError
from app.study.textfile import read_text
from app.study.yamltext import read_yaml

VARIABLE = "KONSILIUM_SMTP_URL"
FILE = "smtp.yaml"
_SECURITY = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "none"}
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_KEYS = ("host", "port", "security", "user", "password", "from", "ca")
_LAST_PORT = 65_535
_SECONDS = 30  # of silence after which the server is given up

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes letters; the password is in no text that is shown.

    Attributes
    ----------
    security : {"starttls", "tls", "none"}
        ``none`` only on this computer itself.
    sender : str
        Address that letters come from; a refused one returns there.
    ca : Path or None
        Certificates to trust instead of the system's, for a server with one of its own.
    """

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None


def find_server(file: Path | None, home: Path, sender: str | None = None) -> MailServer:
    """Server by a file that was named, else by the environment, else by ``smtp.yaml`` at home.

    Raises
    ------
    UserError
        None is told, or what is told cannot be used; the password is never shown.

    """
    if file is None and (told := os.environ.get(VARIABLE)):
        return _checked(_of_url(told), VARIABLE, sender)
    if file is None and not (home / FILE).exists():
        raise UserError(
            "no mail server is named; set {variable} to smtp://USER:PASSWORD@HOST:587?from=ADDRESS or write {file} with host, user, password, from",
            variable=VARIABLE,
            file=home / FILE,
        )
    found = home / FILE if file is None else file
    return _checked(_of_file(found), str(found), sender)


def _of_url(text: str) -> dict[str, Any]:
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        # Its text would quote the part that holds the password.
        raise _not_a_server() from None
    strange = set(asked) - {"from", "ca"}
    if parts.scheme not in _SECURITY or not parts.hostname or parts.path.strip("/") or strange:
        raise _not_a_server()
    return {
        "host": parts.hostname,
        "port": port,
        "security": _SECURITY[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        **{name: values[-1] for name, values in asked.items()},
    }


def _not_a_server() -> UserError:
    # What was found is not shown: it may hold the password.
    return UserError(
        "{variable} is no address of a mail server; smtp://USER:PASSWORD@HOST:587?from=ADDRESS (or smtps://) is expected, with signs such as @ and / in the password written as %40 and %2F",
        variable=VARIABLE,
    )


def _of_file(file: Path) -> dict[str, Any]:
    try:
        mode = file.stat().st_mode
    except OSError as error:
        raise UserError(
            "the file {file} cannot be opened: {reason}",
            file=file,
            reason=error.strerror or str(error),
        ) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UserError(
            "{file} holds a password and others can read it; take their rights away: {command}",
            file=file,
            command=f'chmod 600 "{file}"',
        )
    text = read_text(file.parent, file.name)
    document, faults = read_yaml(file.name, text) if isinstance(text, str) else (None, [text])
    data = None if document is None else document.data
    if faults or not isinstance(data, dict):
        # A sentence about a place in the file, without the line itself.
        row = next((fault.row for fault in faults if fault.row is not None), 1)
        raise UserError(
            "{file} is not valid in row {row}; lines such as host: mail.example.org are expected",
            file=file,
            row=row,
        )
    for key, value in data.items():
        plain = isinstance(value, str) or (isinstance(value, int) and key == "port")
        if key not in _KEYS or not plain or isinstance(value, bool):
            raise UserError(
                "{file} has the key {key} that cannot be used; texts for {expected} are expected",
                file=file,
                key=key,
                expected=", ".join(_KEYS),
            )
    return data


def _checked(found: dict[str, Any], place: str, sender: str | None) -> MailServer:
    host, security = str(found.get("host", "")).strip(), str(found.get("security", "starttls"))
    if not host or security not in _PORTS:
        raise UserError(
            "{file} names no mail server; host and, if it is not starttls, security: tls are expected",
            file=place,
        )
    if security == "none" and not is_local(host):
        raise UserError(
            "{file} asks for no encryption with {host}: the password and the links could be read on the way; starttls or tls is expected",
            file=place,
            host=host,
        )
    told = sender or str(found.get("from", ""))
    address = clean_email(told)
    if address is None:
        raise UserError(
            "{file} says that letters come from {found}; one address such as from: survey@example.org is expected",
            file=place,
            found=told or '""',
        )
    user, password = str(found.get("user", "")), str(found.get("password", ""))
    if not (user + password).isascii():
        raise UserError("{file}: user and password of a mail server are Latin signs", file=place)
    told_port = str(_PORTS[security] if found.get("port") is None else found["port"])
    if not told_port.isdecimal() or not 1 <= int(told_port) <= _LAST_PORT:
        raise UserError(
            "{file}: the port is a whole number up to {most}", file=place, most=_LAST_PORT
        )
    ca = found.get("ca")
    return MailServer(
        host,
        int(told_port),
        cast("Security", security),
        address,
        user,
        password,
        None if ca is None else Path(str(ca)),
    )


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Connect, with the certificate checked, and log in.

    Raises
    ------
    UserError
        The server cannot be reached, is not who it says, or refuses the password.

    """
    try:
        connection = _connect(server)
    except ssl.SSLCertVerificationError as error:
        raise UserError(
            "the certificate of {host} is not trusted ({reason}); nothing was sent",
            host=server.host,
            reason=error.verify_message,
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise UserError(
            "{host} offers no encryption (STARTTLS) or no login; nothing was sent", host=server.host
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        raise UserError(
            "{host} refuses the user name or the password; nothing was sent", host=server.host
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise UserError(
            "the mail server {host}, port {port}, cannot be used: {reason}",
            host=server.host,
            port=server.port,
            reason=getattr(error, "strerror", None) or type(error).__name__,
        ) from error
    try:
        yield connection
    finally:
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    # Without this the name of the user's computer would be told to the server.
    own = server.sender.rpartition("@")[2]
    context = None if server.security == "none" else _context(server)
    connection: smtplib.SMTP
    if server.security == "tls":
        connection = smtplib.SMTP_SSL(
            server.host, server.port, own, timeout=_SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, own, timeout=_SECONDS)
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _context(server: MailServer) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=None if server.ca is None else str(server.ca))
    except OSError as error:
        raise UserError(
            "the file {file} cannot be opened: {reason}",
            file=server.ca,
            reason=error.strerror or str(error),
        ) from error
