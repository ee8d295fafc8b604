"""E-mail addresses and the public address of the survey, checked before anything is sent there."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from app.commands.faults import UserError

LONGEST_EMAIL = 254  # RFC 5321, path without its brackets
_LONGEST_LOCAL = 64
# What RFC 5322 calls a dot-atom. Quoted local parts and addresses in brackets are lawful too, but
# in a list of people they are slips of the pen.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def clean_email(text: str) -> str | None:
    """Address as it is handed to a mail server (domain in ASCII), None if it cannot be one."""
    local, at, domain = text.strip().rpartition("@")
    host = clean_host(domain)
    if not at or host is None or "." not in host or not _LOCAL.fullmatch(local):
        return None
    cleaned = f"{local}@{host}"
    return cleaned if len(local) <= _LONGEST_LOCAL and len(cleaned) <= LONGEST_EMAIL else None


def clean_host(name: str) -> str | None:
    """Name of a host in lower case and ASCII (``опрос.рф`` is ``xn--...``), None if it is none."""
    try:
        host = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return host if host and all(map(_LABEL.fullmatch, host.split("."))) else None


def is_local(host: str) -> bool:
    """Whether a host is this computer itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def public_url(text: str) -> str:
    """Address under which respondents reach the survey, without a slash at its end.

    Raises
    ------
    UserError
        It is no address of a web page, or its links could be read on the way: only https is safe
        but for this computer itself.

    """
    wrong = UserError(
        "--url is {found}; an address such as https://survey.example.org is expected", found=text
    )
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise wrong from error
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else clean_host(name)
    if (
        parts.scheme not in {"http", "https"}
        or host is None
        or parts.path not in {"", "/"}  # the respondents' pages stand at the root of their host
        or parts.query
        or parts.fragment
        or parts.username is not None
    ):
        raise wrong
    if parts.scheme == "http" and not is_local(name):
        raise UserError(
            "--url is {found}: over http everyone on the way can read the links; https is expected",
            found=text,
        )
    place = host if port is None else f"{host}:{port}"
    return f"{parts.scheme}://{place}"
