"""What the respondent's pages say besides the questionnaire's own texts."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace

from app.i18n import Language, language


@lru_cache
def page_words(code: str) -> SimpleNamespace:
    """Texts that the templates use, by name."""
    say = language(code).say
    return SimpleNamespace(
        skip_content=say("To the content"),
        language=say("Language"),
        preview=say("This is a preview. What you enter is never counted."),
        begin=say("Begin"),
        go_on=say("Continue"),
        next=say("Next"),
        back=say("Back"),
        save=say("Save"),
        review=say("All answers"),
        clear=say("Take the answer back"),
        required=say("An answer is required."),
        problem=say("Please look at this once more"),
        refused=say("This was not saved"),
        change=say("Change"),
        nothing=say("No answer"),
        purpose=say("What it is for"),
        consent=say("Consent"),
        contact=say("Whom to ask"),
        promise_named=say("What happens to your answers: they carry your name"),
        arrived=say("Your answers have arrived."),
        group_first=say("Please choose your group first."),
        own_link_next=say("On the next page you get a link of your own to come back with."),
        promise=say("What happens to your answers"),
        agree=say("I have read this and agree to take part."),
        agree_first=say(
            "Please tick the box if you agree to take part; without it nothing begins."
        ),
        code=say("Code from your invitation"),
        code_hint=say("26 letters and digits; hyphens and spaces do not matter."),
        open=say("Open"),
        own_link=say("Your personal link"),
        own_link_why=say(
            "Keep it to come back, also from another device. Nobody can send it to you again."
        ),
        group=say("Which group are you in?"),
        submit=say("Send all answers"),
        withdraw=say("Withdraw my answers"),
        withdraw_text=say(
            "All your answers are deleted at once, and your link does not open any more. "
            "This cannot be undone."
        ),
        keep=say("Keep my answers"),
        still=say("Before you can send your answers"),
        complete=say("Everything is answered that has to be."),
        round_before=say("What the round before said"),
    )


@lru_cache
def script_words(code: str) -> dict[str, str]:
    """Sentences that the script puts in itself; {time}, {left} and the like are filled in there."""
    say = language(code).say
    return {
        "saved": say("Saved at {time}", time="{time}"),
        "waiting": say("Not saved yet; trying again. Please leave this page open."),
        "refused": say("Not saved: {reason}", reason="{reason}"),
        "offline": say(
            "There is no connection. Your answer stays on this page and is saved as soon as there is one."
        ),
        "full": say("You have chosen as many as possible; untick one to choose another."),
        "given": say("{given} given; {left} left", given="{given}", left="{left}"),
        "over": say("{given} given; {over} too many", given="{given}", over="{over}"),
        "place": say("{option}: place {place}", option="{option}", place="{place}"),
        "out": say("{option}: no place", option="{option}"),
        "higher": say("Higher: {option}", option="{option}"),
        "lower": say("Lower: {option}", option="{option}"),
        "add": say("Put next: {option}", option="{option}"),
        "remove": say("Take out: {option}", option="{option}"),
    }


def promise(mode: str, access: str, lang: Language, erase_on: str) -> list[str]:
    """What the mode of a wave promises, in plain words."""
    if mode == "named":
        return [
            lang.say("Your answers are kept together with your name, which is stored encrypted."),
            lang.say(
                "Until you send them you can stop and come back by your link; you can withdraw "
                "them at any time, also after sending."
            ),
            lang.say("On {day} your name is erased for good.", day=erase_on),
            _traces(lang),
        ]
    kept = [
        lang.say("Your answers are anonymous: they are not stored with your name or your link."),
        lang.say(
            "Until you send them you can stop and come back by your link. Once they are sent, "
            "nobody can tell which are yours, so you can neither see, change nor withdraw them."
        ),
        lang.say("Results of small groups are not shown."),
        lang.say("On {day} everything that leads from links to people is erased.", day=erase_on),
        _traces(lang),
    ]
    if access == "open":
        kept.append(
            lang.say(
                "Everybody who has the address can answer, and more than once: the results say so."
            )
        )
    return kept


def _traces(lang: Language) -> str:
    return lang.say(
        "No network address, no kind of device and no time of day is stored. "
        "The browser keeps one cookie, with your link, until the end."
    )


def error_words(  # noqa: PLR0911 - one a status
    status: int, lang: Language
) -> tuple[str, str]:
    """Title and sentence of an error page."""
    match status:
        case 400:
            return (
                lang.say("This could not be read"),
                lang.say("What the browser sent is not a form of this survey. Nothing was stored."),
            )
        case 403:
            return (
                lang.say("Nothing was stored"),
                lang.say(
                    "This page does not belong to the questionnaire that is open in this browser, or "
                    "another site has sent it. If another questionnaire was opened here meanwhile, "
                    "open your own link again: what was saved before is there."
                ),
            )
        case 404:
            return lang.say("There is no such page"), lang.say("Please open your link again.")
        case 405:
            return (
                lang.say("This page is opened in another way"),
                lang.say("Please go back and use the buttons of the page."),
            )
        case 413:
            return (
                lang.say("This is too much"),
                lang.say("The answer is longer than can be taken. Nothing was stored."),
            )
        case 429:
            return (
                lang.say("Please wait a minute"),
                lang.say(
                    "Too many wrong links were tried, so for a short while no link is opened. "
                    "Whoever has begun can go on."
                ),
            )
        case 503:
            return (
                lang.say("Not saved yet"),
                lang.say(
                    "The survey could not write your answer just now. Please go back and try again "
                    "in a minute: what was saved before is safe."
                ),
            )
    return (
        lang.say("Something went wrong here"),
        lang.say("This is our fault, not yours. Your saved answers are safe; please try again."),
    )
