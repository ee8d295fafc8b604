"""konsilium wave create and edit: what an analyst chooses, and what is assumed."""

from __future__ import annotations

from pathlib import Path

from app.collection.people import group_numbers
from app.collection.wave_file import (
    Chosen,
    changes_of,
    read_wave_file,
    settings_of,
)
from app.commands.tables import console
from app.commands.waves_common import actor, opened, today
from app.commands.waves_showing import open_access_costs, open_address
from app.i18n import Language
from app.study.answer_tables import frame_of
from survey.collection import waves
from survey.collection.wave import Wave, WaveSettings


def create(
    study: str,
    words: Language,
    chosen: Chosen,
    *,
    settings_file: Path | None,
    quota: list[str],
) -> None:
    """Make a draft of a wave, and say what was assumed."""
    frame = frame_of(study)
    titles = {group.id: group.title for group in frame.settings.groups}
    if quota:
        chosen = Chosen(quotas=group_numbers("--quota", quota, titles)).over(chosen)
    if settings_file is not None:
        chosen = chosen.over(read_wave_file(settings_file))
    made = settings_of(frame, chosen, today())
    with opened() as store:
        wave = waves.create_wave(store, made.settings, actor=actor(), today=today())
    out = console()
    out.print(
        words.say(
            "The wave {wave} is made, a draft: “{title}”.",
            wave=wave.id,
            title=words.pick(made.settings.title),
        ),
        soft_wrap=True,
    )
    for line in _assumed(made.names, made.settings, words):
        out.print(line, soft_wrap=True)
    out.print(words.say("Next:"))
    for line in _next_steps(wave, words):
        out.print(f"  {line}", soft_wrap=True)


def _assumed(names: tuple[str, ...], settings: WaveSettings, words: Language) -> list[str]:
    lines = []
    if "erase_on" in names:
        basis = (
            words.say("a year from today")
            if settings.closes_on is None
            else words.say("90 days after the closing")
        )
        lines.append(
            words.say(
                "Assumed: what identifies people is erased on {day} ({basis}); --erase DATE sets another day.",
                day=settings.erase_on.isoformat(),
                basis=basis,
            )
        )
    if "purpose" in names:
        lines.append(
            words.say(
                "The purpose is the default text: “{text}” Write your own with --purpose-en and --purpose-ru.",
                text=words.pick(settings.purpose),
            )
        )
    if "consent" in names:
        lines.append(
            words.say(
                "The consent is the default text, which no lawyer has read: “{text}” Write your own with --consent-en and --consent-ru.",
                text=words.pick(settings.consent),
            )
        )
    if settings.access == "open":
        lines.append(open_access_costs(words))
    return lines


def _next_steps(wave: Wave, words: Language) -> list[str]:
    steps = [
        words.say(
            "see it as respondents will: {command}", command=f"konsilium wave preview {wave.id}"
        )
    ]
    if wave.settings.access == "invited":
        group = wave.settings.groups[0].id
        url = "https://survey.example.org"
        steps.append(
            words.say(
                "invite people: {command}",
                command=f"konsilium wave invite {wave.id} --count {group}=15 --url {url} --out links",
            )
        )
    else:
        steps.append(open_address(wave, words))
    steps.append(words.say("let them answer: {command}", command=f"konsilium wave open {wave.id}"))
    return steps


def edit(
    wave_id: str,
    revision: int,
    words: Language,
    chosen: Chosen,
    *,
    settings_file: Path | None,
    quota: list[str],
    without_quota: list[str],
    without_closing: bool,
) -> None:
    """Change a wave, unless somebody else has meanwhile."""
    with opened() as store:
        found = waves.load_wave(store, wave_id)
        titles = {group.id: group.title for group in found.settings.groups}
        if quota:
            chosen = Chosen(quotas=group_numbers("--quota", quota, titles)).over(chosen)
        if settings_file is not None:
            chosen = chosen.over(read_wave_file(settings_file))
        changes = changes_of(
            chosen, found, without_quota=without_quota, without_closing=without_closing
        )
        wave = waves.edit_wave(store, wave_id, revision, actor=actor(), today=today(), **changes)
    console().print(
        words.say(
            "The wave {wave} is changed; it is now at revision {revision}.",
            wave=wave.id,
            revision=wave.revision,
        ),
        soft_wrap=True,
    )
