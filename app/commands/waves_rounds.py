"""konsilium wave next-round: the same panel asked again, with what it said."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands.tables import console
from app.commands.waves_common import actor, day_of, opened, today
from app.commands.waves_freezing import tell
from app.i18n import Language
from survey.collection import rounds


def next_round(
    wave_id: str,
    words: Language,
    *,
    questions: Sequence[str] | None,
    closes_on: str | None,
    erase_on: str | None,
) -> None:
    """Make the draft of the next round and say what it asks."""
    with opened() as store:
        made = rounds.next_round(
            store, wave_id, questions, actor=actor(), today=today(),
            closes_on=day_of("--closes", closes_on), erase_on=day_of("--erase", erase_on),
        )  # fmt: skip
    screen = console()
    screen.print(
        words.say(
            "The wave {wave} is a draft of round {round}, which asks: {questions}",
            wave=made.id,
            round=made.round,
            questions=", ".join(q.id for q in made.settings.questionnaire.questions),
        ),
        soft_wrap=True,
    )
    tell(rounds.about_round(made), words)
    screen.print(
        words.say("Next: {command}", command=f"konsilium wave invite {made.id}"),
        soft_wrap=True,
    )
