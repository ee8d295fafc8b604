"""konsilium wave: a wave of answers from its draft to the day on which names are erased."""

import typer

from app.commands import wave_data_cli, wave_making_cli, wave_moving_cli, wave_people_cli
from app.i18n import Language


def commands(words: Language) -> typer.Typer:
    """Declare the commands, with their help in the reader's language."""
    group = typer.Typer(
        help=words.say("Waves of answers: make, invite, open, watch, remind, close, erase."),
        no_args_is_help=False,
        rich_markup_mode=None,
    )

    @group.callback(invoke_without_command=True)
    def wave(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    for module in (wave_making_cli, wave_people_cli, wave_moving_cli, wave_data_cli):
        module.add_to(group, words)
    return group
