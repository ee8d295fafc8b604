"""konsilium wave mail: letters with links; shown first, sent only when told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

from filelock import FileLock, Timeout

from app.collection.letters import Letter
from app.collection.mail import Failure, Pace, make_message, send_all
from app.collection.matching import matched
from app.collection.recipients import Recipients, recipients
from app.collection.sheets import LinkRow, read_sheet_of_links
from app.collection.smtp import MailServer, find_server
from app.collection.texts import languages_of
from app.commands.faults import UserError
from app.commands.tables import console, table
from app.commands.waves_common import actor, opened, sealer, today
from app.commands.waves_watching import hidden_answers
from app.i18n import Language
from survey.collection import invitations, waves
from survey.collection.store import Store, home
from survey.collection.wave import Wave

_LONGEST_PAUSE = 3600  # seconds
_LISTED = 1_000  # recipients; a longer list is cut on the screen
_HIDDEN = "x" * 26  # stands for a token: a screen is looked at by others, and scrolled back
_NOBODY = "survey@example.org"  # sender of a letter that is only looked at


@dataclass(frozen=True, slots=True)
class Sending:
    """How letters are to be sent."""

    respondents: str
    smtp: Path | None
    sender: str | None
    pace: Pace
    reminder: bool


def mail(wave_id: str, sheet: Path, words: Language, how: Sending, *, send: bool) -> int:
    """Show one letter and who would get it; with `send`, send. 1 if a letter was not taken."""
    if not 0 <= how.pace.pause <= _LONGEST_PAUSE:
        raise UserError(
            "{option} is {found}; a number from 0 to {high} is expected",
            option="--pause",
            found=how.pace.pause,
            high=_LONGEST_PAUSE,
        )
    if how.pace.per_connection < 1:
        raise UserError(
            "{option} is {found}; expected a whole number of {low} or more",
            option="--per-connection",
            found=how.pace.per_connection,
            low=1,
        )
    rows = read_sheet_of_links(sheet)
    with opened() as store:
        wave = waves.load_wave(store, wave_id)
        rows = matched(store, wave_id, sheet.name, rows)
        if not send:
            chosen = _chosen(store, wave, rows, how)
            _show(wave, chosen, words, how)
            return 0
        if wave.state != "open":
            raise UserError(
                "the wave {wave} is not open, and neither would its links; {command} opens it",
                wave=wave_id,
                command=f"konsilium wave open {wave_id}",
            )
        server = find_server(how.smtp, home(), how.sender)
        with _alone(wave_id):
            # Read with the lock held: what another command has sent meanwhile is not sent twice.
            chosen = _chosen(store, wave, rows, how)
            return _send(store, wave, chosen, server=server, words=words, how=how)


def _chosen(store: Store, wave: Wave, rows: Sequence[LinkRow], how: Sending) -> Recipients:
    known = {
        each.number: each
        for each in invitations.list_invitations(store, sealer(), wave.id, today=today())
    }
    return recipients(rows, known, reminder=how.reminder, today=today())


def _letter(wave: Wave, how: Sending) -> Letter:
    settings = wave.settings
    return Letter(
        settings.title,
        settings.purpose,
        settings.contact,
        settings.mode,
        settings.closes_on,
        reminder=how.reminder,
    )


def _messages(
    wave: Wave, rows: Sequence[LinkRow], sender: str, how: Sending
) -> list[tuple[int, EmailMessage]]:
    # All are made before the first is sent: a fault in one stops before any has left.
    languages = languages_of(how.respondents)
    letter = _letter(wave, how)
    return [(row.number, make_message(letter, row, sender, languages)) for row in rows]


def _show(wave: Wave, chosen: Recipients, words: Language, how: Sending) -> None:
    out = console()
    trouble = None
    try:
        sender = find_server(how.smtp, home(), how.sender).sender
    except UserError as error:
        sender = how.sender or _NOBODY
        trouble = words.sentence(error)
    messages = _messages(wave, chosen.wanted, sender, how)
    if messages:
        first = replace(
            chosen.wanted[0], link=chosen.wanted[0].link.rpartition("/")[0] + "/" + _HIDDEN
        )
        made = _messages(wave, [first], sender, how)[0][1]
        out.print(words.say("The first letter, its link made unreadable here:"))
        for name in ("From", "To", "Subject"):
            out.print(f"{name}: {made[name]}", soft_wrap=True)
        out.print()
        out.print(made.get_content().replace(_HIDDEN, "…"), soft_wrap=True)
    header = [
        words.say("No."),
        words.say("Group"),
        words.say("Full name"),
        words.say("E-mail"),
    ]
    rows = [[str(r.number), r.group, r.name, r.email] for r in chosen.wanted[:_LISTED]]
    out.print(table(words.say("Recipients"), header, rows, texts=len(header)))
    if len(chosen.wanted) > _LISTED:
        more = words.number(len(chosen.wanted) - _LISTED, 0)
        out.print(words.say("and {count} more", count=more))
    _tell_passed(chosen.passed, words)
    if how.reminder and (note := hidden_answers(wave, words)) is not None:
        out.print(note, soft_wrap=True)
    if trouble is not None:
        out.print(words.say("Before sending: {trouble}", trouble=trouble), soft_wrap=True)
    out.print(
        words.say_many(
            "Nothing was sent. With --send {count} letter goes out.",
            "Nothing was sent. With --send {count} letters go out.",
            len(messages),
        ),
        soft_wrap=True,
    )


def _tell_passed(passed: Counter[str], words: Language) -> None:
    said = {
        "answered": words.say("have answered"),
        "revoked": words.say("are revoked"),
        "expired": words.say("have expired"),
        "sent": words.say("had their letter before"),
        "reminded": words.say("were reminded today"),
        "unaddressed": words.say("have no address"),
    }
    parts = [f"{said[reason]}: {count}" for reason, count in sorted(passed.items())]
    if parts:
        console().print(
            words.say("No letter to those who {reasons}.", reasons=", ".join(parts)),
            soft_wrap=True,
        )


def _send(
    store: Store,
    wave: Wave,
    chosen: Recipients,
    *,
    server: MailServer,
    words: Language,
    how: Sending,
) -> int:
    messages = _messages(wave, chosen.wanted, server.sender, how)
    _tell_passed(chosen.passed, words)

    def note(number: int) -> None:
        # One at a time, at once: stopped here, the next run sends to the others only.
        invitations.note_sent(
            store, wave.id, [number], today=today(), actor=actor(), reminder=how.reminder
        )

    failures = send_all(messages, server, sent=note, pace=how.pace)
    out = console()
    out.print(
        words.say_many(
            "{count} letter was taken by {host}.",
            "{count} letters were taken by {host}.",
            len(messages) - len(failures),
            host=server.host,
        ),
        soft_wrap=True,
    )
    if not failures:
        return 0
    _tell_failures(failures, words)
    return 1


def _tell_failures(failures: Sequence[Failure], words: Language) -> None:
    out = console(stderr=True)
    for each in sorted(failures, key=lambda failure: failure.number):
        out.print(
            words.say(
                "Number {number}: not sent: {reason}", number=each.number, reason=each.reason
            ),
            soft_wrap=True,
        )
    out.print(
        words.say("The same command again sends to these only."),
        soft_wrap=True,
    )


@contextmanager
def _alone(wave_id: str) -> Iterator[None]:
    """Let one command at a time send letters of a wave."""
    lock = FileLock(home() / f"mail-{wave_id}.lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout as error:
        raise UserError(
            "letters of the wave {wave} are being sent by another command; wait for its end",
            wave=wave_id,
        ) from error
