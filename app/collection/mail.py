"""Sending letters by the user's own mail server: one to each person, never twice."""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid

from app.collection.addresses import clean_email
from app.collection.letters import Letter, body, subject
from app.collection.sheets import LinkRow
from app.collection.smtp import MailServer, connected
from app.commands.faults import UserError
from app.i18n import Language
from app.study.faults import Message, message

# Usual limits of mail servers are a hundred letters a connection and one or two a second.
PER_CONNECTION = 50
PAUSE = 1.0  # seconds between letters
_MOST_LOST = 3  # connections broken one after another, after which it is no use
_SHOWN = 200  # signs of a server's answer
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Failure:
    """A letter that was not taken, by the number on the link sheet."""

    number: int
    reason: Message | UserError


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast letters are sent."""

    pause: float = PAUSE
    per_connection: int = PER_CONNECTION


def make_message(
    letter: Letter, row: LinkRow, sender: str, languages: Sequence[Language]
) -> EmailMessage:
    """Letter to one person as it is sent.

    Raises
    ------
    UserError
        The address is none, or a header would hold a line break.

    """
    to = clean_email(row.email)
    about = subject(letter, languages)
    if to is None:
        raise UserError(
            "number {number} has the address {found}; one address such as name@example.org is expected",
            number=row.number,
            found=row.email or '""',
        )
    for text in (about, row.name, sender):
        if _UNPRINTED.search(text):
            # A line break here would begin a header of someone else's choice.
            raise UserError(
                "number {number}: the subject, the name or the sender has a line break; one line is expected",
                number=row.number,
            )
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    # The name stays out of the header: servers on the way write headers into their logs.
    made["To"] = to
    made["Subject"] = about
    made["Date"] = format_datetime(localtime())
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    made.set_content(body(letter, row, languages))
    made["Content-Language"] = ", ".join(lang.code for lang in languages)
    return made


def send_all(
    messages: Sequence[tuple[int, EmailMessage]],
    server: MailServer,
    *,
    sent: Callable[[int], None],
    pace: Pace = Pace(),
) -> tuple[Failure, ...]:
    """Send letters given by number; `sent` is called for each as soon as the server has taken it.

    A letter that is refused does not stop the others. Stopped in between, by whatever, it can be
    run again with those that `sent` was not called for.

    Raises
    ------
    UserError
        The server cannot be reached or does not let us in.

    """
    failures: list[Failure] = []
    left = list(messages)
    lost = 0
    while left and lost < _MOST_LOST:
        try:
            with connected(server) as connection:
                broke = _send_some(connection, left, sent, pace, failures)
            lost = lost + 1 if broke else 0
        except UserError as error:
            if len(left) == len(messages):
                raise
            # Some were sent already: what became of them must be told all the same.
            failures += [Failure(number, error) for number, _ in left]
            left = []
    failures += [Failure(number, message("not tried")) for number, _ in left]
    return tuple(failures)


def _send_some(
    connection: smtplib.SMTP,
    left: list[tuple[int, EmailMessage]],
    sent: Callable[[int], None],
    pace: Pace,
    failures: list[Failure],
) -> bool:
    """Send the letters of one connection, taking them off the list; whether it broke."""
    for k in range(min(pace.per_connection, len(left))):
        if k:
            time.sleep(pace.pause)
        number, made = left.pop(0)
        try:
            connection.send_message(made)
        except smtplib.SMTPServerDisconnected:
            # It may have been taken: it is not sent again by itself.
            broken = message("the connection broke; it may or may not have arrived")
            failures.append(Failure(number, broken))
            return True
        except (smtplib.SMTPException, OSError) as error:
            failures.append(Failure(number, _reason(error)))
            if not _is_alive(connection):
                return True
        else:
            sent(number)
    return False


def _is_alive(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _reason(error: Exception) -> Message:
    """The server's own words, on one line and without what a terminal would act upon."""
    answer: object = None
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        answer = (error.smtp_code, error.smtp_error)
    if not isinstance(answer, tuple):
        return message("the server did not take it ({reason})", reason=type(error).__name__)
    code, words = answer
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    said = f"{code} {_UNPRINTED.sub(' ', text)}"[:_SHOWN]
    if 400 <= int(code) < 500:
        return message("the server asks to try later: {reason}", reason=said)
    return message("the server refuses it: {reason}", reason=said)
