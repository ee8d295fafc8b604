"""konsilium account: who may see and run the waves."""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

import getpass
import sys
from typing import Annotated

import typer

from app.commands.faults import UserError
from app.commands.tables import console, table
from app.commands.waves_common import actor
from app.i18n import Language


def commands(words: Language) -> typer.Typer:
    """Declare the commands, with their help in the reader's language."""
    a_name = Annotated[str, typer.Argument(metavar="NAME", help=words.say("Name of the account."))]
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
    ) -> None:
        from survey.collection.accounts import create_account
        from survey.collection.store import Store

        with Store.open() as store:
            password = None if without_password else _password(words)
            made = create_account(store, name, password, actor=actor())
        console().print(words.say("The account {name} is made.", name=made.name), soft_wrap=True)

    @group.command("list", help=words.say("List the accounts."))
    def show() -> None:
        from survey.collection.accounts import list_accounts
        from survey.collection.store import Store

        with Store.open() as store:
            found = list_accounts(store)
        if not found:
            console().print(
                words.say("There are no accounts yet: konsilium account add NAME makes the first."),
                soft_wrap=True,
            )
            return
        rows = [(each.name, _state(each.disabled, each.has_password, words)) for each in found]
        header = (words.say("Account"), words.say("State"))
        console().print(table(words.say("Accounts"), header, rows, texts=2))

    @group.command(
        help=words.say("Give an account another password; this ends its sessions and lifts a lock.")
    )
    def password(name: a_name) -> None:
        from survey.collection.accounts import set_password
        from survey.collection.store import Store

        with Store.open() as store:
            set_password(store, name, _password(words), actor=actor())
        console().print(words.say("The password of {name} is changed.", name=name), soft_wrap=True)

    @group.command(help=words.say("Close an account; what it did stays in the log."))
    def disable(
        name: a_name,
        again: Annotated[
            bool, typer.Option("--undo", help=words.say("Open the account again."))
        ] = False,
    ) -> None:
        from survey.collection.accounts import disable_account
        from survey.collection.store import Store

        with Store.open() as store:
            disable_account(store, name, actor=actor(), disabled=not again)
        said = (
            words.say("The account {name} is open again.", name=name)
            if again
            else words.say("The account {name} is closed.", name=name)
        )
        console().print(said, soft_wrap=True)

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
