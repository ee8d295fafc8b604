"""konsilium wave open, close, delete, erase: a wave from draft to its end."""

from __future__ import annotations

from app.commands.faults import UserError
from app.commands.tables import console
from app.commands.waves_common import actor, confirm, opened, today
from app.i18n import Language
from survey.collection import lifecycle, retention, waves


def open_wave(wave_id: str, words: Language) -> None:
    """Let people answer."""
    with opened() as store:
        wave = lifecycle.open_wave(store, wave_id, actor=actor(), today=today())
    out = console()
    out.print(words.say("The wave {wave} is open: its links answer.", wave=wave.id), soft_wrap=True)
    out.print(
        words.say(
            "Purpose, consent, mode and questions stay as they are from now on; title, contact, closing day, quotas and an earlier day of erasing can still change."
        ),
        soft_wrap=True,
    )
    if wave.settings.closes_on is None:
        out.print(
            words.say(
                "It has no last day; {command} ends it.",
                command=f"konsilium wave close {wave.id}",
            ),
            soft_wrap=True,
        )


def close(wave_id: str, words: Language, *, yes: bool) -> None:
    """End the answering."""
    with opened() as store:
        counts = lifecycle.response_counts(store, wave_id)
        left = sum(count.answering for count in counts)
        question = words.say_many(
            "Close the wave {wave}? {count} person has begun and not submitted, whose answers will not count. [y/N]",
            "Close the wave {wave}? {count} people have begun and not submitted, whose answers will not count. [y/N]",
            left,
            wave=wave_id,
        )
        confirm(question, words, yes=yes)
        wave = lifecycle.close_wave(store, wave_id, actor=actor())
    submitted = sum(count.submitted for count in counts)
    console().print(
        words.say(
            "The wave {wave} is closed. Submitted: {submitted}; begun and not submitted: {left}.",
            wave=wave.id,
            submitted=submitted,
            left=left,
        ),
        soft_wrap=True,
    )


def delete(wave_id: str, words: Language, *, yes: bool) -> None:
    """Delete a draft."""
    confirm(
        words.say(
            "Delete the draft {wave} with its invitations? This cannot be undone. [y/N]",
            wave=wave_id,
        ),
        words,
        yes=yes,
    )
    with opened() as store:
        lifecycle.delete_draft(store, wave_id, actor=actor())
    console().print(words.say("The draft {wave} is deleted.", wave=wave_id), soft_wrap=True)


def erase(wave_id: str | None, words: Language, *, due: bool, yes: bool) -> None:
    """Erase what identifies people: of one wave, or of all whose day has come."""
    if (wave_id is None) == (not due):
        raise UserError("what to erase is said either by the id of a wave or by --due")
    out = console()
    with opened() as store:
        wanted = retention.due(store, today=today()) if wave_id is None else (wave_id,)
        if not wanted:
            out.print(words.say("Nothing is due to be erased."))
            return
        found = [waves.load_wave(store, each) for each in wanted]
        # One that is still open is refused by itself; the others must not wait for it.
        ready = [wave for wave in found if wave.state != "open" or not due]
        if ready:
            question = words.say(
                "Erase what identifies people in {waves}: invitations, names, unfinished answers? This cannot be undone. [y/N]",
                waves=", ".join(wave.id for wave in ready),
            )
            confirm(question, words, yes=yes)
        for wave in ready:
            retention.erase(store, wave.id, actor=actor(), today=today())
            out.print(
                words.say(
                    "Erased in {wave}; its submitted answers stay, without any link to a person.",
                    wave=wave.id,
                ),
                soft_wrap=True,
            )
    if ready:
        out.print(
            words.say(
                "Link sheets, cards, sent letters, exports and backups made before are not reached by this: delete them too."
            ),
            soft_wrap=True,
        )
    if late := [wave.id for wave in found if wave not in ready]:
        raise UserError(
            "still open, so not erased though their day has come: {waves}; close them first",
            waves=", ".join(late),
        )
