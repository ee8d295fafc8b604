"""konsilium wave freeze, verify, export: what a closed wave is handed on as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from app.collection.exporting import export_wave
from app.collection.freezing import freeze_into
from app.commands.faults import UserError
from app.commands.tables import console, rank_text, table
from app.commands.waves_common import actor, one_of_words, opened, today
from app.i18n import Language
from app.words import freezing as in_words
from app.words.names import Names
from survey import Remark
from survey.collection import freezing
from survey.collection.exporting import FORMATS, Format
from survey.collection.waves import load_wave


def freeze(
    wave_id: str,
    words: Language,
    *,
    study: str | None,
    out: Path | None,
    join: Sequence[str],
    leave_out: Sequence[str],
) -> None:
    """Freeze a wave into a study and print the ranking with what changed."""
    if study is None and out is None:
        raise UserError(
            "say which study gets the answers: --study STUDY, or --out DIR for a new one"
        )
    with opened() as store:
        # A wave knows the study it was made of by its id, which is the name of a bundled one.
        into = study or load_wave(store, wave_id).settings.study
        made = freeze_into(
            store, wave_id, into, out=out, join=joins_of(join), leave_out=leave_out,
            actor=actor(), today=today(),
        )  # fmt: skip
    names, screen = Names(made.study, words), console()
    screen.print(
        words.say(
            "Freeze {number} of the wave {wave}: {count} respondents, SHA-256 {digest}",
            number=made.frozen.number,
            wave=wave_id,
            count=words.number(len(made.frozen.dataset.respondents), 0),
            digest=made.frozen.digest,
        ),
        soft_wrap=True,
    )
    screen.print(words.say("These are the answers of {study} now.", study=made.study.folder))
    tell(made.remarks, words)
    ranks, scores = made.summary["ranks"], made.summary["scores"]
    screen.print(
        table(
            names.method(made.summary["headline"]),
            [words.say("Direction"), words.say("Rank"), words.say("Score")],
            [
                [names.alternative(a), rank_text(ranks[a], words), words.number(scores[a], 3)]
                for a in sorted(ranks, key=lambda a: ranks[a])
            ],
        )
    )
    for sentence in in_words.change(made.change, made.since, names, words):
        screen.print(sentence, soft_wrap=True)
    screen.print(
        words.say(
            "For intervals and everything else: {command}",
            command=f"konsilium run {made.study.folder} --out out",
        ),
        soft_wrap=True,
    )


def verify(wave_id: str, words: Language) -> None:
    """Say whether the answers still give the digest of the last freeze."""
    with opened() as store:
        same = freezing.verify(store, wave_id)
        last = freezing.freezes(store, wave_id)[-1]
    if not same:
        raise UserError(
            "the answers of the wave {wave} are no longer those of freeze {number}: some were withdrawn, or changed by hand",
            wave=wave_id,
            number=last.number,
        )
    console().print(
        words.say(
            "The answers of the wave {wave} are those of freeze {number} of {day}: {digest}",
            wave=wave_id,
            number=last.number,
            day=last.frozen_on.isoformat(),
            digest=last.digest,
        ),
        soft_wrap=True,
    )


def export(
    wave_id: str,
    out: Path,
    words: Language,
    *,
    format_name: str,
    with_texts: bool,
    join: Sequence[str] | None,
    leave_out: Sequence[str] | None,
) -> None:
    """Write the files of a wave and say what is to be known of them."""
    kind = cast("Format", one_of_words("--format", format_name, FORMATS))
    with opened() as store:
        files, told = export_wave(
            store, wave_id, out, kind, with_texts=with_texts,
            join=None if join is None else joins_of(join), leave_out=leave_out,
            actor=actor(), lang=words.code,
        )  # fmt: skip
    for file in files:
        console().print(words.say("Written: {file}", file=file), soft_wrap=True)
    tell(told, words)


def joins_of(given: Sequence[str]) -> dict[str, str]:
    """Group and the one it is counted in, of ``a=b``.

    Raises
    ------
    UserError
        It is not written so, or a group stands twice.

    """
    found: dict[str, str] = {}
    for each in given:
        name, sign, into = (part.strip() for part in each.partition("="))
        if not (name and sign and into) or name in found:
            raise UserError(
                "--join is {found}; a group and the one it is counted in, such as {example}, each group once, is expected",
                found=each,
                example="trainees=managers",
            )
        found[name] = into
    return found


def tell(remarks: Iterable[Remark], words: Language) -> None:
    """Print remarks, the grave ones first."""
    for each in sorted(remarks, key=lambda r: not r.grave):
        mark = "! " if each.grave else "  "
        console().print(f"{mark}{words.sentence(each)}", soft_wrap=True)
