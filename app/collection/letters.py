"""Letters of invitation and reminder: what they say, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.collection.sheets import LinkRow
from app.collection.texts import day, promise
from app.i18n import Language
from survey import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """What is the same in all letters of a wave.

    Attributes
    ----------
    title, purpose, contact : Text
        As respondents see them on the first page.
    mode : {"anonymous", "named"}
    min_cell : int
        Fewest answers at which the invitations of a group are known to be answered.
    closes_on : date or None
    reminder : bool
    """

    title: Text
    purpose: Text
    contact: Text
    mode: str
    closes_on: date | None
    reminder: bool = False


def subject(letter: Letter, languages: Sequence[Language]) -> str:
    """Subject, in each language."""
    return " / ".join(_subject(letter, lang) for lang in languages)


def _subject(letter: Letter, lang: Language) -> str:
    title = lang.pick(letter.title)
    if letter.reminder:
        return lang.say("Reminder: {title}", title=title)
    return lang.say("Invitation: {title}", title=title)


def body(letter: Letter, row: LinkRow, languages: Sequence[Language]) -> str:
    """Text of the letter to one person, in each language."""
    rule = "\n\n" + "-" * 40 + "\n\n"
    return rule.join(_body(letter, row, lang) for lang in languages) + "\n"


def _body(letter: Letter, row: LinkRow, lang: Language) -> str:
    hello = lang.say("Hello, {name}!", name=row.name) if row.name else lang.say("Hello!")
    title = lang.pick(letter.title)
    if letter.reminder:
        opening = lang.say(
            "Some days ago you were invited to answer the questionnaire “{title}”. Your answers are still wanted.",
            title=title,
        )
    else:
        opening = lang.say("You are invited to answer the questionnaire “{title}”.", title=title)
    parts = [hello, opening, lang.pick(letter.purpose)]
    parts.append(lang.say("Your link:") + "\n" + row.link)
    parts.append(
        lang.say(
            "It is for you alone and takes one answer; please do not pass it on. You may stop at any time and go on later by the same link."
        )
    )
    if letter.closes_on is not None:
        parts.append(lang.say("Please answer by {day}.", day=day(letter.closes_on, lang)))
    parts.append(promise(letter.mode, lang))
    if letter.reminder and letter.mode == "anonymous":
        parts.append(
            lang.say(
                "If you have answered already, thank you, and please pass over this letter: so that nobody can be found out, we do not know at once who has."
            )
        )
    parts.append(lang.say("Questions: {contact}", contact=lang.pick(letter.contact)))
    return "\n\n".join(parts)
