"""The command line: konsilium run, app, init, validate, collect, wave, import, priorities, rank ...

Commands import what they need when they are called, so that help and refusals come at once.
"""
# Without `from __future__ import annotations`: typer reads the annotations, and those below hold
# texts in the reader's language.

import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.faults import UserError, is_refusal, lines_of
from app.commands.ours import check_packages
from app.i18n import LANGUAGES, Language, language, preferred_language

USER, OURS, STOPPED = 2, 1, 130
DEBUG = "KONSILIUM_DEBUG"
# A seed is kept as a number of JSON and of YAML, which other programs read as 64 bits with a sign.
LARGEST_SEED = 2**63 - 1
_PORT, _COLLECT_PORT = 8501, 8502
_DRAWS, _SEED = 100_000, 1
# Commands with commands of their own.
_GROUPS = {
    "wave": "app.commands.wave_cli",
    "store": "app.commands.store_cli",
    "account": "app.commands.account_cli",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 2 for the user's input, 1 for ours."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Cyrillic must not stop us
    words = language("en")
    try:
        words = language(preferred_language())
        words = language(_asked_language(given, words.code))
        check_packages()
        status = typer.main.get_command(build(words))(
            args=given, prog_name="konsilium", standalone_mode=False
        )
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python's own flush at exit would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OURS
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except Exception as error:
        if os.environ.get(DEBUG) == "1":
            raise
        return _refuse(error, words)
    return status if isinstance(status, int) else 0


def _refuse(error: Exception, words: Language) -> int:
    """Tell what went wrong on standard error, one line per fault; return the exit status."""
    if isinstance(error, typer.TyperException):
        lines, status = [_usage(error, words)], USER
    elif is_refusal(error):
        lines, status = lines_of(error, words), USER
    else:
        kind = " ".join(f"{type(error).__name__}: {error}".split())
        sentence = words.say(
            "Konsilium failed: {kind}. This is a fault of the program; {debug} shows where.",
            kind=kind,
            debug=f"{DEBUG}=1",
        )
        lines, status = [sentence], OURS
    for line in lines:
        typer.echo(line, err=True)
    return status


def build(words: Language) -> typer.Typer:  # noqa: C901 - one function for each command
    """Declare the commands, with their help in the reader's language."""
    speak = Annotated[
        str, typer.Option("--lang", metavar="ru|en", help=words.say("Language: ru or en."))
    ]
    a_study = Annotated[
        str, typer.Argument(metavar="STUDY", help=words.say("A study folder, or a bundled study."))
    ]
    app = typer.Typer(
        help=words.say("From a council of experts to a decision, and how sure it is."),
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
    )

    def show_version(wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version

            typer.echo(f"konsilium {version('konsilium')}")
            raise typer.Exit

    @app.callback(invoke_without_command=True)
    def konsilium(
        context: typer.Context,
        version: Annotated[  # noqa: ARG001 - acted upon before
            bool,
            typer.Option(
                "--version",
                callback=show_version,
                is_eager=True,
                help=words.say("Show the version."),
            ),
        ] = False,
        lang: speak = words.code,  # noqa: ARG001 - read before the commands were declared
    ) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    @app.command(
        help=words.say("Compute a study: print its findings, write findings.json and reports.")
    )
    def run(
        study: a_study,
        out: Annotated[
            Path, typer.Option("--out", metavar="DIR", help=words.say("Folder to write into."))
        ],
        draws: Annotated[int | None, typer.Option(help=words.say("Random draws."))] = None,
        seed: Annotated[int | None, typer.Option(help=words.say("Seed of the draws."))] = None,
        lang: speak = words.code,
    ) -> None:
        _at_least("--draws", draws, 1)
        _at_least("--seed", seed, 0)
        _at_most("--seed", seed, LARGEST_SEED)
        from app.commands import run as command

        command.run(study, out, language(lang), draws, seed)

    @app.command("app", help=words.say("Open a study in the browser."))
    def open_pages(
        study: a_study = "kuzbass",
        port: Annotated[int, typer.Option(help=words.say("Port to answer on."))] = _PORT,
        no_browser: Annotated[
            bool, typer.Option("--no-browser", help=words.say("Do not open the browser."))
        ] = False,
        lang: speak = words.code,
    ) -> int:
        from app.commands import frontend

        return frontend.serve(study, port, language(lang), browser=not no_browser)

    @app.command(help=words.say("Start a study of your own from a small complete example."))
    def init(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help=words.say("A new folder."))],
        lang: speak = words.code,
    ) -> None:
        from app.commands import studies

        studies.init(folder, language(lang))

    @app.command(help=words.say("Check a study and name every fault."))
    def validate(study: a_study, lang: speak = words.code) -> None:
        from app.commands import studies

        studies.validate(study, language(lang))

    @app.command(help=words.say("Rank the alternatives of one decision problem by one method."))
    def rank(
        problem: Annotated[
            str,
            typer.Argument(
                metavar="PROBLEM.json", help=words.say("The problem; - is standard input.")
            ),
        ],
        method: Annotated[
            str, typer.Option(metavar="NAME", help=words.say("Method, such as topsis."))
        ],
        as_json: Annotated[bool, typer.Option("--json", help=words.say("Print JSON."))] = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands import rank as command

        command.rank(problem, method, language(lang), as_json=as_json)

    @app.command(
        help=words.say("Find the weights of criteria from values or judgements by one method.")
    )
    def weights(
        problem: Annotated[
            str,
            typer.Argument(
                metavar="PROBLEM.json", help=words.say("The problem; - is standard input.")
            ),
        ],
        method: Annotated[
            str, typer.Option(metavar="NAME", help=words.say("Method, such as ahp."))
        ],
        as_json: Annotated[bool, typer.Option("--json", help=words.say("Print JSON."))] = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands import weights as command

        command.weights(problem, method, language(lang), as_json=as_json)

    @app.command(
        help=words.say("Compute one statistic of agreement, comparison or weighing of experts.")
    )
    def stat(
        name: Annotated[
            str,
            typer.Argument(metavar="NAME", help=words.say("Statistic, such as kendall_w.")),
        ],
        data: Annotated[
            str,
            typer.Argument(metavar="DATA.json", help=words.say("The data; - is standard input.")),
        ],
        as_json: Annotated[bool, typer.Option("--json", help=words.say("Print JSON."))] = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands import stat as command

        command.stat(name, data, language(lang), as_json=as_json)

    @app.command(
        help=words.say("Show how certain each rank is when weights, values or method are not.")
    )
    def robustness(  # noqa: PLR0917 - one argument an option
        problem: Annotated[
            str,
            typer.Argument(
                metavar="PROBLEM.json", help=words.say("The problem; - is standard input.")
            ),
        ],
        method: Annotated[
            str, typer.Option(metavar="NAME", help=words.say("Method, such as topsis."))
        ] = "wsm",
        draws: Annotated[int, typer.Option(help=words.say("Random draws."))] = _DRAWS,
        seed: Annotated[int, typer.Option(help=words.say("Seed of the draws."))] = _SEED,
        as_json: Annotated[bool, typer.Option("--json", help=words.say("Print JSON."))] = False,
        lang: speak = words.code,
    ) -> None:
        _at_least("--draws", draws, 1)
        _at_least("--seed", seed, 0)
        _at_most("--seed", seed, LARGEST_SEED)
        from app.commands import robustness as command

        command.robustness(problem, method, language(lang), draws=draws, seed=seed, as_json=as_json)

    @app.command(help=words.say("Serve the respondents' pages: links of all open waves open here."))
    def collect(  # noqa: PLR0917 - one argument an option
        study: a_study,
        host: Annotated[
            str, typer.Option(metavar="ADDRESS", help=words.say("Address to answer on."))
        ] = "127.0.0.1",
        port: Annotated[int, typer.Option(help=words.say("Port to answer on."))] = _COLLECT_PORT,
        workers: Annotated[int, typer.Option(help=words.say("Processes that answer."))] = 1,
        public_url: Annotated[
            str | None,
            typer.Option(
                metavar="URL", help=words.say("Address as respondents see it, behind a proxy.")
            ),
        ] = None,
        lang: speak = words.code,
    ) -> int:
        from app.commands import collecting

        return collecting.serve(
            study, language(lang), host=host, port=port, workers=workers, public_url=public_url
        )

    @app.command("import", help=words.say("Read answers from any export into a study."))
    def import_file(  # noqa: PLR0917 - one argument an option
        file: Annotated[Path, typer.Argument(metavar="FILE", help=words.say("The export."))],
        study: Annotated[
            str,
            typer.Option(metavar="STUDY", help=words.say("A study folder, or a bundled study.")),
        ],
        format_name: Annotated[
            str | None,
            typer.Option(
                "--format", metavar="NAME", help=words.say("Format; found out if left out.")
            ),
        ] = None,
        question_map: Annotated[
            list[str] | None,
            typer.Option(
                metavar="QUESTION=HEADING",
                help=words.say(
                    "Column of a question, where headings do not tell; may be repeated."
                ),
            ),
        ] = None,
        group: Annotated[
            str | None,
            typer.Option(metavar="COLUMN", help=words.say("Column that holds the group.")),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(
                metavar="DIR",
                help=words.say("Write the study with these answers: a new folder, or its own."),
            ),
        ] = None,
        lang: speak = words.code,
    ) -> None:
        from app.commands import importing

        importing.import_answers(
            file,
            study,
            language(lang),
            format_name=format_name,
            question_map=question_map or (),
            group=group,
            out=out,
        )

    @app.command(help=words.say("Show the priorities of every question, with intervals, by panel."))
    def priorities(
        study: a_study,
        pooling: Annotated[
            str | None,
            typer.Option(
                metavar="PANEL", help=words.say("experts, groups, or one group; all if left out.")
            ),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=words.say("Print JSON."))] = False,
        lang: speak = words.code,
    ) -> None:
        from app.commands import priorities as command

        command.priorities(study, language(lang), pooling=pooling, as_json=as_json)

    for name, module in _GROUPS.items():
        app.add_typer(import_module(module).commands(words), name=name)
    return app


def _asked_language(given: list[str], default: str) -> str:
    """Find the language before the commands are declared: their help is in it."""
    asked = default
    for k, each in enumerate(given):
        if each == "--lang" and k + 1 < len(given):
            asked = given[k + 1]
        elif each.startswith("--lang="):
            asked = each.partition("=")[2]
    if asked not in LANGUAGES:
        raise UserError(
            "language {found} is not known; expected {known}",
            found=repr(asked),
            known=", ".join(LANGUAGES),
        )
    return asked


def _usage(error: Any, words: Language) -> str:  # noqa: ANN401 - typer's classes are private
    """Say in the reader's language what the command line does not understand."""
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            reason = words.say("there is no option {option}", option=error.option_name)
        case "MissingParameter" if parameter is not None:
            name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar
            reason = words.say("{name} is missing", name=name)
        case "BadParameter" if parameter is not None:
            reason = words.say("{option} takes a whole number", option=parameter.opts[0])
        case _ if (unknown := _unknown_command(error)) is not None:
            found, nearest = unknown
            reason = words.say(
                "there is no command {found}; expected {nearest}", found=found, nearest=nearest
            )
        case _:
            reason = error.format_message().rstrip(".")
    return words.say("{reason}; see {help}", reason=reason, help="konsilium --help")


def _unknown_command(error: Any) -> tuple[str, str] | None:  # noqa: ANN401
    """Return the word that stands where a command belongs, and the command probably meant."""
    context = getattr(error, "ctx", None)
    known = list(getattr(getattr(context, "command", None), "commands", ()))
    quoted = error.message.split("'")
    if not known or len(quoted) < 3:
        return None
    close = difflib.get_close_matches(quoted[1], known, n=1)
    return quoted[1], close[0] if close else ", ".join(known)


def _at_least(option: str, value: int | None, low: int) -> None:
    """Refuse a number below the lowest that makes sense."""
    if value is not None and value < low:
        raise UserError(
            "{option} is {found}; expected a whole number of {low} or more",
            option=option,
            found=value,
            low=low,
        )


def _at_most(option: str, value: int | None, high: int) -> None:
    """Refuse a number above the highest that can be used."""
    if value is not None and value > high:
        raise UserError(
            "{option} is {found}; expected a whole number of {high} or less",
            option=option,
            found=value,
            high=high,
        )
