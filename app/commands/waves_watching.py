"""konsilium wave status, remind, events: who has answered, as far as it may be known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from app.collection.files import check_free
from app.collection.matching import matched
from app.collection.sheets import read_sheet_of_links, write_sheet
from app.commands.faults import UserError
from app.commands.tables import console, table
from app.commands.waves_common import opened, sealer, today
from app.commands.waves_showing import open_access_costs, state_in_words
from app.i18n import Language
from survey.collection import invitations, waves
from survey.collection.events import events
from survey.collection.lifecycle import GroupCount, response_counts
from survey.collection.wave import Wave


def status(wave_id: str, words: Language) -> None:
    """Print response by group."""
    with opened() as store:
        wave = waves.load_wave(store, wave_id)
        counts = response_counts(store, wave_id)
    settings = wave.settings
    invited = settings.access == "invited"
    titles = {group.id: words.pick(group.title) for group in settings.groups}
    rows = [_row(titles[count.group], count, words, invited=invited) for count in counts]
    if len(counts) > 1:
        total = GroupCount(
            "",
            sum(count.invited for count in counts),
            sum(count.answering for count in counts),
            sum(count.submitted for count in counts),
            None,
        )
        rows.append(_row(words.say("All"), total, words, invited=invited))
    header = [
        words.say("Group"),
        words.say("Invited"),
        words.say("Answering"),
        words.say("Submitted"),
        words.say("Quota"),
        words.say("Response"),
    ]
    title = words.say(
        "Wave {wave}: {title} ({state})",
        wave=wave.id,
        title=words.pick(settings.title),
        state=state_in_words(wave.state, words),
    )
    out = console()
    out.print(table(title, header, rows))
    out.print(
        words.say("Answering: begun and not submitted; previews are left out."), soft_wrap=True
    )
    if settings.closes_on is not None:
        out.print(
            words.say("Last day of answering: {day}.", day=settings.closes_on.isoformat()),
            soft_wrap=True,
        )
    if not invited:
        out.print(open_access_costs(words), soft_wrap=True)


def _row(title: str, count: GroupCount, words: Language, *, invited: bool) -> list[str]:
    share = words.percent(count.submitted / count.invited) if count.invited else "–"
    return [
        title,
        str(count.invited) if invited else "–",
        str(count.answering),
        str(count.submitted),
        "–" if count.quota is None else str(count.quota),
        share if invited else "–",
    ]


def remind(wave_id: str, words: Language, *, sheet: Path | None, out_file: Path | None) -> None:
    """Print who has not answered; with their sheet, write the rows of those people."""
    if out_file is not None:
        if sheet is None:
            raise UserError(
                "the store knows no links, only their hashes; --out takes them from --sheet links.csv"
            )
        check_free([out_file])
    with opened() as store:
        wave = waves.load_wave(store, wave_id)
        listed = invitations.to_remind(store, sealer(), wave_id, today=today())
        rows = (
            () if sheet is None else matched(store, wave_id, sheet.name, read_sheet_of_links(sheet))
        )
    titles = {group.id: words.pick(group.title) for group in wave.settings.groups}
    waiting = {each.number for each in listed}
    of_sheet = {row.number: row for row in rows}
    kept = [row for row in rows if row.number in waiting]
    header = [
        words.say("No."),
        words.say("Group"),
        words.say("Full name"),
        words.say("E-mail"),
        words.say("Sent on"),
        words.say("Reminded on"),
    ]
    lines = [
        [
            str(each.number),
            titles[each.group],
            each.person.name or (of_sheet[each.number].name if each.number in of_sheet else ""),
            each.person.email or (of_sheet[each.number].email if each.number in of_sheet else ""),
            "" if each.sent_on is None else each.sent_on.isoformat(),
            "" if each.reminded_on is None else each.reminded_on.isoformat(),
        ]
        for each in listed
        if sheet is None or each.number in of_sheet
    ]
    out = console()
    out.print(table(words.say("Not known to have answered"), header, lines, texts=len(header)))
    if (note := hidden_answers(wave, words)) is not None:
        out.print(note, soft_wrap=True)
    if out_file is not None:
        write_sheet(out_file, kept, words)
        out.print(words.say("Written: {file}", file=out_file), soft_wrap=True)


def hidden_answers(wave: Wave, words: Language) -> str | None:
    """Remark that some of the list have answered, where the mode hides who."""
    if wave.settings.mode != "anonymous" or wave.settings.access != "invited":
        return None
    return words.say_many(
        "Answers are anonymous: up to {count} person of each group on this list may have answered already.",
        "Answers are anonymous: up to {count} people of each group on this list may have answered already.",
        wave.settings.min_cell - 1,
    )


def log(wave_id: str | None, words: Language) -> None:
    """Print who did what, the latest first."""
    with opened() as store:
        found = events(store, wave_id)
    if wave_id is not None and not found:
        raise UserError("the log has nothing of a wave {found}", found=wave_id)
    header = [
        words.say("When (UTC)"),
        words.say("Who"),
        words.say("What"),
        words.say("Wave"),
        words.say("Detail"),
    ]
    rows: Sequence[Sequence[str]] = [
        [
            f"{each.at:%Y-%m-%d %H:%M:%S}",
            each.actor,
            _act(each.action, words),
            each.wave or "–",
            ", ".join(f"{name}: {_plain(value)}" for name, value in each.detail.items()),
        ]
        for each in found
    ]
    console().print(table(words.say("What was done"), header, rows, texts=len(header)))


def _act(action: str, words: Language) -> str:
    """What was done; an act that this version has no word for is shown as it is."""
    return {
        "created": words.say("made"),
        "edited": words.say("changed"),
        "opened": words.say("opened"),
        "closed": words.say("closed"),
        "deleted": words.say("deleted"),
        "invited": words.say("invited people"),
        "preview": words.say("made a link for looking"),
        "revoked": words.say("revoked links"),
        "sent": words.say("sent links"),
        "reminded": words.say("sent reminders"),
        "erased": words.say("erased what identifies people"),
    }.get(action, action)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
