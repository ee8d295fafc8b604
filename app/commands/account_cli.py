"""konsilium account: who may see and run the waves."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

import getpass
import sys
from typing import Annotated

import typer

from app.commands.faults import UserError
from app.commands.tables import console, table
from app.i18n import Language, language


def commands(words: Language) -> typer.Typer:
    """Declare the commands, with their help in the reader's language."""
    a_name = Annotated[str, typer.Argument(metavar="NAME", help=words.say("Name of the account."))]
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    group = typer.Typer(
        help=words.say("Accounts of the analysts who see and run the waves."),
        no_args_is_help=False,
        rich_markup_mode=None,
    )

    @group.command(
        help=words.say(
            "Make an account. The password is asked twice, or read from the first line of standard input."
        )
    )
    def add(
        name: a_name,
        without_password: Annotated[
            bool,
            typer.Option(
                "--without-password",
                help=words.say("The identity provider vouches for the person (OIDC)."),
            ),
        ] = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands.waves_common import actor
        from survey.collection.accounts import create_account
        from survey.collection.store import Store

        said = language(lang)
        with Store.open() as store:
            password = None if without_password else _password(said)
            made = create_account(store, name, password, actor=actor())
        console().print(said.say("The account {name} is made.", name=made.name), soft_wrap=True)

    @group.command("list", help=words.say("List the accounts."))
    def show(lang: speak = words.code) -> None:
        from survey.collection.accounts import list_accounts
        from survey.collection.store import Store

        said = language(lang)
        with Store.open() as store:
            found = list_accounts(store)
        if not found:
            console().print(
                said.say("There are no accounts yet: konsilium account add NAME makes the first."),
                soft_wrap=True,
            )
            return
        rows = [(each.name, _state(each.disabled, each.has_password, said)) for each in found]
        header = (said.say("Account"), said.say("State"))
        console().print(table(said.say("Accounts"), header, rows, texts=2))

    @group.command(
        help=words.say("Give an account another password; this ends its sessions and lifts a lock.")
    )
    def password(name: a_name, lang: speak = words.code) -> None:
        from app.commands.waves_common import actor
        from survey.collection.accounts import set_password
        from survey.collection.store import Store

        said = language(lang)
        with Store.open() as store:
            set_password(store, name, _password(said), actor=actor())
        console().print(said.say("The password of {name} is changed.", name=name), soft_wrap=True)

    @group.command(help=words.say("Close an account; what it did stays in the log."))
    def disable(
        name: a_name,
        again: Annotated[
            bool, typer.Option("--undo", help=words.say("Open the account again."))
        ] = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands.waves_common import actor
        from survey.collection.accounts import disable_account
        from survey.collection.store import Store

        said = language(lang)
        with Store.open() as store:
            disable_account(store, name, actor=actor(), disabled=not again)
        told = (
            said.say("The account {name} is open again.", name=name)
            if again
            else said.say("The account {name} is closed.", name=name)
        )
        console().print(told, soft_wrap=True)

    return group


def _password(words: Language) -> str:
    """Ask twice without showing it; from a pipe take the first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(words.say("Password: "))
    if getpass.getpass(words.say("The same again: ")) != first:
        raise UserError("the two passwords are not the same")
    return first


def _state(disabled: bool, has_password: bool, words: Language) -> str:
    if disabled:
        return words.say("closed")
    return words.say("open") if has_password else words.say("open, by the identity provider")
