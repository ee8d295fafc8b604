"""konsilium wave list and show, and how states, modes and access are said."""

from __future__ import annotations

from pathlib import Path

from app.commands.tables import console, table
from app.commands.waves_common import opened
from app.i18n import Language, language
from app.study import bundled_studies
from app.study.answer_tables import frame_of
from survey.collection import waves
from survey.collection.lifecycle import response_counts
from survey.collection.wave import Wave


def show_all(study: str | None, words: Language) -> None:
    """List the waves of one study, or of all."""
    with opened() as store:
        found = waves.list_waves(store, _study_id(study))
    if not found and study is not None:
        console().print(words.say("The study {study} has no waves.", study=study), soft_wrap=True)
        return
    if not found:
        console().print(
            words.say(
                "There are no waves yet; {command} makes one.",
                command="konsilium wave create STUDY --contact TEXT",
            ),
            soft_wrap=True,
        )
        return
    header = [
        words.say("Wave"),
        words.say("Study"),
        words.say("Title"),
        words.say("State"),
        words.say("Mode"),
        words.say("Closes"),
        words.say("Erasing"),
    ]
    rows = [
        [
            wave.id,
            wave.settings.study,
            words.pick(wave.settings.title),
            state_in_words(wave.state, words),
            mode_in_words(wave.settings.mode, words),
            _day(wave.settings.closes_on),
            _day(wave.erased_on or wave.settings.erase_on),
        ]
        for wave in found
    ]
    console().print(table(words.say("Waves"), header, rows, texts=len(header)))


def _study_id(study: str | None) -> str | None:
    """Id of a study given by folder, by the name of a bundled one, or by its id."""
    if study is None:
        return None
    is_there = study in bundled_studies() or Path(study).exists()
    return frame_of(study).settings.id if is_there else study


def show(wave_id: str, words: Language) -> None:
    """Print the settings of a wave, texts for respondents in both languages."""
    with opened() as store:
        wave = waves.load_wave(store, wave_id)
        counts = response_counts(store, wave_id)
    settings = wave.settings
    quotas = ", ".join(f"{g.id}={g.quota}" for g in settings.groups if g.quota is not None)
    rows = [
        [words.say("Study"), settings.study],
        [words.say("State"), state_in_words(wave.state, words)],
        [words.say("Revision"), str(wave.revision)],
        [words.say("Round"), str(wave.round)],
        [words.say("Mode"), mode_in_words(settings.mode, words)],
        [words.say("Access"), access_in_words(settings.access, words)],
        [words.say("Smallest cell"), str(settings.min_cell)],
        [words.say("Groups"), ", ".join(group.id for group in settings.groups)],
        [words.say("Quotas"), quotas or "–"],
        [words.say("Made on"), wave.created_on.isoformat()],
        [words.say("Closes"), _day(settings.closes_on)],
        [words.say("Erasing on"), settings.erase_on.isoformat()],
        [words.say("Erased"), _day(wave.erased_on)],
        [words.say("Questions"), str(len(settings.questionnaire.questions))],
        [words.say("Invited"), str(sum(count.invited for count in counts))],
        [words.say("Submitted"), str(sum(count.submitted for count in counts))],
    ]
    for name, text in (
        (words.say("Title"), settings.title),
        (words.say("Purpose"), settings.purpose),
        (words.say("Consent"), settings.consent),
        (words.say("Contact"), settings.contact),
    ):
        rows += [[f"{name} ({code})", language(code).pick(text)] for code in ("en", "ru")]
    header = [words.say("Setting"), words.say("Value")]
    console().print(table(words.say("Wave {wave}", wave=wave.id), header, rows, texts=2))


def state_in_words(state: str, words: Language) -> str:
    """State of a wave."""
    return {
        "draft": words.say("draft"),
        "open": words.say("open"),
        "closed": words.say("closed"),
        "frozen": words.say("frozen"),
    }[state]


def mode_in_words(mode: str, words: Language) -> str:
    """Mode of a wave."""
    return words.say("named") if mode == "named" else words.say("anonymous")


def access_in_words(access: str, words: Language) -> str:
    """Access to a wave."""
    return words.say("by invitation") if access == "invited" else words.say("open to everybody")


def _day(day: object) -> str:
    return "–" if day is None else str(day)


def open_address(wave: Wave, words: Language) -> str:
    """Where a wave without invitations is found."""
    return words.say(
        "its address is that of konsilium collect with {path} at its end", path=f"/w/{wave.id}"
    )


def open_access_costs(words: Language) -> str:
    """What a wave without invitations costs."""
    return words.say(
        "Open access: one address for everybody. Anybody who learns it can answer, and answer twice; who has answered and what share of the people asked is not known, so nobody can be reminded."
    )
