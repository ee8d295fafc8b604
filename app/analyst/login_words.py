"""What is said about logging in, on the pages and before them."""

from __future__ import annotations

from types import SimpleNamespace

from app.i18n import Language
from survey.collection.accounts import LOCKED


def why_asked(lang: Language) -> str:
    """Say why a login is asked for."""
    return lang.say("Who collects answers logs in first; the log keeps who did what.")


def why_ended(reason: str, lang: Language) -> str:
    """Say why the last login has ended; empty where there was none."""
    say = lang.say
    return {
        "idle": say("You were logged out because nothing was done for a while."),
        "changed": say(
            "You were logged out because the account was closed or its password changed."
        ),
        "out": say("You are logged out."),
    }.get(reason, "")


def refused(lang: Language) -> str:
    """Say that a login is refused: the same sentence for whatever reason it is."""
    return lang.say(
        "Name and password do not fit an account, or the account is locked for {minutes} minutes after several wrong passwords.",
        minutes=int(LOCKED.total_seconds() // 60),
    )


def first_account(lang: Language) -> str:
    """Say how the first account is made."""
    return lang.say(
        "There is no account yet. Make the first one on the server with konsilium account add NAME, or here."
    )


def failure(status: int, lang: Language) -> tuple[str, str]:
    """Title and sentence of a page that refuses something."""
    say = lang.say
    match status:
        case 403:
            return (
                say("This was not sent by a page of ours"),
                say(
                    "Please open the page Log in anew and send its form. If that is refused too, the "
                    "proxy before this server does not hand on the header Host."
                ),
            )
        case 400 | 413:
            return (
                say("This could not be read"),
                say("What the browser sent is not a form of this page. Nothing was done."),
            )
    return (
        say("Something went wrong here"),
        say("Please try again; what went wrong is written where the server was started."),
    )


def form_words(lang: Language) -> SimpleNamespace:
    """Texts that the templates use, by name."""
    say = lang.say
    return SimpleNamespace(
        skip_content=say("To the content"),
        language=say("Language"),
        account=say("Account"),
        password=say("Password"),
        log_in=say("Log in"),
        log_out=say("Log out"),
        code=say("Code that konsilium app has printed in its terminal"),
        new_password=say("Password, 12 characters or more"),
        again=say("The same password again"),
        make=say("Make the account"),
        to_pages=say("To the pages"),
    )
